"""The desk whole: what each of its sections is there for is shown, and is not shown without."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.view import open_view
from b40cli.acts.reads.desk.status import SECTIONS, status
from b40cli.cli.main import main
from b40cli.cli.register.do import LACKING
from b40cli.cli.request import prompt
from b40cli.cli.telling import live
from tests.acts.scene import Office, scene

EVE, AFTER = "2026-03-09", "2026-03-11"
PROXY = {"principal": "al-aldmar", "holder": "hr-kamenik", "sent": {"secretary": "2026-03-08"}}
NOTICE = {"received": "2026-02-20", "effective": "2027-01-01"}
IVO = {"name": "Ivo", "capacity": "mayor", "from": "2022-05-01", "until": "2026-03-01"}
GIVEN: dict[str, Any] = {
    "members/al-aldmar": {"mayors": [IVO]},
    "members/ro-valea-alba": {"withdrawal": NOTICE, "removal": "gone"},
    "members/bg-rosendol": {"declaration": {"signed": "2026-02-20"}},
    "members/hr-kamenik": {"removal": "GA-2026-002"},
    "meetings/2026-03-10-ec": {"proxies": [PROXY]},
    "decisions/2026/GA-2026-002": {"subject": "members/hr-kamenik"},
    "committee/2026": {"seats.6": {"until": "2026-02-01"}},
}
STOCK = ("meeting", "assembly", "removal", "applicant", "open admission")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which all of it waits."""
    return scene(tmp_path_factory.mktemp("full"), *STOCK, given=GIVEN)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same network, in which nothing of it does."""
    return scene(tmp_path_factory.mktemp("bare"))


def lines(folder: Path, on: str, section: str) -> list[tuple[str, str]]:
    """What stands in a section, each with its command."""
    told: Any = status(open_view(folder, date.fromisoformat(on))).result
    return [(line["what"], line["command"]) for line in told[section]]


@pytest.mark.parametrize(
    ("section", "on", "what", "command"),
    [
        ("lapsed", EVE, "mandate of Ivo, Aldmar, ended", "b40 member mayor al-aldmar NAME"),
        ("vacant", EVE, "committee seat elected-4 is vacant", "propose committee-election"),
        ("vacant", AFTER, "the presidency of 2026 is vacant", "--statutes-silent"),
        ("pending", EVE, "membership of Valea Alba: it gave notice", ""),
        ("expiring", "2026-11-20", "membership of Valea Alba", ""),
        ("pending", EVE, "proxy of al-aldmar to hr-kamenik", "b40 proxy receipt 2026-03-10-ec"),
        ("pending", EVE, "Declaration of Rosendol: its document", "sign bg-rosendol --document"),
        (
            "pending",
            EVE,
            "notice of leaving of Valea Alba: its document",
            "withdraw ro-valea-alba --doc",
        ),
        ("pending", EVE, "EC-2026-001 open", "b40 decision close EC-2026-001"),
        ("pending", AFTER, "minutes of 2026-03-10-ec", "b40 meeting minutes 2026-03-10-ec"),
    ],
)
def test_what_waits_is_shown_and_only_then(
    full: Path, bare: Path, section: str, on: str, what: str, command: str
) -> None:
    shown = [step for said, step in lines(full, on, section) if said.startswith(what)]
    assert len(shown) == 1 and (command in shown[0] if command else not shown[0])
    assert not [said for said, _step in lines(bare, on, section) if said.startswith(what)]


def test_who_leaves_waits_from_its_notice_to_the_end_of_the_year(full: Path) -> None:
    """In one section at a time, until it is gone."""
    there = {
        on: [s for s in SECTIONS for said, _ in lines(full, on, s) if "gave notice" in said]
        for on in ("2026-02-19", "2026-02-20", "2026-11-01", "2026-11-02", "2027-01-01")
    }
    assert list(there.values()) == [[], ["pending"], ["pending"], ["expiring"], []]


def test_every_section_is_whole(full: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is left out on a screen or in a pipe: as many lines as in JSON, by their numbers."""
    answer = status(open_view(full, date.fromisoformat(AFTER)))
    told: Any = answer.result
    every = [line for section in SECTIONS for line in told[section]]
    assert len(told["pending"]) > 4 and len(every) > 9
    screen = re.sub(r"\x1b\[[0-9;]*m", "", live(answer, 120, colour=False))
    numbers = [int(n) for n in re.findall(r"^ *(\d+) +[!·] ", screen, re.MULTILINE)]
    assert numbers == list(range(1, len(every) + 1))
    assert main(["-C", str(full), "status", "--on", AFTER]) == 0
    piped = " ".join(capsys.readouterr().out.split())
    assert all(line["what"] in piped and line["command"] in piped for line in every)
    every[0]["command"] = ""
    first = next(n for n, line in enumerate(every, 1) if line["command"])
    assert f" does line {first} and asks" in live(answer, 120, colour=False)
    assert first > 1


@pytest.mark.parametrize(
    ("stock", "on", "command", "lines", "filed"),
    [
        ("meeting", AFTER, "meeting minutes 2026-03-10-ec --document FILE", "{}\ny\n", "minutes"),
        ("assembly", "2026-06-30", "report final 2026-03-10-ga --prepared DAY", "1\n\n{}\ny\n",
         "report"),
    ],
)  # fmt: skip
def test_a_line_asks_for_its_part_where_its_command_could_show(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    stock: str,
    on: str,
    command: str,
    lines: str,
    filed: str,
) -> None:
    """Without a document, without a step the paper is printed: the line asks, and records it."""
    at = Office(scene(tmp_path, stock), capsys)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF-1.7")
    told = at.asks("status", on=on)["result"]
    every = [line["command"] for section in SECTIONS for line in told[section]]
    number = str(every.index(f"b40 {command}") + 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prompt, "at_terminal", lambda: True)
        patch.setattr("sys.stdin", StringIO(lines.format(paper)))
        assert main(["-C", str(at.folder), "do", number, "--on", on]) == 0
    assert "(a file; blank" in capsys.readouterr().err
    record = at.asks("show", command.split()[2], on=on)["result"]["record"]
    assert "paper.pdf" in str(record[filed])


def test_a_day_that_is_half_told_is_asked_for_whole() -> None:
    words = ["meeting", "move", "2027-02-26-ga", "--opens", "2027-01-…"]
    assert prompt.without(words, LACKING.fullmatch) == words[:3]
