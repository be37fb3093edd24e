"""Duties: their states from day to day, who may acknowledge one, and every duty of a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from b40cli.acts.ahead.duties_moved import duties_moved
from b40cli.model.facts.duty import STATES, Duty
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art10_summit import half_days, incoming, long_enough, within
from b40cli.rules.articles.art10_yearly import days_of, summits
from b40cli.rules.articles.presidency.art11_duties import annual_agenda
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duties import duties
from b40cli.rules.duties.duty import may_acknowledge, names, settled, state_at, state_of
from b40cli.rules.table import RULES
from b40cli.store.shipped import shipped
from b40cli.store.yaml.dialect import parse
from tests.caselaw import changed
from tests.invented import OPENED, records, registry

DUE = date(2026, 6, 1)
DAY = timedelta(days=1)
BEGUN = date(2026, 2, 1)
SUMMIT: dict[str, Any] = {
    "id": "2027-01-25-summit",
    "kind": "summit",
    "title": "B40 Srebrni Brod Summit",
    "city": "rs-srebrni-brod",
    "opens": "2027-01-25",
    "ends": "2027-01-26",
    "half_days": 3,
}


def case(on: date, given: dict[str, Any] | None = None) -> Case:
    """The invented network with changes, on a day."""
    content = records()
    changed(content, given or {})
    return Case(None, registry(content), on)


def owed(**changes: Any) -> Duty:
    """A duty of the President, overdue unless changed."""
    plain = Duty("summit-in-january", "Art. 10", "2027", None, "president", DUE, "overdue", None)
    return plain._replace(**changes)


@pytest.mark.parametrize(
    ("on", "met", "begins", "state"),
    [
        (DUE, None, BEGUN, "due"),
        (DUE + DAY, None, BEGUN, "overdue"),
        (DUE + DAY, DUE, BEGUN, "met"),
        (DUE + 2 * DAY, DUE + DAY, BEGUN, "met-late"),
        (DUE, DUE + DAY, BEGUN, "due"),
        (DUE + DAY, DUE + 2 * DAY, BEGUN, "overdue"),
        (DUE + DAY, None, date.fromisoformat(OPENED), "overdue"),
        (DUE + DAY, None, date.fromisoformat(OPENED) - DAY, "not-on-record"),
        (DUE + DAY, DUE, date.fromisoformat(OPENED) - DAY, "met"),
    ],
)
def test_the_state_of_a_duty_from_day_to_day(
    on: date, met: date | None, begins: date, state: str
) -> None:
    assert state_of(case(on), begins, DUE, met) == state


def test_absence_means_nothing_where_the_list_is_not_whole() -> None:
    late = DUE + DAY
    partial = case(late, {"network": {"complete": {"meetings": None}}})
    assert state_of(partial, BEGUN, DUE, None, "meetings") == "not-on-record"
    assert state_of(partial, BEGUN, DUE, None, "decisions") == "overdue"
    assert state_of(case(late), BEGUN, DUE, None, "meetings") == "overdue"


def test_a_dissolved_network_owes_nothing_after_its_end() -> None:
    end = {"id": "GA-2026-001", "body": "general-assembly", "matter": "dissolution", "title": "End",
           "state": "adopted", "closed": "2026-05-31"}  # fmt: skip
    given = {"network": {"dissolution": "GA-2026-001"}, "decisions/2026/GA-2026-001": end}
    assert state_of(case(DUE + DAY, given), BEGUN, DUE, None) == "not-applicable"
    given["decisions/2026/GA-2026-001"] = {**end, "closed": str(DUE)}
    assert state_of(case(DUE + DAY, given), BEGUN, DUE, None) == "overdue"


def test_what_is_done_on_one_day() -> None:
    assert state_at(case(DUE - DAY), DUE, False) == "due"
    assert [state_at(case(DUE), DUE, kept) for kept in (True, False, None)] == [
        "met",
        "overdue",
        "not-on-record",
    ]


def entry(**changes: Any) -> dict[str, Any]:
    """An acknowledgement by the duty's owner."""
    plain = {"duty": "summit-in-january", "of": 2027, "by": "president", "on": "2027-03-01"}
    return {**plain, "reason": "Snow.", **changes}


RESOLUTION = {"id": "EC-2026-001", "body": "executive-committee", "matter": "resolution",
              "title": "Late", "state": "adopted", "closed": "2026-03-10"}  # fmt: skip


@pytest.mark.parametrize(
    ("by", "may"),
    [
        ("president", True),
        ("executive-committee", True),
        ("permanent-secretary", False),
        ("general-assembly", False),
        ("hr-kamenik", True),
        ("gr-lykonisi", False),
        ("EC-2026-001", True),
        ("EC-2026-002", False),
        ("EC-2026-003", False),
    ],
)
def test_who_may_acknowledge_what_the_president_owed(by: str, may: bool) -> None:
    given = {
        "decisions/2026/EC-2026-001": RESOLUTION,
        "decisions/2026/EC-2026-002": {**RESOLUTION, "id": "EC-2026-002", "state": "rejected"},
    }
    assert may_acknowledge(case(DUE, given), owed(), entry(by=by)) is may


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"of": 2026}, False),
        ({"duty": "summit-host"}, False),
        ({"subject": "groups/local-climate-action"}, False),
    ],
)
def test_an_acknowledgement_is_about_one_duty(changes: dict[str, Any], same: bool) -> None:
    assert names(entry(**changes), owed()) is same
    given = {"duties/2027": {"acknowledged": [entry(**changes)]}}
    state = settled(case(DUE, given), owed()).state
    assert state == ("acknowledged" if same else "overdue")
    assert settled(case(DUE, given), owed(state="due")).state == "due"


@pytest.mark.parametrize(
    ("half", "ends", "spans", "at_least", "exactly"),
    [
        (3, None, (3, 3), True, True),
        (4, None, (4, 4), True, False),
        (2, None, (2, 2), False, False),
        (None, "2027-01-25", (1, 2), False, False),
        (None, "2027-01-26", (2, 4), None, None),
        (None, "2027-01-27", (4, 6), True, False),
        (None, None, (1, 99), None, None),
    ],
)
def test_how_long_a_summit_lasted(
    half: int | None,
    ends: str | None,
    spans: tuple[int, int],
    at_least: bool | None,
    exactly: bool | None,
) -> None:
    record = {**SUMMIT, "half_days": half, "ends": ends}
    kept = {key: value for key, value in record.items() if value is not None}
    asked = case(date(2027, 2, 1), {"meetings/2027-01-25-summit": kept})
    meeting = asked.after.meeting("2027-01-25-summit")
    assert meeting is not None and half_days(meeting) == spans
    law = asked.law(meeting.day)
    assert long_enough(meeting, law) is at_least
    assert long_enough(meeting, law.varied("INT-34", "exactly-1.5-days")) is exactly


def test_a_year_that_keeps_everything() -> None:
    """Every duty of the Summit of 2027 in one list, each met, with what shows it."""
    within = {"summit": "2027-01-25-summit", "opens": "2027-01-25", "source": "founding-list"}
    parts = records()["registry/statutes/parameters.yaml"]["parameters"]
    order = next(p for p in parts if p["name"] == "order-of-business")["values"][0]["value"]
    given = {
        "meetings/2027-01-25-summit": SUMMIT,
        "meetings/2027-01-25-ec": {"id": "2027-01-25-ec", "kind": "ec", **within},
        "meetings/2027-01-25-ga": {
            "id": "2027-01-25-ga",
            "kind": "ga",
            "language": "en",
            "agenda": [{"item": n, "kind": kind} for n, kind in enumerate(order, 1)],
            "closing_declaration": {"signed_by": ["hr-kamenik"]},
            "report": {"prepared": "2027-02-01", "approved": "2027-02-02", "shared": "2027-02-03"},
            "roll_calls": [{"n": 1, "at": "2027-01-25T10:00:00+03:00", "present": ["hr-kamenik"]}],
            **within,
        },
        "presidencies/2027": {"year": 2027, "city": "rs-srebrni-brod"},
    }
    asked = case(date(2027, 2, 5), given)
    states = {d.rule: d.state for d in duties(asked.after, 2027, asked.on, RULES)}
    for rule in (
        "summit-once-a-year",
        "summit-in-january",
        "assembly-once-a-year",
        "annual-summit-lasts",
        "summit-host",
        "committee-at-summit",
        "english",
        "summit-name",
        "order-of-business",
        "final-report",
        "publication-approved",
    ):
        assert states[rule] == "met", rule
    assert states["youth-summit-once-a-year"] == "due"
    assert set(states.values()) <= set(STATES)
    before = case(date(2027, 1, 20), given)
    coming = {d.rule: d for d in duties(before.after, 2027, before.on, RULES)}
    for rule in ("annual-summit-lasts", "summit-host", "english", "summit-name"):
        assert (coming[rule].state, "b40" in coming[rule].remedy) == ("due", False), rule
        assert coming[rule].says == f"{coming[rule].of} is planned as is asked."
    given["meetings/2027-01-25-ga"]["language"] = "fr"
    french = case(date(2027, 1, 20), given)
    (wrong,) = (d for d in duties(french.after, 2027, french.on, RULES) if d.rule == "english")
    assert wrong.remedy.endswith("b40 meeting move 2027-01-25-ga --language en.")


def test_what_was_met_and_is_met_on_another_day_has_not_moved() -> None:
    later = DUE + DAY
    assert duties_moved([owed(state="met")], [owed(state="met", due=later)]) == []
    (moved,) = duties_moved([owed(state="due")], [owed(state="due", due=later)])
    assert moved["says"].endswith("due by 2026-06-01 → due by 2026-06-02.")


def test_a_whole_committee_resigns_and_its_duty_is_listed() -> None:
    notice = {"resigned": "2026-02-02", "to": ["president", "permanent-secretary"]}
    seats = records()["registry/committee/2026.yaml"]["seats"]
    gone = [{**seat, "until": "2026-02-02", "ended_by": notice} for seat in seats]

    def listed(on: date, **told: Any) -> Duty:
        asked = case(on, {"committee/2026": {"seats": gone, **told}})
        return next(d for d in duties(asked.after, 2026, on, RULES) if d.rule.startswith("mass-"))

    assert (listed(date(2026, 2, 3)).state, listed(date(2026, 6, 1)).state) == ("due", "overdue")
    in_time = listed(date(2026, 6, 1), announced={"sent": "2026-02-04"})
    assert (in_time.state, in_time.article, in_time.owner) == (
        "met",
        "Art. 13",
        "permanent-secretary",
    )


def test_a_duty_that_fell_away_is_listed_as_not_applicable() -> None:
    """A dissolved network owes nothing that was due later; its list still names it."""
    end = {"id": "GA-2026-001", "body": "general-assembly", "matter": "dissolution", "title": "End",
           "state": "adopted", "closed": "2026-02-20"}  # fmt: skip
    given = {"network": {"dissolution": "GA-2026-001"}, "decisions/2026/GA-2026-001": end}
    asked = case(date(2026, 12, 31), given)
    states = {d.rule: d.state for d in duties(asked.after, 2026, asked.on, RULES)}
    assert states["youth-summit-once-a-year"] == "not-applicable"


def test_duties_to_come_are_listed_before_anything_is_on_record() -> None:
    asked = case(date(2026, 11, 23))
    coming = {d.rule: d for d in duties(asked.after, 2027, asked.on, RULES)}
    assert coming["summit-in-january"].due == date(2027, 1, 31)
    assert coming["summit-in-january"].state == "due"


def test_a_ceremony_waits_for_the_next_summit_and_lapses_with_membership() -> None:
    asked = case(date(2026, 6, 1))
    member = {
        "id": "bg-rosendol",
        "name": "Rosendol",
        "country": "BG",
        "application": {"received": "2026-02-02", "outcome": "EC-2026-001"},
        "declaration": {"signed": "2026-03-20"},
    }
    vote = {**RESOLUTION, "matter": "admission", "subject": "members/bg-rosendol"}
    given = {"members/bg-rosendol": member, "decisions/2026/EC-2026-001": vote}
    rule = next(rule for rule in RULES if rule.name == "signing-ceremony")

    def arisen(on: date, **more: Any) -> Duty:
        given["members/bg-rosendol"] = {**member, **more}
        path = "registry/members/bg-rosendol.yaml"
        assert rule.arising is not None
        (duty,) = rule.arising(case(on, given), path)
        return duty

    assert arisen(asked.on).due == date(2027, 1, 31)
    assert arisen(date(2027, 1, 31)).due == date(2027, 1, 31)
    waiting = arisen(date(2027, 3, 1))
    assert (waiting.state, waiting.due, waiting.of) == ("due", date(2028, 1, 31), "2028")
    given["meetings/2027-02-10-summit"] = {
        **SUMMIT,
        "id": "2027-02-10-summit",
        "opens": "2027-02-10",
        "ends": "2027-02-11",
    }
    # Who acknowledged it on the Summit's first day did so lawfully.
    assert [arisen(date(2027, 2, day)).state for day in (9, 10)] == ["due", "overdue"]
    assert arisen(date(2027, 2, 10), ceremony="2027-02-10-summit").state == "met"
    gone = {"received": "2026-10-01", "effective": "2027-01-01"}
    assert arisen(date(2027, 2, 10), withdrawal=gone).state == "not-applicable"


def test_ids_tell_the_kind() -> None:
    given = {f"meetings/{name}": {**SUMMIT, "id": name} for name in (
        "2027-01-25-summit", "2027-05-10-youth-summit", "2027-01-25-summit-second",
    )}  # fmt: skip
    found = case(DUE, given).after
    assert tuple(days_of(found, "summit")) == ("2027-01-25-summit", "2027-01-25-summit-second")
    assert summits(found) == {2027: "2027-01-25-summit"}


def test_the_incoming_city_is_the_one_that_takes_over_there() -> None:
    given: dict[str, Any] = {
        "meetings/2027-01-25-summit": SUMMIT,
        "presidencies/2028": {
            "year": 2028,
            "city": "al-aldmar",
            "handover": {"at": "2027-01-25-summit", "on": "2027-01-26"},
        },
    }
    asked = case(DUE, given)
    summit = asked.after.meeting("2027-01-25-summit")
    assert summit is not None and incoming(asked, summit) == "al-aldmar"


def test_what_meets_within_a_summit_over_the_turn_of_the_year() -> None:
    """The host is who takes over at its Assembly, on the first of January."""
    summit, assembly = "2027-12-31-summit", "2028-01-01-ga"
    days = {"opens": "2027-12-31", "ends": "2028-01-01"}
    handover = {"handover": {"at": assembly, "on": "2028-01-01", "item": 1}}
    given: dict[str, Any] = {
        f"meetings/{summit}": {**SUMMIT, "id": summit, **days},
        f"meetings/{assembly}": {
            "id": assembly,
            "kind": "ga",
            "opens": assembly[:10],
            "title": "GA",
        }
        | {"summit": summit},
        "presidencies/2028": {"year": 2028, "city": "rs-srebrni-brod", **handover},
    }
    asked = case(date(2028, 1, 2), given)
    held = asked.after.meeting(summit)
    assert held is not None and incoming(asked, held) == "rs-srebrni-brod"
    assert [m.id for m in within(asked, held, "ga")] == [assembly]


def test_a_meeting_of_another_kind_does_not_rest_on_the_list_of_meetings() -> None:
    """Else every new meeting would have every other judged again."""
    given = {"meetings/2027-05-10-workshop": {**SUMMIT, "kind": "workshop"}}
    asked = case(DUE, given)
    for rule in (rule for rule in RULES if rule.name.endswith("-a-year") and rule.arising):
        if rule.article != "Art. 2":
            continue
        asked.after.looked_at = set()
        assert rule.arising is not None
        assert not list(rule.arising(asked, "registry/meetings/2027-05-10-workshop.yaml"))
        assert "registry/meetings/" not in asked.after.looked_at, rule.name


def test_every_duty_says_where_it_arises() -> None:
    """A duty nobody lists would be reported and never seen coming."""
    assert [r.name for r in RULES if (r.kind == "duty") != (r.arising is not None)] == []


def test_the_february_summit_of_2025_is_on_the_shipped_record() -> None:
    folder = shipped("registry")
    content = {
        f"registry/{file.relative_to(folder).as_posix()}": parse(file.read_bytes())
        for file in sorted(folder.rglob("*.yaml"))
    }
    found = duties(Registry(PlainRecords(content)), 2025, date(2026, 11, 23), RULES)
    missed = [d for d in found if d.state in ("overdue", "met-late")]
    assert [(d.rule, d.of, d.state, d.basis) for d in missed] == [
        ("summit-in-january", "2025", "met-late", "attested")
    ]
    assert missed[0].evidence == "meetings/2025-02-24-summit"


def test_a_day_is_provisional_until_the_assembly_decides_it() -> None:
    """It follows from who set the parameter, on the day of what is owed."""
    asked = case(date(2026, 12, 1))
    path, name = "registry/presidencies/2026.yaml", "days-for-the-annual-agenda"
    (before,) = annual_agenda(asked, path)
    content = records()
    listed = content["registry/statutes/parameters.yaml"]["parameters"]
    (number,) = (p for p in listed if p["name"] == name)
    number["values"][-1]["set_by"] = "GA-2025-001"
    (after,) = annual_agenda(case(date(2026, 12, 1))._replace(after=registry(content)), path)
    assert (before.provisional, after.provisional) == (True, False)
    assert before.due == after.due


def test_a_summit_that_was_moved_into_january_is_the_one_of_its_new_year() -> None:
    """Its id names the year before."""
    name = "2026-12-20-summit"
    moved = {"id": name, "moved": [{"from": "2026-12-20", "on": "2026-12-01"}]}
    asked = case(date(2027, 2, 1), {f"meetings/{name}": {**SUMMIT, **moved}}).after
    found = {duty.rule: duty for duty in duties(asked, 2027, date(2027, 2, 1), RULES)}
    assert found["summit-in-january"].evidence == f"meetings/{name}"
