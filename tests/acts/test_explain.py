"""`explain` tells every rule, open point and article, and helps where a name is none."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import b40cli
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.published.site import material
from b40cli.acts.reads import statutes
from b40cli.acts.reads.coverage import coverage
from b40cli.acts.reads.doctor import doctor
from b40cli.cli.main import main
from b40cli.cli.telling import told as tell
from b40cli.model.errors import UsageError
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.render.kosovo import NOTE
from b40cli.render.site.frame import site_of
from b40cli.render.site.law import statutes_page
from b40cli.rules.case.rule import Rule
from b40cli.rules.case.rule_sets import CONTENTS
from b40cli.rules.record.signed.history import NORMS
from b40cli.rules.record.signed.signatures import Norm
from b40cli.rules.table import RULES, rule_named
from tests.invented import DAY, registry, repository
from tests.rules.test_rule_sets import FIRST, TAKEN, upgraded

POINTS = tuple(f"INT-{n:02}" for n in range(1, 37))


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    return open_view(repository(tmp_path_factory.mktemp("explained")), DAY)


def told(view: View, reference: str) -> str:
    """What a person reads; folded lines are one."""
    text = tell(statutes.explain(view, reference), "terminal")
    assert max(len(line) for line in text.splitlines() if line != NOTE) <= 80
    return " ".join(text.split())


@pytest.mark.parametrize(
    "rule", [r for r in RULES if rule_named(r.name, 1) is r], ids=lambda r: r.name
)
def test_every_rule_is_explained(rule: Rule, view: View) -> None:
    """Norm, article, the numbers of the day, an example that fails and how to cure it."""
    said = told(view, rule.name)
    assert f"{rule.name} ({rule.article}, {rule.kind})" in said
    for part in (rule.norm, f"fails: {rule.fails}", f"cure: {rule.cure}"):
        assert " ".join(part.split()) in said
    assert rule.fails and rule.cure and rule.norm
    for name in view.registry.parameters().keys() & set(rule.parameters):
        assert f"number: {name}: " in said and f"number: {name}: None" not in said
    for point in view.registry.interpretations().keys() & set(rule.readings):
        assert f"reading: {point}: {view.law.reading(point)}" in said


def test_every_rule_that_the_coverage_names_is_explained(view: View) -> None:
    articles = coverage(view).result["articles"]
    named = {rule for a in articles for s in a["sentences"] for rule in s["rules"]}
    assert "kosovo-designation" in named
    assert all("fails:" in told(view, rule) for rule in sorted(named))


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.name)
def test_every_norm_of_history_is_explained(norm: Norm, view: View) -> None:
    """What the audit and the review refuse by is explained as any rule is."""
    said = told(view, norm.name)
    assert all(part in " ".join(said.split()) for part in (norm.norm, norm.fails, norm.cure))


@pytest.mark.parametrize("point", POINTS)
def test_every_open_point_is_explained(point: str, view: View) -> None:
    """Question, article, each reading, and for each rule it bears on the same as of a rule."""
    said = told(view, point)
    record = view.registry.interpretations()[point]
    assert record.question in said and "Art. " in said
    for reading, means in record.readings.items():
        assert reading in said and means in said
    bears = [rule for rule in RULES if point in rule.readings]
    for rule in bears:
        assert f"bears on {rule.name} ({rule.article})" in said
        assert f"fails: {rule.fails}" in said and f"cure: {rule.cure}" in said
        assert all(f"number: {name}: " in said for name in rule.parameters)
    assert bears or "No rule turns on it" in said


def test_between_an_upgrade_and_the_next_day_it_is_said_from_when(
    view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None is in force, one is taken: reads, site and public document say which, from what day."""
    for later in [number for number in KNOWN_SETS if number > 2]:
        monkeypatch.delitem(KNOWN_SETS, later)
    eve = view._replace(registry=registry(upgraded()), on=TAKEN)
    taken, day = "exercises-but-not-in-own-matter", str(FIRST)
    said = told(eve, "INT-37")
    assert "taken none is in force" in said and f"later {taken}, provisional" in said
    assert f"in force from {day}" in said and "None" not in said
    said = told(eve, "suspended-in-office")
    assert f"reading: INT-37: none is in force; {taken} from {day}" in said
    paper = tell(statutes.readings(eve, "INT-37"), "markdown")
    assert "Taken: none is in force" in paper and "(nobody)" not in paper
    assert "Later: **exercises but not in own matter (provisional)**, in force from" in paper
    checks = {check["what"]: check for check in doctor(eve, TAKEN).result["checks"]}
    assert checks["rule set"]["says"] == (
        f"Rule set 1 is in force. Set 2 is taken in, in force from {day}."
    )
    assert checks["rule set"]["well"] and checks["rule set"]["cure"] is None
    made = material(eve)
    page = statutes_page(site_of(made, {})).body
    assert f"in force from {day}, provisionally" in str(page)
    row = next(r for r in made["document"]["readings"] if r["id"] == "INT-37")
    assert (row["reading"], row["later"], row["later_since"]) == (None, taken, day)


def test_the_open_points_without_a_rule_are_known(view: View) -> None:
    """What a draft agenda is an agenda of changes no count and no effect."""
    used = {point for rule in RULES for point in rule.readings}
    held = {*view.registry.interpretations(), *(p.id for p in CONTENTS[2].points)}
    assert held - used == {"INT-32"}


@pytest.mark.parametrize("number", range(1, 15))
def test_every_article_is_explained(number: int, view: View) -> None:
    article = next(a for a in view.registry.articles() if a["id"] == f"art{number}")
    said = told(view, f"Art. {number}")
    assert all(sentence["says"] in said for sentence in article["sentences"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comittee-quorum", "committee-quorum"),
        ("quorum", "quorum-at-first-roll-call"),
        ("Committee quorum", "committee-quorum"),
        ("INT-99", "INT-09"),
        ("art15", "art5"),
    ],
)
def test_a_name_that_is_none_is_answered_with_those_that_come_near(
    typed: str, meant: str, view: View
) -> None:
    with pytest.raises(UsageError) as refused:
        statutes.explain(view, typed)
    near, listed = refused.value.remedy.splitlines()
    assert meant in near and near.count(",") < statutes.CLOSE
    assert "b40 statutes coverage" in listed


def test_nonsense_is_answered_on_lines_of_eighty_columns(
    view: View, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(view.repository.root)
    for word in ("x" * 30, "committee", "comittee-quorum"):
        assert main(["-C", place, "explain", word]) == 2
        said = capsys.readouterr().err
        assert max(map(len, said.splitlines())) <= 80 and "b40 statutes coverage" in said


def test_the_edition_is_told_as_far_as_its_day_is_known(view: View) -> None:
    assert "Edition 2024-01, attested by 2024-01-31." in tell(statutes.show(view, None), "terminal")


def test_the_quorum_of_another_day_says_so(tmp_path: Path) -> None:
    from b40cli.acts.votes.quorum import quorum

    past = open_view(repository(tmp_path), date(2026, 2, 1))
    assert "Quorum if it met on 2026-02-01: 8 would be needed" in tell(
        quorum(past, None, None), "terminal"
    )


def test_outside_of_any_register_the_shipped_statutes_explain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As from a wheel, in an empty folder; a folder that was named has to be a register."""
    monkeypatch.chdir(tmp_path)
    assert main(["explain", "committee-quorum"]) == 0
    heard = capsys.readouterr()
    assert "Art. 13" in heard.out and "No register here" in heard.err
    assert list(tmp_path.iterdir()) == []
    assert main(["-C", str(tmp_path), "explain", "committee-quorum"]) == 2


def test_whatever_is_told_can_be_explained() -> None:
    """Each name that a finding is given in the sources is a rule's or a norm's own."""
    named = set()
    texts = (file.read_text("utf-8") for file in Path(b40cli.__file__).parent.rglob("*.py"))
    for text in (text for text in texts if "Finding(" in text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                said = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "rule")]
                named |= {n.value for n in said if isinstance(n, ast.Constant)}
    known = {rule.name for rule in RULES} | {norm.name for norm in NORMS}
    # Of a row of somebody's spreadsheet, which is no part of the register.
    assert named - known == {"import-row"}
