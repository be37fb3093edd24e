"""What is owed: a duty, its state on a day, who owes it."""

from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from b40cli.model.finding import Basis, Place

# The gravest first.
DutyState = Literal[
    "overdue", "due", "met-late", "acknowledged", "met", "not-on-record", "not-applicable"
]
STATES: tuple[DutyState, ...] = get_args(DutyState)


class Duty(NamedTuple):
    """Something owed: by which rule, of which year, meeting or decision, by whom, until when.

    `begins` is the first day of the period it is owed for: a duty that came with a rule set is owed
    for periods that begin under it. `subject` is the record it is about (such as
    `groups/local-climate-action`), `evidence` the one that shows it was done, `provisional` says
    that the day comes from a provisional parameter. `says` and `remedy` are the two sentences of a
    finding, `at` the place in the record where it shows; `readings` tell its state as an open point
    is read otherwise.
    """

    rule: str
    article: str
    of: str
    subject: str | None
    owner: str
    due: date | None
    state: DutyState
    evidence: str | None
    provisional: bool = False
    says: str = ""
    remedy: str = ""
    at: Place = ()
    met: date | None = None
    basis: Basis = "judged"
    facts: dict[str, Any] = {}  # noqa: RUF012 - never mutated
    begins: date | None = None
    readings: dict[str, Any] = {}  # noqa: RUF012

    @property
    def year(self) -> int:
        """The year it is listed under: `2026`, `2026-12-15-ec` and `EC-2026-001` are of 2026."""
        return int(self.of[:4] if self.of[:4].isdecimal() else self.of[3:7])
