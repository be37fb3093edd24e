"""Histories no honest git makes: merges of three, headers read in two ways, times that are none."""

from __future__ import annotations

import re
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest

from b40cli.acts.audit.audit import audit
from b40cli.acts.review.branch import branch_of
from b40cli.model.errors import UsageError
from b40cli.store.git.commit_form import fault
from b40cli.store.git.guard.tree_form import IN_FORM
from b40cli.store.git.repository import Repository
from bench.clerk import Clerk
from tests.acts.branches import Branches
from tests.acts.test_audit import (  # noqa: F401 - told and register are fixtures
    MEMBER,
    TODAY,
    act,
    audited,
    branch,
    commit,
    edit,
    head,
    mayor,
    new_mayor,
    refused,
    register,
    told,
)
from tests.invented import git, records, repository
from tests.scenario import ask
from tests.signatures import Line, key, principal, private_key, trust

GROWS = "history-is-append-only"
FORM = "commit-in-form"
BACKWARDS, AHEAD = "times-run-backwards", "times-run-ahead"
SIGNED, LATER = date(2026, 11, 4), date(2026, 11, 20)


def made(folder: Path, tree: str, *parents: str) -> str:
    """A commit of a tree on any parents; the branch ends in it."""
    words = [word for parent in parents for word in ("-p", parent)]
    oid = git(folder, "commit-tree", tree, "-m", "Merge", *words).strip()
    git(folder, "reset", "-q", "--hard", oid)
    return oid


def test_a_merge_of_three_takes_nothing_back(register: Path) -> None:  # noqa: F811
    """An old commit as a third parent does not make old records a side's own work."""
    old = head(register)
    new_mayor(register)
    recorded = commit(register, **act())
    branch(register, "side")
    (register / "beside.txt").write_text("nothing\n")
    side = commit(register)
    merge = made(
        register, git(register, "rev-parse", f"{old}^{{tree}}").strip(), recorded, side, old
    )
    assert "Eva Secunda" not in (register / MEMBER).read_text()
    assert (GROWS, merge) in refused(audited(register))


def test_a_merge_of_three_lawful_lines_is_lawful(register: Path) -> None:  # noqa: F811
    start = head(register)
    for name, city in (("one", "tr-camliova"), ("two", "mk-planinsko")):
        git(register, "checkout", "-q", "-b", name, start)
        mayor(Clerk(register, TODAY), city, date(2026, 6, 1))
    git(register, "checkout", "-q", "main")
    git(register, "merge", "-q", "--no-ff", "-m", "Merge three", "one", "two")
    assert len(git(register, "rev-parse", "HEAD^@").split()) == 3
    assert refused(audited(register)) == set()


def raw(folder: Path, data: bytes) -> str:
    """A commit of these very bytes; the branch ends in it."""
    words = ["git", "hash-object", "-t", "commit", "-w", "--literally", "--stdin"]
    done = subprocess.run(words, input=data, cwd=folder, capture_output=True, check=True)
    oid = done.stdout.decode().strip()
    git(folder, "update-ref", "HEAD", oid)
    return oid


def seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 9).timestamp())


def two_times(folder: Path, committers: str) -> bytes:
    tree, parent = git(folder, "rev-parse", "HEAD^{tree}", "HEAD").split()
    return (
        f"tree {tree}\nparent {parent}\nauthor A <a@b.org> {seconds(LATER)} -0000\n"
        f"{committers}\n\nan act\n"
    ).encode()


def signed(data: bytes, name: str) -> bytes:
    """The commit with somebody's signature of these bytes."""
    words = ["ssh-keygen", "-Y", "sign", "-n", "git", "-f", str(private_key(name))]
    done = subprocess.run(words, input=data, capture_output=True, check=True)
    armour = done.stdout.decode().strip().replace("\n", "\n ")
    return data.replace(b"\n\n", f"\ngpgsig {armour}\n\n".encode(), 1)


OLD, NEW = seconds(SIGNED), seconds(LATER)
LATER_ON = seconds(date(2026, 12, 20))
TWICE = f"committer A <a@b.org> {OLD} -0000\ncommitter A <a@b.org> {NEW} -0000"
FORGED = {
    "two committers": TWICE,
    "one that is decoded into two": f"committer A+AAo-committer B <b@b.org> {NEW} -0000+AAo-x "
    f"<a@b.org> {OLD} -0000\nencoding UTF-7",
}


@pytest.mark.parametrize("committers", FORGED.values(), ids=FORGED.keys())
def test_a_commit_with_one_time_for_the_key_and_one_for_the_line(
    tmp_path: Path, committers: str
) -> None:
    """The key ended on 10 November; git's log says the 20th, the signature's payload the 4th."""
    ended = principal("ann", "secretariat", key("ann", until="2026-11-10"), key("new"))
    content = records() | {"registry/trust/principals.yaml": trust(ended)}
    line = Line(repository(tmp_path, content))
    line.commit("new", "2026-11-12")
    forged = raw(line.folder, signed(two_times(line.folder, committers), "ann"))
    told_ = audit(line.folder, date(2026, 11, 23), None, None, lambda _done, _all: None)
    assert (FORM, forged) in refused(told_)
    assert not told_.ok


@pytest.mark.parametrize("time", ["abc", "-5", "", "99999999999999999999999"])
def test_a_time_that_is_none_is_a_finding_not_a_crash(register: Path, time: str) -> None:  # noqa: F811
    forged = raw(register, two_times(register, f"committer A <a@b.org> {time} +0300"))
    found = refused(audited(register))
    assert (FORM, forged) in found
    assert Repository(register).log("registry", 5, "HEAD")


REGULAR = (
    b"tree " + b"1" * 40 + b"\nparent " + b"2" * 40 + b"\nauthor Ana Primer <a@b.org> 1 +0300\n"
    b"committer  <> 1 -0000\ngpgsig -----BEGIN\n abc\n \n end\nchange-id xyz\n\n"
    b"subject\n\nparent x\n"
)


def test_what_git_writes_is_in_form() -> None:
    assert fault(REGULAR) is None
    assert fault(REGULAR.replace(b"gpgsig -", b"encoding ISO-8859-1\ngpgsig -")) is None
    assert fault(REGULAR.replace(b"parent " + b"2" * 40 + b"\n", b"")) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb"\nchange-id xyz", b"\ncommitter B <b> 2 +0000"),
        (rb"\nchange-id xyz", b"\nparent " + b"3" * 40),
        (rb"\nchange-id xyz", b"\ngpgsig -----BEGIN"),
        (rb"\nchange-id xyz", b"\nencoding UTF-7"),
        (rb"\nchange-id xyz", b"\nencoding cp1047"),
        (rb"author [^\n]*\n", b""),
        (rb"author Ana Primer <a@b.org> 1", b"author Ana <a> 1 +0000 <b@c> 2"),
        (rb"committer  <> 1", b"committer  <> x"),
        (rb"subject", b"sub\0ject"),
        (rb"tree 1111", b"tree zzzz"),
    ],
)
def test_what_no_git_writes_is_not(old: bytes, new: bytes) -> None:
    changed = re.sub(old, new, REGULAR, count=1)
    assert changed != REGULAR
    assert fault(changed) is not None


@pytest.fixture
def work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Branches:
    return Branches(tmp_path, capsys, "meeting", "applicant", "admission")


def refuses(at: Branches, *rules: str) -> None:
    """The review refuses, and names the last commit."""
    found = at.reviewed(exits=1)["findings"]
    named = {f["rule"] for f in found if f["facts"].get("commit") == at.head()}
    assert set(rules) <= named, found


@pytest.mark.parametrize(("moved", "rule"), [(-60, BACKWARDS), (86_400 * 900, AHEAD)])
def test_a_review_looks_at_the_times(
    work: Branches, moved: int, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = int(git(work.folder, "log", "-1", "--format=%ct"))
    work.commits_files("beside the register", {"beside.txt": "nothing"})
    assert not work.reviewed()["findings"]
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"@{last + moved} +0300")
    work.commits_files("beside the register", {"beside.txt": "more"})
    refuses(work, rule)


@pytest.mark.parametrize("between", [False, True])
def test_a_commit_that_names_a_parent_twice_is_told_by_whoever_judges_it(
    work: Branches, between: bool
) -> None:
    """Git makes none such: to one reader it is a merge, to another none; here with another line."""
    folder, last = work.folder, work.head()
    side = git(folder, "commit-tree", "HEAD^{tree}", "-p", last, "-m", "side").strip()
    parents = [last, side, last] if between else [last, last]
    named = "".join(f"parent {oid}\n" for oid in parents)
    data = two_times(folder, f"committer A <a@b.org> {LATER_ON} -0000").decode()
    twice = raw(folder, data.replace(f"parent {last}\n", named).encode())
    refuses(work, FORM)
    for words in ("audit", "audit main..HEAD"):
        found = work.asks(*words.split(), on="2026-06-10", exits=1)["findings"]
        told_by = [f for f in found if f["rule"] == FORM]
        assert [f["facts"]["commit"] for f in told_by] == [twice]
        assert "names a parent twice" in told_by[0]["message"]


def test_a_review_looks_at_the_form(work: Branches) -> None:
    git(work.folder, "reset", "-q", "--hard", raw(work.folder, two_times(work.folder, TWICE)))
    refuses(work, FORM)


def test_a_review_looks_at_the_folders(work: Branches) -> None:
    """A file stood in its folder twice, for one commit: who looked saw one, or the other."""
    folder, entry = work.folder, b"100644 network.yaml\0"

    def objects(words: str, data: bytes = b"") -> bytes:
        done = subprocess.run(["git", *words.split()], input=data, cwd=folder, capture_output=True)
        return done.stdout

    def forged(path: str, old: bytes, new: bytes) -> bytes:
        tree = objects(f"cat-file tree HEAD:{path}")
        assert tree.count(old) == 1
        words = "hash-object -t tree -w --literally --stdin"
        return bytes.fromhex(objects(words, tree.replace(old, new)).decode())

    blob = bytes.fromhex(git(folder, "rev-parse", f"HEAD:{MEMBER}"))
    registry = bytes.fromhex(git(folder, "rev-parse", "HEAD:registry"))
    top = forged("", registry, forged("registry", entry, entry + blob + entry))
    whole = git(folder, "rev-parse", "HEAD^{tree}").strip()
    odd = git(folder, "commit-tree", top.hex(), "-p", "HEAD", "-m", "odd").strip()
    made(folder, whole, odd)
    found = work.reviewed(exits=1)["findings"]
    assert (IN_FORM, odd) in {(f["rule"], f["facts"].get("commit")) for f in found}, found


def test_a_review_judges_what_a_merge_takes_back(work: Branches) -> None:
    """On the branch a mayor is recorded, and a merge of the base puts the record back."""
    base, path = work.head(), "registry/members/ba-brezna-luka.yaml"
    text = (work.folder / path).read_text("utf-8")
    entry = "mayors:\n  - {name: Ana Primer, capacity: mayor, from: 2026-05-02}\n"
    work.commits_files("a mayor", {path: text + entry})
    recorded = work.head()
    made(work.folder, git(work.folder, "rev-parse", f"{base}^{{tree}}").strip(), recorded, base)
    assert (work.folder / path).read_text("utf-8") == text
    refuses(work, GROWS)


def test_an_act_that_changes_a_file_s_mode_is_no_act(register: Path) -> None:  # noqa: F811
    (register / MEMBER).chmod(0o755)
    assert ("trailers-agree", commit(register, **act())) in refused(audited(register))


def test_a_line_that_begins_by_itself_brings_nothing_whole(register: Path) -> None:  # noqa: F811
    """A member nobody admitted, recorded where nothing stood before it, and merged in."""
    edit(register, "registry/network.yaml", "status: unofficial", "status: official")
    commit(register)
    last = head(register)
    founder = "id: hr-novoselo\nname: Novoselo\ncountry: HR\n"
    path = "registry/members/hr-novoselo.yaml"
    (register / path).write_text(founder + "attested: {since: 2025-01-20, source: founding-list}\n")
    git(register, "add", "-A")
    tree = git(register, "write-tree").strip()
    orphan = git(register, "commit-tree", tree, "-m", "another beginning").strip()
    merge = made(register, tree, last, orphan)
    assert ("standing-rests-on-a-decision", merge) in refused(audited(register))


def test_a_tag_that_calls_itself_what_was_published(register: Path) -> None:  # noqa: F811
    """The history lost a published commit; a tag of its short name points to what is left."""
    published = head(register)
    git(register, "reset", "-q", "--hard", "HEAD~1")
    new_mayor(register)
    commit(register, **act())
    git(register, "tag", published[:10])
    found = refused(audited(register, since=published[:10]))
    assert ("history-contains-since", head(register)) in found
    git(register, "tag", "final-report", "HEAD~1")
    assert not refused(audited(register, since="final-report"))


def test_a_second_list_of_sources_under_a_name_in_capitals(register: Path) -> None:  # noqa: F811
    (register / "registry/evidence/Sources.yaml").write_text("sources: {}\n")
    assert ("unknown-path", commit(register)) in refused(audited(register))


def test_a_criss_cross_is_brought_up_to_date_before_it_is_reviewed(work: Branches) -> None:
    """Each line merged the other's first commit: where they parted, nobody can say."""
    tree = git(work.folder, "rev-parse", "HEAD^{tree}").strip()
    start = work.head()
    words = ("commit-tree", tree, "-m", "a commit", "-p")
    ours, theirs = (git(work.folder, *words, start, "-m", name).strip() for name in "ab")
    mine = git(work.folder, *words, ours, "-p", theirs).strip()
    other = git(work.folder, *words, theirs, "-p", ours).strip()
    git(work.folder, "update-ref", "refs/heads/main", other)
    git(work.folder, "reset", "-q", "--hard", mine)
    with pytest.raises(UsageError, match="parted more than once"):
        branch_of(Repository(work.folder), "main..HEAD")


def test_a_record_that_is_marked_as_a_program_is_told(register: Path) -> None:  # noqa: F811
    """In the files, in the commit, in the review and in the audit; it refuses nothing."""
    (register / MEMBER).chmod(0o755)
    told = [ask(register, "check")]  # noqa: F811
    commit(register)
    for words in ("check", "check --base HEAD~1", "review HEAD~1..HEAD", "audit --json"):
        told.append(ask(register, *words.split()))
    assert [(heard.code, "record-as-program" in heard.out) for heard in told] == [(0, True)] * 5
    (register / MEMBER).chmod(0o644)
    assert "record-as-program" not in ask(register, "check").out
