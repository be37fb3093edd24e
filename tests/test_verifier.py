"""The verifier itself: small, bare, and not to be fooled or felled by any file."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from b40cli.cli.main import main
from b40cli.store.schema import order
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump
from tests import fuzzing
from tests.acts.scene import ALL, IDENTITY, scene
from tests.bare import (
    SCRIPT,
    UNSIGNED,
    data_of,
    forged,
    resealed,
    run,
    sealed,
    verdict,
    verifier,
)
from tests.invented import MEETING, SEVEN

Forge = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The certificate of an admission that one city abstained from."""
    folder = tmp_path_factory.mktemp("certified")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        register = str(scene(folder, "meeting", "applicant"))
        vote = ("--for", ",".join(SEVEN[:6]), "--abstain", SEVEN[6])
        words = ("decision", "record", "admission", "--subject", "bg-rosendol")
        on = ("--meeting", MEETING, "--on", "2026-03-10", "--quiet")
        assert main(["-C", register, *words, *vote, *on]) == 0
        out = ("--out", str(folder / "c.txt"), "--quiet")
        assert main(["-C", register, "decision", "certificate", "EC-2026-001", *out]) == 0
    return (folder / "c.txt").read_text("utf-8")


def test_it_is_one_short_script_of_the_standard_library() -> None:
    source = SCRIPT.read_text("utf-8")
    assert len(source.splitlines()) <= 310 and "Longer than the 150 lines" in source
    tree = ast.parse(source)
    names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    names += [str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert names and {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_it_verifies(text: str, tmp_path: Path) -> None:
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def test_every_changed_byte_is_found_on_its_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte of the file in turn, by the seal; a line is named, and it is the right one.

    The other lines are the same ten thousand times: the digest of each is worked out once.
    """
    monkeypatch.setattr(verifier, "hashlib", SimpleNamespace(sha256=cache(Digest)))
    data, random = bytearray(text.encode()), Random(40)
    line, sealed = 1, text.count("\n") - 2
    for at, byte in enumerate(data):
        data[at] = (byte + random.randrange(1, 256)) % 256
        # A seal broken in two is named by its second half.
        lines = {line, line + (data[at] == 10 and line > sealed)}
        assert verifier.seal(bytes(data).split(b"\n")) in lines, (at, line)
        data[at] = byte
        line += byte == 10


class Digest:
    """A digest that is written out once."""

    def __init__(self, data: bytes) -> None:
        self._told = sha256(data).hexdigest()

    def hexdigest(self) -> str:
        """As hashlib tells it."""
        return self._told


def test_one_byte_in_each_line_fails_and_says_so(text: str, tmp_path: Path) -> None:
    """The whole script, for a byte in every line."""
    lines, at = text.encode().split(b"\n"), 0
    for n, line in enumerate(lines[:-1], 1):
        data = bytearray(text.encode())
        data[at + len(line) // 2] ^= 1
        code, said = verdict(tmp_path, bytes(data))
        assert code == 1 and said.startswith(f"FAILED  line {n}: "), (n, said)
        at += len(line) + 1


def test_in_a_process_of_its_own_too(text: str, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(text.replace("for: 6", "for: 7", 1))
    ran = run(tmp_path, "c.txt")
    line = next(n for n, x in enumerate(text.split("\n"), 1) if "for: 6" in x)
    assert ran.returncode == 1 and f"FAILED  line {line}: " in ran.stdout


def _vote(data: dict[str, Any]) -> None:
    ballots = data["Decision"]["ballots"]
    ballots["for"].append(ballots["abstain"].pop())


def _decision(**more: Any) -> Forge:
    return lambda data: data["Decision"].update(more)


def _count(**more: Any) -> Forge:
    return lambda data: data["Decision"]["count"]["majority"].update(more)


@pytest.mark.parametrize(
    ("forge", "line"),
    [
        (_count(**{"for": 7}), "count:"),
        (_count(base=6, required=6), "count:"),
        (_decision(state="adopted"), "state:"),
        (_vote, "count:"),
        (lambda d: d["Decision"]["ballots"]["for"].append("mk-planinsko"), "ballots:"),
        (lambda d: d["Decision"]["ballots"]["for"].append(SEVEN[0]), "ballots:"),
        (lambda d: d["Decision"]["roll"]["entitled"].pop(), "sha256:"),
        (lambda d: d["Decision"]["roll"]["present"].append(SEVEN[0]), "id:"),
        (lambda d: d["Decision"]["roll"].update(represented={SEVEN[0]: SEVEN[1]}), "represented"),
        (
            lambda d: d["Arithmetic"]["majority"].update(kind="simple", share="more than 1/2"),
            "count:",
        ),
        (lambda d: d["Arithmetic"]["majority"].update(of="the votes cast"), "count:"),
        (lambda d: d["Arithmetic"]["quorum"]["came"].pop(), "count:"),
        (lambda d: d["Commit"].update(oid="0" * 40), "oid:"),
        (lambda d: d["Commit"].update(made="2026-01-01T00:00:00+00:00"), "made:"),
        (lambda d: d["Commit"].update(object=d["Commit"]["object"] + "x"), "made:"),
        (lambda d: d["Certificate of a decision"].update(network="Another"), "network:"),
        (lambda d: d["Certificate of a decision"].update(register="official"), "network:"),
        (
            lambda d: d["Objects"].__setitem__(
                6, b64encode(b"name: X\nstatus: official\n").decode()
            ),
            "oid:",
        ),
        (_decision(title="Another question"), "id:"),
        (_decision(closed="2026-03-11"), "id:"),
        (lambda d: d.update({"Note": {"annulled": "in 2027"}}), "Certificate"),
        (lambda d: d.update({"Statutes": d.pop("Statutes")}), "Certificate"),
    ],
)
def test_a_forger_who_makes_the_digests_anew_is_found_out(
    text: str, tmp_path: Path, forge: Forge, line: str
) -> None:
    """By the arithmetic, or by git's own hashes; the line is one of those that were forged."""
    code, said = verdict(tmp_path, forged(text, forge))
    forgery = forged(text, forge).split("\n")
    lines = {n for n, x in enumerate(forgery, 1) if x.strip().startswith(line)}
    named = {int(x.split()[2].rstrip(":")) for x in said.split("\n")}
    assert code == 1 and lines & named, said


def test_a_whole_forged_history_still_has_to_count(text: str, tmp_path: Path) -> None:
    """Record, blob, trees and commit made anew, so that only the arithmetic is left to lie."""
    from hashlib import sha1

    def forge(data: dict[str, Any]) -> None:
        objects = [b64decode(text) for text in data["Objects"]]
        objects[5] = objects[5].replace(b"for: 6, casting", b"for: 7, casting")
        objects[5] = objects[5].replace(b"state: rejected", b"state: adopted")
        for n in range(5, 0, -1):
            old, kind = b64decode(data["Objects"][n]), b"blob" if n == 5 else b"tree"
            names = [sha1(b"%s %d\0%s" % (kind, len(x), x)) for x in (old, objects[n])]
            was, now = (x.hexdigest().encode() if n == 1 else x.digest() for x in names)
            objects[n - 1] = objects[n - 1].replace(was, now)
        commit = objects[0]
        data["Objects"] = [b64encode(raw).decode() for raw in objects]
        data["Commit"]["oid"] = sha1(b"commit %d\0%s" % (len(commit), commit)).hexdigest()
        data["Commit"]["object"] = commit.decode().rstrip("\n")
        data["Decision"]["state"] = "adopted"
        data["Decision"]["count"]["majority"]["for"] = 7

    code, said = verdict(tmp_path, forged(text, forge))
    assert code == 1
    assert "hashes" not in said and "word for word" not in said and "counted again" in said


HOSTILE = [
    b"",
    b"\n",
    b"\n" * 5,
    b"\0" * 1000,
    b"\xff\xfe",
    b"{" * 100_000,
    b'{"Decision": {}}\n',
    b"Dear Mayors,\nplease find enclosed.\n",
]
HALF = [b"sha256 of the digests: \n", b"Certificate of a decision\n", b"Certificate of a decision"]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_file_that_is_no_certificate_is_told_so(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verdict(tmp_path, data) == (2, "")
    said = capsys.readouterr().err
    assert said.startswith("Nothing to check: this is no certificate of a decision.\nCheck a")


@pytest.mark.parametrize("data", HALF, ids=range(len(HALF)))
def test_half_a_certificate_is_a_broken_one(data: bytes, tmp_path: Path) -> None:
    assert verdict(tmp_path, data)[0] == 1


def test_evidence_is_checked_however_large(text: str, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"x" * ((8 << 20) + 1))
    code, said = verdict(tmp_path, text, str(tmp_path / "scan.pdf"))
    assert code == 1 and said.endswith("scan.pdf is evidence")


@pytest.mark.parametrize(
    "forge",
    [
        lambda d: d.clear(),
        lambda d: d.update(Decision=[]),
        lambda d: d.update(Decision={"id": None}),
        lambda d: d.update(Objects=["?"]),
        lambda d: d.update(Objects=[]),
        lambda d: d.update(Arithmetic={"quorum": {"share": "1/0"}}),
        lambda d: d.update(Arithmetic={}),
        lambda d: d["Arithmetic"]["quorum"].update(share="more than 1/0"),
        lambda d: d["Decision"].update(ballots=7),
        lambda d: d["Decision"].update(count="x"),
        lambda d: d["Decision"].update(tally={"for": "7"}),
        lambda d: d.update(Decision=_deep(300)),
    ],
)
def test_no_sealed_nonsense_fells_it(text: str, tmp_path: Path, forge: Forge) -> None:
    """The digests fit; what they seal is nonsense."""
    code, said = verdict(tmp_path, forged(text, forge))
    assert code == 1 and said
    assert "Error" not in said


def _deep(depth: int) -> Any:
    return {"id": _deep(depth - 1)} if depth else {}


def test_too_deep_for_json(tmp_path: Path) -> None:
    row = '"Decision": ' + "[" * 100_000 + "]" * 100_000
    assert verdict(tmp_path, sealed(["x", "{", row, "}"]))[0] == 1


def test_a_line_that_says_something_else_than_the_data(text: str, tmp_path: Path) -> None:
    """Resealed by a forger who lies to the reader only: every line above the data in turn."""
    lines = text.split("\n")[:-3]
    for n in range(lines.index("{") - 1):
        lying = [*lines[:n], lines[n] + " indeed", *lines[n + 1 :]]
        code, said = verdict(tmp_path, sealed(lying))
        assert code == 1 and f"FAILED  line {n + 1}: it says" in said, (n, said)
    for lying in (["more", *lines], lines[1:]):
        assert verdict(tmp_path, sealed(lying))[0] == 1


def test_nothing_to_check(tmp_path: Path) -> None:
    """No file, a folder, one larger than it reads: exit 2, in a plain sentence."""
    (tmp_path / "large").write_bytes(b"x" * ((8 << 20) + 1))
    for words in ((), ("missing",), (str(tmp_path),), ("large",), ("a\0b",)):
        if "\0" not in "".join(words):
            ran = run(tmp_path, *words)
            assert ran.returncode == 2 and "Error" not in ran.stderr, words


@pytest.mark.parametrize("where", [0, 1])
@pytest.mark.parametrize("what", ["a pipe", "a device", "a folder"])
def test_what_may_have_no_end_is_not_read(text: str, tmp_path: Path, what: str, where: int) -> None:
    """Nobody need write into a pipe, nor does a device end: as the paper, or as its evidence."""
    (tmp_path / "c.txt").write_text(text, "utf-8")
    odd = tmp_path / "odd"
    if what == "a pipe":
        os.mkfifo(odd)
    elif what == "a folder":
        odd.mkdir()
    else:
        odd.symlink_to("/dev/zero")
    names = [str(tmp_path / "c.txt"), str(odd)] if where else [str(odd)]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *names], capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 2
    assert f"Nothing to check: {str(odd)!r} is no regular file." in done.stderr


def test_what_a_file_says_is_not_obeyed_by_a_terminal(text: str, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text(forged(text, lambda d: d["Decision"].update(id="\x1b[31mEC")))
    ran = run(tmp_path, "c.txt")
    assert ran.returncode == 1 and "\x1b" not in ran.stdout + ran.stderr
    assert data_of(text)["Decision"].startswith("id: EC-2026-001\n") and ALL


# Too long for a line with others.
ONE = "one" * 40


def _ballots(data: dict[str, Any]) -> None:
    data["Decision"]["ballots"]["for"] = [ONE]
    _many(data, f"    - {ONE}\n", [f"    - c{n}\n" for n in range(60_000)] * 2)


def _proxies(data: dict[str, Any]) -> None:
    data["Decision"]["roll"]["represented"] = {ONE: ONE}
    _many(data, f"    {ONE}: {ONE}\n", [f"    c{n}: d{n}\n" for n in range(60_000)])


def _many(data: dict[str, Any], line: str, lines: list[str]) -> None:
    """Many lines of the record in place of one: as it would be written, sooner."""
    record = dump(data["Decision"], order("decision")).decode()
    assert record.count(line) == 1
    data["Decision"] = record.replace(line, "".join(lines))


SLOW: dict[str, Forge] = {
    "ballots of a crowd": _ballots,
    "proxies of a crowd": _proxies,
    "remarks without end": lambda d: d["Decision"].update(grounds="# " * 300_000 + "'"),
    "digits for a tree": lambda d: d["Objects"].__setitem__(1, "MDAw" * 1_400_000),
    "modes for a tree": lambda d: d["Objects"].__setitem__(1, "MTAwNjQ0IDEw" * 80_000),
    "a long number": lambda d: d["Arithmetic"]["quorum"].update(
        share="more than 1/" + "9" * 99_999
    ),
    "long lines": lambda d: d["Statutes"].update(edition="x" * 5_000_000),
}


@pytest.mark.parametrize("forge", SLOW.values(), ids=SLOW.keys())
def test_no_file_keeps_it_busy(text: str, tmp_path: Path, forge: Forge) -> None:
    """The largest file it reads, made to be slow: answered in seconds."""
    (tmp_path / "c.txt").write_text(forged(text, forge))
    words = [sys.executable, "-I", "-S", str(SCRIPT), "c.txt"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=30)
    assert ran.returncode in (1, 2) and b"Traceback" not in ran.stderr


def _docx(part: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("customXml/item1.xml", part)
    return held.getvalue()


@pytest.mark.parametrize(
    "paper",
    [
        b"%PDF-1.7\n" + b"<<" * (3 << 20),
        b"%PDF-1.7\n" + b"<</EmbeddedFile >>" * (300 << 10),
        _docx(b"<record " * (800 << 10)),
    ],
    ids=["open", "attached", "begun"],
)
def test_no_paper_keeps_it_busy(tmp_path: Path, paper: bytes) -> None:
    (tmp_path / "c.pdf").write_bytes(paper)
    words = [sys.executable, "-I", "-S", str(SCRIPT), "c.pdf"]
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=30).returncode == 2


# --- word for word: each of these passed with a genuine signature in 0.1.0 ---


def _line(old: str, new: str) -> Callable[[str], str]:
    def forge(record: str) -> str:
        assert old in record, (old, record)
        return record.replace(old, new, 1)

    return forge


WORDS: dict[str, Callable[[str], str]] = {
    "text behind a number sign": _line("title: Admission", "title: 'Admission #4"),
    "a remark behind a value": _line("state: rejected", "state: rejected # in fact adopted"),
    "a remark on a line of its own": lambda r: r + "# The President agreed.\n",
    "stars": _line("title: Admission of Rosendol", "title: Admission of *Rosendol*"),
    "punctuation": _line("Admission of Rosendol", "Admission, of Rosendol"),
    "a whole line": lambda r: r + "note: The fee was paid\n",
    "a line taken away": _line("title: Admission of Rosendol\n", ""),
    "a line twice": _line("state: rejected\n", "state: rejected\nstate: adopted\n"),
    "words moved": lambda r: r.replace("for: [hr-kamenik, ", "for: [").replace(
        "against: []", "against: [hr-kamenik]"
    ),
    "a blank more": _line("state: rejected", "state:  rejected"),
    "a blank line": _line("state: rejected", "\nstate: rejected"),
    "quotes": _line("state: rejected", "state: 'rejected'"),
    "another hook on a letter": _line("Rosendol", "Roşendol"),
    "an end without a line break": lambda r: r.rstrip("\n"),
}


@pytest.mark.parametrize("forge", WORDS.values(), ids=WORDS.keys())
def test_a_certificate_is_word_for_word(
    text: str, tmp_path: Path, forge: Callable[[str], str]
) -> None:
    """The lines are made anew, the digests too; the record's bytes are those of the commit."""
    data = data_of(text)
    data["Decision"] = forge(data["Decision"])
    assert verdict(tmp_path, resealed(data))[0] == 1
    assert verdict(tmp_path, json.dumps(data))[0] == 1


@pytest.mark.parametrize("more", [" indeed", ".", " # not", "\n"])
def test_the_commit_s_words_are_the_commit_s(text: str, tmp_path: Path, more: str) -> None:
    data = data_of(text)
    subject, _, rest = data["Commit"]["object"].partition("\n\nB40-Act")
    data["Commit"]["object"] = f"{subject}{more}\n\nB40-Act{rest}"
    code, said = verdict(tmp_path, resealed(data))
    assert (code, "so the commit says" in said) == (1, True)


def test_a_line_beside_the_commit_s_own_is_found(text: str, tmp_path: Path) -> None:
    data = data_of(text)
    data["Commit"]["message"] = "Adopted with two thirds."
    code, said = verdict(tmp_path, resealed(data))
    assert (code, "so the commit says" in said) == (1, True)


def test_the_data_alone_are_enough_for_a_paper(text: str, tmp_path: Path) -> None:
    """As JSON, in any layout; a key that comes twice is refused."""
    data = data_of(text)
    assert verdict(tmp_path, json.dumps(data, indent=4)) == (UNSIGNED, "")
    assert verdict(tmp_path, json.dumps({**data, "Note": "x"}))[0] == 1
    twice = json.dumps(data).replace('"Decision":', '"Decision": "id: X", "Decision":', 1)
    assert verdict(tmp_path, twice)[0] == 1


HONEST = ("Lot #4", "#4", "It's 5 * 3", "- a dash", "a: b", "[x] {y}", "null", "é, ü", "a  b")


@pytest.mark.parametrize("title", HONEST)
def test_whatever_a_record_says_is_read_as_b40_reads_it(title: str) -> None:
    record = {"id": "EC-2026-001", "title": title, "passed_over": [{"city": title, "rule": "x"}]}
    written = dump(record, order("decision"))
    assert verifier.parsed(written.decode()) == parse(written) == record


def test_a_few_inputs_of_the_fuzzer(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `make fuzz` puts to the verifier, by a plain mutator."""
    monkeypatch.setattr(fuzzing, "certificates", lambda: [text.encode()])
    for data in islice(fuzzing.mutated([text.encode()], Random(40)), 40):
        fuzzing.verifier(data)
