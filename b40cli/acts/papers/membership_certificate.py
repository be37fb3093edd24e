"""The certificate of membership of a city."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.meeting_head import told
from b40cli.acts.papers.membership import attested_by
from b40cli.acts.papers.sheet import sheet
from b40cli.acts.papers.wording import capacity
from b40cli.acts.papers.wording import since as when
from b40cli.acts.reads.lists import member as member_shown
from b40cli.model.errors import UsageError
from b40cli.model.facts.member import Member
from b40cli.model.paper import Display, Paper, Signatures, Words
from b40cli.model.wording import on_day
from b40cli.rules.facts.memberships import admission_of
from b40cli.rules.facts.standing import MEMBERS


def certificate(view: View, city: str) -> Paper:
    """The certificate of membership; UsageError where the city is no member on the day."""
    member = member_named(view.registry, city)
    shown = member_shown(view, city).result
    if shown["standing"] not in MEMBERS or not shown["since"]:
        raise UsageError(
            f"{member.name} is no member on {view.on}: {shown['standing']}.",
            f"b40 member show {city} tells how it stands; Art. 5 says how one becomes a member.",
        )
    page = Display(
        above="Certificate of membership",
        name=member.name,
        below=who.country(view, city),
        said=_said(view, shown["since"], shown["suspended"]),
        rows=tuple(_certified(view, member)),
        issued=f"Issued on {on_day(view.on)}",
    )
    signed = Signatures((who.president(view, view.on), who.secretary(view, view.on)))
    title = f"Certificate of membership: {member.name}"
    return sheet(view, title, "", member.id, title, (page, signed), True)


def _said(view: View, start: str, suspended: bool) -> tuple[str, str]:
    """The sentence of a certificate, on its two lines."""
    vote = "its vote being suspended" if suspended else "with one vote in its General Assembly"
    name = view.network.name.removeprefix("The ")
    return f"has been a member of the {name}", f"{when(start)}, {vote}."


def _certified(view: View, member: Member) -> Iterator[tuple[str, Words]]:
    admission = admission_of(view.registry, member)
    if admission is not None and admission.closed is not None:
        majority = (admission.counted or {}).get("majority", {})
        how = "unanimously, " if majority.get("kind") == "unanimity" else ""
        yield "Admitted", f"{how}on {on_day(admission.closed)} ({admission.id})"
    elif member.attested is not None:
        yield "Attested by", attested_by(view, member.attested.source)
    if member.declared is not None:
        place = (view.registry.content(member.path).get("declaration") or {}).get("place")
        yield (
            "Declaration signed",
            f"on {on_day(member.declared)}" + (f", at {place}" if place else ""),
        )
    held = view.registry.meeting(member.ceremony)
    if held is not None:
        yield "Ceremony", f"at {told(view, held)}"
    head = who.head_on(view, member.id, view.on)
    if head is not None:
        yield "Represented by", f"{head.name}, {capacity(head.capacity)}"
