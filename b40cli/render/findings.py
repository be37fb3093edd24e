"""Findings in text: where, what it means for the act, by which article and rule; fact; remedy."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from b40cli.model.finding import Finding
from b40cli.render.visible import visible

WORDS = {"validity": "refused", "duty": "due", "note": "note", "defect": "unreadable"}
# The columns of the reader's screen; whoever reads in a pipe has eighty.
_WIDTH: ContextVar[int] = ContextVar("width", default=80)


def columns_there() -> int:
    """How many columns there are."""
    return _WIDTH.get()


@contextmanager
def within(width: int) -> Iterator[None]:
    """Text that is folded here is folded for a screen of that width."""
    token = _WIDTH.set(width)
    try:
        yield
    finally:
        _WIDTH.reset(token)


def finding_lines(finding: Finding, lead: str = "") -> list[str]:
    """The lines of one finding, at most 80 columns where its words allow it; `lead` before each."""
    where = f"{finding.file}:{finding.line}:{finding.column}" if finding.file else ""
    parts = (where, WORDS[finding.kind], finding.article, finding.rule)
    basis = " (Attested, not judged.)" if finding.basis == "attested" else ""
    return [
        visible(lead + "  ".join(filter(None, parts))),
        *wrapped(f"{finding.message}{basis}", f"{lead}  "),
        *wrapped(finding.remedy, f"{lead}  ", f"{lead}  > "),
    ]


def word(finding: Finding) -> str:
    """What a finding means for the act; one about no file is an error of the command."""
    return WORDS[finding.kind] if finding.file else "error"


def finding_text(findings: Iterable[Finding]) -> str:
    """All findings, a blank line between them; a note that many records share is told once."""
    shared: dict[tuple[str, ...], list[Finding]] = {}
    for n, finding in enumerate(findings):
        own = () if finding.kind == "note" else (str(n),)
        shared.setdefault((finding.rule, finding.message, *own), []).append(finding)
    return "\n\n".join("\n".join(_told_once(*alike)) for alike in shared.values())


def _told_once(first: Finding, *others: Finding) -> list[str]:
    also = ", ".join(f"{f.file.removeprefix('registry/')}:{f.line}" for f in others)
    return [*finding_lines(first), *(wrapped(f"The same: {also}.", "  ") if also else ())]


def wrapped(text: str, indent: str = "", first: str | None = None) -> list[str]:
    """Text of a record or ours on lines of at most 80 columns, harmless to a terminal.

    `first` leads the first line; the others stand under its text, or at `indent` if that is deeper.
    """
    lead = indent if first is None else first
    return [
        line
        for paragraph in text.split("\n")
        for line in textwrap.wrap(
            visible(paragraph),
            _WIDTH.get(),
            initial_indent=lead,
            subsequent_indent=max(indent, " " * len(lead), key=len),
            break_long_words=False,
            break_on_hyphens=False,
        )
    ]


def since(day: str) -> str:
    """Since a day; `by 2024-01-31` is attested by that day, and its beginning is not known."""
    return f"attested {day}" if day.startswith("by ") else f"since {day}"
