"""Where the facts of a state come from: records by path, one of them perhaps another than kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol


class Records(Protocol):
    """Where a registry's records come from; the store gives one, a test a plain dict."""

    def __contains__(self, path: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __getitem__(self, path: str) -> Any: ...
    def version(self, path: str) -> str:
        """What changes whenever the bytes change."""

    def naming(self, reference: str) -> Iterator[str]:
        """The paths of records whose text contains the reference."""


class Overlaid:
    """Records of which one is another than it is kept."""

    def __init__(self, records: Records, path: str, data: Mapping[str, Any]) -> None:
        self.records = records
        self.path = path
        self.data = data

    @cached_property
    def _text(self) -> str:
        return repr(self.data)

    def __contains__(self, path: object) -> bool:
        return path == self.path or path in self.records

    def __iter__(self) -> Iterator[str]:
        yield from (path for path in self.records if path != self.path)
        yield self.path

    def __getitem__(self, path: str) -> Any:
        return self.data if path == self.path else self.records[path]

    def version(self, path: str) -> str:
        """The other record's content, or what the records below say."""
        return self._text if path == self.path else self.records.version(path)

    def naming(self, reference: str) -> Iterator[str]:
        """The other record is looked into as it is here."""
        yield from (path for path in self.records.naming(reference) if path != self.path)
        if reference in self._text:
            yield self.path


class PlainRecords(dict[str, Any]):
    """Records held in a dictionary of plain data."""

    def __init__(self, records: Mapping[str, Any] | None = None) -> None:
        super().__init__(records or {})
        self._texts: dict[str, str] = {}

    def version(self, path: str) -> str:
        """The content itself."""
        if path not in self._texts:
            self._texts[path] = repr(self[path])
        return self._texts[path]

    def naming(self, reference: str) -> Iterator[str]:
        """By looking into each record."""
        return (path for path in self if reference in self.version(path))
