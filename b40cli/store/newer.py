"""Registers that a later version of the tool has taken further than this one can judge."""

from __future__ import annotations

from typing import Any

from b40cli import __version__
from b40cli.model.errors import UnreadableError
from b40cli.model.facts.statutes import KNOWN_SETS


def without_schema(data: bytes) -> Any:
    """A record as its YAML gives it; None where it is none."""
    from b40cli.store.yaml.defect import YamlDefect
    from b40cli.store.yaml.dialect import parse

    try:
        return parse(data)
    except YamlDefect:
        return None


def newer_than_known(record: Any) -> UnreadableError | None:
    """Why a register with this record of rule sets cannot be judged by this version, if so."""
    listed = record.get("rule_sets") if isinstance(record, dict) else None
    entries = [e for e in listed if isinstance(e, dict)] if isinstance(listed, list) else []
    known = max(KNOWN_SETS)
    unknown = [e for e in entries if type(e.get("number")) is int and e["number"] > known]
    return _refusal(unknown[-1], known) if unknown else None


def _refusal(entry: dict[str, Any], known: int) -> UnreadableError:
    number, named = entry["number"], str(entry.get("version", ""))
    return UnreadableError(
        f"This register is judged by rule set {number}; b40 {__version__} knows the sets up to "
        f"{known}.",
        f"Install {_version(named)}, then repeat; nothing was judged and nothing written.",
    )


def _version(named: str) -> str:
    """The version that the entry names, where it can be the one that is wanted."""
    steps = named.split(".")
    if all(step.isdecimal() for step in steps) and [*map(int, steps)] > _own():
        return f"b40 {named} or later"
    return f"a later version of b40 than {__version__}"


def _own() -> list[int]:
    return [int(step) for step in __version__.split(".") if step.isdecimal()]
