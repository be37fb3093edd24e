"""`mail`: letters as drafts, one file an addressee, to the contacts on record; nothing is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.handing_out import hand_out
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.errors import UsageError
from b40cli.model.forgotten import MARK
from b40cli.rules.facts.standing import is_member

if TYPE_CHECKING:
    from b40cli.model.results.cities import Drafts


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


def drafts(view: View, letter: Letter, to: Iterable[str], folder: Path) -> Answer[Drafts]:
    """One draft for each city that has an address on record; the others are named."""
    written: dict[Path, bytes] = {}
    without: list[str] = []
    for city in to:
        address = view.registry.content(f"registry/members/{city}.yaml").get("contact", {})
        if address.get("email") and not MARK.fullmatch(address["email"]):
            file = folder / f"{letter.kind}-{city}.eml"
            written[file] = _draft(letter, str(address["email"]))
        else:
            without.append(city)
    names = hand_out(written)
    told = f"{len(names)} drafts in {folder}; nothing is sent."
    if without:
        told += f"\nWithout an address on record: {', '.join(without)}."
    result: Drafts = {"kind": letter.kind, "written": names, "without": without}
    return answer(view, "mail", result, told)


def _draft(letter: Letter, address: str) -> bytes:
    """A message that a mail program opens as one to be sent."""
    message = EmailMessage(policy=SMTP)
    message["To"] = address
    message["Subject"] = " ".join(letter.subject.split())
    message["X-Unsent"] = "1"
    message.set_content(letter.text)
    for file in letter.attached:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}.", "Name it.") from error
        main, _slash, sub = (guess_type(file.name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=file.name)
    if message.is_multipart():
        message.set_boundary(f"b40-{letter.kind}")
    return message.as_bytes()
