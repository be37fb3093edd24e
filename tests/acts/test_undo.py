"""One's own last act taken back: what lets the pair pass, and what is never taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.audit.undone import standing_base
from b40cli.store.git.repository import Repository
from tests.acts.scene import scene
from tests.invented import SEVEN, git
from tests.scenario import KEY, ask
from tests.store.checkout import snapshot

ON = "--on 2026-03-10"
ALL = ",".join(SEVEN)
RECORD = (
    f"decision record resolution --meeting 2026-03-10-ec --title Bridges --statutes-silent "
    f"--for {ALL} {ON}"
)
VOTE = "registry/decisions/2026/EC-2026-001.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return scene(tmp_path / "desk", "meeting", "applicant")


def say(folder: Path, words: str, code: int = 0) -> dict[str, Any]:
    heard = ask(folder, *words.split(), "--json")
    assert heard.code == code, (words, heard)
    answer = json.loads(heard.out)
    assert isinstance(answer, dict)
    return answer


def head(folder: Path, rev: str = "HEAD") -> str:
    return git(folder, "rev-parse", rev).strip()


def test_a_closed_decision_is_taken_back_and_its_id_given_again(desk: Path) -> None:
    """Whatever asks about the pair lets it pass, and the commit stays where it can be found."""
    before, tree = head(desk), head(desk, "HEAD^{tree}")
    record = say(desk, RECORD)["commit"]
    made = say(desk, "undo")
    assert made["result"]["undoes"] == record
    assert {"record": "decisions/2026/EC-2026-001", "becomes": "gone"} in made["result"]["records"]
    assert head(desk, "HEAD^{tree}") == tree and not (desk / VOTE).exists()
    trailers = Repository.find(desk).past().one(head(desk)).commit.trailers
    assert trailers["B40-Act"] == "undo" and trailers["B40-Undoes"] == record
    for base in (before, record):
        assert standing_base(Repository.find(desk), base, head(desk)) == before
    again = say(desk, RECORD.replace("Bridges", "Rivers"))
    assert again["result"]["id"] == "EC-2026-001"
    assert say(desk, "audit")["result"]["kinds"]["undo"] == 1
    assert say(desk, f"audit {record}..HEAD")["result"]["commits"] == 2
    for base in (before, record):
        say(desk, f"check --base {base} {ON}")
        for dots in ("..", "..."):
            reviewed = say(desk, f"review {base}{dots}HEAD {ON}")["result"]
            assert (reviewed["base"], reviewed["commits"]) == (before, 3)
    say(desk, f"audit --since {record}")
    certified = say(desk, "decision certificate EC-2026-001")["result"]
    assert certified["commit"] == again["commit"]
    then = say(desk, f"decision certificate EC-2026-001 --known-at {record}")["result"]
    assert then["commit"] == record


def test_what_a_commit_merely_says_of_itself_is_judged_as_what_it_is(desk: Path) -> None:
    """Trailers of an undo on a commit that leaves something else than stood before."""
    record = say(desk, RECORD)["commit"]
    say(desk, "undo")
    message = git(desk, "log", "-1", "--format=%B")
    git(desk, "reset", "-q", "--hard", record)
    git(desk, "rm", "-q", VOTE)
    (desk / "registry/members/bg-rosendol.yaml").unlink()
    git(desk, "commit", "-q", "-a", "-m", message)
    refused = {f["rule"] for f in say(desk, "audit", 1)["findings"]}
    assert "history-is-append-only" in refused
    git(desk, "reset", "-q", "--hard", record)
    say(desk, "undo")
    git(desk, "commit", "-q", "--amend", "--author", "Eve <eve@example.org>", "-C", "HEAD")
    git(desk, "commit", "-q", "--amend", "--author", "Eve <eve@example.org>", "-m", message)
    assert "history-is-append-only" in {f["rule"] for f in say(desk, "audit", 1)["findings"]}


def forged(folder: Path, tree: str, undoes: str) -> None:
    """A commit that says it takes an act back, made by git alone on top of HEAD."""
    act = Repository.find(folder).past().one(undoes)
    trailers = {**act.commit.trailers, "B40-Act": "undo", "B40-Undoes": undoes}
    lines = "\n".join(f"{key}: {value}" for key, value in trailers.items())
    message = f"undo: {act.commit.subject}\n\n{lines}\n"
    made = git(folder, "commit-tree", "-p", "HEAD", "-m", message, f"{tree}^{{tree}}").strip()
    git(folder, "reset", "-q", "--hard", made)


@pytest.mark.parametrize("kind", ["an act between", "trust", "another tree", "another name"])
def test_no_other_pair_passes(desk: Path, tmp_path: Path, kind: str) -> None:
    """Two acts back; of trust; not what stood before; naming another commit: judged as a change."""
    git(desk, "init", "-q", "--bare", str(tmp_path / "host.git"))
    git(desk, "remote", "add", "origin", str(tmp_path / "host.git"))
    say(desk, "sync")
    base = head(desk)
    if kind == "trust":
        (tmp_path / "key.pub").write_text(f"{KEY} a\n")
        say(desk, f"trust add clerk --name Ana --office secretariat --key {tmp_path}/key.pub {ON}")
    act = say(desk, RECORD)["commit"] if kind != "trust" else head(desk)
    if kind == "trust":
        forged(desk, base, act)
    elif kind == "an act between":
        say(desk, RECORD.replace("Bridges", "Rivers"))
        forged(desk, base, act)
    elif kind == "another tree":
        say(desk, RECORD.replace("Bridges", "Rivers"))
        forged(desk, base, head(desk))
    else:
        forged(desk, base, base)
    assert not say(desk, "audit", 1)["ok"]
    assert not say(desk, f"review {act}..HEAD {ON}", 1)["ok"]
    assert not say(desk, f"check --base {act} {ON}", 1)["ok"]
    assert not say(desk, "sync", 1)["ok"]


def test_everything_lets_the_pair_pass_that_undo_makes(desk: Path, tmp_path: Path) -> None:
    """A change of a settled record, taken back, goes through sync, review and check in one."""
    git(desk, "init", "-q", "--bare", str(tmp_path / "host.git"))
    git(desk, "remote", "add", "origin", str(tmp_path / "host.git"))
    say(desk, "sync")
    base = head(desk)
    say(desk, RECORD)
    (desk / "minutes.pdf").write_bytes(b"minutes")
    act = say(desk, f"meeting minutes 2026-03-10-ec --document minutes.pdf {ON}")["commit"]
    say(desk, "undo")
    assert say(desk, f"review {base}..HEAD {ON}")["ok"]
    assert say(desk, f"check --base {act} {ON}")["ok"]
    assert say(desk, "audit")["ok"] and say(desk, "sync")["result"]["state"] == "sent"
    assert say(desk, f"audit --since {act}")["ok"]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("undo", "has taken the one before it back already"),
        ("eve", "is the act of Clerk"),
        ("merge", "is a merge"),
        ("foreign", "is no act of b40"),
        ("trust", "changes who may sign"),
        ("upgrade", "by which rule set is judged"),
        ("sent", "was sent: origin/main holds it"),
    ],
)
def test_what_is_not_taken_back(
    desk: Path, tmp_path: Path, before: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(desk, RECORD)
    if before == "undo":
        say(desk, "undo")
    elif before == "eve":
        monkeypatch.setenv("GIT_AUTHOR_NAME", "Eve")
    elif before == "merge":
        git(desk, "checkout", "-q", "-b", "side", "HEAD~1")
        git(desk, "commit", "-q", "--allow-empty", "-m", "side")
        git(desk, "checkout", "-q", "main")
        git(desk, "merge", "-q", "--no-ff", "-m", "merged", "side")
    elif before == "foreign":
        git(desk, "commit", "-q", "--allow-empty", "-m", "who may sign")
    elif before == "trust":
        (tmp_path / "key.pub").write_text(f"{KEY} a\n")
        say(desk, f"trust add clerk --name Ana --office secretariat --key {tmp_path}/key.pub {ON}")
    elif before == "upgrade":
        say(desk, "statutes upgrade")
    elif before == "sent":
        git(desk, "init", "-q", "--bare", str(tmp_path / "host.git"))
        git(desk, "remote", "add", "origin", str(tmp_path / "host.git"))
        say(desk, "sync")
    there = snapshot(desk)
    (refused,) = say(desk, "undo", 2)["findings"]
    assert said in refused["message"]
    assert ("b40 trust revoke" in refused["help"]) == (before in ("trust", "upgrade"))
    assert snapshot(desk) == there


def test_what_was_sent_and_is_undone_elsewhere_goes_nowhere(desk: Path, tmp_path: Path) -> None:
    """Another clone, which has forgotten that it was sent, cannot send the undo after it."""
    git(desk, "init", "-q", "--bare", str(tmp_path / "host.git"))
    git(desk, "remote", "add", "origin", str(tmp_path / "host.git"))
    say(desk, RECORD)
    say(desk, "sync")
    for ref in ("refs/remotes/origin/main", "refs/b40/seen/origin/main"):
        git(desk, "update-ref", "-d", ref)
    say(desk, "undo")
    refused = say(desk, "sync", 1)
    assert [f["rule"] for f in refused["findings"]] == ["sent-acts-stand"]
    assert not say(desk, f"review HEAD~1..HEAD {ON}", 1)["ok"]
    say(desk, f"check --base HEAD~1 {ON}", 1)
    git(desk, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(desk, "update-ref", "-d", "refs/b40/incoming/origin/main")
    assert say(desk, f"review HEAD~1..HEAD {ON}")["ok"], "the pair was sent together"


@pytest.mark.parametrize("known", ["remote", "branch", "none"])
def test_a_review_where_no_branch_of_the_remote_is_known(desk: Path, known: str) -> None:
    """A host's clone for a review: what it reviews against stands, unless nobody else has it."""
    base = say(desk, RECORD)["commit"]
    say(desk, "undo")
    if known == "remote":
        git(desk, "remote", "add", "origin", "https://example.org/register.git")
    elif known == "branch":
        git(desk, "update-ref", "refs/heads/theirs", base)
    answer = say(desk, f"review {base}..HEAD {ON}", 0 if known == "none" else 1)
    told = {f["rule"] for f in answer["findings"] if f["kind"] == "validity"}
    assert told == (set() if known == "none" else {"history-is-append-only"})


def test_it_is_shown_first_and_nothing_of_others_is_touched(desk: Path) -> None:
    city = desk / "registry/members/bg-rosendol.yaml"
    say(desk, f"correct bg-rosendol --at contact.email --is a@example.org {ON}")
    kept = city.read_text()
    shown = ask(desk, "undo", "--dry-run").out
    assert "-contact: {email: a@example.org}" in shown and city.read_text() == kept
    city.write_text(kept + "# a hand\n")
    say(desk, "undo", 4)
    assert city.read_text() == kept + "# a hand\n"
    git(desk, "checkout", "-q", "--", str(city))
    say(desk, "undo")
    assert "contact" not in city.read_text() and not git(desk, "status", "--porcelain")
