"""A member's dossier (Art. 12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.outcomes import outcome_brief, result_word
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.wording import capacity, few
from b40cli.acts.papers.wording import since as when
from b40cli.acts.reads.lists import member as member_shown
from b40cli.acts.reads.participation import part_taken, voted
from b40cli.acts.reads.stretches import Stretch, stretches
from b40cli.acts.reads.titles import sources_told
from b40cli.model.day import Moment, covers
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.member import Member
from b40cli.model.paper import Headline, Items, Paper, PaperPart, Paragraph, Summary, Tabular, Words
from b40cli.model.wording import begun, brief, kind_name, on_day, seat_name
from b40cli.rules.case.law import law_or_none
from b40cli.rules.facts.memberships import admission_of
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.standing import MEMBERS, is_member
from b40cli.rules.facts.tenures import Tenure, seats_held, terms_held

NONE = "none on record"
STANDINGS = {
    "applicant": "applied",
    "admitted": "admitted, declaration not signed yet",
    "member": "member",
    "declined": "not admitted",
    "withdrawn": "application withdrawn",
    "leaving": "member, leaving at the end of the year",
    "left": "left",
    "removed": "removed",
    "unknown": "",
}


def dossier(view: View, city: str) -> Paper:
    """A member's dossier on the day: standing, offices, decisions, meetings, votes, papers."""
    member = member_named(view.registry, city)
    parts = (
        Summary(tuple(_summary(view, member))),
        *_years(view, member),
        *_about(view, member),
        *_meetings(view, member),
        *_votes(view, member),
        *_on_file(view, member),
    )
    lead = f"{who.country(view, city)} · {_standing_now(view, member)}"
    title = f"Membership dossier: {member.name}"
    return sheet(view, title, lead, member.id, f"Membership dossier: {member.name}", parts, True)


def _standing_now(view: View, member: Member) -> str:
    shown = member_shown(view, member.id).result
    standing, day = shown["standing"], on_day(view.on)
    if standing not in MEMBERS:
        return f"as of {day} {STANDINGS[standing] or 'not on record'}, without a vote"
    if shown["suspended"]:
        return f"a suspended member on {day}, without a vote"
    if standing == "leaving":
        return f"a member on {day}, with one vote, leaving at the end of the year"
    return f"a member in good standing on {day}, with one vote"


def _summary(view: View, member: Member) -> Iterator[tuple[str, Words]]:
    shown = member_shown(view, member.id).result
    since = shown["since"]
    if since:
        basis = " (attested, not judged)" if shown["basis"] == "attested" else ""
        standing = shown["standing"]
        ground = _ground_of_membership(view, member) if standing == "member" else ""
        yield (
            begun(STANDINGS[standing] or standing),
            ", ".join(filter(None, (f"{when(since)}{basis}", ground))),
        )
    if member.attested:
        yield "Attested by", attested_by(view, member.attested.source)
    yield "Represented by", _represented(view, member)
    yield "Offices", "; ".join(_offices(view, member)) or NONE
    led = [
        f"leads {group.name} {when(str(leader.start))}"
        for group in view.registry.groups()
        if (leader := leader_on(view.registry, group, view.on)) is not None
        and leader.city == member.id
    ]
    experts = [
        f"expert in {group.name}: {expert.name}"
        for group in view.registry.groups()
        for expert in group.experts
        if expert.city == member.id and covers(expert.start, expert.until, view.on)
    ]
    yield "Groups", "; ".join([*led, *experts]) or NONE


def _ground_of_membership(view: View, member: Member) -> str:
    admission = admission_of(view.registry, member)
    if admission is not None:
        return f"admitted by {admission.id}"
    return "" if member.attested else "ground unknown"


def attested_by(view: View, cited: str) -> str:
    """The sources of a fact, in words."""
    return "; ".join(sources_told(view.registry, cited.split(", ")))


def _represented(view: View, member: Member) -> str:
    mayor, lapsed = member.mayor_on(view.on), member.lapsed_on(view.on)
    if mayor is not None:
        end = member.end_of(mayor)
        until = f"; mandate until {on_day(end)}" if end else ""
        return f"{mayor.name}, {capacity(mayor.capacity)}{until}"
    if lapsed is not None and (end := member.end_of(lapsed)):
        return f"nobody on record; the mandate of {lapsed.name} ended on {on_day(end)}"
    return "nobody on record"


def _offices(view: View, member: Member) -> Iterator[str]:
    for held in terms_held(view.registry):
        if held.city == member.id:
            yield f"presidency of {held.year}, {_lasted(held)}"
    for held in seats_held(view.registry):
        if held.city == member.id and held.seat:
            seat = f"seat in the Executive Committee ({seat_name(held.seat)})"
            yield f"{seat}, {_lasted(held)}"


def _lasted(held: Tenure) -> str:
    start = when(str(held.start))
    if held.until is None:
        return start
    return f"from {start.removeprefix('since ')} until {on_day(held.until)}"


def _years(view: View, member: Member) -> Iterator[PaperPart]:
    yield Headline("Standing through the years")
    found = stretches(view, member)
    if not found:
        yield Paragraph("Nothing is on record by this day.")
        return
    rows = tuple(
        (
            f"{'by ' if _late(member, stretch) else ''}{brief(stretch.start)}",
            brief(stretch.until),
            STANDINGS[stretch.standing]
            + (", suspended, without a vote" if stretch.suspended else ""),
            "attested" if _attested(member, stretch) else stretch.ground,
        )
        for stretch in found
    )
    yield Tabular(("From", "Until", "Standing", "Ground"), rows, (0, 0, 1, 0))


def _attested(member: Member, stretch: Stretch) -> bool:
    return member.attested is not None and stretch.ground == member.attested.source


def _late(member: Member, stretch: Stretch) -> bool:
    """Whether it began by that day, nobody knows when."""
    since = member.attested.start if member.attested else None
    return since is not None and not since.exact and stretch.start == since.day


def _about(view: View, member: Member) -> Iterator[PaperPart]:
    yield Headline("Decisions about it")
    known = [
        d
        for d in view.registry.decisions()
        if member.id in (d.city, *d.succeeds) and _day_of(d) and _day_of(d) <= view.on
    ]
    known.sort(key=lambda d: (_day_of(d), d.id))
    rows = tuple((brief(_day_of(d)), outcome_brief(d), result_word(view, d), d.id) for d in known)
    yield _or_none(("Day", "Decision", "Result", "Record"), rows, (0, 1, 0, 0))


def _day_of(decision: Decision) -> date:
    return decision.closed or decision.proposed or date.min


def _or_none(heads: tuple[str, ...], rows: tuple[Any, ...], widths: tuple[int, ...]) -> PaperPart:
    return Tabular(heads, rows, widths) if rows else Paragraph(f"{begun(NONE)}.")


def _meetings(view: View, member: Member) -> Iterator[PaperPart]:
    yield Headline("Meetings it could attend")
    rows = tuple(
        (brief(meeting.day), _called(view, meeting), part)
        for meeting in view.registry.meetings()
        if meeting.day <= view.on
        and meeting.cancelled is None
        and (part := _part(view, meeting, member))
    )
    yield _or_none(("Day", "Meeting", "Attendance"), rows, (0, 1, 0))


def _called(view: View, meeting: Meeting) -> str:
    kind = kind_name(meeting.kind)
    city = who.city(view, meeting.city) or ("online" if meeting.mode == "online" else "")
    return f"{kind}, {city}" if city else kind


def _part(view: View, meeting: Meeting, member: Member) -> str:
    """How it took part; absent where it had a vote in the Assembly and is in no roll call."""
    if meeting.cancelled is not None:
        return ""
    said = []
    part = part_taken(view.registry, meeting, member.id)
    if part and part.startswith("represented by "):
        part = f"represented by {who.city(view, part.removeprefix('represented by '))}"
    if part:
        said.append(part)
    roles = (("host", meeting.city), ("chair", meeting.chair))
    said += [role for role, holder in roles if holder == member.id]
    if member.id in meeting.signed_by:
        said.append("signed the Closing Declaration")
    law = law_or_none(view.registry, meeting.day)
    if not said and meeting.kind == "ga" and meeting.roll_calls and law is not None:
        moment = Moment(meeting.day, meeting.id, 0)
        return "absent" if is_member(view.registry, member.id, moment, law) else ""
    return "; ".join(said)


def _votes(view: View, member: Member) -> Iterator[PaperPart]:
    yield Headline("Votes by name")
    closed = [d for d in view.registry.decisions() if d.state in CLOSED and d.closed]
    known = [d for d in closed if d.closed and d.closed <= view.on]
    known.sort(key=lambda d: (_day_of(d), d.item or 0, d.id))
    rows = tuple(
        (brief(d.closed), d.title, how, _result(view, d, member.id))
        for d in known
        if (how := _vote(view, d, member.id))
    )
    yield _or_none(("Day", "Decision", "Vote", "Result"), rows, (0, 1, 1, 0))
    secret = sum(_secretly(d, member.id) for d in known)
    if secret:
        was = "was one" if secret == 1 else f"were {few(secret)}"
        yield Paragraph(f"Secret ballots, of which there {was}, show no names.")


def _result(view: View, decision: Decision, city: str) -> str:
    """What came of it; of an election, how many of whom it voted for."""
    chosen = _chosen(decision, city)
    if decision.state != "adopted" or not chosen:
        return result_word(view, decision)
    elected = (decision.counted or {}).get("elected", ())
    return f"elected: {sum(c in elected for c in chosen)} of {len(chosen)}"


def _chosen(decision: Decision, city: str) -> list[str]:
    choices = (decision.votes.choices if decision.votes else None) or {}
    return [candidate for candidate, voters in choices.items() if city in voters]


def _vote(view: View, decision: Decision, city: str) -> str:
    side = voted(decision, city)
    if side:
        return {"abstain": "abstained"}.get(side, side)
    return ", ".join(who.city(view, c) for c in _chosen(decision, city))


def _secretly(decision: Decision, city: str) -> bool:
    roll, votes = decision.roll, decision.votes
    there = roll is not None and city in (*roll.present, *roll.represented)
    return there and votes is not None and votes.tally is not None


def _on_file(view: View, member: Member) -> Iterator[PaperPart]:
    yield Headline("Papers on file")
    found = [*_documents("", view.registry.content(member.path))]
    if found:
        yield Items(tuple(found))
    elif member.attested:
        yield Paragraph("None: what attests its membership is cited, not kept.")
    else:
        yield Paragraph("None.")


def _documents(label: str, data: Any) -> Iterator[str]:
    """Every document its record names, by the place where it stands in it."""
    if isinstance(data, Mapping) and "sha256" in data:
        note, path = data.get("note"), data.get("path")
        name = ": ".join(filter(None, (label, str(note or path or ""))))
        yield f"{begun(name)} (SHA-256 {str(data['sha256'])[:16]}…)"
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _documents(key.replace("_", " "), value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _documents(label, value)
