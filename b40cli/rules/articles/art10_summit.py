"""Art. 2, 10: how the Annual Summit and the General Assembly in it are held."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.model.state.registry import Registry
from b40cli.model.wording import counted
from b40cli.rules.articles.art10_yearly import days_of
from b40cli.rules.case.law import Law
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duty import PRESIDENT, acknowledge, duty_rule, kept_at, state_of
from b40cli.rules.facts.places import same_place
from b40cli.rules.facts.presiding import presides_on
from b40cli.rules.facts.seats import coming_term, next_on

KEPT_PLACE = "What happened stands; the President or the committee acknowledges it with a reason."
# What the host of a Summit does, as INT-45 is read.
HOSTS = {"next-presidency": "presides next", "president-of-the-year": "presides when it opens"}


def held(case: Case, path: str, *kinds: str) -> tuple[Meeting, Law] | None:
    """The meeting of one of the kinds at a record, with the law of its day; else None."""
    meeting = case.after.meeting_in(path)
    if meeting is None or meeting.kind not in kinds:
        return None
    law = case.law_or_none(meeting.day)
    return None if law is None else (meeting, law)


def set_right(meeting: Meeting, place: str) -> str:
    """How what is planned wrongly is set right before a meeting opens."""
    return f"Until it opens it is set right: b40 meeting move {meeting.id} {place}."


def at_meeting(case: Case, rule: str, article: str, meeting: Meeting, place: str) -> Duty:
    """A duty that belongs to one meeting, owed on its last day; `place` is what cures it before."""
    return Duty(
        rule=rule,
        article=article,
        of=meeting.id,
        subject=f"meetings/{meeting.id}",
        owner=PRESIDENT,
        due=meeting.last_day,
        state="due",
        evidence=f"meetings/{meeting.id}",
        remedy=KEPT_PLACE if meeting.last_day < case.on else set_right(meeting, place),
        at=("id",),
        basis=meeting.basis,
    )


def half_days(meeting: Meeting) -> tuple[int, int]:
    """The fewest and the most half days a meeting can have lasted, by what its record says."""
    if meeting.half_days is not None:
        return meeting.half_days, meeting.half_days
    if meeting.ends is None:
        return 1, 99
    days = (meeting.last_day - meeting.day).days + 1
    return max(1, 2 * days - 2), 2 * days


def long_enough(meeting: Meeting, law: Law) -> bool | None:
    """Whether it lasted as long as asked (INT-34); None where the record leaves it open."""
    asked = law.number("summit-half-days")
    fewest, most = half_days(meeting)
    if most < asked:
        return False
    if law.reading("INT-34") == "at-least-1.5-days":
        return True if fewest >= asked else None
    return False if fewest > asked else True if fewest == most else None


def annual_summit_lasts(case: Case, path: str) -> Iterator[Duty]:
    """The Annual Summit lasts a day and a half; INT-34 says whether it may be longer."""
    found = held(case, path, "summit")
    if found is None:
        return
    meeting, law = found
    fewest, most = half_days(meeting)
    lasted = f"{'' if fewest == most else f'{fewest} to '}{counted(most, 'half day')}"
    asked = f"--half-days {law.number('summit-half-days')}"
    lasts = "lasted" if case.on >= meeting.last_day else "is planned to last"
    duty = at_meeting(case, "annual-summit-lasts", "Art. 2, 10", meeting, asked)._replace(
        says=f"The Annual Summit {meeting.id} {lasts} {lasted}; "
        f"{law.number('summit-half-days')} are asked ({law.reading('INT-34')}).",
        at=("half_days",) if meeting.half_days else ("opens",),
    )
    yield kept_at(case, duty, meeting.last_day, long_enough(meeting, law))


def summit_host(case: Case, path: str) -> Iterator[Duty]:
    """The Summit meets in the city that holds the next presidency, which pays interpretation."""
    found = held(case, path, "summit")
    if found is None:
        return
    meeting, law = found
    host = host_of(case, meeting, law)
    there = _is_at(case, meeting, host)
    mute = [ga.id for ga in assemblies_of(case, meeting) if ga.interpretation is False]
    kept = False if mute else there
    presides = HOSTS[law.reading("INT-45")]
    where = f"is held in {meeting.city}" if meeting.city else "has no city on record"
    says = f"The Annual Summit {meeting.id} {where}; {host or 'nobody on record'} {presides}."
    if mute and there is not False:
        has = "had no" if case.on >= meeting.last_day else "is planned without"
        says = f"{mute[0]} {has} interpretation; {host or 'the host'} provides and pays for it."
    place = f"--city {host or 'CITY'}"
    duty = at_meeting(case, "summit-host", "Art. 10", meeting, place)._replace(
        says=says,
        at=("city",) if meeting.city else ("id",),
        readings={} if mute else _hosted_otherwise(case, meeting, law),
    )
    yield kept_at(case, duty, meeting.last_day, kept)


def host_of(case: Case, summit: Meeting, law: Law) -> str | None:
    """The host of a Summit: who takes over at it, or who presides when it opens (INT-45)."""
    if law.reading("INT-45") == "next-presidency":
        return incoming(case, summit)
    return presides_on(case.after, summit.day, "before")


def _is_at(case: Case, summit: Meeting, host: str | None) -> bool | None:
    """Whether a Summit is in a city; None where the record leaves it open."""
    return same_place(case.after, summit.city, host) if summit.city and host else None


def _hosted_otherwise(case: Case, summit: Meeting, law: Law) -> dict[str, dict[str, str]]:
    """What the duty comes to as INT-45 is read otherwise, where that is something else."""
    kept = _is_at(case, summit, host_of(case, summit, law))
    varied = (law.varied("INT-45", other) for other in law.others.get("INT-45", ()))
    otherwise = {
        read.reading("INT-45"): "met" if there else "missed"
        for read in varied
        if (there := _is_at(case, summit, host_of(case, summit, read))) not in (kept, None)
    }
    return {"INT-45": otherwise} if otherwise else {}


def incoming(case: Case, summit: Meeting) -> str | None:
    """The city whose presidency begins at a Summit, where the record says.

    By a term on record, or because it sits as next President without one.
    """
    places = {summit.id, *(meeting.id for meeting in assemblies_of(case, summit))}
    presidencies = case.after.presidencies()
    for presidency in presidencies:
        if presidency.city and (presidency.handover or {}).get("at") in places:
            return presidency.city
    listed = next((p.city for p in presidencies if p.city and p.year == summit.day.year), None)
    if listed or summit.day.year != coming_term(case.after, summit.day):
        return listed
    return next_on(case.after, summit.day)


def assemblies_of(case: Case, summit: Meeting) -> tuple[Meeting, ...]:
    """The General Assemblies held within a Summit."""
    return within(case, summit, "ga")


def within(case: Case, summit: Meeting, kind: str) -> tuple[Meeting, ...]:
    """The meetings of a kind held within a Summit, by day."""
    years = {str(day.year) for day in (summit.day, summit.last_day)}
    names = (name for name, day in days_of(case.after, kind).items() if day[:4] in years)
    meetings = (case.after.meeting(name) for name in names)
    return tuple(m for m in meetings if m is not None and case.after.summit_of(m) == summit.id)


def committee_at_summit(case: Case, path: str) -> Iterator[Duty]:
    """The Executive Committee meets within the Summit."""
    found = held(case, path, "summit")
    if found is None:
        return
    summit, _law = found
    sat = within(case, summit, "ec")
    day = sat[0].day if sat else None
    yield at_meeting(case, "committee-at-summit", "Art. 10", summit, "")._replace(
        state=state_of(case, summit.day, summit.last_day, day, "meetings"),
        evidence=f"meetings/{sat[0].id}" if sat else None,
        met=day,
        says=f"{sat[0].id} is convened within {summit.id}."
        if sat
        else f"No meeting of the Executive Committee within {summit.id} is on record.",
        remedy="Hold it, and record it."
        if sat
        else f"Convene it: b40 meeting convene ec --summit {summit.id} --opens …"
        if summit.last_day >= case.on
        else acknowledge("committee-at-summit", summit.id, PRESIDENT),
    )


def english(case: Case, path: str) -> Iterator[Duty]:
    """English is the language of the General Assembly and of the working groups."""
    found = held(case, path, "ga", "wg")
    if found is None:
        return
    meeting, law = found
    official = law.text("official-language")
    kept = None if meeting.language is None else meeting.language == official
    asked = f"--language {official}"
    meets = "was held" if case.on >= meeting.last_day else "is planned"
    duty = at_meeting(case, "english", "Art. 10, 14", meeting, asked)._replace(
        says=f"{meeting.id} {meets} in the language {meeting.language!r}, not {official!r}."
        if meeting.language
        else f"The language of {meeting.id} is not on record; {official!r} is asked.",
        at=("language",) if meeting.language else ("id",),
    )
    yield kept_at(case, duty, meeting.last_day, kept)


def summit_name(case: Case, path: str) -> Iterator[Duty]:
    """The Annual Summit bears the city's name in the form the statutes give."""
    found = held(case, path, "summit")
    if found is None:
        return
    meeting, law = found
    named = called_in(case.after, meeting.city, law)
    said = named or law.text("summit-name").replace("{city}", "…")
    kept = None if meeting.title is None or named is None else meeting.title == named
    place = f'--title "{said}"' if named else "--city CITY"
    called = f"is called {meeting.title!r}" if meeting.title else "has no name on record"
    duty = at_meeting(case, "summit-name", "Art. 10", meeting, place)._replace(
        says=f"{meeting.id} {called}; its name is {said!r}.",
        at=("title",) if meeting.title else ("id",),
    )
    # A source's words for a meeting are not the name the network gave it.
    yield kept_at(case, duty, meeting.last_day, None if meeting.attested and not kept else kept)


def called_in(registry: Registry, place: str | None, law: Law) -> str | None:
    """What a Summit in a city is called; None where no such city is on record."""
    city = registry.member(place)
    if city is None or "summit-name" not in law.parameters:
        return None
    return law.text("summit-name").replace("{city}", city.name)


RULES = (
    duty_rule(
        name="annual-summit-lasts",
        article="Art. 2, 10",
        norm="The Annual Summit lasts a day and a half at the least.",
        about=("meetings",),
        arising=annual_summit_lasts,
        fails="A Summit that opened and ended on one day, or a record with half_days: 2.",
        cure="Record half_days; a Summit that was too short is acknowledged with its reason.",
        parameters=("summit-half-days",),
        readings=("INT-34",),
        sentences=("art2.1", "art10.1"),
    ),
    duty_rule(
        name="summit-host",
        article="Art. 10",
        norm="The Summit meets in the city that presides next, which pays for it and interprets.",
        about=("meetings",),
        arising=summit_host,
        fails="A Summit in one city at which the presidency passes to another.",
        cure=KEPT_PLACE,
        readings=("INT-45",),
        sentences=("art10.1", "art10.2", "art10.23", "art11.4"),
    ),
    duty_rule(
        name="committee-at-summit",
        article="Art. 10",
        norm="The Executive Committee meets within the Annual Summit.",
        about=("meetings",),
        arising=committee_at_summit,
        fails="A Summit that ended without a meeting of the committee that names it.",
        cure="Convene the committee with --summit, or acknowledge that it did not meet.",
        sentences=("art10.3",),
    ),
    duty_rule(
        name="english",
        article="Art. 10, 14",
        norm="The General Assembly and the working groups meet in English.",
        about=("meetings",),
        arising=english,
        fails="A working-group meeting whose record says language: fr.",
        cure="Speakers may use their own language with interpretation; the meeting's is English.",
        parameters=("official-language",),
        sentences=("art10.22", "art10.23", "art14.14"),
    ),
    duty_rule(
        name="summit-name",
        article="Art. 10",
        norm="The Summit is called B40 (city) Summit, in English.",
        about=("meetings",),
        arising=summit_name,
        fails="A Summit in Vodengrad that is titled Balkan Forum.",
        cure="Title it before it opens: b40 meeting move, --title 'B40 Vodengrad Summit'.",
        parameters=("summit-name",),
        sentences=("art10.4",),
    ),
)
