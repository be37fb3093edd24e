"""The entry of `b40`: a command line is answered, or told what stopped it; an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from b40cli.model.errors import INTERRUPTED, Untold, WorldError

if TYPE_CHECKING:
    from b40cli.cli.commands import Headings
    from b40cli.cli.lazy import LazyGroup
    from b40cli.cli.request.options import Request
    from b40cli.model.answer import Answer

NAME = "b40"
# Objects between two looks of the garbage collector: hardly any of what an import or a register
# makes is garbage, and at Python's 700 a short command spends a sixteenth of its time on looking.
COLLECTED_AT = 300_000


def run() -> NoReturn:
    """Answer the command line and leave with its exit code.

    What lives at the end is frozen: Python would look through all of it, twice, for rings that no
    longer matter, which is a seventh of a short command.
    """
    gc.set_threshold(COLLECTED_AT)
    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def main(argv: Sequence[str], desk: Headings | None = None) -> int:
    """Answer `argv` at the desk given (else the office's own) and return the exit code."""
    try:
        from b40cli.cli.request import output

        output.in_utf8()
        return _answered(argv, desk)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except Exception as error:
        return _ended(error, argv)


def _ended(error: Exception, argv: Sequence[str]) -> int:
    import typer

    if isinstance(error, typer.Exit) and not error.exit_code:
        return 0
    from b40cli.cli.failing import failed

    return failed(error, argv)


def _answered(argv: Sequence[str], desk: Headings | None) -> int:
    from b40cli.cli import lazy
    from b40cli.cli.commands import DESK, nouns
    from b40cli.cli.request import prompt
    from b40cli.cli.typed import in_order, known_of, text_of

    table = DESK if desk is None else desk
    office = lazy.office(table)
    if lazy.COMPLETING in os.environ:
        from b40cli.cli.sitting.completing import complete

        complete(office, NAME)
    typed = in_order(text_of(argv), nouns(table))
    words = known_of(typed)
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


def _tried(office: LazyGroup, words: Sequence[str], argv: Sequence[str]) -> tuple[int, bool]:
    """The exit code, and whether a clerk who was asked gives another answer to what refused it."""
    import typer

    from b40cli.cli.request import answers, prompt
    from b40cli.cli.request.progress import working
    from b40cli.cli.typed import command_of, form_of

    work = None if "--quiet" in argv else f"b40 {command_of(argv)}"
    try:
        with office.make_context(NAME, [*words]) as context, working(work):
            said = office.invoke(context)
        code = _told(said)
    except Exception as error:
        ends = isinstance(error, typer.Exit | typer.Abort | prompt.WentBack)
        if ends or not answers.given() or form_of(argv) is not None:
            raise
        from b40cli.cli.failing import known, stopped

        refusal = known(error, argv)
        return stopped(refusal, argv), _anew(argv, refusal)
    asked = answers.given() and said.acted and said.request.format == "terminal"
    return code, bool(asked and code) and _anew(argv, said.answer)


def _anew(argv: Sequence[str], refusal: WorldError | Answer[Any]) -> bool:
    from b40cli.cli.sitting import retrying
    from b40cli.cli.typed import command_of
    from b40cli.model.answer import Answer

    ask: Any = retrying.refused if isinstance(refusal, Answer) else retrying.stopped
    return bool(ask(refusal, command_of(argv)))


def _told(said: object) -> int:
    from b40cli.cli.request.options import Said

    if not isinstance(said, Said):
        raise TypeError(f"a command returned {type(said).__name__}, not an answer")
    try:
        return _said(*said)
    except Exception as error:
        # A read names the commit that it was asked of, a sync the one that both sides now have.
        made = said.answer.commit if said.acted and said.answer.command != "sync" else None
        if made is None or not isinstance(error, OSError | WorldError):
            raise
        raise Untold(made, error) from error


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
        from b40cli.cli.summary import summarise

        summarise(answer)
    return answer.exit_code


if __name__ == "__main__":
    run()
