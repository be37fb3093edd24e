"""The same lawful and unlawful acts done by command, and done by editing YAML by hand.

Each act is proposed by the real acts layer. Its exact bytes are then written into the working files
without the command, and `check --base HEAD` must say what the command said: finding by finding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from b40cli.acts import (
    applications,
    attendance,
    decisions,
    mayors,
    meetings,
    members,
    proxies,
    voting,
)
from b40cli.acts.applications import Applicant
from b40cli.acts.change.perform import as_bytes, perform
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.questions import Question, propose
from b40cli.acts.change.unilateral import SignedPaper
from b40cli.acts.opened.session import Session
from b40cli.acts.register.checking import check
from b40cli.model.day import Since
from b40cli.model.finding import Finding
from tests.acts.scene import DAY, FILED, PAPER, Office, scene, session
from tests.invented import MEETING, SEVEN, git

EARLIER = Since(date(2026, 1, 6), True)

Propose = Callable[[Session], Proposal[Any]]
MET = {"all": list(SEVEN), "three": list(SEVEN[:3])}


class Act(NamedTuple):
    """An act: where it happens, what is proposed, on which day, and the rules that refuse it."""

    stock: tuple[str, ...]
    propose: Propose
    refused_by: set[str]
    on: str = DAY
    given: Mapping[str, Any] = {}
    noted: frozenset[str] = frozenset()


def applicant(country: str = "BG", **parts: Any) -> Applicant:
    application = {"received": "2026-02-02", "form": PAPER, "letter": PAPER, **parts}
    kept = {key: value for key, value in application.items() if value is not None}
    return Applicant("Rosendol", country, kept, elected=PAPER)


def suspending(city: str, grounds: str | None) -> Propose:
    return lambda s: members.decide_as_president(
        s, "suspension", city, SignedPaper("Ana Primer", PAPER, grounds)
    )


def reinstating(city: str) -> Propose:
    return lambda s: members.decide_as_president(
        s, "reinstatement", city, SignedPaper("Ana Primer", PAPER)
    )


def proxy(principal: str, holder: str, **changed: Any) -> Propose:
    paper, sent = changed.get("paper", PAPER), changed.get("sent", FILED)
    return lambda s: proxies.give(s, MEETING, principal, holder, paper, sent, {})


def recording(matter: str, subject: str, ballots: Mapping[str, Any], **more: Any) -> Propose:
    question = Question(matter, subject, MEETING, **more)
    return lambda s: decisions.record(s, question, ballots, None)


def convening(*requested_by: str) -> Propose:
    asked = meetings.Convening(
        "ec", "2026-04-14T10:00:00+03:00", "online", requested_by=requested_by
    )
    return lambda s: meetings.convene(s, asked)


THREE_PRESENT = {f"meetings/{MEETING}": {"roll_calls.0.present": MET["three"]}}
OPEN_VOTE = ("meeting", "applicant", "open admission")
REMOVAL = {
    "decisions/2026/EC-2026-001": {"matter": "removal", "subject": "members/tr-camliova"},
}
BALLOTS = {"decisions/2026/EC-2026-001": {"ballots": {"for": list(SEVEN)}}}
SUSPENDED = {"members/al-aldmar": {"suspensions": [{"from": "2026-02-16", "by": "PR-2026-001"}]}}

ACTS = {
    "a whole application": Act((), lambda s: applications.submit(s, applicant()), set()),
    "an incomplete application": Act(
        (), lambda s: applications.submit(s, applicant(form=None, letter=None)), set()
    ),
    "an application from Austria": Act(
        (), lambda s: applications.submit(s, applicant("AT")), {"country-in-the-region"}
    ),
    "an application of tomorrow": Act(
        (), lambda s: applications.submit(s, applicant(received="2026-03-11")), {"dates-in-order"}
    ),
    "an application taken back": Act(
        ("applicant",), lambda s: applications.withdraw_application(s, "bg-rosendol"), set()
    ),
    "a Declaration of an admitted city": Act(
        ("meeting", "applicant", "admission"),
        lambda s: members.sign(s, "bg-rosendol", None, "Rosendol", PAPER, None),
        set(),
        "2026-03-20",
    ),
    "a Declaration of a city that never applied": Act(
        ("applicant",),
        lambda s: members.sign(s, "bg-rosendol", None, None, None, None),
        {"declaration-signed"},
        given={"members/bg-rosendol": {"application": "gone"}},
    ),
    "a ceremony nobody recorded": Act(
        ("applicant",),
        lambda s: members.sign(s, "bg-rosendol", None, None, None, "2027-01-25-summit"),
        {"references-resolve"},
    ),
    "a mayor": Act(
        (),
        lambda s: mayors.mayor(
            s, "tr-camliova", mayors.Mandate("Ada Deneme", "mayor", Since(s.on, True))
        ),
        set(),
    ),
    "a mandate that ends before it begins": Act(
        (),
        lambda s: mayors.mayor(
            s, "tr-camliova", mayors.Mandate("Ada", "mayor", Since(s.on, True), EARLIER)
        ),
        {"dates-in-order"},
    ),
    "a suspension by the President": Act(
        (), suspending("mk-planinsko", "Statements of 12 February."), set()
    ),
    "a suspension without grounds": Act(
        (), suspending("mk-planinsko", None), {"suspension-by-president-or-committee"}
    ),
    "a suspension of an applicant": Act(
        ("applicant",),
        suspending("bg-rosendol", "Statements."),
        {"suspension-by-president-or-committee"},
    ),
    "a second suspension": Act(
        ("suspension by the President",),
        suspending("mk-planinsko", "Statements."),
        {"suspension-by-president-or-committee"},
    ),
    "a suspension entered late, that an earlier roll would have known of": Act(
        ("meeting", "resolution"),
        suspending("al-aldmar", "Statements."),
        set(),
        "2026-03-09",
        noted=frozenset({"earlier-roll-affected"}),
    ),
    "a reinstatement by the President of what the President imposed": Act(
        ("suspension by the President",), reinstating("mk-planinsko"), set()
    ),
    "a reinstatement by the President of what the committee imposed": Act(
        ("meeting", "suspension"),
        reinstating("ba-brezna-luka"),
        {"suspension-by-president-or-committee"},
        "2026-04-01",
    ),
    "a meeting convened": Act((), convening(), set()),
    "a meeting that two ask for": Act((), convening(SEVEN[1], SEVEN[4]), set()),
    "a meeting that one asks for": Act((), convening(SEVEN[1]), {"convened-by"}),
    "a roll call": Act(
        ("meeting",),
        lambda s: attendance.roll_call(s, MEETING, "2026-03-10T14:00:00+03:00", SEVEN[:4]),
        set(),
    ),
    "a roll call of a city nobody knows": Act(
        ("meeting",),
        lambda s: attendance.roll_call(s, MEETING, "2026-03-10T14:00:00+03:00", ["si-nikjer"]),
        {"references-resolve"},
    ),
    "a roll call a week after the meeting": Act(
        ("meeting",),
        lambda s: attendance.roll_call(s, MEETING, "2026-03-10T14:00:00+03:00", SEVEN[:4]),
        {"closed-records-are-immutable"},
        "2026-03-17",
    ),
    "a proxy": Act(("meeting",), proxy(SEVEN[6], SEVEN[5]), set()),
    "a proxy to oneself": Act(("meeting",), proxy(SEVEN[6], SEVEN[6]), {"committee-proxy"}),
    "a proxy by word of mouth": Act(
        ("meeting",), proxy(SEVEN[6], SEVEN[5], paper=None), {"committee-proxy"}
    ),
    "a proxy to a stranger": Act(("meeting",), proxy(SEVEN[6], "tr-camliova"), {"committee-proxy"}),
    "a proposal": Act(
        ("meeting", "applicant"),
        lambda s: propose(s, Question("admission", "members/bg-rosendol", MEETING)),
        set(),
    ),
    "a proposal on a matter nobody knows": Act(
        ("meeting",),
        lambda s: propose(s, Question("expedition", "members/tr-camliova", MEETING)),
        {"no-silent-rule", "committee-competence"},
    ),
    "a proposal on a matter of another body": Act(
        ("meeting",),
        lambda s: propose(s, Question("removal", "members/tr-camliova", MEETING, grounds="Acts.")),
        {"committee-competence"},
    ),
    "a proposal to a meeting that is over": Act(
        ("meeting",),
        lambda s: propose(s, Question("resolution", None, MEETING)),
        {"dates-in-order"},
        "2026-03-11",
    ),
    "a vote opened": Act(
        ("meeting", "applicant", "proposed admission"),
        lambda s: decisions.open_(s, "EC-2026-001"),
        set(),
    ),
    "a vote opened without a quorum": Act(
        ("meeting", "applicant", "proposed admission"),
        lambda s: decisions.open_(s, "EC-2026-001"),
        {"committee-quorum"},
        given=THREE_PRESENT,
    ),
    "a vote opened on an incomplete application": Act(
        ("meeting", "applicant", "proposed admission"),
        lambda s: decisions.open_(s, "EC-2026-001"),
        {"application-is-complete"},
        given={"members/bg-rosendol": {"application": {"letter": "gone"}}},
    ),
    "a vote opened on a removal": Act(
        ("meeting", "applicant", "proposed admission"),
        lambda s: decisions.open_(s, "EC-2026-001"),
        {"committee-competence", "removal-by-assembly", "removal-on-the-notice"},
        given=REMOVAL,
    ),
    "ballots": Act(OPEN_VOTE, lambda s: voting.vote(s, "EC-2026-001", {"for": SEVEN}), set()),
    "a ballot of a stranger": Act(
        OPEN_VOTE,
        lambda s: voting.vote(s, "EC-2026-001", {"for": ["tr-camliova"]}),
        {"one-vote-per-member"},
    ),
    "a vote closed": Act(
        OPEN_VOTE, lambda s: decisions.close(s, "EC-2026-001"), set(), given=BALLOTS
    ),
    "a vote closed without ballots": Act(
        OPEN_VOTE,
        lambda s: decisions.close(s, "EC-2026-001"),
        {"admission-needs-unanimity"},
    ),
    "an admission recorded": Act(
        ("meeting", "applicant"),
        recording("admission", "members/bg-rosendol", {"for": SEVEN}),
        set(),
    ),
    "an admission recorded that failed": Act(
        ("meeting", "applicant"),
        recording("admission", "members/bg-rosendol", {"for": SEVEN[:6], "abstain": SEVEN[6:]}),
        set(),
    ),
    "an admission recorded that had no quorum": Act(
        ("meeting", "applicant"),
        recording("admission", "members/bg-rosendol", {"for": SEVEN[:3]}),
        set(),
        given=THREE_PRESENT,
    ),
    "a suspension by the committee": Act(
        ("meeting",),
        recording("suspension", "members/tr-camliova", {"for": SEVEN}, grounds="Statements."),
        set(),
    ),
    "a proposal withdrawn": Act(OPEN_VOTE, lambda s: decisions.withdraw(s, "EC-2026-001"), set()),
}


@pytest.fixture(params=list(ACTS), name="act")
def named(request: pytest.FixtureRequest) -> Act:
    return ACTS[request.param]


def by_hand(folder: Path, changes: Mapping[str, bytes]) -> None:
    """What an editor does: write files, and tell nobody."""
    for path, data in changes.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def essence(findings: tuple[Finding, ...]) -> list[tuple[Any, ...]]:
    """All a reader sees of findings."""
    return [
        (f.rule, f.kind, f.file, f.line, f.column, f.message, f.remedy, f.facts) for f in findings
    ]


def test_by_command_and_by_hand_the_same(act: Act, tmp_path: Path) -> None:
    """One judge: the finding, the place, the numbers and the exit code are the same.

    And what was judged is what is written: a lawful act commits exactly those bytes, a refused one
    none.
    """
    folder = scene(tmp_path, *act.stock, given=act.given)
    opened = session(folder, act.on)
    proposal = act.propose(opened)
    changes = as_bytes(opened, proposal.edits)
    answer = perform(opened, proposal, dry_run=True)
    before = {path: (folder / path).read_bytes() for path in changes if (folder / path).exists()}
    by_hand(folder, changes)
    checked = check(folder, date.fromisoformat(act.on), "HEAD", False)

    assert changes
    assert essence(checked.findings) == essence(answer.findings)
    assert checked.findings == answer.findings
    assert checked.exit_code == answer.exit_code == bool(act.refused_by)
    assert {f.rule for f in answer.findings if f.kind == "validity"} == act.refused_by
    assert {f.rule for f in answer.findings} >= act.noted

    taken_back(folder, changes, before)
    answer = perform(opened, proposal)
    assert essence(answer.findings) == essence(checked.findings)
    if act.refused_by:
        assert answer.commit is None
        assert git(folder, "rev-list", "--all", "--count").strip() == "1"
        assert git(folder, "status", "--porcelain") == ""
    else:
        assert committed(folder) == changes
        assert {path: (folder / path).read_bytes() for path in changes} == changes


def taken_back(folder: Path, changes: Mapping[str, bytes], before: Mapping[str, bytes]) -> None:
    """The working files as they were."""
    for path in changes:
        if path in before:
            (folder / path).write_bytes(before[path])
        else:
            (folder / path).unlink()


def committed(folder: Path) -> dict[str, bytes]:
    """What the last commit changed, byte by byte."""
    named = git(folder, "diff", "--name-only", "HEAD~1", "HEAD").split()
    return {path: git(folder, "show", f"HEAD:{path}").encode() for path in named}


def test_the_command_itself_says_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the counter: one refused act and one lawful one, in JSON."""
    for number, (present, code) in enumerate((("three", 1), ("all", 0))):
        folder = scene(
            tmp_path / str(number),
            "meeting",
            "applicant",
            "proposed admission",
            given={f"meetings/{MEETING}": {"roll_calls.0.present": MET[present]}},
        )
        office = Office(folder, capsys)
        commanded = office.asks("decision", "open", "EC-2026-001", "--dry-run", exits=code)
        opened = session(folder)
        by_hand(folder, as_bytes(opened, decisions.open_(opened, "EC-2026-001").edits))
        checked = office.asks("check", "--base", "HEAD", exits=code)
        assert checked["findings"] == commanded["findings"]
        assert bool(commanded["findings"]) == bool(code)


# A change that softens the law and uses it in one stroke.
QUORUM = "registry/statutes/parameters.yaml"


def softened(folder: Path) -> None:
    """The committee's quorum becomes a seventh, and three of seven admit a city."""
    text = (folder / QUORUM).read_text("utf-8")
    start = text.index("- name: committee-quorum")
    value = text.index("value:", start)
    line = text[value : text.index("set_by", value)]
    assert "1/2" in line
    (folder / QUORUM).write_text(
        text[:value] + line.replace("1/2", "1/7") + text[value + len(line) :], "utf-8"
    )


def test_a_change_that_softens_the_law_is_judged_by_the_law_before_it(tmp_path: Path) -> None:
    """Three of seven decide by a quorum that the same change made up: refused."""
    folder = scene(tmp_path, "meeting", "applicant", "proposed admission", given=THREE_PRESENT)
    opened = session(folder)
    changes = as_bytes(opened, decisions.open_(opened, "EC-2026-001").edits)
    by_hand(folder, changes)
    softened(folder)
    checked = check(folder, date(2026, 3, 10), "HEAD", False)
    assert checked.exit_code == 1
    refusal = next(f for f in checked.findings if f.rule == "committee-quorum")
    assert refusal.facts == {"base": 7, "required": 4, "counted": 3}


def test_softened_beforehand_the_same_vote_is_lawful(tmp_path: Path) -> None:
    """The test above refuses the vote, not the number: with the law changed first it is lawful."""
    folder = scene(tmp_path, "meeting", "applicant", "proposed admission", given=THREE_PRESENT)
    softened(folder)
    git(folder, "commit", "-qam", "another law")
    opened = session(folder)
    by_hand(folder, as_bytes(opened, decisions.open_(opened, "EC-2026-001").edits))
    checked = check(folder, date(2026, 3, 10), "HEAD", False)
    assert "committee-quorum" not in {f.rule for f in checked.findings}


def test_a_source_that_records_still_cite_is_kept(tmp_path: Path) -> None:
    """Taking a source away changes one file, and what rests on it is looked at all the same."""
    folder = scene(tmp_path)
    sources = folder / "registry/evidence/sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("founding-list:", "another-list:"))
    checked = check(folder, date(2026, 3, 10), "HEAD", False)
    assert checked.exit_code == 1
    citing = {f.file for f in checked.findings if f.rule == "references-resolve"}
    assert "registry/members/bg-vodengrad.yaml" in citing
