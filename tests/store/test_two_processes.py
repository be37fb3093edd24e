"""Much is made with the garbage collector off, and nothing of it is looked through behind that."""

from __future__ import annotations

import gc
from typing import Any

from b40cli.store.two_processes import not_collecting


def test_what_was_made_meanwhile_is_not_looked_through_behind_it() -> None:
    seen: list[Any] = []
    gc.callbacks.append(lambda *told: seen.append(told))
    try:
        with not_collecting():
            held = [[n] for n in range(100_000)]
        more = [[n] for n in range(10)]
    finally:
        gc.callbacks.pop()
    assert len(held) + len(more) == 100_010
    assert gc.isenabled()
    assert not seen
    assert not gc.get_freeze_count(), "a ring that is let go of later is found"
