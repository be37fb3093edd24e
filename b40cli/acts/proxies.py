"""Proxies one member gives another, in the Assembly and in the Committee (Art. 8, 13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.meeting import Meeting, Proxy

Times = Mapping[str, str]


def give(
    session: Session,
    name: str,
    principal: str,
    holder: str,
    document: Mapping[str, Any] | None,
    sent: Times,
    received: Times,
) -> Proposal:
    """Record one member's written proxy to another for a meeting."""
    meeting = meeting_named(session.before, name)
    entry: dict[str, Any] = {"principal": principal, "holder": holder}
    entry |= {"document": dict(document)} if document else {}
    entry |= {"sent": dict(sent)} if sent else {}
    entry |= {"received": dict(received)} if received else {}
    given = any(
        (p.principal, p.holder, p.revoked) == (principal, holder, None) for p in meeting.proxies
    )
    edits: tuple[Edit, ...] = () if given else (Append(meeting.path, ("proxies",), entry),)
    headline = f"proxy: {principal} to {holder} for {name}"
    return Proposal("proxy give", f"meetings/{name}", headline, edits, {"meeting": name, **entry})


def receipt(session: Session, name: str, principal: str, sent: Times, received: Times) -> Proposal:
    """Record when the proof of a proxy was sent to the two addressees, or received by them."""
    meeting = meeting_named(session.before, name)
    n, proxy = _standing(meeting, principal)
    edits: list[Edit] = []
    for way, held, times in (("sent", proxy.sent, sent), ("received", proxy.received, received)):
        for to, time in times.items():
            if held.get(to) != time:
                edits.append(Put(meeting.path, ("proxies", n, way, to), time))
    told = [f"{way} {' and '.join(times)}" for way, times in _ways(sent, received)]
    headline = f"proxy: proof of {principal} for {name}, {', '.join(told)}"
    result: dict[str, Any] = {"meeting": name, "principal": principal, "holder": proxy.holder}
    result |= {way: dict(times) for way, times in _ways(sent, received)}
    return Proposal("proxy receipt", f"meetings/{name}", headline, tuple(edits), result)


def _ways(sent: Times, received: Times) -> list[tuple[str, Times]]:
    return [(way, times) for way, times in (("sent", sent), ("received", received)) if times]


def revoke(session: Session, name: str, principal: str, at: str) -> Proposal:
    """Record that a member took its proxy back; what was voted before stays."""
    meeting = meeting_named(session.before, name)
    n, proxy = _standing(meeting, principal)
    headline = f"proxy: {principal} revokes its proxy to {proxy.holder} for {name}"
    result = {"meeting": name, "principal": principal, "holder": proxy.holder, "revoked": at}
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
