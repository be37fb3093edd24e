"""Art. 14: who leads a working group, and whose experts come for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment, Since, covers
from b40cli.model.facts.decision import path_of
from b40cli.model.facts.group import Expert, Group, Leader
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art11_acts import Ground, basis_on, grounded, sourced_too_late
from b40cli.rules.articles.groups.art14_groups import decided, lasting
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.known_standing import Stranger, stranger, unless_brought
from b40cli.rules.facts.running_on import came_between, designated_on
from b40cli.rules.facts.standing import is_member

LEAD = "leader"


def leader_designated_by_president(case: Case, path: str) -> Iterator[Breach]:
    """One leader at a time, any member city, designated by the President."""
    group = case.after.group_in(path)
    if group is None:
        yield from decided(case, path, LEAD)
        return
    for n, leader in enumerate(group.leaders):
        found = (*_designated(case, group, leader, n), *_one_at_a_time(case, group, leader, n))
        basis = basis_on(case, leader.start.day, leader.source)
        yield from (breach._replace(basis=basis) for breach in found)
        if leader.source is not None:
            what = f"The lead of {leader.city}"
            yield from sourced_too_late(case, leader.start, what, ("leaders", n, "source"))
    yield from _no_longer_a_member(case, group)


def _designated(case: Case, group: Group, leader: Leader, n: int) -> Iterator[Breach]:
    day, subject = leader.start.day, f"groups/{group.id}"
    decision = case.after.decision(leader.by)
    if leader.by is not None:
        yield from grounded(case, Ground(leader.by, LEAD, subject, day, ("leaders", n, "by")))
    if decision is not None and decision.matter == LEAD and decision.candidates != (leader.city,):
        yield Breach(
            f"{leader.city} leads {group.name} by {decision.id}, which designates "
            f"{', '.join(decision.candidates) or 'nobody'}.",
            "The decision names the one city that leads, under candidates.",
            ("leaders", n, "city"),
            refs=(decision.id,),
        )
    ground = path_of(leader.by) if leader.by else None
    none = stranger(case, ground, leader.city, Moment(day), case.law(day))
    if none:
        what = f"leads {group.name}"
        yield _no_member(group, leader.city, day, (what, none), ("leaders", n, "city"))
    if not group.exists_on(day):
        yield Breach(
            f"{leader.city} leads {group.name} from {day}, when there is no such group.",
            lasting(group),
            ("leaders", n, "from"),
        )


def _no_member(
    group: Group, city: str, day: date, told: tuple[str, Stranger], at: tuple[str | int, ...]
) -> Breach:
    what, none = told
    return Breach(
        f"{city} {what} from {day}; it is not a member on that day{none.learnt}.",
        none.cure("Name a member city: b40 roll lists them."),
        at,
        facts={"city": city, "day": str(day)},
        refs=(f"members/{city}", f"groups/{group.id}"),
        kind=none.kind,
    )


def _one_at_a_time(case: Case, group: Group, leader: Leader, n: int) -> Iterator[Breach]:
    day = leader.start.day
    leading = [
        i
        for i, each in enumerate(group.leaders)
        if covers(each.start, each.until, day) and not came_between(group.leaders, each, n)
    ]
    most = case.law(day).number("leaders-per-group")
    if len(leading) > most and n == leading[-1]:
        cities = [group.leaders[i].city for i in leading]
        yield Breach(
            f"{group.name} has {counted(len(leading), 'leader')} on {day}: {', '.join(cities)}.",
            "A group has one leader: the lead before ends where the new one begins.",
            ("leaders", n),
            facts={"leaders": cities, "most": most},
        )


def _no_longer_a_member(case: Case, group: Group) -> Iterator[Breach]:
    leader = designated_on(case.after, group, case.on)
    if leader is None or leader.start.day == case.on:
        return
    if is_member(case.after, leader.city, Moment(case.on), case.law(case.on)):
        return
    yield Breach(
        f"{leader.city} leads {group.name} and is not a member on {case.on}.",
        f"The President designates another leader: b40 group lead {group.id} CITY.",
        ("leaders", _place_of(group, leader), "city"),
        refs=(f"members/{leader.city}",),
        kind="note",
    )


def _place_of(group: Group, leader: Leader) -> int:
    """Where a lead stands in the record, whose end may be written otherwise than it runs."""
    same = (
        n for n, each in enumerate(group.leaders) if each._replace(until=leader.until) == leader
    )
    return next(same)


def experts_from_members(case: Case, path: str) -> Iterator[Breach]:
    """A group's experts come from member cities."""
    group = case.after.group_in(path)
    for n, expert in enumerate(group.experts if group else ()):
        if group is not None:
            yield from _expert(case, group, expert, n)


def _expert(case: Case, group: Group, expert: Expert, n: int) -> Iterator[Breach]:
    day = expert.start.day
    basis = basis_on(case, day)
    none = stranger(case, group.path, expert.city, Moment(day), case.law(day))
    sent = expert.city, expert.start
    none = unless_brought(none, case, sent, lambda there: _sent(there, group.path))
    if none:
        told = f"sends {expert.name} to {group.name}", none
        breach = _no_member(group, expert.city, day, told, ("experts", n, "city"))
        yield breach._replace(basis=basis)
    if not group.exists_on(day):
        yield Breach(
            f"{expert.name} joins {group.name} on {day}, when there is no such group.",
            lasting(group),
            ("experts", n, "from"),
            basis=basis,
        )


def _sent(registry: Registry, path: str) -> Iterator[tuple[str, Since]]:
    """Whence the experts of a group come, and since when; a name may be corrected."""
    group = registry.group_in(path)
    for expert in group.experts if group else ():
        yield expert.city, expert.start


RULES = (
    Rule(
        name="leader-designated-by-president",
        article="Art. 14",
        norm="Each working group has one leader, any member city, designated by the President.",
        about=("groups", "decisions"),
        matters=(LEAD,),
        question=leader_designated_by_president,
        fails="A group with two leaders on one day, or led by a city that is no member.",
        cure="b40 group lead records the President's designation and ends the lead before.",
        parameters=("leaders-per-group",),
        sentences=("art14.3", "art14.4"),
    ),
    Rule(
        name="experts-from-members",
        article="Art. 14",
        norm="The experts of a working group come from member cities.",
        about=("groups",),
        question=experts_from_members,
        fails="An expert of a city whose application is pending.",
        cure="Name an expert of a member city.",
        sentences=("art14.1",),
    ),
)
