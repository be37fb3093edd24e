"""Findings: what the judge says, as values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

Kind = Literal["validity", "duty", "note", "defect"]
Basis = Literal["judged", "attested"]
Place = tuple[str | int, ...]

ORDER: dict[str, int] = {"defect": 0, "validity": 1, "duty": 2, "note": 3}
KINDS = frozenset(ORDER)
# What takes an act's legal effect away, or shows a broken file.
GRAVE = frozenset({"validity", "defect"})


class Finding(NamedTuple):
    """One thing the judge says: what, by which rule and article, where, with which numbers.

    `at` is the place inside the record (keys and list positions); `line` and `column` (1-based)
    are filled in from it once the file is known to need them.
    """

    rule: str
    kind: Kind
    article: str
    message: str
    remedy: str
    file: str
    at: Place = ()
    line: int = 1
    column: int = 1
    refs: tuple[str, ...] = ()
    basis: Basis = "judged"
    facts: dict[str, Any] = {}  # noqa: RUF012 - never mutated: a finding is a value
    readings: dict[str, Any] = {}  # noqa: RUF012


def finding_of(data: dict[str, Any]) -> Finding:
    """A finding from what `_asdict` made of it, after it was kept as JSON."""
    return Finding(**{**data, "at": tuple(data["at"]), "refs": tuple(data["refs"])})


# A record under another name, or gone: whatever names it is wrong by that.
ROOT_CAUSES = frozenset({"ids-never-reused", "history-is-append-only"})


def gravity(finding: Finding) -> tuple[int, bool]:
    """The gravest first, and of these what others follow from."""
    return ORDER[finding.kind], finding.rule not in ROOT_CAUSES


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort and de-duplicate: the gravest first, what others follow from, then by file and line."""
    unique = {repr(finding): finding for finding in findings}
    if not unique:
        return ()
    return tuple(
        sorted(
            unique.values(),
            key=lambda f: (*gravity(f), *(f.file, f.line, f.column, f.rule, f.message)),
        )
    )


def refuses(findings: Iterable[Finding]) -> bool:
    """Whether any finding takes the act's legal effect away (or shows a broken file)."""
    return any(finding.kind in GRAVE for finding in findings)
