"""The pictures in the README are of screens as they are; `--bless` draws them anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.telling import live
from b40cli.model.answer import Answer
from tests.cli.test_demo import invented, played
from tests.invented import git
from tests.pictures import WIDTH, Picture, drawn
from tests.scenario import SHIPPED, _overheard, ask, pinned

__all__ = ["invented", "played"]  # fixtures
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"
REMOVAL = "registry/decisions/2026/GA-2026-004.yaml"
TODAY = date(2026, 11, 29)
# A commit's name moves with every line of the demonstration.
COMMIT = re.compile(r"\x1b\[1mRecorded[^\n]*commit [0-9a-f]{12}[^\n]*\n")


def _answered(folder: Path, words: str, on: date = TODAY) -> Answer[Any]:
    with pinned(on), pytest.MonkeyPatch.context() as patch, _overheard() as answers:
        patch.setenv("GIT_COMMITTER_DATE", f"{SHIPPED}T10:00:00+0300")  # no older than what stands
        ask(folder, *words.split())
    return answers[-1]


def _copy(invented: Path, folder: Path, commit: str) -> Path:
    git(invented, "clone", "--quiet", str(invented), str(folder))
    git(folder, "checkout", "--quiet", "-B", "main", commit)
    return folder


def pictures(invented: Path, scratch: Path) -> Iterator[Picture]:
    """Each picture with its answer, from the register of the demonstration."""
    for name, words in (
        ("status", "status --on 2026-03-28"),
        ("roll", "roll"),
        ("committee", "committee show"),
    ):
        yield _picture(name, f"b40 {words}", _answered(invented, words))
    voted = git(invented, "log", "--format=%H", "--", REMOVAL).split()[1]
    before = _copy(invented, scratch / "voted", voted)
    close = "decision close GA-2026-004"
    closed = _answered(before, f"{close} --on 2026-01-24", SHIPPED)
    yield _picture("decision-close", f"b40 {close}", closed)
    altered = _copy(invented, scratch / "altered", "HEAD")
    file = altered / REMOVAL
    file.write_text(file.read_text().replace("state: rejected", "state: adopted"))
    check = "check --base HEAD"
    yield _picture("check", f"b40 {check}", _answered(altered, check))


def _picture(name: str, typed: str, answer: Answer[Any]) -> Picture:
    return Picture(name, typed, COMMIT.sub("", live(answer, WIDTH, colour=True)))


def test_the_pictures_are_of_screens_as_they_are(
    invented: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    files = dict(file for each in pictures(invented, tmp_path) for file in drawn(each))
    if request.config.getoption("--bless"):
        FOLDER.mkdir(exist_ok=True)
        for name, svg in files.items():
            (FOLDER / name).write_text(svg, encoding="utf-8")
    assert {file.name for file in FOLDER.iterdir()} == set(files)
    wrong = [name for name, svg in files.items() if (FOLDER / name).read_text("utf-8") != svg]
    assert not wrong


def test_each_stands_in_the_readme_with_its_words() -> None:
    """For light and dark, and with a text for whoever does not see it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for file in sorted(FOLDER.iterdir()):
        svg = file.read_text(encoding="utf-8")
        assert f"docs/pictures/{file.name}" in readme
        # What leads, follows or parts by more than one blank is placed: librsvg drops such blanks.
        assert not re.search(r"<text[^>]*>(?:\s|&#160;)|&#160;|  |\s</text>", svg)
        assert "url(" not in svg and "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert readme.count("<picture>") == len(list(FOLDER.iterdir())) / 2
    assert all(len(alt) > 40 for alt in re.findall(r'<img alt="([^"]*)"', readme))


@pytest.mark.parametrize(("said", "columns"), [("ab", 2), ("漢字", 4), ("a\u0301b", 2)])
def test_what_stands_behind_a_letter_stands_in_its_column(said: str, columns: int) -> None:
    """A letter of two columns, and a mark that takes none: rich counts columns, not signs."""
    _name, svg = next(iter(drawn(Picture("wide", "b40", f"{said}   x"))))
    across = re.findall(r'<text class="\S+" x="(\S+)" y="\S+" textLength="(\S+)">(\S+)<', svg)
    placed = {text: (float(x), float(length)) for x, length, text in across}
    assert placed["x"] == (round(12.2 * (columns + 3), 1), 12.2)
    assert placed[said][1] == round(12.2 * columns, 1)
