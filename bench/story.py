"""What the teller of a history keeps in mind, and the meetings of the committee it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from b40cli.acts import attendance, decisions, meetings, proxies, reports, voting
from b40cli.acts.change import questions
from b40cli.acts.change.questions import Question
from b40cli.acts.meetings import Convening
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.seats import seats_on
from b40cli.rules.facts.suspensions import is_suspended
from bench.clerk import Clerk, time
from bench.opening import City, document

FOUNDERS = 26


class Story:
    """What the teller of a history keeps in mind; the law it leaves to the judge."""

    def __init__(self, clerk: Clerk, random: Random, cities: list[City]) -> None:
        self.clerk = clerk
        self.random = random
        self.cities = {city.id: city for city in cities}
        self.members = [city.id for city in cities[:FOUNDERS]]
        self.waiting = [city.id for city in cities[FOUNDERS:]]
        self.presidents: dict[int, str] = {}
        self.elected: dict[int, list[str]] = {}
        self.leaders: list[str] = []
        self.suspended: list[str] = []
        self.leaving: list[str] = []
        self.guests: list[str] = []
        self.to_sign: list[str] = []
        self.resolved: list[str] = []
        self.decided = 0

    def paper(self) -> dict[str, Any]:
        """A document, by its hash."""
        return document(self.random)

    def standing(self) -> list[str]:
        """The members with a vote."""
        return [city for city in self.members if city not in self.suspended]

    def plain(self) -> list[str]:
        """Members that hold no office, lead no group and are not about to go."""
        held = {*self.leaders, *self.leaving, *self.suspended, *self.presidents.values()}
        held |= {city for four in list(self.elected.values())[-2:] for city in four}
        return [city for city in self.members if city not in held]

    def registry(self) -> Registry:
        """The register as it stands."""
        return self.clerk.registry()


def committee(
    story: Story, day: date, absent: int = 0, represented: bool = False, **more: Any
) -> str:
    """A meeting of the committee, its roll called: the last of the seats are absent."""
    asked = Convening("ec", time(day, 10), **more)
    name = str(
        story.clerk.act(day - timedelta(5), partial(meetings.convene, asked=asked)).result["id"]
    )
    registry = story.registry()
    seated = [s.city for s in seats_on(registry, day) if s.city]
    sitting = [city for city in seated if not is_suspended(registry, city, Moment(day))]
    present = sitting[: len(sitting) - absent]
    if represented and absent:
        filed = {to: time(day - timedelta(2)) for to in ("secretary", "president")}
        make = partial(
            proxies.give, name=name, principal=sitting[-1], holder=present[1], received={}
        )
        story.clerk.act(day - timedelta(1), partial(make, document=story.paper(), sent=filed))
    called = partial(attendance.roll_call, name=name, at=time(day, 10), present=present)
    story.clerk.act(day, called)
    return name


def voted(
    story: Story,
    name: str,
    day: date,
    question: Question,
    *,
    abstains: int = 0,
    by_voting: bool = False,
    against: Sequence[str] = (),
    secret: bool = False,
) -> bool:
    """A decision of the committee by all who are there, recorded at once or vote by vote."""
    meeting = story.registry().meeting(name)
    assert meeting is not None
    voters = [*meeting.roll_calls[-1].present, *(p.principal for p in meeting.proxies)]
    sides = {"for": [v for v in voters if v not in against], "against": list(against)}
    if abstains:
        sides |= {"for": voters[abstains:], "abstain": voters[:abstains]}
    if by_voting:
        return carried(cast(story, day, question, sides))
    numbers = {side: len(cast_by) for side, cast_by in sides.items()} if secret else None
    made = partial(decisions.record, question=question, ballots=sides, numbers=numbers)
    story.decided += 1
    done = story.clerk.act(day, made)
    if question.matter == "resolution" and carried(done):
        story.resolved.append(str(done.result["id"]))
    return carried(done)


def carried(answer: Answer[Any]) -> bool:
    """Whether a vote just closed was adopted."""
    return bool(answer.result["state"] == "adopted")


def cast(story: Story, day: date, question: Question, sides: dict[str, list[str]]) -> Answer[Any]:
    """Propose, open, vote and close, an act each."""
    name = story.clerk.act(day, partial(questions.propose, question=question)).result["id"]
    story.clerk.act(day, partial(decisions.open_, name=name))
    story.clerk.act(day, partial(voting.vote, name=name, ballots=sides))
    story.decided += 1
    return story.clerk.act(day, partial(decisions.close, name=name))


def told(story: Story, name: str, day: date, after: int = 3) -> None:
    """The letter that tells the members what was decided, so many days after it."""
    named = [d.id for d in story.registry().decisions() if d.meeting == name]
    sent = day + timedelta(after)
    make = partial(reports.dispatch, name=name, sent=time(sent), to="members", decisions=named)
    story.clerk.act(sent, partial(make, document=story.paper()))
