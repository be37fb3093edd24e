"""Papers from the records: dossier, notice, minutes, reports and the steps of a Final Report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.votes.counted import unchanged
from b40cli.cli.main import main
from b40cli.model.facts.decision import decision_of
from b40cli.render.kosovo import NOTE
from tests.acts.scene import Office, scene

ON = "2026-04-10"
GA = "2026-03-20-ga"
KOSOVO = "xk-gurmal"


def given() -> dict[str, Any]:
    """An Assembly with all its parts, a seat represented, a city of Kosovo*."""
    called = {"n": 1, "at": "2026-03-20T10:00:00+03:00", "present": ["hr-kamenik", KOSOVO]}
    sent = {"secretary": "2026-03-18", "president": "2026-03-18"}
    return {
        f"meetings/{GA}": {
            "id": GA,
            "kind": "ga",
            "title": "General Assembly of *stars* and <b>",
            "city": "rs-srebrni-brod",
            "opens": "2026-03-20T10:00:00+03:00",
            "closes": "2026-03-20T16:00:00+03:00",
            "source": "founding-list",
            "chair": "hr-kamenik",
            "agenda": [
                {"item": 1, "kind": "roll-call"},
                {"item": 2, "kind": "discussion", "title": "Kosovo and the region"},
                {"item": 3, "kind": "mayors-floor"},
            ],
            "proxies": [
                {
                    "principal": "al-aldmar",
                    "holder": "hr-kamenik",
                    "document": {"sha256": "1" * 64},
                    "sent": sent,
                }
            ],
            "roll_calls": [called],
            "closing_declaration": {"signed_by": ["hr-kamenik"]},
        }
    }


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    stock = ("meeting", "applicant", "admission")
    return Office(scene(tmp_path, *stock, given=given()), capsys)


def paper(at: Office, *words: str, form: str = "terminal", on: str = ON) -> str:
    """A paper as it is printed."""
    assert main(["-C", str(at.folder), *words, "--on", on, "--format", form]) == 0
    return at.capsys.readouterr().out


def unfolded(text: str) -> str:
    """A paper without its line ends."""
    return " ".join(text.split("\n  ")).replace("\n", " ")


def folded(text: str) -> bool:
    """No line is wider than a terminal, the note of Art. 1 aside."""
    return all(len(line) <= 80 for line in text.splitlines() if NOTE not in line)


@pytest.mark.parametrize(
    "words",
    [
        ("member", "dossier", KOSOVO),
        ("meeting", "notice", GA),
        ("meeting", "minutes", GA),
        ("report", "final", GA),
        ("report", "activity", "--year", "2026"),
    ],
)
def test_a_paper_is_the_same_markdown_in_every_format(at: Office, words: tuple[str, ...]) -> None:
    text = paper(at, *words)
    assert text == paper(at, *words, form="markdown")
    assert text.startswith("# ") and folded(text)
    assert "Kosovo" not in text.replace("Kosovo*", "")
    assert text.count(NOTE) == (1 if "Kosovo*" in text else 0)
    result = at.asks(*words, on=ON)["result"]
    assert isinstance(result, dict) and result


def test_a_dossier_tells_standing_and_participation(at: Office) -> None:
    text = paper(at, "member", "dossier", KOSOVO)
    assert "Kosovo* · a member in good standing on 10 April 2026, with one vote" in text
    assert "| 20 Mar 2026 | General Assembly, Srebrni Brod | present    |\n" in text
    away = paper(at, "member", "dossier", "al-aldmar")
    assert "General Assembly, Srebrni Brod | represented by Kamenik |\n" in away
    president = unfolded(paper(at, "member", "dossier", "hr-kamenik"))
    assert "presidency of 2026, since 5 January 2026" in president
    assert "seat in the Executive Committee (President), since 5 January 2026" in president
    assert "present; chair; signed the Closing Declaration" in president
    assert "| 10 Mar 2026 | Admission of Rosendol | for  | adopted |" in president
    admitted = paper(at, "member", "dossier", "bg-rosendol")
    assert "EC-2026-001" in admitted and "admitted, declaration not signed yet" in admitted


def test_a_notice_tells_the_agenda_and_the_proof_of_proxy(at: Office) -> None:
    text = paper(at, "meeting", "notice", GA)
    assert "| 2 | Kosovo* and the region |" in text
    assert "Permanent Secretary before the meeting opens" in text.replace("\n", " ")
    assert "- Please reply by: Friday 13 March 2026" in text
    assert "Friday 20 March 2026, 10.00 local time (UTC+03:00)" in text
    assert "\\*stars\\*" in text and "\\<b\\>" in text


def test_a_notice_encloses_the_proxy_form_and_says_how_the_office_is_reached(at: Office) -> None:
    text = unfolded(paper(at, "meeting", "notice", GA))
    assert "Friday 13 March 2026: who heads" in text and "not sent on record" in text
    form = text.partition(f"Proxy form ({GA})")[2]
    assert "The member that cannot come" in form and "one other member at most (Article 8)" in form
    assert "Mayor of the city named" in form and "both have it before the meeting opens" in form
    reached = ("--at", "contact.email", "--is", "office@example.org")
    at.asks("correct", "network", *reached, on=ON)
    told = paper(at, "meeting", "notice", GA)
    assert "in Camliova, office@" in unfolded(told)
    committee = unfolded(paper(at, "meeting", "notice", "2026-03-10-ec"))
    assert "The member of the committee that cannot come" in committee


def test_an_amendment_stands_beside_what_it_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence as it stands and as proposed, what differs strong in both; numbers too."""
    records = given()
    records[f"meetings/{GA}"]["agenda"].append(
        {"item": 4, "kind": "amendment", "decision": "GA-2026-001"}
    )
    records["decisions/2026/GA-2026-001"] = {
        "id": "GA-2026-001", "body": "general-assembly", "matter": "amendment",
        "title": "A shared future", "meeting": GA, "proposed": "2026-03-01", "state": "proposed",
        "text": "To be read anew:\nart1.2: The members share a heritage and a harbour.",
        "amends": [{"parameter": "assembly-quorum", "value": "3/4"}],
    }  # fmt: skip
    office = Office(scene(tmp_path, "meeting", given=records), capsys)
    text = unfolded(paper(office, "meeting", "notice", GA))
    assert "To be read anew:" in text and "- Article: 1, sentence 2\n" in text.replace(
        " - ", "\n- "
    )
    assert "- Now: The members share a heritage and a **future, and see" in text
    assert "- Proposed: The members share a heritage and a **harbour.**" in text
    assert re.search(r"- Now: [^:]+: \*\*2/3\*\* - Proposed: [^:]+: \*\*3/4\*\*", text)
    assert "the register's own words" in text


def test_a_working_group_s_minutes_are_signed_by_its_leader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = "2026-02-20-wg-local-climate-action"
    records = {
        f"meetings/{meeting}": {
            "id": meeting, "kind": "wg", "group": "local-climate-action", "mode": "online",
            "title": "Meeting of Local Climate Action, 2026-02-20",
            "opens": "2026-02-20T10:00:00+03:00",
        },
        "groups/local-climate-action": {
            "id": "local-climate-action", "name": "Local Climate Action", "kind": "permanent",
            "since": {"by": "2024-01-31"}, "source": "statutes",
            "leaders": [{"city": "bg-vodengrad", "from": "2026-02-16", "source": "founding-list"}],
        },
    }  # fmt: skip
    office = Office(scene(tmp_path, given=records), capsys)
    text = unfolded(paper(office, "meeting", "minutes", meeting))
    assert "Leader of the working group, Vodengrad" in text and "Title" not in text


def test_minutes_tell_who_was_there_and_what_was_decided(at: Office) -> None:
    text = paper(at, "meeting", "minutes", "2026-03-10-ec")
    assert "7 of 7 seats were present and none were represented" in unfolded(text)
    assert "The Committee could decide." in unfolded(text)
    assert "### 1. Admission of Rosendol (EC-2026-001)\n\nRosendol is admitted. Adopted" in text
    assert "- Majority: 7 for, none against; all 7 needed.\n" in text
    assembly = unfolded(paper(at, "meeting", "minutes", GA))
    assert "| Aldmar | Albania | Kamenik | Representing it, with written proof |" in re.sub(
        " +", " ", assembly
    )
    assert "The Closing Declaration was signed by 1 of the 2 members present" in assembly
    assert "Friday 20 March 2026, from 10.00 to 16.00 (UTC+03:00)" in assembly
    assert "Floor to the mayors (item 3)" in assembly


def test_a_final_report_goes_through_its_steps(at: Office) -> None:
    assert "- Approved: not yet" in paper(at, "report", "final", GA)
    at.asks("report", "final", GA, "--prepared", "2026-04-01", on="2026-04-01")
    at.asks("report", "final", GA, "--approved", "2026-04-05", on="2026-04-05")
    commits = at.commits()
    at.asks("report", "final", GA, "--approved", "2026-04-05", on="2026-04-05")
    assert at.commits() == commits
    told = at.asks("report", "final", GA, "--shared", "2026-04-09", on="2026-04-09")
    assert told["result"] == {
        "prepared": "2026-04-01",
        "approved": "2026-04-05",
        "shared": "2026-04-09",
    }
    text = paper(at, "report", "final", GA)
    assert "- Shared: on 9 April 2026" in text
    assert f"Written from commit {at.head()} of the register." in unfolded(text)
    found = at.asks("duty", "list", "--state", "met", on=ON)["result"]["duties"]
    assert "final-report" in [duty["duty"] for duty in found]


@pytest.mark.parametrize(
    ("words", "exits"),
    [
        (("report", "final", "2026-03-10-ec"), 2),
        (("report", "final", "2026-03-10-ec", "--prepared", ON), 2),
        (("report", "final", "2026-01-01-ga"), 2),
        (("report", "final", GA, "--dry-run"), 2),
        (("report", "final", GA, "--prepared", "soon"), 2),
        (("meeting", "minutes", "2026-01-01-ga"), 2),
        (("meeting", "notice", "no"), 2),
        (("member", "dossier", "bg-nowhere"), 2),
        (("meeting", "dispatch", "2026-03-10-ec", "--to", "everybody"), 2),
        (("meeting", "dispatch", "2026-03-10-ec", "--decisions", "EC-2026-009"), 1),
        (("summit", "sign", "2026-03-10-ec", "--cities", "hr-kamenik"), 2),
        (("summit", "sign", GA), 2),
        (("summit", "sign", GA, "--cities", "hr-nowhere"), 1),
    ],
)
def test_what_is_not_told_or_recorded(at: Office, words: tuple[str, ...], exits: int) -> None:
    head = at.head()
    at.asks(*words, on=ON, exits=exits)
    assert at.head() == head


def test_the_activity_report_tells_the_year(at: Office) -> None:
    text = paper(at, "report", "activity", "--year", "2026")
    assert "- Presidency: Kamenik, since 5 January 2026\n" in text
    assert "\nAdmitted: Rosendol.\n" in text
    assert "Admission of Rosendol: members informed" in text
    assert "Members by country: Albania 1; Bosnia and Herzegovina 1" in unfolded(text)


def test_a_vote_is_of_the_year_in_which_it_was_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proposed in December, decided in January; what is still to be held is no activity."""
    early = {
        "decisions/2025/EC-2025-009": {
            "id": "EC-2025-009", "body": "executive-committee", "matter": "resolution",
            "title": "Bridges", "proposed": "2025-12-20", "state": "rejected",
            "closed": "2026-01-24", "source": "founding-list",
        },
        "meetings/2026-05-02-ec": {
            "id": "2026-05-02-ec", "kind": "ec", "opens": "2026-05-02T10:00:00+03:00",
            "convened": {"by": "president"},
        },
    }  # fmt: skip
    office = Office(scene(tmp_path, given=early), capsys)
    told = {
        year: office.asks("report", "activity", "--year", str(year), on=ON)["result"]
        for year in (2025, 2026)
    }
    decided = {year: [d["id"] for d in paper["decisions"]] for year, paper in told.items()}
    assert decided == {2025: [], 2026: ["EC-2025-009"]}
    assert told[2026]["meetings"] == []
    (refused,) = office.asks("report", "activity", "--year", "2027", on=ON, exits=2)["findings"]
    assert refused["message"].startswith("2027 has not begun on 2026-")


def test_a_removal_that_fails_says_nothing_of_a_notice() -> None:
    """A city that gave notice is not removed, and leaves all the same."""
    failed = {"id": "GA-2026-001", "body": "general-assembly", "matter": "removal"}
    failed |= {"subject": "members/ro-valea-alba", "title": "Removal", "state": "rejected"}
    decision = decision_of("registry/decisions/2026/GA-2026-001.yaml", failed)
    assert unchanged(decision, str) == "ro-valea-alba is not removed."


def test_signatories_are_added_one_act_after_the_other(at: Office) -> None:
    at.asks("summit", "sign", GA, "--cities", "gr-lykonisi,hr-kamenik", on=ON)
    told = at.asks("summit", "sign", GA, "--cities", "rs-srebrni-brod", on=ON)
    assert told["result"]["signed_by"] == ["hr-kamenik", "gr-lykonisi", "rs-srebrni-brod"]
    commits = at.commits()
    at.asks("summit", "sign", GA, "--cities", "hr-kamenik", on=ON)
    assert at.commits() == commits


def test_the_plan_of_the_next_summit(at: Office) -> None:
    result = at.asks("summit", "plan", on=ON)["result"]
    assert (result["year"], result["summit"], result["host"]) == (2027, None, "rs-srebrni-brod")
    assert result["ceremony"] == ["bg-rosendol"]
    done = [step["what"] for step in result["steps"] if step["state"] == "done"]
    assert done == []
    assert result["steps"][0]["command"].startswith("b40 decision propose candidates --term 2028")
    january = at.asks("summit", "plan", on="2026-01-20")["result"]
    assert january["year"] == 2026
    assert folded(paper(at, "summit", "plan"))


def test_the_plan_knows_what_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summit = {"id": "2027-01-25-summit", "kind": "summit", "opens": "2027-01-25",
              "city": "rs-srebrni-brod", "consulted": {"president": "2026-11-01",
                                                       "next": "2026-11-02"}}  # fmt: skip
    assembly = {"id": "2027-01-25-ga", "kind": "ga", "opens": "2027-01-25",
                "summit": "2027-01-25-summit"}  # fmt: skip
    records = {
        "meetings/2027-01-25-summit": summit,
        "meetings/2027-01-25-ga": assembly,
        "presidencies/2027": {"year": 2027, "city": "rs-srebrni-brod"},
    }
    at = Office(scene(tmp_path, given=records), capsys)
    result = at.asks("summit", "plan", on="2026-11-20")["result"]
    done = {step["what"] for step in result["steps"] if step["state"] == "done"}
    assert done == {
        "the Summit is convened",
        "the current and the next President are consulted",
        "the General Assembly is convened",
    }
    assert (result["summit"], result["host"]) == ("2027-01-25-summit", "rs-srebrni-brod")


def test_papers_say_sources_countries_and_late_days_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No key of a source, no code of a country, no day as exact that is only attested by then."""
    aldmar = {"since": {"by": "2024-06-30"}, "source": "founding-list"}
    told = {
        "members/al-aldmar": {
            "id": "al-aldmar", "name": "Aldmar", "country": "AL", "attested": aldmar,
        },
        "observers/at-graubach": {
            "id": "at-graubach", "name": "Graubach", "kind": "local-government", "country": "AT",
            "source": "founding-list",
        },
        "meetings/2026-02-01-ec": {
            "id": "2026-02-01-ec", "kind": "ec", "opens": "2026-02-01T10:00:00+03:00",
            "convened": {"by": "president"}, "observers": ["at-graubach"],
            "notice": {"sent": "2026-01-28", "to": "executive-committee"},
        },
        "decisions/2026/EC-2026-009": {
            "id": "EC-2026-009", "body": "executive-committee", "matter": "resolution",
            "title": "Bridges", "meeting": "2026-02-01-ec", "item": 1, "proposed": "2026-01-20",
            "state": "proposed",
        },
    }  # fmt: skip
    office = Office(scene(tmp_path, given=told), capsys)
    dossier = paper(office, "member", "dossier", "al-aldmar")
    assert "- Member: since 30 June 2024 at the latest (attested, not judged)" in unfolded(dossier)
    assert "| by 30 Jun 2024 |       | member   | attested |" in dossier
    assert "founding list" not in dossier
    certified = unfolded(paper(office, "member", "certificate", "al-aldmar"))
    assert "since 30 June 2024 at the latest, with one vote" in certified
    minutes = paper(office, "meeting", "minutes", "2026-02-01-ec")
    assert "- Observer: Graubach (Austria)\n" in minutes
    notice = unfolded(paper(office, "meeting", "notice", "2026-02-01-ec"))
    assert "Please reply by: Saturday 31 January 2026" in notice
    assert "| 1 | Bridges | simple   | EC-2026-009 |" in notice
