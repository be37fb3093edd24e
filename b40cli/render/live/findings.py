"""Findings at a terminal: sign and word, article, rule; the fact, what helps, the place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from b40cli.model.finding import Finding
from b40cli.model.wording import begun, counted
from b40cli.render.called import in_sentence
from b40cli.render.findings import WORDS
from b40cli.render.live.sheet import (
    DIM,
    VERDICT,
    ScreenLine,
    Styled,
    bold,
    dim,
    flow,
    line,
    width_of,
)
from b40cli.render.live.typed import typed

if TYPE_CHECKING:
    from b40cli.model.results.history import CommitFound

SIGNS = {"validity": "✗", "defect": "✗", "duty": "!", "note": "·"}
WORD = 9
# Words with a colon, then a command to the end of the sentence.
_COMMAND = re.compile(r"(.*?:) ((?:b40|git) (?:[^.;]|\.(?=[^ ]))+?)(?:; (.+?))?\.?")
SHORT = 10


def findings(
    found: Iterable[Finding], width: int, name: Callable[[str], str] = str
) -> list[ScreenLine]:
    """All of them, a blank line between them; a note that many records share is told once."""
    shared: dict[tuple[str, ...], list[Finding]] = {}
    for n, finding in enumerate(found):
        own = () if finding.kind == "note" else (str(n),)
        shared.setdefault((finding.rule, finding.message, *own), []).append(finding)
    lines: list[ScreenLine] = []
    for first, *others in shared.values():
        said = first._replace(message=in_sentence(first.message, name))
        lines += [(), *_finding(said, len(others), width)]
    return lines[1:]


def by_commit(
    found: Iterable[Finding], commits: Iterable[CommitFound], width: int
) -> list[ScreenLine]:
    """The findings of an audit under the commits they were made in."""
    told = {about["commit"]: about for about in commits}
    under: dict[str, list[Finding]] = {}
    for finding in found:
        under.setdefault(str(finding.facts.get("commit", "")), []).append(finding)
    lines: list[ScreenLine] = []
    for oid, of in under.items():
        if about := told.get(oid):
            day = about["on"] or about["day"]
            head = line(dim(oid[:SHORT]), f"  {day}  ", bold(about["subject"]))
            lines += [(), *flow(head, width, indent=2)]
            of = [f._replace(message=f.message.removeprefix(f"{oid[:SHORT]}: ")) for f in of]
        lines += [(), *findings(of, width)]
    return lines[1:]


def _finding(finding: Finding, others: int, width: int) -> Iterator[ScreenLine]:
    sign = SIGNS[finding.kind]
    wrong = finding.kind in ("validity", "defect")
    word = "error" if wrong and not finding.file else WORDS[finding.kind]
    head = (Styled(sign, VERDICT.get(sign, "")), Styled(" "), Styled(word, VERDICT.get(sign, "")))
    pad = " " * max(WORD - len(word), 2)
    article = finding.article.replace("Art.", "Article")
    yield from _head(line(*head, pad, article, "  ", Styled(finding.rule, DIM)), width)
    basis = " (Attested, not judged.)" if finding.basis == "attested" else ""
    yield from flow(f"{finding.message}{basis}", width, (Styled("  "),))
    if finding.remedy:
        said, command, then = parted(finding.remedy)
        yield from flow(said, width, (Styled("  → "),), indent=4)
        if command:
            yield from typed(command, width)
        if then:
            yield from flow(f"{begun(then)}.", width, (Styled("    "),))
    if finding.file:
        more = f" and {counted(others, 'more record')}" if others else ""
        place = f"{finding.file}:{finding.line}:{finding.column}{more}"
        yield from flow(place, width, (Styled("  "),), DIM)


def parted(remedy: str) -> tuple[str, str, str]:
    """What helps in words, the command in it, which takes its own line, and what is said after."""
    found = _COMMAND.fullmatch(remedy)
    return (found[1], found[2], found[3] or "") if found else (remedy, "", "")


def _head(whole: ScreenLine, width: int) -> list[ScreenLine]:
    return [whole] if width_of(whole) <= width else flow(whole, width, indent=2)
