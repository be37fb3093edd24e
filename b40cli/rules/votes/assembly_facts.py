"""The facts of a vote, gathered from the registry; for the Assembly, who is a member at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from b40cli.model.day import Moment, time_of
from b40cli.model.facts.decision import Decision, Roll
from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Meeting, Proxy, RollCall
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.standing import membership_at
from b40cli.rules.facts.suspensions import suspended_between
from b40cli.rules.votes.assembly_count import Assembly
from b40cli.rules.votes.bearing import Facts
from b40cli.rules.votes.committee_count import ENDED_BEFORE, HeldSeats, PaperProxy
from b40cli.rules.votes.committee_facts import frozen_sitting, roll_of, sitting_at
from b40cli.rules.votes.outcome import same_roll, there_of

ASSEMBLY = "general-assembly"
TIMINGS = ("before-opening", "same-day")
WAYS = ("sent", "received")
# The matters in which a member votes on itself (INT-13).
CONCERNING = frozenset({"removal", "suspension"})


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
    first = meeting.first_roll_call if meeting else None
    facts = Assembly(
        members=frozenset(),
        suspended=frozenset(),
        first=frozenset(first.present if first else ()),
        present=frozenset(call.present if call else ()),
        proxies=paper_proxies(meeting, call),
        first_proxies=paper_proxies(meeting, first),
        concerned=concerned,
        outside=meeting is not None and registry.summit_of(meeting) is None,
    )
    return belonging(registry, facts, moment, law)


def belonging(registry: Registry, facts: Assembly, moment: Moment, law: Law) -> Assembly:
    """The facts with who is a member at the moment, and at the beginning of its meeting."""
    members, suspended = first_members, first_suspended = membership_at(registry, moment, law)
    meanwhile: frozenset[str] = frozenset()
    if moment.meeting is not None and moment.item is not None:
        # No item comes before the first: what earlier items decided had no effect yet.
        opening = Moment(_first_called(registry, moment, law), moment.meeting, 0)
        first_members, first_suspended = membership_at(registry, opening, law)
        meanwhile = suspended_between(registry, opening, moment)
    return facts._replace(
        members=members,
        suspended=suspended,
        first_members=first_members,
        first_suspended=first_suspended,
        meanwhile=meanwhile,
    )


def _first_called(registry: Registry, moment: Moment, law: Law) -> date:
    """The day of the first roll call: one of two days counts its quorum on the first (set 2)."""
    meeting = registry.meeting(moment.meeting)
    call = meeting.first_roll_call if meeting and law.rule_set > 1 else None
    return meeting.day_of(call.at) if meeting and call else moment.day


def paper_proxies(meeting: Meeting | None, call: RollCall | None) -> tuple[PaperProxy, ...]:
    """The proxies not revoked before a roll call, each with the readings its proof satisfies."""
    if meeting is None or call is None:
        return ()
    standing = (p for p in meeting.proxies if p.document and not p.revoked_by(call.at))
    return tuple(
        PaperProxy(
            p.principal,
            p.holder,
            proven(p, meeting),
            tuple(len(given_before(p, meeting, reading)) for reading in ENDED_BEFORE),
        )
        for p in standing
    )


def given_before(proxy: Proxy, meeting: Meeting, reading: str) -> tuple[str, ...]:
    """Whose proxies the holder was given before this one, revoked or not (Art. 8).

    One that ended before the meeting opened binds nobody, or does, as INT-39 is read.
    """
    bound = reading == "holder-stays-bound"
    given = (p for p in meeting.proxies if p.holder == proxy.holder)
    others = [p.principal for p in given if bound or not ended_before(p, meeting)]
    own = others.index(proxy.principal) if proxy.principal in others else 0
    return tuple(dict.fromkeys(others[:own]))


def ended_before(proxy: Proxy, meeting: Meeting) -> bool:
    """Whether a proxy was revoked before the meeting opened: by the time, or on an earlier day."""
    revoked = proxy.revoked
    return revoked is not None and in_time(revoked.isoformat(), meeting, TIMINGS[0])


def proven(proxy: Proxy, meeting: Meeting) -> frozenset[str]:
    """Under which readings of INT-18 and INT-27, as `timing/way`, the proof came in time."""
    return frozenset(
        f"{timing}/{way}"
        for timing in TIMINGS
        for way in WAYS
        if all(proved(proxy, way, to, meeting, timing) for to in (SECRETARY, PRESIDENT))
    )


def proved(proxy: Proxy, way: str, to: str, meeting: Meeting, timing: str) -> bool:
    """Whether the proof was sent, or received, in time (INT-18).

    Sent on a day whose hour nobody wrote down, it was sent by when it was received; a receipt of
    an earlier day than that proves nothing.
    """
    moment, received = dispatched(proxy, way, to), proxy.received.get(to)
    if in_time(moment, meeting, timing):
        return True
    if way == "received" or not moment or not received or time_of(moment) is not None:
        return False
    later = meeting.day_of(received) >= meeting.day_of(moment)
    return later and in_time(received, meeting, timing)


def proved_by_receipt(meeting: Meeting) -> bool:
    """Whether a proof sent in time is one by its receipt alone: it counted as late at first."""
    return any(
        not in_time(p.sent[to], meeting, by) and proved(p, "sent", to, meeting, by)
        for p in meeting.proxies
        for to in p.sent.keys() & p.received.keys()
        for by in TIMINGS
    )


def without_receipts(meeting: Meeting) -> Meeting:
    """As 0.1.0 saw a revoked proxy, whose proof no rule asks: the receipt of a day was no proof."""
    proxies = (p._replace(received={}) if p.revoked and p.sent else p for p in meeting.proxies)
    return meeting._replace(proxies=tuple(proxies))


def dispatched(proxy: Proxy, way: str, to: str) -> str | None:
    """When the proof was sent, or received; what was received by then was sent by then."""
    received = proxy.received.get(to)
    return received if way == "received" else proxy.sent.get(to, received)


def in_time(moment: str | None, meeting: Meeting, timing: str) -> bool:
    """Whether a moment is before the meeting opens, or no later than its day (INT-18)."""
    if moment is None:
        return False
    if timing == "same-day":
        return meeting.day_of(moment) <= meeting.day
    exact, opening = time_of(moment), time_of(meeting.opens)
    if exact is not None and opening is not None:
        return exact < opening
    return meeting.day_of(moment) < meeting.day


def facts_of(registry: Registry, decision: Decision, law: Law) -> Facts | Undetermined:
    """The facts a decision was voted on: at the roll call its frozen roll was taken from."""
    meeting = registry.meeting(decision.meeting)
    if meeting is None:
        return Undetermined((f"the meeting of {decision.id}",))
    first: Facts | None = None
    told = [meeting]
    if proved_by_receipt(meeting) and law.reading("INT-27") == "sent":
        told.append(without_receipts(meeting))
    for facts in chain(*(_at_each_call(registry, decision, each, law) for each in told)):
        if isinstance(facts, Undetermined) or decision.roll is None:
            return facts
        if same_roll(decision.roll, roll_of(there_of(facts, law))):
            return facts
        first = first or facts
    assert first is not None, "without a roll call there is one sitting still"
    return first


def _at_each_call(
    registry: Registry, decision: Decision, meeting: Meeting, law: Law
) -> Iterator[Facts | Undetermined]:
    moment = moment_of(decision, meeting)
    concerned = decision.city if decision.matter in CONCERNING else None
    calls: tuple[RollCall | None, ...] = tuple(reversed(meeting.roll_calls)) or (None,)
    for call in calls:
        if decision.body == ASSEMBLY:
            yield assembly_at(registry, moment, meeting, call, law, concerned)
        else:
            yield sitting_at(registry, moment, meeting, call, concerned, law)


def moment_of(decision: Decision, meeting: Meeting) -> Moment:
    """When a decision is voted on: on the day of its meeting that it is closed on, at its item."""
    return Moment(meeting.day_within(decision.closed), meeting.id, decision.item)


def expected(meeting: Meeting) -> RollCall:
    """The roll call as if whoever is announced had come: delegations, and who holds a proxy."""
    announced = (*(d.member for d in meeting.delegations), *(p.holder for p in meeting.proxies))
    away = meeting.declining("attendance")
    coming = dict.fromkeys(city for city in announced if city not in away)
    return RollCall(1, meeting.opens, tuple(coming))


def represented(registry: Registry, meeting: Meeting) -> Mapping[str, str] | None:
    """Principal to holder, as the count takes them; None where nobody can count them.

    As the rolls of its votes froze them, or at a roll call; before it as they are announced.
    """
    votes = (registry.decision_in(path) for path in registry.naming(meeting.id))
    rolls = [d.roll.represented for d in votes if d and d.meeting == meeting.id and d.roll]
    calls = meeting.roll_calls or (expected(meeting),)
    counted = [_represented(registry, meeting, call) for call in calls]
    found = [pairs for pairs in (*rolls, *counted) if pairs is not None]
    return (
        {p: holder for pairs in reversed(found) for p, holder in pairs.items()} if found else None
    )


def _represented(registry: Registry, meeting: Meeting, call: RollCall) -> Mapping[str, str] | None:
    law = law_or_none(registry, meeting.day)
    if law is None or meeting.kind not in ("ga", "ec"):
        return None
    facts = facts_at(registry, meeting, call, law)
    return None if isinstance(facts, Undetermined) else there_of(facts, law).represented


def facts_at(
    registry: Registry, meeting: Meeting, call: RollCall | None, law: Law
) -> Facts | Undetermined:
    """The facts of a meeting of either body as it opens, with who answered a roll call."""
    opening = Moment(meeting.day, meeting.id, 0)
    if meeting.kind == "ga":
        return assembly_at(registry, opening, meeting, call, law)
    return sitting_at(registry, opening, meeting, call, law=law)


def frozen_facts(
    facts: Facts, roll: Roll, law: Law, known: HeldSeats | None = None
) -> Facts | None:
    """The facts as they were when the roll was frozen; None where nobody can count it again.

    `known` are the seats that a committee vote froze, where its record says them.
    """
    if not isinstance(facts, Assembly):
        return frozen_sitting(facts, roll, law, known)
    ways = frozenset(f"{timing}/{way}" for timing in TIMINGS for way in WAYS)
    concerned = {facts.concerned} if facts.concerned and law.reading("INT-13") == "no" else set()
    members = frozenset({*roll.entitled, *roll.suspended, *concerned})
    then, lately = facts.at_first(), facts.suspended | facts.meanwhile
    written = tuple(PaperProxy(p, holder, ways) for p, holder in roll.represented.items())
    # A roll is silent on the proxy of who came meanwhile, or whose holder left (set 2).
    resting = (
        p for p in facts.proxies if p.principal in roll.present or p.holder not in roll.present
    )
    at_first = (*written, *resting) if law.rule_set > 1 else None
    return facts._replace(
        members=members,
        suspended=frozenset(roll.suspended),
        present=frozenset(roll.present),
        proxies=written,
        first_proxies=then.proxies if then.proxies != facts.proxies else at_first,
        # What changed within the meeting, before the roll was frozen, is all that differs.
        first_members=_undone(members, then.members, facts.members),
        first_suspended=_undone(frozenset(roll.suspended), then.suspended, lately),
    )


def _undone(
    frozen: frozenset[str], before: frozenset[str], after: frozenset[str]
) -> frozenset[str]:
    return (frozen | (before - after)) - (after - before)
