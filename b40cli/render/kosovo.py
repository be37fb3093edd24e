"""Art. 1: whatever names Kosovo* carries the asterisk and, once in a document, the note."""

from __future__ import annotations

from typing import Any

from b40cli.model.designation import starred

NOTE = (
    "* This designation is without prejudice to positions on status, and is in line with UNSCR "
    "1244/1999 and the ICJ opinion on the Kosovo* declaration of independence."
)
_NAMED = ("Kosovo*", "Kosovo\\*")


def named(text: str) -> bool:
    """Whether the note is owed: the text names Kosovo* and does not hold it yet."""
    return any(word in text for word in _NAMED) and NOTE not in text


def designated(text: str, lead: str = "") -> str:
    """A document with the asterisks, and with the note at its end if it names Kosovo*.

    `lead` comes before the note: in Markdown a backslash, or the asterisk would be a bullet.
    """
    text = starred(text)
    if not named(text):
        return text
    return f"{text.rstrip()}\n\n{lead}{NOTE}\n"


def designated_data(data: dict[str, Any]) -> dict[str, Any]:
    """The same for data: every text starred, the note beside the result."""
    done: dict[str, Any] = starred_data(data)
    if "Kosovo*" in repr(done) and "result" in done:
        done["result"] = {**done["result"], "designation_note": NOTE}
    return done


def starred_data(data: Any) -> Any:
    """Data with the asterisk in every text that lacks it."""
    if isinstance(data, str):
        return starred(data)
    if isinstance(data, dict):
        return {key: starred_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [starred_data(value) for value in data]
    return data
