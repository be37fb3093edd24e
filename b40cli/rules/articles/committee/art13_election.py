"""Art. 13: an election of the committee as it is recorded: its free seats, and who may not sit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.committee import EX_OFFICIO, Seat
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.facts.composition import composition_after
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.facts.terms import ELECTION, term_of
from b40cli.rules.votes.closed_election import closed_before
from b40cli.rules.votes.contest import Race, named_in, race_of, slate_of
from b40cli.rules.votes.vote import closed_by_hand, effect_by_closing, settled_recount

# Before the vote is closed; and as it is held or was held.
AHEAD = frozenset({"proposed", "open"})
COUNTED = frozenset({"open", "adopted", "rejected"})


def election_at(case: Case, path: str, states: frozenset[str]) -> Decision | None:
    """The election in a file, if it is one in one of these states."""
    decision = case.after.decision_in(path)
    elects = decision is not None and decision.matter == ELECTION and decision.state in states
    return decision if elects else None


def day_and_law(case: Case, decision: Decision) -> tuple[date, Law] | None:
    """The day of an election, and its law; None where the law is not encoded."""
    meeting = case.after.meeting(decision.meeting)
    day = meeting.day if meeting else decision.proposed or case.on
    law = case.law_or_none(day)
    return None if law is None else (day, law)


def told_before(case: Case, path: str, rule: str) -> Iterator[Breach]:
    """Of those who stand in an election, or were chosen already: who may not sit by a rule."""
    decision = election_at(case, path, AHEAD)
    found = day_and_law(case, decision) if decision else None
    if decision is None or found is None:
        return
    for city, bar in race_of(case.after, decision, *found).kept_out().items():
        if bar.rule == rule:
            yield Breach(
                f"{city} cannot be elected in {decision.id}: {bar.why}.",
                "The count passes it over, and the next in votes takes the seat (INT-42).",
                ("candidates",) if city in decision.candidates else (),
                facts={"city": city, "rule": rule},
                refs=(f"members/{city}",),
                kind="note",
            )


def as_an_election(case: Case, path: str) -> Iterator[Breach]:
    """An election fills free seats, unseats nobody in a term that began, and says what it knew."""
    decision = election_at(case, path, AHEAD | COUNTED)
    found = day_and_law(case, decision) if decision else None
    if decision is None or found is None or found[1].rule_set == 1:
        return
    closed = closed_before(case, decision)
    race = race_of(case.after, decision, *found, closed=closed)
    yield from _nothing_free(decision, race)
    if decision.state in COUNTED and not closed:
        yield from _otherwise_free(decision, race)
        yield from _otherwise_known(decision, race)
    if decision.state in COUNTED:
        yield from _no_slate(decision, race)
    yield from _suspended(case.after, decision, found[0])


def _nothing_free(decision: Decision, race: Race) -> Iterator[Breach]:
    if race.free == 0:
        yield Breach(
            f"No elected seat of {race.term} is free: {decision.id} has nothing to fill.",
            "A seat is filled again once it was resigned, or its holder dismissed, that of a city "
            "that gave notice of leaving too (INT-21); b40 committee show names who sits.",
            ("seats",) if decision.seats else ("matter",),
            facts={"free": 0, "of": race.term},
            kind="note" if decision.state == "proposed" else None,
        )


def _otherwise_free(decision: Decision, race: Race) -> Iterator[Breach]:
    recorded = decision.seats._asdict() if decision.seats else None
    computed = {"free": race.free, "of": race.term}
    if recorded != computed:
        yield Breach(
            f"{decision.id} fills {counted(race.free, 'seat')} of {race.term}; recorded is "
            f"{recorded['free'] if recorded else 'nothing'}.",
            f"Record seats: {{free: {race.free}, of: {race.term}}}; the command does.",
            ("seats",) if decision.seats else ("matter",),
            facts={"recorded": recorded, "computed": computed},
            unwritten=True,
        )


def _otherwise_known(decision: Decision, race: Race) -> Iterator[Breach]:
    """What is frozen of the seats when the vote closes is what the register says then."""
    known = decision.known.seats if decision.known else None
    staying = tuple((held.seat, held.city) for held in race.staying)
    if decision.state != "open" and decision.votes is not None and known != staying:
        yield Breach(
            f"{decision.id} says otherwise than the register who keeps a seat beside those it "
            "elects.",
            f"{closed_by_hand(decision)} and writes it down.",
            ("known", "seats") if known is not None else ("state",),
            facts={"recorded": dict(known or ()), "computed": dict(staying)},
            unwritten=True,
        )


def _no_slate(decision: Decision, race: Race) -> Iterator[Breach]:
    """Voted on for and against: that takes named cities, and no more of them than free seats."""
    slate = slate_of(decision)
    if slate is not None and not 0 < len(slate) <= race.free:
        yield Breach(
            f"{decision.id} is voted for or against {counted(len(slate), 'candidate')}; "
            f"{counted(race.free, 'seat')} {'is' if race.free == 1 else 'are'} free.",
            "Name at most as many as are free (--candidate), or choose by name: --choice.",
            ("ballots",) if decision.votes and decision.votes.tally is None else ("tally",),
            facts={"candidates": list(slate), "free": race.free},
        )


def _suspended(registry: Registry, decision: Decision, day: date) -> Iterator[Breach]:
    """A suspended city may be elected; that it is suspended is told."""
    elected = (decision.counted or {}).get("elected")
    moment = Moment(day, decision.meeting, decision.item)
    for city in named_in(decision) if elected is None else elected:
        if is_suspended(registry, city, moment):
            yield Breach(
                f"{city} stands or is elected in {decision.id} while it is suspended.",
                "It may be elected; in the committee its seat is read by INT-25.",
                ("count", "elected") if elected else ("matter",),
                facts={"city": city},
                refs=(f"members/{city}",),
                kind="note",
            )


def seats_as_they_were(case: Case, path: str) -> Iterator[Breach]:
    """An election that was closed by what was known of the seats, where that is known otherwise."""
    decision = election_at(case, path, COUNTED)
    found = settled_recount(case, decision) if decision else None
    if decision is not None and found is not None and found.seats_moved:
        yield Breach(
            f"By what was entered since, {decision.id} would have elected others: who might sit is "
            "on record otherwise today.",
            "The record stands as it was closed; nothing needs to be done.",
            ("count", "elected"),
        )


def elected_by(decision: Decision) -> tuple[str, ...]:
    """The cities a decision's own count says were elected."""
    return tuple((decision.counted or {}).get("elected") or ())


def seats_filled(case: Case, decision: Decision) -> Iterator[Breach]:
    """No more than four are elected, and each takes a seat unless it has one by office."""
    law = case.law(moment_of(case, decision).day)
    cities, most = elected_by(decision), law.number("committee-seats-elected")
    if law.rule_set == 1 and len(cities) > most:
        yield Breach(
            f"{decision.id} elects {counted(len(cities), 'city')}; the Assembly elects {most}.",
            f"The {most} with the most votes are elected.",
            ("count", "elected"),
            facts={"elected": len(cities), "seats": most},
        )
    seated = {s.city for s in case.after.seats() if s.ground == decision.id}
    for city in cities if stands(case.after, decision) else ():
        if city not in seated | _by_office(case.after, decision):
            yield Breach(
                f"{decision.id} elects {city}, but no seat of the committee names it.",
                effect_by_closing(decision),
                ("count", "elected"),
                refs=(f"members/{city}",),
                unwritten=True,
            )


def _by_office(registry: Registry, decision: Decision) -> set[str]:
    held = composition_after(registry, decision.closed) if decision.closed else ()
    kept = {seat.city for seat in registry.seats() if seat.extended}
    return {there.city for there in held if there.seat in EX_OFFICIO or there.city in kept}


def within_its_term(case: Case, seat: Seat, election: Decision) -> bool:
    """Whether a seat is of the very term an election is for, or a later one (set 2)."""
    day = moment_of(case, election).day
    return case.rule_set(day) > 1 and seat.term >= term_of(election, election.closed)


def unseated(seat: Seat, ground: str) -> Breach:
    """A seat that an election for the rest of its term is said to end."""
    return Breach(
        f"Seat {seat.seat} of {seat.city} is of the term {seat.term}, and so is {ground}: an "
        "election for the rest of a term unseats nobody.",
        "Who was elected for the term stays; an election fills free seats alone.",
        ("seats", seat.n, "ended_by"),
        refs=(ground,),
    )
