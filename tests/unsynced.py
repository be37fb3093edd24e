"""Nobody cuts the power while the tests run: what is written there need not wait for the disk."""

from __future__ import annotations

import os

import pytest

from b40cli.store.git.guard import closed_world


def unsynced(patch: pytest.MonkeyPatch) -> None:
    """Neither this process nor a git it starts waits for the disk; all else is done as ever."""
    patch.setattr(os, "fsync", lambda _file: None)
    patch.setitem(closed_world.ALWAYS, "GIT_TEST_FSYNC", "0")
