"""What an election of the committee writes and tells beside its count (Art. 13, rule set 2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision, decision_of, path_of
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.facts.standing import membership_at
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.contest import Bar, Race, race_of
from b40cli.rules.votes.outcome import Outcome
from b40cli.rules.votes.vote import Recount


def race_ahead(registry: Registry, decision: Decision, on: date) -> Race | None:
    """What an election that is not closed is about; None where set 1 counts it, or no law does."""
    meeting = registry.meeting(decision.meeting)
    day = meeting.day if meeting else on
    law = law_or_none(registry, day)
    if not _elects(decision) or law is None or law.rule_set == 1:
        return None
    return race_of(registry, decision, day, law)


def _elects(decision: Decision) -> bool:
    return decision.matter == ELECTION and decision.body == ASSEMBLY


def as_put(registry: Registry, record: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What the record of an election says before its vote: the free seats; and its silence.

    An election for the rest of a term is one on which the statutes are silent, said or not.
    """
    decision = decision_of(path_of(record["id"]), {**record, "state": "proposed"})
    race = race_ahead(registry, decision, on)
    if race is None:
        return {}
    silent = {} if race.regular else {"statutes_silent": True}
    return {"seats": {"free": race.free, "of": race.term}, **silent}


def kept_out(registry: Registry, record: Mapping[str, Any], on: date) -> dict[str, Bar]:
    """Of the candidates who may not sit; where none are named, of all members."""
    decision = decision_of(path_of(record["id"]), {**record, "state": "proposed"})
    meeting = registry.meeting(decision.meeting)
    day = meeting.day if meeting else on
    law = law_or_none(registry, day)
    if not _elects(decision) or law is None:
        return {}
    if decision.candidates:
        return race_of(registry, decision, day, law).kept_out()
    return _of_all(registry, decision, day, law)


def _of_all(registry: Registry, decision: Decision, day: date, law: Law) -> dict[str, Bar]:
    everybody = [member.id for member in registry.members()]
    race = race_of(registry, decision, day, law, cities=everybody)
    members, _suspended = membership_at(registry, Moment(day, decision.meeting, decision.item), law)
    return {city: bar for city, bar in race.kept_out().items() if city in members}


def told_ahead(record: Mapping[str, Any], kept: Mapping[str, Bar]) -> tuple[str, ...]:
    """The lines of a proposal: how many seats, and who may not sit."""
    lines = [f"{city} may not sit: {bar.why} ({bar.rule})." for city, bar in sorted(kept.items())]
    seats, silent = record.get("seats"), "statutes_silent" in record
    return (*([_seats(seats["free"], seats["of"], silent)] if seats else []), *lines)


def _seats(free: int, term: int, silent: bool) -> str:
    kind = "an election for the rest of the term" if silent else "the regular election"
    said = ", on which the statutes are silent" if silent else ""
    return f"{counted(free, 'seat')} of {term} free: {kind}{said} (Art. 13)."


def as_closed(found: Recount) -> dict[str, Any]:
    """What closing writes of an election: its seats, who keeps one, who is passed over."""
    race, outcome = found.race, found.outcome
    if race is None:
        return {}
    fields: dict[str, Any] = {"seats": {"free": race.free, "of": race.term}}
    if not race.regular:
        fields["statutes_silent"] = True
    if outcome is None or outcome.state == "invalid":
        return fields
    known = {"seats": [held._asdict() for held in race.staying], "leaders": sorted(found.leading)}
    passed = [each._asdict() for each in outcome.passed_over]
    return {**fields, "known": known, **({"passed_over": passed} if passed else {})}


def why_void(outcome: Outcome) -> str:
    """Why an election with a quorum has no effect (INT-42)."""
    named = (f"{each.city} ({each.rule})" for each in outcome.passed_over)
    return f"Elected, though they may not sit: {', '.join(named)} (Art. 13, INT-42)."


def told_after(race: Race | None, outcome: Outcome, invalid: bool) -> tuple[str, ...]:
    """The lines of a count: seats; unless it has no effect, who was passed over, the next step."""
    if race is None:
        return ()
    seats = _seats(race.free, race.term, not race.regular)
    if invalid:
        return (seats,)
    passed = (f"Passed over: {each.city} ({each.rule})." for each in outcome.passed_over)
    step = next_step(race.term, race.free - len(outcome.elected or ()), outcome.tied)
    return (seats, *passed, *([f"Next: {step[0]}: {step[1]}"] if step else []))


def next_step(term: int, vacant: int, tied: tuple[str, ...]) -> tuple[str, str] | None:
    """The run-off between those who are equal over a seat, and its command."""
    if not tied or not vacant:
        return None
    names = ",".join(tied)
    between = f"{', '.join(tied[:-1])} and {tied[-1]}"
    what = f"a run-off between {between} for {counted(vacant, 'seat')} of {term}"
    return (
        what,
        f"b40 decision propose committee-election --term {term} --candidate {names} --meeting …",
    )
