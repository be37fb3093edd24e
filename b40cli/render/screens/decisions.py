"""Decisions, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.render.findings import wrapped
from b40cli.render.screen_parts import listed

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Decisions, WhatIf


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


def what_if(answer: Answer[WhatIf]) -> list[str]:
    """What it is, what it would be, and how few ballots would have turned it."""
    result, majority = answer.result, answer.result["count"].get("majority") or {}
    would = (
        f"would be {result['then']}" if result["changes"] else f"would still be {result['then']}"
    )
    lines = wrapped(f"{result['id']} is {result['state']}; so it {would}.")
    if "required" in majority:
        said = f"{majority['for']} for, {majority['required']} needed of {majority['base']}"
        lines += wrapped(f"Majority: {said}, {majority['kind']}.", "  ")
    turned = result["smallest"]
    lines += wrapped(f"Smallest change that turns it: {turned or 'none that moves ballots'}.", "  ")
    return lines
