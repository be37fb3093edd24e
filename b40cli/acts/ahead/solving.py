"""`proxy solve`: the best quorum an Assembly can reach before it opens, or had (Art. 8, 10)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.opened.by_day import meeting_by_day
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import Meeting, RollCall
from b40cli.rules.case.law import Law, law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.votes.assembly_count import Assembly, quorum, session
from b40cli.rules.votes.assembly_facts import assembly_at, ended_before
from b40cli.rules.votes.committee_count import PaperProxy
from b40cli.rules.votes.matching import matching

if TYPE_CHECKING:
    from b40cli.model.results.meetings import ProxyAsked, Solved

# A proof that satisfies every reading: what is asked for now can be sent and received in time.
PROVEN = frozenset(
    f"{timing}/{way}" for timing in ("before-opening", "same-day") for way in ("sent", "received")
)
Pairs = Collection[tuple[str, str]]


class Ahead(NamedTuple):
    """An Assembly before it opens: its facts if these came, the law, and which pairs will not."""

    meeting: Meeting
    facts: Assembly
    law: Law
    apart: Pairs = ()


def solve(
    view: View,
    name: str,
    coming: Collection[str],
    absent: Collection[str],
    unreachable: Collection[str],
    apart: Pairs,
) -> Answer[Solved]:
    """Whom to ask for what, and which delegation's absence would break the quorum.

    Who comes has a delegation on record, or is named; the unreachable give no proxy. Once its roll
    is called that call has decided (Art. 10): it is told who came and who was represented, whatever
    might have been, and nobody is asked any more.
    """
    view, meeting = meeting_by_day(view, name)
    if meeting.kind != "ga":
        raise UsageError(f"{name} is no General Assembly.", "proxy solve is about its quorum.")
    first = meeting.first_roll_call
    _to_be_told(view, meeting, supposed=any((coming, absent, unreachable, apart)))
    away = {*absent, *(meeting.declining("attendance") - {*coming})}
    listed = {d.member for d in meeting.delegations}
    call = first or RollCall(1, meeting.opens, tuple(sorted({*listed, *coming} - away)))
    ahead = _ahead(view, meeting, call, apart)
    unreachable = {*unreachable, *meeting.declining("proxy")}
    if first or view.on > meeting.day:
        unreachable = ahead.facts.members
    asked = asking(ahead, unreachable)
    now = quorum(ahead.facts, ahead.law)
    best = reached(ahead, asked)
    given = {(proxy.principal, proxy.holder) for proxy in meeting.proxies}
    rows: list[ProxyAsked] = [
        {"principal": principal, "holder": holder, "given": (principal, holder) in given}
        for principal, holder in asked.items()
    ]
    without = ahead.facts.members - ahead.facts.suspended - ahead.facts.first - asked.keys()
    there = session(ahead.facts.at_first(), ahead.law)
    result: Solved = {
        "meeting": name,
        "on": str(view.on),
        "held": first is not None,
        "coming": sorted(there.attending),
        "represented": dict(there.represented),
        "required": now.required,
        "counted": now.counted,
        "best": best,
        "met": best >= now.required,
        "ask": rows,
        "left": sorted(without - there.represented.keys()),
        "critical": list(critical(ahead, unreachable)) if best >= now.required else [],
    }
    return answer(view, "proxy solve", result)


def _to_be_told(view: View, meeting: Meeting, *, supposed: bool) -> None:
    """Refuse what can neither be foreseen nor told: it never met, or who came is not on record."""
    if meeting.cancelled:
        raise UsageError(
            f"{meeting.id} was cancelled: it has no quorum.",
            "b40 meeting list shows the others.",
        )
    if meeting.first_roll_call is None and (meeting.ended or view.on > meeting.last_day):
        raise UsageError(
            f"{meeting.id} is over, and who answered its roll is not on record.",
            f"b40 show {meeting.id} tells what is."
            if meeting.ended or meeting.attested
            else f"Record its roll call: b40 meeting roll-call {meeting.id} --present … "
            f"--on {meeting.day}",
        )
    if meeting.first_roll_call and supposed:
        raise UsageError(
            f"The roll of {meeting.id} was called: who came and who was represented is on record.",
            f"Ask without suppositions: b40 proxy solve {meeting.id}",
        )


def _ahead(view: View, meeting: Meeting, call: RollCall, apart: Pairs) -> Ahead:
    law = law_on(view.registry, meeting.day)
    whole = meeting._replace(roll_calls=(call,))
    moment = Moment(meeting.day, meeting.id, 0)
    facts = assembly_at(view.registry, moment, whole, call, law)
    if isinstance(facts, Undetermined):
        raise UsageError(
            f"No quorum is foreseen: {', '.join(facts.missing)}.",
            "Bring in the whole list of members first: b40 import --whole members.",
        )
    return Ahead(meeting, facts, law, apart)


def asking(ahead: Ahead, unreachable: Collection[str]) -> dict[str, str]:
    """Principal to holder: the proxies that would still count, as many as can be."""
    counted = session(ahead.facts.at_first(), ahead.law)
    standing = ahead.facts.members - ahead.facts.suspended
    away = standing - counted.attending - counted.represented.keys() - {*unreachable}
    bound = set(_bound(ahead)) | set(counted.represented.values())
    free = sorted(counted.attending - bound - ahead.meeting.declining("holding"))
    given = {p.principal: p.holder for p in ahead.meeting.proxies if p.revoked is None}
    edges = {}
    for principal in sorted(away):
        holders = free if principal not in given else _own(ahead, principal, given[principal])
        edges[principal] = [h for h in holders if (principal, h) not in ahead.apart]
    return matching(edges)


def _own(ahead: Ahead, principal: str, holder: str) -> list[str]:
    """Who gave a proxy that does not count yet can only complete it, if its holder is free."""
    counted = session(ahead.facts.at_first(), ahead.law)
    earlier = [p.principal for p in ahead.meeting.proxies if p.holder == holder]
    taken = holder in counted.represented.values()
    first = earlier[:1] == [principal]
    return [holder] if holder in counted.attending and first and not taken else []


def _bound(ahead: Ahead) -> Iterator[str]:
    """Holders who were given a proxy before: they stand for nobody else (Art. 8, INT-39)."""
    stays = ahead.law.reading("INT-39") == "holder-stays-bound"
    for proxy in ahead.meeting.proxies:
        if stays or not ended_before(proxy, ahead.meeting):
            yield proxy.holder


def reached(ahead: Ahead, asked: Mapping[str, str]) -> int:
    """How many would count, as the judge counts them, with these proxies too."""
    more = tuple(PaperProxy(principal, holder, PROVEN) for principal, holder in asked.items())
    known = tuple(p for p in ahead.facts.proxies if p.principal not in asked)
    facts = ahead.facts._replace(proxies=(*known, *more), first_proxies=None)
    return quorum(facts, ahead.law).counted


def critical(ahead: Ahead, unreachable: Collection[str]) -> Iterator[str]:
    """The delegations without which the quorum cannot be reached any more: solved again without."""
    required = quorum(ahead.facts, ahead.law).required
    for city in sorted(ahead.facts.present & ahead.facts.members):
        there = ahead.facts.present - {city}
        facts = ahead.facts._replace(first=there, present=there)
        without = ahead._replace(facts=facts)
        if reached(without, asking(without, {*unreachable, city})) < required:
            yield city
