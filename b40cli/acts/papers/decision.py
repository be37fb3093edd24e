"""A decision as a paper, and the certificate that proves it: readable page and machine record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.outcomes import outcome, result_word
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.votes import decided
from b40cli.model import paper as parts
from b40cli.model.facts.decision import Decision
from b40cli.model.wording import BODIES, begun, on_day

HALF = 32
CHECK = (
    "The verifier takes the machine record, which this certificate carries as PDF and as DOCX, "
    "computes the result again without the register, and shows the lines it was computed from, to "
    "be compared with the record's own lines that follow here:"
)

CARRIED = (
    "This file carries the machine record of the decision: verify_certificate.py, which "
    "comes with b40 and with every certificate, computes the result again from it."
)


def decision(view: View, name: str) -> parts.Paper:
    """A decision as it goes to whom it concerns: result, arithmetic, reasons, who signs."""
    found = decision_named(view.registry, name)
    then = view._replace(on=found.closed or view.on)
    content = (
        parts.Summary(tuple(_head(then, found))),
        parts.Headline("Decision"),
        *decided(then, found, full=True),
        *_evidence(found),
        parts.Signatures(_signatories(then, found)),
    )
    return sheet(
        view, found.title, _lead(view, found), found.id, f"{found.title}, {found.id}", content
    )


def _lead(view: View, found: Decision) -> str:
    state = result_word(view, found)
    day = f" on {on_day(found.closed)}" if found.closed else ""
    return f"{begun(state)}{day} by the {BODIES[found.body]}"


def _head(view: View, found: Decision) -> Iterator[tuple[str, parts.Words]]:
    yield "Body", _body(view, found)
    city = who.city(view, found.city)
    country = who.country(view, found.city)
    about = f"{city} ({country})" if city else (found.subject or "")
    matter = begun(found.matter.replace("-", " "))
    yield "Matter", f"{matter}, {about}" if about else matter
    if found.grounds:
        yield "Grounds put", found.grounds
    if found.edition:
        yield "Statutes", f"edition {found.edition}"
    if found.candidates:
        yield "Candidates", ", ".join(who.city(view, key) for key in found.candidates)
    for change in found.amends:
        yield "Amends", f"{change['parameter'].replace('-', ' ')}: {change['value']}"


def _body(view: View, found: Decision) -> str:
    body = begun(BODIES[found.body])
    meeting = view.registry.meeting(found.meeting)
    if meeting is None:
        return f"{body}, {on_day(found.closed)}" if found.closed else body
    where = who.city(view, meeting.city) or ("online" if meeting.mode == "online" else "")
    item = f"item {found.item}" if found.item else ""
    return ", ".join(filter(None, (body, where, on_day(meeting.day), item)))


def _evidence(found: Decision) -> Iterator[parts.PaperPart]:
    if not found.evidence:
        return
    yield parts.Headline("Evidence")
    yield parts.Items(
        tuple(
            f"{each.get('note') or each.get('path') or 'document'}, SHA-256 "
            f"{each['sha256'][:HALF]} {each['sha256'][HALF:]}"
            for each in found.evidence
        )
    )


def _signatories(view: View, found: Decision) -> tuple[tuple[str, str], ...]:
    day = found.closed or view.on
    if found.decided_by is not None:
        by = found.decided_by
        office = f"{begun(BODIES[found.body])}, Mayor of {who.city(view, by.get('city'))}"
        return (str(by.get("person", "")), office), who.secretary(view, day)
    return who.president(view, day), who.secretary(view, day)


def certificate(
    view: View, name: str, proof: Mapping[str, Any], record: str, check: str
) -> parts.Paper:
    """The certificate of a closed decision, with its machine record attached.

    `proof` are those of acts/published/certificate.py, `record` the file for the verifier, `check`
    the command line that checks it.
    """
    found = decision_named(view.registry, name)
    then = view._replace(on=found.closed or view.on)
    said = (
        parts.Summary((*_head(then, found), ("Result", outcome(then, found, grounds=False)))),
        *_counted(then, found),
        parts.Headline("How to check this"),
        parts.Paragraph(CHECK),
        parts.Typed(check),
        _hashes(found, proof),
        parts.Signatures((who.secretary(view, view.on), ("", "Day and place"))),
        parts.PageBreak(),
        parts.Headline("The record's own lines"),
        parts.Note(found.path),
        parts.Verbatim(str(proof["Decision"])),
    )
    state = result_word(view, found)
    lead = f"{found.id}, {found.title[0].lower()}{found.title[1:]}: {state}"
    paper = sheet(view, "Certificate of a decision", lead, found.id, found.id, said)
    return paper._replace(attachments=(_record(found.id, record),))


def with_record(paper: parts.Paper, record: str) -> parts.Paper:
    """A decision's paper that carries the file the verifier takes, and says so."""
    told = parts.Note(CARRIED)
    attached = _record(paper.reference, record)
    return paper._replace(parts=(*paper.parts, told), attachments=(attached,))


def _record(decision: str, record: str) -> parts.Attachment:
    return parts.Attachment(f"{decision}.json", "application/json", record, "The machine record")


def _counted(view: View, found: Decision) -> Iterator[parts.PaperPart]:
    """The arithmetic of a vote; its outcome stands above it."""
    if found.counted is not None:
        yield parts.Headline("Arithmetic")
        yield from list(decided(view, found, full=True))[1:]


def _hashes(found: Decision, proof: Mapping[str, Any]) -> parts.Tabular:
    """What the reader compares; a hash in two halves."""
    rows: list[tuple[str, str]] = [("Recorded in commit", str(proof["Commit"]["oid"]))]
    if found.roll is not None and found.roll.sha256:
        rows += [("Roll, SHA-256", found.roll.sha256[:HALF]), ("", found.roll.sha256[HALF:])]
    signer = (proof["Signature"].get("signer") or {}).get("name")
    signature = proof["Signature"]["kind"]
    rows.append(("Signature", f"{signature}, {signer}" if signer else signature))
    return parts.Tabular(("", "To compare"), tuple(rows), (0, 1))
