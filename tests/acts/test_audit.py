"""The audit over small real histories: every sort of commit told apart, every forgery found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from b40cli import __version__
from b40cli.acts import applications, attendance, decisions, mayors, meetings
from b40cli.acts.audit import engine as audit_engine
from b40cli.acts.audit import rejudged as rejudged_module
from b40cli.acts.audit import replay as replay_module
from b40cli.acts.audit.audit import audit
from b40cli.acts.audit.engine import CHANGES, EngineChange, both_verdicts
from b40cli.acts.audit.replay import Replay, _nodes
from b40cli.acts.change.questions import Question
from b40cli.acts.meetings import Convening
from b40cli.acts.register.checking import check
from b40cli.model.answer import Answer
from b40cli.model.day import Since
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.finding import Finding
from b40cli.model.state.incremental import MovingRegistry
from b40cli.rules import table
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.store.git.commit_stream import FileChange, Recorded
from b40cli.store.git.history import Commit
from b40cli.store.git.repository import Repository
from b40cli.store.moving_tree import MovingTree
from b40cli.store.reading import Reading
from b40cli.store.reading import read as reads
from b40cli.store.schema import explain
from bench.clerk import Clerk
from tests.acts.scene import ALL, IDENTITY, Office, scene
from tests.copying import copied_to
from tests.invented import SEVEN, SHA, b40, git, head_of, records, repository
from tests.user import says

TODAY = date(2026, 11, 23)
# Prose beside a line of git's own, and a trailer that goes on: git's own reading of it stands.
SIGNED = "A\n\nProse.\nSigned-off-by: A <a@b.org>\nB40-Confirms: 1\nB40-Confirms:\n  2\n\n# Mark\n"
MEMBER = "registry/members/ba-brezna-luka.yaml"
VOTE = "registry/decisions/2026/EC-2026-001.yaml"
MEETING = "2026-03-10-ec"
PAPER = {"sha256": SHA}
CLOCK = 1_790_000_000


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short lawful history: an application, a meeting, its admission, and mayors."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        register = tmp_path_factory.mktemp("audit") / "register"
        register.mkdir()
        folder = repository(register)
        clerk = Clerk(folder, TODAY)
        mayor(clerk, "ba-brezna-luka", date(2026, 2, 1))
        application = {"received": "2026-02-02", "form": PAPER, "letter": PAPER}
        applicant = applications.Applicant(
            "Rosendol", "BG", application | {"criteria": ["pledge", "aims"]}, elected=PAPER
        )
        clerk.act(date(2026, 2, 2), partial(applications.submit, applicant=applicant))
        asked = Convening("ec", "2026-03-10T10:00:00+03:00")
        clerk.act(date(2026, 3, 1), partial(meetings.convene, asked=asked))
        called = partial(attendance.roll_call, name=MEETING, at="2026-03-10T10:00:00+03:00")
        clerk.act(date(2026, 3, 10), partial(called, present=list(SEVEN)))
        question = Question("admission", "members/bg-rosendol", MEETING)
        sides = {"for": list(SEVEN)}
        voted = partial(decisions.record, question=question, ballots=sides, numbers=None)
        clerk.act(date(2026, 3, 10), voted)
        mayor(clerk, "ro-valea-alba", date(2026, 4, 1))
    return folder


def mayor(clerk: Clerk, city: str, day: date, name: str = "Ana Primer") -> None:
    told = mayors.Mandate(name, "mayor", Since(day, True))
    clerk.act(day, partial(mayors.mayor, city=city, told=told))


@pytest.fixture
def register(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The history, free to be tampered with; every commit is a second later than the last."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    return copied_to(told, tmp_path / "register")


def audited(folder: Path, asked: str | None = None, since: str | None = None) -> Answer[Any]:
    return audit(folder, TODAY, asked, since, lambda _done, _total: None)


def refused(answer: Answer[Any]) -> set[tuple[str, str]]:
    """Rule and short commit of everything but notes."""
    return {(f.rule, f.facts["commit"]) for f in answer.findings if f.kind != "note"}


def edit(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def commit(folder: Path, message: str = "By hand", **trailers: str) -> str:
    lines = "\n".join(f"{name.replace('_', '-')}: {value}" for name, value in trailers.items())
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "\n\n".join(filter(None, (message, lines))))
    return head(folder)


def head(folder: Path) -> str:
    return head_of(folder)


def act(**more: str) -> dict[str, str]:
    """The trailers of a mayor recorded on 2 May, as the tool writes them."""
    return {
        "B40_Act": "member mayor",
        "B40_Subject": "members/ba-brezna-luka",
        "B40_On": "2026-05-02",
        "B40_Edition": "2024-01",
        "B40_Actor": "Clerk <clerk@example.org>",
        "B40_Version": __version__,
        **more,
    }


def new_mayor(folder: Path, name: str = "Eva Secunda", day: str = "2026-05-02") -> None:
    """Another mayor from a day on."""
    edit(
        folder,
        MEMBER,
        "from: 2026-02-01}",
        f"from: 2026-02-01, until: {day}}}\n  - {{name: {name}, capacity: mayor, from: {day}}}",
    )


def test_a_version_that_the_repository_lost_is_named_by_its_commit(register: Path) -> None:
    """What stands today can be read; what stood there in between is missing."""
    new_mayor(register)
    lost = commit(register, **act())
    oid = git(register, "rev-parse", f"{lost}:{MEMBER}").strip()
    edit(register, MEMBER, "Eva Secunda", "Eva Prima")
    later = commit(register)
    (register / ".git/objects" / oid[:2] / oid[2:]).unlink()
    answer = audited(register)
    assert ("object-missing", lost) in refused(answer)
    assert ("object-missing", later) not in refused(answer)
    assert not answer.ok


def test_a_lawful_history_audits_clean(register: Path) -> None:
    answer = audited(register)
    assert (answer.exit_code, answer.ok, refused(answer)) == (0, True, set())
    assert answer.result["commits"] == 7
    assert answer.result["kinds"]["act"] == 6
    assert [f.rule for f in answer.findings] == ["opening-commit"]
    assert answer.commit == head(register)


def test_an_empty_repository_is_told_as_such(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "registry").mkdir()
    answer = audited(tmp_path)
    assert (answer.exit_code, answer.result["commits"], answer.result["head"]) == (0, 0, None)
    assert b40(tmp_path, "audit").stdout.startswith("Nothing is committed yet.")


def test_a_lawful_foreign_commit_is_only_noted(register: Path) -> None:
    new_mayor(register)
    foreign = commit(register)
    answer = audited(register)
    assert answer.exit_code == 0
    assert ("foreign-commit", foreign) in {(f.rule, f.facts["commit"]) for f in answer.findings}


def test_trailers_that_say_what_the_files_say_are_no_finding(register: Path) -> None:
    new_mayor(register)
    commit(register, **act())
    assert refused(audited(register)) == set()


@pytest.mark.parametrize(
    ("trailer", "said"),
    [
        ("B40_Act", "presidency handover"),
        ("B40_Subject", "members/ro-valea-alba"),
        ("B40_Decision", "EC-2026-001"),
        ("B40_On", "2026-13-01"),
        ("B40_On", "2025-12-31"),
        ("B40_On", "2027-01-01"),
        ("B40_Edition", "2031-01"),
        ("B40_Actor", "Somebody Else <else@example.org>"),
        ("B40_Version", "latest"),
    ],
)
def test_a_forged_trailer_is_a_finding(register: Path, trailer: str, said: str) -> None:
    new_mayor(register)
    forged = commit(register, **act(**{trailer: said}))
    answer = audited(register)
    assert answer.exit_code == 1
    assert refused(answer) == {("trailers-agree", forged)}
    assert trailer.replace("_", "-") in {f.facts.get("trailer") for f in answer.findings}


def test_a_trailer_that_is_missing_or_said_twice_is_a_finding(register: Path) -> None:
    new_mayor(register)
    without = commit(register, **{k: v for k, v in act().items() if k != "B40_On"})
    edit(register, MEMBER, "Secunda", "Secunda")
    assert refused(audited(register)) == {("trailers-agree", without)}


def test_the_day_of_a_decision_is_the_day_of_its_act(register: Path) -> None:
    """The same change as the tool's own, told under another day."""
    git(register, "reset", "-q", "--hard", "HEAD~1")
    message = git(register, "log", "-1", "--format=%B")
    git(
        register,
        "commit",
        "-q",
        "--amend",
        "-m",
        message.replace("On: 2026-03-10", "On: 2026-03-12"),
    )
    answer = audited(register)
    assert refused(answer) == {("trailers-agree", head(register))}


def test_an_act_that_changes_nothing_is_a_finding(register: Path) -> None:
    empty = commit(register, **act())
    assert refused(audited(register)) == {("trailers-agree", empty)}


def test_a_closed_record_is_closed_for_ever(register: Path) -> None:
    edit(register, VOTE, "title: Admission", "title: Refusal")
    altered = commit(register)
    new_mayor(register)
    commit(register)
    answer = audited(register)
    assert refused(answer) == {("closed-records-are-immutable", altered)}
    found = next(f for f in answer.findings if f.kind == "validity")
    assert (found.file, found.line > 1) == (VOTE, True)
    assert found.message.startswith(altered[:10])


def test_an_id_taken_away_and_given_anew_is_found_twice(register: Path) -> None:
    (register / MEMBER).unlink()
    gone = commit(register)
    again = records()[MEMBER] | {"name": "Another Town"}
    (register / MEMBER).write_text(
        "id: ba-brezna-luka\nname: Another Town\ncountry: BA\n"
        f"attested: {{since: {again['attested']['since']}, source: founding-list}}\n"
    )
    anew = commit(register)
    found = refused(audited(register))
    assert ("history-is-append-only", gone) in found
    assert ("ids-never-reused", anew) in found


def test_a_revert_is_told_apart_and_judged(register: Path) -> None:
    git(register, "revert", "--no-edit", "HEAD")
    answer = audited(register)
    assert answer.result["kinds"]["revert"] == 1
    assert refused(answer) == {("history-is-append-only", head(register))}


@pytest.mark.parametrize(
    "said",
    [
        {"trailer.separators": "="},
        {"core.commentChar": "B"},
        {"trailer.B40-Act.key": "Foo", "trailer.x.key": "B40-Only"},
    ],
)
def test_how_the_auditor_writes_trailers_changes_no_answer(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, str]
) -> None:
    """Git reads them by its user's settings; what is found is kept for all that is asked later."""
    says(monkeypatch, tmp_path, said)
    assert {f.rule for f in audited(register).findings} == {"opening-commit"}
    (last, *_others) = Repository(register).log()
    assert last.trailers["B40-Act"]


def test_a_name_that_the_auditor_configured_makes_no_trailers_of_prose(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git takes a paragraph of prose for trailers where a name in it is one of `trailer.*.key`."""
    path = register / MEMBER
    for prose in ("Some prose.", "  Indented.", "# A mark\n  Indented.", "\u00a0\nB40-On: no"):
        path.write_text(path.read_text("utf-8") + "# By hand\n", "utf-8")
        message = f"By hand\n\n{prose}\nB40-Act: member set\n"
        git(register, "commit", "-qa", "--cleanup=verbatim", "-m", message)
    said = ["foreign"] * 4
    for key in ("Other", "B40-Act"):
        says(monkeypatch, tmp_path, {"trailer.act.key": key})
        answer = audited(register)
        assert [row["kind"] for row in answer.result["found"][1:]] == said
        assert not refused(answer)
        assert not any(commit.trailers for commit in Repository(register).log()[:4])
    git(register, "commit", "-qa", "--allow-empty", "--cleanup=verbatim", "-m", SIGNED)
    assert Repository(register).log()[0].trailers["B40-Confirms"] == "1\n2"


def test_a_squash_is_told_apart(register: Path) -> None:
    messages = git(register, "log", "-2", "--format=%B")
    git(register, "reset", "-q", "--soft", "HEAD~2")
    git(register, "commit", "-q", "-m", "Two acts\n\n" + messages)
    answer = audited(register)
    assert answer.result["kinds"]["squash"] == 1
    assert refused(answer) == set()


def test_times_that_run_backwards_are_a_finding(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_mayor(register)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-22T10:00:00+0300")
    backdated = commit(register)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-23T11:00:00+0300")
    edit(register, MEMBER, "Secunda", "Secunda")
    commit(register)
    assert refused(audited(register)) == {("times-run-backwards", backdated)}
    assert refused(audited(register, f"{backdated}~1..HEAD")) == {
        ("times-run-backwards", backdated)
    }


def test_a_file_nobody_can_read_stands_at_its_commit_and_the_rest_goes_on(register: Path) -> None:
    whole = (register / VOTE).read_text()
    (register / VOTE).write_text("id: [")
    broken = commit(register)
    new_mayor(register)
    commit(register, **act())
    (register / VOTE).write_text(whole.replace("title: Admission", "title: Refusal"))
    mended = commit(register)
    answer = audited(register)
    assert answer.exit_code == 1
    assert refused(answer) == {
        ("yaml-dialect", broken),
        ("closed-records-are-immutable", mended),
    }


def test_an_end_nobody_can_read_is_exit_3(register: Path) -> None:
    (register / MEMBER).write_text("id: [")
    commit(register)
    assert audited(register).exit_code == 3


def test_a_link_in_the_registry_is_a_finding_at_its_commit(register: Path) -> None:
    (register / "registry/members/bg-link.yaml").symlink_to("/etc/passwd")
    linked = commit(register)
    (register / "registry/members/bg-link.yaml").unlink()
    commit(register)
    answer = audited(register)
    assert refused(answer) == {("plain-files", linked)}


def branch(folder: Path, name: str) -> None:
    git(folder, "checkout", "-q", "-b", name)


def merge(folder: Path, name: str) -> str:
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", f"Merge {name}", name)
    return head(folder)


def test_a_merge_of_two_lawful_lines_is_lawful(register: Path) -> None:
    branch(register, "side")
    new_mayor(register)
    commit(register, **act())
    git(register, "checkout", "-q", "main")
    mayor(Clerk(register, TODAY), "tr-camliova", date(2026, 6, 1))
    merge(register, "side")
    answer = audited(register)
    assert (answer.result["kinds"]["merge"], answer.result["commits"]) == (1, 10)
    assert refused(answer) == set()


def test_what_a_merge_slips_in_is_found_at_the_merge(register: Path) -> None:
    branch(register, "side")
    new_mayor(register)
    commit(register, **act())
    merge(register, "side")
    edit(register, VOTE, "title: Admission", "title: Refusal")
    git(register, "add", "-A")
    git(register, "commit", "-q", "--amend", "--no-edit")
    assert refused(audited(register)) == {("closed-records-are-immutable", head(register))}


def test_what_a_merge_throws_away_of_the_other_side_is_found(register: Path) -> None:
    """The side's new record is not in the merge, though nobody on either line took it away."""
    branch(register, "side")
    mayor(Clerk(register, TODAY), "tr-camliova", date(2026, 6, 1))
    git(register, "checkout", "-q", "main")
    new_mayor(register)
    commit(register, **act())
    git(register, "merge", "-q", "--no-ff", "-s", "ours", "-m", "Merge side", "side")
    assert refused(audited(register)) == {("history-is-append-only", head(register))}


def test_what_a_merge_throws_away_of_its_own_line_is_found(register: Path) -> None:
    """Both lines wrote in one record; the merge takes the other's whole."""
    branch(register, "side")
    new_mayor(register, "Eva Secunda")
    commit(register, **act())
    git(register, "checkout", "-q", "main")
    new_mayor(register, "Ivo Tercio")
    commit(register, **act())
    git(register, "merge", "-q", "--no-ff", "-X", "theirs", "-m", "Merge side", "side")
    assert "Secunda" in (register / MEMBER).read_text()
    assert refused(audited(register)) == {("history-is-append-only", head(register))}


def test_two_lawful_lines_can_make_an_unlawful_merge(register: Path) -> None:
    """One line drops a source nobody cites, the other cites it."""
    sources = "registry/evidence/sources.yaml"
    with (register / sources).open("a") as file:
        file.write("  second-list: {what: Another list}\n")
    commit(register)
    branch(register, "side")
    (register / "registry/members/hr-novoselo.yaml").write_text(
        "id: hr-novoselo\nname: Novoselo\ncountry: HR\n"
        "attested: {since: 2025-01-20, source: second-list}\n"
    )
    commit(register)
    git(register, "checkout", "-q", "main")
    edit(register, sources, "  second-list: {what: Another list}\n", "")
    commit(register)
    merged = merge(register, "side")
    new_mayor(register)
    commit(register)
    assert refused(audited(register)) == {("references-resolve", merged)}


def test_a_crime_on_a_side_line_is_found_at_its_commit(register: Path) -> None:
    branch(register, "side")
    edit(register, VOTE, "title: Admission", "title: Refusal")
    crime = commit(register)
    git(register, "checkout", "-q", "main")
    mayor(Clerk(register, TODAY), "tr-camliova", date(2026, 6, 1))
    merge(register, "side")
    assert ("closed-records-are-immutable", crime) in refused(audited(register))


def test_ranges(register: Path) -> None:
    tip = head(register)
    assert audited(register, "HEAD~2..HEAD").result["commits"] == 2
    assert audited(register, "HEAD~2..").result["commits"] == 2
    assert audited(register, "HEAD~2").result["commits"] == 5
    assert audited(register, f"{tip}..{tip}").result["commits"] == 0
    odd = ("HEAD~2...HEAD", "..HEAD", "nowhere..HEAD", "HEAD..nowhere", "--all", "HEAD..HEAD~2")
    for wrong in odd:
        with pytest.raises(UsageError):
            audited(register, wrong)


def test_since_a_published_commit(register: Path) -> None:
    published = git(register, "rev-parse", "HEAD~2").strip()
    answer = audited(register, since=published)
    assert (answer.exit_code, answer.result["commits"], answer.result["since"]) == (0, 2, published)
    with pytest.raises(UsageError):
        audited(register, "HEAD~1..HEAD", since=published)
    with pytest.raises(UsageError):
        audited(register, since="nonsense")


@pytest.mark.parametrize("known", [True, False])
def test_a_history_that_lost_what_was_published_is_refused(register: Path, known: bool) -> None:
    published = head(register)
    git(register, "reset", "-q", "--hard", "HEAD~1")
    new_mayor(register)
    commit(register)
    for told in (published, published[:12]) if known else ("ab" * 20, "AB" * 6):
        answer = audited(register, since=told)
        assert answer.exit_code == 1
        assert [f.rule for f in answer.findings] == ["history-contains-since"]
        assert answer.result["commits"] == 0


def test_half_a_clone_is_refused(register: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{register}", "half")
    with pytest.raises(UnreadableError, match="only the end"):
        audited(tmp_path / "half")


def test_a_graft_hides_no_commit(register: Path) -> None:
    edit(register, VOTE, "title: Admission", "title: Refusal")
    altered = commit(register)
    edit(register, VOTE, "title: Refusal", "title: Admission")
    mended = commit(register)
    grafts = register / ".git" / "info" / "grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"{mended} {git(register, 'rev-parse', 'HEAD~2')}")
    git(register, "replace", "--graft", mended, f"{altered}~1")
    assert git(register, "rev-list", "--count", "HEAD").strip() == "8"
    assert ("closed-records-are-immutable", altered) in refused(audited(register))


def told_in_json(folder: Path) -> Any:
    done = b40(folder, "audit", "--json", "--on", "2026-11-23")
    return json.loads(done.stdout)


def test_the_memory_never_changes_an_answer(register: Path) -> None:
    edit(register, VOTE, "title: Admission", "title: Refusal")
    commit(register)
    new_mayor(register)
    commit(register, **act(B40_Edition="2031-01"))
    first = told_in_json(register)
    assert told_in_json(register) == first
    (memory,) = Repository(register).cache_folder().glob("audit-*.lines")
    lines = memory.read_text().splitlines()
    assert len([line for line in lines if line]) == 9
    for kept in (lines[:4], lines[6:], lines[::2], ["0" * 40 + " 3 x"], [lines[3][:-1]]):
        memory.write_text("\n".join(kept))
        assert told_in_json(register) == first


def test_a_record_read_before_is_not_read_again_at_any_age(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What judges changed, what reads did not: the findings are worked out anew, of known texts."""
    monkeypatch.setattr(rejudged_module, "MANY", 10)
    monkeypatch.setattr(replay_module, "MANY", 10)
    monkeypatch.setattr(rejudged_module, "side_by_side", lambda here, there: (here(), there()))
    edit(register, VOTE, "title: Admission", "title: Refusal")
    commit(register)
    new_mayor(register)
    edit(register, VOTE, "title: Refusal", "title: [Refusal")
    commit(register)
    edit(register, VOTE, "title: [Refusal", "title: Admission")
    commit(register)
    first = audited(register).findings
    state = Repository(register).cache_folder()
    kept = {f: f.read_bytes() for name in ("records", "versions") for f in state.glob(f"{name}-*")}
    assert len(kept) == 2
    read: list[str] = []

    def noted(path: str, data: bytes) -> Reading:
        read.append(path)
        return reads(path, data)

    monkeypatch.setattr(replay_module, "read", noted)
    for memory in state.glob("audit-*.lines"):
        memory.unlink()
    assert audited(register).findings == first
    assert set(read) == {VOTE}, "what cannot be read is not kept"
    assert kept == {file: file.read_bytes() for file in kept}


@pytest.mark.parametrize("sizes", [(1,) * 60, (500, *(1,) * 60), (*(1,) * 60, 500)])
def test_of_two_halves_none_is_empty_however_large_one_commit_is(sizes: tuple[int, ...]) -> None:
    made = Commit("", "2026-03-10", "Clerk", "", "", {})
    change = FileChange(MEMBER, None, SHA)
    line = [Recorded(made, (), n, (change,) * size) for n, size in enumerate(sizes)]
    earlier, later = rejudged_module._halves(line)
    assert earlier and later and [*earlier, *later] == line


def test_an_audit_that_goes_on_behind_a_broken_file_knows_what_it_held(register: Path) -> None:
    whole = (register / VOTE).read_text()
    (register / VOTE).write_text("id: [")
    commit(register)
    (register / MEMBER).unlink()
    (register / MEMBER).symlink_to("/etc/passwd")
    commit(register)
    (register / MEMBER).unlink()
    (register / MEMBER).write_text("id: ba-brezna-luka\nname: Other\ncountry: BA\n")
    (register / VOTE).write_text(whole.replace("title: Admission", "title: Refusal"))
    mended = commit(register)
    first = told_in_json(register)
    assert ("closed-records-are-immutable", mended) in refused(audited(register))
    (memory,) = Repository(register).cache_folder().glob("audit-*.lines")
    lines = [line for line in memory.read_text().splitlines() if line]
    for kept in range(len(lines)):
        memory.write_text("".join(f"{line}\n" for line in lines[:kept]))
        assert told_in_json(register) == first, kept


def test_an_interrupted_audit_goes_on_where_it_was(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told_in_json(register)
    shutil.rmtree(Repository(register).cache_folder())
    real = Replay._findings
    judged: list[str] = []

    def stops(self: Replay, r: Any, *more: Any) -> Any:
        if len(judged) == 3:
            raise KeyboardInterrupt
        judged.append(r.oid)
        return real(self, r, *more)

    def counts(self: Replay, r: Any, *more: Any) -> Any:
        judged.append(r.oid)
        return real(self, r, *more)

    monkeypatch.setattr(Replay, "_findings", stops)
    with pytest.raises(KeyboardInterrupt):
        audited(register)
    monkeypatch.setattr(Replay, "_findings", counts)
    audited(register)
    assert len(judged) == len(set(judged)) == 7
    assert told_in_json(register) == whole


def of_version(
    patch: pytest.MonkeyPatch, version: str, *changes: EngineChange
) -> Callable[[str, str], Finding]:
    """What a version with these changes says of one refused act: by whom it was made, and when."""
    patch.setattr(audit_engine, "__version__", version)
    patch.setattr(audit_engine, "CHANGES", changes)
    finding = Finding("ids-never-reused", "validity", "the record", "It is so.", "", "x")
    return lambda made_by, day: both_verdicts(finding, {"B40-Version": made_by}, day)


def test_an_act_of_another_version_is_told_with_both_verdicts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = of_version(monkeypatch, "0.2.0")("0.0.9", "2026-12-31")
    assert both.facts["verdicts"] == {"0.0.9": "lawful", "0.2.0": "refused"}
    assert both.kind == "validity"
    change = EngineChange("0.2.0", "2027-01-01", "ids-never-reused", "ids are compared.")
    said = of_version(monkeypatch, "0.2.0", change)
    assert said("0.0.9", "2026-12-31").kind == "note"
    for made_by in ("0.2.0", ""):
        assert not said(made_by, "2026-12-31").facts
    forged = said("0.0.9", "2027-01-01")
    assert forged.kind == "validity", "made after the change, by a version from before it"


def refusing(case: Case, path: str) -> Iterator[Breach]:
    """A rule that was not there when the vote was closed."""
    decision = case.after.decision_in(path)
    if decision is not None and decision.state == "adopted":
        yield Breach("It is so.", "Mend it.", ("title",))


def stricter(patch: pytest.MonkeyPatch, listed: bool) -> None:
    """The next version of the tool: one rule more, and its row."""
    rule = Rule("ids-never-reused", "x", ("decisions",), refusing, "x", "x", "x")
    patch.setattr(table, "RULES", (*table.RULES, rule))
    patch.setattr(table, "_ABOUT", {})
    row = EngineChange("9.0.0", "2999-01-01", "ids-never-reused", "a title is looked at")
    patch.setattr(audit_engine, "__version__", "9.0.0")
    patch.setattr(audit_engine, "CHANGES", (row,) if listed else ())


@pytest.mark.parametrize("listed", [True, False])
def test_the_state_at_the_end_is_told_as_its_acts(
    register: Path, monkeypatch: pytest.MonkeyPatch, *, listed: bool
) -> None:
    stricter(monkeypatch, listed)
    whole = check(register, TODAY, None, strict=False)
    tip = audited(register)
    assert (whole.ok, tip.ok) == (listed, listed)
    for answer in (whole, tip):
        found = [f for f in answer.findings if f.file == VOTE and f.rule == "ids-never-reused"]
        assert {f.kind for f in found} == {"note" if listed else "validity"}
        assert not listed or all("9.0.0 refuses it" in f.message for f in found)


def test_a_record_that_was_changed_since_is_refused(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An earlier version did not write it as it stands."""
    stricter(monkeypatch, listed=True)
    file = register / VOTE
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")
    assert not check(register, TODAY, None, strict=False).ok


def test_every_change_of_the_engine_is_listed_for_readers() -> None:
    page = Path(audit_engine.__file__).parents[3] / "docs" / "engine-changes.md"
    rows = [
        tuple(cell.strip(" `") for cell in line.strip("|").split("|"))
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert [EngineChange(*row) for row in rows] == list(CHANGES)


def test_at_the_terminal_findings_stand_under_their_commit(register: Path) -> None:
    edit(register, VOTE, "title: Admission", "title: Refusal")
    altered = commit(register, "Mend a title")
    done = b40(register, "audit")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    at = lines.index(f"{altered[:10]}  2026-11-23  Mend a title")
    assert "closed-records-are-immutable" in lines[at + 1]
    assert done.stderr == ""


def test_a_change_bears_on_records_lists_and_words() -> None:
    gone, named = "registry/groups/old.yaml", "registry/decisions/2026/EC-2026-001.yaml"
    state = MovingTree({gone: "0" * 40, named: "1" * 40}, {gone: "{}", named: '{"annuls":"x"}'})
    standing = MovingRegistry(state)
    standing.words |= {"annuls", "candidates"}
    nodes = set(_nodes(standing, state, {gone: None, named: ("2" * 40, "{}")}))
    folders = {"registry/", "registry/groups/", "registry/groups/*", "registry/decisions/2026/*"}
    assert nodes == {gone, named, "?annuls", *folders}


def test_findings_of_every_sort_have_the_shape_of_the_contract(register: Path) -> None:
    new_mayor(register)
    forged = commit(register, **act(B40_Edition="2031-01"))
    edit(register, VOTE, "title: Admission", "title: Refusal")
    commit(register)
    done = b40(register, "audit", "--json")
    answer = json.loads(done.stdout)
    assert list(explain("output", answer)) == []
    assert done.returncode == 1
    assert [f["rule"] for f in answer["findings"][:2]] == [
        *("trailers-agree", "closed-records-are-immutable"),
    ]
    assert answer["findings"][0]["facts"]["commit"] == forged
    assert [about["kind"] for about in answer["result"]["found"]] == ["opening", "act", "foreign"]


def test_a_vote_closed_falsely_is_found_where_it_was_closed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was counted while it was open, without a ballot, is not taken for its count."""
    at = Office(scene(tmp_path, "meeting", "applicant"), capsys)
    asked = ("admission", "--subject", "bg-rosendol", "--meeting", MEETING)
    at.asks("decision", "propose", *asked)
    for step in (("open",), ("vote", "--for", ALL), ("close",)):
        at.asks("decision", step[0], "EC-2026-001", *step[1:])
    file = at.folder / VOTE
    file.write_text(at.text(VOTE).replace("state: adopted", "state: rejected"))
    git(at.folder, "commit", "-qa", "--amend", "-m", at.message())
    said = [f.message for f in audited(at.folder).findings]
    told = f"{at.head()[:10]}: EC-2026-001 is recorded as rejected"
    assert any(message.startswith(told) for message in said)
