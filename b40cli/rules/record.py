"""The law of the record: what makes an archive trustworthy, whatever the statutes say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any

from b40cli.model.day import legal_day
from b40cli.model.decision import CLOSED, ENDED, Decision
from b40cli.model.finding import Place
from b40cli.model.member import Member
from b40cli.model.registry import CORRECTIONS, NETWORK, ROOT
from b40cli.rules.amendment import carried_out
from b40cli.rules.meeting_days import days_of_meeting
from b40cli.rules.references import Placed, mappings, references
from b40cli.rules.region import member_at
from b40cli.rules.rule import RECORD, Breach, Case, Rule, Undetermined
from b40cli.rules.vote import COMMITTEE, broken_seal, decision_at, recount

# Lists whose entries stay as they are once they are recorded; a period may still be ended.
GROWING = (
    "suspensions",
    "former_applications",
    "mayors",
    "roll_calls",
    "proxies",
    "appointments",
    "leaders",
    "experts",
    "programmes",
    "invitations",
    "declined",
    "acknowledged",
    "seats",
    "editions",
    "adopted",
    "reported",
    "dispatches",
)
# What a later act may add to an entry of such a list.
ENDINGS = frozenset(
    {
        *("until", "lifted_by", "ended_by", "revoked", "received", "sent", "note"),
        *("consulted", "approved"),
    }
)
AFTER_THE_MEETING = frozenset({"minutes", "dispatches", "report", "note", "closing_declaration"})
ADDED_ONCE = (
    *(("minutes",), ("closing_declaration", "document"), ("closing_declaration", "signed_by")),
    *(("report", step) for step in ("prepared", "approved", "shared")),
)
# What a figure may rest on beside the listed sources: the packaged gazetteer, the applicant's word.
OWN_SOURCES = frozenset({"gazetteer", "application", "request"})
# What an act recorded of a member; and, once it is answered, what the application rested on.
SETTLED: tuple[Place, ...] = (
    *(("country",), ("declaration",)),
    *(("application", "outcome"), ("application", "withdrawn")),
)
PAPERS: tuple[Place, ...] = (
    *(("application", "received"), ("application", "form"), ("application", "letter")),
    *(("application", "criteria"), ("application", "aims")),
)
PERIODS = (("from", "until"), ("opens", "closes"), ("opens", "ends"))
BODIES = ("general-assembly", COMMITTEE, "president", "mayor-of-istanbul")


def references_resolve(case: Case, path: str) -> Iterator[Breach]:
    """Whatever a record names exists, and a document is the one that was hashed."""
    data = case.after.data(path)
    if data is None:
        yield from _left_behind(case, path)
        return
    found = mappings(data)
    for at, target in references(path, found):
        if not case.after.has(target):
            yield Breach(
                f"{'.'.join(map(str, at))} names {target.removeprefix(ROOT)}, which is not on "
                "record.",
                "Correct the name, or record what it names first.",
                at,
                refs=(target.removeprefix(ROOT).removesuffix(".yaml"),),
            )
        elif at[-1] == "path":
            yield from _swapped(case, data, at, target)
    yield from _sources(case, found)


def _swapped(case: Case, data: Any, at: Place, target: str) -> Iterator[Breach]:
    recorded = reduce(lambda inner, key: inner[key], at[:-1], data).get("sha256")
    found = (case.after.data(target) or {}).get("sha256")
    if recorded != found:
        yield Breach(
            f"{target.removeprefix(ROOT)} is not the document that was recorded: its SHA-256 "
            "differs.",
            "Restore the document that was hashed, or record the new one beside it.",
            at,
            facts={"recorded": recorded, "found": found},
        )


def _left_behind(case: Case, path: str) -> Iterator[Breach]:
    name = path.removesuffix(".yaml").rsplit("/", 1)[1]
    for naming in case.after.naming(name):
        data = case.after.data(naming)
        named = references(naming, mappings(data or {}))
        if path in {target for _at, target in named}:
            yield Breach(
                f"{naming} still names {name}, which this change takes away.",
                f"Leave {path} in place.",
                refs=(naming.removeprefix(ROOT).removesuffix(".yaml"),),
            )


def _sources(case: Case, found: Iterable[Placed]) -> Iterator[Breach]:
    for at, mapping in found:
        if "source" in mapping and isinstance(mapping["source"], str):
            yield from _source(case, mapping["source"], (*at, "source"))


def _source(case: Case, source: str, at: Place) -> Iterator[Breach]:
    if source not in OWN_SOURCES and source not in case.after.sources():
        yield Breach(
            f"The source {source} is not listed.",
            "List it in evidence/sources.yaml.",
            at,
            facts={"source": source},
        )


def ids_never_reused(case: Case, path: str) -> Iterator[Breach]:
    """A record's id is its file's name, for ever."""
    data = case.after.data(path)
    name = path.rsplit("/", 1)[1].removesuffix(".yaml")
    recorded = None if data is None else data.get("id", data.get("year"))
    if recorded is not None and str(recorded) != name:
        yield Breach(
            f"The record calls itself {recorded}, its file {name}.",
            "An id equals its file's name and is never given twice.",
            ("id",) if data and "id" in data else ("year",),
            facts={"id": str(recorded), "file": name},
        )


def standing_rests_on_a_decision(case: Case, path: str) -> Iterator[Breach]:
    """A change of standing names its ground, and the ground names the record back."""
    if path.startswith(f"{ROOT}decisions/"):
        decision = decision_at(case, path)
        if decision is not None:
            yield from _named_back(case, decision)
            yield from carried_out(case.after, decision)
        return
    member = member_at(case, path)
    if member is not None:
        yield from _grounded(case, member)


def _grounded(case: Case, member: Member) -> Iterator[Breach]:
    for ground, matter, at in _grounds(member):
        decision = case.after.decision(ground)
        if decision is None:
            yield Breach(
                f"{'.'.join(map(str, at))} rests on {ground}, which is not on record.",
                "A change of standing names the decision it rests on.",
                at,
                refs=(ground,),
            )
        elif decision.matter != matter or decision.city != member.id:
            yield Breach(
                f"{'.'.join(map(str, at))} rests on {ground}, a decision on {decision.matter} of "
                f"{decision.subject}.",
                f"Name the decision on {matter} of members/{member.id}.",
                at,
                refs=(ground,),
            )
        elif not _has_effect(decision, at):
            yield Breach(
                f"{'.'.join(map(str, at))} rests on {ground}, which is {decision.state}.",
                "Only a decision that was adopted changes a standing.",
                at,
                facts={"state": decision.state},
                refs=(ground,),
            )
    yield from _days_of_suspensions(case, member)
    yield from _attested_too_late(case, member)


def _attested_too_late(case: Case, member: Member) -> Iterator[Breach]:
    network = case.after.network
    if member.attested is None or network is None or network.status != "official":
        return
    if member.attested.start.day > network.opened:
        yield Breach(
            f"{member.name} is a member since {member.attested.start} by a source alone; the "
            f"register is official since {network.opened}.",
            "In an official register membership rests on an admission and the Declaration.",
            ("attested",),
        )


def _has_effect(decision: Decision, at: Place) -> bool:
    answers = at[-1] == "outcome" and decision.state == "rejected"
    return decision.state == "adopted" or answers


def _grounds(member: Member) -> Iterator[tuple[str, str, Place]]:
    if member.application and member.application.outcome:
        yield member.application.outcome, "admission", ("application", "outcome")
    for n, application in enumerate(member.former_applications):
        if application.outcome:
            yield application.outcome, "admission", ("former_applications", n, "outcome")
    for n, suspension in enumerate(member.suspensions):
        yield suspension.by, "suspension", ("suspensions", n, "by")
        if suspension.lifted_by:
            yield suspension.lifted_by, "reinstatement", ("suspensions", n, "lifted_by")
    if member.removal:
        yield member.removal, "removal", ("removal",)


def _days_of_suspensions(case: Case, member: Member) -> Iterator[Breach]:
    for n, suspension in enumerate(member.suspensions):
        if suspension.until is not None and suspension.lifted_by is None:
            yield Breach(
                f"The suspension of {member.name} by {suspension.by} ends on {suspension.until}, "
                "and no decision lifted it.",
                "Only a reinstatement ends a suspension: b40 member reinstate.",
                ("suspensions", n, "until"),
                refs=(suspension.by,),
            )
        ends = (
            ("from", suspension.start, suspension.by),
            ("until", suspension.until, suspension.lifted_by),
        )
        for key, day, ground in ends:
            decision = case.after.decision(ground) if ground else None
            if decision is not None and decision.closed is not None and decision.closed != day:
                yield Breach(
                    f"The suspension's {key} is {day}; {ground} closed on {decision.closed}.",
                    f"Record {decision.closed}.",
                    ("suspensions", n, key),
                    refs=(decision.id,),
                )


def _named_back(case: Case, decision: Decision) -> Iterator[Breach]:
    """A decision that carried has done its effect: the member's record names it."""
    answered = decision.matter == "admission" and decision.state == "rejected"
    if decision.city is None or not (decision.state == "adopted" or answered):
        return
    member = case.after.member(decision.city)
    if decision.matter not in ("admission", "suspension", "reinstatement", "removal"):
        return
    if member is None or decision.id not in {ground for ground, _m, _at in _grounds(member)}:
        yield Breach(
            f"{decision.id} is {decision.state}, but members/{decision.city} does not name it.",
            f"Close it with b40 decision close {decision.id}: the effect is part of the act.",
            ("subject",),
            refs=(f"members/{decision.city}",),
        )


def closed_records_are_immutable(case: Case, path: str) -> Iterator[Breach]:
    """A closed decision, a held meeting, a settled fact: corrected only by a new record.

    What corrects a record is a file of its own: the record's own file stays as it is.
    """
    after = case.after.recorded(path)
    if path.startswith(f"{ROOT}decisions/"):
        decision = decision_at(case, path)
        if decision is not None:
            yield from broken_seal(decision)
    before = case.before.recorded(path) if case.before else None
    if before is None or after is None or before == after:
        return
    if path.startswith(CORRECTIONS):
        yield _corrected_twice(before, after)
    if path.startswith(f"{ROOT}decisions/"):
        yield from _closed_decision(before, after)
    if path.startswith(f"{ROOT}meetings/"):
        yield from _held_meeting(case, before, after)
    if path.startswith(f"{ROOT}members/"):
        yield from _settled_facts(before, after)
        yield from _notice_withdrawn(before, after)


def _corrected_twice(before: Mapping[str, Any], after: Mapping[str, Any]) -> Breach:
    key = next(k for k in (*after, *before) if before.get(k) != after.get(k))
    return Breach(
        f"{before['id']} was recorded and its {key} is changed.",
        "A correction that was wrong is corrected by a further one: b40 correct.",
        (key,) if key in after else (),
        facts={"was": before.get(key), "is": after.get(key)},
    )


def _closed_decision(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    if before["state"] in ENDED:
        key = next(k for k in (*after, *before) if before.get(k) != after.get(k))
        yield Breach(
            f"{before['id']} is {before['state']}; its {key} is changed.",
            "A closed decision is corrected only by a new one that annuls it.",
            (key,) if key in after else (),
            facts={"was": before.get(key), "is": after.get(key)},
        )
    elif before.get("roll") and before["roll"] != after.get("roll"):
        yield Breach(
            f"The roll of {before['id']} was frozen when its vote opened.",
            "Withdraw the decision and propose it again.",
            ("roll",) if "roll" in after else (),
        )


def _held_meeting(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    ended = before.get("closes") or before.get("ends") or before["opens"]
    if legal_day(ended) >= case.on:
        yield from _notice_that_went_out(before, after)
        return
    yield from _filed(before, after)
    for key in {**before, **after}:
        if key not in AFTER_THE_MEETING and before.get(key) != after.get(key):
            yield Breach(
                f"{before['id']} ended on {legal_day(ended)}; its {key} is changed.",
                "After a meeting only minutes, dispatches and the report are added.",
                (key,) if key in after else (),
            )


def _filed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """What is added after a meeting is added once; signatories follow one after the other."""
    for at in ADDED_ONCE:
        was, now = _at(before, at), _at(after, at)
        longer = isinstance(was, list) and isinstance(now, list) and set(was) <= set(now)
        if was is not None and was != now and not longer:
            yield Breach(
                f"{'.'.join(at)} of {before['id']} was recorded and is changed.",
                "What was filed stays; what was entered wrongly is corrected: b40 correct.",
                at if now is not None else (),
                facts={"was": was, "is": now},
            )


def _notice_that_went_out(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """What was sent stays; until the roll is called a further notice, sent later, replaces it."""
    was, now = before.get("notice"), after.get("notice")
    if was is None or was == now:
        return
    if before.get("roll_calls") or now is None or now["sent"] <= was["sent"]:
        yield Breach(
            f"The notice of {before['id']} went out at {was['sent']} and is changed.",
            "What was sent stays; before the roll is called a further notice may be sent.",
            ("notice",) if now is not None else (),
            facts={"was": was, "is": now},
        )


def _settled_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    answered = _at(before, ("application", "outcome")) is not None
    for at in (*SETTLED, *(PAPERS if answered else ())):
        was, now = _at(before, at), _at(after, at)
        if was is None or was == now:
            continue
        if was not in [_at(former, at[1:]) for former in after.get("former_applications", ())]:
            yield Breach(
                f"{before['id']}: {'.'.join(map(str, at))} was recorded and is changed.",
                "What an act recorded stays; a later act says what follows.",
                at if now is not None else (),
                facts={"was": was, "is": now},
            )


def _notice_withdrawn(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """A notice of withdrawal stays; who came back may give another one, later."""
    was, now = before.get("withdrawal"), after.get("withdrawal")
    if was is not None and was != now and (now is None or now["received"] <= was["received"]):
        yield Breach(
            f"{before['id']} gave notice of withdrawal on {was['received']}, and that is changed.",
            "What was received stays; a member that came back may give notice again.",
            ("withdrawal",) if now is not None else (),
            facts={"was": was, "is": now},
        )


def _at(data: Any, at: Place) -> Any:
    for key in at:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def history_is_append_only(case: Case, path: str) -> Iterator[Breach]:
    """Records stay, and the lists in them only grow."""
    before = case.before.recorded(path) if case.before else None
    after = case.after.recorded(path)
    if before is None:
        return
    if after is None:
        yield Breach(
            f"{path.removeprefix(ROOT)} is taken away.",
            "Records stay; an act that ends something says so in the record.",
        )
        return
    for key in GROWING:
        if key in before and before[key] != after.get(key):
            yield from _only_grows(key, before[key], after.get(key))


def _only_grows(key: str, before: Any, after: Any) -> Iterator[Breach]:
    if not isinstance(before, list):
        return
    after = after if isinstance(after, list) else []
    for n, entry in enumerate(before):
        now = after[n] if n < len(after) else None
        if not _continues(entry, now):
            yield Breach(
                f"Entry {n + 1} of {key} is {'changed' if now is not None else 'gone'}.",
                "Entries stay as they were recorded; a new one is added behind them.",
                (key, n) if now is not None else (),
                facts={"was": entry, "is": now},
            )


def _continues(entry: Any, now: Any) -> bool:
    """Whether an entry is as it was, but for an ending it did not have yet."""
    if entry == now or not isinstance(entry, Mapping) or not isinstance(now, Mapping):
        return bool(entry == now)
    unknown = entry.get("city") == "unknown"
    kept = all(
        _kept(value, now.get(key), key)
        for key, value in entry.items()
        if not (unknown and key == "city")
    )
    added = now.keys() - entry.keys()
    return kept and (unknown or added <= ENDINGS)


def _kept(was: Any, now: Any, key: str) -> bool:
    """The same value; receipts and dispatches may come to two addressees one after the other."""
    if key in ("sent", "received") and isinstance(was, Mapping) and isinstance(now, Mapping):
        return was.items() <= now.items()
    return bool(was == now)


def dates_in_order(case: Case, path: str) -> Iterator[Breach]:
    """Nothing ends before it begins, or is done before it can be."""
    data = case.after.data(path)
    if data is None:
        return
    yield from _periods(data)
    if path.startswith(f"{ROOT}decisions/"):
        decision = decision_at(case, path)
        if decision is not None:
            yield from _days_of_decision(case, decision)
    if path.startswith(f"{ROOT}meetings/"):
        meeting = case.after.meeting(data["id"])
        if meeting is not None:
            yield from days_of_meeting(case, meeting)
    if path.startswith(f"{ROOT}members/"):
        member = member_at(case, path)
        if member is not None:
            yield from _days_of_member(case, member)


def _periods(data: Mapping[str, Any]) -> Iterator[Breach]:
    for at, mapping in mappings(data):
        for first, last in PERIODS:
            if last in mapping:
                yield from _period(mapping, first, last, at)


def _period(mapping: Mapping[str, Any], first: str, last: str, at: Place) -> Iterator[Breach]:
    begins, ends = mapping.get(first), mapping[last]
    if isinstance(begins, str) and isinstance(ends, str) and not _in_order(begins, ends):
        yield Breach(
            f"{last} {ends} is before {first} {begins}.",
            "Correct the day that is wrong.",
            (*at, last),
            facts={first: begins, last: ends},
        )


def _in_order(begins: str, ends: str) -> bool:
    if len(begins) == len(ends) == 10:
        return begins <= ends
    if 10 in (len(begins), len(ends)):
        return legal_day(begins) <= legal_day(ends)
    from datetime import datetime

    return datetime.fromisoformat(begins) < datetime.fromisoformat(ends)


def _days_of_decision(case: Case, decision: Decision) -> Iterator[Breach]:
    meeting = case.after.meeting(decision.meeting) if decision.meeting else None
    if decision.closed and decision.proposed and decision.closed < decision.proposed:
        yield _wrong_day("closed", decision.closed, f"it was proposed on {decision.proposed}")
    if decision.closed and decision.closed > case.on:
        yield _wrong_day("closed", decision.closed, f"today is {case.on}")
    voted = decision.state in CLOSED and meeting is not None
    if voted and meeting and decision.closed and decision.closed != meeting.day:
        last = legal_day(str((case.after.data(meeting.path) or {}).get("closes") or meeting.day))
        if not meeting.day <= decision.closed <= last:
            yield _wrong_day("closed", decision.closed, f"{meeting.id} is held on {meeting.day}")
    yield from _before_opening(case, decision.closed, ("closed",))


def _wrong_day(key: str, day: date, against: str) -> Breach:
    return Breach(f"{key} is {day}, but {against}.", "Correct the day that is wrong.", (key,))


def _days_of_member(case: Case, member: Member) -> Iterator[Breach]:
    application = member.application
    if application is not None and member.attested is None:
        decision = case.after.decision(application.outcome) if application.outcome else None
        if decision and decision.closed and decision.closed < application.received:
            yield Breach(
                f"{decision.id} closed on {decision.closed}, before the application of "
                f"{application.received}.",
                "Correct the day that is wrong.",
                ("application", "received"),
                refs=(decision.id,),
            )
        if application.received > case.on:
            yield Breach(
                f"The application is received on {application.received}; today is {case.on}.",
                "An act is recorded on its day or after it.",
                ("application", "received"),
            )
    yield from _before_opening(case, member.declared, ("declaration", "signed"))


def _before_opening(case: Case, day: date | None, at: Place) -> Iterator[Breach]:
    network = case.after.network
    if day is not None and network is not None and day < network.opened:
        yield Breach(
            f"{day} is before the register opened on {network.opened}.",
            "What happened before the opening rests on a cited source, not on an act.",
            at,
            facts={"opened": str(network.opened)},
        )


def no_silent_rule(case: Case, path: str) -> Iterator[Breach]:
    """What no rule speaks of is refused, not allowed."""
    decision = decision_at(case, path)
    if decision is None:
        return
    law = case.law(decision.closed or decision.proposed or case.on)
    known = {matter for body in BODIES for matter in law.names(f"{body}-matters")}
    if decision.matter not in known:
        yield Breach(
            f"No rule in force speaks of the matter {decision.matter}.",
            f"Matters: {', '.join(sorted(known))}.",
            ("matter",),
            facts={"matter": decision.matter},
        )


def opening_is_kept(case: Case, _path: str) -> Iterator[Breach]:
    """The day the register opened, and that it is official, are not taken back."""
    before, after = case.before.network if case.before else None, case.after.network
    if before is None or after is None:
        return
    if before.opened != after.opened:
        yield Breach(
            f"The register opened on {before.opened}, not on {after.opened}.",
            "The opening day decides what is attested and what is judged: it stays.",
            ("opened",),
        )
    if before.status == "official" and after.status != "official":
        yield Breach(
            "An official register is made unofficial.",
            "Once adopted, only decisions, notices and declarations count.",
            ("status",),
        )


def earlier_roll_affected(case: Case, path: str) -> Iterator[Breach]:
    """A late entry that would have changed a frozen roll: the old result stands."""
    decision = decision_at(case, path)
    if decision is None or not decision.collegiate or decision.roll is None:
        return
    found = recount(case, decision)
    if isinstance(found, Undetermined) or not found.moved:
        return
    now = sorted((*found.computed.present, *found.computed.represented))
    yield Breach(
        f"The roll frozen for {decision.id} is no longer what the register gives: a later entry "
        "touches it.",
        "The result stands; the roll was frozen when the vote opened.",
        ("roll",),
        facts={"frozen": sorted((*decision.roll.present, *decision.roll.represented)), "now": now},
    )


RULES = (
    Rule(
        name="references-resolve",
        kind="validity",
        article=RECORD,
        norm="Whatever a record names is on record.",
        about=("*",),
        question=references_resolve,
        fails="A decision that names a meeting nobody recorded.",
        cure="Record the meeting first, or correct the name.",
    ),
    Rule(
        name="ids-never-reused",
        kind="validity",
        article=RECORD,
        norm="A record's id is its file's name and is given once.",
        about=("*",),
        question=ids_never_reused,
        fails="decisions/2026/EC-2026-002.yaml that calls itself EC-2026-001.",
        cure="Give the record the id of its file.",
    ),
    Rule(
        name="standing-rests-on-a-decision",
        kind="validity",
        article=RECORD,
        norm="A change of standing names its ground, and the ground names the record back.",
        about=("members", "decisions"),
        question=standing_rests_on_a_decision,
        fails="A suspension entered by hand that names a decision which was rejected.",
        cure="Take the decision first; closing it writes its effect.",
    ),
    Rule(
        name="closed-records-are-immutable",
        kind="validity",
        article=RECORD,
        norm="A closed decision, a held meeting or a past roll is corrected only by a new record.",
        about=("decisions", "meetings", "members", "corrections"),
        question=closed_records_are_immutable,
        fails="A ballot moved from against to for after the vote was closed.",
        cure="Restore the record; annul the decision if it was wrong.",
    ),
    Rule(
        name="history-is-append-only",
        kind="validity",
        article=RECORD,
        norm="Records stay, and the lists in them only grow.",
        about=("*",),
        question=history_is_append_only,
        fails="A suspension taken out of a member's record.",
        cure="Restore it; a suspension that ended has an `until`.",
    ),
    Rule(
        name="dates-in-order",
        kind="validity",
        article=RECORD,
        norm="Nothing ends before it begins, or is done before it can be.",
        about=("*",),
        question=dates_in_order,
        fails="A decision closed the day before it was proposed.",
        cure="Correct the day that is wrong.",
    ),
    Rule(
        name="no-silent-rule",
        kind="validity",
        article=RECORD,
        norm="A matter or a day for which no rule is in force is refused, not allowed.",
        about=("decisions",),
        question=no_silent_rule,
        fails="A decision on a matter that no article names.",
        cure="Name one of the matters of the statutes.",
        parameters=tuple(f"{body}-matters" for body in BODIES),
    ),
    Rule(
        name="opening-is-kept",
        kind="validity",
        article=RECORD,
        norm="The day the register opened, and its being official, are not taken back.",
        about=(NETWORK.removeprefix(ROOT),),
        question=opening_is_kept,
        fails="`opened` moved to a later day, so that past acts pass for attested.",
        cure="Restore the day.",
    ),
    Rule(
        name="earlier-roll-affected",
        kind="note",
        article=RECORD,
        norm="A late entry that would have changed a frozen roll is told; the result stands.",
        about=("decisions",),
        question=earlier_roll_affected,
        fails="A suspension entered in March with effect from January, before a vote in February.",
        cure="Nothing: the roll was frozen when the vote opened.",
    ),
)
