"""Art. 8: whether the two cities of a proxy could give and hold it, by what was known then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from b40cli.model.day import Moment
from b40cli.model.facts.meeting import Meeting, Proxy
from b40cli.model.finding import Kind
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.annulled import as_known
from b40cli.rules.facts.known_standing import as_known_to
from b40cli.rules.facts.standing import is_member
from b40cli.rules.facts.suspensions import is_suspended

LEARNT = ", as was learnt after the meeting was held"
AS_HELD = "The meeting stands as it was held; nothing needs to be done."
CURES = {
    "holder": "Name a member in good standing.",
    "principal": "Only a member with a vote can have it cast by another.",
}
FormFault = tuple[str, str, Kind]


def named(proxy: Proxy) -> str:
    """A proxy as it is spoken of."""
    return f"The proxy of {proxy.principal} to {proxy.holder}"


def fallen(case: Case, meeting: Meeting, proxy: Proxy) -> Iterator[FormFault]:
    """Void where it was so when the proxy was given; told where a standing changed since.

    Told, too, where it is learnt after the meeting was held (Art. 8).
    """
    opening, given = Moment(meeting.day, meeting.id, 0), given_at(meeting, proxy)
    law = case.law(meeting.day)
    for city, role in ((proxy.holder, "holder"), (proxy.principal, "principal")):
        now = _unfit(case.after, city, opening, law)
        if now is None:
            continue
        if _unfit(case.after, city, given, law) is None:
            message = f"{named(proxy)} has no effect: {city} is {now}, since it was given."
            yield message, CURES[role], "note"
        elif was_fit(case, meeting, proxy, (city,), partial(_is_fit, city, given, law)):
            yield f"{named(proxy)} stood: {city} is {now}{LEARNT}.", AS_HELD, "note"
        else:
            message = f"{named(proxy)} has no effect: {city} is {now}."
            yield without_effect(case, meeting, proxy, message, CURES[role])


def without_effect(
    case: Case, meeting: Meeting, proxy: Proxy, message: str, cure: str
) -> FormFault:
    """A fault that voids a proxy; told alone of one on record whose roll is not called yet.

    What is learnt of its cities until then is recorded, and told; the roll is not called with it.
    """
    before = case.before.meeting(meeting.id) if case.before else meeting
    if before is None or proxy not in before.proxies or before.roll_calls:
        return message, cure, "validity"
    revoked = f"Before the roll is called: b40 proxy revoke {meeting.id} --from {proxy.principal}."
    return message, f"{cure} {revoked}", "validity" if meeting.roll_calls else "note"


def was_fit(
    case: Case,
    meeting: Meeting,
    proxy: Proxy,
    cities: Sequence[str],
    fit: Callable[[Registry], bool],
) -> bool:
    """Whether, as was known when a meeting was held, these cities could give or hold a proxy there.

    Without the annulments since, by the roll of its first vote, where there is one; else because
    the roll was called on it and what was known then is frozen. A meeting that 0.1.0 recorded froze
    nothing: nobody could tell it from one written by hand.
    """
    if not meeting.roll_calls:
        return False
    opening = Moment(meeting.day, meeting.id, 0)
    known = as_known(as_known_to(case.after, meeting.path), opening)
    if fit(known):
        return True
    votes = (known.decision_in(path) for path in known.naming(meeting.id))
    rolls = {(d.item or 0, d.id): d.roll for d in votes if d and d.meeting == meeting.id and d.roll}
    if rolls:
        return set(cities) <= set(rolls[min(rolls)].entitled)
    held = case.before.meeting(meeting.id) if case.before else meeting
    return held is not None and held.known is not None and proxy in held.proxies


def given_at(meeting: Meeting, proxy: Proxy) -> Moment:
    """When the papers first went out; the opening where the record does not say."""
    days = [meeting.day_of(time) for time in (*proxy.sent.values(), *proxy.received.values())]
    first = min(days, default=meeting.day)
    return Moment(first) if first < meeting.day else Moment(meeting.day, meeting.id, 0)


def _is_fit(city: str, moment: Moment, law: Law, registry: Registry) -> bool:
    return _unfit(registry, city, moment, law) is None


def _unfit(registry: Registry, city: str, moment: Moment, law: Law) -> str | None:
    if not is_member(registry, city, moment, law):
        return f"not a member on {moment.day}"
    return "suspended" if is_suspended(registry, city, moment) else None
