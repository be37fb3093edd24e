"""A law of the Assembly binds from the next day, or from a later one that it names (INT-41)."""

from __future__ import annotations

import pytest

from b40cli.render.screens.law import later_told
from tests.acts.scene import Office
from tests.acts.test_in_silence import EVERYONE, GA, at, sound

__all__ = ["at"]
VOTE = ("--meeting", GA, "--for", EVERYONE)
LATER = "2026-07-01"


def value(at: Office, on: str) -> object:
    """The number on a day; beside it the one that is set from a later day, where one is."""
    told = at.asks("statutes", "show", "proxies-per-holder", on=on)["result"]["parameter"]
    later = told.get("later")
    return f"{told['value']}; {later_told(later)}" if later else told["value"]


def amended(at: Office, *words: str, exits: int = 0) -> None:
    amend = ("--amend", "proxies-per-holder=2")
    at.asks("decision", "record", "amendment", *amend, *VOTE, *words, on=GA[:10], exits=exits)


def test_an_amendment_takes_effect_on_its_day(at: Office) -> None:
    amended(at, "--takes-effect", LATER)
    assert f"In force from {LATER}" in at.message()
    later = f"1; 2 from {LATER}, set by GA-2026-001"
    assert [value(at, day) for day in ("2026-03-25", "2026-06-30", LATER)] == [later, later, 2]
    sound(at)


def test_one_that_names_no_day_binds_from_the_next(at: Office) -> None:
    amended(at)
    later = "1; 2 from 2026-03-25, set by GA-2026-001"
    assert [value(at, day) for day in (GA[:10], "2026-03-25")] == [later, 2]


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
    told = at.asks("decision", "propose", "amendment", "--meeting", GA, on=GA[:10], exits=2)
    assert "(--text)" in told["findings"][0]["help"]
    at.asks("decision", "record", "amendment", *words, *VOTE, on=GA[:10])
    assert at.asks("show", "GA-2026-001", on=GA[:10])["result"]["record"]["text"] == words[1]
    sound(at)


AFTER = "2026-04-14"
LIBRARY = ("resolution", "--title", "A library", "--meeting", f"{AFTER}-ga", "--for", "all")
LAWS = {
    "a-number": ("amendment", "--amend", "assembly-quorum=1/2"),
    "a-reading": ("interpretation", "--subject", "INT-17", "--adopts", "absolute-majority"),
}


def put(at: Office, *words: str) -> None:
    """A law is voted on and its close is not entered; the next Assembly votes meanwhile."""
    at.asks("decision", "propose", *words, "--meeting", GA, on=GA[:10])
    at.asks("decision", "open", "GA-2026-001", on=GA[:10])
    at.asks("decision", "vote", "GA-2026-001", "--for", "all", on=GA[:10])
    at.asks("meeting", "convene", "ga", "--opens", f"{AFTER}T10:00", on="2026-03-25")
    for word, sent in (("notice", "--sent"), ("rules", "--announced")):
        at.asks("meeting", word, f"{AFTER}-ga", sent, "2026-03-26T10:00", on="2026-03-26")
    at.asks("meeting", "roll-call", f"{AFTER}-ga", "--present", "all", on=AFTER)
    at.asks("decision", "record", *LIBRARY, on=AFTER)


@pytest.mark.parametrize("law", LAWS)
def test_a_law_that_is_entered_late_counts_no_vote_on_record(law: str, at: Office) -> None:
    """What was closed stands by the law known then; what is entered later is counted by this."""
    put(at, *LAWS[law])
    closed = at.asks("decision", "close", "GA-2026-001", on=GA[:10])
    record = at.asks("show", "GA-2026-001", on=AFTER)["result"]["record"]
    assert record["known"]["on_record"] == ["decisions/2026/GA-2026-002", f"meetings/{AFTER}-ga"]
    told = {f["file"][-16:-5] for f in closed["findings"] if f["rule"] == "earlier-law-affected"}
    assert told == {"GA-2026-002"}
    sound(at)
    at.asks("decision", "record", *LIBRARY, on=AFTER)
    counts = [
        at.asks("show", name, on=AFTER)["result"]["record"]["count"]
        for name in ("GA-2026-002", "GA-2026-003")
    ]
    assert counts[0] != counts[1]
    sound(at)


def test_no_law_names_a_vote_that_it_counts(at: Office) -> None:
    """A hand that writes the block names what was closed before, of a day of the law, alone."""
    put(at, *LAWS["a-number"])
    at.asks("decision", "close", "GA-2026-001", on=GA[:10])
    path = at.folder / "registry/decisions/2026/GA-2026-001.yaml"
    whole = path.read_text("utf-8")
    named = whole.replace("decisions/2026/GA-2026-002", "decisions/2026/GA-2026-001")
    without = whole.replace("decisions/2026/GA-2026-002, ", "")
    assert whole not in (named, without)
    for text, said in ((named, "no such vote or meeting"), (without, "recorded quorum")):
        path.write_text(text, "utf-8")
        told = at.asks("check", "--base", "HEAD~1", on=AFTER, exits=1)["findings"]
        assert any(said in f["message"] for f in told if f["kind"] == "validity")
