"""What was answered since the command began, kept so that a refusal asks for one answer anew.

A command that is refused is run again: what was answered is answered again by itself, where the
same question comes with the same choices; only what is to be another answer is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


class Reply:
    """A question that was answered: its option, what was offered with it, the lines typed."""

    def __init__(self, question: str, flag: str, offered: tuple[str, ...], line: str) -> None:
        self.question = question
        self.flag = flag
        self.offered = offered
        self.lines = [line]
        self.told = ""

    def named(self) -> str:
        """How the answer is read back."""
        return self.told or ", ".join(filter(None, self.lines)) or "left blank"


_GIVEN: list[Reply] = []
# Those of the last try that were not asked for yet, and what is left of the lines of one of them.
_KEPT: list[Reply] = []
_REST: list[str] = []
# All of the try that was refused last: what a clerk goes back to.
_REFUSED: list[Reply] = []


def begin() -> None:
    """A new command: nothing has been answered yet."""
    for kept in (_GIVEN, _KEPT, _REST, _REFUSED):
        kept.clear()


def given() -> Sequence[Reply]:
    """The answers, in their order."""
    return tuple(_GIVEN)


def refused() -> Sequence[Reply]:
    """The answers of the try that was refused last; none while nothing was refused."""
    return tuple(_REFUSED)


def former(question: str) -> str | None:
    """What a question that was asked once was answered in the try that was refused last."""
    asked = [each.named() for each in _REFUSED if each.question == question]
    return asked[0] if len(asked) == 1 else None


def change(which: Collection[Reply], given: Sequence[Reply]) -> None:
    """The command begins anew: of the answers given, these are to be others."""
    _REFUSED[:] = given
    _KEPT[:] = [each for each in given if each not in which]
    _GIVEN.clear()
    _REST.clear()


def again(question: str, offered: tuple[str, ...]) -> Reply | None:
    """What was answered to the same question in the last try."""
    for each in _KEPT:
        if (each.question, each.offered) == (question, offered):
            _KEPT.remove(each)
            _GIVEN.append(each)
            _REST[:] = each.lines[1:]
            return each
    return None


def further() -> str | None:
    """The next line of an answer that took several."""
    return _REST.pop(0) if _REST else None


def keep(question: str, flag: str, offered: tuple[str, ...], line: str) -> None:
    """An answer that was typed."""
    _GIVEN.append(Reply(question, flag, offered, line))


def went_on(line: str) -> None:
    """A further line of the last answer."""
    if _GIVEN:
        _GIVEN[-1].lines.append(line)


def meant(told: str) -> None:
    """How the last answer is read back."""
    if _GIVEN:
        _GIVEN[-1].told = told


def wrong() -> None:
    """The last line was no answer; it is asked again."""
    if _GIVEN:
        _GIVEN[-1].lines.pop()
        if not _GIVEN[-1].lines:
            _GIVEN.pop()
