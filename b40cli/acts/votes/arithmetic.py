"""A vote's arithmetic, step by step: of whom, which share, who came, and by which words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from b40cli.model.errors import UsageError
from b40cli.model.facts.committee import SEATS
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import NotInForce
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.case.rule import Case, Rule, Undetermined
from b40cli.rules.case.silence import silent_effect
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.table import RULES
from b40cli.rules.votes.assembly_count import TWO_THIRDS, Assembly, no_assembly, session
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.bearing import Ballot, Facts
from b40cli.rules.votes.committee_count import Count, Majority, Sitting, attendance, decides_ties
from b40cli.rules.votes.contest import slate_of
from b40cli.rules.votes.outcome import count_of
from b40cli.rules.votes.taken import counted_as
from b40cli.rules.votes.vote import Recount, recount

VOTERS, CAST = "those with a vote who came", "the votes cast"
ENTITLED, MEMBERS = "all with a vote", "all members"
FIRST = "those at the first roll call"
# Of whom a majority is counted, by the reading in force; else of the votes cast.
OF_WHOM = {
    "unanimity-of-participants": VOTERS,
    "unanimity-of-all-seats": ENTITLED,
    "half-of-participants-exceeded": VOTERS,
    "present-or-represented": VOTERS,
    "all-members": MEMBERS,
    "present-at-first-roll-call": FIRST,
}
POINT = {"unanimity": "INT-03", "simple": "INT-05", "absolute": "INT-01"}
# The rules a reader needs the words of, by body and by majority; by matter each says itself.
BY_BODY = {
    "executive-committee": ("committee-quorum", "one-vote-per-member", "committee-competence"),
    ASSEMBLY: ("quorum-at-first-roll-call", "one-vote-per-member", "assembly-competence"),
}
BY_MAJORITY = {
    "unanimity": ("admission-needs-unanimity",),
    "simple": ("simple-majority", "casting-vote"),
    "two-thirds": ("two-thirds-matters",),
}


def arithmetic(registry: Registry, decision: Decision) -> dict[str, Any]:
    """What the count rests on; empty where there is no count.

    Raises UsageError where a count is recorded that nobody can take again.
    """
    if decision.counted is None:
        return {}
    day = decision.closed
    assert day is not None
    found = recount(Case(None, registry, day), decision)
    if not isinstance(found, Undetermined) and found.lost:
        raise UsageError(
            f"Who held which seat when the roll of {decision.id} was frozen is not told by the "
            "register: a seat was changed on the same day. Its count cannot be shown in steps.",
            f"It stands as it was counted: b40 decision paper {decision.id} prints it.",
        )
    if isinstance(found, Undetermined) or found.facts is None or found.outcome is None:
        raise UsageError(
            f"The votes in {decision.id} cannot be counted again.",
            f"b40 check tells what is missing; b40 show {decision.id} shows the record.",
        )
    facts, majority = found.facts, found.outcome.counted.majority
    assembly = isinstance(facts, Assembly)
    most = "proxies-per-holder" if assembly else "committee-proxies-per-holder"
    return {
        "quorum": _quorum(facts, found.law),
        "majority": _majority(decision, facts, majority, found.law),
        "casting vote of": _decider(facts, found.law),
        "also heard": _also_heard(facts, found.law),
        "proxies for each": found.law.number(most),
        "election": _election(decision, found) if decision.matter == ELECTION else {},
    }


def _quorum(facts: Facts, law: Law) -> dict[str, Any]:
    if isinstance(facts, Assembly):
        then = facts.at_first()
        out = frozenset() if law.reading("INT-02") == "in-both" else then.suspended
        came = frozenset() if no_assembly(facts, law) else session(then, law).counted
        return _part(str(law.share("assembly-quorum")), True, then.members - out, came)
    there = attendance(facts, law)
    of: Collection[str] = there.seated
    if law.reading("INT-04") == "seven-seats":
        held = {seat: city for city, seat in there.seated.items()}
        of = [f"{seat}: {held.get(seat, 'nobody')}" for seat in SEATS]
    return _part(str(law.share("committee-quorum")), False, of, there.counted)


def _part(share: str, least: bool, of: Collection[str], came: Collection[str]) -> dict[str, Any]:
    return {"share": _told(share, least), "of": sorted(of), "came": sorted(came)}


def _told(share: str, least: bool) -> str:
    return f"{'at least' if least else 'more than'} {share}"


def _majority(decision: Decision, facts: Facts, majority: Majority, law: Law) -> dict[str, Any]:
    kind = majority.kind
    of = MEMBERS if kind == "two-thirds" else OF_WHOM.get(_reading(kind, law), CAST)
    return {
        "kind": kind,
        "share": _told(_share(decision, kind, law), kind in ("unanimity", "two-thirds")),
        "of": of,
        "members": _named(of, facts, law),
    }


def _named(of: str, facts: Facts, law: Law) -> list[str]:
    """The base by name, where the roll of the vote does not tell it."""
    if of == FIRST and isinstance(facts, Assembly):
        return sorted(session(facts.at_first(), law).voters)
    return _members(facts, law) if of == MEMBERS else []


def _reading(kind: str, law: Law) -> str:
    return law.reading(POINT[kind]) if kind in POINT else ""


def _share(decision: Decision, kind: str, law: Law) -> str:
    if kind == "two-thirds":
        return str(law.share(TWO_THIRDS[decision.matter]))
    named = {"unanimity": "1/1", "simple": "1/2", "plurality": "0/1"}
    return named[kind] if kind in named else str(law.share("absolute-majority"))


def _members(facts: Facts, law: Law) -> list[str]:
    """`All members`, as assembly_count.all_members takes them."""
    assert isinstance(facts, Assembly)
    out = facts.suspended if law.reading("INT-02") == "out-of-both" else frozenset()
    silent = {facts.concerned} if law.reading("INT-13") == "no" else set()
    return sorted(facts.members - out - silent)


def _decider(facts: Facts, law: Law) -> str | None:
    """Whose vote decides a tie: the President's, where the tie is one the President decides."""
    if not isinstance(facts, Sitting):
        return None
    there = attendance(facts, law)
    return there.president if decides_ties(there, law.readings) else None


def _also_heard(facts: Facts, law: Law) -> list[str]:
    """The President, whose ballot is kept for a tie although it is no vote (INT-20)."""
    if not isinstance(facts, Sitting) or law.reading("INT-20") != "no-but-casting":
        return []
    there = attendance(facts, law)
    return [there.president] if there.president in there.counted and there.president else []


def _election(decision: Decision, found: Recount) -> dict[str, Any]:
    votes = decision.votes
    stands = votes.by_candidate if votes else ()
    seats = found.law.number("committee-seats-elected")
    told = {"seats": found.race.free if found.race else seats}
    slate = slate_of(decision) if found.race else None
    told |= {"slate": True} if slate is not None else {}
    return {**told, "leaders": sorted(found.leading & {*stands, *(slate or ())})}


def statutes(registry: Registry, decision: Decision) -> dict[str, Any]:
    """The rules in words, the numbers in force, and each open point with how it is read."""
    meeting = registry.meeting(decision.meeting)
    day = meeting.day if meeting else decision.closed
    law = law_or_none(registry, day) if day else None
    if law is None:
        return {"edition": decision.edition, "rules": {}, "parameters": {}, "readings": {}}
    rules = _rules(decision)
    turned: dict[str, Any] = dict((decision.readings or {}).get("on", {}))
    asked = {point for rule in rules for point in rule.readings} & law.others.keys()
    points = sorted(asked | turned.keys())
    names = dict.fromkeys(name for rule in rules for name in rule.parameters)
    return {
        "edition": law.edition.id,
        "rules": {f"{rule.article}, {rule.name}": rule.norm for rule in rules},
        "parameters": {n: law.parameters[n] for n in names if n in law.parameters},
        "readings": {p: _point(registry, law, p, turned.get(p, {})) for p in points},
    }


def _rules(decision: Decision) -> list[Rule]:
    majority = (decision.counted or {}).get("majority", {})
    kind = majority.get("kind", "")
    counted = ("absolute-majority-matters",) if decision.body == ASSEMBLY and kind else ()
    # Asked about every vote of the committee, so no matter of its own says it.
    seated = ("committee-composition",) if decision.matter == ELECTION else ()
    wanted = {*seated, *BY_BODY.get(decision.body, ()), *BY_MAJORITY.get(kind, counted)}
    return [r for r in RULES if r.name in wanted or _of_its_matter(r, decision)]


def _of_its_matter(rule: Rule, decision: Decision) -> bool:
    """A rule of the matter; of a resolution, of what it brings about where the text is silent."""
    effect = silent_effect(decision)
    silent = decision.matter == "resolution" and (effect is None or effect.article != rule.article)
    return decision.matter in rule.matters and not silent


def _point(registry: Registry, law: Law, name: str, turned: dict[str, Any]) -> dict[str, Any]:
    point = registry.interpretations().get(name)
    if point is None:
        return {"question": f"{name} is not on record.", "read as": None}
    try:
        reading = law.reading(name)
    except NotInForce:
        return {"question": point.question, "read as": None}
    others = {other: point.readings[other] for other in turned if other in point.readings}
    return {
        "question": point.question,
        "read as": reading,
        "that is": point.readings.get(reading),
        **({"would turn it": others} if others else {}),
    }


def by_reading(registry: Registry, decision: Decision, point: str) -> list[tuple[str, bool, Count]]:
    """Each reading of whom a majority is counted, whether it was taken, and its own count.

    Empty for other points, whose readings change who votes rather than of whom.
    """
    if decision.closed is None or point not in POINT.values() or decision.matter == ELECTION:
        return []
    found = recount(Case(None, registry, decision.closed), decision)
    if isinstance(found, Undetermined) or found.lost or found.facts is None:
        return []
    if decision.votes is None:
        return []
    ballot = Ballot(found.facts, decision.votes, counted_as(registry, decision))
    law = found.law
    counts = {r: count_of(ballot, ballot.votes, law.varied(point, r)) for r in law.others[point]}
    return [(r, r == law.reading(point), count) for r, count in counts.items()]
