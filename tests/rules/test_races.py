"""What an election is about, and how its count turns: each reading by its words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision, decision_of, path_of
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.committee.art13_election import as_an_election, told_before
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.terms import counts_as_a_term, elections, term_of, terms_in_a_row
from b40cli.rules.votes.carried import carried_wrongly
from b40cli.rules.votes.closed_election import _as_closed
from b40cli.rules.votes.contest import Race, bars_of, race_of
from b40cli.rules.votes.election import Contest
from b40cli.rules.votes.outcome import Outcome
from b40cli.rules.votes.vote import Recount, recount
from tests.caselaw import changed, stock_records
from tests.invented import OTHERS, SEVEN, SHA, SOURCE, Records, records, registry

DAY = date(2027, 1, 26)
EVERYBODY = (*SEVEN, *OTHERS)
B, A, M, S = "bg-vodengrad", "al-aldmar", "me-zalivgrad", "si-jezerna"
X, R, T, V = "xk-gurmal", "ba-brezna-luka", "tr-camliova", "ro-valea-alba"
GONE = {"until": "2026-12-01", "ended_by": {"resigned": "2026-12-01", "to": [], "document": {}}}
STOCK = ("January session", "candidates", "handover")


def network(*more: dict[str, Any], **adopted: str) -> Records:
    """The January session under rule set 2, with further records and readings in force."""
    content = records(2)
    for name in STOCK:
        changed(content, stock_records()[name])
    for changes in more:
        changed(content, changes)
    for point, reading in adopted.items():
        taken = {"from": "2026-01-05", "reading": reading, "by": "provisional"}
        path = f"statutes/interpretations/{point.replace('_', '-')}"
        changed(content, {path: {"adopted": [taken]}})
    return content


def as_put(**more: Any) -> dict[str, Any]:
    """The record of an election that is put to the session."""
    whole: dict[str, Any] = {"id": "GA-2027-009", "body": "general-assembly", "item": 9}
    whole |= {"matter": "committee-election", "meeting": "2027-01-26-ga", "state": "open"}
    return {**whole, "title": "Election", "term": 2027, **more}


def put(**more: Any) -> Decision:
    """The same as a fact."""
    return decision_of(path_of("GA-2027-009"), as_put(**more))


def race(content: Records, *cities: str, day: date = DAY, **more: Any) -> Race:
    """The race of an election with these candidates."""
    known = registry(content)
    return race_of(known, put(candidates=list(cities), **more), day, law_on(known, DAY))


def rules(found: Race) -> dict[str, str]:
    return {city: bar.rule for city, bar in found.kept_out().items()}


def counted(content: Records, **more: Any) -> Outcome:
    """An election counted; `votes` gives so many by name, one voter after the other."""
    votes = more.pop("votes", None)
    if votes is not None:
        at, more["choices"] = 0, {}
        for city, n in votes.items():
            more["choices"][city] = [EVERYBODY[(at + k) % len(EVERYBODY)] for k in range(n)]
            at += n
    decision = put(**more)
    found = recount(Case(None, registry(content), DAY), decision)
    assert isinstance(found, Recount)
    assert found.outcome is not None
    return found.outcome


def turns(found: Outcome, point: str) -> dict[str, Any]:
    told: dict[str, Any] = found.readings.get("on", {}).get(point, {})
    return told


def test_the_regular_election_has_four_free_seats() -> None:
    """Whatever is filled in the term before; who sits by office stays."""
    found = race(network(), X)
    assert (found.term, found.free, found.regular) == (2027, 4, True)
    assert {held.seat for held in found.staying} == {"president", "former"}


@pytest.mark.parametrize(("ended", "free"), [(0, 0), (1, 1), (2, 2)])
def test_an_attested_committee_leaves_what_was_resigned(ended: int, free: int) -> None:
    """An election for the term that is attested is one for the rest of it."""
    seats = {f"seats.{n}.{key}": value for n in range(3, 3 + ended) for key, value in GONE.items()}
    found = race(network({"committee/2026": seats}), X, term=2026)
    assert (found.free, found.regular) == (free, False)
    assert rules(race(network(), A, term=2026)) == {A: "committee-composition"}


def test_a_seat_of_an_earlier_term_is_left_alone_in_a_term_that_began() -> None:
    """One elected seat of 2027 is attested, and three of 2026 were never ended: none is free."""
    attested = {"seat": "elected-1", "city": X, "source": SOURCE, "from": "2027-01-20"}
    begun = {"committee/2027": {"year": 2027, "seats": [attested]}}
    found = race(network(begun, {"committee/2026": {"seats.3.until": "2027-01-20"}}), V)
    assert (found.free, found.regular) == (0, False)


def test_a_closed_election_fills_what_was_free_then() -> None:
    """That a second seat had been resigned is learnt later: the one that was filled is counted."""
    two = {f"seats.{n}.{key}": value for n in (5, 6) for key, value in GONE.items()}
    won = {"seat": "elected-3", "city": X, "ground": "GA-2027-009", "from": str(DAY)}
    content = network({"committee/2026": two})
    content["registry/committee/2026.yaml"]["seats"].append(won)
    closed = {
        "state": "adopted",
        "closed": str(DAY),
        "term": 2026,
        "choices": _choices({X: 7, V: 5}),
        "count": {"elected": [X]},
        "seats": {"free": 1, "of": 2026},
    }
    content[path_of("GA-2027-009")] = as_put(**closed)
    known = registry(content)
    decision = known.decision("GA-2027-009")
    assert decision is not None
    found = recount(Case(None, known, DAY), decision)
    assert isinstance(found, Recount) and found.outcome is not None and found.race is not None
    assert (found.race.free, found.outcome.elected) == (1, (X,))


def test_what_a_closed_election_turned_on_is_no_note() -> None:
    """A term that lapsed as INT-30 is read leaves room for one more of its country.

    Told when it closes; then the seats are frozen, and the record is not held against them.
    """
    content = records(2)
    for name in STOCK[:2]:
        changed(content, stock_records()[name])
    content["registry/meetings/2027-01-26-ga.yaml"]["agenda"] = []
    changed(content, {f"members/{city}": {"country": "HR"} for city in (B, X)})
    changed(content, {"committee/2026": {f"seats.5.{key}": value for key, value in GONE.items()}})
    held: dict[str, Any] = {"term": 2026, "seats": {"free": 1, "of": 2026}}
    held["choices"] = _choices({X: 7, V: 5})
    content[path_of("GA-2027-009")] = as_put(**held)
    before = recount(Case(None, known := registry(content), DAY), _election(known))
    assert isinstance(before, Recount) and before.outcome is not None and before.race is not None
    found = before.outcome
    assert (found.elected, turns(found, "INT-30")) == ((V,), {"anniversary": [X]})
    held |= {"state": "adopted", "closed": str(DAY), "count": found.as_record()}
    held |= {"readings": found.readings, "passed_over": [p._asdict() for p in found.passed_over]}
    seats = [{"seat": seat, "city": city} for seat, city in before.race.staying]
    content[path_of("GA-2027-009")] = as_put(**held, known={"seats": seats})
    case = Case(None, registry(content), DAY)
    assert not list(carried_wrongly(case, _election(case.after)))


def _election(known: Registry) -> Decision:
    decision = known.decision("GA-2027-009")
    assert decision is not None
    return decision


LEAVES = {f"members/{X}": {"withdrawal": {"received": "2027-01-10", "document": {"sha256": SHA}}}}


@pytest.mark.parametrize(
    ("term", "point", "reading", "barred"),
    [
        (2027, "INT_38", "not-eligible", False),
        (2028, "INT_38", "not-eligible", True),
        (2028, "INT_38", "eligible-with-note", False),
        (2027, "INT_21", "yes", False),
        (2027, "INT_21", "no", True),
    ],
)
def test_who_leaves_may_be_elected_as_int_38_and_21_are_read(
    term: int, point: str, reading: str, barred: bool
) -> None:
    found = race(network(LEAVES, **{point: reading}), X, term=term)
    assert (X in found.bars) == barred


BY_ELECTION = {
    "decisions/2026/GA-2026-001": {
        "id": "GA-2026-001",
        "body": "general-assembly",
        "matter": "committee-election",
        "title": "By-election",
        "state": "adopted",
        "term": 2026,
    }
}


def part(day: str, also: tuple[int, ...] = (2025,), **adopted: str) -> Records:
    """Vodengrad, elected in these years and by a by-election of a day in 2026."""
    attested = {"seat": "elected-1", "city": B, "source": SOURCE}
    years = {
        f"committee/{year}": {
            "year": year,
            "seats": [{**attested, "from": f"{year}-01-20", "until": f"{year + 1}-01-05"}],
        }
        for year in also
    }
    won = {"seats.3.ground": "GA-2026-001", "seats.3.from": day, "seats.3.source": "gone"}
    content = network(years, BY_ELECTION, {"committee/2026": won}, **adopted)
    changed(content, {"decisions/2026/GA-2026-001": {"closed": day}})
    del content["registry/committee/2026.yaml"]["seats"][3]["source"]
    return content


@pytest.mark.parametrize(
    ("day", "reading", "barred"),
    [
        # The term lasted from 5 January 2026 to 26 January 2027: 386 days, of which 193 are half.
        ("2026-07-17", "under-half-does-not", True),
        ("2026-07-18", "under-half-does-not", False),
        ("2026-07-18", "yes", True),
        ("2026-12-01", "under-half-does-not", False),
        ("2026-12-01", "yes", True),
    ],
)
def test_a_part_of_a_term(day: str, reading: str, barred: bool) -> None:
    """Half of the days between the two handovers is a term; a day less is not (INT-46)."""
    found = race(part(day, INT_46=reading), B)
    assert (rules(found).get(B) == "two-consecutive-terms") == barred


def test_a_part_to_come_counts_from_its_half() -> None:
    """What whoever is elected now would hold: the same half of the same days."""
    content = registry(part("2026-07-17", INT_46="under-half-does-not"))
    days = [date(2026, 7, 17), date(2026, 7, 18)]
    assert [counts_as_a_term(content, 2026, d, law_on(content, d)) for d in days] == [True, False]


def test_an_election_is_for_the_term_it_names_or_its_day_s() -> None:
    vote = registry(part("2026-07-17")).decision("GA-2026-001")
    assert vote is not None
    assert term_of(vote, date(2027, 1, 26)) == (vote.term or 2027)
    assert term_of(vote._replace(term=None), date(2027, 1, 26)) == 2027
    assert term_of(vote._replace(term=2028), None) == 2028


def test_a_part_that_does_not_count_is_no_break_either() -> None:
    """Two whole terms before it, and the part: the city has had its two."""
    content = part("2026-12-01", also=(2024, 2025), INT_46="under-half-does-not")
    assert rules(race(content, B)) == {B: "two-consecutive-terms"}


OF_AL = {f"members/{city}": {"country": "AL"} for city in (R, "hr-kamenik")}


def test_the_cap_counts_all_seats_or_the_elected() -> None:
    """Of a country that has a seat by office one more may sit, or two (INT-11)."""
    assert race(network(OF_AL), A, R).room == {"AL": 1}
    assert race(network(OF_AL, INT_11="elected-seats"), A, R).room == {"AL": 2}
    found = counted(network(OF_AL), votes={A: 4, R: 3, X: 2, B: 1})
    assert found.elected == (A, X, B)
    assert turns(found, "INT-11") == {"elected-seats": [A, R, X, B]}
    assert turns(found, "INT-42") == {"election-void": "invalid"}


LEADS = {
    "groups/local-climate-action": {
        "id": "local-climate-action",
        "name": "Local Climate Action",
        "kind": "permanent",
        "leaders": [{"city": T, "from": {"by": "2026-01-05"}, "source": SOURCE}],
    }
}
AL = {f"members/{city}": {"country": "AL"} for city in (R, T)}


def test_the_fewest_votes_or_the_last_elected() -> None:
    """A leader with priority was elected first; by its votes it would go (INT-43)."""
    found = counted(network(LEADS, AL), choices=_choices({A: 12, R: 11, T: 8, X: 3}))
    assert found.elected == (T, A, X)
    assert [tuple(each) for each in found.passed_over] == [(R, "two-cities-per-country")]
    assert turns(found, "INT-43") == {"fewest-votes": [A, R, X]}


def _choices(votes: dict[str, int]) -> dict[str, list[str]]:
    return {city: list(EVERYBODY[:n]) for city, n in votes.items()}


def test_a_void_election_elects_nobody() -> None:
    """Where that reading is in force; and the other one would have elected three."""
    found = counted(network(OF_AL, INT_42="election-void"), votes={A: 4, R: 3, X: 2, B: 1})
    assert (found.state, found.elected) == ("invalid", ())
    assert turns(found, "INT-42") == {"passed-over": [A, X, B]}


SECRET = {"secret": True}


def test_what_hangs_on_ballots_that_were_not_counted() -> None:
    """A leader with six of twelve who are there: of eleven ballots that would be a majority."""
    votes = {A: 9, R: 8, X: 8, B: 7, T: 6}
    told = counted(network(LEADS), **SECRET, tally={**votes, "ballots": 11})
    assert told.elected is not None and told.elected[0] == T
    assert "leaders-first-with-majority" not in turns(told, "INT-23")
    hidden = counted(network(LEADS), **SECRET, tally=votes)
    assert hidden.counted.majority.base == 12
    assert hidden.elected is not None and T not in hidden.elected
    assert turns(hidden, "INT-23")["leaders-first-with-majority"] == "not-computable"
    without = counted(network(), **SECRET, tally=votes)
    assert "not-computable" not in str(without.readings)


def test_a_reading_that_takes_a_voter_away_hides_what_was_on_the_ballot() -> None:
    """By INT-39 a represented member falls away: by name that is counted, in secret it may turn."""
    sent = dict.fromkeys(("secretary", "president"), "2027-01-20T09:00:00+03:00")
    paper = {"holder": A, "document": {"sha256": SHA}, "sent": sent}
    proxies = [{**paper, "principal": M, "revoked": "2027-01-25"}, {**paper, "principal": S}]
    call = {"n": 1, "at": "2027-01-26T10:00:00+03:00"}
    call["present"] = [city for city in EVERYBODY if city not in (M, S)]
    met = {"meetings/2027-01-26-ga": {"proxies": proxies, "roll_calls": [call]}}
    close = counted(network(met), **SECRET, tally={A: 5, R: 5, X: 5, B: 4, V: 3, "ballots": 11})
    assert turns(close, "INT-39") == {"holder-stays-bound": "not-computable"}
    clear = counted(network(met), **SECRET, tally={A: 9, R: 9, X: 9, B: 7, V: 3, "ballots": 11})
    assert turns(clear, "INT-39") == {}


def test_a_slate_turns_on_its_majority() -> None:
    """Six for, five against, one abstains: of the votes cast that carries, of those there not."""
    split = {"for": EVERYBODY[:6], "against": EVERYBODY[6:11], "abstain": EVERYBODY[11:]}
    ballots = {side: list(cities) for side, cities in split.items()}
    found = counted(network(), candidates=[A, R, X, B], ballots=ballots)
    assert (found.state, set(found.elected or ())) == ("adopted", {A, R, X, B})
    assert turns(found, "INT-17") == {"absolute-majority": []}
    assert turns(found, "INT-16") == {"absolute-majority": []}


def test_who_was_equal_when_it_closed_is_so_when_it_is_counted_again() -> None:
    """That one of the elected had left before is learnt later, and moves no count."""
    choices = _choices({A: 7, R: 5, T: 5, B: 4, X: 3, V: 2})
    then = counted(network(AL), choices=choices)
    assert (then.elected, then.tied) == ((A, B, X), (R, T))
    over = [each._asdict() for each in then.passed_over]
    kept = {"state": "adopted", "closed": str(DAY), "count": then.as_record(), "passed_over": over}
    left = {f"members/{X}": {"withdrawal": {"received": "2026-12-01"}}}
    again = counted(network(AL, left), choices=choices, **kept)
    assert (again.elected, again.tied) == ((A, B, X), (R, T))
    assert counted(network(AL, left), choices=choices).elected == (A, B, V)
    assert again.passed_over == then.passed_over


def test_a_seat_by_office_is_a_term_however_short() -> None:
    """Only an election can come late into a term (INT-46); all seats count here (INT-10)."""
    stock = {**stock_records()["election"], "committee/2027": {"seats.0.until": "2027-03-01"}}
    known = registry(network(stock, INT_10="all-seats", INT_46="no"))
    law = law_on(known, DAY)
    assert terms_in_a_row(known, "rs-srebrni-brod", 2027, DAY, law) == ((2027, 2026), (2027, 2026))


@pytest.mark.parametrize(
    ("tied", "passed", "barred", "countries"),
    [
        ([], [], {}, {}),
        ([], [X], {X: "two-cities-per-country"}, {}),
        ([V], [], {}, {V: "BG", S: "BG"}),
        ([V, X], [V], {}, {V: "BG", S: "BG", X: "HR"}),
        ([V], [X, V], {X: "two-cities-per-country"}, {V: "BG", S: "BG"}),
    ],
)
def test_a_closed_election_passes_over_whom_it_passed_over(
    tied: list[str], passed: list[str], barred: dict[str, str], countries: dict[str, str]
) -> None:
    """And nobody else; the country of those that were equal binds them again."""
    over = [{"city": city, "rule": "two-cities-per-country"} for city in passed]
    count = {"elected": [], **({"tied": tied} if tied else {})}
    contest = Contest(2, {A: "no-member"}, {V: "BG", S: "BG", X: "HR"})
    found = _as_closed(put(count=count, passed_over=over), contest)
    assert (found.barred, found.countries, found.free) == (barred, countries, 2)


NOTICE = {"withdrawal": {"received": "2027-01-05"}}
SAT_IN_2025 = {
    "committee/2025": {
        "year": 2025,
        "seats": [{"seat": "elected-1", "city": B, "source": SOURCE, "from": "2025-01-20"}],
    }
}


@pytest.mark.parametrize(
    ("city", "more", "readings", "bars"),
    [
        (X, {}, {}, []),
        ("at-nowhere", {}, {}, ["membership"]),
        (X, {f"members/{X}": {"withdrawal": {"received": "2025-12-05"}}}, {}, ["membership"]),
        (A, {}, {}, []),
        (SEVEN[2], {}, {}, ["office"]),
        (X, {f"members/{X}": NOTICE}, {}, []),
        (X, {f"members/{X}": NOTICE}, {"INT_21": "no"}, ["departure"]),
        (X, {f"members/{X}": {"withdrawal": {"received": "2026-12-05"}}}, {}, ["membership"]),
        (X, {f"members/{X}": NOTICE}, {"term": "2028"}, ["departure"]),
        (X, {f"members/{X}": NOTICE}, {"term": "2028", "INT_21": "no"}, ["departure"] * 2),
        (B, SAT_IN_2025, {}, ["terms in a row"]),
        (A, SAT_IN_2025, {}, []),
    ],
)
def test_what_keeps_a_city_out_of_an_election(
    city: str, more: dict[str, Any], readings: dict[str, str], bars: list[str]
) -> None:
    """By the words of what its end or its seats are: a later fact moves some of them, not all."""
    term = int(readings.get("term", 2027))
    known = registry(network(more, **{k: v for k, v in readings.items() if k != "term"}))
    law = law_on(known, DAY)
    found = race_of(known, put(candidates=[city], term=term), DAY, law)
    assert [bar.sort for bar in bars_of(known, city, found, Moment(DAY), law)] == bars


@pytest.mark.parametrize(("proposed", "told"), [("2027-01-26", 1), ("2021-12-01", 0)])
def test_of_an_election_before_any_encoded_edition_nothing_is_told(
    proposed: str, told: int
) -> None:
    """Nor of what is no election."""
    put_by = as_put(meeting=None, proposed=proposed, candidates=[SEVEN[2]])
    case = Case(None, registry(network() | {path_of("GA-2027-009"): put_by}), DAY)
    named, other = path_of("GA-2027-009"), f"registry/members/{X}.yaml"
    assert len([*told_before(case, named, "committee-composition")]) == told
    assert not [*told_before(case, other, "committee-composition")]
    assert not [*as_an_election(case, other)]
    assert bool([*as_an_election(case, named)]) is bool(told)


def test_elections_of_one_day_stand_in_the_order_of_their_items() -> None:
    """The first is the regular one, whatever its number; one without an item comes before all."""
    closed = {"state": "adopted", "closed": "2027-01-26"}
    content = network()
    for number, item in ((1, {"item": 9}), (2, {"item": 4}), (3, {})):
        name = f"GA-2027-00{number}"
        whole = as_put(id=name, **closed)
        del whole["item"]
        content[path_of(name)] = whole | item
    assert [d.id[-1] for d in elections(registry(content))] == ["3", "2", "1"]
