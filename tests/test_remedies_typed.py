"""Every remedy that is printed anywhere is typed and cures, or is no command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acts.scene import IDENTITY, Office
from tests.remedies import templates
from tests.remedies_typed import LEFT, TOLD, Play, Player, key, laid, plays, texts_of, texts_typed

pytestmark = pytest.mark.usefixtures("asked")


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
    lists = [*texts_typed()], [*texts_of(TOLD)], [*texts_of(LEFT)]
    known = {text for each in lists for text in each}
    missing = [f"{printed[text]}: {text}" for text in printed.keys() - known]
    assert not missing, "\n".join(sorted(missing))
    assert not known - printed.keys(), "of no text any more"
    assert len(known) == sum(len({*each}) for each in lists), "in two lists"
