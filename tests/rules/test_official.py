"""An official register: no fact on record is changed by hand, and a correction reaches each."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from b40cli.acts.judge.judging import judge_change
from b40cli.model.facts.correction import place_of, standing_at
from b40cli.model.finding import GRAVE
from b40cli.rules.case.rule import Case
from b40cli.rules.record.in_silence import grounds_in_silence
from b40cli.rules.record.official_register import _decided_now
from b40cli.rules.table import RULES, judge
from b40cli.store.schema import fits, kind_of
from tests.invented import SHA, Records, meeting, no_bytes, records, registry

DAY = date(2026, 3, 10)
CLOSED = "closed-records-are-immutable"
OBSERVER = {
    "id": "at-farville",
    "name": "Farville",
    "kind": "local-government",
    "country": "AT",
    "population": {"count": 602021, "year": 2021, "source": "founding-list"},
    "invitations": [{"to": "ga", "on": "2025-01-20", "source": "founding-list"}],
}
TERM = {"mayor": "Ana Primer", "mandate": {"counted_from": "2026-01-05", "until": "2028-05-01"}}
GROUP = {"id": "local-climate-action", "name": "Local Climate Action", "kind": "permanent"}
SOURCE = {"what": "An invented list", "url": "https://example.org/list", "sha256": SHA}
# Every fact, what somebody would put there, and who may correct it: nobody but a body, or a clerk.
FACTS: tuple[tuple[str, str, Any, bool], ...] = (
    ("members/bg-vodengrad", "name", "Vodengrad on the Sea", True),
    ("members/bg-vodengrad", "country", "RO", False),
    ("members/bg-vodengrad", "attested.since", "2024-01-20", False),
    ("members/bg-vodengrad", "attested.source", "statutes", False),
    ("members/bg-vodengrad", "population.count", 999999, True),
    ("members/bg-vodengrad", "government.kind", "region", True),
    ("observers/at-farville", "name", "Nearville", True),
    ("observers/at-farville", "kind", "association", False),
    ("observers/at-farville", "country", "DE", False),
    ("observers/at-farville", "population.count", 999999, True),
    ("observers/at-farville", "population.year", 2025, True),
    ("presidencies/2026", "mayor", "Somebody Else", True),
    ("presidencies/2026", "mandate.until", "2030-05-01", False),
    ("presidencies/2026", "attested.since", "2026-01-04", False),
    ("committee/2026", "seats.0.source", "statutes", False),
    ("groups/local-climate-action", "name", "Climate", True),
    ("evidence/sources", "sources.founding-list.what", "Another list", True),
    ("evidence/sources", "sources.founding-list.url", "https://example.org/other", True),
    ("evidence/sources", "sources.founding-list.sha256", "1" * 64, True),
    ("network", "name", "Network of Other Cities", False),
    ("network", "founded.on", "2020-01-20", True),
    ("network", "headquarters.city", "gr-lykonisi", False),
    ("meetings/2026-03-09-ec", "title", "The meeting as it was not", True),
    ("meetings/2026-03-09-ec", "mode", "in-person", False),
    ("meetings/2026-03-09-ec", "opens", "2026-03-09T11:00:00+03:00", False),
)
NAMES = [f"{record} {at}" for record, at, _value, _clerical in FACTS]


def held() -> Records:
    """An official register that holds one of every fact."""
    found = records()
    found["registry/network.yaml"]["status"] = "official"
    found["registry/observers/at-farville.yaml"] = deepcopy(OBSERVER)
    found["registry/presidencies/2026.yaml"] |= deepcopy(TERM)
    found["registry/groups/local-climate-action.yaml"] = dict(GROUP)
    found["registry/evidence/sources.yaml"]["sources"]["founding-list"] = dict(SOURCE)
    member = found["registry/members/bg-vodengrad.yaml"]
    member["government"] = {"kind": "municipality"}
    member["population"] = {"count": 46893, "year": 2021, "source": "founding-list"}
    sitting = meeting() | {"id": "2026-03-09-ec", "opens": "2026-03-09T10:00:00+03:00"}
    sitting["roll_calls"][0]["at"] = "2026-03-09T10:00:00+03:00"
    found["registry/meetings/2026-03-09-ec.yaml"] = sitting
    return found


def exchanged(found: Records, record: str, at: str, value: Any) -> Records:
    """The register with one value put in by hand, of the shape such a record has."""
    after = deepcopy(found)
    *way, last = place_of(at)
    inner: Any = standing_at(after[f"registry/{record}.yaml"], tuple(way))
    assert last in inner if isinstance(inner, dict) else inner[last]
    inner[last] = value
    path = f"registry/{record}.yaml"
    assert fits(kind_of(path) or "", after[path])
    return after


def refused(before: Records, after: Records, on: date = DAY) -> set[tuple[str, str]]:
    """What is refused of the records that changed."""
    changed = [path for path in after if before.get(path) != after[path]]
    found = judge(Case(registry(before), registry(after), on), changed)
    return {(f.rule, ".".join(map(str, f.at))) for f in found if f.kind in GRAVE}


@pytest.mark.parametrize(("record", "at", "value", "_clerical"), FACTS, ids=NAMES)
@pytest.mark.parametrize("on", [DAY, date(2026, 3, 9)], ids=["after", "on-the-day"])
def test_nobody_changes_it_in_place(
    record: str, at: str, value: Any, _clerical: bool, on: date
) -> None:
    """Neither today, nor as if it had been done on the day the meeting was held."""
    said = {rule for rule, _at in refused(held(), exchanged(held(), record, at, value), on)}
    assert ("history-is-append-only" if "seats" in at else CLOSED) in said


@pytest.mark.parametrize(("record", "at", "_value", "_clerical"), FACTS, ids=NAMES)
def test_nobody_takes_it_away(record: str, at: str, _value: Any, _clerical: bool) -> None:
    after = held()
    first = place_of(at)[0]
    path = f"registry/{record}.yaml"
    del after[path][first]
    rule = "history-is-append-only" if first == "seats" else CLOSED
    [asked] = [r for r in RULES if r.name == rule]
    assert list(asked.question(Case(registry(held()), registry(after), DAY), path))


@pytest.mark.parametrize(("record", "at", "value", "clerical"), FACTS, ids=NAMES)
def test_a_correction_reaches_it(record: str, at: str, value: Any, clerical: bool) -> None:
    """The Secretariat corrects what is copied; a resolution about the record, the rest."""
    before = held()
    for by in ("secretariat", "GA-2026-001"):
        after = deepcopy(before)
        after["registry/decisions/2026/GA-2026-001.yaml"] = resolution(record)
        after["registry/corrections/2026/C-2026-001.yaml"] = {
            "id": "C-2026-001",
            "corrects": record,
            "at": at,
            "is": value,
            "was": standing_at(before[f"registry/{record}.yaml"], place_of(at)),
            "why": "Misread",
            "on": str(DAY),
            "by": by,
            "evidence": [{"sha256": SHA}],
        }
        path = "registry/corrections/2026/C-2026-001.yaml"
        assert fits("correction", after[path])
        found = judge(Case(registry(before), registry(after), DAY), [path])
        lawful = clerical or by != "secretariat"
        assert [f for f in found if f.kind in GRAVE] == [] if lawful else found
        held_now = registry(after).data(f"registry/{record}.yaml")
        assert standing_at(held_now, place_of(at)) == value


@pytest.mark.parametrize(
    ("record", "at", "value"),
    [(record, at, value) for record, at, value, clerical in FACTS if clerical]
    + [("observers/at-farville", "request.received", "2025-01-02")],
)
def test_no_other_rule_stands_in_the_way(record: str, at: str, value: Any) -> None:
    """What a file holds stays; a correction leaves the file alone, whatever it reaches."""
    before = held()
    before["registry/observers/at-farville.yaml"]["request"] = {"received": "2025-01-03"}
    after = deepcopy(before)
    path = "registry/corrections/2026/C-2026-001.yaml"
    after[path] = {
        "id": "C-2026-001",
        "corrects": record,
        "at": at,
        "was": standing_at(before[f"registry/{record}.yaml"], place_of(at)),
        "is": value,
        "why": "Misread",
        "on": str(DAY),
        "by": "secretariat",
        "evidence": [{"sha256": SHA}],
    }
    found = judge_change(registry(before), registry(after), [path], DAY, blob=no_bytes)
    assert [f for f in found if f.kind in GRAVE] == []


def resolution(record: str) -> dict[str, Any]:
    """A decision that looks like a resolution of the Assembly about a record."""
    return {
        "id": "GA-2026-001",
        "body": "general-assembly",
        "matter": "resolution",
        "subject": record,
        "title": "A resolution",
        "proposed": str(DAY),
        "state": "adopted",
        "closed": str(DAY),
    }


def test_what_the_register_says_of_itself_is_not_corrected() -> None:
    """Else a correction would open it on another day, or make a list whole."""
    for at, was, value in (
        ("status", "official", "unofficial"),
        ("opened", "2026-01-05", "2026-02-05"),
        ("complete.members", "2026-01-05", "2026-02-05"),
    ):
        after = held()
        path = "registry/corrections/2026/C-2026-001.yaml"
        after[path] = {
            "id": "C-2026-001",
            "corrects": "network",
            "at": at,
            "is": value,
            "was": was,
            "why": "Misread",
            "on": str(DAY),
            "by": "GA-2026-001",
            "evidence": [{"sha256": SHA}],
        }
        after["registry/decisions/2026/GA-2026-001.yaml"] = resolution("network")
        found = judge(Case(registry(held()), registry(after), DAY), [path])
        assert any("is not corrected" in f.message for f in found)


@pytest.mark.parametrize(
    ("record", "change"),
    [
        ("members/bg-vodengrad", {"note": "The office moved", "contact": {"email": "a@b.org"}}),
        ("members/bg-vodengrad", {"native_name": "Воденград", "gazetteer": 12}),
        (
            "members/bg-vodengrad",
            {"population": {"count": 46000, "year": 2025, "source": "founding-list"}},
        ),
        ("observers/at-farville", {"note": "Answers in German"}),
        ("groups/local-climate-action", {"note": "Meets online"}),
    ],
)
def test_what_stays_free(record: str, change: dict[str, Any]) -> None:
    after = held()
    after[f"registry/{record}.yaml"] |= change
    assert refused(held(), after) == set()


@pytest.mark.parametrize(
    ("ceremony", "settled"),
    [("2026-03-09-ec", True), ("2026-03-10-ec", False), ("2027-01-25-summit", False)],
)
def test_a_ceremony_still_to_come_is_moved(ceremony: str, settled: bool) -> None:
    before, after = held(), held()
    before["registry/members/bg-vodengrad.yaml"]["ceremony"] = ceremony
    after["registry/members/bg-vodengrad.yaml"]["ceremony"] = "2028-01-25-summit"
    assert ((CLOSED, "ceremony") in refused(before, after)) is settled


def test_before_adoption_the_opening_record_is_mended_in_place() -> None:
    before = held()
    before["registry/network.yaml"]["status"] = "unofficial"
    for record, at, value, _clerical in FACTS:
        if not record.startswith("meetings/") and at != "country" and "seats" not in at:
            assert CLOSED not in {
                r for r, _at in refused(before, exchanged(before, record, at, value))
            }


@pytest.mark.parametrize(("state", "now"), [("open", True), ("adopted", False), (None, True)])
def test_what_was_decided_before_moves_no_term(state: str | None, now: bool) -> None:
    """A term's approval is free in the change that decides it, and in no later one."""
    place, vote = "registry/decisions/2026/GA-2026-001.yaml", {"id": "GA-2026-001", "title": "t"}
    vote |= {"body": "general-assembly", "matter": "presidency", "state": state or "open"}
    before = registry({**records(), **({place: vote} if state else {})})
    case = Case(before, registry({**records(), place: {**vote, "state": "adopted"}}), DAY)
    for term in ({}, {"approved": "GA-2025-001"}):
        assert _decided_now(case, term, {"approved": "GA-2026-001"}, "approved") is now
        assert not _decided_now(case, term, term, "approved")
    assert not _decided_now(case, {"approved": "GA-2026-001"}, {}, "approved")


def test_a_notice_taken_back_without_a_resolution_is_told_where_it_stands() -> None:
    content = records()
    notice = {"received": "2026-02-01", "document": {"sha256": SHA}, "retracted": "GA-2026-009"}
    content["registry/members/bg-vodengrad.yaml"] |= {
        "former_withdrawals": [notice], "withdrawal": {**notice, "received": "2026-03-01"},
    }  # fmt: skip
    asked = registry(content)
    member = asked.member("bg-vodengrad")
    assert member is not None
    told = [breach.at for breach in grounds_in_silence(Case(None, asked, DAY), member)]
    assert told == [("former_withdrawals", 0, "retracted"), ("withdrawal", "retracted")]
