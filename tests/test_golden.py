"""Golden outputs: what each command answers in each format, byte for byte (tests/golden/).

`pytest tests/test_golden.py --bless` writes them anew; read the difference before you commit it.
Commit ids are shown as they are: the script is pinned, so every act makes the same bytes anywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import pytest

from b40cli.cli.commands import rows
from b40cli.render.kosovo import NOTE
from b40cli.store.schema import explain
from tests.scenario import STEPS, played

GOLDEN = Path(__file__).with_name("golden")
FORMATS = ("terminal", "json", "markdown")
# What cannot be folded at 80 columns: the first line of a finding, which is one line so that an
# editor can jump to it; the head of a diff; the demonstration's own command lines and folder, to
# be copied whole; a signer's line, for git to read; and the note of Art. 1, to be found whole.
LONG = re.compile(
    r"registry/\S+:\d+:\d+  |diff --git |\$ b40 |\s+b40 -C |.* ssh-ed25519 |\\?" + re.escape(NOTE)
)


@pytest.mark.parametrize("form", FORMATS)
def test_every_command_answers_as_recorded(
    form: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    blessing = bool(request.config.getoption("--bless"))
    if blessing:
        _clear(form)
    wrong = list(_compared(form, tmp_path.resolve(), blessing))
    assert not wrong, "\n".join(wrong)


def _clear(form: str) -> None:
    for file in GOLDEN.glob(f"*.{form}"):
        file.unlink()


def _compared(form: str, folder: Path, blessing: bool) -> Iterator[str]:
    for step, heard in played(folder, form):
        if heard.code != step.code:
            yield f"{step.name}: exit {heard.code}, expected {step.code}: {heard.err}"
        said = heard.out.replace(str(folder), "/scratch")
        golden = GOLDEN / f"{step.name}.{form}"
        if blessing:
            GOLDEN.mkdir(exist_ok=True)
            golden.write_text(said, encoding="utf-8")
        elif not golden.exists():
            yield f"{golden.name} is not recorded; bless it"
        else:
            recorded = golden.read_text(encoding="utf-8").splitlines()
            yield from unified_diff(recorded, said.splitlines(), golden.name, "now", lineterm="")


def _golden(form: str) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in GOLDEN.glob(f"*.{form}")}


def test_every_command_is_recorded_in_every_format() -> None:
    names = {step.name for step in STEPS}
    missing = {row.words for row in rows()} - {_command(step.words) for step in STEPS}
    assert not missing
    assert all(set(_golden(form)) == names for form in FORMATS)
    assert len(names) == len(STEPS)


def _command(words: str) -> str:
    known = {row.words for row in rows()}
    two = " ".join(words.split()[:2])
    return two if two in known else words.split()[0]


def test_lines_fit_a_terminal() -> None:
    long = [
        f"{name}: {line}"
        for name, text in _golden("terminal").items()
        for line in text.splitlines()
        if len(line) > 80 and not LONG.match(line)
    ]
    assert long == []


def test_every_json_answer_has_the_shape_of_the_contract() -> None:
    for name, text in _golden("json").items():
        if text:
            assert explain("output", json.loads(text)) == [], name


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_told_that_a_terminal_obeys(form: str) -> None:
    for name, text in _golden(form).items():
        assert all(c.isprintable() or c == "\n" for c in text), name


@pytest.mark.parametrize("form", FORMATS)
def test_every_answer_says_that_the_register_is_unofficial(form: str) -> None:
    unanswered = {step.name for step in STEPS if step.code > 1}
    for name, text in _golden(form).items():
        assert "unofficial" in text or name in unanswered, name
