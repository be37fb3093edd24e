"""GitHub's workflow commands: a line each, and nothing in a record can begin another."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b40cli.cli.telling import told as tell
from b40cli.render.github import overflow
from b40cli.render.step_summary import MOST_BYTES, as_summary
from b40cli.render.visible import visible
from tests.render.answers import HOSTILE, answer, finding

COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<about>[^\n]*?))?::(?P<said>[^\n]*)")
MARKUP = (
    *HOSTILE,
    "::error::x",
    "a::warning file=b::c",
    "%0A::error::x",
    "%0a::add-mask::x",
    "100%",
    "a,b:c=d",
    "##[error]x",
    "::stop-commands::x",
)


class Read(NamedTuple):
    """A workflow command as a runner reads it."""

    name: str
    about: dict[str, str]
    said: str


def read(line: str) -> Read:
    """Read a line the way a runner does: properties to the first `::`, then what is said."""
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = (pair.split("=", 1) for pair in (found["about"] or "").split(",") if pair)
    about = {key: _plain(value, ":", ",") for key, value in pairs}
    return Read(found["name"], about, _plain(found["said"]))


def _plain(text: str, *further: str) -> str:
    for char in ("\r", "\n", *further, "%"):
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def lines(text: str) -> list[Read]:
    """Every line of an answer as a command."""
    return [read(line) for line in text.removesuffix("\n").split("\n")]


def test_place_level_and_title() -> None:
    """Gravest first; file, line and column as GitHub names them."""
    found = finding(file="registry/members/bg-x.yaml", line=31, column=5)
    (told,) = lines(tell(answer("check", found), "github"))
    assert told == (
        "error",
        {
            "file": "registry/members/bg-x.yaml",
            "line": "31",
            "col": "5",
            "title": "refused: a-rule (Art. 5)",
        },
        "A fact. A remedy.",
    )


@pytest.mark.parametrize(
    ("kind", "level"),
    [("validity", "error"), ("defect", "error"), ("duty", "warning"), ("note", "notice")],
)
def test_a_level_each(kind: str, level: str) -> None:
    """What refuses is an error."""
    assert lines(tell(answer("check", finding(kind=kind)), "github"))[0].name == level


def test_a_finding_about_no_file() -> None:
    """It stands at the step; a place of zero is the first line."""
    (told,) = lines(tell(answer("check", finding(file="", line=0, column=0)), "github"))
    assert "file" not in told.about and told.about["line"] == "1"


@pytest.mark.parametrize("hostile", MARKUP)
def test_hostile_text_is_text(hostile: str) -> None:
    """In a message, a remedy, a path or an article it stays inside its one command."""
    found = finding(hostile, remedy=hostile, article=hostile, file=f"registry/{hostile}.yaml")
    (told,) = lines(tell(answer("check", found), "github"))
    assert told.name == "error" and set(told.about) == {"file", "line", "col", "title"}
    assert told.said == visible(f"{hostile} {hostile}".strip())
    assert told.about["file"] == visible(f"registry/{hostile}.yaml")


@given(st.text(), st.text())
def test_any_text_is_text(message: str, path: str) -> None:
    """One finding, one line, one command."""
    told = tell(answer("check", finding(message, file=f"registry/{path}")), "github")
    assert [line.name for line in lines(told)][:1] == ["error"]
    assert set(lines(told)[0].about) == {"file", "line", "col", "title"}


def test_kosovo_has_its_asterisk_and_the_note() -> None:
    """The path stays as it is, or the annotation would stand nowhere."""
    found = finding("A city in Kosovo.", file="registry/evidence/Kosovo.pdf")
    told, note = lines(tell(answer("check", found), "github"))
    assert told.about["file"] == "registry/evidence/Kosovo.pdf"
    assert told.said.startswith("A city in Kosovo*.")
    assert note.name == "notice" and "UNSCR" in note.said


def test_what_github_does_not_show_is_said() -> None:
    """Ten of a level are shown: the eleventh is named in the log, and can do nothing there."""
    many = [finding(f"##[error]::error::{n:02}", line=n + 1) for n in range(12)]
    assert overflow(answer("check", *many[:10])) == []
    said = overflow(answer("check", *many))
    assert said[0] == "b40: GitHub shows 10 of 12 errors; the others are:"
    assert [line.split()[0] for line in said[1:]] == [
        "registry/x.yaml:11:1",
        "registry/x.yaml:12:1",
    ]
    assert not any("::" in line or "##[" in line for line in said)


def test_the_summary_is_markdown_within_its_size() -> None:
    """GitHub drops a summary that is too large: it is cut at a line."""
    few = answer("check", finding())
    assert as_summary(tell(few, "markdown")) == tell(few, "markdown")
    many = answer("check", *(finding("x" * 900, line=n) for n in range(1500)))
    cut = as_summary(tell(many, "markdown"))
    assert 900_000 < len(cut.encode()) <= MOST_BYTES
    assert "More than a summary holds" in cut
