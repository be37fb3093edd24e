"""What a shell offers for options that ask for no record: their words, or what the law lists.

A key is an option, or a command and its option where it means something of its own there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.cli.request.written import FORMS, SHEETS, TEMPLATES
from b40cli.model.errors import WorldError
from b40cli.model.facts import decision, duty, meeting, observer
from b40cli.model.facts.member import STANDINGS
from b40cli.model.facts.network import ROSTERS

if TYPE_CHECKING:
    from b40cli.model.state.registry import Registry

Offered = Iterable[tuple[str, str]]
WORDS: Mapping[str, tuple[str, ...]] = {
    "--as": FORMS,
    "evidence file --as": (),  # a place, not a form
    "--paper": SHEETS,
    "--handover": ("before", "after"),
    "--declines": meeting.DECLINED,
    "--ended": ("term", "resigned", "removed", "died"),
    "import --whole": ROSTERS,
    "import --template": TEMPLATES,
    "quorum --body": ("ga", "ec"),
    "duty list --state": duty.STATES,
    "member list --standing": STANDINGS,
    "observer list --state": observer.STATES,
    "observer request --kind": observer.KINDS,
    "observer invite --kind": observer.KINDS,
    "decision list --state": decision.STATES,
    "meeting list --kind": meeting.KINDS,
    "meeting notice --to": meeting.ADDRESSEES,
    "meeting convene --by": meeting.CONVENERS,
    "meeting agenda --item": (
        *("opening", "activity-report", "handover", "signing-ceremony", "president-speech"),
        *("mayors-floor", "discussion", "closing-declaration"),
    ),
}
# Those of one word after the other, with commas.
SEVERAL = ("--aims", "--declines")


def _duties(_registry: Registry) -> Offered:
    from b40cli.rules.table import RULES

    return ((rule.name, rule.norm) for rule in RULES if rule.kind == "duty")


def _explained(registry: Registry) -> Iterator[tuple[str, str]]:
    from b40cli.rules.table import RULES

    yield from _articles(registry)
    yield from ((rule.name, rule.norm) for rule in RULES)
    yield from _points(registry)


def _articles(registry: Registry) -> Offered:
    return ((article["id"], article["title"]) for article in registry.articles())


def _points(registry: Registry) -> Offered:
    return ((point.id, point.question) for point in registry.interpretations().values())


def _stated(registry: Registry) -> Offered:
    return (*_articles(registry), *((n, p.article) for n, p in registry.parameters().items()))


def _amended(registry: Registry) -> Offered:
    return ((f"{name}=", each.article) for name, each in registry.parameters().items())


def _read_as(registry: Registry) -> Iterator[tuple[str, str]]:
    for point in registry.interpretations().values():
        yield from ((f"{point.id}={reading}", told) for reading, told in point.readings.items())


def _readings(registry: Registry) -> Iterator[tuple[str, str]]:
    for point in registry.interpretations().values():
        yield from ((reading, f"{point.id}: {told}") for reading, told in point.readings.items())


def _principals(registry: Registry) -> Offered:
    return ((each.id, each.name) for each in registry.principals())


def _aims(registry: Registry) -> Offered:
    listed = registry.parameters().get("aims")
    return ((aim, "") for aim in (listed.dated[-1].value if listed else ()))


def _countries(registry: Registry) -> Offered:
    listed = registry.parameters().get("country-names")
    names: Iterable[str] = listed.dated[-1].value if listed else ()
    return ((line[:2], line[3:]) for line in names)


LISTED: Mapping[str, Callable[[Registry], Offered]] = {
    "--aims": _aims,
    "--country": _countries,
    "--amend": _amended,
    "--adopts": _readings,
    "--reading": _read_as,
    "duty acknowledge duty": _duties,
    "explain reference": _explained,
    "statutes show reference": _stated,
    "statutes readings point": _points,
    "trust add principal": _principals,
    "trust revoke principal": _principals,
}


def known(command: str, option: str) -> str | None:
    """The key under which an option of a command is offered; None where it is not."""
    keys = (f"{command} {option}", option)
    return next((key for key in keys if key in WORDS or key in LISTED), None)


def offered_for(key: str, place: str | None, typed: str) -> list[tuple[str, str]]:
    """What begins as it is typed, each with what is beside it; none where no register is."""
    head, comma, last = typed.rpartition(",") if key in SEVERAL else ("", "", typed)
    try:
        words = ((word, "") for word in WORDS.get(key, ()))
        found = LISTED[key](_registry(place)) if key in LISTED else words
        return [(f"{head}{comma}{word}", told) for word, told in found if word.startswith(last)]
    except WorldError:
        return []


def _registry(place: str | None) -> Registry:
    from b40cli.acts.opened.view import open_view
    from b40cli.cli.request.options import clock

    return open_view(Path(place) if place else None, clock()).registry
