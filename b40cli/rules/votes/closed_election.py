"""An election as it is counted again: by the seats of today while it is open, of then once closed.

Whoever was passed over when it closed stays so: what is learnt since of seats, terms and members
moves no count, and is told by a note.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.standing import FEEDING_THE_ROLL
from b40cli.rules.votes.bearing import OF_THE_SEATS, Ballot
from b40cli.rules.votes.contest import race_under, slate_of
from b40cli.rules.votes.election import Contest
from b40cli.rules.votes.outcome import Outcome, outcome

# What a contest rests on: these points, and these numbers.
BEARING_ON_SEATS = (*OF_THE_SEATS, *sorted(FEEDING_THE_ROLL))
SEATS_IN_NUMBERS = ("committee-seats-elected", "cities-per-country", "consecutive-terms")


def closed_before(case: Case, decision: Decision) -> bool:
    """Whether a decision was closed before this change (or there is no change to speak of)."""
    earlier = case.before.decision(decision.id) if case.before else decision
    return decision.state in CLOSED and earlier is not None and earlier.state in CLOSED


def contests(case: Case, decision: Decision, day: date) -> Callable[[Law], Contest]:
    """The election's contest under the readings of a law, each worked out once."""
    found: dict[tuple[object, ...], Contest] = {}
    closed, slate = closed_before(case, decision), slate_of(decision)
    race = cache(lambda: race_under(case.after, decision, day, closed=closed))

    def under(law: Law) -> Contest:
        key = (*(law.readings.get(p) for p in BEARING_ON_SEATS), *map(law.number, SEATS_IN_NUMBERS))
        if key not in found:
            found[key] = race()(law).contest(slate)
        return found[key]

    return under


def as_it_was_known(
    case: Case, decision: Decision, ballot: Ballot, counted: Outcome, law: Law
) -> Outcome | None:
    """The count by what was known when the election closed; None where that is today's."""
    if not closed_before(case, decision) or _is_recorded(decision, counted):
        return None
    contest = _as_closed(decision, ballot.contest(law)) if ballot.contest else Contest(0)
    then = outcome(ballot._replace(contest=lambda _law: contest), law)
    return then if _is_recorded(decision, then) else None


def _is_recorded(decision: Decision, outcome: Outcome) -> bool:
    recorded = decision.counted or {}
    elected = (decision.state, recorded.get("elected", []), recorded.get("tied", []))
    counted = (outcome.state, list(outcome.elected or ()), list(outcome.tied))
    return elected == counted and decision.passed_over == outcome.passed_over


def _as_closed(decision: Decision, contest: Contest) -> Contest:
    """The contest by the record itself: who was passed over then is so, and nobody else.

    Those that were equal where only some of their country might sit are so again.
    """
    tied = (decision.counted or {}).get("tied", [])
    barred = {p.city: p.rule for p in decision.passed_over if p.city not in tied}
    between = {contest.countries.get(city) for city in tied}
    countries = {city: c for city, c in contest.countries.items() if c in between}
    return contest._replace(barred=barred, countries=countries)
