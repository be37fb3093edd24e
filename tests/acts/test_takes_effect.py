"""A law of the Assembly binds from the next day, or from a later one that it names (INT-41)."""

from __future__ import annotations

import pytest

from tests.acts.scene import Office
from tests.acts.test_in_silence import EVERYONE, GA, at, sound

__all__ = ["at"]
VOTE = ("--meeting", GA, "--for", EVERYONE)
LATER = "2026-07-01"


def value(at: Office, on: str) -> object:
    told = at.asks("statutes", "show", "proxies-per-holder", on=on)["result"]
    return told["parameter"]["value"]


def amended(at: Office, *words: str, exits: int = 0) -> None:
    amend = ("--amend", "proxies-per-holder=2")
    at.asks("decision", "record", "amendment", *amend, *VOTE, *words, on=GA[:10], exits=exits)


def test_an_amendment_takes_effect_on_its_day(at: Office) -> None:
    amended(at, "--takes-effect", LATER)
    assert f"In force from {LATER}" in at.message()
    assert [value(at, day) for day in ("2026-03-25", "2026-06-30", LATER)] == [1, 1, 2]
    sound(at)


def test_one_that_names_no_day_binds_from_the_next(at: Office) -> None:
    amended(at)
    assert [value(at, day) for day in (GA[:10], "2026-03-25")] == [1, 2]


def test_one_that_is_annulled_before_its_day_never_binds(at: Office) -> None:
    amended(at, "--takes-effect", LATER)
    words = ("--annuls", "GA-2026-001", "--effect", "ex-tunc")
    at.asks("decision", "record", "annulment", *words, *VOTE, on=GA[:10])
    assert [value(at, day) for day in ("2026-03-25", LATER)] == [1, 1]
    sound(at)


@pytest.mark.parametrize(
    "words", [("--takes-effect", GA[:10]), ("--takes-effect", "1 July")], ids=["same-day", "no-day"]
)
def test_a_day_that_is_none_of_its_own(words: tuple[str, ...], at: Office) -> None:
    if words[1] == GA[:10]:
        amend = ("--amend", "proxies-per-holder=2", "--meeting", GA, *words)
        told = at.asks("decision", "propose", "amendment", *amend, on=GA[:10])
        assert any("a later day is named" in f["message"] for f in told["findings"])
    else:
        amended(at, *words, exits=2)


def test_an_amendment_has_its_words(at: Office) -> None:
    words = ("--text", "The network has a library.")
    at.asks("decision", "record", "amendment", *words, *VOTE, on=GA[:10])
    assert at.asks("show", "GA-2026-001", on=GA[:10])["result"]["record"]["text"] == words[1]
    sound(at)


def test_a_law_is_entered_before_the_votes_that_it_counts(at: Office) -> None:
    """What was recorded since its day would be counted by it: that is told before, not after."""
    later = "2026-04-14"
    amend = ("amendment", "--amend", "assembly-quorum=1/2", "--meeting", GA)
    at.asks("decision", "propose", *amend, on=GA[:10])
    at.asks("decision", "open", "GA-2026-001", on=GA[:10])
    at.asks("decision", "vote", "GA-2026-001", "--for", "all", on=GA[:10])
    at.asks("meeting", "convene", "ga", "--opens", f"{later}T10:00", on="2026-03-25")
    at.asks("meeting", "notice", f"{later}-ga", "--sent", "2026-03-26T10:00", on="2026-03-26")
    at.asks("meeting", "rules", f"{later}-ga", "--announced", "2026-03-26T10:00", on="2026-03-26")
    at.asks("meeting", "roll-call", f"{later}-ga", "--present", "all", on=later)
    meant = ("resolution", "--title", "A library", "--meeting", f"{later}-ga", "--for", "all")
    at.asks("decision", "record", *meant, on=later)

    told = at.asks("decision", "close", "GA-2026-001", on=GA[:10], exits=1)["findings"][0]
    assert (told["rule"], told["file"][-16:]) == ("quorum-at-first-roll-call", "GA-2026-002.yaml")
    assert "enter the law" in told["help"]
    at.asks("undo", on=later)
    at.asks("decision", "close", "GA-2026-001", on=GA[:10])
    at.asks("decision", "record", *meant, on=later)
    sound(at)
