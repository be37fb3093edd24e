"""Forgetting what should never have been recorded: the words go, a salted hash stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal, next_number
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.records import record_named
from b40cli.model.edit import Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import ABSENT, place_of, standing_at
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.forgotten import MARK, Gone, may_go, salted, words_in
from b40cli.model.state.registry import Registry

if TYPE_CHECKING:
    from b40cli.model.results.records import Forgotten, StandsStill

ACT = "forget"


class Wish(NamedTuple):
    """What is to go and why, on which paper, and the secret word that salts the hashes."""

    fields: Sequence[str]
    why: str
    evidence: tuple[Mapping[str, Any], ...]
    word: str
    everywhere: bool = False


def forget(session: Session, reference: str, wish: Wish) -> Proposal[Forgotten]:
    """Take words out of a record, or of all that hold the same; UsageError where they may not go.

    The record that is made names each place with the salted hash of what stood there.
    """
    registry = session.before
    path = record_named(registry, reference)
    asked = {(path, place_of(field)): _words(registry, path, field) for field in wish.fields}
    same = dict(_same_words(registry, set(asked.values()), asked))
    places = {**asked, **(same if wish.everywhere else {})}
    gone = [Gone(p, at, salted(wish.word, words)) for (p, at), words in places.items()]
    record = _record(session, gone, wish)
    still: list[StandsStill] = [] if wish.everywhere else [_told(p, at) for p, at in same]
    edits: tuple[Edit, ...] = (
        Create(Ref("forgotten", record["id"]).path, record),
        *(Put(each.path, each.at, each.mark) for each in gone),
    )
    about = str(ref_of(path))
    result: Forgotten = {"forgotten": record, "still": still, "word": wish.word}
    headline = f"forgotten: {about} {', '.join(wish.fields)}, {record['id']}"
    return Proposal(ACT, about, headline, edits, result, tuple(_body(record, still)))


def _words(registry: Registry, path: str, field: str) -> str:
    """What stands at a place, where it may go."""
    words = standing_at(registry.recorded(path), place_of(field))
    if words is ABSENT or not may_go(path, place_of(field)) or not isinstance(words, str):
        held = registry.recorded(path) or {}
        may = ", ".join(_written(at) for at, _words in words_in(path, held)) or "nothing"
        raise UsageError(
            f"{field} of {ref_of(path)} is no place whose words may go.",
            f"There {may} may. Ids, days, figures and votes stay: correct them, or annul.",
        )
    if MARK.fullmatch(words):
        raise UsageError(f"{field} of {ref_of(path)} is forgotten already.", "Nothing is to do.")
    return words


def _same_words(
    registry: Registry, words: set[str], asked: Mapping[tuple[str, Place], str]
) -> Iterator[tuple[tuple[str, Place], str]]:
    """The other places of the register that hold exactly the same words."""
    for path in registry.paths(""):
        for at, said in words_in(path, registry.recorded(path) or {}):
            if said in words and (path, at) not in asked:
                yield (path, at), said


def _record(session: Session, gone: Sequence[Gone], wish: Wish) -> dict[str, Any]:
    number = next_number(session.before, "F", f"forgotten/{session.on.year}/")
    return {
        "id": f"F-{session.on.year}-{number:03d}",
        "places": [
            {"record": str(ref_of(g.path)), "at": _written(g.at), "sha256": g.sha256} for g in gone
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
    yield from (f"{each['record']} {each['at']}: forgotten." for each in record["places"])
    yield from (f"The same words stand at {s['record']} {s['at']}: --everywhere." for s in still)
