"""`make fuzz`: what a stranger wrote, put to the reader, the verifier and the importers.

Under atheris, which looks where the bytes lead (requirements-fuzz.txt): `B40_FUZZ` inputs for each
target, by `B40_SEED`; `B40_FUZZ_OF` names one. What it finds is kept in tests/found/, and the suite
puts that again, beside a few inputs of a plain mutator.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from shutil import rmtree
from typing import Any, NamedTuple

HERE = Path(__file__).parent
FOUND = HERE / "found"
# What the formats are made of: put in whole, for bytes alone seldom make any of it.
TOKENS = (
    *(b"\n", b": ", b"- ", b"'", b'"', b"{", b"}", b"[", b"]", b", ", b" #", b"|\n", b"|-\n"),
    *(b"&a", b"*a", b"!!str ", b"<<", b"? ", b"\t", b"\r\n", b"\xef\xbb\xbf", b"\xc2\x85", b"\0"),
    *(b"%YAML", b"2026-02-30", b"0x1F", b"1_000", b"null", b"true", b"~", b";", b'""', b"=1+1"),
    *(b"by 2025-09-30", b"\xe2\x80\xae", b"e\xcc\x81", b"\xff\xfe", b"9" * 30, b"---\n", b"..."),
)


class Target(NamedTuple):
    """What inputs are put to, and inputs to begin with. It raises where something is wrong."""

    put: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    runs: int = 1


def reader(data: bytes) -> None:
    """Both ways of reading say the same, and so does what was read, written and read again."""
    from b40cli.store.yaml import dialect, plain_layout
    from b40cli.store.yaml.charset import lawful_text

    try:
        record, told = dialect.parsed(data)
    except dialect.YamlDefect:
        return
    text = lawful_text(data)
    careful = dialect._read_carefully(data, text)
    assert careful == record and dialect._COMPACT.encode(careful) == told, (record, careful)
    with suppress(plain_layout.Doubtful):
        assert plain_layout.read(text) == (record, told)
    for line, column in dialect.positions(data).values():
        assert 1 <= line <= text.count("\n") + 1 and column >= 1


def verifier(data: bytes) -> None:
    """It always ends with one of its exits, and a certificate that was changed is none."""
    from tests.bare import verifier as script

    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(data)
        file.flush()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = script.main([file.name])
    assert code in (0, 1, 2, 3, 4), code
    assert code in (1, 2) or data in certificates() or data.lstrip()[:1] == b"{", code


def records(data: bytes) -> None:
    """Where the verifier reads a record, it reads what b40 reads."""
    from b40cli.store.yaml.dialect import YamlDefect, parse
    from tests.bare import verifier as script

    try:
        read = parse(data)
    except YamlDefect:
        return
    try:
        mine = script.parsed(data.decode())
    except (*script.WRONG, AttributeError, IndexError, RecursionError):
        return  # it says no to more than b40: another layout than the register's own
    assert mine == read, (mine, read)


def tables(data: bytes) -> None:
    """A file of rows is brought in, or refused by an error of the world."""
    _imported(data, "table.csv")


def workbooks(data: bytes) -> None:
    """The same of a workbook; bytes that are none are the cells of one."""
    if not data.startswith(b"PK"):
        from b40cli.store.spreadsheet import workbook

        lines = data.decode("utf-8", "replace").split("\n")[:50]
        data = workbook({"members": [line.split(",") for line in lines]}, {})
    _imported(data, "book.xlsx")


def lists(data: bytes) -> None:
    """The same of several lists in YAML."""
    _imported(data, "lists.yaml")


def _imported(data: bytes, name: str) -> None:
    from b40cli.acts.change.perform import as_bytes
    from b40cli.acts.imports.importing import bring_in
    from b40cli.model.errors import UnreadableError, UsageError

    session, folder = _office()
    (folder / name).write_bytes(data)
    try:
        proposal = bring_in(session, folder / name, {})
        if not proposal.refusals:
            as_bytes(session, proposal.edits)
    except (UnreadableError, UsageError):
        return


@cache
def _office() -> tuple[Any, Path]:
    """An open register of invented cities."""
    from b40cli.acts.opened.session import open_session
    from tests.invented import records as invented
    from tests.invented import repository

    folder = Path(tempfile.mkdtemp(prefix="b40-fuzz-"))
    (folder / "register").mkdir()
    repository(folder / "register", invented(2))
    return open_session(folder / "register", date(2026, 11, 23), None), folder


@cache
def certificates() -> list[bytes]:
    """A certificate as text and as the JSON that a paper carries."""
    from tests.cli.ready import CLOSE, ready_to_close
    from tests.scenario import ask, pinned

    with tempfile.TemporaryDirectory() as scratch, pinned():
        root = ready_to_close(Path(scratch) / "register")
        assert ask(root, *CLOSE.split()).code == 0
        words = ("decision", "certificate", "EC-2026-001", "--on", "2026-03-10")
        assert ask(root, *words, "--out", "certificate.txt").code == 0
        paper = ask(root, *words, "--json").out
        return [(root / "certificate.txt").read_bytes(), paper.encode()]


def yamls() -> list[bytes]:
    """Records as they are laid out, and the odd ones of the tests of the dialect."""
    files = [*(HERE / "store/dialect").rglob("*.yaml"), *(HERE / "cases/art05").glob("*.yaml")]
    return [file.read_bytes() for file in sorted(files)][:120]


def rows() -> list[bytes]:
    """Tables as people send them."""
    from tests.acts.test_importing import GOOD, SHEET
    from tests.scenario import ROSTER

    texts = (GOOD, SHEET, ROSTER, "sep=;\n" + GOOD.replace(",", ";"))
    return [text.encode(code) for text in texts for code in ("utf-8", "utf-16")]


def books() -> list[bytes]:
    """Small workbooks."""
    from b40cli.store.spreadsheet import workbook
    from tests.scenario import ROSTER

    head, row = ("name", "country", "since", "source"), ("Ostrovo", "HR", "2025-09-30", "A list")
    return [
        workbook({"members": [head, row]}, {}),
        ROSTER.encode(),
        workbook({"members": [head], "sources": [("key", "what"), ("a", "b")]}, {"name": "note"}),
    ]


def openings() -> list[bytes]:
    """Several lists in one file."""
    return [(HERE / "opening.yaml").read_bytes()]


TARGETS = {
    "reader": Target(reader, yamls, 10),
    "records": Target(records, yamls, 10),
    "verifier": Target(verifier, certificates),
    "tables": Target(tables, rows),
    "workbooks": Target(workbooks, books),
    "lists": Target(lists, openings),
}


def mutated(seeds: list[bytes], random: Random) -> Iterator[bytes]:
    """Inputs without end: a seed, a few bytes of it changed, gone or doubled, or a token put in."""
    while True:
        data = bytearray(random.choice(seeds))
        for _ in range(random.choice((1, 1, 2, 4))):
            at = random.randrange(len(data) + 1)
            end = min(len(data), at + random.choice((0, 1, 1, 4, 30)))
            put = random.choice(
                (random.choice(TOKENS), random.randbytes(1), bytes(data[at:end]) * 2, b"")
            )
            data[at:end] = put
        yield bytes(data)


def kept(name: str) -> list[bytes]:
    """Inputs that once showed something."""
    return [file.read_bytes() for file in sorted((FOUND / name).glob("*"))]


def main() -> int:
    """Every target in a process of its own, for atheris ends it; 1 where one found something."""
    import atheris

    with atheris.instrument_imports(include=["b40cli", "verify_certificate"]):
        from b40cli.acts.imports import rows as _rows  # noqa: F401
        from b40cli.store import spreadsheet  # noqa: F401
        from b40cli.store.yaml import dialect, plain_layout, positions  # noqa: F401

        sys.path.insert(0, str(HERE.parent / "verifier"))
        from tests import bare

        bare.verifier = import_module("verify_certificate")
    chosen = {k: t for k, t in TARGETS.items() if k.startswith(os.environ.get("B40_FUZZ_OF", ""))}
    tempfile.tempdir = tempfile.mkdtemp(prefix="b40-fuzz-")
    wrong = [name for name, target in chosen.items() if _broken(atheris, name, target)]
    rmtree(tempfile.tempdir)
    print(f"{len(chosen)} targets: {len(wrong)} found something", *wrong)
    return 1 if wrong else 0


def _broken(atheris: Any, name: str, target: Target) -> bool:
    child = os.fork()
    if child == 0:
        _fuzzed(atheris, name, target)
    return bool(os.waitpid(child, 0)[1])


def _fuzzed(atheris: Any, name: str, target: Target) -> None:
    """Ends the process; what breaks is written to tests/found/."""
    runs = int(os.environ.get("B40_FUZZ", "20000")) * target.runs
    folder = Path(tempfile.mkdtemp(prefix="b40-corpus-"))
    for n, data in enumerate([*target.seeds(), *kept(name)]):
        (folder / f"{n}").write_bytes(data)
    tokens = folder.with_suffix(".tokens")
    escaped = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS)
    tokens.write_text("".join(f'"{token}"\n' for token in escaped))
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    print(f"{name}: {runs} inputs", flush=True)
    words = [
        *("fuzzing", f"-runs={runs}", f"-seed={os.environ.get('B40_SEED', '40')}"),
        *(f"-dict={tokens}", f"-artifact_prefix={FOUND / name}/", "-max_len=20000"),
        *("-verbosity=0", "-rss_limit_mb=1000", "-timeout=300", str(folder)),
    ]
    atheris.Setup(words, target.put)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
