"""What a record names: each reference with its place and the path it points to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from b40cli.model.facts.committee import UNKNOWN
from b40cli.model.facts.decision import SIDES, path_of
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, Ref, ref_of

Reference = tuple[Place, str]
LocatedMapping = tuple[Place, Mapping[str, Any]]

DECISION_KEYS = frozenset(
    {
        "outcome",
        "by",
        "lifted_by",
        "ended_by",
        "approved",
        "candidates",
        "annuls",
        "removal",
        "decision",
        "agenda",
        "retracted",
    }
)
MEETING_KEYS = frozenset({"meeting", "ceremony", "summit", "at"})
CITY_KEYS = frozenset({"city", "member", "principal", "holder", "chair"})
CITY_LISTS = frozenset({"present", "requested_by", "entitled", "signed_by", "succeeds"})
SERIES = ("GA-", "EC-", "PR-", "MI-")
DECISION_LISTS = frozenset({"motions", "decisions", "former_removals"})
LISTS = CITY_LISTS | DECISION_LISTS | frozenset(SIDES)
ELSEWHERE = frozenset({"ground", "group", "subject", "corrects", "path"})
NAMING = DECISION_KEYS | MEETING_KEYS | CITY_KEYS | ELSEWHERE
# What else rules look for all over a record: on what it rests, and where something ends.
TOLD = frozenset({"source", "sha256", "until", "closes", "ends"})


class Walk(NamedTuple):
    """A record walked through: its mappings, the record itself first; what may name a record, each
    with the place of its mapping; and the mappings that tell certain things, by the key of it."""

    mappings: list[LocatedMapping]
    naming: list[tuple[Place, str, Any]]
    telling: Mapping[str, list[LocatedMapping]]


def references(path: str, data: Mapping[str, Any]) -> Iterator[Reference]:
    """Every reference in a record; sources are looked up elsewhere."""
    if path.startswith(f"{ROOT}statutes/"):
        return
    for at, key, value in _walk(data).naming:
        if type(value) is list:
            yield from _in_list(key, value, (*at, key))
        elif (target := _of_text(key, value, (*at, key), path)) is not None:
            yield (*at, key), target


def mappings(data: Mapping[str, Any]) -> list[LocatedMapping]:
    """Every mapping in a record with its place, the record itself first."""
    return _walk(data).mappings


def telling(data: Mapping[str, Any], key: str) -> list[LocatedMapping]:
    """The mappings that hold a text under one of the keys `TOLD`, or several sources."""
    return _walk(data).telling.get(key, [])


def _walk(data: Mapping[str, Any]) -> Walk:
    if not _WALKED or _WALKED[0][0] is not data:
        _WALKED[:] = [(data, _walked(data))]
    return _WALKED[0][1]


# The record walked last: one rule after another asks for the same.
_WALKED: list[tuple[Mapping[str, Any], Walk]] = []


def _walked(data: Mapping[str, Any]) -> Walk:
    found: list[LocatedMapping] = [((), data)]
    naming: list[tuple[Place, str, Any]] = []
    told: dict[str, list[LocatedMapping]] = {}
    # The list grows while it is read: that is the whole walk.
    for at, mapping in found:
        for key, value in mapping.items():
            kind = type(value)
            if kind is str:
                if key in NAMING:
                    naming.append((at, key, value))
                elif key in TOLD:
                    told.setdefault(key, []).append((at, mapping))
            elif kind is dict:
                found.append(((*at, key), value))
            elif kind is list:
                inner = enumerate(value)
                found += [((*at, key, n), entry) for n, entry in inner if type(entry) is dict]
                if key in LISTS:
                    naming.append((at, key, value))
                elif key == "source":
                    told.setdefault(key, []).append((at, mapping))
    return Walk(found, naming, told)


@lru_cache(maxsize=1 << 12)
def _city(name: str) -> str:
    """Its file: every vote names the same few."""
    return Ref("members", name).path


def _in_list(key: str, values: list[Any], at: Place) -> Iterator[Reference]:
    if key in CITY_LISTS or (key in SIDES and at[0] == "ballots"):
        for n, value in enumerate(values):
            yield (*at, n), _city(value)
    elif key in DECISION_LISTS:
        for n, value in enumerate(values):
            if type(value) is str:
                yield (*at, n), path_of(value)


def _of_text(key: str, value: str, at: Place, path: str) -> str | None:
    if key in DECISION_KEYS and value.startswith(SERIES):
        return path_of(value)
    if key == "ground":
        return path_of(value) if value.startswith(SERIES) else ref_of(value).path
    if key in MEETING_KEYS and value[:2].isdigit() and value[10:11] == "-":
        return Ref("meetings", value).path
    if key in CITY_KEYS and value != UNKNOWN and _names_a_member(at, path):
        return _city(value)
    if key == "group":
        return Ref("groups", value).path
    if key in ("subject", "corrects") and len(at) == 1:
        return ref_of(value).path
    return f"{ROOT}{value}" if key == "path" and value.startswith("evidence/") else None


def _names_a_member(at: Place, path: str) -> bool:
    """A meeting's own `city` is where it is held, a headquarters is a place, and readings turn a
    result: one of INT-24 is called `city`."""
    if at == ("city",) and ref_of(path).kind == "meetings":
        return False
    return at[0] not in ("headquarters", "readings")
