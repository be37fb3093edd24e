"""What stood before, what is told elsewhere, and whose word counts: asked of each by a table."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from b40cli.model.facts.decision import path_of
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art06_invitations import _granted_by_committee
from b40cli.rules.articles.presidency.art11_duties import _agenda_set
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duties import _known
from b40cli.rules.record.record import _is_brought
from b40cli.rules.record.settled import PAPERS, SETTLED, _told_elsewhere
from b40cli.rules.votes.ballots import _ex_officio_voices
from tests.invented import DAY, SEVEN, records, registry

MISSED = {"duty": "summit-in-january", "of": "2026", "by": "president", "reason": "Snow"}


@pytest.mark.parametrize(
    ("before", "after", "n", "known"),
    [
        (None, [MISSED], 0, True),
        ([], [MISSED], 0, False),
        ([MISSED], [MISSED], 0, True),
        ([MISSED], [MISSED, MISSED], 1, False),
        ([MISSED, MISSED], [MISSED, MISSED], 1, True),
        ([MISSED], [{**MISSED, "reason": "Snow and ice"}], 0, True),
        ([MISSED], [{**MISSED, "duty": "summit-host"}], 0, False),
        ([MISSED], [{**MISSED, "of": "2027"}], 0, False),
        ([MISSED], [{**MISSED, "subject": "meetings/2026-01-20-summit"}], 0, False),
    ],
)
def test_an_acknowledgement_that_stood_before(
    before: list[dict[str, str]] | None, after: list[dict[str, str]], n: int, known: bool
) -> None:
    """Of one duty, by its place in the list; the reason may be put otherwise."""
    path = "registry/duties/2026.yaml"
    was, now = (
        registry(records() | {path: {"year": 2026, "acknowledged": listed}})
        for listed in (before or [], after)
    )
    assert _known(Case(None if before is None else was, now, DAY), path, n) is known


@pytest.mark.parametrize(
    ("path", "before", "places"),
    [
        ("registry/members/al-aldmar.yaml", {}, (*SETTLED, ("withdrawal",), ("removal",))),
        (
            "registry/members/al-aldmar.yaml",
            {"application": {"received": "2026-02-01"}},
            (*SETTLED, ("withdrawal",), ("removal",)),
        ),
        (
            "registry/members/al-aldmar.yaml",
            {"application": {"outcome": "EC-2026-001"}},
            (*SETTLED, *PAPERS, ("withdrawal",), ("removal",)),
        ),
        ("registry/groups/al-aldmar.yaml", {"application": {"outcome": "EC-2026-001"}}, ()),
    ],
)
def test_what_is_settled_in_any_register_is_told_once(
    path: str, before: dict[str, Any], places: tuple[Any, ...]
) -> None:
    """An official register leaves it to the rule that tells of it everywhere."""
    assert _told_elsewhere(path, before) == places


@pytest.mark.parametrize(
    ("before", "after", "listed", "brought"),
    [
        ({}, {"population": ["x"]}, False, True),
        ({"population": ["x"]}, {"population": ["x"]}, False, False),
        ({"population": ["x"]}, {"attested": ["x"]}, False, False),
        ({"attested": ["x"]}, {"attested": ["x"], "population": ["x"]}, False, True),
        ({"population": ["x"]}, {"population": ["x"]}, True, True),
        (None, {"population": ["x"]}, False, False),
    ],
)
def test_a_source_that_is_listed_nowhere_is_brought_into_no_more_lists(
    before: dict[str, list[str]] | None, after: dict[str, list[str]], listed: bool, brought: bool
) -> None:
    """One that moves within its record was there; one that was listed before is struck off now."""
    path = f"registry/members/{SEVEN[3]}.yaml"

    def state(told: dict[str, list[str]], *, lists_it: bool = False) -> Registry:
        content = records(2)
        content[path].pop("attested")
        content[path] |= {key: {"source": sources} for key, sources in told.items()}
        if lists_it:
            content["registry/evidence/sources.yaml"]["sources"]["x"] = {"what": "A list"}
        return registry(content)

    was = None if before is None else state(before, lists_it=listed)
    at = (next(key for key in after if not before or key not in before or len(after) == 1),)
    assert _is_brought(Case(was, state(after), DAY), path, "x", at) is brought


GRANTED = {"id": "EC-2026-001", "body": "executive-committee", "matter": "resolution"}
GRANTED |= {"title": "t", "state": "adopted", "closed": "2026-03-10"}


@pytest.mark.parametrize(
    ("reading", "change", "told"),
    [
        ("president", {"state": "rejected"}, False),
        ("committee", {}, False),
        ("committee", {"closed": "2026-03-09"}, False),
        ("committee", {"closed": "2026-03-11"}, True),
        ("committee", {"closed": None, "state": "open"}, True),
        ("committee", {"state": "rejected"}, True),
        ("committee", {"body": "president"}, True),
        ("committee", {"subject": "observers/at-other"}, True),
    ],
)
def test_the_committee_grants_the_status_before_the_invitation(
    reading: str, change: dict[str, Any], told: bool
) -> None:
    """On its day at the latest, where INT-33 is read so."""
    content = records()
    point = content["registry/statutes/interpretations/INT-33.yaml"]
    point["adopted"] = [{"from": "2024-01-31", "reading": reading, "by": "provisional"}]
    content["registry/observers/at-bergstadt.yaml"] = {
        "id": "at-bergstadt", "name": "Bergstadt", "kind": "international",
        "invitations": [{"by": "PR-2026-001", "to": "ga", "on": str(DAY)}],
    }  # fmt: skip
    said = {**GRANTED, "subject": "observers/at-bergstadt", **change}
    content[path_of("EC-2026-001")] = said
    case = Case(None, registry(content), DAY)
    observer = case.after.observer("at-bergstadt")
    assert observer is not None
    found = [*_granted_by_committee(case, observer, observer.invitations[0], ("invitations", 0))]
    assert [breach.at for breach in found] == [("invitations", 0)] * told


@pytest.mark.parametrize(
    ("president", "counted", "silenced", "voices"),
    [
        (SEVEN[0], SEVEN, (), {SEVEN[0]}),
        (SEVEN[0], SEVEN[1:], (), set()),
        (SEVEN[0], SEVEN, (SEVEN[0],), set()),
        (SEVEN[0], SEVEN, (SEVEN[1],), {SEVEN[0]}),
        (None, SEVEN, (), set()),
    ],
)
def test_the_president_s_ballot_is_kept_for_the_casting_vote(
    president: str | None, counted: tuple[str, ...], silenced: tuple[str, ...], voices: set[str]
) -> None:
    """Where the President is there and may vote at all."""
    there = SimpleNamespace(
        president=president, counted=frozenset(counted), silenced=frozenset(silenced)
    )
    found: Any = SimpleNamespace(there=there)
    assert _ex_officio_voices(found) == voices


@pytest.mark.parametrize(
    ("agenda", "annulled", "day"),
    [
        (None, False, None),
        ({"sha256": "0" * 64}, False, "2026-01-05"),
        ("PR-2026-001", False, "2026-02-02"),
        ("PR-2026-001", True, None),
        ("PR-2026-002", False, None),
    ],
)
def test_on_which_day_the_annual_agenda_was_set(
    agenda: Any, annulled: bool, day: str | None
) -> None:
    """By its decision, while that stands; a document bears no day and counts from the first."""
    content = records(2)
    content["registry/presidencies/2026.yaml"] |= {"agenda": agenda} if agenda else {}
    said = {"body": "president", "title": "t", "state": "adopted"}
    for name, more in (
        ("PR-2026-001", {"matter": "annual-agenda", "closed": "2026-02-02"}),
        ("PR-2026-003", {"matter": "annulment", "annuls": "PR-2026-001", "effect": "ex-tunc"}),
    ):
        if annulled or "annuls" not in more:
            content[path_of(name)] = {"id": name, "closed": "2026-03-02", **said, **more}
    asked = registry(content)
    term = asked.term(2026)
    assert term is not None
    set_on = _agenda_set(asked, term, date(2026, 1, 5))
    assert (str(set_on) if set_on else None) == day
