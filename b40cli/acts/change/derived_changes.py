"""What ensues when the past turns out otherwise: two states of the register compared on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.duty import Duty
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duty import settled
from b40cli.rules.facts.memberships import membership_begins
from b40cli.rules.facts.observing import observers_on
from b40cli.rules.facts.running_on import leader_on, secretary_on
from b40cli.rules.facts.seats import president_on, seats_on
from b40cli.rules.facts.standing import membership_at, standing_of
from b40cli.rules.table import rules_about

# What a fact is called, with {} for whom it is about, and the id of that one.
DutyFacts = Mapping[tuple[str, str], str]
DUTIES = frozenset({"duty"})


def ensuing(before: Registry, after: Registry, day: date) -> tuple[str, ...]:
    """One sentence for each derived fact of the day that the second state gives otherwise."""
    law = law_on(before, day)
    names = {m.id: m.name for m in after.members()} | {g.id: g.name for g in after.groups()}
    return tuple(
        sentence
        for facts in (_standings, _beginnings, _votes, _roll, _offices, _invited)
        for sentence in _moved(facts(before, day, law), facts(after, day, law), names)
    )


def duties_moved(
    before: Registry, after: Registry, paths: Iterable[str], day: date
) -> tuple[str, ...]:
    """One sentence for each duty at these records that stands otherwise in the second state."""
    paths = sorted(paths)
    return tuple(_moved(_owed(before, paths, day), _owed(after, paths, day), {}))


def _owed(registry: Registry, paths: Iterable[str], day: date) -> DutyFacts:
    case = Case(None, registry, day)
    return {
        (_called(duty), ""): duty.state
        for path in paths
        for rule in rules_about(path, kinds=DUTIES)
        if rule.arising is not None and registry.has(path)
        for duty in (settled(case, owed) for owed in rule.arising(case, path))
    }


def _called(duty: Duty) -> str:
    about = f" ({duty.subject})" if duty.subject and not duty.subject.endswith(duty.of) else ""
    return f"Duty {duty.rule} of {duty.of}{about}"


def _moved(before: DutyFacts, after: DutyFacts, names: Mapping[str, str]) -> Iterator[str]:
    """Facts are compared by id: a name that is corrected moves nobody's standing."""
    for fact in {**before, **after}:
        was, now = before.get(fact, "none"), after.get(fact, "none")
        if was != now:
            what, who = fact
            yield f"{what.format(names.get(who, who))}: {was} until now, {now} by this act."


def _standings(registry: Registry, day: date, law: Law) -> DutyFacts:
    return {
        ("Standing of {}", m.id): standing_of(registry, m, Moment(day), law)
        for m in registry.members()
    }


def _beginnings(registry: Registry, _day: date, law: Law) -> DutyFacts:
    return {
        ("Membership of {} since", m.id): str(membership_begins(registry, m, law) or "never")
        for m in registry.members()
    }


def _votes(registry: Registry, day: date, law: Law) -> DutyFacts:
    moment = Moment(day)
    members, without_vote = membership_at(registry, moment, law)
    return {
        ("Vote of {}", m.id): "suspended" if m.id in without_vote else "held"
        for m in registry.members()
        if m.id in members
    }


def _roll(registry: Registry, day: date, law: Law) -> DutyFacts:
    """How many are members, and how many of them make the Assembly quorate (Art. 10)."""
    network = registry.network
    if network is None or not network.whole("members", day):
        return {}
    members, without_vote = membership_at(registry, Moment(day), law)
    base = len(members if law.reading("INT-02") == "in-both" else members - without_vote)
    required = law.share("assembly-quorum").least_of(base)
    quorum = f"{required} of {base}"
    return {("Members", ""): str(len(members)), ("Quorum of the Assembly", ""): quorum}


def _offices(registry: Registry, day: date, _law: Law) -> DutyFacts:
    led = {
        ("Leader of {}", group.id): leader.city
        for group in registry.groups()
        if (leader := leader_on(registry, group, day)) is not None
    }
    seats = {("Committee seat {}", s.seat): s.city or s.state for s in seats_on(registry, day)}
    serving = secretary_on(registry, day)
    led |= {("Permanent Secretary", ""): serving.name} if serving else {}
    return {("Presidency", ""): president_on(registry, day) or "vacant", **seats, **led}


def _invited(registry: Registry, day: date, _law: Law) -> DutyFacts:
    return {("Observer {}", name): "invited" for name in observers_on(registry, day)}
