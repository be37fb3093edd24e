"""A field of a decision has one name: in its schema, its facts, its question and its options."""

from __future__ import annotations

import json
from pathlib import Path

from b40cli.acts.change.questions import Question
from b40cli.cli.network.putting import PutOptions
from b40cli.model.facts.decision import Decision

SCHEMA = Path(__file__).parents[1] / "schemas" / "decision.json"
# What a fact is called that the record calls otherwise; an option is given once for each of many.
RECORDED = {"silent": "statutes_silent", "counted": "count"}
OPTIONS = {"candidate": "candidates", "amend": "amends"}
# How a vote was cast: three forms in a record, one fact.
VOTES = {"ballots", "tally", "choices"}
# What no rule asks of a decision.
UNREAD = {"source", "secret"}


def properties() -> set[str]:
    """The fields a decision's record may have."""
    return set(json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"])


def test_every_field_of_a_record_is_a_fact_and_the_other_way_round() -> None:
    facts = {RECORDED.get(name, name) for name in Decision._fields} - {"path", "votes"}
    assert facts | VOTES | UNREAD == properties()


def test_what_is_asked_is_named_as_the_record_names_it() -> None:
    asked = {RECORDED.get(name, name) for name in Question._fields}
    assert asked <= properties()
    assert set(Question._fields) <= set(Decision._fields)


def test_every_part_of_a_question_has_an_option() -> None:
    options = {OPTIONS.get(name, name) for name in PutOptions._fields}
    assert options | {"matter", "meeting"} == set(Question._fields)
