"""Run-offs that an election of the committee left to be held: equals over a seat still free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.change.elections import next_step
from b40cli.acts.opened.view import View
from b40cli.acts.reads.desk.expiring import item
from b40cli.model.facts.decision import Decision
from b40cli.rules.facts.effects import stands
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.contest import race_of

if TYPE_CHECKING:
    from b40cli.model.results.duties import Item


def run_offs(view: View) -> Iterator[Item]:
    """Of each term the last election, where it named a run-off and a seat is still free."""
    last: dict[int, Decision] = {}
    for decision in _counted(view):
        if decision.seats is not None and decision.closed and decision.closed <= view.on:
            last[decision.seats.of] = decision
    for term, decision in last.items():
        tied = tuple((decision.counted or {}).get("tied", ()))
        # As one that is put to the Assembly now, after the one that is on record.
        ahead = decision._replace(id="", state="proposed", closed=None)
        free = race_of(view.registry, ahead, view.on, view.law).free if tied else 0
        step = next_step(term, min(free, decision.seats.free if decision.seats else 0), tied)
        if step is not None:
            yield item(step[0], decision.closed, "general-assembly", step[1])


def _counted(view: View) -> list[Decision]:
    paths = view.registry.naming(ELECTION, "decisions/")
    found = [d for d in map(view.registry.decision_in, sorted(paths)) if d is not None]
    counted = (d for d in found if d.state == "rejected" or stands(view.registry, d))
    return sorted(counted, key=lambda d: (str(d.closed), d.item or 0, d.id))
