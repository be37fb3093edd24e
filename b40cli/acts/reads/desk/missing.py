"""Papers that are missing: proofs of proxies, minutes, signed declarations, notices of leaving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.acts.opened.named import called_by
from b40cli.acts.opened.view import View
from b40cli.acts.reads.desk.expiring import item
from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Meeting, Proxy

if TYPE_CHECKING:
    from b40cli.model.results.duties import Item
    from b40cli.model.results.members import ApplicationRow

VOTING = ("ga", "ec")
# What a member signs or sends, where it stands in its record, and the act that files it.
PAPERS = (("Declaration", "declaration", "sign"), ("notice of leaving", "withdrawal", "withdraw"))


def papers_missing(view: View) -> Iterator[Item]:
    """What the office has still to be given, or to file."""
    year = view.on.year
    for meeting in (
        m for y in (year - 1, year, year + 1) for m in view.registry.meetings_of(f"{y}")
    ):
        if meeting.kind in VOTING and not meeting.attested and not meeting.cancelled:
            yield from _proofs(view, meeting) if meeting.day >= view.on else _minutes(meeting)
    yield from _of_members(view)


def _proofs(view: View, meeting: Meeting) -> Iterator[Item]:
    """Proxies for a meeting to come whose proof is not with both addressees."""
    for proxy in meeting.proxies:
        lacks = list(lacking(proxy)) if proxy.revoked is None else []
        if lacks:
            names = [*map(called_by(view.registry), (proxy.principal, proxy.holder))]
            yield item(
                f"proxy of {proxy.principal} to {proxy.holder} for {meeting.id}: {lacks[0]}",
                meeting.day,
                proxy.principal,
                proof_step(meeting, proxy),
                f"Proxy of {names[0]} to {names[1]}: {lacks[0]}",
            )


def lacking(proxy: Proxy) -> Iterator[str]:
    """What the proof of a proxy lacks."""
    if not proxy.document:
        yield "no document"
    missing = _unsent(proxy)
    if missing:
        yield f"no proof sent to the {' and the '.join(missing)}"


def proof_step(meeting: Meeting, proxy: Proxy) -> str:
    """The command that brings what the proof of a proxy lacks."""
    sent = "".join(f" --sent-{to} …" for to in _unsent(proxy))
    return f"b40 proxy receipt {meeting.id} --from {proxy.principal}{sent}"


def _unsent(proxy: Proxy) -> list[str]:
    known = {**proxy.sent, **proxy.received}
    return [to for to in (SECRETARY, PRESIDENT) if to not in known]


def lacking_parts(row: ApplicationRow) -> str:
    """The options that bring what an application lacks."""
    flags = {"form": "--form", "letter": "--letter"}
    asked = [flag for word, flag in flags.items() if any(word in part for part in row["missing"])]
    return "".join(f" {flag} …" for flag in asked)


def _minutes(meeting: Meeting) -> Iterator[Item]:
    held = meeting.roll_calls or meeting.ended
    if held and not meeting.minutes:
        yield item(
            f"minutes of {meeting.id} are not filed",
            meeting.day,
            "permanent-secretary",
            f"b40 meeting minutes {meeting.id} --document FILE",
            f"{meeting.title or meeting.id}: minutes",
        )


def _of_members(view: View) -> Iterator[Item]:
    for member in view.registry.members():
        record = view.registry.content(member.path)
        for what, key, verb in PAPERS:
            entry = record.get(key)
            if entry and "document" not in entry and "source" not in entry:
                yield item(
                    f"{what} of {member.name}: its document is not on record",
                    entry.get("signed") or entry.get("received"),
                    member.id,
                    f"b40 member {verb} {member.id} --document …",
                    f"{member.name}: document of the {what}",
                )
