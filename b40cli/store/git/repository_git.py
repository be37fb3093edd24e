"""The one place where git is called: with arguments only, never through a shell.

GitPython's call interface would do the same; its import and the `git version` it runs are a
quarter of a short command, so it has what is asked seldom: repository_remotes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.size import DOCUMENT, RECORD, said
from b40cli.store.git.closed_world import World, outside, world
from b40cli.store.git.cut import Cut, chunks_of, held

# Against the user's own settings, which are heard: one that is relative would mean the repository's
# folder; others run a program on every look, let an edited file pass for unchanged, hold a large
# file in memory, tell parents from a file beside the commits, or guess who acts from the machine.
SETTINGS = (
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.splitIndex=false",
    "core.bigFileThreshold=1m",
    "core.commitGraph=false",
    "core.trustctime=true",
    "core.checkStat=default",
    "core.quotePath=false",
    "submodule.recurse=false",
    "protocol.ext.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    "log.showSignature=false",
    "log.follow=false",
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
    """One answer of `cat-file`: what was asked, and the object, or no oid where there is none.

    A blob larger than a record is held as a `Cut`.
    """

    asked: str
    oid: str | None
    kind: str
    data: bytes


class Call(NamedTuple):
    """One git command to run; `keep` are descriptors it holds on to (a lock, say).

    `zone` is the time zone that what git starts reads plain times in; else the machine's. With
    `patience`, in seconds, it is away from the terminal and is ended where it does not end.
    """

    args: tuple[str, ...]
    stdin: bytes = b""
    keep: tuple[int, ...] = ()
    zone: str | None = None
    patience: float | None = None


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
        """The line it printed, or None where it said no without a word; raises GitFailed."""
        if self.status == 1 and not self.talk.strip():
            return None
        return self.done().decode("utf-8", "replace").removesuffix("\n")

    def holds(self) -> bool:
        """What it says of a yes-or-no question; one that was killed has said nothing: GitFailed."""
        return self.status != 1 and self.done() is not None


class Calls:
    """Git in one folder, in the closed world of the repository there; see closed_world."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._world: World | None = None

    @property
    def world(self) -> World:
        """Where git works; raises UnreadableError where the repository cannot be trusted."""
        if self._world is None:
            self._world = world(self.folder, _settings)
        return self._world

    def together(self, *calls: Call) -> list[Finished]:
        """Run the commands side by side, and wait for all of them."""
        running: list[tuple[Call, Any]] = []
        ended: list[Finished] = []
        try:
            for call in calls:
                running.append((call, self._process(call)))
        finally:
            ended += [_ended(call, process) for call, process in running]
        return ended

    def run(self, *args: str, stdin: bytes = b"", keep: tuple[int, ...] = ()) -> bytes:
        """What `git args` prints; raises GitFailed."""
        return self.together(Call(args, stdin, keep))[0].done()

    def line(self, *args: str) -> str | None:
        """The line `git args` prints, or None where it fails without a word; raises GitFailed."""
        return self.together(Call(args))[0].line()

    def things(self, asked: Iterable[str]) -> Iterator[Thing]:
        """The objects asked for, in order, through one `cat-file --batch`, as they come."""
        names = deque(asked)
        while names:
            with self._batch(list(names)) as answers:
                while names:
                    thing = _thing(names.popleft(), answers)
                    yield thing
                    if _is_unread(thing.data):
                        break  # nobody reads over it: git is asked anew for those behind it

    def copies(self, asked: Iterable[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The bytes of each blob, however large, in chunks to be taken before the next is asked.

        Raises UnreadableError for one that is missing.
        """
        names = list(asked)
        with self._batch(names) as answers:
            for name in names:
                _oid, kind, size = _header(answers)
                if kind != "blob":
                    raise UnreadableError(f"The object {name} is missing.", "Run `git fsck`.")
                yield name, _copied(answers, size)

    @contextmanager
    def _batch(self, names: list[str]) -> Iterator[Any]:
        """What `cat-file --batch` prints; an answer that is not whole is GitFailed."""
        from threading import Thread

        process = self._process(Call(("cat-file", "--batch", "--buffer")))
        feeder = Thread(target=_feed, args=(process.stdin, names), daemon=True)
        feeder.start()
        try:
            yield process.stdout
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
        here = os.path.lexists(self.folder / ".git")
        return _process(call, self.folder, self.world.surroundings() if here else outside())


def no_git() -> UsageError:
    """Where there is no git to call."""
    return UsageError("git cannot be run here.", "Install git 2.30 or later.")


def _process(call: Call, folder: Path, surroundings: dict[str, str]) -> Any:
    from subprocess import PIPE, Popen

    try:
        return Popen(  # noqa: S603 - no shell
            ("git", *OPTIONS, *call.args),  # noqa: S607 - the git of whoever acts
            cwd=folder,
            env={**surroundings, "TZ": call.zone} if call.zone else surroundings,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            pass_fds=call.keep,
            start_new_session=call.patience is not None,
        )
    except FileNotFoundError as error:
        raise no_git() from error


def _ended(call: Call, process: Any) -> Finished:
    from subprocess import TimeoutExpired

    try:
        out, talk = process.communicate(call.stdin, call.patience)
    except TimeoutExpired:
        _end_all(process)
        out, talk = b"", b"fatal: no answer for too long"
    except BaseException:
        _end_all(process)
        raise
    return Finished(_verb(call), process.returncode, out, talk.decode("utf-8", "replace"))


def _verb(call: Call) -> str:
    """The command's own word, behind settings such as `-c x=y`."""
    words = iter(call.args)
    return next(word for word in words if word != "-c" or not next(words))


def _end_all(process: Any) -> None:
    """End what does not end, and whatever it has started, where that is a session of its own."""
    from signal import SIGKILL

    with suppress(ProcessLookupError):
        if os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, SIGKILL)
    process.kill()
    process.wait()


def _settings(config: bytes) -> bytes:
    """What a configuration says, read as a file of its own: nothing that it includes is read."""
    call = Call(("config", "--file", "-", "--no-includes", "--list", "-z"), config)
    return _ended(call, _process(call, Path("/"), outside())).done()


def asking(names: Iterable[str]) -> Call:
    """The call that asks for a few objects at once; `answers` reads what it prints."""
    stdin = "".join(f"{name}\n" for name in names).encode()
    return Call(("cat-file", "--batch"), stdin)


def answers(names: Iterable[str], ended: Finished) -> list[Thing]:
    """The objects that were asked for, in order; raises GitFailed."""
    stdout = BytesIO(ended.done())
    return [_thing(name, stdout) for name in names]


def _feed(stdin: Any, names: list[str]) -> None:
    """Write the requests while the answers are read, or both sides wait for ever."""
    with suppress(OSError, ValueError), stdin:
        stdin.write("".join(f"{name}\n" for name in names).encode())


def _header(stdout: Any) -> tuple[str | None, str, int]:
    """Name, kind and size of what follows, or why nothing does; raises EOFError."""
    header = stdout.readline().decode("utf-8", "replace").rstrip("\n")
    words = header.rsplit(" ", 2)
    if not header:
        raise EOFError
    if len(words) != 3 or not words[2].isdigit():
        return None, words[-1], 0
    return words[0], words[1], int(words[2])


def _thing(name: str, stdout: Any) -> Thing:
    """Raises EOFError where the answer is not whole."""
    oid, kind, size = _header(stdout)
    if oid is None:
        return Thing(name, None, kind, b"")
    if size > DOCUMENT and kind != "blob":
        raise UnreadableError(f"The {kind} {name} is larger than {said(DOCUMENT)}.")
    data = held(stdout, size) if size > RECORD and kind == "blob" else stdout.read(size)
    if not _is_unread(data) and (len(data) < min(size, RECORD) or stdout.read(1) != b"\n"):
        raise EOFError
    return Thing(name, oid, kind, data)


def _is_unread(data: bytes) -> bool:
    return isinstance(data, Cut) and data.sha256 is None


def _copied(stdout: Any, size: int) -> Iterator[bytes]:
    try:
        yield from chunks_of(stdout, size)
        whole = stdout.read(1) == b"\n"
    except EOFError:
        whole = False
    if not whole:
        raise GitFailed("cat-file", 1, "fatal: the answer is not whole")
