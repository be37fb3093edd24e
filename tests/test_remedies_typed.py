"""Every remedy that is printed anywhere is typed and cures, or is no command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.acts.scene import IDENTITY, Office
from tests.remedies import templates
from tests.remedies_typed import Play, Player, key, laid, plays, texts_told, texts_typed

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.usefixtures("written")


@pytest.mark.parametrize(
    "play", [pytest.param(play, id=play.lines[0].place + " " + play.name) for play in plays()]
)
def test_what_is_printed_is_typed_and_cures(
    play: Play,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    # Commits are of the day the clerk's clock shows; a sync judges them by it.
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, IDENTITY[name])
    (tmp_path / "paper.pdf").write_text("x")
    register, day = laid(play, tmp_path)
    Player(Office(register, capsys), monkeypatch, day).plays(play.lines)


def test_every_text_that_names_a_command_is_typed_or_only_tells() -> None:
    printed = {key(text): place for place, text in templates()}
    typed, told = {*texts_typed()}, {*texts_told()}
    missing = [f"{printed[text]}: {text}" for text in printed.keys() - typed - told]
    assert not missing, "\n".join(sorted(missing))
    assert not (typed | told) - printed.keys(), "of no text any more"
    assert not typed & told, "typed, and said to tell only"


def test_what_only_tells_says_why_and_by_a_test_that_is_there() -> None:
    reasons = {*texts_told().values()}
    named = [file for why in reasons for file in re.findall(r"tests/[\w/.]+\b", why)]
    assert named and all(len(why) > 20 for why in reasons)
    assert not [file for file in named if not (ROOT / file).is_file()]
