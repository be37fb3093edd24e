"""Duties in two states of a register: what is owed otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from b40cli.model.facts.duty import Duty

if TYPE_CHECKING:
    from b40cli.model.results.reviews import DutyMoved

SILENT = ("not-on-record", "not-applicable")
DONE = ("met", "not-applicable")


def duties_moved(before: Iterable[Duty], after: Iterable[Duty]) -> list[DutyMoved]:
    """The duties whose state is another, or the day of what is still owed."""
    was = {_of_duty(duty): duty for duty in before}
    now = {_of_duty(duty): duty for duty in after}
    found = []
    for key in sorted(was.keys() | now.keys()):
        one, other = was.get(key), now.get(key)
        if _state(one) != _state(other) and not _unheard(one, other):
            found.append(_duty_moved(one, other))
    return found


def _of_duty(duty: Duty) -> tuple[str, str, str]:
    return duty.rule, duty.of, duty.subject or ""


def _state(duty: Duty | None) -> tuple[str, str | None] | None:
    if duty is None:
        return None
    return duty.state, str(duty.due) if duty.due and duty.state not in DONE else None


def _unheard(one: Duty | None, other: Duty | None) -> bool:
    """Duties that only begin to be silent are not news."""
    return all(duty is None or duty.state in SILENT for duty in (one, other))


def _duty_moved(one: Duty | None, other: Duty | None) -> DutyMoved:
    duty = other or one
    assert duty is not None
    about = f" {duty.subject}" if duty.subject and duty.of not in duty.subject else ""
    says = f"{duty.rule} of {duty.of}{about} ({duty.article}, {duty.owner}): "
    says += f"{_said(one)} → {_said(other)}."
    return {
        "duty": duty.rule,
        "of": duty.of,
        "subject": duty.subject,
        "before": one.state if one else None,
        "after": other.state if other else None,
        "due": str(duty.due) if duty.due else None,
        "says": says,
    }


def _said(duty: Duty | None) -> str:
    if duty is None:
        return "none"
    due = f" by {duty.due}" if duty.due and duty.state == "due" else ""
    return f"{duty.state}{due}"
