"""Members and applications, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.render.findings import since, wrapped
from b40cli.render.screen_parts import listed, table, tree

if TYPE_CHECKING:
    from b40cli.model.results.members import (
        Applications,
        MandateRow,
        MemberRow,
        Members,
        MemberShown,
    )


def members(answer: Answer[Members]) -> list[str]:
    """Every local government on record, with its standing, or with who heads it."""
    if any("mandate" in row for row in answer.result["members"]):
        return _mandates(answer.result["members"])
    return listed(
        ("id", "name", "standing", "since", "basis"),
        (
            (row["id"], row["name"], row["standing"], row["since"], row["basis"])
            for row in answer.result["members"]
        ),
    )


def _mandates(rows: list[MemberRow]) -> list[str]:
    told = ((row, row.get("mandate")) for row in rows)
    return listed(
        ("id", "name", "mayor", "from", "until", "state"),
        (
            (row["id"], row["name"], m["mayor"], m["from"], m["until"], _state(m))
            if m
            else (row["id"], row["name"], None, None, None, "not on record")
            for row, m in told
        ),
    )


def _state(mandate: MandateRow) -> str:
    if mandate["lapsed"]:
        return "lapsed"
    return "" if mandate["capacity"] == "mayor" else "acting"


def applications(answer: Answer[Applications]) -> list[str]:
    """Applications, and what had come of them."""
    return listed(
        ("id", "name", "received", "state", "outcome"),
        (
            (row["id"], row["name"], row["received"], row["state"], row["outcome"])
            for row in answer.result["applications"]
        ),
    )


def member(answer: Answer[MemberShown]) -> list[str]:
    """One member in a sentence, then its record."""
    result = answer.result
    start, mayor = result["since"], result["mayor"]
    said = [f"{result['name']} ({result['id']}, {result['country']}): {result['standing']}"]
    said += [since(start)] if start else []
    said += [] if start and start.startswith("by ") else [result["basis"]]
    said += ["suspended"] if result["suspended"] else []
    led = f"{mayor['capacity'].replace('-', ' ').capitalize()}: {mayor['name']}." if mayor else ""
    head = [*wrapped(f"{', '.join(said)}. {led}".strip()), ""]
    times = [
        (
            i["from"],
            i["until"],
            f"{i['standing']}{', suspended' if i['suspended'] else ''}",
            i["ground"],
        )
        for i in result["intervals"]
    ]
    if len(times) > 1:
        head += [*table(("from", "until", "standing", "by"), times), ""]
    return [*head, *tree(result["record"])]
