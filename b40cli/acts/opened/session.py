"""An act's surroundings: the repository, HEAD, the registry at HEAD, the day, the actor."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from b40cli.model.errors import UsageError
from b40cli.model.facts.network import Network
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import Snapshot, load

if TYPE_CHECKING:
    from b40cli.model.facts.meeting import Meeting


class Session(NamedTuple):
    """What every act is given; `on` is its legal day, `asked` whether the person named it.

    `today` is the day the clock shows.
    """

    repository: Repository
    head: str | None
    snapshot: Snapshot
    before: Registry
    network: Network
    on: date
    asked: bool
    today: date

    def day_in(self, meeting: Meeting | None) -> date:
        """The legal day of what a meeting does: the day asked for, else one on which it sits."""
        if self.asked or meeting is None or self.on <= meeting.last_day:
            return self.on
        return meeting.day


def open_session(place: Path | None, today: date, on: date | None) -> Session:
    """Open the register for an act; finishes one that was cut off before.

    Raises UsageError (no registry, a day outside the register), UnreadableError, ConflictError.
    """
    repository = Repository.find(place or Path())
    repository.finish()
    head = repository.head()
    snapshot = load(repository, repository.tree(head) if head else {})
    before = Registry(snapshot)
    if before.network is None and NETWORK in repository.worktree():
        raise UsageError(
            "Nothing of this register is committed yet: an act is judged by what is committed.",
            "b40 check judges what lies there; commit it first: git add registry, git commit.",
        )
    return session_on(repository, head, snapshot, before, today, on)


def session_on(
    repository: Repository,
    head: str | None,
    snapshot: Snapshot,
    before: Registry,
    today: date,
    on: date | None,
) -> Session:
    """The surroundings of an act on a state that was read; UsageError as `open_session`."""
    network = network_in(before)
    if on is not None and not network.opened <= on <= today:
        raise UsageError(
            f"--on {on} lies outside the register, which opened on {network.opened}.",
            f"An act's legal day lies between {network.opened} and today, {today}; what happened "
            "earlier is an opening record: b40 import.",
        )
    return Session(repository, head, snapshot, before, network, on or today, on is not None, today)


def network_in(registry: Registry) -> Network:
    """The network's record; UsageError where a folder called registry/ holds none."""
    network = registry.network
    if network is None:
        raise UsageError(
            "registry/network.yaml is missing: this is no register.", "Begin one with b40 init."
        )
    return network
