"""What a decision that carried does to the records it is about."""

from __future__ import annotations

from datetime import date

from b40cli.model.decision import Decision
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.member import Member
from b40cli.model.registry import Registry


def effect_of(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """The edits by which the record named in a decision names it back; none without effect."""
    member = registry.member(decision.city) if decision.city else None
    if member is None or decision.state not in ("adopted", "rejected"):
        return []
    if decision.matter == "admission":
        return _answered(member, decision)
    if decision.state == "rejected":
        return []
    if decision.matter == "suspension":
        entry = {"from": str(day), "by": decision.id}
        return [Append(member.path, ("suspensions",), entry)]
    if decision.matter == "reinstatement":
        return _lifted(member, decision, day)
    return []


def _answered(member: Member, decision: Decision) -> list[Edit]:
    application = member.application
    if application is None or application.outcome or application.withdrawn:
        return []
    return [Put(member.path, ("application", "outcome"), decision.id)]


def _lifted(member: Member, decision: Decision, day: date) -> list[Edit]:
    for n, suspension in enumerate(member.suspensions):
        if suspension.until is None:
            place = ("suspensions", n)
            return [
                Put(member.path, (*place, "until"), str(day)),
                Put(member.path, (*place, "lifted_by"), decision.id),
            ]
    return []
