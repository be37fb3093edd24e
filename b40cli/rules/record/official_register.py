"""Once the network has adopted its register, what stands there stays.

A fact that was entered wrongly is replaced by a correction; a change of fact is an act, which adds
to the record. So every value is settled but those listed here: what nothing rests on, and what a
later act tells anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from b40cli.model.facts.decision import CLOSED
from b40cli.model.facts.member import Member
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.registry import NETWORK, SOURCES
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.record.append_only import GROWING

# The records whose facts are settled; of a meeting, once its roll is called.
ABOUT = (
    *("members", "observers", "presidencies", "committee", "secretariat.yaml", "groups"),
    *("evidence", NETWORK.removeprefix(ROOT)),
)
# Nothing is counted or dated by these: they may be kept up to date in place; and why.
FREE: dict[str, dict[str, str]] = {
    "members": {
        "native_name": "a spelling; the name stands beside it",
        "names": "spellings in its languages; the name stands beside them",
        "contact": "how to reach the office today; the log keeps how it was reached",
        "note": "for the reader; nothing rests on it",
    },
    "observers": {"note": "for the reader; nothing rests on it"},
    "presidencies": {"note": "for the reader; nothing rests on it"},
    "groups": {"note": "for the reader; nothing rests on it"},
    "network.yaml": {"contact": "how to reach the Secretariat today"},
}
# What is asked of these stands elsewhere.
KEPT_BY_RULE = {"opened": "opening-is-kept", "status": "opening-is-kept"}
# What an application tells of the city, and what an approval tells of a term.
APPLIED = frozenset({"application", "government", "population", "contact"})
APPROVED = frozenset(
    {"city", "mayor", "nominated_by", "candidates", "approved", "mandate", "departure"}
)
# What an invitation will rest on, until there is one.
REQUESTED = frozenset({"country", "population", "aims"})
# What a meeting was, once its roll is called.
HELD = frozenset(
    {"kind", "title", "mode", "city", "opens", "summit", "group", "convened", "source", "half_days"}
)


def kept_up_to_date(path: str, at: Place) -> bool:
    """Whether what stands at a place changes with the times, and nothing rests on it."""
    return at[0] in FREE.get(path.removeprefix(ROOT).partition("/")[0], ())


def official_register_stands(
    case: Case, path: str, told: Callable[[], tuple[Place, ...]] = tuple
) -> Iterator[Breach]:
    """What an official register held, and now holds otherwise; not where it is `told` already."""
    before, after = case.before.recorded(path) if case.before else None, case.after.recorded(path)
    network = case.before.network if case.before else None
    if network is None or network.status != "official" or before is None or after is None:
        return
    free, elsewhere = _free(case, path, before, after), told()
    for at, was, now in _replaced(before, after):
        if path == NETWORK and at[0] in KEPT_BY_RULE:
            continue
        if at[0] not in free and not any(at[: len(each)] == each for each in elsewhere):
            yield Breach(
                f"{ref_of(path)}: {'.'.join(map(str, at))} was recorded and is "
                f"{'changed' if now is not None else 'taken away'}.",
                "In an official register what was entered wrongly is corrected: b40 correct.",
                at if now is not None else (),
                facts={"was": was, "is": now},
            )


def _replaced(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[Place, Any, Any]]:
    """Every place whose value is another or gone.

    What is added is none, nor a list that grew, nor what takes the place of nothing (a list of
    members, meetings or decisions that becomes whole).
    """
    for key, was in before.items():
        now = after.get(key)
        if was is None or was == now or key in GROWING:
            continue
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            yield from (((key, *at), old, new) for at, old, new in _replaced(was, now))
        elif not (isinstance(was, list) and isinstance(now, list) and all(x in now for x in was)):
            yield (key,), was, now


def _free(
    case: Case, path: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> frozenset[str]:
    """The keys of a record that may hold something else than before."""
    folder = path.removeprefix(ROOT).partition("/")[0]
    free = frozenset(FREE.get(folder, ()))
    if ref_of(path).kind == "meetings":
        return frozenset(before) - (HELD if before.get("roll_calls") else frozenset())
    if folder == "evidence" and path != SOURCES:
        return frozenset(before)
    if folder == "members":
        return free | _told_anew(case, before, after)
    if folder == "observers" and not before.get("invitations"):
        return free | REQUESTED
    if folder == "presidencies":
        free |= APPROVED if _decided_now(case, before, after, "approved") else frozenset()
        return free | ({"agenda"} if _decided_now(case, before, after, "agenda") else frozenset())
    annulled = {"groups": ("by", "until"), "network.yaml": ("dissolution", "dissolution")}
    ground, key = annulled.get(folder, ("", ""))
    return free | ({key} if before.get(ground) in case.after.annulments() else frozenset())


def _told_anew(case: Case, before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """A city that applies again or bears a new name; a figure of another source or year; a
    ceremony still to come."""
    earlier, now = before.get("application"), after.get("application")
    applied = earlier is None or earlier in after.get("former_applications", ())
    anew = APPLIED if now is not None and now != earlier and applied else frozenset()
    if _figure(before) != _figure(after) and "population" in after:
        anew |= {"population"}
    told = before.get("former_names", ())
    later = [former for former in after.get("former_names", ()) if former not in told]
    if before["name"] in {former["name"] for former in later}:
        anew |= {"name"}
    if str(before.get("ceremony"))[:10] >= str(case.on):
        anew |= {"ceremony"}
    return anew


def _figure(record: Mapping[str, Any]) -> tuple[Any, Any]:
    population = record.get("population", {})
    return population.get("source"), population.get("year")


def _decided_now(case: Case, before: Mapping[str, Any], after: Mapping[str, Any], key: str) -> bool:
    """Whether this very change decides it anew; whether it may, the rules of the office say."""
    earlier, now = before.get(key), after.get(key)
    if now in (None, earlier) or not isinstance(now, str):
        return False
    known = case.before.decision(now) if case.before else None
    return known is None or known.state not in CLOSED


def attested_too_late(case: Case, member: Member) -> Iterator[Breach]:
    """Whoever is called a member by a source alone, after the opening or beside a whole list."""
    network = case.after.network
    if member.attested is None or network is None or network.status != "official":
        return
    if member.attested.start.day > network.opened:
        yield Breach(
            f"{member.name} is a member since {member.attested.start} by a source alone; the "
            f"register is official since {network.opened}.",
            "In an official register membership rests on an admission and the Declaration.",
            ("attested",),
        )
    elif _left_out(case, member):
        yield Breach(
            f"{member.name} is called a member since {member.attested.start}; the register is "
            "official, its list of members was whole, and it was not on it.",
            "Who is not on the list of an official register applies and is admitted (Art. 5).",
            ("attested",),
        )


def _left_out(case: Case, member: Member) -> bool:
    """Whether somebody comes into the opening record once that is adopted and whole."""
    known = case.before.network if case.before else None
    if case.before is None or known is None or known.status != "official":
        return False
    was = case.before.member(member.id)
    return known.complete.get("members") is not None and (was is None or was.attested is None)


def opening_is_kept(case: Case, _path: str) -> Iterator[Breach]:
    """The day the register opened, and that it is official, are not taken back."""
    before, after = case.before.network if case.before else None, case.after.network
    if before is None or after is None:
        return
    if before.opened != after.opened:
        yield Breach(
            f"The register opened on {before.opened}, not on {after.opened}.",
            "The opening day decides what is attested and what is judged: it stays.",
            ("opened",),
        )
    if before.status == "official" and after.status != "official":
        yield Breach(
            "An official register is made unofficial.",
            "Once adopted, only decisions, notices and declarations count.",
            ("status",),
        )


RULES = (
    Rule(
        name="opening-is-kept",
        norm="The day the register opened, and its being official, are not taken back.",
        about=(NETWORK.removeprefix(ROOT),),
        question=opening_is_kept,
        fails="`opened` moved to a later day, so that past acts pass for attested.",
        cure="Restore the day.",
    ),
)
