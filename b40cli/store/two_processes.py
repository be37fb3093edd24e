"""Sharing a large piece of work between two processes, with the same answer as in one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MANY = 600
# Neighbours rest on the same records: they are judged faster together.
TOGETHER = 50


def in_two(work: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> list[R]:
    """`work(items)`; for many items half of it in a forked child, so not in their order.

    A child that dies leaves its half to the parent, so an answer never lacks anything.
    """
    with not_collecting():
        return work(items) if len(items) < MANY or _is_shared() else _in_two(work, items)


@contextmanager
def not_collecting() -> Iterator[None]:
    """Leave the garbage collector off: it would walk all records again and again, for nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            # What lives is old now: else the next thing made would have all of it looked through.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _is_shared() -> bool:
    """A child has no children of its own."""
    import multiprocessing

    return multiprocessing.current_process().daemon


def _in_two(work: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> list[R]:
    mine, other = _dealt(items)
    first, second = side_by_side(lambda: work(mine), lambda: work(other))
    return [*first, *second]


def side_by_side(
    here: Callable[[], list[R]], there: Callable[[], list[R]]
) -> tuple[list[R], list[R]]:
    """Two pieces of work at once, the second in a forked child; done here if the child dies."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_send, args=(theirs, there), daemon=True)
    child.start()
    theirs.close()
    first = here()
    try:
        second = ours.recv()
    except EOFError:
        second = there()
    child.join()
    return first, second


def _dealt(items: Sequence[T]) -> tuple[list[T], list[T]]:
    """Two halves that weigh the same: sorted paths have all that is heavy, decisions, in front."""
    hands: tuple[list[T], list[T]] = ([], [])
    for n in range(0, len(items), TOGETHER):
        hands[n // TOGETHER % 2].extend(items[n : n + TOGETHER])
    return hands


def _send(pipe: Any, work: Callable[[], list[R]]) -> None:
    """An interrupt is the parent's to answer: it ends its child."""
    from signal import SIG_IGN, SIGINT, signal

    signal(SIGINT, SIG_IGN)
    with suppress(Exception):  # what cannot be done here the parent does again, and says it well
        pipe.send(work())
