"""Five invented years: every act is lawful, and one altered fact is caught by its rule."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from b40cli.acts.judge.judging import judge_change
from b40cli.acts.minutes import file_minutes
from b40cli.acts.opened.by_day import as_of
from b40cli.acts.opened.session import Session
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.published.certificate import certificate
from b40cli.acts.reads import groups, lists, observers, plans, presidency
from b40cli.acts.reads.desk import city as telephone
from b40cli.acts.reads.desk.status import status
from b40cli.acts.reads.duties import listed
from b40cli.model.answer import Answer
from b40cli.model.facts.duty import STATES
from b40cli.model.finding import Finding
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.render.certificate import file as certified
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duties import duties
from b40cli.rules.facts.seats import president_on
from b40cli.rules.table import RULES, judge
from b40cli.store.schema import kind_of, order
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump
from bench.clerk import Clerk, Make, Refused
from bench.histories import history
from bench.incidents import dissolved, suspended_by_mistake
from bench.story import Story
from tests.alterations import ALTERATIONS as PLANNED
from tests.alterations import Alteration
from tests.altered_incidents import INCIDENTS
from tests.bare import UNSIGNED, verdict
from tests.edits import Hand
from tests.invented import b40, copied, git, no_bytes
from tests.line import QuickClerk
from tests.many import ALL
from tests.scenario import TODAY, pinned
from tests.test_resting import EDITS, WHOLE, Beside, corrected, texts_of

ALTERATIONS = (*PLANNED, *INCIDENTS)
LAST_DAY = date(2025, 12, 31)
YEARS = 5
# A committee and an Assembly have met by then, and every kind of file was written.
SAMPLE = 50
# A record taken away and a day every record is held against are refused where that is done.
ROOTED = {
    "history-is-append-only": {"references-resolve"},
    "references-resolve": {"references-resolve", "proxy-holder-is-member"},
    "opening-is-kept": {"dates-in-order"},
}
THROUGH_FILES = ("a voter doubled", "a suspension moved", "a seat doubled")


class Tired(Exception):
    """A clerk has done enough."""


class Sample(Clerk):
    """A clerk who does the first acts one by one, as the commands do."""

    def act(self, day: date, make: Make) -> Answer[Any]:
        """One act, one commit, until there are enough."""
        if self.acts == SAMPLE:
            raise Tired
        return super().act(day, make)

    def session(self, day: date | None) -> Session:
        """The clock shows the day that the commits are of."""
        return super().session(day)._replace(today=TODAY)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the history; whichever process comes first tells it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "five-years"
    with (shared / "five-years.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "told.json").exists():
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "register").mkdir(parents=True)
            with pinned():
                story = history(folder / "register", YEARS, hired=QuickClerk)
                assert isinstance(story.clerk, QuickClerk)
                story.clerk.written()
            numbers = {"acts": story.clerk.acts, "members": len(story.members)}
            (folder / "told.json").write_text(json.dumps(numbers))
    return folder


@pytest.fixture(scope="session")
def records(told: Path) -> dict[str, Any]:
    """The final state as plain records."""
    root = told / "register"
    files = sorted((root / "registry").rglob("*.yaml"))
    return {file.relative_to(root).as_posix(): parse(file.read_bytes()) for file in files}


@pytest.fixture(scope="session")
def beside(records: dict[str, Any]) -> Beside:
    """The same, and what each record was looked at for."""
    return Beside(records, LAST_DAY, whole=ALL)


@pytest.fixture(scope="session")
def before(records: dict[str, Any]) -> Registry:
    """The same as a registry: what it works out once serves every alteration."""
    return Registry(PlainRecords(records))


def test_an_act_told_quickly_makes_the_commit_of_the_act_itself(told: Path, tmp_path: Path) -> None:
    """By its name: the tree, the parent, who acted and when, and every word of the message."""
    commits = git(told / "register", "rev-list", "--reverse", "HEAD").splitlines()
    with pinned(), pytest.raises(Tired):
        history(tmp_path, 1, hired=Sample)
    assert git(tmp_path, "rev-list", "--reverse", "HEAD").splitlines() == commits[: SAMPLE + 1]


def test_a_history_is_long_and_of_every_kind(told: Path, records: dict[str, Any]) -> None:
    numbers = json.loads((told / "told.json").read_text())
    voted = [r for p, r in records.items() if "/decisions/" in p]
    collegiate = [r for r in voted if r["body"] in ("general-assembly", "executive-committee")]
    summits = [p for p in records if p.endswith("-summit.yaml") and "youth" not in p]
    assert numbers["members"] >= 24
    assert numbers["acts"] >= 400
    assert len(summits) == YEARS
    assert len(collegiate) >= 60
    assert {r["state"] for r in collegiate} >= {"adopted", "rejected"}
    assert {r["matter"] for r in voted} >= {
        *("admission", "suspension", "reinstatement", "work-programme", "candidates"),
        *("presidency", "agenda", "activity-report", "removal", "amendment", "interpretation"),
        *("committee-election", "observer-invitation", "leader", "special-group", "secretary"),
        *("committee-dismissal", "observer-end", "annual-agenda", "resolution"),
    }
    bodies = ("general-assembly", "executive-committee", "president")
    assert {r["body"] for r in voted if r["matter"] == "annulment"} == set(bodies)
    assert {r["body"] for r in voted if "tally" in r} == set(bodies[:2])


def _told_of(view: View) -> Iterator[Any]:
    """What some reads answer, but for what bears no day: who convened when, what was submitted."""
    yield presidency.show(view).result
    yield plans.order(view, None).result
    yield lists.members(view, None, None, mandates=True).result
    yield observers.listed(view, None, everything=True).result
    yield status(view).result["expiring"]
    yield [seat["by"] for seat in plans.committee_plan(view).result["seats"]]
    working = groups.listed(view, everything=True).result["groups"]
    yield [(row["id"], row["leader"], row["programme"]) for row in working]
    yield telephone.city(view, president_on(view.registry, view.on) or "").result["turn"]


@pytest.mark.parametrize("day", ["2021-10-05", "2022-01-26", "2023-04-20", "2024-10-12"])
def test_a_past_day_is_told_as_it_was_told_then(told: Path, day: str) -> None:
    """Nothing was entered late here: by the days on record and by the commit of then is one."""
    register, on = told / "register", date.fromisoformat(day)
    acts = git(register, "log", "--format=%H %(trailers:key=B40-On,valueonly)").split("\n")
    done = next(act[:40] for act in acts if act[41:51] and act[41:51] <= day)
    now, then = as_of(open_view(register, on), LAST_DAY), open_view(register, on, done)
    for now_told, then_told in zip(_told_of(now), _told_of(then), strict=True):
        assert now_told == then_told
    owed = {
        (row["duty"], row["of"], row["subject"]): row
        for row in listed(now, None, None).result["duties"]
    }
    for row in listed(then, None, None).result["duties"]:
        held = owed[row["duty"], row["of"], row["subject"]]
        assert (held["state"], held["met"]) == (row["state"], row["met"])
    assert not any(row["met"] and row["met"] > day for row in owed.values())


def test_a_history_goes_another_way_than_planned(records: dict[str, Any]) -> None:
    """A seat given back, a candidacy declined, a duty missed and acknowledged, a letter late."""

    def held(folder: str) -> list[Any]:
        return [r for p, r in records.items() if p.startswith(f"registry/{folder}/")]

    ends = [seat.get("ended_by") for term in held("committee") for seat in term["seats"]]
    assert any(isinstance(end, dict) for end in ends)
    assert any("declined" in term for term in held("presidencies"))
    assert len(held("duties")) == YEARS
    known = Registry(PlainRecords(records))
    owed = [d for year in range(2021, 2026) for d in duties(known, year, LAST_DAY, RULES)]
    assert {d.state for d in owed} == set(STATES) - {"not-applicable"}
    every = {rule.name for rule in RULES if rule.kind == "duty"}
    assert {d.rule for d in owed} == every - {"mass-resignation-announced"}
    for duty in owed:
        assert duty.owner and duty.article and duty.due
        assert duty.evidence or duty.state in ("overdue", "due", "not-on-record", "acknowledged")


def test_a_network_ends(told: Path, tmp_path: Path) -> None:
    """The dissolution is the last act; then there are the papers of its meeting, and no more."""
    register, day = tmp_path / "register", date(2025, 12, 20)
    shutil.copytree(told / "register", register)
    story = Story(Clerk(register, LAST_DAY), Random(1), [])
    view = json.loads(b40(register, "roll", "--on", str(day), "--json").stdout)["result"]
    story.members = view["voting"]
    story.presidents[day.year] = president_on(story.registry(), day) or ""
    dissolved(story, day)
    filed = partial(file_minutes, name=f"{day}-ga", document=story.paper())
    assert story.clerk.act(day, filed).ok
    assert b40(register, "check", "--on", str(LAST_DAY)).returncode == 0
    with pytest.raises(Refused, match="closed-network"):
        suspended_by_mistake(story, day)


def test_what_was_told_is_lawful_as_a_whole(told: Path) -> None:
    done = b40(told / "register", "check", "--json")
    findings = json.loads(done.stdout)["findings"]
    assert done.returncode == 0
    assert not [f for f in findings if f["kind"] in ("validity", "defect")]


def test_there_are_at_least_forty_kinds_of_alteration() -> None:
    assert len({a.name for a in ALTERATIONS}) == len(ALTERATIONS) >= 40
    assert len({a.change for a in ALTERATIONS}) == len(ALTERATIONS)


class Altered(NamedTuple):
    """What one alteration makes of the records, and what the judge of a change says of it."""

    alteration: Alteration
    case: Case
    changed: dict[str, Any]
    told: tuple[Finding, ...]


@pytest.fixture(scope="module", params=ALTERATIONS, ids=lambda a: a.name)
def altered(request: pytest.FixtureRequest, records: dict[str, Any], before: Registry) -> Altered:
    """Each alteration by turns, judged once for every test of it."""
    after, now = copied(records), request.param
    now.change(after)
    changed = {p for p in {**records, **after} if records.get(p) != after.get(p)}
    assert changed
    followed = before.followed(PlainRecords(after), changed)
    told = judge_change(before, followed, changed, LAST_DAY, blob=no_bytes)
    case = Case(before, Registry(followed.records), LAST_DAY)
    return Altered(now, case, {path: after.get(path) for path in changed}, told)


def test_one_altered_fact_is_caught(altered: Altered) -> None:
    refused = {f.rule for f in altered.told if f.kind == "validity"}
    assert altered.alteration.rule in refused, refused


def test_what_a_change_touches_is_all_it_makes_wrong(altered: Altered, beside: Beside) -> None:
    """The judge of a change finds what a judge of everything finds, or refuses at its root.

    Of the records it leaves alone those are judged that looked at what it changes: all in
    `make test-many`.
    """
    told = {_told(f) for f in altered.told}
    others = beside.moved(texts_of(altered.changed))
    whole = {_told(f) for f in judge(altered.case, sorted(others | altered.changed.keys()))}
    refused = {finding for finding in whole - told if finding[0] == "validity"}
    rules = {rule for _kind, rule, _file, _at in refused}
    assert rules <= ROOTED.get(altered.alteration.rule, set())


def test_a_random_edit_makes_nothing_wrong_that_is_not_told(records: dict[str, Any]) -> None:
    """Every matter among the records, and annulments, elections, dismissals, removals."""
    corrected_too = corrected(records)
    beside = Beside(corrected_too, LAST_DAY, whole=WHOLE)
    for n, edit in enumerate(Hand(corrected_too, 42).edits(EDITS // 20)):
        assert not beside.untold(edit, wholly=n % 20 == 0), (n, sorted(edit))


def _told(finding: Finding) -> tuple[Any, ...]:
    return finding.kind, finding.rule, finding.file, finding.at


@pytest.mark.parametrize("name", THROUGH_FILES)
def test_check_finds_it_in_the_files(
    name: str, told: Path, records: dict[str, Any], tmp_path: Path
) -> None:
    register = tmp_path / "register"
    shutil.copytree(told / "register", register)
    alteration = next(a for a in ALTERATIONS if a.name == name)
    after = copied(records)
    alteration.change(after)
    for path in (p for p in after if records[p] != after[p]):
        (register / path).write_bytes(dump(after[path], order(kind_of(path) or "")))
    done = b40(register, "check", "--base", "HEAD", "--json")
    assert done.returncode == 1
    assert alteration.rule in {f["rule"] for f in json.loads(done.stdout)["findings"]}


def test_every_kind_of_decision_has_a_certificate_that_verifies(
    told: Path, records: dict[str, Any], tmp_path: Path
) -> None:
    """Of each body, matter and way of voting the first; by the verifier's own arithmetic."""
    view = open_view(told / "register", date(2026, 11, 23))
    kinds: dict[Any, str] = {}
    for path, record in sorted(records.items()):
        if "/decisions/" in path and record["state"] in ("adopted", "rejected", "invalid"):
            way = "tally" in record, "choices" in record, record["state"]
            kinds.setdefault((record["body"], record["matter"], way), record["id"])
    assert len(kinds) > 20
    for name in kinds.values():
        assert verdict(tmp_path, certified(certificate(view, name))) == (UNSIGNED, ""), name
