"""What a rule is: a pure question about a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.model.finding import Basis, Kind, Place
from b40cli.model.registry import Registry
from b40cli.model.statutes import NotInForce
from b40cli.rules.case.law import Law, law_on

if TYPE_CHECKING:
    from b40cli.model.duty import Duty

RECORD = "the record"


class Case(NamedTuple):
    """What is put to the judge: the registry before (None: nothing to compare), after, the day.

    `now` is the day it is, where a day of the past is asked about.
    """

    before: Registry | None
    after: Registry
    on: date
    now: date | None = None

    @property
    def today(self) -> date:
        """The day that nothing on record may be later than."""
        return max(self.on, self.now or self.on)

    def law(self, day: date) -> Law:
        """The law of a day as the registry held it *before*: a change never judges itself."""
        earlier = self.before
        return law_on(self.after if earlier is None or earlier.network is None else earlier, day)

    def law_or_none(self, day: date) -> Law | None:
        """The law of a day, or None under an edition that is not encoded: nothing is computed."""
        try:
            return self.law(day)
        except NotInForce:
            return None


class Breach(NamedTuple):
    """What a question answers: a sentence of fact, one of remedy, and where it shows.

    `kind` departs from the rule's own only downwards (a note about something lawful).
    """

    message: str
    remedy: str
    at: Place = ()
    facts: dict[str, Any] = {}  # noqa: RUF012 - never mutated
    refs: tuple[str, ...] = ()
    readings: dict[str, Any] = {}  # noqa: RUF012
    kind: Kind | None = None
    basis: Basis = "judged"


RuleQuestion = Callable[[Case, str], Iterator[Breach]]


class Rule(NamedTuple):
    """One norm of the statutes, or of the record itself.

    `about` names the folders (or files) of the registry whose records it is asked about; `*` is
    every record. Of decisions it is asked about those on its `matters`, where it names any.
    `fails` and `cure` are the example that `b40 explain` tells. `arising` says, for a duty, which
    duties arise at a record (see duty.py).
    """

    name: str
    kind: Kind
    article: str
    norm: str
    about: tuple[str, ...]
    question: RuleQuestion
    fails: str
    cure: str
    parameters: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    arising: Callable[[Case, str], Iterator[Duty]] | None = None
    matters: tuple[str, ...] = ()


class Undetermined(NamedTuple):
    """No answer: the facts that are missing, by name."""

    missing: tuple[str, ...]
