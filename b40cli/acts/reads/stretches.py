"""How a city's standing changed through the years, and what brought each change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from b40cli.acts.opened.view import View
from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Member
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.annulled import annulling
from b40cli.rules.facts.memberships import may_have_ended
from b40cli.rules.facts.standing import standing_of, stays_a_member
from b40cli.rules.facts.suspensions import is_suspended


class Stretch(NamedTuple):
    """A time in which a city's standing did not change; without an end it lasts."""

    start: date
    until: date | None
    standing: str
    suspended: bool
    ground: str


def stretches(view: View, member: Member) -> list[Stretch]:
    """Each standing until the day, with what brought it; one that lasts on the day has no end."""
    found: list[Stretch] = []
    for day, ground in sorted(_turning_days(view.registry, member).items()):
        if day > view.on:
            break
        moment = Moment(day)
        standing = str(standing_of(view.registry, member, moment, view.told_by))
        mute = is_suspended(view.registry, member.id, moment)
        mute = mute or stays_a_member(view.registry, member, moment, view.told_by)
        last = found[-1] if found else None
        if standing == "unknown" or (last and (last.standing, last.suspended) == (standing, mute)):
            continue
        if last is not None:
            found[-1] = last._replace(until=day)
        found.append(Stretch(day, None, standing, mute, ground))
    return found


def since_when(view: View, member: Member) -> date | None:
    """The day the standing of the day began, a suspension in it or not."""
    since, last = None, None
    for stretch in stretches(view, member):
        if stretch.standing != last:
            since, last = stretch.start, stretch.standing
    return since


def _turning_days(registry: Registry, member: Member) -> dict[date, str]:
    """Every day on which its standing may have changed, and the record that says so."""
    found: dict[date, str] = {}
    if member.attested:
        found[member.attested.start.day] = member.attested.source
    for application in member.applications:
        found[application.received] = "application"
        if application.withdrawn:
            found[application.withdrawn] = "withdrawal"
    if member.declared:
        found[member.declared] = "declaration"
    ceremony = registry.meeting(member.ceremony)
    found |= {ceremony.day: ceremony.id} if ceremony else {}
    return {
        **found,
        **may_have_ended(registry, member),
        **_decided(registry, member),
        **_suspensions(member),
    }


def _suspensions(member: Member) -> dict[date, str]:
    found: dict[date, str] = {}
    for suspension in member.suspensions:
        found[suspension.start] = suspension.by
        if suspension.until:
            found[suspension.until] = suspension.lifted_by or suspension.by
    return found


def _decided(registry: Registry, member: Member) -> dict[date, str]:
    about = (d for d in map(registry.decision_in, registry.naming(member.id)) if d is not None)
    decided = (d for d in about if member.id in (d.city, *d.succeeds))
    return {d.closed: d.id for one in decided for d in _and_undone(registry, one) if d.closed}


def _and_undone(registry: Registry, decision: Decision) -> Iterator[Decision]:
    """A decision, what annulled it, and what annulled that."""
    yield decision
    for annulment in annulling(registry).get(decision.id, ()):
        yield from _and_undone(registry, annulment)
