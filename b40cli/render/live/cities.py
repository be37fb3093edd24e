"""Cities: one for the telephone, the roll by country, mandates by day, one member, a search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Note, Paragraph, Summary, Tabular, Toned, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import counted, day_in_words
from b40cli.render.live.records import record_page
from b40cli.render.live.values import aside, due, in_words, named
from b40cli.render.screens.cities import told

if TYPE_CHECKING:
    from b40cli.model.results.cities import CityShown, Search
    from b40cli.model.results.members import MemberRow, Members, MemberShown
    from b40cli.model.results.rolls import RollShown

CALLED_FOR = ("Owes", "Its next turn", "To be done")
SOON = 60


def city(answer: Answer[CityShown]) -> Iterator[ScreenPart]:
    """The page of a city: label and sentence; what the caller came for is bold."""
    found = answer.result
    country = answer.beside["country"](found["country"]) if found["country"] else "observer"
    yield Masthead(f"{found['name']}, {country}", "", found["id"])
    start = found["since"] or "not on record"
    since = ENDED.get(found["standing"], f"{found['standing'].capitalize()} since")
    first = f"{since} {day_in_words(start)}."
    if start.startswith("by "):
        first = f"{found['standing'].capitalize()} by {day_in_words(start[3:])}; "
        first += "its first day is not on record."
    if found["until"]:
        first += f" A member until {day_in_words(found['until'])}."
    yield Paragraph(first)
    own = {"Meetings": _meetings(answer)}
    rows = [
        (label, DAY.sub(lambda day: day_in_words(day[0]), own.get(label, said)))
        for label, said in told(found)
        if label not in ELSEWHERE
    ]
    yield Summary(tuple(row for row in rows if row[0] not in CALLED_FOR))
    yield Summary(tuple(row for row in rows if row[0] in CALLED_FOR), main=True)
    if found["sources"]:
        yield Note(f"Sources: {'; '.join(found['sources'])}")


DAY = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
# What was on a day, and is no longer.
ENDED = {
    "left": "Left on",
    "removed": "Removed on",
    "declined": "Its application was declined on",
    "withdrawn": "Its application was withdrawn on",
}
ELSEWHERE = ("Standing", "Sources")
LAST_MEETINGS = 3


def _meetings(answer: Answer[CityShown]) -> str:
    """The last meetings by name, and where all of them are told."""
    found, name = answer.result["meetings"], answer.beside["name"]
    said = [f"{named(m['meeting'], name)} ({m['part']})" for m in found[-LAST_MEETINGS:]]
    if (more := len(found) - len(said)) > 0:
        page = "show" if answer.result["standing"].startswith("observer") else "member dossier"
        said.append(f"and {more} more (b40 {page} {answer.result['id']})")
    return "; ".join(said) or "none on record"


ROLL = ("City", "Mayor or head", "  Mandate until", "Id")


def roll(answer: Answer[RollShown]) -> Iterator[ScreenPart]:
    """The members of a day by country, with who heads each city and until when."""
    result, beside = answer.result, answer.beside
    yield Masthead("Roll", "", day_in_words(result["on"]))
    there, voting = len(result["members"]), len(result["voting"])
    vote = "all with a vote" if there == voting else f"{voting} with a vote"
    yield Paragraph(f"{counted(there, 'member')}, {vote}{beside['more']()}")
    rows = {row["id"]: row for row in beside["rows"]()}
    for name, of in _by_country([rows[city] for city in result["members"]], beside["country"]):
        yield Headline(name, 3, str(len(of)))
        yield listing(ROLL, (_head(row, answer.on) for row in of))
    for title, listed in (("Suspended", result["suspended"]), ("Observers", result["observers"])):
        if listed:
            said = "; ".join(_listed(each, beside) for each in listed)
            yield Summary(((title, said),), main=True)


def _listed(city: str, beside: Mapping[str, Any]) -> str:
    """A city by name, with the country that its id says and its id."""
    code = city[:2].upper()
    country = beside["country"](code)
    where = f", {country}" if country != code else ""
    return f"{beside['name'](city)}{where} ({city})"


def _by_country(
    rows: Iterable[MemberRow], country: Callable[[str], str]
) -> list[tuple[str, list[MemberRow]]]:
    found: dict[str, list[MemberRow]] = {}
    for row in rows:
        found.setdefault(country(row["country"]), []).append(row)
    # Behind its country an id is the name in plain letters.
    return sorted((name, sorted(of, key=lambda row: row["id"][3:])) for name, of in found.items())


def _head(row: MemberRow, on: str) -> list[Words]:
    mandate = row.get("mandate")
    if mandate is None:
        return [row["name"], aside("not on record"), "", aside(row["id"])]
    until = mandate["until"] or "not on record"
    # A sign hangs before the days, so that they stand under one another.
    told: Words = f"  {until}" if mandate["until"] else aside(f"  {until}")
    if mandate["lapsed"]:
        told = due(f"! {until} lapsed")
    elif until.removeprefix("by ") <= _soon(on):
        told = (f"  {until}", Toned(" soon", "aside"))
    return [row["name"], mandate["mayor"], told, aside(row["id"])]


def _soon(on: str) -> str:
    from datetime import date, timedelta

    return str(date.fromisoformat(on) + timedelta(days=SOON))


def members(answer: Answer[Members]) -> Iterator[ScreenPart]:
    """The cities on record; with who heads them, by the day their mandates end."""
    rows = answer.result["members"]
    if rows and "mandate" in rows[0]:
        yield from _mandates(answer, rows)
        return
    yield Masthead("Cities on record", "", day_in_words(answer.on))
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["standing"]] = counts.get(row["standing"], 0) + 1
    attested = sum(row["basis"] == "attested" for row in rows)
    only = f"; {attested} attested by a source, not judged" if attested else ""
    told = (counted(n, word) if word in COUNTED else f"{n} {word}" for word, n in counts.items())
    yield Paragraph(", ".join(told) + only or "none")
    for name, of in _by_country(rows, answer.beside["country"]):
        yield Headline(name, 3, str(len(of)))
        yield _standings(of)


def _standings(rows: Iterable[MemberRow]) -> Tabular:
    return listing(
        ("City", "Standing", "Since", "Id"),
        (
            (
                row["name"],
                due(f"! {row['standing']}, suspended") if row["suspended"] else row["standing"],
                row["since"] or "not on record",
                aside(row["id"]),
            )
            for row in rows
        ),
    )


def _mandates(answer: Answer[Members], rows: list[MemberRow]) -> Iterator[ScreenPart]:
    of_members = [row for row in rows if row["standing"] in MEMBERS]
    # Who asks for another standing sees it; else no mandate of theirs is waited for.
    rows, left_out = of_members or rows, len(rows) - len(of_members or rows)
    parts = _parts(rows, answer.on)
    yield Masthead("Mandates of mayors", "", day_in_words(answer.on))
    counts: list[str | Toned] = []
    for title, of in parts.items():
        said = _counted(title, len(of))
        counts += [", " if counts else "", Toned(said, "due") if title == "Lapsed" else said]
    if not counts:
        counts = ["none on record"]
    what = "member" if of_members else "city"
    beside = f"; not counted: {counted(left_out, 'city')} on record without membership"
    yield Paragraph((f"{counted(len(rows), what)}: ", *counts, beside if left_out else ""))
    country = answer.beside["country"]
    for title, of in parts.items():
        yield Headline(title, 2, str(len(of)))
        listed = (_mandate(row, title == "Lapsed", country) for row in of)
        yield listing(("Until", "City", "Mayor or head", "Country"), listed, bare=True)


MEMBERS = ("member", "leaving")
COUNTED = ("member", "applicant")

UNKNOWN_SAID = {
    "End not on record": "with no end on record",
    "Nobody on record": "with nobody on record",
}


def _counted(title: str, number: int) -> str:
    """`2 end within 60 days`, `7 in 2027`, `3 lapsed`."""
    if title in UNKNOWN_SAID:
        return f"{number} {UNKNOWN_SAID[title]}"
    said = title[:1].lower() + title[1:]
    said = said.removeprefix("ends ") if said.startswith("ends in") else said
    return f"{number} {said.replace('ends', 'ends' if number == 1 else 'end')}"


def _parts(rows: list[MemberRow], on: str) -> Mapping[str, list[MemberRow]]:
    """Lapsed, ending within sixty days, then year by year; last what is not known."""
    soon = _soon(on)
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


def _mandate(row: MemberRow, urgent: bool, country: Callable[[str], str]) -> list[Words]:
    mandate = row.get("mandate")
    until = (mandate["until"] or "not on record") if mandate else "nobody"
    return [
        due(f"! {until}") if urgent else f"  {until}",
        row["name"],
        mandate["mayor"] if mandate else "not on record",
        aside(country(row["country"])),
    ]


def member(answer: Answer[MemberShown]) -> Iterator[ScreenPart]:
    """One city: its standing, who heads it, what it was from when to when, its record."""
    found, name = answer.result, answer.beside["name"]
    country = answer.beside["country"](found["country"])
    yield Masthead(f"{found['name']}, {country}", "", found["id"])
    mayor = found["mayor"]
    standing = f"{found['standing']}, suspended" if found["suspended"] else found["standing"]
    rows: list[tuple[str, Words]] = [
        ("Standing", due(f"! {standing}") if found["suspended"] else standing),
        ("Since", named(found["since"] or "not on record", name)),
        ("Mayor", f"{mayor['name']}, {in_words(mayor['capacity'])}" if mayor else "not on record"),
    ]
    if found["basis"] == "attested":
        rows.append(("Basis", "attested by a source, not judged"))
    yield Summary(tuple(rows))
    if found["intervals"]:
        yield Headline("Standing through the years", 2)
        yield listing(
            ("Standing", "From", "Until", "Ground"),
            (
                (
                    f"{each['standing']}, suspended" if each["suspended"] else each["standing"],
                    each["from"],
                    each["until"] or "to date",
                    aside(in_words(each["ground"])),
                )
                for each in found["intervals"]
            ),
        )
    for each in found["suspensions"]:
        until = f"until {each['until']}" if each["until"] else "in force"
        lifted = f", lifted by {each['lifted_by']}" if each["lifted_by"] else ""
        void = ", annulled" if each["annulled"] else ""
        said = f"Suspended from {each['from']} by {each['by']}, {until}{lifted}{void}."
        yield Paragraph(due(f"! {said}"))
    yield Headline("On record", 2)
    skipped = ("id", "name", "country")
    yield from record_page({k: v for k, v in found["record"].items() if k not in skipped}, name)


def search(answer: Answer[Search]) -> Iterator[ScreenPart]:
    """What was found: the name, where the words stand, and the reference to copy."""
    records = answer.result["records"]
    if not records:
        yield Paragraph(f"Nothing is called {answer.result['words']}, and no text holds it.")
        return
    yield Masthead("Found", str(len(records)))
    rows = ((hit["name"], hit.get("text", hit["where"]), aside(hit["record"])) for hit in records)
    yield listing(("Name", "Where it stands", "Record"), rows)
