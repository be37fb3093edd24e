"""Art. 13: how a seat of the committee ends: by a dismissal, by a resignation, by all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from b40cli.model.day import covers
from b40cli.model.facts.committee import ELECTED, Seat, names_decision
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.duty import Duty
from b40cli.model.ref import ref_of
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.articles.committee.art13_election import unseated, within_its_term
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import SECRETARY, acknowledge, duty_rule, state_of
from b40cli.rules.facts.seats import end_of, seats_on
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.vote import CLAIMS

DISMISSAL = "committee-dismissal"


def dismissal_by_assembly(case: Case, path: str) -> Iterator[Breach]:
    """Members of the committee are dismissed by the Assembly, at any time, and by nobody else."""
    if ref_of(path).kind == "committee":
        for seat in case.after.seats_in(path):
            if names_decision(seat.ended_by):
                yield from _ended_by_decision(case, seat, seat.ended_by)
        return
    decision = case.after.decision_in(path)
    if decision is not None and decision.matter == DISMISSAL and decision.state in CLAIMS:
        yield from _dismisses(case, decision)


def _ended_by_decision(case: Case, seat: Seat, ground: str) -> Iterator[Breach]:
    decision = case.after.decision(ground)
    if decision is None:
        return
    elected = decision.matter == ELECTION and seat.seat in ELECTED
    dismissed = decision.matter == DISMISSAL and decision.city == seat.city
    if not (elected or dismissed) or decision.state != "adopted":
        yield Breach(
            f"Seat {seat.seat} of {seat.city} is ended by {ground}, {decision.state}, on "
            f"{decision.matter} of the {decision.body.replace('-', ' ')}.",
            "Only the General Assembly dismisses a member of the committee.",
            ("seats", seat.n, "ended_by"),
            refs=(ground,),
        )
    elif elected and within_its_term(case, seat, decision):
        yield unseated(seat, ground)
    elif seat.until != decision.closed:
        yield Breach(
            f"Seat {seat.seat} of {seat.city} ends on {seat.until}; {ground} closed on "
            f"{decision.closed}.",
            f"Record {decision.closed}.",
            ("seats", seat.n, "until"),
            refs=(ground,),
        )


def _dismisses(case: Case, decision: Decision) -> Iterator[Breach]:
    day = moment_of(case, decision).day
    own = [s for s in case.after.seats() if s.city == decision.city]
    ended = [s for s in own if s.ended_by == decision.id]
    might = [s for s in own if covers(s.start, end_of(case.after, s), day)]
    if not (might if decision.state == "open" else ended):
        over = next((s for s in might if s.until is not None), None)
        no_seat = "which has no seat that it could end"
        yield Breach(
            f"{decision.id} dismisses {decision.city}, "
            f"{f'whose seat is on record as ended on {over.until}' if over else no_seat}.",
            "That end stays: record the vote as a resolution that says so."
            if over
            else "b40 committee show names those who sit; closing the decision ends the seat.",
            ("subject",) if decision.subject else ("matter",),
            refs=(decision.subject,) if decision.subject else (),
            unwritten=bool(might),
        )


def resignation_notice(case: Case, path: str) -> Iterator[Breach]:
    """One resigns by a notice to the President and the Permanent Secretary."""
    for seat in case.after.seats_in(path):
        if not isinstance(seat.ended_by, Mapping):
            continue
        notice, at = seat.ended_by, ("seats", seat.n, "ended_by")
        missing = [to for to in ("president", SECRETARY) if to not in notice.get("to", ())]
        if missing:
            yield _notice(
                f"The notice by which {seat.city} resigns did not go to the "
                f"{' and the '.join(said.replace('-', ' ') for said in missing)}.",
                at,
            )
        if "document" not in notice:
            yield _notice(f"The notice by which {seat.city} resigns is not on record.", at)
        if seat.until is not None and str(seat.until) < notice["resigned"]:
            yield _notice(
                f"The seat of {seat.city} ends on {seat.until}, before the notice of "
                f"{notice['resigned']}.",
                at,
            )


def _notice(message: str, at: tuple[str | int, ...]) -> Breach:
    return Breach(
        message,
        "A resignation is a notice to both: --document notice.pdf --to president,permanent-"
        "secretary.",
        at,
    )


def mass_resignation_announced(case: Case, path: str) -> Iterator[Duty]:
    """Should everyone resign, all members of the network are told."""
    last = everyone_resigned(case, path)
    law = case.law_or_none(last) if last else None
    if last is None or law is None:
        return
    year = ref_of(path).id
    due = last + timedelta(days=law.number("days-to-announce-a-mass-resignation"))
    committee = case.after.committee_in(path)
    told = committee.announced if committee else None
    were = "were" if case.on > due else "are"
    yield Duty(
        rule="mass-resignation-announced",
        article="Art. 13",
        of=year,
        subject=f"committee/{year}",
        owner=SECRETARY,
        due=due,
        state=state_of(case, last, due, told),
        evidence=f"committee/{year}" if told else None,
        provisional="days-to-announce-a-mass-resignation" in law.provisional,
        says=f"The whole committee has resigned by {last}; the members {were} to be told by "
        f"{due}" + (f" and were told on {told}." if told and told <= case.on else "."),
        remedy=acknowledge("mass-resignation-announced", year, SECRETARY)
        if told
        else "Tell all members and record it: b40 committee resign … --announced DAY.",
        at=("announced",) if told else ("year",),
        met=told,
    )


def everyone_resigned(case: Case, path: str) -> date | None:
    """The day on which the last of the committee resigned; None while anybody sat.

    A later committee, or one of its members that resigns, does not undo that it was owed.
    """
    resigned = [s for s in case.after.seats() if s.resigned and s.until]
    for day in sorted({s.until for s in resigned if s.until and s.path == path}, reverse=True):
        last = max(s.path for s in resigned if s.until == day) == path
        if last and all(s.state == "vacant" for s in seats_on(case.after, day)):
            return day
    return None


RULES = (
    Rule(
        name="resignation-notice",
        article="Art. 13",
        norm="One resigns by a notice to the President and the Permanent Secretary.",
        about=("committee",),
        question=resignation_notice,
        fails="A resignation that went to the President alone.",
        cure="Record the notice and both addressees: b40 committee resign.",
        sentences=("art13.6",),
    ),
    duty_rule(
        name="mass-resignation-announced",
        article="Art. 13",
        norm="Should everyone resign, all members of the network are told.",
        about=("committee",),
        arising=mass_resignation_announced,
        fails="All seven have resigned, and two weeks later no member has been told.",
        cure="Tell the members and record the day: b40 committee resign --announced.",
        parameters=("days-to-announce-a-mass-resignation",),
        sentences=("art13.7",),
    ),
    Rule(
        name="dismissal-by-assembly",
        article="Art. 13",
        norm="The General Assembly may dismiss members of the committee; nobody else does.",
        about=("decisions", "committee"),
        matters=(DISMISSAL,),
        question=dismissal_by_assembly,
        fails="A seat that ends by a resolution of the committee itself.",
        cure="Put the dismissal to the Assembly: b40 decision propose committee-dismissal.",
        readings=("INT-17", "INT-36"),
        sentences=("art13.8",),
    ),
)
