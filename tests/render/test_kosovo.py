"""Art. 1: the asterisk everywhere, and the note once in a document."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b40cli.cli.request import output
from b40cli.cli.telling import told as tell
from b40cli.model.designation import starred
from b40cli.render.kosovo import NOTE, designated
from tests.render.answers import answer, finding, record
from tests.scenario import Heard, ask, pinned, stage

NAMED = "Kosovo"
BARE = re.compile(r"Kosovo(?!\w)(?!\\?\*)")
READS = (
    "show xk-gurmal",
    "member show xk-gurmal",
    "roll",
    "check",
    "statutes show country-names",
    "explain country-in-the-region",
    "explain art1",
    "statutes readings",
)


def rendered(text: str) -> str:
    """The text of a Markdown document as a reader sees it."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(text)
    seen = []
    for token in tokens:
        for child in token.children or ():
            seen.append("\n" if child.type == "softbreak" else child.content)
        if token.type in ("fence", "code_block"):
            seen.append(token.content)
    return "".join(part for part in seen if part != "<!-- -->")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Kosovo", "Kosovo*"),
        ("Kosovo*", "Kosovo*"),
        ("Kosovo and Kosovo*, Kosovo.", "Kosovo* and Kosovo*, Kosovo*."),
        ("(Kosovo)", "(Kosovo*)"),
        ("Kosovo's", "Kosovo*'s"),
        ("Kosovo\\*", "Kosovo\\*"),
        ("Kosovska Mitrovica, Kosovopolje", "Kosovska Mitrovica, Kosovopolje"),
        ("https://x.example/Kosovo/y of Kosovo", "https://x.example/Kosovo/y of Kosovo*"),
    ],
)
def test_the_asterisk_is_put_where_it_was_left_out(written: str, told: str) -> None:
    assert starred(written) == told


@given(st.text(st.sampled_from("Kosov*\\ a.\n/:")))
def test_starring_twice_changes_nothing_more(text: str) -> None:
    once = starred(f"{text}Kosovo{text}")
    assert starred(once) == once
    assert designated(designated(once)) == designated(once)


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_the_note_stands_once_in_a_document(form: str) -> None:
    told = tell(
        answer(
            "decision open", finding("Kosovo."), finding("Kosovo* and Kosovo."), a=NAMED, b=[NAMED]
        ),
        form,
    )
    assert told.count(NOTE) == 1 and told.rstrip().endswith(NOTE)
    assert not BARE.search(told)


def test_the_note_stands_once_in_data() -> None:
    whole = answer("show", finding("Kosovo."), path="x", record={"a": [{"b": NAMED}]}, named_by=[])
    told = tell(whole, "json")
    assert told.count(NOTE) == 1
    data = json.loads(told)
    assert data["result"]["designation_note"] == NOTE
    assert data["findings"][0]["message"] == "Kosovo*."
    assert data["result"]["record"] == {"a": [{"b": "Kosovo*"}]}


@pytest.mark.parametrize("form", ["terminal", "json", "markdown"])
def test_no_note_where_nothing_is_named(form: str) -> None:
    assert NOTE not in tell(record(name="Kosovska Mitrovica"), form)


@pytest.mark.parametrize(
    "text",
    ["Kosovo and Kosovo*", "Kosovo*s Kosovo*s", "*Kosovo* **Kosovo**", "(Kosovo)"],
)
def test_markdown_keeps_every_asterisk(text: str) -> None:
    told = rendered(tell(record(name=text), "markdown"))
    assert starred(text) in told
    assert NOTE in told, "the note is no list item: its asterisk is seen"


def test_markdown_keeps_the_asterisk_in_what_is_told_as_it_stands() -> None:
    told = answer("member mayor")._replace(told="member: Ana mayor of Kosovo Grad")
    assert "mayor of Kosovo* Grad" in rendered(tell(told, "markdown"))


def test_the_talk_is_starred_too(capsys: pytest.CaptureFixture[str]) -> None:
    output.talk("No city of Kosovo is on record.", "Look for Kosovo.")
    assert capsys.readouterr().err == "b40: No city of Kosovo* is on record.\n  Look for Kosovo*.\n"


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> list[Heard]:
    """What the register's own reads say, in every format."""
    with pinned():
        folder = stage(tmp_path_factory.mktemp("kosovo")) / "whole"
        return [
            ask(folder, *words.split(), "--on", "2026-04-18", "--format", form)
            for words in READS
            for form in ("terminal", "json", "markdown")
        ]


def test_no_read_leaves_it_out(heard: list[Heard]) -> None:
    assert {h.code for h in heard} == {0}
    assert [h.out for h in heard if BARE.search(h.out)] == []
    named = [h.out for h in heard if "Kosovo*" in h.out]
    assert len(named) >= 6
    assert {text.count(NOTE) for text in named} == {1}
