"""Ballots of a vote that is open: by name, for candidates, in secret by numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal, on_decision
from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import ENDED, SIDES, Decision
from b40cli.model.finding import Finding
from b40cli.model.wording import counted
from b40cli.rules.case.rule import RECORD

if TYPE_CHECKING:
    from b40cli.model.results.decisions import BallotChanged, Voted
# What stands for everybody who is there, and for those who have no ballot yet.
WORDS = EVERYBODY, REMAINING = "all", "rest"


def choose(session: Session, name: str, choices: Mapping[str, Sequence[str]]) -> Proposal[Voted]:
    """Record an election by name: who chose each candidate; a candidate given again is replaced.

    The answer tells the ballots that changed by it.
    """
    decision = decision_named(session.before, name)
    _one_way(decision, by_name=True)
    _one_by_one(decision, by_choice=True)
    held = (decision.votes.choices if decision.votes else None) or {}
    whole = {city: list(voters) for city, voters in {**held, **choices}.items()}
    edits = (Put(decision.path, ("choices",), whole),)
    late = _late(decision, whole != {city: list(voters) for city, voters in held.items()})
    changed = _moved(_chosen_by(held), _chosen_by(whole))
    result: Voted = {"id": name, "state": decision.state, "choices": whole, "changed": changed}
    headline = f"decision: record the choices in {name}"
    body = tuple(map(_change_told, changed))
    return on_decision("decision vote", decision, headline, edits, result, body)._replace(
        refusals=late
    )


def _chosen_by(choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Each voter, and whom it chose."""
    voters = dict.fromkeys(voter for chosen in choices.values() for voter in chosen)
    return {v: ", ".join(city for city, chosen in choices.items() if v in chosen) for v in voters}


def _moved(was: Mapping[str, str], now: Mapping[str, str]) -> list[BallotChanged]:
    """The ballots on record that say something else now."""
    return [
        {"city": city, "was": said, "now": now.get(city)}
        for city, said in was.items()
        if now.get(city) != said
    ]


def _change_told(change: BallotChanged) -> str:
    return f"{change['city']}: {change['was']} becomes {change['now'] or 'no ballot'}."


def vote(session: Session, name: str, ballots: Mapping[str, Sequence[str]]) -> Proposal[Voted]:
    """Add ballots by name; a voter given again is moved, until the vote is closed.

    `all` stands for everybody on the roll who is there or represented, `rest` for those of them
    who have no ballot.
    """
    decision = decision_named(session.before, name)
    _one_way(decision, by_name=True)
    _one_by_one(decision, by_choice=False)
    cast = [city for side in SIDES for city in (decision.votes.of(side) if decision.votes else ())]
    there = decision.roll.voters if decision.roll else ()
    ballots = spelt_out(ballots, there, cast, f"First b40 decision open {name}.")
    voters = [city for cities in ballots.values() for city in cities]
    twice = next((city for city in voters if voters.count(city) > 1), None)
    if twice is not None:
        raise UsageError(f"{twice} is given more than once.", "A voter has one ballot (Art. 8).")
    held = {side: list(decision.votes.of(side)) if decision.votes else [] for side in SIDES}
    for side, cities in ballots.items():
        for city in (c for c in cities if c not in held[side]):
            held = {s: [c for c in cast if c != city] for s, cast in held.items()}
            held[side].append(city)
    headline = f"decision: record {counted(len(voters), 'ballot')} in {name}"
    unchanged = decision.votes is not None and all(
        list(decision.votes.of(side)) == held[side] for side in SIDES
    )
    edits: tuple[Edit, ...] = () if unchanged else (Put(decision.path, ("ballots",), held),)
    was = {city: s for s in SIDES for city in (decision.votes.of(s) if decision.votes else ())}
    changed = _moved(was, {city: side for side, cities in held.items() for city in cities})
    result: Voted = {"id": name, "state": decision.state, "ballots": held, "changed": changed}
    body = tuple(map(_change_told, changed))
    late = _late(decision, not unchanged)
    return on_decision("decision vote", decision, headline, edits, result, body)._replace(
        refusals=late
    )


def spelt_out(
    ballots: Mapping[str, Sequence[str]], voters: Sequence[str], cast: Sequence[str], first: str
) -> dict[str, list[str]]:
    """The ballots with `all` and `rest` as the cities they stand for; UsageError without a roll."""
    words = [word for side in ballots.values() for word in side]
    if not {EVERYBODY, REMAINING} & set(words):
        return {side: list(cities) for side, cities in ballots.items()}
    if words.count(EVERYBODY) + words.count(REMAINING) > 1:
        raise UsageError("all and rest are given more than once.", "Give one of them, once.")
    if not voters:
        raise UsageError("Nobody is on the roll of this vote yet.", first)
    named = {*cast, *words}
    stands = {EVERYBODY: list(voters), REMAINING: [city for city in voters if city not in named]}
    return {
        side: [city for word in cities for city in stands.get(word, [word])]
        for side, cities in ballots.items()
    }


def tally(session: Session, name: str, numbers: Mapping[str, Any]) -> Proposal[Voted]:
    """Record a secret vote in numbers only."""
    decision = decision_named(session.before, name)
    _one_way(decision, by_name=False)
    held = (session.before.content(decision.path).get("tally") or {}) if decision.votes else {}
    late = _late(decision, dict(held) != dict(numbers))
    edits = (Put(decision.path, ("secret",), True), Put(decision.path, ("tally",), dict(numbers)))
    result: Voted = {"id": name, "state": decision.state, "tally": dict(numbers)}
    headline = f"decision: record the tally of {name}"
    body = tuple(
        f"{side}: {held[side]} becomes {numbers.get(side, 'no number')}."
        for side in held
        if numbers.get(side) != held[side]
    )
    return on_decision("decision vote", decision, headline, edits, result, body)._replace(
        refusals=late
    )


def _one_way(decision: Decision, *, by_name: bool) -> None:
    """A vote is by name or secret; what was begun one way does not go on the other."""
    if decision.votes is not None and (decision.votes.ballots is not None) != by_name:
        told = "A vote is by name or secret."
        raise _begun_otherwise(decision, "in numbers only" if by_name else "by name", told)


def _one_by_one(decision: Decision, *, by_choice: bool) -> None:
    """An election is by choice of candidates, or for and against them all together."""
    votes = decision.votes
    chosen = votes is not None and bool(votes.choices)
    together = votes is not None and any(map(votes.of, SIDES))
    if together if by_choice else chosen:
        how = "for and against all candidates together" if by_choice else "for each candidate"
        raise _begun_otherwise(decision, how, "An election goes on as it was begun.")


def _late(decision: Decision, changed: bool) -> tuple[Finding, ...]:
    """A refusal where a vote that is over would be another one."""
    ended = changed and decision.state in ENDED
    return (over(decision, "closed once, and no ballot is added to it"),) if ended else ()


def over(decision: Decision, told: str) -> Finding:
    """The refusal of what comes after a vote's end; its count stands as it was told then."""
    again = "propose" if decision.state == "withdrawn" else f"annul {decision.id}"
    return Finding(
        "closed-records-are-immutable",
        "validity",
        RECORD,
        f"{decision.id} is {decision.state} since {decision.closed}: a vote is {told}.",
        f"b40 show {decision.id} tells what came of it; only a new decision goes further: "
        f"b40 decision {again}.",
        decision.path,
        at=("state",),
        facts={"state": decision.state, "closed": str(decision.closed)},
    )


def _begun_otherwise(decision: Decision, how: str, told: str) -> UsageError:
    """What helps where a vote was begun another way, or is over."""
    if decision.state in ENDED:
        said = f"{decision.id} is {decision.state}: no vote is added to it."
        return UsageError(said, f"b40 show {decision.id} tells what came of it.")
    return UsageError(
        f"The votes in {decision.id} are recorded {how}.",
        f"{told} Withdraw the decision and propose it again to vote the other way.",
    )
