"""Result of a paper that left the house: the file, and what its bytes rest on."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

PaperWritten = TypedDict(
    "PaperWritten",
    {
        "paper": str,
        "as": Literal["md", "html", "pdf", "docx"],
        "written": list[str],
        "sha256": str,
        "data": str,
        "made_with": str,
        "file": NotRequired[str],
    },
)
PaperWritten.__doc__ = (
    "A paper as it was written: its files or its text, the SHA-256 of these bytes and of what it "
    "says, and the writer: another one may give other bytes."
)
