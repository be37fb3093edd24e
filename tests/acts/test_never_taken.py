"""Annulled from the beginning, under rule set 2: as if it had never been."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.session import open_session
from b40cli.acts.opened.view import open_view
from b40cli.acts.published.document import published
from b40cli.rules.facts.tenures import seats_held
from tests.acted_once import acted_once
from tests.acts.scene import DAY, TODAY, Office, scene
from tests.acts.test_in_silence import EVERYONE, HELD, sound
from tests.invented import OPENED, SEVEN

THIRD = "2026-07-07-ga"
FIRST, SECOND, BETWEEN, AFTER = "2026-03-24-ga", "2026-05-05-ga", "2026-04-10-ec", "2026-06-10-ec"
FOUR = ("ba-brezna-luka", "mk-planinsko", "ro-valea-alba", "tr-camliova")
BEFORE = dict(zip(("elected-1", "elected-2", "elected-3", "elected-4"), SEVEN[3:], strict=True))
SINCE = dict(zip(BEFORE, FOUR, strict=True))


def on_day(day: str, record: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A meeting like another one, on another day."""
    made = deepcopy({**record, **more})
    made |= {"id": f"{day}-{made['kind']}", "opens": f"{day}T10:00:00+03:00"}
    made["roll_calls"][0] |= {"at": f"{day}T10:00:00+03:00"}
    return made


GIVEN = {
    **HELD,
    **{
        f"meetings/{name}": on_day(name[:10], dict(HELD[f"meetings/{FIRST}"]))
        for name in (SECOND, THIRD)
    },
}


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "meeting", given=GIVEN, rule_set=2), capsys)


@acted_once
def elect(at: Office) -> None:
    choices = (word for city in FOUR for word in ("--choice", f"{city}={EVERYONE}"))
    words = ("--meeting", FIRST, "--term", "2027", "--candidate", ",".join(FOUR), *choices)
    told = at.asks("decision", "record", "committee-election", *words, on=FIRST[:10])
    assert told["result"]["state"] == "adopted"


def annul(at: Office, name: str = "GA-2026-001", effect: str = "ex-tunc") -> None:
    annul_in(at, SECOND, name, effect)


@acted_once
def annul_in(at: Office, meeting: str, name: str, effect: str) -> None:
    words = ("--annuls", name, "--effect", effect, "--meeting", meeting, "--for", EVERYONE)
    told = at.asks("decision", "record", "annulment", *words, on=meeting[:10])
    assert told["result"]["state"] == "adopted"


def elected(at: Office, on: str) -> dict[str, str]:
    seats = at.asks("committee", "show", on=on)["result"]["seats"]
    return {s["seat"]: s["city"] for s in seats if s["seat"].startswith("elected")}


@acted_once
def committee(at: Office, name: str, present: tuple[str, ...]) -> dict[str, Any]:
    """A meeting of the committee at which all who are there vote for a resolution."""
    day = name[:10]
    at.asks("meeting", "convene", "ec", "--opens", f"{day}T10:00", on=day)
    at.asks("meeting", "roll-call", name, "--present", ",".join(present), on=day)
    words = ("--meeting", name, "--title", "Bridges", "--for", ",".join(present))
    result: dict[str, Any] = at.asks("decision", "record", "resolution", *words, on=day)["result"]
    return result


def test_the_four_who_sat_before_sit_on(at: Office) -> None:
    elect(at)
    assert elected(at, "2026-04-01") == SINCE
    annul(at)
    assert "Committee seat elected-1: ba-brezna-luka until now, bg-vodengrad" in at.message()
    assert elected(at, "2026-11-23") == BEFORE
    # The `until` that the election wrote stays in the record, and no read or export tells it.
    shown = at.asks("committee", "show", on="2026-11-23")["result"]["seats"]
    assert [s["until"] for s in shown] == [None] * 7
    public = published(open_view(at.folder, date(2026, 11, 23)))["seats"]
    assert [(s["city"], s["until"]) for s in public] == [(city, None) for city in SEVEN]
    sound(at)
    assert committee(at, AFTER, SEVEN)["count"]["quorum"]["counted"] == 7
    sound(at)


def test_what_was_voted_meanwhile_stands_and_is_told(at: Office) -> None:
    elect(at)
    present = (*SEVEN[:3], *FOUR)
    assert committee(at, BETWEEN, present)["count"]["majority"]["base"] == 7
    annul(at)
    sound(at)
    told = at.asks("check", on="2026-11-23")["findings"]
    notes = {f["rule"] for f in told if f["file"].endswith("EC-2026-001.yaml")}
    assert {"earlier-roll-affected", "earlier-seats-affected"} <= notes


def test_no_cap_of_an_earlier_day_is_asked_again(at: Office) -> None:
    """A third city of a country: lawful when elected, though who sits on would be one too many."""
    elect(at)
    annul(at)
    elect_again = ("--choice", f"tr-camliova={EVERYONE}", "--candidate", "tr-camliova")
    words = ("--meeting", SECOND, "--term", "2027", *elect_again)
    told = at.asks("decision", "record", "committee-election", *words, on=SECOND[:10])
    assert (told["result"]["state"], told["result"]["reason"]) == ("adopted", None)
    assert elected(at, "2026-11-23")["elected-1"] == "tr-camliova"
    sound(at)


def test_who_fills_a_seat_meanwhile_keeps_it(at: Office) -> None:
    """The annulled election counts again: not for the seat that was filled, then or later."""
    elect(at)
    annul(at)
    again = ("--choice", f"xk-gurmal={EVERYONE}", "--candidate", "xk-gurmal", "--term", "2027")
    at.asks("decision", "record", "committee-election", "--meeting", SECOND, *again, on=SECOND[:10])
    annul_in(at, THIRD, "GA-2026-002", "ex-tunc")
    assert elected(at, THIRD[:10]) == {**SINCE, "elected-1": "xk-gurmal"}
    words = ("--subject", "xk-gurmal", "--meeting", THIRD, "--for", EVERYONE)
    at.asks("decision", "record", "committee-dismissal", *words, on=THIRD[:10])
    assert elected(at, "2026-11-23") == {**SINCE, "elected-1": None}
    registry = open_session(at.folder, TODAY, None).before
    (first,) = [t for t in seats_held(registry) if t.city == FOUR[0]]
    assert (str(first.start), str(first.until)) == (FIRST[:10], SECOND[:10])
    sound(at)


def test_who_is_dismissed_after_running_on_is_out(at: Office) -> None:
    elect(at)
    annul(at)
    words = ("--subject", SEVEN[4], "--meeting", SECOND)
    at.asks("decision", "propose", "committee-dismissal", *words, on=SECOND[:10])
    for step in (("open",), ("vote", "--for", EVERYONE), ("close",)):
        told = at.asks("decision", step[0], "GA-2026-003", *step[1:], on=SECOND[:10])
    assert told["result"]["state"] == "adopted"
    assert elected(at, "2026-11-23") == {**BEFORE, "elected-2": None}
    sound(at)


def test_an_annulment_from_now_on_brings_nobody_back(at: Office) -> None:
    elect(at)
    annul(at, effect="ex-nunc")
    assert set(elected(at, "2026-11-23").values()) == {None}
    assert elected(at, "2026-04-01") == SINCE
    sound(at)


def test_until_an_annulment_is_annulled_from_now_on_who_was_ended_runs_on(at: Office) -> None:
    """The election is as if it had never been until the annulment ends; then it counts again."""
    elect(at)
    annul(at)
    assert committee(at, AFTER, SEVEN)["count"]["quorum"]["counted"] == 7
    annul_in(at, THIRD, "GA-2026-002", "ex-nunc")
    by_day = {on: elected(at, on) for on in ("2026-04-01", "2026-06-10", THIRD[:10])}
    assert by_day == {"2026-04-01": BEFORE, "2026-06-10": BEFORE, THIRD[:10]: SINCE}
    sound(at)
    told = at.asks("check", on="2026-11-23")["findings"]
    of_vote = {f["rule"] for f in told if f["file"].endswith("EC-2026-001.yaml")}
    assert not {r for r in of_vote if r.startswith("earlier-")}, "who sat in between voted"
    registry = open_session(at.folder, TODAY, None).before
    tenures = [t for t in seats_held(registry) if t.seat == "elected-1"]
    held = [(t.city, t.start.day.isoformat(), str(t.until)) for t in tenures]
    assert held == [(SEVEN[3], OPENED, THIRD[:10]), (FOUR[0], THIRD[:10], "None")]


def test_under_the_first_set_the_seats_are_vacant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = Office(scene(tmp_path, "meeting", given=GIVEN), capsys)
    elect(at)
    annul(at)
    assert set(elected(at, "2026-11-23").values()) == {None}
    sound(at)


def test_a_vote_of_before_is_entered_after_the_annulment(at: Office) -> None:
    """Whoever sat then voted then, whenever it comes on record."""
    elect(at)
    day = BETWEEN[:10]
    at.asks("meeting", "convene", "ec", "--opens", f"{day}T10:00", on=day)
    at.asks("meeting", "roll-call", BETWEEN, "--present", ",".join((*SEVEN[:3], *FOUR)), on=day)
    annul(at)
    words = ("--meeting", BETWEEN, "--title", "Bridges", "--for", ",".join((*SEVEN[:3], *FOUR)))
    told = at.asks("decision", "record", "resolution", *words, on=day)["result"]
    assert (told["state"], told["count"]["quorum"]["counted"]) == ("adopted", 7)
    sound(at)


def test_a_resignation_learnt_after_the_vote_is_told(at: Office) -> None:
    committee(at, BETWEEN, SEVEN)
    paper = at.folder / "letter.txt"
    paper.write_text("letter\n")
    words = ("--to", "president,permanent-secretary", "--document", str(paper))
    at.asks("committee", "resign", SEVEN[6], *words, on="2026-04-02")
    sound(at)
    told = at.asks("check", on="2026-11-23")["findings"]
    (note,) = [f for f in told if f["rule"] == "earlier-seats-affected"]
    assert (note["kind"], note["facts"]["moved"]) == (
        "note",
        [f"elected-4: {SEVEN[6]} then, vacant now"],
    )


def test_a_by_election_entered_after_the_next_election(at: Office) -> None:
    """It fills what was vacant that day, until the next one; who sat until then is left alone."""
    paper, early = at.folder / "letter.txt", "2026-03-17"
    paper.write_text("letter\n")
    words = ("--to", "president,permanent-secretary", "--document", str(paper))
    at.asks("committee", "resign", SEVEN[6], *words, on="2026-03-02")
    elect(at)
    at.asks("meeting", "convene", "ga", "--opens", f"{early}T10:00", on=DAY)
    at.asks("meeting", "notice", f"{early}-ga", "--sent", "2026-03-11T10:00", on="2026-03-11")
    at.asks("meeting", "roll-call", f"{early}-ga", "--present", "all", on=early)
    held = ("--for", "all", "--meeting", f"{early}-ga")
    record = ("decision", "record", "committee-election", "--term", "2026", "--candidate")
    at.asks(*record, "xk-gurmal", *held, on=early)
    seat = at.asks("show", "committee/2026", on=None)["result"]["record"]["seats"][-1]
    assert seat == {
        "seat": "elected-4",
        "city": "xk-gurmal",
        "ground": "GA-2026-002",
        "from": early,
        "until": FIRST[:10],
        "ended_by": "GA-2026-001",
    }
    sound(at)
    dismiss = ("decision", "record", "committee-dismissal", "--subject", SEVEN[3])
    (told,) = at.asks(*dismiss, *held, on=early, exits=1)["findings"]
    assert "whose seat is on record as ended on 2026-03-24" in told["message"]


@acted_once
def suspended_by_proxy(at: Office) -> tuple[str, ...]:
    """A proxy of a city for the first Assembly, which votes; the paper of its suspension."""
    paper = at.folder / "letter.txt"
    paper.write_text("letter\n")
    sent = f"{DAY}T09:00"
    words = ("--from", FOUR[3], "--to", SEVEN[4], "--document", str(paper))
    times = ("--sent-secretary", sent, "--sent-president", sent)
    at.asks("proxy", "give", FIRST, *words, *times, on=DAY)
    elect(at)
    signed = ("--evidence", str(paper), "--person", "Ana Primer")
    return ("member", "suspend", FOUR[3], "--grounds", "Silence", *signed)


def told_of_the_proxy(at: Office) -> list[tuple[str, bool]]:
    found = at.asks("check", on="2026-11-23")["findings"]
    notes = (f for f in found if f["rule"] == "proxy-holder-is-member")
    return [(f["kind"], "learnt after" in f["message"]) for f in notes]


def test_a_suspension_learnt_after_the_assembly_voids_no_proxy(at: Office) -> None:
    suspend = suspended_by_proxy(at)
    at.asks(*suspend, on="2026-03-02")
    sound(at)
    assert ("note", True) in told_of_the_proxy(at)


def test_a_suspension_learnt_before_the_roll_is_recorded(at: Office) -> None:
    """The proxy that it voids is told, and taken back before the roll is called."""
    paper = at.folder / "letter.txt"
    paper.write_text("letter\n")
    sent, third = "2026-04-20T09:00", "2026-04-25-ga"
    words = ("--from", FOUR[3], "--to", SEVEN[4], "--document", str(paper))
    at.asks("meeting", "convene", "ga", "--opens", "2026-04-25T10:00", on="2026-04-10")
    at.asks("meeting", "notice", third, "--sent", "2026-04-11", on="2026-04-11")
    times = ("--sent-secretary", sent, "--sent-president", sent)
    at.asks("proxy", "give", third, *words, *times, on="2026-04-20")
    signed = ("--evidence", str(paper), "--person", "Ana Primer")
    at.asks("member", "suspend", FOUR[3], "--grounds", "Silence", *signed, on="2026-04-15")
    assert ("note", False) in told_of_the_proxy(at)
    sound(at)
    call = ("meeting", "roll-call", third, "--present", ",".join((*SEVEN, FOUR[0], FOUR[1])))
    refused = at.asks(*call, on="2026-04-25", exits=1)["findings"]
    assert f"b40 proxy revoke {third} --from {FOUR[3]}" in refused[0]["help"]
    at.asks("proxy", "revoke", third, "--from", FOUR[3], on="2026-04-24")
    at.asks(*call, on="2026-04-25")
    sound(at)


@pytest.mark.parametrize(("effect", "learnt"), [("ex-nunc", False), ("ex-tunc", True)])
def test_an_annulment_annulled_after_the_assembly_voids_no_proxy(
    at: Office, effect: str, learnt: bool
) -> None:
    """The principal was suspended, never was when it gave its proxy, and is or was by May."""
    paper = at.folder / "paper.txt"
    paper.write_text("paper\n")
    signed = ("--evidence", str(paper), "--person", "Ana Primer")
    at.asks("member", "suspend", FOUR[3], "--grounds", "Silence", *signed, on="2026-02-01")
    at.asks("decision", "annul", "PR-2026-001", "--effect", "ex-tunc", *signed, on="2026-02-03")
    suspended_by_proxy(at)
    annul(at, "PR-2026-002", effect)
    sound(at)
    assert (("note", True) in told_of_the_proxy(at)) == learnt


GROUP = "local-climate-action"
LED = {f"groups/{GROUP}": {"id": GROUP, "name": "Local Climate Action", "kind": "permanent"}}


def signed(at: Office) -> tuple[str, ...]:
    paper = at.folder / "decision.txt"
    paper.write_text("Signed\n")
    return "--person", "Ana Primer", "--evidence", str(paper)


def leads(at: Office, city: str, on: str) -> None:
    at.asks("group", "lead", GROUP, city, *signed(at), on=on)


def leader(at: Office, on: str) -> str | None:
    found = at.asks("group", "list", on=on)["result"]["groups"]
    leading: dict[str, str | None] = {group["id"]: group["leader"] for group in found}
    return leading[GROUP]


@pytest.mark.parametrize(
    ("effect", "in_april", "in_june"),
    [("ex-tunc", SEVEN[3], SEVEN[3]), ("ex-nunc", SEVEN[4], None)],
)
def test_a_lead_that_was_ended_runs_on(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    effect: str,
    in_april: str,
    in_june: str | None,
) -> None:
    at = Office(scene(tmp_path, "meeting", given={**GIVEN, **LED}, rule_set=2), capsys)
    leads(at, SEVEN[3], "2026-03-01")
    leads(at, SEVEN[4], "2026-04-01")
    words = ("PR-2026-002", "--effect", effect, *signed(at))
    at.asks("decision", "annul", *words, on="2026-05-10")
    assert (leader(at, "2026-04-10"), leader(at, "2026-06-01")) == (in_april, in_june)
    sound(at)
    leads(at, SEVEN[5], "2026-06-02")
    assert (leader(at, "2026-06-01"), leader(at, "2026-06-02")) == (in_june, SEVEN[5])
    sound(at)


ISTANBUL = {
    "id": "tr-istanbul",
    "name": "Istanbul",
    "country": "TR",
    "gazetteer": 745044,
    "attested": {"since": "2025-01-20", "source": "founding-list"},
}


def serves(at: Office, on: str) -> str | None:
    found: str | None = at.asks("secretary", "show", on=on)["result"]["secretary"]
    return found


@pytest.mark.parametrize(
    ("effect", "in_april", "in_june"), [("ex-tunc", "Ana", "Ana"), ("ex-nunc", "Eva", None)]
)
def test_a_secretary_whose_successor_was_never_appointed_serves_on(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    effect: str,
    in_april: str,
    in_june: str | None,
) -> None:
    given = {**GIVEN, "members/tr-istanbul": ISTANBUL}
    at = Office(scene(tmp_path, "meeting", given=given, rule_set=2), capsys)
    for name, day in (("Ana", "2026-03-01"), ("Eva", "2026-04-01")):
        at.asks("secretary", "appoint", name, *signed(at), on=day)
    annul(at, "MI-2026-002", effect)
    assert (serves(at, "2026-04-10"), serves(at, "2026-06-01")) == (in_april, in_june)
    sound(at)
