"""A branch begun anew on another commit; and the branches that are open beside one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from b40cli.store.git.commit import footing, make, refuse_misdated
from b40cli.store.git.following import changing, move
from b40cli.store.git.journal import Journal
from b40cli.store.git.refs import listed
from b40cli.store.git.repository import Repository

# Of more open branches than these the youngest are looked at.
MOST_OPEN = 100
PLACES = ("refs/heads/", "refs/remotes/")


class Step(NamedTuple):
    """One act to be committed: the bytes it leaves, by path, and its message."""

    changes: Mapping[str, bytes]
    message: str


def remade(repository: Repository, base: str, steps: Iterable[Step], today: date) -> str:
    """Commit the steps one after the other on `base`; no branch holds the last of them yet.

    Raises ConflictError where one would be older than what is before it, or of a day to come.
    """
    checkout = repository.checkout()._replace(today=today)
    with changing(checkout):
        tip = base
        for step in steps:
            ground = footing(checkout, step.changes, tip)
            made, _files, _oids = make(checkout, ground, step.changes, step.message)
            refuse_misdated(checkout, made, tip)
            tip = made
        return tip


def begin_anew(repository: Repository, branch: str, old: str, tip: str) -> None:
    """Move the branch to another line; ConflictError where it does not stand at `old`."""
    with changing(repository.checkout()) as lock:
        moved = Journal(f"refs/heads/{branch}", old, tip, "sync --again", {})
        move(repository.calls, moved, lock)


def open_branches(repository: Repository, base: str, head: str, called: str) -> dict[str, str]:
    """name -> commit of every other branch, here or as it was fetched, that the base has not.

    Those that `head` goes on from, or that go on from it, are the same work, and so is what stands
    elsewhere under the name that it is `called`: the branch before it was begun anew. One that
    stands here and at a remote on one commit is told once.
    """
    others = (f"--no-merged={base}", f"--no-merged={head}", f"--no-contains={head}")
    form = "--format=%(objectname) %(symref) %(refname)"
    how = (f"--count={MOST_OPEN}", "--sort=refname", "--sort=-committerdate", form)
    found: dict[str, str] = {}
    for line in listed(repository.calls, *others, *how, *PLACES):
        oid, symbolic, ref = line.split(" ", 2)
        place = next(place for place in PLACES if ref.startswith(place))
        name = ref.removeprefix(place)
        own = (name if place == PLACES[0] else name.partition("/")[2]) == called
        if not symbolic and not own and oid not in found:
            found[oid] = name
    return {name: oid for oid, name in found.items()}
