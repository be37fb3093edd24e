"""The law a vote is counted by: what earlier items changed (INT-41), and notices (INT-40)."""

from __future__ import annotations

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.known_law import LAW_MAKING, unknown_to
from b40cli.rules.votes.assembly_facts import ASSEMBLY, in_time

# How long before the Assembly the notice of a removal is sent (INT-40).
NOTICED = ("an-earlier-day", "before-opening")


def noticed_in_time(meeting: Meeting, decision: Decision, law: Law) -> frozenset[str] | None:
    """The readings of INT-40 by which a removal stood in the convening notice in time.

    None where the point does not bear: another matter, or a motion that no notice of it names.
    """
    notice = meeting.notice
    if decision.matter != "removal" or notice is None or "INT-40" not in law.others:
        return None
    if notice.to != "members" or decision.id not in notice.motions:
        return None
    return frozenset(r for r in NOTICED if notice_in_time(meeting, notice.sent, r))


def notice_in_time(meeting: Meeting, sent: str, reading: str) -> bool:
    """Whether a notice of a removal was sent before the Assembly, as INT-40 reads that."""
    if reading == "an-earlier-day":
        return meeting.day_of(sent) < meeting.day
    return in_time(sent, meeting, reading)


def law_of_vote(registry: Registry, decision: Decision, law: Law) -> tuple[Law, Law | None]:
    """The law a vote is counted by; and that by the other reading of INT-41, where it differs.

    Earlier items of the same Assembly may have amended a number or adopted a reading: these bind
    from the next day, or the items after them; not what takes effect on a later day of its own.
    """
    if "INT-41" not in law.others or decision.body != ASSEMBLY:
        return law, None
    bound, unknown = law, unknown_to(registry, decision.path)
    for earlier in _law_makers(registry):
        if earlier.id in unknown:
            continue
        same = earlier.meeting == decision.meeting and earlier.takes_effect is None
        if same and _is_before(earlier, decision):
            bound = _with_change(bound, earlier)
    if bound is law:
        return law, None
    at_once = law.reading("INT-41") == "the-items-after-it"
    return (bound, law) if at_once else (law, bound)


@remembered
def _law_makers(registry: Registry) -> tuple[Decision, ...]:
    """The decisions that changed a number or adopted a reading, and stand."""
    paths = {p for matter in LAW_MAKING for p in registry.naming(matter, "decisions/")}
    held = map(registry.decision_in, sorted(paths))
    making = (d for d in held if d is not None and d.matter in LAW_MAKING)
    return tuple(d for d in making if stands(registry, d))


def _is_before(earlier: Decision, decision: Decision) -> bool:
    if earlier.item is None or decision.item is None:
        return False
    return earlier.item < decision.item


def _with_change(law: Law, decision: Decision) -> Law:
    """The law with what an amendment or an adopted reading changes in it."""
    point = (decision.subject or "").rsplit("/", 1)[-1]
    if decision.matter == "interpretation" and decision.adopts and point != "INT-41":
        return law.varied(point, decision.adopts)
    values = {change["parameter"]: change["value"] for change in decision.amends}
    return law._replace(parameters={**law.parameters, **values}) if values else law
