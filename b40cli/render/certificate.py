"""A certificate as one text file: lines for a reader, the data they are made of, and a seal.

`verifier/verify_certificate.py` makes the same lines from the data by code of its own.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from b40cli.model.designation import starred
from b40cli.render.kosovo import NOTE, designated_data
from b40cli.render.visible import visible

OBJECTS = "Objects"
DATA = "The data of the lines above"
SEAL = "sha256 of the digests: "
DIGITS = 16

# What is proved by its own bytes stands as it is: not a sign is added to it.
AS_IT_IS = ("Decision", "Commit", OBJECTS)


def data_of(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a certificate, as a paper can carry them (JSON): the verifier reads them too."""
    said = {heading: part for heading, part in parts.items() if heading not in AS_IT_IS}
    shown = designated_data(_shown(said))
    kept = {heading: _plain(parts[heading]) for heading in AS_IT_IS}
    data = {heading: (kept if heading in kept else shown)[heading] for heading in parts}
    if "Kosovo" in repr(data):
        first = next(iter(data))
        data[first] = {**data[first], "note": NOTE}
    return data


def file(parts: Mapping[str, Any]) -> str:
    """The whole file; each line of it but the last two has a digest in the last but one."""
    data = data_of(parts)
    rows = [f"{_compact(key)}: {_compact(value)}" for key, value in data.items()]
    told = [starred(line) for heading, part in data.items() for line in _section(heading, part)]
    return _sealed([*told, DATA, "{", *(f"{row}," for row in rows[:-1]), rows[-1], "}"])


def paper(parts: Mapping[str, Any]) -> str:
    """The same as JSON: what a PDF embeds, and `--out FILE.json` writes."""
    return json.dumps(data_of(parts), ensure_ascii=False, indent=1) + "\n"


def _sealed(lines: list[str]) -> str:
    digests = "".join(sha256(line.encode()).hexdigest()[:DIGITS] for line in lines)
    whole = sha256(digests.encode()).hexdigest()
    return "\n".join([*lines, digests, f"{SEAL}{whole}", ""])


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _shown(value: Any) -> Any:
    """Plain data with nothing in it that a terminal obeys; bytes as base64."""
    if isinstance(value, Mapping):
        return {visible(str(key)): _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return "\n".join(map(visible, value.split("\n"))) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """Bytes as base64, the rest as it is: a record and a commit that a page can hold."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _section(heading: str, part: Any) -> Iterator[str]:
    if isinstance(part, str):
        lines = part.removesuffix("\n").split("\n")
        yield from (heading, *(f"  {line}".rstrip() for line in lines), "")
    elif heading != OBJECTS:
        yield from (heading, *_told(part, "  "), "")


def _told(value: Any, lead: str) -> Iterator[str]:
    """Every value on a line under its key."""
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value, 1)
    for key, item in pairs:
        if _is_deep(item):
            yield f"{lead}{key}:"
            yield from _told(item, lead + "  ")
        elif isinstance(item, str) and "\n" in item:
            yield f"{lead}{key}:"
            yield from (f"{lead}  | {line}".rstrip() for line in item.split("\n"))
        elif isinstance(item, list):
            yield f"{lead}{key} ({len(item)}): {', '.join(map(_word, item))}".rstrip()
        else:
            yield f"{lead}{key}: {_word(item)}".rstrip()


def _is_deep(item: Any) -> bool:
    nested = isinstance(item, list) and bool(item) and isinstance(item[0], Mapping)
    return nested or (isinstance(item, Mapping) and bool(item))


def _word(item: Any) -> str:
    return "none" if item is None or item == {} else str(item)
