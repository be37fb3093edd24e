"""What goes another way than planned: taken back, given up, ended, missed and acknowledged."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from b40cli.acts import annulment, attendance, decisions, meetings, members, observers, offices
from b40cli.acts.change.questions import Question
from b40cli.acts.change.unilateral import SignedPaper
from b40cli.acts.meetings import Convening
from b40cli.acts.reads import duties
from b40cli.rules.articles.presidency.order import with_priority
from b40cli.rules.case.law import law_on
from b40cli.rules.duties.duties import duties as owed_in
from b40cli.rules.table import RULES
from bench.clerk import time
from bench.story import Story, voted

NOTIFIED = ("president", "permanent-secretary")


def suspended_by_mistake(story: Story, day: date) -> None:
    """The President suspends a member and annuls the decision: it never was."""
    city = story.random.choice(story.plain())
    paper = SignedPaper(None, story.paper(), "Taken for another city")
    suspend = partial(members.decide_as_president, city=city, signed=paper)
    begun = partial(suspend, matter="suspension")
    name = str(story.clerk.act(day, begun).result["id"])
    signed = SignedPaper(None, story.paper(), "It was another city")
    back = partial(annulment.annul, name=name, effect="ex-tunc", at=None, cast=None)
    story.clerk.act(day + timedelta(2), partial(back, signed=signed))
    story.decided += 2


def resolution_taken_back(story: Story, name: str, day: date) -> None:
    """The committee annuls the oldest of its own resolutions that stands."""
    oldest = story.resolved.pop(0)
    voted(story, name, day, Question("annulment", None, name, annuls=oldest, effect="ex-nunc"))


def resigns(story: Story, year: int, day: date) -> None:
    """The last of the four gives its seat back by a notice to both."""
    city = story.elected[year][-1]
    make = partial(offices.resign, city=city, to=NOTIFIED, until=None, announced=None)
    story.clerk.act(day, partial(make, document=story.paper()))


def observer_leaves(story: Story, day: date) -> None:
    """The President ends the status of whoever has been an observer for longest."""
    guest = story.guests.pop(0)
    make = partial(observers.end, name=guest, signed=SignedPaper(None, story.paper()))
    story.clerk.act(day, make)


def capital_first(story: Story, day: date, term: int, able: list[str]) -> list[str]:
    """Capitals first while their round lasts; one that cannot preside declines (Art. 11).

    So does whichever would have its turn in a year that ends in 0 or 5.
    """
    registry = story.registry()
    capitals = with_priority(registry, term, day, law_on(registry, day))
    rest = [city for city in able if city not in capitals]
    for city in capitals:
        if city in able and term % 5:
            return [city, *rest]
        make = partial(offices.decline, city=city, year=term, document=story.paper())
        story.clerk.act(day, make)
    return rest


def acknowledged(story: Story, year: int, day: date) -> None:
    """The committee acknowledges the first duty of the year that was missed, and says why."""
    found = owed_in(story.registry(), year, day, RULES)
    missed = next(d for d in found if d.state in ("overdue", "met-late"))
    make = partial(duties.acknowledge, duty=missed.rule, of=missed.of, by="executive-committee")
    make = partial(make, subject=missed.subject, document=story.paper())
    story.clerk.act(day, partial(make, reason="The rooms were closed."))


def dissolved(story: Story, day: date) -> None:
    """The last act: an Assembly of its own, two thirds of all, and its minutes."""
    name = f"{day}-ga"
    act, before = story.clerk.act, day - timedelta(20)
    asked = Convening("ga", time(day), city=story.presidents[day.year], language="en")
    act(before, partial(meetings.convene, asked=asked._replace(interpretation=True)))
    sent = partial(meetings.send_notice, name=name, sent=time(before, 12), to=None, motions=[])
    act(before, partial(sent, document=story.paper()))
    rules = partial(meetings.announce_rules, name=name, announced=time(before, 13))
    act(before, partial(rules, document=story.paper()))
    present = story.standing()
    act(day, partial(attendance.roll_call, name=name, at=time(day), present=present))
    question = Question("dissolution", None, name, title="Dissolution of the network")
    everybody = {"for": present}
    make = partial(decisions.record, question=question, ballots=everybody, numbers=None)
    act(day, make)
    story.decided += 1
