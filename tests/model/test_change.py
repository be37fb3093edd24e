"""A state that follows another answers as one that was made anew, and leaves the other alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from tests.invented import records

CORRECTION = "registry/corrections/2026/C-2026-001.yaml"
DECISION = "registry/decisions/2026/EC-2026-077.yaml"
MEMBER = "registry/members/hr-kamenik.yaml"
MEETING = "registry/meetings/2027-01-05-ec.yaml"
TERM, NEW_TERM = "registry/presidencies/2026.yaml", "registry/presidencies/2027.yaml"
MADE = {"id": "EC-2026-077", "body": "executive-committee", "matter": "other", "title": "T",
        "proposed": "2026-03-01", "state": "adopted", "closed": "2026-03-02"}  # fmt: skip
SAID = {"id": "C-2026-001", "corrects": "members/hr-kamenik", "at": "name", "was": "Kamenik",
        "is": "Kamen Ik", "by": "EC-2026-077", "on": "2026-03-02", "why": "A slip."}  # fmt: skip
OF_THE_TERM = {"corrects": "presidencies/2026", "at": "city", "was": "hr-kamenik",
               "is": "gr-lykonisi"}  # fmt: skip


@pytest.mark.parametrize(
    "steps",
    [
        ({},),
        ({MEMBER: {"name": "Elsewhere"}},),
        ({MEETING: {"id": "2027-01-05-ec"}},),
        ({CORRECTION: SAID}, {DECISION: MADE}),
        ({TERM: {"city": "gr-lykonisi"}}, {NEW_TERM: {"year": 2027, "city": "hr-kamenik"}}),
        ({CORRECTION: {**SAID, **OF_THE_TERM}}, {DECISION: MADE}),
        ({DECISION: MADE, CORRECTION: SAID}, {DECISION: {**MADE, "state": "rejected"}}),
    ],
)
def test_it_answers_as_one_made_anew(steps: tuple[dict[str, Mapping[str, Any]], ...]) -> None:
    held: dict[str, Any] = dict(records())
    supposed = Registry(PlainRecords(held))
    states = [supposed]
    told = [*map(_told, states)]
    for changed in steps:
        whole = {path: {**held.get(path, {}), **data} for path, data in changed.items()}
        held = {**held, **whole}
        supposed = supposed.supposing(whole)
        states.append(supposed)
        told.append(_told(supposed))
        assert told[-1] == _told(Registry(PlainRecords(held)))
    assert [*map(_told, states)] == told


def _told(registry: Registry) -> tuple[object, ...]:
    words = ("hr-kamenik", "2026", "candidates", "Elsewhere", "EC-2026-077")
    folders = ("", "members/", "meetings/", "decisions/2026/", "corrections/")
    return (
        registry.corrections(),
        *map(registry.paths, folders),
        *map(registry.naming, words),
        [*registry.members()],
        registry.data(MEMBER),
        registry.annulments(),
        registry.terms(),
        registry.seats(),
    )


def test_nothing_is_worked_out_twice_that_a_change_does_not_bear_on() -> None:
    """Under other statutes it is, for they are no records of the state."""
    before = Registry(PlainRecords(records()))
    calls: list[Registry] = []

    def heads(registry: Registry) -> list[str]:
        def found() -> list[str]:
            calls.append(registry)
            return [m.name for m in registry.members()]

        return registry.remember("heads", found)

    first = heads(before)
    after = before.with_record(DECISION, MADE).with_record(MEETING, {"id": "2027-01-05-ec"})
    assert heads(after) is first and calls == [before]
    assert heads(before.under(after)) == first and len(calls) == 2
    before.looked_at = set()
    assert before.under(after).has(MEMBER) and before.looked_at == {MEMBER}
    assert after.under(after) is after
    renamed = after.with_record(MEMBER, {**records()[MEMBER], "name": "Elsewhere"})
    assert "Elsewhere" in heads(renamed) and heads(after) is heads(before) is first


def test_what_is_taken_over_is_noted_as_if_it_had_been_worked_out() -> None:
    def named(registry: Registry) -> set[str]:
        registry.looked_at = set()
        registry.remember("named", lambda: [registry.naming("ivo"), registry.paths("groups/")])
        return registry.looked_at

    before = Registry(PlainRecords(records()))
    noted = named(before)
    after, anew = (r.with_record(MEETING, {}) for r in (before, Registry(before.records)))
    assert named(after) == named(anew) == noted == {"?ivo", "registry/groups/"}
