"""`evidence file`: a document is put where documents lie, in a commit of its own."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.acts.change.documents import bytes_of, refuse_twin
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Deposit, Edit
from b40cli.model.errors import ConflictError, UsageError
from b40cli.model.ref import ROOT
from b40cli.model.size import DOCUMENT
from b40cli.model.wording import counted
from b40cli.store.git.guard.safe_paths import real
from b40cli.store.schema import kind_of

if TYPE_CHECKING:
    from b40cli.model.results.records import EvidenceFiled

EVIDENCE = "evidence/"
STEP = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
LONGEST = 200


def file_document(session: Session, file: Path, name: str | None) -> Proposal[EvidenceFiled]:
    """Put a document below registry/evidence/; `name` is where, else the year and its own name.

    Raises UsageError for what cannot lie there, ConflictError where another document does.
    """
    cure = "Keep it outside: a record holds its SHA-256 all the same (--document FILE)."
    data = bytes_of(file, DOCUMENT, cure)
    _refuse_stray(file)
    below = _placed(session, file, name)
    digest, path = sha256(data).hexdigest(), ROOT + below
    held = session.snapshot[path]["sha256"] if path in session.snapshot else None
    if held not in (None, digest):
        raise ConflictError(
            f"{path} holds another document (SHA-256 {held[:12]}…).",
            "What was filed stays: give this one a name of its own, with --as.",
        )
    if not held:
        refuse_twin(session, path)
    edits: tuple[Edit, ...] = () if held else (Deposit(path, data),)
    result: EvidenceFiled = {"path": below, "sha256": digest, "bytes": len(data)}
    return Proposal(
        "evidence file",
        below,
        f"evidence: file {below.removeprefix(EVIDENCE)}",
        edits,
        result,
        (f"{counted(len(data), 'byte')}, SHA-256 {digest}.", f"Records name it: --document {path}"),
    )


def _refuse_stray(file: Path) -> None:
    """Everybody reads what is filed: what lies elsewhere than it seems to, or is git's, is not."""
    lies = real(file)
    if file.is_symlink():
        raise UsageError(f"{file} is a link to {lies}.", "Name the document itself.")
    if ".git" in lies.parts:
        raise UsageError(f"{file} is a file of git's own.", "Name a document outside .git.")


def _placed(session: Session, file: Path, name: str | None) -> str:
    """evidence/2026/form.pdf; a document that lies below evidence/ already keeps its place."""
    evidence, lies = real(session.repository.root / ROOT / EVIDENCE), real(file)
    if name is None and lies.is_relative_to(evidence):
        name = lies.relative_to(evidence).as_posix()
    told = (name or f"{session.on.year}/{file.name}").removeprefix(ROOT)
    below = EVIDENCE + told.removeprefix(EVIDENCE)
    plain = all(STEP.fullmatch(step) for step in below.split("/")) and len(below) <= LONGEST
    if not plain or kind_of(ROOT + below) != "document":
        raise UsageError(
            f"No document can lie at {below}.",
            "Name it with letters A-Z, digits, dots and hyphens: --as 2026/application.pdf.",
        )
    return below
