"""A state supposed on top of another answers as one that was made anew would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.model.state.supposed import SupposedRegistry
from tests.invented import records

CORRECTION = "registry/corrections/2026/C-2026-001.yaml"
DECISION = "registry/decisions/2026/EC-2026-077.yaml"
MEMBER = "registry/members/hr-kamenik.yaml"
MADE = {"id": "EC-2026-077", "body": "executive-committee", "matter": "other", "title": "T",
        "proposed": "2026-03-01", "state": "adopted", "closed": "2026-03-02"}  # fmt: skip
SAID = {"id": "C-2026-001", "corrects": "members/hr-kamenik", "at": "name", "was": "Kamenik",
        "is": "Kamen Ik", "by": "EC-2026-077", "on": "2026-03-02", "why": "A slip."}  # fmt: skip


@pytest.mark.parametrize(
    "steps",
    [
        ({},),
        ({MEMBER: {"name": "Elsewhere"}},),
        ({"registry/meetings/2027-01-05-ec.yaml": {"id": "2027-01-05-ec"}},),
        ({CORRECTION: SAID}, {DECISION: MADE}),
        ({DECISION: MADE, CORRECTION: SAID}, {DECISION: {**MADE, "state": "rejected"}}),
    ],
)
def test_it_answers_as_one_made_anew(steps: tuple[dict[str, Mapping[str, Any]], ...]) -> None:
    held: dict[str, Any] = dict(records())
    supposed: Registry = Registry(PlainRecords(held))
    list(supposed.members())
    for changed in steps:
        whole = {path: {**held.get(path, {}), **data} for path, data in changed.items()}
        held |= whole
        supposed = SupposedRegistry(supposed, whole)
    anew = Registry(PlainRecords(held))
    assert supposed.corrections() == anew.corrections()
    assert supposed.paths("") == anew.paths("")
    for folder in ("members/", "meetings/", "decisions/2026/", "corrections/"):
        assert supposed.paths(folder) == anew.paths(folder)
    for word in ("hr-kamenik", "2026", "candidates", "Elsewhere", "EC-2026-077"):
        assert supposed.naming(word) == anew.naming(word)
    assert [*supposed.members()] == [*anew.members()]
    assert supposed.data(MEMBER) == anew.data(MEMBER)
    assert supposed.annulments() == anew.annulments()
