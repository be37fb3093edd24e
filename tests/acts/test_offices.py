"""The offices through the acts: nomination, handover, election, resignation, the Secretary."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts import decisions, mayors, offices, secretary
from b40cli.acts.change.perform import perform
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.questions import Question
from b40cli.acts.opened.session import Session, open_session
from b40cli.acts.opened.view import open_view
from b40cli.acts.reads import plans
from b40cli.acts.reads.desk.status import status
from b40cli.cli.request import options
from b40cli.model.answer import Answer
from b40cli.model.day import Moment, Since
from b40cli.model.errors import UsageError
from b40cli.rules.facts.running_on import led_then
from b40cli.rules.facts.seats import president_on, seats_on
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import IDENTITY, PAPER, Office, scene, session
from tests.invented import OTHERS, SEVEN

LATER = date(2030, 1, 1)
SESSION = "2027-01-26-ga"
DAY = "2027-01-26"
ALL = (*SEVEN, *OTHERS)
JANUARY = ("January session", "candidates")
MAYORS = {
    f"members/{city}": {
        "mayors": [
            {"name": "Ana Primer", "capacity": "mayor", "from": "2025-11-01", "until": "2030-11-01"}
        ]
    }
    for city in ("mk-planinsko", "bg-vodengrad")
}
NOTICE = {
    "resigned": "2026-12-20",
    "to": ["president", "permanent-secretary"],
    "document": PAPER,
}
ELECTED = {
    "bg-vodengrad": list(ALL[:5]),
    "al-aldmar": list(ALL[:4]),
    "ba-brezna-luka": list(ALL[5:9]),
    "tr-camliova": list(ALL[9:]),
    "xk-gurmal": [ALL[5]],
}


@pytest.fixture(autouse=True)
def commits_of_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """These acts are of days to come, and their commits no older."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", f"{LATER}T10:00:00+0300")
    monkeypatch.setattr(options, "clock", lambda: LATER)


@pytest.fixture
def commits_of_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of acts that were done by then, which a review looks at."""
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, IDENTITY[name])


def does(folder: Path, day: str, act: Callable[[Session], Proposal[Any]]) -> Answer[Any]:
    """An act on a day that the clock of the tests has not reached."""
    session = open_session(folder, LATER, date.fromisoformat(day))
    return perform(session, act(session))


def kept(folder: Path, path: str) -> Any:
    """A record as it lies in the working tree."""
    return parse((folder / f"registry/{path}.yaml").read_bytes())


def held(folder: Path, day: str) -> dict[str, str]:
    """Who holds which seat on a day."""
    registry = open_session(folder, LATER, None).before
    seats = seats_on(registry, date.fromisoformat(day))
    return {seat.seat: seat.city for seat in seats if seat.city}


def voted(matter: str, **more: Any) -> Callable[[Session], Proposal[Any]]:
    """A vote of the session in January in which all twelve are for."""
    question = Question(matter, more.pop("subject", None), SESSION, **more)
    return lambda session: decisions.record(session, question, {"for": ALL}, None)


def elected(**more: Any) -> Callable[[Session], Proposal[Any]]:
    """The election of the four in the session in January."""
    question = Question("committee-election", None, SESSION, term=2027, **more)
    return lambda session: decisions.record(session, question, None, None, ELECTED)


def passed(at: str = SESSION, item: int = 2) -> Callable[[Session], Proposal[Any]]:
    """The handover."""
    return lambda session: offices.handover(session, None, at, item)


APPROVED = voted("presidency", subject="members/mk-planinsko", term=2028)


def refused_by(answer: Answer[Any]) -> set[str]:
    """The rules that refuse."""
    return {finding.rule for finding in answer.findings if finding.kind == "validity"}


@pytest.mark.parametrize(
    "order",
    [(0, 1, 2), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0), (0, 2, 1)],
    ids=lambda order: "-".join(("handover", "approval", "election")[n] for n in order),
)
def test_a_session_in_any_order_ends_in_the_same_committee(
    order: tuple[int, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The limits are judged on the composition after the session; the seats come out the same."""
    folder = scene(tmp_path, *JANUARY, given=MAYORS)
    steps = (passed(), APPROVED, elected())
    for n in order:
        answer = does(folder, DAY, steps[n])
        assert answer.ok, answer.findings
        assert answer.result.get("state", "adopted") == "adopted", answer.result
    assert held(folder, DAY) == {
        "president": "rs-srebrni-brod",
        "former": "hr-kamenik",
        "next": "mk-planinsko",
        "elected-1": "bg-vodengrad",
        "elected-2": "al-aldmar",
        "elected-3": "ba-brezna-luka",
        "elected-4": "tr-camliova",
    }
    assert held(folder, "2027-01-25")["president"] == "hr-kamenik"
    told = Office(folder, capsys).asks("check", on=DAY)
    assert told["result"]["counts"]["validity"] == 0, told["findings"]


def test_an_approval_writes_the_term(tmp_path: Path) -> None:
    """City, mayor, candidates, the decision, and from which day the mandate was counted."""
    folder = scene(tmp_path, *JANUARY, given=MAYORS)
    does(folder, DAY, APPROVED)
    assert kept(folder, "presidencies/2028") == {
        "year": 2028,
        "city": "mk-planinsko",
        "mayor": "Ana Primer",
        "candidates": "EC-2026-007",
        "approved": "GA-2027-001",
        "mandate": {"counted_from": "2028-01-31", "until": "2030-11-01"},
    }


def test_a_mayor_changes_and_nothing_moves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The office is the city's (INT-24): neither the approval nor the seats are touched."""
    folder = scene(tmp_path, *JANUARY, given=MAYORS)
    does(folder, DAY, APPROVED)
    before = held(folder, "2027-03-01")
    new = mayors.Mandate("Can Primer", "acting-mayor", Since(date(2027, 2, 20), True))
    assert does(folder, "2027-02-20", lambda s: mayors.mayor(s, "mk-planinsko", new)).ok
    assert held(folder, "2027-03-01") == before
    told = Office(folder, capsys).asks("check", on="2027-03-01")
    assert told["result"]["counts"]["validity"] == 0, told["findings"]


def test_two_years_of_handovers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Next, President, former: each city goes through the three seats by office."""
    second = {
        "meetings/2028-01-25-ga": {
            "id": "2028-01-25-ga",
            "kind": "ga",
            "opens": "2028-01-25T10:00:00+03:00",
            "convened": {"by": "president"},
            "chair": "rs-srebrni-brod",
            "notice": {"sent": "2028-01-05", "to": "members"},
        }
    }
    folder = scene(tmp_path, *JANUARY, given={**MAYORS, **second})
    for act in (passed(), APPROVED, elected()):
        assert does(folder, DAY, act).ok
    assert does(folder, "2028-01-25", passed("2028-01-25-ga")).ok
    three = ("president", "former", "next")
    now = held(folder, "2028-01-25")
    assert [now.get(seat) for seat in three] == ["mk-planinsko", "rs-srebrni-brod", None]
    assert now["elected-1"] == "bg-vodengrad"
    shown = Office(folder, capsys).asks("presidency", "show", on="2028-02-01")["result"]
    assert (shown["president"], shown["term"], shown["next"]) == ("mk-planinsko", 2028, None)
    assert [t["until"] for t in shown["terms"]][-2:] == ["2028-01-25", None]


def test_a_handover_without_approval_is_refused(tmp_path: Path) -> None:
    """Nobody was attested as next, nobody approved: Art. 11, and nothing is written."""
    given = {"presidencies/2027": {"year": 2027, "city": "mk-planinsko"}}
    folder = scene(tmp_path, *JANUARY, given=given)
    answer = does(folder, DAY, passed())
    assert (answer.exit_code, answer.commit) == (1, None)
    assert refused_by(answer) == {"one-year-term"}
    assert "handover" not in kept(folder, "presidencies/2027")


def test_a_handover_done_is_already_so(tmp_path: Path) -> None:
    """Repeated with its year: nothing to do; without it, nobody is approved for the next."""
    folder = scene(tmp_path, *JANUARY)
    assert does(folder, DAY, passed()).ok
    again = does(folder, DAY, lambda s: offices.handover(s, 2027, SESSION, 2))
    assert (again.exit_code, again.commit) == (0, None)
    with pytest.raises(UsageError, match="No city is approved for 2028"):
        does(folder, DAY, passed())


def test_a_committee_of_the_day_is_given_its_side(tmp_path: Path) -> None:
    """By the hours of the two meetings; its seats are those of its side."""
    meeting = {
        "id": "2027-01-26-ec",
        "kind": "ec",
        "opens": "2027-01-26T08:00:00+03:00",
        "convened": {"by": "president"},
        "chair": "hr-kamenik",
    }
    folder = scene(tmp_path, *JANUARY, given={"meetings/2027-01-26-ec": meeting})
    assert does(folder, DAY, passed()).ok
    assert kept(folder, "meetings/2027-01-26-ec")["handover"] == "before"


def test_a_departure_takes_its_reason_from_the_grounds(tmp_path: Path) -> None:
    """The first capital is passed over; the Assembly's grounds say why."""
    given = {
        **MAYORS,
        "statutes/parameters": {
            "parameters.capitals.values.0.value": ["ro-valea-alba", "si-jezerna"]
        },
    }
    folder = scene(tmp_path, *JANUARY, given=given)
    grounds = "Its hall is being built."
    reasoned = voted("presidency", subject="members/mk-planinsko", term=2028, grounds=grounds)
    answer = does(folder, DAY, reasoned)
    assert "capital-priority" not in {f.rule for f in answer.findings}
    departure = kept(folder, "presidencies/2028")["departure"]
    assert departure == {"from": "ro-valea-alba", "reason": grounds}


def test_a_departure_recorded_afterwards(tmp_path: Path) -> None:
    """Without grounds the duty shows until the reason is recorded."""
    given = {
        **MAYORS,
        "statutes/parameters": {"parameters.capitals.values.0.value": ["ro-valea-alba"]},
    }
    folder = scene(tmp_path, *JANUARY, given=given)
    first = does(folder, DAY, APPROVED)
    assert [f.kind for f in first.findings if f.rule == "capital-priority"] == ["duty"]
    cured = does(folder, DAY, lambda s: offices.departure(s, 2028, "It asked for 2029.", None))
    assert cured.ok
    assert kept(folder, "presidencies/2028")["departure"]["from"] == "ro-valea-alba"
    with pytest.raises(UsageError, match="No city is approved"):
        does(folder, DAY, lambda s: offices.departure(s, 2031, "x", None))


def test_a_capital_declines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anybody is approved the term is a record of refusals; they change the order."""
    given = {
        "statutes/parameters": {
            "parameters.capitals.values.0.value": ["mk-planinsko", "si-jezerna"]
        }
    }
    folder = scene(tmp_path, given=given)
    at = Office(folder, capsys)
    order = at.asks("presidency", "order", "--term", "2028", on="2026-11-01")["result"]
    assert [c["city"] for c in order["candidacies"] if c["priority"]] == [
        "mk-planinsko",
        "si-jezerna",
    ]
    at.asks("presidency", "decline", "mk-planinsko", "--term", "2028", on="2026-11-02")
    at.asks("presidency", "decline", "mk-planinsko", "--term", "2028", on="2026-11-02")
    assert kept(folder, "presidencies/2028") == {
        "year": 2028,
        "declined": [{"city": "mk-planinsko", "on": "2026-11-02"}],
    }
    order = at.asks("presidency", "order", "--term", "2028", on="2026-11-02")["result"]
    assert [c["city"] for c in order["candidacies"] if c["priority"]] == ["si-jezerna"]
    reasons = {c["city"]: c["reason"] for c in order["candidacies"]}
    assert reasons["mk-planinsko"] == "capital, declined the term of 2028 on 2026-11-02"
    assert reasons["bg-vodengrad"] == "not a capital"
    at.asks("presidency", "decline", "bg-vodengrad", "--term", "2028", on="2026-11-03")
    order = at.asks("presidency", "order", "--term", "2028", on="2026-11-03")["result"]
    assert "not a capital, declined it on 2026-11-03" in {c["reason"] for c in order["candidacies"]}


def test_a_term_with_refusals_is_given(tmp_path: Path) -> None:
    """The approval is laid into the record that holds the refusals."""
    refusal = {"city": "xk-gurmal", "on": "2026-10-01"}
    given = {**MAYORS, "presidencies/2028": {"year": 2028, "declined": [refusal]}}
    folder = scene(tmp_path, *JANUARY, given=given)
    assert does(folder, DAY, APPROVED).ok
    record = kept(folder, "presidencies/2028")
    assert (record["city"], record["declined"]) == ("mk-planinsko", [refusal])


def test_an_elected_city_becomes_next(tmp_path: Path) -> None:
    """Its elected seat falls vacant with the approval (INT-35)."""
    given: Mapping[str, Any] = {
        **MAYORS,
        "decisions/2026/EC-2026-007": {"candidates": ["bg-vodengrad"]},
    }
    folder = scene(tmp_path, *JANUARY, given=given)
    assert does(folder, DAY, passed()).ok
    act = voted("presidency", subject="members/bg-vodengrad", term=2028)
    assert does(folder, DAY, act).ok
    seats = held(folder, DAY)
    assert seats["next"] == "bg-vodengrad"
    assert "elected-1" not in seats
    assert kept(folder, "committee/2026")["seats"][3]["ended_by"] == "presidencies/2028"


def test_the_city_by_office_takes_no_elected_seat(tmp_path: Path) -> None:
    """The next President is elected as well: the seat it won stays vacant, lawfully."""
    folder = scene(tmp_path, *JANUARY, given=MAYORS)
    for act in (passed(), APPROVED):
        assert does(folder, DAY, act).ok
    choices = {**ELECTED, "mk-planinsko": list(ALL[:6])}
    question = Question("committee-election", None, SESSION, term=2027)
    answer = does(folder, DAY, lambda s: decisions.record(s, question, None, None, choices))
    assert answer.result["state"] == "adopted", answer.result
    assert "mk-planinsko" in answer.result["count"]["elected"]
    assert [held(folder, DAY).get(f"elected-{n}") for n in range(1, 5)].count(None) == 1


def test_a_third_city_of_a_country_makes_the_election_invalid(tmp_path: Path) -> None:
    """What happened is recorded without effect: the seats stay as they were."""
    country = {"country": "AL"}
    given = {"members/ba-brezna-luka": country, "members/tr-camliova": country}
    folder = scene(tmp_path, *JANUARY, given=given)
    assert does(folder, DAY, passed()).ok
    answer = does(folder, DAY, elected())
    assert answer.result["state"] == "invalid"
    assert "two-cities-per-country" in answer.result["reason"]
    assert held(folder, DAY)["elected-2"] == "al-aldmar"
    assert "elected-3" in held(folder, DAY)


def test_a_mandate_that_ends_too_soon_is_no_approval(tmp_path: Path) -> None:
    """The vote is recorded as invalid with the day that is missing."""
    mayors = [{"name": "A", "capacity": "mayor", "from": "2025-11-01", "until": "2029-01-30"}]
    folder = scene(tmp_path, *JANUARY, given={"members/mk-planinsko": {"mayors": mayors}})
    answer = does(folder, DAY, APPROVED)
    assert answer.result["state"] == "invalid"
    assert "has to last until 2029-01-31" in answer.result["reason"]
    assert not (folder / "registry/presidencies/2028.yaml").exists()


@pytest.mark.parametrize(
    ("reading", "president"), [("seat-only", "hr-kamenik"), ("presidency-too", None)]
)
def test_the_president_is_dismissed_from_the_committee(
    reading: str, president: str | None, tmp_path: Path
) -> None:
    """The seat ends; whether the presidency does is INT-36, and the act tells it."""
    given = {"statutes/interpretations/INT-36": {"adopted.0.reading": reading}}
    folder = scene(tmp_path, *JANUARY, given=given)
    answer = does(folder, DAY, voted("committee-dismissal", subject="members/hr-kamenik"))
    assert answer.result["state"] == "adopted", answer.result
    assert "INT-36" in (answer.told or "")
    assert "president" not in held(folder, DAY)
    registry = open_session(folder, LATER, None).before
    assert president_on(registry, date(2027, 1, 26)) == president
    assert president_on(registry, date(2027, 1, 25)) == "hr-kamenik"


@pytest.mark.parametrize(
    ("reading", "president"), [("holdover", "hr-kamenik"), ("anniversary", None)]
)
def test_a_late_handover(reading: str, president: str | None, tmp_path: Path) -> None:
    """A year after it began a presidency goes on, or is vacant until the handover (INT-30)."""
    given = {"statutes/interpretations/INT-30": {"adopted.0.reading": reading}}
    folder = scene(tmp_path, given=given)
    registry = open_session(folder, LATER, None).before
    assert president_on(registry, date(2027, 1, 4)) == "hr-kamenik"
    assert president_on(registry, date(2027, 1, 5)) == president


def test_a_member_of_the_committee_resigns(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A notice to both; to one of them it is refused and nothing is written."""
    folder = scene(tmp_path)
    at = Office(folder, capsys)
    resign = ("committee", "resign", "si-jezerna", "--document", str(papers / "letter.txt"))
    refused = at.asks(*resign, "--to", "president", exits=1)
    assert {f["rule"] for f in refused["findings"]} == {"resignation-notice"}
    both = ("--to", "president,permanent-secretary")
    at.asks(*resign, *both)
    assert at.asks(*resign, *both)["commit"] is None
    shown = at.asks("committee", "show")["result"]["seats"]
    assert [s["state"] for s in shown if s["seat"] == "elected-4"] == ["vacant"]
    at.asks("committee", "resign", "xk-gurmal", exits=2)
    at.asks(*resign, "--to", "everybody", exits=2)


def test_whose_seat_has_ended_cannot_resign_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = {"committee/2026": {"seats.6.until": "2026-02-01"}}
    at = Office(scene(tmp_path, given=ended), capsys)
    assert "holds no seat" in str(at.asks("committee", "resign", "si-jezerna", exits=2))


def test_all_resign_and_the_members_are_told(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The duty arises with the last resignation, and is met by the dispatch."""
    folder = scene(tmp_path)
    at = Office(folder, capsys)
    notice = ("--document", str(papers / "letter.txt"), "--to", "president,permanent-secretary")
    for city in SEVEN:
        at.asks("committee", "resign", city, *notice, on="2026-02-02")

    def missed(on: str) -> list[str]:
        findings = at.asks("check", on=on)["findings"]
        return [f["rule"] for f in findings if f["rule"] == "mass-resignation-announced"]

    assert (missed("2026-02-09"), len(missed("2026-02-10"))) == ([], 1)
    at.asks("committee", "resign", SEVEN[0], "--announced", "2026-02-06", on="2026-02-12")
    assert missed("2026-02-12") == []


def test_what_a_suspension_does_to_offices_is_told(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Seat and presidency, each by the reading in force or as a silent point."""
    folder = scene(tmp_path)
    at = Office(folder, capsys)
    words = ("member", "suspend", "si-jezerna", "--grounds", "Statements.", "--person", "A")
    at.asks(*words, "--evidence", str(papers / "decision.txt"))
    said = " ".join(at.message().split())
    assert "Committee seat elected-4:" in said
    assert "(INT-25)" in said
    at.asks("member", "withdraw", "me-zalivgrad", on="2026-05-02")
    assert "Committee seat elected-3:" in at.message()
    assert "(INT-21)" in at.message() and "On record" not in at.message()


def test_a_city_that_left_holds_nothing(tmp_path: Path) -> None:
    """On 1 January its seat and its presidency are vacant, without anybody ending them."""
    given = {
        "members/hr-kamenik": {"withdrawal": {"received": "2026-05-02", "effective": "2027-01-01"}},
        "members/si-jezerna": {"withdrawal": {"received": "2026-05-02", "effective": "2027-01-01"}},
    }
    folder = scene(tmp_path, given=given)
    registry = open_session(folder, LATER, None).before
    for day, there in ((date(2026, 12, 31), 7), (date(2027, 1, 1), 5)):
        assert sum(s.state == "filled" for s in seats_on(registry, day)) == there
    assert president_on(registry, date(2026, 12, 31)) == "hr-kamenik"
    assert president_on(registry, date(2027, 1, 1)) is None
    before, after = (open_view(folder, date(2027, 1, 1) - timedelta(days=n)) for n in (1, 0))
    ends = {s["seat"]: (s["ends"], s["by"]) for s in plans.committee_plan(before).result["seats"]}
    assert ends["president"] == ends["elected-4"] == ("2027-01-01", "departure")
    assert ends["elected-3"][1] == "election" and ends["former"][1] == "handover"
    over = "presidency of hr-kamenik"
    assert [over in str(status(view).result["expiring"]) for view in (before, after)] == [
        True,
        False,
    ]


def test_the_mayor_appoints_the_secretary(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One decision with its effect; the next appointment ends the one before."""
    folder = scene(tmp_path, "appointing city")
    at = Office(folder, capsys)
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ada Deneme")
    at.asks("secretary", "appoint", "Can Deneme", exits=2)
    at.asks("secretary", "appoint", "Can Deneme", *paper)
    assert at.asks("secretary", "appoint", "Can Deneme", *paper)["commit"] is None
    at.asks("secretary", "appoint", "Eda Deneme", *paper, on="2026-06-01")
    assert kept(folder, "secretariat")["appointments"] == [
        {"name": "Can Deneme", "from": "2026-03-10", "until": "2026-06-01", "by": "MI-2026-001"},
        {"name": "Eda Deneme", "from": "2026-06-01", "by": "MI-2026-002"},
    ]
    for day, name in (("2026-05-31", "Can Deneme"), ("2026-06-01", "Eda Deneme")):
        told = at.asks("secretary", "show", on=day)["result"]
        assert (told["secretary"], told["appointments"][-1]["name"]) == (name, name)
    assert at.asks("check", on="2026-06-01")["result"]["counts"]["validity"] == 0


CLIMATE = "local-climate-action"


def with_climate(tmp_path: Path, rule_set: int, capsys: pytest.CaptureFixture[str]) -> Office:
    """A register with that group, which nobody has led yet."""
    climate = {"id": CLIMATE, "name": "Local Climate Action", "kind": "permanent"}
    given = {f"groups/{CLIMATE}": climate}
    return Office(scene(tmp_path, "appointing city", given=given, rule_set=rule_set), capsys)


@pytest.mark.usefixtures("commits_of_now")
@pytest.mark.parametrize("rule_set", [1, 2])
def test_an_older_appointment_or_lead_is_entered_late(
    rule_set: int, tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first, and between two: it runs until the next, and never becomes today's."""
    group, at = CLIMATE, with_climate(tmp_path, rule_set, capsys)
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ada Deneme")
    days = ("2026-03-10", "2026-06-01", "2026-02-02", "2026-04-20")
    cities = ("al-aldmar", "bg-vodengrad", "me-zalivgrad", "gr-lykonisi")
    for day, city in zip(days, cities, strict=True):
        at.asks("secretary", "appoint", f"Of {city}", *paper, on=day)
        at.asks("group", "lead", group, city, *paper, on=day)

    def there(day: str) -> tuple[str, str]:
        (row,) = at.asks("group", "list", on=day)["result"]["groups"]
        return row["leader"], at.asks("secretary", "show", on=day)["result"]["secretary"]

    for day, city in zip(days, cities, strict=True):
        assert there(day) == (city, f"Of {city}")
    assert there("2026-04-19") == ("al-aldmar", "Of al-aldmar")
    assert there("2026-07-01") == ("bg-vodengrad", "Of bg-vodengrad")
    for way in ("check", "check --base HEAD~1", "review HEAD~1..HEAD"):
        at.asks(*way.split(), on="2026-11-23")
    twice = at.asks("secretary", "appoint", "Another", *paper, on="2026-04-20", exits=1)
    assert "Of gr-lykonisi and Another are both" in str(twice["findings"])
    between = ("--effect", "ex-tunc", *paper)
    at.asks("decision", "annul", "PR-2026-004", *between, on="2026-07-01")
    registry = session(at.folder, "2026-07-01").before
    then = led_then(registry, registry.group(group) or pytest.fail(), Moment(date(2026, 6, 15)))
    assert then is not None and then.city == "bg-vodengrad"
    if rule_set == 2:
        assert there("2026-05-01")[0] == "al-aldmar"


@pytest.mark.parametrize("rule_set", [1, 2])
def test_what_never_ran_ends_nothing_that_is_entered_late(
    rule_set: int, tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A lead that was annulled from the beginning is none that an older one gives way to."""
    group, at = CLIMATE, with_climate(tmp_path, rule_set, capsys)
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ada Deneme")
    at.asks("group", "lead", group, "al-aldmar", *paper, on="2026-03-22")
    at.asks("decision", "annul", "PR-2026-001", "--effect", "ex-tunc", *paper, on="2026-04-01")
    at.asks("group", "lead", group, "bg-vodengrad", *paper, on="2026-03-15")
    (row,) = at.asks("group", "list", on="2026-05-01")["result"]["groups"]
    assert row["leader"] == "bg-vodengrad"


@pytest.mark.usefixtures("commits_of_now")
def test_a_further_paper_of_an_appointment(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is missing is added, once; what is on record already is `already so`."""
    folder = scene(tmp_path, "appointing city")
    at = Office(folder, capsys)
    signed = ("--evidence", str(papers / "decision.txt"), "--person", "Ada Deneme")
    at.asks("secretary", "appoint", "Can Deneme", *signed)
    further = ("--document", str(papers / "letter.txt"))
    assert at.asks("secretary", "appoint", "Can Deneme", *further)["commit"]
    assert "document" in kept(folder, "secretariat")["appointments"][0]
    for again in (further, signed):
        assert at.asks("secretary", "appoint", "Can Deneme", *again)["commit"] is None
    third = ("--document", str(papers / "form.txt"))
    at.asks("secretary", "appoint", "Can Deneme", *third, exits=2)
    for words in (
        ("check",),
        ("check", "--base", "HEAD~1"),
        ("review", "HEAD~1..HEAD"),
        ("audit",),
    ):
        at.asks(*words, on="2026-06-01")


def test_another_city_cannot_appoint(tmp_path: Path) -> None:
    """The command names the city of the parameter; the judge holds it against the law."""
    folder = scene(tmp_path, "appointing city")
    whole = {"city": "hr-kamenik", "person": "Ana Primer", "capacity": "mayor"}

    def by_the_president(session: Session) -> Proposal[Any]:
        honest = secretary.appoint(session, "Can Deneme", None, "Ada Deneme", PAPER)
        created, *others = honest.edits
        forged = created._replace(record={**created.record, "decided_by": whole})  # type: ignore[union-attr, call-arg]
        return honest._replace(edits=(forged, *others))

    answer = does(folder, "2026-03-10", by_the_president)
    assert (answer.exit_code, refused_by(answer)) == (1, {"secretary-appointed-by-istanbul"})


def test_the_agenda_of_the_year(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A decision of the President, named in the term."""
    folder = scene(tmp_path)
    at = Office(folder, capsys)
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana Primer")
    at.asks("presidency", "agenda", *paper)
    assert kept(folder, "presidencies/2026")["agenda"] == "PR-2026-001"


def test_the_plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step with its day and command; who may stand again, and which countries are full."""
    given = {"members/ba-brezna-luka": {"country": "AL"}, "members/si-jezerna": {"country": "AL"}}
    third = {
        "committee/2025": {
            "year": 2025,
            "seats": [
                {
                    "seat": "elected-1",
                    "city": "bg-vodengrad",
                    "source": "founding-list",
                    "from": "2025-01-20",
                    "until": "2026-01-05",
                }
            ],
        }
    }
    at = Office(scene(tmp_path, given={**given, **third}), capsys)
    plan = at.asks("presidency", "plan", on="2026-11-01")["result"]
    assert plan["coming"] == 2027
    assert plan["steps"][0]["step"] == "handover of 2027 to rs-srebrni-brod"
    assert plan["steps"][0]["by"] == "2027-01-31"
    committee = at.asks("committee", "plan", on="2026-11-01")["result"]
    assert committee["full"] == ["AL"]
    again = {s["city"]: s["may_be_elected"] for s in committee["seats"]}
    reasons = {s["city"]: s["reason"] for s in committee["seats"]}
    assert reasons["bg-vodengrad"] == "sat in 2025 and 2026, and 2 terms in a row are the most"
    assert reasons["hr-kamenik"] == "sits by office"
    assert (again["bg-vodengrad"], again["al-aldmar"], again["hr-kamenik"]) == (False, True, False)


def annulled(folder: Path, decision: str, effect: str) -> Answer[Any]:
    """The Assembly annuls a decision of the same session."""
    return does(folder, DAY, voted("annulment", annuls=decision, effect=effect))


def test_an_annulled_election_leaves_the_seats_vacant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody ends the seats: they rest on nothing any more, and the register stays lawful."""
    folder = scene(tmp_path, *JANUARY, given=MAYORS)
    for act in (passed(), elected()):
        assert does(folder, DAY, act).ok
    answer = annulled(folder, "GA-2027-001", "ex-tunc")
    assert answer.result["state"] == "adopted", answer.result
    assert sorted(held(folder, DAY)) == ["former", "president"]
    told = Office(folder, capsys).asks("check", on=DAY)
    assert told["result"]["counts"]["validity"] == 0, told["findings"]


def test_an_annulled_approval_leaves_nobody_to_hand_over_to(tmp_path: Path) -> None:
    """The seat of the next President is vacant; a handover to the city is refused."""
    second = {
        "meetings/2028-01-25-ga": {
            "id": "2028-01-25-ga",
            "kind": "ga",
            "opens": "2028-01-25T10:00:00+03:00",
            "convened": {"by": "president"},
            "chair": "rs-srebrni-brod",
        }
    }
    folder = scene(tmp_path, *JANUARY, given={**MAYORS, **second})
    for act in (passed(), APPROVED):
        assert does(folder, DAY, act).ok
    assert annulled(folder, "GA-2027-001", "ex-tunc").result["state"] == "adopted"
    assert "next" not in held(folder, DAY)
    answer = does(folder, "2028-01-25", passed("2028-01-25-ga"))
    assert "one-year-term" in refused_by(answer)
    again = voted("presidency", subject="members/mk-planinsko", term=2028)
    result = does(folder, DAY, again).result
    assert result["state"] == "adopted", result.get("reason")
    assert held(folder, DAY)["next"] == "mk-planinsko"
    other = voted("presidency", subject="members/bg-vodengrad", term=2028)
    assert does(folder, DAY, other).result["state"] == "invalid"


def test_an_outgoing_city_that_left_takes_no_seat(tmp_path: Path) -> None:
    """Gone on 1 January, the President's city does not become former President."""
    leaving = {"withdrawal": {"received": "2026-05-02", "effective": "2027-01-01"}}
    meeting = {
        "roll_calls.0.present": [c for c in ALL if c != "hr-kamenik"],
        "chair": "gr-lykonisi",
    }
    given = {"members/hr-kamenik": leaving, "meetings/2027-01-26-ga": meeting}
    folder = scene(tmp_path, *JANUARY, given=given)
    answer = does(folder, DAY, passed())
    assert answer.ok, answer.findings
    seats = held(folder, DAY)
    assert seats["president"] == "rs-srebrni-brod"
    assert "former" not in seats


def test_a_vacant_seat_filled_where_the_text_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A by-election says that the statutes are silent; it ends no other seat."""
    given = {"committee/2026": {"seats.5.until": "2026-12-20", "seats.5.ended_by": NOTICE}}
    folder = scene(tmp_path, *JANUARY, given=given)
    question = Question("committee-election", None, SESSION, term=2026, silent=True)
    choices = {"xk-gurmal": list(ALL)}
    answer = does(folder, DAY, lambda s: decisions.record(s, question, None, None, choices))
    assert answer.result["state"] == "adopted", answer.result
    seats = held(folder, DAY)
    assert (seats["elected-3"], seats["elected-1"]) == ("xk-gurmal", "bg-vodengrad")
    assert Office(folder, capsys).asks("check", on=DAY)["result"]["counts"]["validity"] == 0


def test_a_term_given_anew_where_the_text_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The city approved falls out; another is approved, and both approvals stay on record."""
    cities = {"decisions/2026/EC-2026-007": {"candidates": ["mk-planinsko", "bg-vodengrad"]}}
    folder = scene(tmp_path, *JANUARY, given={**MAYORS, **cities})
    for act in (passed(), APPROVED):
        assert does(folder, DAY, act).ok
    other = voted("presidency", subject="members/bg-vodengrad", term=2028, silent=True)
    result = does(folder, DAY, other).result
    assert result["state"] == "adopted", result.get("reason")
    assert held(folder, DAY)["next"] == "bg-vodengrad"
    told = Office(folder, capsys).asks("check", on=DAY)
    assert told["result"]["counts"]["validity"] == 0, told["findings"]


def test_an_approval_in_the_very_session_of_its_handover(tmp_path: Path) -> None:
    """Late, but before the handover: the city takes the presidency and never the seat of next."""
    unknown = {"seats.2.until": "2026-12-20", "seats.2.ended_by": NOTICE}
    late = {"decisions/2026/EC-2026-007": {"term": 2027}, "committee/2026": unknown}
    folder = scene(tmp_path, *JANUARY, given={**MAYORS, **late})
    approval = voted("presidency", subject="members/mk-planinsko", term=2027)
    for act in (approval, passed()):
        answer = does(folder, DAY, act)
        assert answer.result.get("state", "adopted") == "adopted", answer.result
        assert answer.ok, answer.findings
    assert held(folder, DAY)["president"] == "mk-planinsko"
    seats = kept(folder, "committee/2026")["seats"] + kept(folder, "committee/2027")["seats"]
    assert [s["seat"] for s in seats if s["city"] == "mk-planinsko"] == ["president"]
