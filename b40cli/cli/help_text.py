"""How help is laid out: within the terminal, in sections, its examples as they stand."""

from __future__ import annotations

import inspect
from shutil import get_terminal_size

import typer
from typer import _click
from typer.core import TyperOption

from b40cli.cli.commands import CommandRow
from b40cli.cli.request import output
from b40cli.cli.request.options import PANEL

READ_ON = (
    "Every command tells more: b40 decision --help, b40 decision close --help. b40 explain art10 "
    "explains an article, b40 demo plays a year; the manual lies in docs/ of the source."
)
NARROW = 56


def write_sections(
    formatter: _click.HelpFormatter, sections: dict[str, list[tuple[str, str]]]
) -> None:
    """What is told, under its headings; a heading of nothing is left out."""
    for title, records in sections.items():
        if records:
            with formatter.section(title):
                # On a narrow screen a long option takes a line of its own.
                formatter.write_dl(records, col_max=30 if formatter.width >= NARROW else 12)


def section(param: _click.Parameter) -> str:
    """Under which heading an argument or an option is told."""
    if param.param_type_name == "argument":
        return "Arguments"
    return PANEL if getattr(param, "rich_help_panel", None) == PANEL else "Options"


def answering(option: TyperOption | None) -> TyperOption | None:
    """Make `--help` write as answers are, so that a closed pipe is as quiet as elsewhere."""
    if option is not None:
        option.callback = _help
    return option


def _help_width() -> int:
    return min(max(get_terminal_size().columns, output.NARROWEST), 80) - 2


def help_of(ctx: _click.Context) -> str:
    """The help on lines of this terminal; Typer by itself folds for no fewer than fifty columns."""
    ctx.terminal_width = _help_width()
    return ctx.get_help()


def _help(ctx: _click.Context, _param: _click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        output.out(help_of(ctx))
        raise typer.Exit


def lines_of(listed: tuple[CommandRow, ...]) -> list[tuple[str, str]]:
    """One line for each single command, and one for each noun with all its verbs."""
    lines: dict[str, str] = {}
    for row in listed:
        first, _, verb = row.words.partition(" ")
        if not verb:
            lines[first] = row.help
        else:
            lines[first] = f"{lines[first]}, {verb}" if first in lines else verb
    return list(lines.items())


def kept(text: str) -> str:
    """The help with its examples marked, so that their lines are not run together."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(
        f"\b\n{_folded(p)}" if p.startswith(("Example", "  ")) else p for p in paragraphs
    )


def _folded(example: str) -> str:
    """Its commands within the terminal, as a shell reads them on; never inside quotes."""
    width = _help_width()
    lines = example.split("\n")
    return "\n".join(part for told in lines for part in _within(told, width))


def _within(told: str, width: int) -> list[str]:
    if len(told) <= width:
        return [told]
    from b40cli.render.live.typed import typed

    lead = told[: len(told) - len(told.lstrip())]
    return ["".join(s.text for s in part) for part in typed(told, width, lead)]
