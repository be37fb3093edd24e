"""The days of a member's record: nothing in it is dated before it could be, or after today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from b40cli.model.day import year_after
from b40cli.model.facts.member import Application, Mayor, Member
from b40cli.model.finding import Place
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.duties.future_days import ahead

BEGUN = (
    "A mandate is recorded on the day it begins or after it; when the one before it ends may be "
    "told now (b40 member mayor … --until DAY)."
)


def days_of_member(case: Case, member: Member) -> Iterator[Breach]:
    """What came in, or was signed, did so by the day of the case, and in its order."""
    for at, what, day in _told_as_done(member):
        yield from ahead(case, member.path, at, day, f"{what} on")
    for at, application in _applications(member):
        yield from _in_order(case, application, at)
    yield from _days_of_removals(case, member)
    yield from _brought_mandates(case, member)
    yield from _brought_vacancies(case, member)


class MandateFault(NamedTuple):
    """A mandate, or a time without one, that is none: which, what is wrong, and what cures it.

    `beside` is the mandate that begins on the same day.
    """

    n: int
    message: str
    remedy: str
    beside: int | None = None


def mandate_faults(member: Member) -> Iterator[MandateFault]:
    """The mandates that are empty, end before they begin, or begin where another one does."""
    for n, mayor in enumerate(member.mayors):
        if _is_no_period(mayor):
            end = f"by {mayor.until}" if mayor.ended_by else f"{mayor.until}"
            yield MandateFault(
                n,
                f"The mandate of {mayor.name} would last from {mayor.start} until {end}.",
                "It ends after the day it begins: correct the day that is wrong.",
            )
        for m, other in enumerate(member.mayors):
            begins = (mayor.start.day, mayor.capacity)
            if m < n and (other.start.day, other.capacity) == begins:
                yield MandateFault(
                    n,
                    f"{other.name} is {other.capacity.replace('-', ' ')} of {member.name} from "
                    f"{other.start} already; {mayor.name} cannot be from the same day.",
                    f"A name that is wrong is corrected: b40 correct {member.id} --at "
                    f"mayors.{other.n}.name; else the day is.",
                    m,
                )


def vacancy_faults(member: Member) -> Iterator[MandateFault]:
    """The times without a head that last no day, or begin where another one does."""
    begun: dict[date, int] = {}
    for n, vacancy in enumerate(member.vacancies):
        start = vacancy.start
        if start.exact and vacancy.until == start.day:
            yield MandateFault(
                n,
                f"Nobody would head {member.name} from {start} until {vacancy.until}.",
                "It ends after the day it begins: correct the day that is wrong.",
            )
        if begun.setdefault(start.day, n) != n:
            yield MandateFault(
                n,
                f"Nobody heads {member.name} from {start} already.",
                "Keep one of the two, or correct the day that is wrong.",
            )


def no_periods(member: Member) -> Iterator[tuple[Place, MandateFault]]:
    """The mandates, and the times without one, that are none: each with its place."""
    for fault in mandate_faults(member):
        yield ("mayors", fault.n), fault
    for fault in vacancy_faults(member):
        yield ("vacancies", fault.n), fault


def runs_backwards(mayor: Mayor) -> bool:
    """Whether both days are known and the end is before the start: told as of any period."""
    if mayor.until is None or mayor.ended_by or not mayor.start.exact:
        return False
    return mayor.until < mayor.start.day


def _is_no_period(mayor: Mayor) -> bool:
    """Whether the end is before the start, or on it; by the day of the start it can have ended."""
    if mayor.until is None:
        return False
    return mayor.until < mayor.start.day or (
        mayor.until == mayor.start.day and mayor.start.exact and not mayor.ended_by
    )


def _brought_mandates(case: Case, member: Member) -> Iterator[Breach]:
    """Such a mandate is refused in the change that brings it; one on record stays (set 2)."""
    if case.before is None or case.rule_set(case.on) == 1:
        return
    yield from mandates_made_none(case.before.member(member.id), member, case.today)


def mandates_made_none(before: Member | None, after: Member, today: date) -> Iterator[Breach]:
    """What a change makes no mandate, by its own days or beside another one."""
    yield from _begun_ahead(before, after, today)
    held = _faulty(before) if before else {}
    for at, fault in _faulty(after).items():
        mayor = after.mayors[fault.n]
        if at not in held and not runs_backwards(mayor):
            until = str(mayor.until or "")
            said = {"mayor": mayor.name, "from": str(mayor.start), "until": until}
            yield Breach(fault.message, fault.remedy, ("mayors", mayor.n), facts=said)


def _begun_ahead(before: Member | None, after: Member, today: date) -> Iterator[Breach]:
    """Who heads a city is recorded from the day on; the end of what runs may lie ahead."""
    begun = {mayor.n: mayor.start.day for mayor in before.mayors} if before else {}
    for mayor in after.mayors:
        if mayor.start.day > today and begun.get(mayor.n) != mayor.start.day:
            yield Breach(
                f"{mayor.name} would be {mayor.capacity.replace('-', ' ')} of {after.name} from "
                f"{mayor.start.day}; today is {today}.",
                BEGUN,
                ("mayors", mayor.n, "from"),
                facts={"today": str(today)},
            )


def _faulty(member: Member) -> dict[tuple[object, ...], MandateFault]:
    """The faults by what makes them: the entry's own days, or the entry beside it."""
    of = member.mayors
    return {
        (of[f.n].n, _period_of(of[f.n]) if f.beside is None else of[f.beside].n): f
        for f in mandate_faults(member)
    }


def _brought_vacancies(case: Case, member: Member) -> Iterator[Breach]:
    """Asked in every register, of the change that brings one: none was recorded by 0.1.0."""
    if case.before is None:
        return
    known = case.before.member(member.id)
    held = known.vacancies if known else ()
    for n, vacancy in enumerate(member.vacancies):
        if vacancy not in held:
            told = f"Nobody would head {member.name} from"
            yield from ahead(case, member.path, ("vacancies", n, "from"), vacancy.start.day, told)
    for fault in vacancy_faults(member):
        if fault.n >= len(held) or held[fault.n] != member.vacancies[fault.n]:
            yield Breach(fault.message, fault.remedy, ("vacancies", fault.n))


def _period_of(mayor: Mayor) -> tuple[object, ...]:
    return mayor.start.day, mayor.until, mayor.ended_by, mayor.capacity


def _applications(member: Member) -> Iterator[tuple[Place, Application]]:
    for n, application in enumerate(member.former_applications):
        yield ("former_applications", n), application
    if member.application is not None:
        yield ("application",), member.application


def _told_as_done(member: Member) -> Iterator[tuple[Place, str, date]]:
    for at, application in _applications(member):
        yield (*at, "received"), "The application is received", application.received
        if application.withdrawn is not None:
            yield (*at, "withdrawn"), "The application is taken back", application.withdrawn
    if member.declared is not None:
        yield ("declaration", "signed"), "The Declaration is signed", member.declared
    for n, former in enumerate(member.former_names):
        yield ("former_names", n, "until"), "The new name is borne from", former.until
    for n, notice in enumerate(member.former_withdrawals):
        yield ("former_withdrawals", n, "received"), "The notice is received", notice.received
    if member.withdrawal is not None:
        yield ("withdrawal", "received"), "The notice is received", member.withdrawal.received


def _in_order(case: Case, application: Application, at: Place) -> Iterator[Breach]:
    decision = case.after.decision(application.outcome)
    if decision and decision.closed and decision.closed < application.received:
        yield Breach(
            f"{decision.id} closed on {decision.closed}, before the application of "
            f"{application.received}.",
            "Correct the day that is wrong.",
            (*at, "received"),
            refs=(decision.id,),
        )
    if application.withdrawn is not None and application.withdrawn < application.received:
        yield Breach(
            f"The application of {application.received} is taken back on {application.withdrawn}.",
            "Correct the day that is wrong.",
            (*at, "withdrawn"),
        )


def _days_of_removals(case: Case, member: Member) -> Iterator[Breach]:
    """Where the record says the first day out, it is the one that follows (INT-28)."""
    data = case.after.content(member.path)
    former = enumerate(data.get("former_removals", ()))
    recorded = [(("former_removals", n), removal) for n, removal in former]
    for at, removal in (*recorded, (("removal",), data.get("removal"))):
        decision = case.after.decision(removal["by"]) if isinstance(removal, Mapping) else None
        if decision is None or decision.closed is None:
            continue
        reading = case.law(decision.closed).reading("INT-28")
        year_end = year_after(decision.closed)
        first_day_out = year_end if reading == "year-end" else decision.closed
        if removal["effective"] != str(first_day_out):
            yield Breach(
                f"{decision.id} removes {member.name}; its first day out is recorded as "
                f"{removal['effective']}.",
                f"Record {first_day_out}.",
                (*at, "effective"),
                facts={"closed": str(decision.closed), "effective": removal["effective"]},
                refs=(decision.id,),
                readings={"INT-28": reading},
            )
