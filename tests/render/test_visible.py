"""Nothing a record or a command line contains is obeyed by a terminal."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b40cli.render.visible import _UNSEEN, visible
from tests.render.answers import HOSTILE

# Categories a terminal or a reader's eye may be led by: controls, line ends, half characters.
LEADING = {"Cc", "Zl", "Zp", "Cs"}
BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_every_character_that_could_be_obeyed_is_shown_as_an_escape() -> None:
    obeyed = [
        chr(n)
        for n in range(sys.maxunicode + 1)
        if unicodedata.category(chr(n)) in LEADING or chr(n) in BIDIRECTIONAL
    ]
    assert all(visible(c).startswith("\\") and visible(c).isascii() for c in obeyed)


@pytest.mark.parametrize("text", ["Пловдив", "Çamlıova", "Ελλάς", "a b", "\\x1b", "e\u0301", "🏛"])
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_one_printable_line(text: str) -> None:
    shown = visible(text)
    assert len(shown.splitlines()) == 1
    assert shown.isprintable()


@given(st.text())
def test_showing_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


def test_whatever_python_takes_for_printable_what_hides_is_shown() -> None:
    unseen = re.compile(_UNSEEN)
    hiding = [c for c in map(chr, range(sys.maxunicode + 1)) if unseen.match(c)]
    assert sum(c.isprintable() for c in hiding) > 200
    assert not any(c in visible(f"Пловдив{c}") for c in hiding)
