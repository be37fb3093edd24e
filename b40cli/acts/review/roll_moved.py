"""How the roll moves between two states of the register: standings, votes, quorum, majorities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.opened.view import View
from b40cli.model.day import Moment
from b40cli.model.facts.member import Member
from b40cli.model.state.kept import remembered
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import law_on
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.facts.memberships import membership_begins
from b40cli.rules.facts.standing import MEMBERS, standing_of
from b40cli.rules.facts.suspensions import is_suspended, running_suspension
from b40cli.rules.votes import assembly_count
from b40cli.rules.votes.assembly_facts import assembly_at
from b40cli.rules.votes.committee_count import attendance
from b40cli.rules.votes.committee_count import quorum as committee_quorum
from b40cli.rules.votes.committee_facts import sitting_at

if TYPE_CHECKING:
    from b40cli.model.results.reviews import MemberMoved, Numbers, Pair

NOT_ON_RECORD = "not on record"
VOTES = {"lost": "It loses its vote.", "gained": "It gains a vote."}


class Stand(NamedTuple):
    """What a city is to the network on a day."""

    standing: str
    suspended: bool

    @property
    def votes(self) -> bool:
        """Whether it has a vote."""
        return self.standing in MEMBERS and not self.suspended


NOBODY = Stand(NOT_ON_RECORD, False)
Stands = Mapping[str, Stand]


@remembered
def stands_on(registry: Registry, day: date) -> Stands:
    """Every local government's standing on a day, by id."""
    moment, law = Moment(day), law_on(registry, day)
    return {
        m.id: Stand(standing_of(registry, m, moment, law), is_suspended(registry, m.id, moment))
        for m in registry.members()
    }


def members_moved(before: View, after: View, days: tuple[date, ...]) -> Iterator[MemberMoved]:
    """One change for each city whose standing or vote is another, on the first day it is so."""
    told: set[tuple[str, Stand, Stand]] = set()
    for day in days:
        was, now = stands_on(before.registry, day), stands_on(after.registry, day)
        for city in sorted(was.keys() | now.keys()):
            one, other = _known(was.get(city)), _known(now.get(city))
            if one != other and (city, one, other) not in told:
                told.add((city, one, other))
                yield _change(before, after, city, one, other, day)


def _known(stand: Stand | None) -> Stand:
    return NOBODY if stand is None or stand.standing == "unknown" else stand


def _change(before: View, after: View, city: str, was: Stand, now: Stand, day: date) -> MemberMoved:
    member = after.registry.member(city) or before.registry.member(city)
    assert member is not None
    vote = None if was.votes == now.votes else "gained" if now.votes else "lost"
    later = f"From {day}: " if day > after.on else ""
    said = [*_standing_told(after.registry, member, was, now, day)]
    said += _suspension_told(after.registry, member, was, now, day)
    said += [VOTES[vote]] if vote else []
    return {
        "city": city,
        "on": str(day),
        "before": {"standing": was.standing, "suspended": was.suspended},
        "after": {"standing": now.standing, "suspended": now.suspended},
        "vote": vote,
        "says": later + " ".join(said),
    }


def name_and_id(member: Member) -> str:
    """A city as a reader knows it, with its id."""
    return f"{member.name} ({member.id})"


def _standing_told(
    registry: Registry, member: Member, was: Stand, now: Stand, day: date
) -> Iterator[str]:
    who = name_and_id(member)
    if was.standing == now.standing:
        return
    if now.standing == NOT_ON_RECORD:
        yield f"{who} is not on record any more (before: {was.standing})."
        return
    yield _SAID[now.standing](registry, member, was, day).format(who=who)


def _applied(_registry: Registry, member: Member, _was: Stand, _day: date) -> str:
    received = member.application.received if member.application else None
    return f"{{who}} applied for membership on {received}."


def _admitted(_registry: Registry, member: Member, _was: Stand, _day: date) -> str:
    by = f" by {member.application.outcome}" if member.application else ""
    return f"{{who}} is admitted{by}; it is a member once it has signed the Declaration."


def _joined(registry: Registry, member: Member, was: Stand, day: date) -> str:
    if was.standing in MEMBERS:
        return "{who} does not leave: its notice is not on record any more."
    if member.attested is not None:
        return f"{{who}} is on record as a member ({member.attested.start}; attested, not judged)."
    begun = membership_begins(registry, member, law_on(registry, day), day)
    return f"{{who}} joins the network: it is a member since {begun}."


def _declined(_registry: Registry, member: Member, _was: Stand, _day: date) -> str:
    by = f" by {member.application.outcome}" if member.application else ""
    return f"The application of {{who}} is rejected{by}."


def _withdrawn(_registry: Registry, _member: Member, _was: Stand, _day: date) -> str:
    return "The application of {who} is withdrawn."


def _leaving(_registry: Registry, member: Member, was: Stand, _day: date) -> str:
    received = member.withdrawal.received if member.withdrawal else None
    year = f"31 December {received.year}" if received else "the end of the year"
    joins = "" if was.standing in MEMBERS else " It is on record as a member."
    return f"{{who}} gave notice of leaving on {received}; it stays a member until {year}.{joins}"


def _left(_registry: Registry, _member: Member, _was: Stand, _day: date) -> str:
    return "{who} has left the network."


def _removed(_registry: Registry, member: Member, _was: Stand, _day: date) -> str:
    by = f" by {member.removal}" if member.removal else ", its admission being annulled"
    return f"{{who}} is removed from the network{by}."


_SAID = {
    "applicant": _applied,
    "admitted": _admitted,
    "member": _joined,
    "declined": _declined,
    "withdrawn": _withdrawn,
    "leaving": _leaving,
    "left": _left,
    "removed": _removed,
}


def _suspension_told(
    registry: Registry, member: Member, was: Stand, now: Stand, day: date
) -> Iterator[str]:
    if was.suspended == now.suspended:
        return
    if now.suspended:
        running = running_suspension(registry, member.id, Moment(day))
        by = f" since {running.start} by {running.by}" if running else ""
        yield f"{name_and_id(member)} is suspended{by}."
        return
    lifted = [s.lifted_by for s in member.suspensions if s.lifted_by and s.until]
    yield f"{name_and_id(member)} is reinstated{f' by {lifted[-1]}' if lifted else ''}."


def numbers_moved(before: View, after: View, day: date) -> Numbers:
    """Roll, quorum and majorities of both bodies on a day, as [before, after]."""
    was, now = _assembly(before.registry, day), _assembly(after.registry, day)
    one, other = _committee(before.registry, day), _committee(after.registry, day)
    return {
        "on": str(day),
        "assembly": {
            "members": [was.members, now.members],
            "voters": [was.voters, now.voters],
            "quorum": [was.quorum, now.quorum],
            "absolute_majority": [was.absolute_majority, now.absolute_majority],
            "two_thirds": [was.two_thirds, now.two_thirds],
        },
        "committee": {"seats": [one.seats, other.seats], "quorum": [one.quorum, other.quorum]},
    }


def moves(numbers: Numbers) -> bool:
    """Whether any number is another than before."""
    return any(was != now for was, now in _pairs(numbers))


def differences(numbers: Numbers) -> list[int | None]:
    """By how much each number moves: a day that moves them no further is not told again."""
    return [None if was is None or now is None else now - was for was, now in _pairs(numbers)]


def _pairs(numbers: Numbers) -> Iterator[Pair]:
    assembly, committee = numbers["assembly"], numbers["committee"]
    yield from (assembly["members"], assembly["voters"], assembly["quorum"])
    yield from (assembly["absolute_majority"], assembly["two_thirds"])
    yield from (committee["seats"], committee["quorum"])


class AssemblyIn(NamedTuple):
    """The Assembly in numbers; None is what cannot be computed."""

    members: int
    voters: int
    quorum: int | None = None
    absolute_majority: int | None = None
    two_thirds: int | None = None


class CommitteeIn(NamedTuple):
    """The committee in numbers; None where not every seat is known."""

    seats: int | None = None
    quorum: int | None = None


def _assembly(registry: Registry, day: date) -> AssemblyIn:
    """What an incomplete list, or a majority of who comes, leaves unknown stays None."""
    stands = stands_on(registry, day).values()
    numbers = AssemblyIn(sum(s.standing in MEMBERS for s in stands), sum(s.votes for s in stands))
    law = law_on(registry, day)
    facts = assembly_at(registry, Moment(day), None, None, law)
    if isinstance(facts, Undetermined):
        return numbers
    everybody = assembly_count.all_members(facts, law)
    absolute = law.share("absolute-majority").more_than_of(everybody)
    of_all = law.reading("INT-01") == "all-members"
    return numbers._replace(
        quorum=assembly_count.quorum(facts, law).required,
        two_thirds=law.share("amendment-majority").least_of(everybody),
        absolute_majority=absolute if of_all else None,
    )


def _committee(registry: Registry, day: date) -> CommitteeIn:
    sitting = sitting_at(registry, Moment(day), None, None)
    if isinstance(sitting, Undetermined):
        return CommitteeIn()
    law = law_on(registry, day)
    there = attendance(sitting, law)
    return CommitteeIn(len(sitting.seats), committee_quorum(there, law).required)
