"""The arithmetic of a General Assembly vote under one set of readings (Art. 8, 9, 10, 13).

Integers and sets only; where the text is open the reading is an argument.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from b40cli.model.facts.decision import Votes
from b40cli.rules.case.law import Law
from b40cli.rules.votes.committee_count import Count, Majority, PaperProxy, Quorum

ABSOLUTE = {
    "presidency": "presidency-majority",
    "agenda": "agenda-majority",
    "activity-report": "activity-report-majority",
    "removal": "removal-majority",
}
# The open points that bear on who attends and who votes; the others bear on what is counted.
THERE = ("INT-13", "INT-18", "INT-27", "INT-39")
TWO_THIRDS = {"amendment": "amendment-majority", "dissolution": "dissolution-majority"}


class Assembly(NamedTuple):
    """The facts of one vote in the General Assembly, before any reading is applied.

    `members` are all at the vote, suspended and leaving ones included; `first` answered the first
    roll call, `present` the one the vote was opened on. What begins with `first_` stood at the
    first roll call, before any decision of the meeting; None: the same as at the vote. `meanwhile`
    were suspended between the two, also where that is lifted by now. `outside` says that it met on
    another occasion than an Annual Summit (INT-31).
    """

    members: frozenset[str]
    suspended: frozenset[str]
    first: frozenset[str]
    present: frozenset[str]
    proxies: tuple[PaperProxy, ...] = ()
    concerned: str | None = None
    first_proxies: tuple[PaperProxy, ...] | None = None
    first_members: frozenset[str] | None = None
    first_suspended: frozenset[str] | None = None
    meanwhile: frozenset[str] = frozenset()
    outside: bool = False

    def at_first(self) -> Assembly:
        """The same Assembly as it was when the roll was first called."""
        proxies, members, suspended = self.first_proxies, self.first_members, self.first_suspended
        return self._replace(
            present=self.first,
            proxies=self.proxies if proxies is None else proxies,
            members=self.members if members is None else members,
            suspended=self.suspended if suspended is None else suspended,
        )


class CountedRoll(NamedTuple):
    """Who counts in the Assembly, once the readings are applied.

    `counted` are present or represented, each once.
    """

    attending: frozenset[str]
    represented: Mapping[str, str]
    counted: frozenset[str]
    entitled: frozenset[str]
    voters: frozenset[str]

    @property
    def president(self) -> str | None:
        """Nobody: the President has no second vote in the Assembly."""
        return None


def session(assembly: Assembly, law: Law) -> CountedRoll:
    """Who is there and votes, at the roll call the vote was opened on."""
    return _session(assembly, tuple(map(law.reading, THERE)), law.number("proxies-per-holder"))


@lru_cache(maxsize=256)
def _session(assembly: Assembly, read: tuple[str, ...], most: int) -> CountedRoll:
    """A vote is counted under two dozen readings, most of which leave who is there as it is."""
    int_13, *of_proxies = read
    standing = assembly.members - assembly.suspended
    attending = standing & assembly.present
    represented = _represented(assembly.proxies, of_proxies, most, standing, attending)
    entitled = standing - _silenced(assembly, int_13)
    counted = attending | frozenset(represented)
    return CountedRoll(attending, represented, counted, entitled, entitled & counted)


def _silenced(assembly: Assembly, int_13: str) -> frozenset[str]:
    """The member concerned, where it gives no vote (INT-13)."""
    if assembly.concerned is None or int_13 != "no":
        return frozenset()
    return frozenset({assembly.concerned})


def _represented(
    proxies: tuple[PaperProxy, ...],
    read: Sequence[str],
    most: int,
    standing: frozenset[str],
    attending: frozenset[str],
) -> dict[str, str]:
    """Principal to holder: the holder is there in person and has stood for no other (Art. 8)."""
    represented: dict[str, str] = {}
    stood: dict[str, int] = {}
    timing, way, ended = read
    proof, absent = f"{timing}/{way}", standing - attending
    for proxy in proxies:
        sound = proof in proxy.proven and proxy.given_after(ended) < most
        sound = sound and proxy.principal in absent
        free = proxy.holder in attending and stood.get(proxy.holder, 0) < most
        if sound and free and proxy.principal not in represented:
            represented[proxy.principal] = proxy.holder
            stood[proxy.holder] = stood.get(proxy.holder, 0) + 1
    return represented


def quorum(assembly: Assembly, law: Law) -> Quorum:
    """Two thirds of the members present or represented at the first roll call (Art. 10, INT-02).

    Where the Assembly meets at the Annual Summit only, nobody counts who meets elsewhere (INT-31).
    """
    then = assembly.at_first()
    out = frozenset() if law.reading("INT-02") == "in-both" else then.suspended
    base = len(then.members - out)
    counted = 0 if no_assembly(assembly, law) else len(session(then, law).counted)
    return Quorum(base, law.share("assembly-quorum").least_of(base), counted)


def no_assembly(assembly: Assembly, law: Law) -> bool:
    """Whether those who meet decide nothing, however many: it is no Annual Summit (INT-31)."""
    return assembly.outside and law.reading("INT-31") == "none"


def count(assembly: Assembly, votes: Votes, matter: str, law: Law) -> Count:
    """The count of a vote for and against; elections are counted in rules/votes/election.py."""
    there = session(assembly, law)
    return Count(quorum(assembly, law), majority(assembly, there, votes, matter, law))


def majority(
    assembly: Assembly, there: CountedRoll, votes: Votes, matter: str, law: Law
) -> Majority:
    """What carries the matter, never typed in: the text names it, or INT-17 reads it."""
    cast_for, against = votes.heard(there.voters)
    if matter in TWO_THIRDS:
        base = all_members(assembly, law)
        return Majority("two-thirds", base, law.share(TWO_THIRDS[matter]).least_of(base), cast_for)
    kind = absolute_of(matter, law)
    base = majority_base(assembly, there, kind, law, cast_for + against)
    return Majority(kind, base, law.share("absolute-majority").more_than_of(base), cast_for)


def absolute_of(matter: str, law: Law) -> str:
    """`absolute` where the text asks for it or INT-17 reads it so, else `votes-cast`."""
    named = matter in ABSOLUTE or law.reading("INT-17") == "absolute-majority"
    return "absolute" if named else "votes-cast"


def majority_base(assembly: Assembly, there: CountedRoll, kind: str, law: Law, cast: int) -> int:
    """Of whom an absolute majority is counted (INT-01)."""
    reading = law.reading("INT-01") if kind == "absolute" else "votes-cast"
    if reading == "all-members":
        return all_members(assembly, law)
    if reading == "present-at-first-roll-call":
        return len(session(assembly.at_first(), law).voters)
    return len(there.voters) if reading == "present-or-represented" else cast


def all_members(assembly: Assembly, law: Law) -> int:
    """`All members`: with the suspended ones unless INT-02 leaves them out, less who is silent."""
    out = assembly.suspended if law.reading("INT-02") == "out-of-both" else frozenset()
    return len(assembly.members - out - _silenced(assembly, law.reading("INT-13")))
