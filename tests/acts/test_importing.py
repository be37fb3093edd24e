"""`import`: all rows or none, and every bad one named with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.store.yaml.dialect import parse
from tests.acts.scene import Office, scene
from tests.invented import git
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
        "name,country,since,source,mayor\nX,BG,2025-06-01,founding-list,Y\n",
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
def test_a_spreadsheet_is_a_question_of_another_form(at: Office, tmp_path: Path, name: str) -> None:
    refused = brought(at, tmp_path, name, "PK", exits=2)
    assert "is a spreadsheet" in refused["findings"][0]["message"]
    assert "CSV" in refused["findings"][0]["help"]


def test_one_is_no_plural(at: Office, tmp_path: Path) -> None:
    brought(at, tmp_path, "members.csv", GOOD + ROW)
    assert at.message().startswith("import: 1 member from members.csv\n")
