"""The restore drill of docs/restore.md: what it tells people to type is typed here."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from b40cli.store.git.repository import Repository
from tests.acts.scene import scene
from tests.acts.test_sync import MAYOR, done, head, say
from tests.invented import git
from tests.scenario import Heard, ask, pinned

PAGE = Path(__file__).parents[2] / "docs" / "restore.md"
ADDRESS = "../host.git"
VODENGRAD = "registry/members/bg-vodengrad.yaml"


@pytest.fixture(scope="module", autouse=True)
def times() -> Iterator[None]:
    with pinned(date(2026, 11, 23)):
        yield


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A host, and two clerks who share a register there."""
    register = scene(tmp_path / "begun", "meeting")
    git(tmp_path, "clone", "-q", "--template=", "--bare", str(register), "host.git")
    for name in ("anna", "boris"):
        git(tmp_path, "clone", "-q", "host.git", name)
        git(tmp_path / name, "remote", "set-url", "origin", ADDRESS)
    return tmp_path


def lines() -> list[str]:
    """What the page tells people to type: its indented lines."""
    found = re.findall(r"^ {4,}((?:git|cd|b40) [^#\n]*)", PAGE.read_text("utf-8"), re.MULTILINE)
    return [line.strip() for line in found]


def typed(folder: Path, line: str, address: str = ADDRESS) -> str:
    """Type one line of the page, which must stand there."""
    assert line in lines(), line
    words = [address if word.endswith("ADDRESS") else word for word in line.split()]
    return git(folder, *words[1:])


def asked(folder: Path, line: str) -> Heard:
    """Ask b40 what the page says, which must stand there."""
    assert line in lines(), line
    return ask(folder, *line.split()[1:])


def test_a_lost_clone(place: Path) -> None:
    done(place / "anna", MAYOR.format("Ana"))
    assert asked(place / "anna", "b40 sync").code == 0
    told = head(place / "anna")
    shutil.rmtree(place / "anna")
    typed(place, "git clone ADDRESS register", "host.git")
    git(place / "register", "remote", "set-url", "origin", ADDRESS)
    typed(place / "register", "git fsck --full")
    for line in ("b40 audit", "b40 check", "b40 sync"):
        assert asked(place / "register", line).code == 0, line
    assert head(place / "register") == told
    assert ask(place / "register", "audit", "--since", told).code == 0
    done(place / "register", MAYOR.format("Iskra").replace("bg-vodengrad", "hr-kamenik"))


def test_a_lost_host(place: Path) -> None:
    """Boris has not taken Anna's last act in; from her clone everything comes back."""
    assert say(place / "boris", "sync")["result"]["state"] == "same"
    done(place / "anna", MAYOR.format("Ana"))
    done(place / "anna", "sync")
    shutil.rmtree(place / "host.git")
    assert asked(place / "boris", "b40 sync").code == 4
    one, other = (typed(place / name, "git rev-parse HEAD").strip() for name in ("anna", "boris"))
    git(place / "anna", "merge-base", "--is-ancestor", other, one)
    git(place, "init", "-q", "--bare", "new.git")
    for name in ("anna", "boris"):
        typed(place / name, "git remote set-url origin NEW-ADDRESS", "../new.git")
    empty = asked(place / "anna", "b40 sync")
    assert (empty.code, "was rewritten" in empty.out) == (4, True)
    typed(place / "anna", "git update-ref -d refs/b40/seen/origin/main")
    typed(place / "anna", "git update-ref -d refs/remotes/origin/main")
    assert asked(place / "anna", "b40 sync").code == 0
    assert say(place / "boris", "sync")["result"]["state"] == "taken"
    assert head(place / "boris") == head(place / "anna") == head(place / "new.git", "main")
    assert asked(place / "boris", "b40 audit").code == 0


def test_an_archive_keeps_what_somebody_rewrites(place: Path) -> None:
    done(place / "anna", MAYOR.format("Ana"))
    done(place / "anna", "sync")
    typed(place, "git clone --mirror ADDRESS archive.git", "host.git")
    typed(place, "git -C archive.git config remote.origin.fetch refs/heads/*:refs/heads/*")
    kept = head(place / "archive.git", "main")
    git(place / "host.git", "update-ref", "refs/heads/main", head(place / "boris"))
    with pytest.raises(subprocess.CalledProcessError) as failed:
        typed(place, "git -C archive.git fetch")
    assert "non-fast-forward" in failed.value.stderr
    assert head(place / "archive.git", "main") == kept


def test_damaged_files_and_dropped_caches(place: Path) -> None:
    there = place / "anna"
    done(there, "check")
    (there / "registry/network.yaml").write_text("not a record: [")
    assert ask(there, "check").code == 3
    typed(there, "git restore registry")
    for cache in Repository(there).cache_folder().glob("*.lines"):
        cache.unlink()
    assert asked(there, "b40 check").code == 0


# Signs that a shell, sed and a pattern read otherwise.
WORDS = "Ana Privatna-O'Hara (A/B & $x)."


def filtered(fresh: Path, what: str, monkeypatch: pytest.MonkeyPatch, **given: str) -> None:
    """The page's line that rewrites a history, with what it exports before."""
    line = next(line for line in lines() if line.startswith("git filter-branch") and what in line)
    for name, value in {**given, "FILTER_BRANCH_SQUELCH_WARNING": "1"}.items():
        monkeypatch.setenv(name, value)
    subprocess.run(line, shell=True, cwd=fresh, check=True, capture_output=True)


def test_a_history_that_forgets(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words are in no object any more; what was printed before is refused, and says why."""
    anna = place / "anna"
    mayor = MAYOR.format("NAME").split()
    assert ask(anna, *(WORDS if word == "NAME" else word for word in mayor)).code == 0
    (anna / "order.txt").write_text("Forget it.")
    (anna / "letter.txt").write_text(f"From {WORDS}")
    done(anna, "evidence file letter.txt --on 2026-04-20")
    letter = "registry/evidence/2026/letter.txt"
    plain = sha256((anna / letter).read_bytes()).hexdigest()
    for what in ("bg-vodengrad mayors.0.name", letter.removeprefix("registry/")):
        done(anna, f"forget {what} --why Order --evidence order.txt --word x --on 2026-04-20")
    done(anna, "sync")
    printed = head(anna)
    mark = re.findall(r"forgotten-\w{16}", (anna / VODENGRAD).read_text())[0]
    gone = (anna / letter).read_bytes()
    typed(place, "git clone ADDRESS fresh", "host.git")
    fresh = place / "fresh"
    filtered(fresh, "$WORDS", monkeypatch, WORDS=WORDS, MARK=mark)
    was = {"FILE": letter, "PLAIN": plain}
    now = {"MARK": gone.decode().strip(), "NOW": sha256(gone).hexdigest()}
    filtered(fresh, "$FILE", monkeypatch, **was, **now)
    for words in ("b40 audit", "b40 check"):
        assert asked(fresh, words).code == 0, asked(fresh, words)
    git(place, "init", "-q", "--bare", "-b", "main", "new.git")
    typed(fresh, "git push NEW-ADDRESS HEAD:refs/heads/main", "../new.git")
    held = git(place / "new.git", "log", "-p", "--all", "--format=%B")
    assert "Privatna" not in held and plain not in held and mark in held
    assert ask(fresh, "audit", "--since", printed).code == 1
    assert ask(fresh, "audit", "--since", head(fresh)).code == 0
    git(anna, "remote", "set-url", "origin", "../new.git")
    old = asked(anna, "b40 sync")
    assert (old.code, "clone anew" in " ".join(old.out.split())) == (4, True)
