"""What few registers have, asked directly: seats of an election, leaders, effects in silence."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from b40cli.model.day import Moment, Since
from b40cli.model.facts.decision import Decision, Votes, decision_of
from b40cli.model.facts.known import KnownHead, known_of
from b40cli.model.facts.member import Mayor
from b40cli.model.facts.secretariat import Appointment
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art06_invitations import _in_decision
from b40cli.rules.articles.art10_yearly import days_of
from b40cli.rules.articles.art11_acts import judged_decision
from b40cli.rules.articles.art12_secretary import _appointed_twice, _holds
from b40cli.rules.articles.committee.art13_election import _otherwise_free, _otherwise_known
from b40cli.rules.articles.presidency.art11_candidacy import _rests_on_the_approval, known_to_leave
from b40cli.rules.articles.presidency.art11_presidency import _for_a_free_term
from b40cli.rules.case.rule import Case, legal_day_of
from b40cli.rules.facts.composition import Holding
from b40cli.rules.facts.heads import HeldAgainst, PersonNamed, _is_mayor, _is_told, same_person
from b40cli.rules.facts.known_standing import rests_on_membership
from b40cli.rules.facts.observing import observers_on
from b40cli.rules.facts.places import name_of
from b40cli.rules.facts.running_on import _annulled_after, leader_on
from b40cli.rules.record.grounds import _days_of_suspensions
from b40cli.rules.record.in_silence import _named_by, _rests_on
from b40cli.rules.record.known.known_then import _misknown
from b40cli.rules.record.member_days import _begun_ahead, no_periods
from b40cli.rules.record.reach import touched
from b40cli.rules.record.references import references
from b40cli.rules.record.settled import _a_source_tells, _held_meeting
from b40cli.rules.votes.ballots import _too_many_votes
from b40cli.rules.votes.contest import Race, stays
from b40cli.rules.votes.taken import before_its_effect, counted_as
from b40cli.rules.votes.vote import roll_by_now
from tests.invented import (
    DAY,
    MEETING,
    OTHERS,
    SEVEN,
    SOURCE,
    Records,
    applicant,
    meeting,
    records,
    registry,
)

CITY, OTHER = "bg-vodengrad", "al-aldmar"
PATH = f"registry/members/{CITY}.yaml"


def decision(name: str = "GA-2026-001", **more: Any) -> dict[str, Any]:
    """A resolution that was adopted on the day."""
    body = {"GA": "general-assembly", "EC": "executive-committee", "PR": "president"}[name[:2]]
    held = {"id": name, "body": body, "matter": "resolution", "title": "t", "state": "adopted"}
    return {**held, "closed": str(DAY), **more}


def made(name: str = "GA-2026-001", **more: Any) -> Decision:
    return decision_of(f"registry/decisions/2026/{name}.yaml", decision(name, **more))


def holding(*decisions: dict[str, Any], rule_set: int = 2, **more: Any) -> Records:
    """The records with decisions, and with records by their paths."""
    paths = {f"registry/decisions/{d['id'][3:7]}/{d['id']}.yaml": d for d in decisions}
    return {**records(rule_set), **paths, **more}


RACE = Race(2027, 3, True, (Holding("elected-1", CITY),), {}, {}, {})


@pytest.mark.parametrize(
    ("seats", "told", "at"),
    [
        ({"free": 3, "of": 2027}, None, ()),
        ({"free": 4, "of": 2027}, "fills 3 seats of 2027; recorded is 4", ("seats",)),
        ({"free": 3, "of": 2026}, "recorded is 3", ("seats",)),
        (None, "recorded is nothing", ("matter",)),
    ],
)
def test_how_many_seats_an_election_fills(
    seats: dict[str, int] | None, told: str | None, at: tuple[str, ...]
) -> None:
    given: dict[str, Any] = {"seats": seats} if seats else {}
    found = [*_otherwise_free(made(**given), RACE)]
    assert [(told in b.message, b.at, b.unwritten) for b in found if told] == (
        [(True, at, True)] if told else []
    )
    assert len(found) == bool(told)
    assert all(b.facts["computed"] == {"free": 3, "of": 2027} for b in found)
    assert all(b.facts["recorded"] == seats for b in found)


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"known": {"seats": [{"seat": "elected-1", "city": CITY}]}}, None),
        ({"known": {"seats": [{"seat": "elected-1", "city": OTHER}]}}, ("known", "seats")),
        ({"known": {"seats": []}}, ("known", "seats")),
        ({"known": {}}, ("state",)),
        ({}, ("state",)),
        ({"state": "open"}, None),
        ({"choices": None}, None),
    ],
)
def test_what_is_frozen_of_the_seats_beside_an_election(
    more: dict[str, Any], at: tuple[str, ...] | None
) -> None:
    whole = {"choices": {CITY: [OTHER]}, **more}
    given = {key: value for key, value in whole.items() if value is not None}
    found = [*_otherwise_known(made(**given), RACE)]
    assert [(b.at, b.unwritten) for b in found] == ([(at, True)] if at else [])
    recorded = {e["seat"]: e["city"] for e in more.get("known", {}).get("seats", [])}
    assert all(b.facts == {"recorded": recorded, "computed": {"elected-1": CITY}} for b in found)


@pytest.mark.parametrize(
    ("notice", "day", "leads"),
    [
        ({}, "2026-03-01", True),
        ({}, "2026-02-28", False),
        ({"received": "2026-05-02"}, "2026-12-31", True),
        ({"received": "2026-05-02"}, "2027-01-01", False),
    ],
)
def test_nobody_leads_a_group_once_its_city_is_gone(
    notice: dict[str, str], day: str, leads: bool
) -> None:
    content = records()
    content[PATH] |= {"withdrawal": notice} if notice else {}
    lead = {"city": CITY, "from": "2026-03-01", "source": SOURCE}
    group = {"id": "water", "name": "Water", "kind": "permanent", "leaders": [lead]}
    content["registry/groups/water.yaml"] = group
    asked = registry(content)
    held = asked.group("water")
    assert held is not None
    assert (leader_on(asked, held, date.fromisoformat(day)) is not None) is leads


def test_the_cities_that_a_vote_names() -> None:
    roll = {"entitled": ["a"], "present": ["b"], "represented": {"c": "d"}}
    vote = made(roll=roll, ballots={"for": ["e"], "abstain": ["f"]})
    assert [*_in_decision(vote)] == [
        (("roll", "entitled", 0), "a"),
        (("roll", "present", 0), "b"),
        (("roll", "represented", "c"), "c"),
        (("roll", "represented", "c"), "d"),
        (("ballots", "for", 0), "e"),
        (("ballots", "abstain", 0), "f"),
    ]
    assert [*_in_decision(made(choices={"g": ["h"]}))] == [(("choices", "g", 0), "h")]
    assert [*_in_decision(made())] == []


SILENT = {"statutes_silent": True, "subject": f"members/{CITY}"}


@pytest.mark.parametrize(
    ("effect", "more", "named"),
    [
        ("withdrawal-retracted", {PATH: {"withdrawal": {"received": "2026-01-09"}}}, set()),
        (
            "withdrawal-retracted",
            {PATH: {"withdrawal": {"received": "2026-01-09", "retracted": "EC-2026-001"}}},
            {"EC-2026-001"},
        ),
        (
            "stand-in",
            {
                "registry/presidencies/2026.yaml": {
                    "stand_ins": [{"city": CITY, "by": "EC-2026-001", "from": "2026-03-11"}]
                }
            },
            {"EC-2026-001"},
        ),
        ("stand-in", {}, set()),
        ("seat-extended", {}, set()),
        ("succession", {PATH: {"succeeds": [OTHER]}}, {""}),
        ("succession", {}, set()),
        (
            "succession",
            {
                PATH: {"succeeds": [OTHER]},
                f"registry/members/{OTHER}.yaml": {"succeeded": {"city": CITY, "by": "EC-2026-9"}},
            },
            {"EC-2026-9"},
        ),
    ],
)
def test_who_names_an_effect_where_the_text_is_silent(
    effect: str, more: Records, named: set[str]
) -> None:
    content = holding()
    for path, change in more.items():
        content[path] = {**content[path], **change}
    act = made("EC-2026-001", effect=effect, succeeds=[OTHER], **SILENT)
    assert _named_by(Case(None, registry(content), DAY), act) == named
    seats = content["registry/committee/2026.yaml"]["seats"]
    seats[3]["extended"] = {"by": "GA-2026-001", "until": "2027-03-01"}
    if effect == "seat-extended":
        assert _named_by(Case(None, registry(content), DAY), act) == {"GA-2026-001"}


@pytest.mark.parametrize(("kind", "reached"), [("ga", True), ("ec", False)])
def test_a_meeting_that_a_year_asks_for_reaches_the_others_of_its_kind(
    kind: str, reached: bool
) -> None:
    held = {f"registry/meetings/{d}-{kind}.yaml": f"{d}-{kind}" for d in ("2026-03-10",)}
    late, next_year = f"registry/meetings/2026-09-10-{kind}.yaml", f"2027-01-10-{kind}"
    files = {path: meeting(kind=kind) | {"id": name} for path, name in held.items()}
    files[late] = meeting(kind=kind) | {"id": f"2026-09-10-{kind}", "opens": "2026-09-10"}
    after = {**files, f"registry/meetings/{next_year}.yaml": meeting() | {"opens": "2027-01-10"}}
    before = {**records(), **{path: r for path, r in after.items() if path != late}}
    for one, other in ((before, {**records(), **after}), ({**records(), **after}, before)):
        found = set(touched(registry(one), registry(other), [late]))
        assert ("registry/network.yaml" in found) is reached
        assert (f"registry/meetings/2026-03-10-{kind}.yaml" in found) is reached
        assert f"registry/meetings/{next_year}.yaml" not in found


@pytest.mark.parametrize(
    ("change", "matter"),
    [
        ({}, "resolution"),
        ({"effect": "succession", "statutes_silent": True}, "admission"),
        ({"annuls": "GA-2026-002"}, "amendment"),
        ({"annuls": "GA-2026-003"}, "interpretation"),
        ({"annuls": "GA-2026-004"}, "dissolution"),
        ({"annuls": "GA-2026-005"}, "resolution"),
        ({"annuls": "GA-2026-099"}, "resolution"),
    ],
)
def test_by_which_majority_a_vote_is_carried(change: dict[str, Any], matter: str) -> None:
    matters = enumerate(("amendment", "interpretation", "dissolution", "removal"), 2)
    asked = registry(holding(*(decision(f"GA-2026-00{n}", matter=m) for n, m in matters)))
    assert counted_as(asked, made(**change)) == matter


def mayor(name: str, person: str | None = None, capacity: str = "mayor") -> Mayor:
    return Mayor(name, capacity, Since(DAY, True), None, person)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (mayor("Ana"), mayor("Ana"), True),
        (mayor("Ana"), mayor("Iva"), False),
        (mayor("Ana", "ana"), mayor("Iva", "ana"), True),
        (mayor("Ana", "ana"), mayor("Ana", "iva"), False),
        (mayor("Ana", "ana"), mayor("Ana"), True),
        (mayor("Ana"), mayor("Iva", "ana"), False),
    ],
)
def test_one_person_by_key_else_by_name(one: Mayor, other: Mayor, same: bool) -> None:
    member = registry(records()).member(CITY)
    assert member is not None
    assert same_person(member, one, other) is same
    told = KnownHead(CITY, other.name, other.capacity, other.person, None, False)
    for capacity, fits in (("mayor", same), (None, same), ("acting-mayor", False)):
        named = PersonNamed(CITY, one.name, capacity, one.person)
        assert _is_mayor(member, named, other) is fits
        assert _is_told(member, named, told) is fits
        assert _is_told(None, named, told) is fits


def test_what_a_city_not_on_record_is_called_is_its_id() -> None:
    asked = registry(records())
    assert [name_of(asked, c, DAY) for c in (CITY, "bg-nowhere")] == ["Vodengrad", "bg-nowhere"]


def test_who_observes_on_a_day() -> None:
    invited = {"source": SOURCE, "to": "ga", "on": "2026-03-10"}
    held = {"id": "at-bergstadt", "name": "B", "kind": "local-government", "invitations": [invited]}
    asked = registry({**records(), "registry/observers/at-bergstadt.yaml": held})
    assert [observers_on(asked, date(2026, 3, n)) for n in (9, 10)] == [(), ("at-bergstadt",)]


def test_one_decision_appoints_one_person() -> None:
    listed = [
        Appointment(name, Since(DAY, True), None, by, None)
        for name, by in (("Ana", "MI-1"), ("Iva", "MI-2"), ("Eva", "MI-1"), ("Mia", None))
    ] + [Appointment("Zoe", Since(DAY, True), None, None, SOURCE)]
    found = [[*_appointed_twice(listed, n)] for n in range(5)]
    assert [len(each) for each in found] == [0, 0, 1, 0, 0]
    [breach] = found[2]
    assert "appointed Ana; Eva" in breach.message
    assert (breach.at, breach.refs) == (("appointments", 2, "by"), ("MI-1",))


@pytest.mark.parametrize(
    ("before", "begins", "refused"),
    [
        (None, "2026-03-10", False),
        (None, "2026-03-11", True),
        ("2026-03-11", "2026-03-11", False),
        ("2026-03-12", "2026-03-11", True),
    ],
)
def test_who_heads_a_city_is_recorded_from_the_day_on(
    before: str | None, begins: str, refused: bool
) -> None:
    def city(day: str) -> Any:
        content = records()
        content[PATH]["mayors"] = [{"name": "Ana", "capacity": "acting-mayor", "from": day}]
        return registry(content).member(CITY)

    found = [*_begun_ahead(city(before) if before else None, city(begins), DAY)]
    assert [b.at for b in found] == ([("mayors", 0, "from")] if refused else [])
    assert all("acting mayor of Vodengrad" in b.message for b in found)


NO_DAY = {"from": "2026-02-01", "until": "2026-02-01"}


def test_mandates_and_times_without_one_that_last_no_day() -> None:
    content = records()
    content[PATH] |= {
        "mayors": [
            {"name": "Ana", "capacity": "mayor", "from": "2026-02-01", "until": "2026-02-01"}
        ],
        "vacancies": [{"from": "2026-02-01", "until": "2026-02-01"}],
    }
    member = registry(content).member(CITY)
    assert member is not None
    assert [at for at, _fault in no_periods(member)] == [("mayors", 0), ("vacancies", 0)]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({}, []),
        ({"candidates": "EC-2026-009"}, [("candidates",)]),
        ({"candidates": None}, [("approved",)]),
        ({"city": OTHER}, [("approved",)]),
        ({"approved": None}, []),
        ({"approved": "GA-2026-099"}, []),
        ({"attested": {"since": "2026-01-05", "source": SOURCE}}, []),
    ],
)
def test_a_term_rests_on_its_approval_and_on_the_candidates_of_that_day(
    change: dict[str, Any], at: list[tuple[str, ...]]
) -> None:
    """Candidates that were determined again after the approval are none of its."""
    term = {"year": 2027, "city": CITY, "approved": "GA-2026-001", "candidates": "EC-2026-001"}
    path = "registry/presidencies/2027.yaml"
    drawn = {"matter": "candidates", "term": 2027, "candidates": [CITY]}
    approval = {"matter": "presidency", "subject": f"members/{CITY}", "term": 2027}
    content = holding(
        decision("EC-2026-001", **drawn),
        decision("EC-2026-002", **{**drawn, "closed": "2026-05-02"}),
        decision("GA-2026-001", **approval),
    )
    content[path] = {key: v for key, v in {**term, **change}.items() if v is not None}
    found = _rests_on_the_approval(Case(None, registry(content), date(2026, 6, 1)), path)
    assert [breach.at for breach in found] == at


@pytest.mark.parametrize(
    ("received", "before", "known"),
    [
        ("2026-03-09", None, True),
        ("2026-03-10", None, False),
        ("2026-03-10", "2026-03-10", True),
        ("2026-03-10", "2026-03-11", False),
        (None, None, False),
    ],
)
def test_a_notice_of_that_very_day_is_known_where_it_was_on_record(
    received: str | None, before: str | None, known: bool
) -> None:
    def told(day: str | None) -> Registry:
        content = holding()
        content[PATH] |= {"withdrawal": {"received": day}} if day else {}
        return registry(content)

    case = Case(told(before) if before else None, told(received), DAY)
    assert known_to_leave(case, CITY, 2027, Moment(DAY)) is known


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ({}, DAY),
        ({"closed": None, "proposed": "2026-02-01"}, date(2026, 2, 1)),
        ({"proposed": "2026-02-01"}, DAY),
        ({"closed": None}, date(2026, 1, 5)),
    ],
)
def test_the_day_a_record_is_judged_on(more: dict[str, Any], day: date) -> None:
    asked = registry(holding(decision(**more)))
    assert legal_day_of(asked, "registry/decisions/2026/GA-2026-001.yaml") == day
    assert legal_day_of(asked, PATH) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("by", "until", "lifted", "at"),
    [
        ("EC-2026-001", None, None, []),
        ("EC-2026-002", None, None, ["from"]),
        ("EC-2026-099", None, None, []),
        ("EC-2026-001", "2026-04-01", None, ["until"]),
        ("EC-2026-001", "2026-04-01", "EC-2026-002", []),
        ("EC-2026-001", "2026-04-02", "EC-2026-002", ["until"]),
        ("EC-2026-002", "2026-04-02", "EC-2026-002", ["from", "until"]),
    ],
)
def test_the_days_of_a_suspension_are_those_of_its_decisions(
    by: str, until: str | None, lifted: str | None, at: list[str]
) -> None:
    content = holding(decision("EC-2026-001"), decision("EC-2026-002", closed="2026-04-01"))
    entry = {"from": str(DAY), "by": by, "until": until, "lifted_by": lifted}
    content[PATH]["suspensions"] = [{key: v for key, v in entry.items() if v}]
    asked = registry(content)
    member = asked.member(CITY)
    assert member is not None
    found = [breach.at for breach in _days_of_suspensions(Case(None, asked, DAY), member)]
    assert found == [("suspensions", 0, key) for key in at]


@pytest.mark.parametrize(
    ("effect", "more", "rests"),
    [
        ("withdrawal-retracted", {}, True),
        ("stand-in", {}, False),
        ("withdrawal-retracted", {"state": "rejected"}, False),
        ("withdrawal-retracted", {"subject": f"members/{OTHER}"}, False),
        ("withdrawal-retracted", {"statutes_silent": False}, False),
        ("withdrawal-retracted", {"id": "EC-2026-009"}, False),
    ],
)
def test_what_a_notice_that_was_taken_back_rests_on(
    effect: str, more: dict[str, Any], rests: bool
) -> None:
    act = decision("EC-2026-001", **{"effect": effect, **SILENT, **more})
    case = Case(None, registry(holding(act)), DAY)
    at = ("withdrawal", "retracted")
    found = [*_rests_on(case, CITY, "EC-2026-001", "withdrawal-retracted", at)]
    assert [breach.at for breach in found] == ([] if rests else [at])
    assert not [*_rests_on(case, CITY, None, "withdrawal-retracted", at)]


@pytest.mark.parametrize(
    ("path", "record", "named"),
    [
        ("meetings/m", {"city": CITY}, []),
        ("meetings/m", {"chair": CITY}, [("chair",)]),
        ("meetings/m", {"delegations": [{"city": CITY}]}, [("delegations", 0, "city")]),
        ("presidencies/2026", {"city": CITY}, [("city",)]),
        ("network", {"headquarters": {"city": CITY}}, []),
    ],
)
def test_where_a_city_is_a_member_and_where_a_place(
    path: str, record: dict[str, Any], named: list[tuple[Any, ...]]
) -> None:
    assert [at for at, _to in references(f"registry/{path}.yaml", record)] == named


@pytest.mark.parametrize(
    ("status", "before", "after", "told"),
    [
        ("unofficial", {"source": SOURCE}, {"x": [1]}, True),
        ("unofficial", {"source": SOURCE, "x": [1]}, {"x": [1, 2]}, True),
        ("unofficial", {"source": SOURCE, "x": [1]}, {"x": [2, 1]}, False),
        ("unofficial", {"source": SOURCE, "x": "a"}, {"x": "ab"}, False),
        ("unofficial", {"source": SOURCE, "x": [1]}, {}, False),
        ("unofficial", {}, {"x": [1]}, False),
        ("official", {"source": SOURCE}, {"x": [1]}, False),
    ],
)
def test_what_a_source_tells_of_an_attested_meeting(
    status: str, before: dict[str, Any], after: dict[str, Any], told: bool
) -> None:
    content = records()
    content["registry/network.yaml"]["status"] = status
    case = Case(None, registry(content), DAY)
    assert _a_source_tells(case, before, after, "x") is told


@pytest.mark.parametrize(
    ("before", "closes", "stays"),
    [
        ({}, "2026-03-11T00:40:00+03:00", True),
        ({}, "2026-03-12", False),
        ({"closes": "2026-03-10"}, "2026-03-11", False),
        ({"cancelled": {"on": "2026-03-01"}}, "2026-03-11", False),
        ({"source": SOURCE}, "2026-03-11", False),
    ],
)
def test_what_is_closed_the_morning_after_was_held_and_judged(
    before: dict[str, Any], closes: str, stays: bool
) -> None:
    content = records()
    content["registry/network.yaml"]["status"] = "official"
    case = Case(None, registry(content), date(2028, 5, 1))
    held = {"id": MEETING, "kind": "ec", "opens": "2026-03-10T10:00:00+03:00", **before}
    path = f"registry/meetings/{MEETING}.yaml"
    found = _held_meeting(case, path, held, held | {"closes": closes})
    assert [breach.at for breach in found] == ([] if stays else [("closes",)])


@pytest.mark.parametrize(
    ("day", "after"), [("2026-05-01", True), ("2026-05-02", False), ("2026-05-03", False)]
)
def test_what_was_annulled_later_than_a_day(day: str, after: bool) -> None:
    annulled = {"matter": "annulment", "annuls": "GA-2026-001", "effect": "ex-tunc"}
    act = decision("GA-2026-002", **{**annulled, "closed": "2026-05-02"})
    asked = registry(holding(decision(), act))
    assert _annulled_after(asked, "GA-2026-001", date.fromisoformat(day)) is after
    assert not _annulled_after(asked, None, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("before", "term", "more", "said"),
    [
        (None, None, {}, None),
        (None, {"city": OTHER, "approved": "GA-2026-000"}, {}, "by GA-2026-000"),
        (None, {"city": OTHER, "approved": None}, {}, "is given to al-aldmar already"),
        (None, {"city": CITY, "approved": "GA-2026-001"}, {}, None),
        (None, {"city": OTHER, "approved": "GA-2026-009"}, {}, None),
        (None, None, {"term": 2025}, "is over on"),
        ({"city": ""}, {"city": CITY, "approved": "GA-2026-001"}, {"term": 2025}, None),
        (None, None, {"term": 2026}, None),
        (None, None, {"term": 2025, "statutes_silent": True}, None),
    ],
)
def test_which_term_is_free(
    before: dict[str, Any] | None,
    term: dict[str, Any] | None,
    more: dict[str, Any],
    said: str | None,
) -> None:
    subject = {"subject": f"members/{CITY}"}
    act = decision(**{"matter": "presidency", "term": 2028, **subject, **more})
    states = []
    for held in (before, term):
        path = f"registry/presidencies/{act['term']}.yaml"
        content = holding(act, decision("GA-2026-000"), decision("GA-2026-009"))
        content.pop(path, None)
        if held is not None:
            given = {key: value for key, value in held.items() if value is not None}
            content[path] = {"year": act["term"], **given}
        states.append(registry(content))
    case = Case(states[0], states[1], DAY)
    found = [*_for_a_free_term(case, "registry/decisions/2026/GA-2026-001.yaml")]
    assert [said in breach.message for breach in found if said] == ([True] if said else [])
    assert len(found) == bool(said)


@pytest.mark.parametrize(
    ("term", "regular", "extended", "kept"),
    [
        (2026, True, False, True),
        (2025, True, False, True),
        (2027, True, False, False),
        (2027, False, False, True),
        (2027, True, True, True),
    ],
)
def test_which_seats_an_election_leaves_alone(
    term: int, regular: bool, extended: bool, kept: bool
) -> None:
    content = holding(decision("GA-2026-001"))
    longer = {"by": "GA-2026-001", "until": "2026-06-01"}
    if extended:
        content["registry/committee/2026.yaml"]["seats"][3] |= {"until": str(DAY)} | {
            "extended": longer
        }
    asked = registry(content)
    assert stays(asked, asked.seats()[3], term, regular, DAY) is kept


@pytest.mark.parametrize("effect", [None, "ex-nunc", "ex-tunc"])
def test_the_roll_by_what_was_annulled_from_the_beginning_since(effect: str | None) -> None:
    """Whoever was never admitted is not in it; else the roll is what it was."""
    new, twelve = "bg-rosendol", (*SEVEN, *OTHERS)
    admitted = {"matter": "admission", "subject": f"members/{new}", "closed": "2026-02-10"}
    annulled = {"matter": "annulment", "annuls": "EC-2026-001", "closed": "2026-05-02"}
    city = applicant(new) | {"declaration": {"signed": "2026-02-11"}}
    city["application"]["outcome"] = "EC-2026-001"
    session, everybody = "2026-03-10-ga", sorted((*twelve, new))
    roll = {"entitled": everybody, "present": everybody, "represented": {}}
    content = holding(
        decision("EC-2026-001", **admitted),
        decision("GA-2026-001", meeting=session, item=1, roll=roll, ballots={"for": everybody}),
        *([decision("EC-2026-002", **annulled, effect=effect)] if effect else []),
    )
    content[f"registry/members/{new}.yaml"] = city
    held = meeting(tuple(everybody)) | {"id": session, "kind": "ga"}
    content[f"registry/meetings/{session}.yaml"] = held
    asked = registry(content)
    vote = asked.decision("GA-2026-001")
    assert vote is not None
    found = roll_by_now(Case(None, asked, date(2026, 6, 1)), vote)
    assert (found and sorted(found.entitled)) == (sorted(twelve) if effect == "ex-tunc" else None)


@pytest.mark.parametrize(
    ("state", "until", "effect", "holds"),
    [
        ("adopted", None, None, True),
        ("adopted", None, "ex-tunc", False),
        ("adopted", "2026-06-01", "ex-tunc", True),
        ("rejected", None, None, False),
        ("rejected", "2026-06-01", None, False),
    ],
)
def test_a_decision_that_was_annulled_carries_an_appointment_that_ended(
    state: str, until: str | None, effect: str | None, holds: bool
) -> None:
    annulled = {"matter": "annulment", "annuls": "GA-2026-001", "effect": effect}
    content = holding(
        decision(state=state), *([decision("GA-2026-002", **annulled)] * bool(effect))
    )
    end = date.fromisoformat(until) if until else None
    entry = Appointment("Ana", Since(DAY, True), end, "GA-2026-001", None)
    assert _holds(Case(None, registry(content), DAY), made(state=state), entry) is holds


@pytest.mark.parametrize(
    ("before", "after", "moved", "closed"),
    [
        (None, "adopted", False, True),
        ("adopted", "adopted", False, True),
        ("open", "adopted", False, False),
        ("open", "adopted", True, True),
        ("open", "open", True, False),
        ("absent", "adopted", False, False),
    ],
)
def test_whose_signatory_is_held_against_what_was_known(
    before: str | None, after: str, moved: bool, closed: bool
) -> None:
    def state(of: str, name: str) -> Registry:
        content = holding(*([decision("PR-2026-001", state=of)] if of != "absent" else []))
        content[PATH]["mayors"] = [{"name": name, "capacity": "mayor", "from": "2025-01-01"}]
        return registry(content)

    now = state(after, "Iva" if moved else "Ana")
    case = Case(state(before, "Ana") if before else None, now, DAY)
    act = made("PR-2026-001", state=after, decided_by={"city": CITY, "person": "Ana"})
    assert judged_decision(case, act, DAY) == HeldAgainst(DAY, None, closed)


def test_the_meetings_of_a_kind_by_their_days() -> None:
    content, named = records(), ("2026-03-10-ga", "2026-05-10-ga-second", "2026-04-10-gathering")
    for name in named:
        content[f"registry/meetings/{name}.yaml"] = {"id": name, "kind": "ga", "opens": name[:10]}
    content["registry/meetings/2026-06-10-ga.yaml"] = {
        "id": "2026-06-10-ga", "kind": "ga", "opens": "2026-06-10", "title": "t",
        "cancelled": {"on": "2026-06-01"},
    }  # fmt: skip
    content["registry/meetings/2026-07-10-ga.yaml"] = {
        "id": "2026-07-10-ga", "kind": "ga", "opens": "2026-02-10", "title": "t",
        "moved": [{"from": "2026-07-10", "on": "2026-02-01"}],
    }  # fmt: skip
    assert days_of(registry(content), "ga") == {
        "2026-07-10-ga": "2026-02-10",
        "2026-03-10-ga": "2026-03-10",
        "2026-05-10-ga-second": "2026-05-10",
    }


@pytest.mark.parametrize(
    ("over", "rests"), [("2026-05-01", True), ("2026-05-02", True), ("2026-05-03", False)]
)
def test_what_takes_a_city_for_a_member_after_its_membership(over: str, rests: bool) -> None:
    content = holding()
    content[PATH]["withdrawal"] = {"received": "2026-05-02"}
    content[f"registry/members/{OTHER}.yaml"] |= {
        "withdrawal": {"received": "2026-05-02"},
        "note": CITY,
    }
    found = rests_on_membership(registry(content), CITY, date.fromisoformat(over))
    assert [str(ref) for ref in found] == ([f"members/{CITY}"] if rests else [])


def test_a_term_that_only_tells_refusals_is_no_presidency() -> None:
    content = records()
    content["registry/presidencies/2028.yaml"] = {"year": 2028, "declined": [{"city": CITY}]}
    assert [term.year for term in registry(content).presidencies()] == [2025, 2026]
    assert [term.year for term in registry(content).terms()] == [2025, 2026, 2028]


@pytest.mark.parametrize("known", [None, {"heads": []}, {"heads": [{"city": CITY}]}])
def test_where_a_block_says_otherwise_who_headed_a_city(known: dict[str, Any] | None) -> None:
    """At the city where the block names it; else at the block."""
    heads = [{**h, "name": "Iva", "capacity": "mayor"} for h in (known or {}).get("heads", [])]
    block = {"heads": heads}
    act = decision("PR-2026-001", decided_by={"city": CITY, "person": "Ana"}, known=block)
    content = holding(act)
    content[PATH]["mayors"] = [{"name": "Ana", "capacity": "mayor", "from": "2025-01-01"}]
    case = Case(registry(content), registry(content), DAY)
    written = known_of(block)
    assert written is not None
    found = _misknown(case, "registry/decisions/2026/PR-2026-001.yaml", written)
    at = ("known", "heads", 0) if heads else ("known",)
    assert [(b.at, b.facts) for b in found] == [(at, {"city": CITY, "in_office": "Ana"})]


@pytest.mark.parametrize(
    ("numbers", "cast", "told"),
    [
        ((4, 4, 4), None, None),
        ((4, 4, 4), 4, None),
        ((3, 0, 0), 3, None),
        ((4, 4, 4), 5, (12, 5)),
        ((4, 0, 0), 3, (4, 3)),
        ((5, 0, 0), None, (5, 4)),
        ((4, 4, 4, 1), None, (13, 4)),
    ],
)
def test_more_votes_than_ballots_or_than_they_can_hold(
    numbers: tuple[int, ...], cast: int | None, told: tuple[int, int] | None
) -> None:
    """Four could vote, each for at most three."""
    given = {f"c{n}": number for n, number in enumerate(numbers)}
    votes = Votes(None, {}, numbers=given, cast=cast)
    recount: Any = SimpleNamespace(race=RACE, there=SimpleNamespace(voters=frozenset("abcd")))
    found = [*_too_many_votes(made(), votes, recount)]
    facts = told and {"tallied": told[0], "ballots": told[1], "voters": 4, "seats": 3}
    assert [breach.facts for breach in found] == ([facts] if facts else [])
    recount.race = RACE._replace(free=0)
    assert not [*_too_many_votes(made(), votes, recount)]
    recount.race = None
    assert not [*_too_many_votes(made(), votes, recount)]
    recount.race = RACE
    assert not [*_too_many_votes(made(), votes._replace(numbers=None), recount)]


@pytest.mark.parametrize(
    ("more", "moves"),
    [
        ({}, False),
        ({"annuls": "GA-2026-009"}, True),
        ({"annuls": "GA-2026-009", "state": "open"}, False),
        ({"effect": "succession", "statutes_silent": True}, True),
    ],
)
def test_what_an_annulment_or_a_succession_brings_is_left_out(
    more: dict[str, Any], moves: bool
) -> None:
    """Of one that was adopted: it does not change who could vote on it."""
    asked = registry(holding(decision(**more)))
    assert (before_its_effect(asked, made(**more)) is not asked) is moves
