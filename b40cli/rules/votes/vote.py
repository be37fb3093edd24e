"""A committee vote as recorded, beside the same vote as counted again (Art. 5, 13).

The rules of the vote share one recount; each of them says only what belongs to its own norm.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from b40cli.model.facts.decision import CLOSED, Decision, Roll, Votes
from b40cli.model.facts.meeting import Meeting
from b40cli.model.wording import counted
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Undetermined
from b40cli.rules.facts.known_law import by_the_law_known
from b40cli.rules.facts.seats import FEEDING_THE_SEATS
from b40cli.rules.facts.standing import FEEDING_THE_ROLL
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll
from b40cli.rules.votes.assembly_facts import ASSEMBLY, facts_of
from b40cli.rules.votes.closed_election import as_it_was_known, closed_before
from b40cli.rules.votes.committee_count import Attendance, HeldSeats, Quorum, Sitting
from b40cli.rules.votes.committee_facts import COMMITTEE, roll_hash, roll_of
from b40cli.rules.votes.contest import Race, race_of
from b40cli.rules.votes.law_of_vote import law_of_vote
from b40cli.rules.votes.outcome import (
    Outcome,
    decided_state,
    outcome,
    quorum_of,
    same_roll,
    there_of,
    verdict,
)
from b40cli.rules.votes.taken import as_taken, before_its_effect, frozen_before, when_closed

# Who is a member at all, or had given notice, and who headed a city then: told as notes, never held
# against a count.
LEARNT_LATER = FEEDING_THE_ROLL | {"INT-21", "INT-24", "INT-38"}
BODY_NAMES = {
    ASSEMBLY: "General Assembly",
    COMMITTEE: "Executive Committee",
    "president": "President",
    "mayor-of-istanbul": "Mayor of Istanbul",
}
CLAIMS = frozenset({"open", "adopted"})
# Whom the statutes name for a matter is known before anybody votes on it.
PUT = CLAIMS | {"proposed"}
VOTED = frozenset({"open"}) | CLOSED


class Recount(NamedTuple):
    """What the registry gives for a vote.

    `computed` is the roll the registry gives now, in a committee by its `seats`; `moved` whether
    these are no longer the frozen ones, from which the count is taken then. `lost`: even that
    cannot be told any more. `race` is what an election is about, `leading` the cities whose mayors
    have priority in it; with `seats_moved` the register says otherwise by now who might sit, and
    whoever was passed over when it closed is so again.
    """

    meeting: Meeting
    law: Law
    there: Attendance | CountedRoll
    quorum: Quorum
    outcome: Outcome | None
    computed: Roll
    moved: bool
    lost: bool
    race: Race | None = None
    seats_moved: bool = False
    leading: frozenset[str] = frozenset()
    seats: HeldSeats = ()


def committee_vote(case: Case, path: str) -> Decision | None:
    """The decision, if it is one the committee votes or voted on."""
    decision = case.after.decision_in(path)
    if decision is None or decision.body != COMMITTEE or decision.state not in VOTED:
        return None
    return decision


def assembly_vote(case: Case, path: str) -> Decision | None:
    """The decision, if it is one the General Assembly votes or voted on."""
    decision = case.after.decision_in(path)
    if decision is None or decision.body != ASSEMBLY or decision.state not in VOTED:
        return None
    return decision


def collegiate_vote(case: Case, path: str) -> Decision | None:
    """The decision, if either body votes or voted on it."""
    return committee_vote(case, path) or assembly_vote(case, path)


def recount(case: Case, decision: Decision) -> Recount | Undetermined:
    """Count a committee vote again; Undetermined names the facts that are missing."""
    own = decision is case.after.decision(decision.id)
    case = by_the_law_known(case, decision.path)
    if not own:
        return _recount(case, decision)

    def make() -> Recount | Undetermined:
        # It rests on the decision's own record, too: it was looked at before this was asked.
        case.after.decision(decision.id)
        return _recount(case, decision)

    then = closed_before(case, decision), frozen_before(case, decision), decision.closed or case.on
    return case.after.remember(("recount", decision.id, case.lawgiver is case.after, *then), make)


def _recount(case: Case, decision: Decision) -> Recount | Undetermined:
    taken = as_taken(case, decision)
    if isinstance(taken, Undetermined):
        return taken
    case, decision, law, ballot = taken.case, taken.decision, taken.law, taken.ballot
    there, enough = there_of(taken.counted, law), quorum_of(taken.counted, law)
    result = outcome(ballot, law) if ballot else None
    leading = frozenset(ballot.leaders) if ballot else frozenset()
    told = taken.computed, taken.moved, taken.lost
    found = Recount(taken.meeting, law, there, enough, result, *told, leading=leading)
    if isinstance(taken.facts, Sitting):
        return found._replace(seats=taken.facts.seats)
    if decision.matter != ELECTION or law.rule_set == 1:
        return found
    day = taken.meeting.day
    race = race_of(case.after, decision, day, law, closed=closed_before(case, decision))
    kept = as_it_was_known(case, decision, ballot, result, law) if ballot and result else None
    return found._replace(race=race, outcome=kept or result, seats_moved=kept is not None)


def deciding(case: Case, decision: Decision) -> Callable[[Votes], str] | Undetermined:
    """What a vote that is no election would come to with other ballots, of the same voters."""
    taken = as_taken(case, decision)
    if isinstance(taken, Undetermined):
        return taken
    law, ballot = taken.law, taken.ballot
    assert ballot is not None, "whose ballots are asked of has some"
    return lambda votes: decided_state(ballot._replace(votes=votes), law)


def roll_by_now(case: Case, decision: Decision) -> Roll | None:
    """The roll as it would be by what was annulled from the beginning since; None where it is so.

    What the vote rests on otherwise stays as it was when it closed.
    """
    then = when_closed(case.after, decision)
    meeting = case.after.meeting(decision.meeting)
    if then is case.after or meeting is None or decision.roll is None:
        return None
    day = meeting.day_within(decision.closed or meeting.day)
    law, _bound = law_of_vote(case.after, decision, case.law(day))
    facts = facts_of(before_its_effect(case.after, decision), decision, law)
    if isinstance(facts, Undetermined):
        return None
    suspended = facts.suspended if isinstance(facts, Assembly) else ()
    roll = roll_of(there_of(facts, law), suspended)
    return None if same_roll(decision.roll, roll) else roll


def effect_by_closing(decision: Decision) -> str:
    """What helps where a vote carried and no record shows its effect: a hand closed it."""
    return f"{closed_by_hand(decision)}, with its effect."


def closed_by_hand(decision: Decision) -> str:
    """What helps against a state that a hand wrote: a vote that was closed is not closed again."""
    return f"Restore the file; if its vote is open then, b40 decision close {decision.id} closes it"


def settled_recount(case: Case, decision: Decision) -> Recount | None:
    """The recount, where it may be held against the record; None where a fact is lost for it."""
    found = recount(case, decision)
    return None if isinstance(found, Undetermined) or found.lost else found


def carried_wrongly(case: Case, decision: Decision) -> Iterator[Breach]:
    """Where the recorded result, majority or readings are not what the ballots give."""
    if decision.state not in CLOSED:
        return
    if decision.votes is None and decision.state != "invalid":
        yield Breach(
            f"{decision.id} is closed as {decision.state}, but no ballots are recorded.",
            "Record the ballots or the tally: b40 decision vote.",
        )
    found = settled_recount(case, decision)
    if found is None or found.outcome is None:
        return
    yield from _wrong_state(decision, found.outcome)
    yield from _wrong_arithmetic(decision, found.outcome)
    if not found.moved:
        yield from _wrong_readings(case, decision, found.outcome)


def _asked(kind: str) -> str:
    """A majority as a sentence names it."""
    return {
        "absolute": "an absolute majority",
        "simple": "a simple majority",
        "two-thirds": "a majority of two thirds",
        "votes-cast": "a majority of the votes cast",
    }.get(kind, kind)


def _wrong_state(decision: Decision, outcome: Outcome) -> Iterator[Breach]:
    if decision.state == outcome.state or "invalid" in (decision.state, outcome.state):
        return
    majority = outcome.counted.majority
    makes = "makes" if majority.votes_for == 1 else "make"
    yield Breach(
        f"{decision.id} is recorded as {decision.state}; "
        f"{counted(majority.votes_for, 'vote')} for where {_asked(majority.kind)} asks "
        f"{max(majority.required, 1)} of {majority.base} {makes} it {outcome.state}.",
        f"{closed_by_hand(decision)}.",
        ("state",),
        facts={"recorded": decision.state, "computed": outcome.state, **_numbers(outcome)},
        readings=outcome.readings,
    )


def _wrong_arithmetic(decision: Decision, outcome: Outcome) -> Iterator[Breach]:
    computed = outcome.counted.as_record()["majority"]
    recorded = (decision.counted or {}).get("majority")
    if recorded != computed and decision.state != "invalid":
        yield Breach(
            f"The recorded majority of {decision.id} is not what its ballots give.",
            f"Record {as_written(computed)}.",
            ("count", "majority"),
            facts={"recorded": recorded, "computed": computed},
        )
    yield from _wrong_elected(decision, outcome)


def _wrong_elected(decision: Decision, outcome: Outcome) -> Iterator[Breach]:
    """Who is elected, equal over a seat, passed over: what the record says beside the count."""
    if decision.matter != ELECTION or decision.state == "invalid":
        return
    counted, computed = decision.counted or {}, outcome.as_record()
    passed = [each._asdict() for each in decision.passed_over]
    said: tuple[tuple[tuple[str, ...], object, object], ...] = (
        (("count", "elected"), counted.get("elected"), computed.get("elected")),
        (("count", "tied"), counted.get("tied"), computed.get("tied")),
        (("passed_over",), passed, [each._asdict() for each in outcome.passed_over]),
    )
    for at, recorded, right in said:
        if recorded != right:
            named = {"elected": "elected", "tied": "equal"}.get(at[-1], "passed over")
            yield Breach(
                f"The {named} of {decision.id} are not those its choices give.",
                f"{closed_by_hand(decision)} with {as_written(right)}.",
                at if recorded else at[:1] if at[0] == "count" else ("state",),
                facts={"recorded": recorded, "computed": right},
            )


def _wrong_readings(case: Case, decision: Decision, outcome: Outcome) -> Iterator[Breach]:
    """What other readings make of it; who would be a member by one may be recorded later on."""
    earlier = case.before.decision(decision.id) if case.before else None
    past = case.before is None or (earlier is not None and earlier.state in CLOSED)
    recorded: Mapping[str, Any] = decision.readings or {}
    computed: Mapping[str, Any] = outcome.readings
    if past and recorded == verdict(recorded.get("on", {})):
        frozen = LEARNT_LATER if decision.seats is None else LEARNT_LATER | {*FEEDING_THE_SEATS}
        recorded, computed = (_without(frozen, each) for each in (recorded, computed))
    if recorded != computed and decision.state != "invalid":
        yield Breach(
            f"The recorded readings of {decision.id} are not what a recount gives.",
            f"Record {as_written(outcome.readings)}.",
            ("readings",),
            facts={"recorded": decision.readings, "computed": outcome.readings},
            # Who might be elected by another reading may be learnt otherwise of every candidate.
            kind="note" if past and decision.seats is not None else None,
        )


def _without(points: Collection[str], readings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The readings block without the points whose facts are frozen or may be learnt otherwise."""
    turns = readings.get("on", {})
    return verdict({point: turns[point] for point in turns if point not in points})


def as_written(value: object) -> str:
    """A value inside a sentence, as its record writes it: `{required: 4, met: false}`."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {as_written(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_written, value))}]"
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def _numbers(outcome: Outcome) -> dict[str, object]:
    majority = outcome.counted.majority
    return {"base": majority.base, "required": majority.required, "for": majority.votes_for}


def broken_seal(decision: Decision) -> Iterator[Breach]:
    """A frozen roll whose hash is not the hash of what it lists."""
    roll = decision.roll
    if roll is None or roll.sha256 in (None, roll_hash(roll)):
        return
    yield Breach(
        f"The frozen roll of {decision.id} does not have the hash it carries.",
        "Restore the roll as it was when the vote opened.",
        ("roll", "sha256"),
        facts={"recorded": roll.sha256, "computed": roll_hash(roll)},
    )
