"""The desk: what waits and the command that does the next step; duties listed, acknowledged."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.view import open_view
from b40cli.acts.reads.desk.status import SECTIONS, command_in, status
from b40cli.acts.reads.titles import title_of
from b40cli.cli.main import main
from b40cli.model.facts.duty import Duty
from tests.acts.scene import VOTE, Office, scene
from tests.invented import MEETING, git, records, registry

LATE = "2026-04-10"
LAST = date(2026, 12, 31)
TOLD = ("members-informed", "--of", "EC-2026-001", "--by")


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path, "meeting", "applicant", "admission"), capsys)


def said(at: Office, *words: str, on: str = LATE) -> str:
    """What a person reads."""
    assert main(["-C", str(at.folder), *words, "--on", on]) == 0
    return at.capsys.readouterr().out


def informed(items: list[dict[str, Any]]) -> dict[str, Any]:
    """The one item about members to be informed."""
    (found,) = (item for item in items if item["what"].startswith("members-informed"))
    return found


def rules(items: list[dict[str, Any]]) -> list[str]:
    return [item["what"].split()[0] for item in items]


def test_the_desk_tells_who_the_network_is(at: Office) -> None:
    result = at.asks("status", on=LATE)["result"]
    assert result["network"]["members"] == 12
    assert result["presides"]["city"] == "hr-kamenik"
    assert result["next"] == {"city": "rs-srebrni-brod", "year": None, "approved": None}
    assert result["secretary"] is None


def test_what_is_overdue_comes_with_the_command_that_cures_it(at: Office) -> None:
    assert "members-informed" not in rules(at.asks("status", on="2026-03-24")["result"]["overdue"])
    late = informed(at.asks("status", on=LATE)["result"]["overdue"])
    assert late["on"] == "2026-03-24"
    assert late["command"] == "b40 meeting dispatch 2026-03-10-ec --decisions EC-2026-001"
    at.asks(*late["command"].split()[1:], "--sent", "2026-04-09", on=LATE)
    met = informed(at.asks("status", on=LATE)["result"]["overdue"])
    assert "met 2026-04-09" in met["what"]
    assert met["command"].startswith("b40 duty acknowledge members-informed --of EC-2026-001")
    words = met["command"].split()[1:]
    at.asks(*words, "--reason", "The letter lay.", on=LATE)
    assert "members-informed" not in rules(at.asks("status", on=LATE)["result"]["overdue"])


def test_what_is_due_within_sixty_days(at: Office) -> None:
    due = informed(at.asks("status", on="2026-03-11")["result"]["due"])
    assert due["on"] == "2026-03-24"
    early = rules(at.asks("status", on="2026-11-01")["result"]["due"])
    assert "summit-in-january" not in early
    assert "summit-in-january" in rules(at.asks("status", on="2026-12-02")["result"]["due"])


def test_what_is_pending(at: Office) -> None:
    pending = at.asks("status", on=LATE)["result"]["pending"]
    assert [i["command"] for i in pending] == [
        "b40 member sign bg-rosendol",
        "b40 meeting minutes 2026-03-10-ec --document FILE",
    ]


def test_papers_that_are_missing_are_pending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A proof that one addressee lacks, and a Declaration whose document nobody filed."""
    proxy = {"principal": "al-aldmar", "holder": "hr-kamenik", "sent": {"secretary": "2026-03-08"}}
    given = {
        "meetings/2026-03-10-ec": {"proxies": [proxy]},
        "members/bg-rosendol": {"declaration": {"signed": "2026-02-20"}},
    }
    at = Office(scene(tmp_path, "meeting", "applicant", given=given), capsys)
    pending = [i["what"] for i in at.asks("status", on="2026-03-09")["result"]["pending"]]
    assert "proxy of al-aldmar to hr-kamenik for 2026-03-10-ec: no document" in pending
    assert "Declaration of Rosendol: its document is not on record" in pending


def test_who_gave_notice_goes_at_the_end_of_the_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = {"received": "2026-10-01", "effective": "2027-01-01"}
    given = {"members/al-aldmar": {"withdrawal": notice}}
    at = Office(scene(tmp_path, given=given), capsys)
    ending = at.asks("status", on="2026-11-20")["result"]["expiring"]
    assert ("2027-01-01", "membership of Aldmar: it gave notice") in [
        (i["on"], i["what"]) for i in ending
    ]


def test_a_line_of_the_desk_is_done(at: Office) -> None:
    """By its number, through all sections; what it lacks is said where nobody can be asked."""
    desk = at.asks("status", on=LATE)["result"]
    lines = [i for s in SECTIONS for i in desk[s]]
    number = next(n for n, i in enumerate(lines, 1) if i["command"].startswith("b40 member sign"))
    assert at.asks("do", str(number), on=LATE)["command"] == "member sign"
    assert "document is not on record" in str(at.asks("status", on=LATE)["result"]["pending"])
    desk = at.asks("status", on=LATE)["result"]
    lines = [i for s in SECTIONS for i in desk[s]]
    lacking = next(n for n, i in enumerate(lines, 1) if "FILE" in i["command"])
    refused = at.asks("do", str(lacking), on=LATE, exits=2)
    assert "lacks what only you know" in refused["findings"][0]["message"]
    at.asks("do", "99", on=LATE, exits=2)


def test_a_city_on_the_telephone(at: Office) -> None:
    page = at.asks("city", "Kamenik", on=LATE)["result"]
    assert (page["id"], page["vote"], page["presides"]) == ("hr-kamenik", True, True)
    assert page["seats"] == ["president"] and page["turn"]["place"]
    assert page["represented_by"] is None
    text = said(at, "city", "hr-kamenik")
    assert "presides, term of 2026" in text and "the seat of the President" in text
    at.asks("city", "nowhere", on=LATE, exits=2)


def test_duties_of_one_who_owes_them(at: Office) -> None:
    mine = at.asks("duty", "list", "--of", "Kamenik", on=LATE)["result"]["duties"]
    assert {duty["owner"] for duty in mine} == {"president"}
    office = at.asks("duty", "list", "--of", "permanent-secretary", on=LATE)["result"]["duties"]
    assert {duty["owner"] for duty in office} == {"permanent-secretary"}
    assert at.asks("duty", "list", "--of", "al-aldmar", on=LATE)["result"]["duties"] == []


def test_a_search_finds_names_before_texts(at: Office) -> None:
    found = at.asks("search", "Вoденград".replace("o", "о"), on=LATE)["result"]["records"]
    assert [hit["record"] for hit in found] == ["members/bg-vodengrad"]
    texts = at.asks("search", "rosendol", on=LATE)["result"]["records"]
    assert texts[0]["record"] == "members/bg-rosendol"
    assert "decisions/2026/EC-2026-001" in [hit["record"] for hit in texts]
    apart = at.asks("search", "committee 2026", on=LATE)["result"]["records"]
    assert f"meetings/{MEETING}" in [hit["record"] for hit in apart]
    assert at.asks("search", "zzz", on=LATE)["result"]["records"] == []
    assert at.asks("search", "committee zzz", on=LATE)["result"]["records"] == []
    at.asks("search", "…", on=LATE, exits=2)


def test_a_search_that_finds_nothing_says_so_in_a_sentence(at: Office) -> None:
    told = " ".join(said(at, "search", "zzz").split())
    assert told.startswith("Nothing is called zzz, and no text holds it.")


def test_every_meeting_to_come_can_be_prepared(at: Office) -> None:
    """A workshop, a Youth Summit and a group's meeting had a line that did nothing."""
    at.asks("meeting", "convene", "workshop", "--opens", "2026-03-20T10:00", on="2026-03-11")
    at.asks(
        *("meeting", "convene", "youth-summit", "--opens", "2026-03-21T10:00"),
        *("--city", "hr-kamenik"),
        on="2026-03-11",
    )
    for day in ("2026-03-12", "2026-03-20"):
        due = at.asks("status", on=day)["result"]["due"]
        told = {i["what"]: i["command"] for i in due if i["what"].startswith("meeting ")}
        for name in ("2026-03-20-workshop", "2026-03-21-youth-summit"):
            assert told[f"meeting {name}"] == f"b40 meeting prepare {name}"
            at.asks(*told[f"meeting {name}"].split()[1:], on=day)


def test_a_vacant_presidency_is_told(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody decides as President, and the desk names the decision that the silent text asks."""
    given = {
        "decisions/2026/GA-2026-002": {"subject": "members/hr-kamenik"},
        "members/hr-kamenik": {"removal": "GA-2026-002"},
        "members/ro-valea-alba": {"removal": "gone"},
    }
    at = Office(scene(tmp_path, "assembly", "removal", given=given), capsys)
    waiting = at.asks("status", on="2026-03-11")["result"]["vacant"][0]
    assert "presidency of 2026 is vacant" in waiting["what"]
    assert "--statutes-silent" in waiting["command"]
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana", "--grounds", "Silence")
    answer = at.asks("member", "suspend", "me-zalivgrad", *paper, on="2026-03-11", exits=2)
    assert "vacant" in answer["findings"][0]["message"]


def test_what_is_pending_before_it_was_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = Office(scene(tmp_path, "meeting", "applicant", "proposed admission"), capsys)
    pending = {i["command"] for i in at.asks("status", on="2026-03-10")["result"]["pending"]}
    assert pending == {"b40 decision open EC-2026-001"}


def test_what_expires(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mayors = [{"name": "Ivo", "capacity": "mayor", "from": "2025-05-01", "until": "2026-05-01"}]
    group = {"id": "floods", "name": "Floods", "kind": "special", "since": "2025-05-20"}
    died = [mayors[0] | {"ended": "died"}]
    given = {"members/al-aldmar": {"mayors": mayors}, "groups/floods": group}
    given |= {"members/me-zalivgrad": {"mayors": died}}
    at = Office(scene(tmp_path, given=given), capsys)
    ending = at.asks("status", on=LATE)["result"]["expiring"]
    assert [(i["on"], i["what"]) for i in ending] == [
        ("2026-05-01", "mandate of Ivo, Aldmar"),
        ("2026-05-20", "special group Floods"),
    ]
    assert at.asks("status", on="2026-02-20")["result"]["expiring"] == []
    # The day on which they are over is the first without them.
    over = at.asks("status", on="2026-05-20")["result"]["expiring"]
    assert [i["what"] for i in over if i["on"] == "2026-05-20"] == []
    seats = at.asks("status", on="2026-11-20")["result"]["expiring"]
    assert [i["on"] for i in seats] == ["2027-01-05", "2027-01-05"]
    assert "elected-1, elected-2, elected-3, elected-4" in seats[0]["what"]


def test_a_presidency_that_runs_on_does_not_expire(tmp_path: Path) -> None:
    """After its year nobody has taken over: it waits for the handover (INT-30)."""
    folder = scene(tmp_path)
    told = {}
    for day in (date(2027, 1, 4), date(2027, 1, 5), date(2028, 3, 1)):
        found = status(open_view(folder, day)).result
        lines = ((part, line) for part in ("expiring", "pending") for line in found[part])
        told[str(day)] = [
            (part, line["on"], line["command"])
            for part, line in lines
            if line["what"].startswith("presidency")
        ]
    assert told == {
        "2027-01-04": [("expiring", "2027-01-05", "b40 summit plan --year 2027")],
        "2027-01-05": [("pending", "2027-01-05", "b40 summit plan --year 2027")],
        "2028-03-01": [("pending", "2027-01-05", "b40 summit plan --year 2028")],
    }
    adopted = {"statutes/interpretations/INT-30": {"adopted.0.reading": "anniversary"}}
    vacant = status(open_view(scene(tmp_path / "b", given=adopted), date(2027, 1, 5))).result
    assert "presidency of 2026 is vacant" in str(vacant["vacant"])
    assert "runs on" not in str(vacant["pending"])


def test_elected_seats_whose_year_is_over_are_held_on(tmp_path: Path) -> None:
    """Nothing ends them but the next election, so the desk goes on asking for it."""
    folder, told = scene(tmp_path), {}
    for day in (date(2027, 1, 4), date(2027, 1, 5), date(2028, 3, 1)):
        found = status(open_view(folder, day)).result
        told[day.year, day.day] = [
            (
                part,
                line["on"],
                line["command"].partition(" --term ")[2],
                "held until" in line["title"],
            )
            for part in ("expiring", "pending")
            for line in found[part]
            if line["what"].startswith("committee: elected")
        ]
    assert told == {
        (2027, 4): [("expiring", "2027-01-05", "2027", False)],
        (2027, 5): [("pending", "2027-01-05", "2027", True)],
        (2028, 1): [("pending", "2027-01-05", "2028", True)],
    }


def test_the_desk_fits_its_screen(at: Office) -> None:
    shown = said(at, "status")
    assert max(map(len, shown.splitlines())) <= 80
    assert len(shown.splitlines()) <= 50
    assert "hr-kamenik presides since 2026-01-05; next: rs-srebrni-brod." in shown


def test_a_duty_acknowledged_by_its_owner_is_reported_no_longer(at: Office) -> None:
    before = at.asks("check", on=LATE)
    assert [f["rule"] for f in before["findings"] if f["rule"] == TOLD[0]]
    at.asks("duty", "acknowledge", *TOLD, "permanent-secretary", "--reason", "Strike", on=LATE)
    assert at.text("registry/duties/2026.yaml").startswith("acknowledged:\n")
    warm = at.asks("check", on=LATE)
    assert not [f for f in warm["findings"] if f["rule"] == TOLD[0]]
    shutil.rmtree(at.folder / ".git" / "b40", ignore_errors=True)
    assert at.asks("check", on=LATE) == warm
    (row,) = at.asks("duty", "list", "--state", "acknowledged", on=LATE)["result"]["duties"]
    assert (row["duty"], row["of"], row["due"]) == (TOLD[0], "EC-2026-001", "2026-03-24")


def test_acknowledging_twice_changes_nothing(at: Office) -> None:
    words = ("duty", "acknowledge", *TOLD, "executive-committee", "--reason", "Strike")
    at.asks(*words, on=LATE)
    commits = at.commits()
    at.asks(*words, on=LATE)
    assert at.commits() == commits


@pytest.mark.parametrize(
    ("words", "exits"),
    [
        ((*TOLD, "president", "--reason", "No"), 1),
        ((*TOLD, "gr-lykonisi", "--reason", "No"), 1),
        (("members-informed", "--of", "EC-2026-002", "--by", "permanent-secretary",
          "--reason", "No"), 1),
        (("summit-in-january", "--of", "2026", "--by", "president", "--reason", "No"), 1),
        (("committee-quorum", "--of", "2026", "--by", "president", "--reason", "No"), 2),
        (("no-such-duty", "--of", "2026", "--by", "president", "--reason", "No"), 2),
        (("members-informed", "--of", "soon", "--by", "president", "--reason", "No"), 2),
        ((*TOLD, "permanent-secretary"), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_acknowledged(at: Office, words: tuple[str, ...], exits: int) -> None:
    head = at.head()
    at.asks("duty", "acknowledge", *words, on=LATE, exits=exits)
    assert at.head() == head and git(at.folder, "status", "--porcelain") == ""


def test_a_duty_is_never_a_refusal(at: Office) -> None:
    answer = at.asks("check", on="2028-01-10")
    assert answer["ok"] and {f["kind"] for f in answer["findings"]} >= {"duty"}
    assert at.asks("check", "--strict", on="2028-01-10", exits=1)["findings"]


@pytest.mark.parametrize(
    ("cure", "command"),
    [
        ("Record it: b40 member sign bg-x --ceremony 2027-01-25-summit.", "b40 member sign bg-x "
         "--ceremony 2027-01-25-summit"),
        ("Convene it: b40 meeting convene ec --summit S; or acknowledge it.", "b40 meeting convene "
         "ec --summit S"),
        ("Nothing can be done.", None),
    ],
)  # fmt: skip
def test_the_command_in_a_remedy(cure: str, command: str | None) -> None:
    duty = Duty("r", "Art. 1", "2026", None, "president", None, "overdue", None, remedy=cure)
    assert command_in(duty) == command


def test_a_list_refuses_a_state_that_is_none(at: Office) -> None:
    at.asks("duty", "list", "--state", "late", on=LATE, exits=2)


def test_the_desk_works_before_anything_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = dict.fromkeys(("presidencies/2025", "presidencies/2026", "committee/2026"), "gone")
    given: dict[str, Any] = {
        **gone,
        "network": {"complete": dict.fromkeys(("members", "committee", "meetings", "decisions"))},
    }
    at = Office(scene(tmp_path, given=given), capsys)
    result = at.asks("status", on=LATE)["result"]
    assert (result["presides"], result["next"], result["network"]["complete"]) == (
        None,
        None,
        False,
    )
    assert "Nobody is known to preside" in said(at, "status")


def test_the_vote_stays_as_it_was(at: Office) -> None:
    """Telling members is an act on the meeting: the closed decision is not touched."""
    before = at.text(VOTE)
    at.asks("meeting", "dispatch", "2026-03-10-ec", "--sent", "2026-03-12", on="2026-03-12")
    assert at.text(VOTE) == before
    assert json.dumps(at.asks("check", on=LATE)["findings"]).count("members-informed") == 0


def test_what_names_a_record_names_it_and_not_its_year(at: Office) -> None:
    """An id in a list or as a field is a reference; a year or a word in a sentence is none."""
    named = at.asks("show", "bg-rosendol", on=LATE)["result"]["named_by"]
    assert "decisions/2026/EC-2026-001" in named
    for name in ("presidencies/2026", "committee/2026", "network"):
        assert at.asks("show", name, on=LATE)["result"]["named_by"] == []


def test_a_member_is_shown_in_a_sentence(at: Office) -> None:
    told = said(at, "member", "show", "bg-rosendol")
    assert told.startswith("Rosendol (bg-rosendol, BG): admitted, since 2026-03-10, judged.")
    assert "record:" not in told and "\n  id: bg-rosendol\n" in told


def test_states_of_duties_are_words(at: Office) -> None:
    told = said(at, "duty", "list", "--year", "2026")
    assert "\nnot on record:\n" in told and "not-on-record" not in told


def test_where_no_number_is_reported_none_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    part = {"members": None, "committee": None, "meetings": None, "decisions": None}
    there = Office(scene(tmp_path, given={"network": {"complete": part}}), capsys)
    told = said(there, "quorum")
    assert "because the list of members is not whole. 12 are on record." in " ".join(told.split())


@pytest.mark.parametrize(
    ("rule", "held", "asked", "told"),
    [
        ("three-meetings-a-year", 0, 3, "0 of 3 meetings"),
        ("three-meetings-a-year", 1, 2, "1 of 2 meetings"),
        ("one-face-to-face", 0, 1, "none in person"),
        ("one-face-to-face", 1, 2, "1 of 2 meetings in person"),
    ],
)
def test_a_duty_says_how_many_meetings_were_held(
    rule: str, held: int, asked: int, told: str
) -> None:
    """Of as many as are asked, which an amendment may change; none where it has been enough."""
    facts = {"held": held, "asked": asked}
    due = Duty(rule, "Art. 14", "2026", None, "group-leader", LAST, "overdue", None, facts=facts)
    assert title_of(registry(records()), due).casefold().startswith(told)
    assert told not in title_of(registry(records()), due._replace(state="met")).casefold()
