"""Which law a review judges by: the base's, whatever the branch brings, commit by commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.judge import judging
from b40cli.acts.opened.view import open_view
from b40cli.acts.reads.records import log
from b40cli.acts.review import base_law, branch
from b40cli.acts.review.law_moved import law_moved
from b40cli.model.errors import UnreadableError
from b40cli.model.finding import Finding
from b40cli.model.state.registry import RULESETS, Registry
from b40cli.rules.case.law import edition_on, law_on
from b40cli.rules.case.rule import Case
from b40cli.store.shipped import shipped
from tests.acts.branches import Branches
from tests.acts.scene import TODAY, content
from tests.invented import MEETING, SEVEN, Records, git, records, registry
from tests.rules.test_rule_sets import taken, upgraded, without

THREE = list(SEVEN[:3])
HALF = {"from": {"by": "2024-01-31"}, "value": "1/2", "set_by": "statutes-2024-01"}
VOTE = "registry/decisions/2026/EC-2026-003.yaml"


def quorum(value: Mapping[str, Any]) -> dict[str, Any]:
    """The committee's quorum, softened by a further value."""
    return {"statutes/parameters": {"parameters.committee-quorum.values": [HALF, dict(value)]}}


BY_HAND = quorum({"from": "2026-02-01", "value": "1/3", "set_by": "provisional"})
AMENDED = {
    **quorum({"from": "2026-03-11", "value": "1/3", "set_by": "GA-2026-003"}),
    "decisions/2026/GA-2026-003": {
        "title": "A third of the seats is a quorum",
        "amends": [{"parameter": "committee-quorum", "value": "1/3"}],
    },
}
# The amendment of the stock changes another parameter: that one stays as it is.
UNTOUCHED = {
    "parameters.proxies-per-holder.values": [
        {"from": {"by": "2024-01-31"}, "value": 1, "set_by": "statutes-2024-01"}
    ]
}


def used(day: str = "2026-04-14") -> dict[str, Any]:
    """A meeting of three of seven that adopts a resolution."""
    time = f"{day}T10:00:00+03:00"
    return {
        f"meetings/{day}-ec": {
            "id": f"{day}-ec",
            "kind": "ec",
            "title": "Meeting of three",
            "mode": "online",
            "opens": time,
            "convened": {"by": "president"},
            "chair": SEVEN[0],
            "roll_calls": [{"n": 1, "at": time, "present": THREE}],
        },
        "decisions/2026/EC-2026-003": {
            "id": "EC-2026-003",
            "body": "executive-committee",
            "matter": "resolution",
            "title": "A resolution of three",
            "meeting": f"{day}-ec",
            "item": 1,
            "proposed": day,
            "state": "adopted",
            "closed": day,
            "edition": "2024-01",
            "ballots": {"for": THREE},
        },
    }


def amended(more: Mapping[str, Any] | None = None) -> Records:
    """The register after a lawful amendment of the quorum, and what else is given."""
    given = {**AMENDED, **(more or {})}
    given["statutes/parameters"] = {**AMENDED["statutes/parameters"], **UNTOUCHED}
    return content("assembly", "amendment", given=given)


def refused(answer: Mapping[str, Any]) -> set[str]:
    """The rules that refuse."""
    return {f["rule"] for f in answer["findings"] if f["kind"] in ("validity", "defect")}


def test_a_parameter_softened_by_hand_and_used_in_a_later_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused by the base's law: four of seven are needed, whatever the branch says."""
    at = Branches(tmp_path, capsys)
    at.commits_records("soften", content(given=BY_HAND))
    at.commits_records("use", content(given={**BY_HAND, **used()}))
    answer = at.reviewed(exits=1)
    assert refused(answer) >= {"two-thirds-matters", "committee-quorum", "law-of-the-base"}
    told = next(f for f in answer["findings"] if f["rule"] == "law-of-the-base")
    assert (told["file"], told["facts"]) == (VOTE, {"rule": "committee-quorum"})
    assert told["help"].startswith("Merge the amendment first, by itself")
    needed = next(f for f in answer["findings"] if f["rule"] == "committee-quorum")
    assert "3 of 7 seats attend or are represented; 4 are needed" in needed["message"]
    assert answer["result"]["warnings"][0].startswith("THE LAW CHANGES")
    assert answer["result"]["changes"]["law"][0]["says"] == (
        "committee-quorum (Art. 13): 1/3 from 2026-02-01, set by provisional; until then 1/2 from "
        "2024-01-31 at the latest, set by statutes-2024-01."
    )


def test_check_since_a_base_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One path: `check --base` refuses by the same rules as the review."""
    at = Branches(tmp_path, capsys)
    at.commits_records("both", content(given={**BY_HAND, **used()}))
    checked = at.asks("check", "--base", "main", on="2026-06-10", exits=1)
    assert refused(checked) == refused(at.reviewed(exits=1))
    assert "law-of-the-base" in refused(checked)


def test_softened_used_and_hardened_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the law differs at the end; the vote is refused all the same.

    And so it is where each state is read for itself, and follows none.
    """
    at = Branches(tmp_path, capsys)
    at.commits_records("soften", content(given=BY_HAND))
    at.commits_records("use", content(given={**BY_HAND, **used()}))
    kept = git(at.folder, "show", "main:registry/statutes/parameters.yaml")
    at.commits_files("harden", {"registry/statutes/parameters.yaml": kept})
    answer = at.reviewed(exits=1)
    assert "committee-quorum" in refused(answer)
    assert answer["result"]["changes"]["law"] == []
    in_commits = [f for f in answer["findings"] if "commit" in f["facts"]]
    assert {"two-thirds-matters"} <= {f["rule"] for f in in_commits}
    monkeypatch.setattr(branch, "FOLLOWING", 1)
    assert at.reviewed(exits=1) == answer


def test_used_and_taken_away_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing differs at the end; the commit that used the branch's own law is named."""
    at = Branches(tmp_path, capsys)
    at.commits_records("soften", content(given=BY_HAND))
    use = at.commits_records("use", content(given={**BY_HAND, **used()}))
    kept = git(at.folder, "show", "main:registry/statutes/parameters.yaml")
    gone = {VOTE: None, "registry/meetings/2026-04-14-ec.yaml": None}
    at.commits_files("undo", {"registry/statutes/parameters.yaml": kept, **gone})
    answer = at.reviewed(exits=1)
    assert answer["result"]["records"] == {"added": [], "changed": [], "removed": []}
    named = {(f["rule"], f["facts"].get("commit")) for f in answer["findings"]}
    assert {("committee-quorum", use), ("law-of-the-base", use)} <= named


def test_a_lawful_amendment_may_be_merged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a decision it is lawful; that the law changes is said aloud."""
    at = Branches(tmp_path, capsys, "assembly")
    at.commits_records("amend", amended())
    answer = at.reviewed()
    assert refused(answer) == set() and answer["ok"]
    assert answer["result"]["warnings"][0].startswith("THE LAW CHANGES")
    told = at.says("main..HEAD", "terminal")
    assert "\n! THE LAW CHANGES: this branch changes the statutes' data." in told


def test_an_amendment_used_in_its_own_branch_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the way out is named: merged first, the same vote is lawful."""
    at = Branches(tmp_path, capsys, "assembly")
    amendment = at.commits_records("amend", amended())
    at.commits_records("use", amended(used()))
    answer = at.reviewed(exits=1)
    assert {f["file"] for f in answer["findings"] if f["rule"] == "law-of-the-base"} == {VOTE}
    assert {f["file"] for f in answer["findings"] if f["kind"] == "validity"} == {VOTE}
    assert "Merge the amendment first" in at.says("main..HEAD", "markdown", exits=1)
    git(at.folder, "branch", "-f", "main", amendment)
    assert refused(at.reviewed()) == set()


def test_a_list_made_incomplete_lets_no_vote_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be counted is refused, not allowed; that the lists change is said aloud."""
    at = Branches(tmp_path, capsys)
    five = list(SEVEN[:5])
    given = {
        "network": {"complete.members": None},
        "meetings/2026-03-10-ga": {
            "roll_calls": [{"n": 1, "at": "2026-03-10T10:00:00+03:00", "present": five}]
        },
        "decisions/2026/GA-2026-001": {"ballots": {"for": five}},
    }
    at.commits_records("blind", content("assembly", "activity report", given=given))
    answer = at.reviewed(exits=1)
    assert "quorum-at-first-roll-call" in refused(answer)
    assert answer["result"]["warnings"][0].startswith("THE LISTS CHANGE")
    assert answer["result"]["changes"]["law"][0]["says"] == (
        "network: complete.members 2026-01-05 → none."
    )


def test_the_law_of_another_state() -> None:
    """Statutes, readings and editions are the other's; every other fact is its own."""
    base, branch = records(), records()
    path = "registry/statutes/interpretations/INT-30.yaml"
    branch[path]["adopted"] = [{**branch[path]["adopted"][0], "reading": "anniversary"}]
    branch["registry/statutes/articles.yaml"]["editions"] = []
    day = date(2026, 3, 10)
    under = registry(branch).under(registry(base))
    assert law_on(under, day).reading("INT-30") == law_on(registry(base), day).reading("INT-30")
    assert edition_on(under, day) == edition_on(registry(base), day) is not None
    assert edition_on(registry(branch), day) is None
    assert under.interpretations()["INT-30"].adopted[0].reading == "anniversary"
    assert isinstance(under.with_record(path, base[path]), Registry)
    assert law_on(under.with_record(path, branch[path]), day).readings["INT-30"] != "anniversary"


def said(before: Records, after: Records) -> list[str]:
    """What a review says of the law, keys and network."""
    changed = [path for path in after if before.get(path) != after[path]]
    moved = law_moved(registry(before), registry(after), changed)
    return [each["says"] for each in moved]


def test_a_rule_set_that_brings_only_rules_is_asked_of_what_came_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Taken in of an earlier day; and what it refuses is not said to be allowed by it."""
    said = Finding("late-rule", "validity", "Art. 10", "Said.", "Done.", MEETING)
    monkeypatch.setattr(judging, "judge", lambda *_asked: (said,))
    after = upgraded()
    before = {path: record for path, record in after.items() if path != RULESETS}
    case = Case(registry(before), registry(after), TODAY)
    (found,) = judging.by_the_new_law(case, {MEETING})
    by_hand = Case(registry(without()), registry(taken()), TODAY)
    assert not [*judging.by_the_new_law(by_hand, {MEETING})], "it is refused for itself"
    misdated = taken(start=date(2026, 5, 1))
    stands = Case(registry(misdated), registry(upgraded() | misdated), TODAY)
    assert [*judging.by_the_new_law(stands, {MEETING})] == [found], "one that stood hides no law"
    assert found.remedy == judging.LATE
    assert not [*base_law._owed_to_its_own([found], [])]
    assert [*base_law._owed_to_its_own([said], [])]


def test_what_is_new_is_not_told_as_changed() -> None:
    """An upgrade brings points; a key more is told by its fingerprint."""
    upgraded = said(records(), records(2))
    assert "INT-38 is new, and read: not-eligible from 2026-01-05, by provisional." in upgraded
    assert "INT-01: readings present-at-first-roll-call added." in upgraded
    assert "Rule set 2 is taken in, from 2026-01-05, by opening." in upgraded
    assert not [each for each in upgraded if "changed" in each]
    path, key = "registry/trust/principals.yaml", {"key": f"gpg:{'0A' * 20}", "from": "2026-01-05"}
    ana = {"id": "ana", "name": "Ana", "office": "secretariat", "keys": [key]}
    one = records() | {path: {"principals": [ana]}}
    other = {**ana, "keys": [key, {**key, "key": f"gpg:{'0B' * 20}"}]}
    bob = {**ana, "id": "bob"}
    two = one | {path: {"principals": [other, bob]}}
    assert said(one, two) == [
        f"trust/principals: principals ana changed (keys {'0B' * 20} added), bob added."
    ]
    assert said(two, one) == [
        f"trust/principals: principals ana changed (keys {'0B' * 20} taken away), bob taken away."
    ]


def test_a_value_that_was_never_in_force_is_not_what_was_so_until_then() -> None:
    """Of two amendments of one day, or of a later day that is overtaken, the last counts."""
    path = "registry/statutes/parameters.yaml"

    def quorum_of(*days: str) -> Records:
        made = records()
        (found,) = (p for p in made[path]["parameters"] if p["name"] == "committee-quorum")
        for n, start in enumerate(days, 1):
            found["values"].append({"from": start, "value": f"{n}/9", "set_by": f"GA-2026-00{n}"})
        return made

    first = "until then 1/2 from 2024-01-31 at the latest, set by statutes-2024-01."
    for day in ("2026-03-11", "2026-05-01"):
        assert said(quorum_of(day), quorum_of(day, "2026-03-11")) == [
            "committee-quorum (Art. 13): 2/9 from 2026-03-11, set by GA-2026-002, in place of "
            f"1/9 from {day}, set by GA-2026-001; {first}"
        ]
    assert said(records(), quorum_of("2026-03-11", "2026-03-11", "2026-04-01")) == [
        "committee-quorum (Art. 13): 2/9 from 2026-03-11, set by GA-2026-002, then 3/9 from "
        f"2026-04-01, set by GA-2026-003; {first}"
    ]
    # A hand may add a list that is told as the one before it is, in other words.
    other = records()
    (region,) = (p for p in other[path]["parameters"] if p["name"] == "region")
    region["values"].append(region["values"][0] | {"value": ["AL"] * 12})
    (told,) = said(records(), other)
    assert "12 names from 2024-01-31 at the latest, set by statutes-2024-01, in place of" in told


def test_a_branch_with_schemas_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are not asked: the record is refused, and that they change is said."""
    at = Branches(tmp_path, capsys)
    schema = json.loads((shipped("schemas") / "member.json").read_text())
    schema["properties"]["motto"] = {"type": "string"}
    at.commits_files("own schema", {"schemas/member.json": json.dumps(schema)})
    warnings = at.reviewed()["result"]["warnings"]
    assert [w.partition(":")[0] for w in warnings] == ["The branch changes schemas/"]
    path = "registry/members/ro-valea-alba.yaml"
    at.commits_files("motto", {path: at.text(path) + "motto: Ever onwards\n"})
    answer = at.reviewed(exits=3)
    assert {f["rule"] for f in answer["findings"]} == {"record-shape"}
    assert answer["result"]["warnings"] == warnings


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "b40cli/rules/articles/committee/art13_committee.py",
            "The branch changes the code of the tool",
        ),
        (".github/workflows/b40.yml", "The branch changes the workflows"),
    ],
)
def test_code_of_the_branch_judges_nothing(
    path: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is lawful to change it, and loud."""
    at = Branches(tmp_path, capsys)
    at.commits_files("code", {path: "raise SystemExit(0)\n"})
    (warning,) = at.reviewed()["result"]["warnings"]
    assert warning.startswith(said)


def test_a_closed_record_altered_and_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing differs at the end; the commit that broke the law is named."""
    at = Branches(tmp_path, capsys, "meeting", "resolution")
    kept = at.text(VOTE)
    at.commits_files("alter", {VOTE: kept.replace("A resolution on", "Something of")})
    bad = at.head()
    at.commits_files("restore", {VOTE: kept})
    answer = at.reviewed(exits=1)
    named = [(f["rule"], f["facts"]["commit"]) for f in answer["findings"] if f["facts"]]
    assert ("closed-records-are-immutable", bad) in named
    assert any(f["message"].startswith(f"In commit {bad[:10]}: ") for f in answer["findings"])


def test_a_record_broken_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The head can be read; a commit on the way cannot, and is named with line and column."""
    at = Branches(tmp_path, capsys)
    path = "registry/members/ro-valea-alba.yaml"
    kept = at.text(path)
    at.commits_files("break", {path: kept + "name: twice\n"})
    at.commits_files("mend", {path: kept})
    (found,) = at.reviewed(exits=1)["findings"]
    assert (found["kind"], found["line"]) == ("defect", len(kept.splitlines()) + 1)


def test_a_commit_is_judged_on_its_own_legal_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A vote of the tenth in an act that says it is of the first."""
    at = Branches(tmp_path, capsys, "meeting")
    whole = content("meeting", "resolution")
    at.commits_records("decision: close\n\nB40-Act: decision close\nB40-On: 2026-03-01", whole)
    answer = at.reviewed(exits=1)
    assert {f["facts"].get("commit") for f in answer["findings"] if f["kind"] == "validity"} == {
        at.head()
    }
    assert "dates-in-order" in refused(answer)
    assert any("2026-03-01" in f["message"] for f in answer["findings"])
    git(at.folder, "commit", "-q", "--amend", "-m", "close\n\nB40-Act: x\nB40-On: 2026-03-10")
    assert refused(at.reviewed()) == set()
    git(at.folder, "commit", "-q", "--amend", "-m", "close\n\nB40-Act: x\nB40-On: 9999-99-99")
    assert refused(at.reviewed()) == set()


def on_main(at: Branches, files: Mapping[str, str | None]) -> None:
    """A commit on the base, while the branch stays as it is."""
    git(at.folder, "checkout", "-q", "main")
    at.commits_files("meanwhile", files)
    git(at.folder, "checkout", "-q", "work")


NOTE = "note: An invented note\n"
ALBA, GURMAL = "registry/members/ro-valea-alba.yaml", "registry/members/xk-gurmal.yaml"


def test_a_base_that_went_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the base recorded since is not taken away by the branch, and the law is the base's."""
    at = Branches(tmp_path, capsys, "meeting")
    at.asks("member", "withdraw", "ro-valea-alba", on="2026-06-01")
    on_main(at, {GURMAL: at.text(GURMAL) + NOTE})
    on_main(at, {VOTE: json.dumps(content("meeting", "resolution")[VOTE])})
    answer = at.reviewed()
    assert answer["result"]["behind"] == 2
    assert answer["result"]["records"] == {"added": [], "changed": [ALBA], "removed": []}
    assert answer["result"]["warnings"][-1].startswith("The base has 2 commits that the branch")
    assert at.reviewed("main...HEAD")["result"]["behind"] == 0


def test_both_sides_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No verdict on a merge that nobody has made."""
    at = Branches(tmp_path, capsys)
    kept = at.text(ALBA)
    at.commits_files("ours", {ALBA: kept + NOTE})
    on_main(at, {ALBA: kept + NOTE.replace("An", "Another")})
    answer = at.reviewed(exits=1)
    assert refused(answer) == {"both-sides-changed"}
    on_main(at, {ALBA: kept + NOTE})
    assert refused(at.reviewed()) == set()


def test_both_sides_added_to_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is told that an entry is gone: it stands on the other side."""
    at = Branches(tmp_path, capsys)
    kept = at.text(ALBA)
    at.asks("member", "mayor", "ro-valea-alba", "Ivo", "--from", "2026-03-01", on="2026-06-01")
    on_main(at, {ALBA: f"{kept}mayors: [{{name: Ana, capacity: mayor, from: 2026-02-01}}]\n"})
    assert refused(at.reviewed(exits=1)) == {"both-sides-changed"}


def test_histories_that_never_met(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and where a branch begins."""
    at = Branches(tmp_path, capsys)
    git(at.folder, "checkout", "-q", "--orphan", "stranger")
    git(at.folder, "commit", "-q", "-m", "another beginning")
    (found,) = at.reviewed(exits=2)["findings"]
    assert "have no history in common" in found["message"]


def test_a_clone_that_is_cut_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The hosts' checkouts are shallow: the cure is named."""
    at = Branches(tmp_path / "first", capsys)
    at.commits_files("ours", {ALBA: at.text(ALBA) + NOTE})
    on_main(at, {GURMAL: at.text(GURMAL) + NOTE})
    clone = tmp_path / "clone"
    url = f"file://{at.folder}"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", url, str(clone))
    at.folder = clone
    (found,) = at.reviewed("origin/main..origin/work", exits=2)["findings"]
    assert "git fetch --unshallow" in found["help"]
    with pytest.raises(UnreadableError, match="only the end"):  # its first commit made nothing
        log(open_view(clone, TODAY), "xk-gurmal", 9)


def test_a_base_without_a_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first register is judged whole, not against nothing."""
    at = Branches(tmp_path, capsys)
    git(at.folder, "checkout", "-q", "--orphan", "empty")
    git(at.folder, "rm", "-q", "-r", "--cached", ".")
    git(at.folder, "commit", "-q", "--allow-empty", "-m", "nothing yet")
    at.commits_files("register", {})
    (found,) = at.reviewed("HEAD~1..HEAD", exits=2)["findings"]
    assert "b40 check" in found["help"]


def test_a_merge_of_the_base_into_the_branch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Brought up to date, the branch brings only what is its own."""
    at = Branches(tmp_path, capsys, "meeting")
    at.asks("member", "withdraw", "ro-valea-alba", on="2026-06-01")
    on_main(at, {VOTE: json.dumps(content("meeting", "resolution")[VOTE])})
    git(at.folder, "merge", "-q", "--no-ff", "-m", "Merge main", "main")
    answer = at.reviewed()
    assert answer["result"]["behind"] == 0 and answer["result"]["commits"] == 2
    assert answer["result"]["records"]["changed"] == [ALBA]


def test_a_merge_that_brings_something_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hidden in a merge and taken back after it: the merge is named."""
    at = Branches(tmp_path, capsys, "meeting", "resolution")
    kept = at.text(VOTE)
    at.commits_files("ours", {ALBA: at.text(ALBA) + NOTE})
    on_main(at, {GURMAL: at.text(GURMAL) + NOTE})
    git(at.folder, "merge", "-q", "--no-commit", "--no-ff", "main")
    at.commits_files("Merge main", {VOTE: kept.replace("A resolution on", "Something of")})
    merge = at.head()
    at.commits_files("restore", {VOTE: kept})
    answer = at.reviewed(exits=1)
    named = {(f["rule"], f["facts"]["commit"]) for f in answer["findings"] if f["facts"]}
    assert ("closed-records-are-immutable", merge) in named


def test_a_meeting_that_was_held_on_the_branch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was entered on its day stays lawful after it; entered afterwards it never was."""
    at = Branches(tmp_path, capsys, "meeting")
    whole = content("meeting")
    whole[f"registry/meetings/{MEETING}.yaml"]["title"] = "The meeting, as it was held"
    day = f"meeting: held\n\nB40-Act: meeting close\nB40-On: {MEETING[:10]}"
    at.commits_records(day, whole)
    assert refused(at.reviewed()) == set()
    git(at.folder, "commit", "-q", "--amend", "-m", "meeting: held")
    assert refused(at.reviewed(exits=1)) == {"closed-records-are-immutable"}
