"""What a decision that carried does to the records it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from b40cli.model.day import Moment
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Member
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import NETWORK, PARAMETERS, Registry
from b40cli.rules.articles.art10_amendment import taken_back
from b40cli.rules.facts.known_law import binds_from
from b40cli.rules.facts.suspensions import running_suspension
from b40cli.rules.votes.assembly_facts import ASSEMBLY

# Only the Assembly's decision can stand as their ground: another body's is void and does nothing.
OF_THE_ASSEMBLY = frozenset(
    {"removal", "presidency", "amendment", "dissolution", "committee-election", "interpretation"}
)
Effect = Callable[[Registry, Decision, date], list[Edit]]


def effect_of(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The edits by which the record named in a decision names it back; none without effect."""
    if decision.matter == "admission" and decision.state in ("adopted", "rejected"):
        return _answered(registry, decision)
    elsewhere = decision.matter in OF_THE_ASSEMBLY and decision.body != ASSEMBLY
    if decision.state != "adopted" or elsewhere:
        return []
    effect = EFFECTS.get(decision.matter) or _elsewhere().get(decision.matter)
    return effect(registry, decision, day) if effect else []


def _elsewhere() -> dict[str, Effect]:
    """The effects on offices and groups, which most acts never need."""
    from b40cli.acts.change.office_effects import (
        agenda_set,
        committee_elected,
        dismissed,
        presidency_approved,
    )
    from b40cli.acts.change.programmes import approved
    from b40cli.acts.change.silent_effects import resolved_in_silence

    return {
        "presidency": presidency_approved,
        "committee-election": committee_elected,
        "committee-dismissal": dismissed,
        "annual-agenda": agenda_set,
        "work-programme": approved,
        "resolution": resolved_in_silence,
    }


def _answered(registry: Registry, decision: Decision) -> list[Edit]:
    member = registry.member(decision.city)
    application = member.application if member else None
    if member is None or application is None or application.outcome or application.withdrawn:
        return []
    return [Put(member.path, ("application", "outcome"), decision.id)]


def _suspended(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    member = registry.member(decision.city)
    entry = {"from": str(day), "by": decision.id}
    return [Append(member.path, ("suspensions",), entry)] if member else []


def _lifted(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The suspension that runs ends; one whose decision was annulled ran out with that."""
    member = registry.member(decision.city)
    moment = Moment(day, decision.meeting, decision.item)
    running = running_suspension(registry, member.id, moment) if member else None
    if member is None or running is None:
        return []
    ending = {"until": str(day), "lifted_by": decision.id}
    if running.until is not None:
        # What lifted it first was annulled, and stays on record.
        again = {"from": str(running.start), "by": running.by, **ending}
        return [Append(member.path, ("suspensions",), again)]
    place = ("suspensions", member.suspensions.index(running))
    return [Put(member.path, (*place, key), value) for key, value in ending.items()]


def _removed(registry: Registry, decision: Decision, _day: date) -> list[Edit]:
    member = registry.member(decision.city)
    return departure(registry, member, "removal", decision.id) if member else []


def departure(registry: Registry, member: Member, key: str, value: object) -> list[Edit]:
    """The edits that record a notice or a removal; one of an earlier membership is kept."""
    earlier = (registry.recorded(member.path) or {}).get(key)
    kept = [] if earlier is None else [Append(member.path, (f"former_{key}s",), earlier)]
    return [*kept, Put(member.path, (key,), value)]


def _amended(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """New values count from the day after, or a later one: the law of a day is one law."""
    names = list(registry.parameters())
    since = str(binds_from(decision, day))
    return [
        Append(
            PARAMETERS,
            ("parameters", names.index(change["parameter"]), "values"),
            {"from": since, "value": change["value"], "set_by": decision.id},
        )
        for change in decision.amends
        if change["parameter"] in names
    ]


def _reading_adopted(_registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """For later decisions, so from the day after, or a later one."""
    entry = {"from": str(binds_from(decision, day)), "reading": decision.adopts, "by": decision.id}
    return [Append(ref_of(decision.subject).path, ("adopted",), entry)]


def _dissolved(_registry: Registry, decision: Decision, _day: date) -> list[Edit]:
    return [Put(NETWORK, ("dissolution",), decision.id)]


def _taken_back(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """What is derived follows by itself; what is dated in a record is put back or ended there."""
    return [*_law_taken_back(registry, decision, day), *_ended(registry, decision, day)]


def _ended(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """A lead, a special group or an appointment made by the annulled decision ends.

    From the beginning, it ends on the day it began: it was none. But a group that met has met: it
    ends on the day of the annulment in any case.
    """
    annulled = registry.decision(decision.annuls)
    if annulled is None or annulled.matter not in ENDED_BY_DAY:
        return []
    place = "secretariat" if annulled.matter == "secretary" else annulled.subject
    path, key = ref_of(place).path, ENDED_BY_DAY[annulled.matter]
    record = registry.content(path)
    periods = [((key, n), entry) for n, entry in enumerate(record.get(key, ()))]
    return [
        Put(path, (*at, "until"), begun if key and decision.effect == "ex-tunc" else str(day))
        for at, entry in (periods if key else [((), record)])
        if entry.get("by") == annulled.id and not (key and "until" in entry)
        if isinstance(begun := entry.get("from", entry.get("since")), str)
    ]


def _law_taken_back(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """What was in force before an annulled amendment is so again from the day after."""
    since = str(day + timedelta(days=1))
    grounds = {"value": "set_by", "reading": "by"}
    return [
        Append(
            back.path,
            back.at,
            {"from": since, back.key: back.value, grounds[back.key]: decision.id},
        )
        for back in taken_back(registry, decision)
    ]


# The matters whose effect is a period in a record, and the list it stands in; a group is its own.
ENDED_BY_DAY = {"leader": "leaders", "secretary": "appointments", "special-group": ""}

EFFECTS: dict[str, Effect] = {
    "suspension": _suspended,
    "reinstatement": _lifted,
    "removal": _removed,
    "amendment": _amended,
    "interpretation": _reading_adopted,
    "dissolution": _dissolved,
    "annulment": _taken_back,
}
