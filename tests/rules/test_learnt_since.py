"""What was learnt after a record was closed: which records are told of it, by which norms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.rules.case.rule import RECORD, Breach, Case, Rule
from b40cli.rules.facts.known_standing import as_known_to
from b40cli.rules.record.known.late_law import earlier_law_affected
from b40cli.rules.record.known.learnt_since import _annulled_since, earlier_head_affected
from tests.invented import DAY, MEETING, SEVEN, Records, meeting, records, registry

ACT, VOTE, LAW = (
    f"registry/decisions/2026/{name}.yaml" for name in ("PR-2026-001", "EC-2026-001", "GA-2026-001")
)


def decided(path: str, body: str, **more: Any) -> Records:
    """A decision that was adopted on the day."""
    data = {"id": path.rpartition("/")[2][:-5], "body": body, "matter": "resolution", "title": "t"}
    return {path: {**data, "state": "adopted", "closed": str(DAY), **more}}


@pytest.mark.parametrize(
    ("state", "closed", "told"),
    [
        ("adopted", str(DAY), True),
        ("rejected", str(DAY), True),
        ("adopted", None, False),
        ("open", str(DAY), False),
        ("withdrawn", str(DAY), False),
    ],
)
def test_a_signatory_learnt_otherwise_is_told_of_what_was_closed(
    state: str, closed: str | None, told: bool
) -> None:
    """On the day it was closed; a vote that is open, or was taken back, is told nothing."""
    content = records()
    content[f"registry/members/{SEVEN[0]}.yaml"]["mayors"] = [
        {"name": "Ana", "capacity": "mayor", "from": "2025-01-01", "until": "2026-02-01"},
        {"name": "Iva", "capacity": "mayor", "from": "2026-02-01"},
    ]
    signed = {"city": SEVEN[0], "person": "Ana", "capacity": "mayor"}
    content |= decided(ACT, "president", decided_by=signed, state=state, closed=closed)
    asked = registry(content)
    found = [*earlier_head_affected(Case(asked, asked, DAY), ACT)]
    assert [breach.at for breach in found] == [("decided_by", "person")] * told


def norm(name: str, **more: Any) -> Rule:
    """A norm that is broken by everything."""
    asked: dict[str, Any] = {"kind": "validity", "article": "Art. 10", "about": ("decisions",)}
    given = {**asked, **more}
    return Rule(
        name, norm="n", question=lambda *_: iter((Breach(f"{name}.", "r"),)), fails="f", cure="c",
        **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("named", "path", "said"),
    [
        (["decisions/2026/EC-2026-001"], VOTE, ["law.", "of all."]),
        (["decisions/2026/EC-2026-001"], ACT, None),
        ([], VOTE, None),
        (None, VOTE, None),
    ],
)
def test_which_norms_are_asked_of_what_a_late_law_came_after(
    named: list[str] | None, path: str, said: list[str] | None
) -> None:
    """Those of the statutes that decide on validity: no duty, no note, no law of the record."""
    known = {"on_record": named} if named is not None else {}
    content = records(2) | decided(VOTE, "executive-committee") | decided(ACT, "president")
    law = decided(LAW, "general-assembly", known=known)
    norms = (
        norm("law"),
        norm("of all", about=("*",)),
        norm("duty", kind="duty"),
        norm("note", kind="note"),
        norm("record", article=RECORD),
        norm("note of the record", kind="note", article=RECORD),
        norm("of meetings", about=("meetings",)),
    )
    rule = earlier_law_affected(norms)
    found = [*rule.question(Case(None, registry(content | law), DAY), path)]
    assert [breach.facts["said"] for breach in found] == ([said] if said else [])
    assert all(breach.facts["laws"] == ["GA-2026-001"] for breach in found)


SEAT = "registry/committee/2026.yaml"
ELECTION = "registry/decisions/2026/GA-2026-002.yaml"
ANNULS = "registry/decisions/2026/GA-2026-003.yaml"


@pytest.mark.parametrize(
    ("ground", "annulled", "met", "said"),
    [
        ("GA-2026-002", "2026-03-11", True, ["elected-4: si-jezerna then, vacant now"]),
        ("GA-2026-002", "2026-03-09", True, []),
        ("GA-2026-002", "2026-03-11", False, []),
        ("GA-2026-001", "2026-03-11", True, []),
        ("GA-2026-002", None, True, []),
    ],
)
def test_which_seats_an_annulment_since_gives_otherwise(
    ground: str, annulled: str | None, met: bool, said: list[str]
) -> None:
    """Those of what was annulled from the beginning after the vote; what was so by then is not."""
    content = records(2)
    content[SEAT]["seats"][6] |= {"ground": ground, "source": None}
    body, matter = "general-assembly", "committee-election"
    content |= decided(ELECTION, body, matter=matter, closed="2026-01-20")
    content |= decided(VOTE, "executive-committee", meeting=MEETING)
    if annulled:
        said_of_it = {"annuls": "GA-2026-002", "effect": "ex-tunc", "matter": "annulment"}
        content |= decided(ANNULS, body, closed=annulled, **said_of_it)
    if met:
        content[f"registry/meetings/{MEETING}.yaml"] = meeting()
    asked = registry(content)
    vote = asked.decision("EC-2026-001")
    assert vote is not None
    assert [*_annulled_since(Case(asked, asked, date(2026, 3, 12)), vote)] == said


CITY = f"registry/members/{SEVEN[3]}.yaml"
LATE = {"received": "2026-03-01", "known": {"on_record": ["decisions/2026/EC-2026-001"]}}
EARLY = {"received": "2025-02-01"}
OF_ANOTHER = {"received": "2026-03-01", "known": {"on_record": ["decisions/2026/EC-2026-002"]}}


@pytest.mark.parametrize(
    ("notice", "former", "kept"),
    [
        (LATE, [], (None, [])),
        (LATE, [EARLY], (None, [EARLY])),
        (EARLY, [LATE, EARLY], (EARLY, [EARLY])),
        (LATE, [LATE], (None, [])),
        (OF_ANOTHER, [LATE], (OF_ANOTHER, [])),
        (OF_ANOTHER, [EARLY], (OF_ANOTHER, [EARLY])),
    ],
)
def test_a_notice_of_leaving_that_came_late_was_unknown_to_what_it_names(
    notice: dict[str, Any], former: list[dict[str, Any]], kept: tuple[Any, ...]
) -> None:
    """The others stay, and the rest of the record."""
    content = records(2) | decided(VOTE, "executive-committee")
    content[CITY] |= {"withdrawal": notice, "former_withdrawals": former}
    was = as_known_to(registry(content), VOTE).data(CITY) or {}
    assert (was.get("withdrawal"), was["former_withdrawals"]) == kept
    assert was["name"] == content[CITY]["name"]
