"""A committee vote as recorded, beside the same vote as counted again (Art. 5, 13).

The rules of the vote share one recount; each of them says only what belongs to its own norm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from b40cli.model.facts.decision import CLOSED, Decision, Roll, Votes
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.case.rule import Breach, Case, Undetermined
from b40cli.rules.facts.known_law import by_the_law_known
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll
from b40cli.rules.votes.assembly_facts import ASSEMBLY, facts_of
from b40cli.rules.votes.bearing import Facts
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
)
from b40cli.rules.votes.taken import as_taken, before_its_effect, frozen_before, when_closed

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

    `facts` are those it is counted from. `computed` is the roll the registry gives now, in a
    committee by its `seats`; `moved` whether these are no longer the frozen ones, from which the
    count is taken then. `lost`: even that cannot be told any more. `race` is what an election is
    about, `leading` the cities whose mayors have priority in it; with `seats_moved` the register
    says otherwise by now who might sit, and whoever was passed over when it closed is so again.
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
    facts: Facts | None = None


def vote_of(case: Case, path: str, *bodies: str) -> Decision | None:
    """The decision, if one of these bodies votes or voted on it."""
    decision = case.after.decision_in(path)
    if decision is None or decision.body not in bodies or decision.state not in VOTED:
        return None
    return decision


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

    day = decision.closed or case.on
    then = closed_before(case, decision), frozen_before(case, decision), day
    law = None if case.lawgiver is case.after else _law_in_words(case.lawgiver, day)
    return case.after.remember(("recount", decision.id, law, *then), make)


@remembered
def _law_in_words(registry: Registry, day: date) -> str:
    """All that the law of a day is: two states before a change may hold another."""
    law = law_or_none(registry, day)
    return "" if law is None else repr((law.rule_set, law.parameters, law.readings))


def _recount(case: Case, decision: Decision) -> Recount | Undetermined:
    taken = as_taken(case, decision)
    if isinstance(taken, Undetermined):
        return taken
    case, decision, law, ballot = taken.case, taken.decision, taken.law, taken.ballot
    there, enough = there_of(taken.counted, law), quorum_of(taken.counted, law)
    result = outcome(ballot, law) if ballot else None
    leading = frozenset(ballot.leaders) if ballot else frozenset()
    told = taken.computed, taken.moved, taken.lost
    found = Recount(
        taken.meeting, law, there, enough, result, *told, leading=leading, facts=taken.counted
    )
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
