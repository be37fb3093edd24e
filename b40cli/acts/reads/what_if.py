"""`decision what-if`: the same vote counted again with something otherwise; the judge counts.

And the smallest change that would have turned it: found by asking, never by a second arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.decision import Decision, Votes
from b40cli.model.errors import UsageError
from b40cli.model.ref import Ref
from b40cli.model.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.votes.outcome import Outcome
from b40cli.rules.votes.vote import recount

if TYPE_CHECKING:
    from b40cli.model.results.decisions import WhatIf

# At most so many ballots are moved in search of another result.
MOST_MOVED = 12
FOR, AGAINST, ABSTAIN, NONE = "for", "against", "abstain", "none"
IN_WORDS = {
    (AGAINST, FOR): "from against to for",
    (ABSTAIN, FOR): "from an abstention to for",
    (NONE, FOR): "for, of those who had no ballot",
    (FOR, AGAINST): "from for to against",
    (FOR, ABSTAIN): "from for to an abstention",
}


class Otherwise(NamedTuple):
    """What is supposed: other ballots, who came or went, other readings."""

    ballots: Mapping[str, Sequence[str]]
    came: Sequence[str] = ()
    gone: Sequence[str] = ()
    readings: Mapping[str, str] = {}


def what_if(view: View, name: str, otherwise: Otherwise) -> Answer[WhatIf]:
    """What a vote comes to as it is, and what it would come to."""
    decision = decision_named(view.registry, name)
    if decision.votes is None or decision.meeting is None:
        raise UsageError(f"Nobody has voted on {name}.", "b40 decision vote records ballots.")
    now = _outcome(view.registry, decision, view.on)
    registry, supposed = _supposed(view.registry, decision, otherwise)
    then = _outcome(registry, supposed, view.on)
    result: WhatIf = {
        "id": name,
        "state": now.state,
        "then": then.state,
        "changes": now.state != then.state,
        "count": then.as_record(),
        "readings": then.readings,
        "smallest": smallest(view.registry, decision, view.on),
    }
    return answer(view, "decision what-if", result)


def _outcome(registry: Registry, decision: Decision, on: date) -> Outcome:
    found = recount(Case(None, registry, on), decision)
    if isinstance(found, Undetermined) or found.outcome is None:
        missing = ", ".join(found.missing) if isinstance(found, Undetermined) else "its ballots"
        raise UsageError(f"{decision.id} cannot be counted: {missing}.", "Record that first.")
    return found.outcome


def _supposed(
    registry: Registry, decision: Decision, otherwise: Otherwise
) -> tuple[Registry, Decision]:
    for point, reading in otherwise.readings.items():
        registry = read_as(registry, point, reading)
    if otherwise.came or otherwise.gone:
        registry = _attended(registry, decision, otherwise)
        decision = decision._replace(roll=None)
    if otherwise.ballots or otherwise.gone:
        decision = decision._replace(votes=_moved(decision, otherwise))
    return registry, decision


def read_as(registry: Registry, point: str, reading: str) -> Registry:
    """The register in which a point was read so from the beginning; UsageError for no reading."""
    path = Ref("statutes/interpretations", point).path
    known = registry.interpretations().get(point)
    if known is None or reading not in known.readings:
        raise UsageError(f"{point}={reading} is no reading.", f"b40 explain {point} tells them.")
    record: dict[str, Any] = deepcopy(dict(registry.content(path)))
    record["adopted"] = [{**each, "reading": reading} for each in record["adopted"]]
    return registry.with_record(path, record)


def _attended(registry: Registry, decision: Decision, otherwise: Otherwise) -> Registry:
    """The register in which these came to the meeting, or did not."""
    meeting = registry.meeting(decision.meeting or "")
    assert meeting is not None
    record: dict[str, Any] = deepcopy(dict(registry.content(meeting.path)))
    for call in record.get("roll_calls", ()):
        there = [city for city in call["present"] if city not in otherwise.gone]
        call["present"] = [*there, *(c for c in otherwise.came if c not in there)]
    return registry.with_record(meeting.path, record)


def _moved(decision: Decision, otherwise: Otherwise) -> Votes:
    votes = decision.votes
    if votes is None or votes.ballots is None:
        raise UsageError(
            f"The votes in {decision.id} are recorded in numbers only.",
            "Ask what another reading, or another presence, would have made of them.",
        )
    named = {city for cities in otherwise.ballots.values() for city in cities}
    out = {*named, *otherwise.gone}
    kept = {side: tuple(c for c in of if c not in out) for side, of in votes.ballots.items()}
    more = {side: (*kept.get(side, ()), *cities) for side, cities in otherwise.ballots.items()}
    return votes._replace(ballots={**kept, **more})


def smallest(registry: Registry, decision: Decision, on: date) -> str | None:
    """The fewest ballots that would have made another result, in words; None where none would."""
    votes = decision.votes
    if votes is None or votes.ballots is None or decision.matter == "committee-election":
        return None
    found = recount(Case(None, registry, on), decision)
    if isinstance(found, Undetermined) or found.outcome is None or not found.quorum.met:
        return None
    state = found.outcome.state
    cast = {city for side in votes.ballots.values() for city in side}
    without = sorted(found.there.voters - cast)
    for moves in _moves(state, votes, without):
        for back in (False, True):
            moved = decision._replace(votes=_with(votes, moves, without, back))
            if _outcome(registry, moved, on).state != state:
                return _in_words(moves)
    return None


Moves = tuple[tuple[str, str, int], ...]


def _moves(state: str, votes: Votes, without: Sequence[str]) -> Iterator[Moves]:
    """What could turn a result, the fewest ballots first; each number of each sort is tried."""
    ways = [(FOR, AGAINST), (FOR, ABSTAIN)]
    if state != "adopted":
        ways = [(ABSTAIN, FOR), (NONE, FOR), (AGAINST, FOR)]
    sizes = [len(without) if way[0] == NONE else len(votes.of(way[0])) for way in ways]
    for total in range(1, MOST_MOVED + 1):
        for numbers in _parted(total, sizes):
            moves = zip(ways, numbers, strict=True)
            yield tuple((one, other, n) for (one, other), n in moves if n)


def _parted(total: int, sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every way to take so many from classes of these sizes."""
    if not sizes:
        if total == 0:
            yield ()
        return
    for n in range(min(total, sizes[0]), -1, -1):
        yield from ((n, *rest) for rest in _parted(total - n, sizes[1:]))


def _with(votes: Votes, moves: Moves, without: Sequence[str], back: bool) -> Votes:
    """The first of each class move, or the last: a tie hangs on whose ballot it is."""
    ballots = {side: list(of) for side, of in (votes.ballots or {}).items()}
    for one, other, number in moves:
        source = list(without) if one == NONE else ballots.get(one, [])
        source = source[::-1] if back else source
        going, staying = source[:number], source[number:]
        if one != NONE:
            ballots[one] = staying
        ballots.setdefault(other, []).extend(going)
    return votes._replace(ballots={side: tuple(of) for side, of in ballots.items()})


def _in_words(moves: Moves) -> str:
    said = [f"{counted(number, 'ballot')} {IN_WORDS[one, other]}" for one, other, number in moves]
    return " and ".join(said)
