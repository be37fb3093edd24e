"""Findings as SARIF 2.1.0, for the hosts and tools that read it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from b40cli import __version__
from b40cli.model.answer import Answer
from b40cli.model.designation import starred
from b40cli.model.finding import Finding
from b40cli.render.kosovo import NOTE
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.model.answer import NormTold

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")
LEVELS = {"defect": "error", "validity": "error", "duty": "warning", "note": "note"}


def as_sarif(answer: Answer[Any]) -> str:
    """One log with one run: the rules that spoke, and what they said."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(answer)]}
    return json.dumps(log, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _run(answer: Answer[Any]) -> dict[str, Any]:
    rules = list(dict.fromkeys(finding.rule for finding in answer.findings))
    norms = answer.beside.get("rules", {})
    results = [_result(finding, rules.index(finding.rule)) for finding in answer.findings]
    properties = {"command": answer.command, "on": answer.on, "register": answer.status}
    if "Kosovo*" in json.dumps(results, ensure_ascii=False):
        properties["designationNote"] = NOTE
    driver = {
        "name": "b40",
        "semanticVersion": _semantic(__version__),
        "version": __version__,
        "rules": [_rule(answer, name, norms.get(name)) for name in rules],
    }
    return {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "exitCode": answer.exit_code}],
        "results": results,
        "properties": properties,
    }


def _semantic(version: str) -> str:
    """Three numbers; a version with fewer is filled up."""
    numbers = [part for part in version.split(".")[:3] if part.isdecimal()]
    return ".".join([*numbers, "0", "0"][:3])


def _rule(answer: Answer[Any], name: str, norm: NormTold | None) -> dict[str, Any]:
    """A rule's metadata; what is no norm of the statutes is told by its article alone."""
    first = next(finding for finding in answer.findings if finding.rule == name)
    article = norm["article"] if norm else first.article
    short = norm["norm"] if norm else f"{name} ({article})" if article else name
    rule = {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        # No address is known at which the rules' pages lie: a name, which b40 explain tells of.
        "helpUri": f"urn:b40:rule:{quote(name)}",
        "shortDescription": _message(short),
        "defaultConfiguration": {"level": LEVELS[first.kind]},
        "properties": {"article": starred(article), "kind": first.kind},
    }
    if norm is not None:
        rule["fullDescription"] = _message(f"{article}: {norm['norm']}")
        rule["help"] = _message(f"Fails: {norm['fails']} Cure: {norm['cure']}")
    return rule


def _result(finding: Finding, index: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.kind],
        "message": _message(f"{finding.message} {finding.remedy}"),
        "locations": [{"physicalLocation": _place(finding)}] if finding.file else [],
        "partialFingerprints": {"b40/v1": _fingerprint(finding)},
        "properties": {
            "article": starred(finding.article),
            "kind": finding.kind,
            "basis": finding.basis,
            "refs": list(finding.refs),
        },
    }


def _message(text: str) -> dict[str, str]:
    """Plain text: what a reader of SARIF would take for a link or a placeholder is parted."""
    said = starred(visible(text).strip()).replace("](", "] (")
    return {"text": _PLACEHOLDER.sub(r"{ \1 }", said) or "-"}


def _place(finding: Finding) -> dict[str, Any]:
    """Lines and columns are counted from one; the address is relative to the repository."""
    uri = quote(finding.file.encode("utf-8", "surrogateescape"), safe="/")
    region = {"startLine": max(finding.line, 1), "startColumn": max(finding.column, 1)}
    return {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}


def _fingerprint(finding: Finding) -> str:
    """The same finding keeps it when lines move."""
    from hashlib import sha256

    words = "\0".join((finding.rule, finding.file, finding.message))
    return sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
