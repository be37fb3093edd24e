"""The sheets on the table of a meeting: roll call, signing list, ballots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.meeting_head import named, place_and_time, points, running
from b40cli.acts.papers.presence import Presence, presence
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.wording import capacity
from b40cli.model import paper as parts
from b40cli.model.errors import UsageError
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.case.law import law_on

BLANK = "☐"
OPEN = frozenset({"proposed", "open"})


def sheets(view: View, name: str) -> parts.Paper:
    """The sheets of a meeting; UsageError where nobody has a vote in it."""
    meeting = meeting_named(view.registry, name)
    if meeting.kind not in ("ga", "ec"):
        raise UsageError(
            f"{name} is a meeting of kind {meeting.kind}: no roll is called, no vote taken.",
            "Sheets are of a General Assembly or an Executive Committee: b40 meeting list.",
        )
    there = presence(view, meeting)
    if there is None:
        raise UsageError(
            f"Who may vote in {name} is undetermined: a list of the register is not whole.",
            "b40 roll tells what is on record.",
        )
    content = (
        *_roll(view, meeting, there),
        *_ballots(view, meeting),
        *_signing(view, meeting, there),
    )
    title = f"Sheets for {named(view, meeting)}"
    return sheet(view, title, place_and_time(view, meeting), meeting.id, running(meeting), content)


def _roll(view: View, meeting: Meeting, there: Presence) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Roll call")
    yield parts.Paragraph(
        f"{there.base} have a vote; {there.required} must be present or represented "
        f"({there.share})."
    )
    yield parts.Paragraph("Begun at: ____________   Called by: ________________________")
    holders = {p.principal: p.holder for p in meeting.proxies if p.revoked is None}
    rows = tuple(_called(view, meeting, key, holders) for key in who.in_order(view, there.entitled))
    heads = ("Member", "Country", "Headed by, or represented", "Present", "Proof seen")
    yield parts.Tabular(heads, rows, (0, 0, 1, 0, 0))
    yield parts.Note("Present: ______   Represented: ______   Counted: ______")


def _called(
    view: View, meeting: Meeting, key: str, holders: dict[str, str]
) -> tuple[parts.Words, ...]:
    name, where, holder = who.city(view, key), who.country(view, key), holders.get(key)
    if holder is not None:
        return name, where, f"by {who.city(view, holder)}", BLANK, BLANK
    head = who.head_at(view, meeting, key)
    said = f"{head.name}, {capacity(head.capacity)}" if head else ""
    return name, where, said, BLANK, BLANK if head and head.capacity == "designee" else ""


def _ballots(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    """One ballot a page for each question that is put: for and against, or the candidates."""
    for decision in _questions(view, meeting):
        yield parts.PageBreak()
        yield parts.Headline(f"Ballot: {decision.title}", 1, decision.id)
        if decision.grounds:
            yield parts.Paragraph(f"Grounds put: {decision.grounds}")
        choices = [who.city(view, key) for key in who.in_order(view, decision.candidates)]
        if decision.matter == "committee-election":
            most = law_on(view.registry, meeting.day).number("committee-seats-elected")
            seats = decision.seats.free if decision.seats else most
            yield parts.Paragraph(f"Mark at most {seats}.")
            yield _boxes([*choices, *[""] * (0 if choices else 8)])
        else:
            yield parts.Paragraph("Mark one.")
            yield _boxes(["for", "against", "abstention"])
        yield parts.Note("A ballot that is not clear is invalid; it is kept with the others.")


def _questions(view: View, meeting: Meeting) -> list[Decision]:
    put = [p["decision"] for p in points(view, meeting) if p.get("decision")]
    found = (view.registry.decision(key) for key in put)
    listed = [decision for decision in found if decision is not None]
    waiting = [decision for decision in listed if decision.state in OPEN]
    return waiting or listed


def _boxes(choices: Iterable[str]) -> parts.Tabular:
    rows = tuple((BLANK, choice) for choice in choices)
    return parts.Tabular(("", "Vote"), rows, (0, 1), tall=True)


def _signing(view: View, meeting: Meeting, there: Presence) -> Iterator[parts.PaperPart]:
    yield parts.PageBreak()
    yield parts.Headline("Signing list")
    if meeting.kind == "ga":
        yield parts.Paragraph("Those who sign adopt the Closing Declaration of the Annual Summit.")
    yield parts.Paragraph(
        "Whoever heads the delegation signs, or the designee whose designation was seen."
    )
    rows = tuple(
        (who.city(view, key), _head(view, meeting, key), "")
        for key in who.in_order(view, there.entitled)
    )
    yield parts.Tabular(("Member", "Headed by", "Signature"), rows, (1, 1, 2), tall=True)


def _head(view: View, meeting: Meeting, key: str) -> str:
    head = who.head_at(view, meeting, key)
    return head.name if head else ""
