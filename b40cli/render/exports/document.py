"""The public document as JSON; the designation of Art. 1 is in it before any format is made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from b40cli.render.kosovo import NOTE, starred_data

if TYPE_CHECKING:
    from b40cli.model.results.published import Published


def designated_document(document: Published) -> Published:
    """The document with the asterisk wherever Kosovo* is named, and with the note then."""
    starred: dict[str, Any] = starred_data(document)
    if "Kosovo*" in repr(starred):
        starred["designation_note"] = NOTE
    return cast("Published", starred)


def as_document(document: Any) -> str:
    """As a file: sorted keys, two blanks, the signs themselves."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
