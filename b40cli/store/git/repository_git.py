"""The one place where git is called: with arguments only, never through a shell.

GitPython's call interface would do the same; its import and the `git version` it runs are a
quarter of a short command, so it has what is asked seldom: repository_remotes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EAGAIN
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from b40cli.model.errors import UnreadableError, UsageError
from b40cli.store.git.guard.closed_world import World, outside, world
from b40cli.store.git.guard.cut import chunks_of
from b40cli.store.git.guard.memory import bounded, is_bounded
from b40cli.store.git.object_reader import (
    FEW,
    MOST_ASKED,
    ObjectReader,
    Thing,
    header_of,
    is_small,
    is_unread,
    thing_of,
)

# Against the user's own settings, which are heard: one that is relative would mean the repository's
# folder; others run a program on every look, let an edited file pass for unchanged, hold a large
# file, or more trees than are asked for again, in memory, tell parents from a file beside the
# commits, read trailers otherwise, or guess who acts from the machine.
SETTINGS = (
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.splitIndex=false",
    "core.bigFileThreshold=1m",
    "core.deltaBaseCacheLimit=32m",
    "core.commitGraph=false",
    "core.trustctime=true",
    "core.checkStat=default",
    "core.quotePath=false",
    "submodule.recurse=false",
    "protocol.ext.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    "trailer.separators=:",
    "core.commentChar=#",
    "log.showSignature=false",
    "log.follow=false",
    "user.useConfigOnly=true",
    "advice.graftFileDeprecated=false",
)
# Where a child cannot be bounded, how often it is looked at, in seconds, and what it may have: of
# large packs it has parts as well.
LOOK_EVERY = 0.25
RESIDENT = 1 << 30
BATCH = ("cat-file", "--batch")
LAST_WORDS = 20
# How two commits differ, told for a program: submodules as well, whatever a .gitmodules asks.
RAW = ("--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=none")
OPTIONS = tuple(word for setting in SETTINGS for word in ("-c", setting))


class GitFailed(UnreadableError):
    """A git command ended badly; where that is an answer, the caller catches it."""

    def __init__(self, command: str, status: int, talk: str) -> None:
        last = [line for line in talk.splitlines() if line.strip()] or [f"status {status}"]
        words = next((line for line in last if line.startswith(("fatal:", "error:"))), last[-1])
        super().__init__(f"git {command} failed: {words}", "See what `git status` says here.")
        self.status = status
        self.talk = talk


class Call(NamedTuple):
    """One git command to run; `keep` are descriptors it holds on to (a lock, say).

    `zone` is the time zone that what git starts reads plain times in; else the machine's. With
    `patience`, in seconds, it is away from the terminal and is ended where it does not end. What
    is `quiet` has no talk.
    """

    args: tuple[str, ...]
    stdin: bytes = b""
    keep: tuple[int, ...] = ()
    zone: str | None = None
    patience: float | None = None
    quiet: bool = False


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
        self.addresses: dict[str, str] = {}
        self._world: World | None = None
        self._reader = ObjectReader()

    @property
    def world(self) -> World:
        """Where git works; raises UnreadableError where the repository cannot be trusted."""
        if self._world is None:
            self._world = world(self.folder, _settings)
        return self._world

    @cached_property
    def settings(self) -> dict[str, str]:
        """What git is set to, the user's own above all; the last word on a key counts."""
        from b40cli.store.git.guard.heard_settings import settings_of

        return dict(settings_of(self.run("config", "--list", "-z")))

    def together(
        self, *calls: Call, meanwhile: Callable[[], object] = lambda: None
    ) -> list[Finished]:
        """Run the commands side by side, do something meanwhile, and wait for all of them."""
        running: list[tuple[Call, Any]] = []
        ended: list[Finished] = []
        try:
            for call in calls:
                running.append((call, self._process(call)))
            meanwhile()
        finally:
            try:
                for call, process in running:
                    ended.append(_ended(call, process))
            except BaseException:
                for _call, process in running[len(ended) + 1 :]:
                    _abandon(process)
                raise
        return ended

    def run(self, *args: str, stdin: bytes = b"", keep: tuple[int, ...] = ()) -> bytes:
        """What `git args` prints; raises GitFailed."""
        return self.together(Call(args, stdin, keep))[0].done()

    def line(self, *args: str) -> str | None:
        """The line `git args` prints, or None where it fails without a word; raises GitFailed."""
        return self.together(Call(args))[0].line()

    def few(self, *names: str) -> list[Thing]:
        """A few objects, in order."""
        return list(self.things(names))

    def things(self, asked: Iterable[str]) -> Iterator[Thing]:
        """The objects asked for, in order: a few from the child that is there for all."""
        names = tuple(asked)
        if len(names) > FEW:
            return self._many(names)
        parts = (names[n : n + MOST_ASKED] for n in range(0, len(names), MOST_ASKED))
        return chain.from_iterable(map(self._at_once, parts))

    def _at_once(self, names: Sequence[str]) -> Iterable[Thing]:
        if is_small(names):
            with suppress(EOFError, OSError):  # another child says what is wrong
                return self._reader.ask(names, lambda: self._process(Call(BATCH, quiet=True)))
        return self._many(names)

    def _many(self, asked: Iterable[str]) -> Iterator[Thing]:
        """The objects asked for, through a `cat-file --batch` of their own."""
        names = deque(asked)
        while names:
            with self._batch(list(names)) as answers:
                while names:
                    thing = thing_of(names.popleft(), answers)
                    yield thing
                    if is_unread(thing.data):
                        break  # nobody reads over it: git is asked anew for those behind it

    def copies(self, asked: Iterable[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
        """The bytes of each blob, however large, in chunks to be taken before the next is asked.

        Raises UnreadableError for one that is missing.
        """
        names = list(asked)
        with self._batch(names) as answers:
            for name in names:
                _oid, kind, size = header_of(answers)
                if kind != "blob":
                    raise UnreadableError(f"The object {name} is missing.", "Run `git fsck`.")
                yield name, _copied(answers, size)

    @contextmanager
    def _batch(self, names: list[str]) -> Iterator[Any]:
        """What `cat-file --batch` prints; an answer that is not whole is GitFailed."""
        from threading import Thread

        process = self._process(Call((*BATCH, "--buffer")))
        talk: deque[bytes] = deque(maxlen=LAST_WORDS)
        # What is asked goes in, and what git says of what it cannot read comes out, while the
        # answers are read: else one side waits for the other for ever.
        beside = (
            Thread(target=_feed, args=(process.stdin, names), daemon=True),
            Thread(target=talk.extend, args=(process.stderr,), daemon=True),
        )
        try:
            for thread in beside:
                _started(thread)
            yield process.stdout
        except EOFError as error:
            _over(process, beside)
            said = b"".join(talk).decode("utf-8", "replace")
            raise GitFailed("cat-file", 1, said) from error
        finally:
            _over(process, beside)

    def _process(self, call: Call) -> Any:
        here = os.path.lexists(self.folder / ".git")
        return _process(call, self.folder, self.world.surroundings() if here else outside())


def no_git() -> UsageError:
    """Where there is no git to call."""
    return UsageError("git cannot be run here.", "Install git 2.30 or later.")


def _process(call: Call, folder: Path, surroundings: dict[str, str]) -> Any:
    from subprocess import DEVNULL, PIPE, Popen

    process: Any = Popen.__new__(Popen)
    process.told, process.watch = _told(call), None
    try:
        with bounded() as bound:
            Popen.__init__(
                process,
                ("git", *OPTIONS, *call.args),
                cwd=folder,
                env={**surroundings, "TZ": call.zone} if call.zone else surroundings,
                stdin=PIPE,
                stdout=process.told or PIPE,
                stderr=DEVNULL if call.quiet else PIPE,
                pass_fds=call.keep,
                start_new_session=call.patience is not None,
                # A file that may not grow is an error that git tells of; killed, it leaves its
                # locks.
                restore_signals=False,
            )
            bound(process.pid)
        if not (is_bounded() or call.quiet):
            process.watch = _Watch(process)
    except FileNotFoundError as error:
        raise no_git() from error
    except OSError:
        _run_out(process)
        raise
    return process


def _run_out(process: Any) -> None:
    """Git may have begun before the machine failed: what it does is done when that is told."""
    if process.told is not None:
        process.told.close()
    if getattr(process, "pid", None) is not None:  # else it had not come to that
        _close(process)
        process.wait()


def _told(call: Call) -> Any:
    """A file in memory for what git prints: that it cannot write into a pipe it does not tell.

    It ends with 0 then, and nothing at all is an answer. None where that is read as it comes, and
    where a system has no such files.
    """
    talks = call.args[: len(BATCH)] == BATCH or not hasattr(os, "memfd_create")
    return None if talks else os.fdopen(os.memfd_create("git"), "r+b", 0)


def _ended(call: Call, process: Any) -> Finished:
    from subprocess import TimeoutExpired

    try:
        out, talk = _communicated(call, process)
    except MemoryError:
        _end_all(process)
        out, talk = b"", b"fatal: Out of memory: more than git may hold"
    except TimeoutExpired:
        _end_all(process)
        out, talk = b"", b"fatal: no answer for too long"
    except BaseException:
        _abandon(process)
        raise
    if process.told is not None:
        with process.told as told:
            told.seek(0)
            out = told.read()
    return Finished(_verb(call), process.returncode, out, talk.decode("utf-8", "replace"))


def _communicated(call: Call, process: Any) -> tuple[bytes, bytes]:
    """What a child says; raises TimeoutExpired, and MemoryError where it held too much."""
    try:
        told: tuple[bytes, bytes] = process.communicate(call.stdin, call.patience)
    finally:
        held_too_much = process.watch is not None and process.watch.ends()
    if held_too_much:
        raise MemoryError
    return told


class _Watch:
    """Where nobody bounds a child (macOS) it is looked at while it works, from its beginning on.

    One that is asked again and again is not: it waits most of the time.
    """

    def __init__(self, process: Any) -> None:
        from threading import Event, Thread

        self.process, self.over, self.too_much = process, Event(), Event()
        self.looking = Thread(target=self._look, daemon=True)
        _started(self.looking)

    def ends(self) -> bool:
        """Look no longer; whether the child held too much."""
        self.over.set()
        self.looking.join()
        return self.too_much.is_set()

    def _look(self) -> None:
        while not self.over.wait(LOOK_EVERY):
            if _resident(self.process.pid) > RESIDENT:
                self.too_much.set()
                self.process.kill()
                return


def _resident(child: int) -> int:
    """The memory that a process has, with what it has of files; 0 where nobody says."""
    from subprocess import run

    words = ("/bin/ps", "-o", "rss=", "-p", str(child))
    with suppress(OSError, ValueError):
        return int(run(words, capture_output=True, check=False).stdout) << 10  # noqa: S603
    return 0


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
    _close(process)


def _abandon(process: Any) -> None:
    """End it, and take no answer from it."""
    _end_all(process)
    if process.told is not None:
        process.told.close()


def _close(process: Any) -> None:
    if process.watch is not None:
        process.watch.ends()
    for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
        with suppress(OSError):  # nobody takes what was on its way
            pipe.close()


def _settings(config: bytes) -> bytes:
    """What a configuration says, read as a file of its own: nothing that it includes is read."""
    call = Call(("config", "--file", "-", "--no-includes", "--list", "-z"), config)
    return _ended(call, _process(call, Path("/"), outside())).done()


def _started(thread: Any) -> None:
    """A machine that has no more threads to give says so with an error number, as of processes."""
    try:
        thread.start()
    except RuntimeError as error:
        raise OSError(EAGAIN, f"{error}") from error


def _over(process: Any, beside: Iterable[Any]) -> None:
    """End a child, and whoever feeds or hears it."""
    process.kill()
    process.wait()
    for thread in beside:
        if thread.ident is not None:
            thread.join()
    _close(process)


def _feed(stdin: Any, names: list[str]) -> None:
    with suppress(OSError, ValueError), stdin:
        stdin.write("".join(f"{name}\n" for name in names).encode())


def _copied(stdout: Any, size: int) -> Iterator[bytes]:
    try:
        yield from chunks_of(stdout, size)
        whole = stdout.read(1) == b"\n"
    except EOFError:
        whole = False
    if not whole:
        raise GitFailed("cat-file", 1, "fatal: the answer is not whole")
