"""The one place where git is called: with arguments only, never through a shell.

GitPython's call interface would do the same; its import and the two `git version` it runs are a
quarter of a short command, so it is left to what needs more than a call.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from b40cli.model.errors import UnreadableError, UsageError

# Where a command runs inside a hook, these would lead git away from the repository that was asked
# for. The object directories stay: in a quarantine the new objects are only there.
LEADING_AWAY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_NAMESPACE",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
)

# Paths are names, not patterns; nobody may show another history by way of refs/replace or grafts.
# And git speaks English, whoever asks: its words are looked at. It asks nobody for a password.
ALWAYS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "LANGUAGE": "C",
    "LC_ALL": "C",
}

# Against settings that would run a program on every look, let an edited file pass for unchanged,
# tell parents and times from a file beside the commits, or guess who acts from the machine's name.
SETTINGS = (
    "core.fsmonitor=false",
    "core.commitGraph=false",
    "core.trustctime=true",
    "core.checkStat=default",
    "core.quotePath=false",
    "i18n.commitEncoding=UTF-8",
    "log.showSignature=false",
    "user.useConfigOnly=true",
    "advice.graftFileDeprecated=false",
)
OPTIONS = tuple(word for setting in SETTINGS for word in ("-c", setting))


class GitFailed(UnreadableError):
    """A git command ended badly; where that is an answer, the caller catches it."""

    def __init__(self, command: str, status: int, talk: str) -> None:
        last = [line for line in talk.splitlines() if line.strip()] or [f"status {status}"]
        words = next((line for line in last if line.startswith(("fatal:", "error:"))), last[-1])
        super().__init__(f"git {command} failed: {words}", "See what `git status` says here.")
        self.status = status
        self.talk = talk


class Thing(NamedTuple):
    """One answer of `cat-file`: what was asked, and the object, or no oid where there is none."""

    asked: str
    oid: str | None
    kind: str
    data: bytes


class Call(NamedTuple):
    """One git command to run; `keep` are descriptors it holds on to (a lock, say).

    `zone` is the time zone that what git starts reads plain times in; else the machine's.
    """

    args: tuple[str, ...]
    stdin: bytes = b""
    keep: tuple[int, ...] = ()
    zone: str | None = None


class Finished(NamedTuple):
    """What came of a git command."""

    command: str
    status: int
    out: bytes
    talk: str

    def done(self) -> bytes:
        """What it printed; raises GitFailed."""
        if self.status != 0:
            raise GitFailed(self.command, self.status, self.talk)
        return self.out

    def line(self) -> str | None:
        """The line it printed, or None where it failed without a word; raises GitFailed."""
        if self.status != 0 and not self.talk.strip():
            return None
        return self.done().decode("utf-8", "replace").removesuffix("\n")


class Calls:
    """Git in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def together(self, *calls: Call) -> list[Finished]:
        """Run the commands side by side, and wait for all of them."""
        running: list[tuple[Call, Any]] = []
        ended: list[Finished] = []
        try:
            for call in calls:
                running.append((call, self._process(call)))
        finally:
            for call, process in running:
                out, talk = process.communicate(call.stdin)
                words = talk.decode("utf-8", "replace")
                ended.append(Finished(call.args[0], process.returncode, out, words))
        return ended

    def run(self, *args: str, stdin: bytes = b"", keep: tuple[int, ...] = ()) -> bytes:
        """What `git args` prints; raises GitFailed."""
        return self.together(Call(args, stdin, keep))[0].done()

    def line(self, *args: str) -> str | None:
        """The line `git args` prints, or None where it fails without a word; raises GitFailed."""
        return self.together(Call(args))[0].line()

    def things(self, asked: Iterable[str]) -> Iterator[Thing]:
        """The objects asked for, in order, through one `cat-file --batch`, as they come."""
        from threading import Thread

        names = list(asked)
        process = self._process(Call(("cat-file", "--batch", "--buffer")))
        feeder = Thread(target=_feed, args=(process.stdin, names), daemon=True)
        feeder.start()
        try:
            for name in names:
                yield _thing(name, process.stdout)
        except EOFError as error:
            talk = process.stderr.read().decode("utf-8", "replace")
            raise GitFailed("cat-file", 1, talk) from error
        finally:
            process.kill()
            process.wait()
            feeder.join()
            process.stdout.close()
            process.stderr.close()

    def _process(self, call: Call) -> Any:
        from subprocess import PIPE, Popen

        try:
            return Popen(  # noqa: S603 - no shell
                ("git", *OPTIONS, *call.args),  # noqa: S607 - the git of whoever acts
                cwd=self.folder,
                env=_surroundings() | ({"TZ": call.zone} if call.zone else {}),
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                pass_fds=call.keep,
            )
        except FileNotFoundError as error:
            raise UsageError("git cannot be run here.", "Install git 2.30 or later.") from error


def asking(names: Iterable[str]) -> Call:
    """The call that asks for a few objects at once; `answers` reads what it prints."""
    stdin = "".join(f"{name}\n" for name in names).encode()
    return Call(("cat-file", "--batch"), stdin)


def answers(names: Iterable[str], ended: Finished) -> list[Thing]:
    """The objects that were asked for, in order; raises GitFailed."""
    stdout = BytesIO(ended.done())
    return [_thing(name, stdout) for name in names]


def _surroundings() -> dict[str, str]:
    here = {name: value for name, value in os.environ.items() if name not in LEADING_AWAY}
    return {**here, **ALWAYS}


def _feed(stdin: Any, names: list[str]) -> None:
    """Write the requests while the answers are read, or both sides wait for ever."""
    with suppress(OSError, ValueError), stdin:
        stdin.write("".join(f"{name}\n" for name in names).encode())


def _thing(name: str, stdout: Any) -> Thing:
    """Raises EOFError where the answer is not whole."""
    header = stdout.readline().decode("utf-8", "replace").rstrip("\n")
    words = header.rsplit(" ", 2)
    if not header:
        raise EOFError(name)
    if len(words) != 3 or not words[2].isdigit():
        return Thing(name, None, words[-1], b"")
    data = stdout.read(int(words[2]))
    if len(data) != int(words[2]) or stdout.read(1) != b"\n":
        raise EOFError(name)
    return Thing(name, words[0], words[1], data)
