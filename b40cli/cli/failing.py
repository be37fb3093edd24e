"""What went wrong, as an error of ours, told on standard error and in the format asked for."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from b40cli.cli.request import output
from b40cli.cli.typed import command_of, form_of, on_of
from b40cli.model.answer import Answer
from b40cli.model.errors import INTERRUPTED, UnreadableError, UsageError, WorldError
from b40cli.model.finding import Finding
from b40cli.render.findings import within, wrapped

# A disk that breaks or is full, memory, processes or files that there are no more of.
MACHINE = (
    *(errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOMEM, errno.EAGAIN),
    *(errno.EMFILE, errno.ENFILE),
)
# What Typer says of a number, in plain words.
PLAINER = (
    (r"is not a valid int(eger)?( range)?$", "is no whole number"),
    (r"is not in the range x>=(\d+)$", r"is too small: at least \1"),
    (r"is not in the range (\d+)<=x<=(\d+)$", r"is not within \1 and \2"),
)


def failed(error: Exception, argv: Sequence[str]) -> int:
    """Say what went wrong in one line and return its exit code."""
    if isinstance(error, typer.Exit):
        if form_of(argv) == "json":
            missing = UsageError("A command is missing.", "See: b40 --help.")
            _tell_error(_refusal(missing, argv), "json")
        return error.exit_code
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    return stopped(known(error, argv), argv)


def known(error: Exception, argv: Sequence[str]) -> WorldError:
    """What went wrong as an error of ours; else it is a defect of the tool."""
    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, OSError) and error.errno in MACHINE:
        # Before anything was recorded: no defect of the tool.
        return UnreadableError(f"The machine refused: {error}", "Mend that, then repeat.")
    if isinstance(error, FileNotFoundError) and _is_nowhere():
        return UsageError("The folder you are in was removed.", "Go to one that is there.")
    return error if isinstance(error, WorldError) else _defect(error, argv)


def _is_nowhere() -> bool:
    """A shell stays in a folder that another one removes."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _usage(error: typer.TyperException) -> WorldError:
    """What Typer found wrong with the words, as an error of ours."""
    said = error.format_message().rstrip(".")
    for pattern, plain in PLAINER:
        said = re.sub(pattern, plain, said)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "b40"
    end = "" if said.endswith("?") else "."
    return UsageError(f"{said[:1].upper()}{said[1:]}{end}", f"See: {path} --help.")


def stopped(error: WorldError, argv: Sequence[str]) -> int:
    """Tell the error on standard error and, where JSON was asked for, as an answer too.

    A remedy that many findings share is said with the first of them.
    """
    output.talk(error.message, error.remedy)
    findings = error.findings
    form = form_of(argv)
    if form is not None:
        _tell_error(_refusal(error, argv), form)
    else:
        told = {error.remedy}
        for found in findings:
            where = f"{found.file}:{found.line}:{found.column}"
            cure = "" if found.remedy in told else found.remedy
            told.add(cure)
            with within(output.talk_width()):
                lines = wrapped(f"{where}  {found.message}", "    ", "  ")
                output.aside(output.heard((*lines, *wrapped(cure, "    ", "    > "))))
    return error.exit_code


def _tell_error(answer: Answer[Any], form: str) -> None:
    """Write the answer in its format; where even that fails, standard error has said it already."""
    try:
        from b40cli.cli.telling import told

        output.out(told(answer, form))
        if form == "github":
            from b40cli.cli.summary import summarise

            summarise(answer)
    except Exception:
        output.talk(f"The error could not be told as {form}.")


def _refusal(error: WorldError, argv: Sequence[str]) -> Answer[Any]:
    rule = {2: "usage", 3: "unreadable", 4: "conflict", 5: "half-done"}.get(error.exit_code, "tool")
    found = Finding(rule, "defect", "", error.message, error.remedy, "")
    findings = error.findings or (found,)
    code = error.exit_code
    commit = getattr(error, "commit", None)
    return Answer(command_of(argv), on_of(argv), "unofficial", False, commit, findings, {}, code)


def _defect(error: Exception, argv: Sequence[str]) -> WorldError:
    """A defect of the tool: one line for the reader, the rest in a log."""
    log = _log(error, argv)
    told = f"The log: {log}" if log else "No log could be written."
    return WorldError(f"A defect of the tool stopped this ({type(error).__name__}).", told)


def _log(error: Exception, argv: Sequence[str]) -> str | None:
    """Write the traceback into the user's cache folder, else where temporary files go."""
    import tempfile
    import traceback

    from b40cli import __version__
    from b40cli.store.git.guard.user_folder import users_own

    text = f"b40 {__version__}\n{list(argv)!r}\n{''.join(traceback.format_exception(error))}"
    for folder in (users_own("defects"), Path(tempfile.gettempdir())):
        try:
            if folder is not None:
                handle, path = tempfile.mkstemp(".log", "defect-", folder)
                with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                    file.write(text)
                return path
        except OSError:
            continue
    return None
