"""The arithmetic of an Executive Committee vote under one set of readings (Art. 5, 13).

Everything here is integers and sets; where the text is open the reading is an argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from b40cli.model.facts.committee import EX_OFFICIO, SEATS
from b40cli.model.facts.decision import Votes
from b40cli.model.share import HALF
from b40cli.rules.case.law import Law

Readings = Mapping[str, str]
# Who holds which seat, in the order of the seats; a city may hold two.
HeldSeats = tuple[tuple[str, str], ...]
# The open points that bear on who attends and who votes; the others bear on what is counted.
ATTENDING = ("INT-13", "INT-20", "INT-21", "INT-24", "INT-25", "INT-26", "INT-35")

FILED = frozenset({"filed"})

# What a proxy that ended before the meeting opened is to its holder (INT-39).
ENDED_BEFORE = ("never-represented", "holder-stays-bound")


class PaperProxy(NamedTuple):
    """A proxy whose papers are judged.

    `proven` says under which readings of INT-18 and INT-27 the proof suffices (Art. 8); in the
    committee it was filed, or not (Art. 13). `after` says, for each reading of INT-39, how many
    other members its holder was given the proxy of before.
    """

    principal: str
    holder: str
    proven: frozenset[str]
    after: tuple[int, ...] = (0,) * len(ENDED_BEFORE)

    def given_after(self, reading: str) -> int:
        """How many others its holder was bound to before, as INT-39 is read."""
        return self.after[ENDED_BEFORE.index(reading)]


class Sitting(NamedTuple):
    """The facts of one vote in the committee, before any reading is applied."""

    seats: HeldSeats
    present: frozenset[str]
    proxies: tuple[PaperProxy, ...] = ()
    suspended: frozenset[str] = frozenset()
    leaving: frozenset[str] = frozenset()
    new_mayor: frozenset[str] = frozenset()
    designees: frozenset[str] = frozenset()
    concerned: str | None = None


class Attendance(NamedTuple):
    """Who counts, once the readings are applied.

    `counted` are present or represented, each once; `president` is the city in that seat.
    """

    seated: Mapping[str, str]
    vacant: bool
    attending: frozenset[str]
    represented: Mapping[str, str]
    counted: frozenset[str]
    entitled: frozenset[str]
    voters: frozenset[str]
    silenced: frozenset[str]
    president: str | None


class Quorum(NamedTuple):
    """A majority of the committee attends or is represented."""

    base: int
    required: int
    counted: int

    @property
    def met(self) -> bool:
        """Whether enough are counted; a committee of nobody has no quorum."""
        return self.base > 0 and self.counted >= self.required


class Majority(NamedTuple):
    """What carries: so many votes for, of so many."""

    kind: str
    base: int
    required: int
    votes_for: int
    casting: str | None = None

    @property
    def carried(self) -> bool:
        """A base of zero never carries; a casting vote decides a tie."""
        return self.base > 0 and (self.votes_for >= self.required or self.casting == "for")


class Count(NamedTuple):
    """The whole arithmetic of a vote and what it comes to."""

    quorum: Quorum
    majority: Majority

    @property
    def state(self) -> str:
        """adopted, rejected, or invalid for want of a quorum."""
        if not self.quorum.met:
            return "invalid"
        return "adopted" if self.majority.carried else "rejected"

    def as_record(self) -> dict[str, Any]:
        """The `count` block of a decision's record."""
        quorum, majority = self.quorum, self.majority
        return {
            "quorum": {"required": quorum.required, "counted": quorum.counted, "met": quorum.met},
            "majority": {
                "kind": majority.kind,
                "base": majority.base,
                "required": majority.required,
                "for": majority.votes_for,
                "casting": majority.casting,
            },
        }


def attendance(sitting: Sitting, law: Law) -> Attendance:
    """Who sits, who is there, who is represented and who votes, under the law's readings."""
    taken = tuple(map(law.reading, ATTENDING))
    return _attendance(sitting, taken, law.number("committee-proxies-per-holder"))


@lru_cache(maxsize=256)
def _attendance(sitting: Sitting, taken: tuple[str, ...], most_proxies: int) -> Attendance:
    """A vote is counted under a dozen readings, most of which leave the attendance as it is."""
    readings = dict(zip(ATTENDING, taken, strict=True))
    seated = _seated(sitting, readings)
    mute = sitting.suspended if readings["INT-25"] != "kept" else frozenset()
    barred = sitting.designees if readings["INT-26"] == "no" else frozenset()
    attending = (sitting.present & seated.keys()) - mute - barred
    represented = _represented(sitting, most_proxies, frozenset(seated) - mute, attending)
    silenced = _silenced(sitting, readings)
    entitled = frozenset(seated) - mute - silenced - _without_vote(seated, readings)
    counted = attending | frozenset(represented)
    vacant = _held(sitting, seated, readings) < len(SEATS)
    president = next((city for city, seat in seated.items() if seat == "president"), None)
    there = attending, represented, counted, entitled, entitled & counted, silenced
    return Attendance(seated, vacant, *there, president)


def _held(sitting: Sitting, seated: Mapping[str, str], readings: Readings) -> int:
    """How many of the seven seats have a holder; a city may hold two of them (INT-35)."""
    if readings["INT-35"] == "holds-both":
        return sum(city in seated for _seat, city in sitting.seats)
    return len(seated)


def _seated(sitting: Sitting, readings: Readings) -> dict[str, str]:
    """City to seat, each city once: an ex-officio seat prevails over an elected one (INT-35)."""
    seated: dict[str, str] = {}
    for seat, city in sorted(sitting.seats, key=lambda pair: SEATS.index(pair[0])):
        seated.setdefault(city, seat)
    gone: frozenset[str] = frozenset()
    if readings["INT-25"] == "vacant":
        gone |= sitting.suspended
    if readings["INT-21"] == "no":
        gone |= sitting.leaving
    if readings["INT-24"] == "mayor":
        gone |= sitting.new_mayor
    return {city: seat for city, seat in seated.items() if city not in gone}


def _represented(
    sitting: Sitting, most: int, may: frozenset[str], attending: frozenset[str]
) -> dict[str, str]:
    """Principal to holder: the holder is there in person, stands for one only, and no chains."""
    represented: dict[str, str] = {}
    for proxy in sitting.proxies:
        sound = bool(proxy.proven) and proxy.principal in may - attending
        held = list(represented.values()).count(proxy.holder)
        free = proxy.holder in attending and held < most
        if sound and free and proxy.principal not in represented:
            represented[proxy.principal] = proxy.holder
    return represented


def _without_vote(seated: Mapping[str, str], readings: Readings) -> frozenset[str]:
    """The seats that have no vote of their own; the President's casting vote stays (INT-20)."""
    if readings["INT-20"] != "no-but-casting":
        return frozenset()
    return frozenset(city for city, seat in seated.items() if seat in EX_OFFICIO)


def _silenced(sitting: Sitting, readings: Readings) -> frozenset[str]:
    """The member concerned, where it gives no vote at all, a casting vote neither (INT-13)."""
    if sitting.concerned is None or readings["INT-13"] != "no":
        return frozenset()
    return frozenset({sitting.concerned})


def quorum(there: Attendance, law: Law) -> Quorum:
    """More than half of the seats, filled or all seven (INT-04)."""
    base = len(SEATS) if law.readings["INT-04"] == "seven-seats" else len(there.seated)
    return Quorum(base, law.share("committee-quorum").more_than_of(base), len(there.counted))


def count(sitting: Sitting, votes: Votes, matter: str, law: Law) -> Count:
    """The count of a vote under one set of readings, the law's."""
    there = attendance(sitting, law)
    return Count(quorum(there, law), majority(there, votes, matter, law.readings))


def majority(there: Attendance, votes: Votes, matter: str, readings: Readings) -> Majority:
    """What carries the matter, and how many votes there are for it (INT-03, INT-05)."""
    votes_for, against = votes.heard(there.voters)
    unanimity = readings["INT-03"] if matter == "admission" else "simple-majority"
    if unanimity != "simple-majority":
        base = _unanimity_base(there, votes_for + against, unanimity)
        return Majority("unanimity", base, base, votes_for, None)
    exceeded = readings["INT-05"] == "half-of-participants-exceeded"
    base = len(there.voters) if exceeded else votes_for + against
    casting = _casting(there, votes, readings) if votes_for == against > 0 else None
    return Majority("simple", base, HALF.more_than_of(base), votes_for, casting)


def _unanimity_base(there: Attendance, given: int, reading: str) -> int:
    if reading == "unanimity-of-participants":
        return len(there.voters)
    if reading == "unanimity-of-votes-cast":
        return given
    return len(there.entitled)


def decides_ties(there: Attendance, readings: Readings) -> bool:
    """Whether a tie is one the President decides, there or through another (INT-06, INT-22)."""
    absent = len(there.seated) > len(there.counted)
    reading = readings["INT-06"]
    due = absent or reading == "any-tie" or (there.vacant and reading == "a-seat-absent-or-vacant")
    president = there.president
    spoken_for = president in there.represented and readings["INT-22"] == "holder-casts-it"
    heard = president in there.attending or spoken_for
    return due and heard and president not in there.silenced


def _casting(there: Attendance, votes: Votes, readings: Readings) -> str | None:
    if not decides_ties(there, readings):
        return None
    president = there.president
    if votes.tally is not None:
        return votes.casting
    return next((side for side in ("for", "against") if president in votes.of(side)), None)
