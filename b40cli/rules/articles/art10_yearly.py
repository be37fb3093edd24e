"""Art. 2, 10: what each year asks for: a Summit, an Assembly at it, a Youth Summit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from b40cli.model.facts.duty import Duty
from b40cli.model.facts.meeting import Meeting
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.model.wording import MONTHS
from b40cli.rules.case.rule import Case
from b40cli.rules.duties.duty import PRESIDENT, acknowledge, duty_rule, state_of
from b40cli.rules.facts.places import same_place
from b40cli.rules.facts.seats import president_on

# What stands before the kind in the path of a meeting.
BEFORE_KIND = len(f"{ROOT}meetings/2026-12-15-")


@remembered
def days_of(registry: Registry, kind: str) -> dict[str, str]:
    """The meetings of a kind that were not cancelled, by day: their ids, which tell the kind."""
    other = registry.rescheduled()
    alike = (p for p in registry.paths("meetings/") if p.startswith(kind, BEFORE_KIND))
    names = {p: ref_of(p).id for p in alike}
    kinds = {p: n for p, n in names.items() if n[11:] == kind or n[11:].startswith(f"{kind}-")}
    days = {n: str(other.get(p) or n[:10]) for p, n in kinds.items() if other.get(p, n)}
    return dict(sorted(days.items(), key=lambda found: (found[1], found[0])))


Finds = Callable[[Registry], dict[int, str]]


def summits(registry: Registry) -> dict[int, str]:
    """The first Annual Summit of each year."""
    return {int(day[:4]): name for name, day in reversed(days_of(registry, "summit").items())}


@remembered
def assemblies(registry: Registry) -> dict[int, str]:
    """The first General Assembly of each year that met within a Summit."""
    return _firsts(registry, "ga", lambda meeting: registry.summit_of(meeting) is not None)


@remembered
def youth_summits(registry: Registry) -> dict[int, str]:
    """The first Youth Summit of each year in the city that presided on its day."""
    return _firsts(
        registry, "youth-summit", lambda meeting: _in_the_presidents_city(registry, meeting)
    )


def _in_the_presidents_city(registry: Registry, meeting: Meeting) -> bool:
    president = president_on(registry, meeting.day)
    if meeting.city is None or president is None:
        return False
    return same_place(registry, meeting.city, president)


def _firsts(registry: Registry, kind: str, counts: Callable[[Meeting], bool]) -> dict[int, str]:
    meetings = map(registry.meeting, reversed(days_of(registry, kind)))
    return {m.day.year: m.id for m in meetings if m is not None and counts(m)}


def _years(case: Case) -> range:
    """From the first edition encoded here to the year after the day of the case."""
    encoded = [edition.start.day.year for edition in case.after.editions() if edition.encoded]
    return range(min(encoded, default=case.on.year), case.on.year + 2)


def _of_years(
    case: Case, path: str, kind: str, finds: Finds
) -> Iterator[tuple[int, Meeting | None]]:
    """The years that show at a record: at the meeting that was held, else at the network's own.

    A meeting of another kind is left before the list of meetings is looked at: its verdict does
    not rest on that list.
    """
    if path == NETWORK:
        found = finds(case.after)
        yield from ((year, None) for year in _years(case) if year not in found)
        return
    meeting = case.after.meeting_in(path)
    if meeting is None or meeting.kind != kind:
        return
    if finds(case.after).get(meeting.day.year) == meeting.id:
        yield meeting.day.year, meeting


def _yearly(case: Case, rule: str, article: str, year: int, meeting: Meeting | None) -> Duty:
    """A duty of a calendar year: met by the meeting's day, by 31 December at the latest."""
    last = date(year, 12, 31)
    day = meeting.day if meeting else None
    return Duty(
        rule=rule,
        article=article,
        of=str(year),
        subject=None,
        owner=PRESIDENT,
        due=last,
        state=state_of(case, date(year, 1, 1), last, day, "meetings"),
        evidence=f"meetings/{meeting.id}" if meeting else None,
        met=day,
        at=("opens",) if meeting else ("name",),
        basis=meeting.basis if meeting else "judged",
    )


def _owed(case: Case, duty: Duty, meeting: Meeting | None, says: str, step: str) -> Duty:
    """What lacks and the step still to take; once the year is over nothing meets it any more."""
    if duty.due is not None and duty.due < case.on:
        return duty._replace(says=says, remedy=acknowledge(duty.rule, duty.of, duty.owner))
    if meeting is not None:
        convened = f"{meeting.id} is convened for {meeting.day}."
        return duty._replace(says=convened, remedy="Hold it, and record it.")
    return duty._replace(says=says, remedy=step)


def summit_once_a_year(case: Case, path: str) -> Iterator[Duty]:
    """An Annual Summit in every calendar year."""
    for year, meeting in _of_years(case, path, "summit", summits):
        if case.law_or_none(meeting.day if meeting else date(year, 12, 31)):
            duty = _yearly(case, "summit-once-a-year", "Art. 2", year, meeting)
            step = f"Convene it: b40 meeting convene summit --city … --opens {year}-…"
            says = f"No Annual Summit of {year} is on record."
            yield _owed(case, duty, meeting, says, step)


def summit_in_january(case: Case, path: str) -> Iterator[Duty]:
    """The Annual Summit opens in the month the statutes name."""
    for year, meeting in _of_years(case, path, "summit", summits):
        law = case.law_or_none(meeting.day if meeting else date(year, 12, 31))
        if law is None:
            continue
        month = law.number("summit-month")
        duty = _yearly(case, "summit-in-january", "Art. 10", year, meeting)
        yield _in_month(case, duty, year, month, meeting)


def _in_month(case: Case, duty: Duty, year: int, month: int, meeting: Meeting | None) -> Duty:
    last = last_of_month(year, month)
    state = state_of(case, date(year, month, 1), last, duty.met, "meetings")
    if meeting is None:
        over = case.on > last
        says = (
            f"No Annual Summit of {year} is on record; it {'was' if over else 'is'} due in "
            f"{MONTHS[month - 1]}."
        )
        cure = (
            "Hold it as soon as may be, and acknowledge the delay: b40 duty acknowledge "
            f"summit-in-january --of {year} --reason … --by {PRESIDENT}."
            if over
            else f"Convene it: b40 meeting convene summit --city … --opens {year}-…"
        )
        return duty._replace(due=last, state=state, says=says, remedy=cure)
    if meeting.day.month == month and meeting.day > case.on:
        convened = f"{meeting.id} is convened for {meeting.day}."
        return duty._replace(due=last, state=state, says=convened, remedy="Hold it, and record it.")
    if case.on <= last and meeting.day > case.on:
        step = f"It can still be moved: b40 meeting move {meeting.id} --opens {year}-{month:02}-…"
        return duty._replace(
            due=last, state=state, says=_not_in_month(case, year, month, meeting), remedy=step
        )
    late = meeting.day.month != month and meeting.day <= case.on
    return duty._replace(
        due=last,
        state="met-late" if late else state,
        says=_not_in_month(case, year, month, meeting),
        remedy="What happened stands. Acknowledge it with the reason: b40 duty acknowledge "
        f"summit-in-january --of {year} --reason … --by president.",
    )


def _not_in_month(case: Case, year: int, month: int, meeting: Meeting) -> str:
    opens = "opens" if meeting.day > case.on else "opened"
    return f"The Annual Summit of {year} {opens} on {meeting.day}, not in {MONTHS[month - 1]}."


def last_of_month(year: int, month: int) -> date:
    """The last calendar day of a month."""
    from calendar import monthrange

    return date(year, month, monthrange(year, month)[1])


def assembly_once_a_year(case: Case, path: str) -> Iterator[Duty]:
    """The General Assembly meets at least once a year, within the Annual Summit."""
    for year, meeting in _of_years(case, path, "ga", assemblies):
        if case.law_or_none(meeting.day if meeting else date(year, 12, 31)):
            duty = _yearly(case, "assembly-once-a-year", "Art. 2", year, meeting)
            step = "Convene it within the Summit: b40 meeting convene ga --summit …"
            says = f"No General Assembly within an Annual Summit of {year} is on record."
            yield _owed(case, duty, meeting, says, step)


def youth_summit_once_a_year(case: Case, path: str) -> Iterator[Duty]:
    """A Youth Summit in every calendar year, in the city that presides."""
    for year, meeting in _of_years(case, path, "youth-summit", youth_summits):
        if case.law_or_none(meeting.day if meeting else date(year, 12, 31)):
            duty = _yearly(case, "youth-summit-once-a-year", "Art. 2", year, meeting)
            step = "In the President's city: b40 meeting convene youth-summit --city … --opens …"
            says = f"No Youth Summit of {year} in the President's city is on record."
            yield _owed(case, duty, meeting, says, step)


RULES = (
    duty_rule(
        name="summit-once-a-year",
        article="Art. 2",
        norm="An Annual Summit is held in every calendar year.",
        about=("network.yaml", "meetings"),
        arising=summit_once_a_year,
        fails="A year that ended without an Annual Summit on record.",
        cure="Record the Summit with its source, or acknowledge the year: b40 duty acknowledge.",
        parameters=("summits-a-year",),
        sentences=("art2.1", "art4.4"),
    ),
    duty_rule(
        name="summit-in-january",
        article="Art. 10",
        norm="The Annual Summit takes place in January.",
        about=("network.yaml", "meetings"),
        arising=summit_in_january,
        fails="A Summit that opened on 24 February.",
        cure="What happened stands; the President or the committee acknowledges it with a reason.",
        parameters=("summit-month",),
        sentences=("art10.1",),
    ),
    duty_rule(
        name="assembly-once-a-year",
        article="Art. 2",
        norm="The General Assembly meets at least once a year, within the Annual Summit.",
        about=("network.yaml", "meetings"),
        arising=assembly_once_a_year,
        fails="A year whose only General Assembly met outside the Summit.",
        cure="Convene it within the Summit: b40 meeting convene ga --summit.",
        parameters=("assemblies-a-year",),
        sentences=("art2.2", "art2.3", "art4.4", "art10.3", "art10.12"),
    ),
    duty_rule(
        name="youth-summit-once-a-year",
        article="Art. 2",
        norm="A Youth Summit is held in every calendar year, in the President's city.",
        about=("network.yaml", "meetings"),
        arising=youth_summit_once_a_year,
        fails="A year whose Youth Summit met in a city that did not preside.",
        cure="Hold one in the President's city before the year is over.",
        parameters=("youth-summits-a-year",),
        sentences=("art2.11", "art4.7"),
    ),
)
