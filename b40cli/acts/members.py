"""Members: the Declaration, leaving, suspension by the President (Art. 5, 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.consequences import consequences, of_standing
from b40cli.acts.change.documents import filed_later
from b40cli.acts.change.effects import departure, effect_of
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.unilateral import SignedPaper, UnilateralOrder, by_president
from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.session import Session
from b40cli.model.day import year_after
from b40cli.model.edit import Edit, Put
from b40cli.model.facts.decision import decision_of
from b40cli.model.ref import stated
from b40cli.rules.facts.known_standing import rests_on_membership

if TYPE_CHECKING:
    from b40cli.model.results.members import Leaving, MemberSigned, PresidentDecided


def leave(
    session: Session, city: str, received: date | None, document: Mapping[str, Any] | None
) -> Proposal[Leaving]:
    """Record a notice of leaving; the member stays, with its vote, through 31 December (Art. 9).

    Of no day named it came today; a document alone is of the notice that lacks one.
    """
    member = member_named(session.before, city)
    held = session.before.content(member.path).get("withdrawal", {})
    complete = not held.keys().isdisjoint(("document", "retracted"))
    lacking = member.withdrawal if document and not complete else None
    received = received or (lacking.received if lacking else session.on)
    first_day_out = year_after(received)
    whole = stated({"received": str(received), "document": document})
    whole["effective"] = str(first_day_out)
    done = member.withdrawal is not None and member.withdrawal.received == received
    after = () if done else rests_on_membership(session.before, city, first_day_out)
    if after:
        whole["known"] = {"on_record": [str(each) for each in after]}
    going = departure(session.before, member, "withdrawal", whole)
    headline = f"member: {member.name} leaves, notice of {received}"
    body = (
        f"Member with its vote through {first_day_out - timedelta(days=1)} (Art. 9).",
        *of_standing(session.before, "withdrawal", city, received),
    )
    result: Leaving = {"id": city, "withdrawal": whole}
    if done:
        going = list(filed_later(member.path, ("withdrawal",), held, document))
        result = {"id": city, "withdrawal": {**held, **whole}}
    edits: tuple[Edit, ...] = tuple(going)
    return Proposal("member withdraw", f"members/{city}", headline, edits, result, body)


def sign(
    session: Session,
    city: str,
    signed: date | None,
    place: str | None,
    document: Mapping[str, Any] | None,
    ceremony: str | None,
) -> Proposal[MemberSigned]:
    """Record the signed Declaration, and the ceremony at the Annual Summit (Art. 5)."""
    member = member_named(session.before, city)
    edits: list[Edit] = []
    if member.declared is None or signed not in (None, member.declared):
        day = str(signed or session.on)
        entry = stated({"signed": day, "place": place or None, "document": document})
        edits.append(Put(member.path, ("declaration",), entry))
    else:
        held = session.before.content(member.path)["declaration"]
        edits += filed_later(member.path, ("declaration",), held, document)
    if ceremony and member.ceremony != ceremony:
        edits.append(Put(member.path, ("ceremony",), ceremony))
    day = str(signed or member.declared or session.on)
    where = f"at {ceremony}" if ceremony and member.declared else day
    headline = f"member: {member.name} signs the Declaration, {where}"
    result: MemberSigned = {"id": city, "signed": day, "ceremony": ceremony or member.ceremony}
    return Proposal("member sign", f"members/{city}", headline, tuple(edits), result)


def decide_as_president(
    session: Session, matter: str, city: str, signed: SignedPaper
) -> Proposal[PresidentDecided]:
    """Suspension or reinstatement by the President: one decision with its effect (Art. 9)."""
    member = member_named(session.before, city)
    title = f"{matter.capitalize()} of {member.name}"
    order = UnilateralOrder(matter, f"members/{city}", title)
    created = by_president(session, order, signed)
    decision = decision_of(created.path, created.record)
    edits = (created, *effect_of(session.before, decision, session.on))
    act = "member suspend" if matter == "suspension" else "member reinstate"
    name = decision.id
    result: PresidentDecided = {"id": name, "state": "adopted", "member": city, "matter": matter}
    headline = f"{act.replace(' ', ': ')} {member.name}, {name} of the President"
    body = (*signed.told, *consequences(session.before, decision, session.on))
    return Proposal(act, f"members/{city}", headline, edits, result, body, name)
