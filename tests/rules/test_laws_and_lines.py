"""What few registers have: laws that came late or were taken back, lines that a merge joins."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Since
from b40cli.model.facts.decision import Decision, decision_of
from b40cli.model.facts.meeting import meeting_of
from b40cli.model.facts.secretariat import Appointment
from b40cli.model.facts.statutes import NotInForce
from b40cli.rules.articles.art10_amendment import Restored, taken_back
from b40cli.rules.case.law import law_on, law_told_by
from b40cli.rules.facts.annulled import _is_regular, _with_its_term
from b40cli.rules.facts.handover import side_by_hours
from b40cli.rules.facts.known_law import binds_from, laws_before
from b40cli.rules.facts.memberships import may_have_ended
from b40cli.rules.facts.running_on import _as_it_runs
from b40cli.rules.record.append_only import as_joined
from b40cli.rules.record.meeting_days import _before
from b40cli.rules.record.references import references
from b40cli.rules.record.rescheduled import _met_within, held_or_cancelled
from b40cli.rules.votes.matching import matching
from tests.invented import DAY, MEETING, SOURCE, Records, meeting, records, registry

CITY = "registry/members/bg-vodengrad.yaml"
AMENDS = [{"parameter": "assembly-quorum", "value": "3/5"}]


def decided(name: str, **more: Any) -> dict[str, Any]:
    """A decision of the Assembly that carried on the day."""
    data = {"id": name, "body": "general-assembly", "matter": "resolution", "title": "t"}
    return {**data, "state": "adopted", "closed": str(DAY), **more}


def with_decisions(*made: dict[str, Any], rule_set: int = 2) -> Records:
    """The records with these decisions."""
    paths = {f"registry/decisions/{d['id'][3:7]}/{d['id']}.yaml": d for d in made}
    return {**records(rule_set), **paths}


def act(**more: Any) -> Decision:
    return decision_of("registry/decisions/2026/GA-2026-009.yaml", decided("GA-2026-009", **more))


@pytest.mark.parametrize(
    ("law", "vote", "bound"),
    [
        ({"amends": AMENDS}, {"closed": "2026-03-11"}, True),
        ({"amends": AMENDS}, {"closed": "2026-03-10"}, False),
        ({"adopts": "all-members"}, {"closed": "2026-03-11"}, True),
        ({}, {"closed": "2026-03-11"}, False),
        ({"annuls": "GA-2026-002"}, {"closed": "2026-03-11"}, True),
        ({"annuls": "GA-2026-003"}, {"closed": "2026-03-11"}, False),
        ({"amends": AMENDS}, {"closed": "2026-03-11", "state": "withdrawn"}, False),
        ({"amends": AMENDS}, {"closed": "2026-03-11", "state": "rejected"}, True),
        ({"amends": AMENDS}, {"closed": None, "state": "open"}, False),
        ({"amends": AMENDS, "takes_effect": "2026-04-01"}, {"closed": "2026-03-31"}, False),
        ({"amends": AMENDS, "takes_effect": "2026-04-01"}, {"closed": "2026-04-01"}, True),
        ({"amends": AMENDS, "meeting": "m", "item": 2}, {"meeting": "m", "item": 3}, True),
        ({"amends": AMENDS, "meeting": "m", "item": 2}, {"meeting": "m", "item": 2}, False),
        ({"amends": AMENDS, "meeting": "m", "item": 2}, {"meeting": "m", "item": 1}, False),
        ({"amends": AMENDS, "meeting": "m", "item": 2}, {"meeting": "n", "item": 3}, False),
        ({"amends": AMENDS, "meeting": "m", "item": 2}, {"meeting": "m"}, False),
        ({"amends": AMENDS, "meeting": "m"}, {"meeting": "m", "item": 3}, False),
        ({"amends": AMENDS, "item": 2}, {"item": 3}, False),
        (
            {"amends": AMENDS, "meeting": "m", "item": 2, "takes_effect": "2026-04-01"},
            {"meeting": "m", "item": 3},
            False,
        ),
    ],
)
def test_which_votes_a_law_that_comes_late_binds(
    law: dict[str, Any], vote: dict[str, Any], bound: bool
) -> None:
    """Those closed from its first day on, and later items of its meeting; never itself."""
    late = decided("GA-2026-009", **law)
    old = decided("GA-2026-002", amends=AMENDS, closed="2026-01-10")
    silent = decided("GA-2026-003", closed="2026-01-10")
    asked = registry(with_decisions(decided("GA-2026-001", **vote), old, silent, late))
    found = laws_before(asked, act(**law), DAY)
    assert [each.id for each in found] == (["GA-2026-001"] if bound else [])


@pytest.mark.parametrize(
    ("opens", "called", "held"),
    [("2026-03-11", True, True), ("2026-03-10", True, False), ("2026-03-11", False, False)],
)
def test_which_meetings_a_law_that_comes_late_binds(opens: str, called: bool, held: bool) -> None:
    content, at = records(2), f"{opens}T10:00:00+03:00"
    content[f"registry/meetings/{MEETING}.yaml"] = met = meeting() | {"opens": at}
    met["roll_calls"] = met["roll_calls"] if called else []
    found = laws_before(registry(content), act(amends=AMENDS), DAY)
    assert [str(each) for each in found] == ([f"meetings/{MEETING}"] if held else [])


def test_a_law_binds_from_the_next_day_or_its_own() -> None:
    assert binds_from(act(), DAY) == date(2026, 3, 11)
    assert binds_from(act(takes_effect="2026-04-01"), DAY) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("matter", "annuls", "restores"),
    [
        ("annulment", "GA-2026-002", ["2/3"]),
        ("annulment", "GA-2026-003", ["present-or-represented"]),
        ("annulment", "GA-2026-004", []),
        ("annulment", None, []),
        ("resolution", "GA-2026-002", []),
    ],
)
def test_what_an_annulment_puts_back(matter: str, annuls: str | None, restores: list[str]) -> None:
    """The last value, or reading, that no annulled decision set."""
    content = with_decisions(
        decided("GA-2026-001", amends=AMENDS, closed="2026-02-01"),
        decided("GA-2026-002", amends=AMENDS, closed="2026-03-01"),
        decided("GA-2026-005", matter="annulment", annuls="GA-2026-001", effect="ex-nunc"),
    )
    point = "registry/statutes/interpretations/INT-01.yaml"
    parameters = content["registry/statutes/parameters.yaml"]["parameters"]
    at = next(n for n, each in enumerate(parameters) if each["name"] == "assembly-quorum")
    parameters[at]["values"] += [
        {"from": "2026-02-02", "value": "3/4", "set_by": "GA-2026-001"},
        {"from": "2026-03-02", "value": "3/5", "set_by": "GA-2026-002"},
    ]
    content[point]["adopted"] += [{"from": "2026-03-02", "reading": "x", "by": "GA-2026-003"}]
    places = {
        "2/3": ("registry/statutes/parameters.yaml", ("parameters", at, "values"), "value"),
        "present-or-represented": (point, ("adopted",), "reading"),
    }
    found = [*taken_back(registry(content), act(matter=matter, annuls=annuls))]
    assert found == [Restored(*places[value], value) for value in restores]


def test_what_a_city_was_before_the_first_edition_is_told_by_that() -> None:
    asked = registry(records())
    first = min(e.start.day for e in asked.editions() if e.encoded)
    assert law_told_by(asked, date(2020, 5, 1)) == law_on(asked, first)
    assert law_told_by(asked, DAY) == law_on(asked, DAY)
    content = records()
    for edition in content["registry/statutes/articles.yaml"]["editions"]:
        edition["encoded"] = False
    with pytest.raises(NotInForce):
        law_told_by(registry(content), DAY)


@pytest.mark.parametrize(
    ("change", "regular"),
    [
        ({}, True),
        ({"matter": "resolution"}, False),
        ({"state": "rejected"}, False),
        ({"statutes_silent": True}, False),
        ({"closed": str(DAY)}, False),
        ({"closed": "2026-03-09"}, False),
        ({"closed": None}, False),
        ({"id": "GA-2026-008"}, False),
    ],
)
def test_which_election_ends_a_seat_that_runs_on(change: dict[str, Any], regular: bool) -> None:
    """The next one that carried and stands; no by-election, none of the day it began or before."""
    vote = decided("GA-2026-007", matter="committee-election", closed="2026-03-11")
    annulled = {"matter": "annulment", "annuls": "GA-2026-008", "effect": "ex-tunc"}
    content = with_decisions(vote | change, decided("GA-2026-006", **annulled))
    seats = content["registry/committee/2026.yaml"]["seats"]
    seats[3]["from"] = str(DAY)
    asked = registry(content)
    election = asked.decision(str(change.get("id", "GA-2026-007")))
    assert election is not None
    assert _is_regular(asked, election, DAY) is regular
    assert [*_with_its_term(asked, asked.seats()[3])] == ([date(2026, 3, 11)] if regular else [])


@pytest.mark.parametrize(
    ("opens", "side"),
    [
        ("2027-01-26T09:59:00+03:00", "before"),
        ("2027-01-26T10:00:00+03:00", "after"),
        ("2027-01-26T08:00:00+01:00", "after"),
        ("2027-01-26", "after"),
    ],
)
def test_the_side_on_which_a_meeting_of_the_day_opens(opens: str, side: str) -> None:
    assert side_by_hours(opens, "2027-01-26T10:00:00+03:00") == side
    assert side_by_hours("2027-01-26T09:00:00+03:00", "2027-01-26") == "after"


def appointed(start: date, until: date | None = None) -> Appointment:
    return Appointment("Ada Deneme", Since(start, True), until, None, None)


def test_what_a_void_entry_ended_runs_until_the_next() -> None:
    """Until the group's own end where that is sooner; an entry that came late between ends it."""
    began = date(2026, 1, 1)
    following = [appointed(date(2026, 2, n)) for n in (1, 5, 9)]

    def ends(day: int, last: int | None = None, *late: Appointment) -> int | None:
        ended = appointed(began, date(2026, 2, day))
        held = [ended, *following, appointed(date(2026, 2, day)), *late]
        kept = [n for n in range(len(held)) if n != 4]
        own = date(2026, 2, last) if last else None
        until = _as_it_runs(held, kept, 0, own).until
        return until.day if until else None

    assert [ends(5), ends(6, 7), ends(10), ends(10, 10)] == [5, 7, None, 10]
    assert ends(6, 7, appointed(date(2026, 2, 3))) == 3
    # On its own day one gives way to the next of that day, not to what was void before it.
    own_day = [appointed(began, began), appointed(began, began), appointed(began)]
    assert _as_it_runs(own_day, (1, 2), 1, None).until == began
    assert _as_it_runs(own_day, (0, 1), 0, None).until == began
    assert _as_it_runs(own_day[1:], (0,), 0, None).until is None


def test_the_days_on_which_a_membership_may_have_ended() -> None:
    content = with_decisions(
        decided("GA-2026-001", closed="2026-03-10"), decided("EC-2026-002", closed="2026-04-10")
    )
    content[CITY] |= {
        "attested": {"since": "2025-01-20", "until": "2025-11-01", "source": SOURCE},
        "withdrawal": {"received": "2027-05-02"},
        "removal": "GA-2026-001",
        "former_removals": ["GA-2026-099"],
        "succeeded": {"city": "hr-kamenik", "by": "EC-2026-002"},
    }
    asked = registry(content)
    member = asked.member("bg-vodengrad")
    assert member is not None
    assert may_have_ended(asked, member) == {
        date(2025, 11, 1): SOURCE,
        date(2027, 5, 2): "notice of leaving",
        date(2028, 1, 1): "notice of leaving",
        date(2026, 3, 10): "GA-2026-001",
        date(2026, 4, 10): "EC-2026-002",
        date(2027, 1, 1): "EC-2026-002",
    }


@pytest.mark.parametrize(
    ("mine", "others", "merged", "joined"),
    [
        ("ab", ["ac"], "abc", "abc"),
        ("ab", ["ac"], "acb", "acb"),
        ("ab", ["ac", "ad"], "adcb", "adcb"),
        ("ab", ["ac"], "ab", "ab"),
        ("ab", ["ac"], "acx", "acb"),
        ("ab", ["ac"], "xab", "ab"),
        ("ab", [], "abc", "ab"),
        ("", ["a"], "a", "a"),
    ],
)
def test_growing_lists_of_two_lines(mine: str, others: list[str], merged: str, joined: str) -> None:
    """In the order of the merge, up to what is of neither; then the rest of one's own."""

    def entries(letters: str) -> list[dict[str, str]]:
        return [{"city": letter} for letter in letters]

    lines = [{"seats": entries(other), "title": "Theirs"} for other in others]
    held = {"seats": entries(mine), "title": "Mine", "known": {"heads": entries(mine)}}
    there = [{**line, "known": {"heads": line["seats"]}} for line in lines]
    done = {"seats": entries(merged), "title": "Theirs", "known": {"heads": entries(merged)}}
    found = as_joined(held, there, done)
    assert found["seats"] == found["known"]["heads"] == entries(joined)
    assert found["title"] == "Mine"
    sourced = as_joined({"source": mine, "any": entries(mine)}, [], {"any": entries(merged)})
    assert (sourced["any"] == entries(mine)) is True
    for now in (None, "a word"):
        assert as_joined(held, there, {**done, "seats": now})["seats"] == entries(mine)
    odd: list[dict[str, Any]] = [{"seats": "a word"}, *there]
    assert as_joined(held, odd, done)["seats"] == entries(mine)


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        ({"cancelled": {"on": "2026-03-01"}}, {"title": "Another"}, [("title",)]),
        ({"cancelled": {"on": "2026-03-01"}}, {"title": None}, [()]),
        ({"cancelled": {"on": "2026-03-01"}}, {"note": "A word", "dispatches": []}, []),
        ({"cancelled": {"on": "2026-03-01"}}, {}, []),
        ({"roll_calls": [{"at": "10:00"}]}, {"opens": "2026-03-12"}, [("opens",)]),
        ({"roll_calls": [{"at": "10:00"}]}, {"cancelled": {"on": "x"}}, [("cancelled",)]),
        ({"roll_calls": [{"at": "10:00"}], "moved": []}, {"moved": None}, [()]),
        ({"roll_calls": [{"at": "10:00"}]}, {"title": "Another"}, []),
        ({"roll_calls": []}, {"opens": "2026-03-12"}, []),
    ],
)
def test_a_meeting_that_was_cancelled_or_held_keeps_its_day(
    before: dict[str, Any], after: dict[str, Any], at: list[tuple[str, ...]]
) -> None:
    held = {"id": MEETING, "title": "One", "opens": "2026-03-10", **before}
    now = {key: value for key, value in {**held, **after}.items() if value is not None}
    assert [breach.at for breach in held_or_cancelled(held, now)] == at


@pytest.mark.parametrize(
    ("opens", "called", "summit", "met"),
    [
        ("2026-03-10", True, "2026-03-09-summit", True),
        ("2026-03-11", True, "2026-03-09-summit", True),
        ("2026-03-09", True, "2026-03-09-summit", False),
        ("2026-03-10", False, "2026-03-09-summit", False),
        ("2026-03-10", True, "2026-03-08-summit", False),
    ],
)
def test_a_summit_within_which_a_meeting_met(
    opens: str, called: bool, summit: str, met: bool
) -> None:
    content = records()
    off = {"id": "2026-03-09-summit", "kind": "summit", "opens": "2026-03-09"}
    off["note"] = MEETING
    content["registry/meetings/2026-03-09-summit.yaml"] = off | {"cancelled": {"on": str(DAY)}}
    held = meeting() | {"opens": f"{opens}T10:00:00+03:00", "summit": summit}
    held["roll_calls"] = held["roll_calls"] if called else []
    content[f"registry/meetings/{MEETING}.yaml"] = held | {"note": "2026-03-09-summit"}
    asked = registry(content)
    cancelled = asked.meeting("2026-03-09-summit")
    assert cancelled is not None
    assert [b.refs for b in _met_within(asked, cancelled)] == (
        [(f"meetings/{MEETING}",)] if met else []
    )


@pytest.mark.parametrize(
    ("moment", "other", "before"),
    [
        ("2026-03-10T09:59:00+03:00", "2026-03-10T10:00:00+03:00", True),
        ("2026-03-10T10:00:00+03:00", "2026-03-10T10:00:00+03:00", False),
        ("2026-03-10T07:30:00+01:00", "2026-03-10T10:00:00+03:00", True),
        ("2026-03-09", "2026-03-10T10:00:00+03:00", True),
        ("2026-03-10", "2026-03-10T10:00:00+03:00", False),
        ("2026-03-10T10:00:00+03:00", "2026-03-11", True),
    ],
)
def test_what_is_before_by_the_clock_or_by_the_day(moment: str, other: str, before: bool) -> None:
    held = meeting_of(f"registry/meetings/{MEETING}.yaml", meeting())
    assert _before(held, moment, other) is before


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ({"letter": {"path": "evidence/a.pdf"}}, ["evidence/a.pdf"]),
        ({"letter": {"path": "https://example.org", "sha256": "evidence/b.pdf"}}, []),
        ({"meeting": MEETING, "subject": "members/x"}, [f"meetings/{MEETING}", "members/x"]),
        ({"meeting": "m", "at": "2026-03-10T10:00"}, []),
        ({"annuls": "GA-2026-001", "by": "secretariat"}, ["decisions/2026/GA-2026-001"]),
        ({"group": "water", "title": "water"}, ["groups/water"]),
        ({"seats": [{"subject": "members/x", "corrects": "members/y"}]}, []),
        ({"corrects": "members/x"}, ["members/x"]),
        ({"ground": "EC-2026-001"}, ["decisions/2026/EC-2026-001"]),
        ({"ground": "presidencies/2026"}, ["presidencies/2026"]),
        ({"chair": "al-one", "city": "unknown"}, ["members/al-one"]),
        ({"ballots": {"for": ["al-one"]}, "for": ["bg-two"]}, ["members/al-one"]),
        ({"motions": ["GA-2026-001", 7]}, ["decisions/2026/GA-2026-001"]),
        ({"roll": {"present": ["al-one"]}}, ["members/al-one"]),
    ],
)
def test_what_a_text_names(record: dict[str, Any], named: list[str]) -> None:
    path = "registry/decisions/2026/GA-2026-009.yaml"
    found = [each.removeprefix("registry/") for _at, each in references(path, record)]
    assert not [*references("registry/statutes/articles.yaml", record)]
    assert [each.removesuffix(".yaml") for each in found] == named


@pytest.mark.parametrize(
    ("edges", "pairs"),
    [
        ({}, {}),
        ({"a": []}, {}),
        ({"a": ["x", "y"]}, {"a": "x"}),
        ({"a": ["x"], "b": ["x"]}, {"a": "x"}),
        ({"a": ["x", "y"], "b": ["x"]}, {"a": "y", "b": "x"}),
        ({"a": ["x", "y"], "b": ["x", "z"], "c": ["x"]}, {"a": "y", "b": "z", "c": "x"}),
        ({"a": ["x"], "b": ["x", "y"], "c": ["y", "z"]}, {"a": "x", "b": "y", "c": "z"}),
        ({"a": ["x", "y"], "b": ["x", "y"], "c": ["x", "y"]}, {"a": "y", "b": "x"}),
    ],
)
def test_as_many_as_possible_are_represented(
    edges: dict[str, list[str]], pairs: dict[str, str]
) -> None:
    assert matching(edges) == pairs
    assert list(matching(edges)) == sorted(pairs)
