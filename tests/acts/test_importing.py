"""`import`: all rows or none, and every bad one named with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import Office, scene
from tests.invented import git
from tests.scenario import ask
from tests.store.checkout import snapshot

GOOD = "name,country,since,source,id,gazetteer,population,note\n"
ROW = "Ravnopolje,HR,2025-06-01,founding-list,,none,12000,from the list\n"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path), capsys)


def brought(
    at: Office, tmp_path: Path, name: str, text: str, *more: str, exits: int = 0
) -> dict[str, Any]:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return at.asks("import", str(file), *(more or ("--yes",)), exits=exits)


def kept(at: Office, path: str) -> dict[str, Any]:
    record = parse(at.text(path).encode())
    assert isinstance(record, dict)
    return record


def test_a_csv_of_members(at: Office, tmp_path: Path) -> None:
    """`by` a day is kept as such; an id is made from the name unless one is given."""
    text = GOOD + ROW + '"Vodno Polje",mk,by 2025-09-30,founding-list,mk-vodno,none,,\n'
    result = brought(at, tmp_path, "members.csv", text)["result"]
    assert result["records"] == [
        "registry/members/hr-ravnopolje.yaml",
        "registry/members/mk-vodno.yaml",
    ]
    assert kept(at, "registry/members/hr-ravnopolje.yaml") == {
        "id": "hr-ravnopolje",
        "name": "Ravnopolje",
        "country": "HR",
        "population": {"count": 12000, "source": "founding-list"},
        "note": "from the list",
        "attested": {"since": "2025-06-01", "source": "founding-list"},
    }
    vodno = kept(at, "registry/members/mk-vodno.yaml")
    assert vodno["attested"]["since"] == {"by": "2025-09-30"}
    assert git(at.folder, "log", "-1", "--format=%s").strip() == (
        "import: 2 members from members.csv"
    )


def test_a_bad_row_keeps_all_out(at: Office, tmp_path: Path) -> None:
    """Every bad row is named by its line, and the good ones do not come in."""
    text = (
        GOOD
        + ROW
        + (
            "Ravnopolje,H,2025-06-01,founding-list,,none,,\n"
            "Kasnograd,RS,yesterday,founding-list,,none,,\n"
            "Brojgrad,RS,2025-06-01,founding-list,,none,many,\n"
            "Çamlıova,TR,2025-06-01,founding-list,tr-camliova,none,,\n"
            "Previse,RS,2025-06-01,founding-list,,none,,,extra\n"
        )
    )
    before = snapshot(at.folder)
    answer = brought(at, tmp_path, "members.csv", text, exits=3)
    assert {finding["line"] for finding in answer["findings"]} == {3, 4, 5, 6, 7}
    assert {finding["file"] for finding in answer["findings"]} == {"members.csv"}
    assert snapshot(at.folder) == before


def test_a_row_the_law_refuses_keeps_all_out(at: Office, tmp_path: Path) -> None:
    """A source nobody listed: readable, and still refused whole (exit 1)."""
    before = snapshot(at.folder)
    text = GOOD + ROW + "Kasnograd,RS,2025-06-01,hearsay,,none,,\n"
    answer = brought(at, tmp_path, "members.csv", text, exits=1)
    assert [f["rule"] for f in answer["findings"]] == ["references-resolve"]
    assert snapshot(at.folder) == before


def test_the_same_city_twice_in_one_file(at: Office, tmp_path: Path) -> None:
    """Is no silent merge: the second would take the first one's place."""
    before = snapshot(at.folder)
    answer = brought(at, tmp_path, "members.csv", GOOD + ROW + ROW, exits=3)
    assert [finding["line"] for finding in answer["findings"]] == [3]
    assert snapshot(at.folder) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name,country\nX,BG\n",
        "name,country,since,source,colour\nX,BG,2025-06-01,founding-list,Y\n",
        GOOD + '"Ravnopolje,HR\n',
    ],
    ids=["empty", "too-few-columns", "an-unknown-column", "an-open-quote"],
)
def test_no_csv_of_ours(text: str, at: Office, tmp_path: Path) -> None:
    """Columns are said, not guessed."""
    brought(at, tmp_path, "members.csv", text, exits=3)
    assert at.commits() == 1


YAML = """\
sources:
  a-letter: {what: A letter of an invented city}
complete: {members: 2026-01-05}
members:
  - {id: hr-ravno, name: Ravno, country: HR, attested: {since: 2025-06-01, source: a-letter}}
presidencies:
  - {year: 2024, city: tr-camliova, attested: {since: 2024-02-01, source: a-letter}}
"""


def test_a_yaml_of_several_lists(at: Office, tmp_path: Path) -> None:
    """With the sources they rest on, in one commit."""
    result = brought(at, tmp_path, "opening.yaml", YAML)["result"]
    assert len(result["records"]) == 2
    assert "a-letter" in kept(at, "registry/evidence/sources.yaml")["sources"]
    assert at.commits() == 2
    assert at.asks("check")["result"]["counts"]["validity"] == 0


def test_a_bad_record_among_good_ones(at: Office, tmp_path: Path) -> None:
    """Named by the line it stands in."""
    text = YAML.replace("year: 2024", "yaer: 2024").replace("country: HR", "country: hr")
    answer = brought(at, tmp_path, "opening.yaml", text, exits=3)
    assert {finding["line"] for finding in answer["findings"]} == {5, 7}
    assert at.commits() == 1


def test_the_same_record_twice_on_one_line(at: Office, tmp_path: Path) -> None:
    """In YAML, too."""
    row = "{year: 2024, city: tr-camliova}"
    answer = brought(at, tmp_path, "opening.yaml", f"presidencies: [{row}, {row}]\n", exits=3)
    assert [f["message"] for f in answer["findings"]] == ["2024 stands in line 1 already."]


@pytest.mark.parametrize(
    "text",
    ["members: [&a {id: x}]\n", "decisions: []\n", "members:\n  - {id: no\n"],
    ids=["an-anchor", "another-list", "unclosed"],
)
def test_no_yaml_of_ours(text: str, at: Office, tmp_path: Path) -> None:
    """The strict dialect, and only the lists of an opening record."""
    brought(at, tmp_path, "opening.yaml", text, exits=3)
    assert at.commits() == 1


def test_a_preview_first(at: Office, tmp_path: Path) -> None:
    """In a pipe nobody can say yes: --yes says it, --dry-run only looks."""
    brought(at, tmp_path, "members.csv", GOOD + ROW, "--dry-run")
    brought(at, tmp_path, "members.csv", GOOD + ROW, "--quiet", exits=2)
    assert at.commits() == 1
    brought(at, tmp_path, "members.csv", GOOD + ROW, "--yes")
    assert at.commits() == 2
    brought(at, tmp_path, "members.csv", GOOD + ROW, "--yes", exits=3)


def test_a_file_that_is_not_there(at: Office, tmp_path: Path) -> None:
    """Is a usage error."""
    at.asks("import", str(tmp_path / "nowhere.csv"), "--yes", exits=2)
    brought(at, tmp_path, "members.csv", GOOD + ROW, "--whole", "mayors", "--yes", exits=2)


@pytest.mark.parametrize("name", ["members.xlsx", "members.XLS", "members.ods"])
def test_a_spreadsheet_that_cannot_be_read(at: Office, tmp_path: Path, name: str) -> None:
    refused = brought(at, tmp_path, name, "PK", exits=2)
    assert "CSV" in refused["findings"][0]["help"]


def test_one_is_no_plural(at: Office, tmp_path: Path) -> None:
    brought(at, tmp_path, "members.csv", GOOD + ROW)
    assert at.message().startswith("import: 1 member from members.csv\n")


def test_a_row_the_law_refuses_is_named_by_its_line(at: Office, tmp_path: Path) -> None:
    text = GOOD + ROW + "Kasnograd,RS,2025-06-01,hearsay,,none,,\n"
    [found] = brought(at, tmp_path, "members.csv", text, exits=1)["findings"]
    assert (found["file"], found["line"]) == ("members.csv", 3)


def test_all_mistakes_come_in_one_pass(at: Office, tmp_path: Path) -> None:
    """What cannot be read and what has not come yet, each at its line."""
    text = GOOD + (
        '"Prvi\nGrad",RS,2025-06-01,founding-list,rs-prvi,none,many,\n'
        "\n"
        "Drugi,RS,2027-01-01,founding-list,,none,,\n"
        "Treći,RS,31/01/2025,founding-list,,none,,\n"
        "Četvrti,RS,2025-01-31,hearsay,,none,,\n"
    )
    answer = brought(at, tmp_path, "members.csv", text, exits=3)
    assert [f["line"] for f in answer["findings"]] == [2, 5, 6, 7]
    assert "by DAY" in answer["findings"][2]["help"]


def test_a_country_that_is_none_is_told_with_the_other_mistakes(at: Office, tmp_path: Path) -> None:
    text = "name,country,since,source,gazetteer\nPrvi,QQ,soon,founding-list,none\n"
    answer = brought(at, tmp_path, "members.csv", text, exits=3)
    assert {f["message"] for f in answer["findings"]} == {
        "country QQ is the code of no country.",
        "since soon is not a day.",
    }
    answer = brought(at, tmp_path, "o.yaml", YAML.replace("country: HR", "country: QQ"), exits=3)
    assert "country QQ is the code of no country." in {f["message"] for f in answer["findings"]}


def test_all_mistakes_of_one_row_come_in_one_pass(at: Office, tmp_path: Path) -> None:
    text = (
        "name,country,since,source,gazetteer,population,mayor,mayor_from,mayor_until\n"
        "Prvi,Serbia,2025-02-30,,none,many,Ana,5/6/2024,soon\n"
    )
    answer = brought(at, tmp_path, "members.csv", text, exits=3)
    assert {f["message"] for f in answer["findings"]} == {
        "The row names no source.",
        "country Serbia is not two letters.",
        "mayor_from 5/6/2024 is not a day.",
        "mayor_until soon is not a day.",
        "since 2025-02-30 is not a day.",
        "population many is no number.",
    }
    told = ask(at.folder, "import", str(tmp_path / "members.csv"), "--yes").err
    assert "members.csv is not imported: 6 mistakes in its rows." in told


def test_a_further_row_is_told_nothing_that_the_first_one_said(at: Office, tmp_path: Path) -> None:
    """Since when a city is a member stands in its first row, whatever else is wrong there."""
    text = (
        "name,country,since,source,gazetteer,population,mayor,mayor_from\n"
        "Prvi,RS,2025-02-01,founding-list,none,many,Ana,2024-06-05\n"
        "Prvi,RS,,,none,,Iva,2020-06-05\n"
        "Prvi,RS,,,none,,Eva,soon\n"
    )
    answer = brought(at, tmp_path, "members.csv", text, exits=3)
    assert [(f["line"], f["message"]) for f in answer["findings"]] == [
        (2, "population many is no number."),
        (4, "mayor_from soon is not a day."),
    ]


SHEET = (
    "NAME;Country;SINCE;Source;MAYOR;Mayor from;mandate_until;Native_Name;Gazetteer\r\n"
    "Ravnopolje;hr;31.01.2025;Popis iz travnja 2025;Čedomir Šušnjar;by 2022-06-01;2024-06-01;"
    "Ravnopolje;none\r\n"
    "Ravnopolje;HR;;;Ana Đurić;2024-06-01;2030-06-01;;none\r\n"
)


@pytest.mark.parametrize(
    ("encoding", "separator", "said"),
    [
        ("utf-8", ";", "semicolons, UTF-8"),
        ("utf-8-sig", "\t", "tabs, UTF-8"),
        ("utf-16", ";", "semicolons, UTF-16"),
        ("utf-16-be", ";", "semicolons, UTF-16"),
        ("cp1250", ";", "semicolons, cp1250 (look at the names)"),
        ("utf-8", ",", "commas, UTF-8"),
    ],
)
def test_what_a_spreadsheet_program_writes(
    encoding: str, separator: str, said: str, at: Office, tmp_path: Path
) -> None:
    """Any separator and encoding of the region, heads of any case, a row for each mandate."""
    file = tmp_path / "sheet.csv"
    file.write_bytes(SHEET.replace(";", separator).encode(encoding))
    result = at.asks("import", str(file), "--yes")["result"]
    assert (result["read_as"], result["records"]) == (said, ["registry/members/hr-ravnopolje.yaml"])
    source = "popis-iz-travnja-2025"
    assert kept(at, "registry/members/hr-ravnopolje.yaml") == {
        "id": "hr-ravnopolje",
        "name": "Ravnopolje",
        "native_name": "Ravnopolje",
        "country": "HR",
        "attested": {"since": "2025-01-31", "source": source},
        "mayors": [
            {
                "name": "Čedomir Šušnjar",
                "capacity": "mayor",
                "from": {"by": "2022-06-01"},
                "until": "2024-06-01",
                "source": source,
            },
            {"name": "Ana Đurić", "capacity": "mayor", "from": "2024-06-01", "until": "2030-06-01"},
        ],
    }
    listed = kept(at, "registry/evidence/sources.yaml")["sources"]
    assert listed[source] == {"what": "Popis iz travnja 2025"}
    assert at.asks("check")["result"]["counts"]["validity"] == 0


@pytest.mark.parametrize(
    ("encoding", "name", "mayor"),
    [
        ("cp1251", "Ravnopolje", "Жика Ђурић"),
        ("cp1253", "Ravnopolje", "Αλέξης Πρώτος"),
        ("cp1254", "Kızılırmak", "Ayşe Işık"),
    ],
)
def test_another_code_page_is_not_taken_for_cp1250(
    encoding: str, name: str, mayor: str, at: Office, tmp_path: Path
) -> None:
    """A Cyrillic, Greek or Turkish sheet read so would name people as nobody is called."""
    text = SHEET.replace("Ravnopolje", name).replace("Čedomir Šušnjar", mayor)
    file = tmp_path / "sheet.csv"
    file.write_bytes(text.replace("Ana Đurić", mayor).encode(encoding))
    (found,) = at.asks("import", str(file), "--yes", exits=3)["findings"]
    assert "no language of the region" in found["message"] and "UTF-8" in found["help"]
    file.write_bytes(SHEET.replace("Popis", "Łódź, popis").encode("cp1250"))
    at.asks("import", str(file), "--yes")


def test_a_further_row_is_named_by_its_own_line(at: Office, tmp_path: Path) -> None:
    """A mandate that is none, a day to come, another since; a city of our own needs no number."""
    text = (
        "name,country,since,source,mayor,mayor from,mayor until\n"
        "Kamenik,HR,,founding-list,Ana,2020-05-01,\n"
        "Kamenik,HR,,founding-list,Iva,2019-05-01,2018-05-01\n"
        "Kamenik,HR,,founding-list,Eva,2027-05-01,\n"
        "Jezerna,SI,2025-01-20,founding-list,Ana,2020-05-01,\n"
        "Jezerna,SI,2024-01-20,founding-list,Iva,2019-05-01,\n"
    )
    answer = brought(at, tmp_path, "members.csv", text, exits=3)
    assert [f["line"] for f in answer["findings"]] == [3, 4, 6]
    assert "since another day in line 5" in answer["findings"][2]["message"]


@pytest.mark.parametrize(
    "heads", ["name,country,since,source,Name", "name,country,since,source,city"]
)
def test_a_column_that_is_there_twice(heads: str, at: Office, tmp_path: Path) -> None:
    text = f"{heads}\nBeograd,RS,2025-01-20,founding-list,Vrelo\n"
    brought(at, tmp_path, "members.csv", text, exits=3)


def test_a_remedy_that_rows_share_is_said_once(
    at: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{GOOD.splitlines()[0]}\nA,HR,46000,statutes,,none,,\nB,HR,46001,statutes,,none,,\n"
    (tmp_path / "days.csv").write_text(text)
    assert main(["-C", str(at.folder), "import", str(tmp_path / "days.csv"), "--yes"]) == 3
    said = capsys.readouterr().err
    assert (said.count("46000"), said.count("46001"), said.count("as by DAY")) == (1, 1, 1)


def test_the_separator_that_excel_declares(at: Office, tmp_path: Path) -> None:
    answer = brought(
        at, tmp_path, "members.csv", "sep=;\n" + GOOD.replace(",", ";") + "X;H\n", exits=3
    )
    assert [finding["line"] for finding in answer["findings"]] == [3]


def test_a_workbook(at: Office, tmp_path: Path) -> None:
    """Days and numbers as cells of their kind; the template is one, and says what goes where."""
    from openpyxl import load_workbook

    at.asks("import", str(tmp_path / "opening.xlsx"), "--template", "xlsx", on=None)
    book = load_workbook(tmp_path / "opening.xlsx")
    heads = [cell.value for cell in book["members"][1]]
    assert heads[:4] == ["name", "country", "since", "source"]
    row = dict.fromkeys(heads)
    row |= {"name": "Ravnopolje", "country": "HR", "source": "letter", "gazetteer": "none"}
    row |= {"since": date(2025, 6, 1), "population": 12000.0, "mayor": "Ana Primer"}
    row |= {"mayor_from": "by 2024-05-01"}
    book["members"].append([row[head] for head in heads])
    book["sources"].append(["letter", "A letter of an invented city", None, None])
    book.save(tmp_path / "filled.xlsx")
    result = at.asks("import", str(tmp_path / "filled.xlsx"), "--yes")["result"]
    assert result["read_as"] == "sheet members"
    record = kept(at, "registry/members/hr-ravnopolje.yaml")
    assert record["population"] == {"count": 12000, "source": "letter"}
    assert record["attested"] == {"since": "2025-06-01", "source": "letter"}
    assert record["mayors"][0]["from"] == {"by": "2024-05-01"}


@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx"])
def test_a_template_is_written_once(form: str, at: Office, tmp_path: Path) -> None:
    target = str(tmp_path / f"empty.{form}")
    at.asks("import", target, "--template", form, on=None)
    at.asks("import", target, "--template", form, on=None, exits=2)
    at.asks("import", target, "--template", "ods", on=None, exits=2)


def test_the_yaml_template_says_what_can_be_imported(at: Office, tmp_path: Path) -> None:
    """Its examples, without the marks of a comment, come in."""
    from b40cli.acts.imports.template import EXAMPLE

    lines = EXAMPLE.split("#\n", 1)[1].splitlines()
    text = "\n".join(line.removeprefix("# ") for line in lines)
    text = text.replace("bg-rosendol", "bg-novi-rosendol").replace(
        "name: Rosendol", "name: Novi Rosendol"
    )
    text = text.replace("year: 2025", "year: 2024")
    brought(at, tmp_path, "opening.yaml", text, "--dry-run")


def test_days_to_come_are_refused_but_for_ends(at: Office, tmp_path: Path) -> None:
    """What has happened is not in the future; an `until` may lie there."""
    mayor = "{name: Ana Primer, capacity: mayor, from: 2024-05-01, until: 2029-05-01}"
    source = "attested: {since: 2025-06-01, source: founding-list}"
    good = f"members: [{{id: hr-x, name: X, country: HR, {source}, mayors: [{mayor}]}}]\n"
    brought(at, tmp_path, "opening.yaml", good, "--dry-run")
    for old, new in (("since: 2025", "since: 2027"), ("from: 2024", "from: 2027")):
        text = good.replace(old, new)
        answer = brought(at, tmp_path, "opening.yaml", text, "--dry-run", exits=3)
        assert "has not come yet" in answer["findings"][0]["message"]
    text = good.replace("since: 2025-06-01", "since: {by: 2027-06-01}")
    brought(at, tmp_path, "opening.yaml", text, "--dry-run", exits=3)
    people = "population: {count: 3, year: 2027, source: founding-list}"
    text = good.replace("country: HR", f"country: HR, {people}")
    text += "reported: [{on: 2027-06-01, members: 76, source: founding-list}]\n"
    found = brought(at, tmp_path, "opening.yaml", text, "--dry-run", exits=3)["findings"]
    assert sum("has not come yet" in finding["message"] for finding in found) == 2
    text = good + "complete: {members: 2026-12-01, meetings: 2026-01-05}\n"
    found = brought(at, tmp_path, "opening.yaml", text, "--dry-run", exits=3)["findings"]
    assert [f["message"] for f in found] == [
        "complete.members is 2026-12-01, which has not come yet."
    ]


@pytest.mark.parametrize(
    "mayors",
    [
        "[{name: A, capacity: mayor, from: 2024-05-01, until: 2024-05-01}]",
        "[{name: A, capacity: mayor, from: 2024-05-01, until: 2023-05-01}]",
        "[{name: A, capacity: mayor, from: 2024-05-01}, "
        "{name: B, capacity: mayor, from: 2024-05-01}]",
        "[{name: A, capacity: mayor, from: {by: 2024-05-01}, until: {by: 2023-05-01}}]",
    ],
    ids=["empty", "reversed", "doubled", "reversed-by"],
)
def test_a_mandate_that_is_none(mayors: str, at: Office, tmp_path: Path) -> None:
    source = "attested: {since: 2025-06-01, source: founding-list}"
    text = f"members: [{{id: hr-x, name: X, country: HR, {source}, mayors: {mayors}}}]\n"
    brought(at, tmp_path, "opening.yaml", text, "--dry-run", exits=3)


def test_several_sources_and_free_words(at: Office, tmp_path: Path) -> None:
    text = """\
members:
  - name: Beograd
    country: RS
    attested: {since: 2025-06-01, source: [founding-list, "A letter, 3 May"]}
"""
    brought(at, tmp_path, "opening.yaml", text)
    record = kept(at, "registry/members/rs-belgrade.yaml")
    assert record["attested"]["source"] == ["founding-list", "a-letter-3-may"]
    assert (record["name"], record["gazetteer"]) == ("Beograd", 792680)


def test_a_city_on_record_gets_what_it_lacked(at: Office, tmp_path: Path) -> None:
    """Once: then it is on record; and what it says otherwise is not taken over."""
    text = "name,country,since,source,id,gazetteer,native_name,mayor,mayor_from\n"
    row = "Kamenik,HR,,,hr-kamenik,none,Каменик,Ana Primer,2024-05-01\n"
    brought(at, tmp_path, "more.csv", text + row)
    record = kept(at, "registry/members/hr-kamenik.yaml")
    assert (record["native_name"], record["mayors"][0]["name"]) == ("Каменик", "Ana Primer")
    brought(at, tmp_path, "more.csv", text + row, exits=3)
    other = "Kamenik,HR,2020-01-01,founding-list,hr-kamenik,none,,,\n"
    answer = brought(at, tmp_path, "more.csv", text + other, exits=3)
    assert "on record otherwise: attested.since" in answer["findings"][0]["message"]


def test_the_secretariat_and_counts_are_completed(at: Office, tmp_path: Path) -> None:
    """Plain words are a source there too; a second file adds what the first did not tell."""
    first = "{name: Ana Primer, from: {by: 2025-03-01}, source: A letter of May}"
    second = "{name: Ivo Uzor, from: 2025-06-01, source: A letter of May}"
    for told in (first, f"{first}, {second}"):
        text = (
            f"secretariat: {{appointments: [{told}]}}\n"
            "reported: [{on: 2025-06-01, members: 12, source: A count}]\n"
        )
        brought(at, tmp_path, "opening.yaml", text)
    held = kept(at, "registry/secretariat.yaml")["appointments"]
    assert [(a["name"], a["source"]) for a in held] == [
        ("Ana Primer", "a-letter-of-may"),
        ("Ivo Uzor", "a-letter-of-may"),
    ]
    assert kept(at, "registry/network.yaml")["reported"][0]["source"] == "a-count"


def test_a_departure_by_a_day_is_told_so(at: Office, tmp_path: Path) -> None:
    days = "since: {by: 2025-02-01}, until: {by: 2025-12-31}"
    text = (
        f"members: [{{id: hr-x, name: X, country: HR, attested: {{{days}, source: statutes}}}}]\n"
    )
    brought(at, tmp_path, "opening.yaml", text)
    listed = at.asks("member", "list")["result"]["members"]
    (row,) = [m for m in listed if m["id"] == "hr-x"]
    assert (row["standing"], row["since"]) == ("left", "by 2025-12-31")


def test_who_came_to_a_meeting_of_the_past_is_added(at: Office, tmp_path: Path) -> None:
    """What an attested meeting lacked, and further delegations; never another one."""
    text = (
        "meetings: [{id: 2025-01-20-summit, kind: summit, opens: 2025-01-20, source: founding-list"
        "{more}}]\n"
    )
    brought(at, tmp_path, "opening.yaml", text.replace("{more}", ""))
    heads = "{member: hr-kamenik, head: {name: Ana, capacity: mayor}, source: statutes}"
    for more in (heads, f"{heads}, {heads.replace('hr-kamenik', 'si-jezerna')}"):
        brought(at, tmp_path, "opening.yaml", text.replace("{more}", f", delegations: [{more}]"))
    held = kept(at, "registry/meetings/2025-01-20-summit.yaml")["delegations"]
    assert [d["member"] for d in held] == ["hr-kamenik", "si-jezerna"]
    other = heads.replace("Ana", "Iva")
    text = text.replace("{more}", f", delegations: [{other}]")
    brought(at, tmp_path, "opening.yaml", text, exits=3)
    at.asks("check")
    at.asks("audit")


def test_a_member_since_before_any_edition(at: Office, tmp_path: Path) -> None:
    text = GOOD + "Stari Grad,RS,2021-11-30,founding-list,,none,,\n"
    answer = brought(at, tmp_path, "members.csv", text)
    assert {f["rule"] for f in answer["findings"]} == {"no-encoded-edition"}


def test_a_seat_that_nobody_knew_is_filled(at: Office, tmp_path: Path) -> None:
    """By a page that was read later."""
    seat = "{seat: next, city: unknown, from: 2025-01-20}"
    brought(at, tmp_path, "one.yaml", f"committee: [{{year: 2025, seats: [{seat}]}}]\n")
    known = "{seat: next, city: hr-kamenik, from: 2025-01-20, source: founding-list}"
    brought(at, tmp_path, "two.yaml", f"committee: [{{year: 2025, seats: [{known}]}}]\n")
    [held] = kept(at, "registry/committee/2025.yaml")["seats"]
    assert held["city"] == "hr-kamenik"


def test_the_past_as_sources_tell_it(at: Office, tmp_path: Path) -> None:
    """A member that left under older statutes, an attested end, an attested observer."""
    text = """\
members:
  - id: hr-a
    name: A
    country: HR
    attested: {since: 2021-11-30, source: founding-list}
    withdrawal: {received: 2023-05-02, effective: 2024-01-01}
  - id: hr-b
    name: B
    country: HR
    attested: {since: 2022-03-01, until: 2025-06-01, source: founding-list}
observers:
  - id: at-c
    name: C
    kind: local-government
    country: AT
    population: {count: 900000, source: founding-list}
    invitations: [{to: ga, on: 2024-05-01, source: founding-list}]
"""
    brought(at, tmp_path, "opening.yaml", text)
    for day, standing in (("2025-05-31", "member"), ("2025-06-01", "left"), ("2026-03-10", "left")):
        rows = at.asks("member", "list", on=day)["result"]["members"]
        assert {r["id"]: r["standing"] for r in rows}["hr-b"] == standing
    rows = at.asks("member", "list")["result"]["members"]
    assert {r["id"]: r["standing"] for r in rows}["hr-a"] == "left"
    assert at.asks("check")["result"]["counts"]["validity"] == 0


@pytest.mark.parametrize(
    "named",
    [
        "{name: Local Democracy and Migration, id: migration, kind: permanent, %s}",
        "{name: local democracy & migration, kind: permanent, %s}",
        "{name: Local Democracy and Migration, %s}",
        "{id: local-democracy-and-migration, %s}",
    ],
    ids=["own-id", "an-and", "name-alone", "id-alone"],
)
def test_a_permanent_group_is_known_by_its_name(
    named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is on record of it is completed, whatever id an older file gave it."""
    group, name = "local-democracy-and-migration", "Local Democracy and Migration"
    held = {"id": group, "name": name, "kind": "permanent"}
    at = Office(scene(tmp_path, given={f"groups/{group}": held}, rule_set=2), capsys)
    row = named % "since: 2025-02-01, source: founding-list"
    brought(at, tmp_path, "groups.yaml", f"groups:\n  - {row}\n")
    path = f"registry/groups/{group}.yaml"
    assert kept(at, path) == {**held, "since": "2025-02-01", "source": "founding-list"}
    assert at.asks("check")["ok"]
