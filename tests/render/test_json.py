"""The answer as JSON: one object, valid against the contract's schema, with its exact shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.telling import told as tell
from b40cli.store.schema import explain, fits
from tests.render.answers import HOSTILE, answer, finding, record
from tests.scenario import FIRST, STEPS, Step, ask, pinned

GOLDEN = Path(__file__).parents[1] / "golden"
ANSWER = {"b40", "command", "on", "status", "ok", "commit", "findings", "result"}
FINDING = {
    "rule", "kind", "article", "message", "help", "file", "line", "column", "refs", "basis",
    "facts", "readings",
}  # fmt: skip
ROLL = {"on", "complete", "reported", "members", "voting", "suspended", "observers"}
QUORUM = {
    "meeting", "complete", "entitled", "present", "represented", "counted", "required", "met",
    "missing", "foreseen",
}  # fmt: skip
READ = {"lawful", "refused"}
CLOSED = {"id", "state", "count", "readings"}


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_any_text_is_carried_whole(text: str) -> None:
    told = tell(record(name=text), "json")
    assert json.loads(told)["result"]["record"]["name"] == text


def test_keys_are_sorted_and_letters_are_letters() -> None:
    told = tell(record(b=1, a="Пловдив"), "json")
    assert told == json.dumps(json.loads(told), ensure_ascii=False, sort_keys=True, indent=2)


def test_a_finding_has_exactly_the_fields_of_the_contract() -> None:
    data = json.loads(tell(answer("check", finding(at=("a", 1), line=31, column=5)), "json"))
    assert set(data) == ANSWER and set(data["findings"][0]) == FINDING
    assert fits("output", data | {"result": {}})


@pytest.fixture(scope="module")
def heard() -> dict[str, tuple[Step, Any]]:
    """The script as it is recorded in JSON; tests/test_golden.py holds that it is still so."""
    recorded = ((step, GOLDEN / f"{step.name}.json") for step in STEPS)
    return {step.name: (step, json.loads(file.read_text("utf-8"))) for step, file in recorded}


def result(heard: dict[str, tuple[Step, Any]], name: str) -> Any:
    return heard[name][1]["result"]


def test_every_answer_is_one_valid_object(heard: dict[str, tuple[Step, Any]]) -> None:
    for step, data in heard.values():
        assert explain("output", data) == [], step.name
        assert set(data) - READ == ANSWER and len(set(data) & READ) in (0, 2)
        # A line of the desk is answered by its own command.
        assert step.name == "do" or step.words.startswith(data["command"])
        assert data["ok"] == (step.code == 0)
        assert data["status"] == "unofficial"


def test_an_act_gives_its_commit_and_its_legal_day(heard: dict[str, tuple[Step, Any]]) -> None:
    for name in ("decision-close", "member-sign", "application-submit", "proxy-give", "init"):
        data = heard[name][1]
        words = heard[name][0].words.split()
        assert len(data["commit"]) == 40
        assert data["on"] == words[words.index("--on" if "--on" in words else "--opened") + 1]
    for name in ("decision-close-again", "decision-open-refused", "import-dry-run"):
        assert heard[name][1]["commit"] is None


def test_the_roll_has_exactly_its_shape(heard: dict[str, tuple[Step, Any]]) -> None:
    whole, part = result(heard, "roll"), result(heard, "roll-incomplete")
    assert set(whole) == set(part) == ROLL
    assert (whole["complete"], whole["reported"], len(whole["members"])) == (True, None, 13)
    assert whole["suspended"] == ["me-zalivgrad"]
    assert set(whole["members"]) - set(whole["voting"]) == {"me-zalivgrad"}
    assert (part["complete"], part["reported"], len(part["members"])) == (False, 20, 12)


def test_the_quorum_has_exactly_its_shape(heard: dict[str, tuple[Step, Any]]) -> None:
    assembly = result(heard, "quorum")
    assert set(assembly) == QUORUM
    assert (assembly["meeting"], assembly["entitled"], assembly["required"]) == (None, 12, 8)
    assert (assembly["met"], assembly["missing"]) == (False, 8)
    committee = result(heard, "quorum-meeting")
    assert set(committee) == QUORUM
    assert committee["meeting"] == FIRST
    assert [committee[key] for key in ("entitled", "required", "counted")] == [7, 4, 7]


def test_an_undetermined_quorum_gives_no_number(heard: dict[str, tuple[Step, Any]]) -> None:
    told = result(heard, "quorum-incomplete")
    assert set(told) == QUORUM | {"reported"}
    assert (told["complete"], told["entitled"], told["reported"]) == (False, 12, 20)
    assert [told[key] for key in ("required", "met", "missing")] == [None, None, None]


def test_a_closed_decision_is_told_as_in_its_file(heard: dict[str, tuple[Step, Any]]) -> None:
    told = result(heard, "decision-close")
    assert set(told) == CLOSED
    assert (told["id"], told["state"]) == ("EC-2026-001", "adopted")
    assert told["count"] == {
        "quorum": {"required": 4, "counted": 7, "met": True},
        "majority": {"kind": "unanimity", "base": 7, "required": 7, "for": 7, "casting": None},
    }
    assert told["readings"] == {"verdict": "robust"}
    assert result(heard, "decision-close-again") == told


def test_the_schema_refuses_another_shape() -> None:
    base = json.loads(tell(answer("quorum"), "json"))
    numbers = dict.fromkeys(QUORUM, 0) | {"meeting": None, "complete": True, "met": True}
    numbers["foreseen"] = None
    assert fits("output", base | {"result": numbers})
    assert not fits("output", base | {"result": numbers | {"percent": 66}})
    assert not fits("output", base | {"result": {}})


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("nowhere",), ""),
        ((), ""),
        (("decision",), ""),
        (("decision", "nowhere"), ""),
        (("decision", "close"), "decision close"),
        (("roll", "--nonsense"), "roll"),
        (("roll", "--on", "2026-02-30"), "roll"),
    ],
)
def test_an_error_is_one_valid_object_too(
    words: tuple[str, ...], command: str, tmp_path: Path
) -> None:
    with pinned():
        answered = ask(tmp_path, "--json", *words)
    data = json.loads(answered.out)
    assert answered.code == 2
    assert (data["command"], data["ok"]) == (command, False)
    assert explain("output", data) == []


def test_every_command_of_the_script_is_asked() -> None:
    assert len(STEPS) > 50
