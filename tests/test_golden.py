"""Golden outputs: what each command answers in each format, byte for byte (tests/golden/).

`pytest tests/test_golden.py --bless` writes them anew; read the difference before you commit it.
Commit ids are numbered in each file in the order in which they appear: a golden changes only
where what it shows changes. The script is pinned, and every act makes the same bytes anywhere: the
file `heads` alone says at which commits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.commands import rows
from b40cli.cli.telling import live
from b40cli.model.answer import Answer
from b40cli.render.kosovo import NOTE
from b40cli.store.schema import explain, fits
from tests.aloud import overwide, unsaid
from tests.beside_anew import held_beside_anew
from tests.invented import git
from tests.scenario import STEPS, Heard, Step, played

pytestmark = pytest.mark.usefixtures("asked")

GOLDEN = Path(__file__).with_name("golden")
FORMATS = ("terminal", "json", "markdown")
HEADS = "heads"
STYLE = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = (40, 60, 80, 120, 160)
SHORT = 10
# In a comment an id is parted, so that a host finds no commit to lead to.
PARTING = "<!-- -->"
ID = re.compile(rf"\b[0-9a-f]{{6}}(?:{PARTING})?[0-9a-f]{{4,34}}\b")
# What cannot be folded at 80 columns: the first line of a finding, which is one line so that an
# editor can jump to it; the head of a diff; the demonstration's own command lines and folder, to
# be copied whole; a signer's line, for git to read; the groups' table, whose ids are
# never broken; and the note of Art. 1, to be found whole.
LONG = re.compile(
    r"registry/\S+:\d+:\d+  |[+ ] *(?:- \{\w+|question|means|what):|"
    r"diff --git |\$ b40 |\s+b40 -C |.* ssh-ed25519 |"
    r"group  |\u2500+$|[a-z]+(?:-[a-z]+)+   |\\?" + re.escape(NOTE)
)


def test_every_command_answers_as_recorded(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    blessing = bool(request.config.getoption("--bless"))
    folder = tmp_path.resolve()
    screens: list[str] = []
    with held_beside_anew() as judged:
        also = lambda step, told: screens.extend(_unfit(step, told))  # noqa: E731
        answers = list(played(folder, FORMATS, also))
    assert len(judged) > 90
    wrong = [
        f"{step.name}: exit {heard[form].code}, expected {step.code}: {heard[form].err}"
        for step, heard in answers
        for form in FORMATS
        if heard[form].code != step.code
    ]
    said = dict(_said(answers, folder))
    if blessing:
        _bless(said)
    wrong += [line for name, text in said.items() for line in _compared(name, text)]
    wrong += screens
    wrong += [f"{n}: {row}" for n, t in said.items() if n.endswith(".markdown") for row in loose(t)]
    assert not wrong, "\n".join(wrong)


def loose(text: str) -> Iterator[str]:
    """Rows of a table that no reader of Markdown takes for one; code that was meant as text."""
    from markdown_it import MarkdownIt

    held: set[int] = set()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in ("table_open", "fence") and token.map:
            held |= set(range(*token.map))
        if token.type == "code_block":
            yield token.content
    yield from (
        row for n, row in enumerate(text.split("\n")) if row.startswith("|") and n not in held
    )


def _unfit(step: Step, answer: Answer[Any]) -> Iterator[str]:
    """What is wrong with an answer on a terminal: too wide for it, or not all of it is told.

    A file's text stays as it is; what an act tells of itself is asked of one narrow screen.
    """
    if answer.told is not None and answer.told == answer.result.get("file"):
        return
    described = answer.told is None and answer.result and "paper" not in answer.beside
    for width in WIDTHS if described else WIDTHS[:1]:
        yield from (f"{step.name} at {width}: {row}" for row in overwide(answer, width))
    if described:
        yield from (f"{step.name} does not say: {fact}" for fact in unsaid(answer))
    screen = " ".join(STYLE.sub("", live(answer, 80, colour=False)).split())
    asks = answer.beside.get("point", str)
    codes = {c for c in re.findall(r"\bINT-\d\d\b", screen) if asks(c) not in screen.replace(c, "")}
    yield from (f"{step.name} says {code} without its words" for code in sorted(codes))


def _said(answers: list[tuple[Step, dict[str, Heard]]], folder: Path) -> Iterator[tuple[str, str]]:
    """Golden file to text: every answer, and the commits at which the registers ended."""
    ids = {root: git(root, "rev-list", "--all").split() for root in _registers(folder)}
    commits = {oid[:SHORT] for oids in ids.values() for oid in oids}
    for step, heard in answers:
        for form in FORMATS:
            text = heard[form].out.replace(str(folder), "/scratch")
            yield f"{step.name}.{form}", numbered(text, commits)
    heads = [f"{git(r, 'rev-parse', 'HEAD').strip()} {r.relative_to(folder)}\n" for r in ids]
    yield HEADS, "".join(heads)


def _registers(folder: Path) -> list[Path]:
    return sorted(git_folder.parent for git_folder in folder.rglob(".git"))


def numbered(text: str, commits: Collection[str]) -> str:
    """Commit ids numbered in the order in which they appear, as long as they were."""
    seen: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        oid = found[0].replace(PARTING, "")
        if oid[:SHORT] not in commits:
            return found[0]
        told = f"{seen.setdefault(oid[:SHORT], len(seen) + 1):0{len(oid)}d}"
        return f"{told[:6]}{PARTING}{told[6:]}" if PARTING in found[0] else told

    return ID.sub(number, text)


def _bless(said: Mapping[str, str]) -> None:
    for file in filter(Path.is_file, GOLDEN.iterdir()):
        file.unlink()
    for name, text in said.items():
        (GOLDEN / name).write_text(text, encoding="utf-8")


def _compared(name: str, text: str) -> Iterator[str]:
    golden = GOLDEN / name
    if not golden.exists():
        yield f"{name} is not recorded; bless it"
        return
    recorded = golden.read_text(encoding="utf-8").splitlines()
    yield from unified_diff(recorded, text.splitlines(), name, "now", lineterm="")


def test_commits_are_numbered_as_they_appear() -> None:
    first, second, other = "a" * 40, "b" * 40, "c" * 40
    text = f"{second[:10]} {first} {second} {other} {first[:12]}"
    told = numbered(text, {first[:SHORT], second[:SHORT]})
    assert told == f"0000000001 {2:040d} {1:040d} {other} 000000000002"


def _golden(form: str) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in GOLDEN.glob(f"*.{form}")}


def test_every_command_is_recorded_in_every_format() -> None:
    names = {step.name for step in STEPS}
    missing = {row.words for row in rows()} - {_command(step.words) for step in STEPS}
    assert not missing
    assert all(set(_golden(form)) == names for form in FORMATS)
    assert len(names) == len(STEPS)


def _command(words: str) -> str:
    known = {row.words for row in rows()}
    two = " ".join(words.split()[:2])
    return two if two in known else words.split()[0]


def test_lines_fit_a_terminal() -> None:
    long = [
        f"{name}: {line}"
        for name, text in _golden("terminal").items()
        for line in text.splitlines()
        if len(line) > 80 and not LONG.match(line)
    ]
    assert long == []


def test_every_json_answer_has_the_shape_of_the_contract() -> None:
    for name, text in _golden("json").items():
        if text:
            answer = json.loads(text)
            assert fits("output", answer), (name, explain("output", answer))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_told_that_a_terminal_obeys(form: str) -> None:
    for name, text in _golden(form).items():
        assert all(c.isprintable() or c == "\n" for c in text), name


@pytest.mark.parametrize("form", FORMATS)
def test_every_answer_says_that_the_register_is_unofficial(form: str) -> None:
    unanswered = {step.name for step in STEPS if step.code > 1}
    for name, text in _golden(form).items():
        assert "unofficial" in text or name in unanswered, name
