"""Git is asked once what it would say again: its settings, and objects by one child for a register.

Of a command after the other at the same register these are a third of all children. Each is a real
git's answer, to this question; where what it rests on is another, it is asked anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import pytest

from b40cli.model.errors import WorldError
from b40cli.store.git.guard.closed_world import World
from b40cli.store.git.guard.heard_settings import settings_of
from b40cli.store.git.object_reader import FEW, ObjectReader, Thing
from b40cli.store.git.repository_git import Calls

# How git is asked whether objects are there: the one child tells it with what they hold.
THERE = ("cat-file", "--batch-check=%(objectname)", "--buffer")
Heard = tuple[tuple[str, str], ...]


@contextmanager
def asked_before() -> Iterator[None]:
    """So it is while this lasts; the last child ends with it."""
    told: dict[tuple[str, str, Heard], dict[str, str]] = {}
    standing: dict[World, ObjectReader] = {}

    def settings(calls: Calls) -> dict[str, str]:
        rests = _rests(calls)
        if rests is None or rests not in told:
            said = dict(settings_of(calls.run("config", "--list", "-z")))
            if rests is None:
                return said
            told[rests] = said
        return told[rests]

    def reader(calls: Calls) -> ObjectReader:
        if calls.world not in standing:
            for other in standing.values():
                other.end()
            standing.clear()
            standing[calls.world] = ObjectReader()
        return standing[calls.world]

    run = Calls.run

    def runs(calls: Calls, *words: str, stdin: bytes = b"", keep: tuple[int, ...] = ()) -> bytes:
        names = stdin.decode().splitlines() if words == THERE else []
        if 0 < len(names) <= FEW:
            with suppress(WorldError):
                return b"".join(map(_there, calls.few(*names)))
        return run(calls, *words, stdin=stdin, keep=keep)

    # One command looks once, as ever.
    looked = cached_property(settings)
    looked.__set_name__(Calls, "settings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Calls, "settings", looked)
        # Each has one of its own from the beginning, which is never asked.
        own = property(reader, lambda _calls, _reader: None)
        patch.setattr(Calls, "_reader", own, raising=False)
        patch.setattr(Calls, "run", runs)
        yield
    for other in standing.values():
        other.end()


def _there(thing: Thing) -> bytes:
    return f"{thing.oid or f'{thing.asked} missing'}\n".encode()


def _rests(calls: Calls) -> tuple[str, str, Heard] | None:
    """What git's settings rest on: its environment, the user's file, the repository's.

    None where they may rest on more: on a file that one of them includes, on the system's.
    """
    words = calls.world.surroundings()
    heard = tuple(sorted(item for item in words.items() if item[0].startswith("GIT_CONFIG")))
    file = Path(words.get("GIT_CONFIG_GLOBAL", ""))
    users = file.read_text("utf-8") if file.is_file() else ""
    told = f"{calls.world.told.name} {os.fspath(file)}"
    whole = "GIT_CONFIG_GLOBAL" in words and words.get("GIT_CONFIG_NOSYSTEM") == "1"
    return (told, users, heard) if whole and "include" not in users.lower() else None
