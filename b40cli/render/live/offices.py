"""Offices at a terminal: the committee as a table of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.render.live.sheet import (
    BOLD,
    DIM,
    YELLOW,
    ScreenLine,
    Styled,
    bold,
    columns,
    day_in_words,
    dim,
    flow,
    line,
    spread,
)

if TYPE_CHECKING:
    from b40cli.model.results.offices import CommitteeShown, SeatRow

SEATS = {
    "president": "President",
    "former": "Former President",
    "next": "Next President",
}


def seat_in_words(seat: str) -> str:
    """A seat by its word: the four elected ones are one."""
    return SEATS.get(seat, "Elected" if seat.startswith("elected") else seat)


def committee(answer: Answer[CommitteeShown], width: int) -> list[ScreenLine]:
    """The seven seats: people first, then cities; below, who presides and what is not whole."""
    result = answer.result
    presidency = result["presidency"]
    title = f"Executive Committee of {presidency['year'] if presidency else result['on'][:4]}"
    lines = spread(line(bold(title)), line(dim(day_in_words(result["on"]))), width)
    filled = sum(seat["state"] == "filled" for seat in result["seats"])
    lines += flow(
        f"{filled} of {len(result['seats'])} seats filled{answer.beside['more']()}", width
    )
    heads = [dim(head) for head in ("Seat", "Person", "City", "Since", "By")]
    rows = [heads, *(_seat(seat, answer) for seat in result["seats"])]
    lines += [(), *columns(rows, width)]
    if not result["complete"]:
        said = "The list of the committee is not complete: this is what is on record."
        lines += [(), *flow(said, width, style=DIM)]
    return lines


def _seat(seat: SeatRow, answer: Answer[CommitteeShown]) -> list[Styled]:
    beside, city = answer.beside, seat["city"]
    where = beside["name"](city) if city else seat["state"]
    return [
        Styled(seat_in_words(seat["seat"]), BOLD if seat["seat"] == "president" else ""),
        Styled(beside["head"](city) or "not on record" if city else ""),
        Styled(where, "" if city else YELLOW),
        Styled(seat["since"] or ""),
        dim(_ground(seat["ground"])),
    ]


def _ground(ground: str | None) -> str:
    """The decision by its id; a handover by its word."""
    if ground is None:
        return ""
    return "handover" if ground.startswith("presidencies/") else ground
