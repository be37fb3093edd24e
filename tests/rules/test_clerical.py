"""What the secretariat corrects by itself, and what of the network's record no correction moves."""

from __future__ import annotations

from typing import Any

import pytest

from b40cli.model.facts.correction import Correction, correction_of
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.rules.record.correction import _bodies, _decided, _may_be_replaced
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_facts import COMMITTEE
from tests.invented import SHA, meeting, records

CLERICAL = """
    members/ba-brezna-luka: name native_name names.tr.official former_names.0.until note gazetteer
    members/ba-brezna-luka: population.count contact.email government.kind application.received
    members/ba-brezna-luka: former_applications.0.received declaration.signed declaration.place
    members/ba-brezna-luka: ceremony mayors.0.name
    observers/port-of-vodengrad: name note population.year request.received
    presidencies/2026: mayor note
    committee/2026: seats.3.note
    secretariat: appointments.0.name
    groups/water: name experts.0.name programmes.1.goals.2
    meetings/2026-03-10-ec: title city note delegations.0.head.name delegations.0.members.1
    meetings/2026-03-10-ec: minutes.approved
    decisions/EC-2026-001: title decided_by.person
    evidence: sources.founding-list.title
    network: founded.on founding_president.name contact.email
"""
BY_ACTS = ("opened", "status", "complete.members", "dissolution", "reported.0")


def by_secretariat(corrects: str, at: str) -> Correction:
    """A correction that rests on a paper."""
    data: dict[str, Any] = {"id": "C-2026-001", "corrects": corrects, "at": at, "why": "Misread"}
    data |= {"was": "a", "is": "b", "on": "2026-06-02", "by": "secretariat"}
    data |= {"evidence": [{"sha256": SHA}]}
    return correction_of("registry/corrections/2026/C-2026-001.yaml", data)


def refused(corrects: str, at: str) -> list[str]:
    """What is said to a correction by the secretariat, in an official register."""
    files, correction = records(), by_secretariat(corrects, at)
    network = {**files["registry/network.yaml"], "status": "official"}
    registry = Registry(PlainRecords({**files, "registry/network.yaml": network}))
    return [breach.message for breach in _may_be_replaced(registry, correction)]


def test_what_was_copied_from_a_document_is_the_secretariat_s() -> None:
    for line in CLERICAL.strip().splitlines():
        corrects, places = line.strip().split(": ")
        assert {at: refused(corrects, at) for at in places.split()} == {
            at: [] for at in places.split()
        }, corrects
    assert "more than a clerical fact" in refused("members/ba-brezna-luka", "country")[0]


def test_what_the_register_says_of_itself_is_changed_by_its_own_acts() -> None:
    told = [refused("network", at) for at in BY_ACTS]
    assert all("is not corrected" in one[0] for one in told), told


def test_an_assembly_s_record_is_corrected_by_the_assembly_alone() -> None:
    held = {f"registry/meetings/2026-04-10-{k}.yaml": meeting(kind=k) for k in ("ga", "summit")}
    registry = Registry(PlainRecords({**records(), **held}))
    for corrects, bodies in (
        ("meetings/2026-04-10-ga", {ASSEMBLY}),
        ("meetings/2026-04-10-summit", {ASSEMBLY, COMMITTEE}),
        ("members/ba-brezna-luka", {ASSEMBLY, COMMITTEE}),
        ("meetings/2026-05-10-ga", {ASSEMBLY, COMMITTEE}),
    ):
        assert _bodies(registry, by_secretariat(corrects, "chair")) == bodies


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, None),
        ({"closed": "2026-06-02"}, None),
        ({"closed": "2026-06-03"}, "closed on 2026-06-03, after 2026-06-02"),
        ({"matter": "agenda"}, "is a decision on agenda of members/ba-brezna-luka"),
        ({"subject": "members/xk-gurmal"}, "is a decision on resolution of members/xk-gurmal"),
        ({"body": "president"}, "is a decision of the president"),
        ({"state": "rejected"}, "is rejected"),
        ({"annulled": "ex-tunc"}, "was annulled"),
        ({"annulled": "ex-nunc"}, None),
        ({"id": "EC-2026-005"}, None),
    ],
)
def test_what_a_correction_may_rest_on(change: dict[str, str], said: str | None) -> None:
    """An adopted resolution about the record; of one annulled since it is told, never refused."""
    files, effect = records(), change.get("annulled")
    decision = {"id": "EC-2026-004", "body": COMMITTEE, "matter": "resolution", "title": "t"}
    decision |= {"state": "adopted", "closed": "2026-05-02", "subject": "members/ba-brezna-luka"}
    files[f"registry/decisions/2026/{change.get('id', 'EC-2026-004')}.yaml"] = decision | change
    if effect:
        annulled = {"id": "EC-2026-006", "matter": "annulment", "annuls": "EC-2026-004"}
        annulled |= {"effect": effect, "closed": "2026-07-01"}
        files["registry/decisions/2026/EC-2026-006.yaml"] = decision | annulled
    made = by_secretariat("members/ba-brezna-luka", "country")._replace(by="EC-2026-004")
    found = [*_decided(Registry(PlainRecords(files)), made)]
    assert [b.message for b in found] == (
        [f"C-2026-001 rests on EC-2026-004, which {said}."] if said else []
    )
    assert [b.kind for b in found] == ([("note" if effect else None)] if said else [])
    assert all((b.at, b.refs) == (("by",), ("EC-2026-004",)) for b in found)
