"""The activity report of a year (Art. 12): members, meetings, decisions, duties, with pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.outcomes import outcome_brief, result_word
from b40cli.acts.papers.presence import presence
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.wording import since
from b40cli.acts.reads.duties import ordered
from b40cli.acts.reads.rolls import roll
from b40cli.acts.reads.titles import title_of
from b40cli.model import paper as parts
from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.wording import BODIES, begun, brief, counted, kind_name, listed, on_day
from b40cli.rules.duties.duties import duties
from b40cli.rules.facts.leaving import certain_end
from b40cli.rules.table import RULES

STATES = {
    "met": "met",
    "met-late": "met late",
    "acknowledged": "missed and acknowledged",
    "overdue": "overdue",
    "not-on-record": "not on record",
}


def activity(view: View, year: int) -> parts.Paper:
    """The activity report of a calendar year, as far as it has gone by the day."""
    closing = min(view.on, date(year, 12, 31))
    meetings = [
        m
        for m in view.registry.meetings()
        if m.day.year == year and m.day <= closing and m.cancelled is None
    ]
    found = [
        d
        for d in view.registry.decisions()
        if (day := d.closed or d.proposed) and day.year == year and day <= closing
    ]
    then = view._replace(on=closing)
    content = (
        parts.Summary((("Presidency", _presidencies(then, year)),)),
        *_members(then, closing, found),
        *_meetings(then, meetings),
        *_decisions(then, found),
        *_duties(view, year),
    )
    lead = f"1 January to {on_day(closing)}"
    return sheet(
        view, f"Activity report {year}", lead, str(year), f"Activity report {year}", content, True
    )


def _presidencies(view: View, year: int) -> str:
    terms = [p for p in view.registry.presidencies() if p.year == year and p.city]
    said = (
        f"{who.city(view, p.city)}, {since(str(p.start)) if p.start else 'not yet'}" for p in terms
    )
    return "; ".join(said) or "not on record"


def _members(view: View, closing: date, found: list[Decision]) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Members")
    there = roll(view._replace(on=closing)).result
    reported = f" ({there['reported']} are reported)" if there["reported"] else ""
    known = "" if there["complete"] else f", as far as they are on record{reported}"
    observers, voting = len(there["observers"]), len(there["voting"])
    yield parts.Paragraph(
        f"On {on_day(closing)} the network had {counted(len(there['members']), 'member')}"
        f"{known}, {voting} of them with a vote, and "
        f"{counted(observers, 'observer') if observers else 'no observer'}."
    )
    by_country = Counter(who.country(view, city) for city in there["members"])
    bars = tuple(parts.Measure(name, n, n, str(n)) for name, n in sorted(by_country.items()))
    if bars:
        yield parts.Bars("Members by country", bars)
    for matter, said in (("admission", "Admitted"), ("removal", "Removed")):
        cities = [d.city for d in found if d.city and d.matter == matter and d.state == "adopted"]
        if cities:
            yield parts.Paragraph(f"{said}: {listed(who.cities(view, cities))}.")
    members, moment = view.registry.members(), Moment(closing)
    going = [m.id for m in members if certain_end(view.registry, m, moment, view.law)]
    if going:
        told = listed(who.cities(view, going))
        yield parts.Paragraph(f"Leaving with the end of {closing.year}: {told}.")


def _meetings(view: View, meetings: list[Meeting]) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Meetings")
    if not meetings:
        yield parts.Paragraph("None on record.")
        return
    rows = tuple(
        (brief(m.day), _title(view, m), who.city(view, m.city) or (m.mode or ""), m.id)
        for m in meetings
    )
    yield parts.Tabular(("Day", "Meeting", "Place", "Record"), rows, (0, 1, 0, 0))
    bars = tuple(bar for m in meetings if (bar := _attendance(view, m)))
    if bars:
        yield parts.Bars("Attendance: present or represented, of those with a vote", bars)


def _title(view: View, meeting: Meeting) -> str:
    group = view.registry.group(meeting.group)
    kind = kind_name(meeting.kind)
    return f"{kind} {group.name}" if group else kind


def _attendance(view: View, meeting: Meeting) -> parts.Measure | None:
    there = presence(view, meeting) if meeting.roll_calls else None
    if there is None:
        return None
    label = f"{kind_name(meeting.kind)}, {brief(meeting.day)}"
    return parts.Measure(label, there.counted, there.base, f"{there.counted} of {there.base}")


def _decisions(view: View, found: list[Decision]) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Decisions")
    if not found:
        yield parts.Paragraph("None on record.")
        return
    by_body = Counter(d.body for d in found)
    bars = tuple(
        parts.Measure(
            begun(BODIES[body]), _carried(found, body), n, f"{_carried(found, body)} of {n} adopted"
        )
        for body, n in sorted(by_body.items())
    )
    yield parts.Bars("Decisions by body, and how many of them were adopted", bars)
    in_order = sorted(found, key=lambda d: (d.closed or d.proposed or date.max, d.item or 0, d.id))
    rows = tuple(
        (brief(d.closed or d.proposed), outcome_brief(d), result_word(view, d), d.id)
        for d in in_order
    )
    yield parts.Tabular(("Day", "Decision", "Result", "Record"), rows, (0, 1, 0, 0))


def _carried(found: list[Decision], body: str) -> int:
    return sum(d.body == body and d.state == "adopted" for d in found)


def _duties(view: View, year: int) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Duties")
    owed = [
        duty
        for duty in ordered(duties(view.registry, year, view.on, RULES))
        if duty.state not in ("due", "not-applicable")
    ]
    states = Counter(duty.state for duty in owed)
    told = "; ".join(f"{n} {STATES[state]}" for state, n in states.items())
    yield parts.Paragraph(f"{begun(told)}." if told else "None fell due.")
    short = [duty for duty in owed if duty.state != "met"]
    if short:
        rows = tuple(
            (brief(d.due), title_of(view.registry, d), d.article, STATES[d.state]) for d in short
        )
        yield parts.Tabular(("Due", "Duty", "Article", "State"), rows, (0, 1, 0, 0))
        yield parts.Note("What was met in time is not listed; b40 duty list tells all.")
