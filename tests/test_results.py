"""What a command answers: a type, a schema made of it, and a screen that takes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from b40cli.cli.commands import CommandRow, named, rows
from b40cli.store.schema import fits
from tests.result_schemas import EXPORT, FILE, export_text, names, result_of, text

GOLDEN = Path(__file__).with_name("golden")
# Recorded only where they stop: the script has no remote and no term that departs. Their answers
# are held to the schema in tests/acts/.
NEVER_WHOLE = {"sync", "presidency departure", "do"}
SHAPES = json.loads(FILE.read_text("utf-8"))["$defs"]
ANSWERS = {
    file.stem: json.loads(file.read_text("utf-8"))
    for file in sorted(GOLDEN.glob("*.json"))
    if file.stat().st_size
}


@pytest.mark.parametrize(("file", "made"), [(FILE, text), (EXPORT, export_text)])
def test_the_schema_is_made_of_the_types(
    file: Path, made: Callable[[], str], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--bless"):
        file.write_text(made(), encoding="utf-8")
    assert file.read_text("utf-8") == made()
    Draft202012Validator.check_schema(json.loads(made()))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.words)
def test_each_command_is_told(row: CommandRow) -> None:
    """On a screen that takes what the command answers; or by its own words, its page, its paper."""
    for teller in (row.screen, row.page):
        if teller:
            assert _takes(teller) in (result_of(row), *get_args(result_of(row)))
    if not row.screen and not row.page and not row.paper and row.words not in NEVER_WHOLE:
        assert any("```text" in page for page in _pages(row)), "neither a screen nor words"


def _takes(teller: str) -> Any:
    function = named(teller)
    function = getattr(function, "__wrapped__", function)
    types = {**names(), "shape": SimpleNamespace(**names())}
    hints = get_type_hints(function, {**function.__globals__, **types}, include_extras=True)
    taken = next(iter(hints.values()))
    return get_args(taken)[0] if get_args(taken) else taken


def _pages(row: CommandRow) -> Iterator[str]:
    for name, answer in ANSWERS.items():
        if answer["command"] == row.words:
            yield (GOLDEN / f"{name}.markdown").read_text("utf-8")


def test_every_command_has_a_whole_answer_among_the_recorded_ones() -> None:
    whole = {answer["command"] for answer in ANSWERS.values() if answer["result"]}
    assert {row.words for row in rows()} - whole == NEVER_WHOLE


@pytest.mark.parametrize("name", ANSWERS)
def test_the_schema_is_closed(name: str) -> None:
    """One key more and the answer is none of its command's; one less of those always there too."""
    answer = ANSWERS[name]
    assert fits("output", answer)
    if answer["result"]:
        assert not fits("output", {**answer, "result": {**answer["result"], "percent": 66}})
    kind = result_of(next(row for row in rows() if row.words == answer["command"]))
    for key in SHAPES.get(getattr(kind, "__name__", ""), {}).get("required", ()):
        less = {k: v for k, v in answer["result"].items() if k != key}
        assert not less or not fits("output", {**answer, "result": less}), key
