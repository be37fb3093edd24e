"""Where the facts of a state come from: records by path, some of them perhaps others than kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol


class Records(Protocol):
    """Where a registry's records come from; the store gives one, a test a plain dict."""

    def __contains__(self, path: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __getitem__(self, path: str) -> Any: ...
    def version(self, path: str) -> str:
        """What changes whenever the bytes change."""

    def text(self, path: str) -> str:
        """A text in which every word of the record stands."""

    def naming(self, reference: str, folder: str = "") -> Iterator[str]:
        """The paths of records, of all or of those below a folder, whose text contains it."""


class Overlaid:
    """Records of which some are others than they are kept, or, where None, are not there."""

    def __init__(self, records: Records, others: Mapping[str, Mapping[str, Any] | None]) -> None:
        self.records = records
        self.others = PlainRecords({p: other for p, other in others.items() if other is not None})
        self.gone = others.keys() - self.others.keys()

    def __contains__(self, path: object) -> bool:
        return path in self.others or (path in self.records and path not in self.gone)

    def __iter__(self) -> Iterator[str]:
        yield from (path for path in self.records if self._stays(path))
        yield from self.others

    def __getitem__(self, path: str) -> Any:
        if path in self.gone:
            raise KeyError(path)
        return self.others[path] if path in self.others else self.records[path]

    def _stays(self, path: str) -> bool:
        return path not in self.others and path not in self.gone

    def version(self, path: str) -> str:
        """The other record's content, or what the records below say."""
        return (self.others if path in self.others else self.records).version(path)

    def text(self, path: str) -> str:
        """The other record's, or what the records below say."""
        return (self.others if path in self.others else self.records).text(path)

    def naming(self, reference: str, folder: str = "") -> Iterator[str]:
        """The other records are looked into as they are here."""
        found = self.records.naming(reference, folder)
        yield from (path for path in found if self._stays(path))
        yield from self.others.naming(reference, folder)


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

    text = version

    def naming(self, reference: str, folder: str = "") -> Iterator[str]:
        """By looking into each record."""
        return (p for p in self if p.startswith(folder) and reference in self.version(p))
