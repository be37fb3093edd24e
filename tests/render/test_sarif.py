"""SARIF: what is written validates against the schema of the standard, whatever a record holds."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from b40cli.cli.telling import told as tell
from b40cli.model.answer import NormTold
from tests.render.answers import HOSTILE, answer, finding

SCHEMA = Path(__file__).parent / "formats" / "sarif-2.1.0.json"


def log(*findings: Any) -> dict[str, Any]:
    """The log of a check with these findings, once the standard's schema has seen it."""
    told = json.loads(tell(answer("check", *findings), "sarif"))
    Draft4Validator(json.loads(SCHEMA.read_bytes())).validate(told)
    assert isinstance(told, dict)
    return told


def result(*findings: Any) -> dict[str, Any]:
    """The first result."""
    (first, *_) = log(*findings)["runs"][0]["results"]
    assert isinstance(first, dict)
    return first


def test_the_schema_is_the_one_the_readme_names() -> None:
    """It was not bent to what we write."""
    digest = sha256(SCHEMA.read_bytes()).hexdigest()
    assert digest in (SCHEMA.parent / "README.md").read_text()


def test_nothing_found() -> None:
    """A run without results."""
    (run,) = log()["runs"]
    assert run["results"] == [] and run["tool"]["driver"]["rules"] == []


@pytest.mark.parametrize(
    ("kind", "level"),
    [("validity", "error"), ("defect", "error"), ("duty", "warning"), ("note", "note")],
)
def test_a_level_each(kind: str, level: str) -> None:
    """What refuses is an error."""
    assert result(finding(kind=kind))["level"] == level


def test_a_place_is_counted_from_one() -> None:
    """Line and column 0 would have the upload refused."""
    place = result(finding(line=0, column=0))["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 1}
    place = result(finding(line=31, column=5))["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 31, "startColumn": 5}
    assert place["artifactLocation"] == {"uri": "registry/x.yaml", "uriBaseId": "%SRCROOT%"}


def test_an_address_is_a_relative_uri() -> None:
    """Blanks, colons and other letters are escaped; nothing is starred in it."""
    found = finding(file="registry/evidence/Kosovo: ž #1.pdf")
    place = result(found)["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "registry/evidence/Kosovo%3A%20%C5%BE%20%231.pdf"


def test_the_rules_are_described() -> None:
    """Once each, with norm, article and cure; results point to them."""
    one, other = finding(rule="a-rule"), finding("Again.", rule="b-rule", kind="note")
    norm: NormTold = {
        "article": "Art. 5",
        "rule_set": 1,
        "norm": "A norm.",
        "fails": "So.",
        "cure": "Thus.",
    }
    told = answer("check", one, other, one._replace(line=2))._replace(
        beside={"rules": {"a-rule": norm}}
    )
    (run,) = json.loads(tell(told, "sarif"))["runs"]
    first, second = run["tool"]["driver"]["rules"]
    assert (first["id"], first["fullDescription"]["text"]) == ("a-rule", "Art. 5: A norm.")
    assert first["help"]["text"] == "Fails: So. Cure: Thus."
    assert second["id"] == "b-rule" and second["defaultConfiguration"] == {"level": "note"}
    assert [r["ruleIndex"] for r in run["results"]] == [0, 1, 0]


def test_kosovo_has_its_asterisk_and_the_note() -> None:
    """In every text; the note once."""
    told = log(finding("A city in Kosovo."))["runs"][0]
    assert told["results"][0]["message"]["text"].startswith("A city in Kosovo*.")
    assert "UNSCR" in told["properties"]["designationNote"]


@pytest.mark.parametrize("hostile", [*HOSTILE, "[a](http://x.example)", "{0} {12}", "\ufffe"])
def test_hostile_text_is_text(hostile: str) -> None:
    """No escape reaches a terminal, no link and no placeholder a viewer."""
    found = result(finding(hostile, remedy=hostile))["message"]["text"]
    assert "\x1b" not in found and "](" not in found and "{0}" not in found


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    """So a host knows it again; another finding has another."""
    prints = [
        result(f)["partialFingerprints"]["b40/v1"]
        for f in (finding(), finding(line=9, column=2), finding("Another."))
    ]
    assert prints[0] == prints[1] != prints[2]
