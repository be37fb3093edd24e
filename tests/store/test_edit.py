"""Edits: what is not edited keeps its bytes; an append only inserts lines."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from b40cli.model.edit import Append, Put
from b40cli.model.errors import UsageError
from b40cli.store.schema import kind_of, order
from b40cli.store.yaml.dialect import YamlDefect, parse
from b40cli.store.yaml.edit import apply
from b40cli.store.yaml.layout import KeyOrder, dump, tidy
from b40cli.store.yaml.nodes import identical
from tests.invented import records
from tests.many import of_many
from tests.store.documents import DATA, handwritten

ORDER = KeyOrder(
    ("id", "name", "country", "application", "removal", "mayors", "suspensions"),
    {"application": KeyOrder(("received", "form", "outcome"))},
)
MEMBER = """\
# head

# the id
id: bg-plovdiv    # never reused
name: Plovdiv
application: {received: 2026-12-01, documents: []}   # by letter
mayors: []
suspensions:
  # the first
  - {from: 2027-03-01, by: PR-2027-002}  # beside
  # below

# the end
end: |
  one
  two
"""

REMARK = b"# a comment\n\n"
ONE_OF_A_KIND = {kind_of(path): path for path in records()}.values()


def put(*at: str | int, value: Any) -> Put:
    return Put("", at, value)


def append(*at: str | int, value: Any) -> Append:
    return Append("", at, value)


def diff(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(True), after.splitlines(True))
    return [line for line in lines if line[0] in "+-"]


def edited(*edits: Put | Append, text: str = MEMBER, order: KeyOrder | None = None) -> str:
    return apply(text.encode(), edits, order).decode()


def change(*edits: Put | Append, text: str = MEMBER, order: KeyOrder | None = None) -> list[str]:
    return diff(text, edited(*edits, text=text, order=order))


def test_no_edit_no_change() -> None:
    assert edited() == MEMBER
    assert edited(put("name", value="Plovdiv")) == MEMBER


def test_put_replaces_just_the_value() -> None:
    after = edited(put("id", value="bg-sofia"))
    assert after == MEMBER.replace("bg-plovdiv ", "bg-sofia ")


def test_put_quotes_what_must_be_quoted() -> None:
    assert change(put("name", value="no")) == ["- name: Plovdiv\n", "+ name: 'no'\n"]


def test_put_inside_a_flow_mapping() -> None:
    at = ("suspensions", 0, "until")
    assert change(Put("", at, "2027-06-01"))[1] == (
        "+   - {from: 2027-03-01, by: PR-2027-002, until: 2027-06-01}  # beside\n"
    )
    assert "{received: 2026-12-01, outcome: EC-2026-001, documents: []}   # by letter" in edited(
        put("application", "outcome", value="EC-2026-001"), order=ORDER
    )


def test_a_new_key_stands_at_its_place_and_moves_no_comment() -> None:
    assert change(put("removal", value="GA-2029-003"), order=ORDER) == ["+ removal: GA-2029-003\n"]
    after = edited(put("removal", value="GA-2029-003"), order=ORDER)
    assert "# by letter\nremoval: GA-2029-003\nmayors" in after
    assert edited(put("removal", value="x")).endswith("  two\nremoval: x\n")


def test_a_new_first_key_stands_above_the_remarks_of_the_next() -> None:
    text = "# head\n\n# of name\nname: x\n"
    assert edited(put("id", value="w"), text=text, order=ORDER) == (
        "# head\n\nid: w\n# of name\nname: x\n"
    )


def test_a_key_after_a_list_leaves_the_remark_below_the_list() -> None:
    text = "a:\n  - x\n  # of a\n# of c\nc: 1\n"
    assert edited(put("b", value=2), text=text, order=KeyOrder(("a", "b", "c"))) == (
        "a:\n  - x\n  # of a\nb: 2\n# of c\nc: 1\n"
    )


def test_append_only_inserts() -> None:
    entry = {"from": "2027-09-01", "by": "PR-2027-009"}
    assert change(append("suspensions", value=entry)) == [
        "+   - {from: 2027-09-01, by: PR-2027-009}\n"
    ]
    assert "# beside\n  - {from: 2027-09-01, by: PR-2027-009}\n  # below\n" in edited(
        append("suspensions", value=entry)
    )


def test_append_at_the_end_of_a_file_without_a_line_break() -> None:
    assert edited(append("a", value={"b": 1}), text="a:\n  - {b: 0}") == (
        "a:\n  - {b: 0}\n  - {b: 1}\n"
    )


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: [x]  # n\n", "a: [x, w]  # n\n"),
        ("a: []  # n\n", "a: [w]  # n\n"),
        ("a:  # n\nb: 1\n", "a: [w]  # n\nb: 1\n"),
        ("b: 1\n", "b: 1\na: [w]\n"),
        ("{}\n", "{a: [w]}\n"),
        ("a:\n- x\nb: 1\n", "a:\n- x\n- w\nb: 1\n"),
        ("a:\n  - x: 1\n    z: |\n      t\n\n\nb: 1\n",
         "a:\n  - x: 1\n    z: |\n      t\n  - w\n\n\nb: 1\n"),
        ("{ # n\n}\n", "{a: [w]  # n\n}\n"),
        ("a:\n  - |+\n    t\n\nb: 1\n", "a:\n  - |+\n    t\n\n  - w\nb: 1\n"),
        ("a: [\n  x,  # n\n]\n", "a: [\n  x, w,  # n\n]\n"),
    ],
)  # fmt: skip
def test_append_to_every_kind_of_list(text: str, after: str) -> None:
    assert edited(append("a", value="w"), text=text) == after


def test_append_makes_a_missing_list_of_mappings_in_block() -> None:
    assert change(append("presences", value={"on": "2027-01-01"})) == [
        "+ presences:\n",
        "+   - {on: 2027-01-01}\n",
    ]


def test_missing_parents_are_made() -> None:
    assert change(put("withdrawal", "document", "sha256", value="ab")) == [
        "+ withdrawal: {document: {sha256: ab}}\n"
    ]


def test_a_put_of_a_list_that_grew_appends() -> None:
    grown = [{"from": "2027-03-01", "by": "PR-2027-002"}, {"from": "2028-01-01"}]
    assert change(put("suspensions", value=grown)) == ["+   - {from: 2028-01-01}\n"]


def test_a_put_of_a_mapping_touches_only_what_differs() -> None:
    value = {"received": "2026-12-01", "documents": [], "outcome": "EC-2026-001"}
    assert "documents: [], outcome: EC-2026-001}   # by letter\n" in edited(
        put("application", value=value)
    )


def test_a_put_of_a_mapping_leaves_the_remarks_inside() -> None:
    text = "a:\n  # n\n  b: 1  # m\n  c: 2\n"
    assert edited(put("a", value={"b": 1, "c": 3}), text=text) == text.replace("c: 2", "c: 3")


def test_comments_inside_a_replaced_value_go_above_it() -> None:
    after = edited(put("suspensions", value=[]))
    assert "# the first\nsuspensions: []  # beside\n  # below\n" in after


def test_a_block_value_for_an_inline_one_keeps_the_remark_beside() -> None:
    text = "a: 1  # n\nb: 2\n"
    assert edited(put("a", value="x\ny"), text=text) == "# n\na: |-\n  x\n  y\nb: 2\n"


def test_a_canonical_record_stays_canonical() -> None:
    before = tidy(MEMBER.encode(), ORDER)
    form = {"path": "evidence/" + "x" * 40, "sha256": "a" * 64}
    edits: list[Put | Append] = [
        put("application", "form", value=form),
        append("mayors", value={"name": "A, B"}),
    ]
    after = apply(before, edits, ORDER)
    assert tidy(after, ORDER) == after
    assert b"application:  # by letter\n  received: 2026-12-01\n  form:\n    path:" in after
    bare = b"id: a\nmayors: []\n"
    put_in = [put("application", value={"outcome": "one", "received": "two"})]
    assert_laid_out_as_spliced(bare, put_in[0], ORDER)
    assert (
        apply(bare, put_in, ORDER).split(b"\n")[1] == b"application: {received: two, outcome: one}"
    )


def test_edits_follow_one_another() -> None:
    after = edited(
        put("removal", "by", value="GA-2029-003"),
        put("removal", "effective", value="2029-02-01"),
        append("removal", "documents", value={"path": "x"}),
        append("removal", "documents", value={"path": "w"}),
    )
    assert after.endswith(
        "removal: {by: GA-2029-003, effective: 2029-02-01, documents: [{path: x}, {path: w}]}\n"
    )


@pytest.mark.parametrize(
    "edit",
    [
        append("name", value=1),
        put("name", "first", value=1),
        put("suspensions", 7, "until", value=1),
        put("mayors", 0, value=1),
        put(value=1),
    ],
)
def test_an_edit_without_meaning_is_a_defect_of_the_tool(edit: Put | Append) -> None:
    with pytest.raises(RuntimeError):
        edited(edit)


def test_a_text_no_record_may_hold_is_refused() -> None:
    with pytest.raises(UsageError):
        edited(put("name", value="\x1b[0m"))


def test_a_broken_record_is_not_edited() -> None:
    with pytest.raises(YamlDefect):
        edited(put("a", value=1), text="a: 1\na: 2\n")


def second_opinion(data: bytes, edit: Put | Append) -> bytes:
    """What ruamel's round trip makes of the same edit."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    record = yaml.load(data.decode())
    if isinstance(edit, Append):
        at_place(record, edit.at).append(edit.value)
    else:
        at_place(record, edit.at[:-1])[edit.at[-1]] = edit.value
    out = StringIO()
    yaml.dump(record, out)
    return out.getvalue().encode()


def smallest_edits(record: Any) -> Iterator[Put | Append]:
    """A text put in the place of each text, and one appended to each list of texts."""
    for at in places(record):
        there = at_place(record, at)
        if isinstance(there, str) and at[-1] not in ("id", "new", "deep"):
            yield Put("", at, "Another")
        elif isinstance(there, list) and there and isinstance(there[0], str):
            yield Append("", at, "another")


@pytest.mark.parametrize("path", ONE_OF_A_KIND)
def test_the_round_trip_of_ruamel_makes_the_same_bytes(path: str) -> None:
    """Of a record of each kind, with each of its first six edits (docs/adr/0005).

    But for quotes that it puts around a text in a flow that needs none.
    """
    held = records()[path]
    text = dump(held, order(kind_of(path) or ""))
    for edit in islice(smallest_edits(held), 6):
        theirs = second_opinion(text, edit)
        assert apply(text, [edit]) == theirs.replace(b"'Another'", b"Another"), edit
        assert_laid_out_as_spliced(text, edit, order(kind_of(path) or ""))


def assert_laid_out_as_spliced(text: bytes, edit: Put | Append, keys: KeyOrder) -> None:
    """A record without a comment is laid out anew, one with a comment spliced: to the same."""
    if text == b"{}\n":  # Above nothing a comment is no part of the layout.
        return
    assert REMARK + apply(text, [edit], keys) == apply(REMARK + text, [edit], keys), edit


def places(data: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Give every place of a record, and in each mapping one that is not there yet."""
    if isinstance(data, dict):
        below = [place for key, value in data.items() for place in places(value, (*at, key))]
        return [at, *below, (*at, "new"), (*at, "new", "deep")]
    if isinstance(data, list):
        return [at] + [p for i, value in enumerate(data) for p in places(value, (*at, i))]
    return [at]


def at_place(data: Any, at: tuple[str | int, ...]) -> Any:
    for step in at:
        data = data.get(step) if isinstance(data, dict) else data and data[step]
    return data


@settings(max_examples=of_many(40, 150), deadline=None)
@given(handwritten(), st.data())
def test_any_put_anywhere_keeps_every_comment(
    written: tuple[dict[str, Any], str, int], data: st.DataObject
) -> None:
    record, text, notes = written
    at = data.draw(st.sampled_from(places(record)[1:]))
    value = data.draw(DATA)
    after = apply(text.encode(), [Put("", at, value)])
    assert identical(at_place(parse(after), at), value)
    assert all(f"# n{n} - x: [y".encode() in after for n in range(1, notes + 1))
    assert_laid_out_as_spliced(dump(record, ORDER), Put("", at, value), ORDER)


@settings(max_examples=of_many(40, 150), deadline=None)
@given(handwritten(), st.data())
def test_any_append_inserts_only(
    written: tuple[dict[str, Any], str, int], data: st.DataObject
) -> None:
    record, text, _ = written
    lists = [at for at in places(record) if isinstance(at_place(record, at), list)]
    assume(lists)
    at = data.draw(st.sampled_from(lists))
    before = at_place(record, at)
    assume(before)
    value = data.draw(DATA)
    after = apply(text.encode(), [Append("", at, value)]).decode()
    assert identical(at_place(parse(after.encode()), at), [*before, value])
    assert_laid_out_as_spliced(dump(record, ORDER), Append("", at, value), ORDER)
    # Some cut of the old text lets the whole insertion in, and nothing else.
    assert any(
        after == text[:cut] + after[cut : cut + len(after) - len(text)] + text[cut:]
        for cut in range(len(text) + 1)
    )
