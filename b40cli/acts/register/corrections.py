"""Correcting a fact that was entered wrongly: a record of its own, the old one stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.derived_changes import ensuing
from b40cli.acts.change.perform import as_bytes
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.records import leaves, record_named
from b40cli.model.edit import Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import ABSENT, BY_SECRETARIAT, place_of, same, standing_at
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.store.snapshot import overlay

if TYPE_CHECKING:
    from b40cli.model.results.records import CorrectAlready, Corrected, CorrectedSeveral

ACT = "correct"


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
    wrong, missing = _sorted(session.before, path, right)
    added = [_addition(session.before, path, at, text) for at, text in missing]
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
        *(f"Was {r['was']}, is {r['is']}: {r['why']}" for r in records),
        *(f"Added: {at}, {text}" for at, text in missing),
        *_following(session, edits),
    )
    result: Corrected | CorrectedSeveral = records[0] if len(records) == 1 else {}
    if len(records) != 1 or missing:
        result = {"corrects": about, "corrections": records, "added": [at for at, _ in missing]}
    return Proposal(ACT, about, headline, edits, result, body, right.by)


def holds(session: Session, reference: str, at: str) -> bool:
    """Whether the place holds something: what lacks is added, and nobody asks why."""
    path = record_named(session.before, reference)
    return standing_at(session.before.data(path), place_of(at)) is not ABSENT


def places_of(session: Session, reference: str) -> list[tuple[str, str]]:
    """Every place of a record that holds one value, and that value."""
    record = session.before.data(record_named(session.before, reference))
    return [(at, str(value)) for at, value in leaves(record)]


Places = list[tuple[str, str]]


def _sorted(
    registry: Registry, path: str, right: Right
) -> tuple[list[tuple[str, Any, Any]], Places]:
    """The places that hold something else, with what they hold and what is right; and the empty."""
    wrong: list[tuple[str, Any, Any]] = []
    missing: Places = []
    for at, text in right.places:
        was = standing_at(registry.data(path), place_of(at))
        if was is ABSENT:
            missing.append((at, text))
            continue
        was = _standing(registry, path, at)
        value = _alike(was, text)
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
    first = _next_number(session)
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
        yield {key: each for key, each in record.items() if each is not None}


def _standing(registry: Registry, path: str, at: str) -> Any:
    """What stands at the place now; UsageError where it is a whole block."""
    stands = standing_at(registry.data(path), place_of(at))
    by_a_day = isinstance(stands, dict) and stands.keys() == {"by"}
    if isinstance(stands, dict | list) and not by_a_day:
        raise UsageError(f"{at} in {path} holds more than one value.", f"Name one of them: {at}.…")
    return stands


def _alike(was: Any, text: str) -> Any:
    """The value of the same kind as what stood there; a day may become `by` a day."""
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


def _addition(registry: Registry, path: str, at: str, text: str) -> Edit:
    """What a record lacks, in the shape its kind asks; UsageError where it has no such place."""
    from b40cli.store.schema import fits, kind_of

    held, place = registry.recorded(path) or {}, place_of(at)
    known = next(n for n in range(len(place), -1, -1) if standing_at(held, place[:n]) is not ABSENT)
    kind = kind_of(path) or ""
    for value in _readings(text):
        whole = _nested(place[known + 1 :], value)
        edit = Put(path, place[: known + 1], whole)
        if all(isinstance(step, str) for step in place[known:]) and fits(
            kind, _with(held, edit.at, whole)
        ):
            return edit
    raise UsageError(
        f"{path} has no place {at} that could hold {text}.",
        "Write keys and positions (from 0) joined by points: population.count, mayors.0.name. "
        "An entry of a list is added by the act that makes it.",
    )


def _readings(text: str) -> Iterator[Any]:
    """What a text may mean: itself, a number, a truth, `by` a day."""
    yield text
    if text.isascii() and text.isdecimal() and len(text) < 12:
        yield int(text)
    if text in ("true", "false"):
        yield text == "true"
    if text[:3] == "by ":
        yield {"by": text[3:].strip()}


def _nested(place: Place, value: Any) -> Any:
    for step in reversed(place):
        value = {step: value}
    return value


def _with(held: Any, at: Place, value: Any) -> Any:
    """The record with a value at a place whose last step it does not have."""
    copy: Any = list(held) if isinstance(held, list) else dict(held)
    copy[at[0]] = value if len(at) == 1 else _with(held[at[0]], at[1:], value)
    return copy


def _next_number(session: Session) -> int:
    taken = session.before.paths(f"corrections/{session.on.year}/")
    return max((int(ref_of(path).id[-3:]) for path in taken), default=0) + 1


def _following(session: Session, edits: tuple[Edit, ...]) -> tuple[str, ...]:
    """What the register derives otherwise from now on; UsageError where it makes no record."""
    held = overlay(session.snapshot, as_bytes(session, edits))
    return ensuing(session.before, Registry(held), session.on)
