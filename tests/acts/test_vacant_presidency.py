"""A presidency that is vacant, or whose city is suspended: who convenes, decides, stands in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts import attendance, decisions, meetings, members
from b40cli.acts.change.consequences import of_standing
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.questions import Question
from b40cli.acts.opened.session import Session
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.papers import who
from b40cli.acts.reads import presidency
from b40cli.acts.reads.desk.city import city as city_page
from b40cli.acts.reads.desk.status import status
from b40cli.acts.reads.desk.status import vacant as vacant_now
from b40cli.acts.reads.offices import committee
from b40cli.acts.register.checking import check
from b40cli.model.errors import UsageError
from b40cli.rules.case.rule import Case
from b40cli.rules.record.invalid_votes import RESULT
from b40cli.rules.table import judge
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import PAPER, scene
from tests.acts.test_day_of_handover import LATER, Act, does, head, refused, signed

DAY = date(2027, 1, 20)
EC = "2027-01-20-ec"
THERE = ("gr-lykonisi", "rs-srebrni-brod", "bg-vodengrad", "al-aldmar")


def read_as(**points: str) -> dict[str, Any]:
    """The open points as a register reads them from its opening on."""
    adopted = {"from": "2026-01-05", "by": "provisional"}
    return {
        f"statutes/interpretations/{point.replace('_', '-')}": {
            "adopted": [{**adopted, "reading": reading}]
        }
        for point, reading in points.items()
    }


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The acts are entered in March."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"{LATER}T10:00:00+0300")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{LATER}T10:00:00+0300")


def vacant(folder: Path) -> Path:
    """The term is over on its anniversary, and nobody has taken over."""
    given = read_as(INT_30="anniversary") | {"network": {"complete.meetings": None}}
    return scene(folder, given=given, rule_set=2)


def convened(by: str | None = None, asking: tuple[str, ...] = ()) -> Act:
    """The committee on 20 January."""
    opens = "2027-01-20T10:00:00+03:00"
    return lambda s: meetings.convene(
        s, meetings.Convening("ec", opens, by=by, requested_by=asking)
    )


def called(session: Session) -> Proposal[Any]:
    """Four of the seven are there."""
    return attendance.roll_call(session, EC, "2027-01-20T10:00:00+03:00", THERE)


def stands_in(city: str, until: str | None = None) -> Act:
    """The committee says who stands in."""
    asked = Question(
        "resolution", f"members/{city}", EC, "Who stands in", silent=True, effect="stand-in"
    )
    asked = asked._replace(until=until)
    return lambda s: decisions.record(s, asked, {"for": THERE}, None)


def suspends(city: str) -> Act:
    """A suspension by whoever presides."""
    return lambda s: members.decide_as_president(s, "suspension", city, signed())


def test_nobody_stands_in_while_the_presidency_is_held(tmp_path: Path) -> None:
    """The resolution has no effect, and no later check asks why: the reason still holds then."""
    folder = scene(tmp_path, given={"network": {"complete.meetings": None}}, rule_set=2)
    for act in (convened(), called, stands_in("al-aldmar")):
        answer = does(folder, act, DAY)
        assert answer.ok, answer.findings
    assert (answer.result["state"], "presides on" in answer.result["reason"]) == ("invalid", True)
    found = {f.rule for f in check(folder, LATER, None, False).findings}
    assert "invalid-for-a-reason" not in found
    # Opened while the presidency was vacant, and not closed when it is held again.
    registry = open_view(folder, LATER).registry
    path = "registry/decisions/2027/EC-2027-001.yaml"
    record = {k: v for k, v in registry.content(path).items() if k not in RESULT}
    still_open = registry.with_record(path, {**record, "state": "open"})
    asked = judge(Case(None, still_open, LATER), [path])
    assert "one-year-term" not in {f.rule for f in asked if f.kind == "validity"}


def test_nobody_convenes_and_nobody_decides(tmp_path: Path) -> None:
    """Two members of the committee ask for the meeting; the President's acts are told vacant."""
    folder = vacant(tmp_path)
    answer = does(folder, convened(), date(2027, 1, 12))
    assert {f.rule for f in answer.findings if f.kind == "validity"} == {"convened-by"}
    with pytest.raises(UsageError, match="vacant on 2027-01-12"):
        does(folder, suspends("xk-gurmal"), date(2027, 1, 12))
    assert does(folder, convened(asking=THERE[2:]), date(2027, 1, 12)).ok


def test_a_vacancy_learnt_after_the_convening_is_a_note(tmp_path: Path) -> None:
    """The change that convenes is refused; what was convened before is told of it."""
    before = open_view(vacant(tmp_path), DAY).registry
    path = f"registry/meetings/{EC}.yaml"
    record = {
        "id": EC,
        "kind": "ec",
        "title": "Committee",
        "mode": "online",
        "opens": "2027-01-20T10:00:00+03:00",
        "convened": {"by": "president"},
        "notice": {"sent": "2027-01-12T10:00:00+03:00", "to": "members"},
    }
    after = before.with_record(path, record)
    kinds = [
        {f.kind for f in judge(Case(then, after, DAY), [path]) if f.rule == "convened-by"}
        for then in (before, None)
    ]
    assert kinds == [{"validity"}, {"note"}]


def test_who_stands_in_convenes_chairs_and_decides(tmp_path: Path) -> None:
    """From the resolution on, until its end; what was done meanwhile is never refused."""
    folder = vacant(tmp_path)
    start = head(folder)
    for act in (convened(asking=THERE[2:]), called, stands_in("al-aldmar", "2027-02-10")):
        answer = does(folder, act, DAY)
        assert answer.ok, answer.findings
    assert does(folder, suspends("xk-gurmal"), date(2027, 2, 1)).ok
    opens = "2027-02-03T10:00:00+03:00"
    told(folder)
    later = does(folder, lambda s: meetings.convene(s, meetings.Convening("ec", opens)), DAY)
    assert (later.ok, later.result["chair"]) == (True, "al-aldmar")
    with pytest.raises(UsageError, match="vacant on 2027-02-10"):
        does(folder, suspends("mk-planinsko"), date(2027, 2, 10))
    term = parse((folder / "registry/presidencies/2026.yaml").read_bytes())
    assert term["stand_ins"] == [
        {"city": "al-aldmar", "by": "EC-2027-001", "from": "2027-01-20", "until": "2027-02-10"}
    ]
    assert not list(refused(folder, start))


def told(folder: Path) -> None:
    """The desk, the city and who signs tell of it alike; after its end nobody does."""
    view, over = open_view(folder, date(2027, 2, 1)), open_view(folder, date(2027, 2, 10))
    vacancies = {v.on: next(i["what"] for i in vacant_now(v)) for v in (view, over)}
    assert vacancies[view.on] == "the presidency is vacant: Aldmar stands in, by EC-2027-001"
    assert vacancies[over.on] == "the presidency of 2026 is vacant: the statutes are silent"
    acting = city_page(view, "al-aldmar").result["stands_in"]
    assert acting is not None and acting["until"] == "2027-02-10"
    assert city_page(over, "al-aldmar").result["stands_in"] is None
    office = who.president(view, view.on)[1]
    assert office.startswith("standing in as President, ")
    assert who.president(over, over.on) == ("", "President")


@pytest.mark.parametrize(
    ("reading", "decides", "own"),
    [
        ("exercises-but-not-in-own-matter", True, False),
        ("office-sleeps", False, False),
        ("exercises", True, True),
    ],
)
def test_a_suspended_president(reading: str, decides: bool, own: bool, tmp_path: Path) -> None:
    """What it decides alone as INT-37 is read, and what the act says of the other readings."""
    # The former President suspended the city before it took over.
    given = {**read_as(INT_37=reading), **BEFORE_IT_PRESIDED}
    folder = scene(tmp_path, given=given, rule_set=2)
    start = head(folder)
    state = told_alike(open_view(folder, date(2026, 4, 1)))
    assert state == ("asleep" if reading == "office-sleeps" else "suspended")
    assert tried(folder, suspends("xk-gurmal")) is decides
    if decides:
        told = parse((folder / "registry/decisions/2026/PR-2026-002.yaml").read_bytes())
        assert told["readings"] == {
            "verdict": "turns",
            "on": {"INT-37": {"office-sleeps": "invalid"}},
        }
        notes = {f.rule for f in check(folder, LATER, None, False).findings if f.kind == "note"}
        assert "suspended-in-office" in notes
    assert tried(folder, lifts_its_own) is own
    assert not list(refused(folder, start))


def told_alike(view: View) -> str:
    """What the committee, the presidency, the desk and the city say of the President's office."""
    reads = (committee(view), presidency.show(view), status(view), city_page(view, "hr-kamenik"))
    said = {str(read.result["presidency_state"]) for read in reads}
    desk = [i["what"] for i in vacant_now(view)]
    assert ("the presidency of 2026 sleeps" in " ".join(desk)) == (said == {"asleep"}), desk
    return said.pop() if len(said) == 1 else str(said)


def lifts_its_own(session: Session) -> Proposal[Any]:
    """The President's city ends its own suspension."""
    return members.decide_as_president(session, "reinstatement", "hr-kamenik", signed())


def tried(folder: Path, act: Act) -> bool:
    """Whether an act is taken; one of a vacant office is not even proposed."""
    try:
        return does(folder, act, date(2026, 4, 1)).ok
    except UsageError:
        return False


BEFORE_IT_PRESIDED = {
    "network": {"complete.committee": None},
    "committee/2026": "gone",
    "presidencies/2026": {"attested": {"since": "2026-03-25", "source": "founding-list"}},
    "decisions/2026/PR-2026-001": {
        "id": "PR-2026-001",
        "body": "president",
        "matter": "suspension",
        "subject": "members/hr-kamenik",
        "title": "Suspension of Kamenik",
        "state": "adopted",
        "closed": "2026-03-20",
        "edition": "2024-01",
        "grounds": "Statements.",
        "decided_by": {"city": "gr-lykonisi", "person": "Ana Primer", "capacity": "mayor"},
        "evidence": [{"sha256": "0" * 64}],
    },
    "members/hr-kamenik": {"suspensions": [{"from": "2026-03-20", "by": "PR-2026-001"}]},
}


def test_the_quorum_told_beside_the_seats_is_that_of_the_count(tmp_path: Path) -> None:
    """Of all seven where INT-04 says so; who leaves and keeps no office (INT-21) is named."""
    left = {"received": "2026-02-01", "document": PAPER, "effective": "2027-01-01"}
    ended = {f"seats.{n}.until": "2026-02-01" for n in (3, 4, 5)}
    given = read_as(INT_04="seven-seats", INT_21="no") | {
        "committee/2026": ended,
        "members/si-jezerna": {"withdrawal": left},
    }
    folder = scene(tmp_path, given=given, rule_set=2)
    view = open_view(folder, date(2026, 3, 10))
    told = committee(view)
    assert told.beside["more"]() == "; 4 make a quorum; 4 countries"
    said = dict(told.beside["rows"]())["No vote"]
    assert said.startswith("Jezerna leaves") and said.endswith("(INT-21).")
    going = of_standing(view.registry, "withdrawal", "rs-srebrni-brod", view.on)
    assert [said.count("On record it stays through 31 December") for said in going] == [1]
