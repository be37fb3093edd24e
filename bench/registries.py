"""Seeded registries of any size that the judge finds clean, of cities that do not exist.

A year has one term of the committee, one presidency, one summit, and meetings of the committee
that admit, suspend and reinstate. Rolls, counts and readings are what the rules compute; what the
rules compute is compared in the measurement only with itself, so this costs no honesty.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from b40cli.model.day import Moment
from b40cli.model.facts.committee import SEATS
from b40cli.model.facts.decision import decision_of, path_of
from b40cli.model.facts.meeting import meeting_of
from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import law_on
from b40cli.rules.votes.bearing import Ballot
from b40cli.rules.votes.committee_count import Sitting, attendance
from b40cli.rules.votes.committee_facts import roll_of, roll_record, sitting_at
from b40cli.rules.votes.outcome import outcome
from bench.cities import cities, mayors
from bench.surroundings import SOURCE, dispatch, network, proxy, sources, statutes, summit

LAST_YEAR = 2025
FOUNDERS = 40
# The vote that stays open, for measuring what closing it costs.
OPEN = "EC-2026-001"
OPEN_MEETING = "2026-02-10-ec"
# Who presides in the year of that meeting, and who holds a seat by election, whatever the size.
SEATED_CITY = "al-lipovgora"
ELECTED_CITY = "tr-vodogora"
YEARS = ((1_000, 4), (20_000, 20), (1_000_000, 100))


def years_of(size: int) -> int:
    """How many years of history a registry of so many files tells."""
    return next(years for most, years in YEARS if size <= most)


def records(size: int, seed: int = 40) -> dict[str, Any]:
    """Path to plain record (bytes for the statutes): exactly `size` files, the same every time."""
    return told(size, seed).files


def told(size: int, seed: int = 40) -> Story:
    """The story of those records, which can be told on."""
    story = Story(size, Random(seed))
    story.begin()
    begun = len(story.files)
    for n, year in enumerate(range(story.first, LAST_YEAR + 1), 1):
        story.tell(year, begun + (size - begun) * n // years_of(size))
    while len(story.files) < size:
        story.founder(*next(story.names))
    return story


def fits(city: str, holders: list[str]) -> bool:
    """Whether a city can take a seat beside the others: two of a country at most."""
    return city not in holders and [other[:2] for other in holders].count(city[:2]) < 2


class Story:
    """A network's life as its records tell it; `free` are members nothing happens to just now."""

    def __init__(self, size: int, random: Random) -> None:
        self.size = size
        self.random = random
        self.first = LAST_YEAR + 1 - years_of(size)
        self.files: dict[str, Any] = {}
        self.names = cities(random)
        self.founders = [self.founder(*next(self.names)) for _ in range(FOUNDERS)]
        self.free: list[tuple[date, str]] = []
        self.suspended: list[tuple[date, str]] = []
        self.numbers: dict[str, int] = {}
        self.court = Registry(PlainRecords())

    def begin(self) -> None:
        """The statutes, the network, the terms of all years, and one vote that is still open."""
        self.files |= statutes(self.first)
        self.put("network", network(self.first))
        self.put("evidence/sources", {"sources": sources()})
        for year in range(self.first - 1, LAST_YEAR + 3):
            self.put(f"presidencies/{year}", self.presidency(year))
        for year in range(self.first, LAST_YEAR + 2):
            self.put(f"committee/{year}", self.term(year))
            for meeting in summit(year, self.president(year)):
                self.put(f"meetings/{meeting['id']}", meeting)
        self.court = Registry(PlainRecords(self.files))
        self.open_vote()

    def tell(self, year: int, most: int) -> None:
        """The meetings of a year, until there are about so many files."""
        meetings = min(300, 1 + (most - len(self.files)) // 7)
        for n in sorted(self.random.sample(range(320), meetings)):
            if len(self.files) < most:
                self.meet(date(year, 2, 1) + timedelta(n), most)

    def meet(self, day: date, most: int) -> None:
        """One meeting and the decisions it takes."""
        meeting = self.meeting(day)
        self.put(f"meetings/{meeting['id']}", meeting)
        for item in range(1, self.random.randint(3, 6) + 1):
            left = most - len(self.files)
            if left > 0:
                self.decide(meeting, day, item, left)
        meeting["dispatches"] = [dispatch(day, [item["decision"] for item in meeting["agenda"]])]

    def decide(self, meeting: dict[str, Any], day: date, item: int, left: int) -> None:
        """One item of a meeting: what is decided, and its effect on the member's record."""
        chance = self.random.random()
        older = [n for n, (since, _city) in enumerate(self.free[:50]) if since < day]
        if chance < 0.5 and left > 1:
            matter, subject = "admission", self.applicant(day)
        elif chance < 0.65 and older:
            matter, subject = "suspension", self.free.pop(older[0])[1]
        elif chance < 0.8 and self.suspended and self.suspended[0][0] < day:
            matter, subject = "reinstatement", self.suspended.pop(0)[1]
        else:
            matter, subject = "work-programme", None
        decision = self.voted(self.numbered("EC", day.year), matter, subject, meeting, item, day)
        self.put(decision["id"], decision)
        if subject is not None:
            self.effect(decision, subject, day)
        meeting["agenda"].append({"item": item, "kind": matter, "decision": decision["id"]})

    def effect(self, decision: dict[str, Any], city: str, day: date) -> None:
        """What an adopted decision does to the member's record."""
        member = self.files[f"registry/members/{city}.yaml"]
        carried = decision["state"] == "adopted"
        if decision["matter"] == "admission":
            member["application"]["outcome"] = decision["id"]
            if carried:
                self.signed(member, day)
        elif decision["matter"] == "suspension" and carried:
            entry = {"from": str(day), "by": decision["id"]}
            member.setdefault("suspensions", []).append(entry)
            self.suspended.append((day + timedelta(30), city))
        elif carried:
            member["suspensions"][-1] |= {"until": str(day), "lifted_by": decision["id"]}
            self.free.append((day + timedelta(30), city))

    def signed(self, member: dict[str, Any], day: date) -> None:
        """A city that was admitted signs ten days later, and in public at the next summit."""
        member["declaration"] = {
            "signed": str(day + timedelta(10)),
            "place": member["name"],
            "document": self.document(),
        }
        member["ceremony"] = f"{day.year + 1}-01-25-summit"
        self.free.append((day + timedelta(40), member["id"]))

    def voted(
        self,
        name: str,
        matter: str,
        subject: str | None,
        meeting: dict[str, Any],
        item: int,
        day: date,
    ) -> dict[str, Any]:
        """A decision with its roll, ballots, count and readings, as the rules compute them."""
        decision = self.opened(name, matter, subject, meeting, item, day)
        sitting = self.sitting(meeting, day)
        law = law_on(self.court, day)
        voters = sorted(attendance(sitting, law).voters)
        against = self.random.random() < 0.06
        decision["ballots"] = {
            "for": voters[1:] if against else voters,
            "against": voters[:1] if against else [],
            "abstain": [],
            "invalid": [],
        }
        votes = decision_of("", decision).votes
        assert votes is not None
        found = outcome(Ballot(sitting, votes, matter), law)
        decision |= {"state": found.state, "closed": str(day), "edition": law.edition.id}
        return decision | {"count": found.counted.as_record(), "readings": found.readings}

    def opened(
        self,
        name: str,
        matter: str,
        subject: str | None,
        meeting: dict[str, Any],
        item: int,
        day: date,
    ) -> dict[str, Any]:
        """A decision whose vote is open: the roll is frozen."""
        there = attendance(self.sitting(meeting, day), law_on(self.court, day))
        grounds = {"grounds": "Statements against the aims of the network"}
        return {
            "id": name,
            "body": "executive-committee",
            "matter": matter,
            **({"subject": f"members/{subject}"} if subject else {}),
            "title": f"{matter.replace('-', ' ').capitalize()} of {subject or day.year}",
            "meeting": meeting["id"],
            "item": item,
            "proposed": str(day - timedelta(20)),
            "state": "open",
            **(grounds if matter == "suspension" else {}),
            "roll": roll_record(roll_of(there)),
        }

    def sitting(self, meeting: dict[str, Any], day: date) -> Sitting:
        """The facts of a vote in a meeting; nobody in the committee is ever suspended."""
        decoded = meeting_of(f"registry/meetings/{meeting['id']}.yaml", meeting)
        call = decoded.roll_calls[0]
        found = sitting_at(self.court, Moment(day, decoded.id, 1), decoded, call)
        assert isinstance(found, Sitting)
        return found

    def open_vote(self) -> None:
        """Files for the act that is measured: an application, its meeting, its open vote."""
        day = date.fromisoformat(OPEN_MEETING[:10])
        meeting, subject = self.meeting(day), self.applicant(day)
        self.put(f"meetings/{OPEN_MEETING}", meeting)
        decision = self.opened(OPEN, "admission", subject, meeting, 1, day)
        voters = [*decision["roll"]["present"], *decision["roll"]["represented"]]
        decision["ballots"] = {"for": sorted(voters), "against": [], "abstain": [], "invalid": []}
        self.put(OPEN, decision)

    def meeting(self, day: date) -> dict[str, Any]:
        """A meeting of the committee; now and then a member is represented by another."""
        seated = [seat["city"] for seat in self.term(day.year)["seats"]]
        absent = self.random.sample(seated[1:], self.random.choice((0, 0, 0, 1, 1, 2)))
        present = [city for city in seated if city not in absent]
        proxies = [proxy(absent[0], present[-1], day, self.document())] if absent else []
        return {
            "id": f"{day}-ec",
            "kind": "ec",
            "title": "Meeting of the Executive Committee",
            "mode": "online",
            "opens": f"{day}T10:00:00+03:00",
            "closes": f"{day}T12:30:00+03:00",
            "convened": {"by": "president"},
            "chair": seated[0],
            "agenda": [],
            **({"proxies": proxies} if proxies else {}),
            "roll_calls": [{"n": 1, "at": f"{day}T10:05:00+03:00", "present": present}],
            "minutes": self.document(),
        }

    def applicant(self, day: date) -> str:
        """A city whose application came sixty days before; its id."""
        member = self.city(*next(self.names))
        member["application"] = {
            "received": str(day - timedelta(60)),
            "form": self.document(),
            "letter": self.document(),
            "criteria": ["pledge", "aims"],
        }
        self.put(f"members/{member['id']}", member)
        return str(member["id"])

    def founder(self, city: str, name: str) -> str:
        """A member of the opening record; its id."""
        member = self.city(city, name)
        since = {"by": f"{self.first}-01-05"}
        self.put(f"members/{city}", member | {"attested": {"since": since, "source": SOURCE}})
        return city

    def city(self, city: str, name: str) -> dict[str, Any]:
        """What is on record of every city, whatever it is to the network."""
        return {
            "id": city,
            "name": name,
            "country": city[:2].upper(),
            "government": {"kind": "municipality", "elected": {"evidence": self.document()}},
            "population": {
                "count": self.random.randint(20_000, 900_000),
                "year": 2021,
                "source": SOURCE,
            },
            "contact": {"email": f"office@{city}.example", "website": f"https://{city}.example"},
            "mayors": mayors(self.random, LAST_YEAR + 2),
        }

    def term(self, year: int) -> dict[str, Any]:
        """The seven seats of a year: presidencies before, in and after it, and four more.

        The last term runs: nothing has ended it yet.
        """
        holders = [self.president(year + step) for step in (0, -1, 1)]
        others = [self.founders[(3 * year + n) % FOUNDERS] for n in range(FOUNDERS)]
        for city in others:
            if len(holders) < len(SEATS) and fits(city, holders):
                holders.append(city)
        held = {"source": SOURCE, "from": f"{year}-01-{'05' if year == self.first else '25'}"}
        if year <= LAST_YEAR:
            held |= {"until": f"{year + 1}-01-25", "ended_by": f"presidencies/{year + 1}"}
        seats = zip(SEATS, holders, strict=True)
        return {"year": year, "seats": [{"seat": s, "city": city, **held} for s, city in seats]}

    def presidency(self, year: int) -> dict[str, Any]:
        """The presidency of a year; one still to come has no beginning yet."""
        city = self.president(year)
        if year > LAST_YEAR + 1:
            return {"year": year, "city": city}
        day = f"{year}-01-{'05' if year == self.first else '25'}"
        return {"year": year, "city": city, "attested": {"since": day, "source": SOURCE}}

    def president(self, year: int) -> str:
        """The city that presides in a year; never the same twice within a generation."""
        return self.founders[7 * year % FOUNDERS]

    def numbered(self, series: str, year: int) -> str:
        """The next id of a series in a year."""
        key = f"{series}-{year}"
        self.numbers[key] = self.numbers.get(key, 0) + 1
        return f"{key}-{self.numbers[key]:03}"

    def document(self) -> dict[str, str]:
        """A document that stays outside."""
        return {"sha256": self.random.randbytes(32).hex()}

    def put(self, name: str, record: dict[str, Any]) -> None:
        """File a record under its name."""
        path = path_of(name) if name[:3] == "EC-" else f"registry/{name}.yaml"
        self.files[path] = record
