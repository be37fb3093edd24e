"""The past as git has it, and a state that moves along it."""

from __future__ import annotations

from pathlib import Path

import pytest

from b40cli.store.git.repository import Repository
from b40cli.store.moving_tree import Changed, MovingTree
from tests.invented import git, head_of

MEMBER = "registry/members/bg-rosendol.yaml"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    save(tmp_path, MEMBER, "one")
    commit(tmp_path, "First")
    return tmp_path


def save(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return head_of(folder)


def test_commits_come_oldest_first_with_what_they_changed_below_the_registry(
    register: Path,
) -> None:
    save(register, "notes.txt", "beside")
    commit(register, "Beside")
    save(register, MEMBER, "two")
    save(register, "registry/members/al-aldmar.yaml", "new")
    commit(register, "Both")
    (register / MEMBER).unlink()
    commit(register, "Gone")
    told = Repository(register).past().commits(None, "HEAD")
    assert [r.commit.subject for r in told] == ["First", "Beside", "Both", "Gone"]
    assert [len(r.changes) for r in told] == [1, 0, 2, 1]
    assert told[0].parent is None
    assert [r.parent for r in told[1:]] == [r.oid for r in told[:-1]]
    gone = told[3].changes[0]
    assert (gone.path, gone.now) == (MEMBER, None)
    assert gone.was == next(c.now for c in told[2].changes if c.path == MEMBER)


def test_no_message_passes_for_another_commit(register: Path) -> None:
    hostile = "\x01" + "ab" * 20 + "\n\n:100644 100644 a b M\nregistry/x\n\nB40-Act: member mayor"
    oid = commit(register, hostile)
    told = Repository(register).past().commits(None, "HEAD")
    assert [r.oid for r in told[1:]] == [oid]
    assert told[1].commit.trailers == {"B40-Act": "member mayor"}
    assert told[1].changes == ()


def test_odd_paths_and_modes_are_told_as_such(register: Path) -> None:
    save(register, "registry/members/a b\n.yaml", "x")
    (register / "registry/members/bg-link.yaml").symlink_to("/etc/passwd")
    commit(register, "Odd")
    (told,) = Repository(register).past().commits("HEAD~1", "HEAD")
    assert len(told.changes) == 2
    assert all(change.odd is not None for change in told.changes)
    assert set(Repository(register).past().tree("HEAD")) == {MEMBER}


def test_a_merge_is_told_against_its_first_parent(register: Path) -> None:
    git(register, "checkout", "-q", "-b", "side")
    save(register, "registry/members/al-aldmar.yaml", "side")
    side = commit(register, "Side")
    git(register, "checkout", "-q", "main")
    save(register, MEMBER, "main")
    main = commit(register, "Main")
    git(register, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    past = Repository(register).past()
    told = past.commits(None, "HEAD")
    assert told[-1].parents == (main, side)
    assert [c.path for c in told[-1].changes] == ["registry/members/al-aldmar.yaml"]
    against_side, nothing = past.differences([(side, told[-1].oid), (main, main)])
    assert ([c.path for c in against_side], nothing) == ([MEMBER], ())
    assert past.parting(told[-1].parents) == told[0].oid
    assert past.first_parents(None, "HEAD") == [told[0].oid, main, told[-1].oid]


def state() -> MovingTree:
    texts = {
        "registry/network.yaml": '{"name":"N"}',
        "registry/members/al-aldmar.yaml": '{"id":"al-aldmar"}',
        "registry/members/bg-vas.yaml": '{"id":"bg-vas"}',
        "registry/decisions/2026/EC-2026-001.yaml": '{"subject":"members/al-aldmar","term":2026}',
        "registry/meetings/2026-03-10-ec.yaml": '{"present":["al-aldmar","bg-vas-2"]}',
    }
    return MovingTree(dict.fromkeys(texts, "0" * 40), texts)


def naming(records: MovingTree | Changed, word: str) -> list[str]:
    return sorted(path.rsplit("/", 1)[1] for path in records.naming(word))


def test_a_word_leads_to_the_records_it_stands_in() -> None:
    here = state()
    assert naming(here, "al-aldmar") == [
        *("2026-03-10-ec.yaml", "EC-2026-001.yaml", "al-aldmar.yaml"),
    ]
    assert naming(here, "bg-vas") == ["bg-vas.yaml"]
    assert naming(here, "members/al-aldmar") == ["EC-2026-001.yaml"]
    assert naming(here, "2026") == ["EC-2026-001.yaml"]
    assert naming(here, "nowhere") == []


def test_folders_are_listed_in_order() -> None:
    here = state()
    here.put("registry/members/ba-new.yaml", "1" * 40, "{}")
    here.put("registry/members/al-aldmar.yaml", None, None)
    assert here.below("registry/members/") == [
        "registry/members/ba-new.yaml",
        "registry/members/bg-vas.yaml",
    ]
    assert here.below("registry/decisions/") == ["registry/decisions/2026/EC-2026-001.yaml"]
    assert len(here.below("registry/")) == len([*here]) == 5


def test_a_change_stands_on_top_until_it_settles() -> None:
    here = state()
    changed = Changed(
        here,
        {
            "registry/members/bg-vas.yaml": None,
            "registry/members/ba-new.yaml": ("1" * 40, '{"by":"al-aldmar"}'),
        },
    )
    seen = (
        list(changed.below("registry/members/")),
        naming(changed, "al-aldmar"),
        sorted(changed),
        "registry/members/bg-vas.yaml" in changed,
        changed["registry/members/ba-new.yaml"],
    )
    assert "registry/members/bg-vas.yaml" in here
    assert seen[3:] == (False, {"by": "al-aldmar"})
    changed.settle()
    assert seen[:3] == (
        here.below("registry/members/"),
        naming(here, "al-aldmar"),
        sorted(here),
    )
    assert "registry/members/bg-vas.yaml" not in here
