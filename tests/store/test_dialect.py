"""The dialect: what is read, what is refused and where, and that hostile files cost nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b40cli.store.shipped import shipped
from b40cli.store.yaml import dialect, plain_layout
from b40cli.store.yaml.charset import lawful_text
from b40cli.store.yaml.dialect import YamlDefect, parse, positions
from b40cli.store.yaml.layout import UNORDERED, dump
from b40cli.store.yaml.nodes import identical
from tests.many import of_many
from tests.store.documents import RECORDS, handwritten

CORPUS = Path(__file__).parent / "dialect"
MEBIBYTE = 1 << 20

HOSTILE = {
    "lists": b"[" * MEBIBYTE,
    "lists below a key": b"a: " + b"[" * (MEBIBYTE - 3),
    "mappings": b"a: " + b"{a: " * 260_000,
    "dashes": b"- " * 500_000,
    "marked keys": b"? " * 500_000,
    "many values": b"a: [" + b"1," * 500_000 + b"]",
    "many keys": b"".join(b"k%d: 1\n" % n for n in range(70_000)),
    "many keys, one twice": b"".join(b"k%d: 1\n" % (n % 69_999) for n in range(70_000)),
    "a long integer": b"a: " + b"9" * 1_000_000,
    "a long doubtful number": b"a: 1" + b"_" * 1_000_000 + b"x",
    "a long clock": b"a: " + b"12:3" * 250_000,
    "accents heaped up": b"a: a" + "\u0300".encode() * 500_000,
    "accents out of order": b"a: a" + "\u0315\u0300".encode() * 250_000,
    "anchors": b"x: " + b"&a " * 300_000,
    "an alias bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "colons": b"a: " + b":" * 1_000_000,
    "escapes": b'a: "' + b"\\x41" * 260_000 + b'"',
    "ten megabytes": b"a: " + b"x" * (10 * MEBIBYTE),
}


def defect(data: bytes) -> YamlDefect:
    with pytest.raises(YamlDefect) as caught:
        parse(data)
    return caught.value


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("positive/*.yaml")), ids=lambda path: str(path.stem)
)
def test_reads(path: Path) -> None:
    data = path.read_bytes()
    expected = json.loads(path.with_suffix(".json").read_text())
    assert identical(parse(data), expected)
    assert identical(dialect._read_carefully(data, lawful_text(data)), expected)


@pytest.mark.parametrize(
    "path", sorted(CORPUS.glob("negative/*.yaml")), ids=lambda path: str(path.stem)
)
def test_refuses_with_line_and_column(path: Path) -> None:
    found = defect(path.read_bytes())
    told = f"{found.line}:{found.column}: {found.message}"
    assert told == path.with_suffix(".expect").read_text().strip()
    assert found.remedy.endswith(".")


@pytest.mark.parametrize(
    ("data", "line", "column", "part"),
    [
        (b"a: 1\r\nb: 2\r\n", 1, 5, "Windows"),
        (b"\xef\xbb\xbfa: 1\n", 1, 1, "byte order mark"),
        (b"a: 1\nb: \xff\n", 2, 4, "not UTF-8"),
        ("a: Ł".encode("utf-16"), 1, 1, "not UTF-8"),
        (b"a: \xed\xa0\x80", 1, 4, "not UTF-8"),
        (b"a: x\x00y", 1, 5, "U+0000"),
        (b"a: \x1b[31m", 1, 4, "U+001B"),
        (b"# a comment too \x07\na: 1", 1, 17, "U+0007"),
        ("a: \ufffe".encode(), 1, 4, "U+FFFE"),
        (b"a: a" + "\u0316".encode() * 250, 1, 1, "marks in a row"),
        *((f"a: {c}".encode(), 1, 4, f"U+{ord(c):04X}") for c in "\u2029\u2066\u2069\u200f\x9b"),
    ],
)
def test_refuses_bytes(data: bytes, line: int, column: int, part: str) -> None:
    found = defect(data)
    assert (found.line, found.column) == (line, column)
    assert part in found.message


def test_thirty_two_levels_pass_and_thirty_three_do_not() -> None:
    assert parse(b"a: " + b"[" * 31 + b"]" * 31)
    assert "32 levels" in defect(b"a: " + b"[" * 32 + b"]" * 32).message


def test_size_limit_is_one_mebibyte() -> None:
    assert parse(b"a: " + b"x" * (MEBIBYTE - 3))
    assert "1 MiB" in defect(b"a: " + b"x" * (MEBIBYTE - 2)).message


def test_days_stay_texts() -> None:
    assert parse(b"on: 2026-12-15\n") == {"on": "2026-12-15"}


def test_the_last_of_two_ballots_does_not_win() -> None:
    found = defect(b"ballots:\n  for: [bg-plovdiv]\n  for: [hr-zagreb]\n")
    assert (found.line, found.column) == (3, 3)


def test_positions_are_those_of_keys_and_items() -> None:
    data = "имя: Пловдив\nmayors:\n  # note\n  - {from: 1, by: x}\n  - w\nz: [p, [q]]\n".encode()
    assert positions(data) == {
        (): (1, 1),
        ("имя",): (1, 1),
        ("mayors",): (2, 1),
        ("mayors", 0): (4, 5),
        ("mayors", 0, "from"): (4, 6),
        ("mayors", 0, "by"): (4, 15),
        ("mayors", 1): (5, 5),
        ("z",): (6, 1),
        ("z", 0): (6, 5),
        ("z", 1): (6, 8),
        ("z", 1, 0): (6, 9),
    }


def test_positions_of_a_broken_file_raise() -> None:
    with pytest.raises(YamlDefect):
        positions(b"a: 1\na: 2\n")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_or_read(name: str) -> None:
    """How long that takes is measured by `make bench`; without an end it would hang here."""
    lawful = ("a long doubtful number", "a long clock", "escapes")
    refused = False
    try:
        parse(HOSTILE[name])
    except YamlDefect:
        refused = True
    assert refused == (name not in lawful)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_hostile_files_fit_in_a_hundred_megabytes() -> None:
    # VmHWM, since ru_maxrss of a child begins at what its parent had.
    program = (
        "import re\n"
        "from b40cli.store.yaml.dialect import YamlDefect, parse\n"
        "for data in (b'[' * (1 << 20), b'a: [' + b'1,' * 500000 + b']', b'a: ' + b'{a: ' * 250000,"
        " b''.join(b'k%d: 1\\n' % n for n in range(70000))):\n"
        "    try: parse(data)\n"
        "    except YamlDefect: pass\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) < 100 * 1024


def reading(read: Any, data: bytes) -> Any:
    try:
        return read(data)
    except YamlDefect:
        return YamlDefect


PIECES = st.sampled_from(
    ["a", "b: ", ": ", "- ", "? ", "\n", "\n  ", "\n- ", "[", "]", "{", "}", ", ", "'", '"', "#",
     " # c", "no", "0123", "1", "null", "2026-02-30", "*a", "&a ", "!t ", "|\n  ", "<<: ", "---",
     "...", "%", "a: ", "k: v\n", "é", "\\", "\t", ":", "~"]
)  # fmt: skip


@settings(max_examples=of_many(120, 400), deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_both_readings_agree_on_anything(text: str) -> None:
    data = text.encode()
    fast = reading(parse, data)
    careful = reading(lambda data: dialect._read_carefully(data, lawful_text(data)), data)
    assert fast is careful or identical(fast, careful)


SHIPPED = sorted(shipped("registry").rglob("*.yaml"))
SLIPS = (
    *("a", "b: ", ": ", "- ", "? ", "\n", "\n  ", "[", "]", "{", "}", ", ", "'", '"', " #", "no"),
    *("0123", "*a", "&a ", "!t ", "|\n  ", "<<: ", "---", "%", "é", "\\", ":", " ", "\ue000", "-"),
)


def slipped(random: Random, text: str) -> str:
    """A record after a slip of the hand: a line moved, doubled or lost, a mark too many."""
    lines = text.split("\n")
    n, at = random.randrange(len(lines)), random.randrange(len(text) + 1)
    return random.choice(
        (
            "\n".join([*lines[:n], *lines[n + 1 :]]),
            "\n".join([*lines[:n], random.choice(lines), *lines[n:]]),
            "\n".join([*lines[:n], " " * random.randint(1, 3) + lines[n], *lines[n + 1 :]]),
            "\n".join([*lines[:n], lines[n][random.randint(1, 3) :], *lines[n + 1 :]]),
            text[:at] + random.choice(SLIPS) + text[at + random.randrange(3) :],
        )
    )


def test_both_readings_agree_on_records_with_slips() -> None:
    random = Random(40)
    texts = [path.read_text("utf-8") for path in SHIPPED if path.stat().st_size < 3000]
    read_fast = 0
    for _ in range(2000):
        text = slipped(random, slipped(random, random.choice(texts)))
        try:
            record, written = plain_layout.read(lawful_text(text.encode()))
        except (YamlDefect, plain_layout.Doubtful):
            continue
        read_fast += 1
        assert identical(record, dialect._read_carefully(text.encode(), text))
        assert written == json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    assert read_fast > 200


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_whatever_we_write_is_read_fast(path: Path) -> None:
    plain_layout.read(lawful_text(path.read_bytes()))


@settings(max_examples=of_many(40, 100), deadline=None)
@given(handwritten())
def test_reads_whatever_hand_wrote_it(written: tuple[dict[str, Any], str, int]) -> None:
    record, text, _ = written
    assert identical(parse(text.encode()), record)


@settings(max_examples=of_many(30, 60), deadline=None)
@given(RECORDS)
def test_another_reader_reads_the_same(record: dict[str, Any]) -> None:
    """The pure Python reader of YAML 1.2 is the witness; days are texts to it here."""
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import SafeConstructor

    class Witness(SafeConstructor):
        pass

    Witness.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Witness
    assert identical(yaml.load(dump(record, UNORDERED).decode()), record)


@pytest.mark.parametrize(
    "written",
    ["a\ue000b", '"a\\ue000b"', '"a\\uE000b"', "'2026-01-05T10\ue00000\ue00000Z'", "\ue001\ue000"],
)
def test_a_character_of_private_use_is_no_colon(written: str) -> None:
    """Nor where a time in brackets is read through one that stands in for its colon."""
    data = f"[{{at: 2026-01-05T10:00:00+03:00, name: {written}}}]".encode()
    record = parse(b"list: " + data + b"\n")
    [entry] = record["list"]
    plain = written.strip("\"'").replace("\\ue000", "\ue000").replace("\\uE000", "\ue000")
    assert entry == {"at": "2026-01-05T10:00:00+03:00", "name": plain}
