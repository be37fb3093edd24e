"""Sharing a large piece of work between two processes, with the same answer as in one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

MANY = 600


def in_two(work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item]) -> list[Answer]:
    """`work(items)`; for many items half of it in a forked child.

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
    half = len(items) // 2
    child = context.Process(target=_send, args=(theirs, work, items[half:]), daemon=True)
    child.start()
    theirs.close()
    first = work(items[:half])
    try:
        second = ours.recv()
    except EOFError:
        second = work(items[half:])
    child.join()
    return [*first, *second]


def _send(pipe: Any, work: Callable[[Sequence[Item]], list[Answer]], items: Sequence[Item]) -> None:
    pipe.send(work(items))
