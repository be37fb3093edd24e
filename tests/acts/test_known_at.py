"""`--on`: when it applied. `--known-at`: what the register knew then. Every read takes both."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from b40cli.cli.commands import CommandRow, rows
from b40cli.cli.main import main
from tests.acts.scene import IDENTITY, Office, scene
from tests.acts.test_annul import SITTINGS
from tests.copying import copied_to
from tests.invented import git, head_of

ON = "2026-04-20"
# What a read has to be asked about.
ABOUT = {
    "show": "bg-rosendol",
    "explain": "INT-01",
    "member show": "bg-rosendol",
    "member dossier": "bg-rosendol",
    "meeting notice": "2026-04-20-ga",
    "meeting minutes": "2026-04-20-ga",
    "proxy list": "2026-04-20-ga",
    "report final": "2026-04-20-ga",
    "decision certificate": "EC-2026-001",
}
ABOUT |= {
    "city": "hr-kamenik",
    "search": "kamenik",
    "member certificate": "hr-kamenik",
    "meeting sheets": "2026-04-20-ga",
    "proxy solve": "2026-04-20-ga",
    "meeting prepare": "2026-04-20-ga",
    "mail": "notice 2026-04-20-ga --out drafts",
    "statutes simulate": "--reading INT-01=all-members",
    "decision paper": "EC-2026-001",
    "decision what-if": "EC-2026-001",
    "export csv": "--out tables",
    "export xlsx": "--out register.xlsx",
    "site build": "--out site",
}
# What is not asked about a state of the register on a day, and why.
NOT_OF_A_STATE = {
    "demo": "it builds a register of its own",
    "fmt": "it lays out the files as they stand",
    "audit": "it goes through history itself, over the range it is given",
    "review": "the two states it compares are its range",
}
# What these print is a file for another program: it says its commit itself, or not at all.
FILES = {"decision certificate", "trust signers", "trust codeowners"}
FILES |= {"export json", "export ics", "export popolo", "export atom"}
# What a site or a workbook says of its commit stands in its files.
FILES |= {"export csv", "export xlsx", "site build"}


def function(row: CommandRow) -> object:
    module, _colon, name = row.at.partition(":")
    return getattr(import_module(module), name)


def options(row: CommandRow) -> set[str]:
    return set(inspect.signature(function(row)).parameters)  # type: ignore[arg-type]


READS = [row for row in rows() if "known_at" in options(row)]


def test_every_row_is_an_act_or_takes_both() -> None:
    for row in rows():
        assert "on" in options(row), row.words
        assert {"known_at", "dry_run"} & options(row), row.words
    assert {row.words for row in READS} >= NOT_OF_A_STATE.keys() | ABOUT.keys()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which a suspension of 19 January was entered on 2 February only."""
    folder = tmp_path_factory.mktemp("known")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
            patch.setenv(f"{name}_NAME", "Clerk")
            patch.setenv(f"{name}_EMAIL", "clerk@example.org")
            patch.setenv(f"{name}_DATE", "2026-01-06T10:00:00+0300")
        return scene(folder, "meeting", "applicant", "admission", given=SITTINGS)


@pytest.fixture
def office(register: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    there = Office(register, capsys)
    before = there.head()
    yield there
    git(register, "reset", "-q", "--hard", before)


@pytest.fixture(scope="module")
def moved_on(register: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same a commit later, and the one before; it is only read."""
    folder = copied_to(register, tmp_path_factory.mktemp("later") / "register")
    known = head_of(folder)
    (folder / "registry/members/bg-rosendol.yaml").unlink()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        git(folder, "commit", "-q", "-a", "-m", "later")
    return folder, known


@pytest.mark.parametrize(
    "row", [row for row in READS if row.words not in NOT_OF_A_STATE], ids=lambda row: row.words
)
def test_a_read_rests_on_the_commit_it_was_asked_about(
    moved_on: tuple[Path, str],
    row: CommandRow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Later the working files say something else; the answer is of then, and says so."""
    monkeypatch.chdir(tmp_path)
    folder, known = moved_on
    office = Office(folder, capsys)
    words = [*row.words.split(), *ABOUT.get(row.words, "").split()]
    for asked in ("HEAD~1", "2026-01-07"):
        answer = office.asks(*words, "--known-at", asked, on=ON)
        assert (answer["on"], answer["commit"]) == (ON, known)
    if row.words in FILES:
        return
    code, told = _told(office, *words, "--known-at", "HEAD~1", "--on", ON)
    assert code == 0
    said = " ".join(told.replace("\\", "").split())
    assert f"On {ON}, as the register knew it at HEAD~1 (commit {known[:12]})." in said, told


def _told(office: Office, *words: str) -> tuple[int, str]:
    from b40cli.cli.main import main

    code = main(["-C", str(office.folder), *words])
    return code, office.capsys.readouterr().out


@pytest.mark.parametrize(
    "row", [r for r in READS if r.words not in NOT_OF_A_STATE], ids=lambda row: row.words
)
def test_a_day_without_law_is_a_question_nobody_can_answer(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    row: CommandRow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before the first edition encoded here there is no roll; that is no defect of the tool."""
    monkeypatch.chdir(tmp_path)
    words = (*row.words.split(), *ABOUT.get(row.words, "").split())
    code = main(["-C", str(office.folder), *words, "--on", "2020-01-01"])
    told = capsys.readouterr()
    assert code in (0, 1, 2), told
    if code == 2:
        assert len(told.err.splitlines()) > 1, "no remedy"


def test_who_could_vote_on_20_january_as_we_knew_it_then_and_now(
    office: Office, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _entered_on("2026-02-02", monkeypatch)
    paper = ("--grounds", "Silence", "--person", "Ana", "--evidence", str(papers / "decision.txt"))
    office.asks("member", "suspend", "mk-planinsko", *paper, on="2026-01-19")
    _entered_on("2026-02-09", monkeypatch)
    paper = ("--effect", "ex-tunc", "--person", "Ana", "--evidence", str(papers / "letter.txt"))
    office.asks("decision", "annul", "PR-2026-001", *paper, on="2026-02-09")

    def votes(on: str, *known: str) -> bool:
        roll = office.asks("roll", *(("--known-at", *known) if known else ()), on=on)["result"]
        return "mk-planinsko" in roll["voting"]

    # Nobody had entered it yet; then it was known; since the annulment it never was.
    assert votes("2026-01-20", "2026-01-25")
    assert not votes("2026-01-20", "2026-02-03")
    assert votes("2026-01-18", "2026-02-03")
    assert votes("2026-01-20", "2026-02-09")
    assert votes("2026-01-20")


def _entered_on(day: str, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("GIT_AUTHOR_DATE", f"{day}T10:00:00+0300")
    patch.setenv("GIT_COMMITTER_DATE", f"{day}T10:00:00+0300")


def test_lists_are_of_the_day_they_are_asked_about(office: Office) -> None:
    """An application is pending until it is answered, a decision open until it is closed."""

    def applications(on: str) -> list[str]:
        found = office.asks("application", "list", "--all", on=on)["result"]["applications"]
        return [row["state"] for row in found]

    def decisions(on: str) -> list[str]:
        found = office.asks("decision", "list", on=on)["result"]["decisions"]
        return [row["state"] for row in found]

    days = ("2026-02-01", "2026-02-02", "2026-03-09", "2026-03-10")
    assert [applications(day) for day in days] == [[], ["pending"], ["pending"], ["adopted"]]
    assert [decisions(day) for day in days] == [[], [], [], ["adopted"]]


def test_an_act_is_recorded_as_things_are_known_now(office: Office) -> None:
    before = office.head()
    words = ("report", "final", "2026-04-20-ga", "--prepared", "2026-04-21")
    office.asks(*words, "--known-at", before, on=None, exits=2)
    office.asks("fmt", "--known-at", before, on=None, exits=2)
    office.asks("roll", "--known-at", "2025-12-31", on=None, exits=2)
    assert office.head() == before
