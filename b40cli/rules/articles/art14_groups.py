"""Art. 14: which working groups there are, who sets them up, who leads them, whose experts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment, Since, covers, months_later
from b40cli.model.facts.decision import Decision, path_of
from b40cli.model.facts.group import Expert, Group, Leader
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art11_acts import (
    Ground,
    basis_on,
    by_the_president_in_office,
    grounded,
    sourced_too_late,
)
from b40cli.rules.articles.art14_duties import DUTIES
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.known_standing import Stranger, stranger, unless_brought
from b40cli.rules.facts.running_on import came_between, designated_on
from b40cli.rules.facts.standing import is_member

SPECIAL, LEAD = "special-group", "leader"


def permanent_groups(case: Case, path: str) -> Iterator[Breach]:
    """The permanent groups are those the statutes name, for as long as they name them."""
    if path == NETWORK:
        yield from _without_record(case)
    group = case.after.group_in(path)
    if group is None:
        return
    day = group.start.day if group.start else case.on
    named = case.law(day).names("permanent-groups")
    if group.permanent != (group.id in named):
        yield _wrong_kind(case, group, day, named)
    elif group.permanent and "-".join(group.name.casefold().split()) != group.id:
        yield from _wrong_name(case, group)
    elif group.permanent and group.until is not None:
        still = case.law(group.until).names("permanent-groups")
        if group.id in still:
            yield Breach(
                f"{group.name} ends on {group.until}; the statutes name it as a permanent group.",
                "A permanent group ends by an amendment of the statutes.",
                ("until",),
            )


def _without_record(case: Case) -> Iterator[Breach]:
    """Permanent groups that nobody recorded, where groups are kept; never a refusal."""
    law, held = case.law_or_none(case.on), {group.id for group in case.after.groups()}
    if law is None or not (held or case.rule_set(case.on) > 1):
        return
    for group in (name for name in law.names("permanent-groups") if name not in held):
        name = official_name(group)
        yield Breach(
            f"The permanent group {name} has no record: nothing it owes is told.",
            f'b40 group open "{name}" writes it.',
            ("name",),
            kind="note",
        )


def official_name(group: str) -> str:
    """The name of a permanent group, as the statutes write it."""
    return group.replace("-", " ").title().replace(" And ", " and ")


def id_of_name(name: str) -> str:
    """The id that a permanent group of that name has; an & is an and."""
    return "-".join(name.replace("&", " and ").casefold().split())


def _wrong_kind(case: Case, group: Group, day: date, named: tuple[str, ...]) -> Breach:
    if group.permanent and (own := id_of_name(group.name)) in named:
        said = f"{group.name} is recorded as {group.id}; the id of that permanent group is {own}"
        cure = f"Record it as {own}."
    elif group.permanent:
        said = f"{group.name} is recorded as a permanent group; the statutes do not name it"
        cure = "The President can set up a special group for a year: b40 group open."
    else:
        said = f"{group.name} is a permanent group of the statutes and is recorded as special"
        cure = "Record it as permanent; a special group takes another name."
    before = case.before.group(group.id) if case.before else group
    brought = before is None or before.permanent != group.permanent
    return Breach(
        f"{said}.",
        cure,
        ("kind",),
        facts={"permanent": list(named)},
        # Which groups are permanent no source attests: whoever brings another is refused (set 2).
        basis="judged" if brought and case.rule_set(case.on) > 1 else basis_on(case, day),
    )


def _wrong_name(case: Case, group: Group) -> Iterator[Breach]:
    """Set 2: of a group that began under it, and of any change of a name; an older one stays."""
    before = case.before.group(group.id) if case.before else group
    network = case.after.network
    begun = group.start.day if group.start else network.opened if network else case.on
    renamed = before is None or before.name != group.name
    if case.rule_set(begun) > 1 or (renamed and case.rule_set(case.on) > 1):
        yield Breach(
            f"{group.name} is not the name of the permanent group {group.id}.",
            f"The statutes name it {official_name(group.id)}.",
            ("name",),
            facts={"name": group.name},
        )


def special_group_one_year(case: Case, path: str) -> Iterator[Breach]:
    """The President sets up a special group; it ends after one year."""
    group = case.after.group_in(path)
    if group is not None and not group.permanent:
        yield from _set_up(case, group)
    yield from _met_in_its_time(case, path)
    yield from _decided(case, path, SPECIAL)


def _set_up(case: Case, group: Group) -> Iterator[Breach]:
    if group.start is None:
        return
    day = group.start.day
    basis = basis_on(case, day, group.source)
    if group.by is not None:
        yield from grounded(case, Ground(group.by, SPECIAL, f"groups/{group.id}", day, ("by",)))
    elif basis == "judged":
        yield Breach(
            f"{group.name} is a special group that rests on no decision.",
            "The President sets it up: b40 group open.",
            ("kind",),
        )
    else:
        yield from sourced_too_late(case, group.start, group.name, ("source",))
    last = months_later(day, case.law(day).number("special-group-months"))
    if group.until is None or group.until > last:
        yield Breach(
            f"{group.name} began on {day} and ends "
            f"{'on no day recorded' if group.until is None else f'on {group.until}'}; "
            f"a special group ends after one year, on {last} at the latest.",
            f"Record until: {last}.",
            ("since",) if group.until is None else ("until",),
            facts={"since": str(day), "last": str(last)},
            basis=basis,
        )


def _met_in_its_time(case: Case, path: str) -> Iterator[Breach]:
    meeting = case.after.meeting_in(path)
    group = case.after.group(meeting.group) if meeting else None
    if meeting is None or group is None or group.exists_on(meeting.day):
        return
    yield Breach(
        f"{meeting.id} is a meeting of {group.name}, which does not exist on {meeting.day}.",
        f"{group.name} lasts from {group.start} until {group.until or 'it is ended'}.",
        ("group",),
        facts={"day": str(meeting.day), "until": str(group.until) if group.until else None},
        refs=(f"groups/{group.id}",),
        basis=meeting.basis,
    )


def _decided(case: Case, path: str, matter: str) -> Iterator[Breach]:
    """A decision on a group is the President's, and the group's record names it back."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != matter or decision.state != "adopted":
        return
    yield from by_the_president_in_office(case, decision, decision.closed or case.on)
    group = _of_decision(case.after, decision)
    if group is None:
        yield Breach(
            f"{decision.id} is about {decision.subject or 'nothing on record'}, which is no "
            "working group.",
            "Name the group it is about: groups/…",
            ("subject",) if decision.subject else (),
        )
    elif decision.id not in {group.by, *(leader.by for leader in group.leaders)}:
        yield Breach(
            f"{decision.id} is adopted, but {decision.subject} does not name it.",
            "Record it with b40 group open or b40 group lead: the effect is part of the act.",
            ("subject",),
            refs=(decision.subject or "",),
        )


def _of_decision(registry: Registry, decision: Decision) -> Group | None:
    subject = decision.subject or ""
    return registry.group_in(ref_of(subject).path)


def leader_designated_by_president(case: Case, path: str) -> Iterator[Breach]:
    """One leader at a time, any member city, designated by the President."""
    group = case.after.group_in(path)
    if group is None:
        yield from _decided(case, path, LEAD)
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
            f"{group.name} lasts from {group.start} until {group.until or 'it is ended'}.",
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
            f"{group.name} lasts from {group.start} until {group.until or 'it is ended'}.",
            ("experts", n, "from"),
            basis=basis,
        )


def _sent(registry: Registry, path: str) -> Iterator[tuple[str, Since]]:
    """Whence the experts of a group come, and since when; a name may be corrected."""
    group = registry.group_in(path)
    for expert in group.experts if group else ():
        yield expert.city, expert.start


RULES: tuple[Rule, ...] = (
    Rule(
        name="permanent-groups",
        article="Art. 14",
        norm="The permanent working groups are the four that the statutes name.",
        about=("groups", "network.yaml"),
        question=permanent_groups,
        fails="A fifth group recorded as permanent.",
        cure="Set it up as a special group for a year, or amend the statutes.",
        parameters=("permanent-groups",),
        sentences=("art14.6", "art14.7", "art14.8", "art14.9", "art14.10"),
    ),
    Rule(
        name="special-group-one-year",
        article="Art. 14",
        norm="The President may set up a special working group; it ends after one year.",
        about=("groups", "decisions", "meetings"),
        matters=(SPECIAL,),
        question=special_group_one_year,
        fails="A special group that still meets thirteen months after it was set up.",
        cure="Let it end; the President may set up another one under a name of its own.",
        parameters=("special-group-months",),
        sentences=("art14.11",),
    ),
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
    *DUTIES,
)
