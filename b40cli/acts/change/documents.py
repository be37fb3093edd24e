"""Documents: what stands in a record of a file is its name and its SHA-256, never its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Create, Deposit, Edit, Put
from b40cli.model.errors import ConflictError, UsageError, WorldError
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.size import DOCUMENT, said
from b40cli.store.git.guard.safe_paths import real, regular
from b40cli.store.schema import kind_of

if TYPE_CHECKING:
    from io import BufferedReader

MOST_BYTES = 512 * 1024 * 1024
NAMED = "Name a file that is there; standard input is not read."


def document(file: Path, root: Path) -> dict[str, Any]:
    """The record of a document: its SHA-256, and its path if it lies in the evidence folder."""
    evidence, lies = real(root / "registry" / "evidence"), real(file)
    named: dict[str, Any] = {"note": lies.name[:120]}
    if lies.is_relative_to(evidence):
        named = {"path": f"evidence/{lies.relative_to(evidence).as_posix()}"}
    return {
        **named,
        "sha256": _hash(lies),
        **({"note": named.pop("note")} if "note" in named else {}),
    }


def documents(files: Iterable[Path], root: Path) -> list[dict[str, Any]]:
    """The records of several documents, in order."""
    return [document(file, root) for file in files]


def filed_later(
    path: str, at: Place, held: Mapping[str, Any], paper: Mapping[str, Any] | None
) -> tuple[Edit, ...]:
    """The document of what is on record already, filed once; UsageError where another one is."""
    known = held.get("document")
    if paper is None or (known or {}).get("sha256") == paper["sha256"]:
        return ()
    if known is not None:
        raise UsageError(
            f"{ref_of(path)} has the document of that on record, with another SHA-256.",
            "File the further paper beside it: b40 evidence file.",
        )
    return (Put(path, (*at, "document"), dict(paper)),)


def lying_there(session: Session, edits: Iterable[Edit]) -> Iterator[Deposit]:
    """The documents below evidence/ that the edits name and no commit holds: they come along."""
    held = [edit.record if isinstance(edit, Create) else edit.value for edit in _telling(edits)]
    for path in sorted({f"{ROOT}{name}" for value in held for name in _named(value)}):
        if path not in session.snapshot and kind_of(path) == "document":
            there = regular(session.repository.root, path)
            if there is not None and there.stat().st_size <= DOCUMENT:
                refuse_twin(session, path)
                yield Deposit(path, there.read_bytes())


def refuse_twin(session: Session, path: str) -> None:
    """Raise ConflictError where a name on the way differs from another by its case alone.

    Where a machine folds case the two are one file: there the register would not be what it is.
    """
    steps, evidence = path.split("/"), f"{ROOT}evidence/"
    for other in (known for known in session.snapshot if known.startswith(evidence)):
        pairs = zip(steps, other.split("/"), strict=False)
        parted = next(((one, two) for one, two in pairs if one != two), None)
        if parted and parted[0].lower() == parted[1].lower():
            raise ConflictError(
                f"{other} is on record: on many machines {path} is the same file.",
                "Give the document a name of its own; b40 evidence file takes it with --as.",
            )


def _telling(edits: Iterable[Edit]) -> Iterator[Create | Put | Append]:
    yield from (edit for edit in edits if not isinstance(edit, Deposit))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if "sha256" in value and isinstance(value.get("path"), str):
            yield value["path"]
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for inner in value:
        yield from _named(inner)


def bytes_of(
    file: Path, most: int, cure: str, error: type[WorldError] = UsageError, named: str = NAMED
) -> bytes:
    """The bytes of a file that was named; raises UsageError, or `error` of more than `most`."""
    with _opened(file, named) as opened:
        data = opened.read(most + 1)
    if len(data) > most:
        size = said(most) if most >> 20 else f"{most >> 10} KiB"
        raise error(f"{file} is larger than {size}.", cure)
    return data


@contextmanager
def _opened(file: Path, cure: str = NAMED) -> Iterator[BufferedReader]:
    """A file that was named; UsageError where it is none: a pipe waits for its writer for ever."""
    try:
        if not file.is_file():
            what = (
                "a folder" if file.is_dir() else "no regular file" if file.exists() else "no file"
            )
            raise UsageError(f"{file} is {what}.", cure)
        with file.open("rb") as opened:
            yield opened
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", cure) from error


def _hash(file: Path) -> str:
    from hashlib import file_digest

    with _opened(file) as opened:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(f"{file} is larger than 512 MiB.", "Name the document itself.")
        return file_digest(opened, "sha256").hexdigest()
