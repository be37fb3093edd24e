"""Art. 8: which proxies between members of the Assembly count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Meeting, Proxy, RollCall
from b40cli.rules.articles.art08_standing import FormFault, fallen, named
from b40cli.rules.case.rule import Breach, Case, Rule, judged_meeting
from b40cli.rules.votes.assembly_facts import dispatched, given_before, proved

NAMES = {SECRETARY: "the Permanent Secretary", PRESIDENT: "the President"}


def proxy_holder_is_member(case: Case, path: str) -> Iterator[Breach]:
    """Between two members in good standing; no chain, no circle, not to oneself."""
    meeting = judged_meeting(case, path, "ga")
    for n, proxy in enumerate(meeting.proxies if meeting else ()):
        if meeting is None or proxy.revoked is not None:
            continue
        faults = (*_entangled(meeting, proxy, n), *fallen(case, meeting, proxy))
        for message, remedy, kind in faults:
            yield Breach(message, remedy, ("proxies", n), refs=_both(proxy), kind=kind)
        yield from as_it_turned_out(meeting, proxy, n)


def _both(proxy: Proxy) -> tuple[str, ...]:
    return tuple(dict.fromkeys((f"members/{proxy.principal}", f"members/{proxy.holder}")))


def _entangled(meeting: Meeting, proxy: Proxy, n: int) -> Iterator[FormFault]:
    """A proxy to oneself, in a circle or in a chain, or a vote given away twice."""
    standing = [p for p in meeting.proxies if p.revoked is None]
    way = _way(proxy, {p.principal: p.holder for p in reversed(standing)})
    if proxy.principal == proxy.holder:
        yield f"{named(proxy)} is to itself.", "Name another member.", "validity"
    elif way[-1] == proxy.principal:
        yield (
            f"{named(proxy)} goes round in a circle: {', '.join(way)}.",
            "A holder attends in person: revoke one of them.",
            "validity",
        )
    elif len(way) > 2:
        yield (
            f"{named(proxy)} makes a chain: {proxy.holder} is represented itself.",
            "A holder attends in person: revoke one of them.",
            "validity",
        )
    earlier = [p for p in meeting.proxies[:n] if p.revoked is None]
    if any(p.principal == proxy.principal for p in earlier):
        yield (
            f"{proxy.principal} gives its proxy to {proxy.holder}, but has given it away already.",
            "A member has one vote: revoke the first proxy before a second is given.",
            "validity",
        )


def _way(proxy: Proxy, given: Mapping[str, str]) -> list[str]:
    """From the principal to the holder, on to the holder's own, until nobody or one again."""
    way, city = [proxy.principal], proxy.holder
    while city in given and city not in way:
        way.append(city)
        city = given[city]
    return [*way, city]


def as_it_turned_out(meeting: Meeting, proxy: Proxy, n: int) -> Iterator[Breach]:
    """What the roll calls made of a proxy that was lawful when it was given (Art. 8, 13)."""
    told = None
    for call in meeting.roll_calls:
        outcome = _outcome(proxy, call)
        if outcome is not None and outcome != told:
            where = f"At roll call {call.n} " if len(meeting.roll_calls) > 1 else ""
            yield Breach(
                f"{where}{outcome}",
                "Nothing needs to be done; the count shows it.",
                ("proxies", n),
                refs=(f"members/{proxy.principal}",),
                kind="note",
            )
        told = outcome


def _outcome(proxy: Proxy, call: RollCall) -> str | None:
    if proxy.revoked is not None and proxy.revoked_by(call.at):
        return None
    if proxy.principal in call.present:
        return f"{proxy.principal} is present itself: it counts once and its proxy rests."
    if proxy.holder not in call.present:
        return f"{proxy.holder} is absent, so {proxy.principal} is not represented either."
    return None


def one_proxy_per_holder(case: Case, path: str) -> Iterator[Breach]:
    """One other member for the whole meeting, even after a revocation."""
    meeting = judged_meeting(case, path, "ga")
    for n, proxy in enumerate(meeting.proxies if meeting else ()):
        if meeting is None or proxy.revoked is not None:
            continue
        law = case.law(meeting.day)
        before = given_before(proxy, meeting, law.reading("INT-39"))
        if len(before) >= law.number("proxies-per-holder"):
            first = next(
                p for p in meeting.proxies if (p.holder, p.principal) == (proxy.holder, before[0])
            )
            over = ", revoked or not" if first.revoked else ""
            yield Breach(
                f"{proxy.holder} was given the proxy of {first.principal} for {meeting.id}; it "
                f"cannot represent {proxy.principal} too{over}.",
                f"Give the second proxy to another member: b40 proxy list {meeting.id} tells who "
                "holds one.",
                ("proxies", n),
                facts={"holder": proxy.holder, "first": first.principal},
                refs=_both(proxy),
            )


def proxy_proof_before_assembly(case: Case, path: str) -> Iterator[Breach]:
    """The document, and its two dispatches or receipts, in time (INT-18, INT-27)."""
    meeting = judged_meeting(case, path, "ga")
    for n, proxy in enumerate(meeting.proxies if meeting else ()):
        if meeting is None or proxy.revoked is not None:
            continue
        law = case.law(meeting.day)
        readings = {point: law.reading(point) for point in ("INT-18", "INT-27")}
        for message, remedy, kind in _unproven(meeting, proxy, readings):
            yield Breach(
                message,
                remedy,
                ("proxies", n),
                facts={"sent": dict(proxy.sent), "received": dict(proxy.received)},
                refs=_both(proxy),
                readings=readings,
                kind=kind,
            )


def _unproven(meeting: Meeting, proxy: Proxy, readings: Mapping[str, str]) -> Iterator[FormFault]:
    if not proxy.document:
        yield (
            f"{named(proxy)} is proved by no document.",
            "Record the written proxy with its SHA-256: --document FILE.",
            "validity",
        )
    way, by = readings["INT-27"], readings["INT-18"]
    times = {to: dispatched(proxy, way, to) for to in (SECRETARY, PRESIDENT)}
    late = [to for to, time in times.items() if time and not proved(proxy, way, to, meeting, by)]
    missing = [to for to, time in times.items() if time is None]
    for to in late:
        yield (
            f"{named(proxy)} was {way} {_at_whom(way, to)} at {times[to]}; {meeting.id} opens at "
            f"{meeting.opens}.",
            "Without proof before the Assembly the proxy has no effect: the city attends itself.",
            "validity",
        )
    if missing and meeting.roll_calls:
        yield (
            f"Proof missing. {named(proxy)} has no effect: nothing on record says that its proof "
            f"was {way} "
            f"{' and '.join(_at_whom(way, to) for to in missing)}.",
            "The city attends itself, or is not counted.",
            "note",
        )


def _at_whom(way: str, to: str) -> str:
    return f"{'to' if way == 'sent' else 'by'} {NAMES[to]}"


RULES = (
    Rule(
        name="proxy-holder-is-member",
        article="Art. 8",
        norm="Only a member in good standing, present itself, represents another member.",
        about=("meetings",),
        question=proxy_holder_is_member,
        fails="A proxy to a suspended member, or to one that has given its own proxy away.",
        cure="Give it to a member that attends in person.",
        sentences=("art8.2",),
    ),
    Rule(
        name="one-proxy-per-holder",
        article="Art. 8",
        norm="A member represents one other member for the whole meeting, even after a revocation.",
        about=("meetings",),
        question=one_proxy_per_holder,
        fails="One member holding the proxies of two others.",
        cure="Give the second proxy to another member.",
        readings=("INT-39",),
        parameters=("proxies-per-holder",),
        sentences=("art8.2",),
    ),
    Rule(
        name="proxy-proof-before-assembly",
        article="Art. 8",
        norm="The proof of proxy went to the Permanent Secretary and the President beforehand.",
        about=("meetings",),
        question=proxy_proof_before_assembly,
        fails="A proxy sent to the President while the roll was being called.",
        cure="The city attends itself; proof that comes late gives no vote.",
        readings=("INT-18", "INT-27"),
        sentences=("art8.3",),
    ),
)
