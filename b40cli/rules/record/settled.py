"""What stands on record stays: closed decisions, held meetings, settled facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from b40cli.model.facts.decision import ENDED
from b40cli.model.facts.meeting import AFTER_THE_MEETING, over_on
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.forgotten import FORGOTTEN
from b40cli.rules.articles.art12_reporting import STEPS
from b40cli.rules.case.rule import Breach, Case, Rule, Undetermined
from b40cli.rules.facts.handover import handed_over_on
from b40cli.rules.facts.known_standing import NOTICES
from b40cli.rules.record.known.known_then import known_stays
from b40cli.rules.record.known.late_law import notices_misknown
from b40cli.rules.record.official_register import ABOUT, official_register_stands
from b40cli.rules.record.rescheduled import held_or_cancelled
from b40cli.rules.votes.outcome import same_roll
from b40cli.rules.votes.vote import broken_seal, recount, roll_by_now

ADDED_ONCE = (
    *(("minutes",), ("closing_declaration", "document"), ("closing_declaration", "signed_by")),
    *(("report", step) for step in (*STEPS, "document")),
)
# What an act recorded of a member; and, once it is answered, what the application rested on.
SETTLED: tuple[Place, ...] = (
    *(("country",), ("declaration",)),
    *(("application", "outcome"), ("application", "withdrawn")),
)
PAPERS: tuple[Place, ...] = (
    *(("application", "received"), ("application", "form"), ("application", "letter")),
    *(("application", "documents"), ("application", "criteria"), ("application", "aims")),
)

# What is put to the vote: from the opening of it to its close nobody exchanges it.
PUT_TO_THE_VOTE = (
    *("body", "matter", "subject", "title", "meeting", "item", "proposed", "amends", "adopts"),
    *("annuls", "effect", "term", "candidates", "seats", "statutes_silent", "until"),
    *("text", "takes_effect"),
)
PUT_SINCE_SET_2 = ("grounds", "succeeds")


def closed_records_are_immutable(case: Case, path: str) -> Iterator[Breach]:
    """A closed decision, a held meeting, a settled fact: corrected only by a new record.

    What corrects a record is a file of its own: the record's own file stays as it is.
    """
    after, kind = case.after.recorded(path), ref_of(path).kind
    if (decision := case.after.decision_in(path)) is not None:
        yield from broken_seal(decision)
    before = case.before.recorded(path) if case.before else None
    if after is not None and ("known" in after or "known" in (before or ())):
        yield from known_stays(case, path)
    if kind == "members" and after and not after.keys().isdisjoint(NOTICES):
        yield from notices_misknown(case, path)
    if before is None or after is None or before == after:
        return
    if path.startswith((CORRECTIONS, FORGOTTEN)):
        yield _recorded_twice(before, after)
    if kind == "decisions":
        yield from _closed_decision(case, before, after)
    if kind == "meetings":
        yield from _held_meeting(case, path, before, after)
    if kind == "members":
        yield from _settled_facts(before, after)
        yield from _departure_taken_back(before, after)
    if path.removeprefix(ROOT).partition("/")[0] in ABOUT:
        yield from official_register_stands(case, path, partial(_told_elsewhere, path, before))


def _told_elsewhere(path: str, before: Mapping[str, Any]) -> tuple[Place, ...]:
    """The places that are settled in any register."""
    if ref_of(path).kind != "members":
        return ()
    answered = _at(before, ("application", "outcome")) is not None
    return (*SETTLED, *(PAPERS if answered else ()), ("withdrawal",), ("removal",))


def _recorded_twice(before: Mapping[str, Any], after: Mapping[str, Any]) -> Breach:
    key = next(k for k in (*after, *before) if before.get(k) != after.get(k))
    corrects = "corrects" in before
    return Breach(
        f"{before['id']} was recorded and the field '{key}' is changed.",
        "A correction that was wrong is corrected by a further one: b40 correct."
        if corrects
        else "What was forgotten stays forgotten: restore the record.",
        (key,) if key in after else (),
        facts={"was": before.get(key), "is": after.get(key)},
    )


def _closed_decision(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    if before["state"] in ENDED:
        key = next(k for k in (*after, *before) if before.get(k) != after.get(k))
        yield Breach(
            f"{before['id']} is {before['state']}; the field '{key}' is changed.",
            "Restore the file as it was closed; what was decided wrongly is annulled by a new "
            f"decision: b40 decision annul {before['id']}.",
            (key,) if key in after else (),
            facts={"was": before.get(key), "is": after.get(key)},
        )
    elif before.get("roll") and before["roll"] != after.get("roll"):
        yield Breach(
            f"The roll of {before['id']} was frozen when its vote opened.",
            "Withdraw the decision and propose it again.",
            ("roll",) if "roll" in after else (),
        )
    if before["state"] == "open":
        yield from _put_otherwise(case, before, after)


def _put_otherwise(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    added_too = case.rule_set(case.on) > 1
    for key in (*PUT_TO_THE_VOTE, *(PUT_SINCE_SET_2 if added_too else ())):
        if (added_too or key in before) and before.get(key) != after.get(key):
            yield Breach(
                f"The vote on {before['id']} is open; the field '{key}' is changed.",
                "What is put to the vote stays: withdraw the decision and propose it again.",
                (key,) if key in after else (),
                facts={"was": before.get(key), "is": after.get(key)},
            )


def _a_source_tells(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any], key: str
) -> bool:
    """What an attested meeting lacked is added while nobody has adopted the register."""
    network, was, now = case.after.network, before.get(key), after.get(key)
    if "source" not in before or network is None or network.status != "unofficial":
        return False
    grows = isinstance(was, list) and isinstance(now, list) and now[: len(was)] == was
    return key not in before or grows


def _held_meeting(
    case: Case, path: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    ended = over_on(path, before)
    if ended >= case.on:
        yield from held_or_cancelled(before, after)
        yield from _notice_that_went_out(before, after)
        yield from official_register_stands(case, path)
        return
    yield from _filed(before, after)
    for key in {**before, **after}:
        if key == "handover" and _told_by_the_handover(case, before, ended):
            continue
        # One that was held sat past midnight.
        late = key == "closes" and before.keys().isdisjoint(("closes", "cancelled", "source"))
        if late and (over_on(path, after) - ended).days == 1:
            continue
        if _a_source_tells(case, before, after, key):
            continue
        if key not in AFTER_THE_MEETING and before.get(key) != after.get(key):
            yield Breach(
                f"{before['id']} ended on {ended}; the field '{key}' is changed.",
                "After a meeting only minutes, dispatches and the report are added; what was done "
                f"by then is recorded with --on {ended}.",
                (key,) if key in after else (),
            )


def _told_by_the_handover(case: Case, before: Mapping[str, Any], ended: date) -> bool:
    """Whether a handover of that day came on record, which writes the side of a meeting into it."""
    earlier = case.before and handed_over_on(case.before, ended)
    return "handover" not in before and not earlier and case.before is not None


def _filed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """What is added after a meeting is added once; signatories follow one after the other."""
    for at in ADDED_ONCE:
        was, now = _at(before, at), _at(after, at)
        longer = isinstance(was, list) and isinstance(now, list) and set(was) <= set(now)
        anew = was is not None and at == ("report", "document") and _further_step(before, after)
        if was is not None and was != now and not longer and not anew:
            yield Breach(
                f"The field {'.'.join(at)} of {before['id']} was recorded and is changed.",
                "What was filed stays; what was entered wrongly is corrected: b40 correct.",
                at if now is not None else (),
                facts={"was": was, "is": now},
            )


def _further_step(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a Final Report is approved or shared by this change, in the words it has then."""
    return any((after.get("report") or {}).keys() - before["report"].keys() & set(STEPS))


def _notice_that_went_out(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """What was sent stays; until the roll is called a further notice, sent later, replaces it."""
    was, now = before.get("notice"), after.get("notice")
    if was is None or was == now or _with_its_paper(was, now):
        return
    if before.get("roll_calls") or now is None or now["sent"] <= was["sent"]:
        yield Breach(
            f"The notice of {before['id']} went out at {was['sent']} and is changed.",
            "What was sent stays; before the roll is called a further notice may be sent.",
            ("notice",) if now is not None else (),
            facts={"was": was, "is": now},
        )


def _with_its_paper(was: Mapping[str, Any], now: Mapping[str, Any] | None) -> bool:
    """Whether nothing is new but the document, which was missing."""
    told = {**was, "document": (now or {}).get("document")}
    return "document" not in was and now == told


def _settled_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    answered = _at(before, ("application", "outcome")) is not None
    for at in (*SETTLED, *(PAPERS if answered else ())):
        was, now = _at(before, at), _at(after, at)
        if was is None or was == now or (at == ("declaration",) and _with_its_paper(was, now)):
            continue
        if was not in [_at(former, at[1:]) for former in after.get("former_applications", ())]:
            yield Breach(
                f"{before['id']}: the field {'.'.join(map(str, at))} was recorded and is changed.",
                "What an act recorded stays; a later act says what follows.",
                at if now is not None else (),
                facts={"was": was, "is": now},
            )


def _departure_taken_back(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Breach]:
    """A notice or a removal stays; that of a city that came back moves behind the earlier ones."""
    for key, what in (("withdrawal", "notice of leaving"), ("removal", "removal")):
        was, now = before.get(key), after.get(key)
        if now is not None and key == "withdrawal" and "retracted" not in (was or ()):
            # A resolution may take the notice back: that is added to it, once.
            now = {name: value for name, value in now.items() if name != "retracted"}
            now = was if was and _with_its_paper(was, now) else now
        if was is not None and was != now and was not in after.get(f"former_{key}s", ()):
            yield Breach(
                f"The {what} of {before['id']} was recorded and is changed.",
                f"What was recorded stays; once the city came back it moves to former_{key}s.",
                (key,) if now is not None else (),
                facts={"was": was, "is": now},
            )


def _at(data: Any, at: Place) -> Any:
    for key in at:
        data = data.get(key) if type(data) is dict else None
    return data


def earlier_roll_affected(case: Case, path: str) -> Iterator[Breach]:
    """A late entry that would have changed a frozen roll: the old result stands."""
    decision = case.after.decision_in(path)
    if decision is None or not decision.collegiate or decision.roll is None:
        return
    found = recount(case, decision)
    moved = found.computed if not isinstance(found, Undetermined) and found.moved else None
    roll = moved or roll_by_now(case, decision)
    # Other seats may give the same roll: that is a note of its own.
    if roll is None or same_roll(roll, decision.roll):
        return
    now = sorted((*roll.present, *roll.represented))
    yield Breach(
        f"The roll frozen for {decision.id} is no longer what the register gives: a later entry "
        "touches it.",
        "The result stands; the roll was frozen when the vote opened.",
        ("roll",),
        facts={"frozen": sorted((*decision.roll.present, *decision.roll.represented)), "now": now},
    )


RULES = (
    Rule(
        name="closed-records-are-immutable",
        norm="A closed decision, a held meeting or a past roll is corrected only by a new record; "
        "in an official register, so is every fact on record.",
        about=("decisions", "meetings", "corrections", "forgotten", *ABOUT),
        question=closed_records_are_immutable,
        fails="A ballot moved from against to for after the vote was closed.",
        cure="Restore the record; annul the decision if it was wrong.",
    ),
    Rule(
        name="earlier-roll-affected",
        kind="note",
        norm="A late entry that would have changed a frozen roll is told; the result stands.",
        about=("decisions",),
        question=earlier_roll_affected,
        fails="A suspension entered in March with effect from January, before a vote in February.",
        cure="Nothing: the roll was frozen when the vote opened.",
    ),
)
