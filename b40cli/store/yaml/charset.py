"""Which bytes a record may be made of: UTF-8 in NFC, no control or invisible characters.

The C parser and other YAML readers disagree on tabs, CR, NEL, LS and PS, and a terminal obeys
controls; none of them is needed to write a record, so none is let in.
"""

from __future__ import annotations

import re
import unicodedata

from b40cli.model.size import RECORD, said
from b40cli.store.yaml.defect import YamlDefect, defect_at

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff"
_INVISIBLE = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_UNLAWFUL = re.compile(f"[{_CONTROLS}{_INVISIBLE}\t]")
_UNLAWFUL_VALUE = re.compile(f"[{_CONTROLS}{_INVISIBLE}]")
_LONG_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{200}")
_MARKS_IN_A_ROW = 30

_NAMES = {
    "\t": ("A tab character.", "Indent and separate with spaces; write a tab in a text as \\t."),
    "\r": ("A carriage return: the lines end the Windows way.", "Save with LF line endings."),
    "\ufeff": ("A byte order mark.", "Save as UTF-8 without a byte order mark."),
}


def lawful_text(data: bytes) -> str:
    """Decode a record's bytes.

    Raises YamlDefect when they are too many, not UTF-8, not NFC, or hold a character that a
    record may not hold.
    """
    if len(data) > RECORD:
        raise YamlDefect(1, 1, f"The file is larger than {said(RECORD)}.", "Split the record.")
    text = _decoded(data)
    # isprintable is one C loop that clears nearly every file without the expression.
    if not text.replace("\n", " ").isprintable() and (found := _UNLAWFUL.search(text)):
        raise defect_at(text, found.start(), *_named(found.group()))
    if not text.isascii():
        _require_nfc(text)
    return text


def lawful_value(value: str) -> bool:
    """Whether a text may stand in a record, however it was spelled (escapes included)."""
    return not _UNLAWFUL_VALUE.search(value) and (value.isascii() or _is_nfc(value))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise defect_at(
            before, len(before), "Bytes that are not UTF-8.", "Save the file as UTF-8."
        ) from None


def _named(character: str) -> tuple[str, str]:
    if character in _NAMES:
        return _NAMES[character]
    controls = unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cn")
    kind = "control" if controls else "invisible"
    return f"The {kind} character U+{ord(character):04X}.", "Remove the character."


def _require_nfc(text: str) -> None:
    if _heaped_marks(text):
        message = f"More than {_MARKS_IN_A_ROW} combining marks in a row."
        raise YamlDefect(1, 1, message, "Remove the marks.")
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not _is_nfc(line):
            raise YamlDefect(
                number,
                _first_difference(line),
                "Text that is not in Unicode normal form C.",
                "Save the file as NFC, for example with `uconv -x any-nfc`.",
            )
    raise YamlDefect(1, 1, "Text that is not in Unicode normal form C.", "Save the file as NFC.")


def _first_difference(line: str) -> int:
    normal = unicodedata.normalize("NFC", line)
    pairs = enumerate(zip(line, normal, strict=False), 1)
    return next((column for column, (a, b) in pairs if a != b), min(len(line), len(normal)) + 1)


def _is_nfc(text: str) -> bool:
    return not _heaped_marks(text) and unicodedata.is_normalized("NFC", text)


def _heaped_marks(text: str) -> bool:
    """Whether more combining marks follow each other than any language writes.

    Normalising such a heap takes quadratic time (Unicode TR15 calls text without it
    stream-safe), so a hostile file is told by this before it is normalised.
    """
    if not _LONG_FOREIGN_RUN.search(text):
        return False
    row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row > _MARKS_IN_A_ROW:
            return True
    return False
