"""Art. 10 and 13: what a vote needs of its meeting: the body's own, a frozen roll, a quorum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.rules.case.rule import Breach, Case, Undetermined
from b40cli.rules.votes.assembly_count import Assembly, no_assembly
from b40cli.rules.votes.carried import as_written
from b40cli.rules.votes.vote import Recount, recount, settled_recount


class Body(NamedTuple):
    """A body that votes: its kind of meeting, and how its quorum is told.

    `counts` is what is counted, `cure` what remains without a quorum, `point` the open point that
    says of whom the quorum is counted.
    """

    kind: str
    said: str
    counts: str
    cure: str
    point: str


def quorum_breaches(case: Case, decision: Decision, body: Body) -> Iterator[Breach]:
    """Where a vote was not taken in a meeting of its body that had its quorum, or says so wrongly.

    One that rests on what the register does not know is undetermined, and refused for it.
    """
    found = recount(case, decision)
    if isinstance(found, Undetermined):
        yield _undetermined(decision, found)
        return
    yield from _not_in_session(decision, found, body)
    if settled_recount(case, decision) is None:
        return
    if decision.state != "invalid" and found.meeting.roll_calls and not found.quorum.met:
        elsewhere = isinstance(found.facts, Assembly) and no_assembly(found.facts, found.law)
        yield _outside_the_summit(decision, found) if elsewhere else _below_quorum(found, body)
    yield from _wrong_quorum(decision, found)


def _undetermined(decision: Decision, found: Undetermined) -> Breach:
    return Breach(
        f"Undetermined: {decision.id} rests on what the register does not know: "
        f"{', '.join(found.missing)}.",
        "Record the missing facts first; a decision never rests on an incomplete list.",
        ("meeting",),
        facts={"undetermined": list(found.missing)},
    )


def _not_in_session(decision: Decision, found: Recount, body: Body) -> Iterator[Breach]:
    meeting = found.meeting
    if meeting.kind != body.kind:
        yield Breach(
            f"{decision.id} names {meeting.id}, which is no meeting of the {body.said}.",
            f"Name a meeting of the {body.said}: b40 meeting list --kind {body.kind}.",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )
    elif decision.roll is None:
        yield Breach(
            f"{decision.id} is {decision.state}, but no roll was frozen for its vote.",
            f"Open the vote with b40 decision open {decision.id}.",
            ("state",),
        )
    elif not meeting.roll_calls and decision.state != "invalid":
        yield Breach(
            f"No roll call of {meeting.id} is recorded: the quorum of {decision.id} is not shown.",
            f"Call the roll first: b40 meeting roll-call {meeting.id} --present …",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )


def _below_quorum(found: Recount, body: Body) -> Breach:
    quorum = found.quorum
    return Breach(
        f"{quorum.counted} of {quorum.base} {body.counts}; {quorum.required} are needed "
        f"({quorum.required - quorum.counted} more).",
        body.cure,
        ("state",),
        facts={"base": quorum.base, "required": quorum.required, "counted": quorum.counted},
        readings={body.point: found.law.reading(body.point)},
    )


def _outside_the_summit(decision: Decision, found: Recount) -> Breach:
    """However many are there, they are no Assembly, and no second call makes them one (INT-31)."""
    return Breach(
        f"{decision.id} would be decided at {found.meeting.id}, outside the Annual Summit: the "
        "General Assembly decides there only.",
        "Put it to the vote at an Annual Summit: b40 meeting convene ga --summit … --opens …",
        ("state",),
        readings={"INT-31": found.law.reading("INT-31")},
    )


def _wrong_quorum(decision: Decision, found: Recount) -> Iterator[Breach]:
    if decision.state not in CLOSED or (decision.votes is None and decision.counted is None):
        return  # without ballots nothing was counted: the rule of its majority says so
    quorum = found.quorum
    computed = {"required": quorum.required, "counted": quorum.counted, "met": quorum.met}
    recorded: Mapping[str, object] | None = (decision.counted or {}).get("quorum")
    if recorded != computed and (decision.state != "invalid" or recorded is not None):
        yield Breach(
            f"The recorded quorum of {decision.id} is not what its roll gives.",
            f"Record {as_written(computed)}.",
            ("count", "quorum"),
            facts={"recorded": recorded, "computed": computed},
        )
