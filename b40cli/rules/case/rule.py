"""What a rule is: a pure question about a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.model.facts.statutes import NotInForce
from b40cli.model.finding import Basis, Kind, Place
from b40cli.model.ref import ROOT
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_on, newest_in, rule_set_on

if TYPE_CHECKING:
    from b40cli.model.facts.duty import Duty
    from b40cli.model.facts.meeting import Meeting

RECORD = "the record"
MEETINGS = f"{ROOT}meetings/"


class Case(NamedTuple):
    """What is put to the judge: the registry before (None: nothing to compare), after, the day.

    `now` is the day it is, where a day of the past is asked about. `asking` is the rule set of the
    rule that is asked.
    """

    before: Registry | None
    after: Registry
    on: date
    now: date | None = None
    asking: int = 1

    @property
    def today(self) -> date:
        """The day that nothing on record may be later than."""
        return self.on if self.now is None else max(self.on, self.now)

    def law(self, day: date) -> Law:
        """The law of a day as the registry held it *before*: a change never judges itself."""
        return law_on(self.lawgiver, day).awaiting(self.asking)

    def rule_set(self, day: date) -> int:
        """The rule set in force on a day, as the registry held it before."""
        return rule_set_on(self.lawgiver, day)

    @property
    def lawgiver(self) -> Registry:
        """The registry whose statutes apply: the one before, but for an opening."""
        earlier = self.before
        return self.after if earlier is None or earlier.network is None else earlier

    def law_or_none(self, day: date) -> Law | None:
        """The law of a day, or None under an edition that is not encoded: nothing is computed."""
        try:
            return self.law(day)
        except NotInForce:
            return None


class Breach(NamedTuple):
    """What a question answers: a sentence of fact, one of remedy, and where it shows.

    `kind` departs from the rule's own only downwards (a note about something lawful). `on` is the
    legal day of the act that is judged, where it is not the one its record is of: a rule that came
    with a rule set counts from the day that is in force. `unwritten`: what closing a vote writes
    is missing, which is no reason why the vote had no effect.
    """

    message: str
    remedy: str
    at: Place = ()
    facts: dict[str, Any] = {}  # noqa: RUF012 - never mutated
    refs: tuple[str, ...] = ()
    readings: dict[str, Any] = {}  # noqa: RUF012
    kind: Kind | None = None
    basis: Basis = "judged"
    on: date | None = None
    unwritten: bool = False


RuleQuestion = Callable[[Case, str], Iterator[Breach]]


class Rule(NamedTuple):
    """One norm of the statutes, or of the record itself.

    `about` names the folders (or files) of the registry whose records it is asked about; `*` is
    every record. Of decisions it is asked about those on its `matters`, where it names any.
    `fails` and `cure` are the example that `b40 explain` tells. What names no `article` is of the
    record itself. A breach takes an act's effect away, unless the rule's `kind` says otherwise.
    `arising` says, for a duty, which duties arise at a record (see duty.py). `sentences` are those
    of the statutes that it judges. It holds on days under the rule set `since` and later ones,
    before the set `until`.
    """

    name: str
    norm: str
    about: tuple[str, ...]
    question: RuleQuestion
    fails: str
    cure: str
    article: str = RECORD
    kind: Kind = "validity"
    parameters: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    arising: Callable[[Case, str], Iterator[Duty]] | None = None
    matters: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    since: int = 1
    until: int | None = None

    def holds_under(self, rule_set: int) -> bool:
        """Whether the rule is one of that rule set."""
        return self.since <= rule_set and (self.until is None or rule_set < self.until)


def answers(case: Case, rule: Rule, path: str) -> Iterator[Breach]:
    """What a rule says about a record, by the rule set of the day of each answer.

    Of a meeting that was cancelled only the law of the record is asked: it was not held. Raises
    NotInForce, as the question does, where it needs a law that there is not.
    """
    cancelled = rule.article != RECORD and was_cancelled(case.after, path)
    if cancelled or newest_in(case.lawgiver) < rule.since:
        return iter(())
    return answers_by_its_set(case, rule, path)


def answers_by_its_set(case: Case, rule: Rule, path: str) -> Iterator[Breach]:
    """The same of a rule that was taken in, about a record of what was held."""
    if rule.since == 1 and rule.until is None:
        return rule.question(case, path)
    found = rule.question(case._replace(asking=rule.since), path)
    days = ((breach, breach.on or legal_day_of(case.after, path)) for breach in found)
    return (breach for breach, day in days if rule.holds_under(case.rule_set(day)))


def judged_meeting(case: Case, path: str, *kinds: str) -> Meeting | None:
    """The meeting a path holds, unless it is only attested; of some kinds, where they are named."""
    meeting = case.after.meeting_in(path)
    if meeting is None or meeting.attested or (kinds and meeting.kind not in kinds):
        return None
    return meeting


def was_cancelled(registry: Registry, path: str) -> bool:
    """Whether a record is of a meeting that was cancelled."""
    meeting = registry.meeting_in(path) if path.startswith(MEETINGS) else None
    return meeting is not None and meeting.cancelled is not None


def legal_day_of(registry: Registry, path: str) -> date:
    """The day a record is judged on: when it was decided or met.

    Of a record that has no one day, the day the register opened: what says nothing of its day is
    never judged by more than the law the register began with.
    """
    decision = registry.decision_in(path)
    if decision is not None and (decision.closed or decision.proposed):
        return decision.closed or decision.proposed or date.min
    if (meeting := registry.meeting_in(path)) is not None:
        return meeting.day
    return registry.network.opened if registry.network else date.min


class Undetermined(NamedTuple):
    """No answer: the facts that are missing, by name."""

    missing: tuple[str, ...]
