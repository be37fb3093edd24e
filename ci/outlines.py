"""Cut the map of the public site once: outlines of the region, and where its places lie on them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python ci/outlines.py package/countries-50m.json gazetteer.csv b40cli/render/site

The first file is Natural Earth (public domain) as TopoJSON, the second GeoNames (CC BY 4.0) with
latitude and longitude. What is written are whole numbers, tenths of a unit of a frame 1000 wide, so
that nothing is projected when a site is built. Lambert's conformal projection, parallels 37 and 46.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, log, pi, radians, sin, tan
from pathlib import Path
from typing import Any

Point = tuple[float, float]
# By the numbers of ISO 3166-1; the data have none for Kosovo*, which they call Kosovo.
REGION = {
    "008": "AL",
    "070": "BA",
    "100": "BG",
    "191": "HR",
    "300": "GR",
    "499": "ME",
    "807": "MK",
    "642": "RO",
    "688": "RS",
    "705": "SI",
    "792": "TR",
}
WEST, EAST, SOUTH, NORTH = 12.2, 33.4, 34.6, 48.4
MERIDIAN, LOWER, UPPER = radians(23), radians(37), radians(46)
WIDTH = 1000
# How far a point may lie off the line and be left out, and the least extent of an island, in units.
COARSE, SMALL = 0.55, 1.6


def _cone(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


N = log(cos(LOWER) / cos(UPPER)) / log(_cone(UPPER) / _cone(LOWER))
F = cos(LOWER) * _cone(LOWER) ** N / N


def projected(point: Sequence[float]) -> Point:
    """A place in degrees on the plane; y grows to the south."""
    longitude, latitude = radians(point[0]), radians(point[1])
    rho = F / _cone(latitude) ** N
    angle = N * (longitude - MERIDIAN)
    return rho * sin(angle), rho * cos(angle)


LEFT, RIGHT = projected((WEST, 42))[0], projected((EAST, 42))[0]
TOP, BOTTOM = projected((23, NORTH - 1.2))[1], projected((23, SOUTH))[1]
SCALE = WIDTH / (RIGHT - LEFT)
HEIGHT = round((BOTTOM - TOP) * SCALE)


def placed(point: Sequence[float]) -> Point:
    """A place in units of the frame."""
    x, y = projected(point)
    return (x - LEFT) * SCALE, (y - TOP) * SCALE


def arcs_of(topology: Any) -> list[list[Point]]:
    """Every arc, decoded, projected and thinned: neighbours share theirs, so borders still meet."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, min(max(y * ky + dy, -80), 84)))
        found.append(thinned([placed(point) for point in points]))
    return found


def thinned(line: list[Point]) -> list[Point]:
    """The line without the points that lie closer to it than COARSE (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    far, at = -1.0, 0
    for n, (x, y) in enumerate(line[1:-1], 1):
        off = (
            abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            if length
            else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
        )
        if off > far:
            far, at = off, n
    if far < COARSE:
        return [line[0], line[-1]]
    return [*thinned(line[: at + 1])[:-1], *thinned(line[at:])]


def rings(geometry: Any, arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """The rings of a country."""
    groups = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in groups:
        for ring in polygon:
            points: list[Point] = []
            for n in ring:
                arc = arcs[n] if n >= 0 else arcs[~n][::-1]
                points += arc[1:] if points else arc
            yield points


def clipped(ring: list[Point]) -> list[Point]:
    """What of a ring lies in the frame, with a margin (Sutherland and Hodgman)."""
    for axis, limit, keep in ((0, -2, 1), (0, WIDTH + 2, -1), (1, -2, 1), (1, HEIGHT + 2, -1)):
        inside: list[Point] = []
        for one, two in pairwise([*ring, ring[0]] if ring else []):
            first, second = keep * (one[axis] - limit) >= 0, keep * (two[axis] - limit) >= 0
            if first:
                inside.append(one)
            if first != second:
                part = (limit - one[axis]) / (two[axis] - one[axis])
                inside.append(
                    (one[0] + part * (two[0] - one[0]), one[1] + part * (two[1] - one[1]))
                )
        ring = inside
    return ring


def path(geometries: list[Any], arcs: list[list[Point]]) -> str:
    """An SVG path in whole tenths, each ring closed."""
    parts = []
    for geometry in geometries:
        for ring in rings(geometry, arcs):
            cut = clipped(ring)
            if len(cut) > 2 and _extent(cut) > SMALL:
                steps = [f"{round(x * 10)} {round(y * 10)}" for x, y in cut]
                parts.append("M" + "L".join(dict.fromkeys(steps)) + "Z")
    return "".join(parts)


def _extent(ring: list[Point]) -> float:
    xs, ys = zip(*ring, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys))


def main(atlas: str, gazetteer: str, folder: str) -> None:
    """Write outlines.json and places.csv."""
    topology = json.loads(Path(atlas).read_text("utf-8"))
    arcs = arcs_of(topology)
    region: dict[str, list[Any]] = {}
    others = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry.get("properties", {}).get("name")
        code = "XK" if name == "Kosovo" else REGION.get(str(geometry.get("id")))
        if code:
            region.setdefault(code, []).append(geometry)
        elif geometry["type"] is not None:
            others.append(geometry)
    paths = {code: path(found, arcs) for code, found in sorted(region.items())}
    made = {
        "about": "Natural Earth, public domain, through world-atlas 2.0.2; cut by ci/outlines.py",
        "width": WIDTH * 10,
        "height": HEIGHT * 10,
        "region": paths,
        "land": path(others, arcs),
    }
    Path(folder, "outlines.json").write_text(json.dumps(made, indent=0) + "\n", "utf-8")
    lines = ["# GeoNames, geonames.org, CC BY 4.0; tenths of a unit of outlines.json", "place,x,y"]
    codes = {*REGION.values(), "XK"}
    with Path(gazetteer).open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(line for line in opened if not line.startswith("#")):
            x, y = placed((float(row["longitude"]), float(row["latitude"])))
            if row["country"] in codes and 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
                lines.append(f"{row['geonameid']},{round(x * 10)},{round(y * 10)}")
    Path(folder, "places.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
