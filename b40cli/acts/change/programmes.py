"""What an adopted work programme does to the record of its group (Art. 14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from b40cli.model.edit import Append, Edit, Put
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.group import Group
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry


def approved(registry: Registry, decision: Decision, day: date) -> list[Edit]:
    """What an adopted work programme does: the group's programme names the decision."""
    group = registry.group_in(ref_of(decision.subject or "").path)
    if group is None:
        return []
    for n in reversed(range(len(group.programmes))):
        programme = group.programmes[n]
        if programme.approved is None and decision.term in (None, programme.year):
            return [Put(group.path, ("programmes", n, "approved"), decision.id)]
    entry = {**_last_version(registry, group, decision.term or day.year), "approved": decision.id}
    return [Append(group.path, ("programmes",), entry)]


def _last_version(registry: Registry, group: Group, year: int) -> dict[str, Any]:
    """The programme of a year as it was approved before, where that approval was annulled."""
    listed = registry.content(group.path).get("programmes", ())
    same = [dict(each) for each in listed if each["year"] == year]
    void = same and approval_annulled(registry, same[-1].get("approved"))
    return same[-1] if void else {"year": year}


def approval_annulled(registry: Registry, approval: str | None) -> bool:
    """Whether a programme names an approval that was annulled: it is as if only submitted."""
    return approval in registry.annulments()
