"""What GitPython does at the door: it begins a repository, and tells the remotes of one.

Its import, and the `git version` it begins with, are a fifth of a short command: nothing that is
asked often comes here. The programs it starts get the environment of this process, whatever it is
told; so while it works, that is the closed world's. What a user wrote is never an option or a
keyword of its calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.store.git.guard.closed_world import World, outside
from b40cli.store.git.repository_git import SETTINGS, GitFailed, no_git

if TYPE_CHECKING:
    from git import Git


def begin(folder: Path) -> None:
    """Make a repository in the folder, where none is yet (`git init`, nothing else)."""
    around = {name: said for name, said in outside().items() if name != "GIT_DIR"}
    with _surrounded_by(around, "init"):
        # Named, for where it cannot enter a folder GitPython would work in the one it stands in.
        _in(folder).init("--", str(folder.resolve()), quiet=True)


def remotes(world: World) -> list[str]:
    """The names of the remotes, in git's order."""
    with _surrounded_by(world.surroundings(), "remote"):
        return str(_in(world.root).remote()).split()


def address(world: World, remote: str) -> str:
    """Where a remote is sent to, as git reads it; raises GitFailed where there is none."""
    with _surrounded_by(world.surroundings(), "remote"):
        return str(_in(world.root).remote("get-url", "--push", "--", remote)).strip()


def _in(folder: Path) -> Git:
    """Its caller, not its Repo, which reads variables of the environment into a folder's name."""
    from git import Git

    return Git(folder)(c=list(SETTINGS))


@contextmanager
def _surrounded_by(environment: Mapping[str, str], verb: str) -> Iterator[None]:
    """This process in another environment; where git fails, it is told as of every call."""
    own = dict(os.environ)
    _surround(environment)
    try:
        from git.exc import GitCommandError, GitCommandNotFound
    except ImportError as error:
        _surround(own)
        raise no_git() from error
    try:
        yield
    except GitCommandNotFound as error:
        raise no_git() from error
    except GitCommandError as error:
        status = error.status if isinstance(error.status, int) else 1
        raise GitFailed(verb, status, _talk(error.stderr)) from error
    finally:
        _surround(own)


def _surround(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _talk(told: str) -> str:
    """What git said, out of the frame that GitPython puts around it."""
    return told.strip().removeprefix("stderr: '").removesuffix("'")
