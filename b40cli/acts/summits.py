"""The Annual Summit: what is still to do before the next one, and who signed its Declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import meeting_named
from b40cli.acts.opened.session import Session
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.edit import Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import stated
from b40cli.model.wording import counted
from b40cli.rules.articles.art10_summit import assemblies_of, host_of, within
from b40cli.rules.articles.art10_yearly import days_of, last_of_month, summits
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Case
from b40cli.rules.facts.memberships import admission_of
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.terms import meeting_of_handover

if TYPE_CHECKING:
    from b40cli.model.results.meetings import DeclarationSigned, SummitPlan, SummitStep


def plan(view: View, year: int | None) -> Answer[SummitPlan]:
    """What is still to do for the Annual Summit of a year; else for the next one."""
    year = next_year(view) if year is None else year
    name = summits(view.registry).get(year)
    summit = view.registry.meeting(name)
    case = Case(None, view.registry, view.on)
    host = host_of(case, summit, law_on(view.registry, summit.day)) if summit else None
    host = host or _host(view, year)
    result: SummitPlan = {
        "year": year,
        "summit": name,
        "host": host,
        "steps": [*_before(view, year, summit, host), *_within(view, summit)],
        "ceremony": to_sign(view, year),
    }
    return answer(view, "summit plan", result)


def next_year(view: View) -> int:
    """The year of the next Annual Summit: this one's until it is over, or its month is."""
    name = summits(view.registry).get(view.on.year)
    held = days_of(view.registry, "summit")[name] if name else None
    month_ends = last_of_month(view.on.year, view.law.number("summit-month"))
    over = held < str(view.on) if held else month_ends < view.on
    return view.on.year + 1 if over else view.on.year


def _host(view: View, year: int) -> str | None:
    """The host of a Summit that is not convened: who takes over at it, or who presides (INT-45)."""
    month_ends = last_of_month(year, view.law.number("summit-month"))
    reading = law_on(view.registry, max(view.on, month_ends)).reading("INT-45")
    if reading == "next-presidency":
        return _of_term(view, year)
    if year == next_year(view):
        return presides_on(view.registry, view.on, "before")
    return _of_term(view, year - 1)


def _of_term(view: View, year: int) -> str | None:
    """The city that presides in the year: by its presidency's record, else by the seat `next`."""
    listed = next((p.city for p in view.registry.presidencies() if p.city and p.year == year), None)
    if listed or year != next_year(view):
        return listed
    return next(s.city for s in seats_on(view.registry, view.on) if s.seat == "next")


def to_sign(view: View, year: int) -> list[str]:
    """The cities accepted in the year before, which sign at the Summit (Art. 5)."""
    accepted = []
    for member in view.registry.members():
        admission = None if member.attested else admission_of(view.registry, member)
        if admission and admission.closed and admission.closed.year == year - 1:
            accepted.append(member.id)
    return accepted


def _step(what: str, done: object, due: str, command: str) -> SummitStep:
    return {"what": what, "state": "done" if done else "to do", "due": due, "command": command}


def _before(
    view: View, year: int, summit: Meeting | None, host: str | None
) -> Iterator[SummitStep]:
    day = str(summit.day if summit else last_of_month(year, view.law.number("summit-month")))
    # The Assembly at the Summit approves the President of the year after; the host is settled.
    assembly = meeting_of_handover(view.registry, year)
    candidates = any(
        d.matter == "candidates" and d.state == "adopted" and d.term == year + 1
        for of in (year - 1, year)
        for d in view.registry.decisions(f"decisions/{of}/")
    )
    yield _step(
        f"the committee determines the candidates for the presidency of {year + 1}",
        candidates,
        str(assembly.day) if assembly else day,
        f"b40 decision propose candidates --term {year + 1} --candidate … --meeting …",
    )
    place = f" --city {host}" if host else " --city …"
    yield _step(
        "the Summit is convened", summit, day, f"b40 meeting convene summit{place} --opens …"
    )
    consulted = summit.consulted if summit else {}
    yield _step(
        "the current and the next President are consulted",
        {"president", "next"} <= consulted.keys(),
        day,
        f"b40 meeting consult {summit.id if summit else 'SUMMIT'} --president DAY --next DAY",
    )


def _within(view: View, summit: Meeting | None) -> Iterator[SummitStep]:
    case = Case(None, view.registry, view.on)
    assembly = next(iter(assemblies_of(case, summit)), None) if summit else None
    committee = next(iter(within(case, summit, "ec")), None) if summit else None
    at = summit.id if summit else "SUMMIT"
    day = str(summit.day) if summit else ""
    for said, kind, held in (("General Assembly", "ga", assembly), ("Committee", "ec", committee)):
        convene = f"b40 meeting convene {kind} --summit {at} --opens …"
        yield _step(f"the {said} is convened", held, day, convene)
    day = str(assembly.day) if assembly else day
    named = assembly.id if assembly else "GA"
    asked = list(view.law.names("order-of-business"))
    kinds = [point["kind"] for point in assembly.agenda] if assembly else []
    ordered = [kind for kind in kinds if kind in asked] == asked
    listing = f"b40 meeting agenda {named} --item …"
    yield _step("the agenda has its six parts in order", ordered, day, listing)
    notice = assembly.notice if assembly else None
    yield _step("the notice has gone to the members", notice, day, f"b40 meeting notice {named}")
    announced = assembly.rules_announced if assembly else None
    rules = f"b40 meeting rules {named} --announced TIME"
    yield _step("the rules of participation are announced", announced, day, rules)
    signed = (assembly.signed_by if assembly else ()) or (summit.signed_by if summit else ())
    day = str(assembly.last_day) if assembly else day
    yield _step("the Closing Declaration is signed", signed, day, f"b40 summit sign {named}")


def sign(
    session: Session, name: str, cities: Sequence[str], document: Mapping[str, Any] | None
) -> Proposal[DeclarationSigned]:
    """Record who signed the Closing Declaration of a General Assembly or its Summit (Art. 10)."""
    meeting = meeting_named(session.before, name)
    if meeting.kind not in ("ga", "summit"):
        raise UsageError(f"{name} is a meeting of kind {meeting.kind}.", "Name the GA or Summit.")
    if not cities:
        raise UsageError("Nobody is named as having signed.", "--cities al-…,bg-…")
    record = session.before.content(meeting.path).get("closing_declaration") or {}
    signed = list(dict.fromkeys([*record.get("signed_by", ()), *cities]))
    declaration = {**record, **stated({"document": document}), "signed_by": signed}
    edits = (
        () if declaration == record else (Put(meeting.path, ("closing_declaration",), declaration),)
    )
    many = f"{counted(len(signed), 'member')} {'has' if len(signed) == 1 else 'have'}"
    headline = f"summit: {many} signed the Closing Declaration of {name}"
    return Proposal("summit sign", f"meetings/{name}", headline, edits, declaration)
