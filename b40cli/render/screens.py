"""The desk, the list of duties and the coverage of the statutes, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from b40cli.model.wording import counted
from b40cli.render.findings import since, wrapped
from b40cli.render.visible import visible

SHOWN = 4
MORE = {
    "overdue": "b40 duty list --state overdue",
    "due": "b40 duty list --state due",
    "expiring": "b40 --json status",
    "pending": "b40 application list; b40 decision list",
}


def _status(result: Mapping[str, Any]) -> list[str]:
    network = result["network"]
    lines = [*wrapped(f"{network['name']} on {result['on']}"), *wrapped(_members(network))]
    lines += wrapped(_offices(result))
    for part, heading in (
        ("overdue", "Overdue or missed"),
        ("due", "Due within 60 days"),
        ("expiring", "Expiring within 60 days"),
        ("pending", "Pending"),
    ):
        lines += ["", *_part(part, heading, result[part])]
    return lines


def _members(network: Mapping[str, Any]) -> str:
    on_record = f"{counted(network['members'], 'member')} on record"
    if not network["complete"]:
        on_record += f", {network['reported'] or 'an unknown number'} reported (not complete)"
    observers = counted(network["observers"], "observer")
    rest = f"{network['suspended']} suspended, {observers}"
    return f"{on_record}; {network['voting']} with a vote, {rest}."


def _offices(result: Mapping[str, Any]) -> str:
    presides, following, secretary = result["presides"], result["next"], result["secretary"]
    said = "Nobody is known to preside"
    if presides:
        start = f" {since(presides['since'])}" if presides["since"] else ""
        mayor = f" ({presides['mayor']})" if presides["mayor"] else ""
        said = f"{presides['city']}{mayor} presides{start}"
    said += f"; next: {following['city']}" if following else "; next: not on record"
    if following and following["approved"]:
        said += f" ({following['approved']})"
    said += f". Permanent Secretary: {secretary['name'] if secretary else 'not on record'}."
    return said


def _part(part: str, heading: str, items: list[Mapping[str, Any]]) -> list[str]:
    lines = [f"{heading}: {len(items) or 'nothing'}"]
    for item in items[:SHOWN]:
        day = (item["on"] or "").ljust(10)
        who = f" ({item['who']})" if item["who"] else ""
        lines += wrapped(f"{item['what']}{who}", " " * 14, f"  {day}  ")
        lines += wrapped(item["command"], " " * 16, " " * 14)
    if len(items) > SHOWN:
        lines += wrapped(f"and {len(items) - SHOWN} more: {MORE[part]}", " " * 14)
    return lines


def _duties(result: Mapping[str, Any]) -> list[str]:
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


def _duty(duty: Mapping[str, Any]) -> list[str]:
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


def _coverage(result: Mapping[str, Any]) -> list[str]:
    counts = result["counts"]
    lines = wrapped(
        f"{counts['sentences']} sentences of the statutes: {counts['ruled']} under a rule, "
        f"{counts['unruled']} with the reason why none can judge them; {counts['rules']} rules."
    )
    for title, names in (
        ("Named, but no rule", result["missing"]),
        ("Rules of no sentence", result["unnamed"]),
    ):
        lines += ["", *wrapped(f"{title}: {', '.join(names) or 'none'}.", "  ", "")]
    for article in result["articles"]:
        lines += ["", *wrapped(f"{article['id']}  {article['title']}", "       ", "")]
        for sentence in article["sentences"]:
            said = ", ".join(sentence["rules"]) or f"no rule: {sentence['why_no_rule']}"
            lines += wrapped(said, " " * 12, f"  {sentence['id']:<8}  ")
    return lines


def _plan(result: Mapping[str, Any]) -> list[str]:
    where = result["summit"] or "not convened"
    lines = wrapped(f"Annual Summit of {result['year']}: {where}; host {result['host'] or 'open'}.")
    for step in result["steps"]:
        due = (step["due"] or "").ljust(10)
        lines += wrapped(f"{step['state']}: {step['what']}", " " * 14, f"  {due}  ")
        lines.append(visible(f"{' ' * 14}{step['command']}"))
    if result["ceremony"]:
        lines += ["", *wrapped(f"To sign at it: {', '.join(result['ceremony'])}.")]
    return lines


def _observers(result: Mapping[str, Any]) -> list[str]:
    rows = [
        (o["id"], o["name"], o["state"], o["requested"] or "", ", ".join(o["invited_to"]))
        for o in result["observers"]
    ]
    return _columns(("id", "name", "state", "requested", "invited to"), rows)


def _groups(result: Mapping[str, Any]) -> list[str]:
    rows = [
        (g["id"], g["leader"] or "not on record", g["until"] or "", _programme(g))
        for g in result["groups"]
    ]
    return _columns(("group", "leader", "until", "programme"), rows)


def _programme(group: Mapping[str, Any]) -> str:
    return str(group["programme"] or ("submitted" if group["submitted"] else "none"))


def _columns(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    from b40cli.render.screen_parts import table

    return table(heads, rows) if rows else ["none on record"]


TELLERS: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "status": _status,
    "duty list": _duties,
    "statutes coverage": _coverage,
    "summit plan": _plan,
    "observer list": _observers,
    "group list": _groups,
}
