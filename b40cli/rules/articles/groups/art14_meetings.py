"""Art. 14: the meetings a working group owes each year, and what it owes at each (INT-19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from b40cli.model.day import Moment, Since, months_later
from b40cli.model.facts.duty import Duty, DutyState
from b40cli.model.facts.group import Group
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art10_summit import set_right
from b40cli.rules.articles.art10_yearly import days_of
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duty import LEADER, acknowledge, duty_rule, kept_at, state_at, state_of
from b40cli.rules.facts.places import same_place
from b40cli.rules.facts.running_on import led_then

IN_PERSON = "in-person"


class GroupYear(NamedTuple):
    """A year of a group's duties, [begins, ends); `whole` where the group lasts all of it."""

    of: int
    begins: date
    ends: date
    whole: bool
    law: Law

    @property
    def last(self) -> date:
        """Its last day."""
        return self.ends - timedelta(days=1)


def years_of(case: Case, group: Group) -> Iterator[GroupYear]:
    """A permanent group's years by INT-19, up to the coming one; a special group's one year."""
    if not group.permanent:
        yield from _only_year(case, group)
        return
    network = case.after.network
    if group.start is None and network is not None:
        group = group._replace(start=Since(network.opened, True))
    encoded = [edition.start.day.year for edition in case.after.editions() if edition.encoded]
    first = group.start.day.year if group.start else case.on.year
    for of in range(max(first, min(encoded, default=first)), case.on.year + 2):
        law = case.law_or_none(date(of, 12, 31))
        period = _period(case.after, of, law) if law else None
        over = period is not None and group.until is not None and group.until <= period[0]
        if law is not None and period is not None and not over:
            yield GroupYear(of, *period, _lasts(group, *period), law)


def _only_year(case: Case, group: Group) -> Iterator[GroupYear]:
    law = case.law_or_none(group.start.day) if group.start else None
    if group.start is not None and law is not None:
        begins = group.start.day
        ends = group.until or months_later(begins, law.number("special-group-months"))
        yield GroupYear(begins.year, begins, ends, True, law)


def _period(registry: Registry, of: int, law: Law) -> tuple[date, date] | None:
    if law.reading("INT-19") == "calendar":
        return date(of, 1, 1), date(of + 1, 1, 1)
    begun = sorted(
        (p.start.day, p.year) for p in registry.presidencies() if p.start and p.start.exact
    )
    for n, (begins, year) in enumerate(begun):
        if year == of:
            following = begun[n + 1][0] if n + 1 < len(begun) else months_later(begins, 12)
            return begins, following
    return None


def _lasts(group: Group, begins: date, ends: date) -> bool:
    from_the_start = group.start is None or not group.start.exact or group.start.day <= begins
    return from_the_start and (group.until is None or group.until >= ends)


def held_in(case: Case, group: Group, year: GroupYear) -> list[Meeting]:
    """The meetings the group has held in its year, by day."""
    days = days_of(case.after, "wg").items()
    ids = [name for name, day in days if str(year.begins) <= day < str(year.ends)]
    found = (case.after.meeting(name) for name in ids)
    return [m for m in found if m is not None and m.group == group.id and m.day <= case.on]


def owed(
    group: Group,
    year: GroupYear,
    rule: str,
    state: DutyState,
    met: date | None,
    evidence: str | None,
) -> Duty:
    """What a group owes in a year; nothing in one of which it lasts a part."""
    return Duty(
        rule=rule,
        article="Art. 14",
        of=str(year.of),
        subject=f"groups/{group.id}",
        owner=LEADER,
        due=year.last,
        state=state if year.whole else "not-applicable",
        evidence=evidence,
        at=("id",),
        met=met,
    )


def three_meetings(case: Case, path: str) -> Iterator[Duty]:
    """At least three meetings in each of the group's years."""
    yield from _of_each_year(case, path, "group-meetings-a-year", "three-meetings-a-year")


def one_in_person(case: Case, path: str) -> Iterator[Duty]:
    """At least one of them in person."""
    yield from _of_each_year(case, path, "group-meetings-face-to-face", "one-face-to-face")


def _of_each_year(case: Case, path: str, number: str, rule: str) -> Iterator[Duty]:
    """Where the number was amended to none nothing is owed."""
    group = case.after.group_in(path)
    for year in years_of(case, group) if group else ():
        asked = year.law.number(number)
        if group is not None and asked:
            yield _meetings_owed(case, group, year, asked, rule)


def _meetings_owed(case: Case, group: Group, year: GroupYear, asked: int, rule: str) -> Duty:
    in_person = rule == "one-face-to-face"
    held = held_in(case, group, year)
    counted = [m for m in held if not in_person or m.mode == IN_PERSON]
    shown = counted[asked - 1] if asked <= len(counted) else None
    state = state_of(case, year.begins, year.last, shown.day if shown else None, "meetings")
    if shown is None and in_person and any(m.mode is None for m in held):
        state = "not-on-record"
    evidence = f"meetings/{shown.id}" if shown else None
    met = shown.day if shown else None
    which = " in person" if in_person else ""
    ends = "ended" if case.on > year.last else "ends"
    return owed(group, year, rule, state, met, evidence)._replace(
        says=f"{group.name} {_met(len(counted), ends)}{which} in its year {year.of}, which "
        f"{ends} on {year.last}; at least {_meetings(asked)}{which} "
        f"{'is' if asked == 1 else 'are'} asked.",
        remedy=acknowledge(rule, str(year.of), LEADER, f"groups/{group.id}")
        if case.on > year.last
        else f"Convene one: b40 meeting convene wg --group "
        f"{group.id}{' --mode in-person' if in_person else ''} --opens …",
        basis=shown.basis if shown else "judged",
        facts={"held": len(counted), "asked": asked},
    )


def _met(number: int, ends: str) -> str:
    often = {1: "once", 2: "twice"}.get(number, f"{number} times")
    if ends == "ended":
        return f"met {often}" if number else "never met"
    return f"has met {often}" if number else "has not met"


def _meetings(number: int) -> str:
    return "one meeting" if number == 1 else f"{number} meetings"


def _group_meeting(case: Case, path: str) -> tuple[Meeting, Group, Law] | None:
    meeting = case.after.meeting_in(path)
    if meeting is None or meeting.kind != "wg" or meeting.group is None:
        return None
    group, law = case.after.group(meeting.group), case.law_or_none(meeting.day)
    return None if group is None or law is None else (meeting, group, law)


def _at_meeting(meeting: Meeting, group: Group, rule: str, due: date, state: DutyState) -> Duty:
    return Duty(
        rule=rule,
        article="Art. 14",
        of=meeting.id,
        subject=f"groups/{group.id}",
        owner=LEADER,
        due=due,
        state=state,
        evidence=f"meetings/{meeting.id}" if state == "met" else None,
        at=("id",),
        basis=meeting.basis,
    )


def leader_hosts(case: Case, path: str) -> Iterator[Duty]:
    """A meeting in person is held in the leader's city."""
    found = _group_meeting(case, path)
    if found is None or found[0].mode != IN_PERSON:
        return
    meeting, group, _law = found
    leader = led_then(case.after, group, Moment(meeting.day))
    kept = same_place(case.after, leader.city, meeting.city) if leader and meeting.city else None
    host, at = (leader.city, leader.city) if leader else ("nobody on record", "CITY")
    state = state_at(case, meeting.day, kept)
    duty = _at_meeting(meeting, group, "leader-hosts", meeting.day, state)
    meets = "was held" if case.on >= meeting.day else "is planned"
    duty = duty._replace(
        says=f"{meeting.id} {meets} in {meeting.city or 'no city on record'}; {host} leads "
        f"{group.name} and hosts its meetings in person.",
        remedy=acknowledge("leader-hosts", duty.of, LEADER, duty.subject)
        if meeting.day < case.on
        else set_right(meeting, f"--city {at}"),
        at=("city",) if meeting.city else ("id",),
        facts={"city": meeting.city, "leader": leader.city if leader else None},
    )
    yield kept_at(case, duty, meeting.day, kept)


def minutes_owed(case: Case, path: str) -> Iterator[Duty]:
    """Minutes of each meeting; of one that only a source attests nobody knows."""
    found = _group_meeting(case, path)
    if found is None:
        return
    meeting, group, law = found
    due = meeting.last_day + timedelta(days=law.number("days-for-group-minutes"))
    state: DutyState = "met" if meeting.minutes else state_of(case, meeting.day, due, None)
    if meeting.attested and state == "overdue":
        state = "not-on-record"
    were = "were" if case.on > due else "are"
    yield _at_meeting(meeting, group, "minutes-filed", due, state)._replace(
        says=f"No minutes of {meeting.id} are filed; they {were} due {due}.",
        remedy=f"File them: b40 meeting minutes {meeting.id} --document FILE.",
        provisional="days-for-group-minutes" in law.provisional,
    )


RULES = (
    duty_rule(
        name="three-meetings-a-year",
        article="Art. 14",
        norm="A working group meets at least three times a year.",
        about=("groups",),
        arising=three_meetings,
        fails="A group that met twice in a year that is over.",
        cure="Acknowledge the missed meeting with its reason.",
        parameters=("group-meetings-a-year",),
        readings=("INT-19",),
        sentences=("art4.5", "art14.12"),
    ),
    duty_rule(
        name="one-face-to-face",
        article="Art. 14",
        norm="At least one meeting of a working group in a year is in person.",
        about=("groups",),
        arising=one_in_person,
        fails="A group that met three times in a year, always online.",
        cure="Acknowledge it with its reason.",
        parameters=("group-meetings-face-to-face",),
        readings=("INT-19",),
        sentences=("art14.12",),
    ),
    duty_rule(
        name="leader-hosts",
        article="Art. 14",
        norm="A working group's meetings in person are hosted by its leader's city.",
        about=("meetings",),
        arising=leader_hosts,
        fails="A meeting in person in another city than the leader's.",
        cure="Acknowledge it with its reason; the next one is in the leader's city.",
        sentences=("art14.13",),
    ),
    duty_rule(
        name="minutes-filed",
        article="Art. 14",
        norm="Minutes of a working group's meetings are filed.",
        about=("meetings",),
        arising=minutes_owed,
        fails="A meeting without minutes thirty days after it ended.",
        cure="b40 meeting minutes files them.",
        parameters=("days-for-group-minutes",),
        sentences=("art14.5",),
    ),
)
