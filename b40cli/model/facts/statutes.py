"""The statutes as data: editions, dated parameters, readings of the open points."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import Since, covers, day_of, since_of
from b40cli.model.errors import UsageError

# Each rule set this version knows, and the version of the tool that brought it.
KNOWN_SETS = {1: "0.1.0", 2: "0.2.0"}


class NotInForce(UsageError):
    """Nothing is in force by that name on that day: never replaced by a default.

    Where nobody else answers for it, the question was about a day without law: a usage error.
    """

    def __init__(self, message: str, day: date) -> None:
        cure = "Ask about a later day (--on); b40 statutes show tells what is in force, since when."
        super().__init__(f"{message[0].upper()}{message[1:]}.", cure)
        self.missing = message
        self.day = day


class Edition(NamedTuple):
    """One text of the statutes, and whether its rules are in this register."""

    id: str
    start: Since
    encoded: bool


class RuleSet(NamedTuple):
    """A rule set that a register took in, `by` its opening or an upgrade, and its first day."""

    number: int
    start: date
    taken: date
    by: str


class Value(NamedTuple):
    """What a parameter is, from a day on."""

    start: Since
    until: date | None
    value: Any
    set_by: str


class Parameter(NamedTuple):
    """A number, share or list of the statutes, with every value it has had."""

    name: str
    article: str
    dated: tuple[Value, ...]
    what: str = ""

    def on(self, day: date) -> Value:
        """The value in force that day; NotInForce outside its dates."""
        if (current := self._held_on(day)) is None:
            raise NotInForce(f"no value of {self.name} is in force on {day}", day)
        return current

    def after(self, day: date) -> Value | None:
        """The next value that is set already and in force only from a later day."""
        days = sorted(v.start.day for v in self.dated if v.start.day > day)
        held = filter(None, map(self._held_on, days))
        return next((value for value in held if value.start.day > day), None)

    def _held_on(self, day: date) -> Value | None:
        """One that ends on its first day is never in force."""
        current = [value for value in self.dated if covers(value.start, value.until, day)]
        return current[-1] if current else None


class Adoption(NamedTuple):
    """The reading taken from a day on, and what took it."""

    start: date
    reading: str
    by: str


class Interpretation(NamedTuple):
    """An open point of the text: the question, its readings, the ones adopted."""

    id: str
    question: str
    articles: tuple[str, ...]
    readings: Mapping[str, str]
    adopted: tuple[Adoption, ...]

    def on(self, day: date) -> Adoption:
        """The reading in force that day; NotInForce before the first adoption."""
        for adoption in reversed(self.adopted):
            if adoption.start <= day:
                return adoption
        raise NotInForce(f"no reading of {self.id} is in force on {day}", day)

    def after(self, day: date) -> Adoption | None:
        """The next reading that is taken already and in force only from a later day."""
        days = sorted(each.start for each in self.adopted if each.start > day)
        return next((each for each in map(self.on, days) if each.start > day), None)


def edition_of(data: Mapping[str, Any]) -> Edition:
    """Decode one edition of statutes/articles.yaml."""
    return Edition(data["id"], since_of(data["from"]), data["encoded"])


def rule_set_of(data: Mapping[str, Any]) -> RuleSet:
    """Decode one entry of statutes/rulesets.yaml."""
    start = date.fromisoformat(data["from"])
    return RuleSet(data["number"], start, day_of(data.get("taken")) or start, data["by"])


def parameter_of(data: Mapping[str, Any]) -> Parameter:
    """Decode one parameter of statutes/parameters.yaml."""
    values = tuple(
        Value(since_of(v["from"]), day_of(v.get("until")), v["value"], v["set_by"])
        for v in data["values"]
    )
    return Parameter(data["name"], data["article"], values, data.get("what", ""))


def interpretation_of(data: Mapping[str, Any]) -> Interpretation:
    """Decode one record of statutes/interpretations/."""
    adopted = tuple(
        Adoption(date.fromisoformat(a["from"]), a["reading"], a["by"]) for a in data["adopted"]
    )
    readings = {reading["id"]: reading["means"] for reading in data["readings"]}
    return Interpretation(data["id"], data["question"], tuple(data["articles"]), readings, adopted)
