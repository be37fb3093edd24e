"""The canonical layout: examples, and that nothing said or noted is ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b40cli.model.errors import UsageError
from b40cli.store.yaml import layout
from b40cli.store.yaml.dialect import YamlDefect, parse
from b40cli.store.yaml.layout import UNORDERED, KeyOrder, dump, tidy
from b40cli.store.yaml.nodes import identical
from tests.many import of_many
from tests.store.documents import RECORDS, TRAPS, handwritten

MEMBER = KeyOrder(
    ("id", "name", "country", "contact", "mayors", "suspensions"),
    {"suspensions": KeyOrder(items=KeyOrder(("from", "by", "until")))},
)


def tidied(text: str, order: KeyOrder = UNORDERED) -> str:
    return tidy(text.encode(), order).decode()


def test_dump_follows_the_design() -> None:
    record = {
        "suspensions": [{"until": "2027-06-01", "by": "PR-2027-002", "from": "2027-03-01"}],
        "country": "NO",
        "name": "Plovdiv",
        "id": "bg-plovdiv",
        "documents": [],
        "contact": {"email": "office@example.org", "phone": "+359 32 656 701"},
        "criteria": ["pledge", "aims"],
    }
    assert dump(record, MEMBER).decode() == (
        "id: bg-plovdiv\n"
        "name: Plovdiv\n"
        "country: 'NO'\n"
        "contact: {email: office@example.org, phone: +359 32 656 701}\n"
        "suspensions:\n"
        "  - {from: 2027-03-01, by: PR-2027-002, until: 2027-06-01}\n"
        "documents: []\n"
        "criteria: [pledge, aims]\n"
    )


def test_what_does_not_fit_in_a_hundred_columns_stands_in_block() -> None:
    fits = {"a": ["x" * 94]}
    assert dump(fits, UNORDERED).decode() == f"a: [{'x' * 94}]\n".replace("a: [", "a: [")
    assert len(dump({"a": ["x" * 95]}, UNORDERED).splitlines()[0]) == 100
    assert dump({"a": ["x" * 96]}, UNORDERED).decode() == f"a:\n  - {'x' * 96}\n"
    wide = {"a": [{"k": "x" * 60, "l": "y" * 60}]}
    assert dump(wide, UNORDERED).decode() == f"a:\n  - k: {'x' * 60}\n    l: {'y' * 60}\n"


def test_a_text_of_several_lines_is_a_block_text() -> None:
    assert dump({"a": "one\n\ntwo", "b": "x\ny\n"}, UNORDERED).decode() == (
        "a: |-\n  one\n\n  two\nb: |\n  x\n  y\n"
    )


@pytest.mark.parametrize("text", TRAPS)
def test_every_trap_survives(text: str) -> None:
    record = {"v": text, "list": [text], "deep": {"x": [text, {text: text}]}, text: 1}
    data = dump(record, UNORDERED)
    assert identical(parse(data), record)
    assert tidy(data, UNORDERED) == data


def test_quotes_stand_only_where_they_must() -> None:
    assert tidied("a: \"x\"\nb: 'no'\nc: \"it's: so\"\nd: 'Sofia, Bulgaria'\n") == (
        "a: x\nb: 'no'\nc: \"it's: so\"\nd: Sofia, Bulgaria\n"
    )
    assert tidied("a: ['Sofia, Bulgaria', \"x\"]\n") == "a: ['Sofia, Bulgaria', x]\n"


@pytest.mark.parametrize("text", ["\x1b[31m", "\u202e", "e\u0301", "a\x00", "\u2028", "\r\n"])
def test_a_text_no_record_may_hold_is_refused(text: str) -> None:
    for record in ({"a": text}, {text: 1}, {"a": [{"b": text}]}):
        with pytest.raises(UsageError):
            dump(record, UNORDERED)


@pytest.mark.parametrize("value", [1.5, b"x", {1: 2}, object()])
def test_only_plain_data_is_written(value: Any) -> None:
    with pytest.raises(TypeError):
        dump({"a": value}, UNORDERED)
    with pytest.raises(UsageError):
        dump({"a": 10**18}, UNORDERED)


HAND = """\
# the register of Plovdiv

# note on suspensions
suspensions:

  # why the first
  - {by: PR-2027-002,   # by whom
     from: 2027-03-01}  # beside it
  # below the last
# note on the name
name:   "Plovdiv"     # beside the name


contact: { email: office@example.org }
extra: 1
id: bg-plovdiv
# the end
"""

TIDY = """\
# the register of Plovdiv

id: bg-plovdiv
# note on the name
name: Plovdiv  # beside the name

contact: {email: office@example.org}
# note on suspensions
suspensions:
  # why the first
  # beside it
  - from: 2027-03-01
    by: PR-2027-002  # by whom
  # below the last
extra: 1
# the end
"""


def test_comments_go_with_their_entries() -> None:
    assert tidied(HAND, MEMBER) == TIDY
    assert tidied(TIDY, MEMBER) == TIDY


@pytest.mark.parametrize(
    ("hand", "tidy_text"),
    [
        ("e: [ # in\n  # under\n]\n", "# under\ne: []  # in\n"),
        ("a: | # why\n  x\n  y\n", "a: |  # why\n  x\n  y\n"),
        ("a: {b: 1,\n  # two\n  c: 2}  # end\n", "a:  # end\n  b: 1\n  # two\n  c: 2\n"),
        ("{a: 1, b: 2}  # all\n", "a: 1\nb: 2\n# all\n"),
        ("{}  # nothing\n", "{}\n# nothing\n"),
        ("a:\n- # c\n  # d\n  b: 1\n  c: |\n    x\n    y\n",
         "a:\n  # c\n  # d\n  - b: 1\n    c: |\n      x\n      y\n"),
        ("a:\n- x\n# of b\nb: 1\n", "a: [x]\n# of b\nb: 1\n"),
        ("a:\n- # c\n  b: 1 # d\n", "a:\n  # c\n  - b: 1  # d\n"),
        ("a:\n  b:\n    - x\n    # of b\n  # of a\n\n# of c\nc: 1\n",
         "a:\n  b:\n    - x\n    # of b\n  # of a\n\n# of c\nc: 1\n"),
        ("\n\n# head\n\n\n\na: 1\n\n\n", "# head\n\na: 1\n"),
    ],
)  # fmt: skip
def test_comments_in_odd_places(hand: str, tidy_text: str) -> None:
    assert tidied(hand) == tidy_text
    assert tidied(tidy_text) == tidy_text


def test_a_number_sign_in_a_text_is_no_comment() -> None:
    assert tidied("a: 'x # y'  # z\nb: c#d\n") == "a: 'x # y'  # z\nb: c#d\n"


def test_a_lost_comment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    written = layout._written
    monkeypatch.setattr(
        layout, "_written", lambda *parts: written(*parts).replace(b"# the end", b"# an end")
    )
    with pytest.raises(YamlDefect, match="comment"):
        tidied(HAND, MEMBER)


def test_a_defect_stays_a_defect() -> None:
    with pytest.raises(YamlDefect):
        tidied("a: 1\na: 2\n")


def test_order_of_unlisted_keys_and_items() -> None:
    order = KeyOrder(("b", "a"), {}, KeyOrder(("y", "x")))
    assert tidied("z: {x: 1, y: 2}\na: 1\nq: 0\nb: 2\n", order) == (
        "b: 2\na: 1\nz: {y: 2, x: 1}\nq: 0\n"
    )


@settings(max_examples=of_many(40, 120), deadline=None)
@given(RECORDS)
def test_reading_what_was_written_is_the_identity(record: dict[str, Any]) -> None:
    data = dump(record, UNORDERED)
    assert identical(parse(data), record)
    assert tidy(data, UNORDERED) == data
    assert not any(line.endswith(b" ") for line in data.splitlines())


@settings(max_examples=of_many(40, 120), deadline=None)
@given(handwritten(), st.permutations(TRAPS[:9]))
def test_tidying_keeps_what_is_said_and_noted(
    written: tuple[dict[str, Any], str, int], keys: list[str]
) -> None:
    record, text, notes = written
    order = KeyOrder(tuple(keys), {}, KeyOrder(tuple(keys)))
    after = tidy(text.encode(), order)
    assert identical(parse(after), record)
    assert all(f"# n{n} - x: [y".encode() in after for n in range(1, notes + 1))
    assert tidy(after, order) == after
