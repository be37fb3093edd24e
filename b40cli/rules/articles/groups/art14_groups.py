"""Art. 14: which working groups there are, and who sets them up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.day import months_later
from b40cli.model.facts.group import Group
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import NETWORK
from b40cli.rules.articles.art11_acts import (
    Ground,
    basis_on,
    by_the_president_in_office,
    grounded,
    sourced_too_late,
)
from b40cli.rules.case.rule import Breach, Case, Rule

SPECIAL = "special-group"


def permanent_groups(case: Case, path: str) -> Iterator[Breach]:
    """The permanent groups are those the statutes name, for as long as they name them."""
    if path == NETWORK:
        yield from _without_record(case)
    group = case.after.group_in(path)
    if group is None:
        return
    day = group.start.day if group.start else case.on
    named = case.law(day).names("permanent-groups")
    if group.permanent != (group.id in named):
        yield _wrong_kind(case, group, day, named)
    elif group.permanent and "-".join(group.name.casefold().split()) != group.id:
        yield from _wrong_name(case, group)
    elif group.permanent and group.until is not None:
        still = case.law(group.until).names("permanent-groups")
        if group.id in still:
            yield Breach(
                f"{group.name} ends on {group.until}; the statutes name it as a permanent group.",
                "A permanent group ends by an amendment of the statutes.",
                ("until",),
            )


def _without_record(case: Case) -> Iterator[Breach]:
    """Permanent groups that nobody recorded, where groups are kept; never a refusal."""
    law, held = case.law_or_none(case.on), {group.id for group in case.after.groups()}
    if law is None or not (held or case.rule_set(case.on) > 1):
        return
    for group in (name for name in law.names("permanent-groups") if name not in held):
        name = official_name(group)
        yield Breach(
            f"The permanent group {name} has no record: nothing it owes is told.",
            f'b40 group open "{name}" writes it.',
            ("name",),
            kind="note",
        )


def official_name(group: str) -> str:
    """The name of a permanent group, as the statutes write it."""
    return group.replace("-", " ").title().replace(" And ", " and ")


def id_of_name(name: str) -> str:
    """The id that a permanent group of that name has; an & is an and."""
    return "-".join(name.replace("&", " and ").casefold().split())


def _wrong_kind(case: Case, group: Group, day: date, named: tuple[str, ...]) -> Breach:
    if group.permanent and (own := id_of_name(group.name)) in named:
        said = f"{group.name} is recorded as {group.id}; the id of that permanent group is {own}"
        cure = f"Record it as {own}."
    elif group.permanent:
        said = f"{group.name} is recorded as a permanent group; the statutes do not name it"
        cure = "The President can set up a special group for a year: b40 group open."
    else:
        said = f"{group.name} is a permanent group of the statutes and is recorded as special"
        cure = "Record it as permanent; a special group takes another name."
    before = case.before.group(group.id) if case.before else group
    brought = before is None or before.permanent != group.permanent
    return Breach(
        f"{said}.",
        cure,
        ("kind",),
        facts={"permanent": list(named)},
        # Which groups are permanent no source attests: whoever brings another is refused (set 2).
        basis="judged" if brought and case.rule_set(case.on) > 1 else basis_on(case, day),
    )


def _wrong_name(case: Case, group: Group) -> Iterator[Breach]:
    """Set 2: of a group that began under it, and of any change of a name; an older one stays."""
    before = case.before.group(group.id) if case.before else group
    network = case.after.network
    begun = group.start.day if group.start else network.opened if network else case.on
    renamed = before is None or before.name != group.name
    if case.rule_set(begun) > 1 or (renamed and case.rule_set(case.on) > 1):
        yield Breach(
            f"{group.name} is not the name of the permanent group {group.id}.",
            f"The statutes name it {official_name(group.id)}.",
            ("name",),
            facts={"name": group.name},
        )


def special_group_one_year(case: Case, path: str) -> Iterator[Breach]:
    """The President sets up a special group; it ends after one year."""
    group = case.after.group_in(path)
    if group is not None and not group.permanent:
        yield from _set_up(case, group)
    yield from _met_in_its_time(case, path)
    yield from decided(case, path, SPECIAL)


def _set_up(case: Case, group: Group) -> Iterator[Breach]:
    if group.start is None:
        return
    day = group.start.day
    basis = basis_on(case, day, group.source)
    if group.by is not None:
        yield from grounded(case, Ground(group.by, SPECIAL, f"groups/{group.id}", day, ("by",)))
    elif basis == "judged":
        yield Breach(
            f"{group.name} is a special group that rests on no decision.",
            "The President sets it up: b40 group open.",
            ("kind",),
        )
    else:
        yield from sourced_too_late(case, group.start, group.name, ("source",))
    last = months_later(day, case.law(day).number("special-group-months"))
    if group.until is None or group.until > last:
        yield Breach(
            f"{group.name} began on {day} and ends "
            f"{'on no day recorded' if group.until is None else f'on {group.until}'}; "
            f"a special group ends after one year, on {last} at the latest.",
            f"Record until: {last}.",
            ("since",) if group.until is None else ("until",),
            facts={"since": str(day), "last": str(last)},
            basis=basis,
        )


def _met_in_its_time(case: Case, path: str) -> Iterator[Breach]:
    meeting = case.after.meeting_in(path)
    group = case.after.group(meeting.group) if meeting else None
    if meeting is None or group is None or group.exists_on(meeting.day):
        return
    yield Breach(
        f"{meeting.id} is a meeting of {group.name}, which does not exist on {meeting.day}.",
        lasting(group),
        ("group",),
        facts={"day": str(meeting.day), "until": str(group.until) if group.until else None},
        refs=(f"groups/{group.id}",),
        basis=meeting.basis,
    )


def lasting(group: Group) -> str:
    """From when until when there is a group."""
    return f"{group.name} lasts from {group.start} until {group.until or 'it is ended'}."


def decided(case: Case, path: str, matter: str) -> Iterator[Breach]:
    """A decision on a group is the President's, and the group's record names it back."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != matter or decision.state != "adopted":
        return
    yield from by_the_president_in_office(case, decision, decision.closed or case.on)
    group = case.after.group_in(ref_of(decision.subject or "").path)
    if group is None:
        yield Breach(
            f"{decision.id} is about {decision.subject or 'nothing on record'}, which is no "
            "working group.",
            "Name the group it is about: groups/…",
            ("subject",) if decision.subject else (),
        )
    elif decision.id not in {group.by, *(leader.by for leader in group.leaders)}:
        yield Breach(
            f"{decision.id} is adopted, but {decision.subject} does not name it.",
            "Record it with b40 group open or b40 group lead: the effect is part of the act.",
            ("subject",),
            refs=(decision.subject or "",),
        )


RULES: tuple[Rule, ...] = (
    Rule(
        name="permanent-groups",
        article="Art. 14",
        norm="The permanent working groups are the four that the statutes name.",
        about=("groups", "network.yaml"),
        question=permanent_groups,
        fails="A fifth group recorded as permanent.",
        cure="Set it up as a special group for a year, or amend the statutes.",
        parameters=("permanent-groups",),
        sentences=("art14.6", "art14.7", "art14.8", "art14.9", "art14.10"),
    ),
    Rule(
        name="special-group-one-year",
        article="Art. 14",
        norm="The President may set up a special working group; it ends after one year.",
        about=("groups", "decisions", "meetings"),
        matters=(SPECIAL,),
        question=special_group_one_year,
        fails="A special group that still meets thirteen months after it was set up.",
        cure="Let it end; the President may set up another one under a name of its own.",
        parameters=("special-group-months",),
        sentences=("art14.11",),
    ),
)
