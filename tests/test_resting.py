"""What rests on what: after any edit, however unlawful, nobody is left believing what was true.

The edits are random and know no law (tests/edits.py). What is told of the records an edit leaves
alone is held against judging every record: by `check`, warm, and by the judge of a change.
"""

from __future__ import annotations

import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from b40cli.acts.audit.replay import _nodes as nodes_of
from b40cli.acts.judge import verdicts
from b40cli.acts.judge.judging import judge_change
from b40cli.acts.judge.verdicts import Versions, judged, kept, law_of
from b40cli.acts.review.base_law import changes_the_law, judge_by_base
from b40cli.model.finding import GRAVE, Finding
from b40cli.model.state.change import WORD
from b40cli.model.state.incremental import Following, MovingRegistry
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.record.reach import touched
from b40cli.rules.table import judge, judge_record
from b40cli.store.moving_tree import Changed, MovingTree
from b40cli.store.snapshot import Snapshot
from b40cli.store.yaml.dialect import parse
from tests.edits import Hand, Records
from tests.invented import git, no_bytes

BUNDLE = Path(__file__).parent / "registers" / "0.1.0-invented.bundle"
ON = date(2026, 3, 30)
WARM = 150
# `make test-edits` asks for more, and judges every record each time.
EDITS = int(os.environ.get("B40_EDITS", "1000"))
WHOLE = "B40_EDITS" in os.environ


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """A register that an earlier version made: 24 cities, a year and a summit; and corrections."""
    folder = tmp_path_factory.mktemp("register")
    git(folder, "clone", "-q", str(BUNDLE), "demo")
    root = folder / "demo"
    files = sorted((root / "registry").rglob("*.yaml"))
    records = {file.relative_to(root).as_posix(): parse(file.read_bytes()) for file in files}
    return corrected(records)


def corrected(records: Records) -> Records:
    """The records with a few corrections beside them, whether they hold or not."""
    return {**records, **Hand(records, 1).corrections(6)}


def texts_of(records: Records) -> dict[str, tuple[str, str] | None]:
    """Each record's hash and text, as the store holds it."""
    held: dict[str, tuple[str, str] | None] = {}
    for path, record in records.items():
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        held[path] = (sha256(text.encode()).hexdigest(), text) if record is not None else None
    return held


def snapshot(held: dict[str, tuple[str, str] | None]) -> Snapshot:
    """Records as the store gives them to the judge."""
    there = {path: record for path, record in held.items() if record is not None}
    return Snapshot(
        {p: oid for p, (oid, _) in there.items()}, {p: t for p, (_, t) in there.items()}
    )


def test_a_warm_check_says_what_a_cold_one_says(
    demo: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = texts_of(demo)
    versions = Versions(snapshot(held))
    case = Case(None, Registry(versions.snapshot), ON)
    entries = {v.path: v.entry for v in judged(case, versions, sorted(demo))}
    monkeypatch.setattr(verdicts, "REMEMBERED", 5)
    assert entries == {v.path: v.entry for v in judged(case, versions, sorted(demo))}
    used = 0
    for edit in Hand(demo, 40).edits(WARM):
        now = Versions(snapshot({**held, **texts_of(edit)}))
        after = Registry(now.snapshot)
        if law_of(after, now) != law_of(case.after, versions):
            continue
        for path in sorted(now.snapshot):
            verdict = kept(entries.get(path), now, path)
            if verdict is not None:
                used += 1
                fresh = tuple(judge_record(Case(None, after, ON), path))
                assert tuple(verdict) == fresh, (sorted(edit), path)
    assert used > WARM * len(demo) / 4


class Beside:
    """A register, and beside it each edit of it: what is told, and what there would be to tell.

    To tell there is what judging every record finds and did not find before. Of the records that
    an edit leaves alone only those are judged that looked at something it changes, unless `whole`.
    """

    def __init__(self, records: Records, on: date, *, whole: bool) -> None:
        self.held = texts_of(records)
        self.on = on
        self.whole = whole
        self.snapshot = held = snapshot(self.held)
        self.before = Registry(held)
        self.state = MovingTree(held.tree, held.texts)
        self.standing = MovingRegistry(self.state)
        self.known: set[tuple[str, ...]] = set()
        self.looking: dict[str, set[str]] = {}
        for path in sorted(records):
            self.before.looked_at = set()
            self.known |= set(map(said, judge_record(Case(None, self.before, on), path)))
            for node in self.before.looked_at:
                self.looking.setdefault(node, set()).add(path)

    def untold(self, edit: Records, *, wholly: bool) -> set[tuple[str, ...]]:
        """What judging every record finds new, and not both an act or a review and the audit tell.

        They judge what is touched, each by registries of its own; `wholly` lets them do it.
        """
        fresh = texts_of(edit)
        edited = snapshot({**self.held, **fresh})
        anew = Registry(self.snapshot.with_changes(edited.tree, edited.texts))
        after = self.before.followed(anew.records, fresh)
        nodes = nodes_of(self.standing, self.state, fresh)
        following = Following(self.standing, Changed(self.state, fresh), nodes)
        sides = (self.before, after), (self.standing, following)
        moved = self.moved(fresh) & set(after.paths(""))
        case, spared = Case(self.before, anew, self.on), set[str]()
        if not wholly:
            first, second = (set(touched(*side, edit)) for side in sides)
            # The audit asks for what is refused alone, and of fewer records.
            spared = moved & first & second - set(touched(*sides[1], edit, GRAVE))
            moved -= first & second
        found = set(map(said, (*judge(case, moved), *judge(case, spared, GRAVE)))) - self.known
        if wholly:
            told = moved | (fresh.keys() & set(after.paths("")))
            assert judge(case._replace(after=after), told) == judge(case, told)
            acts, audits = (
                set(map(said, judge_change(*s, edit, self.on, blob=no_bytes))) for s in sides
            )
            found -= acts & audits
            if not changes_the_law(self.before, after):
                by_base = judge_by_base(
                    self.before, self.before, after, edit, self.on, blob=no_bytes
                )
                assert acts <= set(map(said, by_base))
        return found

    def moved(self, edit: dict[str, tuple[str, str] | None]) -> set[str]:
        """The records an edit leaves alone that looked at something it changes."""
        if self.whole or any(path == NETWORK or "/statutes/" in path for path in edit):
            return self.held.keys() - edit.keys()
        moved: set[str] = set()
        words = [node for node in self.looking if node.startswith(WORD)]
        for path, record in edit.items():
            texts = self.state.texts.get(path, ""), record[1] if record else ""
            moved |= self.looking.get(path, set())
            for word in words if bool(texts[0]) == bool(texts[1]) else self.looking:
                above = word.endswith("/") and path.startswith(word)
                if above or (word.startswith(WORD) and any(word[1:] in text for text in texts)):
                    moved |= self.looking[word]
        return moved - edit.keys()


def said(finding: Finding) -> tuple[str, ...]:
    """What makes a finding the same before and after."""
    return finding.rule, finding.file, finding.message


def test_an_edit_makes_nothing_wrong_that_is_not_told(demo: Records) -> None:
    beside = Beside(demo, ON, whole=WHOLE)
    for n, edit in enumerate(Hand(demo, 41).edits(EDITS)):
        assert not beside.untold(edit, wholly=n % 20 == 0), (n, sorted(edit))
    assert beside.known == set(map(said, judge(Case(None, beside.before, ON), demo)))
