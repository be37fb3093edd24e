"""The answer of a command, before anybody has said how it is to be told."""

from __future__ import annotations

from typing import Any, NamedTuple

from b40cli.model.finding import Finding


class Answer(NamedTuple):
    """What a command found or did (design: one JSON object).

    `told` is the sentence or table for a reader; without it the renderer tells `result`, and
    `beside` what a reader wants to know beside it; `asked` says which day and which knowledge were
    asked about. None of these is part of the JSON contract.
    """

    command: str
    on: str
    status: str
    ok: bool
    commit: str | None
    findings: tuple[Finding, ...]
    result: dict[str, Any]
    exit_code: int = 0
    told: str | None = None
    beside: dict[str, Any] = {}  # noqa: RUF012 - never mutated
    asked: str | None = None
