"""Days to come: nothing is told as done before its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import legal_day
from b40cli.model.facts.correction import standing_at
from b40cli.model.finding import Place
from b40cli.rules.case.rule import Breach, Case


def ahead(
    case: Case, path: str, at: Place, day: str | date, told: str | None = None
) -> Iterator[Breach]:
    """What stands at a place of a record and is of a day to come, as `told` says it.

    A change is asked about what it brings: an act entered late, on its own legal day, may find
    later facts on record.
    """
    if comes_later(case, path, at, day):
        yield Breach(
            f"{told or '.'.join(map(str, at)) + ' is'} {day}; today is {case.today}.",
            "It is recorded on its day or after it.",
            at,
            facts={"today": str(case.today)},
        )


def comes_later(case: Case, path: str, at: Place, day: str | date) -> bool:
    """Whether what a change brings, or a state holds, is of a day to come."""
    if (day if isinstance(day, date) else legal_day(day)) <= case.today:
        return False
    if case.before is None or (before := case.before.data(path)) is None:
        return True
    return bool(standing_at(before, at) != standing_at(case.after.content(path), at))
