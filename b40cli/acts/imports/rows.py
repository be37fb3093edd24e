"""Rows of a table as records of members: days, places, mayors and sources as clerks write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from b40cli.acts.imports.sources import Cited
from b40cli.acts.imports.table import Table
from b40cli.acts.opened.gazetteer_match import GazetteerMatch, city_id, known_as, match
from b40cli.acts.opened.session import Session
from b40cli.model.errors import UsageError
from b40cli.model.finding import Place
from b40cli.model.ref import stated
from b40cli.store.countries import known_country

Told = TypeVar("Told")

# The columns of a list of members; those before the bar are asked of every new city.
COLUMNS: dict[str, str] = {
    "name": "The city's name, in any usual spelling.",
    "country": "Two letters: BG, HR, XK …",
    "since": "The first day of membership, or `by DAY` where only that it was so by then is known.",
    "source": "Where it is known from: a listed key, or plain words that become a listed source; "
    "several are parted by |.",
    "id": "An id of your own; else it is made of the place's standard name.",
    "gazetteer": "The number of the place, or none.",
    "population": "People; else the gazetteer's figure.",
    "native_name": "The name in the city's own language.",
    "note": "What a reader should know.",
    "email": "The office's public address, to which letters are drafted.",
    "phone": "The office's public number.",
    "website": "The city's website.",
    "address": "The office's postal address.",
    "mayor": "Who heads the city; one row more for each further mandate.",
    "mayor_from": "The first day in office, or `by DAY`.",
    "mayor_until": "The first day after the mandate, which may lie ahead; or `by DAY`.",
    "capacity": "mayor or acting-mayor; else mayor.",
    "person": "The person's key, one wherever the person is named.",
    "ended": "Why the mandate ended: term, resigned, removed, died …",
}
ASKED = ("name", "country", "since", "source")
CONTACT = ("email", "phone", "website", "address")
ALIKE = {
    "city": "name",
    "member": "name",
    "member_since": "since",
    "sources": "source",
    "geonameid": "gazetteer",
    "native": "native_name",
    "local_name": "native_name",
    "e_mail": "email",
    "telephone": "phone",
    "mayor_name": "mayor",
    "mayor_since": "mayor_from",
    "mandate_from": "mayor_from",
    "mandate_since": "mayor_from",
    "mandate_until": "mayor_until",
    "mandate_end": "mayor_until",
    "mandate_ends": "mayor_until",
    "mayor_to": "mayor_until",
    "mayor_capacity": "capacity",
    "mayor_person": "person",
    "mayor_key": "person",
    "mayor_ended": "ended",
}


class Row(NamedTuple):
    """One record to come, and where in the file it stands; of a table the line of each mandate."""

    folder: str
    record: dict[str, Any]
    at: Place
    line: int
    mandates: list[int]


class RowFault(NamedTuple):
    """What is wrong with a line of the file."""

    line: int
    message: str
    remedy: str


def columns_of(table: Table) -> list[str]:
    """The columns of a table, each by the name it is known under."""
    return [ALIKE.get(head, head) for head in table.heads if head]


def members_of(session: Session, table: Table, cited: Cited) -> Iterator[Row | RowFault]:
    """Each row as a record; several rows of one city are its further mandates."""
    cities: dict[str, Row] = {}
    faulty: set[str] = set()
    for line, cells in table.rows:
        row = {ALIKE.get(head, head): value for head, value in cells.items()}
        wrong: list[UsageError] = []
        record = _member(session, row, cited, cities.keys() | faulty, wrong)
        for error in wrong:
            yield RowFault(line, error.message, error.remedy.replace("--gazetteer", "gazetteer"))
        if wrong:
            faulty.add(record.get("id", ""))
        if wrong or record["id"] in faulty - cities.keys():
            continue
        new = Row("members", record, (), line, [line] * len(record.get("mayors", ())))
        first = cities.setdefault(record["id"], new)
        if first is new or not _is_further(first.record, record):
            yield new
        elif (since := _since_otherwise(first, record)) is not None:
            yield since._replace(line=line)
        else:
            first.record["mayors"] = [*first.record.get("mayors", ()), *record["mayors"]]
            first.mandates.append(line)
    yield from (RowFault(n, "The row has too many cells.", "Quote commas.") for n in table.long)


def _is_further(first: Mapping[str, Any], record: Mapping[str, Any]) -> bool:
    """Whether a further row of a city brings a further mandate; not where it is the same row."""
    told = {key: value for key, value in record.items() if key not in ("mayors", "attested")}
    known = first.get("mayors", ())
    mayors = [m for m in record.get("mayors", ()) if m not in known]
    return bool(mayors) and all(first.get(key) == value for key, value in told.items())


def _since_otherwise(first: Row, record: Mapping[str, Any]) -> RowFault | None:
    """What is wrong where a further row of a city has it a member since another day."""
    told = record.get("attested", {}).get("since")
    known = first.record.setdefault("attested", record.get("attested")) if told else None
    if known is None or known["since"] == told:
        return None
    return RowFault(
        0,
        f"{record['id']} is a member since another day in line {first.line}.",
        "Keep the day that is right, or leave it out in the further rows.",
    )


def _tried(wrong: list[UsageError], asked: Callable[..., Told], *words: Any) -> Told | None:
    """What is answered; what is wrong instead is kept, and the rest of the row is read."""
    try:
        return asked(*words)
    except UsageError as error:
        wrong.append(error)
        return None


class _City(NamedTuple):
    """Whom a row is about."""

    name: str = ""
    country: str = ""
    found: GazetteerMatch | None = None
    id: str = ""


def _city(session: Session, cells: Mapping[str, str]) -> _City:
    name, country = " ".join(cells.get("name", "").split()), cells.get("country", "").upper()
    if not name:
        raise UsageError("The row names no city.", "Fill in name and country.")
    if not re.fullmatch("[A-Z]{2}", country):
        said = f"country {cells['country']} is not" if country else "The row has no country:"
        raise UsageError(f"{said} two letters.", f"Write the letters: {COLUMNS['country']}")
    known_country(country)
    found = match(session, name, country, cells.get("gazetteer") or None)
    id = cells.get("id") or known_as(session.before, found) or city_id(name, country, found)
    return _City(name, country, found, id)


def _member(
    session: Session,
    cells: Mapping[str, str],
    cited: Cited,
    seen: Collection[str],
    wrong: list[UsageError],
) -> dict[str, Any]:
    """A row as a record; all that is wrong with it is added to `wrong`."""
    name, country, found, id = _tried(wrong, _city, session, cells) or _City()
    known = bool(wrong) or id in seen or session.before.member(id) is not None
    source = cited.cell(cells.get("source", ""))
    told: dict[str, Any] = {
        "id": id,
        "name": name,
        "native_name": cells.get("native_name") or None,
        "country": country,
        "gazetteer": found.id if found else None,
        "population": _tried(wrong, _population, cells, found, source),
        "contact": {key: cells[key] for key in CONTACT if cells.get(key)} or None,
        "note": cells.get("note") or None,
        "attested": _attested(cells, source, known, wrong),
        "mayors": _mayors(cells, source, wrong) or None,
    }
    return stated(told)


def _attested(
    cells: Mapping[str, str], source: Any, known: bool, wrong: list[UsageError]
) -> dict[str, Any] | None:
    if known and not cells.get("since"):
        return None
    if source is None:
        said = UsageError("The row names no source.", "Say where the fact is known from.")
        wrong.append(said)
    return {"since": _tried(wrong, day, cells.get("since", ""), "since"), "source": source}


def _population(
    cells: Mapping[str, str], found: GazetteerMatch | None, source: Any
) -> dict[str, Any] | None:
    text = cells.get("population", "")
    count = re.sub(r"(?<=\d)[ .,'\u00a0\u202f](?=\d{3}(\D|$))", "", text)
    if count and not (count.isascii() and count.isdecimal() and len(count) < 10):
        raise UsageError(f"population {text} is no number.", "Write digits only.")
    if count:
        return {"count": int(count), "source": source}
    return {"count": found.population, "source": "gazetteer"} if found else None


def _mayors(cells: Mapping[str, str], source: Any, wrong: list[UsageError]) -> list[dict[str, Any]]:
    told = ("mayor_from", "mayor_until", "person", "ended")
    if not cells.get("mayor"):
        if any(cells.get(key) for key in told):
            wrong.append(UsageError("A mandate without its mayor.", "Fill in the column mayor."))
        return []
    until = cells.get("mayor_until")
    capacity = cells.get("capacity") or "mayor"
    entry = {
        "person": cells.get("person") or None,
        "name": cells["mayor"],
        "capacity": capacity.lower().replace(" ", "-").replace("_", "-"),
        "from": _tried(wrong, day, cells.get("mayor_from", ""), "mayor_from"),
        "until": _tried(wrong, day, until, "mayor_until") if until else None,
        "ended": cells.get("ended") or None,
        "source": source,
    }
    return [stated(entry)]


def day(text: str, column: str) -> str | dict[str, str]:
    """`2025-01-31`, `31.01.2025` or `by` such a day, as records hold it."""
    if text[:3].lower() == "by ":
        return {"by": _plain_day(text[3:].strip(), column)}
    return _plain_day(text, column)


def _plain_day(text: str, column: str) -> str:
    from datetime import date

    dotted = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?", text)
    iso = f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}" if dotted else text[:10]
    rest = "" if dotted else text[10:]
    try:
        if re.fullmatch(r"(19|20|21)\d\d-\d\d-\d\d", iso) and rest in ("", " 00:00:00"):
            return date.fromisoformat(iso).isoformat()
    except ValueError:
        pass
    said = f"{column} {text} is not a day." if text else f"The row has no {column}."
    raise UsageError(
        said,
        "Write it as YYYY-MM-DD, for example 2025-01-31; where only the latest possible day is "
        "known as by DAY: by 2025-01-31.",
    )
