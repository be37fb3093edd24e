"""The options every command has, and the desk they amount to: where, when and how it is asked.

A command is a plain function whose first parameter is the request and which returns its answer::

    @act
    def close(request: Request, decision: Annotated[str, typer.Argument(help="…")]) -> Answer[Any]:

`act` and `read` take the request out of its signature and put the options in. Options that several
commands share are the fields of a NamedTuple; a parameter of that type stands for all of them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

from b40cli.cli.request.asking import marked
from b40cli.cli.request.output import out, talk
from b40cli.model.answer import Answer
from b40cli.model.day import LEGAL_ZONE, Since
from b40cli.model.errors import UsageError, WorldError
from b40cli.render import REPORTS

FORMATS = ("terminal", "json", "markdown")
PANEL = "Everywhere"


class Request(NamedTuple):
    """What was asked for beside the question itself."""

    repo: Path | None = None
    on: str | None = None
    format: str = "terminal"
    dry_run: bool = False
    branch: str | None = None
    known_at: str | None = None
    quiet: bool = False
    yes: bool = False

    def today(self) -> date:
        """The legal day asked about: `--on`, or the day the clock shows in Istanbul."""
        return clock() if self.on is None else day(self.on)

    def now(self) -> date:
        """The day the clock shows, whatever day is asked about."""
        return clock()


class Said(NamedTuple):
    """An answer, the desk it was given at, and whether the command was an act."""

    answer: Answer[Any]
    request: Request
    acted: bool


Command = Callable[..., Answer[Any]]
Asked = Callable[..., Said]


def clock() -> date:
    """The day it is in Istanbul: the only place where the clock is read."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(LEGAL_ZONE)).date()


def this_moment() -> str:
    """The moment it is here, with its zone, as a commit tells it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def day(text: str) -> date:
    """Read a calendar day as `YYYY-MM-DD` and nothing else; of the centuries records know."""
    try:
        if re.fullmatch("(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(
        f"'{text}' is not a day that records know.",
        "Write it as YYYY-MM-DD, of 1900 to 2199, for example 2026-12-15.",
    )


def since(text: str) -> Since:
    """Read a day, or `by DAY` where only the latest possible day is known."""
    by, _blank, rest = text.partition(" ")
    return Since(day(rest.strip()), False) if by == "by" else Since(day(text), True)


def act(function: Command) -> Asked:
    """Make a command of a function that changes the register."""
    return _asked(function, (*COMMON, *ACT), FORMATS, acts=True)


def read(function: Command) -> Asked:
    """Make a command of a function that only reads."""
    return _asked(function, (*COMMON, *READ), FORMATS, acts=False)


def reading(*formats: str) -> Callable[[Command], Asked]:
    """Like `read`, for a command that can be told in these further formats too."""
    return lambda function: _asked(function, (*COMMON, *READ), (*FORMATS, *formats), acts=False)


def showing(function: Command) -> Asked:
    """Make a command of a function that only shows, unless it is told what to record."""
    asked = _asked(function, (*COMMON, *ACT, *READ), FORMATS, acts=True)
    vars(asked)["shows"] = True
    return asked


def _asked(
    function: Command, options: Sequence[inspect.Parameter], formats: Sequence[str], acts: bool
) -> Asked:
    shared = [option.name for option in options]
    # What it returns is for mypy and the schemas: its types are not loaded to answer a command.
    returned = function.__annotations__.pop("return", None)
    first, *own = inspect.signature(function, eval_str=True).parameters.values()
    if first.annotation is not Request:
        raise TypeError(f"{function.__qualname__}: the first parameter is the request")
    flat = [option for parameter in own for option in _spread(parameter)]

    def asked(**given: Any) -> Said:
        request = _request({name: given.pop(name) for name in shared}, formats, acts)
        for bundle in (parameter for parameter in own if _is_bundle(parameter)):
            named = {name: given.pop(name) for name in bundle.annotation._fields}
            given[bundle.name] = bundle.annotation(**named)
        _complete(request.repo)
        return Said(_with_times(function(request, **given), request), request, acts)

    told = [_told_in(formats) if o.name == "format" else o for o in options]
    _sign(asked, function, [*flat, *told])
    vars(asked)["returns"], vars(asked)["formats"] = returned, formats
    vars(asked)["asks"], vars(asked)["wants"] = marked(flat)
    return asked


def _is_bundle(parameter: inspect.Parameter) -> bool:
    return hasattr(parameter.annotation, "_fields")


def _spread(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """A parameter as an option; one that is a bundle as its fields."""
    if not _is_bundle(parameter):
        yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        return
    bundle = parameter.annotation
    for name, kind in get_type_hints(bundle, include_extras=True).items():
        default = bundle._field_defaults.get(name, inspect.Parameter.empty)
        yield inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
        )


def _complete(place: Path | None) -> None:
    """Whatever is asked, an act that was cut off is completed first, and that is said."""
    from b40cli.store.git.repository import Repository

    try:
        said = Repository.find(place or Path()).complete()
    except WorldError:
        return
    if said is not None:
        talk(said)


def _with_times(answer: Answer[Any], request: Request) -> Answer[Any]:
    """Say on a read which day and which state of knowledge the person asked about."""
    if request.known_at is not None:
        commit = f"commit {answer.commit[:12]}" if answer.commit else "no commit"
        asked = f"On {answer.on}, as the register knew it at {request.known_at} ({commit})."
        return answer._replace(asked=asked)
    return (
        answer if request.on is None or answer.told else answer._replace(asked=f"On {answer.on}.")
    )


def _sign(asked: Any, function: Command, parameters: Sequence[inspect.Parameter]) -> None:
    """Give the command the function's name, help and these parameters."""
    asked.__name__, asked.__doc__ = function.__name__, function.__doc__
    asked.__module__, asked.__qualname__ = function.__module__, function.__qualname__
    asked.__signature__ = inspect.Signature(parameters)
    asked.__annotations__ = {p.name: p.annotation for p in parameters}


def _request(given: dict[str, Any], formats: Sequence[str], acts: bool) -> Request:
    form = _format(given.pop("format"), given.pop("json"), formats)
    request = Request(format=form, **given)
    if request.on is not None and request.today() > clock() and acts:
        raise UsageError(
            f"{request.on} has not come yet.", "An act is recorded on its day or after it."
        )
    return request


def _format(asked: str | None, json: bool, formats: Sequence[str]) -> str:
    if json and asked not in (None, "json"):
        raise UsageError(f"--json and --format {asked} contradict each other.", "Give one of them.")
    form = "json" if json else "terminal" if asked is None else asked
    if form not in formats:
        told = "; b40 check and b40 review know it" if form in REPORTS else ""
        raise UsageError(
            f"'{form}' is not a format here.", f"Choose one of {', '.join(formats)}{told}."
        )
    return form


def _option(kind: Any, default: Any, *flags: str, **more: Any) -> inspect.Parameter:
    """An option by its flags; the long one, the last, is its name."""
    name = flags[-1].removeprefix("--").replace("-", "_")
    told = typer.Option(*flags, rich_help_panel=PANEL, show_default=False, **more)
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, told]
    )


def _told_in(formats: Sequence[str]) -> inspect.Parameter:
    return _option(
        str | None,
        None,
        "--format",
        metavar="FORMAT",
        help=f"How the answer is told: {', '.join(formats)}.",
        autocompletion=lambda: list(formats),
    )


COMMON = (
    _option(
        Path | None,
        None,
        "-C",
        "--repo",
        metavar="PATH",
        envvar="B40_REPO",
        help="The register's folder; else the one around you.",
    ),
    _option(str | None, None, "--on", metavar="DAY", help="The legal day; else today."),
    _told_in(FORMATS),
    _option(bool, False, "--json", help="Short for --format json."),
    _option(bool, False, "--quiet", help="Say only what is wrong."),
    _option(bool, False, "--yes", help="Ask nothing; the answer is yes."),
)
ACT = (
    _option(bool, False, "--dry-run", help="Show what would happen; write nothing."),
    _option(
        str | None,
        None,
        "--branch",
        metavar="NAME",
        help="Commit on a new branch, for a pull request.",
    ),
)
READ = (
    _option(
        str | None,
        None,
        "--known-at",
        metavar="REV|DAY",
        help="As it was known at a commit or on a day; --on alone goes by what is on record today.",
    ),
)


def root(**_given: Any) -> None:
    """The register of the B40 Balkan Cities Network, kept by its statutes."""


def _version(asked: bool) -> None:
    if asked:
        from b40cli import __version__

        out(f"b40 {__version__}")
        raise typer.Exit


# The root shows and completes the options; they count behind the command words (cli/typed.py).
_ROOT = (
    *COMMON,
    *ACT,
    *READ,
    _option(bool, False, "--version", callback=_version, is_eager=True, help="Show the version."),
)
root.__signature__ = inspect.Signature(_ROOT)  # type: ignore[attr-defined]
root.__annotations__ = {option.name: option.annotation for option in _ROOT}
