"""Lawful histories of an invented network, of any length: every act is put to the judge.

A history has a Summit with a General Assembly each January, meetings of the committee and of the
working groups, applications, suspensions, departures, observers and changes of mayors. The same
seed tells the same history.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from random import Random

from b40cli.acts import (
    applications,
    attendance,
    groups,
    mayors,
    meetings,
    members,
    observers,
    secretary,
)
from b40cli.acts.change.questions import Question
from b40cli.acts.change.unilateral import SignedPaper
from b40cli.acts.meetings import Convening
from b40cli.acts.organisations import Organisation
from b40cli.model.day import Since
from b40cli.rules.case.law import law_on
from bench.clerk import Clerk, time
from bench.incidents import (
    acknowledged,
    capital_first,
    dissolved,
    observer_leaves,
    resigns,
    resolution_taken_back,
    suspended_by_mistake,
)
from bench.opening import GROUPS, cities_of, mayor, opening
from bench.story import FOUNDERS, Story, committee, told, voted
from bench.surroundings import write
from bench.yearly_summit import assembly, prepared


def history(
    folder: Path,
    years: int = 5,
    seed: int = 40,
    first: int = 2021,
    *,
    ends: bool = False,
    hired: type[Clerk] = Clerk,
) -> Story:
    """Tell `years` years from `first` on into a new repository in `folder`, act by act.

    One that `ends` is dissolved in its last December; `hired` is the clerk who acts.
    """
    random = Random(seed)
    cities = cities_of(random, first)
    write(folder, opening(first, cities[:FOUNDERS]))
    story = Story(hired(folder, date(first + years, 12, 31)), random, cities)
    seven = story.members[:7]
    story.presidents = {first - 2: seven[1], first - 1: seven[0], first: seven[2]}
    story.elected = {first - 1: seven[3:]}
    beginning(story, first)
    for year in range(first, first + years):
        prepared(story, year)
        assembly(story, year)
        spring(story, year)
        summer(story, year)
        autumn(story, year)
    if ends:
        dissolved(story, date(first + years - 1, 12, 20))
    return story


def beginning(story: Story, year: int) -> None:
    """The Secretary is appointed; the committee names the candidates for the year after."""
    appoint = partial(
        secretary.appoint, name="Secretary One", start=None, person=None, evidence=story.paper()
    )
    story.clerk.act(date(year, 1, 6), appoint)
    candidates(story, date(year, 1, 12), year + 1)


def spring(story: Story, year: int) -> None:
    """Agenda and Final Report, leaders and programmes, applications and admissions."""
    story.clerk.act(
        date(year, 2, 8),
        partial(secretary.agenda, title=None, signed=SignedPaper(None, story.paper())),
    )
    if year % 2 == 1 or not story.leaders:
        leaders(story, date(year, 2, 9))
    for n, group in enumerate(GROUPS):
        draft = groups.Draft(
            year, ("A goal that can be counted",), date(year, 2, 10), story.paper()
        )
        if n % 2 == year % 2:
            story.clerk.act(date(year, 2, 12), partial(groups.programme, name=group, draft=draft))
    asked = [story.waiting.pop(0) for _ in range(2)]
    for city in asked:
        applies(story, city, date(year, 2, 15))
    day = date(year, 3, 10)
    name = committee(story, day, absent=1 + year % 2)
    for n, city in enumerate(asked):
        question = Question("admission", f"members/{city}", name)
        if voted(story, name, day, question, abstains=n if year % 3 == 0 else 0):
            joins(story, city, day + timedelta(9))
    for n, group in enumerate(GROUPS):
        if n % 2 == year % 2:
            question = Question("work-programme", f"groups/{group}", name, term=year)
            voted(story, name, day, question, by_voting=True)
    tied(story, name, day)
    told(story, name, day, after=20 if year % 5 == 2 else 3)


def leaders(story: Story, day: date) -> None:
    """The President designates who leads the permanent groups; an expert joins each."""
    story.leaders = story.random.sample(story.plain(), len(GROUPS))
    for group, city in zip(GROUPS, story.leaders, strict=True):
        signed = SignedPaper(None, story.paper())
        story.clerk.act(day, partial(groups.lead, name=group, city=city, signed=signed))
        expert = partial(groups.expert, name=group, person=f"Expert {city} {day.year}", city=city)
        story.clerk.act(day, partial(expert, start=day, until=None))


def applies(story: Story, city: str, day: date) -> None:
    """A complete application."""
    told_of, paper = story.cities[city], story.paper()
    application = {
        "received": str(day),
        "form": story.paper(),
        "letter": story.paper(),
        "criteria": ["pledge", "aims"],
    }
    applicant = applications.Applicant(
        told_of.name, told_of.country, application, elected=paper, city=city
    )
    story.clerk.act(day, partial(applications.submit, applicant=applicant))
    elects = day.year - 1 - (day.year - 1 - told_of.elects) % 4
    story.cities[city] = told_of._replace(elects=elects)
    in_office(story, city, elects, day)


def in_office(story: Story, city: str, elects: int, day: date) -> None:
    """The mayor elected in a year is recorded."""
    entry = mayor(story.cities[city], elects)
    start, until = (date.fromisoformat(entry[key]) for key in ("from", "until"))
    told = mayors.Mandate(entry["name"], "mayor", Since(start, True), Since(until, True))
    story.clerk.act(day, partial(mayors.mayor, city=city, told=told))


def joins(story: Story, city: str, day: date) -> None:
    """An admitted city signs the Declaration and is a member."""
    make = partial(members.sign, city=city, signed=day, place=story.cities[city].name)
    story.clerk.act(day, partial(make, document=story.paper(), ceremony=None))
    story.members.append(city)
    story.to_sign.append(city)


def tied(story: Story, name: str, day: date) -> None:
    """A resolution with as many against as the others: an absence may bring a tie about."""
    meeting = story.registry().meeting(name)
    assert meeting is not None
    voters = meeting.roll_calls[-1].present
    question = Question("resolution", None, name, title=f"Resolution of {day}")
    voted(story, name, day, question, against=voters[-(len(voters) // 2) :])


def candidates(story: Story, day: date, term: int) -> None:
    """The committee determines three candidates for a term; the first will be approved."""
    name = committee(story, day, absent=1, represented=True)
    able = [city for city in story.plain() if able_to_preside(story, city, day, term)]
    story.random.shuffle(able)
    able = capital_first(story, day, term, able)
    question = Question("candidates", None, name, term=term, candidates=tuple(able[:3]))
    voted(story, name, day, question, by_voting=True)
    story.presidents[term] = able[0]
    told(story, name, day)


def able_to_preside(story: Story, city: str, day: date, term: int) -> bool:
    """A mandate that outlasts the term, and a country none of its neighbours in office has."""
    law = law_on(story.registry(), day)
    vote = date(term - 1, 1, 26)
    elects = story.cities[city].elects
    ends = elects + 4 * ((vote.year - 1 - elects) // 4 + 1)
    near = [story.presidents[year] for year in (term - 1, term - 2) if year in story.presidents]
    months = law.number("mandate-left-months")
    return ends * 12 + 10 >= term * 12 + months + 1 and all(n[:2] != city[:2] for n in near)


def summer(story: Story, year: int) -> None:
    """The President suspends a member, the committee lifts it; a member may give notice."""
    city = story.random.choice(story.plain())
    signed = SignedPaper(None, story.paper(), "Acts against the aims of the network")
    begun = partial(members.decide_as_president, matter="suspension", city=city, signed=signed)
    story.clerk.act(date(year, 4, 12), begun)
    story.decided += 1
    meets(story, year)
    if year % 2:
        suspended_by_mistake(story, date(year, 5, 20))
    day = date(year, 6, 14)
    name = committee(story, day, requested_by=tuple(story.presidents[y] for y in (year, year - 1)))
    question = Question("reinstatement", f"members/{city}", name)
    if year % 3:
        voted(story, name, day, question)
    else:
        story.suspended.append(city)
        voted(story, name, day, Question("resolution", None, name, title=f"Resolution of {day}"))
    if year % 2 == 0:
        resolution_taken_back(story, name, day)
    told(story, name, day)
    if year % 2 == 0:
        leaver = story.random.choice(story.plain())
        notice = date(year, 7, 3)
        make = partial(members.leave, city=leaver, received=notice, document=story.paper())
        story.clerk.act(notice, make)
        story.leaving.append(leaver)


def meets(story: Story, year: int) -> None:
    """A special group is set up, a permanent one meets, young people in the President's city."""
    story.clerk.act(
        date(year, 4, 16),
        partial(
            groups.open_,
            name=f"Flood Response {year}",
            slug=None,
            signed=SignedPaper(None, story.paper()),
        ),
    )
    group, leader = list(GROUPS)[year % 4], story.leaders[year % 4]
    asked = Convening("wg", time(date(year, 5, 4)), mode="in-person", city=leader, group=group)
    name = story.clerk.act(date(year, 4, 20), partial(meetings.convene, asked=asked)).result["id"]
    present = [leader, *story.random.sample([c for c in story.standing() if c != leader], 5)]
    called = partial(attendance.roll_call, name=name, at=time(date(year, 5, 4)), present=present)
    story.clerk.act(date(year, 5, 4), called)
    young = Convening("youth-summit", time(date(year, 5, 9)), city=story.presidents[year])
    story.clerk.act(date(year, 4, 21), partial(meetings.convene, asked=young))


def autumn(story: Story, year: int) -> None:
    """Observers ask and are invited, candidates are determined, mayors change, members leave."""
    if len(story.guests) > 1:
        observer_leaves(story, date(year, 9, 1))
    invited(story, year)
    acknowledged(story, year, date(year, 9, 28))
    candidates(story, date(year, 10, 12), year + 2)
    if year % 3 == 1:
        resigns(story, year, date(year, 10, 30))
    for city in story.members:
        if (year - story.cities[city].elects) % 4 == 0:
            in_office(story, city, year, date(year, 11, 6))
    story.members = [city for city in story.members if city not in story.leaving]
    story.leaving = []


def invited(story: Story, year: int) -> None:
    """A city outside the region asks to be an observer and is invited; an older one may end."""
    day, name = date(year, 9, 3), f"Farville {year}"
    figure = {"count": 600_000 + year, "year": year - 1, "source": "request"}
    asking = Organisation(f"at-farville-{year}", name, "local-government", "AT", figure)
    asks = partial(observers.request, asking=asking, received=day, document=story.paper())
    story.clerk.act(day, asks)
    signed = SignedPaper(None, story.paper())
    invites = partial(observers.invite, organisation=asking, group=None, signed=signed)
    story.clerk.act(day + timedelta(20), invites)
    story.guests.append(asking.id)
