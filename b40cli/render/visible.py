"""Nothing a record or a command line contains is obeyed by a terminal."""

from __future__ import annotations

import re

# What could move a cursor, reorder a line or fake a second one: C0, DEL, C1, the bidirectional
# controls, the two Unicode line ends, and lone surrogates (bytes that were not UTF-8). What could
# hide words from whoever reads them: tag characters, blanks and joints of no width.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    "\u00ad\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text on one line, with every character a terminal would obey shown as an escape."""
    return _UNSEEN.sub(lambda match: ascii(match[0])[1:-1], text)
