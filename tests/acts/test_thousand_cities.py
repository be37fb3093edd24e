"""A thousand invented cities with fifteen hundred mandates: imported, checked, corrected."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from b40cli.store.yaml.dialect import parse
from tests.acts.scene import Office, scene

COUNTRIES = ("AL", "BA", "BG", "HR", "GR", "XK", "ME", "MK", "RO", "RS", "SI", "TR")
HEAD = "name,country,since,source,id,gazetteer,mayor,mayor_from,mayor_until,ended,capacity\n"
CITIES, TWICE = 1_000, 500
# How the second mandate of a city stands to its first: from, until and why it ended.
SECOND = {
    "early": ("2019-11-01", "2021-11-01", "term"),
    "open": ("2025-11-05", "", ""),
    "by-dated": ("by 2025-12-01", "", ""),
    "ended by": ("2019-11-01", "by 2021-06-30", ""),
    "acting": ("2025-02-01", "2025-02-13", ""),
}


def rows(random: Random) -> list[str]:
    """The lines of the file, the mandates of a city far apart and in no order."""
    lines = []
    for n in range(CITIES):
        city = f"Grad {n:04}"
        start = f"{COUNTRIES[n % 12]},2025-01-20,founding-list,{_id(n)},none"
        until = random.choice(("2026-11-01", "2027-11-01", "2025-11-01"))
        lines.append(f"{city},{start},Ana {n:04},2021-11-01,{until},,")
        if n < TWICE:
            since, end, why = SECOND[list(SECOND)[n % len(SECOND)]]
            lines.append(f"{city},{start},Ivo {n:04},{since},{end},{why},{_capacity(n)}")
    random.shuffle(lines)
    return lines


def _capacity(n: int) -> str:
    return "acting-mayor" if list(SECOND)[n % len(SECOND)] == "acting" else ""


def _id(n: int) -> str:
    return f"{COUNTRIES[n % 12].lower()}-grad-{n:04}"


def test_a_thousand_cities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Doubled mandates are named by their lines, all in one pass; then all is lawful, and stays."""
    there = Office(scene(tmp_path), capsys)
    good = rows(Random("cities"))
    file = tmp_path / "cities.csv"
    wrong = [2 + 75 * n for n in range(20)]
    doubled = [_of_another(good[line - 2]) for line in wrong]
    file.write_text(HEAD + "\n".join([*good, *doubled]) + "\n", "utf-8")
    refused = there.asks("import", str(file), "--yes", on=None, exits=3)
    assert len(refused["findings"]) == len(wrong)
    assert there.commits() == 1

    file.write_text(HEAD + "\n".join(good) + "\n", "utf-8")
    brought = there.asks("import", str(file), "--yes", on=None)
    assert len(brought["result"]["records"]) == CITIES
    assert _mandates(there) == CITIES + TWICE
    assert there.asks("check", on=None)["result"]["counts"]["validity"] == 0

    listed = there.asks("member", "list", "--mandates", on="2026-03-01")["result"]
    heads = {row["id"]: row for row in listed["members"]}
    for n, kind in enumerate(SECOND):
        name = heads[_id(n)]
        told = "Ivo" if kind in ("open", "by-dated") else "Ana"
        assert str(name).count(f"{told} {n:04}") == 1, (kind, name)

    wrong_name = ("correct", _id(3), "--at", "mayors.0.name", "--is", "Ana Primer", "--own-slip")
    there.asks(*wrong_name, "--why", "A slip", on=None)
    older = ("member", "mayor", _id(700), "Petar Prvi", "--from", "2017-11-01")
    there.asks(*older, "--until", "2021-11-01", on="2026-11-23")
    assert there.asks("check", on=None)["result"]["counts"]["validity"] == 0


def _of_another(line: str) -> str:
    """The same mandate, said to be somebody else's."""
    return line.replace(",Ana ", ",Eva ").replace(",Ivo ", ",Eva ")


def _mandates(there: Office) -> int:
    folder = there.folder / "registry" / "members"
    return sum(
        len(record.get("mayors", ()))
        for file in folder.glob("*-grad-*.yaml")
        if isinstance(record := parse(file.read_bytes()), dict)
    )
