"""Results about the statutes: articles, parameters, readings, rules explained, coverage."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict, final

from b40cli.model.results.shapes import Article, DayText, PointKey, SinceText


class SentenceRow(TypedDict):
    """A sentence of the statutes, and the rules that judge it or the reason why none can."""

    id: str
    says: str
    rules: NotRequired[list[str]]
    why_no_rule: NotRequired[str | None]


class ArticleHead(TypedDict):
    """An article by its title."""

    id: Article
    title: str


class ArticleText(ArticleHead):
    """An article with its sentences and open points."""

    sentences: list[SentenceRow]
    open_points: list[PointKey]


class EditionHead(TypedDict):
    """An edition of the statutes."""

    id: str
    since: SinceText


class ValueSet(TypedDict):
    """A value of a number that is set, by what, from which day on."""

    value: Any
    set_by: str
    since: SinceText


class ParameterRow(TypedDict):
    """A number or list of the statutes, with its value on a day; null where it has none.

    `later` is one that is set already, in force only from a later day.
    """

    name: str
    article: Article
    value: Any
    since: NotRequired[SinceText]
    set_by: str | None
    later: NotRequired[ValueSet]


RuleSetTaken = TypedDict("RuleSetTaken", {"number": int, "from": DayText, "by": str})
RuleSetTaken.__doc__ = "A rule set of the tool that the register is judged by from a day on."


@final
class Statutes(TypedDict):
    """The rule set and edition in force, the articles and parameters."""

    rule_set: int
    rule_sets: list[RuleSetTaken]
    newest: int
    edition: EditionHead | None
    articles: list[ArticleHead]
    parameters: list[ParameterRow]


@final
class ArticleShown(TypedDict):
    """One article."""

    article: ArticleText


@final
class ParameterShown(TypedDict):
    """One parameter."""

    parameter: ParameterRow


class ReadingTaken(TypedDict):
    """The reading of a point that is taken, by what, from which day on."""

    reading: str
    by: str
    since: DayText


class InForce(TypedDict, total=False):
    """The reading in force on a day, by whom, since when; nothing where there is none.

    `later` is one that is taken already, in force only from a later day.
    """

    reading: str
    by: str
    since: SinceText
    later: ReadingTaken


class ReadingRow(InForce):
    """An open point of the text: the reading in force, and the others."""

    id: PointKey
    question: str
    articles: list[Article]
    means: str | None
    others: dict[str, str]


class ReadingsShown(TypedDict):
    """The open points of the text."""

    readings: list[ReadingRow]


class Example(TypedDict):
    """A rule that an open point bears on: what fails, and what cures it."""

    rule: str
    article: str
    norm: str
    parameters: list[ParameterRow]
    fails: str
    cure: str


class PointText(ReadingRow):
    """An open point with the rules that it bears on."""

    rules: list[str]
    examples: list[Example]


class RuleText(TypedDict):
    """A rule in words: its norm, numbers and readings, what fails, what cures it.

    `other_set` says why it is not asked about the day, where it is of another rule set.
    """

    name: str
    kind: str
    article: str
    rule_set: int
    other_set: NotRequired[str]
    norm: str
    parameters: list[ParameterRow]
    readings: list[ReadingRow]
    fails: str
    cure: str


@final
class RuleExplained(TypedDict):
    """A rule explained."""

    rule: RuleText


@final
class PointExplained(TypedDict):
    """An open point explained."""

    reading: PointText


Explained = RuleExplained | PointExplained | ArticleShown
StatutesShown = Statutes | ArticleShown | ParameterShown


class SentenceCovered(TypedDict):
    """A sentence under its rules, or with the reason why none can judge it."""

    id: str
    says: str
    rules: list[str]
    why_no_rule: str | None


class ArticleCovered(ArticleHead):
    """An article's sentences and their rules."""

    sentences: list[SentenceCovered]


class CoverageCounts(TypedDict):
    """Coverage in numbers."""

    sentences: int
    ruled: int
    unruled: int
    rules: int


class Coverage(TypedDict):
    """Which rule judges which sentence; rules named that are missing, and the reverse."""

    counts: CoverageCounts
    missing: list[str]
    unnamed: list[str]
    articles: list[ArticleCovered]


class NewPoint(TypedDict):
    """An open point that a rule set brings."""

    id: str
    question: str


class NewReading(TypedDict):
    """A further reading of an older point."""

    id: str
    reading: str
    means: str


class NewNumber(TypedDict):
    """A provisional number that a rule set brings."""

    name: str
    value: Any


class NewRule(TypedDict):
    """A rule that a rule set brings."""

    name: str
    kind: str
    norm: str


Upgraded = TypedDict(
    "Upgraded",
    {
        "rule_set": int,
        "from": str,
        "points": list[NewPoint],
        "readings": list[NewReading],
        "numbers": list[NewNumber],
        "rules": list[NewRule],
        "today": NotRequired[list[str]],
        "earlier": NotRequired[list[str]],
        "records": NotRequired[int],
    },
)
Upgraded.__doc__ = "A rule set taken in; a dry run says what it would say today, and of the past."


class VoteTurned(TypedDict):
    """A past vote that would have come to something else."""

    id: str
    title: str
    was: str
    then: str


class ReadOtherwise(TypedDict):
    """The same under another reading of an open point: what is otherwise than told."""

    point: str
    reading: str
    turned: list[VoteTurned]
    offices: list[str]
    duties: list[str]


class Simulated(TypedDict):
    """What an amendment or another reading would have made of past votes, offices and duties.

    `says` sums it up; `under` are the readings that it touches, of which each tells it otherwise.
    """

    votes: int
    says: list[str]
    turned: list[VoteTurned]
    offices: list[str]
    duties: list[str]
    under: list[ReadOtherwise]
