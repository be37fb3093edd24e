"""A reinstatement ends the suspension that runs, whatever was annulled before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import Office, scene

CITY = "mk-planinsko"


@pytest.fixture
def at(tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office where the President suspended the city on 2 February."""
    office = Office(scene(tmp_path), capsys)
    decide(office, papers, "2026-02-02", "member", "suspend", CITY, "--grounds", "Statements.")
    return office


def decide(at: Office, papers: Path, on: str, *words: str) -> dict[str, Any]:
    paper = ("--person", "Ana Primer", "--evidence", str(papers / "decision.txt"))
    return at.asks(*words, *paper, on=on)


def suspended(at: Office, *days: str) -> list[bool]:
    shown = (at.asks("member", "show", CITY, on=day)["result"] for day in days)
    return [bool(result["suspended"]) for result in shown]


def test_an_annulled_suspension_is_not_the_one_that_is_lifted(at: Office, papers: Path) -> None:
    decide(at, papers, "2026-02-10", "decision", "annul", "PR-2026-001", "--effect", "ex-nunc")
    decide(at, papers, "2026-03-02", "member", "suspend", CITY, "--grounds", "Others.")
    decide(at, papers, "2026-03-05", "member", "reinstate", CITY)
    days = ("2026-02-02", "2026-02-10", "2026-03-01", "2026-03-02", "2026-03-05", "2026-03-06")
    assert suspended(at, *days) == [True, False, False, True, False, False]
    first, second = at.asks("member", "show", CITY, on="2026-03-06")["result"]["record"][
        "suspensions"
    ]
    assert "until" not in first and second["lifted_by"] == "PR-2026-004"


def test_what_an_annulled_reinstatement_lifted_is_lifted_again(at: Office, papers: Path) -> None:
    """The first reinstatement stays on record beside the second."""
    decide(at, papers, "2026-02-05", "member", "reinstate", CITY)
    decide(at, papers, "2026-02-10", "decision", "annul", "PR-2026-002", "--effect", "ex-nunc")
    decide(at, papers, "2026-03-05", "member", "reinstate", CITY)
    days = ("2026-02-04", "2026-02-05", "2026-02-09", "2026-02-10", "2026-03-04", "2026-03-05")
    assert suspended(at, *days) == [True, False, False, True, True, False]
    assert at.asks("check", on="2026-03-06")["result"]["counts"]["validity"] == 0


def test_a_city_is_suspended_again_on_the_day_it_was_freed(at: Office, papers: Path) -> None:
    """By annulment or by lifting: what came later that day is no running suspension of before."""
    suspend = ("member", "suspend", CITY, "--grounds", "Others.")
    decide(at, papers, "2026-02-02", "decision", "annul", "PR-2026-001", "--effect", "ex-tunc")
    for freed in (("member", "reinstate", CITY), None):
        decide(at, papers, "2026-02-02", *suspend)
        if freed:
            decide(at, papers, "2026-02-02", *freed)
    paper = ("--person", "Ana Primer", "--evidence", str(papers / "decision.txt"))
    again = at.asks(*suspend, *paper, on="2026-02-02", exits=1)["findings"]
    assert any("suspended already, since 2026-02-02 by PR-2026-005" in f["message"] for f in again)
    assert suspended(at, "2026-02-01", "2026-02-02") == [False, True]
    at.asks("check", on=None)
    at.asks("audit", on=None)
