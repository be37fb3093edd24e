"""Where the statutes are silent: what a resolution names as its effect, and that it is on record.

Whether the effect can be had at all, the rule of its own article says.
"""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Member
from b40cli.model.finding import Place
from b40cli.model.ref import Ref
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.case.silence import (
    EXTENDED,
    RETRACTED,
    SILENT_EFFECTS,
    SINCE,
    STAND_IN,
    SUCCESSION,
    SilentEffect,
    brings,
    silent_effect,
)
from b40cli.rules.votes.vote import BODY_NAMES, PUT, effect_by_closing


def _taken_in(case: Case) -> str:
    """How the register comes to have the place; from when on, where it took the set in already."""
    begins = next((s.start for s in case.after.rule_sets() if s.number >= SINCE), None)
    if begins is None:
        return "Take it in first: b40 statutes upgrade."
    return f"That set is in force from {begins}: the body decides on it from that day on."


def effect_in_silence(case: Case, decision: Decision) -> Iterator[Breach]:
    """A named effect is that of a resolution which says that the statutes are silent."""
    effect = SILENT_EFFECTS.get(decision.effect or "")
    if effect is None or decision.state not in PUT:
        return
    day = decision.closed or decision.proposed or case.on
    if case.rule_set(day) < SINCE:
        yield _at_effect(
            f"{decision.id} names {effect.name}, for which the register has a place from rule set "
            f"{SINCE} on.",
            _taken_in(case),
        )
    elif silent_effect(decision) is None:
        yield _at_effect(
            f"{decision.id} names {effect.name} and does not say that the statutes are silent.",
            f"{effect.article} has no such thing: put it as a resolution, --statutes-silent.",
        )
    else:
        yield from _by_its_body(decision, effect)


def _by_its_body(decision: Decision, effect: SilentEffect) -> Iterator[Breach]:
    if decision.body not in effect.bodies:
        yield _at_effect(
            f"{decision.id} of the {BODY_NAMES[decision.body]} names {effect.name} "
            f"({effect.article}).",
            f"That is for the {' or the '.join(BODY_NAMES[body] for body in effect.bodies)}.",
        )
    said = {"subject": decision.city, "succeeds": decision.succeeds, "until": decision.until}
    missing = [name for name in effect.needs if not said[name]]
    if missing:
        yield _at_effect(
            f"{decision.id} names {effect.name} without {' and '.join(missing)} "
            f"({effect.article}).",
            f"Name what it is about: {', '.join('--' + name for name in missing)}.",
        )


def _at_effect(message: str, remedy: str) -> Breach:
    return Breach(message, remedy, ("effect",))


def done_in_silence(case: Case, decision: Decision) -> Iterator[Breach]:
    """A resolution with an effect that carried: the records concerned name it."""
    effect = silent_effect(decision)
    if effect is None or decision.state != "adopted" or decision.body not in effect.bodies:
        return
    if decision.id in _named_by(case, decision):
        return
    yield Breach(
        f"{decision.id} is adopted, but no record shows its effect, {effect.name}.",
        effect_by_closing(decision),
        ("effect",),
        refs=(decision.subject,) if decision.subject else (),
    )


def _named_by(case: Case, decision: Decision) -> set[str]:
    """The resolutions that the places of its effect name."""
    registry = case.after
    member = registry.member(decision.city)
    if brings(decision, RETRACTED):
        return {w.retracted for w in member.withdrawals if w.retracted} if member else set()
    if brings(decision, EXTENDED):
        return {s.extended.by for s in registry.seats() if s.extended}
    if brings(decision, STAND_IN):
        return {entry.by for term in registry.presidencies() for entry in term.stand_ins}
    gone = [registry.member(city) for city in decision.succeeds]
    whole = member is not None and set(decision.succeeds) <= set(member.succeeds)
    named = {m.succeeded.by if m and m.succeeded else "" for m in gone}
    return named if whole and len(named) == 1 else set()


def grounds_in_silence(case: Case, member: Member) -> Iterator[Breach]:
    """What a member's record rests on where the statutes are silent names such a resolution."""
    for n, notice in enumerate(member.withdrawals):
        former = n < len(member.former_withdrawals)
        at: Place = ("former_withdrawals", n) if former else ("withdrawal",)
        yield from _rests_on(case, member.id, notice.retracted, RETRACTED, (*at, "retracted"))
    if member.succeeded is not None:
        into, at = member.succeeded.city, ("succeeded", "by")
        yield from _rests_on(case, into, member.succeeded.by, SUCCESSION, at)
    for city in member.succeeds:
        other = case.after.member(city)
        if other is None or other.succeeded is None or other.succeeded.city != member.id:
            yield Breach(
                f"{member.name} is on record as succeeding {city}, which does not say so.",
                "Only a resolution makes one city succeed another: --effect succession.",
                ("succeeds",),
                refs=(str(Ref("members", city)),),
            )


def _rests_on(
    case: Case, city: str, ground: str | None, effect: str, at: Place
) -> Iterator[Breach]:
    decision = case.after.decision(ground)
    if ground is None or (
        decision is not None
        and brings(decision, effect)
        and decision.state == "adopted"
        and decision.city == city
    ):
        return
    yield Breach(
        f"{'.'.join(map(str, at))} rests on {ground}, which is no adopted resolution on the "
        f"{effect} of {city}.",
        "Take the resolution first; closing it writes its effect.",
        at,
        refs=(ground,),
    )
