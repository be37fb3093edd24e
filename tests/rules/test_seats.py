"""The seven seats on a day, and who presides."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.day import Since
from b40cli.model.facts.committee import Presidency
from b40cli.model.state.registry import PARAMETERS
from b40cli.rules.articles.committee.art13_terms import may_be_elected
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.annulled import is_ended_by_nothing, runs_on_until
from b40cli.rules.facts.handover import item_of
from b40cli.rules.facts.presiding import presidency_of_day, stand_in_on
from b40cli.rules.facts.seats import TERM, end_of, lapsed, presidency_on, president_on, seats_on
from b40cli.rules.facts.tenures import as_held, seats_held, terms_held
from b40cli.rules.facts.terms import terms_in_a_row
from tests.invented import (
    DAY,
    OPENED,
    OTHERS,
    SEATS,
    SEVEN,
    SOURCE,
    Records,
    copied,
    records,
    registry,
)

COMMITTEE = "registry/committee/2026.yaml"
NETWORK = "registry/network.yaml"
HANDOVER = date(2027, 1, 26)


def held(content: Records, day: date) -> dict[str, str | None]:
    """Which seat is whose, on a day."""
    return {seated.seat: seated.city for seated in seats_on(registry(content), day)}


def states(content: Records, day: date) -> list[str]:
    """What each seat is, in the order of the seats."""
    return [seated.state for seated in seats_on(registry(content), day)]


def seats(content: Records) -> list[dict[str, Any]]:
    """The seats of the term, to be changed."""
    listed: list[dict[str, Any]] = content[COMMITTEE]["seats"]
    return listed


def incomplete() -> Records:
    """The records of a network whose committee is not known as a whole."""
    content = records()
    content[NETWORK]["complete"]["committee"] = None
    return content


def test_seven_seats_in_order() -> None:
    """All seven, always, in the order of the seats."""
    assert held(records(), DAY) == dict(zip(SEATS, SEVEN, strict=True))
    assert list(held(records(), DAY)) == list(SEATS)


def test_a_shorter_term_is_asked_of_a_state_that_knew_the_seats_already() -> None:
    """The months of a term are what a lapsed President's seat rests on, as the readings are."""
    content, day = records(), date(2026, 9, 1)
    point = content["registry/statutes/interpretations/INT-30.yaml"]
    point["adopted"][0]["reading"] = "anniversary"
    before = registry(content)
    assert seats_on(before, day)[0].state == "filled"
    listed = copied(content[PARAMETERS])
    (term,) = (p for p in listed["parameters"] if p["name"] == TERM)
    term["values"][-1]["value"] = 6
    after, anew = before.with_record(PARAMETERS, listed), registry({**content, PARAMETERS: listed})
    assert seats_on(after, day) == seats_on(anew, day)
    assert (seats_on(after, day)[0].state, seats_on(before, day)[0].state) == ("vacant", "filled")


def test_seat_that_ended() -> None:
    """Vacant from the day it ended, where the list is whole; held on the eve."""
    content = records()
    seats(content)[3]["until"] = "2026-03-10"
    assert states(content, date(2026, 3, 9))[3] == "filled"
    assert states(content, DAY) == [*["filled"] * 3, "vacant", *["filled"] * 3]
    assert held(content, DAY)["elected-1"] is None


def test_seat_that_changes_hands() -> None:
    """One holder's last day is the eve of the other's first."""
    content = records()
    seats(content)[3]["until"] = "2026-03-10"
    seats(content).append(
        {"seat": "elected-1", "city": OTHERS[0], "source": SOURCE, "from": "2026-03-10"}
    )
    assert held(content, date(2026, 3, 9))["elected-1"] == SEVEN[3]
    assert held(content, DAY)["elected-1"] == OTHERS[0]


def test_not_whole_is_not_vacant() -> None:
    """A seat no record covers is unknown where the list is not whole; never called vacant."""
    content = incomplete()
    del seats(content)[3]
    assert states(content, DAY)[3] == "unknown"
    content[NETWORK]["complete"]["committee"] = OPENED
    assert states(content, DAY)[3] == "vacant"


def test_whole_from_a_day_on() -> None:
    """Before the day from which the list is whole, an empty seat is unknown."""
    content = records()
    del seats(content)[3]
    content[NETWORK]["complete"]["committee"] = "2026-03-10"
    assert states(content, date(2026, 3, 9))[3] == "unknown"
    assert states(content, DAY)[3] == "vacant"


def test_city_nobody_knows() -> None:
    """A seat that somebody holds, nobody knows who, is unknown in a whole list too."""
    content = records()
    seats(content)[3]["city"] = "unknown"
    assert states(content, DAY)[3] == "unknown"
    assert held(content, DAY)["elected-1"] is None


def test_seats_that_follow_from_presidencies() -> None:
    """Where the list is not whole, the presidencies still say who presides and who did before."""
    content = incomplete()
    seats(content).clear()
    content["registry/presidencies/2026.yaml"]["attested"]["since"] = "2026-01-25"
    found = held(content, DAY)
    assert (found["president"], found["former"], found["next"]) == (SEVEN[0], SEVEN[1], None)
    assert states(content, DAY) == ["filled", "filled", *["unknown"] * 5]


def test_former_needs_the_day_of_the_handover() -> None:
    """Known only to have begun by a day, a presidency does not say who went before it."""
    content = incomplete()
    seats(content).clear()
    content["registry/presidencies/2026.yaml"]["attested"]["since"] = {"by": "2026-01-25"}
    assert held(content, DAY)["former"] is None


def test_presidency_lasts_until_the_handover() -> None:
    """A late handover: the term lasts until it, past the end of its year."""
    content = records()
    content["registry/presidencies/2027.yaml"] = {
        "year": 2027,
        "city": SEVEN[2],
        "handover": {"on": str(HANDOVER)},
    }
    asked = registry(content)
    for day, city in ((date(2027, 1, 25), SEVEN[0]), (HANDOVER, SEVEN[2])):
        presidency = presidency_on(asked, day)
        assert presidency is not None
        assert presidency.city == city


def test_planned_presidency_has_not_begun() -> None:
    """A presidency without a handover has not begun, whatever its year."""
    content = records()
    content["registry/presidencies/2027.yaml"] = {"year": 2027, "city": SEVEN[2]}
    found = presidency_on(registry(content), date(2027, 6, 1))
    assert found is not None
    assert found.city == SEVEN[0]


def test_no_presidency_before_the_first() -> None:
    """Before the first nobody presides."""
    asked = registry(incomplete())
    assert presidency_on(asked, date(2025, 1, 19)) is None
    assert president_on(asked, date(2025, 1, 19)) is None


def test_president_by_seat_then_by_presidency() -> None:
    """The seat says who presides; where it is vacant, the presidency does."""
    content = records()
    assert president_on(registry(content), DAY) == SEVEN[0]
    seats(content)[0]["city"] = OTHERS[0]
    assert president_on(registry(content), DAY) == OTHERS[0]
    del seats(content)[0]
    assert president_on(registry(content), DAY) == SEVEN[0]


def came_back(city: str) -> Records:
    """A city is removed in February, admitted again on 5 May, and signs on the tenth."""
    content = records()
    made = {"state": "adopted", "title": "A decision", "subject": f"members/{city}"}
    removal = {"id": "GA-2026-001", "body": "general-assembly", "matter": "removal", **made}
    admission = {"id": "EC-2026-001", "body": "executive-committee", "matter": "admission", **made}
    content["registry/decisions/2026/GA-2026-001.yaml"] = {**removal, "closed": "2026-02-10"}
    content["registry/decisions/2026/EC-2026-001.yaml"] = {**admission, "closed": "2026-05-05"}
    content[f"registry/members/{city}.yaml"] |= {
        "application": {"received": "2026-04-01", "outcome": "EC-2026-001"},
        "declaration": {"signed": "2026-05-10"},
        "removal": "GA-2026-001",
    }
    return content


def test_who_comes_back_does_not_take_up_the_seat_again() -> None:
    """A removed city lost its seat; admitted again it holds what it is given since."""
    city = SEVEN[3]
    content = came_back(city)
    days = [date.fromisoformat(day) for day in ("2026-02-09", "2026-02-10", "2026-05-10")]
    assert [held(content, day)["elected-1"] for day in days] == [city, None, None]
    seats(content)[3] |= {"until": "2026-06-15"}
    anew = {"seat": "elected-1", "city": city, "source": SOURCE, "from": "2026-06-15"}
    seats(content).append(anew)
    assert held(content, date(2026, 6, 15))["elected-1"] == city


def test_the_seat_of_who_came_back_is_asked_anew_where_its_membership_begins_otherwise() -> None:
    """Given on the sixth: to a member since the day before, or to a city that is none yet."""
    content, day = came_back(SEVEN[3]), date(2026, 5, 11)
    seats(content)[3]["from"] = "2026-05-06"
    asked = registry(content)
    law = law_on(asked, day)
    read = [law.varied("INT-14", point) for point in ("admission", "admission-and-declaration")]
    assert [seats_on(asked, day, each)[3].city for each in read] == [SEVEN[3], None]


def test_a_presidency_is_suspended_only_while_its_city_is() -> None:
    """Held by a city in good standing, or not known: neither is a suspension."""
    held = presidency_of_day(registry(records()), DAY)
    assert (held.state, held.city, held.suspended) == ("held", SEVEN[0], False)
    unknown = presidency_of_day(registry(incomplete()), date(2024, 12, 1))
    assert (unknown.state, unknown.city, unknown.suspended) == ("unknown", None, False)


def test_a_presidency_that_another_took_on_its_first_day_was_never_held() -> None:
    content = records()
    later = {"year": 2027, "city": SEVEN[2], "attested": {"since": OPENED, "source": SOURCE}}
    content["registry/presidencies/2027.yaml"] = later
    assert 2026 in {held.year for held in terms_held(registry(records()))}
    assert 2026 not in {held.year for held in terms_held(registry(content))}


def stood_in() -> Records:
    """Vodengrad stands in from 20 January 2027 on, by a resolution, until the handover."""
    content = records()
    content["registry/presidencies/2026.yaml"] = {
        "year": 2026,
        "city": SEVEN[0],
        "handover": {"on": OPENED},
        "stand_ins": [
            {"city": SEVEN[3], "by": "EC-2027-001", "from": "2027-01-20", "until": "2027-01-26"}
        ],
    }
    content["registry/presidencies/2027.yaml"] = {
        "year": 2027,
        "city": SEVEN[2],
        "handover": {"on": str(HANDOVER)},
    }
    content["registry/decisions/2027/EC-2027-001.yaml"] = {
        "id": "EC-2027-001", "state": "adopted", "closed": "2027-01-20",
        "body": "executive-committee", "matter": "resolution", "title": "Who stands in",
    }  # fmt: skip
    return content


@pytest.mark.parametrize(
    ("day", "side", "stands"),
    [
        (HANDOVER, "before", True),
        (HANDOVER, "after", False),
        (HANDOVER, None, False),
        (date(2027, 1, 25), None, True),
        (date(2027, 1, 19), None, False),
    ],
)
def test_who_stands_in_on_the_day_of_the_handover_does_so_before_it(
    day: date, side: str | None, stands: bool
) -> None:
    """Of one that is named on that very day it is true as well."""
    content = stood_in()
    found = stand_in_on(registry(content), day, side)
    assert (found.city if found else None) == (SEVEN[3] if stands else None)
    named = content["registry/presidencies/2026.yaml"]["stand_ins"][0]
    named.update({"from": str(HANDOVER), "until": None})
    content["registry/decisions/2027/EC-2027-001.yaml"]["closed"] = str(HANDOVER)
    on_the_day = stand_in_on(registry(content), day, side)
    assert (on_the_day is not None) is (stands and day == HANDOVER)


@pytest.mark.parametrize(
    ("reading", "matter", "ended_by", "ended"),
    [
        ("presidency-too", "committee-dismissal", "GA-2026-007", True),
        ("seat-alone", "committee-dismissal", "GA-2026-007", False),
        ("presidency-too", "resolution", "GA-2026-007", False),
        ("presidency-too", "committee-dismissal", "EC-2026-007", False),
    ],
)
def test_a_dismissal_ends_the_presidency_where_it_is_read_so(
    reading: str, matter: str, ended_by: str, ended: bool
) -> None:
    content = records()
    seats(content)[0] |= {"until": "2026-05-02", "ended_by": ended_by}
    for name, body in (("GA-2026-007", "general-assembly"), ("EC-2026-007", "executive-committee")):
        content[f"registry/decisions/2026/{name}.yaml"] = {
            "id": name, "body": body, "matter": matter, "state": "adopted",
            "closed": "2026-05-02", "title": "Dismissed",
        }  # fmt: skip
    asked = registry(content)
    law = law_on(asked, DAY)
    law = law._replace(readings={**law.readings, "INT-36": reading})
    start = Since(date.fromisoformat(OPENED), True)
    term = Presidency("", 2026, SEVEN[0], None, start, SOURCE, None)
    assert lapsed(asked, term, date(2026, 5, 2), law) is ended
    assert not lapsed(asked, term, date(2026, 5, 1), law)


def decided(content: Records, name: str, matter: str, closed: str, **more: Any) -> None:
    """A closed decision of the Assembly or the committee, adopted unless it is said."""
    body = "general-assembly" if name.startswith("GA") else "executive-committee"
    content[f"registry/decisions/{name[3:7]}/{name}.yaml"] = {
        "id": name, "body": body, "matter": matter, "state": "adopted", "closed": closed,
        "title": "t", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "ended_by", "effect", "end"),
    [
        ("adopted", None, None, "2027-06-01"),
        ("rejected", None, None, "2027-01-26"),
        (None, None, None, "2027-01-26"),
        ("adopted", {"resigned": "2027-01-26"}, None, "2027-01-26"),
        ("adopted", None, "ex-nunc", "2027-03-01"),
        ("adopted", None, "ex-tunc", "2027-01-26"),
    ],
)
def test_a_seat_that_a_resolution_extends(
    state: str | None, ended_by: Any, effect: str | None, end: str
) -> None:
    """Where it carried and stands; what ended the seat in the meantime ended it all the same."""
    content = records()
    extended = {"by": "EC-2026-009", "until": "2027-06-01"}
    seats(content)[3] |= {"until": "2027-01-26", "ended_by": ended_by, "extended": extended}
    if state:
        decided(content, "EC-2026-009", "resolution", "2026-12-01", state=state)
    if effect:
        annulled = {"annuls": "EC-2026-009", "effect": effect}
        decided(content, "EC-2027-001", "annulment", "2027-03-01", **annulled)
    asked = registry(content)
    assert end_of(asked, asked.seats()[3]) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("n", "ground", "state", "vacated"),
    [
        (3, "GA-2026-007", "adopted", True),
        (3, "GA-2026-007", "rejected", False),
        (3, "EC-2026-007", "adopted", False),
        (2, "presidencies/2027", "adopted", True),
        (2, "presidencies/2028", "adopted", False),
        (1, "presidencies/2027", "adopted", False),
    ],
)
def test_a_seat_whose_decision_was_annulled_is_vacant_since(
    n: int, ground: str, state: str, vacated: bool
) -> None:
    """Of the Assembly's: an election, or the approval of the next President."""
    content = records()
    term = {"year": 2027, "city": SEVEN[2], "approved": "GA-2026-007"}
    content["registry/presidencies/2027.yaml"] = term
    seats(content)[n] |= {"ground": ground, "source": None}
    for body in ("GA", "EC"):
        decided(content, f"{body}-2026-007", "resolution", OPENED, state=state)
        annulled = {"annuls": f"{body}-2026-007", "effect": "ex-nunc"}
        decided(content, f"{body}-2026-008", "annulment", "2026-05-02", **annulled)
    assert states(content, date(2026, 5, 1)) == ["filled"] * 7
    assert states(content, date(2026, 5, 2))[n] == ("vacant" if vacated else "filled")


@pytest.mark.parametrize(
    ("year", "served"), [(2026, (2026,)), (2027, (2027, 2026)), (2028, (2028, 2027, 2026))]
)
def test_terms_in_a_row_are_counted_up_to_the_year(year: int, served: tuple[int, ...]) -> None:
    content = records()
    for term in (2027, 2028):
        seat = {"seat": "elected-1", "city": SEVEN[3], "source": SOURCE, "from": f"{term}-01-20"}
        content[f"registry/committee/{term}.yaml"] = {"year": term, "seats": [seat]}
    asked = registry(content)
    assert terms_in_a_row(asked, SEVEN[3], year, DAY, law_on(asked, DAY)) == (served, served)


@pytest.mark.parametrize(
    ("rule_set", "whole", "day", "until", "served"),
    [
        (2, "2026-01-05", date(2028, 1, 20), "2026-11-05", (2028,)),
        # Who sat in 2027 may be missing; or 2027 is still to come; or nobody was elected in it.
        (2, "2027-02-01", date(2028, 1, 20), "2026-11-05", (2028, 2026)),
        (2, "2026-01-05", date(2027, 1, 1), "2026-11-05", (2028, 2026)),
        (2, "2026-01-05", date(2028, 1, 20), None, (2028, 2026)),
        (1, "2026-01-05", date(2028, 1, 20), "2026-11-05", (2028, 2026)),
    ],
)
def test_a_term_in_which_nobody_sat_is_a_break(
    rule_set: int, whole: str, day: date, until: str | None, served: tuple[int, ...]
) -> None:
    content = records(rule_set)
    seat = {"seat": "elected-1", "city": SEVEN[3], "source": SOURCE, "from": "2028-01-20"}
    content["registry/committee/2028.yaml"] = {"year": 2028, "seats": [seat]}
    content["registry/network.yaml"]["complete"]["committee"] = whole
    if until:
        content["registry/committee/2026.yaml"]["seats"][3]["until"] = until
    asked = registry(content)
    assert terms_in_a_row(asked, SEVEN[3], 2028, day, law_on(asked, day)) == (served, served)


@pytest.mark.parametrize(
    ("told", "agenda", "item"),
    [
        ({"at": "2027-01-26-ga", "item": 2}, [{"item": 4, "kind": "handover"}], 2),
        (
            {"at": "2027-01-26-ga"},
            [{"item": 1, "kind": "other"}, {"item": 4, "kind": "handover"}],
            4,
        ),
        ({"at": "2027-02-01-ga", "item": 2}, [{"item": 1, "kind": "other"}], None),
        (None, [], None),
    ],
)
def test_the_item_of_a_handover_is_its_own_or_the_agendas(
    told: dict[str, Any] | None, agenda: list[dict[str, Any]], item: int | None
) -> None:
    content = records() | {
        "registry/meetings/2027-01-26-ga.yaml": {
            "id": "2027-01-26-ga", "kind": "ga", "opens": "2027-01-26T10:00:00+03:00",
            "title": "Assembly", "agenda": agenda,
        },
    }  # fmt: skip
    meeting = registry(content).meeting("2027-01-26-ga")
    assert meeting is not None
    handed = Presidency("", 2027, SEVEN[2], None, None, None, None, handover=told)
    assert item_of(handed, meeting) == item


@pytest.mark.parametrize(("effect", "ended"), [("ex-tunc", True), ("ex-nunc", False)])
def test_what_was_never_taken_ended_no_seat(effect: str, ended: bool) -> None:
    content = records(2)
    seats(content)[3] |= {"until": "2026-05-02", "ended_by": "GA-2026-007"}
    annulled = {"annuls": "GA-2026-007", "effect": effect}
    for name, matter, more in (
        ("GA-2026-007", "committee-dismissal", {}),
        ("GA-2026-008", "annulment", annulled),
    ):
        content[f"registry/decisions/2026/{name}.yaml"] = {
            "id": name, "body": "general-assembly", "matter": matter, "state": "adopted",
            "closed": "2026-05-02", "title": "A decision", **more,
        }  # fmt: skip
    asked = registry(content)
    assert [is_ended_by_nothing(asked, seat) for seat in asked.seats()][2:4] == [False, ended]


@pytest.mark.parametrize("effect", ["ex-tunc", "ex-nunc"])
def test_a_handover_to_a_term_that_was_never_approved_ended_no_seat_by_office(effect: str) -> None:
    """It runs on to the next handover that stands; what ended on another day has ended."""
    content = records(2)
    ended = ("2027-01-26", "2026-12-01", None)
    for seat, until in zip(seats(content), ended, strict=False):
        seat["until"] = until
    for year, day in ((2027, "2027-01-26"), (2028, "2028-01-20")):
        content[f"registry/presidencies/{year}.yaml"] = {
            "year": year, "city": SEVEN[2], "approved": f"GA-{year}-007", "handover": {"on": day},
        }  # fmt: skip
    content["registry/decisions/2027/GA-2027-008.yaml"] = {
        "id": "GA-2027-008", "body": "general-assembly", "matter": "annulment", "state": "adopted",
        "closed": "2027-05-02", "title": "t", "annuls": "GA-2027-007", "effect": effect,
    }  # fmt: skip
    asked = registry(content)
    never = effect == "ex-tunc"
    assert [is_ended_by_nothing(asked, s) for s in asked.seats()[:3]] == [never, False, False]
    assert runs_on_until(asked, asked.seats()[0]) == date(
        2028 if never else 2027, 1, 20 if never else 26
    )


def elected_again(*years: int, city: str = SEVEN[3]) -> Records:
    """The records with an elected seat of a city in these terms, too."""
    content = records()
    for year in years:
        seat = {"seat": "elected-1", "city": city, "source": SOURCE, "from": f"{year}-01-20"}
        content[f"registry/committee/{year}.yaml"] = {"year": year, "seats": [seat]}
    return content


@pytest.mark.parametrize(
    ("content", "city", "year", "why"),
    [
        (records(), SEVEN[3], 2027, None),
        (
            elected_again(2027),
            SEVEN[3],
            2028,
            "sat in 2026 and 2027, and 2 terms in a row are the most",
        ),
        (elected_again(2027), SEVEN[3], 2027, None),
        (elected_again(2027, city=OTHERS[0]), SEVEN[3], 2028, None),
        (elected_again(2027), SEVEN[4], 2028, None),
        (elected_again(2027, city="unknown"), SEVEN[3], 2028, "undetermined: a seat of"),
        (records(), SEVEN[0], 2027, "sits by office"),
        (records(), SEVEN[2], 2027, "sits by office"),
        (records(), OTHERS[0], 2027, None),
    ],
)
def test_who_may_be_elected(content: Records, city: str, year: int, why: str | None) -> None:
    asked = registry(content)
    found = may_be_elected(asked, city, year, DAY, law_on(asked, DAY))
    assert found is None if why is None else found is not None and found.startswith(why)


@pytest.mark.parametrize(
    ("n", "change", "others", "held"),
    [
        (3, {}, {}, (OPENED, None)),
        (3, {"until": "2026-05-02"}, {}, (OPENED, "2026-05-02")),
        (3, {"city": "unknown", "until": "2026-05-02"}, {}, (OPENED, "2026-05-02")),
        (3, {}, {"withdrawal": {"received": "2026-05-02"}}, (OPENED, "2027-01-01")),
        (3, {"until": OPENED}, {}, None),
        (3, {"city": OTHERS[0]}, {}, (OPENED, None)),
    ],
)
def test_from_when_to_when_a_seat_is_its_citys(
    n: int, change: dict[str, Any], others: dict[str, Any], held: tuple[str, str | None] | None
) -> None:
    content = records()
    seats(content)[n] |= change
    content[f"registry/members/{SEVEN[n]}.yaml"] |= others
    asked = registry(content)
    found = as_held(asked, asked.seats()[n])
    told = found and (str(found[0].day), str(found[1]) if found[1] else None)
    assert told == held
    named = {tenure.city for tenure in seats_held(asked)}
    assert (asked.seats()[n].city in named) is (held is not None and "city" not in change) or (
        change.get("city") == OTHERS[0]
    )
