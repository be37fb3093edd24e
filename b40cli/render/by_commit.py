"""What an audit found, under the commits it was found in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from b40cli.model.finding import Finding
from b40cli.render.findings import finding_lines, finding_text, wrapped
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.model.results.history import CommitFound

SHORT = 10
MOST_NOTES = 20


def by_commit(listed: Iterable[Finding], commits: Iterable[CommitFound]) -> str:
    """The findings under the commits they were made in, then a line for every other commit told."""
    listed = tuple(listed)
    by_commit: dict[str, list[Finding]] = {}
    for finding in listed:
        by_commit.setdefault(finding.facts.get("commit", ""), []).append(finding)
    told = {about["commit"]: about for about in commits}
    parts = [
        "\n".join([_head(told[oid]), *_under(oid, grave)]) if oid in told else finding_text(grave)
        for oid, findings in by_commit.items()
        if (grave := [f for f in findings if f.kind != "note"])
    ]
    return "\n\n".join([*parts, *_notes(listed, told)])


def _head(about: CommitFound) -> str:
    name = f"{about['commit'][:SHORT]}  {about['on'] or about['day']}"
    return "\n".join(wrapped(f"{name}  {about['subject']}", "    ", ""))


def _under(oid: str, findings: Iterable[Finding]) -> list[str]:
    """The commit's name stands above them: it need not be said again."""
    named = f"{oid[:SHORT]}: "
    plain = (f._replace(message=f.message.removeprefix(named)) for f in findings)
    return [line for f in plain for line in finding_lines(f, "  ")]


def _notes(listed: Iterable[Finding], told: Mapping[str, CommitFound]) -> list[str]:
    notes = [f for f in listed if f.kind == "note" and f.facts.get("commit") in told]
    heads = [(f.rule.removesuffix("-commit"), told[f.facts["commit"]]) for f in notes]
    lines = [visible(f"{name:<8}") + "  " + _head(about) for name, about in heads[:MOST_NOTES]]
    if len(heads) > MOST_NOTES:
        lines.append(f"and {len(heads) - MOST_NOTES} more; --json tells all of them")
    return ["\n".join(lines)] if lines else []
