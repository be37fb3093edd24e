"""The ballots of a vote: cast by those on the roll, once, and no more than there are seats."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import SIDES, Decision, Votes
from b40cli.model.wording import counted
from b40cli.rules.case.rule import Breach
from b40cli.rules.votes.assembly_count import CountedRoll
from b40cli.rules.votes.vote import Recount


def _tallied(decision: Decision) -> str:
    return (
        "Correct the tally. Where so many papers lay in the box, it decides nothing: b40 decision "
        f"withdraw {decision.id}, and the vote is held again."
    )


def mistaken_votes(decision: Decision, found: Recount) -> Iterator[Breach]:
    """Voters who are not on the roll or vote twice, and tallies that are too large.

    More papers in the box than voters are what happened: they are why a vote is invalid, and no
    defect of the record that says so. Where no seat is free, no ballot is too long.
    """
    votes = decision.votes
    if votes is None:
        return
    if not (found.there.voters or found.meeting.roll_calls) and any(votes.totals.values()):
        yield Breach(
            f"Votes are recorded in {decision.id}, but no roll was called.",
            f"Call the roll first: b40 meeting roll-call {decision.meeting} --present …",
            ("ballots",),
        )
        return
    if decision.state != "invalid":
        yield from _too_many_papers(decision, votes, found)
        yield from _too_many_votes(decision, votes, found)
    yield from _doubled(decision, votes)
    yield from _strangers(decision, votes, found)
    yield from _too_many_choices(decision, votes, found)


def _too_many_papers(decision: Decision, votes: Votes, found: Recount) -> Iterator[Breach]:
    tallied, voters = sum((votes.tally or {}).values()), len(found.there.voters)
    if tallied > voters:
        yield Breach(
            f"{counted(tallied, 'vote')} {'is' if tallied == 1 else 'are'} tallied in "
            f"{decision.id}; {voters} could vote.",
            _tallied(decision),
            ("tally",),
            facts={"tallied": tallied, "voters": voters},
        )


def _doubled(decision: Decision, votes: Votes) -> Iterator[Breach]:
    seen: set[str] = set()
    for side in SIDES:
        for n, city in enumerate(votes.of(side)):
            if city in seen:
                yield Breach(
                    f"{city} votes more than once in {decision.id}.",
                    "Keep one ballot for each voter.",
                    ("ballots", side, n),
                    facts={"voter": city},
                    refs=(f"members/{city}",),
                )
            seen.add(city)


def _strangers(decision: Decision, votes: Votes, found: Recount) -> Iterator[Breach]:
    may_be_counted = found.there.voters | _ex_officio_voices(found)
    chosen = (votes.choices or {}).items()
    cast = (
        *((("ballots", side), votes.of(side)) for side in SIDES),
        *((("choices", candidate), voters) for candidate, voters in chosen),
    )
    for at, voters in cast:
        for n, city in enumerate(voters):
            if city not in may_be_counted:
                yield Breach(
                    f"{city} has no vote in {decision.id}: it is not on the roll as present or "
                    "represented with a vote.",
                    "Take the ballot out, or correct the roll call before the vote opens.",
                    (*at, n),
                    facts={"voter": city, "voters": sorted(found.there.voters)},
                    refs=(f"members/{city}",),
                )


def _seats_filled(found: Recount) -> int:
    return found.race.free if found.race else found.law.number("committee-seats-elected")


def _too_many_choices(decision: Decision, votes: Votes, found: Recount) -> Iterator[Breach]:
    """A voter has one vote for each seat to be filled."""
    chosen = [voter for voters in (votes.choices or {}).values() for voter in voters]
    seats = _seats_filled(found) if chosen else 0
    for voter in dict.fromkeys(chosen) if seats else ():
        if chosen.count(voter) > seats:
            yield Breach(
                f"{voter} chooses {chosen.count(voter)} in {decision.id}; {seats} are elected.",
                f"A voter chooses at most {seats}: correct the ballot.",
                ("choices",),
                facts={"voter": voter, "chosen": chosen.count(voter), "seats": seats},
                refs=(f"members/{voter}",),
            )


def _too_many_votes(decision: Decision, votes: Votes, found: Recount) -> Iterator[Breach]:
    """In secret by numbers: no more ballots than voters, on each at most as many as are free."""
    if votes.numbers is None or found.race is None or not found.race.free:
        return
    ballots = len(found.there.voters) if votes.cast is None else votes.cast
    most, given = max(votes.numbers.values()), sum(votes.numbers.values())
    if ballots > len(found.there.voters) or most > ballots or given > ballots * found.race.free:
        yield Breach(
            f"{counted(given, 'vote')} on {counted(ballots, 'ballot')} "
            f"{'is' if given == 1 else 'are'} tallied in {decision.id}, {most} of them for "
            f"one candidate; {len(found.there.voters)} could vote, each for at most "
            f"{found.race.free}.",
            _tallied(decision),
            ("tally",),
            facts={
                "tallied": given,
                "ballots": ballots,
                "voters": len(found.there.voters),
                "seats": found.race.free,
            },
        )


def _ex_officio_voices(found: Recount) -> frozenset[str]:
    """Under INT-20 `no-but-casting` the President's ballot is kept for the casting vote alone."""
    there = found.there
    if isinstance(there, CountedRoll) or there.president is None:
        return frozenset()
    return frozenset({there.president} & there.counted) - there.silenced
