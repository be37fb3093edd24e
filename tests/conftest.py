"""What the whole suite shares: `--bless`, one day, and a user of its own for git and the caches."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.internal.entropy import deterministic_PRNG

from b40cli.cli import lazy
from b40cli.cli.commands import Headings
from b40cli.cli.request import options
from b40cli.store.git import repository_git
from tests.asked_before import asked_before
from tests.many import ALL
from tests.played_once import story_played_once
from tests.unsynced import unsynced
from tests.written_here import written_here

# Whoever runs the suite, and whenever: what a test expects of today, it expects of this day.
TODAY = date(2026, 11, 23)
# Little here goes in circles, and whoever looks for circles goes through every register held:
# a fifth of the suite's time.
gc.set_threshold(500_000, 20, 100)
# Of each test's own folder.
NUMBERS = count()
# How long an example takes says something of the machine, nothing of the code. The suite draws
# the same examples each time, so that a gate is red for a change alone; `make test-many` draws
# new ones.
hypothesis_settings.register_profile(
    "suite", deadline=None, derandomize=not ALL, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option."""
    parser.addoption(
        "--bless", action="store_true", help="write tests/golden/ anew from what is said now"
    )


def pytest_sessionfinish() -> None:
    """What is held at the end is not gone through once more: the process ends."""
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Who acts is said by the user's own settings: a repository's are not heard."""
    home = tmp_path_factory.mktemp("user")
    settings = home / "gitconfig"
    settings.write_text("[user]\n\tname = Clerk\n\temail = clerk@example.org\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own; pytest looks through all of them for the next number of one."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}-{next(NUMBERS)}"
    folder.mkdir(0o700)
    return folder


@pytest.fixture(autouse=True, scope="session")
def drawn() -> Iterator[None]:
    """What is drawn rests on no module that happens to be loaded, nor is each read for its numbers.

    Where hypothesis first takes hold of chance it looks through all that lives: little, yet.
    """
    with deterministic_PRNG():
        pass
    with pytest.MonkeyPatch.context() as patch:
        if not ALL:
            patch.setattr(providers, "_get_local_constants", Constants)
        yield


@pytest.fixture(autouse=True, scope="session")
def today() -> Iterator[None]:
    """The clock stands still; a test that needs another day sets it there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(options, "clock", lambda: TODAY)
        yield


@pytest.fixture(autouse=True, scope="session")
def disk() -> Iterator[None]:
    """What the tests write need not outlive a power cut."""
    with pytest.MonkeyPatch.context() as patch:
        unsynced(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def settings() -> Iterator[None]:
    """What git reads in a configuration handed to it, it reads in the same bytes again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repository_git, "_settings", cache(repository_git._settings))
        yield


@pytest.fixture(scope="module")
def asked() -> Iterator[None]:
    """For files that test nothing of what git says of its settings and objects."""
    with asked_before():
        yield


@pytest.fixture(scope="module")
def written() -> Iterator[None]:
    """For files that test nothing of how git writes, either."""
    with asked_before(), written_here():
        yield


@pytest.fixture(scope="module")
def story_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[None]:
    """For files in which the demonstration is a beginning, and its story told elsewhere."""
    base = tmp_path_factory.getbasetemp()
    with story_played_once(base if worker_id == "master" else base.parent):
        yield


@pytest.fixture(autouse=True, scope="session")
def office() -> Iterator[None]:
    """The table of commands becomes stubs once, and each command is built once.

    Which of them is still a stub is each asking's own.
    """
    build = lazy.office

    @cache
    def built(table: Headings) -> tuple[lazy.LazyGroup, list[tuple[lazy.LazyGroup, Any]]]:
        root = build(table)
        groups = (root, *(c for c in root.commands.values() if isinstance(c, lazy.LazyGroup)))
        return root, [(group, dict(group.commands)) for group in groups]

    def anew(table: Headings) -> lazy.LazyGroup:
        root, stubs = built(table)
        for group, commands in stubs:
            group.commands = dict(commands)
        return root

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lazy, "office", anew)
        patch.setattr(lazy, "built", cache(lazy.built))
        yield
