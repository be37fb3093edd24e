"""Decisions, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.render.screen_parts import listed

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Decisions


def decisions(answer: Answer[Decisions]) -> list[str]:
    """The decisions on record, with the state each was in."""
    return listed(
        ("id", "matter", "subject", "state", "closed"),
        (
            (
                row["id"],
                row["matter"],
                row["subject"],
                "annulled" if row["annulled"] else row["state"],
                row["closed"],
            )
            for row in answer.result["decisions"]
        ),
    )
