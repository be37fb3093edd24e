"""Meetings until they sit: convening, agenda, notice, rules of participation (Art. 8, 10, 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Create, Edit, Put
from b40cli.model.errors import ConflictError
from b40cli.model.facts.meeting import Meeting, spoken, zone_at
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art10_summit import called_in
from b40cli.rules.case.law import law_or_none
from b40cli.rules.facts.handover import handed_over_on, side_by_hours
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.record.meeting_days import last_of

if TYPE_CHECKING:
    from b40cli.model.results.meetings import AgendaWritten, Convened, NoticeSent, RulesAnnounced

TITLES = {
    "ec": "Meeting of the Executive Committee",
    "ga": "General Assembly",
    "summit": "Annual Summit",
    "wg": "Meeting of the working group",
    "workshop": "Workshop",
    "youth-summit": "Youth Summit",
}
PRESIDED = ("ec", "ga")
IN_PERSON = ("summit", "ga", "youth-summit")
ADDRESSEES = {"ec": "executive-committee", "wg": "group"}


class Convening(NamedTuple):
    """What a meeting is convened with."""

    kind: str
    opens: str
    mode: str | None = None
    title: str | None = None
    city: str | None = None
    requested_by: tuple[str, ...] = ()
    slug: str | None = None
    by: str | None = None
    summit: str | None = None
    group: str | None = None
    ends: str | None = None
    half_days: int | None = None
    language: str | None = None
    interpretation: bool | None = None
    handover: str | None = None
    decision: str | None = None


class AgendaItem(NamedTuple):
    """One item of an agenda as it is asked for."""

    kind: str
    decision: str | None = None
    title: str | None = None


def convene(session: Session, asked: Convening) -> Proposal[Convened]:
    """Convene a meeting; the President presides over the Assembly and the Committee.

    The day of its id is the date written in `opens`.
    """
    day = _day(asked)
    slug = asked.slug or asked.group
    name = f"{day}-{asked.kind}" + (f"-{slug}" if slug else "")
    mode, city = _where(session, asked.kind, asked.mode, asked.city, asked.summit)
    side = asked.handover or _side(session.before, asked)
    record: dict[str, Any] = {
        "id": name,
        "title": asked.title or _title(session, asked),
        "mode": mode,
        "convened": _convened(asked),
        "chair": presides_on(session.before, day, side) if asked.kind in PRESIDED else None,
        "city": city,
    }
    plain = ("kind", "opens", "ends", "half_days", "summit", "group", "language")
    record |= {key: getattr(asked, key) for key in (*plain, "interpretation")}
    record["handover"] = side
    whole = stated(record)
    path = Ref("meetings", name).path
    known = session.before.data(path)
    if known is not None and any(known.get(key) != value for key, value in whole.items()):
        raise _convened_otherwise(name, asked)
    around = session.before.meeting(asked.summit)
    if around is not None and known is None:
        _held_within(around, day)
    edits: tuple[Edit, ...] = () if known is not None else (Create(path, whole),)
    headline = f"meeting: convene {name}"
    return Proposal("meeting convene", f"meetings/{name}", headline, edits, whole)


def _where(
    session: Session, kind: str, mode: str | None, city: str | None, summit: str | None
) -> tuple[str, str | None]:
    """How and where it meets: as asked, else as its Summit, else as usual."""
    around = meeting_named(session.before, summit) if summit else None
    usual = "in-person" if kind in IN_PERSON or city else "online"
    mode = mode or (around.mode if around else None) or usual
    return mode, city or (around.city if around else None)


def zone_asked(
    session: Session, kind: str, mode: str | None, city: str | None, summit: str | None
) -> str:
    """The zone of the place of a meeting that is to be convened."""
    return zone_at(*_where(session, kind, mode, city, summit))


def _side(registry: Registry, asked: Convening) -> str | None:
    """Where a committee of a day stands on which the presidency has passed, by the hours."""
    term = handed_over_on(registry, _day(asked)) if asked.kind == "ec" else None
    at = registry.meeting((term.handover or {}).get("at", "")) if term else None
    return side_by_hours(asked.opens, at.opens) if at else None


def _held_within(summit: Meeting, day: date) -> None:
    """Refuse to convene within a Summit that was cancelled, or on none of its days (Art. 10)."""
    other = "Name a Summit to come, or none: outside one the President convenes the Assembly "
    if summit.cancelled is not None:
        raise ConflictError(
            f"{summit.id} was cancelled on {summit.cancelled['on']}: nothing is held within it.",
            f"{other}(Art. 10, INT-31).",
        )
    on_its_days(summit, day, f"Correct the day. {other}(Art. 10, INT-31).")


def on_its_days(summit: Meeting, day: date, cure: str) -> None:
    """Refuse what would be held within a Summit on none of its days (Art. 10)."""
    last = last_of(summit)
    if not summit.day <= day <= last:
        raise ConflictError(
            f"{summit.id} is held from {summit.day} to {last}: nothing is held within it on {day}.",
            cure,
        )


def _convened_otherwise(name: str, asked: Convening) -> ConflictError:
    """One convened already stays as it is; a second one of the day needs a name of its own."""
    return ConflictError(
        f"{name} is convened already, and otherwise.",
        f"b40 show {name} tells how. A second one of that day takes a word of its own: "
        f"b40 meeting convene {asked.kind} --slug WORD --opens {asked.opens}. Until it opens, "
        f"what is wrong in the first is set right: b40 meeting move {name}.",
    )


def _convened(asked: Convening) -> dict[str, Any] | None:
    requested = {"requested_by": list(asked.requested_by)} if asked.requested_by else {}
    usual = "executive-committee" if requested else "president" if asked.kind in PRESIDED else None
    by = asked.by or usual
    if by is None:
        return None
    decided = {"decision": asked.decision} if asked.decision else {}
    return {"by": by, **requested, **decided}


def _day(asked: Convening) -> date:
    return date.fromisoformat(asked.opens[:10])


def _title(session: Session, asked: Convening) -> str:
    law = law_or_none(session.before, _day(asked)) if asked.kind == "summit" else None
    if law is not None and (named := called_in(session.before, asked.city, law)):
        return named
    group = session.before.group(asked.group)
    if group is not None:
        return f"Meeting of {group.name}, {_day(asked)}"[:120]
    return f"{TITLES[asked.kind]}, {_day(asked)}"


def set_agenda(
    session: Session, name: str, items: Sequence[AgendaItem], *, add: bool
) -> Proposal[AgendaWritten]:
    """Write the agenda, or add behind it; what is proposed for the meeting takes its item."""
    meeting = meeting_named(session.before, name)
    held = [dict(entry) for entry in meeting.agenda] if add else []
    first = max((entry["item"] for entry in held), default=0) + 1
    agenda = [*held, *(stated({"item": n, **i._asdict()}) for n, i in enumerate(items, first))]
    edits: list[Edit] = []
    if agenda != [dict(entry) for entry in meeting.agenda]:
        edits.append(Put(meeting.path, ("agenda",), agenda))
    edits += _items_of_decisions(session, meeting, agenda)
    headline = f"meeting: agenda of {name}, {counted(len(agenda), 'item')}"
    body = tuple(f"{entry['item']}. {_told(entry)}" for entry in agenda)
    result: AgendaWritten = {"meeting": name, "agenda": agenda}
    return Proposal("meeting agenda", f"meetings/{name}", headline, tuple(edits), result, body)


def _told(entry: Mapping[str, Any]) -> str:
    title = entry.get("title") or spoken(entry["kind"])
    return f"{title} ({entry['decision']})" if "decision" in entry else title


def _items_of_decisions(
    session: Session, meeting: Meeting, agenda: Sequence[Mapping[str, Any]]
) -> Iterator[Edit]:
    for entry in agenda:
        decision = session.before.decision(entry.get("decision"))
        if decision is None or decision.state != "proposed" or decision.meeting != meeting.id:
            continue
        if decision.item != entry["item"]:
            yield Put(decision.path, ("item",), entry["item"])


def send_notice(
    session: Session,
    name: str,
    sent: str,
    to: str | None,
    motions: Sequence[str],
    document: Mapping[str, Any] | None,
) -> Proposal[NoticeSent]:
    """Record the convening notice: when it went out, to whom, with which motions.

    A further notice adds its motions to those that went out before.
    """
    meeting = meeting_named(session.before, name)
    before = meeting.notice.motions if meeting.notice else ()
    motions = [*before, *(motion for motion in motions if motion not in before)]
    addressee = to or ADDRESSEES.get(meeting.kind, "members")
    told = {"sent": sent, "to": addressee, "motions": motions or None, "document": document}
    notice = stated(told)
    headline = f"meeting: notice of {name}, sent {meeting.day_of(sent)}"
    body = (f"Motions: {', '.join(motions)}.",) if motions else ()
    edits = _put(session, meeting, "notice", notice)
    result: NoticeSent = {"meeting": name, "notice": notice}
    return Proposal("meeting notice", f"meetings/{name}", headline, edits, result, body)


def announce_rules(
    session: Session, name: str, announced: str, document: Mapping[str, Any] | None
) -> Proposal[RulesAnnounced]:
    """Record when the President announced the rules of participation (Art. 8)."""
    meeting = meeting_named(session.before, name)
    rules = stated({"announced": announced, "document": document})
    headline = f"meeting: rules of participation of {name}, announced {meeting.day_of(announced)}"
    edits = _put(session, meeting, "participation_rules", rules)
    result: RulesAnnounced = {"meeting": name, "participation_rules": rules}
    return Proposal("meeting rules", f"meetings/{name}", headline, edits, result)


def _put(session: Session, meeting: Meeting, key: str, value: Any) -> tuple[Edit, ...]:
    """One field of a meeting's record; already so where it says the same."""
    same = session.before.content(meeting.path).get(key) == value
    return () if same else (Put(meeting.path, (key,), value),)
