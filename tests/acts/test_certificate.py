"""Certificates of decisions of every kind: each is written, and each verifies without b40."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from tests.acts.scene import ALL, PAPER, Office, scene
from tests.acts.test_assemblies import GA, called, noticed
from tests.bare import UNSIGNED, data_of, run, verdict
from tests.invented import MEETING, SEVEN, git
from tests.signatures import key, principal, private_key, public_key, trust
from tests.user import signs

VOTE = "EC-2026-001"
ADMISSION = ("admission", "--subject", "bg-rosendol", "--meeting", MEETING)
RESOLVED = ("resolution", "--meeting", MEETING, "--title", "On rivers")


def office(folder: Path, capsys: pytest.CaptureFixture[str], given: Any = None) -> Office:
    return Office(scene(folder, "meeting", "applicant", given=given), capsys)


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """An office at which the committee meets and a city applies."""
    return office(tmp_path, capsys)


def certified(at: Office, name: str = VOTE, *words: str) -> str:
    """The certificate as it is printed."""
    assert main(["-C", str(at.folder), "decision", "certificate", name, *words]) == 0
    return at.capsys.readouterr().out


def record(at: Office, *words: str) -> str:
    """A vote already held; the decision's id."""
    return str(at.asks("decision", "record", *words)["result"]["id"])


def test_an_admission_verifies_in_a_bare_python(at: Office, tmp_path: Path) -> None:
    """In an empty folder, with nothing but the standard library."""
    record(at, *ADMISSION, "--for", ALL)
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "c.txt").write_text(certified(at))
    ran = run(empty, "c.txt")
    assert ran.returncode == UNSIGNED and "FAILED" not in ran.stdout
    assert "kind: unanimity, base: 7, required: 7, for: 7" in ran.stdout


def test_it_says_all_that_was_asked_for(at: Office) -> None:
    """Question, rule in words, roll with its hash, ballots, count, readings, commit."""
    record(at, *ADMISSION, "--for", ALL)
    text = certified(at)
    for line in (
        "  title: Admission of Rosendol",
        "    Art. 5, admission-needs-unanimity: The Executive Committee admits a city unanimously.",
        f"    for: [{', '.join(SEVEN)}]",
        "    share: more than 1/2",
        "    share: at least 1/1",
        "    of: those with a vote who came",
        f"  oid: {at.head()}",
        "    | decision: record EC-2026-001, admission of Rosendol adopted",
        "  register: unofficial",
    ):
        assert line in text.split("\n"), line


@pytest.mark.parametrize(
    ("votes", "state"),
    [
        (("--for", ",".join(SEVEN[:4]), "--against", ",".join(SEVEN[4:])), "adopted"),
        (("--for", ",".join(SEVEN[:3]), "--against", ",".join(SEVEN[3:])), "rejected"),
        (("--tally", "for=3,against=3,abstain=1"), "rejected"),
        (("--tally", "for=5,against=2"), "adopted"),
    ],
)
def test_votes_that_pass_and_fail(
    at: Office, tmp_path: Path, votes: tuple[str, ...], state: str
) -> None:
    """By name or in numbers only, the verifier comes to the state on record."""
    text = certified(at, record(at, *RESOLVED, *votes))
    assert verdict(tmp_path, text) == (UNSIGNED, "")
    assert f"\nstate: {state}\n" in data_of(text)["Decision"]


def test_a_tie_the_president_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One seat is away: the President's ballot is the casting vote."""
    at = office(tmp_path, capsys, {f"meetings/{MEETING}": {"roll_calls": [_call(SEVEN[:6])]}})
    votes = ("--for", ",".join(SEVEN[:3]), "--against", ",".join(SEVEN[3:6]))
    text = certified(at, record(at, *RESOLVED, *votes))
    assert "  casting vote of: hr-kamenik" in text and "casting: for}" in text
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def _call(present: tuple[str, ...]) -> dict[str, Any]:
    return {"n": 1, "at": "2026-03-10T10:00:00+03:00", "present": list(present)}


def test_no_quorum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An invalid decision has a certificate that says why."""
    at = office(tmp_path, capsys, {f"meetings/{MEETING}": {"roll_calls": [_call(SEVEN[:3])]}})
    text = certified(at, record(at, *ADMISSION, "--for", ",".join(SEVEN[:3])))
    assert "  state: invalid" in text and "  reason: " in text and "met: false}" in text
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def test_a_proxy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who is represented votes, and the certificate says through whom."""
    filed = {"secretary": "2026-03-08T09:00:00+03:00", "president": "2026-03-08T09:00:00+03:00"}
    proxy = {"principal": SEVEN[6], "holder": SEVEN[4], "document": PAPER, "sent": filed}
    given = {"roll_calls": [_call(SEVEN[:6])], "proxies": [proxy]}
    at = office(tmp_path, capsys, {f"meetings/{MEETING}": given})
    text = certified(at, record(at, *ADMISSION, "--for", ALL))
    assert f"    represented: {{{SEVEN[6]}: {SEVEN[4]}}}" in text.split("\n")
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def test_the_assembly(at: Office, tmp_path: Path) -> None:
    """An absolute majority of those who came; the quorum was taken at the first roll call."""
    at.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00", on="2026-03-01")
    noticed(at)
    called(at, "tr-camliova", "xk-gurmal")
    words = ("activity-report", "--meeting", GA, "--tally", "for=6,against=4")
    name = at.asks("decision", "record", *words, on="2026-03-20")["result"]["id"]
    text = certified(at, name)
    assert "    share: at least 2/3" in text and "kind: absolute" in text
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def test_who_had_a_vote_then_is_told_where_that_was_annulled_since(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Suspended when the roll was called; the suspension is annulled before the vote is entered."""
    folder = scene(tmp_path, "suspension by the President", rule_set=2)
    at = Office(folder, capsys)
    at.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00", on="2026-03-01")
    noticed(at)
    called(at, "xk-gurmal")
    evidence = folder / "paper.txt"
    evidence.write_text("A paper.")
    words = ("--effect", "ex-tunc", "--person", "Ana Primer", "--evidence", str(evidence))
    at.asks("decision", "annul", "PR-2026-001", *words, on="2026-04-20")
    name = record_of_the_assembly(at)
    text = certified(at, name)
    assert "    suspended: [mk-planinsko]" in text
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def record_of_the_assembly(at: Office) -> str:
    """An activity report, on the day of the Assembly."""
    words = ("activity-report", "--meeting", GA, "--for", ALL)
    return str(at.asks("decision", "record", *words, on="2026-03-20")["result"]["id"])


def test_invalid_by_another_rule_than_the_count(at: Office, tmp_path: Path) -> None:
    """The votes carried, the motion was not on the notice: invalid, and the reason is told."""
    at.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00", on="2026-03-01")
    noticed(at)
    called(at)
    words = ("removal", "--subject", "xk-gurmal", "--grounds", "Silence.", "--meeting", GA)
    name = at.asks("decision", "record", *words, "--for", ALL, on="2026-03-20")["result"]["id"]
    text = certified(at, name)
    assert "  state: invalid" in text and "removal-on-the-notice" in text
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def test_the_readings_that_would_turn_it(at: Office, tmp_path: Path) -> None:
    """One abstention: unanimous of the votes cast, not of those who came."""
    votes = ("--for", ",".join(SEVEN[:6]), "--abstain", SEVEN[6])
    text = certified(at, record(at, *ADMISSION, *votes))
    assert "verdict: turns" in text and "unanimity-of-votes-cast: adopted" in text
    assert (
        "      would turn it:" in text and "        unanimity-of-votes-cast: At least one" in text
    )
    assert verdict(tmp_path, text) == (UNSIGNED, "")


def test_one_person_decides(at: Office, papers: Path, tmp_path: Path) -> None:
    """A President's act: who, on which evidence; a document is held against its hash."""
    paper = papers / "decision.txt"
    words = ("member", "suspend", "xk-gurmal", "--grounds", "Silence in Kosovo.", "--person", "Ana")
    at.asks(*words, "--evidence", str(paper))
    text = certified(at, "PR-2026-001")
    assert "person: Ana" in text and "Silence in Kosovo*." in text
    assert "note: * This designation" in text and "Kosovo." not in text.partition("\n{\n")[0]
    assert verdict(tmp_path, text, str(paper)) == (UNSIGNED, "")
    paper.write_text("something else")
    code, said = verdict(tmp_path, text, str(paper))
    assert code == 1 and "is evidence" in said


def test_what_came_afterwards_is_told(at: Office, tmp_path: Path) -> None:
    """An annulled decision; as it was known before, it was not annulled."""
    first = record(at, *RESOLVED, "--for", ALL)
    before = at.head()
    again = ("annulment", "--meeting", MEETING, "--annuls", first, "--effect", "ex-nunc")
    name = record(at, *again, "--for", ALL)
    now, then = certified(at, first), certified(at, first, "--known-at", before)
    assert f"  annulled by: {name}" in now and "annulled by" not in then
    assert verdict(tmp_path, now) == verdict(tmp_path, then) == (UNSIGNED, "")
    assert data_of(now)["Commit"] == data_of(then)["Commit"]


@pytest.mark.parametrize("step", ["proposed", "open", "withdrawn"])
def test_nothing_is_certified_before_it_is_decided(at: Office, step: str) -> None:
    """Kindly: what it is, and where to look."""
    at.asks("decision", "propose", *ADMISSION)
    if step != "proposed":
        at.asks("decision", {"open": "open", "withdrawn": "withdraw"}[step], VOTE)
    answer = at.asks("decision", "certificate", VOTE, exits=2)
    assert step.removesuffix("n") in answer["findings"][0]["message"]
    assert answer["findings"][0]["help"]


def test_a_record_changed_since_it_was_closed(at: Office) -> None:
    """On the disk: it is not committed. Committed: it is not what was closed."""
    record(at, *RESOLVED, "--for", ALL)
    path = f"registry/decisions/2026/{VOTE}.yaml"
    (at.folder / path).write_text(at.text(path).replace("On rivers", "On lakes"))
    at.asks("decision", "certificate", VOTE, exits=2)
    git(at.folder, "commit", "-qam", "touched")
    answer = at.asks("decision", "certificate", VOTE, exits=3)
    assert "b40 audit" in answer["findings"][0]["help"]


def test_a_signed_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signer is who held the key when the parent was made; a swapped key is found out.

    Half an hour after midnight in Istanbul it is the key of that day, though not in Greenwich.
    """
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-23T00:30:00+0300")
    clerk = principal("clerk", "secretariat", key("clerk", "2026-11-23"))
    at = office(tmp_path, capsys, {"trust/principals": trust(clerk)})
    signs(monkeypatch, tmp_path, private_key("clerk"))
    record(at, *ADMISSION, "--for", ALL)
    text = certified(at)
    assert "    office: secretariat" in text and f"    key: {public_key('clerk')}" in text
    (tmp_path / "c.txt").write_text(text)
    assert "signature verified" in run(tmp_path, "c.txt").stdout
    from tests.bare import forged

    def swap(data: dict[str, Any]) -> None:
        data["Signature"]["signer"]["key"] = public_key("stranger")

    code, said = verdict(tmp_path, forged(text, swap))
    assert code == 1 and "signature" in said
    assert verdict(tmp_path, text) == (0, "")
    stripped = forged(text, lambda d: d["Signature"].update(signer=None))
    assert verdict(tmp_path, stripped) == (3, "")
    denied = forged(text, lambda d: d.update(Signature={"kind": "none", "signer": None}))
    assert verdict(tmp_path, denied)[0] == 1


def test_out_writes_the_verifier_beside_it(at: Office, tmp_path: Path) -> None:
    """Twice is once; another file in the way is left alone."""
    record(at, *ADMISSION, "--for", ALL)
    out = tmp_path / "given" / "c.txt"
    out.parent.mkdir()
    words = ("decision", "certificate", VOTE, "--out", str(out))
    assert at.asks(*words)["result"]["written"] == [
        str(out),
        str(out.with_name("verify_certificate.py")),
    ]
    assert at.asks(*words)["ok"]
    ran = run(out.parent, "c.txt")
    assert ran.returncode == UNSIGNED
    (unsigned,) = (each for each in ran.stdout.splitlines() if "signature" in each)
    assert unsigned.startswith("--  ") and unsigned.endswith("none: the commit is unsigned")
    assert main(["-C", str(at.folder), *words]) == 0
    assert at.capsys.readouterr().out.startswith(f"Written: {out}, ")
    out.write_text("mine")
    at.asks(*words, exits=4)
    assert out.read_text() == "mine"
    for other in (("--out", f"{out}.zip"), ("--verifier", f"{out}.txt")):
        at.asks(*words[:3], *other, exits=2)


def test_the_same_whenever_it_is_asked_for(at: Office) -> None:
    """A certificate rests on the commit that closed the decision, not on what came later."""
    record(at, *ADMISSION, "--for", ALL)
    first = certified(at)
    record(at, *RESOLVED, "--for", ALL)
    assert certified(at) == first
