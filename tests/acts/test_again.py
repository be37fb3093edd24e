"""Three clones, a bare remote and six branches: what met is told, and made again on the base."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from b40cli.acts.register.again import _take_id
from b40cli.store.git.commit_stream import FileChange
from b40cli.store.git.repository import Repository
from tests.acts.scene import scene
from tests.acts.test_sync import done, head, say, standing
from tests.copying import copied_to
from tests.invented import git
from tests.scenario import ask, pinned

PROPOSE = "decision propose resolution --meeting 2026-03-10-ec --title {} --on 2026-03-09"
MAYOR = "member mayor bg-vodengrad {} --from 2026-04-02 --on 2026-04-02"
EMAIL = "member set bg-vodengrad --email {}@example.org --on 2026-03-10"
CITY = "registry/members/bg-vodengrad.yaml"
CLERKS = ("anna", "boris", "cora")


@pytest.fixture(autouse=True)
def times() -> Iterator[None]:
    with pinned():
        yield


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shared register, three clones of it, and two branches sent from each."""
    folder = tmp_path_factory.mktemp("shared")
    with pinned():
        _shared(folder)
    return folder


def _shared(folder: Path) -> None:
    register = scene(folder, "meeting")
    done(register, "meeting convene ec --opens 2026-04-15T10:00 --on 2026-03-05")
    git(folder, "clone", "-q", "--template=", "--bare", str(register), "host.git")
    for name in CLERKS:
        git(folder, "clone", "-q", "--template=", "host.git", name)
        git(folder / name, "remote", "set-url", "origin", "../host.git")
    anna, boris, cora = (folder / name for name in CLERKS)
    _branch(anna, "lanterns", PROPOSE.format("Lanterns"))
    _branch(anna, "email-anna", EMAIL.format("anna"))
    withdrawn = "decision withdraw EC-2026-001 --on 2026-03-10"
    propose = PROPOSE.format("Signposts").replace("2026-03-10", "2026-04-15")
    _branch(boris, "signposts", propose, withdrawn)
    _branch(boris, "mayor", MAYOR.format("Boyan"))
    agenda = "meeting agenda 2026-03-10-ec --add --item resolution=EC-2026-001 --on 2026-03-09"
    notice = "meeting notice 2026-03-10-ec --sent 2026-03-09T10:00 --on 2026-03-09"
    _branch(cora, "bridges", PROPOSE.format("Bridges"), agenda, notice)
    _branch(cora, "email-cora", EMAIL.format("cora"))


def _branch(folder: Path, name: str, *acts: str) -> None:
    """A branch of these acts, sent; the clerk stands on main again."""
    git(folder, "checkout", "-q", "-b", name)
    for words in acts:
        done(folder, words)
    git(folder, "push", "-q", "origin", name)
    git(folder, "checkout", "-q", "main")


@pytest.fixture
def six(begun: Path, tmp_path: Path) -> Path:
    return copied_to(begun, tmp_path / "b")


def _merged(folder: Path, name: str) -> None:
    """What the host does where a request is granted."""
    git(folder, "fetch", "-q", "origin")
    git(folder, "merge", "-q", "--ff-only", "origin/main")
    git(folder, "merge", "-q", "--no-ff", "-m", f"merge {name}", f"origin/{name}")
    git(folder, "push", "-q", "origin", "main")


def again(folder: Path, name: str, more: str = "") -> dict[str, Any]:
    return say(folder, f"sync --branch {name} --again {more}")


def test_what_met_is_told_before_the_merge(six: Path) -> None:
    """One id taken by three branches, one member edited by three."""
    anna = six / "anna"
    git(anna, "fetch", "-q", "origin")
    told = say(anna, "review main..lanterns --on 2026-03-10")["result"]["warnings"]
    met = {line.split(" ")[0]: line for line in told}
    assert set(met) == {"origin/signposts", "origin/bridges"}
    assert "took decisions/2026/EC-2026-001 as this one does" in met["origin/bridges"]
    told = say(anna, "review main..email-anna --on 2026-04-02")["result"]["warnings"]
    assert {line.split(" ")[0] for line in told} == {"origin/email-cora", "origin/mayor"}
    assert all("edits members/bg-vodengrad as this one does" in line for line in told)


def test_what_two_branches_hold_together_is_no_rival(six: Path) -> None:
    """One begins on acts of the other: what each did after they parted is compared."""
    anna = six / "anna"
    git(anna, "checkout", "-q", "-b", "later", "lanterns")
    done(anna, MAYOR.format("Lara"))
    git(anna, "checkout", "-q", "lanterns")
    done(anna, "decision withdraw EC-2026-001 --on 2026-03-10")
    done(anna, "member mayor hr-kamenik Eva --from 2026-03-02 --on 2026-03-10")
    for one in ("lanterns", "later"):
        told = say(anna, f"review main..{one} --on 2026-04-02")["result"]["warnings"]
        assert not [line for line in told if line.startswith(("lanterns ", "later "))], one
    git(anna, "checkout", "-q", "later")
    done(anna, "member mayor hr-kamenik Eli --from 2026-03-03 --on 2026-03-10")
    told = say(anna, "review main..later --on 2026-04-02")["result"]["warnings"]
    met = "lanterns is open too, and edits members/hr-kamenik as this one does"
    assert [line.startswith(met) for line in told if line.startswith("lanterns ")] == [True]
    git(anna, "update-ref", "refs/heads/l\u2028\udcff", "lanterns")  # whatever its name is
    git(anna, "branch", "-q", "-D", "lanterns")
    told = say(anna, "review main..later --on 2026-04-02")["result"]["warnings"]
    assert [line for line in told if "\\xff is open too" in line]


def test_an_id_that_was_taken_moves_with_all_that_names_it(six: Path) -> None:
    anna, boris = six / "anna", six / "boris"
    _merged(anna, "lanterns")
    git(boris, "fetch", "-q", "origin")
    assert say(boris, "review origin/main..signposts --on 2026-03-10")["code"] == 1
    before = standing(boris)
    shown = again(boris, "signposts", "--dry-run")
    assert shown["result"]["again"]["ids"] == [
        {"was": "EC-2026-001", "becomes": "EC-2026-002", "letters": []}
    ]
    assert standing(boris) == before and shown["result"]["again"]["becomes"] is None
    made = again(boris, "signposts")
    assert made["code"] == 0 and made["result"]["sent"], made["findings"]
    assert [act["becomes"] for act in made["result"]["again"]["acts"]] == ["again", "again"]
    tip = made["result"]["again"]["becomes"]
    assert tip == head(six / "host.git", "signposts") == head(boris, "signposts")
    assert head(boris, "main") == before["refs"] == head(boris)
    past = Repository.find(boris).past().commits(head(boris, "origin/main"), tip)
    for act in past:
        assert act.commit.trailers["B40-Decision"] == "EC-2026-002"
        assert "Made again; first recorded as" in act.commit.body
        assert "EC-2026-001" not in act.commit.subject + act.commit.body
    _merged(anna, "signposts")
    whole = say(anna, "audit")
    assert whole["code"] == 0, whole["findings"]
    record = (anna / "registry/decisions/2026/EC-2026-002.yaml").read_text()
    assert "Signposts" in record and "withdrawn" in record
    assert again(boris, "signposts")["result"]["again"]["acts"] == []
    told = ask(boris, *["sync", "--branch", "signposts", "--again"]).out
    assert "holds all of signposts already" in told


def test_a_branch_that_is_none_is_told_so(six: Path) -> None:
    (found,) = say(six / "anna", "sync --branch lamps")["findings"]
    assert (found["message"], found["help"]) == (
        "There is no branch 'lamps' here.",
        "git branch lists them.",
    )


def test_what_stands_on_a_letter_moves_with_a_yes_alone(six: Path) -> None:
    anna, cora = six / "anna", six / "cora"
    _merged(anna, "lanterns")
    was = head(cora, "bridges")
    asked = ask(cora, *["sync", "--branch", "bridges", "--again"])
    assert asked.code == 2 and "--yes" in asked.err
    assert "though it stands in the notice of 2026-03-10-ec" in asked.err
    assert head(cora, "bridges") == was == head(six / "host.git", "bridges")
    for moment in ("2026-01-06T10:00:00+0300", "2036-01-06T10:00:00+0300"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GIT_COMMITTER_DATE", moment)
            misdated = ask(cora, *["sync", "--branch", "bridges", "--again", "--yes"])
        assert misdated.code == 4 and "GIT_COMMITTER_DATE" in misdated.err
        assert head(cora, "bridges") == was == head(six / "host.git", "bridges")
    made = ask(cora, *["sync", "--branch", "bridges", "--again", "--yes"])
    assert made.code == 0
    assert "bridges is open too" not in made.out, "the branch as it was before is no other one"
    text = git(cora, "show", "bridges:registry/meetings/2026-03-10-ec.yaml")
    assert "EC-2026-002" in text and "EC-2026-001" not in text


def test_one_member_edited_in_two_branches(six: Path) -> None:
    """Another place of the record is kept beside the base's; the same place is not overwritten."""
    anna, boris, cora = (six / name for name in CLERKS)
    _merged(anna, "email-anna")
    made = again(boris, "mayor")
    assert made["code"] == 0, made["findings"]
    text = git(boris, "show", f"mayor:{CITY}")
    assert "anna@example.org" in text and "Boyan" in text
    was = head(cora, "email-cora")
    clash = again(cora, "email-cora")
    assert clash["code"] == 4
    assert "changes contact of members/bg-vodengrad" in clash["findings"][0]["message"]
    assert head(cora, "email-cora") == was == head(six / "host.git", "email-cora")


def test_what_the_judge_refuses_there_is_not_moved(six: Path) -> None:
    """The meeting that is to decide was cancelled in the meantime."""
    anna, boris = six / "anna", six / "boris"
    done(anna, "meeting cancel 2026-04-15-ec --reason Storm --on 2026-03-08")
    done(anna, "sync")
    was = head(boris, "signposts")
    refused = again(boris, "signposts")
    assert refused["code"] == 1 and refused["findings"]
    assert [act["becomes"] for act in refused["result"]["again"]["acts"]] == ["refused"]
    assert head(boris, "signposts") == was == head(six / "host.git", "signposts")


def test_two_mandates_of_one_day_are_for_people_to_settle(six: Path) -> None:
    anna, boris = six / "anna", six / "boris"
    done(anna, MAYOR.format("Ana"))
    done(anna, "sync")
    clash = again(boris, "mayor")
    assert clash["code"] == 4 and "mayors" in clash["findings"][0]["message"]


def test_acts_of_others_on_the_branch_are_not_overwritten(six: Path) -> None:
    anna, boris = six / "anna", six / "boris"
    git(anna, "fetch", "-q", "origin")
    git(anna, "checkout", "-q", "mayor")
    done(anna, EMAIL.format("more"))
    git(anna, "checkout", "-q", "main")
    done(anna, "sync --branch mayor")
    there = head(six / "host.git", "mayor")
    for words in ("sync --branch mayor", "sync --branch mayor --again"):
        assert say(boris, words)["code"] == 4
    assert head(six / "host.git", "mayor") == there


@pytest.mark.parametrize("own", [False, True], ids=["both lines'", "its own, too"])
def test_a_branch_that_took_its_base_in(own: bool, six: Path) -> None:
    """One record was changed on both lines: what the merge says beside them nobody can carry."""
    anna, boris = six / "anna", six / "boris"
    _merged(anna, "email-anna")
    git(boris, "fetch", "-q", "origin")
    git(boris, "checkout", "-q", "mayor")
    git(boris, "merge", "-q", "--no-edit", "origin/main")
    if own:
        text = (boris / CITY).read_text()
        (boris / CITY).write_text(text.replace("anna@", "boris@"))
        git(boris, "commit", "-qa", "--amend", "--no-edit")
    git(boris, "checkout", "-q", "main")
    done(anna, EMAIL.format("more"))
    done(anna, "sync")
    made = again(boris, "mayor", "--dry-run")
    assert made["code"] == (4 if own else 0), made["findings"]
    told = [act["becomes"] for act in made["result"]["again"]["acts"]] if not own else []
    assert told == ([] if own else ["again", "left out"])
    assert not own or "something of its own" in made["findings"][0]["message"]


def test_what_was_taken_back_is_left_out(six: Path) -> None:
    anna, boris = six / "anna", six / "boris"
    _branch(boris, "taken", EMAIL.format("slip"), "undo", EMAIL.format("right"))
    _merged(anna, "mayor")
    made = again(boris, "taken")
    assert made["code"] == 0, made["findings"]
    told = [act["becomes"] for act in made["result"]["again"]["acts"]]
    assert told == ["taken back", "taken back", "again"]
    assert again(boris, "nowhere")["code"] == 2 == say(boris, "sync --again")["code"]
    git(boris, "checkout", "-q", "taken")
    assert again(boris, "taken")["code"] == 2


def test_a_scan_comes_along_whole(six: Path) -> None:
    """A document is larger than a record may be, and is carried over to its last byte."""
    anna, boris = six / "anna", six / "boris"
    (boris / "scan.txt").write_text("A line of the letter.\n" * 60_000)
    _branch(boris, "scan", "evidence file scan.txt --as 2026/scan.pdf --on 2026-03-10")
    _merged(anna, "mayor")
    made = again(boris, "scan")
    assert made["code"] == 0, made["findings"]
    there = "registry/evidence/2026/scan.pdf"
    tip = made["result"]["again"]["becomes"]
    assert git(boris, "rev-parse", f"{tip}:{there}") == git(boris, "hash-object", "scan.txt")


FORGET = "forget evidence/2026/{}.pdf --why Asked --evidence asked.txt --word w --on 2026-03-10"


def test_a_document_is_no_text(six: Path) -> None:
    """No id is looked for in one that changes or comes by hand."""
    anna, boris = six / "anna", six / "boris"
    for folder, name in ((anna, "theirs"), (boris, "ours")):
        (folder / f"{name}.pdf").write_bytes(b"%PDF\n\xff\x00" + name.encode())
        (folder / "asked.txt").write_text("Forget me.\n")
        file = f"evidence file {name}.pdf --as 2026/{name}.pdf --on 2026-03-10"
        _branch(folder, name, file, FORGET.format(name))
    _merged(anna, "theirs")
    letterhead = boris / "registry/papers/letterhead.docx"
    git(boris, "checkout", "-q", "ours")
    letterhead.parent.mkdir()
    letterhead.write_bytes(b"PK\xff\x00EC-2026-001")
    git(boris, "add", "registry/papers")
    git(boris, "commit", "-qm", "letterhead")
    git(boris, "checkout", "-q", "main")
    made = again(boris, "ours")
    assert made["code"] == 0, made["findings"]
    tip = made["result"]["again"]["becomes"]
    for path in ("papers/letterhead.docx", "evidence/2026/ours.pdf"):
        here, there = (f"{rev}:registry/{path}" for rev in ("ours@{1}", tip))
        assert git(boris, "rev-parse", here) == git(boris, "rev-parse", there)


def test_what_was_sent_and_cannot_be_moved_here_is_told(six: Path) -> None:
    """A lock that a git left behind: the remote has the branch by then, and this clone has not."""
    anna, boris = six / "anna", six / "boris"
    _merged(anna, "lanterns")
    was, lock = head(boris, "signposts"), boris / ".git/refs/heads/signposts.lock"
    lock.touch()
    told = ask(boris, "sync", "--branch", "signposts", "--again")
    sent = head(six / "host.git", "signposts")
    assert told.code == 5 and head(boris, "signposts") == was != sent
    assert f"sent as {sent[:12]}" in told.err and "Nothing was written" not in told.err
    lock.unlink()
    assert f"git branch -f signposts {sent}" in " ".join(told.err.split())
    git(boris, "branch", "-f", "signposts", sent)
    assert say(boris, "sync --branch signposts")["code"] == 0


def test_a_branch_of_another_working_tree_is_not_moved_under_it(six: Path) -> None:
    anna, boris = six / "anna", six / "boris"
    _merged(anna, "lanterns")
    was = head(boris, "signposts")
    git(boris, "worktree", "add", "-q", "../beside", "signposts")
    (found,) = again(boris, "signposts")["findings"]
    assert head(boris, "signposts") == was == head(six / "host.git", "signposts")
    assert found["help"].endswith(f"git -C {six / 'beside'} switch --detach")
    git(six / "beside", "switch", "-q", "--detach")
    assert again(boris, "signposts")["code"] == 0


@pytest.mark.parametrize("there", [("001",), ("001", "002")])
def test_two_records_of_one_act_take_two_ids(there: tuple[str, ...]) -> None:
    """One act may correct several places, each in a record of its own."""
    paths = [f"registry/corrections/2026/C-2026-{n}.yaml" for n in ("001", "002")]
    made = [FileChange(path, "new", None) for path in paths]
    tree = {f"registry/corrections/2026/C-2026-{n}.yaml": "theirs" for n in there}
    ground = SimpleNamespace(snapshot=SimpleNamespace(tree=tree), names={})
    for change in made:
        _take_id(cast("Any", ground), change, made)
    ids = [ground.names.get(f"C-2026-{n}", f"C-2026-{n}") for n in ("001", "002")]
    assert len({*ids, *(f"C-2026-{n}" for n in there)}) == 2 + len(there)
