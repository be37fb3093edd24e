"""What stands beside an option in its `Annotated`: what it asks for, and how a sitting asks it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from b40cli.model.errors import UsageError


class Asks(NamedTuple):
    """What an argument asks for: a record of one of these kinds, by its id or its name.

    It stands beside the option in an `Annotated`; `words` are further ones that the act knows, and
    `several` that commas part the names. `ref`: the record is handed on as others name it; `pairs`:
    each is written CANDIDATE=VOTER,VOTER. On a terminal those in one of the `states` are offered,
    cities by what they are on the act's day (acts/reads/fitting.py), of meetings the `coming` ones
    where there are any; another is taken where it is named whole. `by`: another option, and what
    is asked for instead under each of its words. `about`: the options that name the vote or the
    meeting in which they are such, `of` the one given.
    """

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()
    several: bool = False
    ref: bool = False
    pairs: bool = False
    states: tuple[str, ...] = ()
    coming: bool = False
    on: str | None = None
    by: tuple[str, Mapping[str, Asks]] | None = None
    about: tuple[str, ...] = ()
    of: str = ""

    def beside(self, given: Mapping[str, Any]) -> Asks:
        """What is asked for beside what was given: a letter's or a matter's own kind of record."""
        name, ways = self.by or ("", {})
        of = next((str(given[each]) for each in self.about if given.get(each)), "")
        return ways.get(str(given.get(name)), self)._replace(on=given.get("on"), of=of)

    def after(self, words: Sequence[str], given: Mapping[str, Any]) -> Asks:
        """What is asked for where the words before it could not be told apart yet."""
        found = dict(given)
        for word in words:
            if self.by and word in self.by[1]:
                found[self.by[0]] = word
            if self.about and re.fullmatch(f"{DECISION}|{MEETING}", word):
                found[self.about[0]] = word
        return self.beside(found)

    def parts(self, word: str) -> list[str]:
        """The names in a word as it was typed."""
        found = re.split("[,=]" if self.pairs else ",", word) if self.several else [word]
        return [part.strip() for part in found]

    def all(self, value: Any) -> bool:
        """Whether everything given has the form of an id; one in blanks has it not yet."""
        words = _listed(value)
        if not self.several and words != [word.strip() for word in words]:
            return False
        return all(self.plainly(part) for word in words for part in self.parts(word))

    def plainly(self, word: str) -> bool:
        """Whether the word has the form of an id, so that nobody need be asked who is meant."""
        return (
            not word
            or word in self.words
            or (self.ref and re.fullmatch(ID_FORMS["record"], word) is not None)
            or any(re.fullmatch(ID_FORMS[kind], word) for kind in self.kinds)
        )


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value] if value else []


MEETING = r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+"
DECISION = "[A-Z]{2}-[0-9]{4}-[0-9]{3}"
# A member's or an observer's id has its country in front, a group's mostly two words. One that
# ends in a number may be another's in small letters: it is looked up.
ID_FORMS = {
    "member": "[a-z]{2}-[a-z][a-z0-9-]*",
    "observer": "[a-z]{2}-[a-z][a-z0-9-]*",
    "group": "([a-z0-9]+-)+[a-z][a-z0-9]*|.*/.*",
    "meeting": MEETING,
    "decision": DECISION,
    "point": "INT-[0-9]{2}",
    "record": "INT-[0-9]{2}|[CF]-[0-9].*|.*/.*|.*[.]yaml",
}


class Wanted(NamedTuple):
    """How a sitting at a terminal asks for what a pipe may leave out.

    `kind` is what is typed: text, day, time, file, key, number, yes, a
    reading of the point that is the subject, or several of `words`, which
    are numbered choices, each with what it says. `blank` says what an empty line stands for;
    without it an answer is needed. `when`: only where another option is one of these, or is given
    at all.
    """

    kind: str = "text"
    words: tuple[tuple[str, str], ...] = ()
    blank: str | None = "blank: none"
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def due(self, given: Mapping[str, Any]) -> bool:
        """Whether it is asked beside what was given."""
        return all(
            str(given.get(name)) in values if values else bool(given.get(name))
            for name, values in self.when
        )


def marked(options: Iterable[inspect.Parameter]) -> tuple[dict[str, Asks], dict[str, Wanted]]:
    """The markers of the options, by their names."""
    asks: dict[str, Asks] = {}
    wants: dict[str, Wanted] = {}
    for option in options:
        for mark in getattr(option.annotation, "__metadata__", ()):
            if isinstance(mark, Asks):
                asks[option.name] = mark
            if isinstance(mark, Wanted):
                wants[option.name] = mark
    return asks, wants


def one_of(option: str, value: str | None, known: tuple[str, ...]) -> None:
    """A misspelt word is told before anything else is asked."""
    if value is not None and value not in known:
        raise UsageError(f"{option} {value} is none.", f"Give one of {', '.join(known)}.")
