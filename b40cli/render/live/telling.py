"""The whole of an answer for people: findings, what was asked, what kind of register it is.

One description of the answer is laid out on a terminal or written as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.paper import Summary
from b40cli.model.screen import Masthead, ScreenPart
from b40cli.model.wording import UNOFFICIAL
from b40cli.render.called import names_in
from b40cli.render.kosovo import NOTE, named
from b40cli.render.live.findings import by_commit, findings, parted
from b40cli.render.live.laid_out import laid_out
from b40cli.render.live.sheet import (
    DIM,
    VERDICT,
    YELLOW,
    ScreenLine,
    Styled,
    bold,
    flow,
    fold,
    line,
)
from b40cli.render.live.typed import typed
from b40cli.render.markdown import finding_item, plain
from b40cli.render.papers.md import in_markdown

COMMITTED = "  Commit "
POINT = re.compile(r"\bINT-[0-9]{2,3}\b")


def live(
    answer: Answer[Any], described: Iterable[ScreenPart] | None, text: Iterable[str], width: int
) -> list[ScreenLine]:
    """The lines of an answer; `text` is what it tells itself, where it is not described."""
    found = answer.result.get("found")
    name = answer.beside.get("name", str)
    told = findings(answer.findings, width, name)
    parts = [by_commit(answer.findings, found, width) if found else told]
    if described is not None:
        parts.append(laid_out(described, width))
    elif not answer.ok and answer.findings and answer.told is not None:
        parts.append(_refused(answer, width))
    else:
        parts.append(_told(text, answer, width))
    if answer.asked and not (described is not None and "knew" not in answer.asked):
        parts.append(flow(answer.asked, width, style=DIM))
    if answer.status == "unofficial":
        said = "Unofficial: nobody has adopted this register."
        parts.append(flow(said, width, (Styled("! ", YELLOW),)))
    parts.append(laid_out(_points(_text(each for part in parts for each in part), answer), width))
    lines = [each for part in parts if part for each in ((), *part)][1:]
    return _designated(lines, width)


def markdown(answer: Answer[Any], described: Iterable[ScreenPart]) -> str:
    """The same as Markdown: headings, paragraphs, tables; `## ` is the head of the whole."""
    parts = list(described)
    head = [] if parts and isinstance(parts[0], Masthead) else [f"## b40 {plain(answer.command)}"]
    blocks = [*head, "\n".join(finding_item(finding) for finding in answer.findings)]
    blocks += [in_markdown(part) for part in parts]
    blocks += [in_markdown(part) for part in _points("\n".join(blocks), answer)]
    blocks += [plain(answer.asked)] if answer.asked else []
    blocks += [f"_{UNOFFICIAL}_"] if answer.status == "unofficial" else []
    return "\n\n".join(block for block in blocks if block) + "\n"


def _told(text: Iterable[str], answer: Answer[Any], width: int) -> list[ScreenLine]:
    """What an act says of itself: its headline behind a sign, the commit dim; names for ids.

    A command among it is to be typed, and stays.
    """
    name = answer.beside.get("name", str)
    if answer.told is None or not answer.commit:
        told = (line(each if "b40 " in each else names_in(each, name)) for each in text)
        return [made for each in told for made in _within(each, width)]
    headline, *body = _joined(text)
    lines = flow(names_in(headline, name), width, (Styled("✓ ", VERDICT["✓"]),))
    for each in body:
        said, command, _then = parted(each)
        style = DIM if each.startswith(COMMITTED) else ""
        shown = line(Styled(said if "b40 " in said else names_in(said, name), style))
        lines += _within(shown, width, 2)
        lines += typed(command, width) if command else []
    return lines


def _joined(text: Iterable[str]) -> list[str]:
    """The lines of an act as they were before they were folded at 80 columns."""
    told: list[str] = []
    for each in text:
        goes_on = told and told[-1][:2] == "  " and each[:4] == "    " and each[4:5] != " "
        told[-1:] = [f"{told[-1]} {each[4:]}"] if goes_on else [*told[-1:], each]
    return told


def _within(whole: ScreenLine, width: int, deeper: int = 0) -> list[ScreenLine]:
    """A line that was laid out already; folded only where it is too long, as deep as it begins."""
    text = "".join(span.text for span in whole)
    indent = len(text) - len(text.lstrip(" "))
    if len(text) <= width and text.isascii():
        return [whole]
    lead = (Styled(" " * indent),) if indent else ()
    return flow(tuple(whole), width, lead, indent=indent + deeper) if text.strip() else [whole]


def _refused(answer: Answer[Any], width: int) -> list[ScreenLine]:
    why = next((f.rule for f in answer.findings if f.kind == "validity"), "")
    told = line(bold("Nothing was written."))
    if not why:
        return [told]
    return fold((*told, Styled("  Why: ", DIM), Styled(f"b40 explain {why}")), width)


def _points(text: str, answer: Answer[Any]) -> list[ScreenPart]:
    """The question of each open point of which only the code stands on the screen."""
    asks, found = answer.beside.get("point"), dict.fromkeys(POINT.findall(text))
    if asks is None or not found:
        return []
    plain_text = " ".join(text.split())
    said = [(code, asks(code)) for code in found]
    rows = [(code, question) for code, question in said if question and question not in plain_text]
    return [Summary(tuple(rows))] if rows else []


def _text(lines: Iterable[ScreenLine]) -> str:
    return "\n".join("".join(span.text for span in each) for each in lines)


def _designated(lines: list[ScreenLine], width: int) -> list[ScreenLine]:
    """Art. 1: the note once at the end, dim; the asterisks stand since the words were laid out."""
    text = _text(lines)
    return [*lines, (), *flow(NOTE, width, style=DIM)] if named(text) else lines
