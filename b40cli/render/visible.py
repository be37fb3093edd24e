"""Nothing a record or a command line contains is obeyed by a terminal."""

from __future__ import annotations

import re

# What could move a cursor, reorder a line or fake a second one: C0, DEL, C1, the bidirectional
# controls, the two Unicode line ends, and lone surrogates (bytes that were not UTF-8). What could
# hide words from whoever reads them: tag characters, blanks and joints of no width, selectors,
# fillers, the controls of old scripts and of music, and what has no agreed shape (private use).
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# Those of them that Python takes for printable.
_PRINTABLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
).union(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))

# Hebrew, Arabic and what else is written from the right; blanks and figures among it.
_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_FROM_RIGHT = f"{_RIGHT}(?:[\\W\\d_]*{_RIGHT})*"
LEFT_AGAIN = "\u200e"


def directed(text: str) -> str:
    """What stands behind letters written from the right stays behind them: no column moves.

    A terminal that turns such letters would take a day in the next column for a part of them.
    """
    return text if text.isascii() else re.sub(_FROM_RIGHT, rf"\g<0>{LEFT_AGAIN}", text)


def visible(text: str) -> str:
    """The text on one line, with every character a terminal would obey shown as an escape."""
    if text.isprintable() and _PRINTABLE.isdisjoint(text):
        return text  # nearly every line; the pattern is dear to compile
    return re.sub(_UNSEEN, lambda match: ascii(match[0])[1:-1], text)
