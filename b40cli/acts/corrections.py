"""Correcting a fact that was entered wrongly: a record of its own, the old one stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.derived_changes import ensuing
from b40cli.acts.change.perform import as_bytes
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session
from b40cli.acts.reads.records import record_named
from b40cli.model.correction import ABSENT, BY_SECRETARIAT, place_of, same, standing_at
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError
from b40cli.model.ref import Ref, ref_of
from b40cli.model.registry import Registry
from b40cli.store.snapshot import overlay

if TYPE_CHECKING:
    from b40cli.model.results.records import CorrectAlready, Corrected

ACT = "correct"


class Right(NamedTuple):
    """What is right, why the record is not, what shows it, and who says so."""

    value: str
    why: str
    evidence: tuple[Mapping[str, Any], ...]
    by: str | None = None


def correct(
    session: Session, reference: str, at: str, right: Right
) -> Proposal[Corrected | CorrectAlready]:
    """Record that a place of a record holds something wrong, and what is right."""
    path = record_named(session.before, reference)
    was = _standing(session.before, path, at)
    value = _alike(was, right.value)
    name, about = _next_id(session), str(ref_of(path))
    record = {
        "id": name,
        "corrects": about,
        "at": at,
        "was": was,
        "is": value,
        "why": right.why,
        "on": str(session.on),
        "by": right.by or BY_SECRETARIAT,
        "evidence": [dict(document) for document in right.evidence],
    }
    headline = f"correction: {about} {at}, {name}"
    if same(was, value):
        result: CorrectAlready = {"corrects": about, "at": at, "is": value}
        return Proposal(ACT, about, f"{about} {at} is {value} already", (), result)
    created = Create(Ref("corrections", name).path, record)
    body = (
        f"Was {was}, is {value}: {right.why}",
        *_following(session, created),
    )
    return Proposal(ACT, about, headline, (created,), record, body, right.by)


def _standing(registry: Registry, path: str, at: str) -> Any:
    """What stands at the place now; UsageError where there is none, or a whole block."""
    stands = standing_at(registry.data(path), place_of(at))
    if stands is ABSENT:
        raise UsageError(
            f"{path} has no place {at}.",
            "Write keys and positions (from 0) joined by points: population.count, mayors.0.name. "
            "What is missing is not corrected but added.",
        )
    if isinstance(stands, dict | list):
        raise UsageError(f"{at} in {path} holds more than one value.", f"Name one of them: {at}.…")
    return stands


def _alike(was: Any, text: str) -> Any:
    """The value of the same kind as what stood there."""
    if isinstance(was, bool):
        return _boolean(text)
    if not isinstance(was, int):
        return text
    try:
        return int(text[:12])
    except ValueError:
        raise UsageError(
            f"--is {text} is no number; {was} stands there.", "Write digits."
        ) from None


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise UsageError(f"--is {text} is neither true nor false.", "Write true or false.")
    return text == "true"


def _next_id(session: Session) -> str:
    year = session.on.year
    taken = session.before.paths(f"corrections/{year}/")
    last = max((int(ref_of(path).id[-3:]) for path in taken), default=0)
    return f"C-{year}-{last + 1:03d}"


def _following(session: Session, created: Create) -> tuple[str, ...]:
    """What the register derives otherwise from now on; UsageError where it makes no record."""
    held = overlay(session.snapshot, as_bytes(session, (created,)))
    return ensuing(session.before, Registry(held), session.on)
