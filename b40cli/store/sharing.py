"""Sharing a large piece of work between two processes, with the same answer as in one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

MANY = 600
# Neighbours rest on the same records: they are judged faster together.
TOGETHER = 50


def in_two(work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item]) -> list[Answer]:
    """`work(items)`; for many items half of it in a forked child, so not in their order.

    A child that dies leaves its half to the parent, so an answer never lacks anything.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return work(items) if len(items) < MANY else _in_two(work, items)
    finally:
        if collecting:
            gc.enable()


def _in_two(work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item]) -> list[Answer]:
    import multiprocessing

    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    mine, other = _dealt(items)
    child = context.Process(target=_send, args=(theirs, work, other), daemon=True)
    child.start()
    theirs.close()
    first = work(mine)
    try:
        second = ours.recv()
    except EOFError:
        second = work(other)
    child.join()
    return [*first, *second]


def _dealt(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Two halves that weigh the same: sorted paths have all that is heavy, decisions, in front."""
    hands: tuple[list[Item], list[Item]] = ([], [])
    for n in range(0, len(items), TOGETHER):
        hands[n // TOGETHER % 2].extend(items[n : n + TOGETHER])
    return hands


def _send(pipe: Any, work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item]) -> None:
    pipe.send(work(items))
