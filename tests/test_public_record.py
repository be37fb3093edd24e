"""The shipped register against an own list of what public pages say of the network.

The list was read apart from the register. What pages dispute, or give without a day, is absent.
"""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.store.shipped import shipped
from b40cli.store.yaml.dialect import parse

BY = "by "
SINCE = {
    "2021-11-30": "gr-thessaloniki",
    "2025-02-24": "gr-larisa",
    "2026-01-26": "bg-varna tr-bursa",
    "by 2021-11-30": "rs-belgrade",
    "by 2022-04-25": "xk-pristina hr-pula hr-split me-kotor me-podgorica ba-laktasi ba-sarajevo"
    " gr-athens tr-edirne tr-istanbul mk-skopje ro-constanta",
    "2022-06-28": "bg-sofia bg-burgas bg-veliko-tarnovo bg-plovdiv bg-dimitrovgrad bg-rakovski"
    " bg-karlovo bg-sliven bg-karnobat bg-troyan",
    "by 2022-09-30": "hr-zagreb",
    "by 2023-12-31": "mk-kisela-voda",
    "by 2024-01-31": "al-durres al-tirana ba-zenica bg-belitsa bg-kardzhali bg-stara-zagora"
    " bg-svilengrad gr-acharnes gr-alexandroupoli gr-chania gr-karditsa gr-kilkis gr-lefkada"
    " gr-mytilene gr-orestiada gr-patras gr-pella me-niksic mk-prilep tr-canakkale tr-izmir"
    " tr-kirklareli tr-tekirdag xk-prizren",
    "by 2025-02-24": "tr-mugla",
    "by 2025-02-25": "si-novo-mesto",
}
SEATS = {
    "president": "hr-zagreb",
    "former": "bg-sofia",
    "next": "ba-sarajevo",
    "elected": "gr-pella gr-thessaloniki si-novo-mesto tr-mugla",
}
REPORTED = {
    "2022-06-28": 39,
    "2024-01-31": 55,
    "2024-12-07": 70,
    "2025-02-24": 73,
    "2025-02-25": 73,
    "2026-01-26": 76,
}
MEETINGS = (
    "2021-11-29-summit 2022-04-25-gathering 2022-06-28-gathering 2023-01-22-summit"
    " 2024-01-29-summit 2024-05-21-wg-local-climate-action"
    " 2024-05-21-wg-smart-cities-and-digital-transformation 2024-05-22-workshop"
    " 2025-02-24-summit 2025-09-04-gathering 2026-01-25-summit 2026-01-26-ec"
)


@pytest.fixture(scope="module")
def record() -> Registry:
    folder = shipped("registry")
    content = {
        f"registry/{file.relative_to(folder).as_posix()}": parse(file.read_bytes())
        for file in sorted(folder.rglob("*.yaml"))
    }
    return Registry(PlainRecords(content))


def of(record: Registry, folder: str) -> dict[str, Any]:
    """The records of a folder as corrections leave them, by their id."""
    return {p.split("/")[-1][:-5]: record.content(p) for p in record.paths(f"{folder}/")}


def day(since: Any) -> str:
    return BY + str(since["by"]) if isinstance(since, dict) else str(since)


def test_members_since_the_day_that_a_page_gives(record: Registry) -> None:
    told = {city: since for since, cities in SINCE.items() for city in cities.split()}
    held = of(record, "members")
    assert {city: day(data["attested"]["since"]) for city, data in held.items()} == told
    assert all(data.get("gazetteer") and data["attested"]["source"] for data in held.values())


def test_every_mayor_has_a_key_and_a_source(record: Registry) -> None:
    named = [m for data in of(record, "members").values() for m in data.get("mayors", ())]
    assert len(named) >= 25
    assert [m["name"] for m in named if not m.get("person") or not m.get("source")] == []


def test_the_committee_of_2026_is_whole(record: Registry) -> None:
    seats = of(record, "committee")["2026"]["seats"]
    held: dict[str, list[str]] = {}
    for seat in seats:
        held.setdefault(seat["seat"].split("-")[0], []).append(seat["city"])
    assert {seat: " ".join(sorted(cities)) for seat, cities in held.items()} == SEATS


def test_the_committee_of_2025_says_no_more_than_its_page(record: Registry) -> None:
    """Seven sat; which of five held the seat of the next President no page says."""
    seats = of(record, "committee")["2025"]["seats"]
    known = {s["seat"]: s["city"] for s in seats if s["city"] != "unknown"}
    assert known == {"president": "bg-sofia", "former": "al-tirana"}
    note = next(s["note"] for s in seats if s["seat"] == "next")
    assert all(c in note for c in ("Istanbul", "Zagreb", "Sarajevo", "İzmir", "Thessaloniki"))


def test_counts_meetings_and_terms(record: Registry) -> None:
    reported = record.content("registry/network.yaml")["reported"]
    counts = {str(c["on"]): c["members"] for c in reported}
    assert counts == REPORTED
    assert sorted(of(record, "meetings")) == sorted(MEETINGS.split())
    assert all(data["source"] for data in of(record, "meetings").values())
    assert sorted(of(record, "presidencies")) == ["2022", "2023", "2024", "2025", "2026"]


SEEN = {
    "2021-11-29-summit": "gr-athens rs-belgrade al-durres tr-edirne tr-istanbul bg-kardzhali"
    " tr-kirklareli me-kotor ba-laktasi gr-mytilene gr-patras me-podgorica ba-sarajevo mk-skopje"
    " hr-split tr-tekirdag gr-thessaloniki al-tirana",
    "2022-04-25-gathering": "ba-sarajevo tr-istanbul",
    "2022-06-28-gathering": "bg-plovdiv bg-sofia bg-troyan tr-istanbul",
    "2023-01-22-summit": "gr-chania",
    "2024-01-29-summit": "gr-pella me-podgorica",
    "2025-02-24-summit": "tr-canakkale tr-edirne tr-istanbul tr-izmir gr-larisa tr-mugla"
    " si-novo-mesto bg-sofia tr-tekirdag gr-thessaloniki hr-zagreb",
    "2025-09-04-gathering": "tr-edirne tr-istanbul tr-izmir tr-mugla",
    "2026-01-25-summit": "tr-bursa gr-larisa tr-mugla gr-mytilene gr-pella bg-sofia",
}


def test_the_mayors_whom_a_page_saw_at_a_meeting(record: Registry) -> None:
    """With a key each; who was announced, or is no member, is not among them."""
    held = of(record, "meetings")
    seen = {id: d["delegations"] for id, d in held.items() if "delegations" in d}
    assert {id: " ".join(d["member"] for d in came) for id, came in seen.items()} == SEEN
    heads = [d["head"] for came in seen.values() for d in came]
    assert all(head.get("person") for head in heads)
    assert len({(h["person"], h["name"]) for h in heads}) == len({h["person"] for h in heads})
