"""A vote that was counted: the verdict where the eye lands, needs with margins, readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.model.paper import Ballots, Headline, Paragraph, Summary, Toned, Words, parts_of
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import day_in_words
from b40cli.render.called import names_in
from b40cli.render.live.values import aside, due, in_words, state

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Closed, DecisionRow, Decisions, WhatIf

WAITING = ("proposed", "open")
SIDES = ("for", "against", "abstain")


def closed(answer: Answer[Closed]) -> Iterator[ScreenPart]:
    """Quorum and majority in a sentence each, a square a ballot, the readings it turns on."""
    result, beside = answer.result, answer.beside
    told = beside["decision"]()
    yield Masthead(str(told.get("title") or result["id"]), result["id"], state(result["state"]))
    count = told.get("count") or {}
    yield listing(("", "Count", "Verdict", "Article"), _arithmetic(count, told), True)
    votes: dict[str, int] = told.get("votes") or {}
    majority = count.get("majority") or {}
    if sum(votes.values()):
        cast = votes.get("for", 0), votes.get("against", 0), votes.get("abstain", 0)
        yield Ballots(cast, majority.get("required", 0))
        more = ", ".join(f"{n} {side}" for side, n in votes.items() if n and side not in SIDES)
        if more:
            yield Paragraph(f"Beside these {more}.")
    yield from _readings(told)
    yield Summary(tuple(_last(answer, told)), main=True)


def _arithmetic(count: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[list[Words]]:
    quorum, majority = count.get("quorum"), count.get("majority")
    articles = told["articles"]
    if quorum:
        whole = f"of {told['of']} {told['noun']}" if told["of"] else "counted"
        said = f"{quorum['counted']} {whole}; {quorum['required']} needed"
        short = quorum["required"] - quorum["counted"]
        yield [aside("Quorum"), said, _margin(short, "met"), aside(articles[0])]
    if majority and "required" in majority:
        needed, base = majority["required"], majority["base"]
        said = f"{majority['for']} for; {needed} needed of {base}, {majority['kind']}"
        if majority.get("casting"):
            said += f", casting vote {majority['casting']}"
        short = needed - majority["for"]
        yield [aside("Majority"), said, _margin(short, "reached"), aside(articles[1])]


def _margin(short: int, word: str) -> Words:
    if short <= 0:
        return (Toned(f"✓ {word}", "met"),)
    return (Toned(f"✗ {short} short", "refused"),)


def _readings(told: Mapping[str, Any]) -> Iterator[ScreenPart]:
    """What the result turns on: the question in words, each reading with what it would make."""
    for point in told.get("turns") or ():
        yield Headline("Turns on a reading of the statutes", 2, point["id"])
        yield Paragraph(point["question"])
        counted = any(each.need for each in point["readings"])
        heads = ("", "Reading", *(("Count",) if counted else ()), "Result")
        rows: list[list[Words]] = []
        for each in point["readings"]:
            lead = aside("  taken" if each.taken else "  other")
            said = [in_words(each.reading), each.need] if counted else [each.means]
            rows.append([lead, *said, state(each.result)])
        yield listing(heads, rows, bare=True)


def _last(answer: Answer[Closed], told: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
    if told.get("flip"):
        yield "Smallest change", told["flip"]
    for effect in told.get("effects") or ():
        yield "Effect", effect
    if answer.commit:
        yield "Recorded", aside(f"commit {answer.commit[:12]}")


def what_if(answer: Answer[WhatIf]) -> Iterator[ScreenPart]:
    """What it is, what it would be, and how few ballots would have turned it."""
    result, told = answer.result, answer.beside["decision"]()
    yield Masthead(f"{told['title']}, were it otherwise", result["id"], state(result["then"]))
    would = "would be" if result["changes"] else "would still be"
    yield Paragraph(
        ("It is ", *_said(result["state"]), f"; so it {would} ", *_said(result["then"]))
    )
    rows = _arithmetic(result["count"], told)
    yield listing(("", "Count", "Verdict", "Article"), rows, True)
    yield from _readings(told)
    turned = result["smallest"] or "none that moves ballots"
    yield Summary((("Smallest change", turned),), main=True)


def _said(word: str) -> tuple[Any, ...]:
    return parts_of(state(word))


def decisions(answer: Answer[Decisions]) -> Iterator[ScreenPart]:
    """What waits for its vote first, then year by year what was decided, the newest first."""
    rows, title, name = answer.result["decisions"], answer.beside["title"], answer.beside["name"]
    yield Masthead("Decisions", str(len(rows) or "none"), day_in_words(answer.on))
    parts: dict[str, list[DecisionRow]] = {}
    waiting = [row for row in rows if row["state"] in WAITING]
    if waiting:
        parts["Waiting"] = waiting
    decided = (row for row in rows if row["state"] not in WAITING)
    for row in sorted(decided, key=lambda row: (row["closed"] or "", row["id"]), reverse=True):
        parts.setdefault((row["closed"] or row["id"][3:])[:4], []).append(row)
    for heading, of in parts.items():
        yield Headline(heading, 3, str(len(of)))
        listed = (
            (
                row["closed"] or aside("no day yet"),
                _called(row, names_in(title(row["id"]), name)),
                due("! annulled") if row["annulled"] else state(row["state"]),
                aside(row["id"]),
            )
            for row in of
        )
        yield listing(("Day", "Decision", "Result", "Id"), listed)


STEM = 4


def _called(row: DecisionRow, title: str) -> Words:
    """Its title, and what it is about where no word of that is in the title."""
    matter, said = in_words(row["matter"]), title.casefold()
    told = any(word[:STEM] in said for word in matter.split())
    return title if told else (title, *aside(f", {matter}"))
