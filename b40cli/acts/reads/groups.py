"""The working groups with their leader, experts and programme on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import covers
from b40cli.model.facts.group import Group
from b40cli.rules.facts.running_on import leader_on

if TYPE_CHECKING:
    from b40cli.model.results.groups import GroupRow, Groups


def listed(view: View, everything: bool) -> Answer[Groups]:
    """The working groups with their leader, experts and programme on the day."""
    rows = [
        _row(view, group)
        for group in view.registry.groups()
        if everything or group.exists_on(view.on)
    ]
    return answer(view, "group list", {"groups": rows})


def _row(view: View, group: Group) -> GroupRow:
    from b40cli.rules.articles.groups.art14_meetings import held_in, years_of
    from b40cli.rules.articles.groups.art14_programmes import approval_of
    from b40cli.rules.case.rule import Case

    case = Case(None, view.registry, view.on)
    year = next((y for y in years_of(case, group) if y.begins <= view.on < y.ends), None)
    leader = leader_on(view.registry, group, view.on)
    approval = approval_of(view.registry, group, year.of, view.on) if year else None
    told = [p.year for p in group.programmes if p.consulted is None or p.consulted <= view.on]
    return {
        "id": group.id,
        "name": group.name,
        "kind": group.kind,
        "since": str(group.start) if group.start else None,
        "until": str(group.until) if group.until else None,
        "leader": leader.city if leader else None,
        "experts": [
            {"name": expert.name, "city": expert.city}
            for expert in group.experts
            if covers(expert.start, expert.until, view.on)
        ],
        "programme": approval.id if approval else None,
        "submitted": year is not None and year.of in told,
        "year": year.of if year else None,
        "meetings": len(held_in(case, group, year)) if year else None,
    }
