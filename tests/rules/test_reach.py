"""What a change reaches, and what it must not: an approval, a vote on the very day, older votes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from b40cli.model.finding import GRAVE, KINDS
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.rules.record.city_reach import NEVER, _closing
from b40cli.rules.record.reach import _of_assemblies, _of_decisions, touched
from tests.invented import MEETING, SEVEN, SHA, Records, meeting, records, registry

MAYOR = f"registry/members/{SEVEN[3]}.yaml"
VOTE = "registry/decisions/2026/EC-2026-001.yaml"
CANDIDATES = "registry/decisions/2026/EC-2026-002.yaml"
CORRECTION = "registry/corrections/2026/C-2026-001.yaml"
CORRECTED = {
    "id": "C-2026-001",
    "corrects": "decisions/2026/EC-2026-001",
    "at": "closed",
    "was": "2026-03-10",
    "why": "Misread",
    "on": "2026-06-02",
    "by": "secretariat",
    "evidence": [{"sha256": SHA}],
}
APPROVAL = "registry/decisions/2026/GA-2026-001.yaml"


class KeptRecords(PlainRecords):
    """Records with the words that the store keeps of them."""

    def text(self, path: str) -> str:
        return json.dumps(self[path], ensure_ascii=False, separators=(",", ":"))


def reached(before: Records, after: Records, kinds: frozenset[str] = KINDS) -> set[str]:
    """What else a change touches: the same whether a record's words tell it or its facts."""
    changed = {path for path in {**before, **after} if before.get(path) != after.get(path)}
    assert changed
    found = [
        set(touched(Registry(held(before)), Registry(held(after)), changed, kinds)) - changed
        for held in (PlainRecords, KeptRecords)
    ]
    assert found[0] == found[1]
    return found[0]


def voted(**more: Any) -> Records:
    """The records with a vote of the whole committee on 10 March, on a resolution."""
    vote = {
        "id": "EC-2026-001",
        "body": "executive-committee",
        "matter": "resolution",
        "title": "Bridges",
        "meeting": MEETING,
        "state": "adopted",
        "closed": "2026-03-10",
        "ballots": {"for": list(SEVEN)},
        **more,
    }
    return {**records(), f"registry/meetings/{MEETING}.yaml": meeting(), VOTE: vote}


def with_mayor(before: Records, start: str) -> Records:
    """The same with another mayor of a city of the committee from a day on."""
    mayors = [{"name": "Ana Primer", "capacity": "mayor", "from": start}]
    return {**before, MAYOR: {**before[MAYOR], "mayors": mayors}}


def test_a_new_mayor_reaches_a_vote_closed_that_day() -> None:
    """Who heads a city from a day on headed it when a vote of that day was taken."""
    before = voted()
    there = {VOTE, f"registry/meetings/{MEETING}.yaml"}
    assert there <= reached(before, with_mayor(before, "2026-03-10"))
    assert there <= reached(before, with_mayor(before, "2026-03-09"))
    assert there.isdisjoint(reached(before, with_mayor(before, "2026-03-11")))


def test_another_key_for_the_same_name_reaches_what_asks_who_it_was() -> None:
    there, after = {VOTE, f"registry/meetings/{MEETING}.yaml"}, with_mayor(voted(), "2026-03-09")
    before = with_mayor(voted(), "2026-03-09")
    after[MAYOR]["mayors"][0]["person"] = "ana-primer"
    assert there <= reached(before, after) and there <= reached(after, before)


def test_a_name_that_leads_to_nobody_any_more_reaches_what_was_before_it() -> None:
    """Old minutes may name her as a later entry of the same person does: its key, or its name."""
    again = {"name": "Ana Primer-Nova", "capacity": "mayor", "from": "2027-05-02", "person": "ana"}
    before = with_mayor(voted(), "2026-03-09")
    before[MAYOR]["mayors"] = [before[MAYOR]["mayors"][0] | {"person": "ana"}, again]
    for change in ({"person": "other"}, {"name": "Ana Secunda"}):
        after = {**before, MAYOR: {**before[MAYOR]}}
        after[MAYOR]["mayors"] = [before[MAYOR]["mayors"][0], again | change]
        assert f"registry/meetings/{MEETING}.yaml" in reached(before, after), change
    one = {**before, MAYOR: {**before[MAYOR], "mayors": before[MAYOR]["mayors"][:1]}}
    assert f"registry/meetings/{MEETING}.yaml" not in reached(one, before)


def test_a_new_mayor_reaches_a_vote_that_closed_after_its_meeting() -> None:
    before = voted(closed="2026-03-12")
    assert VOTE in reached(before, with_mayor(before, "2026-03-12"))
    assert VOTE not in reached(before, with_mayor(before, "2026-03-13"))


def test_a_new_mayor_reaches_a_vote_that_closed_before_its_meeting() -> None:
    before = voted(closed="2026-03-08")
    assert VOTE in reached(before, with_mayor(before, "2026-03-10"))
    assert VOTE not in reached(before, with_mayor(before, "2026-03-11"))


def test_a_notice_of_leaving_that_is_taken_away_reaches_the_votes_since() -> None:
    after = voted()
    notice = {"received": "2026-02-01", "document": {"sha256": SHA}}
    assert VOTE in reached({**after, MAYOR: {**after[MAYOR], "withdrawal": notice}}, after)


def test_a_new_mayor_reaches_no_seat() -> None:
    """A seat is the city's; who leaves gives it up."""
    seats, before = "registry/committee/2026.yaml", voted()
    assert seats not in reached(before, with_mayor(before, "2026-03-10"))
    leaves = {**before[MAYOR], "withdrawal": {"received": "2026-05-02"}}
    assert seats in reached(before, {**before, MAYOR: leaves})


def test_another_country_reaches_every_assembly_and_a_note_none() -> None:
    """What a city is at all it was on every day."""
    held = "registry/meetings/2026-02-10-ga.yaml"
    before = {**voted(), held: meeting() | {"id": "2026-02-10-ga", "kind": "ga"}}
    before[APPROVAL] = {**before[VOTE], "id": "GA-2026-001", "body": "general-assembly"}
    del before[APPROVAL]["ballots"]
    for key, value, reaches in (("country", "RO", True), ("note", "A word", False)):
        after = {**before, MAYOR: {**before[MAYOR], key: value}}
        assert reached(before, after).issuperset({held, APPROVAL}) is reaches


def test_a_declaration_reaches_the_votes_since() -> None:
    before = voted()
    for signed, votes in (("2026-03-10", {VOTE}), ("2026-03-11", set())):
        city = {**before[MAYOR], "declaration": {"signed": signed}}
        signs = {**before, MAYOR: city}
        renamed = {**before, MAYOR: {**city, "name": "Another"}}
        assert reached(before, signs) & {VOTE} == reached(signs, before) & {VOTE} == votes
        assert VOTE in reached(before, renamed)


def test_what_is_filed_after_a_meeting_reaches_duties_alone() -> None:
    """Whether members were told of a vote; nothing that is refused asks for that."""
    place, before = f"registry/meetings/{MEETING}.yaml", voted()
    sent = [{"sent": "2026-03-12", "to": "members"}]
    for key, filed, grave in (("dispatches", sent, False), ("closes", "2026-03-10", True)):
        after = {**before, place: {**before[place], key: filed}}
        assert VOTE in reached(before, after)
        assert (VOTE in reached(before, after, GRAVE)) == grave


def test_a_vote_that_is_not_closed_is_reached_by_any_mayor() -> None:
    before = voted(state="open")
    del before[VOTE]["closed"]
    assert VOTE in reached(before, with_mayor(before, "2026-09-01"))


def test_who_asks_how_long_a_mandate_lasts_is_reached_by_any_mayor() -> None:
    before = voted(matter="candidates", term=2027, candidates=[SEVEN[3]])
    assert VOTE in reached(before, with_mayor(before, "2026-09-01"))


def test_a_new_mayor_reaches_a_vote_whose_words_mislead() -> None:
    """Words elsewhere than at its end, a meeting that was moved, and an end that was corrected."""
    place, day = f"registry/meetings/{MEETING}.yaml", "2026-06-01"
    before = voted()
    moved = {"moved": [{"from": "2026-03-10T10:00:00+03:00", "on": "2026-03-01"}]}
    later = {**before, place: {**meeting(), **moved, "opens": f"{day}T10:00:00+03:00"}}
    assert VOTE in reached(later, with_mayor(later, day))
    early = {"INT-01": {"closed": "rejected", "meeting": "rejected"}}
    last = {"readings": {"verdict": "turns", "on": early}, **before[VOTE], "closed": day}
    reordered = {**before, VOTE: {"id": last.pop("id"), **last}}
    assert VOTE in reached(reordered, with_mayor(reordered, day))
    titled = {**before, VOTE: {**before[VOTE], "title": 'It says "closed":"2026-01-01" here'}}
    corrected = {**titled, CORRECTION: {**CORRECTED, "is": day}}
    assert VOTE in reached(corrected, with_mayor(corrected, day))
    assert VOTE not in reached(titled, with_mayor(titled, day))


def approved(term: int = 2027) -> Records:
    """The candidates of a term, and the Assembly's approval, which does not name that decision."""
    ours, theirs = (
        {"id": name, "body": body, "matter": matter, "title": "t", "state": "adopted"}
        for name, body, matter in (
            ("EC-2026-002", "executive-committee", "candidates"),
            ("GA-2026-001", "general-assembly", "presidency"),
        )
    )
    return {
        **records(),
        CANDIDATES: {**ours, "closed": "2026-03-10", "term": 2027, "candidates": list(SEVEN[:2])},
        APPROVAL: {**theirs, "closed": "2026-04-10", "term": term, "candidates": [SEVEN[1]]},
    }


def test_candidates_that_change_reach_the_approval() -> None:
    """Altered, taken away, come late: the approval rests on them without naming them."""
    before, other = approved(), approved(2029)
    fewer = {**before, CANDIDATES: {**before[CANDIDATES], "candidates": [SEVEN[0]]}}
    gone = {path: record for path, record in before.items() if path != CANDIDATES}
    moved = {**before, CANDIDATES: {**before[CANDIDATES], "term": 2028}}
    for was, now in ((before, fewer), (before, gone), (gone, before), (before, moved)):
        assert {APPROVAL, "registry/presidencies/2027.yaml"} <= reached(was, now)
    assert APPROVAL not in reached(other, {**other, CANDIDATES: fewer[CANDIDATES]})


def annulling(before: Records, annulled: str) -> set[str]:
    """What is reached by a decision that annuls another."""
    name = "registry/decisions/2026/GA-2026-002.yaml"
    decision = {
        "id": "GA-2026-002",
        "body": "general-assembly",
        "matter": "annulment",
        "title": "t",
        "state": "adopted",
        "closed": "2026-05-02",
        "annuls": annulled,
        "effect": "ex-tunc",
    }
    return reached(before, {**before, name: decision})


def test_an_annulled_election_reaches_the_votes_of_those_elected() -> None:
    """The committee names the election; the votes of its year name neither."""
    before = {**approved(), **voted()}
    committee = before["registry/committee/2026.yaml"]
    seats = [{**committee["seats"][3], "ground": "GA-2026-001"}, *committee["seats"][4:]]
    before["registry/committee/2026.yaml"] = {**committee, "seats": seats}
    assert {VOTE, "registry/committee/2026.yaml"} <= annulling(before, "GA-2026-001")
    assert VOTE not in annulling({**approved(), **voted()}, "EC-2026-002")


def test_an_annulled_admission_reaches_the_assemblies_after_it() -> None:
    """Who is a member counts in a vote that names neither the city nor its admission."""
    admission = {"matter": "admission", "subject": "members/ba-brezna-luka"}
    before = {**approved(), **voted(**admission)}
    assert APPROVAL in annulling(before, "EC-2026-001")
    assert APPROVAL not in annulling({**approved(), **voted()}, "EC-2026-001")


def test_who_is_a_member_reaches_the_assemblies_and_summits_since() -> None:
    """They ask of every member, and name none."""
    kinds = {f"registry/meetings/2026-0{m}-10-{k}.yaml" for m in (1, 4) for k in ("ga", "summit")}
    before = records() | {p: {"id": p[18:-5], "kind": p[29:-5], "title": "t"} for p in kinds}
    before = {
        p: {**r, "opens": f"{p[18:28]}T10:00+03:00"} if p in kinds else r for p, r in before.items()
    }
    leaves = {**before[MAYOR], "withdrawal": {"received": "2026-02-01"}}
    found = reached(before, {**before, MAYOR: leaves})
    assert found & kinds == {path for path in kinds if "-04-" in path}


def test_what_the_register_says_of_itself_bears_on_all() -> None:
    place, before = "registry/network.yaml", voted()
    others = before.keys() - {place}
    for key in ("opened", "status", "complete", "dissolution"):
        assert reached(before, {**before, place: {**before[place], key: "other"}}) == others
    named = {**before[place], "founding_president": {"name": "Ana Primer"}}
    assert reached(before, {**before, place: named}) < others


def test_a_duty_that_is_acknowledged_reaches_where_it_shows() -> None:
    """At its record, at the network's, and at every group: a group's duties show there."""
    place, group, other = (
        f"registry/{p}.yaml" for p in ("duties/2026", "groups/water", "groups/air")
    )
    before = {**voted(), group: {"id": "water"}, other: {"id": "air"}, place: {"acknowledged": []}}
    entry = {"duty": "members-informed", "of": "EC-2026-001", "on": "2026-05-02"}
    found = reached(before, {**before, place: {"acknowledged": [entry]}})
    assert {VOTE, "registry/network.yaml", group, other} <= found
    assert f"registry/meetings/{MEETING}.yaml" not in found


def test_everyday_facts_reach_few() -> None:
    """A contact, a new member elsewhere: nothing that was decided before is asked again."""
    before = voted()
    contact = {**before[MAYOR], "contact": {"email": "office@example.org"}}
    assert VOTE not in reached(before, {**before, MAYOR: contact})
    paper = {"received": "2026-05-02", "document": {"sha256": SHA}}
    city = "registry/members/ba-brezna-luka.yaml"
    leaves = {**before, city: {**before[city], "withdrawal": paper}}
    assert reached(before, leaves) == set()


def test_a_decision_on_a_city_whose_day_moves_reaches_what_met_since_the_earlier_one() -> None:
    """Whichever of the two states has it, and whether the day goes back or forth.

    An Assembly whoever was there, any other meeting where the city is named.
    """
    suspends = {"matter": "suspension", "subject": f"members/{SEVEN[3]}", "term": 2026}
    named = {"ga": SEVEN[:3], "ec": SEVEN}
    met = {
        f"registry/meetings/2026-{day}-{kind}.yaml": meeting(there)
        | {"id": f"2026-{day}-{kind}", "kind": kind, "opens": f"2026-{day}T10:00:00+03:00"}
        for day in ("03-09", "04-10")
        for kind, there in named.items()
    }
    states = [voted(closed=day, **suspends) | met for day in ("2026-03-10", "2026-05-10")]
    states.append(voted(closed=None, state="open", **suspends) | met)
    for before, after, since in ((0, 1, "03-10"), (1, 0, "03-10"), (2, 0, "03-10"), (2, 1, "05")):
        asked = set(_of_decisions(registry(states[before]), registry(states[after]), VOTE))
        assert asked & met.keys() == {p for p in met if p > f"registry/meetings/2026-{since}"}
        assert asked - {VOTE} <= reached(states[before], states[after])
        assert not any("presidencies" in path for path in asked)


MET = "registry/meetings/2026-03-10-ec.yaml"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"id":"EC-2026-001","closed":"2026-03-10"}', ("2026-03-10", "")),
        ('{"closed":"2026-03-10","meeting":"2026-03-10-ec"}', ("2026-03-10", MET)),
        ('{"meeting":"2026-03-10-ec","closed":"2026-03-10"}', ("2026-03-10", MET)),
        ('{"meeting":"2026-03-10-ec"}', (NEVER, "")),
        ('{ "closed":"2026-03-10"}', (NEVER, "")),
        ('was: "closed":"2026-03-10"', (NEVER, "")),
        ('{"matter":"presidency","closed":"2026-03-10"}', (NEVER, "")),
        ("", (NEVER, "")),
    ],
)
def test_what_the_words_of_a_decision_tell_of_its_end(text: str, told: tuple[str, str]) -> None:
    """Nothing where it is asked how long a mandate lasts, nor of a text that was corrected."""
    assert _closing(text) == told


def test_who_annuls_an_annulment_reaches_what_it_had_annulled() -> None:
    """A suspension that runs again is one beside the President's of May."""
    city = "members/ba-brezna-luka"
    before = voted(matter="suspension", subject=city, grounds="Silence")

    def further(name: str, **more: Any) -> Records:
        held = {**before[VOTE], "id": name, "matter": "annulment", "subject": "network", **more}
        return {f"registry/decisions/2026/{name}.yaml": held}

    alone = {"body": "president", "closed": "2026-05-11", "matter": "suspension", "subject": city}
    before |= further("EC-2026-002", annuls="EC-2026-001", effect="ex-tunc", closed="2026-04-08")
    before |= further("PR-2026-001", **alone)
    outer = further("EC-2026-003", annuls="EC-2026-002", effect="ex-nunc", closed="2026-04-08")
    assert "registry/decisions/2026/PR-2026-001.yaml" in reached(before, before | outer)
    # Two that annul each other lead nowhere for ever.
    round_about = further("EC-2026-002", annuls="EC-2026-003", effect="ex-tunc")
    assert reached(before, before | outer | round_about)


def test_of_a_year_s_decisions_those_of_the_assembly_are_asked_for() -> None:
    """From that year on, and none that stands behind them in its folder."""
    names = [
        f"{year}/{body}-{year}-00{n}"
        for year in (2026, 2027, 2028)
        for body in ("EC", "GA", "IS", "PR")
        for n in (1, 2)
    ]
    content = {f"registry/decisions/{name}.yaml": {"id": name[5:]} for name in names}
    found = list(_of_assemblies(Registry(PlainRecords(content)), "registry/decisions/2027"))
    assert found == [p for p in content if "GA-" in p and "/2026/" not in p]
