"""The answer of a command, before anybody has said how it is to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypedDict, TypeVar

from b40cli.model.finding import Finding

if TYPE_CHECKING:
    from b40cli.model.paper import Paper

# What a command finds or does: one of the types of model/results/, as the JSON contract has it.
Result = TypeVar("Result", bound=Mapping[str, object])
Result_co = TypeVar("Result_co", bound=Mapping[str, object], covariant=True)


class NormTold(TypedDict):
    """A rule in words, for formats that list the rules of findings."""

    article: str
    rule_set: int
    norm: str
    fails: str
    cure: str


class Beside(TypedDict, total=False):
    """What a reader wants to know beside the result; no part of the JSON contract."""

    rules: dict[str, NormTold]
    could_come: list[str]
    declined: dict[str, list[str]]
    why: str
    # Looked up only where somebody reads: names of ids, of countries, who heads a city, what a
    # meeting or decision is called.
    name: Callable[[str], str]
    title: Callable[[str], str]
    country: Callable[[str], str]
    head: Callable[[str], str | None]
    point: Callable[[str], str]
    rows: Callable[[], list[Any]]
    more: Callable[[], str]
    # The command that tells what a limit left out; empty where nothing was.
    older: str
    decision: Callable[[], dict[str, Any]]
    paper: Paper


class LastVerdict(NamedTuple):
    """Whether a register is lawful as it stands, and how many findings refuse it; None: unknown."""

    lawful: bool | None
    refused: int | None


UNKNOWN = LastVerdict(None, None)


class Answer(NamedTuple, Generic[Result_co]):
    """What a command found or did (design: one JSON object).

    `told` is the sentence or table for a reader; without it the command's screen tells `result`
    and `beside`; `asked` says which day and which knowledge were asked about. None of these is
    part of the JSON contract; `verdict`, of a read, is.
    """

    command: str
    on: str
    status: str
    ok: bool
    commit: str | None
    findings: tuple[Finding, ...]
    result: Result_co
    exit_code: int = 0
    told: str | None = None
    beside: Beside = {}  # noqa: RUF012 - never mutated
    asked: str | None = None
    verdict: LastVerdict | None = None
