"""Rules, points and numbers by the rule set of their day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from b40cli import __version__
from b40cli.model.facts.duty import Duty
from b40cli.model.facts.statutes import KNOWN_SETS, NotInForce
from b40cli.model.state.registry import NETWORK, PARAMETERS, RULESETS
from b40cli.rules import table
from b40cli.rules.case import brought, rule_sets
from b40cli.rules.case.law import law_on, newest_in, rule_set_on
from b40cli.rules.case.rule import Breach, Case, Rule, answers
from b40cli.rules.duties.duties import duties_of
from b40cli.rules.duties.duty import PRESIDENT, duty_rule
from b40cli.rules.record.upgrade import rule_set_taken_in
from b40cli.rules.table import _no_law, judge
from tests.invented import DAY, MEETING, OPENED, Records, meeting, records, registry

TAKEN = date(2026, 4, 1)
FIRST = date(2026, 4, 2)
BEFORE, AFTER = date(2026, 4, 1), FIRST
PATH = f"registry/meetings/{MEETING}.yaml"
RULE = Rule(
    *("late-rule", "A norm.", ("meetings",)),
    question=lambda _case, _path: iter(()),
    fails="It fails.",
    cure="It is cured.",
    article="Art. 10",
    since=2,
)


def taken(number: int = 2, start: date = FIRST, at: date = TAKEN) -> Records:
    """Records in which a rule set was taken in."""
    entry = {"number": number, "version": "0.2.0", "from": str(start), "taken": str(at)}
    return without() | {RULESETS: {"rule_sets": [entry | {"by": "provisional"}]}}


def without() -> Records:
    """Records of a register on the first set."""
    return {path: record for path, record in records().items() if path != RULESETS}


def said(rule: Rule, content: Records, *days: date | None) -> list[date | None]:
    """The days of which the rule's answers count, where it answers of these."""

    def question(_case: Case, _path: str) -> Iterator[Breach]:
        yield from (Breach("Said.", "Done.", on=day) for day in days)

    case = Case(None, registry(content), date(2026, 12, 1))
    return [breach.on for breach in answers(case, rule._replace(question=question), PATH)]


def test_the_first_set_is_in_force_where_none_was_taken_in() -> None:
    asked = registry(without())
    assert rule_set_on(asked, DAY) == newest_in(asked) == 1
    assert law_on(asked, DAY).rule_set == 1


def test_a_set_is_in_force_from_its_day() -> None:
    asked = registry(taken())
    assert [rule_set_on(asked, day) for day in (BEFORE, AFTER)] == [1, 2]
    assert [law_on(asked, day).rule_set for day in (BEFORE, AFTER)] == [1, 2]
    assert newest_in(asked) == 2


def test_the_law_of_another_register_brings_its_own_sets() -> None:
    """A branch that takes in a set is judged by the base, which has not."""
    branch, base = registry(taken()), registry(without())
    judged = branch.under(base)
    assert rule_set_on(judged, AFTER) == newest_in(judged) == 1


def test_nothing_corrects_the_record_of_rule_sets() -> None:
    """It is read as its file has it: who could correct it could choose the law of a day."""
    asked = registry(taken())
    assert asked.rule_sets()[0].start == FIRST
    assert asked.looked_at == {RULESETS}


def test_a_rule_counts_on_days_under_its_sets() -> None:
    assert said(RULE, taken(), BEFORE, AFTER) == [AFTER]
    assert said(RULE._replace(since=1, until=2), taken(), BEFORE, AFTER) == [BEFORE]
    assert said(RULE, without(), BEFORE, AFTER) == []
    assert said(RULE._replace(since=1), without(), BEFORE, AFTER) == [BEFORE, AFTER]


def test_an_answer_without_a_day_is_of_the_records_own() -> None:
    held = {PATH: meeting()}
    assert said(RULE, taken() | held, None) == []
    earlier = taken(start=DAY, at=date.fromisoformat(OPENED))
    assert said(RULE, earlier | held, None) == [None]
    # A record that has no one day is judged by what the register began with.
    assert said(RULE, earlier, None) == []
    assert said(RULE, taken(start=date.fromisoformat(OPENED)), None) == [None]


def test_a_rule_of_a_later_set_lacks_a_law_as_loudly_as_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked of a day before every edition, or for a number there is not, it ends in no silence."""

    def question(case: Case, path: str) -> Iterator[Breach]:
        case.law(AFTER if "meetings" in path else date(2019, 1, 1)).number("no-such-number")
        yield Breach("Said.", "Done.", on=AFTER)

    asked = RULE._replace(question=question, about=("meetings", "network.yaml"))
    case = Case(None, registry(taken()), AFTER)
    for since in (1, 2):
        rule = asked._replace(since=since)
        monkeypatch.setattr(table, "rules_about", lambda *_asked, rule=rule: (rule,))
        found = judge(case, (PATH, NETWORK))
        assert [f.rule for f in found] == ["no-silent-rule", "no-encoded-edition"]


def brings_a_number(monkeypatch: pytest.MonkeyPatch) -> Records:
    """Set 2 as if it brought a number, and the records of a register that took it in."""
    number = rule_sets.Number("days-of-something", "art10", "The days of it.", 7)
    with_it = rule_sets.CONTENTS[2]._replace(numbers=(number,))
    monkeypatch.setitem(rule_sets.CONTENTS, 2, with_it)
    return upgraded()


def test_a_number_that_came_later_than_an_earlier_day_does_not_end_a_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A record of many days: what is of the set's own is asked, whatever stands before it."""

    def question(case: Case, _path: str) -> Iterator[Breach]:
        for day in (DAY, BEFORE, AFTER):
            assert case.law(day).number("days-of-something") == 7
            yield Breach("Said.", "Done.", on=day)

    case = Case(None, registry(brings_a_number(monkeypatch)), AFTER)
    asked = RULE._replace(question=question)
    assert [breach.on for breach in answers(case, asked, PATH)] == [AFTER]
    with pytest.raises(NotInForce):
        case.law(BEFORE).number("days-of-something")


def test_a_yearly_duty_that_came_later_is_owed_for_the_years_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def arising(case: Case, _path: str) -> Iterator[Duty]:
        for year in (2025, 2026, 2027):
            day = date(year, 12, case.law(date(year, 1, 1)).number("days-of-something"))
            yield Duty("late", "Art. 10", str(year), None, PRESIDENT, day, "due", None)

    rule = duty_rule(
        name="late",
        article="Art. 10",
        norm="A norm.",
        about=("network.yaml",),
        arising=arising,
        fails="It fails.",
        cure="It is cured.",
        since=2,
    )
    content = registry(brings_a_number(monkeypatch))
    found = duties_of(content, (2025, 2026, 2027), AFTER, (rule,))
    assert [str(duty.due) for duty in found] == ["2027-12-07"]


def test_what_is_missing_for_a_note_or_a_duty_refuses_nothing() -> None:
    case, missing = Case(None, registry(records()), DAY), NotInForce("no number", DAY)
    found = {
        kind: [f.rule for f in _no_law(case, RULE._replace(kind=kind), PATH, missing)]
        for kind in ("validity", "duty", "note")
    }
    assert found == {"validity": ["no-silent-rule"], "duty": [], "note": []}


def test_the_sets_and_their_versions_are_known_together() -> None:
    newest = max(KNOWN_SETS)
    assert list(rule_sets.CONTENTS) == list(KNOWN_SETS) == [*range(1, newest + 1)]
    told, own = (tuple(map(int, v.split("."))) for v in (KNOWN_SETS[newest], __version__))
    assert told <= own, "who meets the set elsewhere is told to install the version that brings it"


@pytest.mark.parametrize("number", sorted(rule_sets.CONTENTS))
def test_what_a_set_brings_names_each_thing_once(number: int) -> None:
    contents = rule_sets.CONTENTS[number]
    names = [p.id for p in contents.points] + [n.name for n in contents.numbers]
    assert len(names) == len(set(names))
    for point in contents.points:
        readings = [name for name, _means in point.readings]
        assert point.before in readings
        assert len(set(readings)) == len(readings) >= 2


INT_01, INT_37 = (f"registry/statutes/interpretations/INT-{n}.yaml" for n in ("01", "37"))


def upgraded(start: date = FIRST, at: date = TAKEN) -> Records:
    """Records after the act: the set and all it brings, from a day on."""
    content = taken(2, start, at)
    for path in brought.paths_brought(2):
        content[path] = brought.brought_to(path, content.get(path), 2, start)
    return content


@pytest.mark.parametrize("point", rule_sets.CONTENTS[2].points, ids=lambda point: point.id)
def test_a_point_that_a_set_brings_is_recorded_whole(point: rule_sets.Point) -> None:
    """In its own words, its first reading provisionally in force from the first day."""
    path = f"registry/statutes/interpretations/{point.id}.yaml"
    name, _means = point.readings[0]
    told = brought.brought_to(path, None, 2, FIRST)
    assert told == {
        "id": point.id,
        "question": point.question,
        "articles": list(point.articles),
        "readings": [{"id": reading, "means": means} for reading, means in point.readings],
        "adopted": [{"from": str(FIRST), "reading": name, "by": "provisional"}],
    }
    assert brought.brought_to(path, told, 2, DAY) == told
    assert brought.brought_to(path, None, 1, FIRST) is None
    assert path in brought.paths_brought(2)


def test_what_a_set_brings_to_a_record_that_was_there_stands_behind_the_rest() -> None:
    """An older point has its further readings; a record that it has nothing for stays."""
    first = without()[INT_01]
    known = [each["id"] for each in first["readings"]]
    after = brought.brought_to(INT_01, first, 2, FIRST)
    assert [each["id"] for each in after["readings"]] == [*known, "present-at-first-roll-call"]
    assert {**after, "readings": None} == {**first, "readings": None}
    assert after["readings"][:-1] == first["readings"] and after["readings"][-1]["means"]
    assert brought.brought_to(RULESETS, {"a": 1}, 2, FIRST) == {"a": 1}
    assert brought.paths_brought(1) == ()
    points = {f"INT-{n}" for n in range(37, 47)} | {*rule_sets.CONTENTS[2].readings}
    folder = "registry/statutes/interpretations/"
    assert {*brought.paths_brought(2)} - {PARAMETERS} == {f"{folder}{p}.yaml" for p in points}
    assert (PARAMETERS in brought.paths_brought(2)) is bool(rule_sets.CONTENTS[2].numbers)


def test_a_register_opens_on_a_set_whatever_its_statutes_have_come_to() -> None:
    """On the first without what the second brought, on the second with all of it."""
    folder, opened = "registry/statutes/", date.fromisoformat(OPENED)
    first, second = (
        {path: record for path, record in records(n).items() if path.startswith(folder)}
        for n in (1, 2)
    )
    assert second.keys() - first.keys() == {*brought.paths_brought(2), RULESETS} - first.keys()
    held = {path: record for path, record in second.items() if path != RULESETS}
    number = rule_sets.CONTENTS[2].numbers[:1]
    assert all(p["name"] not in {n.name for n in number} for p in first[PARAMETERS]["parameters"])
    assert brought.opened_with(held, 1, opened) == first
    assert brought.opened_with(held, 2, opened) == second
    assert brought.opened_with(first, 2, opened) == second


def refused(after: Records, before: Records | None = None) -> list[str]:
    """What the judge says of an upgrade."""
    case = Case(registry(before or without()), registry(after), TAKEN)
    return [breach.message for breach in rule_set_taken_in(case, RULESETS)]


TAMPERED: dict[str, Callable[[Records], object]] = {
    "a point is missing": lambda r: r.pop(INT_37),
    "a question is worded otherwise": lambda r: r.update({INT_37: {**r[INT_37], "question": "?"}}),
    "another reading is taken": lambda r: r.update(
        {INT_37: {**r[INT_37], "adopted": [{**r[INT_37]["adopted"][0], "reading": "exercises"}]}}
    ),
    "a reading of an older point is missing": lambda r: r.update({INT_01: without()[INT_01]}),
}


def test_an_upgrade_as_the_tool_writes_it_is_lawful() -> None:
    assert refused(upgraded()) == []


@pytest.mark.parametrize("what", TAMPERED)
def test_an_upgrade_that_was_tampered_with_is_refused(what: str) -> None:
    after = upgraded()
    TAMPERED[what](after)
    (said,) = refused(after)
    assert "is not as the tool writes it" in said


def test_an_upgrade_is_not_backdated() -> None:
    """Neither by its own day, nor under what was done on a day of the set."""
    assert "it is from the next day" in refused(upgraded(start=BEFORE))[0]
    held = {PATH: meeting()}
    before, after = without() | held, upgraded(DAY, DAY - timedelta(days=1)) | held
    assert [said for said in refused(after, before) if "would have been in force" in said]


EARLIER = {"from": str(FIRST - timedelta(days=2)), "taken": str(FIRST - timedelta(days=3))}
AHEAD = {"taken": str(FIRST), "from": str(FIRST + timedelta(days=1))}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ([{}], []),
        ([{"version": "0.1.0"}], [(0, "version")]),
        ([{"from": str(DAY)}], [(0, "from")]),
        ([AHEAD], [(0, "taken")]),
        ([{"by": "opening"}], [(0, "by")]),
        ([{"by": "opening", "from": OPENED}], []),
        ([{"by": "opening", "from": OPENED}, {"by": "opening", "from": OPENED}], [(1, "by")]),
        ([{}, {}], []),
        ([{}, {"number": 1, "version": "0.1.0"}], [(1, "number")]),
        ([{}, EARLIER], [(1, "number")]),
        ([EARLIER, {}, EARLIER], [(2, "number")]),
    ],
)
def test_where_an_upgrade_that_is_wrong_shows(
    changes: list[dict[str, Any]], shown: list[tuple[int, str]]
) -> None:
    """At the key that says so; asked of what was there before as well, and of no other record."""
    after = upgraded()
    (entry,) = after[RULESETS]["rule_sets"]
    entries = [{**entry, **change} for change in changes]
    held = registry({**after, RULESETS: {"rule_sets": entries}})
    case = Case(None, held, TAKEN)
    found = [breach.at for breach in rule_set_taken_in(case, RULESETS)]
    assert found == [("rule_sets", n, key) for n, key in shown]
    assert not [*rule_set_taken_in(case, PATH), *rule_set_taken_in(case, PARAMETERS)]


def test_sets_taken_in_on_one_day_are_in_force_from_one_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The tool may have grown since the morning; the later set is the one in force."""
    monkeypatch.setitem(KNOWN_SETS, 3, "0.3.0")
    number = rule_sets.Number("days-of-notice", "art10", "The days of notice.", 14)
    monkeypatch.setitem(rule_sets.CONTENTS, 3, rule_sets.Contents(numbers=(number,)))
    numbers = ("days-of-notice", "capitals")
    assert [rule_sets.set_of_number.__wrapped__(name) for name in numbers] == [3, 1]
    before = upgraded()
    (second,) = before[RULESETS]["rule_sets"]
    after = {
        **before,
        PARAMETERS: brought.brought_to(PARAMETERS, before[PARAMETERS], 3, FIRST),
        RULESETS: {"rule_sets": [second, {**second, "number": 3, "version": "0.3.0"}]},
    }
    assert refused(after, before) == []
    assert rule_set_on(registry(after), FIRST) == 3
    *kept, added = after[PARAMETERS]["parameters"]
    assert kept == before[PARAMETERS]["parameters"]
    values = [{"from": str(FIRST), "value": 14, "set_by": "provisional"}]
    assert added == {
        "name": "days-of-notice", "article": "art10", "what": "The days of notice.",
        "values": values,
    }  # fmt: skip
    for upto in (2, 3):
        assert brought.brought_to(PARAMETERS, after[PARAMETERS], upto, DAY) == after[PARAMETERS]
    after[RULESETS] = {"rule_sets": [*reversed(after[RULESETS]["rule_sets"])]}
    assert "do not follow one another" in refused(after, before)[0]


def test_a_set_that_registers_took_in_stays_as_it_is() -> None:
    """What is found later is the next set's: a row in KNOWN_SETS and one in CONTENTS."""
    held = hashlib.sha256(repr(rule_sets.CONTENTS[2]).encode()).hexdigest()
    assert held == "97dcb120d9dd6cd37c6b481de74a0ec97fabaaad04ce98db055ac0dc76aa0916"
