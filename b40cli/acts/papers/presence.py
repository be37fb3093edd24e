"""Who could come to a meeting of a body, who came, who was represented, whether they sufficed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from b40cli.acts.opened.view import View
from b40cli.acts.papers.wording import in_words
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.case.law import law_or_none
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.votes.assembly_count import Assembly, CountedRoll, no_assembly, session
from b40cli.rules.votes.assembly_facts import facts_at
from b40cli.rules.votes.committee_count import Attendance, attendance
from b40cli.rules.votes.outcome import quorum_of


class Presence(NamedTuple):
    """The roll of a meeting at its first roll call; `seats` for the committee, by city.

    `elsewhere`: it is no Assembly that met, outside the Annual Summit (INT-31).
    """

    entitled: frozenset[str]
    present: frozenset[str]
    represented: Mapping[str, str]
    base: int
    required: int
    share: str
    seats: Mapping[str, str]
    elsewhere: bool = False

    @property
    def met(self) -> bool:
        """Whether it could decide."""
        return self.counted >= self.required and self.base > 0 and not self.elsewhere

    @property
    def counted(self) -> int:
        """Present or represented, each once."""
        return len(self.present | self.represented.keys())

    @property
    def absent(self) -> frozenset[str]:
        """Those with a vote who were neither present nor represented."""
        return self.entitled - self.present - self.represented.keys()


def presence(view: View, meeting: Meeting) -> Presence | None:
    """The roll of an Assembly or a committee meeting; None where a list it needs is not whole."""
    law = law_or_none(view.registry, meeting.day)
    if law is None or meeting.kind not in ("ga", "ec"):
        return None
    facts = facts_at(view.registry, meeting, meeting.first_roll_call, law)
    if isinstance(facts, Undetermined):
        return None
    there: CountedRoll | Attendance
    seats: Mapping[str, str]
    if isinstance(facts, Assembly):
        there, seats, elsewhere = session(facts.at_first(), law), {}, no_assembly(facts, law)
        share = f"{in_words(law.share('assembly-quorum'))}, Article 10"
    else:
        there = attendance(facts, law)
        seats, elsewhere = there.seated, False
        share = f"more than {in_words(law.share('committee-quorum'))}, Article 13"
    enough = quorum_of(facts, law)
    came = (there.entitled, there.attending, there.represented)
    return Presence(*came, enough.base, enough.required, share, seats, elsewhere)
