"""Which cities a question or a word typed can concern, by what they are on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from b40cli.acts.opened.view import View
from b40cli.acts.reads.lists import applications
from b40cli.model.day import Moment
from b40cli.model.facts.member import Member
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import membership_at, standing_of


def fitting(view: View, states: tuple[str, ...], of: str = "") -> frozenset[str]:
    """The ids of the cities that are one of these on the view's day, or in the vote or meeting."""
    return frozenset().union(*(_FITTING[state](view, of) for state in states))


def _applying(view: View, _of: str) -> frozenset[str]:
    return frozenset(row["id"] for row in applications(view, False).result["applications"])


def _admitted(view: View, _of: str) -> frozenset[str]:
    """Who has yet to sign; and of whose Declaration the paper or the ceremony is not on record."""
    moment, law = Moment(view.on), view.told_by

    def lacks(member: Member) -> bool:
        signed = view.registry.content(member.path).get("declaration") or {}
        return bool(signed and ("document" not in signed or not member.ceremony))

    return frozenset(
        m.id
        for m in view.registry.members()
        if standing_of(view.registry, m, moment, law) == "admitted" or lacks(m)
    )


def _members(view: View, _of: str) -> frozenset[str]:
    return membership_at(view.registry, Moment(view.on), view.told_by)[0]


def _suspended(view: View, _of: str) -> frozenset[str]:
    return membership_at(view.registry, Moment(view.on), view.told_by)[1]


def _seated(view: View, _of: str) -> frozenset[str]:
    return frozenset(s.city for s in seats_on(view.registry, view.on, view.told_by) if s.city)


def _voting(view: View, of: str) -> frozenset[str]:
    return _members(view, of) - _suspended(view, of)


def _sitting(view: View, of: str) -> frozenset[str]:
    """Who may sit in the meeting; a committee's are its seats."""
    meeting = view.registry.meeting(of)
    return (_seated if meeting and meeting.kind == "ec" else _voting)(view, of)


def _voters(view: View, of: str) -> frozenset[str]:
    """Who is on the roll of the vote; of a meeting who was called, or may sit in it."""
    decision = view.registry.decision(of)
    if decision is not None and decision.roll is not None:
        return frozenset(decision.roll.voters)
    meeting = view.registry.meeting(of)
    if meeting is None or not meeting.roll_calls:
        return _sitting(view, of)
    there = {city for call in meeting.roll_calls for city in call.present}
    return frozenset(there | {proxy.principal for proxy in meeting.proxies})


_FITTING: Mapping[str, Callable[[View, str], frozenset[str]]] = {
    "applying": _applying,
    "admitted": _admitted,
    "members": _members,
    "voting": _voting,
    "suspended": _suspended,
    "seated": _seated,
    "sitting": _sitting,
    "voters": _voters,
}
