"""Annulling: what was derived from the decision follows, the law of passed days does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.model.day import Moment
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.suspensions import is_suspended
from tests.acts.scene import ALL, DAY, Office, content, scene
from tests.acts.test_observers import GROUP
from tests.invented import OTHERS, registry

LATER = "2026-04-20"
EVERYBODY = ",".join((ALL, *OTHERS))
SITTINGS: dict[str, Any] = {
    "meetings/2026-04-20-ec": {
        "id": "2026-04-20-ec",
        "kind": "ec",
        "title": "Meeting of the Executive Committee",
        "mode": "online",
        "opens": "2026-04-20T09:00:00+03:00",
        "convened": {"by": "president"},
        "chair": "hr-kamenik",
        "roll_calls": [{"n": 1, "at": "2026-04-20T09:00:00+03:00", "present": ALL.split(",")}],
    },
    "meetings/2026-04-20-ga": {
        "id": "2026-04-20-ga",
        "kind": "ga",
        "title": "General Assembly",
        "mode": "online",
        "opens": "2026-04-20T10:00:00+03:00",
        "convened": {"by": "president"},
        "chair": "hr-kamenik",
        "notice": {"sent": "2026-03-16T12:00:00+03:00", "to": "members"},
        "participation_rules": {"announced": "2026-03-16T12:00:00+03:00"},
        "language": "en",
        "roll_calls": [
            {"n": 1, "at": "2026-04-20T10:00:00+03:00", "present": EVERYBODY.split(",")}
        ],
    },
}
BY_EC = ("--meeting", "2026-04-20-ec", "--for", ALL)
BY_GA = ("--meeting", "2026-04-20-ga", "--for", EVERYBODY)


def office(folder: Path, capsys: pytest.CaptureFixture[str], *stock: str) -> Office:
    """A register in which the stock's decisions were taken in March, and both bodies meet again."""
    return Office(scene(folder, *stock, given=SITTINGS), capsys)


def annul(there: Office, name: str, effect: str, *words: str, exits: int = 0) -> dict[str, Any]:
    words = ("decision", "annul", name, "--effect", effect, *words)
    return there.asks(*words, on=LATER, exits=exits)


def suspended(there: Office, day: str) -> list[str]:
    found: list[str] = there.asks("roll", on=day)["result"]["suspended"]
    return found


@pytest.mark.parametrize(
    ("effect", "in_march", "in_may"),
    [("ex-tunc", [], []), ("ex-nunc", ["ba-brezna-luka"], [])],
)
def test_a_suspension_annulled_by_the_committee(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    effect: str,
    in_march: list[str],
    in_may: list[str],
) -> None:
    there = office(tmp_path, capsys, "meeting", "suspension")
    assert suspended(there, "2026-03-20") == ["ba-brezna-luka"]
    answer = annul(there, "EC-2026-002", effect, *BY_EC)
    assert answer["result"]["state"] == "adopted"
    assert (suspended(there, "2026-03-20"), suspended(there, "2026-05-02")) == (in_march, in_may)
    message = there.message()
    assert "Vote of Brezna Luka: suspended until now, held by this act." in message
    assert "Quorum of the Assembly: 8 of 11 until now, 8 of 12 by this act." in message
    shown = there.asks("show", "EC-2026-002", on=None)["result"]
    assert shown["record"]["state"] == "adopted"
    assert shown["annulled"] == {"by": answer["result"]["id"], "effect": effect, "on": LATER}
    before = there.asks("show", "EC-2026-002", on="2026-03-20")["result"]
    assert "annulled" not in before
    assert there.asks("check", on=None)["ok"]


def test_put_to_the_body_and_voted_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = office(tmp_path, capsys, "meeting", "suspension")
    proposed = annul(there, "EC-2026-002", "ex-nunc", "--meeting", "2026-04-20-ec", "--item", "7")
    assert proposed["result"]["state"] == "proposed"
    assert there.asks("show", proposed["result"]["id"], on=LATER)["result"]["record"]["item"] == 7
    assert suspended(there, LATER) == ["ba-brezna-luka"]
    name = proposed["result"]["id"]
    there.asks("decision", "open", name, on=LATER)
    there.asks("decision", "vote", name, "--for", ALL, on=LATER)
    assert there.asks("decision", "close", name, on=LATER)["result"]["state"] == "adopted"
    assert suspended(there, LATER) == []
    before = there.head()
    again = annul(there, "EC-2026-002", "ex-nunc", *BY_EC)
    assert (again["result"]["id"], again["commit"], there.head()) == (name, None, before)


def test_a_president_annuls_what_a_president_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], papers: Path
) -> None:
    there = office(tmp_path, capsys, "meeting", "suspension by the President")
    assert suspended(there, DAY) == ["mk-planinsko"]
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana Primer")
    annul(there, "PR-2026-001", "ex-nunc", exits=2)
    answer = annul(there, "PR-2026-001", "ex-nunc", *paper)
    assert (answer["result"]["id"], answer["result"]["annuls"]) == ("PR-2026-002", "PR-2026-001")
    assert (suspended(there, DAY), suspended(there, LATER)) == (["mk-planinsko"], [])
    assert there.asks("check", on=None)["ok"]


def test_an_annulled_reinstatement_lifts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], papers: Path
) -> None:
    there = office(tmp_path, capsys, "meeting", "suspension by the President")
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana Primer")
    there.asks("member", "reinstate", "mk-planinsko", *paper, on="2026-04-01")
    assert suspended(there, LATER) == []
    annul(there, "PR-2026-002", "ex-tunc", *paper)
    assert suspended(there, "2026-04-02") == suspended(there, LATER) == ["mk-planinsko"]
    assert "Vote of Planinsko: held until now, suspended by this act." in there.message()


@pytest.mark.parametrize(("effect", "in_march"), [("ex-nunc", ["hr-kamenik"]), ("ex-tunc", [])])
def test_an_annulled_lead_and_an_annulled_group_end(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    papers: Path,
    effect: str,
    in_march: list[str],
) -> None:
    there = office(tmp_path, capsys, "meeting")
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana Primer")
    there.asks("group", "open", "Flood", *paper, on=DAY)
    there.asks("group", "lead", "flood", "hr-kamenik", *paper, on=DAY)

    def groups(day: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = there.asks("group", "list", on=day)["result"]["groups"]
        return found

    annul(there, "PR-2026-002", effect, *paper)
    led = [
        [group["leader"] for group in groups(day) if group["leader"]]
        for day in ("2026-03-20", LATER)
    ]
    assert led == [in_march, []]
    vacant = there.asks("status", on=LATER)["result"]["vacant"]
    assert [v["what"] for v in vacant if "leader" in v["what"]] == ["Flood has no leader"]
    annul(there, "PR-2026-001", effect, *paper)
    assert [group["id"] for group in groups(LATER)] == []
    assert there.asks("check", on=None)["ok"]


@pytest.mark.parametrize("effect", ["ex-tunc", "ex-nunc"])
def test_an_annulled_work_programme_is_approved_no_longer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], effect: str
) -> None:
    """The file still names the decision; every read says what became of it, and so does the act."""
    there = Office(scene(tmp_path, "meeting", given=SITTINGS | GROUP), capsys)
    group = "groups/local-climate-action"
    programme = ("group", "programme", group[7:], "--year", "2026", "--goal", "Shade.")
    there.asks(*programme, "--consulted", DAY)
    about = ("decision", "record", "work-programme", "--subject", group, "--term", "2026")
    there.asks(*about, "--meeting", f"{DAY}-ec", "--for", ALL)
    annul(there, "EC-2026-001", effect, *BY_EC)
    moved = f"Duty programme-approved of 2026 ({group}): met until now, not-on-record by this act."
    assert moved in " ".join(there.message().split())
    (row,) = there.asks("group", "list", on=LATER)["result"]["groups"]
    assert (row["programme"], row["submitted"]) == (None, True)
    (void,) = there.asks("show", group, on=LATER)["result"]["rests_on_annulled"]
    assert (void["at"], void["names"], void["by"]) == (
        "programmes.0.approved",
        "EC-2026-001",
        "EC-2026-002",
    )
    assert "rests_on_annulled" not in there.asks("show", group, on="2026-04-19")["result"]
    there.asks(*about, *BY_EC, on=LATER)
    (row,) = there.asks("group", "list", on=LATER)["result"]["groups"]
    assert row["programme"] == "EC-2026-003"
    first, again = there.asks("show", group, on=LATER)["result"]["record"]["programmes"]
    assert again == {**first, "approved": "EC-2026-003"}


def test_what_a_leader_was_elected_with_outlives_the_lead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], papers: Path
) -> None:
    """An election counted leaders first (Art. 13); annulling a lead later does not move it."""
    there = Office(scene(tmp_path, "meeting", given=SITTINGS | GROUP), capsys)
    paper = ("--evidence", str(papers / "decision.txt"), "--person", "Ana Primer")
    there.asks("group", "lead", "local-climate-action", "tr-camliova", *paper, on=DAY)
    voters = EVERYBODY.split(",")
    first, last, leader = voters[:8], (*voters[:5], *voters[8:11]), voters[5:]
    cities = ("ba-brezna-luka", "mk-planinsko", "ro-valea-alba", "xk-gurmal", "tr-camliova")
    cast = dict(zip(cities, (first, first, last, last, leader), strict=True))
    choices = [f"{city}={','.join(by)}" for city, by in cast.items()]
    words = [word for choice in choices for word in ("--choice", choice)]
    election = ("decision", "record", "committee-election", "--meeting", "2026-04-20-ga", *words)
    result = there.asks(*election, on=LATER)["result"]
    assert result["count"]["elected"] == ["tr-camliova"]
    day = "2026-05-02"
    there.asks("decision", "annul", "PR-2026-001", "--effect", "ex-tunc", *paper, on=day)
    assert there.asks("check", on=None)["ok"]


def test_an_annulled_dissolution_opens_the_network_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], papers: Path
) -> None:
    there = office(tmp_path, capsys, "assembly", "dissolution")
    # A closed network is still corrected.
    right = ("--at", "name", "--is", "Vodengrad na Dunavu", "--why", "Cut short")
    paper = ("--evidence", str(papers / "letter.txt"))
    there.asks("correct", "bg-vodengrad", *right, *paper, on="2026-04-01")
    mayor = ("member", "mayor", "bg-vodengrad", "Eva", "--from", "2026-04-02")
    there.asks(*mayor, on="2026-04-02", exits=1)
    words = ("--effect", "ex-nunc", "--meeting", "2026-03-10-ga", "--for", EVERYBODY)
    there.asks("decision", "annul", "GA-2026-005", *words, on=DAY)
    there.asks(*mayor, on="2026-04-02")


def test_a_removal_annulled_by_the_assembly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = office(tmp_path, capsys, "assembly", "removal")
    assert "ro-valea-alba" not in there.asks("roll", on="2026-03-20")["result"]["members"]
    # Who was removed does not vote on it, though it turns out never to have been.
    others = ",".join(city for city in EVERYBODY.split(",") if city != "ro-valea-alba")
    annul(there, "GA-2026-002", "ex-tunc", "--meeting", "2026-04-20-ga", "--for", others)
    assert "ro-valea-alba" in there.asks("roll", on="2026-03-20")["result"]["voting"]
    assert "Standing of Valea Alba: removed until now, member by this act." in there.message()
    assert there.asks("check", on=None)["ok"]


def test_an_annulled_admission_leaves_an_applicant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = office(tmp_path, capsys, "meeting", "applicant", "admission")
    assert there.asks("member", "show", "bg-rosendol", on=DAY)["result"]["standing"] == "admitted"
    annul(there, "EC-2026-001", "ex-tunc", *BY_EC)
    shown = there.asks("member", "show", "bg-rosendol", on=LATER)["result"]
    assert shown["standing"] == "applicant"
    [row] = there.asks("application", "list", "--all", on=LATER)["result"]["applications"]
    assert (row["state"], row["outcome"]) == ("annulled", "EC-2026-001")


def test_an_annulled_amendment_gives_the_old_threshold_back_from_the_day_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = office(tmp_path, capsys, "assembly", "amendment")

    def value(day: str) -> Any:
        shown = there.asks("statutes", "show", "proxies-per-holder", on=day)
        return shown["result"]["parameter"]["value"]

    few = ",".join(EVERYBODY.split(",")[:7])
    # As much is needed to take the law back as to make it: eight of twelve.
    rejected = annul(there, "GA-2026-003", "ex-tunc", "--meeting", "2026-04-20-ga", "--for", few)
    assert rejected["result"]["state"] == "rejected"
    assert rejected["result"]["count"]["majority"]["kind"] == "two-thirds"
    annul(there, "GA-2026-003", "ex-tunc", *BY_GA)
    assert [value(day) for day in (DAY, "2026-03-20", LATER, "2026-04-21")] == [1, 2, 2, 1]
    assert "parameters.yaml: 1 again from the day after." in there.message()
    assert there.asks("check", on=None)["ok"]


def test_an_annulled_reading_gives_the_old_one_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = office(tmp_path, capsys, "assembly", "interpretation")
    annul(there, "GA-2026-004", "ex-nunc", *BY_GA)
    readings = [
        there.asks("statutes", "readings", "INT-01", on=day)["result"]["readings"][0]["reading"]
        for day in (LATER, "2026-04-21")
    ]
    assert readings == ["all-members", "present-or-represented"]
    assert there.asks("check", on=None)["ok"]


def test_what_cannot_be_annulled_and_by_whom(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = office(tmp_path, capsys, "meeting", "suspension", "assembly", "removal")
    answer = annul(there, "GA-2026-002", "ex-nunc", *BY_EC)
    assert answer["result"]["state"] == "invalid"
    assert "cannot annul it" in answer["result"]["reason"]
    before = there.head()
    for name, words in (
        ("EC-2026-002", ()),
        ("EC-2026-099", BY_EC),
        ("EC-2026-002", ("--for", ALL)),
    ):
        annul(there, name, "ex-tunc", *words, exits=2)
    annul(there, "EC-2026-002", "from-now", *BY_EC, exits=2)
    assert before == there.head()


def _annulments(*decisions: tuple[str, str, str]) -> Registry:
    whole = content("meeting", "suspension")
    for n, (name, annuls, effect) in enumerate(decisions):
        whole[f"registry/decisions/2026/{name}.yaml"] = {
            "id": name,
            "body": "executive-committee",
            "matter": "annulment",
            "title": f"Annulment of {annuls}",
            "state": "adopted",
            "closed": f"2026-04-{n + 10}",
            "annuls": annuls,
            "effect": effect,
        }
    return registry(whole)


def test_an_annulled_annulment_annuls_nothing() -> None:
    first, second = ("EC-2026-003", "EC-2026-002", "ex-tunc"), ("EC-2026-004", "EC-2026-003")
    assert set(_annulments(first).annulments()) == {"EC-2026-002"}
    assert set(_annulments(first, (*second, "ex-tunc")).annulments()) == {"EC-2026-003"}


@pytest.mark.parametrize(
    ("inner", "outer", "days"),
    [
        ("ex-tunc", "ex-nunc", (False, False, True)),
        ("ex-nunc", "ex-nunc", (True, False, True)),
        ("ex-tunc", "ex-tunc", (True, True, True)),
    ],
)
def test_an_annulled_annulment_had_its_effect_until_then(
    inner: str, outer: str, days: tuple[bool, ...]
) -> None:
    """The suspension is annulled on 10 April, and that annulment on 11 April."""
    chain = ("EC-2026-003", "EC-2026-002", inner), ("EC-2026-004", "EC-2026-003", outer)
    read = _annulments(*chain)
    asked = (date(2026, 3, 20), date(2026, 4, 10), date(2026, 4, 11))
    assert tuple(is_suspended(read, "ba-brezna-luka", Moment(day)) for day in asked) == days


@pytest.mark.parametrize("rule_set", [1, 2])
def test_what_was_lifted_may_be_annulled_after_that(
    rule_set: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lifting was right when it was voted, though nothing had been to lift."""
    stock = ("meeting", "suspension")
    there = Office(scene(tmp_path, *stock, given=SITTINGS, rule_set=rule_set), capsys)
    lift = ("decision", "record", "reinstatement", "--subject", "ba-brezna-luka", "--title", "Lift")
    lifted = there.asks(*lift, *BY_EC, "--item", "1", on=LATER)["result"]
    assert (lifted["id"], lifted["state"]) == ("EC-2026-003", "adopted")
    words = ("--annuls", "EC-2026-002", "--effect", "ex-tunc", "--title", "Void", "--item", "2")
    void = there.asks("decision", "record", "annulment", *words, *BY_EC, on=LATER)["result"]
    assert void["state"] == "adopted"
    assert suspended(there, DAY) == suspended(there, LATER) == []
    for way in ("check", "check --base HEAD~1", "review HEAD~1..HEAD", "audit"):
        there.asks(*way.split(), on=None)
