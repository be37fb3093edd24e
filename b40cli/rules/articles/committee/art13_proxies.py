"""Art. 13: who represents a member of the committee that does not attend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import Moment
from b40cli.model.facts.meeting import Meeting, Proxy
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art07_proxies import as_it_turned_out
from b40cli.rules.articles.art08_standing import (
    AS_HELD,
    LEARNT,
    FormFault,
    given_at,
    was_fit,
    without_effect,
)
from b40cli.rules.case.rule import Breach, Case, Rule, judged_meeting
from b40cli.rules.facts.seats import seats_at
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.votes.committee_facts import filed_in_time


def committee_proxy(case: Case, path: str) -> Iterator[Breach]:
    """Another member of the committee, in writing, filed with both, for one other at a time."""
    meeting = judged_meeting(case, path, "ec")
    if meeting is None:
        return
    standing = [p for p in meeting.proxies if p.revoked is None]
    for n, proxy in enumerate(meeting.proxies):
        at, refs = ("proxies", n), (f"members/{proxy.holder}",)
        for message, remedy in _faults(case, meeting, proxy, standing) if proxy in standing else ():
            yield Breach(message, remedy, at, refs=refs)
        for message, remedy, kind in _fallen(case, meeting, proxy) if proxy in standing else ():
            yield Breach(message, remedy, at, refs=refs, kind=kind)
        yield from as_it_turned_out(meeting, proxy, n)


def _fallen(case: Case, meeting: Meeting, proxy: Proxy) -> Iterator[FormFault]:
    """Void where it was so when the proxy was given; told where a seat or standing was lost since.

    A lawful suspension or resignation does not stop a meeting that is called after it; what is
    learnt of them after the meeting was held is told as well. Who keeps its vote in the committee
    while it is suspended (INT-25) casts another's there too.
    """
    named = f"The proxy of {proxy.principal} to {proxy.holder}"
    given, opening = given_at(meeting, proxy), Moment(meeting.day, meeting.id, 0)
    holds = f"{named} is to a suspended member"
    if strangers := _not_seated(case.after, meeting, proxy, meeting.day):
        lost = given.day < meeting.day and not _not_seated(case.after, meeting, proxy, given.day)
        message = f"{named} names {' and '.join(strangers)}, not seated in the committee"
        cure = "Only a member of the committee represents another member of it."
        if lost or not was_fit(
            case, meeting, proxy, strangers, lambda r: not _not_seated(r, meeting, proxy, given.day)
        ):
            yield _since(case, meeting, proxy, (message, cure), lost)
        else:
            yield f"{message}{LEARNT}.", AS_HELD, "note"
    keeps_vote = case.law(meeting.day).reading("INT-25") == "kept"
    if is_suspended(case.after, proxy.holder, opening) and not keeps_vote:
        since = not is_suspended(case.after, proxy.holder, given)
        if since or not was_fit(
            case,
            meeting,
            proxy,
            (proxy.holder,),
            lambda r: not is_suspended(r, proxy.holder, given),
        ):
            told = (holds, "Name a member in good standing.")
            yield _since(case, meeting, proxy, told, since)
        else:
            yield f"{holds}{LEARNT}.", AS_HELD, "note"


def _since(
    case: Case, meeting: Meeting, proxy: Proxy, told: tuple[str, str], given: bool
) -> FormFault:
    """A fault that voids a proxy, or came, or was learnt, after it was given and is told."""
    message, cure = told
    if given:
        return f"{message}, since it was given.", cure, "note"
    return without_effect(case, meeting, proxy, f"{message}.", cure)


def _not_seated(registry: Registry, meeting: Meeting, proxy: Proxy, day: date) -> list[str]:
    seats = seats_at(registry, day, meeting.handover)
    if any(seat.state == "unknown" for seat in seats):
        return []
    seated = {seat.city for seat in seats}
    return [city for city in (proxy.principal, proxy.holder) if city not in seated]


def _faults(
    case: Case, meeting: Meeting, proxy: Proxy, standing: list[Proxy]
) -> Iterator[tuple[str, str]]:
    named = f"The proxy of {proxy.principal} to {proxy.holder}"
    if proxy.principal == proxy.holder:
        yield f"{named} is to itself.", "Name another member of the committee."
    if not proxy.document:
        yield f"{named} is not in writing.", "Record the document with its SHA-256."
    if not filed_in_time(proxy, meeting):
        yield (
            f"{named} was not filed with both the President and the Permanent Secretary by "
            f"{meeting.day}.",
            f"Record both dispatches: b40 proxy give {meeting.id} --from {proxy.principal} --to "
            f"{proxy.holder} --sent-secretary TIME --sent-president TIME.",
        )
    if _doubled(case, proxy, standing, meeting):
        yield (
            f"{proxy.holder} stands for more than one other member.",
            "One member of the committee represents at most one other at a time.",
        )
    if any(other.principal == proxy.holder for other in standing):
        yield (
            f"{named} makes a chain: {proxy.holder} is represented itself.",
            "A holder attends in person.",
        )


def _doubled(case: Case, proxy: Proxy, standing: list[Proxy], meeting: Meeting) -> bool:
    most = case.law(meeting.day).number("committee-proxies-per-holder")
    of_holder = [p for p in standing if p.holder == proxy.holder]
    return proxy in of_holder[most:]


RULES = (
    Rule(
        name="committee-proxy",
        article="Art. 13",
        norm="A member of the committee is represented by another, in writing, filed with both.",
        about=("meetings",),
        question=committee_proxy,
        fails="One member holding the proxies of two others.",
        cure="Give the second proxy to another member of the committee.",
        parameters=("committee-proxies-per-holder",),
        readings=("INT-25", "INT-26"),
        sentences=("art13.17", "art13.18"),
    ),
)
