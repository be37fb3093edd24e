"""The answer for a person at a terminal, in 80 columns."""

from __future__ import annotations

from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.wording import UNOFFICIAL
from b40cli.render.findings import finding_text, wrapped
from b40cli.render.screen_parts import Screen, tree
from b40cli.render.visible import visible


def as_text(answer: Answer[Any], screen: Screen | None = None) -> str:
    """What was found first, then the answer, then what kind of register it is."""
    parts = [_findings(answer), answer_text(answer, screen)]
    if answer.asked and (answer.on not in parts[1] or "knew" in answer.asked):
        parts += ["\n".join(wrapped(answer.asked))]
    if answer.status == "unofficial":
        parts.append(UNOFFICIAL)
    return "\n\n".join(part for part in parts if part) + "\n"


def _findings(answer: Answer[Any]) -> str:
    """Under their commits, where the answer names those."""
    if answer.result.get("found"):
        from b40cli.render.by_commit import by_commit

        return by_commit(answer.findings, answer.result["found"])
    return finding_text(answer.findings)


def answer_text(answer: Answer[Any], screen: Screen | None) -> str:
    """What an act says of itself, or what the screen makes of the result."""
    if answer.told is not None:
        return "\n".join(visible(line) for line in answer.told.rstrip("\n").split("\n"))
    return "\n".join(screen(answer) if screen else tree(answer.result, ""))
