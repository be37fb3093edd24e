"""Screens of a terminal: within its width, told apart without colour, harmless, whole."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.ahead.foresight import terms_ahead
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.reads import (
    duties,
    lists,
    offices,
    plans,
    presidency,
    records,
    rolls,
    search,
)
from b40cli.acts.reads.desk import city, status
from b40cli.cli.main import main
from b40cli.cli.request import output
from b40cli.cli.telling import live, told
from b40cli.model.answer import Answer
from b40cli.model.paper import Ballots, Headline, Paragraph, Summary, Tabular, Toned
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.render.called import in_sentence
from b40cli.render.live.laid_out import laid_out
from b40cli.render.live.sheet import Styled, cells, flow, fold, line
from b40cli.render.live.table import columns
from b40cli.render.live.typed import typed
from b40cli.render.screen_parts import painted
from b40cli.render.visible import LEFT_AGAIN, directed, visible
from tests.acts.scene import scene
from tests.render.answers import HOSTILE, answer, finding, record

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
ON = date(2026, 4, 10)
WIDTHS = (40, 60, 80, 120, 160)
# Names that a register may hold: a very long word, marks upon letters, wide letters, both ways of
# writing, joints without width; what a terminal would obey comes from command lines and findings.
NAMES = (
    "X" * 500,
    "Long " * 100,
    "e\u0301\u0327" * 60,
    "漢字" * 60,
    "مدينة " * 20,
    "क\u200d्ष" * 40,
    *HOSTILE,
    "a\U000e0041\U000e0042b",
    "soft\u00adhyphen\u200bblank",
)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    folder = scene(tmp_path_factory.mktemp("live"), "meeting", "applicant", "admission")
    return open_view(folder, ON)


@pytest.fixture(scope="module")
def answers(view: View) -> dict[str, Answer[Any]]:
    """What the reads answer of one register, asked once."""
    asked: tuple[Answer[Any], ...] = (
        status.status(view),
        city.city(view, "hr-kamenik"),
        rolls.roll(view),
        lists.members(view, None, None),
        lists.members(view, None, None, mandates=True),
        offices.committee(view),
        duties.listed(view, None, None),
        records.show(view, "EC-2026-001"),
        search.search(view, "kamenik", 9),
        lists.decisions(view, None, None),
        lists.meetings(view, None),
        presidency.show(view),
        offices.secretary(view),
        plans.order(view, None),
        plans.plan(view),
        plans.committee_plan(view),
    )
    return {f"{n} {one.command}": one for n, one in enumerate(asked)}


def plain(text: str) -> list[str]:
    return ESCAPE.sub("", text).split("\n")


def shown(one: Answer[Any], width: int = 80) -> str:
    return "\n".join(plain(live(one, width, colour=False)))


def _parts(name: str) -> tuple[ScreenPart, ...]:
    """Every kind of part with a name in it."""
    return (
        Masthead(name, name, (Toned(f"✗ {name}", "refused"),)),
        Paragraph((f"{name} and ", Toned(f"! {name}", "due"))),
        Summary(((name, name), ("Label", name))),
        Headline(name, 3, "1"),
        listing(("City", "Until", "Id"), ((name, Toned("✓ met", "met").text, name),)),
        Ballots((10, 8, 3), 11),
        Ballots((400, 30, 3), 11),
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_a_screen(name: str, width: int) -> None:
    """No line is wider than the terminal, none holds what it would obey, nothing is lost."""
    text = "\n".join(_screen(_parts(name), width))
    assert max(map(cells, text.split("\n"))) <= width
    assert all(c.isprintable() or c in f"\n\u200d{LEFT_AGAIN}" for c in text)
    said = "".join(_screen([Paragraph(name), Paragraph(name)], width)).replace(LEFT_AGAIN, "")
    assert said.replace(" ", "") == 2 * visible(name).replace(" ", "")


def _screen(parts: Iterable[ScreenPart], width: int) -> list[str]:
    return ESCAPE.sub("", painted(laid_out(parts, width), width, colour=True)).split("\n")


def test_colour_only_confirms_what_stands_there(answers: dict[str, Answer[Any]]) -> None:
    for one in answers.values():
        coloured, bare = (live(one, 80, colour=colour) for colour in (True, False))
        assert plain(coloured) == plain(bare)
        assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", bare)


def test_the_roll_names_people_and_countries(answers: dict[str, Answer[Any]]) -> None:
    roll = shown(answers["2 roll"])
    assert "Croatia  1\n  Kamenik" in roll and "not on record" in roll
    assert "Kosovo*  1" in roll and roll.count("UNSCR") == 1


def test_a_record_is_a_page_not_a_dump(view: View, answers: dict[str, Answer[Any]]) -> None:
    """Its lists are tables with heads, it is titled in words, a meeting is told by its name."""
    committee = shown(records.show(view, "committee/2026"))
    assert (
        committee.startswith("Executive Committee of 2026  ") and "seat elected-1" not in committee
    )
    assert re.search(r"\nSeats  7\nSeat +City +Source", committee)
    assert re.search(r"\nNext President +Srebrni Brod", committee)
    decision = shown(answers["7 show"])
    assert "Executive Committee of 10 March 2026 (2026-03-10-ec)" in decision
    assert "None" not in decision and "met yes" not in decision


def test_what_a_record_holds_in_rows_of_rows_is_told_row_by_row(view: View) -> None:
    """An article with its sentences in a table, no sentences in a cell; a number with its days."""
    articles = shown(records.show(view, "statutes/articles"))
    assert re.search(r"\n\nA regional network  art1\n(Id|art1\.1) ", articles)
    assert ", says " not in articles
    numbers = shown(records.show(view, "statutes/parameters"))
    assert "\nSummits a year\nArticle  art2\n" in numbers and ", set by " not in numbers


def test_a_record_names_candidates_and_what_it_turns_on() -> None:
    called = {"hr-kamenik": "Kamenik", "bg-vodengrad": "Vodengrad"}
    told = record(
        state="adopted",
        choices={"hr-kamenik": ["bg-vodengrad"], "bg-vodengrad": []},
        readings={"verdict": "turns", "on": {"INT-23": {"leaders-win-ties": ["hr-kamenik"]}}},
    )
    said = shown(told._replace(beside={"name": lambda key: called.get(key, key), "country": str}))
    assert "State            ✓ adopted" in said
    assert "Kamenik          Vodengrad" in said and "Vodengrad        none" in said
    assert "Turns on INT-23  leaders win ties: Kamenik" in said


def test_a_plan_says_once_why_cities_cannot(view: View) -> None:
    """Those of one reason together, by name: no sentence a city."""
    ahead = plans.plan(view)
    told = shown(ahead._replace(result={**ahead.result, "years": terms_ahead(view, 2)}))
    assert told.count("who is mayor then is not known".capitalize()) == 2
    assert told.count("(Art. 11)") < 8 and not re.search(r"\b[a-z]{2}-[a-z]+\b", told)


def test_a_list_is_a_table_at_eighty_columns(answers: dict[str, Answer[Any]]) -> None:
    """A row a line under its heads, no sentences; what stands in it is called, not keyed."""
    decisions, meetings = shown(answers["9 decision list"]), shown(answers["10 meeting list"])
    assert re.search(r"  2026-03-10  Admission of Rosendol +✓ adopted +EC-2026-001\n", decisions)
    assert re.search(r"  2026-03-10  10:00 \+03:00  Executive Committee +2026-03-10-ec", meetings)
    presides = shown(answers["11 presidency show"])
    assert re.search(r"President  Kamenik, since 2026", presides) and "Vacant" not in presides
    for at in (9, 10, 11, 13):
        one = next(each for key, each in answers.items() if key.startswith(f"{at} "))
        assert "; " not in shown(one)


def test_mandates_are_those_of_members(answers: dict[str, Answer[Any]]) -> None:
    """Who applied or left is told apart, and waits for no election."""
    mandates = answers["4 member list"]
    other = [row for row in mandates.result["members"] if row["standing"] != "member"]
    said = shown(mandates)
    assert other and f"not counted: {len(other)} cit" in said
    assert not any(re.search(rf"\d\d  {row['name']}", said) for row in other)


def test_the_committee_has_words_for_its_seats(answers: dict[str, Answer[Any]]) -> None:
    seats = shown(answers["5 committee show"])
    assert "Next President" in seats and "elected-1" not in seats and "hr-kamenik" not in seats


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_record_moves_the_terminal(name: str) -> None:
    """Neither an escape nor markup of rich's: a name is shown as it stands."""
    found = finding(f"{name} [bold]has[/] no vote.", remedy=name)
    text = ESCAPE.sub("", live(answer("decision open", found), 80, colour=True))
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "[bold]has[/]" in text


def test_a_refusal_says_that_nothing_was_written() -> None:
    refused = answer("decision open", finding("It has no vote."))._replace(
        ok=False, exit_code=1, told="refused: decision: open"
    )
    text = shown(refused)
    assert "✗ refused" in text and "Nothing was written." in text and "b40 explain" in text


def test_a_command_that_helps_stands_on_its_own_line() -> None:
    found = finding(
        "It is late.", remedy="Record the letter: b40 meeting dispatch A --decisions B."
    )
    assert "\n    b40 meeting dispatch A --decisions B\n" in shown(answer("check", found))


def test_in_a_pipe_it_is_told_as_before(
    answers: dict[str, Answer[Any]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "\x1b" not in told(answers["0 status"], "terminal")
    monkeypatch.setattr(output, "on_screen", lambda: True)
    monkeypatch.setattr(output, "width", lambda: 60)
    said: list[str] = []
    monkeypatch.setattr(output, "paged", said.append)
    folder = scene(tmp_path)
    assert main(["-C", str(folder), "roll"]) == 0
    assert main(["-C", str(folder), "roll", "--json"]) == 0
    assert len(said) == 1 and "\x1b[1m" in said[0]


def test_words_are_folded_whole_and_columns_stand_under_one_another() -> None:
    def folded(text: str, room: int) -> list[str]:
        return ["".join(s.text for s in each) for each in fold(line(text), room)]

    assert folded("one two three", 7) == ["one two", "three"]
    assert folded("  ! two words", 7) == ["  ! two", "words"]
    assert folded("a ✗ refused", 9) == ["a", "✗ refused"]
    assert folded("registry/decisions/2026/EC-2026-001.yaml", 20) == [
        "registry/decisions/",
        "2026/",
        "EC-2026-001.yaml",
    ]
    rows = [[line("a"), line("long text here"), line("z")], [line("bb"), line("c"), line("y")]]
    assert [sum(cells(s.text) for s in row) for row in columns(rows, 80)] == [21, 21]
    assert len(columns(rows, 20)) == 3
    assert [len(row) for row in flow("one two three", 10, (Styled("- "),))] == [2, 2]
    assert line("a\x1b[2Jb")[0].text == "a\\x1b[2Jb"
    assert cells("漢字") == 4


def test_a_table_too_wide_for_its_screen_is_told_in_sentences() -> None:
    heads = ("City", "Mayor or head", "Id")
    table = listing(heads, (("Valea Alba de Sus", "Ilinca Model", "ro-valea-alba-de-sus"),))
    wide, narrow = (
        ["".join(s.text for s in each) for each in laid_out([table], width)] for width in (80, 40)
    )
    assert wide[0].split() == ["City", "Mayor", "or", "head", "Id"]
    assert narrow == [
        "Valea Alba de Sus; mayor or head",
        "    Ilinca Model; id",
        "    ro-valea-alba-de-sus",
    ]
    assert laid_out([Tabular(("A",), (), (0,))], 80) == []


def test_one_long_id_makes_no_list_of_sentences() -> None:
    """It is parted behind a hyphen where there is room for a table beside it."""
    ids = ("2026-01-26-ec", "2024-05-21-wg-smart-cities-and-digital-transformation")
    rows = (("2026-01-26", "Executive Committee, Zagreb, attested", each) for each in ids)
    table = listing(("Day", "Meeting", "Id"), rows)
    said = _screen([table], 80)
    assert said[0].split() == ["Day", "Meeting", "Id"] and max(map(cells, said)) <= 80
    assert [row[-14:] for row in said if row.endswith("-ec")] == ["2026-01-26-ec".rjust(14)]
    assert any(row.endswith("  2024-05-21-wg-smart-cities-and-") for row in said)
    assert _screen([table], 40)[0].startswith("2026-01-26; meeting Executive")


def _folded(text: str, room: int) -> list[str]:
    return ["".join(s.text for s in each) for each in fold(line(text), room)]


def test_a_folded_row_is_heard_in_its_order() -> None:
    """Line by line: what is behind the folded cell is not said in the middle of it."""
    rows = [
        [line(each) for each in ("7", "Local Democracy and Migration: programme", "the leader")]
    ]
    said = [["".join(s.text for s in each) for each in columns(rows, w)] for w in (40, 160)]
    assert " ".join(" ".join(said[0]).split()) == " ".join(said[1][0].split())
    assert len(said[0]) == 2 and said[0][1].endswith("  the leader")
    both = [[line(each) for each in ("7", "one two three", "four five six", "8")]]
    heard = ["".join(s.text for s in each) for each in columns(both, 24)]
    assert " ".join(" ".join(heard).split()) == "7 one two three four five six 8"
    assert len(heard) == 3
    first = [[line(each) for each in ("one two three", "four five six", "8")]]
    heard = ["".join(s.text for s in each) for each in columns(first, 24)]
    assert " ".join(" ".join(heard).split()) == "one two three four five six 8"


def test_what_says_nothing_alone_stands_with_its_word() -> None:
    """An article's number, the end of what is cut short; a hash in lines of as many digits."""
    assert _folded("it ends (Art. 11)", 13) == ["it ends", "(Art. 11)"]
    assert _folded("stands in Article 3.", 17) == ["stands in", "Article 3."]
    assert _folded("of the region …", 13) == ["of the", "region …"]
    assert _folded("0123456789abcdef" * 2, 27) == ["0123456789abcdef"] * 2
    rows = [[line(each) for each in ("7", "the President", "Kamenik.", "Art. 11")]]
    said = ["".join(s.text for s in each) for each in columns(rows, 24)]
    assert " ".join(map(str.strip, said)) == "7 the President; Kamenik. Art. 11"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "command",
    [
        "b40 group programme local-economic-and-cultural-cooperation --year 2026 --goal …",
        "b40 decision propose removal --grounds "
        '"It works against the aims" --subject members/me-goraluka',
        f"b40 show {'x' * 200}",
    ],
)
def test_a_command_on_several_lines_is_the_same_to_a_shell(command: str, width: int) -> None:
    rows = ["".join(s.text for s in each) for each in typed(command, width)]
    assert max(map(cells, rows)) <= width
    # What a shell does first.
    assert shlex.split("\n".join(rows).replace("\\\n", "")) == shlex.split(command)


def test_letters_from_the_right_move_no_column() -> None:
    """A day behind them would stand before them, were its column not told to go on."""
    assert directed("שלום 12 בדבר (2025)") == f"שלום 12 בדבר{LEFT_AGAIN} (2025)"
    assert directed("مدينة, Zagreb مدينة") == f"مدينة{LEFT_AGAIN}, Zagreb مدينة{LEFT_AGAIN}"
    assert directed("Çamlıova, Воденград, Λυκονήσι") == "Çamlıova, Воденград, Λυκονήσι"
    row = _screen([listing(("City", "Until"), (("مدينة", "2027-01-01"),))], 80)[1]
    assert row == f"مدينة{LEFT_AGAIN}  2027-01-01"


def test_what_follows_a_command_in_a_remedy_is_no_part_of_it() -> None:
    remedy = "Record it at once: b40 decision record removal; all else waits for a later meeting."
    told = shown(answer("check", finding("It is late.", remedy=remedy)))
    assert "\n    b40 decision record removal\n    All else waits for a later meeting.\n" in told


def test_a_sentence_names_meetings_and_cities() -> None:
    called = {"hr-kamenik": "Kamenik", "flood-response": "Flood Response"}

    def name(key: str) -> str:
        return called.get(key, key)

    said = "2026-01-24-ga and 2025-05-07-wg-flood-response: members/hr-kamenik hosts 2026-01-23-ec."
    assert in_sentence(said, name) == (
        "The General Assembly of 24 January 2026 and the meeting of Flood Response of 7 May 2025: "
        "Kamenik hosts the Executive Committee of 23 January 2026."
    )
    kept = "registry/meetings/2026-01-24-ga.yaml, members/hr-kamenik.yaml, 2026-13-40-ga"
    assert in_sentence(kept, name) == kept
    assert in_sentence("b40 show 2026-01-24-ga", name) == "b40 show 2026-01-24-ga"


def test_a_finding_says_the_city_by_its_name() -> None:
    """Where the register knows it; what is to be typed stays as it is."""
    found = finding("members/hr-kamenik gives hr-kamenik to zz-nobody.", remedy="See hr-kamenik.")
    told = answer("check", found)._replace(
        beside={"name": lambda key: "Kamenik" if key == "hr-kamenik" else key}
    )
    text = shown(told)
    assert "Kamenik gives Kamenik to zz-nobody." in text and "See hr-kamenik." in text
