"""A long past on top of a synthetic registry: thousands of lawful acts, a commit each.

They are told straight to `git fast-import`, for the commands would take an hour; the audit finds
them lawful all the same, trailers included. A meeting of the committee has twenty acts around it:
it is convened and its roll is called, two cities apply, are admitted and sign, its letter goes out,
and in eleven members that hold no seat a mayor takes office.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from b40cli import __version__
from b40cli.model.facts.decision import path_of
from b40cli.store.schema import kind_of, order
from b40cli.store.yaml.layout import dump
from bench.cities import person
from bench.registries import Story
from bench.surroundings import dispatch, git

CLERK = "Clerk <clerk@example.org>"
FIRST = date(2026, 2, 12)
MAYORS = 11
# What a meeting has none of when it is convened.
LATER = ("closes", "agenda", "proxies", "roll_calls", "minutes")


class Act(NamedTuple):
    """One commit: its words, its day, the record it is about, and the records it changes."""

    act: str
    on: date
    subject: str
    changes: dict[str, Any]
    decision: str | None = None

    def message(self) -> str:
        """What the tool would write."""
        told = {
            "B40-Act": self.act,
            "B40-Subject": self.subject,
            "B40-Decision": self.decision,
            "B40-On": str(self.on),
            "B40-Edition": "2024-01",
            "B40-Actor": CLERK,
            "B40-Version": __version__,
        }
        trailers = "\n".join(f"{key}: {value}" for key, value in told.items() if value)
        return f"{self.act}: {self.subject}\n\n{trailers}\n"


def lengthened(place: Path, story: Story, commits: int) -> Path:
    """The registry of a story with so many further commits."""
    program = shutil.which("git") or "git"
    stream = _stream(story, int(git(place, "log", "-1", "--format=%ct")), commits)
    words = (program, "fast-import", "--quiet", "--force")
    subprocess.run(words, cwd=place, input=stream, check=True)
    git(place, "reset", "-q", "--hard")
    git(place, "gc", "-q")
    return place


def trusting(story: Story, folder: Path) -> Path:
    """Let a story's register trust one clerk, and give the clerk's private key."""
    key = folder / "clerk-key"
    if not key.exists():
        keygen = shutil.which("ssh-keygen") or "ssh-keygen"
        words = [keygen, "-q", "-t", "ed25519", "-N", "", "-C", "clerk", "-f", str(key)]
        subprocess.run(words, check=True)
    public = " ".join(key.with_suffix(".pub").read_text("utf-8").split()[:2])
    clerk = {"id": "clerk", "name": "Clerk", "office": "secretariat"}
    keys = [{"key": public, "from": str(FIRST)}]
    story.put("trust/principals", {"principals": [{**clerk, "keys": keys}]})
    return key


def signed(place: Path, key: Path) -> Path:
    """The same past, every commit after the first signed with a key."""
    first, *later = git(place, "rev-list", "--reverse", "HEAD").split()
    parent = first
    signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={key}")
    who = ("-c", "user.name=Clerk", "-c", "user.email=clerk@example.org")
    for oid in later:
        message = git(place, "log", "-1", "--format=%B", oid)
        moment = git(place, "log", "-1", "--format=%cI", oid).strip()
        words = ("commit-tree", "-S", "-p", parent, "-m", message.rstrip("\n"), f"{oid}^{{tree}}")
        parent = git(place, *signing, *who, *words, moment=moment).strip()
    git(place, "reset", "-q", "--hard", parent)
    git(place, "gc", "-q")
    return place


def _stream(story: Story, moment: int, commits: int) -> bytes:
    parts: list[bytes] = []
    for n, act in zip(range(commits), acts(story), strict=False):
        message = act.message().encode()
        parts.append(b"commit refs/heads/main\n")
        parts.append(f"committer {CLERK} {moment + n} +0300\n".encode())
        parts.append(b"data %d\n%s\n" % (len(message), message))
        parts += [b"from refs/heads/main^0\n"] if n == 0 else []
        for path, record in act.changes.items():
            data = dump(record, order(kind_of(path) or ""))
            parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
    return b"".join(parts)


def acts(story: Story) -> Iterator[Act]:
    """One act after another, for as long as there are days."""
    story.numbers["EC-2026"] = 1
    seated = {seat["city"] for seat in story.term(FIRST.year)["seats"]}
    cities = [
        path
        for path, record in story.files.items()
        if path.startswith("registry/members/") and record["id"] not in seated
    ]
    for n in count():
        day = FIRST + timedelta(n)
        joining = [story.applicant(day) for _ in range(2)]
        for city in joining:
            yield _of("application submit", day - timedelta(5), story, f"members/{city}")
        yield from _meeting(story, day, joining)
        for path in story.random.sample(cities, MAYORS):
            yield _mayor(story, path, day)


def _of(act: str, day: date, story: Story, subject: str, decision: str | None = None) -> Act:
    """An act that changes its subject's record and its decision's, as the story has them now."""
    paths = [f"registry/{subject}.yaml", *([path_of(decision)] if decision else [])]
    return Act(act, day, subject, {path: story.files[path] for path in paths}, decision)


def _meeting(story: Story, day: date, joining: list[str]) -> Iterator[Act]:
    meeting = story.meeting(day)
    name = f"meetings/{meeting['id']}"
    later = {key: meeting.pop(key, None) for key in LATER}
    story.put(name, meeting)
    yield _of("meeting convene", day - timedelta(5), story, name)
    meeting |= {key: later[key] for key in ("closes", "roll_calls")}
    yield _of("meeting roll-call", day, story, name)
    decided = []
    for item, city in enumerate(joining, 1):
        decision = story.numbered("EC", day.year)
        story.put(decision, story.voted(decision, "admission", city, meeting, item, day))
        story.files[path_of(decision)]["proposed"] = str(day)
        story.files[f"registry/members/{city}.yaml"]["application"]["outcome"] = decision
        yield _of("decision record", day, story, f"members/{city}", decision)
        decided.append(decision)
    meeting["dispatches"] = [dispatch(day, decided)]
    yield _of("meeting dispatch", day + timedelta(3), story, name)
    for city, decision in zip(joining, decided, strict=True):
        if story.files[path_of(decision)]["state"] == "adopted":
            signed: dict[str, Any] = {"signed": str(day + timedelta(10)), "place": city}
            signed["document"] = story.document()
            story.files[f"registry/members/{city}.yaml"]["declaration"] = signed
            yield _of("member sign", day + timedelta(10), story, f"members/{city}")


def _mayor(story: Story, path: str, day: date) -> Act:
    """A new mayor takes office in a city."""
    mayors = story.files[path]["mayors"]
    mayors[-1]["until"] = str(day)
    mayors.append({"name": person(story.random), "capacity": "mayor", "from": str(day)})
    return _of("member mayor", day, story, path[len("registry/") : -len(".yaml")])
