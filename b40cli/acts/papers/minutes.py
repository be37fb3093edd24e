"""The minutes of a meeting, and the Final Report of a General Assembly (Art. 12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.meeting_head import handed_over, named, place_and_time, running, summary
from b40cli.acts.papers.presence import Presence, presence
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.votes import decided
from b40cli.acts.papers.wording import capacity, clock, were
from b40cli.acts.reads.participation import meeting_decisions, spoken_for
from b40cli.model import paper as parts
from b40cli.model.day import time_of
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting, spoken
from b40cli.model.wording import MEETINGS, begun, counted, day_in_words, listed, on_day, seat_name
from b40cli.rules.articles.art10_order_of_business import signatories
from b40cli.rules.case.rule import Case

HEADS = ("Member", "Country", "Spoke for it", "Capacity")
CEREMONY = "signing-ceremony"
STEPS = (
    ("prepared", "prepared on {}"),
    ("approved", "approved by the Presidency on {}"),
    ("shared", "shared with all members on {}"),
)


def minutes(view: View, name: str) -> parts.Paper:
    """The minutes of a meeting, from its record."""
    meeting = meeting_named(view.registry, name)
    then = view._replace(on=meeting.day)
    title = f"Minutes of {named(view, meeting)}"
    content = (*_held(then, meeting), *_signed(then, meeting), *_approval(meeting))
    return sheet(view, title, place_and_time(then, meeting), meeting.id, running(meeting), content)


def final(view: View, name: str) -> parts.Paper:
    """The Final Report of a General Assembly, with its approval trail and its commit."""
    meeting = meeting_named(view.registry, name)
    commit = view.known or view.commit
    proof = (
        f"Written from commit {commit} of the register. b40 audit --since {commit} proves that a "
        "later history contains it."
        if commit
        else "Written from files that are not committed as they stand."
    )
    then = view._replace(on=meeting.day)
    trail = parts.Summary(
        tuple((begun(step), _step(meeting.report, step)) for step, _said in STEPS)
    )
    content = (
        *_held(then, meeting, reported=True),
        parts.Headline("State of this report"),
        trail,
        *_signed(then, meeting),
        parts.Note(proof),
    )
    title = f"Final Report of {named(view, meeting)}"
    return sheet(view, title, place_and_time(then, meeting), meeting.id, running(meeting), content)


def _step(report: Mapping[str, Any], step: str) -> str:
    return f"on {day_in_words(report[step])}" if step in report else "not yet"


def _held(view: View, meeting: Meeting, reported: bool = False) -> Iterator[parts.PaperPart]:
    yield parts.Summary(tuple(summary(view, meeting)))
    yield from _attendance(view, meeting)
    if reported:
        yield from _business(view, meeting)
    yield from _decisions(view, meeting)
    if not reported:
        yield from _other_business(meeting)
    yield from _ceremonies(view, meeting)


def _attendance(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Present and represented")
    there = presence(view, meeting)
    first = meeting.first_roll_call
    if first is None:
        yield parts.Paragraph("No roll call is on record.")
        rows = tuple(_came(view, meeting, d.member) for d in meeting.delegations)
        if rows:
            yield parts.Tabular(HEADS, rows, (0, 0, 0, 1))
        return
    yield parts.Paragraph(_roll_call(view, meeting, there))
    yield _roll(view, meeting, there)
    for call in meeting.roll_calls[1:]:
        at = time_of(call.at)
        day = meeting.day_of(call.at)
        when = f" on {on_day(day)}" if day != meeting.day else ""
        when += f" at {clock(at)}" if at else ""
        yield parts.Note(_later(view, meeting, call.n, when, frozenset(call.present)))


def _roll_call(view: View, meeting: Meeting, there: Presence | None) -> str:
    call = meeting.roll_calls[0]
    at = time_of(call.at)
    when = f"At the first roll call, at {clock(at)}, " if at else "At the first roll call, "
    if there is None:
        return f"{when}{len(call.present)} answered. {_undetermined(meeting)}"
    body = "members with a vote" if meeting.kind == "ga" else "seats"
    present, represented = len(there.present), len(there.represented)
    said = (
        f"{when}{present} of {there.base} {body} {were(present)} present and "
        f"{represented or 'none'} {were(represented)} represented: {there.counted} "
        f"{were(there.counted)} counted, {there.required} are needed ({there.share}). "
        f"The {MEETINGS[meeting.kind].split()[-1]} {'could' if there.met else 'could not'} "
        f"decide{': it met outside the Annual Summit' if there.elsewhere else ''}."
    )
    absent = who.cities(view, there.absent)
    return f"{said} Absent: {', '.join(absent)}." if absent else said


def _undetermined(meeting: Meeting) -> str:
    if meeting.kind in ("ga", "ec"):
        return "Whether they sufficed is undetermined: a list of the register is not whole."
    return ""


def _roll(view: View, meeting: Meeting, there: Presence | None) -> parts.Tabular:
    call = meeting.roll_calls[0]
    represented = there.represented if there else spoken_for(view.registry, meeting)
    keys = {*call.present, *represented}
    if there is not None and there.seats:
        rows = tuple(
            (who.city(view, key), begun(seat_name(there.seats.get(key, ""))), *came[2:])
            for key in sorted(
                keys, key=lambda k: list(there.seats).index(k) if k in there.seats else 9
            )
            for came in (_came(view, meeting, key, represented.get(key)),)
        )
        return parts.Tabular(("City", "Seat", *HEADS[2:]), rows, (0, 0, 0, 1))
    rows = tuple(
        _came(view, meeting, key, represented.get(key)) for key in who.in_order(view, keys)
    )
    return parts.Tabular(HEADS, rows, (0, 0, 0, 1))


def _came(
    view: View, meeting: Meeting, key: str, holder: str | None = None
) -> tuple[str, str, str, str]:
    name, where = who.city(view, key), who.country(view, key)
    if holder is not None:
        proxy = next((p for p in meeting.proxies if p.principal == key), None)
        proven = proxy and proxy.document and (proxy.sent or proxy.received)
        proof = ", with written proof" if proven else ""
        return name, where, who.city(view, holder), f"Representing it{proof}"
    head = who.head_at(view, meeting, key)
    if head is None:
        return name, where, "not on record", ""
    return name, where, head.name, capacity(head.capacity)


def _later(view: View, meeting: Meeting, n: int, when: str, present: frozenset[str]) -> str:
    first = frozenset(meeting.roll_calls[0].present)
    came, gone = who.cities(view, present - first), who.cities(view, first - present)
    moved = [f"{listed(came)} had come"] if came else []
    moved += [f"{listed(gone)} had left"] if gone else []
    return f"Roll call {n}{when}: {len(present)} present" + (
        f"; {'; '.join(moved)}." if moved else ", the same."
    )


def _business(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    """The whole order of business, as a Final Report tells it."""
    if not meeting.agenda:
        return
    yield parts.Headline("Order of business")
    rows = []
    for point in meeting.agenda:
        decision = view.registry.decision(point.get("decision"))
        title = decision.title if decision else _spoken(point)
        rows.append((str(point.get("item") or ""), title, decision.id if decision else ""))
    yield parts.Tabular(("Item", "Business", "Record"), tuple(rows), (0, 1, 0))


def _spoken(point: Mapping[str, Any]) -> str:
    """A point of the agenda that put nothing to the vote."""
    return str(point.get("title") or begun(spoken(point["kind"])))


def _other_business(meeting: Meeting) -> Iterator[parts.PaperPart]:
    """What was on the agenda beside the decisions, in a sentence."""
    said = [
        f"{_spoken(point)} (item {point['item']})" if point.get("item") else _spoken(point)
        for point in meeting.agenda
        if not point.get("decision")
    ]
    if said:
        yield parts.Headline("Other business")
        yield parts.Paragraph(f"On the agenda beside the decisions: {'; '.join(said)}.")


def _decisions(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    found = meeting_decisions(view.registry, meeting)
    yield parts.Headline("Decisions")
    if not found:
        yield parts.Paragraph("No decision of this meeting is on record.")
    for decision in found:
        yield parts.Headline(_title(decision), 2, decision.id)
        yield from decided(view, decision)


def _title(decision: Decision) -> str:
    if decision.state == "withdrawn":
        return f"Not put to the vote: {decision.title}"
    return f"{decision.item}. {decision.title}" if decision.item else decision.title


def _ceremonies(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    said = [*_handover(view, meeting), *_declarations(view, meeting)]
    if said:
        yield parts.Headline("Handover and Closing Declaration")
        yield parts.Paragraph(" ".join(said))
    if meeting.signed_by:
        yield parts.Note(f"Signed by {listed(who.cities(view, meeting.signed_by))}.")


def _handover(view: View, meeting: Meeting) -> Iterator[str]:
    passed = handed_over(view, meeting)
    if passed is None:
        return
    term, item = passed
    before = view.registry.term(term.year - 1)
    giver = f" from {who.city(view, before.city)}" if before and before.city else ""
    at = f" at item {item} of the agenda" if item else ""
    yield f"The presidency passed{giver} to {who.city(view, term.city)}{at}."


def _declarations(view: View, meeting: Meeting) -> Iterator[str]:
    held = meeting.kind == "summit" or any(p["kind"] == CEREMONY for p in meeting.agenda)
    places = (meeting.id, view.registry.summit_of(meeting))
    new = [m.id for m in view.registry.members() if m.ceremony and m.ceremony in places]
    if new and held:
        yield f"{listed(who.cities(view, new))} signed the Declaration at the ceremony."
    present = {city for call in meeting.roll_calls for city in call.present}
    signed = frozenset(meeting.signed_by) or signatories(
        Case(None, view.registry, view.on), meeting
    )
    if not signed:
        return
    missing = who.cities(view, present - set(signed))
    rest = f"; {listed(missing)} did not sign" if present and missing else ""
    of = f" of the {counted(len(present), 'member')} present" if present else ""
    yield f"The Closing Declaration was signed by {len(signed)}{of}{rest}."


def _signed(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    """Who signs: who chaired when it ended, a group's leader; and the Permanent Secretary."""
    passed = handed_over(view, meeting)
    chair = passed[0].city if passed else meeting.chair
    office = "President" if meeting.kind in ("ga", "ec", "summit") else "Chair"
    first = who.signatory(view, chair, meeting.day, office) if chair else who.leader(view, meeting)
    yield parts.Signatures(
        (first or who.president(view, meeting.day), who.secretary(view, meeting.last_day))
    )


def _approval(meeting: Meeting) -> Iterator[parts.PaperPart]:
    """The trail of the report on this meeting, as far as it went."""
    said = [
        told.format(day_in_words(meeting.report[s])) for s, told in STEPS if s in meeting.report
    ]
    if said:
        yield parts.Note(f"Approval: {', '.join(said)}.")
