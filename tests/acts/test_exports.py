"""What leaves the house as data: complete, readable by others, and nothing that has to stay."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import icalendar
import openpyxl
import pytest
from jsonschema import Draft3Validator
from referencing import Registry as Schemas
from referencing.jsonschema import DRAFT3

from b40cli.acts import summits
from b40cli.acts.ahead import preparing
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.published.document import published
from b40cli.acts.reads import plans
from b40cli.acts.reads.desk.status import DAYS_AHEAD, owed_duties
from b40cli.acts.reads.duties import row as told_row
from b40cli.model.results.published import columns
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.render.exports.calendar import as_calendar, entries
from b40cli.render.exports.document import as_document, designated_document
from b40cli.render.exports.feed import ATOM, as_feed
from b40cli.render.exports.popolo import as_popolo
from b40cli.render.exports.tables import TABLES, as_csv, sheets
from b40cli.render.kosovo import NOTE
from b40cli.rules.duties.duty import MISSED
from b40cli.store.schema import fits
from b40cli.store.spreadsheet import workbook
from tests import year as told_year

HERE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> View:
    return told_year.year(tmp_path_factory.mktemp("year") / "register")


@pytest.fixture(scope="module")
def document(year: View) -> Any:
    return designated_document(published(year))


def test_the_document_fits_its_schema(document: Any) -> None:
    given = json.loads(as_document(document))
    assert fits("export", given)
    assert not fits("export", {**given, "contacts": []})
    assert not fits("export", {**given, "members": [{**given["members"][0], "contact": "x"}]})


def test_the_document_is_what_the_register_says(year: View, document: Any) -> None:
    assert [m["id"] for m in document["members"]] == [m.id for m in year.registry.members()]
    closed = [d for d in document["decisions"] if d["state"] in ("adopted", "rejected")]
    assert closed
    for decision in closed:
        record = year.registry.content(
            f"registry/decisions/{decision['id'][3:7]}/{decision['id']}.yaml"
        )
        ballots = record.get("ballots", {})
        if ballots:
            assert decision["for"] == len(ballots.get("for", ()))
            mine = [v for v in document["votes"] if v["decision"] == decision["id"]]
            assert len(mine) == sum(map(len, ballots.values()))


def test_the_same_register_gives_the_same_bytes(year: View, document: Any) -> None:
    again = designated_document(published(open_view(year.repository.root, told_year.DAY)))
    book = [workbook(sheets(d, columns()), {}) for d in (document, again)]
    assert as_document(document) == as_document(again)
    assert as_calendar(document) == as_calendar(again)
    assert book[0] == book[1]
    saved = ZipFile(BytesIO(book[0])).read("docProps/core.xml")
    assert saved.count(b"1980-01-01T00:00:00Z") == 2


def test_an_earlier_day_knows_less(year: View, document: Any) -> None:
    earlier = published(year._replace(on=date(2025, 6, 30)))
    assert 0 < sum(bool(d["closed"]) for d in earlier["decisions"]) < len(document["decisions"])
    assert all((d["closed"] or "") <= "2025-06-30" for d in earlier["decisions"])
    assert all(m["from"].removeprefix("by ") <= "2025-06-30" for m in earlier["mandates"])
    closed = {d["id"] for d in earlier["decisions"] if d["closed"]}
    assert {v["decision"] for v in earlier["votes"]} <= closed


@pytest.mark.parametrize(
    ("on", "told"),
    [
        # The Summit that is asked for in the year to come, and an approval of a term to come.
        ("2025-12-10", ("summit-in-january", "2026", "2026-01-31", "due", None)),
        ("2026-02-01", ("capital-priority", "2027", "2026-01-24", "overdue", None)),
    ],
)
def test_the_desk_and_what_is_public_tell_the_same_duties(
    year: View, on: str, told: tuple[str | None, ...]
) -> None:
    path = "registry/statutes/parameters.yaml"
    numbers = json.loads(json.dumps(year.registry.content(path)))
    capitals = next(each for each in numbers["parameters"] if each["name"] == "capitals")
    capitals["values"][0]["value"] = ["al-aldmar"]
    then = year._replace(
        on=date.fromisoformat(on), registry=year.registry.with_record(path, numbers)
    )
    keys = ("duty", "of", "due", "state", "met")
    public = {tuple(duty[key] for key in keys) for duty in published(then)["duties"]}  # type: ignore[literal-required]
    last = str(then.on + timedelta(days=DAYS_AHEAD))
    owed = [told_row(d) for d in owed_duties(then)]
    near = (
        d
        for d in owed
        if d["state"] in MISSED or (d["state"] == "due" and (d["due"] or "9") <= last)
    )
    desk = {tuple(d[key] for key in keys) for d in near}  # type: ignore[literal-required]
    assert told in desk <= public
    assert all(
        str(due) <= last for _d, of, due, state, _m in public - desk if of > on and state == "due"
    )


def test_what_is_known_of_years_before_the_register_opened_is_public(year: View) -> None:
    """As the desk tells it; of the rest of those years nothing."""
    network = {**year.registry.content(NETWORK), "opened": "2027-01-01"}
    registry = year.registry.with_record(NETWORK, network)
    assert registry.network is not None
    then = year._replace(on=date(2027, 2, 1), registry=registry, network=registry.network)
    public = {(d["duty"], d["of"], d["state"]) for d in published(then)["duties"]}
    owed = {(d.rule, d.of, d.state) for d in owed_duties(then) if d.year == 2026}
    known = {each for each in owed if each[2] not in ("not-on-record", "not-applicable")}
    assert known and known < owed
    assert known == public & owed


def test_the_plans_tell_the_same_days(year: View) -> None:
    """The Assembly of 2026 meets on the second day of its Summit."""
    then = year._replace(on=date(2025, 12, 10))
    steps = {s["what"]: s["due"] for s in summits.plan(then, 2026).result["steps"]}
    ahead = {s["step"]: s["by"] for s in plans.plan(then).result["steps"]}
    assert (steps["the Summit is convened"], ahead["handover of 2026 to rs-srebrni-brod"]) == (
        "2026-01-23",
        "2026-01-24",
    )
    determined = "the committee determines the candidates for"
    assert steps[f"{determined} the presidency of 2027"] == ahead[f"{determined} 2027"]
    assert ahead[f"{determined} 2027"] == "2026-01-24"
    (prepared,) = {p["due"] for p in preparing.prepare(then, "2026-01-24-ga").result["pieces"]}
    assert steps["the rules of participation are announced"] == prepared == "2026-01-24"


def test_what_is_not_listed_stays(year: View) -> None:
    """A mark in every field of every record that the types do not name never comes out."""
    records = {path: year.snapshot[path] for path in year.snapshot}
    marked = {
        path: {**_with_marks(data), "note": "SECRET", "contact": {"email": "SECRET"}}
        for path, data in records.items()
    }
    registry = Registry(PlainRecords(marked))
    told = as_document(published(year._replace(registry=registry)))
    assert "SECRET" not in told
    assert any("SECRET" in json.dumps(data) for data in marked.values())


def _with_marks(data: Any) -> Any:
    """The record with marks where documents, notes and grounds stand."""
    if isinstance(data, list):
        return [_with_marks(value) for value in data]
    if not isinstance(data, Mapping):
        return data
    return {
        key: "SECRET" if key in ("path", "sha256", "note", "grounds") else _with_marks(value)
        for key, value in data.items()
    }


def test_a_report_waits_for_the_presidency(year: View) -> None:
    """Art. 12: until it is approved, no export says that there is one."""
    reports = {m.id: m.report for m in year.registry.meetings() if m.report}
    approved = {name: r["approved"] for name, r in reports.items() if "approved" in r}
    assert approved
    (name, day) = next(iter(approved.items()))
    for on, told in ((day, day), ("2025-02-10", None)):
        seen = published(year._replace(on=date.fromisoformat(on)))
        assert next(m["report_approved"] for m in seen["meetings"] if m["id"] == name) == told


def test_the_tables_are_what_the_package_describes(document: Any) -> None:
    files = as_csv(document, columns())
    package = json.loads(files["datapackage.json"])
    assert {r["path"] for r in package["resources"]} | {"datapackage.json"} == set(files)
    rows = {
        r["name"]: list(csv.DictReader(StringIO(files[r["path"]]))) for r in package["resources"]
    }
    for resource in package["resources"]:
        schema, name = resource["schema"], resource["name"]
        assert [f["name"] for f in schema["fields"]] == list(columns()[name])
        for field in schema["fields"]:
            for row in rows[name]:
                assert _fits(field["type"], row[field["name"]]), (name, field, row)
        keys = [tuple(row[k] for k in schema.get("primaryKey", ())) for row in rows[name]]
        assert "primaryKey" not in schema or len(set(keys)) == len(keys)
        for foreign in schema.get("foreignKeys", ()):
            known = {row["id"] for row in rows[foreign["reference"]["resource"]]}
            assert {row[foreign["fields"][0]] for row in rows[name]} <= known
    assert NOTE in package["description"]


def _fits(kind: str, text: str) -> bool:
    return text == "" or {"integer": str.isdecimal, "boolean": ("true", "false").__contains__}.get(
        kind, bool
    )(text)


def test_no_cell_of_the_workbook_is_a_formula(document: Any) -> None:
    nasty = ["=1+1", "+1", "-1", "@A1", "\t=1", "bell\x07"]
    hostile: Any = {**document, "members": [{**document["members"][0], "name": n} for n in nasty]}
    book = openpyxl.load_workbook(BytesIO(workbook(sheets(hostile, columns()), {})))
    assert book.sheetnames[1:] == [table.title for table in TABLES]
    for sheet in book:
        assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
    assert [row[1].value for row in book["Members"].iter_rows(min_row=2)] == [
        *nasty[:5],
        "bell\ufffd",
    ]


def test_the_calendar_is_read_again(document: Any) -> None:
    calendar = icalendar.Calendar.from_ical(as_calendar(document))
    events: dict[str, Any] = {str(e["uid"]).partition("@")[0]: e for e in calendar.walk("VEVENT")}
    assert len(events) == len(list(entries(document)))
    for meeting in document["meetings"]:
        begins = events[meeting["id"]]["dtstart"].dt
        assert begins.isoformat()[:10] == meeting["opens"][:10]
        assert "T" not in meeting["opens"] or begins.utcoffset().total_seconds() == 0
    assert any(key.startswith("duty-") for key in events)
    assert any(key.startswith("mandate-") for key in events)
    assert NOTE in str(calendar["x-wr-caldesc"])


def _with(document: Any, **lists: Any) -> Any:
    return {**document, **lists}


def test_a_moved_and_a_cancelled_meeting(document: Any) -> None:
    first = document["meetings"][0]
    moved: Any = {**first, "moved_from": ["2026-01-01"], "cancelled": "2026-02-02"}
    calendar = icalendar.Calendar.from_ical(as_calendar(_with(document, meetings=[moved])))
    event = next(iter(calendar.walk("VEVENT")))
    assert (event["sequence"], event["status"]) == (2, "CANCELLED")


@pytest.mark.parametrize(
    ("opens", "ends", "span"),
    [
        ("2026-03-28", None, ("2026-03-28", "2026-03-29")),
        ("2026-03-28", "2026-03-29", ("2026-03-28", "2026-03-30")),
        ("2026-03-28T22:00:00+01:00", None, ("2026-03-28 21:00:00+00:00", "None")),
        ("2026-03-28T22:00:00+01:00", "2026-03-28", ("2026-03-28 21:00:00+00:00", "None")),
        # The day after is not lost because its hour is not known.
        ("2026-03-28T22:00:00+01:00", "2026-03-29", ("2026-03-28", "2026-03-30")),
        (
            "2026-03-28T22:00:00+01:00",
            "2026-03-29T03:30:00+02:00",
            ("2026-03-28 21:00:00+00:00", "2026-03-29 01:30:00+00:00"),
        ),
    ],
)
def test_the_days_of_a_meeting_in_the_calendar(
    document: Any, opens: str, ends: str | None, span: tuple[str, str]
) -> None:
    held = {**document["meetings"][0], "opens": opens, "ends": ends}
    entry = next(entries(_with(document, meetings=[held])))
    assert (str(entry.begins), str(entry.ends)) == span


def test_popolo_is_valid_and_leads_nowhere_else(document: Any) -> None:
    made = as_popolo(document)
    known = {thing["id"] for things in made.values() for thing in things}
    assert len(known) == sum(map(len, made.values()))
    schemas = {
        path.stem: json.loads(path.read_text("utf-8")) for path in (HERE / "popolo").glob("*.json")
    }
    for kind, things in made.items():
        own = schemas[kind.rstrip("s") if kind != "memberships" else "membership"]
        for thing in things:
            _valid(own, thing, schemas)
            for key, value in thing.items():
                if key.endswith("_id"):
                    assert value in known, (kind, thing["id"], key, value)
    counts = {v["id"]: v for v in made["vote_events"]}
    assert document["candidates"]
    for candidate in document["candidates"]:
        event = counts[f"vote:{candidate['decision']}"]
        assert {"option": candidate["city"], "value": candidate["votes"]} in event["counts"]
        mine = [v for v in event["votes"] if v["option"] == candidate["city"]]
        assert len(mine) == candidate["votes"]
    for decision in document["decisions"]:
        if decision["closed"] and decision["for"] is not None:
            told = {c["option"]: c["value"] for c in counts[f"vote:{decision['id']}"]["counts"]}
            assert (told["yes"], told["no"]) == (decision["for"], decision["against"])


def _valid(schema: Any, thing: Any, schemas: Mapping[str, Any]) -> None:
    known = Schemas().with_resources((s["id"], DRAFT3.create_resource(s)) for s in schemas.values())
    Draft3Validator(schema, registry=known).validate(thing)


def test_the_feed_is_well_formed(document: Any) -> None:
    hostile = {**document["decisions"][0], "title": "<b>&\x07 Title", "closed": "2026-12-31"}
    feed = ElementTree.fromstring(as_feed(_with(document, decisions=[hostile])))
    name = f"{{{ATOM}}}"
    stories = feed.findall(f"{name}entry")
    days = [entry.findtext(f"{name}updated") or "" for entry in stories]
    assert days == sorted(days, reverse=True)
    ids = [entry.findtext(f"{name}id") for entry in stories]
    assert len(set(ids)) == len(ids) == len(document["meetings"]) + 1
    assert any("<b>&\ufffd Title" in (e.findtext(f"{name}title") or "") for e in stories)
