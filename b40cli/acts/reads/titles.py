"""What is owed, and by whom, in the words people use; ids and keys stay beside them."""

from __future__ import annotations

from collections.abc import Iterable

from b40cli.acts.opened.named import OFFICES, called_by
from b40cli.model.facts.duty import Duty
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry
from b40cli.model.wording import begun, counted, meeting_called
from b40cli.rules.duties.duty import LEADER
from b40cli.rules.facts.presiding import presidency_of_day
from b40cli.rules.facts.running_on import leader_on

TITLES = {
    "annual-summit-lasts": "length of the Summit",
    "assembly-once-a-year": "General Assembly",
    "capital-priority": "priority of capitals",
    "committee-at-summit": "Executive Committee at the Summit",
    "english": "working language",
    "leader-hosts": "hosted by its leader",
    "leader-priority": "cities of leaders first",
    "mass-resignation-announced": "all members told of the resignation",
    "membership-dossier": "dossiers of members",
    "members-informed": "members informed",
    "minutes-filed": "minutes",
    "one-face-to-face": "meeting in person",
    "participation-rules-announced": "rules of participation",
    "president-chairs": "President in the chair",
    "programme-approved": "programme",
    "signing-ceremony": "signing ceremony",
    "summit-host": "host of the Summit",
    "summit-in-january": "Summit in January",
    "summit-name": "name of the Summit",
    "summit-once-a-year": "Annual Summit",
    "three-meetings-a-year": "three meetings",
    "youth-summit-once-a-year": "Youth Summit",
}

YOUTH_SUMMIT = "youth-summit-once-a-year"


def title_of(registry: Registry, duty: Duty) -> str:
    """What is owed: `Local Climate Action: work programme of 2026`."""
    said = _counted(duty) or TITLES.get(duty.rule, duty.rule.replace("-", " "))
    about = ref_of(duty.subject) if duty.subject else None
    if duty.of.isdecimal():
        name = (
            called_by(registry)(about.id) if about and about.kind in ("groups", "members") else ""
        )
        # The day beside it says the year already.
        of_its_year = name and duty.due and duty.due.year == int(duty.of)
        whole = said if of_its_year else f"{said} of {duty.of}"
        if duty.rule == YOUTH_SUMMIT and duty.due and duty.state in ("due", "overdue"):
            host = presidency_of_day(registry, duty.due).city
            whole += f", in {called_by(registry)(host)}" if host else ""
        return f"{name}: {whole}" if name else begun(whole)
    meeting, decision = registry.meeting(duty.of), registry.decision(duty.of)
    title = meeting.title if meeting else decision.title if decision else None
    called = title or meeting_called(duty.of, called_by(registry)) or duty.of
    return f"{called}: {said}"


def _counted(duty: Duty) -> str:
    """Of the meetings of a group's year how many were held; empty where it has been enough."""
    if duty.state not in ("due", "overdue") or "asked" not in duty.facts:
        return ""
    held, asked = duty.facts["held"], duty.facts["asked"]
    where = " in person" if duty.rule == "one-face-to-face" else ""
    return f"{held} of {counted(asked, 'meeting')}{where}" if held or not where else f"none{where}"


def sources_told(registry: Registry, keys: Iterable[str]) -> list[str]:
    """What each source is, in words, once; its key where nothing is on record."""
    known = registry.sources()
    return [str(known.get(key, {}).get("what", key)) for key in dict.fromkeys(keys)]


def owner_of(registry: Registry, duty: Duty) -> str:
    """Who owes it: an office, or a group's leader by name."""
    group = registry.group_in(ref_of(duty.subject).path) if duty.subject else None
    leader = leader_on(registry, group, duty.due) if group and duty.due else None
    if duty.owner == LEADER and leader is not None:
        return f"its leader, {called_by(registry)(leader.city)}"
    return OFFICES.get(duty.owner, duty.owner)
