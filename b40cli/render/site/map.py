"""The map: outlines cut once, a dot a city, names where they do not cross; all in whole numbers.

Units are tenths of a frame 1000 wide. Outlines take no position on the status of any territory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from b40cli.render.site.markup import Markup, tag

DOT, CAPITAL_DOT = 32, 52
# A name is about so wide and high, at 13 pixels of the system's letters.
LETTER, TALL, AWAY = 69, 130, 62
FAR = (0, 130, 240, 380)
# Where a name may stand, best first: right, left, above, below, and between.
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
CAPTION = (
    "Outlines: Natural Earth, public domain; they take no position on the status of any territory. "
    "Places: GeoNames, CC BY 4.0."
)


class Spot(NamedTuple):
    """A city on the map."""

    name: str
    x: int
    y: int
    presides: bool


class Box(NamedTuple):
    """A rectangle that is taken."""

    left: int
    top: int
    right: int
    bottom: int

    def crosses(self, other: Box) -> bool:
        """Whether the two share a point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Name(NamedTuple):
    """Where a name stands; `far` where a line leads to it."""

    spot: Spot
    x: int
    y: int
    anchor: str
    box: Box
    far: bool


@cache
def _outlines() -> Any:
    return json.loads((files("b40cli.render.site") / "outlines.json").read_text("utf-8"))


@cache
def _places() -> Mapping[int, tuple[int, int]]:
    lines = (files("b40cli.render.site") / "places.csv").read_text("utf-8").splitlines()[2:]
    return {int(place): (int(x), int(y)) for place, x, y in (line.split(",") for line in lines)}


def spots(cities: Iterable[tuple[str, int | None, bool]]) -> list[Spot]:
    """The cities whose place is known and lies in the frame; each as name, place, presides."""
    known = _places()
    return [
        Spot(name, *known[place], presides)
        for name, place, presides in cities
        if place is not None and place in known
    ]


def drawn(cities: Sequence[Spot], title: str, *, named: bool = True) -> Markup:
    """The whole map; a reader that does not see it is told its title and finds the list below."""
    outlines = _outlines()
    names = placed(cities) if named else []
    return tag(
        "svg",
        tag("title", title, id="map-title"),
        tag("path", class_="land", d=outlines["land"]),
        [tag("path", class_="region", d=path) for path in outlines["region"].values()],
        [_leader(name) for name in names if name.far],
        [_dot(spot) for spot in cities],
        [_label(name) for name in names],
        viewBox=f"0 0 {outlines['width']} {outlines['height']}",
        role="img",
        aria_labelledby="map-title",
        class_="map",
    )


def _dot(spot: Spot) -> Markup:
    kind = "dot presides" if spot.presides else "dot"
    radius = CAPITAL_DOT if spot.presides else DOT
    return tag("circle", class_=kind, cx=str(spot.x), cy=str(spot.y), r=str(radius))


def _label(name: Name) -> Markup:
    kind = "name presides" if name.spot.presides else "name"
    return tag(
        "text", name.spot.name, class_=kind, x=str(name.x), y=str(name.y), text_anchor=name.anchor
    )


def _leader(name: Name) -> Markup:
    end = {"start": name.box.left, "end": name.box.right}.get(name.anchor, name.x)
    y = (name.box.top + name.box.bottom) // 2
    return tag("path", class_="leader", d=f"M{name.spot.x} {name.spot.y}L{end} {y}")


def placed(cities: Sequence[Spot]) -> list[Name]:
    """A name for each city where one fits without crossing another or a dot; crowded ones first."""
    taken = [_around(spot) for spot in cities]
    names: list[Name] = []
    for spot in sorted(cities, key=lambda spot: (-_neighbours(spot, cities), spot.name)):
        free = (
            name
            for name in _choices(spot)
            if _inside(name.box)
            and not any(name.box.crosses(box) for box in taken if box != _around(spot))
        )
        found = next(free, None)
        if found is not None:
            names.append(found)
            taken.append(found.box)
    return names


def _around(spot: Spot) -> Box:
    return Box(spot.x - DOT, spot.y - DOT, spot.x + DOT, spot.y + DOT)


def _neighbours(spot: Spot, cities: Sequence[Spot]) -> int:
    return sum(abs(o.x - spot.x) < 500 and abs(o.y - spot.y) < 300 for o in cities)


def _inside(box: Box) -> bool:
    outlines = _outlines()
    return (
        box.left > 0
        and box.top > 0
        and box.right < outlines["width"]
        and (box.bottom < outlines["height"])
    )


def _choices(spot: Spot) -> Iterator[Name]:
    """Every place a name may have, the nearest first."""
    wide = LETTER * len(spot.name)
    for further in FAR:
        for across, down in SIDES:
            x = spot.x + across * (AWAY + further)
            middle = spot.y + down * ((AWAY + TALL // 2) * bool(across == 0 or further) + further)
            anchor = {1: "start", -1: "end", 0: "middle"}[across]
            left = {1: x, -1: x - wide, 0: x - wide // 2}[across]
            box = Box(left, middle - TALL // 2, left + wide, middle + TALL // 2)
            yield Name(spot, x, middle + TALL * 35 // 100, anchor, box, further > 0)
