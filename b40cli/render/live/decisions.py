"""A vote that was counted, at a terminal: the verdict where the eye lands, needs with margins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.render.live.sheet import (
    BOLD,
    DIM,
    VERDICT,
    ScreenLine,
    Styled,
    bold,
    columns,
    dim,
    flow,
    labelled,
    line,
    spread,
)

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Closed

SIGNS = {"adopted": "✓", "rejected": "✗", "invalid": "✗", "withdrawn": "·"}
MOST_SQUARES = 30


def closed(answer: Answer[Closed], width: int) -> list[ScreenLine]:
    """Quorum and majority in a sentence each, a square a ballot, the readings it turns on."""
    result, beside = answer.result, answer.beside
    told = beside["decision"]()
    left = line(bold(str(told.get("title") or result["id"])), "  ", dim(result["id"]))
    lines = [*spread(left, line(_verdict(result["state"])), width), ()]
    lines += columns(list(_arithmetic(told)), width)
    lines += _squares(told, width)
    lines += list(_readings(told, result["state"], width))
    lines += [(), *labelled([(a, b, BOLD) for a, b in _last(answer, told)], width)]
    return lines


def _verdict(state: str) -> Styled:
    sign = SIGNS.get(state, "·")
    return Styled(f"{sign} {state}", VERDICT.get(sign, ""))


def _arithmetic(told: Mapping[str, Any]) -> Iterator[list[Styled]]:
    count = told.get("count") or {}
    quorum, majority = count.get("quorum"), count.get("majority")
    if quorum:
        said = f"{quorum['counted']} counted; {quorum['required']} needed"
        short = quorum["required"] - quorum["counted"]
        yield [dim("Quorum"), Styled(said), _margin(short, "met"), dim(told["articles"][0])]
    if majority and "required" in majority:
        needed, base = majority["required"], majority["base"]
        said = f"{majority['for']} for; {needed} needed of {base}, {majority['kind']}"
        if majority.get("casting"):
            said += f", casting vote {majority['casting']}"
        short = needed - majority["for"]
        yield [dim("Majority"), Styled(said), _margin(short, "reached"), dim(told["articles"][1])]


def _margin(short: int, word: str) -> Styled:
    if short <= 0:
        return Styled(f"✓ {word}", VERDICT["✓"])
    return Styled(f"✗ {short} short", VERDICT["✗"])


def _squares(told: Mapping[str, Any], width: int) -> list[ScreenLine]:
    """A square a ballot, up to thirty; above that one stands for several, and that is said."""
    votes: dict[str, int] = told.get("votes") or {}
    total = sum(votes.values())
    if not total:
        return []
    of = -(-total // MOST_SQUARES)
    shapes = (("for", "■", ""), ("against", "□", ""), ("abstain", "·", DIM), ("invalid", "×", DIM))
    marks: list[Styled] = []
    words: list[Styled] = []
    for side, shape, style in shapes:
        number = votes.get(side, 0)
        if number:
            drawn = max(number // of, 1)
            room = max(drawn * 2, len(f"{number} {side}") + 2)
            marks.append(Styled((f"{shape} " * drawn).ljust(room), style))
            words.append(Styled(f"{number} {side}".ljust(room), BOLD if side == "for" else style))
    indent = Styled(" " * 10)
    if sum(len(mark.text) for mark in marks) + 10 > width:
        return [
            (),
            line(indent, *(Styled(f"{word.text.rstrip()}  ", word.style) for word in words)),
        ]
    several = [line(indent, dim(f"each for {of} ballots"))] if of > 1 else []
    return [(), line(indent, *marks), line(indent, *words), *several]


def _readings(told: Mapping[str, Any], state: str, width: int) -> Iterator[ScreenLine]:
    """What the result turns on: the question in words, each reading with what it would make."""
    for point in told.get("turns") or ():
        yield ()
        yield line(bold("Turns on a reading of the statutes"), "  ", dim(point["id"]))
        yield from flow(point["question"], width, (Styled("  "),))
        rows = [[dim("  taken"), Styled(point["taken"]), _verdict(state)]]
        rows += [
            [dim("  other"), Styled(means), _verdict(other)] for means, other in point["others"]
        ]
        yield from columns(rows, width)


def _last(answer: Answer[Closed], told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if told.get("flip"):
        yield "Smallest change", told["flip"]
    for effect in told.get("effects") or ():
        yield "Effect", effect
    if answer.commit:
        yield "Recorded", f"commit {answer.commit[:12]}"
