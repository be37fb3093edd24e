"""What a review tells of a branch: in words a mayor's office reads, in every format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from b40cli.cli.main import main
from b40cli.render.markdown import plain
from b40cli.render.screens.review import in_names
from tests.acts.branches import Branches
from tests.acts.scene import PAPER, content
from tests.invented import SEVEN, git

ADMITTED = ("meeting", "applicant", "admission")
PRESIDENT = ("--grounds", "Statements of 12 May.", "--person", "Ana Primer", "--evidence")

JOINED = """\
Review of main..HEAD ({base}..{head}, 1 commit)

Members and votes:
  - Rosendol (bg-rosendol) joins the network: it is a member since 2026-03-20.
    It gains a vote.

Roll, quorum, majorities:
  - On 2026-06-10: members 12 → 13, voters 12 → 13, quorum 8 → 9, two thirds of
    all members 8 → 9; Executive Committee: filled seats stay 7, quorum stays 4.

Files:
  - changed: members/bg-rosendol.yaml

Judged by the statutes, parameters and readings of {base} (the base, edition
2024-01) and the schemas and rules of b40 {version}.

May be merged: nothing in it is refused by the statutes.

This register is unofficial: nobody has adopted it.
"""
LEAVING = """\
<!-- b40-review -->
## Review of main..HEAD ({base}..{head}, 3 commits)

✅ **May be merged: nothing in it is refused by the statutes.**

### Members and votes

- Valea Alba (ro-valea-alba) gave notice of leaving on 2026-06-01; it stays a member until \
31 December 2026.
- Gurmal (xk-gurmal) is suspended since 2026-06-02 by PR-2026-001. It loses its vote.
- From 2027-01-01: Valea Alba (ro-valea-alba) has left the network. It loses its vote.

### Roll, quorum, majorities

- On 2026-06-10: members stay 12, voters 12 → 11, quorum stays 8, two thirds of all members \
stay 8; Executive Committee: filled seats 7 → 6, quorum stays 4.
- On 2027-01-01: members 12 → 11, voters 12 → 10, quorum 8 → 7, two thirds of all members \
stay 8; Executive Committee: filled seats 7 → 6, quorum stays 4.

| on 2026-06-10 | before | after |
|---|---:|---:|
| with a vote | 12 | 11 |
| seats of the committee | 7 | 6 |

| on 2027-01-01 | before | after |
|---|---:|---:|
| members | 12 | 11 |
| with a vote | 12 | 10 |
| quorum of the Assembly | 8 | 7 |
| seats of the committee | 7 | 6 |

### Offices and terms

- Committee, elected seat 4: Jezerna → vacant.
- Committee, elected seat 4 of Jezerna, 2026: the term ends on 2026-06-03 (before: open).

### Decisions

- PR-2026-001, Suspension of Gurmal: adopted, decided by Ana Primer of Kamenik.

### Files

- added: decisions/2026/PR-2026-001.yaml
- changed: committee/2026.yaml, members/ro-valea-alba.yaml, members/xk-gurmal.yaml

_Judged by the statutes, parameters and readings of {base} (the base, edition 2024-01) and the \
schemas and rules of b40 {version}._

_This register is unofficial: nobody has adopted it._
"""


def filled(text: str, at: Branches) -> str:
    """The text with the names of this repository's commits and this tool's version."""
    from b40cli import __version__

    base, head = (git(at.folder, "rev-parse", rev).strip()[:10] for rev in ("main", "HEAD"))
    if text.startswith("<!--"):  # in Markdown no host takes them for the names of commits
        base, head = plain(base), plain(head)
    return text.format(base=base, head=head, version=__version__)


def says(answer: dict[str, Any], part: str) -> list[str]:
    """The sentences of a part."""
    return [change["says"] for change in answer["result"]["changes"][part]]


@pytest.fixture
def joined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Branches:
    """A branch on which an admitted city has signed."""
    at = Branches(tmp_path, capsys, *ADMITTED)
    at.asks("member", "sign", "bg-rosendol", "--signed", "2026-03-20", on="2026-04-01")
    return at


@pytest.fixture
def leaving(tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> Branches:
    """A branch on which one city leaves, one is suspended and one resigns its seat."""
    at = Branches(tmp_path, capsys, "meeting")
    paper = str(papers / "letter.txt")
    at.asks("member", "withdraw", "ro-valea-alba", on="2026-06-01")
    at.asks("member", "suspend", "xk-gurmal", *PRESIDENT, paper, on="2026-06-02")
    notice = ("--to", "president,permanent-secretary", "--document", paper)
    at.asks("committee", "resign", "si-jezerna", *notice, on="2026-06-03")
    return at


def test_who_joins_at_the_terminal(joined: Branches) -> None:
    """Word for word, in 80 columns."""
    told = joined.says("main..HEAD", "terminal")
    assert told == filled(JOINED, joined)
    assert max(map(len, told.splitlines())) <= 80


def test_who_leaves_in_one_comment(leaving: Branches) -> None:
    """Word for word: today, and the day on which it changes."""
    told = leaving.says("main..HEAD", "markdown").replace("<!-- -->", "")
    assert told == filled(LEAVING, leaving)


def test_the_numbers_as_data(leaving: Branches) -> None:
    """Before and after, on the day of the review and on the day that moves them."""
    today, later = leaving.reviewed()["result"]["numbers"]
    assert (today["on"], later["on"]) == ("2026-06-10", "2027-01-01")
    assert (today["assembly"]["voters"], today["assembly"]["quorum"]) == ([12, 11], [8, 8])
    assert (later["assembly"]["members"], later["assembly"]["quorum"]) == ([12, 11], [8, 7])
    assert today["committee"] == {"seats": [7, 6], "quorum": [4, 4]}


def test_a_day_that_moves_nothing_further_is_not_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What time alone changes is no change of the branch's."""
    seats = content()["registry/committee/2026.yaml"]["seats"]
    ending = {"committee/2026": {"seats": [{**s, "until": "2027-06-01"} for s in seats]}}
    at = Branches(tmp_path, capsys, given=ending)
    at.asks("member", "withdraw", "ro-valea-alba", on="2026-06-01")
    at.commits_files(
        "note",
        {
            "registry/members/xk-gurmal.yaml": at.text("registry/members/xk-gurmal.yaml")
            + "note: Until 2027-06-02 and 2028-01-01\n"
        },
    )
    days = [numbers["on"] for numbers in at.reviewed()["result"]["numbers"]]
    assert days == ["2026-06-10", "2027-01-01"]


def test_a_vote_gained_again(leaving: Branches, papers: Path) -> None:
    """Reviewed from the suspension on, a reinstatement gives the vote back."""
    words = ("xk-gurmal", "--person", "Ana Primer", "--evidence", str(papers / "letter.txt"))
    leaving.asks("member", "reinstate", *words, on="2026-06-08")
    (told,) = leaving.reviewed("HEAD~1")["result"]["changes"]["members"]
    assert (told["city"], told["vote"]) == ("xk-gurmal", "gained")
    assert told["says"].endswith("is reinstated by PR-2026-002. It gains a vote.")


def test_an_application_and_its_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who applied; and, reviewed from there, who is admitted and not yet a member."""
    at = Branches(tmp_path, capsys, "meeting")
    whole = content("meeting", "applicant")
    at.commits_records("application", whole)
    assert says(at.reviewed(), "members") == [
        "Rosendol (bg-rosendol) applied for membership on 2026-02-02."
    ]
    at.commits_records("admission", content(*ADMITTED))
    answer = at.reviewed("HEAD~1")
    assert says(answer, "members") == [
        "Rosendol (bg-rosendol) is admitted by EC-2026-001; it is a member once it has signed the "
        "Declaration."
    ]
    assert says(answer, "decisions") == [
        "EC-2026-001, Admission of Rosendol: adopted (7 for, 7 required, unanimity of 7; quorum "
        "met, 7 of 4 required). It would have turned with 1 ballot cast against instead of for it."
    ]
    assert answer["result"]["numbers"][0]["assembly"]["voters"] == [12, 12]
    votes = {"yes": 7, "against": 0, "abstain": 0, "required": 7}
    assert answer["result"]["changes"]["decisions"][0]["votes"] == votes
    comment = at.says("HEAD~1..HEAD", "markdown")
    assert "- EC-2026-001: ■■■■■■■ 7 for, 0 against, 0 abstained; 7 needed" in comment
    words = ("review", "HEAD~1..HEAD", "--for", "Rosendol", "--on", "2026-06-10")
    written = tmp_path / "review.pdf"
    assert main(["-C", str(at.folder), *words, "--out", str(written)]) == 0
    assert written.read_bytes().startswith(b"%PDF-")
    assert main(["-C", str(at.folder), *words, "--as", "md"]) == 0
    paper = capsys.readouterr().out
    assert paper.index("For Rosendol") < paper.index("## Decisions") and "For the mayor" in paper


def test_duties_move(tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before and after: what was overdue is met, late."""
    at = Branches(tmp_path, capsys, *ADMITTED)
    letter = ("--sent", "2026-03-12", "--document", str(papers / "letter.txt"))
    at.asks("meeting", "dispatch", "2026-03-10-ec", *letter, on="2026-03-12")
    (told,) = at.reviewed()["result"]["duties"]
    assert (told["duty"], told["before"], told["after"]) == ("members-informed", "overdue", "met")
    called = {part.title: part.sentences for part in in_names(at.reviewed()["result"], str)}
    assert called["Duties"][0].startswith("Members informed of EC-2026-001, members/bg-rosendol (")
    assert called["Duties"][0].endswith(" the Permanent Secretary): overdue → met.")
    assert called["Meetings"] == ("The Executive Committee of 10 March 2026: dispatches recorded.",)
    assert says(at.reviewed(), "closed") == [
        "meetings/2026-03-10-ec (held on 2026-03-10): dispatches added, as may be afterwards."
    ]


def test_a_closed_record_is_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused, with the record named before the findings are read."""
    at = Branches(tmp_path, capsys, *ADMITTED, "resolution")
    path = "registry/decisions/2026/EC-2026-003.yaml"
    at.commits_files("tidy up", {path: at.text(path).replace("A resolution on", "Something of")})
    answer = at.reviewed(exits=1)
    assert says(answer, "closed") == [
        "decisions/2026/EC-2026-003 (adopted on 2026-03-10): title changed."
    ]
    assert {f["rule"] for f in answer["findings"] if f["kind"] == "validity"} == {
        "closed-records-are-immutable"
    }
    assert answer["result"]["verdict"] == {
        "articles": ["the record"],
        "lawful": False,
        "refused_by": 1,
        "remedies": [
            "Restore the file as it was closed; what was decided wrongly is annulled by a new "
            "decision: b40 decision annul EC-2026-003."
        ],
        "says": "May not be merged: refused by 1 finding (the record).",
    }


def test_a_record_is_taken_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A member that vanishes is named, and the roll without it."""
    at = Branches(tmp_path, capsys, "meeting")
    at.commits_files("clean up", {"registry/members/ro-valea-alba.yaml": None})
    answer = at.reviewed(exits=1)
    assert says(answer, "members") == [
        "Valea Alba (ro-valea-alba) is not on record any more (before: member). It loses its vote."
    ]
    assert says(answer, "closed") == ["members/ro-valea-alba is taken away."]
    assert answer["result"]["records"]["removed"] == ["registry/members/ro-valea-alba.yaml"]


def test_nothing_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty range may be merged, and so may commits that change no record."""
    at = Branches(tmp_path, capsys)
    told = at.says("main..HEAD", "terminal")
    assert "May be merged: it changes nothing in the register." in told
    assert "Roll, quorum" not in told
    at.commits_files("notes", {"NOTES.md": "Nothing of the register.\n"})
    assert at.reviewed()["result"]["verdict"]["says"].endswith("nothing in the register.")


def test_the_ways_to_name_a_range(joined: Branches) -> None:
    """BASE alone ends at HEAD; with three dots it begins where the lines parted."""
    for words in ("main", "main..", "main..HEAD", "main...HEAD", "HEAD~1..work"):
        assert len(says(joined.reviewed(words), "members")) == 1


@pytest.mark.parametrize("words", ["", "..", "..HEAD", "a..b..c", "main....HEAD", "nosuch..HEAD"])
def test_no_range(joined: Branches, words: str) -> None:
    """Exit 2, and nothing is guessed."""
    joined.asks("review", words, exits=2)


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_an_error_in_the_format_asked_for(joined: Branches, form: str) -> None:
    """Whoever reads a report is told in it why there is none."""
    told = joined.says("nosuch..HEAD", form, exits=2)
    assert "names no commit here" in told
    if form == "junit":
        assert ET.fromstring(told.encode()).get("failures") == "1"


def test_known_at_has_no_place_in_a_review(joined: Branches) -> None:
    """The range names its commits itself."""
    joined.asks("review", "main", "--known-at", "2026-03-01", exits=2)


HOSTILE = "Rosendol ::error::x ]]> <img src=x> @team %0A::error::y"


@pytest.mark.parametrize("form", ["terminal", "markdown", "json", "github", "sarif", "junit"])
def test_hostile_names_in_every_format(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A record's text stays text, in what is told and in what is found."""
    at = Branches(tmp_path, capsys, "meeting")
    record = content("meeting", "applicant")["registry/members/bg-rosendol.yaml"]
    del record["application"]["form"]
    (at.folder / "registry/members").mkdir(exist_ok=True)
    data = json.dumps({**record, "name": HOSTILE})
    at.commits_files("apply", {"registry/members/bg-rosendol.yaml": data})
    told = at.says("main..HEAD", form)
    if form == "markdown":
        assert told.startswith("<!-- b40-review -->\n")
        assert "<img" not in told.replace("\\<img", "") and "@team" not in told
    if form == "github":
        assert all(line.startswith(("::notice ", "::warning ")) for line in told.splitlines())
    if form == "junit":
        ET.fromstring(told.encode())
    if form in ("json", "sarif"):
        json.loads(told)


@pytest.mark.parametrize("form", ["terminal", "markdown", "json", "github", "sarif", "junit"])
def test_a_branch_that_cannot_be_read(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3, with file, line and column, in whatever format it was asked for."""
    at = Branches(tmp_path, capsys, "meeting")
    broken = at.text("registry/members/ro-valea-alba.yaml") + "name: twice\n"
    at.commits_files("break", {"registry/members/ro-valea-alba.yaml": broken})
    line = len(broken.splitlines())
    told = at.says("main..HEAD", form, exits=3)
    place = {
        "terminal": f"registry/members/ro-valea-alba.yaml:{line}:1  unreadable",
        "markdown": f"registry/members/ro-valea-alba.yaml:{line}:1",
        "json": f'"line": {line},',
        "github": f"::error file=registry/members/ro-valea-alba.yaml,line={line},col=1,",
        "sarif": f'"startLine": {line}',
        "junit": f"registry/members/ro-valea-alba.yaml:{line}:1",
    }
    assert place[form] in told
    if form in ("terminal", "markdown"):
        assert "May not be merged: the registry cannot be read (1 defect)." in told


def test_the_step_summary_holds_the_comment(
    joined: Branches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is appended to, never overwritten; standard error is silent about it."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    joined.says("main..HEAD", "github")
    assert summary.read_text("utf-8") == "before\n" + joined.says("main..HEAD", "markdown")


def test_what_github_hides_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a summary, or with one that cannot be written, on standard error."""
    at = Branches(tmp_path, capsys, "meeting")
    gone = {f"registry/members/{city}.yaml": None for city in SEVEN}
    at.commits_files("clean up", gone)
    for place in ("", str(tmp_path / "no" / "summary.md")):
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", place)
        assert main(["-C", str(at.folder), "review", "main", "--format", "github"]) == 1
        out, err = capsys.readouterr()
        told = [line.split(" ")[0] for line in out.splitlines()]
        errors, warnings, notices = (told.count(f"::{n}") for n in ("error", "warning", "notice"))
        assert errors > 10
        assert f"b40: GitHub shows 10 of {errors} errors; the others are:" in err
        hidden = sum(max(0, n - 10) for n in (errors, warnings, notices))
        assert err.count("\n  registry/") == hidden


def test_only_check_and_review_tell_reports(
    joined: Branches, capsys: pytest.CaptureFixture[str]
) -> None:
    """Elsewhere exit 2, with the two that know the format."""
    for form in ("github", "sarif", "junit"):
        assert main(["-C", str(joined.folder), "roll", "--format", form]) == 2
        out, err = capsys.readouterr()
        assert out == "" and "b40 check and b40 review know it" in " ".join(err.split())
        assert main(["-C", str(joined.folder), "check", "--format", form]) == 0
        assert capsys.readouterr().out


def test_an_incomplete_list_is_not_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Votes on record are told; quorum and majorities are undetermined, not guessed."""
    given = {"network": {"complete.members": None, "complete.committee": None}}
    at = Branches(tmp_path, capsys, "meeting", given=given)
    at.asks("member", "withdraw", "ro-valea-alba", "--received", "2026-06-01", on="2026-06-01")
    told = " ".join(at.says("main..HEAD", "terminal").split())
    assert "quorum and majorities undetermined, the list of members is not whole" in told
    assert at.reviewed()["result"]["numbers"][-1]["assembly"]["quorum"] == [None, None]


def test_a_new_mayor_and_the_end_of_the_one_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = Branches(tmp_path, capsys, "meeting")
    for name, day in (("Iva Tipik", "2026-05-04"), ("Ion Model", "2026-05-20")):
        at.asks("member", "mayor", "ro-valea-alba", name, "--from", day, on=day)
    assert says(at.reviewed("HEAD~1..HEAD"), "offices") == [
        "Valea Alba: Iva Tipik, mayor from 2026-05-04, until 2026-05-20.",
        "Valea Alba: Ion Model is mayor from 2026-05-20.",
    ]


def test_the_secretary_and_a_group_leader(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Offices outside the committee are told, too."""
    at = Branches(tmp_path, capsys, "meeting", "appointing city")
    paper = ("--evidence", str(papers / "decision.txt"))
    at.asks(
        "secretary", "appoint", "Sena Tipik", "--person", "Deniz Model", *paper, on="2026-05-04"
    )
    assert says(at.reviewed(), "offices") == ["Permanent Secretary: vacant → Sena Tipik."]
    assert PAPER["sha256"] not in at.says("main..HEAD", "terminal")


def test_a_mayor_s_office_is_told_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--for CITY`, by its name: what moves for it comes first, and nothing of another's."""
    at = Branches(tmp_path, capsys)
    at.asks("member", "withdraw", "ro-valea-alba", on="2026-06-01")
    at.asks("member", "mayor", "hr-kamenik", "Ana Primer", "--from", "2026-06-02", on="2026-06-02")
    told = at.asks("review", "main..HEAD", "--for", "Valea Alba", on="2026-06-10")["result"]
    assert told["for_city"]["city"] == "ro-valea-alba"
    assert any("gave notice of leaving" in said for said in told["for_city"]["says"])
    assert not any("Kamenik" in said for said in told["for_city"]["says"])
    comment = at.says("main..HEAD", "markdown")
    assert "### For" not in comment
    assert (
        main(
            [
                "-C",
                str(at.folder),
                "review",
                "main..HEAD",
                "--for",
                "hr-kamenik",
                "--on",
                "2026-06-10",
                "--format",
                "markdown",
            ]
        )
        == 0
    )
    lines = capsys.readouterr().out
    assert lines.index("### For Kamenik") < lines.index("### Members and votes")
    assert "Ana Primer" in lines.partition("### Members and votes")[0]


def test_a_city_that_nothing_moves_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = Branches(tmp_path, capsys)
    at.asks("member", "withdraw", "ro-valea-alba", on="2026-06-01")
    told = at.asks("review", "main..HEAD", "--for", "hr-kamenik", on="2026-06-10")["result"]
    assert told["for_city"]["says"] == []
    at.asks("review", "main..HEAD", "--for", "Nowhere", on="2026-06-10", exits=2)
