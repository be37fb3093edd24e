"""The last commit taken back: what stood before it is committed again, on top of it."""

from __future__ import annotations

from datetime import date

from b40cli.model.errors import ConflictError
from b40cli.store.git.checkout import indexed, refuse_what_is_in_the_way
from b40cli.store.git.commit import (
    nothing_in_progress,
    object_folders,
    put,
    refuse_misdated,
    standing_on,
)
from b40cli.store.git.durable import sync_folders
from b40cli.store.git.following import NOTHING_WRITTEN, Checkout, changed, changing, go_over
from b40cli.store.git.journal import Journal
from b40cli.store.git.refs import current_ref
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Call, Calls, GitFailed

SHARED = ("refs/remotes/", "refs/b40/seen/", "refs/b40/incoming/")


def sent_as(repository: Repository, oid: str) -> str | None:
    """A branch of a remote that holds the commit, as far as is known here."""
    found = _first_ref(repository.calls, f"--contains={oid}", *SHARED)
    return next((found.removeprefix(place) for place in SHARED if found.startswith(place)), None)


def stands_elsewhere(repository: Repository, oid: str, undo: str) -> bool:
    """Whether others have a commit without its undo, as far as can be told here.

    A clone that knows no branch of its remote, as a host makes one for a review, may be told by
    none; one without a remote has all there is.
    """
    calls = repository.calls
    places = SHARED if _first_ref(calls, *SHARED) else ()
    if _first_ref(calls, f"--contains={oid}", f"--no-contains={undo}", *places):
        return True
    urls = (key for key in calls.settings if key.startswith("remote.") and key.endswith(".url"))
    return not places and any(urls)


def _first_ref(calls: Calls, *which: str) -> str:
    told = calls.together(Call(("for-each-ref", "--count=1", "--format=%(refname)", *which)))[0]
    if told.talk.strip():  # of refs that it cannot read it warns, and leaves them out
        raise GitFailed("for-each-ref", 1, told.talk)
    return told.done().decode("utf-8", "replace").strip()


def take_back(repository: Repository, head: str, message: str, today: date | None = None) -> str:
    """Commit the tree of HEAD's parent on top of HEAD; the commit's oid.

    Raises ConflictError; unless it is HalfDone, nothing has changed.
    """
    checkout = repository.checkout()._replace(today=today)
    with changing(checkout) as lock:
        return _taken_back(checkout, head, message, lock)


def _taken_back(checkout: Checkout, head: str, message: str, lock: int) -> str:
    calls = checkout.calls
    nothing_in_progress(checkout.git_folder)
    changes = changed(calls, head, f"{head}^1")
    before = {path: change.old for path, change in changes.items()}
    ref, here, was = current_ref(calls), *calls.few("HEAD", f"{head}^1^{{tree}}")
    if ref is None or here.oid != head or was.oid is None:
        raise ConflictError("HEAD is not where this command began: it moved.", NOTHING_WRITTEN)
    index = {path: entry for path, entry in indexed(calls, before, head).items() if path in before}
    refuse_what_is_in_the_way(checkout.root, before, index, head)
    made = put(calls, [], was.oid, standing_on(checkout, head, head, ref, {}), message)
    refuse_misdated(checkout, made, head)
    sync_folders(object_folders(calls, (made,)))
    go_over(checkout, Journal(ref, head, made, message.splitlines()[0], changes), lock)
    return made
