"""The best quorum that can be reached, against every assembly of seven members, and an oracle."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement, permutations, product
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.ahead.solving import PROVEN, Ahead, asking, critical, reached
from b40cli.cli.main import main
from b40cli.model.facts.meeting import meeting_of
from b40cli.rules.case.law import law_on
from b40cli.rules.votes.assembly_count import Assembly, quorum
from b40cli.rules.votes.committee_count import PaperProxy
from b40cli.rules.votes.matching import matching
from tests.acts.scene import Office, scene
from tests.invented import DAY, SEVEN, records, registry

LAW = law_on(registry(records()), DAY)
MEETING = "2026-03-10-ga"
PLANS = int(os.environ.get("B40_PLANS", "3"))


def ahead(members: list[str], there: set[str], apart: set[tuple[str, str]]) -> Ahead:
    """An Assembly of these members to which those come, with nothing given yet."""
    record: dict[str, Any] = {"id": MEETING, "kind": "ga", "opens": "2026-03-10T10:00:00+03:00"}
    meeting = meeting_of(f"registry/meetings/{MEETING}.yaml", record)
    present = frozenset(there)
    facts = Assembly(frozenset(members), frozenset(), present, present)
    return Ahead(meeting, facts, LAW, apart)


def brute(case: Ahead, unreachable: set[str]) -> int:
    """The most that count under any set of proxies whatever, as the judge counts each set."""
    away = sorted(case.facts.members - case.facts.present - unreachable)
    choices: list[list[str | None]] = [
        [None, *(h for h in sorted(case.facts.members) if h != p and (p, h) not in case.apart)]
        for p in away
    ]
    best = 0
    for holders in product(*choices):
        given = tuple(
            PaperProxy(p, h, PROVEN) for p, h in zip(away, holders, strict=True) if h is not None
        )
        facts = case.facts._replace(proxies=given, first_proxies=None)
        best = max(best, quorum(facts, case.law).counted)
    return best


def assemblies(size: int) -> Iterator[tuple[Ahead, set[str]]]:
    """Every number of those who come; of the pairs that will not be, a seeded few."""
    members = [f"hr-{letter}" for letter in "abcdefg"[:size]]
    seeded = random.Random(size)
    for coming in range(size + 1):
        for there in list(combinations(members, coming))[:3]:
            pairs = [(p, h) for p in members for h in members if p != h]
            apart = set(seeded.sample(pairs, len(pairs) * seeded.randrange(4) // 4))
            unreachable = set(seeded.sample(members, seeded.randrange(2)))
            yield ahead(members, set(there), apart), unreachable


@pytest.mark.parametrize("size", range(1, 7))
def test_no_set_of_proxies_counts_for_more(size: int) -> None:
    """Up to six members every proxy that could be given to anybody is tried."""
    for case, unreachable in assemblies(size):
        assert reached(case, asking(case, unreachable)) == brute(case, unreachable)


def test_of_seven_members_too() -> None:
    """A few of each sort: seven members have too many sets of proxies for each test run."""
    for n, (case, unreachable) in enumerate(assemblies(7)):
        if n % 4 == 2 and len(case.facts.present) > 2:
            assert reached(case, asking(case, unreachable)) == brute(case, unreachable)


def every_assembly(size: int) -> Iterator[Ahead]:
    """Who comes, and of every pair of one away and one there whether it will do.

    Once each, whoever is who: what differs by names alone is one.
    """
    members = [f"hr-{letter}" for letter in "abcdefg"[:size]]
    for coming in range(size + 1):
        there, away = members[:coming], members[coming:]
        rows = list(product((False, True), repeat=len(there)))
        kinds = combinations_with_replacement(rows, len(away))
        for kind in {_whoever(each, len(there)) for each in kinds}:
            pairs = zip(away, kind, strict=True)
            apart = {(p, h) for p, row in pairs for h, out in zip(there, row, strict=True) if out}
            yield ahead(members, set(there), apart)


def _whoever(kind: tuple[tuple[bool, ...], ...], width: int) -> tuple[tuple[bool, ...], ...]:
    """The same for all orders of those who come."""
    orders = permutations(range(width))
    return min(tuple(sorted(tuple(row[n] for n in order) for row in kind)) for order in orders)


ASSEMBLIES = {1: 2, 2: 4, 3: 8, 4: 17, 5: 38, 6: 94, 7: 258}


@pytest.mark.parametrize("size", range(1, 8 if PLANS > 3 else 6))
def test_every_assembly(size: int) -> None:
    """Whatever pairs will not do: up to five members here, up to seven in `make test-plans`."""
    cases = list(every_assembly(size))
    assert len(cases) == ASSEMBLIES[size]
    for case in cases:
        assert reached(case, asking(case, ())) == brute(case, set())


def test_thirty_members_against_another_solver() -> None:
    """clingo is told the rule alone: one holder a principal, one principal a holder."""
    clingo = pytest.importorskip("clingo")
    seeded = random.Random(30)
    members = [f"m{n}" for n in range(30)]
    for _ in range(max(5, PLANS // 2)):
        there = set(seeded.sample(members, 14))
        pairs = [(p, h) for p in members for h in there if p not in there]
        apart = set(seeded.sample(pairs, len(pairs) * 9 // 10))
        case = ahead(members, there, apart)
        edges = " ".join(f"e({p},{h})." for p, h in pairs if (p, h) not in apart)
        program = f"{edges} {{m(P,H) : e(P,H)}}. :- m(P,H), m(P,K), H<K. :- m(P,H), m(Q,H), P<Q."
        control = clingo.Control(["--opt-mode=opt"])
        control.add("base", [], f"{program} #maximize {{1,P,H : m(P,H)}}. #show m/2.")
        control.ground([("base", [])])
        best = 0
        with control.solve(yield_=True) as found:
            for model in found:
                best = max(best, len(model.symbols(shown=True)))
        assert len(asking(case, ())) == best


def test_a_delegation_is_critical_where_nothing_makes_up_for_it() -> None:
    members = [f"hr-{letter}" for letter in "abcdef"]
    case = ahead(members, {"hr-a", "hr-b"}, set())
    assert reached(case, asking(case, ())) == 4 == quorum(case.facts, LAW).required
    assert list(critical(case, ())) == ["hr-a", "hr-b"]
    three = ahead(members, {"hr-a", "hr-b", "hr-c"}, set())
    assert list(critical(three, ())) == []


def test_a_longer_way_round_is_found() -> None:
    assert matching({"a": ["x"], "b": ["x", "y"], "c": ["y"]}) in (
        {"a": "x", "b": "y"},
        {"a": "x", "c": "y"},
    )
    assert matching({"b": ["x", "y"], "a": ["x"]}) == {"a": "x", "b": "y"}


def test_the_command_tells_whom_to_ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = Office(scene(tmp_path, "assembly"), capsys)
    name = at.asks("meeting", "list", "--kind", "ga")["result"]["meetings"][0]["id"]
    coming = ("--coming", "Kamenik,Lykonisi,Vodengrad", "--apart", "al-aldmar=hr-kamenik")
    told = at.asks("proxy", "solve", name, *coming, on="2026-03-09")["result"]
    assert told["best"] >= len(told["coming"]) and len(told["ask"]) <= len(told["coming"])
    assert {"principal": "al-aldmar", "holder": "hr-kamenik", "given": False} not in told["ask"]
    at.asks("proxy", "solve", "2026-03-10-ec", exits=2)


def test_what_was_is_told_once_the_roll_is_called(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first roll call decides: on its day and after it nothing is foreseen, or supposed."""
    name, day, after = "2026-03-20-ga", "2026-03-20", "2026-03-22"
    at = Office(scene(tmp_path), capsys)
    at.asks("meeting", "convene", "ga", "--opens", f"{day}T10:00")
    (tmp_path / "proxy.pdf").write_text("proxy")
    sent = ("--sent-secretary", "2026-03-15T09:00", "--sent-president", "2026-03-15T09:00")
    at.asks(
        *("proxy", "give", name, "--from", "al-aldmar", "--to", "hr-kamenik"),
        *("--document", str(tmp_path / "proxy.pdf"), *sent),
        on="2026-03-16",
    )
    at.asks("meeting", "delegation", name, "gr-lykonisi", "--head", "Ana", "--capacity", "mayor")
    # Over, and nobody knows who came: neither foreseen nor told.
    unknown = at.asks("proxy", "solve", name, on=after, exits=2)["findings"][0]
    assert "not on record" in unknown["message"]
    assert f"b40 meeting roll-call {name} --present" in unknown["help"]
    at.asks("meeting", "notice", name, "--sent", "2026-03-10T09:00")
    there = sorted({*SEVEN, "ro-valea-alba"} - {"al-aldmar"})
    at.asks("meeting", "roll-call", name, "--present", ",".join(there), on=day)
    for asked in (day, after):
        told = at.asks("proxy", "solve", name, on=asked)["result"]
        counted = at.asks("quorum", name, on=asked)["result"]
        assert (told["held"], told["ask"], told["met"]) == (True, [], True)
        assert told["coming"] == there and told["best"] == told["counted"] == 8
        assert (told["counted"], told["required"]) == (counted["counted"], counted["required"])
        assert told["represented"] == {"al-aldmar": "hr-kamenik"}
        assert told["critical"] == there
        assert main(["-C", str(at.folder), "proxy", "solve", name, "--on", asked]) == 0
        said = " ".join(capsys.readouterr().out.split())
        assert "8 counted at the first roll call (7 present, 1 represented): it was met" in said
        assert "Hung on" in said and "foreseen" not in said
    supposed = at.asks("proxy", "solve", name, "--absent", "kamenik", on=day, exits=2)
    assert "Ask without suppositions" in supposed["findings"][0]["help"]
    assert not at.asks("proxy", "solve", name, on="2026-03-19")["result"]["held"]


def test_an_assembly_that_was_called_off_has_no_quorum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = Office(scene(tmp_path), capsys)
    at.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00")
    at.asks("meeting", "cancel", "2026-03-20-ga", "--reason", "Snow", on="2026-03-15")
    at.asks("proxy", "solve", "2026-03-20-ga", on="2026-03-12")
    off = at.asks("proxy", "solve", "2026-03-20-ga", on="2026-03-16", exits=2)["findings"][0]
    assert "was cancelled" in off["message"]


def test_what_a_meeting_still_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each piece is told with its command until it is done."""
    at = Office(scene(tmp_path), capsys)
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-20T10:00")
    name = "2026-03-20-ec"
    told = at.asks("meeting", "prepare", name)["result"]
    assert {p["what"] for p in told["pieces"] if p["state"] == "missing"} == {
        "the agenda is not written yet",
        "the convening notice is not sent yet",
        "the rules of participation are not announced yet",
        "7 of 7 have not said who comes",
        "no quorum is promised: 0 counted of 4 required, 4 missing",
    }
    at.asks("meeting", "notice", name, "--sent", "2026-03-10T09:00")
    assert at.asks("meeting", "prepare", name)["result"]["missing"] == 4
    assert at.asks("meeting", "prepare", name, on="2026-03-09")["result"]["missing"] == 5
    for city in SEVEN[:4]:
        at.asks("meeting", "delegation", name, city, "--head", "Ana", "--capacity", "mayor")
    told = at.asks("meeting", "prepare", name)["result"]["pieces"]
    promised = {p["what"]: p["state"] for p in told}
    assert promised["a quorum is promised: 4 counted of 4 required"] == "done"
    later = at.asks("meeting", "prepare", name, on="2026-03-20")["result"]["pieces"]
    assert "its minutes are not filed yet" in [piece["what"] for piece in later]
