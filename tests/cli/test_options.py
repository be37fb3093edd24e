"""Options that several commands share: said once, and the same as if each command said them."""

from __future__ import annotations

import inspect
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pytest
import typer

from b40cli.cli import lazy
from b40cli.cli.commands import named, rows
from b40cli.cli.main import main
from b40cli.cli.request.options import Request, act
from b40cli.model.answer import Answer

To = Annotated[str | None, typer.Option("--to", help="To whom.")]


class LetterOptions(NamedTuple):
    """What a letter says."""

    to: To = None
    copies: Annotated[int, typer.Option("--copies", help="How many.")] = 1


@act
def send(
    request: Request, paper: str, letter: LetterOptions, note: str | None = None
) -> Answer[Any]:
    """Send it."""
    return Answer(
        "send", str(request.dry_run), "done", True, None, (), {"said": (paper, letter, note)}
    )


def asked(**given: Any) -> Answer[Any]:
    """The command as it is called, with what is given."""
    parameters = inspect.signature(send).parameters.values()
    usual = {p.name: p.default for p in parameters if p.default is not inspect.Parameter.empty}
    return send(**{**usual, "paper": "a.pdf", **given}).answer


def test_a_bundle_stands_for_its_fields_in_their_place() -> None:
    parameters = inspect.signature(send).parameters
    assert list(parameters)[:4] == ["paper", "to", "copies", "note"]
    assert parameters["to"].annotation == To
    assert parameters["copies"].default == 1


def test_a_command_is_given_the_bundle() -> None:
    assert asked(to="members").result["said"] == ("a.pdf", LetterOptions("members", 1), None)
    assert asked(note="x").result["said"] == ("a.pdf", LetterOptions(), "x")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("init", "", "--dry-run"), "folder"),
        (("demo", "--folder", ""), "--folder"),
        (("mail", "notice", "2026-03-10-ec", "--out", ""), "--out"),
        (("meeting", "minutes", "2026-03-10-ec", "--out", " "), "--out"),
        (("evidence", "file", ""), "document"),
        (("roll", "-C", ""), "--repo"),
        (("roll", "--on", " "), "--on"),
        (("decision", "vote", "EC-2026-001", "--for", ""), "--for"),
    ],
)
def test_a_blank_stands_for_nothing(
    words: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a file or folder, too: it is not the folder one stands in."""
    assert main(list(words)) == 2
    assert f"A blank was given for {named}." in capsys.readouterr().err


class Dumb(StringIO):
    """A terminal without lines to move in."""

    def isatty(self) -> bool:
        return True


def test_at_a_dumb_terminal_nothing_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever hears it is told a row whole; in a pipe it fits eighty columns."""
    monkeypatch.setenv("TERM", "dumb")
    folded = []
    for stream in (StringIO(), Dumb()):
        monkeypatch.setattr("sys.stdout", stream)
        assert main(["-C", str(Path(__file__).parents[2]), "statutes", "readings", "INT-01"]) == 0
        folded.append(max(map(len, stream.getvalue().splitlines())) <= 80)
        assert "\x1b" not in stream.getvalue()
    assert folded == [True, False]


def test_every_year_is_one_that_a_record_may_have() -> None:
    """As schemas/ bound it: no other leads to an answer, or to a path that no record has."""
    bounds = {
        f"{row.words} {param.name}": (getattr(param.type, "min", 0), getattr(param.type, "max", 0))
        for row in rows()
        for param in lazy.built(row.words.split()[-1], named(row.at), row.words).params
        if param.name in ("year", "term")
    }
    assert len(bounds) > 10 and set(bounds.values()) == {(1900, 2199)}
