"""A committee vote as recorded, beside the same vote as counted again (Art. 5, 13).

The rules of the vote share one recount; each of them says only what belongs to its own norm.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from b40cli.model.day import Moment
from b40cli.model.facts.decision import CLOSED, Decision, Roll
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Undetermined
from b40cli.rules.case.silence import SUCCESSION, brings, silent_effect
from b40cli.rules.facts.annulled import as_then
from b40cli.rules.facts.known_law import by_the_law_known
from b40cli.rules.facts.leaving import NOT_ELIGIBLE, gone_before
from b40cli.rules.facts.running_on import led_then
from b40cli.rules.facts.seats import FEEDING_THE_SEATS, seats_at
from b40cli.rules.facts.standing import FEEDING_THE_ROLL
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import TWO_THIRDS, Assembly, CountedRoll
from b40cli.rules.votes.assembly_facts import (
    ASSEMBLY,
    belonging,
    facts_of,
    frozen_facts,
    moment_of,
)
from b40cli.rules.votes.closed_election import as_it_was_known, closed_before, contests
from b40cli.rules.votes.committee_count import Attendance, HeldSeats, Quorum, Sitting
from b40cli.rules.votes.committee_facts import (
    COMMITTEE,
    known_seats,
    reseated,
    roll_hash,
    roll_of,
)
from b40cli.rules.votes.contest import Race, race_of
from b40cli.rules.votes.law_of_vote import law_of_vote, noticed_in_time
from b40cli.rules.votes.outcome import (
    Ballot,
    Facts,
    Outcome,
    outcome,
    quorum_of,
    same_roll,
    there_of,
    verdict,
)

# Who is a member at all, and who headed a city then: told as notes, never held against a count.
LEARNT_LATER = FEEDING_THE_ROLL | {"INT-24", "INT-38"}
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

    return case.after.remember(("recount", decision.id, case.lawgiver is case.after), make)


def _recount(case: Case, decision: Decision) -> Recount | Undetermined:
    meeting = case.after.meeting(decision.meeting) if decision.meeting else None
    if meeting is None:
        return Undetermined((f"the meeting {decision.id} is taken in",))
    # An Assembly of two days votes on both: a vote that is still open is of the day it is asked on.
    day = meeting.day_within(decision.closed or case.on)
    decision = decision._replace(closed=decision.closed or day)
    of_the_day = case.law(day)
    then = _when_closed(case.after, decision)
    case = case._replace(after=_before_its_effect(then, decision))
    law, bound = law_of_vote(case.after, decision, of_the_day)
    facts = facts_of(case.after, decision, law)
    if isinstance(facts, Undetermined):
        return facts
    suspended = facts.suspended if isinstance(facts, Assembly) else ()
    computed, roll = roll_of(there_of(facts, law), suspended), decision.roll
    known = known_seats(decision, law)
    otherwise = roll is not None and not (same_roll(roll, computed) and _seats_stand(facts, known))
    moved = otherwise and frozen_before(case, decision)
    frozen = frozen_facts(facts, roll, law, known) if roll and moved else facts
    counted = frozen or facts
    there, enough = there_of(counted, law), quorum_of(counted, law)
    ballot = _ballot(case, decision, meeting, counted, law) if decision.votes else None
    result = outcome(ballot._replace(bound=bound), law) if ballot else None
    found = Recount(meeting, law, there, enough, result, computed, moved, frozen is None)
    found = found._replace(leading=frozenset(ballot.leaders) if ballot else frozenset())
    if isinstance(facts, Sitting):
        return found._replace(seats=facts.seats)
    if decision.matter != ELECTION or law.rule_set == 1:
        return found
    race = race_of(case.after, decision, meeting.day, law, closed=closed_before(case, decision))
    kept = as_it_was_known(case, decision, ballot, result, law) if ballot and result else None
    return found._replace(race=race, outcome=kept or result, seats_moved=kept is not None)


def _seats_stand(facts: Facts, known: HeldSeats | None) -> bool:
    """Whether the seats of a committee are those that its vote knew, where it says."""
    return known is None or not isinstance(facts, Sitting) or facts.seats == known


def _when_closed(registry: Registry, decision: Decision) -> Registry:
    """A count keeps the roll and the seats of its day, whatever is annulled since: one that is
    entered late, too."""
    if decision.closed is None:
        return registry
    return as_then(registry, Moment(decision.closed, decision.meeting, decision.item))


def roll_by_now(case: Case, decision: Decision) -> Roll | None:
    """The roll as it would be by what was annulled from the beginning since; None where it is so.

    What the vote rests on otherwise stays as it was when it closed.
    """
    then = _when_closed(case.after, decision)
    meeting = case.after.meeting(decision.meeting) if decision.meeting else None
    if then is case.after or meeting is None or decision.roll is None:
        return None
    day = meeting.day_within(decision.closed or meeting.day)
    law, _bound = law_of_vote(case.after, decision, case.law(day))
    facts = facts_of(_before_its_effect(case.after, decision), decision, law)
    if isinstance(facts, Undetermined):
        return None
    suspended = facts.suspended if isinstance(facts, Assembly) else ()
    roll = roll_of(there_of(facts, law), suspended)
    return None if same_roll(decision.roll, roll) else roll


def _before_its_effect(registry: Registry, decision: Decision) -> Registry:
    """What an annulment or a succession brings does not change who could vote on it."""
    moves = decision.annuls is not None or silent_effect(decision) is not None
    return registry.undecided(decision.path) if moves and decision.state == "adopted" else registry


def _ballot(case: Case, decision: Decision, meeting: Meeting, facts: Facts, law: Law) -> Ballot:
    assert decision.votes is not None

    def gather(varied: Law) -> Facts:
        """Who is a member, or sits in the committee, where another reading says so."""
        if isinstance(facts, Assembly):
            return belonging(case.after, facts, moment_of(decision, meeting), varied)
        if not _seated_otherwise(case, meeting, law, varied):
            return facts
        found = facts_of(case.after, decision._replace(roll=None), varied)
        return reseated(facts, found) if isinstance(found, Sitting) else facts

    matter = counted_as(case.after, decision)
    noticed = noticed_in_time(meeting, decision, law)
    leaders = _leading(case, decision, meeting)
    elects = matter == ELECTION and law.rule_set > 1
    contest = contests(case, decision, meeting.day) if elects else None
    ballot = Ballot(facts, decision.votes, matter, leaders, gather)
    gone = _names_one_gone(case, decision, meeting, law)
    return ballot._replace(in_time=noticed, contest=contest, gone=gone)


def _names_one_gone(case: Case, decision: Decision, meeting: Meeting, law: Law) -> bool:
    """Whether a city is named for a presidency that begins after its certain end (INT-38).

    What was adopted where that keeps a city out was adopted of one whose end was not known.
    """
    named = {"candidates": decision.candidates, "presidency": (decision.city or "",)}
    held = decision.state == "adopted" and law.reading("INT-38") == NOT_ELIGIBLE
    held = held and closed_before(case, decision)
    if decision.term is None or law.rule_set < 2 or held:
        return False
    moment = Moment(meeting.day, meeting.id, decision.item)
    cities = named.get(decision.matter, ())
    return any(gone_before(case.after, city, decision.term, moment, law) for city in cities)


def _leading(case: Case, decision: Decision, meeting: Meeting) -> frozenset[str]:
    """The leaders' cities; of a vote that was closed before, those that were known then."""
    known = decision.known.leaders if decision.known and closed_before(case, decision) else None
    moment = Moment(meeting.day, meeting.id, decision.item)
    return leading_cities(case.after, moment) if known is None else frozenset(known)


def _seated_otherwise(case: Case, meeting: Meeting, law: Law, varied: Law) -> bool:
    """Whether another reading gives the committee other seats."""
    of = (case.after, meeting.day, meeting.handover)
    return seats_at(*of, law) != seats_at(*of, varied)


def counted_as(registry: Registry, decision: Decision) -> str:
    """The matter whose majority carries a vote: what changed the law is not annulled by less.

    A succession is decided as an admission is.
    """
    if brings(decision, SUCCESSION):
        return "admission"
    annulled = registry.decision(decision.annuls) if decision.annuls else None
    if annulled is not None and annulled.matter in (*TWO_THIRDS, "interpretation"):
        return annulled.matter
    return decision.matter


def leading_cities(registry: Registry, moment: Moment) -> frozenset[str]:
    """The cities that lead a working group at a moment (Art. 14).

    A lead annulled since counts as it did then: what was voted on it stands.
    """
    return frozenset(
        leader.city
        for group in registry.groups()
        if group.exists_on(moment.day)
        if (leader := led_then(registry, group, moment)) is not None
    )


def frozen_before(case: Case, decision: Decision) -> bool:
    """Whether the roll was frozen before this change (or there is no change to speak of)."""
    if case.before is None:
        return True
    earlier = case.before.decision(decision.id)
    return earlier is not None and earlier.roll is not None and earlier.roll == decision.roll


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
    yield Breach(
        f"{decision.id} is recorded as {decision.state}; "
        f"{majority.votes_for} votes for where {_asked(majority.kind)} asks "
        f"{max(majority.required, 1)} of {majority.base} make it {outcome.state}.",
        f"Close it as {outcome.state}: b40 decision close {decision.id}.",
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
                f"Record {as_written(right)}: b40 decision close {decision.id} computes it.",
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
