"""What the record says of a vote that is closed, held against the recount (Art. 5, 10, 13)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from b40cli.model.facts.decision import CLOSED, Decision, Roll
from b40cli.model.wording import counted
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.facts.seats import FEEDING_THE_SEATS
from b40cli.rules.facts.standing import FEEDING_THE_ROLL
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_facts import proved_by_receipt
from b40cli.rules.votes.outcome import Outcome, verdict
from b40cli.rules.votes.vote import closed_by_hand, settled_recount

# Who is a member at all, or had given notice, and who headed a city then: told as notes, never held
# against a count.
LEARNT_LATER = FEEDING_THE_ROLL | {"INT-21", "INT-24", "INT-38"}

# Such a proof counted as late before, where another reading than `sent` `before-opening` was taken.
OF_A_PROOF = frozenset({"INT-18", "INT-27"})


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


def wrong_roll(decision: Decision, computed: Roll, who: str) -> Breach:
    """A frozen roll that `who` is entitled (the members, the seats) does not give."""
    return Breach(
        f"The roll of {decision.id} is not the one that the {who}, the roll call and the proxies "
        "give.",
        f"Open the vote with b40 decision open {decision.id}: it freezes the roll.",
        ("roll",),
        facts={
            "computed": {"entitled": list(computed.entitled), "present": list(computed.present)}
        },
    )


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
    makes = "makes" if majority.votes_for == 1 else "make"
    yield Breach(
        f"{decision.id} is recorded as {decision.state}; "
        f"{counted(majority.votes_for, 'vote')} for where {_asked(majority.kind)} asks "
        f"{max(majority.required, 1)} of {majority.base} {makes} it {outcome.state}.",
        f"{closed_by_hand(decision)}.",
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
                f"{closed_by_hand(decision)} with {as_written(right)}.",
                at if recorded else at[:1] if at[0] == "count" else ("state",),
                facts={"recorded": recorded, "computed": right},
            )


def _wrong_readings(case: Case, decision: Decision, outcome: Outcome) -> Iterator[Breach]:
    """What other readings make of it; who would be a member by one may be recorded later on."""
    earlier = case.before.decision(decision.id) if case.before else None
    past = case.before is None or (earlier is not None and earlier.state in CLOSED)
    recorded: Mapping[str, Any] = decision.readings or {}
    computed: Mapping[str, Any] = outcome.readings
    at_first: Mapping[str, Any] = outcome.readings if outcome.plainly is None else outcome.plainly
    meeting = case.after.meeting(decision.meeting)
    frozen = OF_A_PROOF if meeting and proved_by_receipt(meeting) else frozenset()
    if past:
        frozen |= LEARNT_LATER if decision.seats is None else LEARNT_LATER | {*FEEDING_THE_SEATS}
    if frozen and recorded == verdict(recorded.get("on", {})):
        blocks = (recorded, computed, at_first)
        recorded, computed, at_first = (_without(frozen, each) for each in blocks)
    if recorded not in (computed, at_first) and decision.state != "invalid":
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
