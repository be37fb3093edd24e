"""The proxies given for a meeting, and what the judge says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.acts.opened.by_day import meeting_by_day
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Meeting, Proxy
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.suspensions import is_suspended
from b40cli.rules.table import judge_record
from b40cli.rules.votes.assembly_facts import dispatched, expected, represented

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Proxies, ProxyRow, ProxySaid, ProxyState

ON_PROXIES = frozenset(
    {
        "proxy-holder-is-member",
        "one-proxy-per-holder",
        "proxy-proof-before-assembly",
        "committee-proxy",
    }
)


def listed(view: View, name: str) -> Answer[Proxies]:
    """Every proxy given for a meeting, whether it stands, and what is to be said of it."""
    view, meeting = meeting_by_day(view, name)
    said: dict[int, list[ProxySaid]] = {}
    for finding in judge_record(Case(None, view.registry, view.on), meeting.path):
        if finding.rule in ON_PROXIES and finding.at[:1] == ("proxies",):
            told: ProxySaid = {
                "rule": finding.rule,
                "kind": finding.kind,
                "message": finding.message,
            }
            said.setdefault(int(finding.at[1]), []).append(told)
    reading = law_on(view.registry, meeting.day).reading("INT-27")
    counted = represented(view.registry, meeting)
    rows = []
    for n, proxy in enumerate(meeting.proxies):
        taken = counted is None or counted.get(proxy.principal) == proxy.holder
        unproven = meeting.kind == "ga" and _unproven(proxy, reading)
        if not taken and not unproven and proxy.revoked is None and n not in said:
            said[n] = [_uncounted(view, meeting, proxy)]
        stands = taken and (counted is not None or n not in said)
        rows.append(_row(proxy, said.get(n, []), "stands" if stands else "rests", unproven))
    return answer(view, "proxy list", {"meeting": name, "proxies": rows})


def _unproven(proxy: Proxy, way: str) -> bool:
    """Whether nothing on record says that both addressees have the proof (Art. 8, INT-27)."""
    return any(dispatched(proxy, way, to) is None for to in (SECRETARY, PRESIDENT))


def _uncounted(view: View, meeting: Meeting, proxy: Proxy) -> ProxySaid:
    """Why the count does not take a proxy in which the judge finds nothing wrong."""
    pair, opening = (proxy.principal, proxy.holder), Moment(meeting.day, meeting.id, 0)
    mute = [city for city in pair if is_suspended(view.registry, city, opening)]
    there = (meeting.roll_calls or (expected(meeting),))[0].present
    if mute:
        why = f"{' and '.join(mute)} {'is' if len(mute) == 1 else 'are'} suspended."
    elif proxy.principal in there:
        why = f"{proxy.principal} comes itself: it counts once and its proxy rests."
    elif proxy.holder not in there:
        why = f"{proxy.holder} does not come, so {proxy.principal} is not represented either."
    else:
        why = f"{proxy.holder} is not counted as there for {proxy.principal}."
    rule = "quorum-at-first-roll-call" if meeting.kind == "ga" else "committee-quorum"
    return {"rule": rule, "kind": "note", "message": why}


def _row(proxy: Proxy, said: list[ProxySaid], counted: ProxyState, unproven: bool) -> ProxyRow:
    void = any(told["kind"] == "validity" for told in said)
    lawful: ProxyState = "proof-missing" if unproven else counted
    return {
        "principal": proxy.principal,
        "holder": proxy.holder,
        "state": "revoked" if proxy.revoked else "void" if void else lawful,
        "document": proxy.document,
        "sent": dict(proxy.sent),
        "received": dict(proxy.received),
        "said": said,
    }
