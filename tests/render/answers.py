"""Answers made by hand, for the tests of how they are told."""

from __future__ import annotations

from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.finding import Finding

HOSTILE = (
    "[bold]x[/bold]",
    "[red on black]x",
    ":smile: [link=https://x.example]y[/link]",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b2J",
    "a\u202eb\u2066c",
    "line\r\nregistry/x.yaml:1:1  refused  Art. 5  faked",
    "a\u2028b\u2029c\x85d",
    "tab\tbell\x07null\x00",
    "\udc80",
)


def finding(message: str = "A fact.", **more: Any) -> Finding:
    """A finding with the message given."""
    plain = Finding("a-rule", "validity", "Art. 5", message, "A remedy.", "registry/x.yaml")
    return plain._replace(**more)


def answer(command: str = "show", *findings: Finding, **result: Any) -> Answer[Any]:
    """The answer of a command."""
    told = Answer(command, "2026-03-10", "official", not findings, None, findings, result)
    return told._replace(beside={"name": str, "country": str})


def record(**fields: Any) -> Answer[Any]:
    """The answer of `show` about a record with the fields given."""
    return answer(path="registry/members/bg-x.yaml", record=fields, named_by=[])
