"""What a vote leaves open: who was there and has no ballot, and totals read out otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import Decision, Votes
from b40cli.rules.case.rule import Breach, Case, Rule

COUNTED = ("adopted", "rejected")


def without_ballot(decision: Decision) -> tuple[str, ...]:
    """Who is on the roll, there or represented, and cast no ballot; nobody where it is secret."""
    votes = decision.votes
    if decision.roll is None or votes is None or votes.ballots is None:
        return ()
    cast = votes.voters
    return tuple(city for city in decision.roll.voters if city not in cast)


def ballots_missing(case: Case, path: str) -> Iterator[Breach]:
    """Voters of a vote that was counted who have no ballot; of a secret one how many."""
    decision = case.after.decision_in(path)
    if decision is None or decision.state not in COUNTED or decision.roll is None:
        return
    there, names = len(decision.roll.voters), without_ballot(decision)
    missing = len(names) or _missing_in_secret(decision.votes, there)
    if missing:
        named = f": {', '.join(names)}" if names else ""
        yield Breach(
            f"{missing} of {there} who could vote in {decision.id} "
            f"{'has' if missing == 1 else 'have'} no ballot{named}.",
            "Record who abstained while the vote is open; who said nothing has cast no vote.",
            ("ballots",) if names else ("tally",),
            facts={"missing": list(names) or missing, "voters": there},
        )


def _missing_in_secret(votes: Votes | None, there: int) -> int:
    """How many numbers are missing from a secret vote; none where that was not counted."""
    if votes is None or votes.tally is None:
        return 0
    cast = votes.cast if votes.numbers else sum(votes.tally.values())
    return 0 if cast is None else max(there - cast, 0)


def announced_otherwise(case: Case, path: str) -> Iterator[Breach]:
    """Totals as they were read out in the room that are not those counted."""
    decision = case.after.decision_in(path)
    if decision is None or not decision.announced:
        return
    counted = decision.votes.totals if decision.votes else {}
    other = {k: n for k, n in decision.announced.items() if counted.get(k, 0) != n}
    if other:
        said = ", ".join(
            f"{side} {n} ({counted.get(side, 0)} counted)" for side, n in other.items()
        )
        yield Breach(
            f"Read out in {decision.id} was otherwise than counted: {said}.",
            "The count stands; tell the members, or annul the decision if ballots are wrong.",
            ("announced",),
            facts={"announced": dict(decision.announced), "counted": dict(counted)},
        )


RULES = (
    Rule(
        name="ballots-missing",
        kind="note",
        norm="Who is on the roll, there or represented, and has no ballot is named.",
        about=("decisions",),
        question=ballots_missing,
        fails="An Assembly of 24 with three ballots on record.",
        cure="Record who abstained before the vote is closed.",
    ),
    Rule(
        name="announced-otherwise",
        kind="note",
        norm="The totals read out in the room are those that are counted.",
        about=("decisions",),
        question=announced_otherwise,
        fails="Twelve announced in favour, where eleven ballots are for.",
        cure="The count stands; tell the members.",
    ),
)
