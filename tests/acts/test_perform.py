"""The one path of change: what a commit says, what an edit leaves alone, what is never written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from b40cli import __version__
from b40cli.acts import applications, members
from b40cli.acts.change.perform import perform
from b40cli.model.errors import ConflictError
from tests.acts.scene import ALL, CITY, VOTE, Office, scene, session
from tests.invented import MEETING, SEVEN, SHA, git
from tests.scenario import ask
from tests.store.checkout import snapshot

WRITTEN_BY_HAND = """\
# Rosendol, on the river.
id: bg-rosendol
name: "Rosendol"   # quoted by hand
country: BG


government: {kind: municipality, elected: {evidence: {sha256: "SHA"}}}
application:
    # came by post
    received: 2026-02-02      # stamped
    form: {sha256: "SHA"}
    letter:
        sha256: "SHA"
    criteria: [pledge, aims]
# the end
""".replace("SHA", SHA)


def test_a_commit_says_who_did_what_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The subject, the arithmetic with its articles, and every trailer of the contract."""
    office = Office(
        scene(
            tmp_path,
            "meeting",
            "applicant",
            "open admission",
            given={
                "decisions/2026/EC-2026-001": {"ballots": {"for": SEVEN[:6], "abstain": SEVEN[6:]}}
            },
        ),
        capsys,
    )
    office.asks("decision", "close", "EC-2026-001")
    assert office.message() == (
        "decision: close EC-2026-001, admission of Rosendol rejected\n"
        "\n"
        "Quorum: 7 of 7 seats, 4 required (Art. 13).\n"
        "Majority: 6 for, 7 of 7 required, unanimity (Art. 5).\n"
        "Readings: turns, on INT-03 (unanimity-of-votes-cast: adopted; simple-majority: adopted).\n"
        "It would have turned with 1 ballot cast for it instead of an abstention.\n"
        "\n"
        "B40-Act: decision close\n"
        "B40-Subject: members/bg-rosendol\n"
        "B40-Decision: EC-2026-001\n"
        "B40-On: 2026-03-10\n"
        "B40-Edition: 2024-01\n"
        "B40-Actor: Clerk <clerk@example.org>\n"
        f"B40-Version: {__version__}\n\n"
    )


def test_every_act_is_one_commit_with_its_trailers(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A whole matter, act by act: subjects as they stand in the log, and trailers git can read."""
    office = Office(scene(tmp_path), capsys)
    form, letter = str(papers / "form.txt"), str(papers / "letter.txt")
    elections, decision = str(papers / "elections.txt"), str(papers / "decision.txt")
    apply = ("application", "submit", "Rosendol", "--country", "BG", "--gazetteer", "none")
    office.asks(*apply, "--form", form, "--letter", letter, "--elected", elections)
    office.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    given = ("--from", SEVEN[6], "--to", SEVEN[5], "--document", str(papers / "proxy.txt"))
    sent = ("--sent-secretary", "2026-03-09T09:00", "--sent-president", "2026-03-09T09:00")
    office.asks("proxy", "give", MEETING, *given, *sent)
    office.asks("meeting", "roll-call", MEETING, "--present", ",".join(SEVEN[:6]))
    office.asks(
        "decision", "propose", "admission", "--subject", "bg-rosendol", "--meeting", MEETING
    )
    office.asks("decision", "open", "EC-2026-001")
    office.asks("decision", "vote", "EC-2026-001", "--for", ALL)
    office.asks("decision", "close", "EC-2026-001")
    office.asks("member", "sign", "bg-rosendol", "--place", "Rosendol", on="2026-03-20")
    office.asks("member", "mayor", "hr-kamenik", "Ana Primer", on="2026-03-20")
    act = ("mk-planinsko", "--evidence", decision)
    office.asks("member", "suspend", *act, "--grounds", "Statements of 12 May.", on="2026-05-16")
    office.asks("member", "reinstate", *act, on="2026-06-01")
    log = git(office.folder, "log", "--reverse", "--format=%s", "HEAD").splitlines()[1:]
    assert log == [
        "application: Rosendol, received 2026-03-10",
        "meeting: convene 2026-03-10-ec",
        "proxy: si-jezerna to me-zalivgrad for 2026-03-10-ec",
        "meeting: roll call 1 of 2026-03-10-ec, 6 present",
        "decision: propose EC-2026-001, admission of Rosendol",
        "decision: open EC-2026-001, admission of Rosendol",
        "decision: record 7 ballots in EC-2026-001",
        "decision: close EC-2026-001, admission of Rosendol adopted",
        "member: Rosendol signs the Declaration, 2026-03-20",
        "member: Ana Primer mayor of Kamenik from 2026-03-20",
        "member: suspend Planinsko, PR-2026-001 of the President",
        "member: reinstate Planinsko, PR-2026-002 of the President",
    ]
    trailers = git(office.folder, "log", "--format=%(trailers:keyonly,separator=%x2C)", "-12")
    required = {"B40-Act", "B40-Subject", "B40-On", "B40-Edition", "B40-Actor", "B40-Version"}
    for line in trailers.splitlines():
        assert set(line.split(",")) - {"B40-Decision"} == required
    assert git(office.folder, "status", "--porcelain") == ""
    assert office.asks("check", on="2026-06-01")["result"]["counts"]["validity"] == 0


def test_what_a_commit_says_of_a_decision_recorded_after_the_meeting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`decision record` says the same arithmetic as `decision close`."""
    office = Office(scene(tmp_path, "meeting", "applicant"), capsys)
    about = ("--subject", "bg-rosendol", "--meeting", MEETING)
    office.asks("decision", "record", "admission", *about, "--for", ALL)
    body = office.message().split("\n\n")[1]
    assert body == (
        "Quorum: 7 of 7 seats, 4 required (Art. 13).\n"
        "Majority: 7 for, 7 of 7 required, unanimity (Art. 5).\n"
        "Readings: robust.\n"
        "It would have turned with 1 ballot cast against instead of for it."
    )


def test_a_vote_that_annuls_itself_has_no_effect(tmp_path: Path) -> None:
    """What a recorded vote would have needed to turn is asked before the vote is on record."""
    folder = scene(tmp_path, "meeting", "applicant")
    annulment = ("record", "annulment", "--annuls", "EC-2026-001", "--effect", "ex-tunc")
    heard = ask(
        folder, "decision", *annulment, "--meeting", MEETING, "--for", ALL, "--on", "2026-03-10"
    )
    assert heard.code == 0, heard
    assert "annulment of EC-2026-001 invalid" in heard.out and "turned" not in heard.out


def test_a_commit_designates_kosovo(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The history is read by others, too: the asterisk stands there as everywhere (Art. 1)."""
    office = Office(scene(tmp_path, "meeting"), capsys)
    words = ("--title", "On roads in Kosovo", "--meeting", MEETING)
    office.asks("decision", "propose", "resolution", *words)
    title = "title: On roads in Kosovo\n"
    assert title in office.text("registry/decisions/2026/EC-2026-001.yaml")
    grounds = ("--grounds", "Kosovo and more", "--evidence", str(papers / "decision.txt"))
    office.asks("member", "suspend", "mk-planinsko", "--person", "Ana Primer", *grounds)
    said = git(office.folder, "log", "--format=%B")
    assert "Kosovo" in said and said.count("Kosovo") == said.count("Kosovo*")


def test_an_edit_leaves_every_other_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Comments, blanks, quotes, order and a hand's indentation stay as they were."""
    folder = scene(tmp_path, "applicant")
    (folder / CITY).write_text(WRITTEN_BY_HAND)
    git(folder, "commit", "-qam", "a hand's layout")
    office = Office(folder, capsys)
    office.asks("application", "withdraw", "bg-rosendol")
    assert office.text(CITY) == WRITTEN_BY_HAND.replace(
        "    criteria: [pledge, aims]\n",
        "    criteria: [pledge, aims]\n    withdrawn: 2026-03-10\n",
    )


def test_an_append_deletes_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A note that ends a file stays above nothing else than before; lists only grow."""
    folder = scene(tmp_path, "meeting")
    path = f"registry/meetings/{MEETING}.yaml"
    text = (folder / path).read_text().replace("roll_calls:", "# who answered\nroll_calls:")
    (folder / path).write_text(text)
    git(folder, "commit", "-qam", "a comment")
    office = Office(folder, capsys)
    called = ("--present", ",".join(SEVEN[:4]), "--at", "2026-03-10T14:00")
    office.asks("meeting", "roll-call", MEETING, *called)
    numbers = git(folder, "diff", "--numstat", "HEAD~1", "HEAD").split()
    assert numbers[1] == "0" and numbers[2] == path
    assert office.text(path).startswith(text.rstrip("\n"))


REFUSED = ("member", "sign", "tr-camliova", "--ceremony", "2027-01-25-summit")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("decision", "open", "EC-2026-001", "--dry-run"), 0),
        (("decision", "close", "EC-2026-001", "--dry-run"), 1),
        (("decision", "close", "EC-2026-001"), 1),
        (REFUSED, 1),
        (("member", "sign", "si-nikjer"), 2),
        (("decision", "withdraw", "EC-2026-009"), 2),
    ],
)
def test_nothing_is_written(
    words: tuple[str, ...], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A dry run, a refusal and a slip leave HEAD, refs, index and files as they were."""
    folder = scene(tmp_path, "meeting", "applicant", "proposed admission")
    before = snapshot(folder)
    answer = Office(folder, capsys).asks(*words, exits=code)
    assert answer["commit"] is None
    assert answer["ok"] == (code == 0)
    assert snapshot(folder) == before


def test_a_dry_run_shows_the_plan_and_the_act_does_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The diff shown is the diff committed; findings and result are the same."""
    folder = scene(tmp_path, "meeting", "applicant", "proposed admission")
    opened = session(folder)
    proposal = applications.withdraw_application(opened, "bg-rosendol")
    plan = perform(opened, proposal, dry_run=True).told
    assert plan is not None and "+  withdrawn: 2026-03-10" in plan
    office = Office(folder, capsys)
    dry = office.asks("decision", "open", "EC-2026-001", "--dry-run")
    done = office.asks("decision", "open", "EC-2026-001")
    assert {**done, "commit": None} == dry
    assert done["commit"] == office.head()


def test_on_a_branch_for_a_pull_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """HEAD, index and files stay; the new branch is one commit ahead."""
    folder = scene(tmp_path, "applicant")
    office = Office(folder, capsys)
    before = snapshot(folder)
    head = office.head()
    answer = office.asks("application", "withdraw", "bg-rosendol", "--branch", "rosendol-withdraws")
    after = snapshot(folder)
    assert {**after, "refs": None} == {**before, "refs": None}
    assert office.head() == head
    assert git(folder, "rev-parse", "rosendol-withdraws~1").strip() == head
    assert git(folder, "rev-parse", "rosendol-withdraws").strip() == answer["commit"]
    assert "withdrawn: 2026-03-10" in git(folder, "show", f"rosendol-withdraws:{CITY}")
    office.asks("application", "withdraw", "bg-rosendol", "--branch", "rosendol-withdraws", exits=4)


TWICE = [
    (("applicant",), ("application", "withdraw", "bg-rosendol"), DAY_LATER := "2026-03-11"),
    (("applicant",), ("member", "sign", "bg-rosendol", "--place", "Rosendol"), DAY_LATER),
    ((), ("member", "mayor", "tr-camliova", "Ada Deneme", "--from", "2026-03-01"), DAY_LATER),
    ((), ("meeting", "convene", "ec", "--opens", "2026-03-12T10:00"), DAY_LATER),
    (
        ("meeting",),
        ("meeting", "roll-call", MEETING, "--present", ALL, "--at", "2026-03-10T14:00"),
        "2026-03-10",
    ),
    (
        ("meeting", "applicant", "proposed admission"),
        ("decision", "open", "EC-2026-001"),
        "2026-03-10",
    ),
    (
        ("meeting", "applicant", "open admission"),
        ("decision", "vote", "EC-2026-001", "--for", ALL),
        "2026-03-10",
    ),
    (
        ("meeting", "applicant", "open admission"),
        ("decision", "withdraw", "EC-2026-001"),
        DAY_LATER,
    ),
]


@pytest.mark.parametrize(
    ("stock", "words", "later"), TWICE, ids=lambda value: "-".join(value[:2]) or "nothing"
)
def test_done_already_is_no_commit(
    stock: tuple[str, ...],
    words: tuple[str, ...],
    later: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same act again says so, exits 0 and records nothing, on a later day too."""
    folder = scene(tmp_path, *stock)
    office = Office(folder, capsys)
    first = office.asks(*words)
    assert first["commit"] == office.head()
    before = snapshot(folder)
    again = office.asks(*words, on=later)
    assert (again["ok"], again["commit"]) == (True, None)
    assert snapshot(folder) == before


def test_a_changed_file_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the user wrote is never overwritten: exit 4, nothing moves."""
    folder = scene(tmp_path, "applicant")
    (folder / CITY).write_text((folder / CITY).read_text() + "note: typed meanwhile\n")
    before = snapshot(folder)
    Office(folder, capsys).asks("application", "withdraw", "bg-rosendol", exits=4)
    assert snapshot(folder) == before


def test_a_changed_file_elsewhere_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An act does not commit what lies about, and does not judge it."""
    folder = scene(tmp_path, "applicant", "meeting")
    other = folder / VOTE
    other.parent.mkdir(parents=True)
    other.write_text("this is no record: [\n")
    office = Office(folder, capsys)
    office.asks("application", "withdraw", "bg-rosendol")
    assert git(folder, "status", "--porcelain").split() == ["??", "registry/decisions/"]
    assert other.read_text() == "this is no record: [\n"


def test_an_act_on_an_old_head_is_a_conflict(tmp_path: Path) -> None:
    """Two clerks at one register: the second one's act is refused whole."""
    folder = scene(tmp_path, "applicant")
    first, second = session(folder), session(folder)
    perform(first, applications.withdraw_application(first, "bg-rosendol"))
    before = snapshot(folder)
    with pytest.raises(ConflictError):
        perform(second, members.sign(second, "bg-rosendol", None, None, None, None))
    assert snapshot(folder) == before


@pytest.mark.parametrize("on", ["2026-01-04", "2027-01-01"])
def test_a_day_outside_the_register(
    on: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the opening day, and after today, nothing is done."""
    folder = scene(tmp_path, "applicant")
    answer = Office(folder, capsys).asks("application", "withdraw", "bg-rosendol", on=on, exits=2)
    assert re.match("usage", answer["findings"][0]["rule"])
