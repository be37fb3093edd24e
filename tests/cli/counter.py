"""A small office for the tests: commands that answer, refuse, break and ask."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from b40cli.cli.commands import CommandRow, Heading
from b40cli.cli.request import prompt
from b40cli.cli.request.options import Request, act, read, reading
from b40cli.model.answer import Answer
from b40cli.model.errors import ConflictError, UnreadableError
from b40cli.model.finding import Finding


def _answer(command: str, request: Request, exit_code: int = 0, **result: object) -> Answer[Any]:
    told = dict(request._asdict(), repo=str(request.repo), **result)
    return Answer(
        command, str(request.today()), "unofficial", exit_code == 0, None, (), told, exit_code
    )


@read
def roll(request: Request) -> Answer[Any]:
    """Read the roll.

    Some [brackets] and *stars* stay.

    Examples:
      b40 roll
      b40 roll --on 2026-11-20
    """
    return _answer("roll", request, word="Пловдив")


@act
def close(
    request: Request,
    decision: Annotated[str, typer.Argument(help="The decision.")],
    title: Annotated[str, typer.Option("--title", help="Its title.")],
    note: str = "",
) -> Answer[Any]:
    """Close a vote.

    Example:
      b40 decision close EC-2026-001
    """
    return _answer("decision close", request, decision=decision, title=title, note=note)


@act
def refuse(request: Request) -> Answer[Any]:
    """Refuse.

    Example:
      b40 refuse
    """
    return _answer("refuse", request, exit_code=1)


@reading("github")
def check(request: Request) -> Answer[Any]:
    """Check.

    Example:
      b40 check --format github
    """
    return _answer("check", request)


@read
def stop(request: Request, how: str) -> Answer[Any]:
    """Stop in the way asked for.

    Example:
      b40 stop conflict
    """
    finding = Finding("yaml", "defect", "", "bad \x1b[31mkey", "", "registry/x.yaml", line=3)
    errors: dict[str, BaseException] = {
        "conflict": ConflictError("HEAD moved\x1b[2J\nfaked", "ask again\nthen look"),
        "unreadable": UnreadableError("one file", "mend it", (finding,)),
        "long": UnreadableError("one file", "mend it", (finding._replace(message="word, " * 40),)),
        "defect": RuntimeError("secret words"),
        "pipe": BrokenPipeError("git went away"),
        "interrupt": KeyboardInterrupt(),
        "recursion": RecursionError(),
    }
    if how in errors:
        raise errors[how]
    return _answer("stop", request)


@act
def greet(request: Request, name: str | None = None) -> Answer[Any]:
    """Greet, asking whom.

    Example:
      b40 greet --name Plovdiv
    """
    who = prompt.needed(name, "Who is there", "--name", request)
    return _answer("greet", request, who=who, sure=prompt.agreed("Sure?", request))


def _row(words: str, function: str) -> CommandRow:
    return CommandRow(words, f"The help of {words}", f"{__name__}:{function}")


COUNTER = (
    Heading("Desk", (_row("roll", "roll"), _row("refuse", "refuse"), _row("stop", "stop"))),
    Heading("Decisions", (_row("decision close", "close"), _row("decision greet", "greet"))),
    Heading("Trust", (_row("check", "check"), _row("missing", "nowhere"))),
)


def serve(argv: list[str]) -> int:
    """Answer at this office, with answers told plainly."""
    from b40cli.cli import telling
    from b40cli.cli.main import main

    telling.told = plain
    return main(argv, COUNTER)


def plain(answer: Answer[Any], form: str) -> str:
    """Tell an answer plainly, whatever the renderer does."""
    import json

    if form == "json":
        told = dict(answer._asdict(), b40=1, findings=[f._asdict() for f in answer.findings])
        return json.dumps(told, sort_keys=True, default=list)
    return " ".join(f"{key}={value}" for key, value in answer.result.items()) or os.linesep
