"""Names of people, places and groups, and mandates: who may be one, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.day import Since
from b40cli.model.facts.member import Mayor, member_of
from b40cli.rules.articles.groups.art14_groups import _wrong_name
from b40cli.rules.case.rule import Case
from b40cli.rules.record.identity import _may_be_one, folded, one_place_one_record, person_key
from b40cli.rules.record.member_days import _brought_vacancies, mandates_made_none, vacancy_faults
from tests.invented import DAY, SEVEN, Records, records, registry

PATH, OTHER = (f"registry/members/{city}.yaml" for city in SEVEN[3:5])


def mayor(name: str, *spelt: str) -> Mayor:
    return Mayor(name, "mayor", Since(DAY, True), None, spelt=spelt)


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        (mayor("Ana Primer"), mayor("Ana Primer"), True),
        (mayor("Ana Primer"), mayor("Ana Maria Vzor"), True),
        (mayor("Ana Primer"), mayor("PRIMÉR, A."), True),
        (mayor("Ana Primer"), mayor("Iva Vzor"), False),
        (mayor("Ana Primer"), mayor("Iva Vzor", "Ana Vzor"), True),
        (mayor("Iva Vzor", "Ana Vzor"), mayor("Ana Primer"), True),
        (mayor("Ana Primer"), mayor("Ана Пример"), True),
        (mayor("Đuro Işık"), mayor("Duro Vzor"), True),
        (mayor("Ana Işık"), mayor("Iva Isik"), True),
        (mayor("Ана Пример"), mayor("Ива Взор"), False),
        (mayor("Ана Пример", "Iva Vzor"), mayor("Ива Взор"), False),
    ],
)
def test_two_names_under_one_key(one: Mayor, other: Mayor, may_be: bool) -> None:
    """They share a word; in two scripts nobody can tell by their letters."""
    assert _may_be_one(one, other) is may_be


HEADS = {"name": "Ana Primer", "capacity": "mayor", "from": "2025-01-01", "person": "ana"}


@pytest.mark.parametrize(
    ("before", "after", "other", "told"),
    [
        ([], [HEADS], [{**HEADS, "name": "Iva Vzor"}], True),
        ([], [HEADS], [{**HEADS, "name": "Ana Vzor"}], False),
        ([], [HEADS], [HEADS, {**HEADS, "name": "Iva Vzor", "person": "iva"}], False),
        ([], [HEADS], [{**HEADS, "name": "Iva Vzor", "person": "iva"}], False),
        ([], [{k: v for k, v in HEADS.items() if k != "person"}], [HEADS], False),
        ([HEADS], [HEADS], [{**HEADS, "name": "Iva Vzor"}], False),
        ([HEADS], [{**HEADS, "from": "2025-02-01"}], [{**HEADS, "name": "Iva Vzor"}], True),
        (None, [HEADS], [{**HEADS, "name": "Iva Vzor"}], False),
    ],
)
def test_one_key_is_one_person_s(
    before: list[Any] | None, after: list[Any], other: list[Any], told: bool
) -> None:
    """Asked of the change that brings the key or its name, once a mayor."""

    def state(listed: list[Any]) -> Records:
        content = records(2)
        content[PATH]["mayors"] = listed
        content[OTHER]["mayors"] = [*other, *other]
        return content

    was = None if before is None else registry(state(before))
    found = [*person_key(Case(was, registry(state(after)), DAY), PATH)]
    assert [breach.at for breach in found] == [("mayors", 0, "person")] * told
    assert all(breach.facts == {"person": "ana", "other": "Iva Vzor"} for breach in found)


@pytest.mark.parametrize(
    ("own", "of_other", "before", "told"),
    [
        (1, 1, {OTHER: 1}, True),
        (1, 2, {OTHER: 2}, False),
        (None, 1, {OTHER: 1}, False),
        (1, 1, {PATH: 1, OTHER: 1}, False),
        (1, 1, {}, True),
        (1, 1, None, False),
    ],
)
def test_one_place_has_one_record(
    own: int | None, of_other: int, before: dict[str, int] | None, told: bool
) -> None:
    """Asked of the later record; of two that come together, of the one whose id is behind."""

    def state(numbers: dict[str, int | None]) -> Records:
        content = records(2)
        for path, number in numbers.items():
            content[path] |= {"gazetteer": number} if number is not None else {}
        return content

    was = None if before is None else registry(state({**before}))
    case = Case(was, registry(state({PATH: own, OTHER: of_other})), DAY)
    found = [*one_place_one_record(case, PATH)]
    assert [(b.at, b.facts) for b in found] == [
        (("gazetteer",), {"gazetteer": 1, "other": SEVEN[4]})
    ] * told
    if before == {}:
        assert not [*one_place_one_record(case, OTHER)]


def test_a_record_that_was_there_first_keeps_its_number_whatever_its_id() -> None:
    content = records(2)
    content[PATH]["gazetteer"] = 1
    before = registry(content)
    content = records(2)
    content[PATH]["gazetteer"] = content[OTHER]["gazetteer"] = 1
    case = Case(before, registry(content), DAY)
    assert [*one_place_one_record(case, OTHER)] and not [*one_place_one_record(case, PATH)]


MARCH, APRIL = {"from": "2026-03-01", "until": "2026-04-01"}, {"from": "2026-04-01"}


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        (None, [{**MARCH, "until": "2026-03-01"}], []),
        ([], [MARCH], []),
        ([], [{**MARCH, "until": "2026-03-01"}], [("vacancies", 0)]),
        ([{**MARCH, "until": "2026-03-01"}], [{**MARCH, "until": "2026-03-01"}], []),
        ([MARCH], [MARCH, APRIL], [("vacancies", 1, "from")]),
        ([MARCH], [MARCH, MARCH], [("vacancies", 1)]),
        ([MARCH, MARCH], [MARCH, MARCH], []),
        ([], [{"from": {"by": "2026-03-01"}, "until": "2026-03-01"}], []),
    ],
)
def test_a_time_in_which_nobody_heads_a_city(
    before: list[Any] | None, after: list[Any], at: list[tuple[Any, ...]]
) -> None:
    """Asked of the change that brings it; one that begins later than today is to come."""

    def state(listed: list[Any]) -> Records:
        content = records()
        content[PATH]["vacancies"] = listed
        return content

    now = registry(state(after))
    member = member_of(PATH, now.data(PATH) or {})
    was = None if before is None else registry(state(before))
    found = [*_brought_vacancies(Case(was, now, DAY), member)]
    assert [breach.at for breach in found] == at


@pytest.mark.parametrize(
    ("listed", "faults"),
    [
        ([MARCH, APRIL], []),
        ([MARCH, {**APRIL, "from": "2026-03-01"}], [1]),
        ([APRIL, MARCH, APRIL], [2]),
        ([{**MARCH, "until": "2026-03-01"}, MARCH], [0, 1]),
    ],
)
def test_times_without_a_head_that_are_none(listed: list[Any], faults: list[int]) -> None:
    content = records()
    content[PATH]["vacancies"] = listed
    assert [fault.n for fault in vacancy_faults(member_of(PATH, content[PATH]))] == faults


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Işık", "isik"),
        ("Đurđevac", "durdevac"),
        ("Novi-Grad (1)", "novi grad 1"),
        ("  ŠIBENIK ", "sibenik"),
        ("Пловдив", "пловдив"),
    ],
)
def test_a_name_without_case_marks_and_punctuation(name: str, plain: str) -> None:
    assert folded(name) == plain


@pytest.mark.parametrize(
    ("taken", "since", "before", "after", "told"),
    [
        ("2026-03-01", "2026-02-01", "Climate", "Climate", False),
        ("2026-03-01", "2026-02-01", "Climate", "Cities", True),
        ("2026-03-01", "2026-02-01", None, "Climate", True),
        ("2026-03-01", "2026-03-01", "Climate", "Climate", True),
        ("2026-03-01", "2026-02-28", "Climate", "Climate", False),
        ("2026-03-01", None, "Climate", "Climate", False),
        ("2026-03-11", "2026-02-01", "Climate", "Cities", False),
        ("2026-03-01", "2026-02-01", "no change", "Climate", False),
    ],
)
def test_the_name_of_a_permanent_group(
    taken: str, since: str | None, before: str | None, after: str, told: bool
) -> None:
    """Of a group that began under the second set, here in force from March, and of a new name."""

    def state(name: str | None) -> Records:
        content = records(2)
        (entry,) = content["registry/statutes/rulesets.yaml"]["rule_sets"]
        entry["from"] = taken
        if name is not None:
            group = {"id": "climate", "name": name, "kind": "permanent"}
            content["registry/groups/climate.yaml"] = group | ({"since": since} if since else {})
        return content

    was = None if before == "no change" else registry(state(before))
    case = Case(was, registry(state(after)), DAY)
    group = case.after.group("climate")
    assert group is not None
    assert [b.facts for b in _wrong_name(case, group)] == [{"name": after}] * told


ANA = {"name": "Ana Primer", "capacity": "mayor", "from": "2025-01-01"}
IVA = {"name": "Iva Vzor", "capacity": "mayor", "from": "2026-02-01"}
NO_DAY = {**ANA, "until": "2025-01-01"}
AHEAD = {**IVA, "from": "2026-03-11"}


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        (None, [ANA], []),
        (None, [NO_DAY], [("mayors", 0)]),
        ([ANA], [ANA, IVA], []),
        ([ANA], [ANA, {**IVA, "from": "2025-01-01"}], [("mayors", 1)]),
        ([ANA], [NO_DAY], [("mayors", 0)]),
        ([NO_DAY], [NO_DAY], []),
        ([NO_DAY], [NO_DAY, IVA], []),
        ([ANA], [{**ANA, "until": "2024-12-31"}], []),
        ([ANA], [ANA, AHEAD], [("mayors", 1, "from")]),
        ([ANA, AHEAD], [ANA, AHEAD], []),
        ([ANA, AHEAD], [ANA, {**AHEAD, "from": "2026-03-12"}], [("mayors", 1, "from")]),
        ([ANA], [ANA, {**AHEAD, "from": str(DAY)}], []),
    ],
)
def test_a_change_makes_no_mandate_that_is_none(
    before: list[Any] | None, after: list[Any], at: list[tuple[Any, ...]]
) -> None:
    """One that runs backwards is told as any period is; what was there before is left alone."""
    was, now = (
        member_of(PATH, {"id": "x", "name": "X", "country": "BG", "mayors": listed})
        for listed in (before or [], after)
    )
    found = [*mandates_made_none(None if before is None else was, now, DAY)]
    assert [breach.at for breach in found] == at
    heads = [after[a[1]] for a in at if len(a) == 2]
    assert [b.facts for b in found if len(b.at) == 2] == [
        {"mayor": head["name"], "from": head["from"], "until": head.get("until", "")}
        for head in heads
    ]
