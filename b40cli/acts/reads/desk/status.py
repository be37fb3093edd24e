"""The desk: who the network is today, and what waits, each with the command of the next step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from b40cli.acts.opened.named import called_by
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.desk.expiring import ELECT, expiring, item, lapsed
from b40cli.acts.reads.desk.missing import VOTING
from b40cli.acts.reads.desk.pending import pending
from b40cli.acts.reads.desk.run_offs import run_offs
from b40cli.acts.reads.duties import in_states
from b40cli.acts.reads.rolls import roll
from b40cli.acts.reads.titles import owner_of, title_of
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import ref_of
from b40cli.rules.case.law import law_or_none
from b40cli.rules.duties.duties import duties_of
from b40cli.rules.facts.leaving import gone_before
from b40cli.rules.facts.presiding import presidency_of_day
from b40cli.rules.facts.running_on import designated_on, leader_on, secretary_on
from b40cli.rules.facts.seats import coming_term, next_on, presidency_on, seats_on
from b40cli.rules.facts.tenures import as_held
from b40cli.rules.table import RULES

if TYPE_CHECKING:
    from b40cli.model.results import duties as shape

DAYS_AHEAD = 60
Section = Literal["overdue", "lapsed", "vacant", "due", "expiring", "pending"]
# The lines of `b40 do` are counted through them in this order.
SECTIONS: tuple[Section, ...] = ("overdue", "lapsed", "vacant", "due", "expiring", "pending")
_COMMAND = re.compile(r"b40 .+?(?=[.;:,)](?:\s|$)| \(|$)")


def status(view: View) -> Answer[shape.DeskShown]:
    """One screen: the network today, what is overdue, due, expiring and pending."""
    owed, last = owed_duties(view), view.on + timedelta(days=DAYS_AHEAD)
    result: shape.DeskShown = {
        "on": str(view.on),
        "network": _network(view),
        "presides": presides(view),
        "presidency_state": presidency_of_day(view.registry, view.on).state,
        "next": _next(view),
        "secretary": _secretary(view),
        "overdue": [_of_duty(view, duty) for duty in in_states(owed, "overdue", "met-late")],
        "lapsed": _by_day(list(lapsed(view))),
        "vacant": list(vacant(view)),
        "due": _by_day([*_due(view, owed, last), *_meetings(view, last)]),
        "expiring": _by_day(expiring(view, last)),
        "pending": list(pending(view, last)),
    }
    name = called_by(view.registry)
    for section in SECTIONS:
        for line in result[section]:
            line["owes"] = line["owes"] or (name(line["who"]) if line["who"] else None)
    return answer(view, "status", result)


def vacant(view: View) -> Iterator[shape.Item]:
    """The presidency and the seats nobody holds; of the first, who stands in by which decision."""
    term, held = presidency_on(view.registry, view.on), presidency_of_day(view.registry, view.on)
    if term is not None and held.state in ("vacant", "asleep") and held.stand_in is None:
        why = "is vacant" if held.vacant else "sleeps while its city is suspended"
        yield item(
            f"the presidency of {term.year} {why}: the statutes are silent",
            None,
            "general-assembly",
            "b40 decision propose resolution --statutes-silent --effect stand-in --subject … "
            "--meeting …",
        )
    if (acting := held.stand_in) is not None:
        why = "is vacant" if held.vacant else "sleeps while its city is suspended"
        name = called_by(view.registry)(acting.city)
        what = f"the presidency {why}: {name} stands in, by {acting.by}"
        yield item(what, acting.until, "general-assembly")
    yield from _approved_and_leaving(view)
    for seated in seats_on(view.registry, view.on):
        if seated.state == "vacant" and seated.seat != "president":
            elected = seated.seat.startswith("elected")
            tenure = as_held(view.registry, seated.fact) if seated.fact else None
            since = tenure[1] if tenure else None
            what = f"committee seat {seated.seat} is vacant"
            yield item(what, since, "general-assembly", ELECT if elected else "")
    yield from run_offs(view)
    yield from _leads_lost(view)


def _leads_lost(view: View) -> Iterator[shape.Item]:
    """Groups that lost their leader, until the President designates another."""
    for group in view.registry.groups():
        led = any(each.start.day <= view.on for each in group.leaders)
        if led and group.exists_on(view.on) and not leader_on(view.registry, group, view.on):
            last = designated_on(view.registry, group, view.on)
            gone = f": {called_by(view.registry)(last.city)} is gone" if last else ""
            what = f"{group.name} has no leader{gone}"
            step = f"b40 group lead {group.id} CITY --evidence …"
            yield item(what, None, "president", step)


def _approved_and_leaving(view: View) -> Iterator[shape.Item]:
    """A city that is to preside, and is no member any more when its term begins (INT-38)."""
    law, moment = law_or_none(view.registry, view.on), Moment(view.on)
    for year, city in _to_preside(view).items() if law else ():
        if law and (gone := gone_before(view.registry, city, year, moment, law)):
            name = called_by(view.registry)(city)
            what = f"{name}, named for the presidency of {year}, is gone before it begins"
            step = f"b40 presidency order --term {year}"
            yield item(f"{what} (INT-38)", gone, "general-assembly", step)


def _to_preside(view: View) -> dict[int, str]:
    """Who is to preside in which year: as approved, and who sits as next President already."""
    ahead = {
        term.year: term.city
        for term in view.registry.presidencies()
        if term.city and (term.start is None or term.start.day > view.on)
    }
    following = next_on(view.registry, view.on)
    return ahead if following is None else {coming_term(view.registry, view.on): following} | ahead


def owed_duties(view: View) -> tuple[Duty, ...]:
    """The duties of every year since the statutes are encoded here, and of the days ahead.

    Of the year after only what is not to come: an approval for that term is judged already.
    """
    return view.registry.remember(("owed", view.on), lambda: _owed_duties(view))


def _owed_duties(view: View) -> tuple[Duty, ...]:
    encoded = [e.start.day.year for e in view.registry.editions() if e.encoded]
    last = (view.on + timedelta(days=DAYS_AHEAD)).year
    years = range(min(encoded, default=view.on.year), last + 2)
    found = duties_of(view.registry, years, view.on, RULES)
    told = (duty for duty in found if duty.year <= last or duty.state != "due")
    return tuple(sorted(told, key=lambda duty: (str(duty.due or "9999"), duty.rule, duty.of)))


def _by_day(items: list[shape.Item]) -> list[shape.Item]:
    return sorted(items, key=lambda i: (i["on"] or "9999", i["what"]))


def _of_duty(view: View, duty: Duty) -> shape.Item:
    about = f" {duty.subject}" if duty.subject and duty.of not in duty.subject else ""
    late = f", met {duty.met}" if duty.state == "met-late" else ""
    subject = f" --subject {duty.subject}" if about else ""
    acknowledging = f"b40 duty acknowledge {duty.rule} --of {duty.of}{subject} --by {duty.owner}"
    command = None if duty.state == "met-late" else command_in(duty)
    if command is None or command.startswith("b40 duty acknowledge"):
        command = acknowledging
    told = item(f"{duty.rule} {duty.of}{about}{late}", duty.due, duty.owner, command)
    owes = owner_of(view.registry, duty)
    return {**told, "title": f"{title_of(view.registry, duty)}{late}", "owes": owes}


def command_in(duty: Duty) -> str | None:
    """The command that the remedy of a duty names, if it names one."""
    found = _COMMAND.search(duty.remedy)
    return found[0] if found else None


def _due(view: View, owed: tuple[Duty, ...], last: date) -> Iterator[shape.Item]:
    for duty in in_states(owed, "due"):
        if duty.due is not None and duty.due <= last:
            yield {**_of_duty(view, duty), "command": command_in(duty) or ""}


def _meetings(view: View, last: date) -> Iterator[shape.Item]:
    other = view.registry.rescheduled()
    for path in view.registry.paths("meetings/"):
        name = ref_of(path).id
        day = str(other.get(path, name[:10]))
        if str(view.on) <= day <= str(last):
            meeting = view.registry.meeting(name)
            if meeting is not None and not meeting.cancelled:
                title = meeting.title or f"Meeting {name}"
                yield item(f"meeting {name}", day, None, _of_meeting(view, meeting), title)


def _of_meeting(view: View, meeting: Meeting) -> str:
    """On its day a body's roll is called, before it what the meeting lacks is seen to."""
    today = meeting.kind in VOTING and meeting.day <= view.on and not meeting.roll_calls
    call = f"b40 meeting roll-call {meeting.id} --present …"
    return call if today else f"b40 meeting prepare {meeting.id}"


def _network(view: View) -> shape.NetworkCounted:
    rolled = roll(view).result
    return {
        "name": view.network.name,
        "complete": rolled["complete"],
        "reported": rolled["reported"],
        "members": len(rolled["members"]),
        "voting": len(rolled["voting"]),
        "suspended": len(rolled["suspended"]),
        "observers": len(rolled["observers"]),
    }


def presides(view: View) -> shape.PresidesNow | None:
    """Who presides on the day, since when, by whom; None where nobody does."""
    held = presidency_of_day(view.registry, view.on)
    city = held.city
    if city is None:
        return None
    mayor = (member := view.registry.member(city)) and member.mayor_on(view.on)
    return {
        "city": city,
        "since": None if held.since is None else str(held.since),
        "mayor": mayor.name if mayor else _approved_mayor(view, held.year),
    }


def _approved_mayor(view: View, year: int | None) -> str | None:
    """The mayor a term was given to, where no other is on record."""
    term = view.registry.term(year)
    return term.mayor if term else None


def _next(view: View) -> shape.PresidesNext | None:
    """The city that presides next: from a presidency on record, else from the committee's seat."""
    current = presidency_on(view.registry, view.on)
    later = [
        p
        for p in view.registry.presidencies()
        if p.city
        and (p.start is None or p.start.day > view.on)
        and (current is None or p.year > current.year)
    ]
    first = min(later, key=lambda p: p.year, default=None)
    seat = next(s for s in seats_on(view.registry, view.on) if s.seat == "next")
    # Who sits as next President without a term on record comes before who is approved after it.
    if first and not (seat.city and first.year > coming_term(view.registry, view.on)):
        return {"city": first.city, "year": first.year, "approved": first.approved}
    return {"city": seat.city, "year": None, "approved": None} if seat.city else None


def _secretary(view: View) -> shape.SecretaryNow | None:
    running = secretary_on(view.registry, view.on)
    return {"name": running.name, "since": str(running.start)} if running else None
