"""`statutes upgrade`: taking in the newest rule set, and what that would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.judge.taken_in import brought, listed
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Create, Edit
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import newest_in
from b40cli.rules.case.rule import Case
from b40cli.rules.table import RULES, judge

if TYPE_CHECKING:
    from b40cli.model.results.statutes import Upgraded

ACT = "statutes upgrade"


def upgrade(session: Session) -> Proposal[Upgraded]:
    """Take in the newest rule set from the next day on, with all it brings to the statutes."""
    before, number = session.before, max(KNOWN_SETS)
    start = session.on + timedelta(days=1)
    edits = brought(before, number, start)
    brings = _brings(before, number, edits)
    result = cast("Upgraded", brings | {"rule_set": number, "from": str(start)})
    taken = max((taken.number for taken in before.rule_sets()), default=1)
    if taken == number and not edits:
        return Proposal(ACT, "statutes/rulesets", "", (), result)
    return Proposal(
        act=ACT,
        subject="statutes/rulesets",
        headline=f"statutes: rule set {number} is in force from {start}",
        edits=(listed(before, number, session.on), *edits),
        result=result,
        body=tuple(_told(result)),
    )


def _brings(before: Registry, number: int, edits: Iterable[Edit]) -> dict[str, Any]:
    """What is new: open points, readings of old ones, numbers, rules."""
    made = [edit for edit in edits if isinstance(edit, Create)]
    added = [edit for edit in edits if isinstance(edit, Append)]
    since = newest_in(before)
    return {
        "points": [{"id": e.record["id"], "question": e.record["question"]} for e in made],
        "readings": [
            {"id": ref_of(e.path).id, "reading": e.value["id"], "means": e.value["means"]}
            for e in added
            if e.at == ("readings",)
        ],
        "numbers": [
            {"name": e.value["name"], "value": e.value["values"][0]["value"]}
            for e in added
            if e.at == ("parameters",)
        ],
        "rules": [
            {"name": rule.name, "kind": rule.kind, "norm": rule.norm}
            for rule in RULES
            if since < rule.since <= number
        ],
    }


def _told(result: Mapping[str, Any]) -> Iterator[str]:
    named = {
        "Open points": [point["id"] for point in result["points"]],
        "Readings": [f"{r['id']} {r['reading']}" for r in result["readings"]],
        "Numbers": [f"{n['name']} {n['value']}" for n in result["numbers"]],
        "Rules": [rule["name"] for rule in result["rules"]],
    }
    for what, names in named.items():
        if names:
            yield f"{what}: {', '.join(names)}."
    yield "What was done so far is judged as before."


def previewed(session: Session, proposal: Proposal[Upgraded]) -> Proposal[Upgraded]:
    """The proposal with what the set says about today, were it in force already.

    And with what changes of the past: that is nothing, worked out and not promised.
    """
    from b40cli.acts.change.perform import state_after

    after = state_after(session, proposal.edits)
    before, number = session.before, proposal.result["rule_set"]
    eve = session.on - timedelta(days=1)
    edits = (listed(before, number, eve), *brought(before, number, session.on))
    today, said = state_after(session, edits), _said(session, before)
    foreseen = {
        "today": sorted(_said(session, today) - said),
        "earlier": sorted(_said(session, after) ^ said),
        "records": len(session.snapshot.tree),
    }
    result = cast("Upgraded", {**proposal.result, **foreseen})
    return proposal._replace(result=result, preview=tuple(_foreseen(result)))


def _foreseen(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"Rule set {result['rule_set']} would be in force from {result['from']}."
    for point in result["points"]:
        yield f"New open point {point['id']}: {point['question']}"
    for reading in result["readings"]:
        yield f"New reading of {reading['id']}, {reading['reading']}: {reading['means']}"
    for number in result["numbers"]:
        yield f"New number {number['name']}: {number['value']}"
    for rule in result["rules"]:
        yield f"New rule {rule['name']} ({rule['kind']}): {rule['norm']}"
    yield "Of today it would say:" if result["today"] else "Of today it would say nothing new."
    yield from (f"- {line}" for line in result["today"])
    changed = result["earlier"]
    yield (
        "Of what is on record it changes nothing: "
        f"{counted(result['records'], 'file')} {'is' if result['records'] == 1 else 'are'} "
        "judged as before."
        if not changed
        else "It would judge otherwise what is on record: " + "; ".join(changed)
    )


def _said(session: Session, registry: Registry) -> set[str]:
    """What is said of all that is on record but the statutes."""
    case = Case(None, registry, session.on)
    paths = [path for path in session.snapshot if not path.startswith("registry/statutes/")]
    return {f"{f.file} {f.rule}: {f.message}" for f in judge(case, paths)}
