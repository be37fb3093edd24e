"""Words that may go, and what stands in their place; records of which some are others."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from b40cli.model.finding import Finding, finding_of, in_order, refuses
from b40cli.model.state.forgotten import (
    Gone,
    forgetting,
    hashed,
    is_document,
    marked,
    may_go,
    salted,
    words_in,
)
from b40cli.model.state.records import Overlaid, PlainRecords
from b40cli.model.state.registry import Registry

DIGEST = "0123456789abcdef" * 4
CITY, LETTER = "registry/members/al-one.yaml", "registry/evidence/letter.pdf"
MARK = f"forgotten-{DIGEST[:16]}"


@pytest.mark.parametrize(
    ("path", "places", "may"),
    [
        ("members/al-one", "contact.email mayors.0.name mayors.12.person note mayors.0.note", True),
        ("members/al-one", "name contact mayors.0 mayors.0.from contact.email.at country", False),
        ("presidencies/2026", "mayor departure.reason", True),
        ("presidencies/2026", "city departure.on", False),
        ("secretariat", "appointments.0.name", True),
        ("secretariat", "appointments.0.from", False),
        ("groups/water", "experts.0.name programmes.0.goals.2", True),
        ("groups/water", "name leaders.0.city programmes.0.year", False),
        ("meetings/m", "title agenda.0.title cancelled.reason delegations.0.members.1", True),
        ("meetings/m", "delegations.0.head.name delegations.0.head.person", True),
        ("meetings/m", "known.heads.0.name known.heads.0.person", True),
        ("meetings/m", "opens cancelled.on delegations.0.member known.heads.0.city", False),
        ("decisions/d", "title grounds reason decided_by.person known.heads.0.name", True),
        ("decisions/d", "known.heads.0.person", True),
        ("decisions/d", "matter decided_by.city", False),
        ("duties/2026", "acknowledged.0.reason", True),
        ("network", "founding_president.name", True),
        ("network", "name", False),
        ("corrections/c", "was is why", True),
        ("corrections/c", "at", False),
        ("forgotten/f", "why", True),
        ("statutes/articles", "articles.0.note", True),
        ("statutes/articles", "articles.0.title", False),
    ],
)
def test_which_words_may_go(path: str, places: str, may: bool) -> None:
    for at in places.split():
        place = tuple(int(step) if step.isdecimal() else step for step in at.split("."))
        assert may_go(f"registry/{path}.yaml", place) is may, at


def test_a_document_may_go_whole_and_a_list_of_sources_may_not() -> None:
    paths = (LETTER, "registry/evidence/sources.yaml", CITY)
    assert [is_document(path) for path in paths] == [True, False, False]
    assert [may_go(path, ()) for path in paths] == [True, False, False]


def test_all_the_words_of_a_record_that_may_go() -> None:
    mayors = [{"name": "Ana", "from": "2026-01-01"}, {"name": "Iva", "note": "A word"}]
    data = {"name": "One", "contact": {"email": "a@b.c", "phone": None}, "mayors": mayors}
    assert [*words_in(CITY, data)] == [
        (("contact", "email"), "a@b.c"),
        (("mayors", 0, "name"), "Ana"),
        (("mayors", 1, "name"), "Iva"),
        (("mayors", 1, "note"), "A word"),
    ]


def test_what_stands_in_the_place_of_words() -> None:
    data = {"name": "One", "mayors": [{"name": "Ana"}, {"name": "Iva"}], "contact": {"x": ["y"]}}
    gone = Gone(CITY, ("mayors", 1, "name"), DIGEST)
    assert marked(CITY, data, gone) == {**data, "mayors": [{"name": "Ana"}, {"name": MARK}]}
    assert data["mayors"] == [{"name": "Ana"}, {"name": "Iva"}]
    for at in (("name",), ("contact", "x"), ("contact", "z")):
        assert marked(CITY, data, gone._replace(at=at)) == data


def test_what_stands_in_the_place_of_a_document() -> None:
    document = {"path": "evidence/letter.pdf", "sha256": "1" * 64}
    other = {"path": "evidence/other.pdf", "sha256": "1" * 64}
    gone = Gone(LETTER, (), DIGEST)
    held = {"letter": document, "documents": [other, document]}
    now = {**document, "sha256": DIGEST}
    assert marked(CITY, held, gone) == {"letter": now, "documents": [other, now]}
    assert gone.file == f"{MARK}\n".encode()
    assert marked(LETTER, {}, gone) == gone.content == hashed(gone.file)
    assert hashed(b"words") == {"sha256": sha256(b"words").hexdigest()}
    assert salted("salt", b"words") == sha256(b"saltwords").hexdigest()


def test_records_of_which_some_are_others() -> None:
    below = PlainRecords({"registry/a/1": {"x": "one"}, "registry/b/2": {"x": "two"}})
    over = Overlaid(below, {"registry/b/2": {"x": "other"}, "registry/b/3": {"x": "one"}})
    assert sorted(over) == ["registry/a/1", "registry/b/2", "registry/b/3"]
    assert [path in over for path in (*sorted(over), "registry/c")] == [True, True, True, False]
    assert [over[path]["x"] for path in sorted(over)] == ["one", "other", "one"]
    for path in sorted(over):
        kept = below if path == "registry/a/1" else over.others
        assert (over.version(path), over.text(path)) == (kept.version(path), kept.text(path))
    named = (("one", ""), ("one", "registry/b/"), ("two", ""), ("other", "registry/b/"))
    assert [sorted(over.naming(*asked)) for asked in named] == [
        ["registry/a/1", "registry/b/3"],
        ["registry/b/3"],
        [],
        ["registry/b/2"],
    ]


def finding(kind: Any = "validity", rule: str = "r", **more: Any) -> Finding:
    return Finding(rule, kind, "Art. 1", "said", "cure", "registry/a.yaml", **more)


def test_findings_in_their_order_and_whether_they_refuse() -> None:
    grave, cause = finding(), finding(rule="ids-never-reused")
    told = [finding("note"), finding("duty"), finding("defect"), grave, cause, finding(line=2)]
    said = [(f.kind, f.rule, f.line) for f in in_order([*told, grave])]
    assert said[-2:] == [("duty", "r", 1), ("note", "r", 1)]
    assert said.index(("validity", "ids-never-reused", 1)) < said.index(("validity", "r", 1))
    assert said.index(("validity", "r", 1)) + 1 == said.index(("validity", "r", 2))
    assert len(said) == 6
    assert in_order([]) == ()
    kinds = ("note", "duty", "validity", "defect")
    assert [refuses([finding(kind)]) for kind in kinds] == [False, False, True, True]
    assert not refuses([])


def test_a_finding_is_read_back_as_it_was() -> None:
    whole = finding(at=("seats", 0), refs=("members/x",), facts={"n": 1}, readings={"INT-01": "a"})
    kept = {**whole._asdict(), "at": list(whole.at), "refs": list(whole.refs)}
    assert finding_of(kept) == whole


def test_what_a_state_forgets_anew_the_one_before_has_forgotten_too() -> None:
    """There alone where it is named; what is still held is no matter of it."""
    names = ("registry/members/al-one.yaml", "registry/members/bg-two.yaml")
    held = {name: {"id": name[17:-5], "mayors": [{"name": "Ana"}]} for name in names}
    before = Registry(PlainRecords(held))
    assert forgetting(before, before) is before
    place = {"record": "members/al-one", "at": "mayors.0.name", "sha256": DIGEST}
    told = {"registry/forgotten/F-2026-001.yaml": {"places": [place]}}
    found = forgetting(before, Registry(PlainRecords({**held, **told})))
    assert found.recorded(names[0]) == {**held[names[0]], "mayors": [{"name": MARK}]}
    assert found.recorded(names[1]) == held[names[1]]
    assert before.recorded(names[0]) == held[names[0]]
