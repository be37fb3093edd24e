"""Who or what is meant: by its id, or by its name in any script; else the choices are shown.

The one place where a word becomes a record: members, observers, meetings, decisions, groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

from b40cli.acts.opened.names_corrected import names_corrected
from b40cli.model.choice import Choice
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.group import Group
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.member import Member
from b40cli.model.facts.observer import Observer
from b40cli.model.state.registry import Registry
from b40cli.model.wording import meeting_called
from b40cli.rules.case.law import Law

Found = TypeVar("Found")
MOST_MEANT = 5
MOST_WORDS = 10
HYPHENS = "[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"


class Unclear(UsageError):
    """A word that several records are called by, or only part of a name."""

    def __init__(self, word: str, choices: tuple[Choice, ...]) -> None:
        listed = "\n".join(map(str, choices))
        many = f"{word} may be any of {len(choices)}." if len(choices) > 1 else ""
        super().__init__(many or f"{word} is only part of a name.", f"Say which one:\n{listed}")
        self.word = word
        self.choices = choices


def listing(registry: Registry, kinds: Iterable[str]) -> Iterator[Choice]:
    """Every record of these kinds, as it may be asked for."""
    return (choice for kind in kinds for choice in _LISTED[kind](registry))


def called(registry: Registry, kinds: Iterable[str], word: str) -> tuple[Choice, ...]:
    """The records that bear the word as id or as a whole name, folded; the exact id first.

    A hyphen of a word processor is a hyphen: nothing else in an id is read for another sign.
    """
    from b40cli.store.gazetteer import spellings

    word = re.sub(HYPHENS, "-", word)
    asked, forms = spellings(word), (word, word.lower(), word.upper())
    found = tuple(
        choice
        for choice in listing(registry, kinds)
        if choice.id in forms or any(asked & spellings(name) for name in choice.names)
    )
    exact = (tuple(choice for choice in found if choice.id == form) for form in forms)
    return next(filter(None, exact), found) or tuple(
        dict.fromkeys(_otherwise(registry, kinds, word))
    )


def _otherwise(registry: Registry, kinds: Iterable[str], word: str) -> Iterator[Choice]:
    """Whom nobody on record is called like: by a name that was corrected, or the gazetteer's.

    Both: what was corrected may be the name of another one.
    """
    from b40cli.store.gazetteer import spellings

    asked, replaced = spellings(word), names_corrected(registry)
    for choice in listing(registry, kinds) if replaced else ():
        if any(asked & spellings(name) for name in replaced.get(choice.path, ())):
            yield choice
    yield from _places(registry, kinds, word)


def _places(registry: Registry, kinds: Iterable[str], word: str) -> Iterator[Choice]:
    """The records of the places that the gazetteer knows by that name, whatever theirs is."""
    from b40cli.store.gazetteer import find

    numbers = {place.id for place in find(word)} if {"member", "observer"} & set(kinds) else set()
    for choice in listing(registry, kinds) if numbers else ():
        if registry.content(choice.path).get("gazetteer") in numbers:
            yield choice


def alike(registry: Registry, kinds: Iterable[str], word: str) -> tuple[Choice, ...]:
    """The records with the word in a name, at the beginning of one first; else of a like name."""
    from b40cli.store.gazetteer import fold

    asked = fold(word)
    folded = {c: tuple(map(fold, (c.id, *c.names))) for c in listing(registry, kinds)}
    if not asked:
        return ()
    begins = [c for c, names in folded.items() if any(n.startswith(asked) for n in names)]
    holds = [c for c, names in folded.items() if any(asked in n for n in names)]
    return tuple(dict.fromkeys((*begins, *holds) or _near(asked, folded)))


def _near(asked: str, folded: Mapping[Choice, tuple[str, ...]]) -> Iterator[Choice]:
    from difflib import get_close_matches

    by_name = {name: choice for choice, names in folded.items() for name in names}
    for name in get_close_matches(asked, by_name, n=MOST_MEANT, cutoff=0.75):
        yield by_name[name]


def missing(
    registry: Registry, kinds: tuple[str, ...], word: str, words: Sequence[str] = ()
) -> NoReturn:
    """Say that nothing on record is called so, what was probably meant, what else is known."""
    said, where = _ABSENT.get("|".join(kinds)) or _ABSENT["record"]
    near = alike(registry, kinds, word)[:MOST_MEANT]
    meant = f"Did you mean {' or '.join(f'{c.name} ({c.id})' for c in near)}? " if near else ""
    one_of = "one of " if len(words) > 1 else ""
    beside = f" Or {one_of}{', '.join(words)}." if 0 < len(words) < MOST_WORDS else ""
    raise UsageError(said.format(word), meant + where + beside)


def meeting_named(registry: Registry, name: str) -> Meeting:
    """The meeting of that id; UsageError where there is none."""
    return _named(registry, "meeting", name, registry.meeting)


def decision_named(registry: Registry, name: str) -> Decision:
    """The decision of that id; UsageError where there is none."""
    return _named(registry, "decision", name, registry.decision)


def member_named(registry: Registry, city: str) -> Member:
    """The member, applicant or former member of that id; UsageError where there is none."""
    return _named(registry, "member", city, lambda name: member_on_record(registry, name))


def member_on_record(registry: Registry, city: str) -> Member | None:
    """The member whose file has that name; where a file was renamed, the one that says the id."""
    found = registry.member(city)
    return found or next((m for m in registry.members() if m.id == city), None)


def group_named(registry: Registry, name: str) -> Group:
    """The working group of that id; UsageError where there is none."""
    return _named(registry, "group", name, registry.group)


def observer_named(registry: Registry, name: str) -> Observer:
    """The observer of that id; UsageError where there is none."""
    return _named(registry, "observer", name, registry.observer)


def on_list(registry: Registry, name: str) -> Observer | None:
    """The observer of that id, or None."""
    return registry.observer(name) if _is_id("observer", name) else None


def _named(registry: Registry, kind: str, name: str, by_id: Callable[[str], Found | None]) -> Found:
    found = by_id(name) if _is_id(kind, name) else None
    return missing(registry, (kind,), name) if found is None else found


def _is_id(kind: str, name: str) -> bool:
    plain = name.isascii() and name.replace("-", "").isalnum()
    return plain and (kind != "decision" or len(name) == 11)


def _members(registry: Registry) -> Iterator[Choice]:
    for member in registry.members():
        names = _names(member.name, registry.content(member.path))
        yield Choice("member", member.id, member.name, member.country, names)


def _observers(registry: Registry) -> Iterator[Choice]:
    for observer in registry.observers():
        data = registry.content(observer.path)
        beside = data.get("country") or "observer"
        yield Choice("observer", observer.id, observer.name, beside, _names(observer.name, data))


def _names(name: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    """Every name a record bears or bore, in any script."""
    others = (each["name"] for key in ("names", "former_names") for each in record.get(key, ()))
    native = filter(None, (record.get("native_name"),))
    return tuple(dict.fromkeys((name, *native, *others)))


def _meetings(registry: Registry) -> Iterator[Choice]:
    for meeting in registry.meetings():
        title = title_of(registry, meeting)
        yield Choice("meeting", meeting.id, title, meeting.kind, (title, str(meeting.day)))


def title_of(registry: Registry, meeting: Meeting) -> str:
    """A meeting's title; else what meets when."""
    return meeting.title or meeting_called(meeting.id, called_by(registry)) or meeting.id


def _decisions(registry: Registry) -> Iterator[Choice]:
    for decision in registry.decisions():
        yield Choice("decision", decision.id, decision.title, decision.state, (decision.title,))


def _groups(registry: Registry) -> Iterator[Choice]:
    for group in registry.groups():
        yield Choice("group", group.id, group.name, "group", (group.name,))


def _points(registry: Registry) -> Iterator[Choice]:
    for point in registry.interpretations().values():
        yield Choice("point", point.id, point.question, "open point", (point.id,))


_LISTED: Mapping[str, Callable[[Registry], Iterator[Choice]]] = {
    "member": _members,
    "observer": _observers,
    "meeting": _meetings,
    "decision": _decisions,
    "group": _groups,
    "point": _points,
    "record": lambda _registry: iter(()),
}
EVERY_KIND = ("member", "observer", "meeting", "decision", "group")
# What is said where there is none, and which command names those there are.
_ABSENT = {
    "member": ("No city {} is on record.", "b40 member list names them."),
    "observer": ("{} is not on the list of observers.", "b40 observer list --all."),
    "meeting": ("No meeting {} is on record.", "b40 meeting list names them."),
    "decision": ("No decision {} is on record.", "b40 decision list names them."),
    "group": ("No working group {} is on record.", "b40 group list names them."),
    "member|observer": (
        "No city {} is on record, nor an observer.",
        "b40 member list and b40 observer list name them.",
    ),
    "point": ("No open point {} is on record.", "b40 statutes readings names them."),
    "record": (
        "Nothing on record is called {}.",
        "Name a member, meeting, decision or INT-nn, or a path such as presidencies/2026.",
    ),
}

OFFICES = {
    "president": "the President",
    "permanent-secretary": "the Permanent Secretary",
    "executive-committee": "the Executive Committee",
    "general-assembly": "the General Assembly",
    "group-leader": "the group's leader",
    "mayor-of-istanbul": "the Mayor of Istanbul",
}


def called_by(registry: Registry) -> Callable[[str], str]:
    """From the id of a city, an observer or a group to its name; other words stay."""

    def name(key: str) -> str:
        if not key or "/" in key or "." in key:
            return key
        each: tuple[Callable[[str], Member | Observer | Group | None], ...]
        each = (registry.member, registry.observer, registry.group)
        for found in (look_up(key) for look_up in each if _is_id("member", key)):
            if found is not None:
                return found.name
        return OFFICES.get(key, key)

    return name


def questions_of(registry: Registry) -> Callable[[str], str]:
    """From the code of an open point to its question; nothing where there is no such point."""

    def question(code: str) -> str:
        point = registry.interpretations().get(code)
        return point.question if point else ""

    return question


def countries_of(law: Law) -> Callable[[str], str]:
    """From two letters to the English name, as a day's law lists it, else as the world does."""
    listed = law.parameters.get("country-names", ())
    names = {line[:2]: str(line[3:]) for line in listed}

    def name(code: str) -> str:
        if code in names or len(code) != len("BG"):
            return names.get(code, code)
        from b40cli.store.countries import countries

        return countries().get(code, code)

    return name
