"""The README and the documents: every command shown is run, in order, and answers as shown.

A block fenced as ```console holds commands as `$ b40 …`, each followed by what it answers. They are
run in a scratch copy of the shipped register, on the day the documents were written. With `--bless`
the answers are written anew.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from math import inf
from pathlib import Path
from typing import NamedTuple

import pytest

from b40cli.cli.register import audit
from b40cli.cli.register.demo import _real
from tests.scenario import Heard, ask, pinned
from tests.year import year

pytestmark = pytest.mark.usefixtures("asked", "story_once")

ROOT = Path(__file__).parents[1]
WRITTEN = date(2026, 12, 1)
DOCUMENTS = sorted(
    file
    for file in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if "```console" in file.read_text(encoding="utf-8")
)
BLOCK = re.compile(r"^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# A page with this comment is about a register with a history: an invented year.
A_YEAR = "<!-- register: a year -->"
# One with this begins in an empty folder; a block fenced as ```csv NAME is a file in it, and every
# .pdf that is named is a paper there.
NOTHING = "<!-- register: none -->"
WRITTEN_OUT = re.compile(r"^```\w+ (?P<name>[\w.-]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
# What is another in every copy: commit ids, the folders, the time a log was written.
COMMIT = re.compile(r"\b[0-9a-f]{10,40}\b")


class Shown(NamedTuple):
    """A command as a document shows it: its words, its answer there, and the prose before it."""

    words: str
    answer: str
    prose: str


def shown(text: str) -> list[Shown]:
    """Every `$ b40 …` of a document, in order."""
    found = []
    for block in BLOCK.finditer(text):
        prose = text[: block.start("body")].rsplit("\n\n", 2)[-2]
        for part in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
            words, _, answer = part.partition("\n")
            found.append(Shown(words, answer, prose))
    return found


def alike(text: str, folder: Path, *, commits: bool = False) -> list[str]:
    """The lines of an answer, with what differs from copy to copy made alike."""
    named = text.replace(f"{folder}/", "").replace(str(folder), ".")
    named = named if commits else COMMIT.sub("<commit>", named)
    return [line.rstrip() for line in named.strip().splitlines()]


def written_out(text: str, folder: Path) -> None:
    """The files that a page writes out."""
    for file in WRITTEN_OUT.finditer(text):
        (folder / file["name"]).write_text(file["body"], encoding="utf-8")


def desk(folder: Path, text: str) -> Path:
    """An empty folder with the files that a page writes out, and the papers it names."""
    folder.mkdir()
    written_out(text, folder)
    for paper in sorted(set(re.findall(r"\b[a-z]+\.pdf\b", text))):
        (folder / paper).write_text(f"{paper} of an invented city\n", encoding="utf-8")
    return folder.resolve()


@pytest.fixture
def copy(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The shipped register in a repository of its own; or a year's history, where a page asks."""
    params = getattr(request.node, "callspec", None)
    document = params.params.get("document") if params else None
    if document is not None and NOTHING in document.read_text("utf-8"):
        return desk(tmp_path / "copy", document.read_text("utf-8"))
    if document is not None and A_YEAR in document.read_text("utf-8"):
        return year(tmp_path / "copy").repository.root
    (tmp_path / "copy").mkdir()
    with pinned():
        _real(tmp_path / "copy")
    for extra in ("README.md", "schemas"):
        source = ROOT / extra
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / "copy" / extra)
    if document is not None:
        written_out(document.read_text("utf-8"), tmp_path / "copy")
    return (tmp_path / "copy").resolve()


@pytest.mark.parametrize("document", DOCUMENTS, ids=[file.name for file in DOCUMENTS])
def test_every_command_shown_answers_as_shown(
    document: Path,
    copy: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A machine that has much else to do is slow, and would say so.
    monkeypatch.setattr(audit, "SLOW", inf)
    text = document.read_text(encoding="utf-8")
    commands = shown(text)
    assert commands
    with pinned(WRITTEN):
        if request.config.getoption("--bless"):
            document.write_text(answered(text, copy), encoding="utf-8")
            return
        wrong = [line for command in commands for line in differences(command, copy)]
    assert not wrong, "\n".join(wrong)


def answered(text: str, folder: Path) -> str:
    """The document with what is answered now; a command shown without an answer stays so."""
    for command in shown(text):
        heard = ask(folder, *shlex.split(command.words)[1:])
        said = "\n".join(alike(heard.out + heard.err, folder, commits=True))
        changed = alike(said, folder) != alike(command.answer, folder)
        if command.answer.strip() and changed:
            end = "\n\n" if command.answer.endswith("\n\n") else "\n"
            before = f"$ {command.words}\n{command.answer}"
            text = text.replace(before, f"$ {command.words}\n{said}{end}", 1)
    return text


def differences(command: Shown, folder: Path) -> list[str]:
    """What a command says or does otherwise than its document."""
    program, *words = shlex.split(command.words)
    heard = ask(folder, *words) if program == "b40" else verified(folder, program, *words)
    refused = "refused" in command.prose or "  refused  " in command.answer
    told = re.search(r"\(exit (\d)\)", command.prose)
    if heard.code != (int(told[1]) if told else int(refused)):
        return [f"$ {command.words}", f"exit {heard.code}: {heard.err}"]
    documented = alike(command.answer, folder)
    said = alike(heard.out + heard.err, folder)
    if documented and documented != said:
        return [f"$ {command.words}", *said, "", "documented:", *documented]
    return []


def verified(folder: Path, program: str, script: str, *words: str) -> Heard:
    """What a certificate's verifier says, in a Python without b40; nothing else is run here."""
    assert (program, script) == ("python3", "verify_certificate.py"), f"not run here: {program}"
    command = [sys.executable, "-I", script, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return Heard(done.returncode, done.stdout, done.stderr)


def test_the_readme_has_a_tour() -> None:
    assert ROOT / "README.md" in DOCUMENTS
    assert len(shown((ROOT / "README.md").read_text(encoding="utf-8"))) >= 5


def test_a_register_of_ones_own_begins_as_printed(tmp_path: Path) -> None:
    """The part on keeping one, line by line, in an empty folder; only the remote is missing."""
    part = (ROOT / "README.md").read_text("utf-8").partition("## Keeping a register of your own")[2]
    lines = part.partition("```\n")[2].partition("```")[0].splitlines()
    folder = tmp_path.resolve()
    with pinned(WRITTEN):
        for line in lines:
            said, _, file = line.partition(" >> ")
            program, *words = shlex.split(said, comments=True)
            if program == "cd":
                folder /= words[0]
            elif program == "echo":
                with (folder / file.strip()).open("a") as table:
                    table.write(f"{words[0]}\n")
            else:
                heard = ask(folder, *words)
                assert (program, heard.code) == ("b40", 0), (line, heard)
        checks = json.loads(ask(folder, "doctor", "--json").out)["result"]["checks"]
        told = json.loads(ask(folder, "member", "list", "--json").out)["result"]["members"]
    assert [check["what"] for check in checks if not check["well"]] == ["remote"]
    assert [city["id"] for city in told] == ["bg-rosendol", "si-mirnava"]


def test_a_document_that_lies_would_be_found(copy: Path) -> None:
    with pinned():
        assert differences(Shown("b40 roll --on 2026-02-30", "", ""), copy)
        assert differences(Shown("b40 show INT-03", "nothing like it\n", ""), copy)
        assert not differences(Shown("b40 show INT-03", "", ""), copy)


def test_every_command_named_in_prose_exists() -> None:
    from b40cli.cli.commands import nouns, rows

    known = {row.words for row in rows()}
    for file in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        for words in re.findall(r"`b40 ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", text):
            first = words.split()[0]
            assert (words in known) if first in nouns() and " " in words else first in {
                *(w.split()[0] for w in known)
            }, f"{file.name}: b40 {words}"  # fmt: skip
