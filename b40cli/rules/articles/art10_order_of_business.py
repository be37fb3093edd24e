"""Art. 10: the order of business of the Assembly's session at the Summit, and who signed there."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.articles.art10_summit import at_meeting, held
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duty import PRESIDENT, acknowledge, duty_rule, state_at


def order_of_business(case: Case, path: str) -> Iterator[Duty]:
    """The Assembly's session at the Summit has its parts in the order the statutes give."""
    found = held(case, path, "ga")
    if found is None or case.after.summit_of(found[0]) is None:
        return
    meeting, law = found
    asked = _parts_asked(case, meeting, law)
    parts = [point["kind"] for point in meeting.agenda if point["kind"] in asked]
    signed = bool(signatories(case, meeting)) or meeting.last_day >= case.on
    kept = None if meeting.attested and not parts else parts == asked and signed
    missing = [part for part in asked if part not in parts]
    yield at_meeting(case, "order-of-business", "Art. 10", meeting, "")._replace(
        state=state_at(case, meeting.last_day, kept),
        says=_order_says(case, meeting, missing, parts == asked),
        remedy=_order_cure(case, meeting, parts == asked),
        at=("agenda",) if meeting.agenda else ("id",),
    )


def _order_cure(case: Case, meeting: Meeting, ordered: bool) -> str:
    if ordered:
        return f"b40 summit sign {meeting.id} records who signed it."
    if meeting.last_day < case.on:
        return acknowledge("order-of-business", meeting.id, PRESIDENT)
    return f"Order the agenda before the session: b40 meeting agenda {meeting.id}."


def _parts_asked(case: Case, meeting: Meeting, law: Law) -> list[str]:
    """The parts in their order; no ceremony is asked for where no city is to sign."""
    asked = list(law.names("order-of-business"))
    planned = any(point["kind"] == "signing-ceremony" for point in meeting.agenda)
    idle = not planned and not _accepted(case, meeting.day.year - 1)
    return [part for part in asked if not (idle and part == "signing-ceremony")]


def _accepted(case: Case, year: int) -> bool:
    """Whether a city was accepted in a calendar year."""
    decisions = case.after.decisions(f"decisions/{year}/")
    return any(d.matter == "admission" and d.state == "adopted" for d in decisions)


def _order_says(case: Case, meeting: Meeting, missing: list[str], ordered: bool) -> str:
    if ordered and case.on < meeting.last_day:
        return f"The Closing Declaration of {meeting.id} is signed last, and on record then."
    if ordered:
        return f"Nobody is recorded as having signed the Closing Declaration of {meeting.id}."
    if missing:
        return f"The agenda of {meeting.id} lacks {', '.join(missing)}."
    return f"The agenda of {meeting.id} does not keep the order of the statutes."


def signatories(case: Case, meeting: Meeting) -> tuple[str, ...]:
    """Who signed the Closing Declaration, recorded with the Assembly or with its Summit."""
    summit = case.after.meeting(case.after.summit_of(meeting))
    return meeting.signed_by or (summit.signed_by if summit else ())


RULES = (
    duty_rule(
        name="order-of-business",
        article="Art. 10",
        norm="The session has six parts in a fixed order, the Closing Declaration signed last.",
        about=("meetings",),
        arising=order_of_business,
        fails="An agenda with the handover before the activity report.",
        cure="Order the agenda before the session; record who signed with b40 summit sign.",
        parameters=("order-of-business",),
        sentences=("art10.5", "art10.6", "art10.7", "art10.8", "art10.9", "art10.10", "art10.11"),
    ),
)
