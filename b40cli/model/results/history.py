"""Results of the judge over files and commits: check, fmt, audit, review, sync."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from b40cli.model.results.shapes import DayText


class FindingCounts(TypedDict):
    """Findings by kind."""

    validity: int
    duty: int
    note: int


class AllCounts(FindingCounts):
    """Findings by kind, unreadable files included."""

    defect: int


class AttestedCounts(TypedDict):
    """Facts of the opening record that rest on a source."""

    members: int
    presidencies: int
    meetings: int
    seats: int


class Checked(TypedDict):
    """How many files were judged, what came of it, and what is undetermined."""

    base: str | None
    rule_set: int
    records: int
    counts: FindingCounts
    attested: AttestedCounts
    undetermined: list[str]


class Tidied(TypedDict):
    """Which files were, or would be, put into canonical layout."""

    files: int
    untidy: list[str]
    written: bool


class CommitFound(TypedDict):
    """A commit in which something was found."""

    commit: str
    day: DayText
    on: str
    kind: str
    author: str
    subject: str


class Audited(TypedDict):
    """History judged again: which commits, of which kinds, and what was found in them."""

    base: str | None
    head: str | None
    since: str | None
    commits: int
    kinds: dict[str, int]
    counts: AllCounts
    found: list[CommitFound]
    records: int


class RecordRestored(TypedDict):
    """A record that an undo leaves as it was before, or takes away."""

    record: str
    becomes: Literal["as before", "gone"]


class Undone(TypedDict):
    """The act that was taken back: its commit, its words, and what becomes of its records."""

    undoes: str
    act: str
    subject: str
    records: list[RecordRestored]


class ActSent(TypedDict):
    """A commit that goes or came with a sync."""

    commit: str
    day: DayText
    author: str
    subject: str


class RecordedTwice(TypedDict):
    """A record that both sides changed."""

    record: str
    here: list[str]
    there: list[str]


class Parting(TypedDict, total=False):
    """What a sync says beside what it took in and sent."""

    came: list[ActSent]
    going: list[ActSent]
    taken: list[ActSent]
    sent: list[ActSent]
    base: str
    here: list[ActSent]
    there: list[ActSent]
    both: list[RecordedTwice]
    seen: str
    theirs: str | None


class ActAgain(TypedDict):
    """An act of a branch, and what becomes of it on the base as it is now."""

    commit: str
    subject: str
    becomes: Literal["again", "already so", "taken back", "left out", "refused"]


class IdMoved(TypedDict):
    """An id that another record has by now, the next free one, and the letters that bear it."""

    was: str
    becomes: str
    letters: list[str]


class MadeAgain(TypedDict):
    """A branch whose acts were, or would be, made again: where it stood, where it stands."""

    base: str
    was: str
    becomes: str | None
    acts: list[ActAgain]
    ids: list[IdMoved]


class BranchSent(TypedDict):
    """A branch that was sent for a request, and where the host takes it."""

    remote: str
    branch: str
    base: str
    request: str | None
    sent: bool
    again: NotRequired[MadeAgain]


class Synced(TypedDict):
    """What a sync took in and sent, or why it stopped."""

    remote: str
    branch: str
    state: str
    taken: list[ActSent]
    sent: list[ActSent]
    came: NotRequired[list[ActSent]]
    going: NotRequired[list[ActSent]]
    base: NotRequired[str]
    here: NotRequired[list[ActSent]]
    there: NotRequired[list[ActSent]]
    both: NotRequired[list[RecordedTwice]]
    seen: NotRequired[str]
    theirs: NotRequired[str | None]
