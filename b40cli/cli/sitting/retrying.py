"""After a refusal in a sitting: the answer it speaks of is asked for anew, the others stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from b40cli.cli.request import answers, prompt
from b40cli.cli.request.answers import Reply
from b40cli.cli.sitting import choices
from b40cli.model.errors import WorldError

if TYPE_CHECKING:
    from b40cli.model.answer import Answer

# What an error left as it was: a usage, an unreadable paper, a name that is taken.
NOTHING_DONE = (2, 3, 4)
SHORT = 3
# What stands in a remedy for what only the clerk knows.
LACKING = "[A-Z]{2,}|[^ ]*…"


def refused(answer: Answer[Any], command: str) -> bool:
    """Whether an act that was refused is tried again with another answer."""
    found = (f"{each.message} {each.remedy}" for each in answer.findings if each.kind != "note")
    undone = answer.exit_code == 1 and answer.commit is None
    return undone and _asked_anew(" ".join(found), command)


def stopped(error: WorldError, command: str) -> bool:
    """Whether a command that was stopped is tried again with another answer."""
    undone = error.exit_code in NOTHING_DONE and not isinstance(error, prompt.NotAgreed)
    return undone and _asked_anew(f"{error.message} {error.remedy}", command)


def back() -> bool:
    """Whether a clerk who went back from a question names others to answer otherwise."""
    return _anew(answers.refused(), _chosen)


def _asked_anew(said: str, command: str) -> bool:
    given = answers.given()
    if not given or not prompt.at_terminal():
        return False
    return _anew(given, lambda given: _meant(said, given, command) or _chosen(given))


def _anew(given: Sequence[Reply], named: Callable[[Sequence[Reply]], list[Reply]]) -> bool:
    try:
        meant = named(given)
    except prompt.NotAgreed:
        return False
    if meant:
        answers.change(meant, given)
        told = f"\nAnother answer; {prompt.BACK} to answer others otherwise, Ctrl-C to leave:"
        prompt.tell(prompt.styled(told, prompt.DIM))
    return bool(meant)


def _meant(said: str, given: Sequence[Reply], command: str) -> list[Reply]:
    """The answers that the refusal speaks of: by option, or as they were typed; else the one."""
    own = re.sub(r"\bb40 [^.;:]*", "", said)
    told = " ".join(re.findall(rf"\bb40 {re.escape(command)}\b([^.;:]*)", said))
    flags = {*re.findall(r"--[a-z-]+", own), *re.findall(rf"(--[a-z-]+) (?:{LACKING})", told)}
    by_option = [each for each in given if each.flag in flags]
    typed = [each for each in given if not each.told and any(_said(x, own) for x in each.lines)]
    return by_option or typed or [*given][: len(given) == 1]


def _said(line: str, refusal: str) -> bool:
    """Whether a refusal says a day, a number or a file as it was typed; a name stands in most."""
    return len(line) >= SHORT and bool(re.search("[0-9./=]", line)) and line in refusal


def _chosen(given: Sequence[Reply]) -> list[Reply]:
    """Those that the clerk names, by number; none leaves it as it is."""
    options = [choices.Option(str(n), each.question, each.named()) for n, each in enumerate(given)]
    choices.show(options)
    meant = choices.several("Which to answer otherwise; blank: leave it", [*options], options)
    return [given[int(option.id)] for option in meant]
