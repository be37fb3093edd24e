"""Art. 11: who stands in while the presidency is vacant; the statutes are silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.committee import Presidency, StandIn
from b40cli.model.facts.decision import Decision
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.case.silence import STAND_IN, brings
from b40cli.rules.facts.known_standing import LEARNT, NO_MEMBER, as_known_to, stranger
from b40cli.rules.facts.presiding import holder_on
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.votes.vote import PUT

HOW = (
    "The statutes are silent: the Assembly or the committee decides who stands in: b40 decision "
    "propose resolution --statutes-silent --effect stand-in --subject members/… --meeting …"
)


def stands_in_rightly(case: Case, path: str) -> Iterator[Breach]:
    """A member stands in by a resolution, while nobody presides, and the term names it."""
    term = case.after.term_in(path)
    for n, entry in enumerate(term.stand_ins if term else ()):
        if term is not None:
            yield from _without_ground(case, term, entry, n)
    decision = case.after.decision_in(path)
    if decision is not None and brings(decision, STAND_IN) and _is_new(case, decision):
        moment = moment_of(case, decision)
        yield from _of_no_vacancy(case, decision, moment.day)
        yield from _of_no_member(case, decision, moment)


def _is_new(case: Case, decision: Decision) -> bool:
    """Asked where a vote is opened and where it closes: the vacancy may end in between."""
    earlier = case.before.decision(decision.id) if case.before else decision
    return decision.state in PUT and (earlier is None or earlier.state != decision.state)


def _of_no_vacancy(case: Case, decision: Decision, day: date) -> Iterator[Breach]:
    known = [r for r in (case.before, case.after) if r is not None]
    meeting = case.after.meeting(decision.meeting)
    side = meeting.handover if meeting else None
    held = [holder_on(registry, day, side) for registry in known]
    if all(held):
        yield Breach(
            f"{decision.id} says who stands in; {held[-1]} presides on {day}.",
            "Nobody stands in while the presidency is held.",
            ("effect",),
            facts={"president": held[-1]},
            refs=(f"members/{held[-1]}",),
        )


def _of_no_member(case: Case, decision: Decision, moment: Moment) -> Iterator[Breach]:
    city = decision.city or ""
    none = stranger(case, decision.path, city, moment, case.law(moment.day))
    suspended = none is None and is_suspended(case.after, city, moment)
    if suspended and not is_suspended(as_known_to(case.after, decision.path), city, moment):
        none = LEARNT
    if none or suspended:
        none = none or NO_MEMBER
        yield Breach(
            f"{decision.id} says that {city or 'nobody'} stands in, which is "
            f"{'suspended' if suspended else 'no member'} on {moment.day}{none.learnt}.",
            none.cure("Name a member in good standing: b40 roll lists them."),
            ("subject",) if decision.subject else ("effect",),
            refs=(f"members/{city}",) if city else (),
            kind=none.kind,
        )


def _without_ground(case: Case, term: Presidency, entry: StandIn, n: int) -> Iterator[Breach]:
    decision = case.after.decision(entry.by)
    if decision is None:
        return
    said = (decision.city, decision.closed, decision.until, decision.state)
    if not brings(decision, STAND_IN) or said != (entry.city, entry.start, entry.until, "adopted"):
        yield Breach(
            f"{entry.city} stands in for the President of {term.year} from {entry.start}, which "
            f"{entry.by} does not say.",
            "Take the resolution; closing it writes its effect.",
            ("stand_ins", n),
            refs=(entry.by,),
        )
