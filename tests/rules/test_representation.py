"""Proxies in the General Assembly: who is counted in the end, whatever was written (Art. 8)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Moment
from b40cli.model.facts.known import KnownHead
from b40cli.rules.articles.art08_standing import fallen, was_fit
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.heads import told_otherwise
from b40cli.rules.table import judge
from b40cli.rules.votes.assembly_count import Assembly, quorum, session
from b40cli.rules.votes.assembly_facts import assembly_at
from tests.acts.scene import content
from tests.invented import OTHERS, SEVEN, SHA, Records, records, registry

DAY = date(2026, 3, 10)
NAME = "2026-03-10-ga"
PATH = f"registry/meetings/{NAME}.yaml"
EVERYBODY = (*SEVEN, *OTHERS)
A, B, C, D = "al-aldmar", "me-zalivgrad", "si-jezerna", "tr-camliova"
BEFORE, AFTER = "2026-03-08T09:00:00+03:00", "2026-03-10T11:00:00+03:00"
OPENS = "2026-03-10T10:00:00+03:00"
LATER, REMOVED = "2026-03-20-ga", "ro-valea-alba"


def proxy(principal: str, holder: str, **more: Any) -> dict[str, Any]:
    """A proxy whose proof went to both in time, unless said otherwise."""
    sent = {"secretary": BEFORE, "president": BEFORE}
    return {
        "principal": principal,
        "holder": holder,
        "document": {"sha256": SHA},
        "sent": sent,
        **more,
    }


def call(n: int, at: str, *away: str) -> dict[str, Any]:
    """A roll call that everybody answers but those named."""
    return {"n": n, "at": at, "present": [city for city in EVERYBODY if city not in away]}


def network(proxies: list[dict[str, Any]], *calls: dict[str, Any]) -> Records:
    """The invented network with an Assembly."""
    content = records()
    content[PATH] = {
        "id": NAME,
        "kind": "ga",
        "opens": OPENS,
        "notice": {"sent": "2026-02-16", "to": "members"},
        "participation_rules": {"announced": "2026-02-16"},
        "proxies": proxies,
        "roll_calls": list(calls),
    }
    return content


def gathered(content: Records) -> tuple[Assembly, Law]:
    """The Assembly as it is at the last roll call, and the law of the day."""
    known = registry(content)
    law = law_on(known, DAY)
    meeting = known.meeting(NAME)
    assert meeting is not None
    found = assembly_at(known, Moment(DAY, NAME, 1), meeting, meeting.roll_calls[-1], law)
    assert isinstance(found, Assembly)
    return found, law


REVOKED = "2026-03-09T12:00:00+03:00"
LATE = {"sent": {"secretary": BEFORE, "president": AFTER}}
TO_ONE = {"sent": {"secretary": BEFORE}}
WRITTEN: list[tuple[str, list[dict[str, Any]], tuple[str, ...], dict[str, str]]] = [
    ("one", [proxy(C, A)], (C,), {C: A}),
    ("holder absent", [proxy(C, A)], (C, A), {}),
    ("principal comes", [proxy(C, A)], (), {}),
    ("late", [proxy(C, A, **LATE)], (C,), {}),
    ("to one alone", [proxy(C, A, **TO_ONE)], (C,), {}),
    ("no document", [{**proxy(C, A), "document": None}], (C,), {}),
    ("second", [proxy(C, A), proxy(D, A)], (C, D), {C: A}),
    ("second after a revocation", [proxy(C, A, revoked=REVOKED), proxy(D, A)], (C, D), {}),
    ("second after a day", [proxy(C, A, revoked="2026-03-09"), proxy(D, A)], (C, D), {}),
    ("revoked", [proxy(C, A, revoked=REVOKED)], (C,), {}),
    ("revoked on a day", [proxy(C, A, revoked="2026-03-09")], (C,), {}),
    ("revoked later", [proxy(C, A, revoked=AFTER)], (C,), {C: A}),
    ("given anew", [proxy(C, A, revoked=REVOKED), proxy(C, B)], (C,), {C: B}),
    ("given twice", [proxy(C, A), proxy(C, B)], (C,), {C: A}),
    ("to itself", [proxy(C, C)], (C,), {}),
    ("chain", [proxy(C, A), proxy(A, B)], (C, A), {A: B}),
    ("circle", [proxy(C, A), proxy(A, C)], (C, A), {}),
]


@pytest.mark.parametrize(
    ("written", "away", "represented"),
    [row[1:] for row in WRITTEN],
    ids=[row[0] for row in WRITTEN],
)
def test_who_is_represented(
    written: list[dict[str, Any]], away: tuple[str, ...], represented: dict[str, str]
) -> None:
    """Present or represented, each once; the quorum counts the same."""
    proxies = [{k: v for k, v in entry.items() if v is not None} for entry in written]
    assembly, law = gathered(network(proxies, call(1, OPENS, *away)))
    there = session(assembly, law)
    assert dict(there.represented) == represented
    assert len(there.counted) == len(EVERYBODY) - len(away) + len(represented)
    assert quorum(assembly, law).counted == len(there.counted)


@pytest.mark.parametrize("role", ["holder", "principal"])
def test_a_suspended_member_neither_represents_nor_is_represented(role: str) -> None:
    """Whenever it was suspended."""
    content = network([proxy(C, A)], call(1, OPENS, C))
    city = A if role == "holder" else C
    content[f"registry/members/{city}.yaml"]["suspensions"] = [
        {"from": "2026-03-09", "by": "PR-2026-001"}
    ]
    assembly, law = gathered(content)
    assert dict(session(assembly, law).represented) == {}


def test_the_quorum_is_that_of_the_first_roll_call() -> None:
    """A proxy revoked between two roll calls counted at the first, and no longer at the second."""
    proxies = [proxy(C, A, revoked="2026-03-10T11:00:00+03:00")]
    second = call(2, "2026-03-10T12:00:00+03:00", C)
    assembly, law = gathered(network(proxies, call(1, OPENS, C), second))
    assert quorum(assembly, law).counted == 12
    assert len(session(assembly, law).counted) == 11


def test_who_comes_to_the_second_roll_call_changes_no_quorum() -> None:
    """Seven at the first, everybody at the second: the Assembly stays without a quorum."""
    assembly, law = gathered(network([], call(1, OPENS, *OTHERS), call(2, AFTER)))
    assert (quorum(assembly, law).counted, quorum(assembly, law).met) == (7, False)
    assert len(session(assembly, law).counted) == 12


@pytest.mark.parametrize(
    ("timing", "way", "represented"),
    [
        ("before-opening", "sent", {C: A}),
        ("before-opening", "received", {}),
        ("same-day", "sent", {C: A}),
        ("same-day", "received", {C: A}),
    ],
)
def test_the_proof_under_each_reading(timing: str, way: str, represented: dict[str, str]) -> None:
    """Sent in time to both, received by the President when the Assembly sat (INT-18, INT-27)."""
    late = {"secretary": BEFORE, "president": AFTER}
    assembly, law = gathered(network([proxy(C, A, received=late)], call(1, OPENS, C)))
    read = law.varied("INT-18", timing).varied("INT-27", way)
    assert dict(session(assembly, read).represented) == represented


def test_each_fault_is_a_finding_of_its_own() -> None:
    """A late second proxy to a suspended member breaks three rules, and each says so."""
    content = network([proxy(C, A), proxy(D, A, **LATE)], call(1, OPENS, C, D))
    content[f"registry/members/{A}.yaml"]["suspensions"] = [
        {"from": "2026-02-01", "by": "PR-2026-001"}
    ]
    case = Case(None, registry(content), DAY)
    found = {f.rule for f in judge(case, [PATH]) if f.at == ("proxies", 1) and f.kind == "validity"}
    assert found == {
        "proxy-holder-is-member",
        "one-proxy-per-holder",
        "proxy-proof-before-assembly",
    }


def test_committee_proxies_are_another_matter() -> None:
    """The rules of Art. 8 are silent about a meeting of the committee, and the other way round."""
    content = network([proxy(C, C, **LATE)], call(1, OPENS, C))
    of_the_assembly = {f.rule for f in judge(Case(None, registry(content), DAY), [PATH])}
    assert "committee-proxy" not in of_the_assembly
    content[PATH.replace("-ga", "-ec")] = {**content.pop(PATH), "id": "2026-03-10-ec", "kind": "ec"}
    sitting = judge(Case(None, registry(content), DAY), [PATH.replace("-ga", "-ec")])
    rules = {f.rule for f in sitting}
    assert "committee-proxy" in rules
    assert not rules & {"proxy-holder-is-member", "proxy-proof-before-assembly"}


def test_what_three_roll_calls_make_of_a_proxy_is_told_once() -> None:
    """The holder stays away: one note; it comes and goes: one for each time it is gone."""
    times = [f"2026-03-10T{hour}:00:00+03:00" for hour in (10, 11, 12)]
    away = [call(n, time, C, A) for n, time in enumerate(times, 1)]
    assert notes(network([proxy(C, A)], *away)) == ["At roll call 1"]
    back = [away[0], call(2, times[1], C), away[2]]
    assert notes(network([proxy(C, A)], *back)) == ["At roll call 1", "At roll call 3"]


def notes(content: Records) -> list[str]:
    """Where the roll calls made a proxy of no use."""
    found = judge(Case(None, registry(content), DAY), [PATH])
    return sorted(f.message[:14] for f in found if f.rule == "proxy-holder-is-member")


@pytest.mark.parametrize("city", [A, "at-bergstadt"])
def test_a_known_head_of_a_city_whose_mayor_or_record_is_gone(city: str) -> None:
    told = KnownHead(city, "Ana Primer", "mayor", None, None, False)
    assert told_otherwise(registry(records()), told, DAY) == f"nobody on record headed {city}"


def test_a_proxy_of_a_city_that_was_removed_since() -> None:
    """Whether it is a member is read by the law of the meeting's day (INT-28)."""
    later = f"registry/meetings/{LATER}.yaml"
    session = {"id": LATER, "kind": "ga", "opens": f"{LATER[:10]}T10:00:00+03:00"}
    given = {f"meetings/{LATER}": {**session, "proxies": [proxy(REMOVED, A)]}}
    held = registry(content("assembly", "removal", given=given))
    meeting = held.meeting_in(later)
    assert meeting is not None
    [(message, _cure, kind)] = fallen(Case(None, held, meeting.day), meeting, meeting.proxies[0])
    assert f"{REMOVED} is not a member on 2026-03-20, since it was given" in message
    assert kind == "note"


def test_a_proxy_stands_whose_holder_was_in_good_standing_as_was_known() -> None:
    """That its suspension was lifted is annulled from the beginning, after the meeting."""
    city = "mk-planinsko"
    decided = {"title": "t", "state": "adopted"}
    lifted = {"until": "2026-03-01", "lifted_by": "PR-2026-005"}
    session = {"id": LATER, "kind": "ga", "opens": f"{LATER[:10]}T10:00:00+03:00"}
    given = {
        "decisions/2026/PR-2026-005": {"id": "PR-2026-005", "body": "president", **decided}
        | {"matter": "lifting", "closed": "2026-03-01"},
        "decisions/2026/GA-2026-009": {"id": "GA-2026-009", "body": "general-assembly", **decided}
        | {"matter": "annulment", "closed": "2026-05-01"}
        | {"annuls": "PR-2026-005", "effect": "ex-tunc"},
        f"members/{city}": {
            "suspensions": [{"from": "2026-02-16", "by": "PR-2026-001", **lifted}],
        },
        f"meetings/{LATER}": {
            **session,
            "proxies": [proxy(A, city)],
            "roll_calls": [{"n": 1, "at": session["opens"], "present": [city]}],
        },
    }
    held = registry(content("suspension by the President", given=given, rule_set=2))
    meeting = held.meeting(LATER)
    assert meeting is not None
    [(message, _cure, kind)] = fallen(Case(None, held, meeting.day), meeting, meeting.proxies[0])
    assert (f"to {city} stood: {city} is suspended" in message, kind) == (True, "note")


def test_a_proxy_stands_that_the_roll_was_called_on_with_what_was_known_then() -> None:
    """Nothing else tells of it: no vote has a roll, and by what is known since nobody was fit."""
    session = {"id": LATER, "kind": "ga", "opens": f"{LATER[:10]}T10:00:00+03:00"}
    roll = {
        "roll_calls": [{"n": 1, "at": session["opens"], "present": [B]}],
        "known": {"heads": []},
    }
    for kept, stands in (
        (("roll_calls", "known"), True),
        (("roll_calls",), False),
        (("known",), False),
    ):
        record = {**session, "proxies": [proxy(A, B)], **{key: roll[key] for key in kept}}
        held = registry(content("assembly", given={f"meetings/{LATER}": record}))
        meeting = held.meeting(LATER)
        assert meeting is not None
        other = meeting.proxies[0]._replace(principal=REMOVED)
        for case in (Case(None, held, meeting.day), Case(held, held, meeting.day)):
            for given, expected in ((meeting.proxies[0], stands), (other, False)):
                assert was_fit(case, meeting, given, (B,), lambda _: False) is expected


@pytest.mark.parametrize(
    ("item", "where", "stands"),
    [(2, NAME, False), (None, NAME, True), (1, NAME, True), (1, LATER, False)],
)
def test_a_proxy_stood_where_the_roll_of_the_first_vote_had_its_city(
    item: int | None, where: str, stands: bool
) -> None:
    """Of a vote of that meeting alone: item 1 of another that names it too tells nothing."""
    held = network([proxy(C, A)], call(1, OPENS))
    vote = {"body": "general-assembly", "matter": "resolution", "title": NAME, "state": "open"}
    first = {"entitled": [C], "present": [], "represented": {}}
    for name, n, at, roll in (
        ("GA-2026-001", item, where, first),
        ("GA-2026-002", 1, NAME, {**first, "entitled": [A]}),
    ):
        held[f"registry/decisions/2026/{name}.yaml"] = {
            **vote, "id": name, "item": n, "meeting": at, "roll": roll,
        }  # fmt: skip
    asked = registry(held)
    meeting = asked.meeting(NAME)
    assert meeting is not None
    case = Case(None, asked, meeting.day)
    assert was_fit(case, meeting, meeting.proxies[0], (C,), lambda _: False) is stands
