"""A corrected record has the shape of its kind, as any record has: asked where records are read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from b40cli.model.digest import sha256
from b40cli.model.facts.correction import Correction, corrected, correction_of
from b40cli.model.finding import Finding
from b40cli.model.ref import ref_of
from b40cli.store.cache import Cache
from b40cli.store.schema import explain, fits, kind_of

FOLDER = "registry/corrections/"


def misshapen(
    texts: Mapping[str, str], changed: Collection[str] | None = None, kept: Cache | None = None
) -> tuple[Finding, ...]:
    """The corrections that leave a record without its shape; `texts` are records as JSON.

    Where the rest is known to be sound, of the records that a change bears on alone. What fits is
    `kept`: to ask it anew takes a third of a short command.
    """
    correcting: dict[str, list[str]] = {}
    for path in sorted(path for path in texts if path.startswith(FOLDER)):
        if texts[path]:
            target = ref_of(json.loads(texts[path])["corrects"]).path
            correcting.setdefault(target, []).append(path)
    asked = {
        target: found
        for target, found in correcting.items()
        if texts.get(target)
        and (changed is None or any(path in changed for path in (target, *found)))
    }
    return tuple(_complaints(texts, asked, kept)) if asked else ()


def _complaints(
    texts: Mapping[str, str], asked: Mapping[str, list[str]], kept: Cache | None
) -> Iterator[Finding]:
    known = kept.texts() if kept else {}
    fresh: list[tuple[str, str]] = []
    for target, correcting in asked.items():
        said = "\n".join((target, texts[target], *(texts[path] for path in correcting)))
        key = sha256(said.encode()).hexdigest()
        if key not in known:
            corrections = [correction_of(path, json.loads(texts[path])) for path in correcting]
            found = tuple(_of_record(target, json.loads(texts[target]), corrections))
            fresh += [] if found else [(key, target)]
            yield from found
    if kept:
        kept.add(fresh)


def _of_record(path: str, record: Any, corrections: list[Correction]) -> Iterator[Finding]:
    kind = kind_of(path) or ""
    whole = corrected(record, corrections)
    if fits(kind, whole):
        return
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
