"""Five invented years as an archive: each act made on its day, the last ones signed; free to copy.

The history of test_five_years is dated anew, so that commits carry the days of their acts, and a
signed tail is told behind it. `Archive` is a copy somebody has write access to: it commits, makes
commits anew and rebuilds all that stands on them, with git and the keys it holds.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from b40cli.acts import applications, attendance, decisions, meetings, members, minutes
from b40cli.acts.change.documents import document
from b40cli.acts.change.questions import Question
from b40cli.acts.meetings import Convening
from b40cli.acts.register import corrections, trust
from b40cli.model.day import Moment
from b40cli.rules.case.law import law_on
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.store.git.signers import fingerprint
from bench.clerk import Clerk, Make, time
from tests.acts.scene import IDENTITY
from tests.invented import UNTENDED, head_of

END = date(2025, 12, 31)
TRUSTED = date(2025, 11, 10)
EXPIRES = date(2025, 12, 1)
PEOPLE = ("clerk", "expired", "revoked", "mayor", "mallory")
REAL = {key: value for key, value in IDENTITY.items() if not key.endswith("DATE")}
CLERK = b"Clerk <clerk@example.org>"
PAPER = {"sha256": "5" * 64}
EVIDENCE = "registry/evidence/minutes-of-october.txt"
OCTOBER = "2025-10-12-ec"
DECEMBER = "2025-12-10-ec"


class Made(NamedTuple):
    """A commit as it stands in its object; `signed` says whether it carried a signature."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: bytes
    committer: bytes
    message: bytes
    signed: bool

    @property
    def seconds(self) -> int:
        """The committer's time."""
        return int(self.committer.split()[-2])


def seconds(day: date, hour: int = 12) -> int:
    """An hour of a day in Istanbul, as git counts."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Istanbul"))
    return int(moment.timestamp())


class Archive:
    """A copy of the archive in the hands of somebody who may push, and holds some keys."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.folder = folder
        self.keys = keys
        self._times: dict[str, int] = {}

    def git(self, *words: str, stdin: bytes = b"", **env: str) -> str:
        """What git says here."""
        return self.raw(*words, stdin=stdin, **env).decode("utf-8").strip()

    def raw(self, *words: str, stdin: bytes = b"", **env: str) -> bytes:
        """What git says, as bytes."""
        done = subprocess.run(
            ["git", *UNTENDED, *words],
            cwd=self.folder, input=stdin, capture_output=True, check=False,
            env={**os.environ, **REAL, **env},
        )  # fmt: skip
        assert done.returncode == 0, (words, done.stderr.decode())
        return done.stdout

    # what there is

    @property
    def head(self) -> str:
        """The commit the line ends in."""
        return head_of(self.folder)

    def commits(self, span: str = "HEAD") -> list[Made]:
        """The commits of a range, oldest first."""
        oids = self.git("rev-list", "--reverse", "--topo-order", span).encode() + b"\n"
        told = self.raw("cat-file", "--batch", stdin=oids)
        return list(_objects(told)) if oids.strip() else []

    def act(self, subject: str) -> str:
        """The last commit whose subject is like this."""
        log = self.git("log", "--format=%H %s").splitlines()
        return next(line[:40] for line in log if re.search(subject, line[41:]))

    def file(self, folder: str, *said: str, n: int = -1) -> str:
        """The path of the last record in a folder whose text is like each of these."""
        found = [
            path.relative_to(self.folder).as_posix()
            for path in sorted((self.folder / "registry" / folder).rglob("*.yaml"))
            if all(re.search(each, path.read_text("utf-8"), re.MULTILINE) for each in said)
        ]
        return found[n]

    def text(self, path: str, at: str | None = None) -> str:
        """A file in the working tree, or as a commit left it."""
        if at is not None:
            return self.raw("show", f"{at}:{path}").decode()
        return (self.folder / path).read_text("utf-8")

    # what is done to it

    def write(self, path: str, text: str) -> None:
        """Write a file, whatever it is."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(text.encode())

    def edit(self, path: str, old: str, new: str, *, at: str | None = None) -> str:
        """A file with the first match of a pattern replaced; written unless `at` says where."""
        text = self.text(path, at)
        changed, found = re.subn(old, new, text, count=1, flags=re.MULTILINE | re.DOTALL)
        assert found and changed != text, (path, old)
        if at is None:
            self.write(path, changed)
        return changed

    def later(self, days: int = 1) -> int:
        """A time so many days after the last commit."""
        if self.head not in self._times:
            self._times[self.head] = int(self.git("log", "-1", "--format=%ct"))
        return self._times[self.head] + days * 86_400

    def commit(
        self, message: str = "By hand", by: str | None = "clerk", at: int | None = None,
        *, amend: bool = False,
    ) -> str:  # fmt: skip
        """Commit everything, signed with somebody's key."""
        self.git("add", "-A")
        when = f"@{self.later() if at is None else at} +0300"
        words = ["--amend"] if amend else []
        words += ["--allow-empty", "--no-verify", "-m", message]
        words = [*self.signing(by), "commit", "-q", *words]
        self.git(*words, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
        return self.head

    def signing(self, by: str | None) -> list[str]:
        """The settings with which git signs as somebody; None: not at all."""
        if by is None:
            return ["-c", "commit.gpgsign=false"]
        return ["-c", "commit.gpgsign=true", "-c", f"user.signingkey={self.keys / by}"]

    def rewrite(
        self,
        oid: str,
        files: Mapping[str, str | None] | None = None,
        by: str | None = "clerk",
        message: bytes | None = None,
        author: bytes | None = None,
    ) -> str:
        """Make a commit anew, and all that stand on it; the ones that were signed are, by `by`."""
        span = self.commits(f"{oid}~1..HEAD")
        first = span[0]
        span[0] = first._replace(message=message or first.message, author=author or first.author)
        blobs = {path: self._blob(text) for path, text in (files or {}).items()}
        begun = span[0].parents[0]
        made = self._signed(self._imported(span, blobs), [m.signed for m in span], by)
        self.git("reset", "-q", "--hard", made[-1])
        assert len(made) == len(span) and self.git("rev-parse", f"{made[0]}~1") == begun
        return made[0]

    def redate(self, days: Mapping[str, date]) -> None:
        """Make all of history anew, each commit on the day of its act or of the one before it."""
        last, span = 0, []
        for made in self.commits():
            last = max(last + 1, seconds(days[made.oid]))
            who = b"%s %d +0300" % (CLERK, last)
            span.append(made._replace(author=who, committer=who))
        self._imported(span, {})

    def _blob(self, text: str | None) -> str | None:
        if text is None:
            return None
        return self.git("hash-object", "-w", "--stdin", stdin=text.encode())

    def _imported(self, span: Sequence[Made], blobs: Mapping[str, str | None]) -> list[str]:
        """The commits with other files, each for as long as nobody changed it since; unsigned."""
        stream = list(_stream(span, self._overrides(span, blobs)))
        marks = self.folder / ".git" / "marks"
        self.git(
            "fast-import", "--quiet", "--force", f"--export-marks={marks}", stdin=b"".join(stream)
        )
        told = dict(line.split() for line in marks.read_text().splitlines())
        marks.unlink()
        return [told[f":{n}"] for n in range(1, len(span) + 1)]

    def _overrides(
        self, span: Sequence[Made], blobs: Mapping[str, str | None]
    ) -> list[dict[str, str | None]]:
        found: list[dict[str, str | None]] = [{} for _ in span]
        for path, blob in blobs.items():
            asked = "".join(f"{made.tree}:{path}\n" for made in span).encode()
            held = [line.split()[0] for line in
                    self.git("cat-file", "--batch-check", stdin=asked).splitlines()]  # fmt: skip
            for n, each in enumerate(held):
                if each != held[0]:
                    break
                found[n][path] = blob
        return found

    def _signed(self, oids: Sequence[str], signed: Sequence[bool], by: str | None) -> list[str]:
        made: list[str] = []
        fresh = False
        for told, sign in zip(self.commits_of(oids), signed, strict=True):
            fresh = fresh or sign
            if not fresh:
                made.append(told.oid)
                continue
            parents = (made[-1],) if made else told.parents
            made.append(self.object(told._replace(parents=parents), by if sign else None))
        return made

    def commits_of(self, oids: Sequence[str]) -> list[Made]:
        """These commits."""
        return list(_objects(self.raw("cat-file", "--batch", stdin="\n".join(oids).encode())))

    def object(self, told: Made, by: str | None) -> str:
        """A commit object of one's own making."""
        parents = [word for parent in told.parents for word in ("-p", parent)]
        return self.git(
            *self.signing(by), "commit-tree", *(["-S"] if by else []), told.tree, *parents,
            stdin=told.message, **_who("AUTHOR", told.author), **_who("COMMITTER", told.committer),
        )  # fmt: skip


def _who(role: str, line: bytes) -> dict[str, str]:
    name, _, rest = line.decode().partition(" <")
    mail, _, when = rest.partition("> ")
    return {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": mail, f"GIT_{role}_DATE": f"@{when}"}


def _objects(told: bytes) -> Iterator[Made]:
    while told:
        about, _, told = told.partition(b"\n")
        oid, _kind, size = about.decode().split()
        data, told = told[: int(size)], told[int(size) + 1 :]
        head, _, message = data.partition(b"\n\n")
        lines = [line.partition(b" ")[::2] for line in head.split(b"\n")]
        said = dict(reversed(lines))
        parents = tuple(value.decode() for key, value in lines if key == b"parent")
        yield Made(oid, said[b"tree"].decode(), parents, said[b"author"], said[b"committer"],
                   message, b"gpgsig" in said)  # fmt: skip


def _stream(span: Sequence[Made], files: Sequence[Mapping[str, str | None]]) -> Iterator[bytes]:
    marks = {made.oid: b":%d" % n for n, made in enumerate(span, 1)}
    for made, changed in zip(span, files, strict=True):
        yield b"commit refs/heads/main\nmark %s\n" % marks[made.oid]
        yield b"author %s\ncommitter %s\n" % (made.author, made.committer)
        yield b"data %d\n%s\n" % (len(made.message), made.message)
        for parent in made.parents[:1]:
            yield b"from %s\n" % marks.get(parent, parent.encode())
        yield b'M 040000 %s ""\n' % made.tree.encode()
        for path, blob in changed.items():
            said = f"M 100644 {blob} {path}\n" if blob else f"D {path}\n"
            yield said.encode()
        yield b"\n"


def archived(told: Path, folder: Path) -> Archive:
    """The five years dated anew, and the tail told behind them; audited once."""
    keys = folder / "keys"
    keys.mkdir(parents=True)
    for name in PEOPLE:
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(keys / name)]
        subprocess.run(words, check=True)
    register = Path(shutil.copytree(told, folder / "register"))
    archive = Archive(register, keys)
    days: dict[str, date] = {}
    day = date(2021, 1, 5)
    form = "--format=%H %(trailers:key=B40-On,valueonly,separator=)"
    for line in archive.git("log", "--reverse", form).splitlines():
        oid, _, said = line.partition(" ")
        day = days[oid] = max(day, date.fromisoformat(said) if said else day)
    archive.redate(days)
    archive.git("reset", "-q", "--hard", "main")
    archive.git("config", "gpg.format", "ssh")
    tail(archive)
    archive.git("reflog", "expire", "--expire=now", "--all")
    archive.git("gc", "-q", "--prune=now")
    return archive


@contextmanager
def on_the_day(day: date) -> Iterator[None]:
    """Commits made in here are made at noon of the day."""
    kept = dict(os.environ)
    when = f"@{seconds(day)} +0300"
    os.environ.update({**REAL, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def tail(archive: Archive) -> None:
    """Keys, a signed admission in December, minutes that lie in the register, a correction."""
    clerk = Clerk(archive.folder, END)

    def act(day: date, make: Make) -> str:
        with on_the_day(day):
            os.environ["GIT_CONFIG_GLOBAL"] = str(archive.folder / ".git/config")
            return str(clerk.act(day, make).result.get("id"))

    def key(name: str) -> str:
        return trust.key_named(str(archive.keys / f"{name}.pub"))

    secretariat = trust.Newcomer("clerk", "Clerk", "secretariat", None)
    add = partial(trust.add, start=None, until=None)
    act(TRUSTED, partial(add, newcomer=secretariat, key=key("clerk")))
    archive.git("config", "commit.gpgsign", "true")
    archive.git("config", "user.signingkey", str(archive.keys / "clerk"))
    act(TRUSTED, partial(add, newcomer=secretariat, key=key("expired"), until=EXPIRES))
    act(TRUSTED, partial(add, newcomer=secretariat, key=key("revoked")))
    lost = partial(trust.revoke, name="clerk", wanted=fingerprint(key("revoked")), reason="lost")
    act(TRUSTED, partial(lost, until=TRUSTED + timedelta(5)))
    mayor = trust.Newcomer("mayor", "Mayor", "president", None)
    act(TRUSTED, partial(add, newcomer=mayor, key=key("mayor")))
    archive.write(EVIDENCE, "Minutes of October.\n")
    archive.commit("evidence: minutes of October", at=seconds(date(2025, 11, 20), 11))
    paper = document(archive.folder / EVIDENCE, archive.folder)
    act(date(2025, 11, 20), partial(minutes.file_minutes, name=OCTOBER, document=paper))
    admitted(clerk, act)


def dissolve(archive: Archive) -> str:
    """An Assembly of its own dissolves the network, lawfully; the commit of the vote."""
    clerk = Clerk(archive.folder, END + timedelta(31))
    called, day = date(2025, 12, 20), date(2026, 1, 10)
    name = f"{day}-ga"

    def act(on: date, make: Make) -> None:
        with on_the_day(on):
            clerk.act(on, make)

    asked = Convening("ga", time(day), city="me-vodinza", language="en", interpretation=True)
    act(called, partial(meetings.convene, asked=asked))
    sent = partial(meetings.send_notice, name=name, sent=time(called, 12), to=None, motions=[])
    act(called, partial(sent, document=PAPER))
    rules = partial(meetings.announce_rules, name=name, announced=time(called, 13))
    act(called, partial(rules, document=PAPER))
    registry, moment = clerk.registry(), Moment(day)
    law = law_on(registry, day)
    present = [
        m.id
        for m in registry.members()
        if is_member(registry, m.id, moment, law) and not is_suspended(registry, m.id, moment)
    ]
    act(day, partial(attendance.roll_call, name=name, at=time(day), present=present))
    question = Question("dissolution", None, name, title="Dissolution of the network")
    sides = {"for": present}
    act(day, partial(decisions.record, question=question, ballots=sides, numbers=None))
    return archive.head


def admitted(clerk: Clerk, act: Callable[[date, Make], str]) -> None:
    """A city applies and is admitted; another's figure is corrected."""
    application = {"received": "2025-12-02", "form": PAPER, "letter": PAPER}
    applicant = applications.Applicant(
        "Rosendol", "BG", application | {"criteria": ["pledge", "aims"]}, elected=PAPER
    )
    act(date(2025, 12, 2), partial(applications.submit, applicant=applicant))
    asked = Convening("ec", time(date(2025, 12, 10), 10))
    act(date(2025, 12, 5), partial(meetings.convene, asked=asked))
    day = date(2025, 12, 10)
    present = [seat.city for seat in seats_on(clerk.registry(), day) if seat.city]
    called = partial(attendance.roll_call, name=DECEMBER, at=time(day, 10), present=present)
    act(day, called)
    question = Question("admission", "members/bg-rosendol", DECEMBER)
    sides = {"for": present}
    act(day, partial(decisions.record, question=question, ballots=sides, numbers=None))
    right = corrections.Right((("population.count", "500001"),), "Misread", (PAPER,), None)
    wrong = partial(corrections.correct, reference="at-farville-2021")
    act(date(2025, 12, 15), partial(wrong, right=right))
    joined = partial(members.sign, city="bg-rosendol", signed=date(2025, 12, 18), place="Rosendol")
    act(date(2025, 12, 18), partial(joined, document=PAPER, ceremony=None))
