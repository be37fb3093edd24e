"""`statutes simulate`: an amendment run over past votes and present offices; the judge answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from b40cli.acts.judge.judging import same
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.what_if import read_as
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.registry import PARAMETERS, Registry
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.table import judge
from b40cli.rules.votes.vote import recount

if TYPE_CHECKING:
    from b40cli.model.results.statutes import Simulated, VoteTurned

OFFICES = ("committee/", "presidencies/", "groups/")


def simulate(
    view: View, amends: Sequence[Mapping[str, Any]], readings: Mapping[str, str]
) -> Answer[Simulated]:
    """Which past votes would have come to something else, and what of the offices would not stand.

    The changes are supposed from the beginning; nothing is recorded.
    """
    registry = view.registry
    for change in amends:
        registry = _amended(registry, str(change["parameter"]), change["value"])
    for point, reading in readings.items():
        registry = read_as(registry, point, reading)
    try:
        return answer(view, "statutes simulate", _simulated(view, registry))
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"The judge cannot read that value: {error}.", "b40 statutes show tells its form."
        ) from error


def _simulated(view: View, registry: Registry) -> Simulated:
    voted = [d for d in view.registry.decisions() if d.votes is not None and d.closed]
    told = (_state(view.registry, view, d.id) for d in voted)
    then = (_state(registry, view, d.id) for d in voted)
    turned: list[VoteTurned] = [
        {"id": d.id, "title": d.title, "was": was, "then": now}
        for d, was, now in zip(voted, told, then, strict=True)
        if was != now
    ]
    offices = list(_offices(view.registry, registry, view))
    return {"votes": len(voted), "turned": turned, "offices": offices}


def _amended(registry: Registry, name: str, value: Any) -> Registry:
    """The register in which a parameter always had that value."""
    record: dict[str, Any] = deepcopy(dict(registry.content(PARAMETERS)))
    found = [p for p in record.get("parameters", ()) if p["name"] == name]
    if not found:
        raise UsageError(f"{name} is no parameter.", "b40 statutes show lists them.")
    for each in found[0]["values"]:
        each["value"] = value
    return registry.with_record(PARAMETERS, record)


def _state(registry: Registry, view: View, name: str) -> str:
    """What a vote comes to by the law of the register, as the judge counts it."""
    decision = registry.decision(name)
    assert decision is not None
    found = recount(Case(None, registry, view.on), decision)
    if isinstance(found, Undetermined) or found.outcome is None:
        return "not countable"
    return found.outcome.state


def _offices(before: Registry, after: Registry, view: View) -> Iterator[str]:
    """What the judge says against present offices, and did not before; attested ones too."""
    paths = [path for folder in OFFICES for path in before.paths(folder)]
    known = {same(f) for f in judge(Case(None, before, view.on), paths) if f.kind != "duty"}
    for found in judge(Case(None, after, view.on), paths):
        if found.kind != "duty" and same(found) not in known:
            yield f"{found.message} ({found.article})"
