"""`mail`: letters as drafts, one file an addressee, to the contacts on record; nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.change.documents import bytes_of
from b40cli.acts.change.perform import fill
from b40cli.acts.handing_out import hand_out
from b40cli.acts.meetings import ADDRESSEES
from b40cli.acts.opened.named import called_by, observer_named, title_of
from b40cli.acts.opened.view import View, answer
from b40cli.acts.papers.wording import time_written
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import ROOT
from b40cli.model.size import DOCUMENT
from b40cli.model.state.forgotten import MARK, document_gone
from b40cli.model.wording import counted
from b40cli.rules.facts.observing import invited
from b40cli.rules.facts.running_on import leader_on
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.standing import is_member
from b40cli.store.git.guard.safe_paths import regular

if TYPE_CHECKING:
    from b40cli.model.results.cities import Drafts

# As the schema has it.
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class Letter(NamedTuple):
    """What is written to everybody: the subject, the text, the documents that go with it."""

    kind: str
    subject: str
    text: str
    attached: Sequence[Path] = ()


def members_of(view: View) -> list[str]:
    """Every member on the day."""
    moment = Moment(view.on)
    found = (m.id for m in view.registry.members())
    return [city for city in found if is_member(view.registry, city, moment, view.law)]


def concerned(view: View, meeting: Meeting) -> list[str]:
    """Whom a meeting's letters go to: whom its notice went to, else as it usually does."""
    to = meeting.notice.to if meeting.notice else ADDRESSEES.get(meeting.kind, "members")
    if to == "executive-committee":
        seats = seats_on(view.registry, view.on)
        return list(dict.fromkeys(seat.city for seat in seats if seat.city is not None))
    group = view.registry.group(meeting.group)
    if to != "group" or group is None:
        return members_of(view)
    leader = leader_on(view.registry, group, view.on)
    there = [e.city for e in group.experts if e.until is None or view.on < e.until]
    return list(dict.fromkeys((*([leader.city] if leader else []), *there)))


def rescheduled(view: View, meeting: Meeting, kind: str) -> Letter:
    """That a meeting opens at another time, or is not held; UsageError where neither is so."""
    title = title_of(view.registry, meeting)
    if kind == "cancel":
        if meeting.cancelled is None:
            raise UsageError(
                f"{meeting.id} is not cancelled.", f"First b40 meeting cancel {meeting.id}."
            )
        said = f"{title} is cancelled: {meeting.cancelled['reason']}"
        return Letter(kind, f"Cancelled: {title}", f"{said.rstrip('.')}.\n")
    if not meeting.moved:
        raise UsageError(f"{meeting.id} was not moved.", f"First b40 meeting move {meeting.id}.")
    was, now = time_written(meeting.moved[-1]["from"]), time_written(meeting.opens)
    text = f"{title} was convened for {was}. It opens on {now}.\n"
    return Letter(kind, f"Moved: {title}", text)


def invitation(view: View, name: str) -> Letter:
    """What an observer is invited to, until when; UsageError where it is invited to nothing."""
    observer = observer_named(view.registry, name)
    held = invited(view.registry, observer, view.on)
    if not held:
        raise UsageError(
            f"{observer.name} is invited to nothing.", f"First b40 observer invite {name}."
        )
    name_of = called_by(view.registry)
    to = ", ".join(
        f"the working group {name_of(i.group)}" if i.group else "the General Assembly" for i in held
    )
    text = f"The President invites {observer.name} as an observer to {to}, until that is ended.\n"
    return Letter("invitation", f"Invitation of {observer.name}", text)


def filed(view: View, meeting: Meeting, kind: str) -> tuple[Path, ...]:
    """The document that went out with a notice or a dispatch, where it lies below evidence/.

    A dispatch that is yet to be recorded goes with the minutes. Raises UsageError where the file
    is not the one on record.
    """
    record = view.registry.content(meeting.path)
    of_kind = record.get("notice") if kind == "notice" else (record.get("dispatches") or [None])[-1]
    document = (of_kind or {}).get("document") or (kind == "dispatch" and record.get("minutes"))
    if not document or "path" not in document:
        return ()
    path = f"{ROOT}{document['path']}"
    if document_gone(view.registry, path):
        return ()
    there = regular(view.repository.root, path)
    if there is None or sha256(there.read_bytes()).hexdigest() != document["sha256"]:
        raise UsageError(f"{path} is not the document on record.", "b40 check tells what differs.")
    return (there,)


def drafts(
    view: View, letter: Letter, to: Iterable[str], folder: Path, typed: str | None = None
) -> Answer[Drafts]:
    """One draft for each city that has an address on record, or the one typed; others are named."""
    cure = "Send it by another way."
    enclosed = [(file.name, bytes_of(file, DOCUMENT, cure)) for file in letter.attached]
    known = {city: _address(view, city) for city in to}
    without = [city for city, address in known.items() if address is None]
    if typed is not None:
        known |= dict.fromkeys(without, _typed(typed, without))
        without = []
    written = {
        folder / f"{letter.kind}-{city}.eml": _draft(letter, enclosed, address)
        for city, address in known.items()
        if address is not None
    }
    names = hand_out(written)
    told = f"{counted(len(names), 'draft')} in {folder}; nothing is sent."
    if not names:
        told = "No draft is written."
    attached = [name for name, _data in enclosed]
    if attached:
        told += f"\nIn each: {', '.join(attached)}."
    if without:
        told += "\n" + fill(f"Without an address on record: {', '.join(without)}.", "")
        if view.registry.member(without[0]):
            told += f"\n  b40 member set {without[0]} --email …"
    result: Drafts = {
        "kind": letter.kind,
        "written": names,
        "attached": attached,
        "without": without,
    }
    return answer(view, "mail", result, told)


def _address(view: View, city: str) -> str | None:
    """The address on record; what was forgotten is none."""
    email = view.registry.content(f"registry/members/{city}.yaml").get("contact", {}).get("email")
    return email if email and not MARK.fullmatch(email) else None


def _typed(address: str, without: Sequence[str]) -> str:
    """The address of the one who has none on record; UsageError where it is none, or of several."""
    if not EMAIL.fullmatch(address):
        raise UsageError(f"--to {address!r} is no e-mail address.", "Such as office@example.org.")
    if not without:
        raise UsageError("--to is of one who has no address on record.", "Leave it out.")
    if len(without) > 1:
        raise UsageError(
            f"--to is the address of one; {len(without)} have none on record.",
            f"Record each first: b40 member set {without[0]} --email …",
        )
    return address


def _draft(letter: Letter, enclosed: Iterable[tuple[str, bytes]], address: str) -> bytes:
    """A message that a mail program opens as one to be sent."""
    message = EmailMessage(policy=SMTP)
    message["To"] = address
    message["Subject"] = " ".join(letter.subject.split())
    message["X-Unsent"] = "1"
    message.set_content(letter.text)
    for name, data in enclosed:
        main, _slash, sub = (guess_type(name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if message.is_multipart():
        message.set_boundary(f"b40-{letter.kind}")
    return message.as_bytes()
