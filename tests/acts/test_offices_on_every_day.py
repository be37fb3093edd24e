"""Who holds what, told alike on every day: committee, presidency, desk, dossiers (Art. 11, 13)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from b40cli.acts.opened.view import View, open_view
from b40cli.acts.published import papers
from b40cli.acts.reads import lists, offices, presidency
from b40cli.acts.reads.desk import status
from b40cli.rules.facts.tenures import Tenure, seats_held, terms_held
from tests.acts.scene import PAPER, scene

FIRST, LAST = date(2026, 1, 5), date(2028, 2, 10)
# Removed in the middle of its term, a year after another city had left the committee by itself.
TROUBLE = {
    "statutes/interpretations/INT-30": {
        "adopted": [{"from": "2026-01-05", "reading": "anniversary", "by": "provisional"}]
    },
    "members/bg-vodengrad": {"withdrawal": {"received": "2026-05-02", "effective": "2027-01-01"}},
    "members/gr-lykonisi": {
        "suspensions": [
            {
                "from": "2026-02-16",
                "by": "PR-2026-001",
                "until": "2026-02-20",
                "lifted_by": "PR-2026-002",
            }
        ]
    },
    **{
        f"decisions/2026/PR-2026-00{n}": {
            "id": f"PR-2026-00{n}",
            "body": "president",
            "matter": matter,
            "subject": "members/gr-lykonisi",
            "title": "On Lykonisi",
            "state": "adopted",
            "closed": day,
            "grounds": "Statements.",
            "decided_by": {"city": "hr-kamenik", "person": "Ana Primer", "capacity": "mayor"},
            "evidence": [PAPER],
        }
        for n, matter, day in (
            (1, "suspension", "2026-02-16"),
            (2, "reinstatement", "2026-02-20"),
        )
    },
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> View:
    """Two years: a removal, a departure, a handover, an election, a term that nobody took over."""
    folder = scene(
        Path(tmp_path_factory.mktemp("years")),
        *("January session", "handover", "election", "assembly", "removal"),
        given=TROUBLE,
        rule_set=2,
    )
    return open_view(folder, LAST)


def covering(tenures: list[Tenure], day: date) -> dict[str, tuple[str, str, str | None]]:
    """Who holds what on a day, from when to when, by the times that dossiers tell."""
    return {
        held.seat or "presidency": (
            held.city,
            str(held.start),
            str(held.until) if held.until else None,
        )
        for held in tenures
        if held.start.day <= day and (held.until is None or day < held.until)
    }


def test_every_read_says_the_same_of_every_day(whole: View) -> None:
    """From the opening to a vacant presidency: nobody presides in one read and not in another."""
    tenures = [*terms_held(whole.registry), *seats_held(whole.registry)]
    seen: set[str | None] = set()
    for n in range((LAST - FIRST).days):
        view = whole._replace(on=FIRST + timedelta(days=n))
        told, held = offices.committee(view).result, covering(tenures, view.on)
        shown, desk = presidency.show(view).result, status.presides(view)
        presiding = told["presidency"]["city"] if told["presidency"] else None
        desked = desk["city"] if desk else None
        president, *_days = held.pop("presidency", (None,))
        assert shown["president"] == presiding == desked == president, view.on
        seats = {s["seat"]: (s["city"], s["since"], s["until"]) for s in told["seats"] if s["city"]}
        assert seats == held, view.on
        gone = [s for s in told["seats"] if s["state"] == "vacant" and (s["since"] or s["until"])]
        assert not gone, view.on
        seen.add(presiding)
    assert seen == {"hr-kamenik", "rs-srebrni-brod", None}


def test_a_dossier_ends_offices_where_they_ended(whole: View) -> None:
    """The seat of a city that left ends with its membership, whatever its record says."""
    told = papers.dossier(whole, "bg-vodengrad").result
    assert {"office": "seat elected-1", "from": "2026-01-05", "until": "2027-01-01"} in told[
        "offices"
    ]


@pytest.mark.parametrize(
    ("city", "day", "standing", "since"),
    [
        ("ro-valea-alba", "2026-03-09", "member", "2025-01-20"),
        ("ro-valea-alba", "2026-04-01", "removed", "2026-03-10"),
        ("bg-vodengrad", "2026-06-01", "leaving", "2026-05-02"),
        ("bg-vodengrad", "2027-03-01", "left", "2027-01-01"),
    ],
)
def test_the_day_is_that_of_the_state(
    whole: View, city: str, day: str, standing: str, since: str
) -> None:
    """Never "removed since" the day it joined: list, member and dossier say the day it was."""
    view = whole._replace(on=date.fromisoformat(day))
    rows = lists.members(view, None, None).result["members"]
    row = next(row for row in rows if row["id"] == city)
    for said in (row, lists.member(view, city).result, papers.dossier(view, city).result):
        assert (said["standing"], said["since"]) == (standing, since)


def test_intervals_and_suspensions_are_shown(whole: View) -> None:
    """A suspension in a membership, with what brought and what lifted it."""
    told = lists.member(whole, "gr-lykonisi").result
    times = [(i["from"], i["until"], i["suspended"]) for i in told["intervals"]]
    assert times == [
        ("2025-01-20", "2026-02-16", False),
        ("2026-02-16", "2026-02-20", True),
        ("2026-02-20", None, False),
    ]
    assert told["suspensions"][0]["lifted_by"] == "PR-2026-002"
