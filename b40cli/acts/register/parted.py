"""Two lines of one register: what each did, and the ways out that lose nothing of either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.audit.span import short
from b40cli.model.errors import UsageError
from b40cli.model.finding import Finding
from b40cli.model.ref import ref_of
from b40cli.model.wording import counted
from b40cli.store.git.commit_stream import Recorded
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_sync import Exchange

if TYPE_CHECKING:
    from b40cli.model.results.history import ActSent, Parting, RecordedTwice

LAWLESS, CONFLICT = 1, 4

MOST_SHOWN = 10


class Sides(NamedTuple):
    """Both sides as a sync finds them today: HEAD here, the remote's branch, what both had last."""

    repository: Repository
    exchange: Exchange
    ours: str
    theirs: str | None
    seen: str | None
    today: date


class SyncResult(NamedTuple):
    """What came of it, before it is an answer."""

    state: str
    lines: tuple[str, ...]
    result: Parting
    findings: tuple[Finding, ...] = ()
    code: int = 0


def parted(met: Sides, theirs: str) -> SyncResult:
    """Both sides acted: show both, name what both recorded, and the way out."""
    past, shared = met.repository.past(), met.exchange.shared
    base = met.exchange.parting(met.ours, theirs)
    if base is None:
        return _strangers(met)
    here, there = past.commits(base, met.ours), past.commits(base, theirs)
    both = _recorded_twice(here, there)
    lines = (
        f"Both sides acted since {short(base)}; nothing was moved.",
        f"Here, {many(here)}:",
        *in_brief(here),
        f"On {shared}, {many(there)}:",
        *in_brief(there),
        *_said_twice(both),
        *(_way_out_by_hand(met, theirs, base) if both else _way_out(theirs)),
    )
    result: Parting = {"base": base, "here": acts_of(here), "there": acts_of(there), "both": both}
    return SyncResult("parted", lines, result, (), CONFLICT)


def _recorded_twice(here: Sequence[Recorded], there: Sequence[Recorded]) -> list[RecordedTwice]:
    """The records that both sides changed, or made under one name, with the acts that did."""
    ours, theirs = _by_path(here), _by_path(there)
    return [
        {"record": str(ref_of(path)), "here": ours[path], "there": theirs[path]}
        for path in sorted(ours.keys() & theirs.keys())
    ]


def _by_path(commits: Sequence[Recorded]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for r in commits:
        for change in r.changes:
            found.setdefault(change.path, []).append(r.commit.subject)
    return found


def _said_twice(both: Sequence[RecordedTwice]) -> Iterator[str]:
    for found in both:
        yield f"Both recorded {found['record']}:"
        yield f"  here:  {'; '.join(found['here'])}"
        yield f"  there: {'; '.join(found['there'])}"


def _way_out(theirs: str) -> tuple[str, ...]:
    return (
        "No record was changed on both sides. Put your acts behind theirs, and sync again:",
        f"  git rebase {theirs[:12]}",
        "  b40 sync",
    )


def _strangers(met: Sides) -> SyncResult:
    """The remote holds another register, or one that was begun anew."""
    lines = (
        f"This clone and {met.exchange.shared} have no commit in common; nothing was moved.",
        "See whether it is the right address:",
        f"  git remote get-url {met.exchange.remote}",
    )
    return SyncResult("strangers", lines, {}, (), CONFLICT)


def _way_out_by_hand(met: Sides, theirs: str, base: str) -> tuple[str, ...]:
    aside = f"set-aside-{met.ours[:12]}"
    return (
        "Ids may stand on letters already, so nothing is renumbered here. Agree whose entry keeps "
        "its id; the other side sets its acts aside and repeats them. If that is you:",
        f"  git branch {aside}",
        f"  git reset --keep {theirs[:12]}",
        f"  git log {base[:12]}..{aside}",
        "  (repeat these acts with b40; a decision gets the next free id)",
        "  b40 sync",
    )


def rewritten(met: Sides, seen: str) -> SyncResult:
    """The remote's branch no longer holds what both sides had: its history was rewritten."""
    exchange, past = met.exchange, met.repository.past()
    last = past.commits(f"{seen}~1" if _has_parent(met.repository, seen) else None, seen)[-1:]
    there = past.commits(exchange.parting(seen, met.theirs), met.theirs) if met.theirs else []
    gone = f"{exchange.shared} is gone" if met.theirs is None else f"{exchange.shared} holds it not"
    lines = (
        f"The history of {exchange.shared} was rewritten. Both sides had this; now {gone}:",
        *in_brief(last),
        *((f"In its place, {many(there)}:", *in_brief(there)) if there else ()),
        "Nothing was taken in. Ask who did this. Where all agreed on it, so that something is "
        "forgotten, push nothing from here, which would bring it back: clone anew "
        "(docs/restore.md). Else, to put the shared history back:",
        f"  git push --force-with-lease=refs/heads/{exchange.theirs}:{met.theirs or ''} "
        f"{exchange.remote} {seen[:12]}:refs/heads/{exchange.theirs}",
        "To accept it all the same, once everybody agrees, forget what was shared, and sync again:",
        f"  git update-ref -d {exchange.memory}",
        f"  git update-ref -d refs/remotes/{exchange.shared}",
    )
    result: Parting = {"seen": seen, "theirs": met.theirs, "there": acts_of(there)}
    return SyncResult("rewritten", lines, result, (), CONFLICT)


def _has_parent(repository: Repository, oid: str) -> bool:
    try:
        repository.resolve(f"{oid}~1")
    except UsageError:
        return False
    return True


def many(commits: Sequence[Recorded]) -> str:
    """How many acts the commits are."""
    return counted(len(commits), "act")


def in_brief(commits: Sequence[Recorded]) -> tuple[str, ...]:
    """The latest of the commits, a line each."""
    shown = [f"  {r.oid[:12]}  {r.commit.day}  {r.commit.subject}" for r in commits[-MOST_SHOWN:]]
    more = len(commits) - len(shown)
    return (*((f"  and {more} before",) if more else ()), *shown)


def acts_of(commits: Sequence[Recorded]) -> list[ActSent]:
    """The commits as an answer names them."""
    return [
        {
            "commit": r.oid,
            "day": r.commit.day,
            "author": r.commit.author,
            "subject": r.commit.subject,
        }
        for r in commits
    ]
