"""Meetings until they sit: convening, agenda, notice, rules, delegations, the roll (Art. 7-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import Moment
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import ConflictError, UsageError
from b40cli.model.facts.meeting import Meeting, RollCall, spoken, zone_at
from b40cli.model.ref import Ref, stated
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art10_summit import called_in
from b40cli.rules.case.law import law_on, law_or_none
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.handover import handed_over_on, side_by_hours
from b40cli.rules.facts.heads import known_heads
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import membership_at
from b40cli.rules.votes.assembly_facts import assembly_at
from b40cli.rules.votes.committee_facts import sitting_at
from b40cli.rules.votes.outcome import quorum_of

if TYPE_CHECKING:
    from b40cli.model.results.meetings import (
        AgendaWritten,
        Convened,
        DelegationRecorded,
        MeetingDeclined,
        NoticeSent,
        RollCalled,
        RulesAnnounced,
    )
    from b40cli.model.results.rolls import QuorumCalled

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
EVERYBODY = "all"
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
    agenda = [*held, *(_agenda_entry(n, item) for n, item in enumerate(items, first))]
    edits: list[Edit] = []
    if agenda != [dict(entry) for entry in meeting.agenda]:
        edits.append(Put(meeting.path, ("agenda",), agenda))
    edits += _items_of_decisions(session, meeting, agenda)
    headline = f"meeting: agenda of {name}, {counted(len(agenda), 'item')}"
    body = tuple(f"{entry['item']}. {_told(entry)}" for entry in agenda)
    result: AgendaWritten = {"meeting": name, "agenda": agenda}
    return Proposal("meeting agenda", f"meetings/{name}", headline, tuple(edits), result, body)


def _agenda_entry(number: int, item: AgendaItem) -> dict[str, Any]:
    return stated({"item": number, **item._asdict()})


def _told(entry: Mapping[str, Any]) -> str:
    title = entry.get("title") or spoken(entry["kind"])
    return f"{title} ({entry['decision']})" if "decision" in entry else title


def _items_of_decisions(
    session: Session, meeting: Meeting, agenda: Sequence[Mapping[str, Any]]
) -> Iterator[Edit]:
    for entry in agenda:
        decision = session.before.decision(entry["decision"]) if "decision" in entry else None
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


def delegate(
    session: Session,
    name: str,
    city: str,
    head: Mapping[str, Any],
    members: Sequence[str],
) -> Proposal[DelegationRecorded]:
    """Record who comes for a city and who heads them; a city on record again is corrected."""
    meeting = meeting_named(session.before, name)
    entry = stated({"member": city, "head": dict(head), "members": list(members) or None})
    listed = session.before.content(meeting.path).get("delegations", [])
    at = next((n for n, other in enumerate(listed) if other["member"] == city), None)
    edits: tuple[Edit, ...] = (Append(meeting.path, ("delegations",), entry),)
    if at is not None:
        same = listed[at] == entry
        edits = () if same else (Put(meeting.path, ("delegations", at), entry),)
    listed = session.before.content(meeting.path).get("declined", [])
    edits += tuple(
        Put(meeting.path, ("declined", n, "until"), str(session.on))
        for n, each in enumerate(listed)
        if (each["member"], each["what"]) == (city, "attendance") and "until" not in each
    )
    if edits:
        edits = (*edits, *_further_head(session, meeting, city, head["capacity"]))
    headline = f"meeting: delegation of {city} to {name}"
    body = (f"Headed by {head['name']}, {head['capacity'].replace('-', ' ')}.",)
    result: DelegationRecorded = {"meeting": name, "delegation": entry}
    return Proposal("meeting delegation", f"meetings/{name}", headline, edits, result, body)


def decline(
    session: Session, name: str, city: str, what: Sequence[str], document: Mapping[str, Any] | None
) -> Proposal[MeetingDeclined]:
    """Record that a city said it does not come, gives no proxy, or represents nobody."""
    meeting = meeting_named(session.before, name)
    new = [each for each in what if city not in meeting.declining(each)]
    said = {"member": city, "on": str(session.on)}
    entries: list[Mapping[str, Any]] = [
        stated({**said, "what": each, "document": document}) for each in new
    ]
    edits = tuple(Append(meeting.path, ("declined",), entry) for entry in entries)
    headline = f"meeting: {city} declines {' and '.join(what)}, {name}"
    result: MeetingDeclined = {"meeting": name, "declined": entries}
    return Proposal("meeting delegation", f"meetings/{name}", headline, edits, result)


def head_of(
    session: Session,
    name: str,
    city: str,
    person: str | None,
    capacity: str | None,
    designation: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Who heads a delegation: as told, else the mayor or acting mayor on record for the day."""
    meeting = meeting_named(session.before, name)
    member = session.before.member(city)
    mayor = member.mayor_on(meeting.day) if member else None
    if designation is not None or capacity == "designee":
        if person is None:
            raise UsageError("A designee has a name.", "Name the person: --head NAME.")
        paper = {"designation": dict(designation)} if designation else {}
        return {"name": person, "capacity": capacity or "designee", **paper}
    if mayor is not None and person in (None, mayor.name):
        key = {"person": mayor.person} if mayor.person else {}
        return {**key, "name": mayor.name, "capacity": capacity or mayor.capacity}
    if person is None:
        raise UsageError(
            f"No mayor of {city} is on record for {meeting.day}.",
            "Name who heads the delegation: --head NAME.",
        )
    return {"name": person, "capacity": capacity or "mayor"}


def roll_call(
    session: Session, name: str, at: str, present: Sequence[str], observers: Sequence[str] = ()
) -> Proposal[RollCalled]:
    """Record who answers; the quorum follows from it at once.

    `all` stands for everybody who may sit and is represented by nobody.
    """
    meeting = meeting_named(session.before, name)
    present = _spelt_out(session, meeting, present)
    last = meeting.roll_calls[-1] if meeting.roll_calls else None
    guests = [city for city in observers if city not in meeting.observers]
    edits: list[Edit] = []
    entry: dict[str, Any] = {"n": len(meeting.roll_calls) + 1, "at": at, "present": list(present)}
    if last is None or (last.at, set(last.present)) != (at, set(present)):
        edits += _frozen(session, meeting)
        edits.append(Append(meeting.path, ("roll_calls",), entry))
    if guests:
        edits.append(Put(meeting.path, ("observers",), [*meeting.observers, *guests]))
    if not edits and last is not None:
        entry = {"n": last.n, "at": at, "present": list(last.present)}
    result: RollCalled = {
        "meeting": name,
        "roll_call": entry,
        "quorum": _quorum(session, meeting, entry),
    }
    if not edits:
        return Proposal("meeting roll-call", f"meetings/{name}", f"{name} roll called", (), result)
    headline = f"meeting: roll call {entry['n']} of {name}, {len(present)} present"
    body = (f"Present: {', '.join(present)}.",)
    return Proposal("meeting roll-call", f"meetings/{name}", headline, tuple(edits), result, body)


def _spelt_out(session: Session, meeting: Meeting, present: Sequence[str]) -> Sequence[str]:
    if EVERYBODY not in present:
        return present
    named = [city for city in present if city != EVERYBODY]
    return [*(city for city in everybody(session, meeting) if city not in named), *named]


def everybody(session: Session, meeting: Meeting) -> list[str]:
    """Who may sit in the meeting and gave no proxy; UsageError where that cannot be told."""
    registry, moment = session.before, Moment(meeting.day, meeting.id, 0)
    away = {proxy.principal for proxy in meeting.proxies if proxy.revoked is None}
    if meeting.kind == "ec":
        sitting = [seat.city for seat in seats_on(registry, meeting.day) if seat.state == "filled"]
    elif meeting.kind == "ga" and session.network.whole("members", meeting.day):
        members, silent = membership_at(registry, moment, law_on(registry, meeting.day))
        sitting = [city for city in sorted(members) if city not in silent]
    else:
        sitting = [delegation.member for delegation in meeting.delegations]
    there = [city for city in dict.fromkeys(sitting) if city and city not in away]
    if not there:
        raise UsageError(
            f"Nothing on record says who all in {meeting.id} are.", "Name them, with commas."
        )
    return there


def _frozen(session: Session, meeting: Meeting) -> Iterator[Edit]:
    """At the first roll call what is known of the heads is frozen, to be judged by for ever.

    Where proxies are on record the block is written even so that there is no head in it: it says
    that they were judged when the roll was called.
    """
    headed = [d.member for d in meeting.delegations if d.capacity != "designee"]
    heads = known_heads(session.before, headed, meeting.day)
    if (heads or meeting.proxies) and meeting.first_roll_call is None:
        yield Put(meeting.path, ("known",), {"heads": heads})


def _further_head(session: Session, meeting: Meeting, city: str, capacity: str) -> Iterator[Edit]:
    """Whoever heads a delegation that came after the roll call is known from then on."""
    frozen = meeting.known and meeting.known.heads is not None
    known = meeting.known.head_of(city) if meeting.known else None
    heads = known_heads(session.before, [city], meeting.day) if capacity != "designee" else []
    if meeting.first_roll_call is not None and known is None:
        for head in heads:
            at = ("known", "heads")
            yield Append(meeting.path, at, head) if frozen else Put(meeting.path, at, [head])


def _quorum(session: Session, meeting: Meeting, entry: Mapping[str, Any]) -> QuorumCalled | None:
    """What the roll call means for the quorum; in the Assembly the first one settles it."""
    if meeting.kind not in PRESIDED:
        return None
    call = RollCall(entry["n"], entry["at"], tuple(entry["present"]))
    sitting = meeting._replace(roll_calls=(*meeting.roll_calls, call))
    moment, law = Moment(meeting.day, meeting.id, 0), law_on(session.before, meeting.day)
    facts = (
        assembly_at(session.before, moment, sitting, call, law)
        if meeting.kind == "ga"
        else sitting_at(session.before, moment, sitting, call)
    )
    if isinstance(facts, Undetermined):
        return {"required": None, "counted": None, "met": None}
    found = quorum_of(facts, law)
    return {"required": found.required, "counted": found.counted, "met": found.met}
