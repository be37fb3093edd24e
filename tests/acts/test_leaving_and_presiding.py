"""A city that leaves before a term begins (INT-38): candidates, approval, the seat of next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts import decisions, members, offices, summits
from b40cli.acts.change.questions import Question
from b40cli.acts.opened.view import open_view
from b40cli.acts.reads import plans
from b40cli.acts.reads.desk import status
from tests.acts.scene import PAPER, scene
from tests.acts.test_day_of_handover import DAY, LATER, SESSION, Act, does, head, refused
from tests.acts.test_offices import ALL, MAYORS, held, kept
from tests.acts.test_vacant_presidency import read_as
from tests.invented import SEVEN

GONE = "mk-planinsko"


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The acts are entered in March."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"{LATER}T10:00:00+0300")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{LATER}T10:00:00+0300")


def leaves(on: date) -> Act:
    """Planinsko gives notice on a day."""
    return lambda s: members.leave(s, GONE, on, PAPER)


def approves(term: int) -> Act:
    """The Assembly approves Planinsko; all twelve are for it."""
    question = Question("presidency", f"members/{GONE}", SESSION, term=term)
    return lambda s: decisions.record(s, question, {"for": ALL}, None)


@pytest.mark.parametrize(
    ("reading", "state", "turns"),
    [
        ("not-eligible", "invalid", {"eligible-with-note": "adopted"}),
        ("eligible-with-note", "adopted", {"not-eligible": "invalid"}),
    ],
)
def test_the_approval(reading: str, state: str, turns: dict[str, str], tmp_path: Path) -> None:
    """Notice in January 2027, gone in 2028, a term that begins on 31 January 2028."""
    given = {**MAYORS, **read_as(INT_38=reading)}
    folder = scene(tmp_path, "January session", "candidates", given=given, rule_set=2)
    start = head(folder)
    assert does(folder, leaves(date(2027, 1, 10)), date(2027, 1, 10)).ok
    answer = does(folder, approves(2028))
    assert (answer.ok, answer.result["state"]) == (True, state)
    assert answer.result["readings"]["on"]["INT-38"] == turns
    assert not list(refused(folder, start))


def test_an_approval_that_is_void_anyway(tmp_path: Path) -> None:
    """No candidate of the committee, either: void however INT-38 is read."""
    folder = scene(tmp_path, "January session", given=MAYORS, rule_set=2)
    assert does(folder, leaves(date(2027, 1, 10)), date(2027, 1, 10)).ok
    answer = does(folder, approves(2028))
    assert (answer.ok, answer.result["state"]) == (True, "invalid")
    assert "gone on 2028-01-01" in answer.result["reason"]
    assert "INT-38" not in answer.result["readings"].get("on", {})


def test_a_notice_after_the_approval(tmp_path: Path) -> None:
    """The approval stands; at the handover the city does not take the seat of next President."""
    folder = scene(tmp_path, "January session", "candidates", given=MAYORS, rule_set=2)
    start = head(folder)
    assert does(folder, approves(2028)).result["state"] == "adopted"
    assert does(folder, leaves(DAY), DAY).ok
    assert does(folder, lambda s: offices.handover(s, None, SESSION, None)).ok
    assert "next" not in held(folder, str(DAY))
    assert kept(folder, "presidencies/2028")["city"] == GONE
    told = [i["what"] for i in status.vacant(open_view(folder, DAY))]
    said = "Planinsko, named for the presidency of 2028, is gone before it begins (INT-38)"
    assert said in told
    assert not list(refused(folder, start))


def test_who_sits_as_next_president_without_a_term_on_record(tmp_path: Path) -> None:
    """The desk and the plan tell that it is gone before; who is approved after it is not next."""
    given: dict[str, Any] = {f"members/{SEVEN[2]}": {"withdrawal": NOTICE}}
    given["presidencies/2028"] = {"year": 2028, "city": GONE, "approved": "GA-2026-001"}
    view = open_view(scene(tmp_path, given=given, rule_set=2), date(2026, 11, 1))
    told = status.status(view).result
    assert told["next"] and told["next"]["city"] == SEVEN[2]
    said = "Srebrni Brod, named for the presidency of 2027, is gone before it begins (INT-38)"
    assert said in [line["what"] for line in told["vacant"]]
    steps = [step["step"] for step in plans.plan(view).result["steps"]]
    assert f"handover of 2027 to {SEVEN[2]}, which is gone before it begins (INT-38)" in steps
    assert "the committee determines the candidates for 2027" in steps


def test_the_order_of_candidacies(tmp_path: Path) -> None:
    """Who leaves before the term begins stands last, with the day; before another term, first."""
    capital = {"parameters.capitals.values.0.value": [GONE]}
    given = {"statutes/parameters": capital, f"members/{GONE}": {"withdrawal": NOTICE}}
    folder = scene(tmp_path, given=given, rule_set=2)
    view = open_view(folder, date(2026, 11, 1))
    *others, last = plans.order(view, 2028).result["candidacies"]
    assert all(each["eligible"] for each in others)
    assert (last["city"], last["eligible"], last["priority"]) == (GONE, False, False)
    assert "gone on 2027-01-01" in last["reason"]
    assert plans.order(view, 2028).result["first_round"] is False


NOTICE = {"received": "2026-10-01", "effective": "2027-01-01"}


@pytest.mark.parametrize(
    ("reading", "of_2027", "of_2028"),
    [("next-presidency", SEVEN[2], None), ("president-of-the-year", SEVEN[0], SEVEN[2])],
)
def test_the_host_of_a_summit_that_is_not_convened(
    reading: str, of_2027: str, of_2028: str | None, tmp_path: Path
) -> None:
    """The plan names whom INT-45 makes the host before the Summit is convened, as after it."""
    folder = scene(tmp_path, given=read_as(INT_45=reading), rule_set=2)
    view = open_view(folder, date(2026, 11, 1))
    assert [summits.plan(view, year).result["host"] for year in (2027, 2028)] == [of_2027, of_2028]
