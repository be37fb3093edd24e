"""How much a git child may hold, where the system bounds another process."""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# What a git may hold; a register of 100,000 files needs a fifth of it.
MEMORY = 256 << 20
# The limit is this process's own while a child begins: another thread would take it for what was.
BOUNDING = allocate_lock()


def is_bounded() -> bool:
    """Whether this system bounds another process (Linux)."""
    import resource

    return hasattr(resource, "prlimit")


@contextmanager
def bounded() -> Iterator[Callable[[int], object]]:
    """A tree that names itself often makes millions of paths of nothing: git holds them all.

    It begins with the limit, for a .gitignore of gigabytes is read before anybody could set one;
    only where this process is itself near to it the child is told afterwards.
    """
    import resource

    if not is_bounded():
        yield id
        return
    with BOUNDING:
        own = resource.getrlimit(resource.RLIMIT_DATA)
        bound = (min((MEMORY, *(n for n in own if n != resource.RLIM_INFINITY))), own[1])
        if _held(resource.getpagesize()) > MEMORY // 2:
            yield lambda child: _limit(child, bound)
            return
        resource.setrlimit(resource.RLIMIT_DATA, bound)
        try:
            yield id
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, own)


def _held(page: int) -> int:
    """What of this process the limit counts: also what it asked for and never touched."""
    with suppress(OSError), Path("/proc/self/statm").open("rb") as told:
        return int(told.read().split()[5]) * page
    return MEMORY


def _limit(child: int, bound: tuple[int, int]) -> None:
    import resource

    with suppress(ProcessLookupError):
        resource.prlimit(child, resource.RLIMIT_DATA, bound)
