"""The answer as one versioned JSON object (schemas/output.json)."""

from __future__ import annotations

import json
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.finding import Finding
from b40cli.render.kosovo import designated_data

VERSION = 1


def as_json(answer: Answer[Any]) -> str:
    """One object with sorted keys."""
    return json.dumps(
        designated_data(as_data(answer)), ensure_ascii=False, sort_keys=True, indent=2
    )


def as_data(answer: Answer[Any]) -> dict[str, Any]:
    """The answer as plain data."""
    verdict = answer.verdict._asdict() if answer.verdict is not None else {}
    return {
        **verdict,
        "b40": VERSION,
        "command": answer.command,
        "on": answer.on,
        "status": answer.status,
        "ok": answer.ok,
        "commit": answer.commit,
        "findings": [finding_data(finding) for finding in answer.findings],
        "result": answer.result,
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding as plain data; its place is told by line and column."""
    data = finding._asdict()
    del data["at"]
    data["help"] = data.pop("remedy")
    return data
