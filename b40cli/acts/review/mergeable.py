"""Whether a branch may be merged, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from b40cli.model.finding import Finding, refuses
from b40cli.model.wording import counted

if TYPE_CHECKING:
    from b40cli.model.results import reviews as shape


def mergeable(
    findings: Iterable[Finding], changes: bool, *, unread: bool = False
) -> shape.MergeVerdict:
    """Whether the branch may be merged, and what stands against it."""
    against = [finding for finding in findings if refuses([finding])]
    articles = list(dict.fromkeys(f.article for f in against if f.article))
    return {
        "lawful": not against,
        "refused_by": len(against),
        "articles": articles,
        "remedies": list(dict.fromkeys(f.remedy for f in against if f.remedy)),
        "says": _verdict_said(len(against), articles, changes, unread),
    }


def _verdict_said(against: int, articles: list[str], changes: bool, unread: bool) -> str:
    if unread:
        return f"May not be merged: the registry cannot be read ({counted(against, 'defect')})."
    if against:
        said = f"May not be merged: refused by {counted(against, 'finding')}"
        return f"{said} ({', '.join(articles)})."
    if not changes:
        return "May be merged: it changes nothing in the register."
    return "May be merged: nothing in it is refused by the statutes."
