"""Cities at a terminal: one for the telephone, the roll by country, mandates by day, a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.live.sheet import (
    BOLD,
    DIM,
    YELLOW,
    ScreenLine,
    Styled,
    bold,
    columns,
    day_in_words,
    dim,
    flow,
    heading,
    labelled,
    line,
    spread,
)
from b40cli.render.screens.cities import told

if TYPE_CHECKING:
    from b40cli.model.results.cities import CityShown, Search
    from b40cli.model.results.members import MemberRow, Members
    from b40cli.model.results.rolls import RollShown

CALLED_FOR = ("Owes", "Its next turn", "To be done")
SOON = 60


def city(answer: Answer[CityShown], width: int) -> list[ScreenLine]:
    """The page of a city: label and sentence; what the caller came for is bold."""
    found = answer.result
    country = answer.beside["country"](found["country"]) if found["country"] else "Observer"
    left = line(bold(found["name"]), f", {country}")
    lines = spread(left, line(dim(found["id"])), width)
    start = found["since"] or "not on record"
    first = f"{found['standing'].capitalize()} since {day_in_words(start)}."
    if start.startswith("by "):
        first = f"{found['standing'].capitalize()} by {day_in_words(start[3:])}; "
        first += "its first day is not on record."
    lines += [*flow(first, width), ()]
    rows = [row for row in told(found) if row[0] not in ("Standing", "Sources")]
    lines += labelled([(a, b, BOLD if a in CALLED_FOR else DIM) for a, b in rows], width)
    if found["sources"]:
        lines += [(), *flow(f"Sources: {'; '.join(found['sources'])}", width, style=DIM)]
    return lines


def roll(answer: Answer[RollShown], width: int) -> list[ScreenLine]:
    """The members of a day by country, with who heads each city and until when."""
    result, beside = answer.result, answer.beside
    lines = spread(line(bold("Roll")), line(dim(day_in_words(result["on"]))), width)
    there, voting = len(result["members"]), len(result["voting"])
    vote = "all with a vote" if there == voting else f"{voting} with a vote"
    lines += flow(f"{counted(there, 'member')}, {vote}{beside['more']()}", width)
    rows = {row["id"]: row for row in beside["rows"]()}
    whole = _by_country([rows[city] for city in result["members"]], beside["country"])
    heads = [dim(title) for title in HEADS]
    like = [heads, *(_head(row) for _name, of in whole for row in of)]
    lines += [(), *columns([heads], width, 2, like)]
    for name, of in whole:
        lines += [heading(name, len(of)), *columns([_head(row) for row in of], width, 2, like)]
    for title, listed in (("Suspended", result["suspended"]), ("Observers", result["observers"])):
        if listed:
            said = ", ".join(f"{beside['name'](each)} ({each})" for each in listed)
            lines += [(), *flow(said, width, (Styled(title, BOLD), Styled("  ")))]
    return lines


HEADS = ("City", "Mayor or head", "  Mandate until", "Id")


def _by_country(rows: Iterable[MemberRow], country: object) -> list[tuple[str, list[MemberRow]]]:
    assert callable(country)
    found: dict[str, list[MemberRow]] = {}
    for row in rows:
        found.setdefault(country(row["country"]), []).append(row)
    return sorted((name, sorted(of, key=_folded)) for name, of in found.items())


def _folded(row: MemberRow) -> str:
    """Its id is its name in plain letters."""
    return row["id"][3:]


def _head(row: MemberRow) -> list[Styled]:
    mandate = row.get("mandate")
    if mandate is None:
        return [Styled(row["name"]), dim("not on record"), Styled(""), dim(row["id"])]
    until = mandate["until"] or "not on record"
    lapsed = mandate["lapsed"]
    told = f"! {until} lapsed" if lapsed else f"  {until}"
    style = YELLOW if lapsed else "" if mandate["until"] else DIM
    return [Styled(row["name"]), Styled(mandate["mayor"]), Styled(told, style), dim(row["id"])]


def members(answer: Answer[Members], width: int) -> list[ScreenLine]:
    """The cities on record; with who heads them, by the day their mandates end."""
    rows = answer.result["members"]
    if rows and "mandate" in rows[0]:
        return _mandates(answer, rows, width)
    lines = spread(line(bold("Cities on record")), line(dim(day_in_words(answer.on))), width)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["standing"]] = counts.get(row["standing"], 0) + 1
    lines += flow(", ".join(f"{n} {standing}" for standing, n in counts.items()) or "none", width)
    like = [_standing(row) for row in rows]
    for name, of in _by_country(rows, answer.beside["country"]):
        lines += [(), heading(name, len(of))]
        lines += columns([_standing(row) for row in of], width, 2, like)
    return lines


def _standing(row: MemberRow) -> list[Styled]:
    standing = f"{row['standing']}, suspended" if row["suspended"] else row["standing"]
    style = YELLOW if row["suspended"] else ""
    return [
        Styled(row["name"]),
        Styled(standing, style),
        Styled(row["since"] or ""),
        dim(row["id"]),
    ]


def _mandates(answer: Answer[Members], rows: list[MemberRow], width: int) -> list[ScreenLine]:
    parts = _parts(rows, answer.on)
    lines = spread(line(bold("Mandates of mayors")), line(dim(day_in_words(answer.on))), width)
    counts = ", ".join(_counted(title, len(of)) for title, of in parts.items())
    lines += flow(f"{counted(len(rows), 'city')}: {counts or 'none on record'}", width)
    country = answer.beside["country"]
    like = [_mandate(row, False, country) for row in rows]
    for title, of in parts.items():
        listed = [_mandate(row, title == "Lapsed", country) for row in of]
        lines += [(), heading(title, len(of)), *columns(listed, width, 0, like)]
    return lines


def _counted(title: str, number: int) -> str:
    """`2 end within 60 days`, `7 in 2027`, `3 lapsed`."""
    said = title[:1].lower() + title[1:]
    said = said.removeprefix("ends ") if said.startswith("ends in") else said
    return f"{number} {said.replace('ends', 'ends' if number == 1 else 'end')}"


def _parts(rows: list[MemberRow], on: str) -> Mapping[str, list[MemberRow]]:
    """Lapsed, ending within sixty days, then year by year; last what is not known."""
    from datetime import date, timedelta

    soon = str(date.fromisoformat(on) + timedelta(days=SOON))
    found: dict[str, list[MemberRow]] = {}
    for row in sorted(rows, key=lambda r: (_until(r), r["id"])):
        mandate, until = row.get("mandate"), _until(row)
        if mandate is not None and mandate["lapsed"]:
            title = "Lapsed"
        elif until == UNKNOWN:
            title = "End not on record" if mandate else "Nobody on record"
        else:
            title = f"Ends within {SOON} days" if until <= soon else f"Ends in {until[:4]}"
        found.setdefault(title, []).append(row)
    first = [title for title in ("Lapsed",) if title in found]
    last = [title for title in ("End not on record", "Nobody on record") if title in found]
    middle = [title for title in found if title not in (*first, *last)]
    return {title: found[title] for title in (*first, *middle, *last)}


UNKNOWN = "~"


def _until(row: MemberRow) -> str:
    mandate = row.get("mandate")
    return (mandate["until"] or UNKNOWN).removeprefix("by ") if mandate else UNKNOWN


def _mandate(row: MemberRow, urgent: bool, country: object) -> list[Styled]:
    assert callable(country)
    mandate = row.get("mandate")
    until = (mandate["until"] or "") if mandate else ""
    style = YELLOW if urgent else ""
    return [
        Styled("!" if urgent else " ", style),
        Styled(until.ljust(10), style),
        Styled(row["name"]),
        Styled(mandate["mayor"] if mandate else "not on record"),
        dim(country(row["country"])),
    ]


def search(answer: Answer[Search], width: int) -> list[ScreenLine]:
    """What was found: the name, where the words stand, and the reference to copy."""
    records = answer.result["records"]
    if not records:
        return flow(f"Nothing is called {answer.result['words']}, and no text holds it.", width)
    rows = [
        [
            Styled(hit["name"], BOLD),
            Styled(hit["text"] if "text" in hit else hit["where"]),
            dim(hit["record"]),
        ]
        for hit in records
    ]
    return [heading("Found", len(records)), *columns(rows, width)]
