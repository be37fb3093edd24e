"""Days to come: nothing is told as done before its day."""

from __future__ import annotations

from datetime import date

from b40cli.model.correction import standing_at
from b40cli.model.day import legal_day
from b40cli.model.finding import Place
from b40cli.rules.rule import Case


def comes_later(case: Case, path: str, at: Place, day: str | date) -> bool:
    """Whether what stands at a place of a record is of a day to come.

    A change is asked about what it brings: an act entered late, on its own legal day, may find
    later facts on record.
    """
    if legal_day(str(day)) <= case.today:
        return False
    if case.before is None or (before := case.before.data(path)) is None:
        return True
    return bool(standing_at(before, at) != standing_at(case.after.data(path) or {}, at))
