"""Documents are put where they belong, in the commit of an act, with their hash."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.acts.scene import scene
from tests.invented import MEETING, git
from tests.scenario import ask, pinned

ON = ("--on", "2026-03-10")
BYTES = b"%PDF-1.7 \x00\xff\n"


@pytest.fixture(autouse=True)
def times() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture
def register(tmp_path: Path) -> Path:
    root = scene(tmp_path, "meeting")
    (root.parent / "minutes.pdf").write_bytes(BYTES)
    return root


def test_a_document_is_filed_in_one_commit(register: Path) -> None:
    paper = register.parent / "minutes.pdf"
    heard = ask(register, "evidence", "file", str(paper), *ON, "--json")
    told = json.loads(heard.out)
    assert heard.code == 0, heard
    path = "evidence/2026/minutes.pdf"
    digest = sha256(BYTES).hexdigest()
    assert told["result"] == {"path": path, "sha256": digest, "bytes": len(BYTES)}
    assert git(register, "show", "--name-only", "--format=", "HEAD").split() == [f"registry/{path}"]
    assert (register / "registry" / path).read_bytes() == BYTES
    assert ask(register, "check").code == 0 and ask(register, "audit").code == 0
    again = ask(register, "evidence", "file", str(paper), *ON)
    assert again.code == 0 and "already so" in again.out
    paper.write_bytes(b"another")
    assert ask(register, "evidence", "file", str(paper), *ON).code == 4


@pytest.mark.parametrize(
    "place", ["2026/b.pdf", "evidence/2026/b.pdf", "registry/evidence/2026/b.pdf"]
)
def test_a_place_is_taken_as_it_is_told(register: Path, place: str) -> None:
    words = ("evidence", "file", str(register.parent / "minutes.pdf"), "--as", place, *ON)
    assert ask(register, *words).code == 0
    assert (register / "registry/evidence/2026/b.pdf").read_bytes() == BYTES


NOWHERE = ("../x", "a b.pdf", "evidence/../x", ".git", "x/", "sources.yaml", "x.pdf.", "y./x")
WINDOWS = ("CON.txt", "2026/aux.pdf", "nul/x.pdf", "2026/Com1")


@pytest.mark.parametrize("name", [*NOWHERE, *WINDOWS])
def test_no_document_lies_elsewhere(register: Path, name: str) -> None:
    paper = str(register.parent / "minutes.pdf")
    for more in ((), ("--dry-run",)):
        assert ask(register, "evidence", "file", paper, "--as", name, *ON, *more).code == 2


@pytest.mark.parametrize(
    ("stray", "told"),
    [
        ("../pipe.pdf", "is no regular file"),
        ("../link.pdf", "Name the document itself"),
        (".git/config", "outside .git"),
        ("registry", "is a folder"),
        ("-", "standard input is not read"),
    ],
)
def test_what_is_no_document_is_not_filed(register: Path, stray: str, told: str) -> None:
    """A pipe's bytes are nobody's until a writer comes: nothing waits for one."""
    os.mkfifo(register.parent / "pipe.pdf")
    (register.parent / "link.pdf").symlink_to("/etc/hosts")
    heard = ask(register, "evidence", "file", stray, *ON)
    assert heard.code == 2 and told in heard.err


def test_no_record_is_a_device_of_windows(register: Path) -> None:
    """No clone there could have its file."""
    paper = str(register.parent / "minutes.pdf")
    words = ("group", "open", "Con", "--person", "Ana", "--evidence", paper)
    heard = ask(register, *words, *ON)
    assert heard.code == 2 and "Choose another name" in heard.err


@pytest.mark.parametrize("name", ["2026/Minutes.pdf", "2026/MINUTES.pdf/1.txt", "2026/minutes.PDF"])
def test_no_two_names_differ_by_case_alone(register: Path, name: str) -> None:
    """Where a machine folds case they are one file, or a file and a folder."""
    paper = register.parent / "minutes.pdf"
    assert ask(register, "evidence", "file", str(paper), *ON).code == 0
    heard = ask(register, "evidence", "file", str(paper), "--as", name, *ON)
    assert heard.code == 4 and "the same file" in heard.err
    by_hand = register / "registry/evidence" / name
    by_hand.parent.mkdir(exist_ok=True)
    by_hand.write_bytes(BYTES)
    words = ("member", "withdraw", "ro-valea-alba", "--received", "2026-03-01")
    assert ask(register, *words, "--document", str(by_hand), *ON).code == 4


def test_two_names_of_one_letter_case_on_record_are_told_again(register: Path) -> None:
    """An older register may hold both: what is on record stays so."""
    for name in ("minutes.pdf", "MINUTES.pdf"):
        lies = register / "registry/evidence/2026" / name
        lies.parent.mkdir(parents=True, exist_ok=True)
        lies.write_bytes(BYTES)
    git(register, "add", "registry")
    git(register, "commit", "-qm", "two documents")
    heard = ask(register, "evidence", "file", str(register.parent / "minutes.pdf"), *ON)
    assert heard.code == 0 and "already so" in heard.out, heard


def test_a_document_that_lies_there_comes_with_the_act(register: Path) -> None:
    """Put below evidence/ by hand and named by an act: both are one commit."""
    paper = register / "registry/evidence/2026/minutes.pdf"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(BYTES)
    words = ("meeting", "minutes", MEETING, "--document", str(paper))
    heard = ask(register, *words, *ON)
    assert heard.code == 0, heard
    committed = git(register, "show", "--name-only", "--format=", "HEAD").split()
    assert committed == [
        "registry/evidence/2026/minutes.pdf",
        f"registry/meetings/{MEETING}.yaml",
    ]
    assert git(register, "status", "--porcelain") == ""
    assert ask(register, "audit").code == 0
