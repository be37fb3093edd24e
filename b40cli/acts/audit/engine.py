"""Acts of an earlier version of the tool: where this one judges otherwise, both verdicts are told.

Each change of the judge that touches recorded acts stands in docs/engine-changes.md and here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from b40cli import __version__
from b40cli.model.finding import Finding
from b40cli.rules.table import rule_named

VERSION = "B40-Version"


class EngineChange(NamedTuple):
    """A rule that judges otherwise since a version, the day of that, and what is different."""

    version: str
    day: str
    rule: str
    what: str


CHANGES: tuple[EngineChange, ...] = ()


def both_verdicts(
    finding: Finding,
    trailers: Mapping[str, str],
    day: str,
    changes: tuple[EngineChange, ...] = CHANGES,
    version: str = __version__,
) -> Finding:
    """A refusal of an act another version made and found lawful; a note where we know why.

    A commit of the `day` a change came, or later, cannot claim to have been made before it.
    """
    made_by = trailers.get(VERSION, "")
    if not made_by or made_by == version or not _is_refusal(finding):
        return finding
    known = next((c for c in changes if _explains(c, finding, made_by, day)), None)
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
