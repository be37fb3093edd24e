"""Sentences with names for ids: what a person reads is what a city or a meeting is called."""

from __future__ import annotations

import re
from collections.abc import Callable

from b40cli.model.wording import MEETINGS, begun, meeting_called

# A word that the register knows as an id, where no bracket says that it stands behind its name.
ID = re.compile(r"(?<![\w(/-])(?:members/|observers/)?([a-z]{2}-[a-z0-9-]+)(?![\w/-]|\.yaml)")
_KINDS = "|".join(MEETINGS)
_MEETING = re.compile(
    rf"(^|[.;] )?(?<![\w(/-])(\d{{4}}-\d\d-\d\d-(?:{_KINDS})[a-z0-9-]*)(?![\w/-])"
)


def names_in(text: str, name: Callable[[str], str]) -> str:
    """A sentence with names for the cities in it that the register knows."""

    def told(found: re.Match[str]) -> str:
        said = name(found[1])
        return found[0] if said == found[1] else said

    return ID.sub(told, text)


def in_sentence(text: str, name: Callable[[str], str]) -> str:
    """A sentence with names for cities and meetings; a command in it is to be typed, and stays."""
    if "b40 " in text:
        return text

    def told(found: re.Match[str]) -> str:
        called = meeting_called(found[2], name)
        if not called:
            return found[0]
        of_group = "-wg-" in found[2]
        said = f"the meeting of {called}" if of_group else f"the {called}"
        return f"{found[1] or ''}{said if found[1] is None else begun(said)}"

    return _MEETING.sub(told, names_in(text, name))
