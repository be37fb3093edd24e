"""Art. 6: who can be an observer, and the list of all who asked or were invited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.observer import Observer
from b40cli.model.finding import Basis, Kind, Place
from b40cli.model.ref import ref_of
from b40cli.model.wording import counted
from b40cli.rules.articles.art06_invitations import (
    END,
    INVITATION,
    observer_has_no_vote,
    observer_invited_by_president,
)
from b40cli.rules.articles.art11_acts import basis_on
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.future_days import ahead
from b40cli.rules.facts.observing import ground_stands

# What an invitation rests on.
GIVEN_ON = ("kind", "country", "population", "aims")


class Weighed(NamedTuple):
    """What makes a status be judged: an invitation, or as a note the request or the source."""

    day: date
    at: Place
    kind: Kind | None
    basis: Basis


def observer_category(case: Case, path: str) -> Iterator[Breach]:
    """Of one of the three kinds; which associations, says INT-09."""
    observer = case.after.observer_in(path)
    for weighed in _weighed(case, observer):
        breach = _no_category(observer, case.law(weighed.day)) if observer else None
        if breach is not None:
            yield breach._replace(kind=weighed.kind, basis=weighed.basis)
            return


def _weighed(case: Case, observer: Observer | None) -> Iterator[Weighed]:
    """The invitations that were not annulled from the beginning; where none is, the request."""
    if observer is None:
        return
    standing = [
        (n, each)
        for n, each in enumerate(observer.invitations)
        if ground_stands(case.after, each.by, each.on)
    ]
    for n, invitation in standing:
        basis = basis_on(case, invitation.on, invitation.source)
        yield Weighed(invitation.on, ("invitations", n), None, basis)
    if not standing:
        day = observer.requested or case.on
        yield Weighed(day, ("request",), "note", basis_on(case, day, observer.source))


def _no_category(observer: Observer, law: Law) -> Breach | None:
    kinds, region = law.names("observer-kinds"), law.names("region")
    if observer.kind not in kinds:
        return _outside(observer, f"observers are of the kinds {', '.join(kinds)}")
    if observer.kind == "local-government" and observer.country in region:
        return Breach(
            f"{observer.name} is a local government in {observer.country}, inside the region.",
            "A local government of the region applies for membership: b40 application submit.",
            ("country",),
            facts={"country": observer.country, "region": list(region)},
        )
    if observer.kind == "association":
        return _no_association(observer, law)
    if observer.kind == "international" and not observer.aims:
        return _undetermined(observer, "aims", "which aims of the network it works in line with")
    return None


def _no_association(observer: Observer, law: Law) -> Breach | None:
    reading, region = law.reading("INT-09"), law.names("region")
    if reading == "any" or observer.country in region:
        return None
    if observer.country is None:
        return _undetermined(observer, "country", "of which country it is an association")
    told = _outside(observer, f"it is an association of {observer.country}, outside the region")
    return told._replace(
        facts={"country": observer.country, "region": list(region)}, readings={"INT-09": reading}
    )


def _outside(observer: Observer, why: str) -> Breach:
    return Breach(
        f"{observer.name} is of no category of observers: {why}.",
        "A local government outside the region, an association of the region, or an "
        "international body in line with the aims can be an observer.",
        ("country",) if observer.country else ("kind",),
        facts={"kind": observer.kind},
    )


def _undetermined(observer: Observer, fact: str, what: str) -> Breach:
    return Breach(
        f"Undetermined: nothing on record says of {observer.name} {what}.",
        f"Add it: b40 observer request {observer.id} with the fact that is missing ({fact}).",
        ("kind",),
        facts={"undetermined": [fact]},
    )


def observer_population(case: Case, path: str) -> Iterator[Breach]:
    """At least the number of Art. 6, or more (INT-08): figure, year and source on record."""
    observer = case.after.observer_in(path)
    for weighed in _weighed(case, observer):
        breach = _too_few(observer, case.law(weighed.day)) if observer else None
        if breach is not None:
            yield breach._replace(kind=weighed.kind, basis=weighed.basis)
            return


def _too_few(observer: Observer, law: Law) -> Breach | None:
    if observer.kind != "local-government" or observer.country in law.names("region"):
        return None
    figure = observer.population
    if figure is None:
        return _undetermined(observer, "population", "how many people live there")
    least, reading = law.number("observer-population"), law.reading("INT-08")
    if figure.people < least or (figure.people == least and reading == "more-than"):
        asked = "more than" if reading == "more-than" else "at least"
        return Breach(
            f"{observer.name} has {counted(figure.people, 'person')}; {asked} {least} are asked.",
            "It cannot be an observer; its request stays on the list.",
            ("population", "count"),
            facts={"count": figure.people, "asked": least, "source": figure.source},
            readings={"INT-08": reading},
        )
    if figure.year is None:
        return _undetermined(observer, "population.year", "of which year its population is")
    return None


def observer_list(case: Case, path: str) -> Iterator[Breach]:
    """Whoever asked or was invited stands on the list, and stays."""
    meeting = case.after.meeting_in(path)
    if meeting is not None:
        yield from _not_listed(case, meeting)
    if ref_of(path).kind != "observers":
        return
    before = case.before.recorded(path) if case.before else None
    after = case.after.recorded(path)
    if before is not None:
        yield from _taken_off(before, after)
        yield from _rests_on_others(case, path)
    observer = case.after.observer_in(path)
    if observer is not None:
        yield from _listed_rightly(case, observer)


def _not_listed(case: Case, meeting: Meeting) -> Iterator[Breach]:
    for n, name in enumerate(meeting.observers):
        if case.after.observer(name) is None:
            yield Breach(
                f"{name} takes part in {meeting.id} as an observer and is not on the list.",
                "Record its request or its invitation first: b40 observer request, invite.",
                ("observers", n),
                basis=meeting.basis,
            )


def _taken_off(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> Iterator[Breach]:
    if after is None:
        yield Breach(
            f"{before['name']} is taken off the list of observers.",
            "Every request and every grant stays on the list, ended ones too.",
        )
        return
    for key in ("request", "ended"):
        was, now = before.get(key), after.get(key)
        if was is not None and not (isinstance(now, Mapping) and was.items() <= now.items()):
            yield Breach(
                f"{before['name']}: the field {key} was recorded and is changed.",
                "What is on the list stays; a later act says what follows.",
                (key,) if now is not None else (),
                facts={"was": was, "is": now},
            )


def _rests_on_others(case: Case, path: str) -> Iterator[Breach]:
    """What an invitation was given on stays as its file has it; what was missing may be added."""
    before = (case.before.recorded(path) if case.before else None) or {}
    after = case.after.recorded(path) or before
    for key in GIVEN_ON if before.get("invitations") else ():
        was, now = before.get(key), after.get(key)
        grows = isinstance(was, Mapping) and isinstance(now, Mapping) and was.items() <= now.items()
        if was is not None and was != now and not grows:
            yield Breach(
                f"{before['name']} was invited on the {key} on record, and that is changed.",
                "What an invitation rests on stays; what was entered wrongly is corrected: b40 "
                "correct.",
                (key,) if now is not None else (),
                facts={"was": was, "is": now},
            )


def _listed_rightly(case: Case, observer: Observer) -> Iterator[Breach]:
    path = observer.path
    if observer.requested is not None:
        received = ("request", "received")
        yield from ahead(case, path, received, observer.requested, "The request is received on")
    for n, invitation in enumerate(observer.invitations):
        told = f"{observer.name} is invited on"
        yield from ahead(case, path, ("invitations", n, "on"), invitation.on, told)
    if observer.requested is None and not observer.invitations and observer.source is None:
        yield Breach(
            f"{observer.name} neither asked for the status nor was invited.",
            "Record the request, the invitation, or the source that tells of it.",
            ("id",),
        )


RULES = (
    Rule(
        name="observer-category",
        article="Art. 6",
        norm="An observer is a local government outside the region, an association of local "
        "governments of the region, or an international body in line with the aims.",
        about=("observers",),
        question=observer_category,
        fails="An invitation of a city of the region, or of an association outside it.",
        cure="A city of the region applies for membership; for an association see INT-09.",
        parameters=("observer-kinds", "region"),
        readings=("INT-09",),
        sentences=("art2.14", "art6.2", "art6.3", "art6.4", "art6.5"),
    ),
    Rule(
        name="observer-population",
        article="Art. 6",
        norm="A local government outside the region has half a million people: figure, year and "
        "source are on record.",
        about=("observers",),
        question=observer_population,
        fails="An invitation of a city of 499,999 people, or of one whose figure has no year.",
        cure="Record figure, year and source: b40 observer request … --population --year.",
        parameters=("observer-population", "region"),
        readings=("INT-08",),
        sentences=("art2.14", "art6.3"),
    ),
    Rule(
        name="observer-invited-by-president",
        article="Art. 6",
        norm="Observer status, and each participation, rest on an invitation by the President.",
        about=("observers", "decisions", "meetings"),
        matters=(INVITATION, END),
        question=observer_invited_by_president,
        fails="An observer at a meeting of a working group it was not invited to.",
        cure="Record the President's invitation with b40 observer invite before the meeting.",
        readings=("INT-33",),
        sentences=("art6.1",),
    ),
    Rule(
        name="observer-has-no-vote",
        article="Art. 6",
        norm="An observer is never counted in a roll, a quorum or a ballot and holds no proxy.",
        about=("meetings", "decisions"),
        question=observer_has_no_vote,
        fails="A ballot of an observer in a vote of the General Assembly.",
        cure="Take it out, and list the observer under the meeting's observers.",
        sentences=("art6.1",),
    ),
    Rule(
        name="observer-list",
        article="Art. 6",
        norm="Whoever asked for or received observer status stays on the list.",
        about=("observers", "meetings"),
        question=observer_list,
        fails="The record of an observer whose status ended is taken away.",
        cure="Restore it: an ended status says so in the record.",
        sentences=("art6.6",),
    ),
)
