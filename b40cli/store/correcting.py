"""A corrected record has the shape of its kind, as any record has: asked where records are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.correction import Correction, corrected, correction_of
from b40cli.model.finding import Finding
from b40cli.store.schema import fits, kind_of

FOLDER = "registry/corrections/"


def misshapen(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """The corrections that leave a record without its shape; `texts` are records as JSON."""
    corrections: dict[str, list[Correction]] = {}
    for path in sorted(path for path in texts if path.startswith(FOLDER)):
        if texts[path]:
            correction = correction_of(path, json.loads(texts[path]))
            corrections.setdefault(correction.corrects, []).append(correction)
    return tuple(
        finding
        for target, found in corrections.items()
        if texts.get(target)
        for finding in _complaints(target, json.loads(texts[target]), found)
    )


def _complaints(path: str, record: Any, corrections: list[Correction]) -> Iterator[Finding]:
    kind = kind_of(path) or ""
    whole = corrected(record, corrections)
    if fits(kind, whole):
        return
    from b40cli.store.schema import explain

    said = [complaint.message for complaint in explain(kind, whole)]
    last = corrections[-1]
    yield Finding(
        "record-shape",
        "defect",
        "the record",
        f"{path} as corrected has not the shape of its kind: {' '.join(said)}",
        "Correct it into what such a record can hold.",
        last.path,
        ("is",),
    )
