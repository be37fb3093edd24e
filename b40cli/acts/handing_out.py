"""Files handed out beside the register: written whole, and never over somebody else's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from os.path import isfile
from pathlib import Path

from b40cli.model.errors import ConflictError, UsageError
from b40cli.model.ref import FOLDER, ROOT
from b40cli.model.size import DOCUMENT
from b40cli.store.git.guard.safe_paths import is_plain, real
from b40cli.store.schema import kind_of

MANIFEST = "site-files.json"
# What stands for standard output where a file is named.
OUTPUT = Path("-")
# What the list of a hundred thousand files takes.
LISTED = 16 << 20


def refuse_place(path: Path) -> None:
    """Raise UsageError where standard output, or a place among the records, is named for a file."""
    if path.parts[:1] == OUTPUT.parts:
        raise UsageError(
            "- stands for standard output, which takes one text alone.", "Name a file or a folder."
        )
    place = real(path.absolute())
    for above in place.parents:
        # Path.is_file would raise where the name is too long.
        if above.name.lower() != FOLDER or not isfile(above / "network.yaml"):  # noqa: PTH113
            continue
        name = place.relative_to(above).as_posix()
        if kind_of(ROOT + name) != "document" or not is_plain(name):
            raise UsageError(
                f"{path} lies among the records, where nothing of that name may.",
                "Name a place outside registry/, or below registry/evidence/ by a plain name.",
            )


def hand_out(files: Mapping[Path, str | bytes]) -> list[str]:
    """Write the files that are not there yet, text as UTF-8; the names of all of them.

    A folder that is not there is made.

    Raises ConflictError, with nothing written, where another file lies in the way.
    """
    for path in files:
        refuse_place(path)
    missing = [path for path in files if not _lies_there(path, files[path])]
    for path in missing:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as opened:
                opened.write(_bytes(files[path]))
        except OSError as error:
            why = f"{path.parent} is a file" if path.parent.is_file() else error.strerror
            raise UsageError(f"{path} cannot be written: {why}.", "Name another file.") from error
    return [str(path) for path in files]


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _lies_there(path: Path, content: str | bytes) -> bool:
    try:
        if not path.exists() and not path.is_symlink():
            return False
        data = _bytes(content)
        same = path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} is no name for a file.", "Name another file.") from error
    if not same:
        raise ConflictError(f"{path} is there already.", "Move it away, or name another file.")
    return True


def own_folder(folder: Path, mark: str = "") -> None:
    """Raise ConflictError unless it is new, empty, or of an earlier call, which left `mark`.

    What leaves a mark may be kept in git: a fresh clone of a branch for it holds `.git` alone.
    """
    refuse_place(folder)
    kept = {".git"} if mark else set()
    try:
        foreign = {entry.name for entry in folder.iterdir()} - kept
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(
            f"{folder} is no folder to write to: {error.strerror}.", "Name another."
        ) from error
    if foreign and not (mark in foreign and (folder / mark).is_file()):
        raise ConflictError(f"{folder} holds other files.", "Name a new folder, or an empty one.")


def replace_in(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold these files, by path: what an earlier call wrote there is replaced.

    MANIFEST tells what that was. Raises ConflictError, with nothing written, where the folder is
    another's, or a file that it does not tell of, or that was changed since, lies in the way.
    """
    own_folder(folder, MANIFEST)
    before, most = _manifest(folder), max(DOCUMENT, 2 * max(map(len, files.values()), default=0))
    strange = [name for name in files if not _ours(folder, name, before, most)]
    if strange:
        raise ConflictError(
            f"{folder / strange[0]} is there already, and no build wrote it.",
            "Move it away, or name another folder.",
        )
    digests = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    for name in sorted(before.keys() - digests.keys()):
        if _ours(folder, name, before, most):
            (folder / name).unlink(missing_ok=True)
    told = json.dumps(digests, indent=0).encode() + b"\n"
    try:
        for name, content in {**files, MANIFEST: told}.items():
            if before.get(name) != digests.get(name, "") or not (folder / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be written: {error.strerror}.", "Name another."
        ) from error


def _manifest(folder: Path) -> dict[str, str]:
    try:
        found = json.loads(_held(folder / MANIFEST, LISTED))
    except (OSError, ValueError):
        return {}
    told = found.items() if isinstance(found, dict) else ()
    return {name: digest for name, digest in told if _inside(folder, folder / name)}


def _held(path: Path, most: int) -> bytes:
    """The bytes of a file, no more than one of ours has: of a larger one nothing agrees."""
    if not path.is_file():
        raise FileNotFoundError(path)
    with path.open("rb") as opened:
        return opened.read(most + 1)


def _inside(folder: Path, path: Path) -> bool:
    """Whether a path stays in the folder, links followed: a manifest is no more than a file."""
    try:
        return real(path).is_relative_to(real(folder))
    except (OSError, ValueError):
        return False


def _ours(folder: Path, name: str, before: Mapping[str, str], most: int) -> bool:
    """Whether nothing lies there, or what an earlier build wrote: no more bytes than `most`."""
    path = folder / name
    if not _inside(folder, path):
        return False
    if not path.exists() and not path.is_symlink():
        return True
    try:
        return name in before and sha256(_held(path, most)).hexdigest() == before[name]
    except OSError:
        return False
