"""A city that is gone applies again: the statutes are silent, so the decision says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acted_once import acted_once
from tests.acts.scene import ALL, Office, scene
from tests.invented import OTHERS

CITY, EC = "ro-valea-alba", "2026-05-05-ec"
LEFT = {f"members/{CITY}": {"withdrawal": {"received": "2025-05-05", "effective": "2026-01-01"}}}


@pytest.fixture(params=["removed", "left"])
def at(request: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office where the city is gone and has applied again, and the committee meets."""
    stock, given = (("assembly", "removal"), None) if request.param == "removed" else ((), LEFT)
    office = Office(scene(tmp_path, *stock, given=given), capsys)
    applied(office)
    return office


@acted_once
def applied(office: Office) -> None:
    for name in ("form", "letter", "elections"):
        (office.folder / f"{name}.txt").write_text(f"{name} of an invented city\n")
    told = {"form": "form", "letter": "letter", "elected": "elections"}
    words = [
        word for flag, file in told.items() for word in (f"--{flag}", f"{office.folder}/{file}.txt")
    ]
    city = ("Valea Alba", "--id", CITY, "--country", "RO", "--gazetteer", "none")
    office.asks("application", "submit", *city, *words, "--criteria", "pledge", on="2026-04-01")
    office.asks("meeting", "convene", "ec", "--opens", "2026-05-05T10:00", on="2026-04-20")
    office.asks("meeting", "roll-call", EC, "--present", ALL, on="2026-05-05")


def standing(at: Office, day: str) -> str:
    return str(at.asks("member", "show", CITY, on=day)["result"]["standing"])


def test_an_admission_that_does_not_say_so_is_refused(at: Office) -> None:
    words = ("decision", "propose", "admission", "--subject", CITY, "--meeting", EC)
    at.asks(*words, on="2026-05-05")
    head = at.head()
    refused = at.asks("decision", "open", "EC-2026-001", on="2026-05-05", exits=1)["findings"]
    (found,) = (f for f in refused if f["kind"] == "validity")
    assert (found["rule"], found["article"]) == ("application-is-complete", "Art. 5")
    assert "--statutes-silent" in found["help"] and at.head() == head
    told = at.asks(*(*words, "--statutes-silent"), on="2026-05-05")["result"]["id"]
    at.asks("decision", "open", told, on="2026-05-05")


def test_one_that_says_so_makes_it_a_member_again(at: Office) -> None:
    """With its signature; before that it is what it was, and its first membership stays."""
    gone = standing(at, "2026-04-30")
    words = ("admission", "--subject", CITY, "--meeting", EC, "--for", ALL, "--statutes-silent")
    done = at.asks("decision", "record", *words, on="2026-05-05")
    assert done["result"]["state"] == "adopted"
    assert standing(at, "2026-05-06") == gone in ("removed", "left")
    at.asks("member", "sign", CITY, "--signed", "2026-05-10", on="2026-05-10")
    assert [standing(at, day) for day in ("2025-06-01", "2026-05-09", "2026-05-10")] == [
        "leaving" if gone == "left" else "member",
        gone,
        "member",
    ]
    assert CITY in at.asks("roll", on="2026-05-10")["result"]["voting"]
    assert at.asks("check", on="2026-05-11")["result"]["counts"]["validity"] == 0


@acted_once
def back(at: Office) -> str:
    """The city is a member again since 10 May; what it was before."""
    gone = standing(at, "2026-04-30")
    words = ("admission", "--subject", CITY, "--meeting", EC, "--for", ALL, "--statutes-silent")
    at.asks("decision", "record", *words, on="2026-05-05")
    at.asks("member", "sign", CITY, "--signed", "2026-05-10", on="2026-05-10")
    return gone


def kept(at: Office) -> dict[str, Any]:
    return dict(at.asks("member", "show", CITY, on="2026-11-20")["result"]["record"])


def test_it_leaves_a_second_time(at: Office) -> None:
    """Its first departure stays on record, and what it was on every day before."""
    gone = back(at)
    before = kept(at)
    at.asks("member", "withdraw", CITY, "--received", "2026-09-01", on="2026-09-01")
    record = kept(at)
    assert record["withdrawal"] == {"received": "2026-09-01", "effective": "2027-01-01"}
    earlier = [before["withdrawal"]] if gone == "left" else None
    assert record.get("former_withdrawals") == earlier
    assert record.get("removal") == before.get("removal")
    days = ("2026-04-30", "2026-05-09", "2026-05-10", "2026-08-31", "2026-09-01", "2026-11-20")
    assert [standing(at, day) for day in days] == [
        *(gone, gone, "member", "member", "leaving", "leaving")
    ]
    assert at.asks("member", "show", CITY, on="2026-11-20")["result"]["since"] == "2026-09-01"
    assert at.asks("check", on="2026-11-20")["result"]["counts"]["validity"] == 0


def test_it_is_removed_a_second_time(at: Office) -> None:
    gone = back(at)
    ga = "2026-10-06-ga"
    at.asks("meeting", "convene", "ga", "--opens", "2026-10-06T10:00", on="2026-09-01")
    words = (
        "removal",
        "--subject",
        CITY,
        "--meeting",
        ga,
        "--grounds",
        "It acts against the aims.",
    )
    name = at.asks("decision", "propose", *words, on="2026-09-01")["result"]["id"]
    at.asks(
        "meeting", "notice", ga, "--sent", "2026-09-02T10:00", "--motion", name, on="2026-09-02"
    )
    everybody = f"{ALL},{','.join(OTHERS)}"
    at.asks("meeting", "roll-call", ga, "--present", everybody, on="2026-10-06")
    at.asks("decision", "open", name, on="2026-10-06")
    at.asks("decision", "vote", name, "--for", everybody, on="2026-10-06")
    done = at.asks("decision", "close", name, on="2026-10-06")
    assert done["result"]["state"] == "adopted"
    record = kept(at)
    assert record["removal"] == name
    assert record.get("former_removals") == (["GA-2026-002"] if gone == "removed" else None)
    days = ("2026-05-09", "2026-05-10", "2026-10-05", "2026-10-06", "2026-11-20")
    assert [standing(at, day) for day in days] == [gone, "member", "member", "removed", "removed"]
    assert at.asks("check", on="2026-11-20")["result"]["counts"]["validity"] == 0


def test_who_is_gone_cannot_leave(at: Office) -> None:
    """Nor does a second notice bring it back: it would be leaving once more, with its vote."""
    head = at.head()
    words = ("member", "withdraw", CITY, "--received", "2026-05-02")
    (found,) = (f for f in at.asks(*words, on="2026-05-02", exits=1)["findings"])
    assert (found["rule"], found["article"]) == ("withdrawal-at-year-end", "Art. 9")
    assert "is not a member on 2026-05-02" in found["message"] and at.head() == head
