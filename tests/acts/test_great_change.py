"""What one change takes away at once is named in review and sync, and asked once at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from b40cli.cli.request import prompt
from tests.caselaw import changed, stock_records
from tests.invented import OTHERS, SEVEN, git, records, repository
from tests.scenario import APPLY, FIRST, KEY, PAPERS, SECOND, Heard, ask, pinned, whole

ON = ("--on", "2026-04-20")
REVOKE = ("trust", "revoke", "clerk", "--reason", "Lost", *ON)
SAID = "GREAT CHANGE: Nobody may sign after this, from 2026-04-20: clerk could."


@pytest.fixture(autouse=True)
def times() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register whose one principal has one key."""
    root = tmp_path / "register"
    root.mkdir()
    repository(root, whole())
    (tmp_path / "key.pub").write_text(f"{KEY} ana@example.org\n")
    words = ("--name", "Ana", "--office", "secretariat", "--key", str(tmp_path / "key.pub"))
    assert ask(root, "trust", "add", "clerk", *words, *ON).code == 0
    return root


def at_a_terminal(root: Path, answer: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> Heard:
    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    monkeypatch.setattr(prompt, "_asked", lambda *_words, **_more: answer)
    return ask(root, *REVOKE, *more)


def test_it_is_asked_once_on_a_terminal(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = git(register, "rev-parse", "HEAD")
    heard = at_a_terminal(register, "n", monkeypatch)
    assert heard.code == 2 and SAID in heard.err
    assert git(register, "rev-parse", "HEAD") == head
    assert at_a_terminal(register, "y", monkeypatch).code == 0
    assert git(register, "rev-parse", "HEAD") != head


def test_yes_answers_beforehand(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert at_a_terminal(register, "n", monkeypatch, "--yes").code == 0


def test_in_a_pipe_nothing_is_asked(register: Path) -> None:
    heard = ask(register, *REVOKE)
    assert heard.code == 0 and "great-change" in ask(register, "check", "--base", "HEAD~1").out


def test_review_and_sync_name_it(register: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(register), "hub")
    git(tmp_path, "clone", "-q", "hub", "mine")
    mine = tmp_path / "mine"
    assert ask(mine, *REVOKE).code == 0
    heard = ask(mine, "review", "HEAD~1..HEAD", *ON)
    assert SAID in heard.out
    sent = ask(mine, "sync", "--dry-run")
    assert "GREAT CHANGE: Nobody may sign" in sent.out, sent


@pytest.fixture(scope="module")
def assembled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register whose Assembly meets, and whose Secretary the Mayor of Istanbul appointed."""
    changed(content := records(2), stock_records()["assembly"])
    mayors = [{"name": "Mert", "capacity": "mayor", "from": "2024-04-01"}]
    istanbul = {"id": "tr-istanbul", "name": "Istanbul", "country": "TR", "mayors": mayors}
    member = content[f"registry/members/{OTHERS[-1]}.yaml"]
    content["registry/members/tr-istanbul.yaml"] = {**member, **istanbul}
    root = tmp_path_factory.mktemp("assembled") / "register"
    root.mkdir()
    with pinned():
        repository(root, content)
        for paper in PAPERS:
            (root / paper).write_text("a paper\n")
        words = "secretary appoint Eva --person Mert --evidence decision.txt --on 2026-03-01"
        assert ask(root, *words.split()).code == 0
        git(root, "clone", "-q", "--bare", ".", "../hub")
        git(root, "remote", "add", "origin", "../hub")
    return root


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "decision record amendment --amend assembly-quorum=1/10 --title Quorum",
            "The threshold assembly-quorum is lowered from 2/3 to 1/10, from 2026-03-11",
        ),
        (
            "decision annul MI-2026-001 --effect ex-tunc",
            "The network has no Permanent Secretary after this, from 2026-03-01",
        ),
    ],
)
def test_each_is_asked_at_the_desk_and_named_in_review_and_sync(
    words: str, said: str, assembled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, whole = git(assembled, "rev-parse", "HEAD").strip(), f"GREAT CHANGE: {said}"
    act = (*words.split(), "--meeting", "2026-03-10-ga", "--for", "all", "--on", "2026-03-10")
    with monkeypatch.context() as patch:
        patch.setattr(prompt, "at_terminal", lambda: True)
        patch.setattr(prompt, "_asked", lambda *_words, **_more: "n")
        assert whole in " ".join(ask(assembled, *act).err.split())
    assert git(assembled, "rev-parse", "HEAD").strip() == head
    assert ask(assembled, *act).code == 0
    for read in (f"review {head}..HEAD --on 2026-04-20", "sync --dry-run"):
        assert whole in " ".join(ask(assembled, *read.split()).out.split()), read
    git(assembled, "reset", "-q", "--hard", head)


def test_sync_names_what_an_annulment_takes_away(tmp_path: Path) -> None:
    """The city's own record stays as it was: its vote rested on what is void now."""
    content = records(2)
    for city in (*SEVEN[1:], *OTHERS):
        del content[f"registry/members/{city}.yaml"]
    seats = content["registry/committee/2026.yaml"]["seats"]
    content["registry/committee/2026.yaml"]["seats"] = seats[:1]
    del content["registry/presidencies/2025.yaml"]
    root = tmp_path / "register"
    root.mkdir()
    repository(root, content)
    for paper in PAPERS:
        (root / paper).write_text("a paper\n")
    for words in (
        f"application submit Rosendol --country BG {APPLY} --criteria pledge,aims --on 2026-02-02",
        "meeting convene ec --opens 2026-03-10T10:00 --on 2026-03-01",
        f"meeting roll-call {FIRST} --present {SEVEN[0]} --on 2026-03-10",
        f"decision record admission --subject rosendol --meeting {FIRST} --for all --on 2026-03-10",
        "member sign rosendol --signed 2026-03-20 --place X --document form.txt --on 2026-03-20",
        "meeting convene ec --opens 2026-04-14T10:00 --on 2026-04-03",
        f"meeting roll-call {SECOND} --present {SEVEN[0]} --on 2026-04-14",
    ):
        assert ask(root, *words.split()).code == 0, words
    git(tmp_path, "clone", "-q", "--bare", str(root), "hub")
    git(root, "remote", "add", "origin", str(tmp_path / "hub"))
    annul = f"decision annul EC-2026-001 --effect ex-tunc --meeting {SECOND} --for all"
    assert ask(root, *annul.split(), "--on", "2026-04-14").code == 0
    said = "GREAT CHANGE: 1 of 2 members with a vote lose it"
    assert said in ask(root, "review", "HEAD~1..HEAD", *ON).out
    assert said in ask(root, "sync", "--dry-run").out
