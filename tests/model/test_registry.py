"""The registry: read record by record, noting for each answer what it rests on."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import ARTICLES, NETWORK, PARAMETERS, Registry
from tests.invented import OTHERS, SEVEN, meeting, records, registry

PATH = f"registry/members/{SEVEN[0]}.yaml"


class Counted(PlainRecords):
    """Plain records that count how often each is read."""

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(content)
        self.read: list[str] = []

    def __getitem__(self, path: str) -> Any:
        self.read.append(path)
        return super().__getitem__(path)


def test_reads_nothing_before_it_is_asked() -> None:
    """Opening a registry looks at nothing."""
    content = Counted(records())
    assert Registry(content).looked_at == set()
    assert content.read == []


def test_one_record() -> None:
    """One question about one city rests on its record alone, and on what corrects records."""
    asked = registry(records())
    found = asked.member(SEVEN[0])
    assert found is not None
    assert found.id == SEVEN[0]
    assert asked.looked_at == {PATH, CORRECTIONS}


def test_missing_record_is_noted() -> None:
    """An answer of nobody rests on nobody being there: it changes when the record comes."""
    asked = registry(records())
    assert asked.member("zz-nowhere") is None
    assert not asked.has("registry/decisions/2026/EC-2026-001.yaml")
    assert asked.looked_at == {
        "registry/members/zz-nowhere.yaml",
        "registry/decisions/2026/EC-2026-001.yaml",
        CORRECTIONS,
    }


def test_list_notes_its_folder() -> None:
    """A question about all cities rests on each, and on the folder: a new one would change it."""
    asked = registry(records())
    assert [member.id for member in asked.members()] == sorted((*SEVEN, *OTHERS))
    assert "registry/members/" in asked.looked_at
    assert {f"registry/members/{city}.yaml" for city in SEVEN} <= asked.looked_at


def test_record_is_read_once() -> None:
    """Asked twice, read once."""
    content = Counted(records())
    asked = Registry(content)
    assert asked.member(SEVEN[0]) is asked.member(SEVEN[0])
    assert content.read == [PATH]


def test_remember_notes_again() -> None:
    """A remembered answer rests, at every later use, on what it rested on at first."""
    asked = registry(records())
    asked.seats()
    first, asked.looked_at = asked.looked_at, set()
    assert asked.looked_at == set()
    asked.seats()
    assert asked.looked_at == first
    assert "registry/committee/*" in first
    assert not any(node.startswith("registry/committee/2") for node in first)


def test_remember_computes_once() -> None:
    """The question behind a remembered answer is put once, even where the answer is nothing."""
    asked, made = registry(records()), []

    def make() -> None:
        made.append(1)

    assert asked.remember("nothing", make) is None
    assert asked.remember("nothing", make) is None
    assert made == [1]


def test_remember_keeps_apart_what_was_looked_at() -> None:
    """What an answer rests on is its own, not what happened to be looked at before it."""
    asked = registry(records())
    asked.member(OTHERS[0])
    asked.remember("president", lambda: asked.member(SEVEN[0]))
    assert asked.looked_at == {f"registry/members/{OTHERS[0]}.yaml", PATH, CORRECTIONS}
    asked.looked_at = set()
    asked.remember("president", lambda: None)
    assert asked.looked_at == {PATH, CORRECTIONS}


def test_remember_inside_remember() -> None:
    """An answer made of answers rests on everything they rest on, remembered or not."""
    asked = registry(records())
    asked.remember("inner", lambda: asked.member(SEVEN[0]))
    asked.looked_at = set()
    asked.remember("outer", lambda: asked.remember("inner", lambda: None))
    asked.looked_at = set()
    asked.remember("outer", lambda: None)
    assert asked.looked_at == {PATH, CORRECTIONS}


def test_remember_nothing_of_a_failure() -> None:
    """A question that fails leaves no answer, and what it looked at stays out of the others."""
    asked = registry(records())
    asked.member(OTHERS[0])
    before = set(asked.looked_at)

    def fail() -> None:
        asked.member(SEVEN[0])
        raise KeyError

    with pytest.raises(KeyError):
        asked.remember("failing", fail)
    assert before <= asked.looked_at
    assert asked.remember("failing", lambda: "cured") == "cured"


def test_paths_of_a_year() -> None:
    """A folder below a folder lists only its own records, sorted."""
    content = records()
    for name in ("2026/EC-2026-002", "2026/EC-2026-001", "2025/EC-2025-001"):
        content[f"registry/decisions/{name}.yaml"] = {}
    asked = registry(content)
    assert asked.paths("decisions/2026/") == (
        "registry/decisions/2026/EC-2026-001.yaml",
        "registry/decisions/2026/EC-2026-002.yaml",
    )
    assert len(asked.paths("decisions/")) == 3
    assert asked.paths("observers/") == ()
    assert "registry/observers/" in asked.looked_at


def test_facts_of_every_kind() -> None:
    """Each kind of record becomes the fact it tells."""
    content = records() | {"registry/meetings/2026-03-10-ec.yaml": meeting()}
    asked = registry(content)
    assert asked.network is not None
    assert asked.network.status == "unofficial"
    assert [held.id for held in asked.meetings()] == ["2026-03-10-ec"]
    assert [seat.city for seat in asked.seats()] == list(SEVEN)
    assert [presidency.year for presidency in asked.presidencies()] == [2025, 2026]
    assert asked.editions()[-1].encoded
    assert asked.parameters()["committee-quorum"].article == "art13"
    assert set(asked.interpretations()) == {f"INT-{n:02}" for n in range(1, 37)}
    assert {NETWORK, ARTICLES, PARAMETERS} <= asked.looked_at


def test_naming() -> None:
    """The records that name another, wherever in them."""
    asked = registry(records())
    assert asked.naming(SEVEN[0]) == (
        "registry/committee/2026.yaml",
        PATH,
        "registry/presidencies/2026.yaml",
    )


def annulling(name: str, annuls: str, closed: str = "2026-05-04") -> dict[str, Any]:
    """The record of an adopted annulment."""
    path = f"registry/decisions/2026/{name}.yaml"
    what = {"body": "committee", "matter": "annulment", "state": "adopted"}
    said = {"id": name, "title": name, **what}
    return {path: {**said, "annuls": annuls, "effect": "ex-tunc", "closed": closed}}


def test_an_annulment_is_annulled_by_what_names_it_whatever_their_ids() -> None:
    """Of one day, the Assembly's falls to the committee's, though its id comes later."""
    held = {**annulling("GA-2026-001", "EC-2026-001"), **annulling("EC-2026-005", "GA-2026-001")}
    found = Registry(PlainRecords(held))
    assert [by.id for by in found.adopted_annulments()] == ["GA-2026-001", "EC-2026-005"]
    assert {name: by.id for name, by in found.annulments().items()} == {
        "GA-2026-001": "EC-2026-005"
    }


@pytest.mark.parametrize(
    ("pairs", "standing"),
    [
        ((("EC-2026-001", "EC-2026-001"),), {}),
        ((("EC-2026-001", "EC-2026-002"), ("EC-2026-002", "EC-2026-001")), {1: 2}),
    ],
)
def test_a_circle_of_annulments_ends_with_the_newest(
    pairs: tuple[tuple[str, str], ...], standing: dict[int, int]
) -> None:
    """None annuls itself, and none what comes after it."""
    held = {path: record for pair in pairs for path, record in annulling(*pair).items()}
    found = Registry(PlainRecords(held)).annulments()
    assert {int(name[-3:]): int(by.id[-3:]) for name, by in found.items()} == standing


@pytest.mark.parametrize(
    ("by", "state", "annulled", "corrected"),
    [
        ("secretariat", None, None, True),
        ("EC-2026-001", "adopted", None, True),
        ("EC-2026-001", "rejected", None, False),
        ("EC-2026-001", None, None, False),
        ("EC-2026-001", "adopted", "adopted", False),
        ("EC-2026-001", "adopted", "rejected", True),
        ("EC-2026-002", "adopted", "adopted", False),
    ],
)
def test_a_correction_holds_while_what_it_rests_on_does(
    by: str, state: str | None, annulled: str | None, corrected: bool
) -> None:
    """One that rests on a decision: while that is adopted, and nothing adopted annuls it."""
    content = records()
    content["registry/corrections/2026/C-2026-001.yaml"] = {
        "id": "C-2026-001", "corrects": f"members/{SEVEN[0]}", "at": "country", "was": "HR",
        "is": "RS", "why": "Misread", "on": "2026-02-02", "by": by,
    }  # fmt: skip
    base = {"body": "executive-committee", "matter": "resolution", "title": "t"}
    if state:
        content["registry/decisions/2026/EC-2026-001.yaml"] = {
            **base, "id": "EC-2026-001", "state": state,
        }  # fmt: skip
    if annulled:
        content["registry/decisions/2026/EC-2026-009.yaml"] = {
            **base, "id": "EC-2026-009", "state": annulled, "annuls": "EC-2026-001",
        }  # fmt: skip
    member = registry(content).member(SEVEN[0])
    assert member is not None and member.country == ("RS" if corrected else "HR")
