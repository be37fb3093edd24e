"""What a record says, decoded: the fields that few records have."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import b40cli
from b40cli.model.designation import starred
from b40cli.model.errors import HalfDone, MissingObject, Untold
from b40cli.model.facts.committee import Extended, committee_of
from b40cli.model.facts.correction import correction_of
from b40cli.model.facts.known import KnownHead, known_of
from b40cli.model.facts.member import FormerName, member_of
from b40cli.model.facts.network import network_of
from b40cli.model.results.published import columns
from b40cli.model.size import DOCUMENT, RECORD, said
from b40cli.model.state.forgotten import hashes_in
from b40cli.model.wording import counted, reported
from tests.invented import OPENED, SEVEN, SHA, SOURCE, member, records


def test_a_seat_that_a_resolution_extended() -> None:
    seat = {"seat": "elected-1", "city": SEVEN[3], "from": OPENED}
    longer = {**seat, "extended": {"by": "EC-2027-001", "until": "2027-03-01"}}
    held = committee_of("registry/committee/2026.yaml", {"seats": [seat, longer]}).seats
    assert [s.extended for s in held] == [None, Extended("EC-2027-001", date(2027, 3, 1))]


@pytest.mark.parametrize(
    ("until", "day", "by"),
    [
        ({}, None, False),
        ({"until": "2027-03-01"}, date(2027, 3, 1), False),
        ({"until": {"by": "2027-03-01"}}, date(2027, 3, 1), True),
    ],
)
def test_a_head_that_was_known_with_its_end(
    until: dict[str, Any], day: date | None, by: bool
) -> None:
    head = {"city": SEVEN[0], "name": "Ana Primer", "capacity": "mayor", **until}
    known = known_of({"heads": [head]})
    assert known is not None
    assert known.heads == (KnownHead(SEVEN[0], "Ana Primer", "mayor", None, day, by),)


def test_a_name_that_a_city_bore() -> None:
    data = {**member(SEVEN[0]), "former_names": [{"name": "Stari Kamenik", "until": "2026-02-01"}]}
    decoded = member_of(f"registry/members/{SEVEN[0]}.yaml", data)
    assert decoded.former_names == (FormerName("Stari Kamenik", date(2026, 2, 1)),)


def test_each_table_that_is_published_has_its_columns() -> None:
    tables = columns()
    assert tables["votes"] == ("decision", "member", "vote", "cast_by")
    assert [name for name, named in tables.items() if not named] == ["commit"]


def test_where_a_record_holds_the_hash_of_a_document() -> None:
    letter, form = {"path": "evidence/a.pdf", "sha256": SHA}, {"path": "b.pdf", "sha256": SHA}
    data = {"letter": letter, "form": form, "documents": [form, {"sha256": SHA}, letter]}
    places = [*hashes_in(data, "registry/evidence/a.pdf")]
    assert places == [("letter", "sha256"), ("documents", 2, "sha256")]


def test_one_is_counted_otherwise_than_two() -> None:
    said = [counted(n, what) for what in ("act", "duty", "day", "person") for n in (0, 1, 2)]
    assert said == [*("0 acts", "1 act", "2 acts"), *("0 duties", "1 duty", "2 duties"),
                    *("0 days", "1 day", "2 days"),
                    *("0 people", "1 person", "2 people")]  # fmt: skip
    assert [reported(n) for n in (None, 1, 76)] == [
        "an unknown number of members are reported",
        "1 member is reported",
        "76 members are reported",
    ]


def test_how_many_of_what_is_said_by_one_function() -> None:
    """`1 people` and `1 entries` were: no text counts what there is beside a word of its own."""
    beside = re.compile(r"\{(?:len|sum)\([^{}]*\)[^{}]*\} (?:[a-z-]+ )?(?:[a-z]+s|people)\b")
    found = [
        f"{file.name}: {told}"
        for file in Path(b40cli.__file__).parent.rglob("*.py")
        for told in beside.findall(file.read_text("utf-8"))
    ]
    assert found == []


def test_an_act_that_is_recorded_names_its_commit() -> None:
    """Exit 5 tells it, whatever could not be done or told."""
    untold = Untold("0123456789abcdef", ValueError("no screen"))
    assert (untold.commit, untold.exit_code) == ("0123456789abcdef", 5)
    assert "commit 0123456789ab is made" in str(untold) and "no screen" in str(untold)
    assert HalfDone("Said.", "Mend it.", "0123456789abcdef").commit == untold.commit


def test_kosovo_bears_its_asterisk() -> None:
    """Not twice, not where nobody wrote the name, not in an address."""
    said = ["Kosovo and Pec", "Kosovo* and Pec", "Pec", "https://example.org/Kosovo"]
    assert [starred(text) for text in said] == ["Kosovo* and Pec", *said[1:]]


def test_a_correction_is_nobodys_own_slip_unless_it_says_so() -> None:
    data = {"id": "C-2026-001", "corrects": "members/x", "at": "name", "was": "X", "is": "Y"}
    data |= {"why": "A slip.", "on": "2026-03-10", "by": "permanent-secretary"}
    path = "registry/corrections/C-2026-001.yaml"
    said = [correction_of(path, {**data, **more}).own_slip for more in ({}, {"own_slip": True})]
    assert said == [False, True]


def test_how_many_members_were_reported() -> None:
    network = records()["registry/network.yaml"]
    told = [{"on": day, "members": 80, "source": SOURCE} for day in ("2026-02-01", "2025-02-01")]
    found = network_of({**network, "reported": told}).reported
    assert [report.on for report in found] == [date(2025, 2, 1), date(2026, 2, 1)]


def test_a_limit_and_a_missing_object_are_named() -> None:
    assert (said(RECORD), said(DOCUMENT)) == ("1 MiB", "32 MiB")
    missing = MissingObject("0123456789abcdef")
    assert "0123456789abcdef is missing" in str(missing) and missing.oid == "0123456789abcdef"


def test_a_mandate_that_never_was_is_kept_apart() -> None:
    """It heads the city on no day, and its line stays on record."""
    lines = [
        {"name": "Ana Primer", "capacity": "mayor", "from": "2025-01-01"},
        {"name": "Iva Vzor", "capacity": "void", "from": "2025-06-01"},
    ]
    data = {"id": "al-aldmar", "name": "Aldmar", "country": "AL", "mayors": lines}
    member = member_of("registry/members/al-aldmar.yaml", data)
    assert [mayor.name for mayor in member.mayors] == ["Ana Primer"]
    assert [mayor.name for mayor in member.never_there] == ["Iva Vzor"]
