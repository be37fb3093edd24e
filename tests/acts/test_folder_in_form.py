"""Folders and an index that no git writes: every command says so, in the same words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from b40cli.model.errors import UnreadableError
from b40cli.store.git.guard.tree_form import IN_FORM
from bench.clerk import Clerk
from tests.acts.test_audit import (  # noqa: F401 - told and register are fixtures
    TODAY,
    head,
    mayor,
    register,
    told,
)
from tests.invented import git
from tests.scenario import ask

Entry = tuple[bytes, bytes, bytes]
"""mode, name, oid"""
MEMBERS = "registry/members"
COMMANDS = (
    ("check",),
    ("check", "--base", "HEAD~1"),
    ("review", "HEAD~1..HEAD"),
    ("audit",),
    ("roll", "--known-at", "HEAD"),
)


def objects(folder: Path, words: str, data: bytes = b"") -> bytes:
    done = subprocess.run(
        ["git", *words.split()], input=data, cwd=folder, capture_output=True, check=True
    )
    return done.stdout


def entries(data: bytes) -> list[Entry]:
    found = []
    while data:
        mode, _, rest = data.partition(b" ")
        name, _, rest = rest.partition(b"\0")
        found.append((mode, name, rest[:20]))
        data = rest[20:]
    return found


def odd_commit(folder: Path, path: str, change: Callable[[list[Entry]], list[Entry]]) -> str:
    """A commit on HEAD in which one folder is another; HEAD, the index and the files stay."""
    data = objects(folder, f"cat-file tree HEAD:{path}")
    while True:
        raw = b"".join(b"%s %s\0%s" % entry for entry in change(entries(data)))
        oid = bytes.fromhex(
            objects(folder, "hash-object -t tree -w --literally --stdin", raw).decode()
        )
        if not path:
            break
        path, _, name = path.rpartition("/")
        data = objects(folder, f"cat-file tree HEAD:{path}")
        change = _holding(name.encode(), oid)
    return git(folder, "commit-tree", oid.hex(), "-p", "HEAD", "-m", "odd").strip()


def _holding(name: bytes, oid: bytes) -> Callable[[list[Entry]], list[Entry]]:
    return lambda es: [(mode, n, oid if n == name else o) for mode, n, o in es]


def _beside(name: bytes, mode: bytes = b"100644") -> Callable[[list[Entry]], list[Entry]]:
    """One entry more, in its place."""

    def more(es: list[Entry]) -> list[Entry]:
        return sorted([*es, (mode, name, es[-1][2])], key=lambda e: e[1])

    return more


def _of_mode(mode: bytes) -> Callable[[list[Entry]], list[Entry]]:
    return lambda es: [(mode, *es[0][1:]), *es[1:]]


NO_FOLDERS: dict[str, tuple[Callable[[list[Entry]], list[Entry]], str]] = {
    "a name twice": (lambda es: [es[0], *es], "stands in it twice"),
    "another file under a name": (lambda es: [es[0], (*es[0][:2], es[1][2]), *es[1:]], "twice"),
    "out of its place": (lambda es: [*es[1:], es[0]], "stands out of its place"),
    "no name": (lambda es: [(*es[0][:1], b"", es[0][2]), *es], "a name in it is empty"),
    "a slash": (_beside(b"x/y.yaml"), "the name 'x/y.yaml' in it has a slash"),
    "git's own folder": (_beside(b".git"), "the name '.git' stands in it"),
    "git's own folder in capitals": (_beside(b".Git"), "the name '.Git' stands in it"),
    "itself": (_beside(b"."), "the name '.' stands in it"),
    "the one above": (_beside(b".."), "the name '..' stands in it"),
    "no mode": (_of_mode(b"0"), "the mode 0 stands in it"),
    "a pipe's mode": (_of_mode(b"10644"), "the mode 10644 stands in it"),
}


def heard(folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit, rule and words of the first finding."""
    answer = ask(folder, *words, "--json")
    found = json.loads(answer.out)["findings"]
    return answer.code, found[0]["rule"], found[0]["message"]


@pytest.mark.parametrize("folder", [MEMBERS, "registry", ""])
@pytest.mark.parametrize("form", NO_FOLDERS)
def test_every_command_says_the_same_of_a_folder_that_git_does_not_write(
    register: Path,  # noqa: F811
    form: str,
    folder: str,
) -> None:
    """Also `check`, which judges the files: they may be what one reader of HEAD sees."""
    change, said = NO_FOLDERS[form]
    git(register, "update-ref", "HEAD", odd_commit(register, folder, change))
    answers = {heard(register, *words) for words in COMMANDS}
    assert len(answers) == 1, answers
    code, rule, message = answers.pop()
    assert (code, rule) == (3, "folder-in-form")
    assert message.startswith(f"The folder {folder or '/'} is none that git writes: ")
    assert said in message
    last = head(register)
    with pytest.raises(UnreadableError, match="none that git writes"):
        mayor(Clerk(register, TODAY), "tr-camliova", date(2026, 6, 1))
    assert head(register) == last


def test_a_folder_that_is_cut_off_is_one(register: Path) -> None:  # noqa: F811
    """Git says of it what it cannot read; every command says which folder of which commit."""
    data = objects(register, f"cat-file tree HEAD:{MEMBERS}") + b"100644 x"
    oid = bytes.fromhex(
        objects(register, "hash-object -t tree -w --literally --stdin", data).decode()
    )
    odd = odd_commit(register, "registry", _holding(b"members", oid))
    git(register, "update-ref", "HEAD", odd)
    answers = {heard(register, *words) for words in (*COMMANDS, ("roll",), ("log",))}
    assert answers == {
        (3, IN_FORM, f"The folder {MEMBERS} is none that git writes: it is cut off.")
    }
    assert f"In commit {odd[:10]}: The folder" in ask(register, "check").err


@pytest.mark.parametrize(
    "form", ["a name twice", "another file under a name", "out of its place", "no name"]
)
def test_what_was_mended_since_is_named_by_its_commit(register: Path, form: str) -> None:  # noqa: F811
    """In the review of the two commits, and in the audit of all."""
    whole, base = git(register, "rev-parse", "HEAD^{tree}").strip(), head(register)
    odd = odd_commit(register, MEMBERS, NO_FOLDERS[form][0])
    git(register, "update-ref", "HEAD", odd)
    assert NO_FOLDERS[form][1] in ask(register, "doctor", "--json").out
    git(register, "update-ref", "HEAD", git(
        register, "commit-tree", whole, "-p", odd, "-m", "mended").strip())  # fmt: skip
    assert IN_FORM not in ask(register, "check").out
    for words in (("review", f"{base}..HEAD"), ("audit",)):
        answer = ask(register, *words, "--json")
        found = [f for f in json.loads(answer.out)["findings"] if f["rule"] == IN_FORM]
        assert answer.code in (1, 3)
        assert {f["facts"]["commit"] for f in found} == {odd}, found
        assert NO_FOLDERS[form][1] in found[0]["message"]


@pytest.mark.parametrize("mode", [b"100664", b"0100644", b"104644"])
def test_a_mode_that_git_does_not_write_is_a_note_everywhere(register: Path, mode: bytes) -> None:  # noqa: F811
    """It means the same file to every reader; the next act in that folder writes it as git does."""
    git(register, "update-ref", "HEAD", odd_commit(register, MEMBERS, _of_mode(mode)))
    for words in COMMANDS[:-1]:
        answer = ask(register, *words, "--json")
        found: list[dict[str, Any]] = json.loads(answer.out)["findings"]
        assert [f["kind"] for f in found if f["rule"] == IN_FORM] == ["note"], words
        assert answer.code == 0, (words, found)
    mayor(Clerk(register, TODAY), "tr-camliova", date(2026, 6, 1))
    assert {mode for mode, *_ in entries(objects(register, f"cat-file tree HEAD:{MEMBERS}"))} == {
        b"100644"
    }
    assert IN_FORM not in ask(register, "check").out


@pytest.mark.parametrize(
    ("order", "said"), [("twice", "stands in it twice"), ("turned", "stands out of its place")]
)
def test_an_index_that_git_does_not_write_is_told(register: Path, order: str, said: str) -> None:  # noqa: F811
    """Git reads it, and says of it what it sees first."""
    file = register / ".git/index"
    git(register, "update-index", "--index-version", "2")
    data = file.read_bytes()
    listed, at = [], 12
    for _ in range(int.from_bytes(data[8:12], "big")):
        end = at + (data.index(b"\0", at + 62) - at + 8 & ~7)
        listed.append(data[at:end])
        at = end
    here = next(n for n, entry in enumerate(listed) if MEMBERS.encode() in entry)
    first, second = listed[here : here + 2]
    listed[here : here + 2] = [first, first, second] if order == "twice" else [second, first]
    odd = b"DIRC\0\0\0\2" + len(listed).to_bytes(4, "big") + b"".join(listed)
    file.write_bytes(odd + sha1(odd).digest())
    for words in (("check",), ("check", "--base", "HEAD"), ("roll",)):
        code, rule, message = heard(register, *words)
        assert (code, rule) == (3, IN_FORM)
        assert "The file .git/index is none that git writes" in message and said in message
    git(register, "read-tree", "HEAD")
    assert ask(register, "check").code == 0
