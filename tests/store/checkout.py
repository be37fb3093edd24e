"""Real git repositories for the tests of the store: fixed identity and dates."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

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
    """A repository with two members and one commit."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "-q", "-b", "main")
    for path, data in (files or {A: b"id: bg-plovdiv\n", B: b"id: hr-zagreb\n"}).items():
        write(root, path, data)
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "begin")
    return root


def snapshot(root: Path) -> dict[str, object]:
    """HEAD, branches, the index and every working byte: to show that nothing changed."""
    return {
        "head": (root / ".git/HEAD").read_text(),
        "refs": git(root, "for-each-ref"),
        "index": git(root, "ls-files", "-s", "-v"),
        "files": files(root),
    }


def files(root: Path) -> dict[str, bytes | str]:
    """Every working file with its bytes; a link with where it leads."""
    found: dict[str, bytes | str] = {}
    for folder, inner, names in os.walk(root):
        if folder == str(root):
            inner[:] = [name for name in inner if name != ".git"]
        linked = (name for name in inner if Path(folder, name).is_symlink())
        for name in (*names, *linked):
            path = Path(folder, name)
            if path != root / ".git":
                found[os.path.relpath(path, root)] = (
                    str(path.readlink()) if path.is_symlink() else path.read_bytes()
                )
    return dict(sorted(found.items()))
