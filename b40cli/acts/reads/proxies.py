"""The proxies given for a meeting, and what the judge says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Proxy
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge_record
from b40cli.rules.votes.assembly_facts import dispatched

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
    meeting = meeting_named(view.registry, name)
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
    rows = [
        _row(proxy, said.get(n, []), meeting.kind == "ga" and _unproven(proxy, reading))
        for n, proxy in enumerate(meeting.proxies)
    ]
    return answer(view, "proxy list", {"meeting": name, "proxies": rows})


def _unproven(proxy: Proxy, way: str) -> bool:
    """Whether nothing on record says that both addressees have the proof (Art. 8, INT-27)."""
    return any(dispatched(proxy, way, to) is None for to in (SECRETARY, PRESIDENT))


def _row(proxy: Proxy, said: list[ProxySaid], unproven: bool) -> ProxyRow:
    void = any(told["kind"] == "validity" for told in said)
    lawful: ProxyState = "proof-missing" if unproven else "rests" if said else "stands"
    return {
        "principal": proxy.principal,
        "holder": proxy.holder,
        "state": "revoked" if proxy.revoked else "void" if void else lawful,
        "document": proxy.document,
        "sent": dict(proxy.sent),
        "received": dict(proxy.received),
        "said": said,
    }
