"""Art. 13: elections of days under rule set 1 stand as counted; what set 2 mended is told."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.rules.articles.committee.art13_election import elected_by, election_at
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule, Undetermined
from b40cli.rules.case.rule_sets import CONTENTS
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import Assembly, session
from b40cli.rules.votes.assembly_facts import facts_of, frozen_facts
from b40cli.rules.votes.contest import Race, race_of, slate_of
from b40cli.rules.votes.election import Elected, Electorate, elected, ranked
from b40cli.rules.votes.vote import Recount, settled_recount

MENDED_BY = 2


def counted_otherwise(case: Case, path: str) -> Iterator[Breach]:
    """What an election of a day under set 1 would have come to by what set 2 mended."""
    decision = election_at(case, path, CLOSED)
    found = settled_recount(case, decision) if decision else None
    if decision is None or found is None or found.law.rule_set >= MENDED_BY:
        return
    if not found.quorum.met or decision.votes is None:
        return
    law = _mended(found.law)
    race = _race(case, decision, found, law)
    now = _counted(case, decision, found, race, law)
    recorded = elected_by(decision) if decision.state == "adopted" else ()
    if now is not None and set(now.cities) != set(recorded):
        yield _told(
            decision,
            f"elects {', '.join(now.cities) or 'nobody'}, where {', '.join(recorded) or 'nobody'} "
            "is on record as elected",
        )
    elif unseated := _unseated(case, decision, race):
        yield _told(decision, f"leaves {', '.join(unseated)} seated, whom it ended then")


def _told(decision: Decision, what: str) -> Breach:
    return Breach(
        f"By rule set {MENDED_BY} {decision.id} {what}.",
        "The record stands as it was counted; nothing needs to be done.",
        ("count",) if decision.counted else ("state",),
    )


def _mended(law: Law) -> Law:
    """The law of the day with what a later set first read into the points that it brought."""
    brought = {point.id: point.readings[0][0] for point in CONTENTS[MENDED_BY].points}
    return law._replace(rule_set=MENDED_BY, readings={**brought, **law.readings})


def _race(case: Case, decision: Decision, found: Recount, law: Law) -> Race:
    """Who took the seat then was not kept out by what the session decided after it."""
    race = race_of(case.after, decision, found.meeting.day, law)
    seated = {seat.city for seat in case.after.seats() if seat.ground == decision.id}
    return race._replace(bars={c: bar for c, bar in race.bars.items() if c not in seated})


def _counted(
    case: Case, decision: Decision, found: Recount, race: Race, law: Law
) -> Elected | None:
    facts = facts_of(case.after, decision, law)
    if decision.roll is not None and found.moved and not isinstance(facts, Undetermined):
        facts = frozen_facts(facts, decision.roll, law) or Undetermined(())
    if not isinstance(facts, Assembly) or decision.votes is None:
        return None
    contest = race.contest(slate_of(decision))
    body = Electorate(facts, session(facts, law))
    leaders = found.leading
    return elected(contest, ranked(contest, body, decision.votes, leaders, law), law)


def _unseated(case: Case, decision: Decision, race: Race) -> list[str]:
    """Whose seats of the very term an election for the rest of it ended."""
    ended = (seat for seat in case.after.seats() if seat.ended_by == decision.id)
    return [seat.city for seat in ended if not race.regular and seat.term >= race.term]


RULES = (
    Rule(
        name="counted-otherwise",
        kind="note",
        norm="An election of a day under the first rule set stands; what set 2 mended is told.",
        about=("decisions",),
        matters=(ELECTION,),
        question=counted_otherwise,
        fails="A run-off under the first rule set that ended the seats of the three just elected.",
        cure="Nothing: the record stands as it was counted.",
        readings=("INT-42", "INT-43", "INT-46"),
    ),
)
