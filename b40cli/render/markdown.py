"""The answer as Markdown: for a pull request's comment, a mail, a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.finding import Finding
from b40cli.render.findings import WORDS
from b40cli.render.terminal import UNOFFICIAL
from b40cli.render.visible import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def plain(text: str) -> str:
    """Text of a record, with nothing in it read as markup."""
    return _SPECIAL.sub(r"\\\1", visible(text)).replace("Kosovo\\*", "Kosovo*")


def as_markdown(answer: Answer) -> str:
    """A heading, the findings, the result."""
    verdict = "" if answer.ok else ": refused"
    parts = [f"## b40 {plain(answer.command)}, {answer.on}{verdict}"]
    parts += [_finding(finding) for finding in answer.findings]
    if answer.told is not None:
        parts.append("\n".join(f"    {visible(line)}" for line in answer.told.splitlines()))
    else:
        parts.append("\n".join(_items(answer.result, 0)))
    if answer.status == "unofficial":
        parts.append(f"_{UNOFFICIAL}_")
    return "\n\n".join(part for part in parts if part) + "\n"


def _finding(finding: Finding) -> str:
    where = f"{finding.file}:{finding.line}:{finding.column}"
    head = f"**{WORDS[finding.kind]}** {plain(finding.article)} `{finding.rule}`"
    return f"- {head} ({plain(where)})\n  {plain(finding.message)}\n  _{plain(finding.help)}_"


def _items(data: Any, depth: int) -> list[str]:
    lines = []
    for key, value in data.items() if isinstance(data, Mapping) else enumerate(data, 1):
        lead = f"{'  ' * depth}- {plain(str(key))}"
        if isinstance(value, Mapping) or (
            isinstance(value, list) and any(isinstance(v, Mapping) for v in value)
        ):
            lines += [lead, *_items(value, depth + 1)]
        else:
            said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            lines.append(f"{lead}: {plain(said)}")
    return lines
