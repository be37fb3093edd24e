"""A city that is gone applies again: the statutes are silent, so the decision says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import ALL, Office, scene

CITY, EC = "ro-valea-alba", "2026-05-05-ec"
LEFT = {f"members/{CITY}": {"withdrawal": {"received": "2025-05-05", "effective": "2026-01-01"}}}


@pytest.fixture(params=["removed", "left"])
def at(request: Any, tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office where the city is gone and has applied again, and the committee meets."""
    stock, given = (("assembly", "removal"), None) if request.param == "removed" else ((), LEFT)
    office = Office(scene(tmp_path, *stock, given=given), capsys)
    told = {"form": "form", "letter": "letter", "elected": "elections"}
    words = [word for flag, file in told.items() for word in (f"--{flag}", f"{papers}/{file}.txt")]
    city = ("Valea Alba", "--id", CITY, "--country", "RO", "--gazetteer", "none")
    office.asks("application", "submit", *city, *words, "--criteria", "pledge", on="2026-04-01")
    office.asks("meeting", "convene", "ec", "--opens", "2026-05-05T10:00", on="2026-04-20")
    office.asks("meeting", "roll-call", EC, "--present", ALL, on="2026-05-05")
    return office


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
