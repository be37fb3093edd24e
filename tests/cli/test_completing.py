"""What a shell offers while a word is typed: ids, matters, places, with what is beside them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer import _click, _completion_classes

from b40cli.acts.opened import names_kept
from b40cli.cli import lazy
from b40cli.cli.commands import CommandRow, Heading, named, row_of, rows
from b40cli.cli.network import decision, member
from b40cli.cli.register import correct
from b40cli.cli.request import options
from b40cli.cli.request.asking import Asks
from b40cli.cli.sitting import offering
from b40cli.cli.sitting.completing import complete, offered, places
from b40cli.cli.sitting.offering import known, offered_for
from tests.acts.scene import VOTE, scene
from tests.invented import MEETING, SEVEN, git

MEMBER = Asks(("member",))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scene(tmp_path_factory.mktemp("typed"), "meeting", "applicant", "admission")


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city suspended, a vote closed and one open."""
    folder = tmp_path_factory.mktemp("standing")
    return scene(folder, "meeting", "suspension", "applicant", "open admission")


def built(name: str, function: Callable[..., Any], words: str = "") -> _click.Command:
    """A command as it is built to answer a shell: the suite's own are not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(lazy.COMPLETING, "bash_complete")
        command: _click.Command = inspect.unwrap(lazy.built)(name, function, words)
        return command


def test_an_id_or_a_name_in_any_script_leads_to_the_id_with_its_name(register: Path) -> None:
    here = str(register)
    assert offered(MEMBER, here, "bg-ros") == [("bg-rosendol", "Rosendol, Bulgaria")]
    assert offered(MEMBER, here, "росен") == [("bg-rosendol", "Rosendol, Bulgaria")]
    found = offered(Asks(("decision",)), here, "EC-")
    assert found == [("EC-2026-001", "Admission of Rosendol, adopted")]
    several = Asks(("member",), several=True)
    assert offered(several, here, "hr-kamenik,gr-ly") == [
        ("hr-kamenik,gr-lykonisi", "Lykonisi, Greece")
    ]


def test_after_an_act_only_what_it_changed_is_read_again(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = str(register)
    offered(MEMBER, here, "bg-")
    read: list[str] = []
    real = names_kept._read

    def noted(repository: Any, fresh: Any, kind: str) -> Any:
        read.extend(fresh)
        return real(repository, fresh, kind)

    monkeypatch.setattr(names_kept, "_read", noted)
    assert offered(MEMBER, here, "bg-ros") and read == []
    file = register / "registry/members/bg-rosendol.yaml"
    file.write_text(file.read_text().replace("name: Rosendol", "name: Novi Rosendol", 1))
    git(register, "commit", "-qam", "renamed")
    assert offered(MEMBER, here, "novi") == [("bg-rosendol", "Novi Rosendol, Bulgaria")]
    assert read == ["registry/members/bg-rosendol.yaml"]


def test_the_places_of_a_record_are_offered_with_what_stands_there(register: Path) -> None:
    asked = SimpleNamespace(params={"reference": None, "repo": str(register)}, args=["EC-2026-001"])
    assert places(asked, "sub") == [("subject", "members/bg-rosendol")]  # type: ignore[arg-type]
    assert Path(register / VOTE).exists()
    nobody = SimpleNamespace(params={"reference": "xx-nowhere", "repo": str(register)}, args=[])
    assert places(nobody, "") == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("function", "name", "typed", "found"),
    [
        (decision.propose, "matter", "adm", "admission"),
        (member.mayor, "capacity", "acting", "acting-mayor"),
    ],
)
def test_words_that_an_option_knows_are_offered(
    function: Any, name: str, typed: str, found: str
) -> None:
    command = built("it", function)
    (param,) = (each for each in command.params if each.name == name)
    assert [item.value for item in param.shell_complete(None, typed)] == [found]  # type: ignore[arg-type]


def test_what_a_matter_is_about_is_offered_by_the_matter(register: Path) -> None:
    """What stands before an option that lacks its value is left among the words."""
    command = built("propose", decision.propose)
    (subject,) = (each for each in command.params if each.name == "subject")
    asked = SimpleNamespace(params={"repo": str(register)}, args=["interpretation"])
    assert subject.shell_complete(asked, "INT-01")  # type: ignore[arg-type]
    asked.args = ["admission"]
    assert not subject.shell_complete(asked, "INT-01")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "option", "before", "typed", "found"),
    [
        ("committee resign", "city", [], "", {*SEVEN}),
        ("committee resign", "city", [], "tr-", {"tr-camliova"}),  # it may be meant all the same
        ("decision vote", "decision", [], "", {"EC-2026-001"}),
        ("decision vote", "--for", ["EC-2026-001"], "bg-", {"bg-vodengrad"}),
        ("decision record", "--for", ["resolution", "--meeting", MEETING], "m", {"me-zalivgrad"}),
        ("meeting roll-call", "--present", [MEETING], "b", {"bg-vodengrad"}),
        ("member reinstate", "city", [], "", {"ba-brezna-luka"}),
        ("summit sign", "meeting", [], "", set()),
    ],
)
def test_what_it_can_concern_is_offered(
    standing: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    option: str,
    before: list[str],
    typed: str,
    found: set[str],
) -> None:
    """Cities by what they are on the day, votes by their state; else whoever is called so."""
    monkeypatch.setattr(options, "clock", lambda: date(2026, 3, 11))
    row = row_of(command)
    assert row is not None
    command_built = built(command.split()[-1], named(row.at), command)
    (param,) = (each for each in command_built.params if option in (each.name, *each.opts))
    asked = SimpleNamespace(params={"repo": str(standing)}, args=before)
    offers = {item.value for item in param.shell_complete(asked, typed)}  # type: ignore[arg-type]
    assert offers - {"all", "rest"} == found


def test_the_option_at_offers_places() -> None:
    command = built("correct", correct.correct)
    (param,) = (each for each in command.params if each.name == "at")
    assert getattr(param, "_custom_shell_complete", None) is not None


def test_what_asks_for_no_record_is_offered_from_words_and_the_law(register: Path) -> None:
    """Each key is an option there is; what the law lists comes with its words."""
    found = set()
    for row in rows():
        command = built(row.words.split()[-1], named(row.at), row.words)
        for param in command.params:
            flag = param.opts[-1] if param.opts[-1].startswith("-") else str(param.name)
            found |= {known(row.words, flag)}
    assert {*offering.WORDS, *offering.LISTED} <= found
    for key, typed, first in (
        ("explain reference", "capital-p", "capital-priority"),
        ("statutes readings point", "INT-0", "INT-01"),
        ("--reading", "INT-03=una", "INT-03=unanimity-of-participants"),
        ("--amend", "assembly-q", "assembly-quorum="),
        ("--country", "X", "XK"),
        ("duty acknowledge duty", "summit-in", "summit-in-january"),
        ("decision list --state", "re", "rejected"),
        ("--declines", "attendance,pr", "attendance,proxy"),
        ("--aims", "economy,cul", "economy,culture"),
        ("meeting list --kind", "gath", "gathering"),
        ("member list --standing", "unk", "unknown"),
        ("observer list --state", "li", "listed"),
        ("meeting convene --by", "group", "group-leader"),
    ):
        assert offered_for(key, str(register), typed)[0][0] == first
    # One word is taken, so that no second is offered; a day, an address and a place are typed.
    assert offered_for("decision list --state", str(register), "adopted,re") == []
    assert known("mail", "--to") is known("meeting move", "--to") is None
    empty = [key for key in offering.WORDS if not offered_for(key, None, "")]
    assert empty == ["evidence file --as"]
    assert offered_for("explain reference", "/nowhere", "x") == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_stands_beside_a_word_is_text(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name in a record may look like markup, or hold what moves a terminal."""
    named = _completion_classes._sanitize_help_text
    monkeypatch.setattr(_completion_classes, "_sanitize_help_text", named)
    monkeypatch.setenv(lazy.COMPLETING, f"complete_{shell}")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "b40 ro")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    row = CommandRow("roll", "[red]Vodengrad[/red]\x1b[2J", "b40cli.cli.register.read:roll")
    with pytest.raises(SystemExit):
        complete(lazy.office((Heading("Desk", (row,)),)), "b40")
    told = capsys.readouterr().out
    assert "[red]Vodengrad[/red]" in told
    assert "\x1b" not in told
