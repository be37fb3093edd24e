"""Findings as JUnit XML: a suite a folder of the registry, a case a finding."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from b40cli.model.answer import Answer
from b40cli.model.designation import starred
from b40cli.model.finding import Finding
from b40cli.render.findings import word as _word
from b40cli.render.kosovo import NOTE
from b40cli.render.visible import visible

FAILS = frozenset({"validity", "defect"})
# Characters no XML document may hold, not even escaped; controls are made visible before.
_NOT_XML = re.compile("[\ufffe\uffff]")


def as_junit(answer: Answer[Any]) -> str:
    """One suite for each folder; without findings one case that passes."""
    root = ET.Element("testsuites", _totals(f"b40 {answer.command}", answer.findings))
    folders: dict[str, list[Finding]] = {}
    for finding in answer.findings:
        folders.setdefault(_folder(finding), []).append(finding)
    for folder, found in folders.items():
        suite = ET.SubElement(root, "testsuite", _totals(folder, found))
        for finding in found:
            _case(suite, finding)
    if not answer.findings:
        suite = ET.SubElement(root, "testsuite", {**_totals("registry", ()), "tests": "1"})
        ET.SubElement(suite, "testcase", _named("nothing is refused", "registry"))
        root.set("tests", "1")
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    if "Kosovo*" in text:
        text = _with_note(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _with_note(root: ET.Element) -> str:
    """The note on the designation, where a suite may say what it wants to."""
    for suite in root[-1:]:
        ET.SubElement(suite, "system-out").text = NOTE
    ET.indent(root)
    return ET.tostring(root, encoding="unicode")


def _totals(name: str, found: tuple[Finding, ...] | list[Finding]) -> dict[str, str]:
    failures = sum(finding.kind in FAILS for finding in found)
    return {
        "name": _text(name),
        "tests": str(len(found)),
        "failures": str(failures),
        "errors": "0",
        "time": "0",
    }


def _named(name: str, where: str) -> dict[str, str]:
    return {"name": _text(name), "classname": _text(where), "time": "0"}


def _case(suite: ET.Element, finding: Finding) -> None:
    place = f"{finding.file}:{finding.line}:{finding.column}" if finding.file else "the command"
    name = f"{finding.rule} at {place}"
    where = finding.file.removesuffix(".yaml").replace("/", ".") or "b40"
    about = {"file": _raw(finding.file), "line": str(finding.line)} if finding.file else {}
    case = ET.SubElement(suite, "testcase", {**_named(name, where), **about})
    said = _text(f"{place}  {_word(finding)}  {finding.article}  {finding.message}")
    if finding.kind in FAILS:
        about = {"type": finding.rule, "message": _text(finding.message)}
        ET.SubElement(case, "failure", about).text = f"{said}\n{_text(finding.remedy)}"
    else:
        ET.SubElement(case, "system-out").text = f"{said}\n{_text(finding.remedy)}"


def _folder(finding: Finding) -> str:
    """registry/members for a member, registry for what lies at its top."""
    return "/".join(finding.file.split("/")[:-1][:2]) or "b40"


def _text(text: str) -> str:
    return starred(_raw(text))


def _raw(text: str) -> str:
    """Text that XML can hold: what it cannot is shown as an escape."""
    return _NOT_XML.sub(lambda found: ascii(found[0])[1:-1], visible(text))
