"""Plays in which every remedy that b40 prints is typed, and what it was printed for is gone.

A file of tests/remedies/ (but for a list of texts) holds plays, each of a register of its own.
The first sign of a line says what it is.

| sign | the line |
|---|---|
| `==` | a play begins: its name, and its register (`: applicant, meeting; set 2`, `: case F`) |
| `@` | the day from here on |
| `-` | a command that is accepted |
| `!` | a command that is refused, and accepted when it is typed again at the end |
| `?` | a read that tells what waits, and no longer tells it at the end |
| `+` | a command that is accepted, and tells a next step |
| `>` | a text that the last one printed, `{}` for its holes: each of its commands is typed |
| `\\|` | what fills its placeholders (`NAME=Ana; --present …=all`), or is put behind a command
  (`decision vote=--for all`) |
| `&` | what is accepted on the way to the end |
| `=` | what is accepted at the end instead of the same again (of `?`: nothing, it is only told) |
| `$` | what a hand does beside the tool: git, or `write FILE TEXT`, `sub FILE OLD => NEW`; from
  `terminal asks` and `terminal shows` on it sits at one, till `terminal off`; from `signs NAME` on
  that key signs each commit, its public half lies in `./NAME.pub` |

What a rule says in general (`b40 explain RULE`) counts as printed where the rule was found. The
command `read FILE` prints a file that was written outside the register, a page without its tags.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from b40cli.cli.main import main
from b40cli.cli.request import options, output, prompt
from b40cli.rules.record.signed.history import NORMS
from b40cli.rules.table import RULES
from tests.acts.scene import DAY, TODAY, Office, scene
from tests.caselaw import FOLDER as CASES
from tests.caselaw import precedent
from tests.invented import git, laid_out, written
from tests.remedies import HOLE, Named, named, typed
from tests.signatures import private_key, public_key
from tests.terminal import ESCAPES
from tests.user import signs

FOLDER = Path(__file__).with_name("remedies")
TOLD = "only-tells.txt"
# What fills a placeholder where a play does not say otherwise.
FILLED = {
    "--present …": "all",
    "--reason …": "Moving",
    "FILE": "paper.pdf",
    "NAME": "Ana",
    "DAY": DAY,
    "TIME": "2026-03-09T09:00",
}


class Line(NamedTuple):
    """A line of a play."""

    sign: str
    text: str
    place: str


class Play(NamedTuple):
    """A play: its name, what its register holds, its lines."""

    name: str
    register: str
    lines: tuple[Line, ...]


@cache
def plays() -> tuple[Play, ...]:
    """Every play, in the order of the files."""
    files = (file for file in sorted(FOLDER.glob("*.txt")) if file.name != TOLD)
    return tuple(play for file in files for play in _plays(file))


def _plays(file: Path) -> Iterator[Play]:
    lines: list[Line] = []
    name = register = ""
    for n, line in enumerate([*file.read_text("utf-8").split("\n"), "== "], 1):
        sign, _space, text = line.partition(" ")
        if sign == "==":
            if name:
                yield Play(name, register, tuple(lines))
            name, _colon, register = (part.strip() for part in text.partition(":"))
            lines = []
        elif sign and sign != "#":
            assert sign in "@-!?+>|=&$", (file, n, line)
            lines.append(Line(sign, text.strip(), f"{file.name}:{n}"))


def texts_typed() -> Iterator[str]:
    """Every text that a play types."""
    return (line.text for play in plays() for line in play.lines if line.sign == ">")


def texts_told() -> dict[str, str]:
    """The texts that name a command and only tell of it, each with the reason above it (`//`)."""
    found, why = {}, ""
    for line in filter(None, (FOLDER / TOLD).read_text("utf-8").split("\n")):
        if line.startswith("//"):
            why = line
        else:
            found[line] = why
    return found


def key(text: str) -> str:
    """A text in one line, `{}` for its holes, of a file its beginning: what plays name it by."""
    return re.sub(r"\{[a-z_]*\}|" + HOLE, "{}", " ".join(text.split()))[:300]


def hits(text: str, printed: Sequence[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """What was printed from a text; first where a word stands in each of its holes."""
    for hole, whole in ((r"(\S+)", True), ("(.*?)", True), (r"(\S+)", False), ("(.*?)", False)):
        search = re.compile(hole.join(map(re.escape, text.split("{}"))))
        for one in printed:
            if hit := search.fullmatch(one) if whole else search.search(one):
                yield one, hit


def laid(play: Play, folder: Path) -> tuple[Path, str]:
    """The register that a play is of: `applicant, meeting; set 2`, or `case FILE`; its day."""
    words, *more = (part.strip() for part in play.register.split(";"))
    rule_set = next((int(word[4:]) for word in more if word.startswith("set ")), 1)
    if words.startswith("case "):
        return _case(CASES / words[5:], folder)
    stock = [word.strip() for word in words.split(",") if word.strip()]
    return scene(folder, *stock, rule_set=rule_set), DAY


def _case(file: Path, folder: Path) -> tuple[Path, str]:
    """The states of a case: what was before is committed, what is after lies there unrecorded."""
    case = precedent(file)
    register = folder / "register"
    register.mkdir()
    before = case.after if case.before is None else case.before
    files = {path: written(path, record) for path, record in before.items()}
    laid_out(register, files, was_read=True)
    for path, record in case.after.items():
        if before.get(path) != record:
            (register / path).parent.mkdir(parents=True, exist_ok=True)
            (register / path).write_bytes(written(path, record))
    for path in before.keys() - case.after.keys():
        (register / path).unlink()
    return register, str(case.on)


class Told(NamedTuple):
    """A text that was printed; done: of a line that waits for nothing."""

    text: str
    done: bool


DONE = ("done", "met", "acknowledged")


def _waits(text: str, said: Sequence[Told]) -> int:
    """For how many records a text is told that are not done."""
    return sum(told.text == text and not told.done for told in said)


CURES = {rule.name: rule.cure for rule in RULES} | {norm.name: norm.cure for norm in NORMS}


class Player:
    """Plays a play at a register; whatever is not as the play says is an AssertionError."""

    def __init__(self, at: Office, patch: pytest.MonkeyPatch, on: str = DAY) -> None:
        self.at = at
        self.patch = patch
        self.at_terminal = False
        self.latest = str(TODAY)
        self._day(on)

    def _day(self, on: str) -> None:
        """The legal day from here on; the clock never stands before it, no commit is older."""
        self.on = on
        self.patch.setattr(options, "clock", lambda: max(TODAY, date.fromisoformat(on)))
        self.latest = max(self.latest, on)
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            self.patch.setenv(name, f"{self.latest}T10:00:00+0300")

    def plays(self, lines: Sequence[Line]) -> None:
        """The lines, scene by scene: what is asked, the texts it prints, what comes of them."""
        rest = list(lines)
        while rest:
            line = rest.pop(0)
            if line.sign in "!?+":
                block = []
                while rest and rest[0].sign in ">|=$@&":
                    block.append(rest.pop(0))
                self._cured(line, block)
            else:
                self._done(line)

    def _done(self, line: Line) -> None:
        if line.sign == "@":
            self._day(line.text)
        elif line.text.startswith("terminal "):
            self._sits(line.text.removeprefix("terminal "))
        elif line.text.startswith("signs "):
            self._signs(line.text.removeprefix("signs "))
        elif line.sign == "$":
            by_hand(self.at.folder, line.text)
        else:
            self.says(line.text, line, 0)

    def _sits(self, how: str) -> None:
        """At a terminal that asks, where nothing is answered; at one that shows; at none."""
        self.at_terminal = how != "off"
        self.patch.setattr(prompt, "at_terminal", lambda: how == "asks")
        self.patch.setattr(output, "on_screen", lambda: how == "shows")
        self.patch.setattr("sys.stdin", StringIO())
        self.patch.setenv("COLUMNS", "160")

    def _signs(self, name: str) -> None:
        folder = self.at.folder.parent
        (folder / f"{name}.pub").write_text(public_key(name))
        signs(self.patch, folder, private_key(name))

    def says(self, words: str | Sequence[str], line: Line, *exits: int) -> list[Told]:
        """All that a command prints, text by text; it ends with one of the exit codes."""
        split = shlex.split(words) if isinstance(words, str) else list(words)
        if split[0] == "read":
            parts = re.split("<[^>]+>", Path(split[1]).read_text("utf-8"))
            return [Told(" ".join(part.split()), False) for part in parts if part.strip()]
        plain = self.at_terminal or "--format" in split or "--help" in split
        form = () if plain else ("--json",)
        day = () if "--on" in split or split[0] in UNDATED else ("--on", self.on)
        here = () if "-C" in split else ("-C", str(self.at.folder))
        code = main([*here, *split, *day, *form])
        out, err = self.at.capsys.readouterr()
        said = [*_told(_read(out)), *_told(_read(err))]
        assert code in exits, (line, split, code, [told.text for told in said if " " in told.text])
        return said

    def _cured(self, line: Line, block: list[Line]) -> None:
        exits = {"!": (1, 2, 3, 4), "?": (0, 1), "+": (0,)}[line.sign]
        before = self.says(line.text, line, *exits)
        printed: list[str] = []
        ends = [one for one in block if one.sign == "="]
        for n, one in enumerate(block):
            if one.sign == ">":
                filled = block[n + 1].text if block[n + 1 :] and block[n + 1].sign == "|" else ""
                printed.append(self._typed(one, before, filled))
            elif one.sign in "$@&":
                self._done(one)
        for end in ends:
            if end.text:
                self.says(end.text, end, 0)
        if line.sign == "!" and not ends:
            self.says(line.text, line, 0)
        elif line.sign == "?" and not ends:
            after = self.says(line.text, line, *exits)
            # What a rule says in general may stand there for other records still.
            left = [text for text in printed if _waits(text, after) >= _waits(text, before)]
            assert not left, (line, left)

    def _typed(self, line: Line, said: Sequence[Told], filled: str) -> str:
        """The first string printed from the text, after its commands were typed."""
        waits = [told.text for told in said if not told.done]
        found = next(hits(line.text, waits), None)
        assert found, (line, waits)
        whole, hit = found
        fills = FILLED | dict(_fill(pair) for pair in filled.split(";") if pair.strip())
        end = None if line.text.endswith("{}") else hit.end()
        given = {word.rstrip(".") for group in hit.groups() for word in group.split()}
        commands = list(named(whole[hit.start() : end], given))
        assert commands, (line, whole)
        for command in commands:
            self.says(words_of(command, fills), line, *((0, 1) if judges(command) else (0,)))
        return whole


def judges(command: Named) -> bool:
    """Whether a command that only reads tells by its exit code what it finds."""
    return command.words in ("check", "audit", "review")


UNDATED = ("init", "demo", "sync", "--help")


def words_of(command: Named, fills: Mapping[str, str]) -> list[str]:
    """The command as a clerk types it, with what a terminal would ask for behind it.

    A placeholder may stand for several words, or for none.
    """
    words = typed(command, fills)
    given = set(fills.values())
    split = [part for word in words for part in (shlex.split(word) if word in given else [word])]
    return [*split, *shlex.split(fills.get(command.words, ""))]


def _fill(pair: str) -> tuple[str, str]:
    place, _sign, value = pair.strip().partition("=")
    return place, value


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        plain = ESCAPES.sub("", text)
        return [*map(str.strip, plain.split("\n")), plain, " ".join(plain.split())]


def _told(value: Any, done: bool = False) -> Iterator[Told]:
    """Every text of an answer, and whether the line it stands in is done."""
    if isinstance(value, str):
        yield Told(" ".join(value.split()) if "\n" in value else value, done)
    elif isinstance(value, dict):
        state = value.get("state") or (value.get("facts") or {}).get("state")
        ended = state in (*DONE, "met-late") or not value.get("help", True)
        for rule in CURES.keys() & {each for each in value.values() if isinstance(each, str)}:
            yield Told(CURES[rule], ended)
        for inner in value.values():
            yield from _told(inner, value.get("state") in DONE or value.get("done") is True)
    elif isinstance(value, list):
        for inner in value:
            yield from _told(inner, done)


def by_hand(folder: Path, words: str) -> None:
    """What a hand does beside the tool."""
    verb, _space, rest = words.partition(" ")
    if verb == "git":
        git(folder, *shlex.split(rest))
        return
    name, _space, text = rest.partition(" ")
    file = Path(name) if name.startswith("./") else folder / name
    if verb == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("\\n", "\n"), "utf-8")
    elif verb == "env":
        os.environ[name] = text
    else:
        assert verb == "sub", words
        old, new = (part.strip().replace("\\n", "\n") for part in text.split("=>"))
        before = file.read_text("utf-8")
        assert old in before, (words, before)
        file.write_text(before.replace(old, new, 1), "utf-8")
