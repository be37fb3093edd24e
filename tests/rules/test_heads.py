"""Who heads a city, as a block that is written now says, and as a change moves it."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.facts.known import known_of
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.heads import heads_of, known_heads, misknown
from b40cli.rules.record.known.known_then import _day_and_cities
from tests.invented import DAY, MEETING, SEVEN, Records, meeting, records, registry

ONE, OTHER = SEVEN[3], SEVEN[4]
MAYOR = {"name": "Ana Primer", "capacity": "mayor", "from": "2024-11-06"}


def headed(city: str = ONE, **more: Any) -> Records:
    """The invented network, one of whose cities is headed so."""
    content = records()
    content[f"registry/members/{city}.yaml"]["mayors"] = [{**MAYOR, **more}]
    return content


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Another"},
        {"capacity": "deputy-mayor"},
        {"person": "another"},
        {"until": "2026-05-01"},
        {"until": {"by": "2027-01-01"}},
    ],
)
def test_a_block_says_who_heads_each_city(wrong: dict[str, Any]) -> None:
    """Another head, one that is left out, one of a city that nobody headed."""
    content = registry(headed(until="2027-01-01", person="ana"))
    [right] = known_heads(content, [ONE, OTHER], DAY)

    def told(*heads: dict[str, Any]) -> list[tuple[str, str]]:
        return [*misknown(content, known_of({"heads": list(heads)}), [ONE, OTHER], DAY)]

    assert told(right) == []
    assert told() == told({**right, **wrong}) == [(ONE, "Ana Primer")]
    assert told(right, {**right, "city": OTHER}) == [(OTHER, "nobody")]
    assert [*misknown(content, None, [ONE], DAY)] == [(ONE, "Ana Primer")]


@pytest.mark.parametrize("before", [None, "planned", "called"])
@pytest.mark.parametrize("called", [True, False])
@pytest.mark.parametrize("moved", [True, False])
def test_a_record_in_the_change_that_moves_the_head_was_closed_before(
    before: str | None, called: bool, moved: bool
) -> None:
    """Closed is a meeting by a roll call of before, or by its own with another head in one act."""
    place = f"registry/meetings/{MEETING}.yaml"
    held = {True: meeting(), False: {k: v for k, v in meeting().items() if k != "roll_calls"}}
    now = registry({**headed(name="Another" if moved else "Ana Primer"), place: held[called]})
    was = {"planned": held[False], "called": held[True]}.get(before or "")
    case = Case(registry({**headed(), place: was}) if was else None, now, DAY)
    judged = now.meeting(MEETING)
    assert judged is not None
    closed = heads_of(case, judged, ONE).closed
    own = called and (moved or before is None)
    assert closed is (before == "called" or own)


def test_a_meeting_s_block_is_of_the_heads_that_nobody_designated() -> None:
    """A designee is known by the letter that names it."""
    heads = ((ONE, "mayor"), (OTHER, "designee"))
    sent = [{"member": c, "head": {"name": "Ana Primer", "capacity": k}} for c, k in heads]
    place = f"registry/meetings/{MEETING}.yaml"
    case = Case(None, registry({**headed(), place: meeting(delegations=sent)}), DAY)
    assert _day_and_cities(case, place) == (DAY, [ONE])


@pytest.mark.parametrize(
    ("record", "cities"),
    [
        ({"decided_by": {"city": ONE}, "matter": "suspension"}, [ONE]),
        ({"matter": "presidency", "subject": f"members/{OTHER}"}, [OTHER]),
        ({"matter": "removal", "subject": f"members/{OTHER}"}, []),
        ({"matter": "presidency"}, []),
    ],
)
def test_whose_heads_a_decision_asks_for(record: dict[str, Any], cities: list[str]) -> None:
    """Who signed it, or is to preside."""
    place, decision = "registry/decisions/2026/GA-2026-001.yaml", {"id": "GA-2026-001"}
    decision |= {"body": "general-assembly", "title": "t", "state": "adopted"}
    case = Case(
        None, registry({**headed(), place: {**decision, "closed": str(DAY), **record}}), DAY
    )
    assert _day_and_cities(case, place) == (DAY, cities)
    assert _day_and_cities(case, "registry/network.yaml") == (None, [])
