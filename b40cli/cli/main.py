"""The entry of `b40`, and the one place where what went wrong becomes an exit code."""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from b40cli.cli.commands import Headings
    from b40cli.cli.lazy import LazyGroup
    from b40cli.cli.request.options import Request
    from b40cli.model.answer import Answer
    from b40cli.model.errors import WorldError

NAME = "b40"
# Objects between two looks of the garbage collector: hardly any of what an import or a register
# makes is garbage, and at Python's 700 a short command spends a sixteenth of its time on looking.
COLLECTED_AT = 100_000
INTERRUPTED = 130
# A disk that breaks or is full, memory, processes or files that there are no more of.
MACHINE = (
    *(errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENOMEM, errno.EAGAIN),
    *(errno.EMFILE, errno.ENFILE),
)
REPORTING = ("check", "review")
# What Typer says of a number, in plain words.
PLAINER = (
    (r"is not a valid int(eger)?( range)?$", "is no whole number"),
    (r"is not in the range x>=(\d+)$", r"is too small: at least \1"),
    (r"is not in the range (\d+)<=x<=(\d+)$", r"is not within \1 and \2"),
)


def run() -> NoReturn:
    """Answer the command line and leave with its exit code.

    What lives at the end is frozen: Python would look through all of it, twice, for rings that no
    longer matter, which is a seventh of a short command.
    """
    gc.set_threshold(COLLECTED_AT)
    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def main(argv: Sequence[str], request: Headings | None = None) -> int:
    """Answer `argv` at the desk given (else the office's own) and return the exit code."""
    try:
        from b40cli.cli.request import output

        output.in_utf8()
        return _answered(argv, request)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except Exception as error:
        return _failed(error, argv)


def _answered(argv: Sequence[str], request: Headings | None) -> int:
    from b40cli.cli import lazy
    from b40cli.cli.commands import DESK, nouns
    from b40cli.cli.request import prompt

    table = DESK if request is None else request
    office = lazy.office(table)
    if lazy.COMPLETING in os.environ:
        lazy.complete(office, NAME)
    typed = in_order(_text(argv), nouns(table))
    words = _known_of(typed)
    prompt.begin()
    code, again = 0, True
    with prompt.sitting(words != typed):
        while again:
            try:
                code, again = _tried(office, words, argv)
            except prompt.WentBack:
                from b40cli.cli.sitting import retrying

                # Who names nothing leaves the refusal as it was.
                again = retrying.back()
    return code


def _known_of(words: list[str]) -> list[str]:
    """A command as it was shown, with … for what only the clerk knows: at a terminal it asks."""
    from b40cli.cli.request.prompt import LACKING, at_terminal, without

    if LACKING not in words:
        return words
    if not at_terminal() or "--yes" in words:
        from b40cli.model.errors import UsageError

        raise UsageError(
            f"{LACKING} stands for what only you know.", "Write that in its place, and repeat."
        )
    return without(words, LACKING.__eq__)


def _tried(office: LazyGroup, words: Sequence[str], argv: Sequence[str]) -> tuple[int, bool]:
    """The exit code, and whether a clerk who was asked gives another answer to what refused it."""
    import typer

    from b40cli.cli.request import answers, prompt
    from b40cli.cli.request.progress import working

    try:
        with office.make_context(NAME, [*words]) as context, working(_work(argv)):
            said = office.invoke(context)
        code = _told(said)
    except Exception as error:
        ends = isinstance(error, typer.Exit | typer.Abort | prompt.WentBack)
        if ends or not answers.given() or _form(argv) is not None:
            raise
        known = _known(error, argv)
        return _stopped(known, argv), _anew(argv, known)
    asked = answers.given() and said.acted and said.request.format == "terminal"
    return code, bool(asked and code) and _anew(argv, said.answer)


def _anew(argv: Sequence[str], refusal: WorldError | Answer[Any]) -> bool:
    from b40cli.cli.sitting import retrying
    from b40cli.model.answer import Answer

    ask: Any = retrying.refused if isinstance(refusal, Answer) else retrying.stopped
    return bool(ask(refusal, _command(argv)))


def _work(argv: Sequence[str]) -> str | None:
    """The command in words, where its progress is to be told."""
    return None if "--quiet" in argv else f"b40 {_command(argv)}"


def _told(said: object) -> int:
    from b40cli.cli.request.options import Said

    if not isinstance(said, Said):
        raise TypeError(f"a command returned {type(said).__name__}, not an answer")
    try:
        return _said(*said)
    except Exception as error:
        from b40cli.model.errors import Untold, WorldError

        if said.answer.commit is None or not isinstance(error, OSError | WorldError):
            raise
        raise Untold(said.answer.commit, error) from error


def _said(answer: Answer[Any], request: Request, acted: bool) -> int:
    from b40cli.cli.request import answers, output
    from b40cli.cli.telling import live, told
    from b40cli.render.findings import within

    silent = request.quiet and acted and request.format != "json" and answer.exit_code == 0
    if not silent and request.format == "terminal" and output.on_screen():
        output.apart(bool(answers.given()) and not answer.ok)
        output.paged(live(answer, output.width(), colour="NO_COLOR" not in os.environ))
    elif not silent:
        with within(output.room()):
            output.out(told(answer, request.format))
    if request.format == "github":
        _summarise(answer)
    return answer.exit_code


def _summarise(answer: Answer[Any]) -> None:
    from b40cli.cli.summary import summarise

    summarise(answer)


def _text(argv: Sequence[str]) -> Sequence[str]:
    """The words, once each is known to be text: no NUL, nothing that was not UTF-8."""
    from b40cli.model.errors import UsageError
    from b40cli.render.visible import visible

    for place, word in enumerate(argv, 1):
        if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in word):
            raise UsageError(
                f"Word {place} is not text: {visible(word)}", "Write it in UTF-8, without NUL."
            )
    return [_composed(word) for word in argv]


def _composed(word: str) -> str:
    """Some keyboards send `s` and a hook apart; records are written with them as one letter."""
    if word.isascii():
        return word
    from unicodedata import normalize

    return normalize("NFC", word)


def in_order(argv: Sequence[str], nouns: Sequence[str]) -> list[str]:
    """Put the shared options standing before or between the command words behind them.

    `b40 -C x decision --json close EC-2026-001` is read as
    `b40 decision close -C x --json EC-2026-001`; what follows the words is left as it stands.
    """
    from b40cli.cli.request.options import leading
    from b40cli.model.errors import UsageError

    rest, words, moved = list(argv), list[str](), list[str]()
    while rest and (not words or (len(words) == 1 and words[0] in nouns)):
        span = leading(rest)
        if rest[0] == "--":
            raise UsageError(
                "-- stands before the command.", "Put it before the arguments it guards."
            )
        if not span and rest[0].startswith("-"):
            return [*moved, *words, *rest]
        (moved if span else words).extend(rest[: span or 1])
        del rest[: span or 1]
    whole = words and (len(words) == 2 or words[0] not in nouns)
    return [*words, *moved, *rest] if whole else [*moved, *words]


def _failed(error: Exception, argv: Sequence[str]) -> int:
    """Say what went wrong in one line and return its exit code."""
    import typer

    from b40cli.model.errors import UsageError

    if isinstance(error, typer.Exit):
        if error.exit_code and _form(argv) == "json":
            missing = UsageError("A command is missing.", f"See: {NAME} --help.")
            _tell_error(_refusal(missing, argv), "json")
        return error.exit_code
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    return _stopped(_known(error, argv), argv)


def _known(error: Exception, argv: Sequence[str]) -> WorldError:
    """What went wrong as an error of ours; else it is a defect of the tool."""
    import typer

    from b40cli.model.errors import UsageError, WorldError

    if isinstance(error, typer.TyperException):
        return _usage(error)
    if isinstance(error, OSError) and error.errno in MACHINE:
        return _refused(error)
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


def _refused(error: OSError) -> WorldError:
    """What the machine could not do, before anything was recorded: no defect of the tool."""
    from b40cli.model.errors import UnreadableError

    return UnreadableError(f"The machine refused: {error}", "Mend that, then repeat.")


def _usage(error: Exception) -> WorldError:
    """What Typer found wrong with the words, as an error of ours."""
    import typer

    from b40cli.model.errors import UsageError

    assert isinstance(error, typer.TyperException)
    said = error.format_message().rstrip(".")
    for pattern, plain in PLAINER:
        said = re.sub(pattern, plain, said)
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else NAME
    end = "" if said.endswith("?") else "."
    return UsageError(f"{said[:1].upper()}{said[1:]}{end}", f"See: {path} --help.")


def _stopped(error: WorldError, argv: Sequence[str]) -> int:
    """Tell the error on standard error and, where JSON was asked for, as an answer too.

    A remedy that many findings share is said with the first of them.
    """
    from b40cli.cli.request import output
    from b40cli.render.findings import within, wrapped

    output.talk(error.message, error.remedy)
    findings = error.findings
    form = _form(argv)
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


def _form(argv: Sequence[str]) -> str | None:
    """The format a machine asked for, in which it is told of errors, too."""
    from b40cli.cli.request.options import REPORTS, given

    form = "json" if given(argv, "--json") is not None else given(argv, "--format")
    if form in REPORTS and _command(argv) not in REPORTING:
        return None
    return form if form == "json" or form in REPORTS else None


def _tell_error(answer: Answer[Any], form: str) -> None:
    """Write the answer in its format; where even that fails, standard error has said it already."""
    from b40cli.cli.request import output

    try:
        from b40cli.cli.telling import told

        output.out(told(answer, form))
        if form == "github":
            _summarise(answer)
    except Exception:
        output.talk(f"The error could not be told as {form}.")


def _refusal(error: WorldError, argv: Sequence[str]) -> Answer[Any]:
    from b40cli.model.answer import Answer
    from b40cli.model.finding import Finding

    rule = {2: "usage", 3: "unreadable", 4: "conflict", 5: "half-done"}.get(error.exit_code, "tool")
    found = Finding(rule, "defect", "", error.message, error.remedy, "")
    findings = error.findings or (found,)
    code = error.exit_code
    commit = getattr(error, "commit", None)
    return Answer(_command(argv), _on(argv), "unofficial", False, commit, findings, {}, code)


def _command(argv: Sequence[str]) -> str:
    """The words of the command asked for, or nothing where they name none."""
    from b40cli.cli.commands import nouns, rows
    from b40cli.model.errors import UsageError

    try:
        words = in_order(argv, nouns())
    except UsageError:
        return ""
    asked = (" ".join(words[:2]), " ".join(words[:1]))
    return next((row.words for row in rows() if row.words in asked), "")


def _on(argv: Sequence[str]) -> str:
    from b40cli.cli.request.options import clock, day, given
    from b40cli.model.errors import UsageError

    try:
        return str(day(given(argv, "--on") or ""))
    except UsageError:
        return str(clock())


def _defect(error: Exception, argv: Sequence[str]) -> WorldError:
    """A defect of the tool: one line for the reader, the rest in a log."""
    from b40cli.model.errors import WorldError

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


if __name__ == "__main__":
    run()
