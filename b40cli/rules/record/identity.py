"""Who is who: a place is its number in the gazetteer, a person is a key.

Asked of the change that brings a number, a name or a key: what is on record already is not asked
again, so that no record turns red by one that came after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from b40cli.model.day import Moment, Since
from b40cli.model.facts.member import Mayor, Member
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.standing import is_member
from b40cli.rules.record.member_days import mandate_faults, runs_backwards


def one_place_one_record(case: Case, path: str) -> Iterator[Breach]:
    """A number of the gazetteer that another record has: asked of the later record."""
    member, before = _changed(case, path)
    if member is None or member.gazetteer is None:
        return
    if before is not None and before.gazetteer == member.gazetteer:
        return
    for other in _others(case, member, str(member.gazetteer)):
        if other.gazetteer == member.gazetteer and _is_earlier(case, other, member):
            yield Breach(
                f"{member.name} ({member.id}) bears the number {member.gazetteer} of the "
                f"gazetteer, which {other.name} ({other.id}) has.",
                f"A place has one record: add to {other.id}, or give the number that is right.",
                ("gazetteer",),
                facts={"gazetteer": member.gazetteer, "other": other.id},
                refs=(f"members/{other.id}",),
                on=case.on,
            )


def place_perhaps_twice(case: Case, path: str) -> Iterator[Breach]:
    """Two records of one country and one name, of which one has no number of its own."""
    member, before = _changed(case, path)
    if member is None or (before is not None and _label(before) == _label(member)):
        return
    by_number = _others(case, member, str(member.gazetteer)) if member.gazetteer else ()
    slug = f"{member.country.lower()}-{folded(member.name).replace(' ', '-')}"
    words = {member.name, member.id, slug}
    found = {other.id: other for word in words for other in _others(case, member, word)}
    found |= {other.id: other for other in by_number}
    for other in found.values():
        numbers = {member.gazetteer, other.gazetteer}
        one = len(numbers) == 1 and None not in numbers
        if one or (None in numbers and _label(other) == _label(member)):
            yield Breach(
                f"{member.id} and {other.id} may be one place: {_alike(member, one)}.",
                "One place has one vote: keep one record, or give both their numbers of the "
                "gazetteer.",
                ("name",),
                refs=(f"members/{other.id}",),
            )


def _alike(member: Member, one: bool) -> str:
    if one:
        return f"both bear the number {member.gazetteer} of the gazetteer"
    return f"both are called {member.name} in {member.country}"


def _label(member: Member) -> tuple[str, str]:
    return member.country, folded(member.name)


def folded(name: str) -> str:
    """A name without case, marks and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("đ", "d"))
    letters = (" " if not c.isalnum() else c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def _changed(case: Case, path: str) -> tuple[Member | None, Member | None]:
    """The member a change brings or alters, and as it was; nothing where no change is judged."""
    if case.before is None:
        return None, None
    return case.after.member_in(path), case.before.member_in(path)


def _others(case: Case, member: Member, word: str) -> Iterator[Member]:
    """The other cities whose records hold a word."""
    for other in map(case.after.member_in, case.after.naming(word)):
        if other is not None and other.id != member.id:
            yield other


def _is_earlier(case: Case, other: Member, member: Member) -> bool:
    """Whether another record was there before; of two that come together the first by its id."""
    known = case.before.member(other.id) if case.before else None
    return (known is not None and known.gazetteer == other.gazetteer) or other.id < member.id


def person_key(case: Case, path: str) -> Iterator[Breach]:
    """One key, one person: names under it may be spelt otherwise, but share one of their words."""
    member, before = _changed(case, path)
    for mayor in member.mayors if member else ():
        if mayor.person is None or (
            before is not None and _keyed(mayor) in map(_keyed, before.mayors)
        ):
            continue
        for city, other in _of_key(case, mayor.person):
            if other is not mayor and not _may_be_one(mayor, other):
                yield Breach(
                    f"The key {mayor.person} of {mayor.name} is that of {other.name} in {city}.",
                    "A key is one person's: give this one a key of its own.",
                    ("mayors", mayor.n, "person"),
                    facts={"person": mayor.person, "other": other.name},
                    refs=(f"members/{city}",),
                    on=case.on,
                )
                break


def _keyed(mayor: Mayor) -> tuple[str | None, str, Since]:
    return mayor.person, mayor.name, mayor.start


def _of_key(case: Case, key: str) -> Iterator[tuple[str, Mayor]]:
    for member in map(case.after.member_in, case.after.naming(key)):
        for mayor in member.mayors if member else ():
            if mayor.person == key and member is not None:
                yield member.id, mayor


def _may_be_one(mayor: Mayor, other: Mayor) -> bool:
    """Whether two names can be one person's; in two scripts nobody can tell by their letters."""
    names = [{folded(name) for name in (m.name, *m.spelt)} for m in (mayor, other)]
    words = [{word for name in found for word in name.split()} for found in names]
    latin = [all(word.isascii() for word in found) for found in words]
    return latin[0] != latin[1] or bool(words[0] & words[1])


def mandate_lapsed(case: Case, path: str) -> Iterator[Breach]:
    """The last mandate on record has ended, and nobody is on record after it."""
    member = case.after.member_in(path)
    mayor = member.lapsed_on(case.on) if member else None
    law = case.law_or_none(case.on)
    if member is None or mayor is None or law is None:
        return
    if not is_member(case.after, member.id, Moment(case.on), law):
        return
    yield Breach(
        f"The mandate of {mayor.name} in {member.name} ended "
        f"{'by' if mayor.ended_by else 'on'} {member.end_of(mayor)}; who heads the city since is "
        "not on record.",
        f"Record who is in office: b40 member mayor {member.id} NAME --from DAY.",
        ("mayors", mayor.n),
        facts={"ended": str(member.end_of(mayor)), "mayor": mayor.name},
    )


def mandate_empty_or_double(case: Case, path: str) -> Iterator[Breach]:
    """Of what is on record: the change that brings such a mandate is asked by `dates-in-order`."""
    member = case.after.member_in(path) if case.before is None else None
    if member is None:
        return
    for fault in mandate_faults(member):
        mayor = member.mayors[fault.n]
        if not runs_backwards(mayor):
            yield Breach(fault.message, fault.remedy, ("mayors", mayor.n))


RULES = (
    Rule(
        name="one-place-one-record",
        norm="A place is its number in the gazetteer: one number, one record.",
        about=("members",),
        question=one_place_one_record,
        fails="A second record with the gazetteer's number of a city that is on record.",
        cure="Add to the record that is there.",
        since=2,
    ),
    Rule(
        name="place-perhaps-twice",
        kind="note",
        norm="Two records of one country and one name are perhaps one place.",
        about=("members",),
        question=place_perhaps_twice,
        fails="A second Rosendol in Bulgaria, without a number of the gazetteer.",
        cure="Keep one record, or give both their numbers.",
    ),
    Rule(
        name="person-key",
        norm="A key is one person's, however the name is spelt.",
        about=("members",),
        question=person_key,
        fails="The key of a mayor given to the successor as well.",
        cure="Give each person a key of its own.",
        since=2,
    ),
    Rule(
        name="mandate-lapsed",
        kind="note",
        norm="A mandate that ended without a successor on record is told.",
        about=("members",),
        question=mandate_lapsed,
        fails="A mayor whose mandate ended in autumn, and nobody on record since.",
        cure="Record the successor: b40 member mayor.",
    ),
    Rule(
        name="mandate-empty-or-double",
        kind="note",
        norm="A mandate on record that lasts no day, or begins where another one does, is told.",
        about=("members",),
        question=mandate_empty_or_double,
        fails="Two mayors of one city from the same day.",
        cure="Correct the day or the name that is wrong: b40 correct.",
    ),
)
