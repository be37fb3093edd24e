"""A review as a paper to be signed and filed: what a branch changes, whether it may be merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.papers.sheet import sheet
from b40cli.model import paper as parts
from b40cli.model.finding import Finding
from b40cli.model.ref import ref_of

if TYPE_CHECKING:
    from b40cli.model.results.reviews import RecordMoved, Reviewed


def review(
    view: View,
    result: Reviewed,
    findings: Iterable[Finding],
    told: Iterable[tuple[str, Sequence[str]]],
    judged: str,
) -> parts.Paper:
    """The review as a paper; `told` are its parts in sentences, `judged` says by whose law."""
    ends = f"{result['base'][:12]}..{result['head'][:12]}"
    content = (
        parts.Summary((("Branch", result["range"]), ("Commits", ends))),
        parts.Paragraph((parts.Strong(result["verdict"]["says"]),)),
        *(parts.Paragraph((parts.Strong(warning),)) for warning in result["warnings"]),
        *_parts(result, told),
        *_findings(tuple(findings)),
        parts.Note(judged),
        parts.Signatures((("", "For the mayor's office"), ("", "Day and place"))),
    )
    lead = "For whoever approves the request"
    mine = result.get("for_city")
    if mine is not None:
        lead = f"For whoever approves the request in {mine['name']}"
    paper = sheet(view, "Review of a change", lead, result["head"][:12], f"Review {ends}", content)
    return paper._replace(basis=f"Commits {ends} of the register")


def _findings(findings: tuple[Finding, ...]) -> Iterator[parts.PaperPart]:
    if findings:
        yield parts.Headline("Findings")
        yield parts.Items(tuple(f"{f.rule}, {f.article}: {f.message} {f.remedy}" for f in findings))


def _parts(
    result: Reviewed, told: Iterable[tuple[str, Sequence[str]]]
) -> Iterator[parts.PaperPart]:
    changes = result.get("changes")
    for title, sentences in told:
        yield parts.Headline(title)
        yield parts.Items(tuple(sentences))
        if title == "Decisions" and changes is not None:
            for moved in changes["decisions"]:
                yield from _drawn(moved)


def _drawn(moved: RecordMoved) -> Iterator[parts.PaperPart]:
    votes = moved.get("votes")
    if votes is not None:
        yield parts.Headline(ref_of(moved["record"]).id, 2)
        yield parts.Ballots((votes["yes"], votes["against"], votes["abstain"]), votes["required"])
