"""The smallest change that would have turned a vote: found by asking, never by a second count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from b40cli.model.facts.decision import Decision, Votes
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.votes.vote import deciding, recount

TURNED = "It would have turned with"
# At most so many ballots are moved in search of another result.
MOST_MOVED = 12
FOR, AGAINST, ABSTAIN, INVALID, NONE = "for", "against", "abstain", "invalid", "none"
IN_WORDS = {
    (INVALID, FOR): "cast for it instead of an invalid one",
    (AGAINST, FOR): "cast for it instead of against",
    (ABSTAIN, FOR): "cast for it instead of an abstention",
    (NONE, FOR): "more for it, of those who gave none",
    (FOR, AGAINST): "cast against instead of for it",
    (FOR, ABSTAIN): "turned from for it to an abstention",
}


def smallest(registry: Registry, decision: Decision, on: date) -> str | None:
    """The fewest ballots that would have made another result, in words; None where none would."""
    votes = decision.votes
    if votes is None or decision.state == "invalid":
        return None
    if votes.ballots is None and votes.tally is None:
        return None
    found = recount(Case(None, registry, on), decision)
    if isinstance(found, Undetermined) or found.outcome is None or not found.quorum.met:
        return None
    state, voters = found.outcome.state, found.there.voters
    if found.outcome.elected is not None or state == "invalid":
        return None
    cast = {city for side in (votes.ballots or {}).values() for city in side}
    without = sorted(voters - cast)[: len(voters) - sum((votes.tally or {}).values())]
    decided = deciding(Case(None, registry, on), decision)
    assert not isinstance(decided, Undetermined), "the vote was counted"
    for moves in _moves(state, votes, without):
        for back in (False, True) if votes.tally is None else (False,):
            if decided(_with(votes, moves, without, back)) != state:
                return _in_words(moves)
    return None


def turning(found: str | None) -> str | None:
    """The same as a sentence."""
    return f"{TURNED} {found}." if found else None


def _number(votes: Votes, side: str) -> int:
    return votes.tally.get(side, 0) if votes.tally is not None else len(votes.of(side))


Moves = tuple[tuple[str, str, int], ...]


def _moves(state: str, votes: Votes, without: Sequence[str]) -> Iterator[Moves]:
    """What could turn a result, the fewest ballots first; each number of each sort is tried."""
    ways = [(FOR, AGAINST), (FOR, ABSTAIN)]
    if state != "adopted":
        ways = [(ABSTAIN, FOR), (INVALID, FOR), (NONE, FOR), (AGAINST, FOR)]
    sizes = [len(without) if way[0] == NONE else _number(votes, way[0]) for way in ways]
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
    if votes.tally is not None:
        tally = dict(votes.tally)
        for one, other, number in moves:
            tally |= {one: tally[one] - number} if one != NONE else {}
            tally[other] = tally.get(other, 0) + number
        return votes._replace(tally=tally)
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
