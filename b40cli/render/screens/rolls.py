"""Who is a member, who votes, and whether they are enough, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import wrapped

if TYPE_CHECKING:
    from b40cli.model.results.rolls import QuorumShown, RollShown


def roll(answer: Answer[RollShown]) -> list[str]:
    """The roll of a day; what is missing from it, where the list is not whole."""
    result = answer.result
    members = result["members"]
    there = counted(len(members), "member")
    voting = len(result["voting"])
    lines = wrapped(f"Roll on {result['on']}: {there} on record, {voting} with a vote.")
    if not result["complete"]:
        lines += wrapped(
            f"The list is not complete: {result['reported'] or 'an unknown number of'} members "
            "are reported. Nothing may be counted from it."
        )
    lines += ["", *wrapped(", ".join(members) or "nobody", "  ")]
    for title, listed in (("Suspended", result["suspended"]), ("Observers", result["observers"])):
        if listed:
            lines += ["", f"{title}:", *wrapped(", ".join(listed), "  ")]
    return lines


def quorum(answer: Answer[QuorumShown]) -> list[str]:
    """Whether they are enough, and who could still come."""
    result = answer.result
    where = f"in {result['meeting']}" if result["meeting"] else f"if it met on {answer.on}"
    if not result["complete"]:
        lines = wrapped(
            f"Quorum {where}: undetermined, because {answer.beside['why']}. "
            f"{result['entitled']} are on record."
        )
        return [*lines, "No number is computed from an incomplete list."]
    lacking = f"not met, {result['missing']} more needed"
    lacking = lacking if result["meeting"] else f"{result['missing']} would be needed"
    met = "met" if result["met"] else lacking
    lines = wrapped(
        f"Quorum {where}: {met}. {result['entitled']} entitled, {result['required']} required, "
        f"{result['counted']} counted ({result['present']} present, {result['represented']} "
        "represented)."
    )
    foreseen, free = result["foreseen"], answer.beside.get("could_come")
    if foreseen is not None and result["meeting"]:
        still = f"{foreseen['missing']} still missing" if foreseen["missing"] else "enough"
        lines += wrapped(
            f"Foreseen: {foreseen['counted']} ({counted(foreseen['present'], 'delegation')}, "
            f"{foreseen['represented']} by proxy): {still}."
        )
    for what, cities in answer.beside.get("declined", {}).items():
        lines += wrapped(f"Declines {what}: {', '.join(cities)}.") if cities else []
    if "why" in answer.beside:
        lines += wrapped(answer.beside["why"])
    if free and not result["met"]:
        lines += ["", "Could still come or give a proxy:", *wrapped(", ".join(free), "  ")]
    return lines
