"""The state that moves along history: its words are those of its texts, however it came there."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from b40cli.model.ref import ROOT
from b40cli.model.state.records import Overlaid, PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.store.moving_tree import Changed, MovingTree
from b40cli.store.snapshot import Snapshot

SAID = (
    *("al-dol", "ba-vod", "EC-2026-001", "members/al-dol", "2026", "2026-01-25-summit"),
    *(
        "Admission of al-dol",
        'x"al-dol',
        "a\\b",
        "",
        2026,
        ["al-dol", "ba-vod"],
        {"k": "EC-2026-001"},
    ),
)


def test_words_lead_to_the_records_they_stand_in() -> None:
    random = Random(40)
    tree, records = MovingTree({}, {}), dict[str, dict[str, Any]]()
    for _ in range(3000):
        path = f"registry/members/{random.randrange(6)}.yaml"
        if path in records and random.random() < 0.2:
            del records[path]
            tree.put(path, None, None)
            continue
        kept = records.get(path, {}) if random.random() < 0.7 else {}
        records[path] = kept | {random.choice("abcd"): random.choice(SAID)}
        text = json.dumps(records[path], separators=(",", ":"))
        tree.put(path, "blob", text)
        for word in ("al-dol", "ba-vod", "EC-2026-001", "2026", "2026-01-25-summit"):
            fresh = MovingTree(tree.tree, tree.texts)
            assert sorted(tree.naming(word)) == sorted(fresh.naming(word)), (word, text)


MEETING, VOTE = f"{ROOT}meetings/2026-03-10-ec.yaml", f"{ROOT}decisions/2026/EC-2026-001.yaml"


def test_a_word_is_looked_for_below_a_folder_by_whoever_holds_the_records() -> None:
    """Each as the plainest of them does, and each in one folder as in all, with the rest left."""
    held = {path: {"moved": "al-dol"} for path in (MEETING, VOTE, f"{ROOT}members/al-dol.yaml")}
    texts = {path: json.dumps(record) for path, record in held.items()}
    tree = dict.fromkeys(texts, "0" * 40)
    first = dict([*texts.items()][1:])
    less, moving = Snapshot(tree, first), MovingTree(dict(tree), dict(texts))
    kinds = (
        Registry(PlainRecords(held)),
        Registry(Overlaid(PlainRecords(held), {VOTE: held[VOTE]})),
        Registry(PlainRecords({VOTE: held[VOTE]})).supposing(held),
        Registry(Snapshot(tree, texts)),
        Registry(less.with_changes(tree, texts)),
        Registry(moving),
        Registry(Changed(moving, {path: ("1", text) for path, text in texts.items()})),
    )
    for registry in kinds:
        told = {folder: registry.naming("moved", folder) for folder in ("", "meetings/", "m")}
        assert told[""] == tuple(sorted(texts)) and told["meetings/"] == (MEETING,)
        assert told["m"] == (MEETING, f"{ROOT}members/al-dol.yaml")
        assert registry.naming("al-dol", "decisions/2026/") == (VOTE,)
        assert registry.naming("nowhere", "meetings/") == ()
