"""The votes of a decision as they are drawn, and the line that was needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.render.site.markup import Markup, joined, tag

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedDecision

SIDES = ("for", "against", "abstain")
SAID = {"for": "for", "against": "against", "abstain": "abstained"}
# A square with its gap.
WIDE = 28


def cast_of(decision: PublishedDecision) -> list[tuple[str, int]]:
    """How many were for, against and abstained."""
    counts = (decision["for"], decision["against"], decision["abstain"])
    return [(side, many or 0) for side, many in zip(SIDES, counts, strict=True)]


def strip(decision: PublishedDecision) -> Markup | None:
    """The votes as a strip; the table beside it has the same in numbers."""
    cast = cast_of(decision)
    total = sum(many for _side, many in cast)
    if decision["for"] is None or not total:
        return None
    parts, at = [], 0
    for side, many in cast:
        if many:
            left, wide = at * 1200 // total, many * 1200 // total
            parts.append(_block(side, left + 4, 34, max(wide - 8, 4), 52, "12"))
            at += many
    if decision["required"] is not None:
        x = str(min(decision["required"], total) * 1200 // total)
        parts.append(tag("path", class_="needed", d=f"M{x} 10V110", stroke_width="24"))
    return tag("svg", parts, class_="strip-bar", viewBox="0 0 1200 120", aria_hidden="true")


def _block(side: str, x: int, y: int, wide: int, high: int, line: str) -> Markup:
    return tag(
        "rect",
        class_=f"b-{side}",
        x=str(x),
        y=str(y),
        width=str(wide),
        height=str(high),
        stroke_width=None if side == "for" else line,
    )


def bar(decision: PublishedDecision) -> Markup | None:
    """One square a ballot, the needed line across them; above 60 ballots, one for several."""
    cast = [(side, many) for side, many in cast_of(decision) if many]
    total = sum(many for _side, many in cast)
    if decision["for"] is None or not total:
        return None
    each = -(-total // 60)
    drawn, at = [], 0
    for side, many in cast:
        shown = -(-many // each)
        drawn += [_block(side, (at + n) * WIDE + 1, 30, 24, 24, "1.5") for n in range(shown)]
        drawn.append(tag("text", f"{many} {SAID[side]}", x=str(at * WIDE), y="20"))
        at += max(shown, 4)
    return tag(
        "svg",
        tag("title", _told(decision, each), id="bar-title"),
        drawn,
        _needed(decision["required"], total, each),
        class_="bar",
        viewBox=f"0 0 {max(at * WIDE, 220)} 92",
        role="img",
        aria_labelledby="bar-title",
    )


def _told(decision: PublishedDecision, each: int) -> str:
    """What the bar shows, for who does not see it."""
    votes = ", ".join(f"{many} {SAID[side]}" for side, many in cast_of(decision))
    needed = decision["required"]
    told = f"{votes}; {needed} needed." if needed is not None else f"{votes}."
    return f"{told} One square stands for {each} ballots." if each > 1 else told


def _needed(needed: int | None, total: int, each: int) -> Markup | None:
    if needed is None:
        return None
    x = min(needed, total) * WIDE // each - 1
    anchor = "middle" if x > 60 else "start"
    return joined(
        tag("path", class_="needed", d=f"M{x} 24V66"),
        tag("text", f"{needed} needed", class_="need", x=str(x), y="84", text_anchor=anchor),
    )
