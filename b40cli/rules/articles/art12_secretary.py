"""Art. 12: the Permanent Secretary is appointed by the Mayor of Istanbul."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.secretariat import Appointment
from b40cli.model.state.registry import SECRETARIAT
from b40cli.rules.articles.art11_acts import by_the_mayor
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.places import on_record
from b40cli.rules.facts.running_on import came_between, lasts
from b40cli.rules.votes.vote import CLAIMS

ISTANBUL = "mayor-of-istanbul"


def secretary_appointed_by_istanbul(case: Case, path: str) -> Iterator[Breach]:
    """The Mayor of Istanbul appoints the Permanent Secretary, an acting mayor too."""
    if path == SECRETARIAT:
        listed = case.after.appointments()
        for n, entry in enumerate(listed):
            if entry.source is None:
                yield from _appointed(case, n, entry)
                yield from _appointed_twice(listed, n)
        yield from _one_at_a_time(listed)
        return
    decision = case.after.decision_in(path)
    if decision is not None and decision.matter == "secretary" and decision.state in CLAIMS:
        yield from _decided_rightly(case, decision)


def _appointed(case: Case, n: int, entry: Appointment) -> Iterator[Breach]:
    decision = case.after.decision(entry.by)
    at = ("appointments", n)
    if decision is None or decision.matter != "secretary" or not _holds(case, decision, entry):
        yield Breach(
            f"{entry.name} is Permanent Secretary by {entry.by or 'nobody'}, which is no "
            "appointment by the Mayor of Istanbul.",
            "Take the entry away; the Mayor of Istanbul appoints: b40 secretary appoint.",
            at,
            refs=(entry.by,) if entry.by else (),
        )
    elif decision.closed is not None and entry.start.day < decision.closed:
        yield Breach(
            f"{entry.name} begins on {entry.start}; {decision.id} is of {decision.closed}.",
            "An appointment begins on the day of the decision or after it.",
            (*at, "from"),
            refs=(decision.id,),
        )


def _holds(case: Case, decision: Decision, entry: Appointment) -> bool:
    """Whether a decision carries an appointment; one that was annulled carries one that ended."""
    if decision.state == "adopted" and entry.until is not None:
        return True
    return stands(case.after, decision)


def _appointed_twice(listed: Sequence[Appointment], n: int) -> Iterator[Breach]:
    """One decision appoints one person, once: another of their names under it is nobody's act."""
    decision = listed[n].by
    earlier = [entry.name for entry in listed[:n] if decision and entry.by == decision]
    if earlier:
        yield Breach(
            f"{decision} appointed {earlier[0]}; {listed[n].name} is named by it as well.",
            "Record the decision of the Mayor of Istanbul: b40 secretary appoint.",
            ("appointments", n, "by"),
            refs=(str(decision),),
        )


def _one_at_a_time(listed: Sequence[Appointment]) -> Iterator[Breach]:
    running = ((n, entry) for n, entry in enumerate(listed) if lasts(entry))
    in_order = sorted(running, key=lambda each: each[1].start.day)
    for (_, earlier), (n, later) in pairwise(in_order):
        begins = later.start.day
        late = came_between(listed, earlier, n)
        if earlier.until is None or (earlier.until > begins and not late):
            yield Breach(
                f"{earlier.name} and {later.name} are both Permanent Secretary on {begins}.",
                "End the earlier appointment where the later one begins: `until`.",
                ("appointments", n),
                basis="attested" if later.source else "judged",
            )


def _decided_rightly(case: Case, decision: Decision) -> Iterator[Breach]:
    day = decision.closed or decision.proposed or case.on
    expected = on_record(case.after, case.law(day).text("appointing-city"))
    city = (decision.decided_by or {}).get("city")
    if decision.body != ISTANBUL or city != expected:
        yield Breach(
            f"{decision.id} appoints the Permanent Secretary by decision of {city or decision.body}"
            f"; the mayor of {expected} appoints.",
            f"Only the mayor or acting mayor of {expected} decides.",
            ("decided_by", "city") if decision.decided_by else ("body",),
            facts={"decided_by": city, "appointing": expected},
        )
    yield from by_the_mayor(case, decision, expected, day)
    named_back = any(entry.by == decision.id for entry in case.after.appointments())
    if decision.state == "adopted" and not named_back:
        yield Breach(
            f"{decision.id} is adopted, but secretariat names no appointment by it.",
            "Record both in one act: b40 secretary appoint.",
            ("matter",),
            refs=("secretariat",),
        )


RULES = (
    Rule(
        name="secretary-appointed-by-istanbul",
        article="Art. 12",
        norm="The Mayor of Istanbul appoints the Permanent Secretary.",
        about=("secretariat.yaml", "decisions"),
        matters=("secretary",),
        question=secretary_appointed_by_istanbul,
        fails="An appointment decided by the President's city.",
        cure="Record the decision of the Mayor of Istanbul: b40 secretary appoint.",
        parameters=("appointing-city", "mayor-of-istanbul-matters"),
        sentences=("art2.7", "art12.2"),
    ),
)
