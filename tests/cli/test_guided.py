"""What is asked at a terminal: numbered choices, a wrong answer asked again, a plan, one yes."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.opened.gazetteer_match import id_called
from b40cli.cli.commands import named as at_row
from b40cli.cli.commands import rows
from b40cli.cli.lazy import built
from b40cli.cli.main import main
from b40cli.cli.request import prompt
from b40cli.cli.request.asking import Asks
from b40cli.cli.sitting.choices import Option, one, picked
from b40cli.cli.sitting.completing import offered
from b40cli.model.errors import UsageError
from tests.acts.scene import Office, scene
from tests.invented import MEETING, SEVEN
from tests.scenario import ROSTER

pytestmark = pytest.mark.usefixtures("asked")

OPTIONS = tuple(Option(f"hr-{name.lower()}", name) for name in ("Aldmar", "Lipovgrad", "Zalivgrad"))


@pytest.mark.parametrize(
    ("text", "names", "wrong"),
    [
        ("1", "Aldmar", ""),
        ("2-3", "Lipovgrad Zalivgrad", ""),
        ("zal, 1", "Zalivgrad Aldmar", ""),
        ("hr-lipovgrad", "Lipovgrad", ""),
        ("Липовград", "Lipovgrad", ""),
        ("grad, 1", "Aldmar", "grad"),
        ("4", "", "4"),
        ("3-1", "", "3-1"),
        ("rest", "Aldmar Lipovgrad Zalivgrad", ""),
        ("nobody", "", "nobody"),
    ],
)
def test_a_line_is_read_by_number_range_and_part(text: str, names: str, wrong: str) -> None:
    found = picked(text, OPTIONS, OPTIONS)
    assert " ".join(option.name for option in found.options) == names
    assert " ".join(found.wrong) == wrong


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    at = Office(scene(tmp_path, "applicant"), capsys)
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-10T10:00")
    return at


def typed(office: Office, words: str, lines: str, code: int = 0) -> str:
    """A command at a terminal, and the lines that are typed there; what is said on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prompt, "at_terminal", lambda: True)
        patch.setattr("sys.stdin", StringIO(lines))
        said = main(["-C", str(office.folder), *words.split(), "--on", "2026-03-10"])
    out, err = office.capsys.readouterr()
    assert said == code, (out, err)
    return out + err


def test_a_roll_call_and_a_vote_in_one_sitting_each(office: Office) -> None:
    """A wrong part keeps the right ones; the one meeting and the one open vote are taken."""
    told = typed(office, "meeting roll-call", "1-6, nowhere\nrest\ny\n")
    assert "! nowhere" in told and "Plan: 7 of 7 present; absent: nobody." in told
    assert "b40 decision propose" in typed(office, "decision open", "", 2)
    office.asks("decision", "propose", "admission", "--subject", "Rosendol", "--meeting", MEETING)
    typed(office, "decision open", "y\n")
    told = typed(office, "decision vote", "\nkamenik, vodengrad, lyk\n3, 5\n\nrest\ny\n")
    assert "! 3" in told
    assert "Plan: 3 for, 1 against, 3 abstain; without a ballot: nobody." in told
    ballots: dict[str, Any] = office.asks("show", "EC-2026-001")["result"]["record"]["ballots"]
    assert sorted(city for side in ballots.values() for city in side) == sorted(SEVEN)
    told = typed(office, "decision close", "what\ny\n")
    assert "Record it? [y/N]" in told and "! what is neither" in told


# Why one of them cannot do anything here, whatever was answered.
WORLD = ("no remote", "is the act of", "No answer was given.", "to choose from")


def test_whatever_needs_no_word_answers_or_asks_when_it_is_typed_bare(office: Office) -> None:
    """At a terminal nothing is a usage error for what it lacks; what needs a word asks for it."""
    for row in rows():
        command = built(row.words.split()[-1], at_row(row.at))
        if row.words in ("demo", "init") or any(param.required for param in command.params):
            continue
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(prompt, "at_terminal", lambda: True)
            patch.setattr("sys.stdin", StringIO(""))
            code = main(["-C", str(office.folder), *row.words.split()])
        _out, err = office.capsys.readouterr()
        assert code != 2 or any(why in err for why in WORLD), (row.words, err)


def test_an_amendment_is_tried_by_what_is_chosen(office: Office) -> None:
    """A number, or a reading; a value that the judge cannot read is asked for again."""
    words = ("-C", str(office.folder), "statutes", "simulate")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prompt, "at_terminal", lambda: True)
        patch.setattr("sys.stdin", StringIO("1\nassembly quorum\nx/y\n3/4\n"))
        assert main([*words]) == 0
        assert (
            "--amend makes assembly-quorum x/y, a word; it is a share."
            in office.capsys.readouterr().err
        )
        patch.setattr("sys.stdin", StringIO("2\nINT-01\n2\n"))
        assert main([*words]) == 0


def test_a_question_offers_whom_it_can_concern(office: Office) -> None:
    """The one applicant is taken; where there is none that is said; another is named whole."""
    assert "Rosendol" in typed(office, "decision propose", "admission\ny\n")
    assert "signed to choose from" in typed(office, "member sign", "", 2)
    assert "suspended to choose from" in typed(office, "member reinstate", "", 2)
    told = typed(office, "committee resign", "Rosen\nРосендол\n\n\n\n", 2)
    assert "! Rosen is in no name." in told and "Rosendol" in told and "7 Jezerna" in told


def test_a_secretariat_is_named_as_its_city_is_called() -> None:
    assert id_called("Загреб", "--headquarters") == "hr-zagreb"
    with pytest.raises(UsageError, match="no city's id"):
        id_called("tomorrow", "--headquarters")


def test_a_refusal_asks_for_the_answer_that_it_speaks_of_and_keeps_the_others(
    office: Office,
) -> None:
    """As it was typed where the refusal says it; else the clerk names it, and may leave it."""
    asked = "kamenik\nNova\n2026-03-09\n2026-03-01\n\n"
    told = typed(office, "member mayor", f"{asked}2026-03-01\n2030-03-01\ny\n")
    assert "dates-in-order" in told and told.count("The mayor's name › Nova") == 1
    mayors = office.asks("show", "hr-kamenik")["result"]["record"]["mayors"]
    assert (mayors[-1]["name"], str(mayors[-1]["from"])) == ("Nova", "2026-03-01")
    head = office.head()
    # The way back: another answer than the one that is asked for, or none.
    backward = "kamenik\nNova\n2026-03-09\n2026-03-05\n\n<\n"
    assert "dates-in-order" in typed(office, "member mayor", f"{backward}\n", 1)
    assert office.head() == head
    told = typed(office, "member mayor", f"{backward}4\n2031-03-01\nn\n", 2)
    assert "First day after it › " not in told and "First day › 2026-03-09" in told
    blanks = "\n" * 7
    assert "Which to answer otherwise" in typed(
        office, "application submit", f"Graubach\nAT\n{blanks}none\n\n", 1
    )
    assert office.head() == head


def test_a_paper_that_is_none_is_asked_for_again(office: Office, tmp_path: Path) -> None:
    """What stops a command is no end of the sitting either."""
    (tmp_path / "bad.csv").write_text("name,country,since\nVrelograd,MK,2042-01-01\n")
    (tmp_path / "good.csv").write_text(ROSTER)
    lines = f"{tmp_path / 'bad.csv'}\n{tmp_path / 'good.csv'}\nn\n"
    told = typed(office, "import", lines, 2)
    assert "bad.csv, read as commas" in told and "bring them in?" in told
    assert "registry/members/mk-vrelograd.yaml  Vrelograd" in told


def test_of_a_long_list_a_screen_is_shown_and_a_part_of_a_name_finds_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    many = [Option(f"hr-town-{n}", f"Town {n}") for n in range(150)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", StringIO("more\nown 14\nTawn 77\nTown 149\n"))
        prompt.begin()
        assert one("The city", many).id == "hr-town-149"
    said = capsys.readouterr().err
    assert "60 Town 59" in said and "and 90 more: more shows them" in said and "120 Town" in said
    assert "own 14 is in 11 names: 15 Town 14, 141 Town 140" in said
    assert "Tawn 77 is in no name. Perhaps 78 Town 77?" in said


def test_no_leaves_nothing_and_an_interrupt_neither(office: Office) -> None:
    head = office.head()
    typed(office, "meeting roll-call", "all\nn\n", 2)
    assert office.head() == head

    class Broken(StringIO):
        def readline(self, *_: Any) -> str:  # type: ignore[override]
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prompt, "at_terminal", lambda: True)
        patch.setattr("sys.stdin", Broken())
        assert main(["-C", str(office.folder), "meeting", "roll-call"]) == 130
    office.capsys.readouterr()
    assert office.head() == head


def test_an_application_in_one_sitting(office: Office, tmp_path: Path) -> None:
    for name in ("form", "letter", "elected"):
        (tmp_path / name).write_text(name)
    papers = "".join(f"{tmp_path / name}\n" for name in ("form", "letter", "elected"))
    lines = f"Mirnava\nSlovenia\n\n{papers}all\n\nnone\ny\n"
    typed(office, "application submit", lines)
    record = office.asks("show", "si-mirnava")["result"]["record"]
    assert record["application"]["criteria"] == ["pledge", "aims"]
    assert {"form", "letter"} <= record["application"].keys()


def test_a_key_is_a_file_or_a_fingerprint_as_the_question_says(office: Office) -> None:
    key = "gpg:" + "0A" * 20
    said = typed(office, "trust add ana --dry-run", f"gpg.pub\n{key}\nAna Primer\n\n")
    assert "gpg.pub is no file" in said and f"{key} is no file" not in said
    assert "Its office" in said


def test_a_file_that_is_mended_is_named_again_by_a_blank(office: Office) -> None:
    file = office.folder.parent / "list.csv"
    file.write_text("name,country,since,source\nMirnava,ZZ,2024-01-31,A list\n")
    said = typed(office, "import", f"{file}\n\n", 2)
    assert said.count("list.csv is not imported: 1 mistake in its rows.") == 2
    assert f"blank: {file} again" in " ".join(said.split())


def test_a_register_in_a_named_folder_is_asked_for_its_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was begun at once, in the name of a network that nobody had named."""
    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", StringIO("Network of Towns\n" + "\n" * 9 + "n\n"))
    assert main(["init", str(tmp_path / "own")]) == 2
    assert "Network of Towns" in capsys.readouterr().err and not (tmp_path / "own").exists()


def test_in_a_pipe_nothing_is_asked(office: Office) -> None:
    office.asks("meeting", "roll-call", MEETING, exits=2)
    office.asks("decision", "vote", "EC-2026-001", exits=2)


def test_a_shell_is_offered_ids_with_names_beside_them(office: Office) -> None:
    place = str(office.folder)
    found = offered(Asks(("member",)), place, "воден")
    assert found == [("bg-vodengrad", "Vodengrad, Bulgaria")]
    listed = offered(Asks(("member",), ("rest",), several=True), place, "hr-kamenik,al")
    assert listed == [("hr-kamenik,al-aldmar", "Aldmar, Albania")]
    assert offered(Asks(("meeting",)), place, "2026") == [
        (MEETING, "Meeting of the Executive Committee, 2026-03-10")
    ]
    assert offered(Asks(("member",)), "/nowhere", "x") == []
