"""Art. 11: the term from handover to handover, and who is approved for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.facts.committee import UNKNOWN, Presidency
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art09_in_office import readings_of_act
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.articles.art11_acts import (
    by_the_president_in_office,
    presided_as_known,
    presiding_for,
    side_told,
)
from b40cli.rules.articles.presidency.art11_candidacy import nomination
from b40cli.rules.articles.presidency.art11_stand_in import HOW, stands_in_rightly
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import PRESIDENT
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.handover import handed_over_on
from b40cli.rules.facts.seats import presidency_on, president_on
from b40cli.rules.votes.carried import as_written
from b40cli.rules.votes.vote import CLAIMS

# What a term keeps once it is recorded.
SETTLED = ("city", "approved", "handover")


def one_year_term(case: Case, path: str) -> Iterator[Breach]:
    """A term lasts from handover to handover; each begins with an approval, none overlap."""
    yield from _for_a_free_term(case, path)
    yield from _says_which_side(case, path)
    yield from _meets_on_one_side(case, path)
    yield from stands_in_rightly(case, path)
    yield from _term(case, path)


def _term(case: Case, path: str) -> Iterator[Breach]:
    term = case.after.term_in(path)
    if term is None:
        return
    yield from _moved(case, path, term)
    yield from _overlapping(case, term)
    if term.handover is not None and term.source is None:
        yield from _handed_over(case, term, term.handover)
    if isinstance(term.agenda, str):
        yield from _agenda_of_another(case, term, term.agenda)


def _agenda_of_another(case: Case, term: Presidency, agenda: str) -> Iterator[Breach]:
    decision = case.after.decision(agenda)
    expected = ("annual-agenda", _reference(term), "adopted")
    if decision is not None and (decision.matter, decision.subject, decision.state) != expected:
        yield Breach(
            f"The agenda of {term.year} rests on {agenda}, {decision.state}, on {decision.matter} "
            f"of {decision.subject or 'nothing on record'}.",
            f"Name the President's decision on the agenda of {term.year}.",
            ("agenda",),
            refs=(agenda,),
        )


def _moved(case: Case, path: str, term: Presidency) -> Iterator[Breach]:
    before, after = case.before.content(path) if case.before else {}, case.after.content(path)
    free = _replaceable(case, before, term)
    for key in SETTLED:
        was, now = before.get(key), after.get(key)
        if was is not None and was != now and (key == "handover" or not free):
            yield Breach(
                f"The {key} of the term of {term.year} was recorded and is changed.",
                "A term stays with the city it was given to; it passes at the next handover.",
                (key,) if key in after else (),
                facts={"was": was, "is": now},
            )


def _replaceable(case: Case, before: Mapping[str, Any], term: Presidency) -> bool:
    """Whether a term may go to another city: the approval was annulled, or the text is silent."""
    approval = case.after.decision(term.approved)
    earlier = case.after.decision(before.get("approved"))
    void = earlier is not None and not stands(case.after, earlier, case.on)
    return void or (approval is not None and approval.silent)


def _overlapping(case: Case, term: Presidency) -> Iterator[Breach]:
    for other in case.after.presidencies():
        if term.start is None or other.start is None or other.year >= term.year:
            continue
        if term.start.day <= other.start.day:
            yield Breach(
                f"The term of {term.year} begins on {term.start}, not after that of {other.year}, "
                f"which begins on {other.start}.",
                "Terms follow each other from handover to handover.",
                ("handover", "on") if term.handover else ("attested",),
                facts={"begins": str(term.start.day), "other": str(other.start.day)},
                refs=(f"presidencies/{other.year}",),
                basis=term.basis,
            )


def _handed_over(case: Case, term: Presidency, handover: Mapping[str, Any]) -> Iterator[Breach]:
    day = term.start.day if term.start else case.on
    if not approved_for(case.after, term, day):
        yield Breach(
            f"{term.city} takes over the presidency of {term.year}, but no decision of the "
            "General Assembly approved it.",
            f"The Assembly approves first: b40 decision propose presidency --subject {term.city} "
            f"--term {term.year} --meeting …",
            ("handover",),
            refs=(f"members/{term.city}",),
        )
    yield from _at_an_assembly(case, term, handover, day)
    yield from _seats_moved(case, term, day)


def approved_for(registry: Registry, term: Presidency, day: date) -> bool:
    """Whether the Assembly approved the city, or a source attests that it was next already."""
    decision = registry.decision(term.approved)
    if decision is not None:
        return stands(registry, decision, day) and decision.city == term.city
    return any(
        seat.seat == "next" and seat.city == term.city and seat.source is not None
        for seat in registry.seats()
        if seat.term == term.year - 1 and seat.start.day < day
    )


def _at_an_assembly(
    case: Case, term: Presidency, handover: Mapping[str, Any], day: date
) -> Iterator[Breach]:
    meeting = case.after.meeting(handover.get("at"))
    if meeting is None or meeting.kind not in ("ga", "summit"):
        yield Breach(
            f"The handover of {term.year} names no General Assembly or Summit.",
            "It is part of the Assembly's session: --at 2027-01-26-ga --item 2.",
            ("handover",),
        )
    elif not meeting.day <= day <= meeting.last_day:
        yield Breach(
            f"The handover of {term.year} is on {day}; {meeting.id} is held on {meeting.day}.",
            "Record the day of the session.",
            ("handover", "on"),
            refs=(f"meetings/{meeting.id}",),
        )
    if day.year != term.year:
        yield Breach(
            f"The term of {term.year} is handed over in {day.year}.",
            f"A term bears the year of its handover: approve a city for {day.year}.",
            ("handover", "on"),
            facts={"year": term.year, "handover": str(day)},
        )


def _seats_moved(case: Case, term: Presidency, day: date) -> Iterator[Breach]:
    """With the presidency the President's seat passes, on the same day."""
    network = case.after.network
    if network is None or not network.whole("committee", day):
        return
    held = [s for s in case.after.seats() if s.seat == "president" and s.ground == _reference(term)]
    if not any(s.city == term.city and s.start.day == day for s in held):
        yield Breach(
            f"The presidency of {term.year} passed to {term.city} on {day}, but the President's "
            "seat in the committee did not.",
            f"Record both in one act: b40 presidency handover {term.year} --at MEETING.",
            ("handover",),
            refs=(f"committee/{term.year}",),
        )


def _reference(term: Presidency) -> str:
    return f"presidencies/{term.year}"


def _for_a_free_term(case: Case, path: str) -> Iterator[Breach]:
    decision = nomination(case, path)
    if decision is None or decision.term is None or decision.silent:
        return
    term, day = case.after.term(decision.term), moment_of(case, decision).day
    earlier = case.before.term(decision.term) if case.before else term
    approval = case.after.decision(term.approved) if term else None
    later = approval is not None and approval.id > decision.id
    void = approval is not None and not stands(case.after, approval, day)
    if term is not None and term.city and term.approved != decision.id and not (later or void):
        given = f"by {term.approved}" if term.approved else "already"
        yield _taken(decision, f"The term of {decision.term} is given to {term.city} {given}.")
    elif earlier is None and decision.term < day.year:
        yield _taken(decision, f"The term of {decision.term} is over on {day}.")
    elif not (earlier and earlier.city) and (
        awaiting := _attested_next(case.after, decision.term, day)
    ) not in (None, decision.city):
        given = f"to {awaiting}, attested as the next President"
        yield _taken(decision, f"The term of {decision.term} is given {given}.")


def _attested_next(registry: Registry, year: int, day: date) -> str | None:
    """The city a source attests as next President, for a term no record tells of."""
    for seat in registry.seats():
        held = seat.start.day < day and (seat.until is None or seat.until >= day)
        if seat.seat == "next" and seat.source and seat.term == year - 1 and held:
            return None if seat.city == UNKNOWN else seat.city
    return None


def _taken(decision: Decision, message: str) -> Breach:
    return Breach(
        message,
        "Terms do not overlap: name a year that is free. Where a city falls out the text is "
        "silent: --statutes-silent.",
        ("term",),
        facts={"term": decision.term},
        refs=(f"presidencies/{decision.term}",),
    )


def _says_which_side(case: Case, path: str) -> Iterator[Breach]:
    """A President's act is of who presides; under the first set it says on a handover's day who."""
    decision = case.after.decision_in(path)
    if decision is None or decision.body != PRESIDENT or decision.state not in CLAIMS:
        return
    day = decision.closed or case.on
    handed, law = handed_over_on(case.after, day), case.law_or_none(day)
    if decision.matter == "annual-agenda":
        yield from by_the_president_in_office(case, decision, day)
    known = presided_as_known(case, decision)
    if not known and presiding_for(case, decision, day) is None:
        yield from _nobody_presides(case, decision, day)
    yield from _read_otherwise(case, decision, law)
    untold = decision.handover is None and (law is None or law.rule_set < 2)
    if handed is not None and untold:
        yield Breach(
            f"{decision.id} is of {day}, the day on which the presidency passed to {handed.city}.",
            "Say whether it was before or after: `handover: before`.",
            ("closed",),
            refs=(_reference(handed),),
        )


def _read_otherwise(case: Case, decision: Decision, law: Law | None) -> Iterator[Breach]:
    """What an act says of other readings of INT-37 when it is written; not what is learnt later."""
    earlier = case.before.decision(decision.id) if case.before else decision
    if earlier is not None or law is None or decision.readings is None:
        return
    computed = readings_of_act(case.after, decision, law)
    if computed != decision.readings:
        yield Breach(
            f"The recorded readings of {decision.id} are not what INT-37 gives.",
            f"Record {as_written(computed)}." if computed else "Leave them out.",
            ("readings",),
            facts={"recorded": decision.readings, "computed": computed},
        )


def _nobody_presides(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    """While the presidency is vacant, or sleeps, nobody decides as President."""
    term = presidency_on(case.after, day)
    if term is not None:
        asleep = president_on(case.after, day, side_told(case, decision, day)) is not None
        yield Breach(
            f"{decision.id} is decided as President on {day}; the presidency of {term.year} "
            f"{'sleeps while its city is suspended (INT-37)' if asleep else 'is vacant'}.",
            HOW,
            ("decided_by",),
            refs=(_reference(term),),
        )


def _meets_on_one_side(case: Case, path: str) -> Iterator[Breach]:
    meeting = case.after.meeting_in(path)
    if meeting is None or meeting.kind != "ec" or meeting.attested or meeting.handover:
        return
    handed = handed_over_on(case.after, meeting.day)
    if handed is not None and handed.source is None:
        yield Breach(
            f"{meeting.id} is on the day on which the presidency passed to {handed.city}.",
            "Say whether it met before or after the handover: `handover: before`.",
            ("opens",),
            refs=(_reference(handed),),
        )


RULES = (
    Rule(
        name="one-year-term",
        article="Art. 11",
        norm="A term lasts from handover to handover; the Assembly approved it, and none overlap.",
        about=("presidencies", "decisions", "meetings"),
        question=one_year_term,
        fails="A city takes over that the General Assembly has not approved.",
        cure="Approve it first, then record the handover: b40 presidency handover.",
        parameters=("presidency-term-months",),
        readings=("INT-24", "INT-30"),
        sentences=("art10.7", "art11.1", "art13.2"),
    ),
)
