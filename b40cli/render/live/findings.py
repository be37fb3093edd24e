"""Findings at a terminal: sign and word, article, rule; the fact, what helps, the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.model.finding import Finding
from b40cli.render.findings import WORDS
from b40cli.render.live.sheet import DIM, VERDICT, ScreenLine, Styled, flow, line

SIGNS = {"validity": "✗", "defect": "✗", "duty": "!", "note": "·"}
WORD = 9


def findings(found: Iterable[Finding], width: int) -> list[ScreenLine]:
    """All of them, a blank line between them; a note that many records share is told once."""
    shared: dict[tuple[str, ...], list[Finding]] = {}
    for n, finding in enumerate(found):
        own = () if finding.kind == "note" else (str(n),)
        shared.setdefault((finding.rule, finding.message, *own), []).append(finding)
    lines: list[ScreenLine] = []
    for first, *others in shared.values():
        lines += [(), *_finding(first, len(others), width)]
    return lines[1:]


def _finding(finding: Finding, others: int, width: int) -> Iterator[ScreenLine]:
    sign = SIGNS[finding.kind]
    word = WORDS[finding.kind] if finding.file else "error"
    head = (Styled(sign, VERDICT.get(sign, "")), Styled(" "), Styled(word, VERDICT.get(sign, "")))
    pad = " " * max(WORD - len(word), 2)
    article = finding.article.replace("Art.", "Article")
    yield line(*head, pad, article, "  ", Styled(finding.rule, DIM))
    basis = " (Attested, not judged.)" if finding.basis == "attested" else ""
    yield from flow(f"{finding.message}{basis}", width, (Styled("  "),))
    if finding.remedy:
        yield from flow(finding.remedy, width, (Styled("  → "),), indent=4)
    if finding.file:
        more = f" and {others} more records" if others else ""
        yield line(Styled(f"  {finding.file}:{finding.line}:{finding.column}{more}", DIM))
