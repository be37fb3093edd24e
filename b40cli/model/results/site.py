"""What the public site is made of: the public document, statutes, open points, arithmetic."""

from __future__ import annotations

from typing import TypedDict

from b40cli.model.results.published import Published
from b40cli.model.results.shapes import Article, PointKey
from b40cli.model.results.statutes import ArticleCovered, ReadingTaken, RuleText


class PointReading(TypedDict):
    """A reading of an open point, and whether it is in force."""

    id: str
    means: str
    in_force: bool


class PointPublished(TypedDict):
    """An open point with all its readings; `by` adopted the one in force, `later` follows it."""

    id: PointKey
    question: str
    articles: list[Article]
    readings: list[PointReading]
    by: str | None
    later: ReadingTaken | None


class QuorumCounted(TypedDict):
    """Whether enough came."""

    required: int
    counted: int
    met: bool


class Arithmetic(TypedDict):
    """How a decision was counted, and what each other reading would have made of it."""

    quorum: QuorumCounted | None
    base: int | None
    turns: dict[str, dict[str, str]]


class SiteMaterial(TypedDict):
    """All that the pages are made of; `rules` judge the sentences, `arithmetic` is by decision."""

    document: Published
    articles: list[ArticleCovered]
    rules: list[RuleText]
    points: list[PointPublished]
    arithmetic: dict[str, Arithmetic]


class SiteBuilt(TypedDict):
    """A site that was built: where, how many pages and files."""

    out: str
    pages: int
    files: int
