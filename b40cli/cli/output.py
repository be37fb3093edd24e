"""What leaves the process: the answer on standard output, the talk on standard error."""

from __future__ import annotations

import sys
from typing import TextIO

from b40cli.model.designation import starred
from b40cli.model.errors import WorldError
from b40cli.render.visible import visible


def in_utf8() -> None:
    """Speak UTF-8 with plain line ends on every stream, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def out(text: str) -> None:
    """Write the answer; a reader who has gone away is no error, a full disk is one."""
    error = _written(sys.stdout, text)
    if error is not None and not isinstance(error, BrokenPipeError):
        raise WorldError(
            f"The answer could not be written: {error.strerror}.",
            "What the command did stands; ask again with the output elsewhere.",
        )


def aside(text: str) -> None:
    """Write text of our own making on standard error; nothing can be done where that fails."""
    _written(sys.stderr, starred(text))


def talk(message: str, remedy: str = "") -> None:
    """Say one line on standard error, and what cures it indented under it."""
    cure = "".join(f"\n{line}" for line in _folded(remedy))
    aside(f"b40: {visible(message)}{cure}")


def _folded(text: str) -> list[str]:
    """Its lines indented, at 80 columns and never inside a word."""
    from b40cli.render.findings import wrapped

    return wrapped(text, "  ") if text else []


def _written(stream: TextIO | None, text: str) -> OSError | None:
    if stream is None or not text:
        return None
    try:
        stream.write(text if text.endswith("\n") else f"{text}\n")
        stream.flush()
    except OSError as error:
        return error
    return None
