"""The settings of whoever acts: the user's own, since a repository's are not heard."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


def says(patch: pytest.MonkeyPatch, folder: Path, settings: dict[str, str]) -> None:
    """From here on the user's own configuration says this too."""
    file, before = folder / "gitconfig-of-the-user", os.environ.get("GIT_CONFIG_GLOBAL", os.devnull)
    if Path(before) != file:
        file.write_text(Path(before).read_text("utf-8") if before != os.devnull else "")
    for name, value in settings.items():
        subprocess.run(["git", "config", "--file", str(file), name, value], check=True)
    patch.setenv("GIT_CONFIG_GLOBAL", str(file))


def signs(patch: pytest.MonkeyPatch, folder: Path, key: Path | str) -> None:
    """Whoever acts signs with the SSH key."""
    settings = {"gpg.format": "ssh", "user.signingkey": str(key), "commit.gpgsign": "true"}
    says(patch, folder, settings)
