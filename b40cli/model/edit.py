"""Edits: what an act would change, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from b40cli.model.finding import Place


class Create(NamedTuple):
    """A new record with the given content."""

    path: str
    record: Mapping[str, Any]


class Put(NamedTuple):
    """Set the value at a place of an existing record; missing parent mappings are made."""

    path: str
    at: Place
    value: Any


class Append(NamedTuple):
    """Add an entry at the end of a list of an existing record; a missing list is made."""

    path: str
    at: Place
    value: Any


class Deposit(NamedTuple):
    """A document: these bytes, and nothing else, in a file that is not there yet."""

    path: str
    data: bytes


Edit = Create | Put | Append | Deposit
