"""What a decision that carried does to the records it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from b40cli.acts.groups import approved
from b40cli.acts.office_effects import (
    agenda_set,
    committee_elected,
    dismissed,
    presidency_approved,
)
from b40cli.model.decision import Decision
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.registry import NETWORK, PARAMETERS, ROOT, Registry

Effect = Callable[[Registry, Decision, date], list[Edit]]


def effect_of(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The edits by which the record named in a decision names it back; none without effect."""
    if decision.matter == "admission" and decision.state in ("adopted", "rejected"):
        return _answered(registry, decision)
    if decision.state != "adopted":
        return []
    effect = EFFECTS.get(decision.matter)
    return effect(registry, decision, day) if effect else []


def _answered(registry: Registry, decision: Decision) -> list[Edit]:
    member = registry.member(decision.city) if decision.city else None
    application = member.application if member else None
    if member is None or application is None or application.outcome or application.withdrawn:
        return []
    return [Put(member.path, ("application", "outcome"), decision.id)]


def _suspended(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    member = registry.member(decision.city) if decision.city else None
    entry = {"from": str(day), "by": decision.id}
    return [Append(member.path, ("suspensions",), entry)] if member else []


def _lifted(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    member = registry.member(decision.city) if decision.city else None
    for n, suspension in enumerate(member.suspensions if member else ()):
        if member is not None and suspension.until is None:
            place = ("suspensions", n)
            return [
                Put(member.path, (*place, "until"), str(day)),
                Put(member.path, (*place, "lifted_by"), decision.id),
            ]
    return []


def _removed(registry: Registry, decision: Decision, _day: date) -> list[Edit]:
    member = registry.member(decision.city) if decision.city else None
    return [Put(member.path, ("removal",), decision.id)] if member else []


def _amended(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """New values count from the day after: the law of a day is one law."""
    names = list(registry.parameters())
    since = str(day + timedelta(days=1))
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
    """For later decisions, so from the day after."""
    entry = {"from": str(day + timedelta(days=1)), "reading": decision.adopts, "by": decision.id}
    return [Append(f"{ROOT}{decision.subject}.yaml", ("adopted",), entry)]


def _dissolved(_registry: Registry, decision: Decision, _day: date) -> list[Edit]:
    return [Put(NETWORK, ("dissolution",), decision.id)]


EFFECTS: dict[str, Effect] = {
    "presidency": presidency_approved,
    "committee-election": committee_elected,
    "committee-dismissal": dismissed,
    "annual-agenda": agenda_set,
    "suspension": _suspended,
    "reinstatement": _lifted,
    "removal": _removed,
    "amendment": _amended,
    "interpretation": _reading_adopted,
    "dissolution": _dissolved,
    "work-programme": approved,
}
