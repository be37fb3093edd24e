"""Which cities a question can concern, by what they are on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from b40cli.acts.opened.view import View
from b40cli.acts.reads.lists import applications
from b40cli.model.day import Moment
from b40cli.model.facts.member import Member
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import membership_at, standing_of


def fitting(view: View, states: tuple[str, ...]) -> frozenset[str]:
    """The ids of the cities that are one of these on the view's day."""
    return frozenset().union(*(_FITTING[state](view) for state in states))


def _applying(view: View) -> frozenset[str]:
    return frozenset(row["id"] for row in applications(view, False).result["applications"])


def _admitted(view: View) -> frozenset[str]:
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


def _members(view: View) -> frozenset[str]:
    return membership_at(view.registry, Moment(view.on), view.told_by)[0]


def _suspended(view: View) -> frozenset[str]:
    return membership_at(view.registry, Moment(view.on), view.told_by)[1]


def _seated(view: View) -> frozenset[str]:
    return frozenset(s.city for s in seats_on(view.registry, view.on, view.told_by) if s.city)


_FITTING: Mapping[str, Callable[[View], frozenset[str]]] = {
    "applying": _applying,
    "admitted": _admitted,
    "members": _members,
    "voting": lambda view: _members(view) - _suspended(view),
    "suspended": _suspended,
    "seated": _seated,
}
