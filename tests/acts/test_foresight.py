"""Terms to come: whoever is said to fit is let through by the judge, and nobody else."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.ahead import foresight
from b40cli.acts.ahead.foresight import rotations, terms_ahead
from b40cli.acts.ahead.minimal import nobody_is_free
from b40cli.acts.ahead.seats_ahead import seats_ahead
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.reads.doctor import doctor
from b40cli.acts.reads.plans import coming_open_term
from b40cli.model.facts.committee import ELECTED
from b40cli.rules.case.rule import Case
from b40cli.rules.table import rule_named
from tests.acts.scene import Office, scene
from tests.invented import SEVEN, SOURCE, copied, member, records, registry

MAYORS = {
    "members/al-aldmar": [
        {"name": "Ana", "capacity": "mayor", "from": "2025-05-01", "until": "2027-10-01"}
    ],
    "members/bg-vodengrad": [
        {"name": "Boro", "capacity": "mayor", "from": "2025-05-01", "until": "2029-05-01"}
    ],
}
ON = date(2026, 4, 10)


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    given = {path: {"mayors": mayors} for path, mayors in MAYORS.items()}
    return Office(scene(tmp_path, given=given), capsys)


def test_who_can_preside_and_why_the_others_cannot(at: Office) -> None:
    """One mandate is long enough, one is too short, of the others nothing is known."""
    first, second = terms_ahead(open_view(at.folder, ON), 2)
    assert first["first"] == "bg-vodengrad"
    why = {each["city"]: " ".join(each["why"]) for each in first["candidates"] if not each["can"]}
    assert "2027-10-01" in why["al-aldmar"] and "Art. 11" in why["al-aldmar"]
    assert "does not know" in why["gr-lykonisi"] and len(why) == 11
    assert second["year"] == first["year"] + 1
    told = at.asks("presidency", "plan", "--years", "2", on="2026-04-10")["result"]
    assert told["years"][0]["first"] == "bg-vodengrad"
    assert "years" not in at.asks("presidency", "plan", on="2026-04-10")["result"]


def test_who_gave_notice_will_have_left(tmp_path: Path) -> None:
    notice = {"received": "2026-03-01", "effective": "2027-01-01"}
    given = {
        "members/bg-vodengrad": {"mayors": MAYORS["members/bg-vodengrad"], "withdrawal": notice}
    }
    [term] = terms_ahead(open_view(scene(tmp_path, given=given), ON), 1)
    against = {each["city"]: each["against"] for each in term["candidates"]}
    assert against["bg-vodengrad"] == ["membership"] and term["first"] is None


def test_each_obstacle_is_named_and_every_smallest_reason(tmp_path: Path) -> None:
    """Nobody can: the one mandate that is long enough is that of a suspended city."""
    vodengrad = {
        "mayors": MAYORS["members/bg-vodengrad"],
        "suspensions": [{"from": "2026-03-01", "by": "PR-2026-001"}],
    }
    given = {
        "members/bg-vodengrad": vodengrad,
        "members/al-aldmar": {"mayors": MAYORS["members/al-aldmar"]},
        "presidencies/2028": {
            "year": 2028,
            "declined": [
                {"city": "bg-vodengrad", "on": "2026-03-20"},
                {"city": "me-zalivgrad", "on": "2026-03-20"},
            ],
        },
    }
    at = scene(tmp_path, given=given)
    [term] = terms_ahead(open_view(at, ON), 1)
    assert term["first"] is None
    of = {each["city"]: each["against"] for each in term["candidates"]}
    assert of["bg-vodengrad"] == ["suspension", "declined"]
    assert of["al-aldmar"] == ["mandate"] and of["gr-lykonisi"] == ["mandate not known"]
    assert of["me-zalivgrad"] == ["declined", "mandate not known"]
    assert term["reasons"] == [
        ["declined", "mandate", "mandate not known"],
        ["mandate", "mandate not known", "suspension"],
    ]


def test_a_third_office_of_one_country_is_told_before_it_is_given(tmp_path: Path) -> None:
    """Presidents of 2026 and 2027 of one country: none of it can follow as next."""
    long = [{"name": "Boro", "capacity": "mayor", "from": "2025-05-01", "until": "2032-05-01"}]
    cities = ("hr-kamenik", "hr-other", "hr-third", "bg-vodengrad")
    new = {f"members/{c}": {**member(c), "mayors": long} for c in cities}
    given = {**new, "presidencies/2027": {"year": 2027, "city": "hr-other", "mayor": "Boro"}}
    at = Office(scene(tmp_path, given=given), None)  # type: ignore[arg-type]
    view = open_view(at.folder, ON)
    [term] = terms_ahead(view, 1)
    of = {each["city"]: each["against"] for each in term["candidates"]}
    assert (term["year"], of["hr-third"], term["first"]) == (2028, ["country"], "bg-vodengrad")
    given["presidencies/2028"] = {"year": 2028, "city": "hr-third", "mayor": "Boro"}
    broken = open_view(scene(tmp_path / "more", given=given), ON)
    told = rotations(broken, terms_ahead(broken, 1), 1)
    assert len(told) == 1 and "3 cities of HR" in told[0] and "2027" in told[0]
    [ahead] = seats_ahead(view, terms_ahead(view, 2), 1)
    assert ahead["full"] == ["HR"]
    assert {"country", "office"} == {
        sort for row in ahead["cities"] if row["city"].startswith("hr") for sort in row["against"]
    }


def test_who_may_be_elected_in_the_terms_to_come(at: Office) -> None:
    view = open_view(at.folder, ON)
    first, second = seats_ahead(view, terms_ahead(view, 3), 2)
    now = {each["city"]: each for each in first["cities"]}
    assert not now[SEVEN[0]]["can"] and now["xk-gurmal"]["can"]
    assert {each["city"] for each in second["cities"]} == now.keys()
    assert len(first["fits"]) == len(second["fits"]) == 4 and first["reasons"] == []
    answer = at.asks("committee", "plan", "--years", "2", on="2026-04-10")["result"]
    assert answer["years"] == [first, second] and answer["warnings"] == []


SORTS = "abcd"
SUBSETS = [frozenset(c) for n in range(1, 5) for c in combinations(SORTS, n)]


def hitting(each: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """By another way: one sort of each candidate, and of those sets the smallest."""
    chosen = {frozenset(picked) for picked in product(*each)}
    return {one for one in chosen if not any(other < one for other in chosen)}


def test_every_minimal_reason_and_no_other() -> None:
    """All families of up to three candidates: 3,615 of them."""
    families = [f for n in range(1, 4) for f in product(SUBSETS, repeat=n)]
    assert len(families) == 15 + 15**2 + 15**3
    for family in families:
        assert {*map(frozenset, nobody_is_free(family))} == hitting(family)
    assert nobody_is_free([{"a"}, set()]) == [] and nobody_is_free([]) == [[]]


def test_reasons_of_many_sorts_against_another_solver() -> None:
    """Eight sorts, twelve candidates: clingo names the smallest sets that meet every one."""
    clingo = pytest.importorskip("clingo")
    seeded = random.Random(8)
    for _ in range(10):
        family = [frozenset(seeded.sample("abcdefgh", seeded.randrange(1, 5))) for _ in range(12)]
        rules = " ".join(f":- {', '.join(f'not s({x})' for x in sorted(f))}." for f in family)
        heuristic = "#heuristic s(X) : sort(X). [1,false]"
        program = f"sort(a;b;c;d;e;f;g;h). {{s(X) : sort(X)}}. {rules} {heuristic} #show s/1."
        control = clingo.Control(["0", "--heuristic=Domain", "--enum-mode=domRec"])
        control.add("base", [], program)
        control.ground([("base", [])])
        with control.solve(yield_=True) as found:
            told = {frozenset(str(s.arguments[0]) for s in m.symbols(shown=True)) for m in found}
        assert {*map(frozenset, nobody_is_free(family))} == told


def world(seeded: random.Random) -> Any:
    """Six to nine cities of three countries, presidents of three terms, and who sat before."""
    cities = [
        f"{seeded.choice(('hr', 'gr', 'rs'))}-{n}" for n in "abcdefghi"[: seeded.randrange(6, 10)]
    ]
    whole = {p: r for p, r in records().items() if "/members/" not in p}
    whole |= {f"registry/members/{city}.yaml": member(city) for city in cities}
    presidents = seeded.sample(cities, 4)
    for year, city in zip(range(2025, 2029), presidents, strict=True):
        record = {"year": year, "city": city, "source": SOURCE}
        since = {2025: "2025-01-20", 2026: "2026-01-05"}.get(year)
        more = (
            {"attested": {"since": since, "source": SOURCE}}
            if since
            else {"approved": "GA-2026-001"}
        )
        whole[f"registry/presidencies/{year}.yaml"] = {**record, **more}
    for year, start in ((2025, "2025-01-20"), (2026, "2026-01-05")):
        seats = zip(ELECTED, seeded.sample(cities, 4), strict=True)
        listed = [{"seat": s, "city": c, "source": SOURCE, "from": start} for s, c in seats]
        ended = [{**s, "until": "2026-01-05"} for s in listed] if year == 2025 else listed
        whole[f"registry/committee/{year}.yaml"] = {"year": year, "seats": ended}
    return whole, cities, presidents


def sits(whole: Any, presidents: list[str], four: tuple[str, ...], rules: tuple[str, ...]) -> bool:
    """Whether the judge of records lets these sit beside the three by office, under some rules."""
    copy = copied(whole)
    old = copy["registry/committee/2026.yaml"]["seats"]
    copy["registry/committee/2026.yaml"]["seats"] = [{**s, "until": "2027-01-31"} for s in old]
    held = dict(zip(("former", "president", "next"), presidents[1:], strict=True))
    held |= dict(zip(ELECTED, four, strict=False))
    copy["registry/committee/2027.yaml"] = {
        "year": 2027,
        "seats": [
            {"seat": s, "city": c, "source": SOURCE, "from": "2027-01-31"} for s, c in held.items()
        ],
    }
    copy["registry/presidencies/2027.yaml"]["handover"] = {
        "at": "2027-01-31-ga",
        "on": "2027-01-31",
    }
    case = Case(None, registry(copy), date(2027, 1, 31))
    asked = [rule for name in rules if (rule := rule_named(name)) is not None]
    return not any(
        True for rule in asked for _ in rule.question(case, "registry/committee/2027.yaml")
    )


CAP, TERMS = "two-cities-per-country", "two-consecutive-terms"


@pytest.mark.parametrize("seed", range(int(os.environ.get("B40_PLANS", "3"))))
def test_seats_to_come_against_every_committee_the_judge_lets_sit(seed: int) -> None:
    """Each city alone, the rotation, and for each set of conditions whether four can be found."""
    whole, cities, presidents = world(random.Random(seed))
    opened = registry(whole)
    network = opened.network
    assert network is not None
    view = View(None, None, opened.records, opened, network, ON, ())  # type: ignore[arg-type]
    [ahead] = seats_ahead(view, [], 1)
    both, others = (CAP, TERMS), [c for c in cities if c not in presidents[1:]]
    for row in ahead["cities"]:
        alone = row["city"] in others and sits(whole, presidents, (row["city"],), both)
        office = sits(whole, presidents, (), both)
        assert row["can"] == alone or not office
    if not sits(whole, presidents, (), (CAP,)):
        return
    most = max(
        (
            n
            for n in range(5)
            for four in combinations(others, n)
            if sits(whole, presidents, four, both)
        ),
        default=0,
    )
    assert len(ahead["fits"]) == most and sits(whole, presidents, tuple(ahead["fits"]), both)
    unfilled = [
        {*some}
        for n in range(3)
        for some in combinations(("country", "terms in a row"), n)
        if not _four_sit(whole, presidents, others, some)
    ]
    smallest = [s for s in unfilled if not any(other < s for other in unfilled)]
    assert sorted(map(sorted, smallest)) == sorted(ahead["reasons"])


def _four_sit(whole: Any, presidents: list[str], cities: list[str], some: tuple[str, ...]) -> bool:
    named = {"country": CAP, "terms in a row": TERMS}
    rules = tuple(rule for sort, rule in named.items() if sort in some)
    return any(sits(whole, presidents, four, rules) for four in combinations(cities, 4))


def test_a_clone_is_looked_over(at: Office) -> None:
    checks = {c["what"]: c for c in doctor(open_view(at.folder, ON), ON).result["checks"]}
    assert checks["identity"]["well"] and not checks["remote"]["well"]
    assert "git remote add" in (checks["remote"]["cure"] or "")
    assert not checks["clock"]["well"] and "2026-11-23" in checks["clock"]["says"]
    (at.folder / "registry/members/al-aldmar.yaml").write_text("id: al-aldmar\n")
    told = at.asks("doctor", on=None, exits=3)
    assert not told["ok"]


def test_another_choice_before_a_term_that_stays_open_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Kamenik could preside the second term, and it is first in line for the first one."""
    view = open_view(scene(tmp_path), date(2026, 4, 10))
    first = coming_open_term(foresight.known_ahead(view), view.on)

    def candidates(registry: Any, year: int, _day: date, _view: Any) -> Iterator[Any]:
        before = registry.term(year - 1)
        served = before is not None and before.city == "hr-kamenik"
        for city in ("hr-kamenik", "al-aldmar"):
            can = year == first or (city == "hr-kamenik" and not served)
            yield {"city": city, "can": can, "against": [] if can else ["mandate"]}

    monkeypatch.setattr(foresight, "_candidates", candidates)
    ahead = foresight.terms_ahead(view, 2)
    assert [term["first"] for term in ahead] == ["hr-kamenik", None]
    (said,) = foresight.another_way(view, ahead)
    assert said.endswith(f"{first} al-aldmar, {first + 1} hr-kamenik.")
    assert foresight.another_way(view, ahead[:1]) == []
