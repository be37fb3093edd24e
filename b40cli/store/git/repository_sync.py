"""The way to other clones: fetch, fast-forward, push with lease. Nobody is asked for a password.

What was last taken in or sent is kept under refs/b40/seen: a remote branch that no longer contains
it was rewritten. What a fetch brings lies under refs/b40/incoming until it is taken in.
"""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from b40cli.model.errors import ConflictError, UsageError
from b40cli.store.git.checkout import indexed, refuse_what_is_in_the_way
from b40cli.store.git.commit import nothing_in_progress
from b40cli.store.git.durable import SYNCED, sync_folders
from b40cli.store.git.following import NOTHING_WRITTEN, Checkout, changing, differing, go_over
from b40cli.store.git.journal import FileWrite, Journal
from b40cli.store.git.refs import commit_at, current_ref, refuse_linked_packs, refuse_links, set_ref
from b40cli.store.git.repository_git import Call, Calls, Finished
from b40cli.store.git.repository_remotes import address, remotes

# Nobody waits for an answer that does not come.
CALM = (
    *(
        *SYNCED,
        "-c",
        "fetch.unpackLimit=1",
        "-c",
        "core.askPass=true",
        "-c",
        "fetch.fsckObjects=true",
    ),
    *("-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30"),
    *("-c", "push.recurseSubmodules=no", "-c", "push.gpgSign=false"),
)
SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15"
PATIENCE = 600.0
# A repository at a path is data as well: git would run its hooks and hear its settings.
THERE = (
    f"git -c core.hooksPath={os.devnull} -c core.fsmonitor=false -c core.alternateRefsCommand=: "
    "-c gc.auto=0 -c maintenance.auto=false -c receive.autogc=false "
    "-c receive.denyCurrentBranch=refuse"
)
ELSEWHERE = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]*://|[^/]*:(?!:)")
FETCH = (
    *("--quiet", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"),
    *("--refmap=", "--"),
)
UNHEARD = re.compile(r"b40\.(?P<name>.*)\.unheard", re.DOTALL)
REASON = re.compile(r"^!\t[^\t]*\t\[(?P<word>[^]]+)\](?: \((?P<why>.*)\))?$", re.MULTILINE)
UNTOLD = "remote failure"
RACE = re.compile(r"stale info|fetch first|non-fast-forward|cannot lock ref|failed to update ref")
KEYLESS = re.compile(
    r"prompts disabled|could not read (Username|Password)|Authentication failed|Permission denied",
    re.IGNORECASE,
)


class Exchange(NamedTuple):
    """One branch here and the branch of a remote it is shared as."""

    checkout: Checkout
    branch: str
    remote: str
    theirs: str

    @property
    def shared(self) -> str:
        """The branch of the remote, as a person names it: origin/main."""
        return f"{self.remote}/{self.theirs}"

    @property
    def memory(self) -> str:
        """The ref that keeps what was last taken in or sent."""
        return f"refs/b40/seen/{self.shared}"

    @property
    def incoming(self) -> str:
        """The ref that holds what a fetch brought."""
        return f"refs/b40/incoming/{self.shared}"

    def fetch(self) -> str | None:
        """The commit the remote's branch stands on, brought here; None where there is none.

        Raises ConflictError where the remote cannot be reached.
        """
        wanted = f"+refs/heads/{self.theirs}:{self.incoming}"
        ended = self._calmly("fetch", "upload-pack", *FETCH, self.remote, wanted)
        if ended.status == 0:
            objects = self.checkout.calls.world.common / "objects"
            sync_folders([objects / "pack", objects])
            return self._at(self.incoming)
        if "couldn't find remote ref" in ended.talk:
            return None
        raise _unreachable(self.remote, ended)

    def seen(self) -> str | None:
        """What was last taken in or sent; in a fresh clone, what it was cloned as."""
        return self._at(self.memory) or self._at(f"refs/remotes/{self.shared}")

    def remember(self, oid: str) -> None:
        """Keep what both sides have now."""
        told = f"b40: sync with {self.shared}"
        for ref in (self.memory, f"refs/remotes/{self.shared}"):
            set_ref(self.checkout.calls, told, ref, oid, whatever=True)

    def parting(self, one: str, other: str) -> str | None:
        """The last commit that two lines of history share; None where they never met."""
        return self.checkout.calls.line("merge-base", one, other)

    def forward(self, old: str, new: str) -> None:
        """Move branch, index and files from one commit to a later one, whole or not at all.

        Raises ConflictError; unless it is HalfDone, nothing has changed.
        """
        with changing(self.checkout) as lock:
            self._forward(old, new, lock)

    def _forward(self, old: str, new: str, lock: int) -> None:
        checkout = self.checkout
        nothing_in_progress(checkout.git_folder)
        changes = _between(checkout.calls, old, new)
        before = {path: change.old for path, change in changes.items()}
        if current_ref(checkout.calls) != f"refs/heads/{self.branch}" or self._at("HEAD") != old:
            raise ConflictError("HEAD is not where this command began: it moved.", NOTHING_WRITTEN)
        index = {
            p: entry for p, entry in indexed(checkout.calls, before, new).items() if p in before
        }
        refuse_what_is_in_the_way(checkout.root, before, index, new)
        act = Journal(f"refs/heads/{self.branch}", old, new, f"sync with {self.shared}", changes)
        go_over(checkout, act, lock)

    def push(self, oid: str, lease: str | None) -> None:
        """Send a commit, if the remote's branch still stands where it was; raises ConflictError."""
        ref = f"refs/heads/{self.theirs}"
        ended = self._calmly(
            *(
                "push",
                "receive-pack",
                "--porcelain",
                "--no-follow-tags",
                f"--force-with-lease={ref}:{lease or ''}",
            ),
            *("--", self.remote, f"{oid}:{ref}"),
        )
        if ended.status != 0:
            raise _unsent(self, ended)

    def _calmly(self, verb: str, there: str, *args: str) -> Finished:
        """Talk to the remote; `there` is the program of git that answers at the other end.

        Git writes refs and packs by the way: raises ConflictError where they would lie elsewhere.
        """
        calls = self.checkout.calls
        refuse_links(calls, self.memory, self.incoming, f"refs/remotes/{self.shared}")
        refuse_linked_packs(calls)
        own = "GIT_SSH" in os.environ or calls.settings.get("core.sshcommand")
        ssh = () if own else ("-c", f"core.sshCommand={SSH}")
        elsewhere = ELSEWHERE.match(address_of(calls, self.remote))
        here = () if elsewhere else (f"--{there}={THERE} {there}",)
        words = (*CALM, *ssh, verb, *here, *args)
        return calls.together(Call(words, patience=PATIENCE))[0]

    def _at(self, ref: str) -> str | None:
        return commit_at(self.checkout.calls, ref)


def exchange(checkout: Checkout, remote: str | None) -> Exchange:
    """The branch we stand on and its remote; see Repository.exchange."""
    ref = current_ref(checkout.calls)
    if ref is None:
        raise ConflictError(
            "HEAD is detached: no branch is shared.", "Switch to one first: git switch main."
        )
    branch = ref.removeprefix("refs/heads/")
    name = _remote(checkout.calls, branch, remote)
    merge = checkout.calls.settings.get(f"branch.{branch}.merge") if not remote else None
    return Exchange(checkout, branch, name, (merge or ref).removeprefix("refs/heads/"))


def address_of(calls: Calls, remote: str) -> str:
    """Where a remote is sent to, asked once; raises GitFailed where there is none."""
    if remote not in calls.addresses:
        calls.addresses[remote] = address(calls.world, remote)
    return calls.addresses[remote]


def _remote(calls: Calls, branch: str, asked: str | None) -> str:
    known = remotes(calls.world)
    unheard = _unheard(calls)
    known += [name for name in unheard if name not in known]
    wanted = asked or calls.settings.get(f"branch.{branch}.remote")
    if not known:
        raise UsageError(
            "This clone has no remote: there is nobody to sync with.",
            "Name the shared repository: git remote add origin ADDRESS.",
        )
    if wanted is None and (len(known) == 1 or "origin" in known):
        return "origin" if "origin" in known else known[0]
    if (odd := unheard.get(wanted or "")) is not None:
        raise UsageError(
            f"The address of {wanted} is not heard: {odd}",
            "b40 goes to https, ssh, git or a path. Name another: "
            f"git remote set-url {wanted} ADDRESS",
        )
    if wanted not in known:
        said = f"{wanted} is no remote here." if wanted else "There are several remotes."
        raise UsageError(said, f"Name one with --remote: {', '.join(known)}.")
    return wanted


def _unheard(calls: Calls) -> dict[str, str]:
    """Remotes whose address is none that is gone to, with that address."""
    found = ((UNHEARD.fullmatch(key), address) for key, address in calls.settings.items())
    return {key["name"]: address for key, address in found if key}


def _between(calls: Calls, old: str, new: str) -> dict[str, FileWrite]:
    changes: dict[str, FileWrite] = {}
    for path, write in differing(calls, old, new):
        if write is None:
            raise ConflictError(
                f"What came changes {path}, which is a link or a submodule.",
                "b40 takes in plain files only. Look at it, then take it in yourself: "
                f"git merge --ff-only {new[:12]}",
            )
        changes[path] = write
    return changes


def _not_told(exchange: Exchange, ended: Finished) -> ConflictError:
    """The other side may have taken it, and the answer is lost."""
    if KEYLESS.search(ended.talk):
        return _unreachable(exchange.remote, ended)
    return ConflictError(
        f"{exchange.shared} did not say whether it took what was sent: {_last(ended.talk)}",
        "Your acts stand here. Repeat the command: it looks first at what arrived.",
    )


def _unreachable(remote: str, ended: Finished) -> ConflictError:
    if KEYLESS.search(ended.talk):
        return ConflictError(
            f"{remote} does not let us in: {_last(ended.talk)}",
            "b40 asks for no password. Set up a key or a credential helper that answers by itself.",
        )
    return ConflictError(
        f"{remote} cannot be reached: {_last(ended.talk)}",
        f"Nothing was moved. Look at the network and at: git remote get-url {remote}",
    )


def _unsent(exchange: Exchange, ended: Finished) -> ConflictError:
    found = REASON.search(ended.out.decode("utf-8", "replace"))
    if found is None:
        if "failed to push some refs" in ended.talk:
            return ConflictError(
                "The push was stopped here before it began: a hook of this clone refused it. "
                f"{_said(ended.talk)}".rstrip(),
                "See its pre-push hook. Your acts stand here; nothing was sent.",
            )
        return _not_told(exchange, ended)
    if found["word"] == UNTOLD:
        return _not_told(exchange, ended)
    why = found["why"] or found["word"]
    if RACE.search(why):
        return ConflictError(
            f"Somebody moved {exchange.shared} at the same moment.", "Repeat the command."
        )
    return ConflictError(
        f"{exchange.shared} refused what was sent: {why}. {_said(ended.talk)}".rstrip(),
        "Your acts stand here; nothing was sent. Where the branch is protected, send them as a "
        f"pull request: git push {exchange.remote} HEAD:refs/heads/NAME",
    )


def _said(talk: str) -> str:
    """What the other side's hook said, without its decoration."""
    lines = (line.removeprefix("remote:").strip() for line in talk.splitlines())
    own = [line for line in lines if line and not line.startswith(("error:", "To ", "hint:"))]
    return " ".join(own)[:300]


def _last(talk: str) -> str:
    lines = [line for line in talk.splitlines() if line.strip()]
    first = next((line for line in lines if line.startswith(("fatal:", "ssh:"))), None)
    return (first or (lines[-1] if lines else "git said nothing")).strip()
