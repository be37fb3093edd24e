"""What records are called, and where they lie."""

from __future__ import annotations

import json
import operator

import pytest

from b40cli.model.ref import Ref, alike, ids, once, ref_of

NAMED = (
    ("network", Ref("", "network")),
    ("members/bg-rosendol", Ref("members", "bg-rosendol")),
    ("presidencies/2026", Ref("presidencies", "2026")),
    ("meetings/2026-12-15-ec", Ref("meetings", "2026-12-15-ec")),
    ("decisions/2026/EC-2026-001", Ref("decisions", "EC-2026-001")),
    ("corrections/2027/C-2027-014", Ref("corrections", "C-2027-014")),
    ("statutes/interpretations/INT-01", Ref("statutes/interpretations", "INT-01")),
)


@pytest.mark.parametrize(("named", "ref"), NAMED, ids=[named for named, _ref in NAMED])
def test_a_name_and_a_path_are_one_reference(named: str, ref: Ref) -> None:
    path = f"registry/{named}.yaml"
    assert ref_of(named) == ref_of(path) == ref
    assert str(ref) == named
    assert ref.path == path


@pytest.mark.parametrize(
    "path", ["registry/decisions/2027/EC-2026-001.yaml", "registry/corrections/2026/x.yaml"]
)
def test_what_is_filed_elsewhere_is_not_taken_for_what_lies_in_its_place(path: str) -> None:
    assert ref_of(path).path == path
    assert ref_of(path).kind not in ("decisions", "corrections")


def test_what_many_records_say_is_held_once() -> None:
    """An id by every record that lists it, equal data too; and the one is never the other."""
    first, second = (ids(json.loads('["al-aldmar", "None"]')) for _ in range(2))
    assert first == ("al-aldmar", "None") and all(map(operator.is_, first, second))
    held, other = (alike(json.loads('{"for": 7, "met": true}')) for _ in range(2))
    assert held is other and alike({"for": 7, "met": 1}) is not held
    assert alike(None) is None and once("None") is first[1]
