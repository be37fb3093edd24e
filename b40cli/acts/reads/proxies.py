"""The proxies given for a meeting, and what the judge says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.meeting import Proxy
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge_record

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Proxies, ProxyRow, ProxySaid

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
    rows = [_row(proxy, said.get(n, [])) for n, proxy in enumerate(meeting.proxies)]
    return answer(view, "proxy list", {"meeting": name, "proxies": rows})


def _row(proxy: Proxy, said: list[ProxySaid]) -> ProxyRow:
    void = any(told["kind"] == "validity" for told in said)
    return {
        "principal": proxy.principal,
        "holder": proxy.holder,
        "state": "revoked" if proxy.revoked else "void" if void else "rests" if said else "stands",
        "document": proxy.document,
        "sent": dict(proxy.sent),
        "received": dict(proxy.received),
        "said": said,
    }
