"""The state that moves along history: its words are those of its texts, however it came there."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from b40cli.store.moving_tree import MovingTree

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
