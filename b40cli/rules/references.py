"""What a record names: each reference with its place and the path it points to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.committee import UNKNOWN
from b40cli.model.decision import path_of
from b40cli.model.finding import Place
from b40cli.model.registry import ROOT

Reference = tuple[Place, str]

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
    }
)
MEETING_KEYS = frozenset({"meeting", "ceremony", "summit", "at"})
CITY_KEYS = frozenset({"city", "member", "principal", "holder", "chair"})
CITY_LISTS = frozenset({"present", "requested_by", "entitled"})
SIDES = frozenset({"for", "against", "abstain", "invalid"})
SERIES = ("GA-", "EC-", "PR-", "MI-")


def references(path: str, data: Mapping[str, Any]) -> Iterator[Reference]:
    """Every reference in a record; sources are looked up elsewhere."""
    if path.startswith(f"{ROOT}statutes/"):
        return
    yield from _in_mapping(data, (), path)


def _in_mapping(data: Mapping[str, Any], at: Place, path: str) -> Iterator[Reference]:
    for key, value in data.items():
        if isinstance(value, str):
            yield from _of_text(key, value, (*at, key), path)
        elif isinstance(value, Mapping):
            yield from _in_mapping(value, (*at, key), path)
        elif isinstance(value, list):
            yield from _in_list(key, value, (*at, key), path)


def _in_list(key: str, values: list[Any], at: Place, path: str) -> Iterator[Reference]:
    cities = key in CITY_LISTS or (key in SIDES and at[0] == "ballots")
    for n, value in enumerate(values):
        if isinstance(value, Mapping):
            yield from _in_mapping(value, (*at, n), path)
        elif cities:
            yield (*at, n), f"{ROOT}members/{value}.yaml"
        elif isinstance(value, str) and key in ("motions", "decisions"):
            yield (*at, n), path_of(value)


def _of_text(key: str, value: str, at: Place, path: str) -> Iterator[Reference]:
    if key in DECISION_KEYS and value.startswith(SERIES):
        yield at, path_of(value)
    elif key == "ground":
        yield at, path_of(value) if value.startswith(SERIES) else f"{ROOT}{value}.yaml"
    elif key in MEETING_KEYS and value[:2].isdigit() and value[10:11] == "-":
        if "T" not in value:
            yield at, f"{ROOT}meetings/{value}.yaml"
    elif key in CITY_KEYS and value != UNKNOWN and _names_a_member(at, path):
        yield at, f"{ROOT}members/{value}.yaml"
    elif key == "subject" and at == ("subject",):
        yield at, f"{ROOT}{value}.yaml"
    elif key == "path" and value.startswith("evidence/"):
        yield at, f"{ROOT}{value}"


def _names_a_member(at: Place, path: str) -> bool:
    """A meeting's own `city` is where it is held, and a headquarters is a place."""
    return not (at == ("city",) and path.startswith(f"{ROOT}meetings/")) and at[0] != "headquarters"
