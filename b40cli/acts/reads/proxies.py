"""The proxies given for a meeting, and what the judge says of each."""

from __future__ import annotations

from typing import Any

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.meeting import Proxy
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge_record

ON_PROXIES = frozenset(
    {
        "proxy-holder-is-member",
        "one-proxy-per-holder",
        "proxy-proof-before-assembly",
        "committee-proxy",
    }
)


def listed(view: View, name: str) -> Answer:
    """Every proxy given for a meeting, whether it stands, and what is to be said of it."""
    meeting = meeting_named(view.registry, name)
    said: dict[int, list[dict[str, str]]] = {}
    for finding in judge_record(Case(None, view.registry, view.on), meeting.path):
        if finding.rule in ON_PROXIES and finding.at[:1] == ("proxies",):
            told = {"rule": finding.rule, "kind": finding.kind, "message": finding.message}
            said.setdefault(int(finding.at[1]), []).append(told)
    rows = [_row(proxy, said.get(n, [])) for n, proxy in enumerate(meeting.proxies)]
    return answer(view, "proxy list", {"meeting": name, "proxies": rows})


def _row(proxy: Proxy, said: list[dict[str, str]]) -> dict[str, Any]:
    void = any(told["kind"] == "validity" for told in said)
    state = "revoked" if proxy.revoked else "void" if void else "rests" if said else "stands"
    return {
        "principal": proxy.principal,
        "holder": proxy.holder,
        "state": state,
        "document": proxy.document,
        "sent": dict(proxy.sent),
        "received": dict(proxy.received),
        "said": said,
    }
