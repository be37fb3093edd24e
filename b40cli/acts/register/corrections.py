"""Correcting a fact that was entered wrongly: a record of its own, the old one stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.derived_changes import ensuing
from b40cli.acts.change.perform import state_after
from b40cli.acts.change.proposal import Proposal, next_number
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.records import dotted, record_named
from b40cli.acts.register.additions import Places, additions, parted
from b40cli.model.edit import Create, Edit
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import ABSENT, BY_SECRETARIAT, place_of, same, standing_at
from b40cli.model.facts.member import VOID
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, ref_of, stated
from b40cli.model.state.registry import Registry
from b40cli.model.wording import as_told

if TYPE_CHECKING:
    from b40cli.model.results.records import CorrectAlready, Corrected, CorrectedSeveral

ACT = "correct"
SOURCE = "source"


class Right(NamedTuple):
    """What is right, why the record is not, what shows it, and who says so.

    `places` are the places of the record with what is right there. One's own slip of the pen needs
    no paper; a `source` shows it in a register that nobody has adopted.
    """

    places: tuple[tuple[str, str], ...]
    why: str | None
    evidence: tuple[Mapping[str, Any], ...]
    by: str | None = None
    own_slip: bool = False
    source: str | None = None


def correct(
    session: Session, reference: str, right: Right
) -> Proposal[Corrected | CorrectAlready | CorrectedSeveral]:
    """Record what is right at places of a record; what is missing there is added to it."""
    path = record_named(session.before, reference)
    about = str(ref_of(path))
    _no_correction(session.before, path)
    right = _with_ends(session.before, path, right)
    wrong, missing = _sorted(session.before, path, right)
    added = additions(session.before, path, missing)
    if not wrong and not added:
        at, text = right.places[0]
        value = _standing(session.before, path, at)
        already: CorrectAlready = {"corrects": about, "at": at, "is": value}
        return Proposal(ACT, about, f"{about} {at} is {text} already", (), already)
    records = list(_records(session, about, wrong, right))
    created = [Create(Ref("corrections", record["id"]).path, record) for record in records]
    edits: tuple[Edit, ...] = (*created, *added)
    told = ", ".join((*(f"{r['at']}, {r['id']}" for r in records), *(f"{at}" for at, _ in missing)))
    headline = f"correction: {about} {told}"
    body = (
        *(f"Was {as_told(r['was'])}, is {as_told(r['is'])}: {r['why']}" for r in records),
        *(f"Added: {at}, {text}" for at, text in missing),
        *ensuing(session.before, state_after(session, edits), session.on),
    )
    result: Corrected | CorrectedSeveral = records[0] if len(records) == 1 else {}
    if len(records) != 1 or missing:
        result = {"corrects": about, "corrections": records, "added": [at for at, _ in missing]}
    return Proposal(ACT, about, headline, edits, result, body, right.by)


def _with_ends(registry: Registry, path: str, right: Right) -> Right:
    """A mandate that is void ended none: what ends for no other reason where it begins runs on."""
    mayors = registry.content(path).get("mayors", ())
    ends: list[tuple[str, str]] = []
    for at, text in right.places:
        place = place_of(at)
        n = place[1] if text == VOID and place[::2] == ("mayors", "capacity") else None
        if isinstance(n, int) and n < len(mayors) and mayors[n]["capacity"] != VOID:
            start = mayors[n]["from"]
            ended = (m for m, e in enumerate(mayors) if e.get("until") == start and m != n)
            ends += [(f"mayors.{m}.until", VOID) for m in ended if "ended" not in mayors[m]]
    told = {at for at, _text in right.places}
    return right._replace(places=(*right.places, *(e for e in ends if e[0] not in told)))


def holds(session: Session, reference: str, at: str) -> bool:
    """Whether the place holds something: what lacks is added, and nobody asks why."""
    path = record_named(session.before, reference)
    return standing_at(session.before.data(path), place_of(at)) is not ABSENT


def places_of(session: Session, reference: str) -> list[tuple[str, str]]:
    """Every place of a record that holds one value, and that value."""
    return dotted(session.before.data(record_named(session.before, reference)))


def _sorted(
    registry: Registry, path: str, right: Right
) -> tuple[list[tuple[str, Any, Any]], Places]:
    """The places that hold something else, with what they hold and what is right; and the empty."""
    wrong: list[tuple[str, Any, Any]] = []
    missing: Places = []
    twice = [at for at, n in Counter(at for at, _ in right.places).items() if n > 1]
    if twice:
        raise UsageError(f"{twice[0]} is given twice.", "Say once what is right there.")
    for at, text in right.places:
        was = standing_at(registry.data(path), place_of(at))
        if was is ABSENT:
            missing.append((at, text))
            continue
        was = _standing(registry, path, at)
        value = _alike(was, text, place_of(at))
        if not same(was, value):
            wrong.append((at, was, value))
    return wrong, missing


def _records(
    session: Session, about: str, wrong: list[tuple[str, Any, Any]], right: Right
) -> Iterator[dict[str, Any]]:
    if wrong and right.why is None:
        raise UsageError("Missing --why.", "Say why the record is wrong.")
    if wrong and not (right.evidence or right.own_slip or right.source):
        raise UsageError(
            "Missing --evidence.",
            "Name the document that shows what is right; your own slip of the pen is --own-slip.",
        )
    hashed = [at for at, _, _ in wrong if place_of(at)[-1] == "sha256"]
    if hashed and right.own_slip:
        raise UsageError(
            f"{hashed[0]} is the hash of a document: it is never a slip of the pen.",
            "Name the document that has it, instead of --own-slip: --evidence FILE.",
        )
    first = next_number(session.before, "C", f"corrections/{session.on.year}/")
    for n, (at, was, value) in enumerate(wrong, first):
        record = {
            "id": f"C-{session.on.year}-{n:03d}",
            "corrects": about,
            "at": at,
            "was": was,
            "is": value,
            "why": right.why,
            "on": str(session.on),
            "by": right.by or BY_SECRETARIAT,
            "own_slip": right.own_slip or None,
            "source": right.source,
            "evidence": [dict(document) for document in right.evidence] or None,
        }
        yield stated(record)


def _standing(registry: Registry, path: str, at: str) -> Any:
    """What stands at the place now; UsageError where it is a whole block."""
    stands = standing_at(registry.data(path), place_of(at))
    if stands is None:
        raise UsageError(f"{at} in {path} holds nothing.", "The act that fills it says what is.")
    by_a_day = isinstance(stands, dict) and stands.keys() == {"by"}
    several_sources = isinstance(stands, list) and place_of(at)[-1] == SOURCE
    if isinstance(stands, dict | list) and not (by_a_day or several_sources):
        void = " One of another city is void: --at mayors.0.capacity --is void."
        way = f"Name one of them: {at}.…{void if at[:6] == 'mayors' else ''}"
        raise UsageError(f"{at} in {path} holds more than one value.", way)
    return stands


def _alike(was: Any, text: str, at: Place) -> Any:
    """The value of the same kind as what stood there; a day may become `by` a day.

    A fact may rest on several sources, parted by | as in a table.
    """
    if at[-1] == SOURCE and "|" in text:
        return parted(text)
    if isinstance(was, bool):
        return _boolean(text)
    if text[:3] == "by " and (isinstance(was, dict) or _is_day(str(was))):
        return {"by": text[3:].strip()}
    if not isinstance(was, int):
        return text
    try:
        return int(text[:12])
    except ValueError:
        raise UsageError(
            f"--is {text} is no number; {was} stands there.", "Write digits."
        ) from None


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4:5] == text[7:8] == "-"


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise UsageError(f"--is {text} is neither true nor false.", "Write true or false.")
    return text == "true"


def _no_correction(registry: Registry, path: str) -> None:
    """A correction is a record that stays: what it says is corrected where it says it."""
    ref = ref_of(path)
    held = registry.recorded(path) if ref.kind == "corrections" else None
    if held is not None:
        raise UsageError(
            f"{ref.id} is a correction, and stays as it is.",
            f"Correct the place again: b40 correct {held['corrects']} --at {held['at']} --is …",
        )
