"""The offices for a person at a terminal: presidency, candidacies, plans, the Secretary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from b40cli.render.findings import wrapped
from b40cli.render.screen_parts import table


def _presidency(result: Mapping[str, Any]) -> list[str]:
    lines = wrapped(_presides(result))
    rows = [
        (
            term["year"],
            term["city"] or f"declined: {', '.join(term['declined'])}",
            term["from"] or "",
            term["until"] or "",
            term["approved"] or term["basis"],
        )
        for term in result["terms"]
    ]
    lines += ["", *table(("term", "city", "from", "until", "ground"), rows)]
    for term in result["terms"]:
        if term["departure"]:
            passed, reason = term["departure"]["from"], term["departure"]["reason"]
            lines += wrapped(f"{term['year']} departs from {passed}: {reason}", "  ")
    return lines


def _presides(result: Mapping[str, Any]) -> str:
    if result["vacant"]:
        return (
            f"The presidency is vacant on {result['on']}: the statutes are silent, the Assembly or "
            "the committee decides who stands in (--statutes-silent)."
        )
    mayor = f" ({result['mayor']['name']})" if result["mayor"] else ""
    said = f"{result['president']}{mayor} presides" if result["president"] else "Nobody is known"
    return f"{said} on {result['on']}; next: {result['next'] or 'not on record'}."


def _order(result: Mapping[str, Any]) -> list[str]:
    open_ = "is open" if result["first_round"] else "is over"
    lines = wrapped(
        f"Candidacies for {result['term']}: the first round {open_} (INT-15, {result['reading']})."
    )
    if not result["complete"]:
        lines += wrapped("The list of members is not complete: others may come before.")
    rows = [
        (c["place"], c["city"], c["country"], c["reason"], c["mandate_until"] or "not known")
        for c in result["candidacies"]
    ]
    return [*lines, "", *table(("", "city", "country", "reason", "mandate until"), rows)]


def _plan(result: Mapping[str, Any]) -> list[str]:
    lines = wrapped(f"From {result['on']} to the handover of {result['coming']}:")
    for step in result["steps"]:
        state = f"done, {step['done']}" if step["done"] else "open"
        by = (step["by"] or "").ljust(10)
        lines += wrapped(f"{state}: {step['step']}", " " * 14, f"  {by}  ")
        if not step["done"]:
            lines += wrapped(step["command"], " " * 14)
    return lines


def _committee_plan(result: Mapping[str, Any]) -> list[str]:
    rows = [
        (s["seat"], s["city"] or s["state"], s["ends"], s["by"], _again(s)) for s in result["seats"]
    ]
    lines = [f"The committee from {result['on']} on", ""]
    lines += table(("seat", "held by", "ends", "by", "may be elected"), rows)
    full = ", ".join(result["full"]) or "none"
    lines += ["", *wrapped(f"Countries with their {result['cities_per_country']} cities: {full}.")]
    if not result["complete"]:
        lines += wrapped("The list of the committee is not complete: this is what is on record.")
    return lines


def _again(seat: Mapping[str, Any]) -> str:
    if seat["may_be_elected"] is None:
        return ""
    return "yes" if seat["may_be_elected"] else f"no: {seat['reason']}"


def _secretary(result: Mapping[str, Any]) -> list[str]:
    who = result["secretary"]
    said = f"{who} is Permanent Secretary" if who else "No Permanent Secretary is on record"
    rows = [
        (e["name"], _since(e["from"]), e.get("until", ""), e.get("by") or e.get("source", ""))
        for e in result["appointments"]
    ]
    lines = wrapped(f"{said} on {result['on']}.")
    return [*lines, "", *table(("name", "from", "until", "by"), rows)] if rows else lines


def _since(begins: Any) -> str:
    return f"by {begins['by']}" if isinstance(begins, Mapping) else str(begins)


TELLERS: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "presidency show": _presidency,
    "presidency order": _order,
    "presidency plan": _plan,
    "committee plan": _committee_plan,
    "secretary show": _secretary,
}
