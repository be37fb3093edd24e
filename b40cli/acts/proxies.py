"""Proxies one member gives another, in the Assembly and in the Committee (Art. 8, 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.acts.attendance import frozen_with_a_proxy
from b40cli.acts.change.documents import filed_later
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import Meeting, Proxy

if TYPE_CHECKING:
    from b40cli.model.results.meetings import ProxyRecorded

Times = Mapping[str, str]


def give(
    session: Session,
    name: str,
    principal: str,
    holder: str,
    document: Mapping[str, Any] | None,
    sent: Times,
    received: Times,
) -> Proposal[ProxyRecorded]:
    """Record one member's written proxy to another for a meeting."""
    meeting = meeting_named(session.before, name)
    result: ProxyRecorded = {"meeting": name, "principal": principal, "holder": holder}
    if document:
        result["document"] = dict(document)
    _proven(result, sent, received)
    entry = {key: value for key, value in result.items() if key != "meeting"}
    frozen = frozen_with_a_proxy(session, meeting)
    edits: tuple[Edit, ...] = (*frozen, Append(meeting.path, ("proxies",), entry))
    for n, proxy in enumerate(meeting.proxies):
        if (proxy.principal, proxy.holder, proxy.revoked) == (principal, holder, None):
            held = session.before.content(meeting.path)["proxies"][n]
            filed = filed_later(meeting.path, ("proxies", n), held, document)
            edits = (*filed, *_dispatched(meeting, n, sent, received))
    headline = f"proxy: {principal} to {holder} for {name}"
    return Proposal("proxy give", f"meetings/{name}", headline, edits, result)


def receipt(
    session: Session, name: str, principal: str, sent: Times, received: Times
) -> Proposal[ProxyRecorded]:
    """Record when the proof of a proxy was sent to the two addressees, or received by them."""
    meeting = meeting_named(session.before, name)
    n, proxy = _standing(meeting, principal)
    edits = tuple(_dispatched(meeting, n, sent, received))
    ways = (("sent", sent), ("received", received))
    told = [f"{way} {' and '.join(times)}" for way, times in ways if times]
    headline = f"proxy: proof of {principal} for {name}, {', '.join(told)}"
    result: ProxyRecorded = {"meeting": name, "principal": principal, "holder": proxy.holder}
    _proven(result, sent, received)
    return Proposal("proxy receipt", f"meetings/{name}", headline, edits, result)


def _dispatched(meeting: Meeting, n: int, sent: Times, received: Times) -> Iterator[Edit]:
    """The times of a proof that the record of a proxy has not."""
    proxy = meeting.proxies[n]
    for way, held, times in (("sent", proxy.sent, sent), ("received", proxy.received, received)):
        for to, time in times.items():
            if held.get(to) != time:
                yield Put(meeting.path, ("proxies", n, way, to), time)


def _proven(result: ProxyRecorded, sent: Times, received: Times) -> None:
    """When the proof was sent and received, where that is told."""
    if sent:
        result["sent"] = dict(sent)
    if received:
        result["received"] = dict(received)


def revoke(session: Session, name: str, principal: str, at: str) -> Proposal[ProxyRecorded]:
    """Record that a member took its proxy back; what was voted before stays."""
    meeting = meeting_named(session.before, name)
    n, proxy = _standing(meeting, principal)
    headline = f"proxy: {principal} revokes its proxy to {proxy.holder} for {name}"
    result: ProxyRecorded = {
        "meeting": name,
        "principal": principal,
        "holder": proxy.holder,
        "revoked": at,
    }
    edits: tuple[Edit, ...] = (Put(meeting.path, ("proxies", n, "revoked"), at),)
    return Proposal("proxy revoke", f"meetings/{name}", headline, edits, result)


def _standing(meeting: Meeting, principal: str) -> tuple[int, Proxy]:
    """The proxy of a member that was not revoked; UsageError where there is none."""
    for n, proxy in enumerate(meeting.proxies):
        if proxy.principal == principal and proxy.revoked is None:
            return n, proxy
    raise UsageError(
        f"No proxy of {principal} stands for {meeting.id}.", f"b40 proxy list {meeting.id}."
    )
