"""What was judged: the files, all history, whether this clone can do its work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import wrapped

if TYPE_CHECKING:
    from b40cli.model.results.cities import Health
    from b40cli.model.results.history import Audited, Checked

SHORT = 10
NAMES = {
    "act": ("act", "acts"),
    "opening": ("opening record", "opening records"),
    "merge": ("merge", "merges"),
    "revert": ("revert", "reverts"),
    "squash": ("squash", "squashes"),
    "foreign": ("made without the tool", "made without the tool"),
    "undo": ("act taken back", "acts taken back"),
    "elsewhere": ("beside the register", "beside the register"),
}


def check(answer: Answer[Checked]) -> list[str]:
    """What was judged and what came of it; what is undetermined."""
    lines = [line for said in checked(answer.result) for line in wrapped(said)]
    undetermined = answer.result["undetermined"]
    if undetermined:
        lines += ["Undetermined:"]
        lines += [line for item in undetermined for line in wrapped(item, "    ", "  - ")]
    return lines


def checked(result: Checked) -> list[str]:
    """How many files were judged and what came of it; what only a source attests."""
    counts = result["counts"]
    said = "nothing is refused" if not counts["validity"] else f"{counts['validity']} refused"
    duties, notes = counted(counts["duty"], "duty"), counted(counts["note"], "note")
    law = f", by rule set {result['rule_set']}"
    whole = f"{looked_at(result)}{law}: {said}, {duties}, {notes}."
    of = result["attested"]
    told = (
        (of.get("members", 0), "member"),
        (of.get("presidencies", 0), "presidency"),
        (of.get("meetings", 0), "meeting"),
        (of.get("seats", 0), "seat"),
    )
    attested = ", ".join(counted(many, what) for many, what in told if many)
    return [whole, *([f"Attested by a source, not judged: {attested}."] if attested else [])]


def looked_at(result: Checked) -> str:
    """How much was judged: every file, or what changed since a commit."""
    files = counted(result["records"], "file")
    return f"What changed since {result['base']} among {files}" if result["base"] else files


def audit(answer: Answer[Audited]) -> list[str]:
    """What was looked at, and what came of it."""
    return [line for said in audited(answer.result) for line in wrapped(said)]


def audited(result: Audited) -> Iterator[str]:
    """The commits and their kinds, in sentences."""
    if result["head"] is None:
        yield "Nothing is committed yet."
        return
    wrong = result["counts"]["validity"] + result["counts"]["defect"]
    begun = f"from {result['base'][:SHORT]}" if result["base"] else "from the first"
    found = "one finding" if wrong == 1 else counted(wrong, "finding")
    verdict = found if wrong else "nothing is refused"
    yield f"{counted(result['commits'], 'commit')} {begun} to {result['head'][:SHORT]}: {verdict}."
    kinds = ", ".join(
        f"{n} {NAMES[kind][n != 1]}" for kind, n in result["kinds"].items() if n and kind in NAMES
    )
    if kinds:
        yield f"{kinds}."
    if result["since"]:
        yield f"This history contains {result['since']}."


def doctor(answer: Answer[Health]) -> list[str]:
    """Each thing that was looked at, with a cure where it is not well."""
    lines: list[str] = []
    for check in answer.result["checks"]:
        sign = ("·" if check["absent"] else "+") if check["well"] else "!"
        lines += wrapped(check["says"], " " * 12, f"{sign} {check['what']:<10}")
        if check["cure"]:
            lines += wrapped(check["cure"], " " * 14, " " * 12 + "> ")
    return lines
