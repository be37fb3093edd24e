"""What was learnt after a record was closed is told, never held against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.committee import SEATS
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.finding import Place
from b40cli.rules.articles.art11_acts import (
    judged_decision,
    presided_as_known,
    presiding_for,
    signatory,
)
from b40cli.rules.articles.committee.art13_election import seats_as_they_were
from b40cli.rules.articles.presidency.art11_mandate import shortened
from b40cli.rules.case.rule import Breach, Case, Rule, Undetermined, judged_meeting
from b40cli.rules.facts.annulled import as_then
from b40cli.rules.facts.heads import (
    HeldAgainst,
    PersonNamed,
    fits,
    head_on,
    headed,
    heads_of,
    told_otherwise,
)
from b40cli.rules.facts.seats import seats_at
from b40cli.rules.votes.committee_facts import COMMITTEE, known_seats
from b40cli.rules.votes.vote import recount

STANDS = "The record stands as it was closed; nothing needs to be done."


def earlier_head_affected(case: Case, path: str) -> Iterator[Breach]:
    """A head of delegation, or a signatory, whom the register has otherwise today."""
    meeting = judged_meeting(case, path)
    if meeting is not None and meeting.first_roll_call is not None:
        for n, delegation in enumerate(meeting.delegations):
            if delegation.capacity != "designee":
                city = delegation.member
                named = PersonNamed(city, delegation.head, delegation.capacity, delegation.person)
                judged = heads_of(case, meeting, city)
                yield from _learnt(case, meeting.id, named, judged, ("delegations", n, "head"))
        return
    decision = case.after.decision_in(path)
    if decision is not None and decision.state in CLOSED and decision.closed is not None:
        yield from _signatory_learnt(case, decision, decision.closed)


def _signatory_learnt(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    signed = signatory(decision, str((decision.decided_by or {}).get("city")))
    if signed is not None:
        judged = judged_decision(case, decision, day)
        yield from _learnt(case, decision.id, signed, judged, ("decided_by", "person"))


def _learnt(
    case: Case, record: str, named: PersonNamed, judged: HeldAgainst, at: Place
) -> Iterator[Breach]:
    told = judged.known.head_of(named.city) if judged.known else None
    says = None
    if told is not None:
        says = told_otherwise(case.after, told, judged.day)
    elif fits(case.after, named, judged) == "later":
        mayor = head_on(case.after, named.city, judged.day)
        says = headed(mayor, named) if mayor else f"nobody on record headed {named.city}"
    if says is not None:
        yield Breach(
            f"{record} has {named.name} for {named.city}; by what was entered since, {says} on "
            f"{judged.day}.",
            STANDS,
            at,
            facts={"recorded": named.name, "now": says},
            refs=(f"members/{named.city}",),
        )


def earlier_mandate_affected(case: Case, path: str) -> Iterator[Breach]:
    """A President approved on a mandate that, as the register has it today, was shorter."""
    decision = case.after.decision_in(path)
    if decision is not None:
        yield from (breach._replace(remedy=STANDS) for breach in shortened(case, decision))


def earlier_seats_affected(case: Case, path: str) -> Iterator[Breach]:
    """An act of a President who, as the register has it today, did not preside that day.

    And an election in which, as the register has it today, others might have sat; and a vote of
    the committee in which others did.
    """
    yield from seats_as_they_were(case, path)
    decision = case.after.decision_in(path)
    if decision is not None and decision.body == COMMITTEE:
        yield from _seated_otherwise(case, decision)
    if decision is None or decision.closed is None or not presided_as_known(case, decision):
        return
    city, now = (
        (decision.decided_by or {}).get("city"),
        presiding_for(case, decision, decision.closed),
    )
    if now != city:
        yield Breach(
            f"{decision.id} is decided by {city}; by what was entered since, {now or 'nobody'} "
            f"presides on {decision.closed}.",
            STANDS,
            ("decided_by", "city"),
            facts={"recorded": city, "now": now},
            refs=(f"members/{city}",),
        )


def _seated_otherwise(case: Case, decision: Decision) -> Iterator[Breach]:
    """A vote of the committee whose seats are others by what was entered or annulled since."""
    if decision.closed is None or decision.state not in CLOSED:
        return
    moved = [*_annulled_since(case, decision), *_entered_since(case, decision)]
    if moved:
        yield Breach(
            f"{decision.id} was voted by who then sat; by what is on record since, others did "
            f"({'; '.join(moved)}).",
            STANDS,
            ("roll",),
            facts={"moved": moved},
        )


def _annulled_since(case: Case, decision: Decision) -> Iterator[str]:
    """The seats that an annulment from the beginning gives otherwise."""
    then = as_then(case.after, Moment(decision.closed or case.on, decision.meeting, decision.item))
    meeting = case.after.meeting(decision.meeting)
    if then is case.after or meeting is None:
        return
    states = (seats_at(r, meeting.day, meeting.handover) for r in (then, case.after))
    for was, now in zip(*states, strict=True):
        if was.city != now.city:
            yield _moved(was.seat, was.city, now.city)


def _moved(seat: str, then: str | None, now: str | None) -> str:
    return f"{seat}: {then or 'vacant'} then, {now or 'vacant'} now"


def _entered_since(case: Case, decision: Decision) -> Iterator[str]:
    """The seats that are others than the vote knew; else by its roll who had a vote, or has one."""
    found = recount(case, decision)
    if isinstance(found, Undetermined) or not found.moved or decision.roll is None:
        return
    if known := known_seats(decision, found.law):
        then, today = dict(known), dict(found.seats)
        for seat in SEATS:
            if then.get(seat) != today.get(seat):
                yield _moved(seat, then.get(seat), today.get(seat))
        return
    was, now = set(decision.roll.entitled), set(found.computed.entitled)
    yield from (f"{city} then" for city in sorted(was - now))
    yield from (f"{city} now" for city in sorted(now - was))


RULES = (
    Rule(
        name="earlier-head-affected",
        kind="note",
        norm="Who headed a city is judged as it was known; what was learnt since is told.",
        about=("meetings", "decisions"),
        question=earlier_head_affected,
        fails="A change of mayor of February that was entered after the Assembly of March.",
        cure="Nothing: the record stands as it was closed.",
    ),
    Rule(
        name="earlier-seats-affected",
        kind="note",
        norm="Who held an office is judged as it was known; what was learnt since is told.",
        about=("decisions",),
        question=earlier_seats_affected,
        fails="A decision of the President of a day on which, by a later entry, another presided.",
        cure="Nothing: the record stands as it was closed.",
    ),
    Rule(
        name="earlier-mandate-affected",
        kind="note",
        norm="The year of mandate is judged as it was known; one learnt to be shorter is told.",
        about=("decisions",),
        matters=("presidency",),
        question=earlier_mandate_affected,
        fails="An end of mandate corrected to an earlier day after the Assembly approved the city.",
        cure="Nothing: the approval stands.",
    ),
)
