"""A year's Summit in January: committee, General Assembly, election, handover, Declaration."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from b40cli.acts import (
    attendance,
    decisions,
    meetings,
    members,
    offices,
    proxies,
    reports,
    summits,
    voting,
)
from b40cli.acts.change import questions
from b40cli.acts.change.questions import Question
from b40cli.acts.meetings import AgendaItem, Convening
from bench.clerk import Make, time
from bench.story import Story, committee, told, voted

DELEGATIONS = 3


def summit_of(year: int) -> str:
    """The id of a year's Summit."""
    return f"{year}-01-25-summit"


def assembly_of(year: int) -> str:
    """The id of a year's General Assembly, on the second day of the Summit."""
    return f"{year}-01-26-ga"


def prepared(story: Story, year: int) -> None:
    """The Summit and its Assembly are convened, with agenda, notice and rules of participation."""
    act, host = story.clerk.act, story.presidents[year]
    day = date(year, 1, 13)
    opens = time(date(year, 1, 25))
    held = Convening("summit", opens, city=host, ends=f"{year}-01-26", half_days=3, language="en")
    act(day, partial(meetings.convene, asked=held._replace(interpretation=True)))
    within = Convening("ga", time(date(year, 1, 26)), summit=summit_of(year), language="en")
    act(day, partial(meetings.convene, asked=within._replace(interpretation=True)))
    proposed = {q.matter: propose(story, q, day) for q in asked_in(story, year)}
    agenda = [AgendaItem(kind, proposed.get(kind)) for kind in order_of(year, proposed)]
    make = partial(meetings.set_agenda, name=assembly_of(year), items=agenda, add=False)
    act(day + timedelta(1), make)
    motions = [proposed["removal"]] if "removal" in proposed else []
    sent = partial(meetings.send_notice, name=assembly_of(year), sent=time(date(year, 1, 15)))
    act(date(year, 1, 15), partial(sent, to=None, motions=motions, document=story.paper()))
    rules = partial(meetings.announce_rules, name=assembly_of(year), document=story.paper())
    act(date(year, 1, 16), partial(rules, announced=time(date(year, 1, 16))))


def asked_in(story: Story, year: int) -> list[Question]:
    """What is put to the Assembly of a year."""
    name, chosen = assembly_of(year), f"members/{story.presidents[year + 1]}"
    asked = [
        Question("agenda", None, name, title=f"Draft agenda of {name}"),
        Question("activity-report", None, name, title=f"Annual Activity Report {year - 1}"),
        Question("presidency", chosen, name, term=year + 1),
        Question("committee-election", None, name, term=year),
        Question("resolution", None, name, title=f"Resolution of {name}"),
    ]
    if year % 2 == 0 or year % 5 == 0:
        accused = f"members/{story.random.choice(story.plain())}"
        asked.append(Question("removal", accused, name, grounds="Acts against the aims"))
    if year % 5 == 2:
        accused = f"members/{story.elected[year - 1][0]}"
        asked.append(Question("committee-dismissal", accused, name, grounds="Never came"))
    if year % 5 == 3:
        old = story.resolved.pop(0)
        asked.append(Question("annulment", None, name, annuls=old, effect="ex-nunc"))
        change = {"parameter": "days-to-inform-members", "value": 21}
        asked.append(Question("amendment", None, name, title="More days", amends=(change,)))
    if year % 5 == 4:
        point = "statutes/interpretations/INT-34"
        asked.append(Question("interpretation", point, name, adopts="exactly-1.5-days"))
    return asked


def propose(story: Story, question: Question, day: date) -> str:
    """Put a question; its id."""
    return str(story.clerk.act(day, partial(questions.propose, question=question)).result["id"])


def order_of(year: int, proposed: dict[str, str]) -> list[str]:
    """The six parts in their order, with the votes between them; the election may come later."""
    early = ["agenda", "activity-report", "presidency"]
    early += [matter for matter in proposed if matter == "committee-dismissal"]
    election = ["committee-election"]
    rest = [matter for matter in proposed if matter not in {*early, *election}]
    return [
        *early,
        *(election if year % 2 else []),
        "handover",
        *([] if year % 2 else election),
        "signing-ceremony",
        "president-speech",
        *rest,
        "mayors-floor",
        "closing-declaration",
    ]


def assembly(story: Story, year: int) -> None:
    """The Summit's two days: the committee, then the Assembly from roll call to signatures."""
    eve, day, name = date(year, 1, 25), date(year, 1, 26), assembly_of(year)
    met = committee(story, eve, absent=1, represented=True, summit=summit_of(year))
    asked = Question("resolution", None, met, title=f"Resolution of {met}")
    voted(story, met, eve, asked, secret=True)
    told(story, met, eve)
    attend(story, name, day)
    meeting = story.registry().meeting(name)
    assert meeting is not None
    for entry in meeting.agenda:
        if entry["kind"] == "handover":
            passed = partial(offices.handover, year=year, at=name, item=entry["item"])
            story.clerk.act(day, passed)
        elif entry["kind"] == "signing-ceremony":
            ceremony(story, year, day)
        elif "decision" in entry:
            decide(story, entry["kind"], entry["decision"], year, day)
    signed = partial(summits.sign, name=name, cities=story.standing()[:20])
    story.clerk.act(day, partial(signed, document=story.paper()))
    told(story, name, day)
    for step, when in (("prepared", 6), ("approved", 11), ("shared", 15)):
        report = partial(reports.step, name=name, days={step: date(year, 2, when)})
        story.clerk.act(date(year, 2, when), partial(report, document=story.paper()))


def attend(story: Story, name: str, day: date) -> None:
    """Some delegations on record, two proxies, and all but three answer the roll."""
    standing = story.standing()
    away = [city for city in standing[-8:] if city != story.presidents[day.year]][:3]
    present = [city for city in standing if city not in away]
    for n, city in enumerate(present[:DELEGATIONS]):
        head = {"name": f"Deputy of {city}", "capacity": "designee", "designation": story.paper()}
        before = day - timedelta(3)
        if n:
            head = named(story, name, city)
        make = partial(attendance.delegate, name=name, city=city, head=head, members=())
        story.clerk.act(before, make)
    for principal, holder in zip(away[:2], present[5:7], strict=True):
        proof = {to: time(day - timedelta(4)) for to in ("secretary", "president")}
        give = partial(proxies.give, name=name, principal=principal, holder=holder, received={})
        story.clerk.act(day - timedelta(3), partial(give, document=story.paper(), sent=proof))
    called = partial(attendance.roll_call, name=name, at=time(day), present=present)
    story.clerk.act(day, partial(called, observers=story.guests))


def named(story: Story, name: str, city: str) -> dict[str, Any]:
    """The mayor on record as head of the delegation."""
    member = story.registry().member(city)
    meeting = story.registry().meeting(name)
    mayor = member.mayor_on(meeting.day) if member and meeting else None
    assert mayor is not None, city
    return {"name": mayor.name, "capacity": mayor.capacity}


def ceremony(story: Story, year: int, day: date) -> None:
    """The cities accepted in the year before sign in public."""
    for city in story.to_sign:
        make = partial(members.sign, city=city, signed=None, place=None, document=None)
        story.clerk.act(day, partial(make, ceremony=summit_of(year)))
    story.to_sign = []


def decide(story: Story, matter: str, name: str, year: int, day: date) -> None:
    """Open, vote and close one question of the Assembly."""
    opened = story.clerk.act(day, partial(decisions.open_, name=name))
    roll = opened.result["roll"]
    voters = [*roll["present"], *roll["represented"]]
    if matter == "committee-election":
        chosen = choices(story, year, voters)
        story.clerk.act(day, partial(voting.choose, name=name, choices=chosen))
    else:
        needed = len(voters) // 2 + 1
        votes_for = needed - 1 if matter == "removal" and year % 5 else len(voters) - 1
        sides = {"for": voters[:votes_for], "against": voters[votes_for:]}
        cast: Make = partial(voting.vote, name=name, ballots=sides)
        if matter == "agenda":
            numbers = {side: len(cast_by) for side, cast_by in sides.items()}
            cast = partial(voting.tally, name=name, numbers=numbers)
        story.clerk.act(day, cast)
    closed = story.clerk.act(day, partial(decisions.close, name=name))
    story.decided += 1
    if matter == "removal" and closed.result["state"] == "adopted":
        removed = story.registry().decision(name)
        story.members.remove(removed.city if removed and removed.city else "")
    if matter == "committee-election":
        story.elected[year] = list(closed.result["count"]["elected"])


def choices(story: Story, year: int, voters: list[str]) -> dict[str, list[str]]:
    """Four cities that may be elected get nearly every vote, a fifth the rest."""
    office = [story.presidents[y] for y in (year, year - 1, year + 1)]
    served = [city for city in story.elected[year - 1] if city in story.elected.get(year - 2, [])]
    able = [c for c in story.standing() if c not in {*office, *served, *story.leaving}]
    story.random.shuffle(able)
    able.sort(key=lambda city: city not in story.elected[year - 1])
    four: list[str] = []
    for city in able:
        seated = [other[:2] for other in (*office, *four)]
        if len(four) < 4 and seated.count(city[:2]) < 2:
            four.append(city)
    fifth = next(city for city in able if city not in four)
    few = len(voters) // 4
    return {city: voters[few:] if n == 3 else voters for n, city in enumerate(four)} | {
        fifth: voters[:few]
    }
