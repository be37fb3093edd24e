"""Who is a member on a day, who votes, and who has a voice (Art. 6, 8, 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.day import Moment
from b40cli.model.wording import reported
from b40cli.rules.case.law import law_or_none
from b40cli.rules.facts.observing import observers_on
from b40cli.rules.facts.standing import membership_at

if TYPE_CHECKING:
    from b40cli.model.answer import Beside
    from b40cli.model.results.members import MemberRow
    from b40cli.model.results.rolls import RollShown


def roll(view: View) -> Answer[RollShown]:
    """The roll of members on a day; not complete where the list of members is not whole."""
    moment, law = Moment(view.on), view.told_by
    members, without_vote = membership_at(view.registry, moment, law)
    listed = [m.id for m in view.registry.members() if m.id in members]
    complete = view.network.whole("members", view.on)
    result: RollShown = {
        "on": str(view.on),
        "complete": complete,
        "reported": view.network.reported_on(view.on),
        "members": listed,
        "voting": [city for city in listed if city not in without_vote],
        "suspended": [city for city in listed if city in without_vote],
        "observers": list(observers_on(view.registry, view.on)),
    }
    told = answer(view, "roll", result)
    beside: Beside = {
        **told.beside,
        "rows": lambda: _rows(view),
        "more": lambda: _assembly_of(view, result),
    }
    return told._replace(beside=beside)


def _rows(view: View) -> list[MemberRow]:
    """Who heads each city; asked for only where it is shown."""
    from b40cli.acts.reads.lists import members

    return members(view, None, None, mandates=True).result["members"]


def _assembly_of(view: View, result: RollShown) -> str:
    if not result["complete"]:
        return f"; {reported(result['reported'])}"
    law = law_or_none(view.registry, view.on)
    if law is None:
        return ""
    need = law.share("assembly-quorum").least_of(len(result["members"]))
    return f"; quorum of an Assembly: {need}"
