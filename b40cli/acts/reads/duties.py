"""Duties: what the network owes in a year, and acknowledging one that was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.edit import Append, Create, Edit
from b40cli.model.errors import UsageError, refuse_unknown
from b40cli.model.facts.duty import STATES, Duty, DutyState
from b40cli.model.ref import Ref, ref_of, stated
from b40cli.rules.duties.duties import duties
from b40cli.rules.duties.duty import COMMITTEE, LEADER, PRESIDENT, SECRETARY
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import president_on
from b40cli.rules.table import RULES, rule_named

if TYPE_CHECKING:
    from b40cli.model.results.duties import Acknowledged, Duties, DutyRow

OWNERS = (PRESIDENT, SECRETARY, COMMITTEE, "general-assembly", LEADER)


def listed(
    view: View, year: int | None, state: str | None, of: str | None = None
) -> Answer[Duties]:
    """Every duty of a year with its state on the day; the gravest state first, then by due day.

    `of` is an office, or a city: what it owes by the offices it holds, or what is owed about it.
    """
    refuse_unknown("--state", state, STATES)
    year = view.on.year if year is None else year
    found = ordered(duties(view.registry, year, view.on, RULES))
    concerned = [duty for duty in found if of is None or owes(view, of, duty)]
    rows = [row(duty) for duty in concerned if state in (None, duty.state)]
    result: Duties = {"year": year, "on": str(view.on), "duties": rows}
    if of:
        result["of"] = of
    told = answer(view, "duty list", result)
    shown = [duty for duty in concerned if state in (None, duty.state)]
    return told._replace(beside={**told.beside, "rows": lambda: _in_words(view, shown)})


def _in_words(view: View, shown: Iterable[Duty]) -> list[tuple[str, str]]:
    """What each duty is and who owes it; asked for only where it is shown."""
    from b40cli.acts.reads.titles import owner_of, title_of

    return [(title_of(view.registry, duty), owner_of(view.registry, duty)) for duty in shown]


def owes(view: View, who: str, duty: Duty) -> bool:
    """Whether an office, or a city by an office or in its own matter, is concerned by a duty."""
    if who in OWNERS:
        return duty.owner == who
    day = min(duty.due or view.on, view.on)
    about = ref_of(duty.subject or "")
    group = view.registry.group(about.id) if about.kind == "groups" else None
    leader = leader_on(view.registry, group, day) if group else None
    return (
        duty.subject == f"members/{who}"
        or (duty.owner == PRESIDENT and president_on(view.registry, day) == who)
        or (duty.owner == LEADER and leader is not None and leader.city == who)
    )


def ordered(found: tuple[Duty, ...]) -> list[Duty]:
    """By state, then by the day they are due; those without a day last."""
    return sorted(found, key=lambda d: (STATES.index(d.state), str(d.due or "9999"), d.rule, d.of))


def row(duty: Duty) -> DutyRow:
    """A duty as plain data."""
    return {
        "duty": duty.rule,
        "article": duty.article,
        "of": duty.of,
        "subject": duty.subject,
        "owner": duty.owner,
        "due": None if duty.due is None else str(duty.due),
        "met": None if duty.met is None or duty.state == "due" else str(duty.met),
        "state": duty.state,
        "evidence": duty.evidence,
        "provisional": duty.provisional,
        "basis": duty.basis,
        "says": _says(duty),
        "cure": "" if duty.state in DONE else duty.remedy,
    }


# States in which what a duty says of its breach is not so.
DONE = ("met", "not-applicable")


def _says(duty: Duty) -> str:
    """What is wrong with it; where nothing is, when it was met and what shows that."""
    if duty.state not in DONE:
        return duty.says
    if duty.state == "met":
        on = f" on {duty.met}" if duty.met else ""
        return f"Met{on}{f', {duty.evidence}' if duty.evidence else ''}."
    return "Not owed in this period."


def acknowledge(
    session: Session,
    duty: str,
    of: str,
    by: str,
    reason: str,
    subject: str | None = None,
    document: Mapping[str, Any] | None = None,
) -> Proposal[Acknowledged]:
    """Record that a duty was missed, why, and who says so; its owner or the committee may."""
    rule = rule_named(duty)
    if rule is None or rule.kind != "duty":
        names = [rule.name for rule in RULES if rule.kind == "duty"]
        raise UsageError(f"No duty is called {duty}.", f"They are {', '.join(names)}.")
    year = year_of(of)
    path = Ref("duties", str(year)).path
    told: dict[str, Any] = {
        "duty": duty,
        "of": year if of.isdecimal() else of,
        "subject": subject,
        "by": by,
        "on": str(session.on),
        "reason": reason,
        "document": dict(document) if document else None,
    }
    kept = stated(told)
    edits = () if _stands(session, year, kept) else (_edit(session, path, kept),)
    headline = f"duty: acknowledge {duty} of {of}, by {by}"
    return Proposal("duty acknowledge", f"duties/{year}", headline, edits, kept, (reason,))


def year_of(of: str) -> int:
    """The year a duty is listed under; UsageError where the word names none."""
    digits = of[:4] if of[:4].isdecimal() else of[3:7]
    if len(digits) != 4 or not (digits.isascii() and digits.isdecimal()):
        raise UsageError(
            f"--of {of} names no year, meeting or decision.", "Such as 2026 or 2026-12-15-ec."
        )
    return int(digits)


def _stands(session: Session, year: int, entry: Mapping[str, Any]) -> bool:
    """Whether the same duty is acknowledged by the same already."""
    same = ("duty", "of", "subject", "by")
    return any(
        all(known.get(key) == entry.get(key) for key in same)
        for known in session.before.acknowledgements(year)
    )


def _edit(session: Session, path: str, entry: Mapping[str, Any]) -> Edit:
    if session.before.has(path):
        return Append(path, ("acknowledged",), dict(entry))
    return Create(path, {"acknowledged": [dict(entry)]})


def in_states(found: tuple[Duty, ...], *states: DutyState) -> tuple[Duty, ...]:
    """The duties in one of the states."""
    return tuple(duty for duty in found if duty.state in states)
