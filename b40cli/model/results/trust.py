"""Results about who may sign, and the files made of it; how a register begins."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from b40cli.model.results.shapes import DayText

KeyAdded = TypedDict(
    "KeyAdded",
    {"id": str, "fingerprint": str, "key": str, "from": DayText, "until": NotRequired[DayText]},
)
KeyAdded.__doc__ = "A key of a principal, as recorded."


class KeyRevoked(TypedDict):
    """A key that ends."""

    id: str
    fingerprint: str
    until: DayText
    reason: str


KeyRow = TypedDict(
    "KeyRow",
    {
        "fingerprint": str,
        "from": DayText,
        "until": DayText | None,
        "reason": str | None,
        "in_force": bool,
    },
)
KeyRow.__doc__ = "A key and its days."


class PrincipalRow(TypedDict):
    """A principal and the keys it signs with."""

    id: str
    name: str
    office: str | None
    handle: str | None
    keys: list[KeyRow]


class Signers(TypedDict):
    """The principals, and the file git reads."""

    principals: list[PrincipalRow]
    file: str
    written: NotRequired[str]


class Codeowners(TypedDict):
    """The file a host reads, and the file it was held against."""

    file: str
    checked: str | None
    written: NotRequired[str]


class Begun(TypedDict):
    """A register that was begun."""

    name: str
    opened: DayText
    files: list[str]


class Imported(TypedDict):
    """What an import brings in."""

    file: str
    records: list[str]
    complete: dict[str, DayText]
    read_as: NotRequired[str | None]
    template: NotRequired[str]


class Played(TypedDict):
    """Where the demonstration lies."""

    folder: str
    commands: int
    refused: int
