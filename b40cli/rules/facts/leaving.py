"""Members whose end is certain: by a notice of leaving, or a removal from the end of the year."""

from __future__ import annotations

from datetime import date

from b40cli.model.day import Moment, year_after
from b40cli.model.facts.member import Member
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.standing import MEMBERS, standing_of
from b40cli.rules.facts.terms import handover_of

NOT_ELIGIBLE = "not-eligible"


def certain_end(registry: Registry, member: Member, moment: Moment, law: Law) -> date | None:
    """The first day on which a member is gone for certain; None where no end is."""
    standing = standing_of(registry, member, moment, law)
    if standing == "leaving":
        return year_after(moment.day)
    if standing not in MEMBERS:
        return None
    removed = (registry.decision(name) for name in member.removals)
    ends = [
        year_after(d.closed)
        for d in removed
        if d is not None and d.closed and d.closed <= moment.day and stands(registry, d)
    ]
    return next((end for end in ends if end > moment.day), None)  # all of one year


def gone_before(registry: Registry, city: str, term: int, moment: Moment, law: Law) -> date | None:
    """The day a member is gone for certain, where the term of that year begins no earlier."""
    member = registry.member(city)
    end = certain_end(registry, member, moment, law) if member else None
    return end if end is not None and end <= handover_of(registry, term) else None


def not_eligible(registry: Registry, city: str, term: int, moment: Moment, law: Law) -> date | None:
    """The day by which a city is gone, where that keeps it from a presidency (INT-38)."""
    if law.reading("INT-38") != NOT_ELIGIBLE:
        return None
    return gone_before(registry, city, term, moment, law)
