"""Art. 1: the designation of Kosovo*, wherever its name is written."""

from __future__ import annotations

import re

# An address is left alone: with an asterisk it would lead elsewhere.
_BARE = r"(?<!\S)\S+://\S+|Kosovo(?!\w)(?!\\?\*)"


def starred(text: str) -> str:
    """The text with the asterisk wherever it was left out."""
    if "Kosovo" not in text:
        return text
    return re.sub(_BARE, lambda found: "Kosovo*" if found[0] == "Kosovo" else found[0], text)
