"""The case law, put to the judge: every rule trips once and passes once, and nothing else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.finding import Finding
from b40cli.rules.case.rule import Rule
from b40cli.rules.table import RULES, rules_about, rules_under
from b40cli.store.schema import explain, fits, kind_of
from tests import told_cases
from tests.caselaw import FOLDER, Precedent, files, findings, precedent, put
from tests.invented import records

FILES = files()
EXPECTED = {"kind", "file", "at", "says", "facts", "basis"}


def name(file: Path) -> str:
    """A case as the report names it."""
    return file.relative_to(FOLDER).with_suffix("").as_posix()


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_judge_says_what_the_case_says(file: Path, request: pytest.FixtureRequest) -> None:
    """Every finding of the rule is expected; others are named under `also` and `beside`.

    What is said of it, word for word, stands in tests/golden/cases/.
    """
    case = precedent(file)
    said = findings(case)
    own = [f for f in said if f.rule == case.rule]
    unexpected = list(own)
    for wanted in case.then:
        assert not wanted.keys() - EXPECTED, wanted
        match = next((f for f in unexpected if _meets(f, wanted)), None)
        assert match is not None, f"no finding like {wanted} among {own}"
        unexpected.remove(match)
    assert not unexpected
    others = {f.rule for f in said if f.rule != case.rule and f.kind not in ("note", "duty")}
    assert others == set(case.also), [f for f in said if f.rule in others]
    missed = {f.rule for f in said if f.rule != case.rule and f.kind == "duty"}
    assert missed == set(case.beside), "the duties missed are named under `beside`"
    beside = told_cases.beside(f for f in said if f.rule != case.rule)
    pages = told_cases.told(own), beside, told_cases.owed(case), told_cases.reached(case)
    told = "\n".join(filter(None, pages))
    if request.config.getoption("--bless"):
        told_cases.bless(name(file), told)
    else:
        assert told == told_cases.recorded(name(file)), told_cases.BLESS


def _meets(found: Finding, wanted: Mapping[str, Any]) -> bool:
    at = ".".join(map(str, found.at))
    return (
        found.kind == wanted["kind"]
        and at == wanted.get("at", at)
        and wanted.get("says", "") in found.message
        and found.file == _file(wanted, found)
        and found.basis == wanted.get("basis", found.basis)
        and dict(wanted.get("facts", {})).items() <= found.facts.items()
    )


def _file(wanted: Mapping[str, Any], found: Finding) -> str:
    return f"registry/{wanted['file']}.yaml" if "file" in wanted else found.file


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_records_of_a_case_have_their_shape(file: Path) -> None:
    """A case about records that cannot exist proves nothing."""
    case = precedent(file)
    stock = records()
    for content in (case.before or {}, case.after):
        for path, record in content.items():
            if record != stock.get(path):
                kind = kind_of(path) or ""
                assert kind == "document" or (kind and fits(kind, record)), (
                    path,
                    explain(kind, record),
                )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_trips_once_and_passes_once(rule: Rule) -> None:
    """A check that cannot fail is no check."""
    cases = [case for case in map(precedent, FILES) if case.asks is rule]
    assert any(_trips(case, rule) for case in cases), f"{rule.name} has no case that trips it"
    assert any(not case.then for case in cases), f"{rule.name} has no case that passes"


def _trips(case: Precedent, rule: Rule) -> bool:
    return any(finding["kind"] == rule.kind for finding in case.then)


@pytest.mark.parametrize("rule", [r for r in RULES if r.since > 1 or r.until], ids=lambda r: r.name)
def test_a_rule_of_some_sets_says_of_which_day_it_answers(rule: Rule) -> None:
    """Of a record that has no one day it would never be asked otherwise, or would never end."""
    for case in (case for case in map(precedent, FILES) if case.asks is rule):
        asked = put(case)._replace(asking=rule.since)
        for path in (path for path in case.after if rule in rules_about(path)):
            if not path.startswith(("registry/decisions/", "registry/meetings/")):
                assert all(breach.on for breach in rule.question(asked, path)), (case.title, path)


def test_no_two_rules_have_one_name() -> None:
    """A name is what letters and records cite; who replaces a rule may keep it, in a later set."""
    for rule_set in KNOWN_SETS:
        names = Counter(rule.name for rule in rules_under(rule_set))
        assert [name for name, times in names.items() if times > 1] == []


def test_every_case_asks_a_rule_that_exists() -> None:
    """A case whose rule is gone would pass for ever."""
    assert {precedent(file).rule for file in FILES} <= {rule.name for rule in RULES}


def test_every_case_lies_with_its_article() -> None:
    """art13/ holds cases on rules of Art. 13; the law of the record is in record/."""
    articles = {rule.name: rule.article for rule in RULES}
    for file in FILES:
        article = articles[precedent(file).rule]
        numbers = (
            [f"art{int(part):02d}" for part in article.removeprefix("Art. ").split(",")]
            if (article.startswith("Art. "))
            else ["record"]
        )
        assert file.parent.name in numbers, f"{name(file)} is about {article}"


def test_the_invented_network_is_lawful() -> None:
    """What every case starts from trips nothing."""
    from datetime import date

    network = Precedent(FOLDER, "", "", None, records(), date(2026, 3, 10), [], [], [])
    assert findings(network) == ()
