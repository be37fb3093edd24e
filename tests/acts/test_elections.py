"""Elections of the committee under rule set 2, through the acts: the seats that come of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts import decisions
from b40cli.acts.change.questions import Question
from b40cli.model.answer import Answer
from tests.acts.scene import Office, scene
from tests.acts.test_offices import (
    ALL,
    DAY,
    JANUARY,
    MAYORS,
    SESSION,
    does,
    held,
    kept,
    passed,
)

B, A, R, T, X = "bg-vodengrad", "al-aldmar", "ba-brezna-luka", "tr-camliova", "xk-gurmal"
FOUR = (B, A, R, T)
ELECTED_SEATS = ("elected-1", "elected-2", "elected-3", "elected-4")


def january(folder: Path, given: Mapping[str, Any] | None = None) -> Path:
    """The Assembly of January 2027 under rule set 2, the presidency handed over."""
    register = scene(folder, *JANUARY, given={**MAYORS, **(given or {})}, rule_set=2)
    assert does(register, DAY, passed()).ok
    return register


def by(votes: Mapping[str, int]) -> dict[str, list[str]]:
    """Choices by name: so many voters for each, one after the other around the table."""
    found, at = {}, 0
    for city, n in votes.items():
        found[city] = [ALL[(at + k) % len(ALL)] for k in range(n)]
        at += n
    return found


def elects(
    register: Path,
    votes: Mapping[str, int] | None,
    numbers: Mapping[str, int] | None = None,
    ballots: Mapping[str, Sequence[str]] | None = None,
    term: int = 2027,
    **more: Any,
) -> Answer[Any]:
    """An election of the session, recorded at once: by name, in secret, or of a slate."""
    question = Question("committee-election", None, SESSION, term=term, **more)
    choices = None if votes is None else by(votes)
    return does(
        register,
        DAY,
        lambda session: decisions.record(session, question, ballots, numbers, choices),
    )


def seats(register: Path) -> list[str | None]:
    """Who holds the four elected seats once the session is over."""
    of = held(register, DAY)
    return [of.get(seat) for seat in ELECTED_SEATS]


def lawful(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Check and audit refuse nothing."""
    told = Office(register, capsys).asks("check", on=DAY)
    assert told["result"]["counts"]["validity"] == 0, told["findings"]


def test_a_run_off_after_a_tie_unseats_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three are elected, two are equal over the fourth seat; the run-off fills that one alone."""
    register = january(tmp_path)
    first = elects(register, {B: 6, A: 5, R: 4, T: 2, X: 2})
    assert first.result["state"] == "adopted"
    assert first.result["count"]["elected"] == [B, A, R]
    assert first.result["count"]["tied"] == [T, X]
    assert first.result["seats"] == {"free": 4, "of": 2027}
    assert f"--candidate {T},{X}" in (first.told or "").replace("\n", " ").replace("  ", "")
    assert seats(register) == [B, A, R, None]

    second = elects(register, {T: 5, X: 7}, candidates=(T, X))
    assert second.result["state"] == "adopted", second.result["reason"]
    assert second.result["seats"] == {"free": 1, "of": 2027}
    assert seats(register) == [B, A, R, X]
    record = kept(register, f"decisions/2027/{second.result['id']}")
    assert record["statutes_silent"] is True
    assert [s for s in kept(register, "committee/2027")["seats"] if "ended_by" in s] == []
    lawful(register, capsys)

    third = elects(register, {T: 12})
    assert third.result["state"] == "invalid"
    assert "No elected seat of 2027 is free" in third.result["reason"]
    assert seats(register) == [B, A, R, X]
    lawful(register, capsys)
