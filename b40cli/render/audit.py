"""The audit for a person at a terminal: what was found, commit by commit, and what history is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.finding import Finding
from b40cli.model.wording import counted
from b40cli.render.findings import finding_lines, finding_text, wrapped
from b40cli.render.visible import visible

SHORT = 10
MOST_NOTES = 20
NAMES = {
    "act": ("act", "acts"),
    "opening": ("opening record", "opening records"),
    "merge": ("merge", "merges"),
    "revert": ("revert", "reverts"),
    "squash": ("squash", "squashes"),
    "foreign": ("made without the tool", "made without the tool"),
    "elsewhere": ("beside the register", "beside the register"),
}


def found(answer: Answer) -> str:
    """The findings under the commits they were made in, then a line for every other commit told."""
    by_commit: dict[str, list[Finding]] = {}
    for finding in answer.findings:
        by_commit.setdefault(finding.facts.get("commit", ""), []).append(finding)
    told = {about["commit"]: about for about in answer.result["found"]}
    parts = [
        "\n".join([_head(told[oid]), *_under(oid, grave)]) if oid in told else finding_text(grave)
        for oid, findings in by_commit.items()
        if (grave := [f for f in findings if f.kind != "note"])
    ]
    return "\n\n".join([*parts, *_notes(answer, told)])


def _head(about: Mapping[str, str]) -> str:
    name = f"{about['commit'][:SHORT]}  {about['on'] or about['day']}"
    return "\n".join(wrapped(f"{name}  {about['subject']}", "    ", ""))


def _under(oid: str, findings: Iterable[Finding]) -> list[str]:
    """The commit's name stands above them: it need not be said again."""
    named = f"{oid[:SHORT]}: "
    plain = (f._replace(message=f.message.removeprefix(named)) for f in findings)
    return [line for f in plain for line in finding_lines(f, "  ")]


def _notes(answer: Answer, told: Mapping[str, Mapping[str, str]]) -> list[str]:
    notes = [f for f in answer.findings if f.kind == "note" and f.facts.get("commit") in told]
    heads = [(f.rule.removesuffix("-commit"), told[f.facts["commit"]]) for f in notes]
    lines = [visible(f"{name:<8}") + "  " + _head(about) for name, about in heads[:MOST_NOTES]]
    if len(heads) > MOST_NOTES:
        lines.append(f"and {len(heads) - MOST_NOTES} more; --json tells all of them")
    return ["\n".join(lines)] if lines else []


def summary(result: Mapping[str, Any]) -> list[str]:
    """What was looked at, and what came of it."""
    if result["head"] is None:
        return ["Nothing is committed yet."]
    counts = result["counts"]
    wrong = counts["validity"] + counts["defect"]
    begun = f"from {result['base'][:SHORT]}" if result["base"] else "from the first"
    found = "one finding" if wrong == 1 else f"{wrong} findings"
    verdict = found if wrong else "nothing is refused"
    many = counted(result["commits"], "commit")
    lines = wrapped(f"{many} {begun} to {result['head'][:SHORT]}: {verdict}.")
    kinds = ", ".join(
        f"{n} {NAMES[kind][n != 1]}" for kind, n in result["kinds"].items() if n and kind in NAMES
    )
    if kinds:
        lines += wrapped(f"{kinds}.")
    if result["since"]:
        lines += wrapped(f"This history contains {result['since']}.")
    return lines


TELLERS = {"audit": summary}
