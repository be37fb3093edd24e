"""Who could come to a meeting of a body, who came, who was represented, whether they sufficed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from b40cli.acts.opened.view import View
from b40cli.acts.papers.wording import in_words
from b40cli.model.day import Moment
from b40cli.model.facts.meeting import Meeting
from b40cli.rules.case.law import Law, law_or_none
from b40cli.rules.case.rule import Undetermined
from b40cli.rules.votes import assembly_count
from b40cli.rules.votes.assembly_count import no_assembly, session
from b40cli.rules.votes.assembly_facts import assembly_at
from b40cli.rules.votes.committee_count import attendance, quorum
from b40cli.rules.votes.committee_facts import sitting_at


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
    if meeting.kind == "ga":
        return _assembly(view, meeting, law)
    return _committee(view, meeting, law)


def _assembly(view: View, meeting: Meeting, law: Law) -> Presence | None:
    call, opening = meeting.first_roll_call, Moment(meeting.day, meeting.id, 0)
    facts = assembly_at(view.registry, opening, meeting, call, law)
    if isinstance(facts, Undetermined):
        return None
    share = f"{in_words(law.share('assembly-quorum'))}, Article 10"
    roll, enough = session(facts.at_first(), law), assembly_count.quorum(facts, law)
    there = (roll.entitled, roll.attending, roll.represented)
    return Presence(*there, enough.base, enough.required, share, {}, no_assembly(facts, law))


def _committee(view: View, meeting: Meeting, law: Law) -> Presence | None:
    call, opening = meeting.first_roll_call, Moment(meeting.day, meeting.id, 0)
    sitting = sitting_at(view.registry, opening, meeting, call)
    if isinstance(sitting, Undetermined):
        return None
    share = f"more than {in_words(law.share('committee-quorum'))}, Article 13"
    roll = attendance(sitting, law)
    enough = quorum(roll, law)
    there = (roll.entitled, roll.attending, roll.represented)
    return Presence(*there, enough.base, enough.required, share, roll.seated)
