"""Two clerks in two clones of a bare repository: sync takes in, sends, or stops and says why."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from b40cli.acts.register.sending import request_address
from b40cli.cli.request import options
from b40cli.store.git import repository_sync
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Finished
from tests.acts.scene import TODAY, scene
from tests.copying import copied_to
from tests.invented import git, head_of
from tests.scenario import ask, pinned
from tests.store.checkout import snapshot
from tests.written_here import written_by_git

MAYOR = "member mayor bg-vodengrad {} --from 2026-04-02 --on 2026-04-02"
PROPOSE = "decision propose resolution --meeting 2026-03-10-ec --title {} --on 2026-03-10"


class Clerks(NamedTuple):
    """Two clones, and what they share."""

    anna: Path
    boris: Path
    shared: Path


@pytest.fixture(scope="module", autouse=True)
def times() -> Iterator[None]:
    """One instant, whatever the machine's clock says."""
    with pinned(TODAY):
        yield


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a meeting, shared as a bare repository and cloned twice."""
    folder = tmp_path_factory.mktemp("shared")
    register = scene(folder, "meeting")
    git(register, "gc", "-q")
    git(folder, "clone", "-q", "--template=", "--bare", str(register), "host.git")
    for name in ("anna", "boris"):
        git(folder, "clone", "-q", "--template=", "host.git", name)
        git(folder / name, "remote", "set-url", "origin", "../host.git")
    return folder


@pytest.fixture
def clerks(begun: Path, tmp_path: Path) -> Clerks:
    """A fresh copy of both clones and of what they share."""
    copied_to(begun, tmp_path / "b")
    return Clerks(*(tmp_path / "b" / name for name in ("anna", "boris", "host.git")))


def say(folder: Path, words: str) -> dict[str, Any]:
    """What a command answers, as JSON, with the exit code in it."""
    heard = ask(folder, *words.split(), "--json")
    answer = json.loads(heard.out)
    assert isinstance(answer, dict)
    return {**answer, "code": heard.code}


def done(folder: Path, words: str) -> None:
    """An act that is lawful."""
    answer = say(folder, words)
    assert answer["code"] == 0, answer["findings"]


def head(folder: Path, rev: str = "HEAD") -> str:
    return head_of(folder) if rev == "HEAD" else git(folder, "rev-parse", rev).strip()


def standing(folder: Path) -> dict[str, object]:
    """Branch, index and files; what a fetch has brought lies beside them."""
    return {**snapshot(folder), "refs": head(folder)}


def clean(folder: Path) -> bool:
    return git(folder, "status", "--porcelain") == ""


def test_an_act_goes_from_one_clone_to_the_other(clerks: Clerks) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    sent = say(clerks.anna, "sync")
    assert (sent["code"], sent["result"]["state"], len(sent["result"]["sent"])) == (0, "sent", 1)
    assert head(clerks.shared, "main") == head(clerks.anna)
    before = head(clerks.boris)
    dry = say(clerks.boris, "sync --dry-run")
    assert (dry["code"], dry["result"]["state"], head(clerks.boris)) == (0, "behind", before)
    taken = say(clerks.boris, "sync")
    assert (taken["code"], taken["result"]["state"], taken["commit"]) == (
        0,
        "taken",
        head(clerks.anna),
    )
    assert clean(clerks.boris)
    assert "Ana" in (clerks.boris / "registry/members/bg-vodengrad.yaml").read_text()
    again = say(clerks.boris, "sync")
    assert (again["code"], again["result"]["state"]) == (0, "same")


def test_nothing_of_a_day_to_come_is_made_sent_or_taken_in(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit would refuse it, and all that is recorded until that day would run backwards."""
    act = MAYOR.format("Petar").replace("bg-vodengrad", "hr-kamenik")
    done(clerks.anna, MAYOR.format("Ana"))
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@1830000000 +0300")
    before = standing(clerks.anna)
    for words in (act, f"{act} --branch aside", "undo", "init ../new --name N"):
        refused = say(clerks.anna, words)
        assert (refused["code"], refused["commit"]) == (4, None), words
        assert "of 2027-12-28; today is 2026-11-23" in refused["findings"][0]["message"]
    assert standing(clerks.anna) == before
    with monkeypatch.context() as patch:
        patch.setattr(options, "clock", lambda: date(2027, 12, 28))
        done(clerks.anna, act)
    ahead = [("times-run-ahead", head(clerks.anna))]
    for clerk, state in ((clerks.anna, "sent"), (clerks.boris, "taken")):
        refused = say(clerk, "sync")
        assert [(f["rule"], f["facts"]["commit"]) for f in refused["findings"]] == ahead, state
        git(clerks.anna, "push", "-q", "origin", "main")


def test_both_record_decisions_in_the_same_series_at_once(clerks: Clerks) -> None:
    done(clerks.anna, PROPOSE.format("Signposts"))
    done(clerks.boris, PROPOSE.format("Lanterns"))
    done(clerks.anna, "sync")
    before = standing(clerks.boris)
    answer = say(clerks.boris, "sync")
    assert (answer["code"], answer["result"]["state"]) == (4, "parted")
    assert standing(clerks.boris) == before
    [both] = answer["result"]["both"]
    assert both["record"] == "decisions/2026/EC-2026-001"
    assert "Lanterns".lower() in both["here"][0].lower()
    assert "Signposts".lower() in both["there"][0].lower()
    told = ask(clerks.boris, "sync").out
    assert "nothing is renumbered" in told
    assert all(len(line) <= 80 for line in told.splitlines() if not line.startswith("  git "))
    _follow_the_way_out(clerks.boris, told)
    done(clerks.boris, PROPOSE.format("Lanterns"))
    assert say(clerks.boris, "sync")["result"]["state"] == "sent"
    names = sorted(p.name for p in (clerks.boris / "registry/decisions/2026").iterdir())
    assert names == ["EC-2026-001.yaml", "EC-2026-002.yaml"]


def _follow_the_way_out(folder: Path, told: str) -> None:
    """Type the lines of git that the answer names."""
    lines = [line.strip() for line in told.splitlines() if line.startswith("  git ")]
    assert lines
    for line in lines:
        git(folder, *line.split()[1:])


def test_both_edit_the_same_member(clerks: Clerks) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    done(clerks.boris, MAYOR.format("Boyan"))
    done(clerks.anna, "sync")
    answer = say(clerks.boris, "sync")
    assert answer["code"] == 4
    assert [both["record"] for both in answer["result"]["both"]] == ["members/bg-vodengrad"]
    assert "Boyan" in (clerks.boris / "registry/members/bg-vodengrad.yaml").read_text()


def test_acts_on_different_records_are_put_one_behind_the_other(clerks: Clerks) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    done(clerks.boris, MAYOR.format("Goran").replace("bg-vodengrad", "rs-srebrni-brod"))
    done(clerks.anna, "sync")
    answer = say(clerks.boris, "sync")
    assert (answer["code"], answer["result"]["both"]) == (4, [])
    _follow_the_way_out(clerks.boris, ask(clerks.boris, "sync").out)
    assert say(clerks.boris, "sync")["result"]["state"] == "sent"
    assert say(clerks.anna, "sync")["result"]["state"] == "taken"


def test_a_rewritten_history_is_refused_and_told(clerks: Clerks) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    done(clerks.anna, "sync")
    done(clerks.boris, "sync")
    git(clerks.anna, "reset", "-q", "--hard", "HEAD~1")
    done(clerks.anna, MAYOR.format("Iskra"))
    git(clerks.anna, "push", "-q", "--force", "origin", "main")
    # Even where the user has fetched by hand, which moves the tracking branch.
    git(clerks.boris, "fetch", "-q")
    before = head(clerks.boris)
    answer = say(clerks.boris, "sync")
    assert (answer["code"], answer["result"]["state"]) == (4, "rewritten")
    assert answer["result"]["seen"] == before == head(clerks.boris)
    told = ask(clerks.boris, "sync").out
    [restoring] = [line.strip() for line in told.splitlines() if "git push" in line]
    git(clerks.boris, *restoring.split()[1:])
    assert say(clerks.boris, "sync")["result"]["state"] == "same"


def test_a_deleted_branch_is_a_rewritten_history(clerks: Clerks) -> None:
    done(clerks.boris, "sync")
    git(clerks.shared, "update-ref", "-d", "refs/heads/main")
    answer = say(clerks.boris, "sync")
    assert (answer["code"], answer["result"]["state"]) == (4, "rewritten")


def test_an_unlawful_history_is_not_taken_in(clerks: Clerks) -> None:
    """The judge looks at each commit: breaking a record and mending it again does not pass."""
    file = clerks.anna / "registry/members/bg-vodengrad.yaml"
    lawful = file.read_text()
    file.unlink()
    git(clerks.anna, "commit", "-q", "-a", "-m", "taken away")
    unlawful = head(clerks.anna)
    file.write_text(lawful)
    git(clerks.anna, "add", "-A")
    git(clerks.anna, "commit", "-q", "-m", "and back")
    git(clerks.anna, "push", "-q", "origin", "main")
    before = head(clerks.boris)
    answer = say(clerks.boris, "sync")
    assert (answer["code"], answer["result"]["state"]) == (1, "refused")
    assert {f["facts"]["commit"] for f in answer["findings"]} == {unlawful}
    assert (head(clerks.boris), clean(clerks.boris)) == (before, True)
    # The one who made it is told, too, before it is sent.
    git(clerks.shared, "update-ref", "refs/heads/main", before)
    git(clerks.anna, "update-ref", "refs/remotes/origin/main", before)
    told = ask(clerks.anna, "sync")
    assert told.code == 1
    assert head(clerks.shared, "main") == before
    _follow_the_way_out(clerks.anna, told.out)
    assert say(clerks.anna, "sync")["result"]["state"] == "same"


def test_files_in_the_way_and_a_detached_head(clerks: Clerks) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    done(clerks.anna, "sync")
    file = clerks.boris / "registry/members/bg-vodengrad.yaml"
    text = file.read_text()
    file.write_text(f"{text}# mine\n")
    answer = say(clerks.boris, "sync")
    assert (answer["code"], "in the way" in answer["findings"][0]["message"]) == (4, True)
    assert file.read_text().endswith("# mine\n")
    file.write_text(text)
    other = clerks.boris / "registry/members/rs-srebrni-brod.yaml"
    other.write_text(f"{other.read_text()}# mine\n")
    heard = ask(clerks.boris, "sync")
    assert heard.code == 0
    assert "1 working file differs" in heard.out
    git(clerks.boris, "switch", "-q", "--detach")
    assert "HEAD is detached" in ask(clerks.boris, "sync").err


def test_what_comes_beside_the_register(clerks: Clerks) -> None:
    """Programs, removals and new folders come along; a link is named and left to a person."""
    (clerks.anna / "tools").mkdir()
    (clerks.anna / "tools/run").write_text("#!/bin/sh\n")
    (clerks.anna / "tools/run").chmod(0o755)
    (clerks.anna / "old").mkdir()
    (clerks.anna / "old/note.txt").write_text("old\n")
    git(clerks.anna, "add", "-A")
    git(clerks.anna, "commit", "-q", "-m", "tools")
    git(clerks.anna, "push", "-q", "origin", "main")
    assert say(clerks.boris, "sync")["result"]["state"] == "taken"
    assert os.access(clerks.boris / "tools/run", os.X_OK)
    git(clerks.anna, "rm", "-q", "-r", "old")
    (clerks.anna / "tools/run").chmod(0o644)
    git(clerks.anna, "commit", "-q", "-a", "-m", "no more")
    git(clerks.anna, "push", "-q", "origin", "main")
    assert say(clerks.boris, "sync")["result"]["state"] == "taken"
    assert not (clerks.boris / "old").exists()
    assert not os.access(clerks.boris / "tools/run", os.X_OK)
    assert clean(clerks.boris)
    hides = '[submodule "sub"]\n\tpath = sub\n\turl = ../sub\n\tignore = all\n'
    (clerks.anna / ".gitmodules").write_text(hides)
    git(clerks.anna, "add", "-A")
    git(clerks.anna, "commit", "-q", "-m", "what hides a submodule")
    git(clerks.anna, "push", "-q", "origin", "main")
    assert say(clerks.boris, "sync")["result"]["state"] == "taken"
    git(clerks.anna, "update-index", "--add", "--cacheinfo", f"160000,{head(clerks.anna)},sub")
    git(clerks.anna, "commit", "-q", "-m", "a submodule")
    git(clerks.anna, "push", "-q", "origin", "main")
    answer = say(clerks.boris, "sync")
    assert (answer["code"], "a link or a submodule" in answer["findings"][0]["message"]) == (
        4,
        True,
    )


def _no_remote(clerks: Clerks) -> None:
    git(clerks.anna, "remote", "remove", "origin")


def _no_network(clerks: Clerks) -> None:
    git(clerks.anna, "remote", "set-url", "origin", "../nowhere.git")


def _host(clerks: Clerks, patch: pytest.MonkeyPatch, first: str = "") -> None:
    """The shared repository at a host: SSH is played by a script, which may do something first."""
    ssh = clerks.shared.parent / "ssh"
    when = f'case "$*" in *receive-pack*) {first or ":"} ;; esac'
    ssh.write_text(f'#!/bin/sh\nshift\n{when}\neval "$*"\n')
    ssh.chmod(0o755)
    patch.setenv("GIT_SSH", str(ssh))
    patch.setenv("GIT_SSH_VARIANT", "simple")
    git(clerks.anna, "remote", "set-url", "origin", f"ssh://host.invalid{clerks.shared}")


def _hook_there(clerks: Clerks) -> None:
    hook = clerks.shared / "hooks/pre-receive"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho the archive is closed today >&2\nexit 1\n")
    hook.chmod(0o755)


def _hook_here(clerks: Clerks) -> None:
    hook = clerks.anna / ".git/hooks/pre-push"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho not on a Sunday >&2\nexit 1\n")
    hook.chmod(0o755)


def _race(clerks: Clerks, patch: pytest.MonkeyPatch) -> None:
    """Boris gets there between Anna's look and her push."""
    done(clerks.boris, MAYOR.format("Boyan"))
    git(clerks.boris, "push", "-q", "origin", "main:refs/heads/other")
    _host(clerks, patch, f"git -C {clerks.shared} update-ref refs/heads/main {head(clerks.boris)}")


def _merging(clerks: Clerks) -> None:
    done(clerks.boris, MAYOR.format("Boyan"))
    done(clerks.boris, "sync")
    git(clerks.anna, "reset", "-q", "--hard", "HEAD~1")
    (clerks.anna / ".git/MERGE_HEAD").write_text(f"{head(clerks.anna)}\n")


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (_no_remote, 2, "no remote"),
        (_no_network, 4, "cannot be reached"),
        (_hook_there, 4, "the archive is closed today"),
        (_merging, 4, "A merge is in progress"),
    ],
)
def test_what_stands_in_the_way_is_one_plain_sentence(
    clerks: Clerks,
    spoil: Callable[[Clerks], None],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    if spoil is _hook_there:
        _host(clerks, monkeypatch)
    spoil(clerks)
    before, there = head(clerks.anna), git(clerks.shared, "for-each-ref")
    heard = ask(clerks.anna, "sync")
    assert (heard.code, said in heard.err) == (code, True), heard.err
    assert (head(clerks.anna), git(clerks.shared, "for-each-ref")) == (before, there)


def test_a_host_that_breaks_off_may_have_taken_it(
    clerks: Clerks, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    _host(clerks, monkeypatch)
    hook = clerks.shared / "hooks/reference-transaction"
    hook.parent.mkdir()
    hook.write_text('#!/bin/sh\n[ "$1" != committed ] || kill -9 $PPID\n')
    hook.chmod(0o755)
    heard = ask(clerks.anna, "sync")
    assert (heard.code, "did not say whether it took" in heard.err) == (4, True), heard.err
    assert head(clerks.shared, "main") == head(clerks.anna)
    assert say(clerks.anna, "sync")["result"]["state"] == "same"
    told = b"!\tmain:main\t[remote failure] (remote failed to report status)\n"
    exchange = Repository.find(clerks.anna).exchange(None)
    unsent = repository_sync._unsent(exchange, Finished("push", 1, told, ""))
    assert "did not say whether it took" in str(unsent)


def test_no_hook_of_this_clone_and_none_of_a_path_runs(clerks: Clerks) -> None:
    """A repository is data, at either end; a host's own hooks are the host's."""
    done(clerks.anna, MAYOR.format("Ana"))
    _hook_here(clerks)
    _hook_there(clerks)
    done(clerks.anna, "sync")
    assert head(clerks.shared, "main") == head(clerks.anna)


def test_an_address_that_names_a_program_is_not_heard(clerks: Clerks, tmp_path: Path) -> None:
    """Only https, ssh, git and paths; the others are named, not followed."""
    script = tmp_path / "helper"
    for address in (f"ext::sh -c touch% {script}", "-oProxyCommand=x", "odd://x", "http://x/y"):
        git(clerks.anna, "config", "remote.origin.url", address)
        heard = ask(clerks.anna, "sync")
        assert (heard.code, f"not heard: {address}" in heard.err) == (2, True), heard.err
    assert not script.exists()


def test_a_race_is_lost_without_harm(clerks: Clerks, monkeypatch: pytest.MonkeyPatch) -> None:
    done(clerks.anna, MAYOR.format("Ana"))
    _race(clerks, monkeypatch)
    before = head(clerks.anna)
    heard = ask(clerks.anna, "sync")
    assert (heard.code, "at the same moment" in heard.err) == (4, True), heard.err
    assert (head(clerks.anna), head(clerks.shared, "main")) == (before, head(clerks.boris))
    assert say(clerks.anna, "sync")["result"]["state"] == "parted"


def test_another_register_and_half_a_history(clerks: Clerks, tmp_path: Path) -> None:
    other = scene(tmp_path / "other", "meeting", "applicant")
    git(clerks.anna, "remote", "add", "other", str(other))
    answer = say(clerks.anna, "sync --remote other")
    assert (answer["code"], answer["result"]["state"]) == (4, "strangers")
    done(clerks.anna, MAYOR.format("Ana"))
    done(clerks.anna, "sync")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{clerks.shared}", "half")
    heard = ask(tmp_path / "half", "sync")
    assert (heard.code, "only the end of the history" in heard.err) == (3, True)


def test_several_remotes_have_to_be_told_apart(clerks: Clerks) -> None:
    git(clerks.anna, "remote", "rename", "origin", "host")
    git(clerks.anna, "remote", "add", "mirror", "../host.git")
    git(clerks.anna, "branch", "--unset-upstream")
    assert say(clerks.anna, "sync")["code"] == 2
    assert say(clerks.anna, "sync --remote mirror")["result"]["state"] == "same"
    for words in ("--remote --upload-pack=x", "--branch x", "--on 2026-04-01", "--remote nowhere"):
        assert say(clerks.anna, f"sync {words}")["code"] == 2


def test_an_empty_host_is_filled(clerks: Clerks) -> None:
    git(clerks.shared.parent, "init", "-q", "--bare", "empty.git")
    git(clerks.anna, "remote", "add", "new", "../empty.git")
    assert say(clerks.anna, "sync --remote new")["result"]["state"] == "sent"
    assert head(clerks.shared.parent / "empty.git", "main") == head(clerks.anna)


def _cut(folder: Path, old: str, new: str, step: int) -> bool:
    """Let a child move forward and kill it before the step; whether it got through."""
    child = os.fork()
    if child == 0:
        _die_before(step)
        Repository(folder).exchange().forward(old, new)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return not os.WIFSIGNALED(status)


def _die_before(step: int) -> None:
    import sys

    steps = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "subprocess.Popen"}
    left = [step]

    def hook(event: str, _args: object) -> None:
        if event in steps:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def test_killed_in_between_all_is_whole(clerks: Clerks) -> None:
    """At every step: nothing has happened, or the next command completes it.

    What lies beside registry/ it leaves alone, and says how that is brought along.
    """
    done(clerks.anna, MAYOR.format("Ana"))
    (clerks.anna / "note.txt").write_text("new\n")
    (clerks.anna / ".gitattributes").unlink()
    git(clerks.anna, "add", "-A")
    git(clerks.anna, "commit", "-q", "-m", "beside the register")
    done(clerks.anna, "sync")
    old, new = head(clerks.boris), head(clerks.anna)
    git(clerks.boris, "fetch", "-q")
    moved = set()
    for step in range(1, 99):
        folder = clerks.boris.parent / f"boris-{step}"
        shutil.copytree(clerks.boris, folder, symlinks=True)
        with written_by_git():
            through = _cut(folder, old, new, step)
        _, _, cure = (Repository(folder).finish() or "").partition("this brings the rest: ")
        subprocess.run(["sh", "-c", cure], cwd=folder, check=True)
        moved.add(head(folder))
        assert head(folder) in (old, new)
        assert clean(folder), (step, git(folder, "status"))
        assert (folder / "note.txt").exists() == (head(folder) == new)
        shutil.rmtree(folder)
        if through:
            break
    assert through
    assert moved == {old, new}


def test_what_git_would_write_by_the_way_is_no_link(clerks: Clerks) -> None:
    """Packs, refs and logs of a fetch or a push: refused before the remote is asked."""
    done(clerks.anna, MAYOR.format("Ana"))
    outside, before = clerks.boris.parent / "outside", standing(clerks.boris)
    outside.mkdir()
    for name in ("objects/pack", "refs/b40", "refs/remotes/origin", "logs/refs/b40"):
        place, aside = clerks.boris / ".git" / name, clerks.boris.parent / "aside"
        there = place.exists() and place.rename(aside)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(outside)
        assert ask(clerks.boris, "sync").code in (3, 4), name  # 3: its own pack is gone
        place.unlink()
        assert not there or aside.rename(place)
        assert not any(outside.iterdir()), name
    assert standing(clerks.boris) == before


def test_a_branch_is_sent_with_its_review(clerks: Clerks) -> None:
    """Lawful by the law of what is shared; the current branch stays where it was."""
    before = git(clerks.anna, "rev-parse", "HEAD")
    done(clerks.anna, f"{MAYOR.format('Petar')} --branch mayor-of-vodengrad")
    planned = say(clerks.anna, "sync --branch mayor-of-vodengrad --dry-run")
    assert planned["result"]["sent"] is False
    assert "mayor" not in git(clerks.shared, "branch", "--list", "mayor*")
    heard = ask(clerks.anna, *["sync", "--branch", "mayor-of-vodengrad"])
    assert heard.code == 0 and "## Review of" in heard.out
    assert "mayor-of-vodengrad" in git(clerks.shared, "branch", "--list", "mayor*")
    assert git(clerks.anna, "rev-parse", "HEAD") == before
    assert say(clerks.anna, "sync --branch nowhere")["code"] == 2


@pytest.mark.parametrize(
    ("remote", "request_at"),
    [
        ("git@github.com:net/reg.git", "https://github.com/net/reg/compare/main...a/b?expand=1"),
        ("https://github.com/net/reg", "https://github.com/net/reg/compare/main...a/b?expand=1"),
        (
            "ssh://git@gitlab.example.org:22/net/sub/reg.git",
            "https://gitlab.example.org/net/sub/reg/-/merge_requests/new"
            "?merge_request%5Bsource_branch%5D=a/b&merge_request%5Btarget_branch%5D=main",
        ),
        ("https://git.example.org/net/reg", None),
        ("../host.git", None),
        ("/srv/github/host.git", None),
    ],
)
def test_where_the_host_takes_a_request(remote: str, request_at: str | None) -> None:
    assert request_address(remote, "main", "a/b") == request_at
