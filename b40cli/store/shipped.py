"""Where the schemas and the registry that come with the tool lie."""

from __future__ import annotations

from pathlib import Path

from b40cli.model.errors import UnreadableError

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Give the folder `schemas` or `registry`, of the wheel or, in a clone, of its top level.

    Raises UnreadableError where the installation holds neither.
    """
    # The wheel is asked first: beside an installed package another project's folder may lie.
    for folder in (_PACKAGE / "shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise UnreadableError(
        f"The folder {name} that comes with b40 is missing.", "Install b40 again."
    )
