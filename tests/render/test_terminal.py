"""The answer at a terminal: whole, in 80 columns, and harmless."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b40cli.cli.telling import told as tell
from b40cli.model.answer import Answer
from b40cli.model.results.history import CommitFound
from b40cli.model.wording import UNOFFICIAL
from b40cli.render.by_commit import by_commit
from b40cli.render.findings import wrapped
from b40cli.render.screen_parts import table, tree
from b40cli.render.visible import visible
from tests.render.answers import HOSTILE, answer, finding, record


def as_text(answer: Answer[Any]) -> str:
    """The answer on its command's screen."""
    return tell(answer, "terminal")


def harmless(text: str) -> bool:
    """Whether a terminal would obey nothing in it."""
    return all(c.isprintable() or c == "\n" for c in text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_not_obeyed(name: str) -> None:
    row: dict[str, Any] = {
        "id": "bg-x", "name": name, "standing": "member", "since": None, "basis": "judged"
    }  # fmt: skip
    for told in (
        as_text(answer("member list", members=[row])),
        as_text(record(name=name)),
        as_text(answer("decision open", finding(f"{name} has no vote.", remedy=name))),
    ):
        assert harmless(told)
        lines = [visible(line) for line in name.split("\n")]
        assert all(word in told for line in lines for word in line.split())


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_told_line_by_line_is_shown_not_obeyed(name: str) -> None:
    told = as_text(answer("member mayor")._replace(told=f"member: {name}\n  More."))
    assert told == "\n".join(map(visible, f"member: {name}\n  More.".split("\n"))) + "\n"
    assert harmless(told)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_key_or_a_path_is_shown_not_obeyed(name: str) -> None:
    told = as_text(answer("decision open", finding(file=f"registry/{name}.yaml", article=name)))
    assert harmless(told) and len(told.splitlines()[0].split("  ")) >= 3
    assert harmless("\n".join(tree({name: {name: [name, {name: name}]}})))


def test_a_text_cannot_fake_a_finding() -> None:
    told = as_text(record(note="x\nregistry/members/bg-y.yaml:1:1  refused  Art. 5  faked"))
    assert not any(line.startswith("registry/members/bg-y") for line in told.splitlines())


def test_a_finding_is_told_as_the_contract_says() -> None:
    told = as_text(answer("decision close", finding(line=31, column=5)))
    first, fact, remedy = told.splitlines()[:3]
    assert first == "registry/x.yaml:31:5  refused  Art. 5  a-rule"
    assert (fact, remedy) == ("  A fact.", "  > A remedy.")


def test_an_attested_finding_says_that_it_is_not_judged() -> None:
    told = as_text(answer("decision open", finding(basis="attested", kind="note")))
    assert told.startswith(
        "registry/x.yaml:1:1  note  Art. 5  a-rule\n  A fact. (Attested, not judged.)\n"
    )


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_words_are_folded_at_80_columns_and_none_is_lost(text: str) -> None:
    lines = wrapped(text, "    ", "  - ")
    assert all(len(line) <= 80 or " " not in line[4:] for line in lines)
    assert "".join("".join(line[4:].split()) for line in lines) == "".join(
        "".join(visible(paragraph).split()) for paragraph in text.split("\n")
    )


def test_continued_lines_stand_deeper_than_the_first() -> None:
    words = " ".join(["word"] * 40)
    assert all(line.startswith("      word") for line in wrapped(words, "      ", "  ")[1:])
    assert all(line.startswith("    word") for line in wrapped(words, "  ", "  > ")[1:])


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120)), max_size=4))
def test_a_table_keeps_every_cell_in_80_columns(cells: list[tuple[str, str]]) -> None:
    from rich.cells import cell_len

    lines = table(("a", "b"), cells)
    assert all(cell_len(line) <= 80 for line in lines)
    told = "".join("".join(lines[2:]).split())
    letters = [c for row in cells for cell in row for c in visible(cell) if not c.isspace()]
    assert sorted(told) == sorted(letters)


def test_two_folded_cells_of_a_row_share_no_line() -> None:
    """In a pipe, too: each begins where the one before it ends, and is heard whole."""
    what, why = ("Admission of a city with a long name " * 2, "because its papers came late " * 3)
    _heads, _rule, *lines = table(
        ("id", "what", "why"), [("EC-2026-001", what, why), ("x", "y", "z")]
    )
    assert " ".join(" ".join(lines).split()) == f"EC-2026-001 {what.strip()} {why.strip()} x y z"
    assert sum(line.startswith("x") for line in lines) == 1


def test_only_an_official_register_says_nothing_of_it() -> None:
    told = record(name="x")
    assert UNOFFICIAL not in as_text(told)
    assert as_text(told._replace(status="unofficial")).rstrip().endswith(UNOFFICIAL)


def test_null_and_truth_are_written_as_the_record_writes_them() -> None:
    told = "\n".join(tree({"a": None, "b": True, "c": [False, None], "d": 0}))
    assert told == "  a: null\n  b: true\n  c: false, null\n  d: 0"


def incomplete() -> Answer[Any]:
    numbers = dict.fromkeys(("required", "met", "missing"))
    known = {"meeting": None, "complete": False, "entitled": 50, "present": 0, "represented": 0}
    return answer("quorum", **known, counted=0, reported=76, **numbers)._replace(
        beside={"why": "the list of members is not whole; 76 are reported"}, on="2026-11-23"
    )


def test_no_number_is_told_from_an_incomplete_list() -> None:
    told = tell(incomplete(), "terminal")
    assert "if it met on 2026-11-23: undetermined" in told and "76 are reported" in told
    assert "needed" not in told and "required" not in told


def test_a_table_grows_rather_than_break_an_id_or_a_day() -> None:
    name, opens = "2025-04-29-wg-local-climate-action", "2025-04-29T10:00:00+03:00"
    rows = [(name, "a working group of many cities", opens, "2027-01-31")]
    told = "\n".join(table(("id", "the kind of meeting", "opens", "until"), rows))
    assert name in told and opens in told and "2027-01-31" in told
    narrow = table(("id", "what"), [(name, "word " * 40)])
    assert max(map(len, narrow)) <= 80 and name in narrow[2]


def test_what_an_audit_found_stands_deeper_and_within_80_columns() -> None:
    deep = finding("word " * 60, remedy="word " * 60, facts={"commit": "a" * 40})
    about: CommitFound = {
        "commit": "a" * 40,
        "on": "2026-03-10",
        "day": "2026-03-10",
        "subject": "An act",
        "kind": "act",
        "author": "Ana",
    }
    told = by_commit([deep], [about])
    assert max(map(len, told.split("\n"))) <= 80
    assert "\n  registry/x.yaml:1:1  refused" in told and "\n    > word" in told
