"""What git is told of a repository: nothing that the repository itself says, but a closed list.

A repository is data. GIT_DIR stays its own, so that HEAD, index and locks are where editors look;
GIT_COMMON_DIR is a folder of the user's that has a configuration made here from the heard keys,
attributes that set every filter aside, no hooks, and links to the refs and logs.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from b40cli.model.digest import sha256
from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.model.size import DOCUMENT, said
from b40cli.store.git.guard.safe_paths import real, small
from b40cli.store.git.guard.user_folder import user_folder

Lister = Callable[[bytes], bytes]
"""The bytes of a configuration -> what `git config --list -z` says of it."""

VERSION = "1"
LINKED = ("refs", "packed-refs", "logs", "shallow", "reftable", "worktrees")
# Below these git opens whatever file it meets, or what it was doing when it was cut off.
WALKED = ("refs", "logs", "worktrees", "rebase-merge", "rebase-apply", "sequencer")
WRITTEN = frozenset({*LINKED, "objects", "info", "index", "config", "b40"})
ATTRIBUTES = "* -text -eol -ident -filter -working-tree-encoding -crlf -diff -merge -whitespace\n"

# What the environment may say to git, and to git only: who acts, how the user set up git, the way
# to a host, and the quarantine of a hook. Everything else that begins with GIT_ is dropped.
HEARD_WORDS = (
    r"GIT_(?:(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)|DEFAULT_HASH|EXEC_PATH"
    r"|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)"
    r"|ASKPASS|SSH|SSH_COMMAND|SSH_VARIANT|SSL_\w+|HTTP_\w+|PROXY_\w+)"
)
# What may have no end. The null device, which some put over a file to hide it, ends at once.
ENDLESS = {stat.S_IFIFO: "a pipe", stat.S_IFCHR: "a device"}
QUARANTINE = ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")

# Paths are names, not patterns; nobody may show another history by way of refs/replace or grafts.
# And git speaks English, whoever asks: its words are looked at. It asks nobody for a password, and
# no remote for an object that is missing.
ALWAYS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "LANGUAGE": "C",
    "LC_ALL": "C",
}


class World(NamedTuple):
    """Where git works: the files, the git directory, the common one, and what stands in for it."""

    root: Path
    git_folder: Path
    common: Path
    told: Path

    def surroundings(self) -> dict[str, str]:
        """The environment of a git that works here."""
        return {
            **_scrubbed(),
            "GIT_OBJECT_DIRECTORY": str(self.common / "objects"),
            **_quarantine(),
            **ALWAYS,
            "GIT_DIR": str(self.git_folder),
            "GIT_COMMON_DIR": str(self.told),
            "GIT_WORK_TREE": str(self.root),
        }


def outside() -> dict[str, str]:
    """The environment of a git that works on no repository."""
    return {**_scrubbed(), **ALWAYS, "GIT_DIR": os.devnull}


def world(root: Path, lister: Lister) -> World:
    """The closed world of the repository with its files in `root`.

    Raises UnreadableError where the repository is of a form that cannot be trusted or read.
    """
    git_folder, common = _folders(root, lister)
    _leads_home(git_folder, common)
    for folder in {git_folder, common}:
        _no_links(folder)
        _no_giants(folder)
    return World(root, git_folder, common, _told(common, lister))


def _scrubbed() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or re.fullmatch(HEARD_WORDS, name)
    }


def _quarantine() -> dict[str, str]:
    """Inside a hook that looks at what a push brings, the new objects are only there."""
    here = {name: os.environ[name] for name in QUARANTINE if name in os.environ}
    return here if QUARANTINE[0] in here else {}


def _folders(root: Path, lister: Lister) -> tuple[Path, Path]:
    """The git directory and the common one; a file `.git` counts only where its goal agrees."""
    place = root / ".git"
    mode = place.lstat().st_mode
    if stat.S_ISDIR(mode):
        return place, place
    said = (small(place) or b"") if stat.S_ISREG(mode) else b""
    pointer, _blank, goal = os.fsdecode(said).rstrip("\n").partition(" ")
    if pointer != "gitdir:" or "\n" in goal or "\0" in goal:
        raise _misled(place, "is neither a folder nor a pointer to one")
    folder = real(root / goal)
    if folder.parent.name == "worktrees" and _points(folder / "gitdir", folder, place):
        return folder, folder.parent.parent
    from b40cli.store.git.guard.heard_settings import settings_of

    config = small(folder / "config") or b""
    there = next((v for k, v in settings_of(lister(config)) if k == "core.worktree"), None)
    if there is None or real(folder / there) != root:
        raise _misled(place, f"leads to {folder}, which knows nothing of this folder")
    return folder, folder


def _leads_home(git_folder: Path, common: Path) -> None:
    """Git looks for refs where `commondir` leads, whatever GIT_COMMON_DIR says."""
    said = os.fsdecode(small(git_folder / "commondir") or b"").rstrip("\r\n")
    if not said and git_folder == common:
        return
    if "\0" in said or real(git_folder / said) != real(common):
        raise _misled(git_folder / "commondir", "leads to the refs of another repository")


def _points(file: Path, folder: Path, place: Path) -> bool:
    said = os.fsdecode(small(file) or b"").rstrip("\n")
    return bool(said) and "\0" not in said and real((folder / said).parent) == place.parent


def _misled(place: Path, said: str) -> UnreadableError:
    return UnreadableError(
        f"{place} {said}.",
        "Work in a clone, or in a tree made by `git worktree add`; one that was moved is mended by "
        "`git worktree repair`.",
    )


def _no_links(folder: Path) -> None:
    """What git would write through must be there itself; raises UnreadableError."""
    try:
        with os.scandir(folder) as entries:
            linked = [e.name for e in entries if e.name in WRITTEN and e.is_symlink()]
    except OSError as error:
        raise UnreadableError(f"{folder} cannot be read: {error.strerror}.") from error
    if linked:
        raise _is_link(folder / min(linked))


def _no_giants(folder: Path) -> None:
    """Git reads these whole, a pipe or a terminal for ever; raises UnreadableError.

    Packs and logs may be of any size: git looks into the ones and writes behind the others.
    """
    null = Path(os.devnull).stat().st_rdev
    walked = tuple(f"{folder}/{name}" for name in WALKED)
    whole = (f"{folder}", f"{folder}/info", f"{folder}/objects/info")
    places = [*whole, f"{folder}/objects", f"{folder}/objects/pack", *walked]
    for place in places:  # and the folders below those, as they are met
        below = place.startswith(walked)  # where git says by itself what it cannot read
        sized = place in whole or place.startswith(walked[0])
        with suppress(OSError if below else FileNotFoundError), os.scandir(place) as entries:
            for entry in entries:
                if below and entry.is_dir(follow_symlinks=False):
                    places.append(entry.path)
                elif (seen := _seen(entry)) is None:
                    continue
                elif stat.S_ISDIR(seen.st_mode):
                    if below:
                        raise _is_link(entry.path)
                elif (kind := ENDLESS.get(stat.S_IFMT(seen.st_mode))) and seen.st_rdev != null:
                    raise _not_needed(entry.path, kind)
                elif sized and seen.st_size > DOCUMENT:
                    raise _not_needed(entry.path, f"larger than {said(DOCUMENT)}")


def _seen(entry: os.DirEntry[str]) -> os.stat_result | None:
    """What git would open there: the link itself where it leads nowhere; None once it is gone."""
    with suppress(OSError):
        return entry.stat()
    with suppress(OSError):
        return entry.stat(follow_symlinks=False)
    return None


def _not_needed(path: str, what: str) -> UnreadableError:
    return UnreadableError(
        f"{path} is {what}.", "No repository needs it so: clone it anew, and work in the clone."
    )


def _is_link(path: Path | str) -> UnreadableError:
    return UnreadableError(
        f"{path} is a link: what is written there would land elsewhere.",
        "Clone the repository, and work in the clone.",
    )


def _told(common: Path, lister: Lister) -> Path:
    """The folder that git takes for the common one, made once for each text of the settings."""
    config = small(common / "config") or b""
    name = sha256(VERSION.encode() + b"\0" + config).hexdigest()[:24]
    folder = user_folder(common) / f"git-{name}"
    if not folder.is_dir():
        from b40cli.store.git.guard.heard_settings import configuration, settings_of

        _make(folder, common, configuration(settings_of(lister(config))))
    return folder


def _make(folder: Path, common: Path, configuration: str) -> None:
    """All at once, so that another command finds it whole or not at all."""
    from tempfile import mkdtemp

    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Path(mkdtemp(prefix="new-", dir=folder.parent))
    try:
        (fresh / "info").mkdir()
        (fresh / "config").write_text(configuration, "utf-8", "surrogateescape")
        (fresh / "info/attributes").write_text(ATTRIBUTES)
        (fresh / "info/exclude").symlink_to(common / "info/exclude")
        for name in LINKED:
            (fresh / name).symlink_to(common / name)
        fresh.rename(folder)
    except OSError as error:
        from shutil import rmtree

        rmtree(fresh, ignore_errors=True)
        if not folder.is_dir():
            raise ConflictError(f"The disk refused: {error}", "Make room, then repeat.") from error
