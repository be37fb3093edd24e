"""Forgetting what should never have been recorded: it goes, a salted hash stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal, next_number
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.records import record_named
from b40cli.model.edit import Create, Deposit, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import ABSENT, place_of, standing_at
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, Ref, ref_of
from b40cli.model.state.forgotten import (
    MARK,
    Gone,
    document_gone,
    hashed,
    hashes_in,
    is_document,
    may_go,
    salted,
    words_in,
)
from b40cli.model.state.registry import Registry

if TYPE_CHECKING:
    from b40cli.model.results.records import Forgotten, StandsStill

ACT = "forget"
Where = tuple[str, Place]


class Wish(NamedTuple):
    """What is to go and why, on which paper, and the secret word that salts the hashes.

    Without fields a whole document.
    """

    fields: Sequence[str]
    why: str
    evidence: tuple[Mapping[str, Any], ...]
    word: str
    everywhere: bool = False


def forget(session: Session, reference: str, wish: Wish) -> Proposal[Forgotten]:
    """Take words out of a record, or a document, or all that are the same; UsageError if they stay.

    The record that is made names each place with the salted hash of what stood there.
    """
    asked = _asked(session, reference, wish.fields)
    same = dict(_same(session, {*asked.values()}, asked.keys()))
    places = {**asked, **(same if wish.everywhere else {})}
    gone = [Gone(p, at, salted(wish.word, held)) for (p, at), held in places.items()]
    record = _record(session, gone, wish)
    still: list[StandsStill] = [] if wish.everywhere else [_told(p, at) for p, at in same]
    edits: tuple[Edit, ...] = (
        Create(Ref("forgotten", record["id"]).path, record),
        *(edit for each in gone for edit in _edits(session.before, each)),
    )
    about = str(ref_of(next(iter(asked))[0]))
    result: Forgotten = {"forgotten": record, "still": still, "word": wish.word}
    headline = f"forgotten: {' '.join((about, ', '.join(wish.fields))).strip()}, {record['id']}"
    return Proposal(ACT, about, headline, edits, result, tuple(_body(record, still)))


def _asked(session: Session, reference: str, fields: Sequence[str]) -> dict[Where, bytes]:
    """What is to go, by where it stands; UsageError where it may not."""
    registry, document = session.before, ROOT + reference.removeprefix(ROOT)
    if is_document(document) and registry.has(document):
        if fields:
            raise UsageError(f"{reference} is a document: it has no {fields[0]}.", "It goes whole.")
        return {(document, ()): _document(session, document)}
    path = record_named(registry, reference)
    if not fields:
        raise UsageError(f"Which words of {ref_of(path)}?", _may_go(registry, path))
    return {(path, place_of(field)): _words(registry, path, field).encode() for field in fields}


def _document(session: Session, path: str) -> bytes:
    gone = document_gone(session.before, path)
    held = session.repository.whole(session.snapshot.tree[path])
    if gone is not None and held == gone.file:
        raise UsageError(f"{ref_of(path)} is forgotten already.", "Nothing is to do.")
    return held


def _edits(registry: Registry, gone: Gone) -> Iterator[Edit]:
    """The mark where words stood; a document's mark, and its salted hash wherever it is named."""
    if gone.at:
        yield Put(gone.path, gone.at, gone.mark)
        return
    yield Deposit(gone.path, gone.file)
    for path in registry.naming(gone.path.removeprefix(ROOT)):
        for at in hashes_in(registry.recorded(path) or {}, gone.path):
            yield Put(path, at, gone.sha256)


def _words(registry: Registry, path: str, field: str) -> str:
    """What stands at a place, where it may go."""
    words = standing_at(registry.recorded(path), place_of(field))
    if words is ABSENT or not may_go(path, place_of(field)) or not isinstance(words, str):
        raise UsageError(
            f"{field} of {ref_of(path)} is no place whose words may go.", _may_go(registry, path)
        )
    if MARK.fullmatch(words):
        raise UsageError(f"{field} of {ref_of(path)} is forgotten already.", "Nothing is to do.")
    return words


def _may_go(registry: Registry, path: str) -> str:
    held = words_in(path, registry.recorded(path) or {})
    may = ", ".join(_written(at) for at, _words in held) or "nothing"
    return f"There {may} may. Ids, days, figures and votes stay: correct them, or annul."


def _same(
    session: Session, held: Collection[bytes], asked: Collection[Where]
) -> Iterator[tuple[Where, bytes]]:
    """The other places of the register that hold exactly the same words, or the same document."""
    documents = {hashed(each)["sha256"]: each for each in held}
    for path in session.before.paths(""):
        record = session.before.recorded(path) or {}
        for at, said in words_in(path, record):
            if said.encode() in held and (path, at) not in asked:
                yield (path, at), said.encode()
        if is_document(path) and (path, ()) not in asked and record.get("sha256") in documents:
            yield (path, ()), documents[record["sha256"]]


def _record(session: Session, gone: Sequence[Gone], wish: Wish) -> dict[str, Any]:
    number = next_number(session.before, "F", f"forgotten/{session.on.year}/")
    return {
        "id": f"F-{session.on.year}-{number:03d}",
        "places": [
            {
                **(dict(_told(g.path, g.at)) if g.at else {"document": str(ref_of(g.path))}),
                "sha256": g.sha256,
            }
            for g in gone
        ],
        "why": wish.why,
        "on": str(session.on),
        "evidence": [dict(paper) for paper in wish.evidence],
    }


def _written(at: Place) -> str:
    return ".".join(map(str, at))


def _told(path: str, at: Place) -> StandsStill:
    return {"record": str(ref_of(path)), "at": _written(at)}


def _body(record: Mapping[str, Any], still: Sequence[StandsStill]) -> Iterator[str]:
    yield f"{record['why']}"
    for each in record["places"]:
        yield f"{each.get('document') or ' '.join((each['record'], each['at']))}: forgotten."
    for s in still:
        yield f"The same stands at {' '.join((s['record'], s['at'])).strip()}: --everywhere."
