"""What a duty is: something owed by a day, its state on another, and who may acknowledge it.

A duty's rule is made with `duty_rule`: its one function says which duties arise at a record, and
both the judge (what was missed) and the lists (everything, whatever its state) ask that function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.model.facts.duty import Duty, DutyState
from b40cli.model.ref import ref_of
from b40cli.rules.case.rule import Breach, Case, Rule, RuleQuestion
from b40cli.rules.facts.presiding import presides_on

MISSED = frozenset({"overdue", "met-late"})
PRESIDENT, SECRETARY, COMMITTEE = "president", "permanent-secretary", "executive-committee"
LEADER = "group-leader"

Arising = Callable[[Case, str], Iterator[Duty]]


def acknowledge(rule: str, of: str, owner: str, subject: str | None = None) -> str:
    """The remedy where a duty can be met no more: what happened stands, and is acknowledged."""
    about = f" --subject {subject}" if subject else ""
    return (
        f"What happened stands: b40 duty acknowledge {rule} --of {of}{about} --by {owner} "
        "--reason …"
    )


def state_of(
    case: Case, begins: date, due: date | None, met: date | None, roster: str | None = None
) -> DutyState:
    """Where a duty stands on the day of the case.

    `begins` is the first day on which it could be met, `met` the day it was; `roster` names the
    list (meetings, decisions, committee, members) that must be whole before absence means anything.
    """
    if met is not None and met <= case.on:
        return "met" if due is None or met <= due else "met-late"
    if _closed_by(case, due or case.on):
        return "not-applicable"
    network = case.after.network
    if network is None or begins < network.opened:
        return "not-on-record"
    if due is None or case.on <= due:
        return "due"
    return "overdue" if roster is None or network.whole(roster, due) else "not-on-record"


def state_at(case: Case, day: date, kept: bool | None) -> DutyState:
    """The state of what is done or not on one day: None where the record does not say."""
    if day > case.on:
        return "due"
    return "not-on-record" if kept is None else "met" if kept else "overdue"


def kept_at(case: Case, duty: Duty, day: date, kept: bool | None) -> Duty:
    """A duty of one day in its state; before that day what is planned as asked lacks nothing."""
    found = duty._replace(state=state_at(case, day, kept))
    if found.state != "due" or not kept:
        return found
    says = f"{duty.of} is planned as is asked."
    return found._replace(says=says, remedy="Nothing: it is met when the day has come.")


def _closed_by(case: Case, day: date) -> bool:
    """A dissolved network owes nothing that fell due after its dissolution."""
    network = case.after.network
    decision = case.after.decision(network.dissolution) if network else None
    return decision is not None and decision.closed is not None and decision.closed < day


def duty_rule(
    *,
    name: str,
    article: str,
    norm: str,
    about: tuple[str, ...],
    arising: Arising,
    fails: str,
    cure: str,
    parameters: tuple[str, ...] = (),
    readings: tuple[str, ...] = (),
    sentences: tuple[str, ...] = (),
    since: int = 1,
    until: int | None = None,
) -> Rule:
    """A rule of kind duty from the function that says which duties arise at a record."""
    return Rule(
        name=name,
        kind="duty",
        article=article,
        norm=norm,
        about=about,
        question=missed(arising),
        fails=fails,
        cure=cure,
        parameters=parameters,
        readings=readings,
        arising=arising,
        sentences=sentences,
        since=since,
        until=until,
    )


def missed(arising: Arising) -> RuleQuestion:
    """The question that answers with every duty missed and acknowledged by nobody."""

    def question(case: Case, path: str) -> Iterator[Breach]:
        for duty in arising(case, path):
            if settled(case, duty).state in MISSED:
                yield _breach(duty)

    return question


def _breach(duty: Duty) -> Breach:
    facts = {
        **duty.facts,
        "of": duty.of,
        "due": None if duty.due is None else str(duty.due),
        "met": None if duty.met is None else str(duty.met),
        "state": duty.state,
        "owner": duty.owner,
    }
    refs = tuple(ref for ref in (duty.subject, duty.evidence) if ref)
    said = duty.says, duty.remedy, duty.at
    found = Breach(*said, facts=facts, refs=refs, basis=duty.basis, on=begins(duty))
    return found._replace(readings=duty.readings)


def begins(duty: Duty) -> date:
    """The first day of the period a duty is owed for: where it names none, of its year."""
    return duty.begins or date(duty.year, 1, 1)


def settled(case: Case, duty: Duty) -> Duty:
    """The duty, `acknowledged` where one who may has acknowledged that it was missed."""
    if duty.state not in MISSED:
        return duty
    for entry in case.after.acknowledgements(duty.year):
        if names(entry, duty) and may_acknowledge(case, duty, entry):
            return duty._replace(state="acknowledged")
    return duty


def names(entry: Mapping[str, Any], duty: Duty) -> bool:
    """Whether an acknowledgement is about this duty."""
    return (
        entry["duty"] == duty.rule
        and str(entry["of"]) == duty.of
        and entry.get("subject") in (None, duty.subject)
    )


def may_acknowledge(case: Case, duty: Duty, entry: Mapping[str, Any]) -> bool:
    """Only the duty's owner, or the Executive Committee, acknowledges that it was missed."""
    by = str(entry["by"])
    if by in (COMMITTEE, duty.owner):
        return True
    decision = case.after.decision(by) if by[2:3] == "-" and by[:2].isupper() else None
    if decision is not None:
        return decision.body in (COMMITTEE, duty.owner) and decision.state == "adopted"
    return by in _owner_cities(case, duty, date.fromisoformat(entry["on"]))


def _owner_cities(case: Case, duty: Duty, day: date) -> Iterator[str]:
    """The cities that hold the owner's office, on the day it was due or the acknowledgement's."""
    for moment in (duty.due, day):
        if moment is not None and duty.owner == PRESIDENT:
            yield presides_on(case.after, moment) or ""
            yield presides_on(case.after, moment, "before") or ""
    if duty.owner == LEADER and duty.subject:
        group = case.after.group_in(ref_of(duty.subject).path)
        yield from (leader.city for leader in group.leaders) if group else ()
