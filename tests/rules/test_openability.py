"""Which norms a proposal is held against before its vote: those that could keep it from opening."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from b40cli.rules.case.rule import RECORD, Breach, Case, Rule
from b40cli.rules.record.known.law_on_record import law_on_record
from b40cli.rules.record.openability import foreseen
from tests.acts.scene import DAY, VOTE, content
from tests.invented import records, registry

STOCK = ("applicant", "meeting")


def _always(_case: Case, _path: str) -> Iterator[Breach]:
    yield Breach("In its way.", "Mend it.")


NORM = Rule("a-norm", "A norm.", ("decisions",), _always, "Broken.", "Mend.", "Art. 5")


@pytest.mark.parametrize(
    ("norm", "told"),
    [
        (NORM, 1),
        (NORM._replace(about=("*",)), 1),
        (NORM._replace(about=("members",)), 0),
        (NORM._replace(kind="note"), 0),
        (NORM._replace(kind="duty"), 0),
        (NORM._replace(article=RECORD), 0),
        (NORM._replace(name="committee-quorum"), 0),
    ],
)
def test_only_what_keeps_a_vote_from_opening_is_foreseen(norm: Rule, told: int) -> None:
    """No note, no rule of the record, and nothing that only the sitting shows."""
    before, after = (registry(content(*stock)) for stock in (STOCK, (*STOCK, "proposed admission")))
    found = foreseen((norm,)).question(Case(before, after, date.fromisoformat(DAY)), VOTE)
    assert len(list(found)) == told


@pytest.mark.parametrize(("rule_set", "told"), [(1, 0), (2, 1)])
def test_a_number_that_a_later_set_asks_for_is_missed_only_under_it(
    rule_set: int, told: int
) -> None:
    rule = law_on_record((NORM._replace(parameters=("a-number",), since=2),))
    held = registry(records(rule_set))
    found = rule.question(Case(None, held, date.fromisoformat(DAY)), "registry/network.yaml")
    assert len([b for b in found if b.facts == {"parameter": "a-number"}]) == told
