"""The lazy desk: nothing is imported before it is asked for, and nothing is lost by that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from b40cli.cli import lazy
from b40cli.cli.commands import DESK, NOUNS, CommandRow, nouns, rows
from b40cli.cli.main import main
from tests.cli.counter import COUNTER

ROOT = Path(__file__).parents[2]
HEAVY = {
    "ruamel",
    "git",
    "jsonschema",
    "jsonschema_rs",
    "rich",
    "pydantic",
    "click",
    "importlib.metadata",
    "zoneinfo",
    "asyncio",
    "b40cli.acts",
    "b40cli.store",
    "b40cli.rules",
}


def loaded(code: str, *argv: str) -> set[str]:
    """The modules a fresh process has loaded once the code has run."""
    script = f"import sys\n{code}\nprint(*sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", script, *argv], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


def test_help_loads_typer_and_the_table_and_nothing_else() -> None:
    modules = loaded("from b40cli.cli.main import main; main(['--help'])")
    assert not modules & HEAVY
    ours = {name for name in modules if name.startswith("b40cli.cli.")}
    assert ours == {
        f"b40cli.cli.{name}"
        for name in (
            *("commands", "help_text", "lazy", "main", "request", "typed"),
            *(f"request.{name}" for name in ("answers", "asking", "options", "output")),
            *(f"request.{name}" for name in ("progress", "prompt")),
        )
    }


def test_help_loads_no_more_of_the_standard_library_than_typer_does() -> None:
    """What Typer itself loads at its top (0.28: difflib) is its own; we add nothing that counts."""
    ours = loaded("from b40cli.cli.main import main; main(['--help'])") - loaded("import typer")
    heavy = ("difflib", "hashlib", "json", "subprocess", "tempfile", "multiprocessing", "sqlite3")
    assert ours.isdisjoint(heavy)


def test_a_roll_loads_nothing_that_counts_or_judges() -> None:
    """What is asked most often waits for no vote, no meeting and no rule."""
    modules = loaded("import b40cli.acts.reads.rolls")
    idle = (
        "rules.table",
        "rules.case.rule",
        "rules.votes",
        "model.facts.meeting",
        "model.facts.group",
    )
    assert modules.isdisjoint({f"b40cli.{name}" for name in idle} | {"rich", "ruamel"})


def test_only_the_module_asked_for_is_loaded() -> None:
    code = "from b40cli.cli.main import main\nfrom b40cli.cli.commands import Heading, CommandRow\n"
    table = (
        "CommandRow('a x', '', 'tests.cli.counter:roll'), CommandRow('b y', '', 'colorsys:nothing')"
    )
    modules = loaded(f"{code}main(['a', 'x', '--help'], (Heading('H', ({table},)),))")
    assert "tests.cli.counter" in modules and "colorsys" not in modules


def test_a_stub_is_replaced_by_the_real_command() -> None:
    office = lazy.office(COUNTER)
    assert type(office.commands["roll"]) is lazy.Stub
    with office.make_context("b40", ["roll"], resilient_parsing=True) as context:
        name, command, rest = office.resolve_command(context, ["roll", "more"])
    assert (name, rest) == ("roll", ["more"])
    assert office.commands["roll"] is command
    assert isinstance(command, lazy.PlainCommand)


def test_help_is_plain_and_keeps_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roll", "--help"], COUNTER) == 0
    told = capsys.readouterr().out
    assert "Some [brackets] and *stars* stay." in told
    assert "  Examples:\n    b40 roll\n    b40 roll --on 2026-11-20\n" in told
    assert "\x1b" not in told and "--install-completion" not in told and "--dry-run" not in told


def test_a_command_tells_its_own_options_first(capsys: pytest.CaptureFixture[str]) -> None:
    main(["decision", "close", "-h"], COUNTER)
    told = capsys.readouterr().out
    places = [told.index(word) for word in ("Arguments:", "Options:", "--title", "Everywhere:")]
    assert places == sorted(places) and told.index("--branch") > places[-1]


def test_a_format_of_its_own_is_told_and_taken(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--help"], COUNTER)
    assert "markdown, github" in " ".join(capsys.readouterr().out.split())


def test_the_desk_reads_heading_by_heading(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    places = [told.index(f"\n{heading.title}:\n") for heading in DESK]
    assert places == sorted(places)
    assert max(map(len, told.splitlines())) <= 80
    first = [line.split()[0] for line in told.splitlines() if line.strip()]
    assert all(row.words.split()[0] in first for row in rows())


def test_a_noun_tells_its_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decision", "--help"]) == 0
    told = capsys.readouterr().out
    verbs = {row.words.split()[1]: row.help for row in rows() if row.words.startswith("decision ")}
    assert all(f"  {verb} " in told and help in told for verb, help in verbs.items())


def completed(words: str) -> list[str]:
    """What bash would be offered after these words."""
    environment = {
        **os.environ,
        "_B40_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    script = "import sys; from tests.cli.counter import serve; serve(sys.argv[1:])"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ran.stderr == ""
    return ran.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("b40 ro", ["roll"]),
        ("b40 -C x ro", ["roll"]),
        ("b40 decision cl", ["close"]),
        ("b40 decision close --dr", ["--dry-run"]),
        ("b40 decision close --ti", ["--title"]),
        ("b40 roll --kn", ["--known-at"]),
        ("b40 check --format gi", ["github"]),
        ("b40 --format m", ["markdown"]),
    ],
)
def test_completion_goes_through_the_same_hook(words: str, offered: list[str]) -> None:
    assert completed(words) == offered


def test_every_command_stands_once_and_every_noun_is_explained() -> None:
    words = [row.words for row in rows()]
    assert len(words) == len(set(words))
    assert set(nouns()) == set(NOUNS) and not set(nouns()) & {w for w in words if " " not in w}
    assert all(row.help and not row.help.endswith(".") and len(row.help) < 60 for row in rows())


@pytest.mark.parametrize("row", rows(), ids=[row.words for row in rows()])
def test_every_row_leads_to_a_command_with_an_example(
    row: CommandRow, capsys: pytest.CaptureFixture[str]
) -> None:
    module, _, function = row.at.partition(":")
    assert callable(getattr(import_module(module), function))
    assert main([*row.words.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert "\n  Example" in told and f"    b40 {row.words}" in told


@pytest.mark.parametrize("words", ["", "proxy give", "decision propose"])
def test_help_fits_a_narrow_terminal(words: str) -> None:
    """Within forty columns, and no word of it parted: they stand whole at eighty, too."""
    run = [sys.executable, "-c", "from b40cli.cli.main import run; run()", *words.split(), "--help"]
    said = [
        subprocess.run(
            run,
            env={**os.environ, "COLUMNS": columns},
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for columns in ("40", "80")
    ]
    assert max(map(len, said[0].split("\n"))) <= 40
    narrow, wide = (set(re.findall("[^\\W_]+", each)) for each in said)
    assert narrow <= wide
