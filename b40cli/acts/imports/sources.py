"""The sources a file cites: keys that are listed, and plain words that become a listed source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

KEY = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
ADDRESS = re.compile(r"https?://\S+")
LONGEST_KEY = 60


class Cited:
    """The sources known, and those a file adds; `added` holds the latter by key."""

    def __init__(self, known: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        self.added: dict[str, Any] = {key: dict(source) for key, source in told.items()}
        self._keys = {str(source.get("what")): key for key, source in {**known, **told}.items()}
        self._taken = {*known, *told}

    def cell(self, text: str) -> str | list[str] | None:
        """What a cell cites: nothing, one key, or several parted by `|`."""
        keys = [self.key(part.strip()) for part in text.split("|") if part.strip()]
        return (keys[0] if len(keys) == 1 else keys) if keys else None

    def key(self, text: str) -> str:
        """A key as it stands; of plain words the key under which they are listed from now on."""
        if KEY.fullmatch(text):
            return text
        if text not in self._keys:
            key = self._free(text)
            address = ADDRESS.search(text)
            self.added[key] = {"what": text, **({"url": address[0]} if address else {})}
            self._keys[text] = key
            self._taken.add(key)
        return self._keys[text]

    def in_record(self, record: Any) -> None:
        """Put keys for the plain words in every `source` of a record."""
        if isinstance(record, list):
            for entry in record:
                self.in_record(entry)
        if not isinstance(record, dict):
            return
        for name, value in record.items():
            if name == "source" and isinstance(value, str):
                record[name] = self.key(value)
            elif name == "source" and isinstance(value, list):
                record[name] = [self.key(v) if isinstance(v, str) else v for v in value]
            else:
                self.in_record(value)

    def _free(self, text: str) -> str:
        from b40cli.store.gazetteer import fold

        words = re.sub("[^a-z0-9]+", "-", fold(ADDRESS.sub("", text) or text)).strip("-")
        short = words[:LONGEST_KEY].rsplit("-", 1)[0] if len(words) > LONGEST_KEY else words
        base = short or "source"
        keys = (base, *(f"{base}-{n}" for n in range(2, 10_000)))
        return next(key for key in keys if key not in self._taken)
