"""`decision what-if`: the same vote counted again with something otherwise; the judge counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.view import View, answer
from b40cli.acts.votes.counted import in_words
from b40cli.acts.votes.smallest import smallest
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import Decision, Votes, path_of
from b40cli.model.ref import Ref
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import rule_set_on
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.table import rule_named
from b40cli.rules.votes.outcome import Outcome, verdict
from b40cli.rules.votes.vote import recount

if TYPE_CHECKING:
    from b40cli.model.results.decisions import WhatIf


class Otherwise(NamedTuple):
    """What is supposed: other ballots, who came or went, other readings."""

    ballots: Mapping[str, Sequence[str]]
    came: Sequence[str] = ()
    gone: Sequence[str] = ()
    readings: Mapping[str, str] = {}


def what_if(view: View, name: str, otherwise: Otherwise) -> Answer[WhatIf]:
    """What a vote comes to as it is, and what it would come to."""
    decision = decision_named(view.registry, name)
    if decision.votes is None or decision.meeting is None:
        raise UsageError(f"Nobody has voted on {name}.", "b40 decision vote records ballots.")
    now = _outcome(view.registry, decision, view.on)
    registry, supposed = _supposed(view.registry, decision, otherwise)
    then = _outcome(registry, supposed, view.on)
    result: WhatIf = {
        "id": name,
        "state": now.state,
        "then": then.state,
        "changes": now.state != then.state,
        "count": then.as_record(),
        "readings": then.readings,
        "smallest": smallest(view.registry, decision, view.on),
    }
    told = answer(view, "decision what-if", result)

    def screen() -> dict[str, Any]:
        return in_words(registry, supposed, then.state, then.readings, view.on)

    return told._replace(beside={**told.beside, "decision": screen})


def _outcome(registry: Registry, decision: Decision, on: date) -> Outcome:
    found = recount(Case(None, registry, on), decision)
    if isinstance(found, Undetermined) or found.outcome is None:
        missing = ", ".join(found.missing) if isinstance(found, Undetermined) else "its ballots"
        raise UsageError(f"{decision.id} cannot be counted: {missing}.", "Record that first.")
    return found.outcome


def _supposed(
    registry: Registry, decision: Decision, otherwise: Otherwise
) -> tuple[Registry, Decision]:
    for point, reading in otherwise.readings.items():
        registry = read_as(registry, point, reading)
    if otherwise.came or otherwise.gone:
        registry = _attended(registry, decision, otherwise)
        decision = decision._replace(roll=None)
    if otherwise.ballots or otherwise.gone:
        decision = decision._replace(votes=_moved(decision, otherwise))
    return registry, decision


def read_as(registry: Registry, point: str, reading: str) -> Registry:
    """The register in which a point was read so from the beginning; UsageError for no reading."""
    path = Ref("statutes/interpretations", point).path
    known = registry.interpretations().get(point)
    if known is None or reading not in known.readings:
        raise UsageError(f"{point}={reading} is no reading.", f"b40 explain {point} tells them.")
    record: dict[str, Any] = deepcopy(dict(registry.content(path)))
    record["adopted"] = [{**each, "reading": reading} for each in record["adopted"]]
    return registry.with_record(path, record)


NOT_VOID = "invalid-for-a-reason"


def readings_of_void(registry: Registry, record: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The `readings` of a void vote: those under which it would not be void, and what it came to.

    Set 1 takes the effect that a void vote has not for a reason: there the count alone tells.
    """
    by_count = rule_set_on(registry, day) == 1
    on: dict[str, dict[str, Any]] = {}
    for point, others in record["readings"].get("on", {}).items():
        for reading, result in others.items():
            if result != "invalid" and (by_count or _counts(registry, record, day, point, reading)):
                on.setdefault(point, {})[reading] = result
    return verdict(on)


def _counts(
    registry: Registry, record: Mapping[str, Any], day: date, point: str, reading: str
) -> bool:
    """Whether nothing would make a void vote invalid, were a point read otherwise."""
    rule, path = rule_named(NOT_VOID), path_of(record["id"])
    assert rule is not None
    # The roll is the one that this reading gives.
    voted = {key: value for key, value in record.items() if key != "roll"}
    case = Case(None, read_as(registry, point, reading).with_record(path, voted), day)
    return any(rule.question(case, path))


def _attended(registry: Registry, decision: Decision, otherwise: Otherwise) -> Registry:
    """The register in which these came to the meeting, or did not."""
    meeting = registry.meeting(decision.meeting)
    assert meeting is not None
    record: dict[str, Any] = deepcopy(dict(registry.content(meeting.path)))
    for call in record.get("roll_calls", ()):
        there = [city for city in call["present"] if city not in otherwise.gone]
        call["present"] = [*there, *(c for c in otherwise.came if c not in there)]
    return registry.with_record(meeting.path, record)


def _moved(decision: Decision, otherwise: Otherwise) -> Votes:
    votes = decision.votes
    if votes is None or votes.ballots is None:
        raise UsageError(
            f"The votes in {decision.id} are recorded in numbers only.",
            "Ask what another reading, or another presence, would have made of them.",
        )
    named = {city for cities in otherwise.ballots.values() for city in cities}
    out = {*named, *otherwise.gone}
    kept = {side: tuple(c for c in of if c not in out) for side, of in votes.ballots.items()}
    more = {side: (*kept.get(side, ()), *cities) for side, cities in otherwise.ballots.items()}
    return votes._replace(ballots={**kept, **more})
