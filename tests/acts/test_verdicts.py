"""`check` gives one answer: warm or cold, in one process or in two, whatever a cache holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.judge import verdicts
from b40cli.model.finding import Finding
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge_record
from b40cli.store import two_processes
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import Snapshot, load
from tests.acts.scene import CITY, SITTING, VOTE, Office, scene
from tests.invented import git

MEMBER = "registry/members/tr-camliova.yaml"
NETWORK = "registry/network.yaml"
PARAMETERS = "registry/statutes/parameters.yaml"
SUSPENSION = "suspensions:\n- {from: 2026-02-16, by: PR-2026-001}\n"
PRESIDENTS = "registry/decisions/2026/PR-2026-001.yaml"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    stock = ("meeting", "applicant", "admission", "suspension by the President", "resolution")
    return Office(scene(tmp_path, *stock), capsys)


def checked(at: Office, *more: str, on: str = "2026-03-20") -> dict[str, Any]:
    """The answer of check, whatever its exit code."""
    from b40cli.cli.main import main

    main(["-C", str(at.folder), "check", "--on", on, "--json", *more])
    answer = json.loads(at.capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def cold(at: Office) -> dict[str, Any]:
    """The answer with nothing remembered."""
    shutil.rmtree(Repository(at.folder).cache_folder())
    return checked(at)


def exchanged(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / path).read_text()
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1))

    return edit


def added(path: str, text: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        with (folder / path).open("a") as file:
            file.write(text)

    return edit


def removed(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


# Each edit changes what the judge says of records it does not touch, or of none at all.
EDITS: dict[str, tuple[Callable[[Path], None], str | None]] = {
    "a comment": (added(MEMBER, "# nothing\n"), None),
    "a country": (exchanged(MEMBER, "country: TR", "country: IT"), "country-in-the-region"),
    "a decision gone that a member names": (removed(VOTE), "references-resolve"),
    "a meeting gone that decisions name": (removed(SITTING), "references-resolve"),
    "a city gone that a roll names": (
        removed("registry/members/si-jezerna.yaml"),
        "references-resolve",
    ),
    "a seat that falls vacant": (
        exchanged("registry/committee/2026.yaml", "city: si-jezerna", "city: tr-camliova"),
        "earlier-roll-affected",
    ),
    "a suspension entered late": (
        lambda folder: (
            added("registry/members/si-jezerna.yaml", SUSPENSION)(folder),
            exchanged(PRESIDENTS, "mk-planinsko", "si-jezerna")(folder),
        )[-1],
        "earlier-roll-affected",
    ),
    "a number of the statutes": (
        exchanged(PARAMETERS, "[AL, BA,", "[AL,"),
        "country-in-the-region",
    ),
    "the opening day": (
        exchanged(NETWORK, "opened: 2026-01-05", "opened: 2026-03-15"),
        "dates-in-order",
    ),
    "a reading": (
        exchanged(
            "registry/statutes/interpretations/INT-04.yaml",
            "reading: filled-seats",
            "reading: seven-seats",
        ),
        None,
    ),
    "a source nobody lists any more": (
        exchanged("registry/evidence/sources.yaml", "founding-list", "founders-list"),
        "references-resolve",
    ),
    "a record nobody can read": (added(CITY, "name: twice\n"), "yaml-dialect"),
}


@pytest.mark.parametrize("edit", EDITS, ids=lambda name: name)
def test_a_warm_answer_is_the_cold_one(edit: str, at: Office) -> None:
    """Check, edit a file, check; drop the cache, check: the same JSON. And back again."""
    change, rule = EDITS[edit]
    first = checked(at)
    assert first["findings"] == []
    change(at.folder)
    warm = checked(at)
    assert warm == cold(at)
    rules = {finding["rule"] for finding in warm["findings"]}
    assert (rule in rules) if rule else not rules
    git(at.folder, "checkout", "-q", ".")
    assert checked(at) == first


def test_what_is_remembered_is_used(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Warm, one changed file is judged, and what rests on it; not the whole register."""
    from b40cli.acts.judge import verdicts

    judged: list[str] = []

    def judge(case: Case, path: str) -> Iterator[Finding]:
        judged.append(path)
        return judge_record(case, path)

    monkeypatch.setattr(verdicts, "judge_record", judge)
    checked(at)
    everything = len(judged)
    judged.clear()
    checked(at)
    assert judged == []
    added(MEMBER, "# nothing\n")(at.folder)
    checked(at)
    assert MEMBER in judged and len(judged) < everything / 2


@pytest.mark.parametrize("harm", [b"", b"\xff\xfe\n", b"x y", b"{}\n", b"a 2 {}\n"], ids=repr)
def test_a_broken_cache_is_no_answer(harm: bytes, at: Office) -> None:
    """Emptied or overwritten: everything is read again."""
    exchanged(MEMBER, "country: TR", "country: IT")(at.folder)
    answer = checked(at)
    for file in Repository(at.folder).cache_folder().glob("*.lines"):
        file.write_bytes(harm)
    assert checked(at) == answer


@pytest.mark.parametrize("left", range(1, 6))
def test_a_cache_cut_short_by_a_crash(left: int, at: Office) -> None:
    """A last line that ends like a whole one, but is not: passed over, and nothing joins it."""
    exchanged(MEMBER, "country: TR", "country: IT")(at.folder)
    answer = checked(at)
    for file in Repository(at.folder).cache_folder().glob("*.lines"):
        whole = file.read_bytes()
        braces = [n for n, byte in enumerate(whole) if byte == ord("}")]
        file.write_bytes(whole[: braces[len(braces) * left // 7] + 1])
    assert checked(at) == answer
    assert checked(at) == answer


def test_an_edit_in_place_reads_what_is_committed_without_a_cache_of_its_own(at: Office) -> None:
    """Beside the state that was read: the record that differs alone, as it is committed."""
    exchanged(MEMBER, "country: TR", "country: IT")(at.folder)
    repository = Repository(at.folder)
    shown = load(repository, repository.worktree())
    tree = repository.tree(repository.resolve("HEAD"))
    beside, alone = load(repository, tree, shown), load(repository, tree)
    assert beside.texts == alone.texts and '"TR"' in beside.texts[MEMBER]
    assert beside.texts[NETWORK] is shown.texts[NETWORK]


def test_a_cache_nobody_may_write(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept the answer is the same."""
    answer = cold(at)
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert checked(at) == answer


def test_two_processes_say_what_one_says(at: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the register is judged in a child; nothing is lost or said twice."""
    exchanged(MEMBER, "country: TR", "country: IT")(at.folder)
    exchanged("registry/members/al-aldmar.yaml", "country: AL", "country: IT")(at.folder)
    in_one = cold(at)
    monkeypatch.setattr(two_processes, "MANY", 2)
    assert cold(at) == in_one
    assert checked(at) == in_one
    assert len(in_one["findings"]) == 2


def test_a_child_that_dies_takes_nothing_with_it(
    at: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its half is done again by the parent."""
    exchanged(MEMBER, "country: TR", "country: IT")(at.folder)
    in_one = cold(at)
    monkeypatch.setattr(two_processes, "MANY", 2)
    monkeypatch.setattr(two_processes, "_send", _die)
    assert cold(at) == in_one


def _die(*_given: object) -> None:
    import os

    os._exit(9)


def test_the_day_is_an_argument_of_the_cache(at: Office) -> None:
    """What was said for one day is not said for another."""
    assert checked(at)["findings"] == []
    late = checked(at, on="2026-06-20")
    assert {f["rule"] for f in late["findings"]} == {"members-informed"}
    assert checked(at)["findings"] == []


def test_a_change_is_judged_the_same_with_and_without_a_cache(at: Office) -> None:
    """`check --base` too."""
    exchanged(VOTE, "state: adopted", "state: rejected")(at.folder)
    warm = checked(at, "--base", "HEAD")
    shutil.rmtree(Repository(at.folder).cache_folder())
    assert checked(at, "--base", "HEAD") == warm
    assert "closed-records-are-immutable" in {f["rule"] for f in warm["findings"]}


@pytest.mark.parametrize("word", ["?a|b", "?a\tb", "?a\nb"])
def test_a_word_that_would_break_a_line_of_the_cache_is_asked_again(word: str) -> None:
    versions = verdicts.Versions(Snapshot({}, {}))
    path = "registry/members/x.yaml"
    assert verdicts.kept(verdicts._entry(path, (), ["?ab"], versions), versions, path) == []
    assert verdicts.kept(verdicts._entry(path, (), [word], versions), versions, path) is None
