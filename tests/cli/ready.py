"""A vote ready to be closed, for the tests of what can come between: paths, words, exits."""

from __future__ import annotations

from pathlib import Path

from tests.invented import repository
from tests.scenario import ALL, FIRST, PAPERS, ask, whole
from tests.store.checkout import git

CLOSE = "decision close EC-2026-001 --on 2026-03-10"
MAYOR = "member mayor bg-vodengrad Petar --from 2026-03-10 --on 2026-03-10"
PROPOSE = f"decision propose admission --subject bg-rosendol --meeting {FIRST} --on 2026-03-10"
DECISION = "registry/decisions/2026/EC-2026-001.yaml"
CITY = "registry/members/bg-rosendol.yaml"
OTHER = "registry/members/me-zalivgrad.yaml"
DONE, REFUSED, USAGE, CONFLICT = 0, 1, 2, 4


def ready_to_close(folder: Path) -> Path:
    """A register where closing the vote changes the decision and the city."""
    folder.mkdir()
    repository(folder, whole())
    for paper in PAPERS:
        (folder / paper).write_text(paper)
    for words in (
        "application submit Rosendol --country BG --gazetteer none --form form.txt --letter "
        "letter.txt --elected elections.txt --criteria aims --on 2026-02-02",
        "meeting convene ec --opens 2026-03-10T10:00 --on 2026-03-01",
        f"meeting roll-call {FIRST} --present {ALL} --on 2026-03-10",
        PROPOSE,
        "decision open EC-2026-001 --on 2026-03-10",
        f"decision vote EC-2026-001 --for {ALL} --on 2026-03-10",
    ):
        assert ask(folder, *words.split()).code == DONE, words
    (folder / ".gitignore").write_text("*.bak\n")
    return folder


def head_of(root: Path) -> str:
    """The commit the register stands on."""
    return git(root, "rev-parse", "HEAD")
