"""The convening notice: when and where, what is decided and by which majority, what to bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.amendment import amended
from b40cli.acts.papers.meeting_head import named, particulars, place, points, running
from b40cli.acts.papers.presence import presence
from b40cli.acts.papers.proxy_form import proxy_form
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.wording import LANGUAGES, clock, day_written, sentence, time_written
from b40cli.model import paper as parts
from b40cli.model.day import legal_day, time_of
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.meeting import Meeting, spoken
from b40cli.model.state.registry import NETWORK
from b40cli.model.wording import BODIES, begun, kind_name, listed, on_day, weekday
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.facts.terms import ELECTION
from b40cli.rules.votes.assembly_count import TWO_THIRDS, absolute_of

# How long before a meeting the Secretariat asks for a reply: a courtesy, no time limit of the law.
DAYS_TO_REPLY = 7
WHO_COMES = "who heads your delegation, or who represents you"
TO = {"ga": "To the mayors of all members", "ec": "To the members of the Executive Committee"}


def notice(view: View, name: str) -> parts.Paper:
    """The convening notice of a meeting, from its record and the decisions to be put."""
    meeting = meeting_named(view.registry, name)
    lead = f"{kind_name(meeting.kind)}, {time_written(meeting.opens)}"
    sent = legal_day(meeting.notice.sent) if meeting.notice else view.on
    # A meeting that was held: whoever was in office then, and no day of sending.
    then = min(sent, meeting.day)
    content = _parts(view._replace(on=then), meeting)
    paper = sheet(view, "Convening notice", lead, meeting.id, running(meeting), content)
    to = TO.get(meeting.kind, "To all members")
    return paper._replace(addressed=(to, on_day(sent) if sent == then else "not sent on record"))


def _parts(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    yield parts.Paragraph(_called(view, meeting))
    yield parts.Summary(tuple(_essentials(view, meeting)))
    yield from _agenda(view, meeting)
    for item, decision in _put(view, meeting):
        yield from _motion(view, item, decision)
    yield from _to_bring(view, meeting)
    yield parts.Signatures(_signatories(view, meeting))
    yield from proxy_form(view, meeting)


def _called(view: View, meeting: Meeting) -> str:
    by = BODIES.get(meeting.convened_by or "", "Secretariat")
    asked = who.cities(view, meeting.requested_by)
    request = f", at the request of {listed(asked)}," if asked else ""
    within = " at the Annual Summit" if view.registry.summit_of(meeting) else ""
    city = who.city(view, meeting.city)
    where = f", in {city}" if city else ", online" if meeting.mode == "online" else ""
    said = f"The {by}{request} convenes {named(view, meeting)}{within}{where}."
    if meeting.language:
        said += f" The working language is {LANGUAGES.get(meeting.language, meeting.language)}"
        said += "; interpretation is provided." if meeting.interpretation else "."
    return said


def _essentials(view: View, meeting: Meeting) -> Iterator[tuple[str, parts.Words]]:
    yield from particulars(view, meeting)
    yield "Place", place(view, meeting)
    at, there = time_of(meeting.opens), presence(view, meeting)
    if there is not None and meeting.kind in ("ga", "ec"):
        body = "members" if meeting.kind == "ga" else "seats"
        article = "Article 10" if meeting.kind == "ga" else "Article 13"
        hour = f"{clock(at)}; " if at else ""
        yield (
            "Roll call",
            f"{hour}nothing is decided unless {there.required} of {there.base} {body} are there or "
            f"represented ({article})",
        )
    yield "Please reply by", f"{_reply_by(view, meeting)}: {WHO_COMES}"
    yield "Contact", _contact(view)


def _reply_by(view: View, meeting: Meeting) -> str:
    """A week before it; of a notice that goes out later than that, the day before."""
    opens = day_written(meeting.opens)
    days = (opens - timedelta(days=DAYS_TO_REPLY), opens - timedelta(days=1))
    later = (weekday(day) for day in days if not day <= view.on < opens)
    return next(later, "the opening of the meeting")


def _contact(view: View) -> str:
    """Who answers, where, and how the office is reached, as far as network.yaml tells."""
    name, office = who.secretary(view, view.on)
    network = view.registry.content(NETWORK)
    seat = (network.get("headquarters") or {}).get("city")
    where = f"at the headquarters in {who.city(view, seat)}" if seat else ""
    reached = network.get("contact") or {}
    told = (reached.get(way) for way in ("email", "phone", "address", "website"))
    return ", ".join(
        filter(None, (f"{name}, {office}" if name else "the Secretariat", where, *told))
    )


def _agenda(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    yield parts.Headline("Agenda")
    law = law_or_none(view.registry, meeting.day)
    rows = []
    for point in points(view, meeting):
        decision = view.registry.decision(point.get("decision"))
        title = decision.title if decision else point.get("title") or begun(spoken(point["kind"]))
        majority = _majority(decision, law) if decision and law else ""
        if point["kind"] == "closing-declaration":
            majority = "signed"
        number = str(point.get("item") or "")
        rows.append((number, title, majority, decision.id if decision else ""))
    if not rows:
        yield parts.Paragraph("The agenda is not on record yet.")
        return
    yield parts.Tabular(("", "Item", "Majority", "Record"), tuple(rows), (0, 1, 0, 0))


def _majority(decision: Decision, law: Law) -> str:
    """By which majority a matter is carried, as the law of that day reads."""
    if decision.matter == ELECTION:
        return "most votes"
    if decision.body == "general-assembly":
        if decision.matter in TWO_THIRDS:
            return "two thirds of all"
        return "absolute" if absolute_of(decision.matter, law) == "absolute" else "of votes cast"
    if decision.matter == "admission" and law.readings.get("INT-03") != "simple-majority":
        return "unanimity"
    return "simple"


def _put(view: View, meeting: Meeting) -> Iterator[tuple[int | None, Decision]]:
    """What stands on the agenda or in the notice as a motion, each once."""
    items = {p["decision"]: p.get("item") for p in points(view, meeting) if p.get("decision")}
    motions = meeting.notice.motions if meeting.notice else ()
    for key in dict.fromkeys((*items, *motions)):
        decision = view.registry.decision(key)
        if decision is not None:
            yield items.get(key) or decision.item, decision


def _motion(view: View, item: int | None, decision: Decision) -> Iterator[parts.PaperPart]:
    """The text of what is put: an amendment's, the candidates, the grounds."""
    content = [*amended(view, decision), *_standing(view, decision), *_grounds(decision)]
    if content:
        titles = {
            "amendment": "Text of the amendment",
            "presidency": f"Candidates for the presidency of {decision.term}",
            "candidates": f"Candidates for the presidency of {decision.term}",
            "committee-election": "Candidates for the Executive Committee",
        }
        title = titles.get(decision.matter, decision.title)
        yield parts.Headline(f"{item}. {title}" if item else title, 1, decision.id)
        yield from content


def _standing(view: View, decision: Decision) -> Iterator[parts.PaperPart]:
    """Who stands: as the motion says, else whom the committee determined."""
    stands = decision.candidates
    if not stands and decision.matter == "presidency" and decision.term:
        found = view.registry.candidacies().get(decision.term, ())
        stands = found[-1].candidates if found else ()
    rows = tuple(_candidate(view, key) for key in stands)
    if rows:
        yield parts.Tabular(("City", "Country", "Mayor", "Mandate until"), rows, (0, 0, 0, 1))
    if decision.matter == "presidency":
        yield parts.Note(
            "Determined by the Executive Committee. A candidate needs a year of mandate from the "
            "handover (Article 11)."
        )


def _candidate(view: View, key: str) -> tuple[str, str, str, str]:
    member = view.registry.member(key)
    mayor = member.mayor_on(view.on) if member else None
    end = member.end_of(mayor) if member and mayor else None
    name = mayor.name if mayor else "not on record"
    until = on_day(end) if end else "not on record"
    return who.city(view, key), who.country(view, key), name, until


def _grounds(decision: Decision) -> Iterator[parts.PaperPart]:
    if decision.grounds and decision.matter != "amendment":
        proposed = f" Proposed on {on_day(decision.proposed)}." if decision.proposed else ""
        yield parts.Paragraph(f"Grounds put: {sentence(decision.grounds)}{proposed}")


def _to_bring(view: View, meeting: Meeting) -> Iterator[parts.PaperPart]:
    if meeting.kind not in ("ga", "ec"):
        return
    yield parts.Headline("What to bring")
    yield parts.Paragraph(
        "A member that cannot come may be represented by one other member, which represents nobody "
        "else. The written proof reaches the President and the Permanent Secretary before the "
        "meeting opens. The proxy form is enclosed."
    )
    items: list[parts.Words] = [
        "a mayor's designee: the written designation (Article 7)",
        "the names of those who come with the head of the delegation",
    ]
    announced = legal_day(meeting.rules_announced) if meeting.rules_announced else None
    if announced and announced <= view.on:
        items.append(
            "the rules of participation, as the President announced them on "
            f"{on_day(announced)} (Article 8)"
        )
    elif meeting.kind == "ga":
        items.append("the rules of participation, which the President announces (Article 8)")
    yield parts.Items(tuple(items))


def _signatories(view: View, meeting: Meeting) -> tuple[tuple[str, str], ...]:
    led = meeting.convened_by == "group-leader"
    leader = who.leader(view, meeting) if led else None
    return leader or who.president(view, view.on), who.secretary(view, view.on)
