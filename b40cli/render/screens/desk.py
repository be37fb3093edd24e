"""The desk and the list of duties, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import since, wrapped
from b40cli.render.screens.offices import presiding
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.model.results.duties import DeskShown, Duties, DutyRow, Item, NetworkCounted

# The parts that are told where there is nothing in them, too.
ALWAYS = ("Overdue or missed", "Due within 60 days", "Expiring within 60 days", "Pending")


def status(answer: Answer[DeskShown]) -> list[str]:
    """The network today, then what waits, each with the command of the next step."""
    result = answer.result
    network = result["network"]
    lines = [*wrapped(f"{network['name']} on {result['on']}"), *wrapped(_members(network))]
    lines += wrapped(_offices(result))
    for heading, items in (
        ("Overdue or missed", result["overdue"]),
        ("Lapsed mandates", result["lapsed"]),
        ("Vacant", result["vacant"]),
        ("Due within 60 days", result["due"]),
        ("Expiring within 60 days", result["expiring"]),
        ("Pending", result["pending"]),
    ):
        lines += ["", *_part(heading, items)] if items or heading in ALWAYS else []
    return lines


def _members(network: NetworkCounted) -> str:
    there = f"{counted(network['members'], 'member')} on record"
    if not network["complete"]:
        there += f", {network['reported'] or 'an unknown number'} reported (not complete)"
    rest = f"{network['suspended']} suspended, {counted(network['observers'], 'observer')}"
    return f"{there}; {network['voting']} with a vote, {rest}."


def _offices(result: DeskShown) -> str:
    presides, following, secretary = result["presides"], result["next"], result["secretary"]
    state = result["presidency_state"]
    said = "The presidency is vacant" if state == "vacant" else "Nobody is known to preside"
    if presides:
        comma = "," if state in ("suspended", "asleep") else ""
        start = f"{comma} {since(presides['since'])}" if presides["since"] else ""
        mayor = f" ({presides['mayor']})" if presides["mayor"] else ""
        said = f"{presiding(presides['city'] + mayor, state)}{start}"
    said += f"; next: {following['city']}" if following else "; next: not on record"
    if following and following["approved"]:
        said += f" ({following['approved']})"
    said += f". Permanent Secretary: {secretary['name'] if secretary else 'not on record'}."
    return said


def _part(heading: str, items: list[Item]) -> list[str]:
    lines = [f"{heading}: {len(items) or 'nothing'}"]
    for item in items:
        day = (item["on"] or "").ljust(10)
        who = f" ({item['who']})" if item["who"] else ""
        lines += wrapped(f"{item['what']}{who}", " " * 14, f"  {day}  ")
        lines += wrapped(item["command"], " " * 16, " " * 14) if item["command"] else []
    return lines


def duties(answer: Answer[Duties]) -> list[str]:
    """The duties of a year under their states."""
    result = answer.result
    lines = [f"Duties of {result['year']} on {result['on']}"]
    state = None
    for duty in result["duties"]:
        if duty["state"] != state:
            state = duty["state"]
            lines += ["", visible(f"{state.replace('-', ' ')}:")]
        lines += _duty(duty)
    if any(duty["provisional"] for duty in result["duties"]):
        lines += ["", "* The text names no day: this one is a provisional parameter."]
    return lines if result["duties"] else [*lines, "", "none"]


def _duty(duty: DutyRow) -> list[str]:
    subject = duty["subject"]
    about = f" {subject}" if subject and duty["of"] not in subject else ""
    due = f"{duty['due'] or 'no day'}{'*' if duty['provisional'] else ''}"
    met = f", met {duty['met']}" if duty["met"] else ""
    by = f", {duty['evidence']}" if duty["evidence"] and duty["state"] != "overdue" else ""
    basis = ", attested" if duty["basis"] == "attested" else ""
    head = (
        f"{duty['duty']} {duty['of']}{about} ({duty['article']}, {duty['owner']}{met}{by}{basis})"
    )
    return wrapped(head, " " * 15, f"  {due:<11}  ")
