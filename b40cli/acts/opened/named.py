"""Who is asked for by an id: a member, a decision, a meeting, a group, an observer; else exit 2."""

from __future__ import annotations

from b40cli.model.decision import Decision
from b40cli.model.errors import UsageError
from b40cli.model.group import Group
from b40cli.model.meeting import Meeting
from b40cli.model.member import Member
from b40cli.model.observer import Observer
from b40cli.model.registry import Registry


def meeting_named(registry: Registry, name: str) -> Meeting:
    """The meeting of that id; UsageError where there is none."""
    meeting = registry.meeting(name)
    if meeting is None:
        raise UsageError(f"No meeting {name} is on record.", "b40 meeting list names them.")
    return meeting


def decision_named(registry: Registry, name: str) -> Decision:
    """The decision of that id; UsageError where there is none."""
    decision = registry.decision(name) if len(name) == 11 else None
    if decision is None:
        raise UsageError(f"No decision {name} is on record.", "b40 decision list names them.")
    return decision


def member_named(registry: Registry, city: str) -> Member:
    """The member, applicant or former member of that id; UsageError where there is none."""
    member = registry.member(city) if _is_id(city) else None
    if member is None:
        raise UsageError(f"No city {city} is on record.", "b40 member list names them.")
    return member


def _is_id(city: str) -> bool:
    return city.isascii() and city.replace("-", "").isalnum()


def group_named(registry: Registry, name: str) -> Group:
    """The working group of that id; UsageError where there is none."""
    plain = name.isascii() and name.replace("-", "").isalnum()
    group = registry.group(name) if plain else None
    if group is None:
        raise UsageError(f"No working group {name} is on record.", "b40 group list names them.")
    return group


def observer_named(registry: Registry, name: str) -> Observer:
    """The observer of that id; UsageError where there is none."""
    observer = on_list(registry, name)
    if observer is None:
        raise UsageError(f"{name} is not on the list of observers.", "b40 observer list --all.")
    return observer


def on_list(registry: Registry, name: str) -> Observer | None:
    """The observer of that id, or None."""
    plain = name.isascii() and name.replace("-", "").isalnum()
    return registry.observer(name) if plain else None
