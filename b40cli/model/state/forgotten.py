"""What was forgotten: in a record a mark instead of words, and a record that says why.

The mark is made of a salted hash: whoever is given the salt can show later what stood there, and
nobody can guess it. A document's mark is its file's only line, and the salted hash stands wherever
a record held the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from b40cli.model.digest import sha256
from b40cli.model.facts.correction import leaves, place_of, replaced, standing_at
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.kept import remembered
from b40cli.model.state.records import Overlaid
from b40cli.model.state.registry import SOURCES, Registry

FORGOTTEN = ROOT + "forgotten/"
EVIDENCE = ROOT + "evidence/"
MARKED = "forgotten-"
MARK = re.compile(rf"{MARKED}[0-9a-f]{{16}}")
# What holds words about people and nothing that is counted or dated; `*` is one key or position.
FORGETTABLE: dict[str, tuple[str, ...]] = {
    "members": ("contact.*", "mayors.*.name", "mayors.*.person"),
    "presidencies": ("mayor", "departure.reason"),
    "secretariat": ("appointments.*.name",),
    "groups": ("experts.*.name", "programmes.*.goals.*"),
    "meetings": (
        *("title", "agenda.*.title", "cancelled.reason", "delegations.*.members.*"),
        *("delegations.*.head.name", "delegations.*.head.person"),
        *("known.heads.*.name", "known.heads.*.person"),
    ),
    "decisions": (
        *("title", "grounds", "reason", "decided_by.person"),
        *("known.heads.*.name", "known.heads.*.person"),
    ),
    "duties": ("acknowledged.*.reason",),
    "network": ("founding_president.name",),
    "corrections": ("was", "is", "why"),
    "forgotten": ("why",),
}
# A note is for the reader, wherever it stands.
NOTE = "note"


class Gone(NamedTuple):
    """One place whose words are gone: the record's path, the place in it, the salted hash.

    Of a document the whole is gone: it has no place.
    """

    path: str
    at: Place
    sha256: str

    @property
    def mark(self) -> str:
        """What stands there now."""
        return f"{MARKED}{self.sha256[:16]}"

    @property
    def file(self) -> bytes:
        """What stands in a document's file now."""
        return f"{self.mark}\n".encode()

    @property
    def content(self) -> dict[str, str]:
        """What is read of that file."""
        return hashed(self.file)


def hashed(data: bytes) -> dict[str, str]:
    """What the register reads of a document with these bytes."""
    return {"sha256": sha256(data).hexdigest()}


def gone_in(data: Mapping[str, Any]) -> tuple[Gone, ...]:
    """The places that one record of registry/forgotten/ names."""
    return tuple(
        Gone(ROOT + each["document"], (), each["sha256"])
        if "document" in each
        else Gone(ref_of(each["record"]).path, place_of(each["at"]), each["sha256"])
        for each in data["places"]
    )


def salted(salt: str, words: bytes) -> str:
    """The SHA-256 of the salt and the words behind it, as `printf %s "$SALT$WORDS"` gives it."""
    return sha256(salt.encode() + words).hexdigest()


def is_document(path: str) -> bool:
    """Whether what lies there is a document, not a record."""
    return path.startswith(EVIDENCE) and path != SOURCES


def may_go(path: str, at: Place) -> bool:
    """Whether a place holds words that may be forgotten; without a place, a whole document."""
    if not at:
        return is_document(path)
    if at[-1] == NOTE:
        return True
    folder = str(ref_of(path)).partition("/")[0]
    return any(_lies_at(at, place.split(".")) for place in FORGETTABLE.get(folder, ()))


def _lies_at(at: Place, steps: list[str]) -> bool:
    return len(steps) == len(at) and all(
        step in ("*", str(key)) for step, key in zip(steps, at, strict=True)
    )


def words_in(path: str, data: Any) -> Iterator[tuple[Place, str]]:
    """Every place of a record that holds words which may be forgotten, with the words."""
    return ((at, said) for at, said in leaves(data) if isinstance(said, str) and may_go(path, at))


def marks_in(data: Any) -> Iterator[tuple[Place, str]]:
    """Every place of a record that holds a mark."""
    texts = ((at, said) for at, said in leaves(data) if isinstance(said, str))
    return ((at, said) for at, said in texts if MARK.fullmatch(said))


def hashes_in(data: Any, document: str) -> Iterator[Place]:
    """Every place of a record that holds the hash of the document at a path."""
    hashes = (at for at, _said in leaves(data) if at[-1] == "sha256")
    named = ((at, standing_at(data, at[:-1]).get("path")) for at in hashes)
    return (at for at, filed in named if f"{ROOT}{filed}" == document)


@remembered
def all_gone(registry: Registry) -> tuple[Gone, ...]:
    """Everything that the records of registry/forgotten/ name."""
    records = (registry.recorded(path) for path in registry.paths("forgotten/"))
    return tuple(each for record in records if record for each in gone_in(record))


@remembered
def all_marks(registry: Registry) -> frozenset[str]:
    """The marks of them."""
    return frozenset(each.mark for each in all_gone(registry))


def document_gone(registry: Registry, path: str) -> Gone | None:
    """What is left of a document that was forgotten, or None."""
    return next((each for each in all_gone(registry) if each.path == path and not each.at), None)


def forgetting(before: Registry, after: Registry) -> Registry:
    """The state before, as it would be had it forgotten what the state after forgets anew.

    So whatever compares the two finds what else was changed, and nothing of the forgetting.
    """
    fresh = [path for path in after.paths("forgotten/") if not before.has(path)]
    if not fresh:
        return before
    gone = [each for path in fresh for each in gone_in(after.recorded(path) or {"places": ()})]
    changed: dict[str, Mapping[str, Any]] = {}
    for each in gone:
        naming = () if each.at else before.naming(each.path.removeprefix(ROOT))
        for path in {each.path, *naming} & {*before.records}:
            changed[path] = marked(path, changed.get(path, before.records[path]), each)
    return before.followed(Overlaid(before.records, changed), changed) if changed else before


def marked(path: str, data: Mapping[str, Any], gone: Gone) -> Mapping[str, Any]:
    """A record with a mark where words may go, or with the salted hash of a document.

    A document is the mark alone; what may not go stays.
    """
    if not may_go(gone.path, gone.at):
        return data
    if gone.at:
        is_text = isinstance(standing_at(data, gone.at), str)
        return replaced(data, gone.at, gone.mark) if is_text else data
    if path == gone.path:
        return gone.content
    for at in hashes_in(data, gone.path):
        data = replaced(data, at, gone.sha256)
    return data
