"""Real git repositories for the tests of the store: fixed identity and dates."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.copying import copied_to
from tests.invented import models

ISTANBUL = "+0300"
ENV = {
    "GIT_AUTHOR_NAME": "Ayşe Kâtip",
    "GIT_AUTHOR_EMAIL": "office@example.org",
    "GIT_COMMITTER_NAME": "Ayşe Kâtip",
    "GIT_COMMITTER_EMAIL": "office@example.org",
    "GIT_AUTHOR_DATE": f"2026-12-15T10:00:00{ISTANBUL}",
    "GIT_COMMITTER_DATE": f"2026-12-15T10:00:00{ISTANBUL}",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
A = "registry/members/bg-plovdiv.yaml"
B = "registry/members/hr-zagreb.yaml"
NEW = "registry/decisions/2026/EC-2026-001.yaml"


def git(root: Path, *args: str, stdin: bytes = b"") -> str:
    """Run git in the folder; what it prints, without the last line break."""
    done = subprocess.run(
        ["git", *args], cwd=root, input=stdin, capture_output=True, env={**os.environ, **ENV}
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().removesuffix("\n")


def write(root: Path, path: str, data: bytes) -> Path:
    """Write a working file, with its folders."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def checkout(root: Path, files: dict[str, bytes] | None = None) -> Path:
    """A repository with two members and one commit; of the same files made once, and copied."""
    content = files or {A: b"id: bg-plovdiv\n", B: b"id: hr-zagreb\n"}
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        return _begun(root, content)
    copied_to(_made(tuple(content.items()), os.environ.get("GIT_DEFAULT_HASH")), root)
    return root


@cache
def _made(files: tuple[tuple[str, bytes], ...], _hash: str | None) -> Path:
    made = _begun(Path(mkdtemp(dir=models())), dict(files))
    for sample in (made / ".git/hooks").glob("*.sample"):
        sample.unlink()
    return made


def _begun(root: Path, content: dict[str, bytes]) -> Path:
    git(root, "init", "-q", "-b", "main")
    for path, data in content.items():
        write(root, path, data)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "begin")
    return root


def snapshot(root: Path) -> dict[str, object]:
    """HEAD, branches, the index and every working byte: to show that nothing changed."""
    kept = root / ".git"
    index = kept / "index"
    return {
        "head": (kept / "HEAD").read_text(),
        "refs": {name: to for name, to in files(kept / "refs").items() if name[-5:] != ".lock"},
        "packed": _packed(kept / "packed-refs"),
        "index": _listed(root, index.read_bytes()) if index.exists() else "",
        "files": files(root),
    }


def _packed(file: Path) -> list[str]:
    """The branches that git keeps in one file; its first line says only how."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [line for line in lines if not line.startswith("#")]


@cache
def _listed(root: Path, _index: bytes) -> str:
    """What git reads in an index; the same bytes are read once."""
    return git(root, "ls-files", "-s", "-v")


def files(root: Path) -> dict[str, bytes | str]:
    """Every working file with its bytes; a link with where it leads."""
    return dict(sorted(_below(str(root), "")))


def _below(folder: str, name: str) -> Iterator[tuple[str, bytes | str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if name == "" and entry.name == ".git":
                continue
            path = f"{name}{entry.name}"
            if entry.is_symlink():
                yield path, os.readlink(entry.path)  # noqa: PTH115 - thousands of files
            elif entry.is_dir():
                yield from _below(entry.path, f"{path}/")
            else:
                with open(entry.path, "rb") as file:  # noqa: PTH123 - thousands of files
                    yield path, file.read()
