"""The facts of a vote, gathered from the registry; for the Assembly, who is a member at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from b40cli.model.day import Moment, legal_day, time_of
from b40cli.model.decision import Decision, Roll
from b40cli.model.meeting import PRESIDENT, SECRETARY, Meeting, Proxy, RollCall
from b40cli.model.registry import Registry
from b40cli.rules.assembly_count import Assembly
from b40cli.rules.counting import PaperProxy
from b40cli.rules.law import Law
from b40cli.rules.outcome import Facts, same_roll, there_of
from b40cli.rules.rule import Undetermined
from b40cli.rules.sitting import frozen_sitting, roll_of, sitting_at
from b40cli.rules.standing import MEMBERS, is_suspended, standing_of

ASSEMBLY = "general-assembly"
TIMINGS = ("before-opening", "same-day")
WAYS = ("sent", "received")


def assembly_at(
    registry: Registry,
    moment: Moment,
    meeting: Meeting | None,
    call: RollCall | None,
    law: Law,
    concerned: str | None = None,
) -> Assembly | Undetermined:
    """The facts of a vote in the Assembly; Undetermined where the list of members is not whole."""
    network = registry.network
    if network is None or not network.whole("members", moment.day):
        return Undetermined(("the list of members, which is not whole",))
    members = frozenset(
        m.id for m in registry.members() if standing_of(registry, m, moment, law) in MEMBERS
    )
    first = meeting.first_roll_call if meeting else None
    return Assembly(
        members=members,
        suspended=frozenset(m for m in members if is_suspended(registry, m, moment)),
        first=frozenset(first.present if first else ()),
        present=frozenset(call.present if call else ()),
        proxies=paper_proxies(meeting, call, law),
        first_proxies=paper_proxies(meeting, first, law),
        concerned=concerned,
    )


def paper_proxies(
    meeting: Meeting | None, call: RollCall | None, law: Law
) -> tuple[PaperProxy, ...]:
    """The proxies not revoked before a roll call, each with the readings its proof satisfies."""
    if meeting is None or call is None:
        return ()
    called = time_of(call.at)
    standing = (p for p in meeting.proxies if p.document and not _revoked_before(p, called))
    return tuple(
        PaperProxy(p.principal, p.holder, proven(p, meeting))
        for p in standing
        if not one_too_many(p, meeting, law)
    )


def one_too_many(proxy: Proxy, meeting: Meeting, law: Law) -> bool:
    """Whether the holder was given another member's proxy first, revoked or not (Art. 8)."""
    others = (p.principal for p in meeting.proxies if p.holder == proxy.holder)
    first = list(dict.fromkeys(others))[: law.number("proxies-per-holder")]
    return proxy.principal not in first


def _revoked_before(proxy: Proxy, called: datetime | None) -> bool:
    return proxy.revoked is not None and (called is None or proxy.revoked <= called)


def proven(proxy: Proxy, meeting: Meeting) -> frozenset[str]:
    """Under which readings of INT-18 and INT-27, as `timing/way`, the proof came in time."""
    return frozenset(
        f"{timing}/{way}"
        for timing in TIMINGS
        for way in WAYS
        if all(in_time(dispatched(proxy, way, to), meeting, timing) for to in (SECRETARY, PRESIDENT))
    )


def dispatched(proxy: Proxy, way: str, to: str) -> str | None:
    """When the proof was sent, or received; what was received by then was sent by then."""
    received = proxy.received.get(to)
    return received if way == "received" else proxy.sent.get(to, received)


def in_time(moment: str | None, meeting: Meeting, timing: str) -> bool:
    """Whether a moment is before the meeting opens, or no later than its day (INT-18)."""
    if moment is None:
        return False
    if timing == "same-day":
        return legal_day(moment) <= meeting.day
    exact, opening = time_of(moment), time_of(meeting.opens)
    if exact is not None and opening is not None:
        return exact < opening
    return legal_day(moment) < meeting.day


def facts_of(registry: Registry, decision: Decision, law: Law) -> Facts | Undetermined:
    """The facts a decision was voted on: at the roll call its frozen roll was taken from."""
    meeting = registry.meeting(decision.meeting) if decision.meeting else None
    if meeting is None:
        return Undetermined((f"the meeting of {decision.id}",))
    gathered = list(_at_each_call(registry, decision, meeting, law))
    for facts in gathered:
        if isinstance(facts, Undetermined) or decision.roll is None:
            return facts
        if same_roll(decision.roll, roll_of(there_of(facts, law))):
            return facts
    return gathered[0]


def _at_each_call(
    registry: Registry, decision: Decision, meeting: Meeting, law: Law
) -> Iterator[Facts | Undetermined]:
    moment = Moment(meeting.day, meeting.id, decision.item)
    calls: tuple[RollCall | None, ...] = tuple(reversed(meeting.roll_calls)) or (None,)
    for call in calls:
        if decision.body == ASSEMBLY:
            yield assembly_at(registry, moment, meeting, call, law, decision.city)
        else:
            yield sitting_at(registry, moment, meeting, call, decision.city)


def frozen_facts(facts: Facts, roll: Roll, law: Law) -> Facts | None:
    """The facts as they were when the roll was frozen; None where nobody can count it again."""
    if not isinstance(facts, Assembly):
        return frozen_sitting(facts, roll, law)
    ways = frozenset(f"{timing}/{way}" for timing in TIMINGS for way in WAYS)
    concerned = {facts.concerned} if facts.concerned and law.reading("INT-13") == "no" else set()
    return facts._replace(
        members=frozenset({*roll.entitled, *roll.suspended, *concerned}),
        suspended=frozenset(roll.suspended),
        present=frozenset(roll.present),
        proxies=tuple(PaperProxy(p, holder, ways) for p, holder in roll.represented.items()),
    )
