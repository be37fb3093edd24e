"""Findings as GitHub workflow commands: one line each, shown beside the lines they are about.

GitHub shows ten annotations of a level per step; `overflow` says what it leaves out, and the step
summary holds the whole list. Each line is one command: nothing in a record can begin another.
"""

from __future__ import annotations

from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.designation import starred
from b40cli.model.finding import Finding
from b40cli.render.findings import word as _word
from b40cli.render.visible import visible

SHOWN = 10
LEVELS = {"defect": "error", "validity": "error", "duty": "warning", "note": "notice"}
# A step summary holds 1 MiB; what is larger is not shown at all.


def as_commands(answer: Answer[Any]) -> str:
    """One workflow command a finding, the gravest first; one notice where there is none."""
    lines = [_command(finding) for finding in answer.findings]
    if any("Kosovo*" in line for line in lines):
        from b40cli.render.kosovo import NOTE

        lines.append(f"::notice title=Kosovo*::{_data(NOTE)}")
    if not answer.findings:
        lines.append(f"::notice title=b40 {_property(answer.command)}::Nothing is refused.")
    return "\n".join(lines) + "\n"


def _command(finding: Finding) -> str:
    level = LEVELS[finding.kind]
    article = f" ({finding.article})" if finding.article else ""
    place = {
        "file": finding.file,
        "line": str(max(finding.line, 1)),
        "col": str(max(finding.column, 1)),
        "title": starred(f"{_word(finding)}: {finding.rule}{article}"),
    }
    told = ",".join(f"{key}={_property(value)}" for key, value in place.items() if value)
    return f"::{level} {told}::{_data(starred(_said(finding)))}"


def _said(finding: Finding) -> str:
    basis = " (attested, not judged)" if finding.basis == "attested" else ""
    return f"{finding.message}{basis} {finding.remedy}".strip()


def _data(text: str) -> str:
    """What stands behind the last colons: GitHub reads %, and nothing else, in it."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    """The value of a property: a colon or a comma would end it."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def overflow(answer: Answer[Any]) -> list[str]:
    """Lines for a log: the findings behind the ten of a level that GitHub shows."""
    lines: list[str] = []
    for level in dict.fromkeys(LEVELS.values()):
        of_level = [f for f in answer.findings if LEVELS[f.kind] == level]
        if len(of_level) > SHOWN:
            lines.append(f"b40: GitHub shows {SHOWN} of {len(of_level)} {level}s; the others are:")
            lines += map(_line, of_level[SHOWN:])
    return lines


def _line(finding: Finding) -> str:
    """One finding in a log, which GitHub searches for commands, old and new, in every line."""
    where = f"{finding.file}:{finding.line}:{finding.column}" if finding.file else "-"
    told = visible(f"  {where}  {_word(finding)}  {finding.rule}  {_said(finding)}")
    return told.replace("##[", "# #[").replace("::", ": :")
