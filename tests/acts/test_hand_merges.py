"""Two lines added to the same lists and were merged by hand: every way of asking says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.record.append_only import GROWING, GROWS, as_joined, history_is_append_only
from tests.acts.scene import IDENTITY, TODAY, Office, scene
from tests.acts.test_mandates import HELD, ZALIV
from tests.acts.test_odd_histories import made
from tests.copying import copied_to
from tests.invented import git
from tests.scenario import ask

MEETING = "2026-03-10-ga"
SITTING, CITY = f"registry/meetings/{MEETING}.yaml", f"registry/members/{ZALIV}.yaml"
ASKED = ("check", "check --base HEAD~1", "review HEAD~1..HEAD", "audit")
LINES = ("main", "other")


class Lines(NamedTuple):
    """Two lines beside each other, and a tree with what both added, that of `main` first."""

    folder: Path
    tree: str


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lines]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        folder = scene(tmp_path_factory.mktemp("lines"), "assembly", given=HELD)
        git(folder, "branch", "other")
        for line, day in zip(LINES, ("20", "21"), strict=True):
            git(folder, "checkout", "-q", line)
            for words in (
                f"meeting dispatch {MEETING} --sent 2026-03-{day}T10:00",
                f"member mayor {ZALIV} Vera{line} --from 2026-05-{day}",
            ):
                heard = ask(folder, *words.split())
                assert heard.code == 0, heard
        git(folder, "checkout", "-q", "main")
        git(folder, "branch", "merged")
        (folder / ".git/info").mkdir(exist_ok=True)
        (folder / ".git/info/attributes").write_text("registry/** merge=union\n")
        git(folder, "checkout", "-q", "merged")
        git(folder, "merge", "-q", "--no-edit", "other")
        yield Lines(folder, git(folder, "rev-parse", "HEAD^{tree}").strip())


@pytest.fixture
def at(parted: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(copied_to(parted.folder, tmp_path / "copy"), capsys)


def refused(at: Office, code: int, *ways: str) -> set[str]:
    """What refuses, which is the same by each way of asking."""
    said = []
    for way in ways:
        found = at.asks(*way.split(), on="2026-11-23", exits=code)["findings"]
        said.append({f["rule"] for f in found if f["kind"] == "validity"})
    assert said.count(said[0]) == len(said), said
    return said[0]


def merged(at: Office, parted: Lines, parents: tuple[str, str]) -> None:
    tips = (git(at.folder, "rev-parse", line).strip() for line in parents)
    made(at.folder, parted.tree, *tips)


@pytest.mark.parametrize("parents", [LINES, LINES[::-1]])
def test_either_line_may_stand_first(parents: tuple[str, str], parted: Lines, at: Office) -> None:
    """Of its own line or the other; and of a branch whose base went on since."""
    merged(at, parted, parents)
    assert at.text(SITTING).count("{sent: 2026-03-2") == 2 == at.text(CITY).count("name: Vera")
    assert refused(at, 0, *ASKED) == set()
    git(at.folder, "branch", "-f", "base", "HEAD^2")
    git(at.folder, "checkout", "-q", "base")
    at.asks("member", "set", "al-aldmar", "--email", "a@example.org", on="2026-11-23")
    assert refused(at, 0, "review base..merged") == set()


@pytest.mark.parametrize(
    ("parents", "line", "path", "was", "now"),
    [
        (LINES, "other", SITTING, "  - {sent: 2026-03-21T10:00:00+03:00, to: members}\n", ""),
        (LINES[::-1], "main", SITTING, "2026-03-20T10:00:00+03:00", "2026-03-20T11:00:00+03:00"),
        (LINES, "main", CITY, "name: Veramain", "name: Veranica"),
        (LINES[::-1], "other", CITY, "from: 2026-05-21", "from: 2026-05-22"),
    ],
)
def test_what_is_gone_or_changed_is_refused(
    parents: tuple[str, str],
    line: str,
    path: str,
    was: str,
    now: str,
    parted: Lines,
    at: Office,
) -> None:
    merged(at, parted, parents)
    text = at.text(path)
    assert text.count(was) == 1
    (at.folder / path).write_text(text.replace(was, now), "utf-8")
    git(at.folder, "commit", "-qa", "--amend", "--no-edit")
    beside = f"check --base HEAD^{parents.index(line) + 1}"
    assert refused(at, 1, "review HEAD~1..HEAD", "audit", beside) == {GROWS}


def test_a_merge_that_nobody_can_read(parted: Lines, at: Office) -> None:
    """The key of a list stands twice, as where a hand kept both sides of a conflict whole."""
    merged(at, parted, LINES)
    (at.folder / SITTING).write_text(at.text(SITTING) + "dispatches: []\n", "utf-8")
    git(at.folder, "commit", "-qa", "--amend", "--no-edit")
    for way in ("check", "review HEAD~1..HEAD", "audit"):
        at.asks(*way.split(), on="2026-11-23", exits=3)


def test_a_merge_onto_what_nobody_could_read(at: Office) -> None:
    """A slip of the hand, mended since: what stands can be read, and so can the base."""
    git(at.folder, "branch", "-q", "begun", "main")
    text = at.text("registry/members/al-aldmar.yaml")
    for subject, now in (("slip", text + "name: twice\n"), ("mended", text)):
        (at.folder / "registry/members/al-aldmar.yaml").write_text(now, "utf-8")
        git(at.folder, "checkout", "-q", "main")
        git(at.folder, "commit", "-qam", subject)
        git(at.folder, "merge", "-q", "--no-edit", "-s", "ours", "other")
    at.asks("check", "--base", "HEAD", on="2026-11-23")
    assert refused(at, 1, "check --base begun") == {GROWS}


def test_a_branch_that_took_its_base_in_and_left_out_what_it_says(at: Office) -> None:
    """The merge changes nothing beside its own line: what is the base's is gone all the same."""
    git(at.folder, "checkout", "-q", "other")
    git(at.folder, "merge", "-q", "--no-edit", "-s", "ours", "main")
    assert refused(at, 1, "review main..other", "check --base main", "audit") == {GROWS}


@pytest.mark.parametrize("key", GROWING)
def test_every_list_that_grows(key: str) -> None:
    """Of three lines; an entry that one of them ended stays one, and none is anybody's own."""
    old, one, two, three = ({"from": f"2026-0{n}-01", "name": "N"} for n in (1, 2, 3, 4))
    ended = {**old, "until": "2026-02-01"}
    lines = [[ended, one], [old, two], [old, three]]

    def taken(*merged: dict[str, str]) -> list[int]:
        """The lines of which something is missing."""
        path = "registry/members/xx-place.yaml"
        records = [{key: line} for line in lines]
        after = Registry(PlainRecords({path: {key: [*merged]}}))
        found = []
        for n, mine in enumerate(records):
            others = [other for other in records if other is not mine]
            before = Registry(PlainRecords({path: as_joined(mine, others, {key: [*merged]})}))
            found += [n] if [*history_is_append_only(Case(before, after, TODAY), path)] else []
        return found

    assert taken(ended, one, two, three) == taken(ended, three, two, one) == []
    assert taken(old, one, two, three) == [0]
    assert taken(ended, one, two) == [2] and taken(ended, three) == [0, 1]
    assert taken(ended, {**one, "name": "M"}, two, three) == [0, 1, 2]


def test_what_a_merge_drops_is_told_whatever_side_it_is_asked_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that closed a vote is merged as if it had not: to the other side nothing changed."""
    at = Office(scene(tmp_path, "applicant", "meeting", "open admission"), capsys)
    git(at.folder, "checkout", "-q", "--orphan", "line")
    git(at.folder, "commit", "-q", "--allow-empty", "-m", "no register yet", "-o")
    git(at.folder, "commit", "-q", "-m", "opening record")
    git(at.folder, "branch", "-M", "main")
    vote = ("decision", "vote", "EC-2026-001", "--for", "all")
    at.asks(*vote)
    git(at.folder, "checkout", "-q", "-b", "other")
    at.asks("decision", "close", "EC-2026-001")
    git(at.folder, "checkout", "-q", "main")
    at.asks("member", "mayor", ZALIV, "Vera", "--from", "2026-03-01")
    git(at.folder, "merge", "-q", "--no-edit", "-s", "ours", "other")
    sides = [
        f"{way}{side}" for side in ("^1", "^2") for way in ("check --base HEAD", "review HEAD")
    ]
    ways = [f"{way}..HEAD" if way.startswith("review") else way for way in sides]
    assert refused(at, 1, "audit", *ways) >= {"closed-records-are-immutable"}
    whole = refused(at, 1, "check --base HEAD~4")
    assert "closed-records-are-immutable" in whole and "no-silent-rule" not in whole
