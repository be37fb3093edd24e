"""A vote as it was taken: its meeting, its roll, the facts it is counted from, its ballots."""

from __future__ import annotations

from typing import NamedTuple

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision, Roll
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.case.silence import SUCCESSION, brings, silent_effect
from b40cli.rules.facts.annulled import as_then
from b40cli.rules.facts.leaving import NOT_ELIGIBLE, gone_before
from b40cli.rules.facts.running_on import led_then
from b40cli.rules.facts.seats import seats_at
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import TWO_THIRDS, Assembly
from b40cli.rules.votes.assembly_facts import belonging, facts_of, frozen_facts, moment_of
from b40cli.rules.votes.bearing import Ballot, Facts
from b40cli.rules.votes.closed_election import closed_before, contests
from b40cli.rules.votes.committee_count import HeldSeats, Sitting
from b40cli.rules.votes.committee_facts import known_seats, reseated, roll_of
from b40cli.rules.votes.law_of_vote import law_of_vote, noticed_in_time
from b40cli.rules.votes.outcome import same_roll, there_of


class Taken(NamedTuple):
    """A vote as it was taken: on its day, before its own effect.

    `facts` are those that the registry gives now, `counted` those it is counted from.
    """

    case: Case
    decision: Decision
    meeting: Meeting
    law: Law
    facts: Facts
    counted: Facts
    computed: Roll
    moved: bool
    lost: bool
    ballot: Ballot | None


def as_taken(case: Case, decision: Decision) -> Taken | Undetermined:
    """Gather it; Undetermined names the facts that are missing."""
    meeting = case.after.meeting(decision.meeting)
    if meeting is None:
        return Undetermined((f"the meeting {decision.id} is taken in",))
    # An Assembly of two days votes on both: a vote that is still open is of the day it is asked on.
    day = meeting.day_within(decision.closed or case.on)
    decision = decision._replace(closed=decision.closed or day)
    of_the_day = case.law(day)
    then = when_closed(case.after, decision)
    case = case._replace(after=before_its_effect(then, decision))
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
    ballot = _ballot(case, decision, meeting, counted, law) if decision.votes else None
    ballot = ballot and ballot._replace(bound=bound)
    where = case, decision, meeting, law
    return Taken(*where, facts, counted, computed, moved, frozen is None, ballot)


def _seats_stand(facts: Facts, known: HeldSeats | None) -> bool:
    """Whether the seats of a committee are those that its vote knew, where it says."""
    return known is None or not isinstance(facts, Sitting) or facts.seats == known


def when_closed(registry: Registry, decision: Decision) -> Registry:
    """A count keeps the roll and the seats of its day, whatever is annulled since: one that is
    entered late, too."""
    if decision.closed is None:
        return registry
    return as_then(registry, Moment(decision.closed, decision.meeting, decision.item))


def before_its_effect(registry: Registry, decision: Decision) -> Registry:
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
    annulled = registry.decision(decision.annuls)
    if annulled is not None and annulled.matter in (*TWO_THIRDS, "interpretation"):
        return annulled.matter
    return decision.matter


@remembered
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
