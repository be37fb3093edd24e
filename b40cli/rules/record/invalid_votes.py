"""A vote recorded as invalid needs a reason: no quorum, or a rule that its adoption would break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import NotInForce
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule, Undetermined, answers
from b40cli.rules.votes.committee_facts import roll_record
from b40cli.rules.votes.vote import Recount, closed_by_hand, recount

RESULT = ("state", "reason", "count", "readings")


def invalid_for_a_reason(norms: tuple[Rule, ...]) -> Rule:
    """The rule that what is called invalid breaks one of the norms, or had no quorum."""
    # The law of the record asks for effects, which an invalid decision has none of.
    judges = tuple(r for r in norms if r.kind == "validity" and r.article != RECORD)
    judges = tuple(r for r in judges if {"decisions", "*"} & set(r.about))

    def question(case: Case, path: str) -> Iterator[Breach]:
        yield from _without_reason(case, path, judges)

    return Rule(
        name="invalid-for-a-reason",
        norm="A decision is invalid where it had no quorum or breaks a rule, and not otherwise.",
        about=("decisions",),
        question=question,
        fails="A vote that carried lawfully, recorded as invalid.",
        cure="Close it as what its ballots give; annul it by a new decision if it was wrong.",
    )


def _without_reason(case: Case, path: str, judges: tuple[Rule, ...]) -> Iterator[Breach]:
    decision = case.after.decision_in(path)
    if decision is None or decision.state != "invalid" or _was_invalid(case, decision):
        return
    found = recount(case, decision) if decision.collegiate else None
    if isinstance(found, Undetermined) or (found and (found.lost or not found.quorum.met)):
        return
    if found and found.outcome and found.outcome.state == "invalid":
        return  # An election of who may not sit, as INT-42 is read.
    claimed = _as_if_it_counted(case, decision, found)
    still_open = case.after.with_record(path, {**claimed, "state": "open"})
    supposed = case._replace(
        before=case.before or still_open, after=case.after.with_record(path, claimed)
    )
    # Under set 1 what closing writes was a reason, and what was recorded so stands.
    written_too = case.rule_set(decision.closed or case.on) == 1
    if any(_breaks(rule, supposed, path, written_too) for rule in judges):
        return
    yield Breach(
        f"{decision.id} is recorded as invalid, but nothing makes it so: it is {claimed['state']}.",
        f"{closed_by_hand(decision)} and computes the result.",
        ("state",),
        facts={"recorded": "invalid", "computed": claimed["state"]},
        # What was wrong then may have been mended since: only the change itself can be refused.
        kind="note" if case.before is None else None,
    )


def _breaks(rule: Rule, case: Case, path: str, written_too: bool) -> bool:
    try:
        found = (b for b in answers(case, rule, path) if b.kind in (None, "validity"))
        return any(written_too or not b.unwritten for b in found)
    except NotInForce:
        return True


def _was_invalid(case: Case, decision: Decision) -> bool:
    earlier = case.before.decision(decision.id) if case.before else None
    return earlier is not None and earlier.state == "invalid"


def _as_if_it_counted(case: Case, decision: Decision, found: Recount | None) -> dict[str, Any]:
    """The record with the result a recount gives; a vote without ballots as if still open."""
    record = dict(case.after.content(decision.path))
    claimed = {key: value for key, value in record.items() if key not in RESULT}
    if found is None:
        return {**claimed, "state": "adopted"}
    claimed.setdefault("roll", roll_record(found.computed))
    if found.outcome is None:
        return {**claimed, "state": "open"}
    return {
        **claimed,
        "state": found.outcome.state,
        "count": found.outcome.as_record(),
        "readings": found.outcome.readings,
    }
