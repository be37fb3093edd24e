"""Acts of an earlier version of the tool: where this one judges otherwise, both verdicts are told.

Each change of the judge that touches recorded acts stands in docs/engine-changes.md and here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from b40cli import __version__
from b40cli.acts.judge.judging import same
from b40cli.acts.opened.view import View
from b40cli.model.finding import Finding
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge_record, rule_named
from b40cli.store.snapshot import load

VERSION = "B40-Version"


class EngineChange(NamedTuple):
    """A rule that judges otherwise since a version, the day of that, and what is different."""

    version: str
    day: str
    rule: str
    what: str


CHANGES: tuple[EngineChange, ...] = ()


def at_the_end(view: View, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is refused in a state, as the audit tells it of the act that wrote the record.

    A refusal that a listed change explains is the note with both verdicts, where the record is as
    that act left it and was refused then for the same: what came later is no change of the judge.
    """
    listed = {change.rule for change in CHANGES}
    return tuple(_of_its_act(view, f) if f.rule in listed else f for f in findings)


def _of_its_act(view: View, finding: Finding) -> Finding:
    repository, path = view.repository, finding.file
    made = next(iter(repository.log(path, 1, view.commit) if _is_refusal(finding) else ()), None)
    if made is None:
        return finding
    told = both_verdicts(finding, made.trailers, made.day)
    then = load(repository, repository.tree(made.oid)) if told.kind == "note" else None
    if then is None or then.tree.get(path) != view.snapshot.tree.get(path):
        return finding
    said = judge_record(Case(None, Registry(then), view.on), path)
    return told if same(finding) in map(same, said) else finding


def both_verdicts(finding: Finding, trailers: Mapping[str, str], day: str) -> Finding:
    """A refusal of an act another version made and found lawful; a note where we know why.

    A commit of the `day` a change came, or later, cannot claim to have been made before it.
    """
    made_by, version = trailers.get(VERSION, ""), __version__
    if not made_by or made_by == version or not _is_refusal(finding):
        return finding
    known = next((c for c in CHANGES if _explains(c, finding, made_by, day)), None)
    why = (
        f": since {known.version} ({known.day}) {known.what}" if known else "; no change is listed"
    )
    verdicts = {made_by: "lawful", version: "refused"}
    return finding._replace(
        kind="note" if known else finding.kind,
        message=f"{finding.message} Version {made_by} found it lawful, {version} refuses it{why}.",
        facts={**finding.facts, "verdicts": verdicts},
    )


def _explains(change: EngineChange, finding: Finding, made_by: str, day: str) -> bool:
    return change.rule == finding.rule and change.version != made_by and day < change.day


def _is_refusal(finding: Finding) -> bool:
    return finding.kind == "validity" and rule_named(finding.rule) is not None
