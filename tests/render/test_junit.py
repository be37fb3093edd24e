"""JUnit XML: well-formed whatever a record holds, a suite a folder, a case a finding."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from b40cli.cli.telling import told as tell
from tests.render.answers import HOSTILE, answer, finding

CASE = {"name", "classname", "time", "file", "line"}


def told(*findings: Any) -> ET.Element:
    """The document, its structure checked: counts agree, cases hold what a case may hold."""
    text = tell(answer("check", *findings), "junit")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ET.fromstring(text.encode())
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("errors") == "0"
        assert {e.tag for e in suite} <= {"testcase", "system-out"}
        for case in cases:
            assert set(case.keys()) <= CASE and case.get("name") and case.get("classname")
            assert {e.tag for e in case} <= {"failure", "system-out"} and len(case) <= 1
    suites = root.findall("testsuite")
    for count in ("tests", "failures"):
        assert int(root.get(count, "")) == sum(int(s.get(count, "")) for s in suites)
    return root


def test_nothing_found_is_a_case_that_passes() -> None:
    """An empty report would pass for one that was never written."""
    (case,) = told().findall("testsuite/testcase")
    assert len(case) == 0


def test_what_refuses_is_a_failure() -> None:
    """Validity and defects fail; duties and notes are told."""
    kinds = ("validity", "defect", "duty", "note")
    root = told(*(finding(kind=kind, rule=kind) for kind in kinds))
    failures = [f.get("type") for f in root.iter("failure")]
    assert sorted(filter(None, failures)) == ["defect", "validity"]
    assert len(root.findall(".//testcase/system-out")) == 2


def test_a_suite_for_each_folder() -> None:
    """With file, line and column of each case."""
    root = told(
        finding(file="registry/members/bg-x.yaml", line=31, column=5),
        finding(file="registry/decisions/2026/EC-2026-001.yaml"),
        finding(file="registry/network.yaml"),
        finding(file=""),
    )
    names = ["registry/members", "registry/decisions", "registry", "b40"]
    assert sorted(s.get("name", "") for s in root) == sorted(names)
    case = root.find("testsuite[@name='registry/members']/testcase")
    assert case is not None and case.get("name") == "a-rule at registry/members/bg-x.yaml:31:5"
    assert (case.get("file"), case.get("line")) == ("registry/members/bg-x.yaml", "31")


@pytest.mark.parametrize(
    "hostile",
    [*HOSTILE, "]]>", "</failure><x>", "&amp; &#1; \"'", "\ufffe\uffff", "<!-- -->", "\x00\x0b"],
)
def test_hostile_text_is_text(hostile: str) -> None:
    """It comes out again as text, in one place, with its controls shown."""
    root = told(finding(hostile, remedy=hostile, rule="a-rule", file=f"registry/{hostile}.yaml"))
    (failure,) = root.iter("failure")
    assert failure.text is not None
    assert not any(ord(c) < 32 and c != "\n" for c in failure.text)
    if hostile == "]]>":
        assert "]]>" in failure.text


def test_kosovo_has_its_asterisk_and_the_note() -> None:
    """In the text; a file's name stays what it is."""
    root = told(finding("A city in Kosovo.", file="registry/evidence/Kosovo.pdf"))
    (case,) = root.iter("testcase")
    assert case.get("file") == "registry/evidence/Kosovo.pdf"
    assert "A city in Kosovo*." in (case[0].text or "")
    assert "UNSCR" in (root.findtext("testsuite/system-out") or "")
