"""Help: every command has one with an example, and every example is a command that exists."""

from __future__ import annotations

import re
import shlex
from importlib import import_module

import pytest
import typer

from b40cli.cli import lazy
from b40cli.cli.commands import DESK, CommandRow, nouns, rows
from b40cli.cli.help_text import kept
from b40cli.cli.main import main
from b40cli.cli.typed import in_order


def told(row: CommandRow, capsys: pytest.CaptureFixture[str]) -> str:
    """The help of a command, as it is shown."""
    assert main([*row.words.split(), "--help"]) == 0
    return capsys.readouterr().out


def examples(row: CommandRow) -> list[str]:
    """The commands shown in the help of a command."""
    module, _, function = row.at.partition(":")
    help_text = getattr(import_module(module), function).__doc__ or ""
    return re.findall(r"^ +b40 (.+)$", help_text, re.MULTILINE)


SHOWN = [(row, example) for row in rows() for example in examples(row)]


@pytest.mark.parametrize("row", rows(), ids=[row.words for row in rows()])
def test_every_command_has_help_with_an_example(
    row: CommandRow, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(row, capsys)
    assert f"Usage: b40 {row.words} " in text
    assert re.search(rf"^  Examples?:\n    b40 {row.words}\b", text, re.MULTILINE)
    whole = re.sub(r" \\\n +", " ", text)
    assert all(f"b40 {example}" in whole for example in examples(row))


@pytest.mark.parametrize("row", rows(), ids=[row.words for row in rows()])
def test_help_fits_a_terminal_and_explains_every_option(
    row: CommandRow, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(row, capsys)
    assert max(map(len, text.splitlines())) <= 80
    assert all(c.isprintable() or c == "\n" for c in text)
    options = re.findall(r"^  (-[^ ].*)$", text, re.MULTILINE)
    assert options and all(re.search(r"  +\S|^\S+( [A-Z|]+)?$", line) for line in options)


@pytest.mark.parametrize(("row", "example"), SHOWN, ids=[example for _, example in SHOWN])
def test_every_example_is_a_question_to_its_command(row: CommandRow, example: str) -> None:
    """The words resolve to the command, every option exists, and every value has its form."""
    words = in_order(shlex.split(example), nouns())
    assert " ".join(words[: len(row.words.split())]) == row.words
    office = lazy.office(DESK)
    with office.make_context("b40", list(words)) as context:
        name, command, rest = office.resolve_command(context, list(words))
        while isinstance(command, lazy.LazyGroup):
            name, command, rest = command.resolve_command(context, rest)
        assert command is not None and name == row.words.split()[-1]
        try:
            command.make_context(name, list(rest), parent=context).close()
        except typer.TyperException as error:
            pytest.fail(f"{example}: {error.format_message()}")


def test_an_example_with_an_unknown_option_would_be_found() -> None:
    row = next(row for row in rows() if row.words == "roll")
    with pytest.raises(pytest.fail.Exception):
        test_every_example_is_a_question_to_its_command(row, "roll --nonsense")


@pytest.mark.parametrize(("row", "example"), SHOWN, ids=[example for _, example in SHOWN])
def test_every_day_in_an_example_is_a_day(row: CommandRow, example: str) -> None:
    from b40cli.cli.request.options import day

    for option, value in re.findall(r"--(on|signed|received|opened|from) (\d\S*)", example):
        assert str(day(value)) == value, (row.words, option)


def test_every_noun_and_the_desk_itself_have_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    desk = capsys.readouterr().out
    for noun in nouns():
        assert main([noun, "--help"]) == 0
        text = capsys.readouterr().out
        verbs = [row for row in rows() if row.words.startswith(f"{noun} ")]
        assert all(row.help in text for row in verbs) and noun in desk


def test_an_example_is_the_same_to_a_shell_on_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every one in every help: the lines of help are set in, so no word goes on at the edge."""
    monkeypatch.setenv("COLUMNS", "40")
    for row in rows():
        whole = told(row, capsys).replace("\\\n", "")
        typed = [shlex.split(line) for line in whole.splitlines() if line.startswith("    b40 ")]
        assert typed == [["b40", *shlex.split(example)] for example in examples(row)], row.words


def test_an_example_is_folded_as_a_shell_reads_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """At any width: before an option, with nothing lost."""
    line = "  b40 correct bg-x --at a.b --is 1 --why Misread --evidence census.pdf"
    for width in (40, 60, 80):
        monkeypatch.setenv("COLUMNS", str(width))
        told = kept(f"Correct.\n\nExample:\n{line}")
        assert max(map(len, told.split("\n"))) <= width - 2
        assert line in re.sub(r" \\\n +", " ", told)
