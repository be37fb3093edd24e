"""Commands that are built when they are asked for; until then a name and a line of help.

A group's `resolve_command` imports the module of the command named and puts the real one in the
stub's place; completion goes the same way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import typer
from typer import _click
from typer._click.exceptions import MissingParameter, UsageError
from typer._click.parser import _Option, _OptionParser
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from b40cli.cli.commands import NOUNS, CommandRow, Headings, named, rows
from b40cli.cli.help_text import (
    READ_ON,
    answering,
    help_of,
    kept,
    lines_of,
    section,
    write_sections,
)
from b40cli.cli.request import output, prompt
from b40cli.cli.request.asking import Asks, Wanted
from b40cli.cli.request.options import PANEL, root
from b40cli.cli.typed import given
from b40cli.model import errors

COMPLETING = "_B40_COMPLETE"


class PlainCommand(TyperCommand):
    """A real command: plain help in two sections, and missing answers asked for at a terminal."""

    asks: Mapping[str, Asks] = {}
    wants: Mapping[str, Wanted] = {}
    shows = False

    def invoke(self, ctx: _click.Context) -> Any:
        """Call it, once every name is the id that it stands for; all ids cost nothing."""
        if self.wants and not ctx.params.get("yes") and prompt.at_terminal():
            self._sit(ctx)
        for param in self.params:
            _refuse_blank(param, ctx.params[str(param.name)])
        asks = {name: asked.beside(ctx.params) for name, asked in self.asks.items()}
        unclear = {name: asks[name] for name in asks if not asks[name].all(ctx.params[name])}
        if unclear:
            from b40cli.cli.sitting.naming import with_ids

            ctx.params |= with_ids(ctx.params, unclear)
        return super().invoke(ctx)

    def _sit(self, ctx: _click.Context) -> None:
        """Ask for the rest: where something needed was asked for, or an act got none of it."""
        from b40cli.cli.sitting.guided import readings_of, wanted

        given = ctx.params
        asked_for = [p for p in self.params if p.name in self.wants]
        left = [p for p in asked_for if _left_out(p, given[str(p.name)])]
        said = any(p not in left for p in asked_for if p.param_type_name == "option")
        if not prompt.guided() and (self.shows or said):
            return
        for name, param in ((str(param.name), param) for param in left):
            if not self.wants[name].due(given):
                continue
            asked, place = self.asks.get(name), given.get("repo")
            asked = asked and asked.beside(given)
            prompt.about(param.opts[-1])
            at, how = Path(place) if place else None, self.wants[name]
            if how.kind == "reading":
                how = how._replace(words=readings_of(given.get("subject"), at))
            answer = wanted(how, _question(param), asked, at)
            if answer is not None:
                many = [answer] if getattr(param, "multiple", False) else answer
                given[name] = param.type_cast_value(ctx, many)

    def parse_args(self, ctx: _click.Context, args: list[str]) -> list[str]:
        """Parse; where an answer is missing and somebody can be asked, ask and parse again."""
        try:
            return super().parse_args(ctx, list(args))
        except MissingParameter as missing:
            if missing.param is None or ctx.params.get("yes") or not prompt.at_terminal():
                raise
            name = missing.param.name or ""
            asked, wanted = self.asks.get(name), self.wants.get(name)
            asked = asked and asked.beside(ctx.params)
            ctx.params.clear()
            return self.parse_args(ctx, _completed(args, missing.param, asked, wanted))

    def make_parser(self, ctx: _click.Context) -> _OptionParser:
        """The parser, in which an option of one value is said once."""
        parser = super().make_parser(ctx)
        for option in {*parser._short_opt.values(), *parser._long_opt.values()}:
            if option.action == "store":
                option.process = partial(_once, option, ctx)  # type: ignore[method-assign]
        return parser

    def get_help_option(self, ctx: _click.Context) -> TyperOption | None:
        """The `--help` option, answering the way every answer is given."""
        return answering(super().get_help_option(ctx))

    def format_options(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """Write the command's own arguments and options first, then those of every command."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": [], PANEL: []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                sections[section(param)].append(record)
        write_sections(formatter, sections)


def _once(option: _Option, ctx: _click.Context, value: Any, state: Any) -> None:
    """A second value would take the place of the first without a word."""
    if option.dest in state.opts:
        flag = max(option._long_opts or option._short_opts, key=len)
        raise UsageError(f"{flag} is given twice; it takes one value", ctx=ctx)
    type(option).process(option, value, state)


class Stub(TyperCommand):
    """A command nobody has asked for yet."""

    def __init__(self, row: CommandRow) -> None:
        super().__init__(row.words.split()[-1], short_help=row.help, rich_markup_mode=None)
        self.row = row

    def real(self) -> _click.Command:
        """Import the module and build the command."""
        return built(self.name or "", named(self.row.at), self.row.words)


class LazyGroup(TyperGroup):
    """The root, or one noun; its commands are stubs until one is resolved."""

    table: Headings = ()

    def parse_args(self, ctx: _click.Context, args: list[str]) -> list[str]:
        """Parse; nothing at all is answered with the help, as a usage error."""
        if not args and not ctx.resilient_parsing:
            output.aside(help_of(ctx))
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: _click.Context, args: list[str]
    ) -> tuple[str | None, _click.Command | None, list[str]]:
        """Swap the real command in for its stub, or say what was probably meant."""
        found = self.commands.get(args[0])
        if isinstance(found, Stub):
            self.commands[args[0]] = found.real()
        elif found is None and not ctx.resilient_parsing:
            ctx.fail(f"no such command: {args[0]}{self._meant(args[0])}")
        return super().resolve_command(ctx, args)

    def _meant(self, typo: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(typo, self.commands)
        verbs = {row.words: row.words.split()[-1] for row in rows(self.table) if " " in row.words}
        wanted = () if near else get_close_matches(typo, set(verbs.values()), cutoff=0.76)
        near += [words for words, verb in verbs.items() if verb in wanted]
        return f"; did you mean {' or '.join(repr(words) for words in near)}?" if near else ""

    def get_help_option(self, ctx: _click.Context) -> TyperOption | None:
        """The `--help` option, answering the way every answer is given."""
        return answering(super().get_help_option(ctx))

    def format_options(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """Write the commands first, the options after them."""
        self.format_commands(ctx, formatter)
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        write_sections(formatter, {"Options": [record for record in records if record]})

    def format_commands(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """Write the root's commands heading by heading, a noun's verbs line by line."""
        if ctx.parent is not None:
            verbs = [(name, stub.get_short_help_str()) for name, stub in self.commands.items()]
            return write_sections(formatter, {"Commands": verbs})
        sections = {heading.title: lines_of(heading.rows) for heading in self.table}
        width = max(len(name) for lines in sections.values() for name, _ in lines)
        padded = {
            title: [(name.ljust(width), text) for name, text in lines]
            for title, lines in sections.items()
        }
        return write_sections(formatter, padded)


def _left_out(param: _click.Parameter, value: Any) -> bool:
    """Whether an option was not given."""
    return value in (None, (), []) or value == param.default


def _refuse_blank(param: _click.Parameter, value: Any) -> None:
    """A blank is a variable somebody forgot to set: it never stands for what is left out."""
    words = value if isinstance(value, (list, tuple)) else [value]
    given = not _left_out(param, value)
    if given and any(isinstance(word, str) and not word.strip() for word in words):
        raise errors.UsageError(
            f"A blank was given for {_called(param)}.", "Give a value, or leave it out."
        )


# Where an option's help goes on to what no question needs.
FURTHER = (
    r"; else|, or `by DAY`|'s id\b(?! it)|; may be|; repeated|, e\.g\.|, for example|, such as"
    r"|: [a-z]|: [A-Z]{2},|: [0-9]"
)


def _called(param: _click.Parameter) -> str:
    """An option as it is typed, an argument as the help names it."""
    return param.opts[-1] if isinstance(param, TyperOption) else param.human_readable_name


def _question(param: _click.Parameter) -> str:
    """What is asked: the option's own help, up to where it says how it is written."""
    told: str = getattr(param, "help", None) or _called(param)
    return re.split(FURTHER, told, maxsplit=1)[0].rstrip(".")


def _completed(
    args: list[str], param: _click.Parameter, asked: Asks | None, wanted: Wanted | None
) -> list[str]:
    """The arguments with the answer that was missing: options in front, positions at the end."""
    from b40cli.cli.sitting import guided

    place = given(args, "-C", "--repo") or os.environ.get("B40_REPO")
    form = (wanted or Wanted())._replace(blank=None)
    prompt.about(param.opts[-1])
    answer = guided.wanted(form, _question(param), asked, Path(place) if place else None) or ""
    if isinstance(param, TyperOption):
        return [param.opts[-1], answer, *args]
    return [*args, answer] if "--" in args else [*args, "--", answer]


def built(name: str, function: Callable[..., Any], words: str = "") -> _click.Command:
    """Build one command; every Typer made on the way needs the plain settings of its own."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, cls=PlainCommand, help=kept(function.__doc__ or ""))(function)
    command = get_command(app)
    assert isinstance(command, PlainCommand)
    said = vars(function)
    command.asks, command.wants = said.get("asks", {}), said.get("wants", {})
    command.shows = said.get("shows", False)
    if COMPLETING in os.environ:
        from b40cli.cli.sitting.completing import offer

        for param in command.params:
            key = param.name or ""
            offer(param, command.asks.get(key), command.wants.get(key), words)
    return command


def office(table: Headings) -> LazyGroup:
    """Build the root group from the table: nouns as groups, every command a stub."""
    app = typer.Typer(
        cls=LazyGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        subcommand_metavar="COMMAND …",
        epilog=READ_ON,
    )
    app.callback()(root)
    group = get_command(app)
    assert isinstance(group, LazyGroup)
    group.table = table
    for row in rows(table):
        noun, _, verb = row.words.rpartition(" ")
        (_noun(group, noun) if noun else group).commands[verb] = Stub(row)
    return group


def _noun(group: LazyGroup, noun: str) -> LazyGroup:
    """The group of a noun, made when its first verb comes."""
    if noun not in group.commands:
        told = NOUNS.get(noun, "")
        made = LazyGroup(name=noun, help=told, short_help=told, rich_markup_mode=None)
        made.table, group.commands[noun] = group.table, made
    found = group.commands[noun]
    assert isinstance(found, LazyGroup)
    return found
