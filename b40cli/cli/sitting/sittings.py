"""Whole sittings at a terminal: an agenda, a roll call, a vote by name, in numbers or by choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from b40cli.cli.request import prompt
from b40cli.cli.request.asking import Wanted
from b40cli.cli.sitting import choices, guided
from b40cli.model.designation import starred
from b40cli.model.facts.decision import SIDES
from b40cli.model.wording import counted
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.acts.opened.session import Session
    from b40cli.model.facts.decision import Decision, Roll
    from b40cli.model.facts.meeting import Meeting
    from b40cli.model.state.registry import Registry

WAYS = (("named", "by name"), ("numbers", "in numbers, as it was secret"))
# What stands on an agenda and is no decision.
UNDECIDED_ITEMS = (
    *("opening", "handover", "signing-ceremony", "president-speech", "mayors-floor"),
    *("discussion", "closing-declaration"),
)
COUNT = Wanted("number", blank="blank: 0")


class VoteAsked(NamedTuple):
    """What was answered: ballots, choices, or numbers as `--tally` has them."""

    ballots: dict[str, list[str]]
    chosen: dict[str, list[str]] | None = None
    tally: str | None = None


def asked_vote(opened: Session, decision: Decision, roll: Roll | None) -> VoteAsked:
    """Ask how everybody on the roll voted, and say the plan."""
    voters = _voters(opened, roll)
    if not voters:
        return VoteAsked({})
    represented = len(roll.represented) if roll else 0
    there = len(voters) - represented
    prompt.say(
        f"{prompt.styled(visible(decision.title), prompt.BOLD)}  "
        f"{prompt.styled(visible(decision.id), prompt.DIM)}\n"
        f"{counted(len(voters), 'ballot')}: {there} present, {represented} represented."
    )
    way = guided.wanted(Wanted(words=WAYS, blank="blank: by name"), "The vote was", None, None)
    unnamed = way == "numbers"
    if decision.matter == "committee-election":
        return _election(opened, decision, voters, secret=unnamed)
    return _in_numbers() if unnamed else _by_name(voters)


def _voters(opened: Session, roll: Roll | None) -> list[choices.Option]:
    from b40cli.acts.opened.named import called_by

    called = called_by(opened.before)
    by = roll.represented if roll else {}
    told = {c: f"by {called(by[c])}" if c in by else "" for c in (roll.voters if roll else ())}
    found = [choices.Option(city, called(city), beside) for city, beside in told.items()]
    return sorted(_alphabetical(found), key=lambda option: bool(option.beside))


def _alphabetical(options: Iterable[choices.Option]) -> list[choices.Option]:
    """As a list of names is looked through, whatever their script."""
    from b40cli.store.gazetteer import fold

    return sorted(options, key=lambda option: fold(option.name))


def _by_name(voters: list[choices.Option]) -> VoteAsked:
    """Side after side; who is left has no ballot, and that is said."""
    choices.show(voters)
    prompt.explain(choices.HOW)
    left = list(voters)
    cast = {side: _cast(side, left, voters) for side in SIDES[:3] if left}
    without = ", ".join(option.name for option in left) or "nobody"
    counts = ", ".join(f"{len(of)} {side}" for side, of in cast.items())
    _plan(f"{counts}; without a ballot: {without}")
    return VoteAsked({side: [option.id for option in of] for side, of in cast.items() if of})


def _cast(
    side: str, left: list[choices.Option], voters: list[choices.Option]
) -> list[choices.Option]:
    """Who voted so; all who are left stand in the record as `all` and `rest` write them."""
    asked = list(left)
    of = choices.several(side.capitalize(), left, voters)
    return sorted(of, key=lambda option: option.id) if of == asked else of


def _plan(said: str) -> None:
    """What the answers come to, before the act is planned by them."""
    prompt.tell("\n" + prompt.folded(starred(visible(f"Plan: {said}.")), "  "))


def _in_numbers() -> VoteAsked:
    numbers = {side: guided.wanted(COUNT, side.capitalize(), None, None) or "0" for side in SIDES}
    return VoteAsked({}, tally=_told(f"{side}={n}" for side, n in numbers.items() if n.strip("0")))


def _told(numbers: Iterable[str]) -> str:
    """The numbers as a tally; none at all is no vote."""
    tally = ",".join(numbers)
    if not tally:
        raise prompt.NotAgreed("Nothing was recorded.", "Run it again when the numbers are known.")
    return tally


def _election(
    opened: Session, decision: Decision, voters: list[choices.Option], *, secret: bool
) -> VoteAsked:
    """Candidate after candidate: who chose it, or how many did."""
    from b40cli.store.countries import countries

    known = opened.before.members()
    members = [choices.Option(m.id, m.name, countries().get(m.country, "")) for m in known]
    standing = [o for o in members if o.id in decision.candidates] or members
    choices.show(standing)
    prompt.explain("Who got votes: numbers, or parts of names, with commas.")
    chosen = choices.several("Candidates", list(standing), standing)
    if secret:
        numbers = {c.id: guided.wanted(COUNT, f"Votes of {c.name}", None, None) for c in chosen}
        ballots = guided.wanted(COUNT, "How many ballots there were", None, None)
        said = [f"{city}={n}" for city, n in numbers.items() if n]
        return VoteAsked({}, tally=_told((*said, *([f"ballots={ballots}"] if ballots else []))))
    choices.show(voters)
    prompt.explain(choices.HOW)
    told = {c.id: choices.several(f"Who chose {c.name}", list(voters), voters) for c in chosen}
    counts = ", ".join(f"{c.name} {len(told[c.id])}" for c in chosen)
    _plan(counts)
    return VoteAsked({}, {city: [option.id for option in of] for city, of in told.items()})


def asked_items(opened: Session, meeting: str) -> list[str]:
    """The items in their order: what is proposed for the meeting, and what is no decision."""
    from b40cli.acts.opened.named import meeting_named

    name = meeting_named(opened.before, meeting).id
    put = [d for d in opened.before.decisions() if d.meeting == name and d.state == "proposed"]
    options = [choices.Option(f"{d.matter}={d.id}", d.title, d.id) for d in put]
    options += [choices.Option(kind, kind.replace("-", " ")) for kind in UNDECIDED_ITEMS]
    choices.show(options)
    prompt.explain("Numbers in the order of the agenda, with commas or as 1-4.")
    prompt.about("--item")
    found = choices.several("Items", list(options), options)
    if not found:
        raise prompt.NotAgreed("Nothing was recorded.", "Run it again when the agenda is known.")
    for n, option in enumerate(found, 1):
        prompt.tell(prompt.folded(f"  {n}. {visible(option.name)}", "     "))
    return [option.id for option in found]


def asked_present(opened: Session, sitting: list[str]) -> list[str]:
    """A whole roll call in one sitting: who of those that may sit is there."""
    from b40cli.acts.opened.named import called_by

    name = called_by(opened.before)
    options = _alphabetical(choices.Option(city, name(city)) for city in sitting)
    choices.show(options)
    prompt.explain(choices.HOW)
    prompt.about("--present")
    there = choices.several("Present", list(options), options)
    absent = ", ".join(o.name for o in options if o not in there) or "nobody"
    _plan(f"{len(there)} of {len(options)} present; absent: {absent}")
    return sitting if there == options else [option.id for option in there]


def asked_observers(opened: Session, meeting: Meeting) -> list[str]:
    """Who of those on the list of observers is in the room; asked of no committee."""
    listed = [choices.Option(o.id, o.name) for o in opened.before.observers()]
    if not listed or meeting.kind == "ec":
        return []
    choices.show(listed)
    return [option.id for option in choices.several("Observers; blank: none", listed[:], listed)]


def asked_supposed(registry: Registry) -> tuple[str | None, list[str], list[str]]:
    """What is tried: a vote that changes the law, a number, or a point read otherwise.

    A decision's id, each `PARAMETER=VALUE`, each `POINT=READING`.
    """
    votes = (d for d in registry.decisions() if d.state in ("proposed", "open"))
    options = [choices.Option(d.id, d.title, d.id) for d in votes if d.matter in CHANGING]
    options += [choices.Option(*way) for way in TRIED]
    way = choices.one("What is tried", options).id
    if way == "number":
        return None, [_number(registry)], []
    return (None, [], [_reading(registry)]) if way == "reading" else (way, [], [])


TRIED = (("number", "a number or a list of the statutes"), ("reading", "a point read otherwise"))
CHANGING = ("amendment", "interpretation")


def _number(registry: Registry) -> str:
    """One of the parameters, and a new value of it."""
    options = [
        choices.Option(name, name.replace("-", " "), f"Art. {each.article[len('art') :]}")
        for name, each in registry.parameters().items()
    ]
    name = choices.one("Which one", options).id
    prompt.about("--amend")
    value = Wanted(blank=None)
    return f"{name}={guided.wanted(value, f'The new value of {name}', None, None)}"


def _reading(registry: Registry) -> str:
    """An open point, and another of its readings."""
    points = registry.interpretations()
    options = [choices.Option(code, point.question, code) for code, point in points.items()]
    code = choices.one("Which point", options).id
    readings = Wanted(words=tuple(points[code].readings.items()), blank=None)
    prompt.about("--reading")
    return f"{code}={guided.wanted(readings, 'How it is read', None, None)}"
