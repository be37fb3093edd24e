"""Principals with real keys, and commits they sign, in a real repository."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

from b40cli.acts.audit.signing import verified
from b40cli.model.finding import Finding
from b40cli.store.git.repository import Repository
from b40cli.store.schema import kind_of, order
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump
from tests.invented import git, head_of

TRUST = "registry/trust/principals.yaml"
SOURCES = "registry/evidence/sources.yaml"
SECRETARIAT = "registry/secretariat.yaml"
PARAMETERS = "registry/statutes/parameters.yaml"
START = "2026-11-02"


@cache
def private_key(name: str) -> Path:
    """The private key of somebody, made once for all tests."""
    file = Path(mkdtemp(prefix="b40-keys-")) / name
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(file)], check=True
    )
    return file


def public_key(name: str) -> str:
    """A public key as trust/ writes it."""
    return " ".join(private_key(name).with_suffix(".pub").read_text().split()[:2])


def principal(name: str, office: str | None, *keys: dict[str, Any]) -> dict[str, Any]:
    """A principal; without keys named, with one of its own from the start."""
    held = list(keys) or [key(name)]
    return {
        "id": name,
        "name": name.title(),
        **({"office": office} if office else {}),
        "keys": held,
    }


def key(name: str, start: str = START, **more: Any) -> dict[str, Any]:
    """An entry for somebody's key."""
    return {"key": public_key(name), "from": start, **more}


def trust(*principals: dict[str, Any]) -> dict[str, Any]:
    """The record of the principals."""
    return {"principals": list(principals)}


class Line:
    """The main line of a register, on which principals commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repository = Repository(folder)
        self._trees: dict[str, str] = {}

    def head(self) -> str:
        """The commit the line ends in."""
        return head_of(self.folder)

    def put(self, path: str, record: Any) -> None:
        """Write a record into the index."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(dump(json.loads(json.dumps(record)), order(kind_of(path) or "network")))
        git(self.folder, "add", path)

    def source(self, name: str = "") -> None:
        """Change a record that is nobody's own office."""
        record = parse((self.folder / SOURCES).read_bytes())
        record["sources"][name or f"list-{len(record['sources'])}"] = {"what": "Another list"}
        self.put(SOURCES, record)

    def commit(self, by: str | None, at: str, message: str = "an act") -> str:
        """Commit the index, or else some change, as somebody at a time in Istanbul; its oid."""
        head = self.head()
        tree = git(self.folder, "write-tree").strip()
        if tree == self._tree(head):
            self.source()
            tree = git(self.folder, "write-tree").strip()
        made = self.make(by, at, tree, [head], message)
        git(self.folder, "update-ref", "HEAD", made)
        self._trees[made] = tree
        return made

    def _tree(self, oid: str) -> str:
        """The tree of a commit; of those made here it is known."""
        if oid not in self._trees:
            self._trees[oid] = git(self.folder, "rev-parse", f"{oid}^{{tree}}").strip()
        return self._trees[oid]

    def make(
        self, by: str | None, at: str, tree: str, parents: Iterable[str], message: str = "an act"
    ) -> str:
        """A commit object, signed with somebody's key."""
        moment = datetime.fromisoformat(at if "T" in at else f"{at}T12:00")
        seconds = int(moment.replace(tzinfo=ZoneInfo("Europe/Istanbul")).timestamp())
        here = dict(os.environ) | {
            "GIT_AUTHOR_DATE": f"@{seconds} +0300",
            "GIT_COMMITTER_DATE": f"@{seconds} +0300",
        }
        sign = ["-S"] if by else []
        signing = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={private_key(by)}"] if by else []
        done = subprocess.run(
            ["git", *signing, "commit-tree", *sign, tree, "-m", message]
            + [word for parent in parents for word in ("-p", parent)],
            cwd=self.folder, env=here, capture_output=True, check=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout.strip()

    def confirm(self, by: str, at: str, proposal: str, tree: str | None = None) -> str:
        """Merge one commit, adding nothing, as `git merge --no-ff -S` does."""
        whole = tree or git(self.folder, "rev-parse", f"{proposal}^{{tree}}").strip()
        made = self.make(by, at, whole, [self.head(), proposal])
        git(self.folder, "reset", "-q", "--hard", made)
        return made

    def propose(self, by: str | None, at: str) -> str:
        """Commit the index beside the line."""
        tree = git(self.folder, "write-tree").strip()
        made = self.make(by, at, tree, [self.head()])
        git(self.folder, "reset", "-q", "--hard", "HEAD")
        return made

    def findings(self) -> list[Finding]:
        """What is wrong with the signatures of the whole line."""
        return list(verified(self.repository, self.repository.past().commits(None, "HEAD")))

    def rules(self) -> list[tuple[str, str, str]]:
        """The rule, the kind and the short commit of each finding."""
        return [(f.rule, f.kind, f.facts["commit"]) for f in self.findings()]
