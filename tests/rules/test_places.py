"""A place is its number: capitals, hosts and the appointing city, whatever their records say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.state.registry import Registry
from b40cli.rules.articles.presidency.order import with_priority
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.places import NUMBERS, capital_among, on_record, same_place
from b40cli.store import gazetteer
from tests.invented import records, registry

DAY = date(2026, 3, 10)


def held(id: str, number: int | None, country: str = "RS") -> Registry:
    """The invented network with one city more."""
    content = records()
    source = {"since": "2025-01-20", "source": "founding-list"}
    record: dict[str, Any] = {"id": id, "name": id, "country": country, "attested": source}
    content[f"registry/members/{id}.yaml"] = record | ({"gazetteer": number} if number else {})
    return registry(content)


def test_the_numbers_are_those_of_the_capitals_and_of_the_appointing_city() -> None:
    law = law_on(registry(records()), DAY)
    named = {*law.names("capitals"), law.text("appointing-city")}
    assert set(NUMBERS) == named
    for city, number in NUMBERS.items():
        place = gazetteer.place_of(number)
        assert place is not None
        assert city == f"{place.country.lower()}-{gazetteer.fold(gazetteer.standard(place))}"
        assert place.capital is (city in law.names("capitals"))


@pytest.mark.parametrize("id", ["rs-belgrade", "rs-beograd", "rs-stari-zapis"])
def test_a_capital_is_one_by_its_place_whatever_its_id(id: str) -> None:
    with_capital = held(id, 792680)
    law = law_on(with_capital, DAY)
    assert capital_among(with_capital, id, law.names("capitals")) == 9
    assert with_priority(with_capital, 2027, DAY, law) == (id,)


def test_another_city_is_none_by_a_name_alone() -> None:
    without = held("rs-beograd", None)
    law = law_on(without, DAY)
    assert capital_among(without, "rs-beograd", law.names("capitals")) is None
    assert with_priority(without, 2027, DAY, law) == ()


def test_two_ids_of_one_number_are_one_place() -> None:
    with_capital = held("rs-beograd", 792680)
    assert same_place(with_capital, "rs-beograd", "rs-belgrade")
    assert same_place(with_capital, "rs-srebrni-brod", "rs-srebrni-brod")
    assert not same_place(with_capital, "rs-srebrni-brod", "rs-belgrade")
    assert not same_place(with_capital, "rs-srebrni-brod", "tr-camliova")


def test_the_appointing_city_is_found_under_the_id_its_record_bears() -> None:
    assert on_record(held("tr-stamboll", 745044, "TR"), "tr-istanbul") == "tr-stamboll"
    assert on_record(registry(records()), "tr-istanbul") == "tr-istanbul"
    assert on_record(registry(records()), "tr-camliova") == "tr-camliova"
