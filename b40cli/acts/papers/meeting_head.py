"""How a paper about a meeting begins: its title, where and when, who chaired, who called it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.wording import LANGUAGES, day_written, meeting_name, span
from b40cli.acts.reads.participation import meeting_decisions
from b40cli.model.facts.committee import Presidency
from b40cli.model.facts.meeting import Meeting
from b40cli.model.paper import Words
from b40cli.model.wording import BODIES, begun, day_in_words, kind_name, listed, on_day


def named(view: View, meeting: Meeting) -> str:
    """`the General Assembly`, `the working group Flood response`."""
    group = view.registry.group(meeting.group)
    return f"{meeting_name(meeting.kind)} {group.name}" if group else meeting_name(meeting.kind)


def told(view: View, meeting: Meeting) -> str:
    """`the Annual Summit, Srebrni Brod, 23 January 2026`."""
    day = on_day(day_written(meeting.opens))
    return ", ".join(filter(None, (named(view, meeting), who.city(view, meeting.city), day)))


def running(meeting: Meeting) -> str:
    """The head of the pages after the first: `General Assembly, 24 January 2026`."""
    said = kind_name(meeting.kind)
    return f"{said}, {on_day(day_written(meeting.opens))}"


def place_and_time(view: View, meeting: Meeting) -> str:
    """`Srebrni Brod, Saturday 24 January 2026, from 09.30 to 17.30 (UTC+03:00)`."""
    where = who.city(view, meeting.city) or ("Online" if meeting.mode == "online" else "")
    when = span(meeting.opens, meeting.ends)
    return f"{where}, {when}" if where else when


def place(view: View, meeting: Meeting) -> str:
    """Where it is held, in words."""
    city = who.city(view, meeting.city)
    where = f"{city}, {who.country(view, meeting.city)}" if city else ""
    ways = {"online": "online", "hybrid": "and online", "in-person": ""}
    way = ways.get(meeting.mode or "", "")
    return begun(", ".join(filter(None, (where, way)))) or "not on record"


def points(view: View, meeting: Meeting) -> tuple[Mapping[str, Any], ...]:
    """Its agenda; where none is on record, what had been put to it by the day."""
    if meeting.agenda:
        return tuple(meeting.agenda)
    return tuple(
        {"item": each.item, "kind": each.matter, "decision": each.id}
        for each in meeting_decisions(view.registry, meeting)
        if each.proposed is None or each.proposed <= view.on
    )


def handed_over(view: View, meeting: Meeting) -> tuple[Presidency, int | None] | None:
    """The presidency that began at a meeting, and the item of the handover."""
    for term in view.registry.terms():
        if term.handover and term.handover.get("at") == meeting.id:
            return term, term.handover.get("item") or _item(meeting)
    return None


def _item(meeting: Meeting) -> int | None:
    return next((p.get("item") for p in meeting.agenda if p.get("kind") == "handover"), None)


def chairs(view: View, meeting: Meeting) -> str:
    """Who chaired which items: the outgoing President until the handover, the incoming from it."""
    passed = handed_over(view, meeting)
    if meeting.chair is None:
        return "not on record"
    first = who.office_of(who.head_at(view, meeting, meeting.chair), who.city(view, meeting.chair))
    if passed is None or passed[0].city == meeting.chair:
        return first
    term, item = passed
    then = who.office_of(who.head_at(view, meeting, term.city), who.city(view, term.city))
    since = f"from item {item}" if item else "after the handover"
    return f"{first}, outgoing President; {since} {then}, President"


def particulars(view: View, meeting: Meeting) -> Iterator[tuple[str, Words]]:
    """The title it was given, unless that only says what it is; whether it was moved, or is off."""
    group = view.registry.group(meeting.group)
    name, day = kind_name(meeting.kind), meeting.opens[:10]
    plain = (name, f"Meeting of the {name}", f"Meeting of {group.name}" if group else name)
    if meeting.title and meeting.title not in {f"{said}, {day}" for said in plain}:
        yield "Title", meeting.title
    for move in meeting.moved[-1:]:
        yield "Moved", f"from {span(move['from'], None)}, on {day_in_words(move['on'])}"
    if meeting.cancelled:
        yield (
            "Cancelled",
            f"on {day_in_words(meeting.cancelled['on'])}: {meeting.cancelled['reason']}",
        )


def summary(view: View, meeting: Meeting) -> Iterator[tuple[str, Words]]:
    """What the head of the minutes tells, a label each."""
    yield from particulars(view, meeting)
    yield "Chair", chairs(view, meeting)
    if meeting.convened_by:
        yield "Convened", _convened(view, meeting)
    if summit := view.registry.summit_of(meeting):
        held = view.registry.meeting(summit)
        yield "Held within", told(view, held) if held else "the Annual Summit"
    if meeting.rules_announced:
        yield (
            "Rules",
            f"the rules of participation announced on {day_in_words(meeting.rules_announced)}",
        )
    if meeting.language:
        spoken = LANGUAGES.get(meeting.language, meeting.language)
        interpreted = ", with simultaneous interpretation" if meeting.interpretation else ""
        yield "Language", f"{spoken}{interpreted}"
    if meeting.observers:
        label = "Observer" if len(meeting.observers) == 1 else "Observers"
        yield label, "; ".join(who.observer(view, each) for each in meeting.observers)


def _convened(view: View, meeting: Meeting) -> str:
    by = f"by the {BODIES.get(meeting.convened_by or '', meeting.convened_by)}"
    if meeting.requested_by:
        by += f", at the request of {listed(who.cities(view, meeting.requested_by))}"
    notice = meeting.notice
    if notice is None:
        return f"{by}; no notice is on record"
    to = {"members": "all members", "executive-committee": "the Executive Committee"}
    sent = f"{by}; notice sent to {to.get(notice.to, 'the group')} on {day_in_words(notice.sent)}"
    titles = [d.title for m in notice.motions if (d := view.registry.decision(m))]
    if not titles:
        return sent
    return f"{sent}, with the motion{'s' if len(titles) > 1 else ''}: {'; '.join(titles)}"
