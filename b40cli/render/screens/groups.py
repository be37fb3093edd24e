"""Working groups and observers, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.render.screen_parts import listed

if TYPE_CHECKING:
    from b40cli.model.results.groups import GroupRow, Groups, Observers


def groups(answer: Answer[Groups]) -> list[str]:
    """The working groups with leader and programme."""
    return listed(
        ("group", "leader", "until", "programme"),
        (
            (row["id"], row["leader"] or "not on record", row["until"], _programme(row))
            for row in answer.result["groups"]
        ),
    )


def _programme(group: GroupRow) -> str:
    return group["programme"] or ("submitted" if group["submitted"] else "none")


def observers(answer: Answer[Observers]) -> list[str]:
    """Who asked, and who is invited to what."""
    return listed(
        ("id", "name", "state", "requested", "invited to"),
        (
            (row["id"], row["name"], row["state"], row["requested"], ", ".join(row["invited_to"]))
            for row in answer.result["observers"]
        ),
    )
