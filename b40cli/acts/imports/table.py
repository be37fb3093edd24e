"""A file of rows, however a spreadsheet program of the region wrote it: heads, cells, lines.

What was found (separator, encoding, sheet) is said, since it is a guess that a person can check.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from b40cli.model.errors import UnreadableError

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# Where bytes are not UTF: what Excel writes west of Istanbul, and what is said of it.
EIGHT_BITS = "cp1250"
# Of its letters those that no language of the region writes: Cyrillic, Greek and Turkish pages,
# read as this one, are full of them. A Polish or Czech name among many is not.
STRANGE = frozenset("ŔĹĘĚĎŇŘŮÝŁĄŤŻŕĺęěďňřůýłąťż")


class Table(NamedTuple):
    """Rows by head, each with the line it begins in; `found` says how the file was read."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    long: tuple[int, ...]
    found: str


def of_csv(data: bytes, name: str) -> Table:
    """Read a CSV with commas, semicolons or tabs; UnreadableError where it is none."""
    import csv
    from io import StringIO

    text, encoding = _decoded(data, name)
    declared, text = _declared(text)
    separator = declared or _separator(text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begun = 1 + (declared is not None)
    try:
        for cells in reader:
            rows.append((begun, cells))
            begun = reader.line_num + 1 + (declared is not None)
    except csv.Error as error:
        raise UnreadableError(
            f"{name} is no CSV: {error} (line {begun}).", "Close the quotes, and save it again."
        ) from error
    return _table(rows, f"{SEPARATORS.get(separator, repr(separator))}, {encoding}")


def of_sheet(title: str, rows: Sequence[Sequence[str]]) -> Table:
    """The rows of a sheet of a workbook."""
    numbered = [(n, [cell.strip() for cell in row]) for n, row in enumerate(rows, 1)]
    return _table(numbered, f"sheet {title}")


def headed(text: str) -> str:
    """A head as columns are called: `Native Name`, NATIVE_NAME and İD in small plain letters."""
    plain = unicodedata.normalize("NFKD", text.strip().lower().replace("ı", "i"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return "_".join(letters.replace("-", " ").replace("_", " ").split())


def _table(rows: Sequence[tuple[int, Sequence[str]]], found: str) -> Table:
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        return Table((), (), (), found)
    (_line, first), *others = filled
    heads = [headed(cell) for cell in first]
    while heads and not heads[-1]:
        heads.pop()
    long = [line for line, cells in others if any(c.strip() for c in cells[len(heads) :])]
    named = tuple((line, _by_head(heads, cells)) for line, cells in others)
    return Table(tuple(heads), named, tuple(long), found)


def _by_head(heads: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    whole = [*cells, *[""] * len(heads)]
    return {head: cell.strip() for head, cell in zip(heads, whole, strict=False) if head}


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _strictly(data[2:], encoding, name), "UTF-16"
    half = data[: 4096 - len(data) % 2]
    if half and half.count(0) > len(half) // 4:
        return _strictly(data, "utf-16-le" if half[1::2].count(0) else "utf-16-be", name), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        text = _strictly(data, EIGHT_BITS, name)
        _require_of_the_region(text, name)
        return text, f"{EIGHT_BITS} (look at the names)"


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name} is text in no encoding that is read: {error.reason}.",
            "Save it in UTF-8; UTF-16 and cp1250 are read too.",
        ) from error


def _require_of_the_region(text: str, name: str) -> None:
    """UnreadableError where more than a sixth of what is no ASCII letter is of no language here."""
    letters = [c for c in text if c.isalpha() and not c.isascii()]
    strange = [c for c in letters if c in STRANGE]
    if 6 * len(strange) > len(letters):
        raise UnreadableError(
            f"{name}, read as {EIGHT_BITS}, is full of letters that no language of the region has: "
            f"{' '.join(dict.fromkeys(strange))}.",
            "It was saved in another encoding. Save it in UTF-8.",
        )


def _declared(text: str) -> tuple[str | None, str]:
    """The separator that Excel may name in a first line of its own, `sep=;`."""
    first, newline, rest = text.partition("\n")
    word = first.strip().strip('"').lower()
    if newline and word.startswith("sep=") and len(word) == 5:
        return word[4], rest
    return (first.rstrip("\r")[-1], rest) if first.lower().startswith("sep=\t") else (None, text)


def _separator(text: str) -> str:
    """Of the three the one that the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda each: (first.count(each), each == ","))
