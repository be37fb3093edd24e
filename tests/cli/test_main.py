"""The entry: order of words, exits, what is said and what never is."""

from __future__ import annotations

import errno
import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from b40cli import __version__
from b40cli.cli.main import _told, main, run
from b40cli.cli.request import options
from b40cli.cli.typed import in_order
from b40cli.model.answer import Answer
from b40cli.model.errors import ConflictError, Untold
from b40cli.render.visible import visible
from tests.cli.counter import COUNTER, plain

ROOT = Path(__file__).parents[2]
# Before the suite lets it stand still.
CLOCK = options.clock
# As a user has it: what a stream could not take lies in its buffer.
BUFFERED = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
SERVE = "import sys; from tests.cli.counter import serve; sys.exit(serve(sys.argv[1:]))"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tell answers plainly (the renderer has tests of its own); keep stray logs out of the way."""
    monkeypatch.setattr("b40cli.cli.telling.told", plain, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("logs")))


def serve(
    *words: str, stdout: int | IO[str] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the small office in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", SERVE, *words],
        cwd=ROOT,
        env={**BUFFERED, **environment},
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def result(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, object]:
    """The result of a command that answers in JSON."""
    assert main([*argv, "--json"], COUNTER) == 0
    read = json.loads(capsys.readouterr().out)["result"]
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("roll -C x", "roll -C x"),
        ("-C x --json roll", "roll -C x --json"),
        ("-Cx --on=2026-11-20 roll y", "roll -Cx --on=2026-11-20 y"),
        ("-C x decision --json close EC-1 --yes", "decision close -C x --json EC-1 --yes"),
        ("--json decision close -- --on", "decision close --json -- --on"),
        ("--json decision", "--json decision"),
        ("--json", "--json"),
        ("-C", "-C"),
        ("", ""),
        ("--json --help roll", "--json --help roll"),
        ("--json decision --help close", "--json decision --help close"),
        ("--json unknown thing", "unknown --json thing"),
    ],
)
def test_shared_options_move_behind_the_words(written: str, read: str) -> None:
    assert in_order(written.split(), ["decision"]) == read.split()


def test_options_count_wherever_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    behind = result(capsys, "roll", "-C", "x", "--on", "2026-11-20", "--known-at", "v1")
    assert behind == result(capsys, "-C", "x", "--on", "2026-11-20", "--known-at", "v1", "roll")
    assert (behind["repo"], behind["on"], behind["known_at"]) == ("x", "2026-11-20", "v1")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (("-C", "a", "roll", "-C", "b"), "--repo"),
        (("roll", "--on", "2026-01-05", "--on=2026-01-06"), "--on"),
        (("roll", "--format", "json", "--format", "json"), "--format"),
        (("decision", "close", "EC-1", "--title", "T", "--title", "U"), "--title"),
    ],
)
def test_an_option_of_one_value_is_given_once(
    words: tuple[str, ...], flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last would take the place of the first without a word."""
    assert main(words, COUNTER) == 2
    assert f"{flag} is given twice" in capsys.readouterr().err


def test_a_flag_said_twice_is_said() -> None:
    assert main(["roll", "--json", "--json"], COUNTER) == 0


def test_the_environment_names_the_register(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("B40_REPO", "/elsewhere")
    assert result(capsys, "roll")["repo"] == "/elsewhere"
    assert result(capsys, "-C", "here", "roll")["repo"] == "here"


def test_an_act_has_its_own_options(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--dry-run", "decision", "close", "EC-1", "--title", "T", "--branch", "b")
    read = result(capsys, *words)
    assert (read["dry_run"], read["branch"], read["decision"]) == (True, "b", "EC-1")
    assert main(["roll", "--dry-run"], COUNTER) == 2
    assert main(["decision", "close", "EC-1", "--title", "T", "--known-at", "x"], COUNTER) == 2


@pytest.mark.parametrize(
    "words",
    [
        "--nonsense",
        "roll --nonsense",
        "roll extra",
        "rol",
        "decision",
        "decision clos",
        "",
        "roll --on 2026-02-30",
        "roll --on 20261120",
        "roll --on today",
        "roll --format xml",
        "roll --format github",
        "roll --json --format markdown",
        "--json -- roll",
        "decision close --title T",
        "decision close EC-1",
        "decision close EC-1 --title T --on 9999-12-31",
        "decision greet",
    ],
)
def test_words_that_make_no_question_are_exit_2(
    words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split(), COUNTER) == 2
    shown = capfd.readouterr()
    assert "Traceback" not in shown.err and not set(shown.err) & set("│╭╰─")
    if "--json" not in words and words not in ("", "decision"):
        assert shown.out == ""
        assert [line[:4] for line in shown.err.splitlines()][:1] == ["b40:"]
        assert all(line.startswith("  ") for line in shown.err.splitlines()[1:])


@pytest.mark.parametrize("typo", [("decision", "clos"), ("clos",), ("close",)])
def test_a_typo_is_answered_with_what_was_meant(
    typo: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typo, COUNTER) == 2
    assert "did you mean" in (error := capsys.readouterr().err) and "close'" in error


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("log --limit many", "Invalid value for '--limit' / '-n': 'many' is no whole number."),
        ("log --limit 0", "Invalid value for '--limit' / '-n': 0 is too small: at least 1."),
        ("duty list --year 20", "Invalid value for '--year': 20 is not within 1900 and 2199."),
        ("roll --on", "Option '--on' requires an argument."),
        ("roll --on tomorrow", "'tomorrow' is not a day that records know."),
        ("roll --on 2999-01-01", "'2999-01-01' is not a day that records know."),
        ("decision close", "Missing argument 'decision'."),
        ("meeting xyzzy", "No such command: xyzzy."),
        ("decision clos", "No such command: clos; did you mean 'close'?"),
        ("statutes amend", "No such command: amend."),
    ],
)
def test_what_is_wrong_is_a_sentence(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words.split()) == 2
    first, *cure = capsys.readouterr().err.splitlines()
    assert first == f"b40: {said}" and cure[-1].endswith(".")


def test_a_long_list_of_what_is_allowed_is_folded(capsys: pytest.CaptureFixture[str]) -> None:
    """The place stays on one line with the beginning of what is wrong."""
    main(["stop", "long"], COUNTER)
    lines = capsys.readouterr().err.splitlines()
    assert any(line.startswith("  registry/x.yaml:3:1  ") for line in lines)
    assert max(map(len, lines)) <= 80 and len(lines) > 4


@pytest.mark.parametrize("word", ["a\0b", "caf\udce9"])
def test_words_that_are_not_text_are_exit_2(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roll", word], COUNTER) == 2
    assert "Word 2 is not text" in capsys.readouterr().err


def test_bytes_that_are_not_utf8_are_exit_2() -> None:
    command = [sys.executable.encode(), b"-c", SERVE.encode(), b"roll", b"--on", b"caf\xe9"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, env=os.environ)
    assert ran.returncode == 2 and b"Word 3 is not text" in ran.stderr


@pytest.mark.parametrize(("how", "code"), [("conflict", 4), ("unreadable", 3), ("interrupt", 130)])
def test_each_error_has_its_exit(how: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stop", how], COUNTER) == code
    assert capsys.readouterr().out == ""


def test_an_error_is_one_visible_line_and_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    main(["stop", "conflict"], COUNTER)
    assert capsys.readouterr().err == (
        "b40: HEAD moved\\x1b[2J\\nfaked\n  ask again\n  then look\n"
    )


def test_what_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main(["stop", "unreadable"], COUNTER)
    assert capsys.readouterr().err.endswith("  registry/x.yaml:3:1  bad \\x1b[31mkey\n")


@pytest.mark.parametrize(
    ("words", "code", "rule"),
    [
        (["--json", "stop", "conflict"], 4, "conflict"),
        (["stop", "unreadable", "--format=json"], 3, "yaml"),
        (["roll", "--format", "json", "--nonsense"], 2, "usage"),
        (["--json", "--", "roll"], 2, "usage"),
        (["-C", "/", "stop", "defect", "--json"], 70, "tool"),
    ],
)
def test_an_error_is_told_in_json_where_json_was_asked_for(
    words: list[str], code: int, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words, COUNTER) == code
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["commit"], told["exit_code"]) == (False, None, code)
    assert [(f["rule"], f["kind"]) for f in told["findings"]] == [(rule, "defect")]


@pytest.mark.parametrize("how", ["defect", "pipe", "recursion"])
def test_a_defect_is_one_line_and_a_log_of_the_user_s(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert main(["-C", str(tmp_path), "stop", how], COUNTER) == 70
    [log] = (tmp_path / "b40/defects").iterdir()
    error = capsys.readouterr().err
    assert str(log) in error and "Traceback" not in error and "secret" not in error
    assert "Traceback" in log.read_text() and log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("words", [["init"], ["status"], ["demo", "--folder", "new"]])
def test_a_folder_that_was_removed_is_no_defect(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(words) == 2
    assert "The folder you are in was removed." in capsys.readouterr().err


def test_a_command_without_a_desk_is_not_one() -> None:
    def nobody(name: str) -> Answer[Any]:
        raise AssertionError(name)

    with pytest.raises(TypeError, match="the first parameter is the request"):
        options.act(nobody)


def test_a_defect_of_one_without_a_folder_is_logged_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert main(["-C", "/", "missing"], COUNTER) == 70
    [log] = tmp_path.iterdir()
    assert str(log) in capsys.readouterr().err


def test_the_answer_is_utf8_whatever_the_locale() -> None:
    ran = serve("roll", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 0 and "Пловдив" in ran.stdout


@pytest.mark.parametrize("words", [("--help",), ("roll",), ("roll", "--help"), ("--version",)])
def test_a_reader_who_goes_away_is_no_error(words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ran = serve(*words, stdout=writer)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_refusal_stays_one_when_nobody_reads_it() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ran = serve("refuse", stdout=writer)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ran = serve("roll", stdout=full)
    assert ran.returncode == 4 and "Traceback" not in ran.stderr
    assert ran.stderr.startswith("b40: The answer could not be written")


def test_an_act_whose_answer_the_disk_refuses_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no defect of the tool: exit 5 names the commit."""
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("b40cli.cli.request.output._written", lambda _stream, _text: full)
    done: Answer[Any] = Answer(
        "undo", "2026-03-10", "official", True, "0123456789abcdef", (), {}, told="Done."
    )
    with pytest.raises(Untold, match=r"0123456789ab is made.*No space left"):
        _told(options.Said(done, options.Request(), True))
    with pytest.raises(ConflictError, match=r"The answer could not be written: No space left"):
        _told(options.Said(done, options.Request(), False))
    with pytest.raises(ConflictError, match="could not be written"):  # it may have nothing to send
        _told(options.Said(done._replace(command="sync"), options.Request(), True))


def test_quiet_silences_an_act_that_is_done_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def said(*words: str) -> str:
        main([*words, "--quiet"], COUNTER)
        return capsys.readouterr().out

    assert said("decision", "close", "EC-1", "--title", "T") == ""
    assert said("decision", "close", "EC-1", "--title", "T", "--json") and said("roll")
    assert said("refuse")


def test_the_version_needs_no_metadata(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"], COUNTER) == 0
    assert capsys.readouterr().out == f"b40 {__version__}\n"


def test_the_clock_reads_the_day_in_istanbul(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import datetime, timedelta

    east, ours = CLOCK(), (datetime.now().astimezone() + timedelta(days=1)).date()
    assert east <= ours
    assert options.Request(on="2026-11-20").today().isoformat() == "2026-11-20"
    monkeypatch.setattr(options, "clock", lambda: options.day("2026-11-19"))
    assert main(["decision", "close", "E", "--title", "T", "--on", "2026-11-20"], COUNTER) == 2
    assert main(["roll", "--on", "2026-11-20"], COUNTER) == 0


def test_nothing_a_terminal_obeys_is_shown() -> None:
    hidden = "\x1b\x07\r\n\t\x7f\x9b\u202e\u2066\u200f\u061c\u2028\udc80"
    shown = visible(f"a{hidden}б")
    assert shown.isprintable() and shown.startswith("a\\x1b") and shown.endswith("б")


def test_nothing_is_looked_through_on_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two passes over all that lives would be a seventh of a short command."""
    monkeypatch.setattr("b40cli.cli.main.main", lambda _argv: 4)
    seen = gc.get_threshold()
    try:
        with pytest.raises(SystemExit) as left:
            run()
        assert left.value.code == 4 and gc.get_freeze_count()
    finally:
        gc.unfreeze()
        gc.set_threshold(*seen)


def test_a_terminal_that_wants_no_colour_gets_none() -> None:
    ours, theirs = os.openpty()
    words = [sys.executable, "-c", "from b40cli.cli.main import run; run()", "check", "--help"]
    surroundings = {**os.environ, "NO_COLOR": "1", "TERM": "xterm"}
    subprocess.run(words, stdout=theirs, env=surroundings, cwd=ROOT, check=True)
    shown = os.read(ours, 1 << 16)
    os.close(theirs)
    os.close(ours)
    assert b"b40 check" in shown and b"\x1b" not in shown


def at_terminal(words: list[str], typed: bytes) -> tuple[int, str]:
    """Run the small office with a terminal as its input and error, typing the given lines."""
    ours, theirs = os.openpty()
    os.write(ours, typed)
    ran = subprocess.run(
        [sys.executable, "-c", SERVE, *words],
        cwd=ROOT,
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
    )
    os.close(theirs)
    os.close(ours)
    return ran.returncode, ran.stdout.decode()


def test_at_a_terminal_missing_answers_are_asked_for() -> None:
    code, told = at_terminal(["decision", "close", "--json"], b"-odd\nThe title\n")
    read = json.loads(told)["result"]
    assert (code, read["decision"], read["title"]) == (0, "-odd", "The title")


def test_at_a_terminal_a_command_asks_by_itself() -> None:
    code, told = at_terminal(["decision", "greet"], b"\nPlovdiv\ny\n")
    assert code == 0 and "who=Plovdiv" in told and "sure=True" in told


def test_a_command_as_it_is_shown_asks_for_what_its_dots_stand_for() -> None:
    """`b40 decision close EC-1 --title …`, copied from a screen, records no title of dots."""
    shown = ["decision", "close", "EC-1", "--title", "…"]
    code, told = at_terminal([*shown, "--json"], b"The title\n")
    assert (code, json.loads(told)["result"]["title"]) == (0, "The title")
    assert main(shown, COUNTER) == 2
    assert at_terminal([*shown, "--yes"], b"x\n")[0] == 2


def test_nobody_is_asked_who_has_said_yes() -> None:
    assert at_terminal(["decision", "close", "--yes"], b"x\ny\n")[0] == 2
    assert at_terminal(["decision", "greet", "--yes"], b"x\ny\n")[0] == 2
