"""What the closing of a vote writes into its record, and tells of the count (Art. 5, 10, 13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.elections import as_closed, told_after, why_void
from b40cli.acts.opened.session import Session
from b40cli.model.facts.decision import Decision
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import edition_on
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.case.silence import admits
from b40cli.rules.facts.known_standing import came_before
from b40cli.rules.votes.assembly_count import Assembly, no_assembly
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.outcome import Outcome
from b40cli.rules.votes.vote import Recount, recount

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Closed

OUTSIDE = "Outside the Annual Summit there is no General Assembly that decides"


def seats_known(body: str, found: Recount | Undetermined | None) -> dict[str, Any]:
    """Who holds the seats of the committee as its vote opens: frozen, to be judged by for ever."""
    if body != COMMITTEE or not isinstance(found, Recount) or found.law.rule_set == 1:
        return {}
    return {"known": {"seats": [{"seat": seat, "city": city} for seat, city in found.seats]}}


def result_of(name: str, closing: Mapping[str, Any]) -> Closed:
    """What closing comes to, as in the file; null where the vote was never counted."""
    count, readings = closing.get("count"), closing.get("readings")
    result: Closed = {"id": name, "state": closing["state"], "count": count, "readings": readings}
    if "seats" in closing:
        result["seats"] = closing["seats"]
        result["passed_over"] = closing.get("passed_over", [])
    return result


def counted_now(registry: Registry, decision: Decision, on: date) -> Recount | None:
    """A vote as it counts on a day, or None where that is undetermined."""
    found = recount(Case(None, registry, on), decision)
    return None if isinstance(found, Undetermined) else found


def closing_of(session: Session, body: str, found: Recount | None, day: date) -> dict[str, Any]:
    """What closing writes; without ballots it claims a rejection, for the judge to refuse."""
    outcome = found.outcome if found else None
    edition = edition_on(session.before, day)
    closing: dict[str, Any] = {"state": outcome.state if outcome else "rejected"}
    closing["closed"] = str(day)
    if edition is not None:
        closing["edition"] = edition.id
    if outcome is not None:
        if outcome.state == "invalid":
            met = outcome.counted.quorum.met
            closing["reason"] = why_void(outcome) if met else _no_quorum(found, outcome, body)
        closing["count"] = outcome.as_record()
        closing["readings"] = outcome.readings
    return {**closing, **(as_closed(found) if found else {})}


def _elsewhere(found: Recount) -> bool:
    """Whether it was no Assembly that voted, as INT-31 is read."""
    return isinstance(found.facts, Assembly) and no_assembly(found.facts, found.law)


def came_late(
    registry: Registry, law: Decision, closing: Mapping[str, Any], day: date
) -> dict[str, Any]:
    """What a law that is entered late came after: that stands by the law that was known."""
    adopted = closing["state"] == "adopted"
    after = [str(each) for each in came_before(registry, law, day)] if adopted else []
    return {"known": {"on_record": after}} if after else {}


def _no_quorum(found: Recount | None, outcome: Outcome, body: str) -> str:
    if found and _elsewhere(found):
        return f"{OUTSIDE} (Art. 10, INT-31)."
    quorum = outcome.counted.quorum
    article = "Art. 10" if body == ASSEMBLY else "Art. 13"
    return f"No quorum: {quorum.counted} counted, {quorum.required} required ({article})."


def arithmetic(decision: Decision, found: Recount | None, turned: str | None) -> tuple[str, ...]:
    """Quorum, majority and readings of a vote that was counted, a line each."""
    outcome = found.outcome if found else None
    if outcome is None or found is None:
        return ()
    quorum, majority = outcome.counted.quorum, outcome.counted.majority
    assembly = decision.body == ASSEMBLY
    article = "Art. 5" if admits(decision) else "Art. 10" if assembly else "Art. 13"
    of_whom, quorum_article = ("members", "Art. 10") if assembly else ("seats", "Art. 13")
    invalid = "invalid" in (decision.state, outcome.state)
    readings = (decision.readings if invalid else None) or outcome.readings
    chosen = () if invalid else outcome.elected
    elected = (f"Elected: {', '.join(chosen or ()) or 'nobody'}.",)
    casting = f", casting vote {majority.casting}" if majority.casting else ""
    return (
        f"Quorum: none, whoever came: {OUTSIDE[0].lower()}{OUTSIDE[1:]} (Art. 10, INT-31)."
        if _elsewhere(found)
        else f"Quorum: {quorum.counted} of {quorum.base} {of_whom}, {quorum.required} required "
        f"({quorum_article}).",
        f"Majority: {majority.votes_for} for, {majority.required} of {majority.base} required, "
        f"{majority.kind}{casting} ({article}).",
        f"Readings: {readings['verdict']}{_turning(readings.get('on', {}))}.",
        *((turned,) if turned else ()),
        *(elected if outcome.elected is not None else ()),
        *told_after(found.race, outcome, invalid),
    )


def _turning(points: Mapping[str, Mapping[str, Any]]) -> str:
    """The open points a result turns on, each with what another reading would have made of it."""
    said = (
        f"{point} ({'; '.join(map(_otherwise, others.items()))})"
        for point, others in points.items()
    )
    return f", on {', '.join(said)}" if points else ""


def _otherwise(reading: tuple[str, Any]) -> str:
    name, result = reading
    # An election comes to a list of cities under each reading, any other vote to a state.
    return f"{name}: {', '.join(result) or 'nobody' if isinstance(result, list) else result}"
