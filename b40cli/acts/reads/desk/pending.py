"""What waits for somebody's next step: applications, signatures, votes, requests, papers, ends."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View
from b40cli.acts.reads.desk.expiring import departures, item, running_on
from b40cli.acts.reads.desk.missing import lacking_parts, papers_missing
from b40cli.acts.reads.lists import applications
from b40cli.model.day import Moment
from b40cli.rules.facts.standing import standing_of

if TYPE_CHECKING:
    from b40cli.model.results import duties as shape


def pending(view: View, later: date) -> Iterator[shape.Item]:
    """What is pending; of members that leave those that go after a day."""
    for waiting in (_applications, _signatures, _decisions, _requests):
        yield from waiting(view)
    yield from running_on(view)
    yield from papers_missing(view)
    yield from (line for line in departures(view) if str(line["on"]) > str(later))


def _applications(view: View) -> Iterator[shape.Item]:
    """Applications that wait; what was put to the vote already is among the decisions."""
    put = {d.city for d in view.registry.decisions() if d.matter == "admission" and not d.closed}
    for row in applications(view, everything=False).result["applications"]:
        if row["id"] in put:
            continue
        lacks = f", lacks {' and '.join(row['missing'])}" if row["missing"] else ""
        step = f"b40 decision propose admission --subject {row['id']} --meeting …"
        if row["missing"]:
            member = view.registry.member(row["id"])
            country = f" --country {member.country}" if member else ""
            step = f"b40 application submit {shlex.quote(row['name'])}{country}{lacking_parts(row)}"
        yield item(
            f"application of {row['name']}{lacks}", row["received"], "executive-committee", step
        )


def _signatures(view: View) -> Iterator[shape.Item]:
    moment, law = Moment(view.on), view.law
    for member in view.registry.members():
        if standing_of(view.registry, member, moment, law) == "admitted":
            yield item(
                f"{member.name_on(view.on)} is admitted and has not signed",
                None,
                member.id,
                f"b40 member sign {member.id}",
            )


def _decisions(view: View) -> Iterator[shape.Item]:
    steps = {"open": "close", "proposed": "open"}
    for decision in view.registry.decisions():
        if decision.state in steps:
            yield item(
                f"{decision.id} {decision.state}: {decision.title}",
                decision.proposed,
                decision.body,
                f"b40 decision {steps[decision.state]} {decision.id}",
            )


def _requests(view: View) -> Iterator[shape.Item]:
    """Bodies that asked to be observers and were neither invited nor told that it ended."""
    for observer in view.registry.observers():
        if observer.requested and not observer.invitations and not observer.ended:
            yield item(
                f"{observer.name} asks to be an observer",
                observer.requested,
                "president",
                f"b40 observer invite {observer.id} --to ga --evidence …",
            )
