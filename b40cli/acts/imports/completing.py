"""What a row adds to a record that is there already: what was missing, never another value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.edit import Append, Edit, Put
from b40cli.model.facts.committee import UNKNOWN

# What names an entry of a list, so that a further one is told from one that says more.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "mayors": ("name", "capacity", "from"),
    "leaders": ("city", "from"),
    "experts": ("name",),
    "programmes": ("year",),
    "seats": ("seat", "from"),
    "invitations": ("on",),
    "vacancies": ("from",),
    "names": ("name",),
    "former_names": ("name",),
    "appointments": ("name", "from"),
    "declined": ("city",),
    "delegations": ("member",),
}


def additions(
    path: str, held: Mapping[str, Any], told: Mapping[str, Any]
) -> tuple[list[Edit], list[str]]:
    """The edits that complete a record, and the places where it says something else."""
    edits: list[Edit] = []
    otherwise: list[str] = []
    for key, value in told.items():
        if key not in held:
            edits.append(Put(path, (key,), value))
        elif key in NAMED_BY and isinstance(held[key], list) and isinstance(value, list):
            for edit in _entries(path, key, held[key], value):
                otherwise += [edit] if isinstance(edit, str) else []
                edits += [] if isinstance(edit, str) else [edit]
        elif key == "contact":
            edits += [Put(path, (key, k), v) for k, v in value.items() if k not in held[key]]
            otherwise += [f"{key}.{k}" for k, v in value.items() if held[key].get(k, v) != v]
        elif held[key] != value and not _by_default(key, value):
            otherwise += _apart(key, held[key], value)
    return edits, otherwise


def _apart(key: str, held: Any, told: Any) -> list[str]:
    """The places of a fact that say something else, down to what a correction can name."""
    if not (isinstance(held, Mapping) and isinstance(told, Mapping)):
        return [key]
    return [f"{key}.{k}" for k in told if held.get(k) != told[k]] or [key]


def _by_default(key: str, value: Any) -> bool:
    """A figure that only the gazetteer gives does not contradict another one."""
    return key == "population" and isinstance(value, Mapping) and value["source"] == "gazetteer"


def _entries(path: str, key: str, held: list[Any], told: list[Any]) -> Iterator[Edit | str]:
    for entry in told:
        at = next((n for n, h in enumerate(held) if _is_that(key, h, entry)), None)
        if at is None:
            yield Append(path, (key,), entry)
            continue
        unknown = held[at].get("city") == UNKNOWN
        for name, value in entry.items():
            if held[at].get(name) == value:
                continue
            if name in held[at] and not (unknown and name in ("city", "source", "note")):
                yield f"{key}.{at}.{name}"
            else:
                yield Put(path, (key, at, name), value)


def _is_that(key: str, held: Any, told: Any) -> bool:
    return all(held.get(name) == told.get(name) for name in NAMED_BY[key])
