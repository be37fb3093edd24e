"""A document that lies in the register is the one that was hashed, seen from either end."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.forgotten import document_gone
from b40cli.model.state.registry import SOURCES
from b40cli.rules.case.rule import Breach, Case
from b40cli.rules.record.references import telling

EVIDENCE = ROOT + "evidence/"


def evidence_as_recorded(case: Case, path: str) -> Iterator[Breach]:
    """The bytes under every hashed `path:` are those that were recorded.

    A document that changes is held against the records that name it, though none of them changed.
    """
    if path.startswith(EVIDENCE) and path != SOURCES:
        yield from _exchanged(case, path)
        return
    for at, target, recorded in _hashed(case, path):
        found = _bytes(case, target)
        if found is not None and found != recorded:
            yield _another(target, recorded, found, at)


def _exchanged(case: Case, path: str) -> Iterator[Breach]:
    found = _bytes(case, path)
    if case.before is None or found is None:
        return
    for naming in case.after.naming(path.removeprefix(ROOT)):
        recorded = {kept for _at, target, kept in _hashed(case, naming) if target == path}
        for other in sorted(recorded - {found}):
            yield _another(path, other, found, (), str(ref_of(naming)))


def _hashed(case: Case, path: str) -> Iterator[tuple[Place, str, str]]:
    """Each document that a record names together with its hash."""
    data = case.after.data(path)
    for at, mapping in telling(data, "sha256") if data is not None else ():
        named = str(mapping.get("path", ""))
        if named.startswith("evidence/"):
            yield (*at, "path"), f"{ROOT}{named}", mapping["sha256"]


def _bytes(case: Case, path: str) -> str | None:
    """The hash of the document that lies there; None where none does.

    Of one that was forgotten the salted hash, where its mark lies there.
    """
    if not case.after.has(path):
        return None
    content, gone = case.after.content(path), document_gone(case.after, path)
    return gone.sha256 if gone and content == gone.content else content.get("sha256")


def _another(target: str, recorded: str, found: str, at: Place, naming: str = "") -> Breach:
    by = f" by {naming}" if naming else ""
    return Breach(
        f"{target.removeprefix(ROOT)} is not the document that was recorded{by}: its SHA-256 "
        "differs.",
        "Restore the document that was hashed, or record the new one beside it.",
        at,
        facts={"recorded": recorded, "found": found},
        refs=(naming,) if naming else (),
    )
