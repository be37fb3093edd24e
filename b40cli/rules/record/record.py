"""The law of the record: what makes an archive trustworthy, whatever the statutes say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from b40cli.model.finding import Kind, Place
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.source import sources_of
from b40cli.model.state.registry import NETWORK, Registry
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.record import grounds
from b40cli.rules.record.as_recorded import evidence_as_recorded
from b40cli.rules.record.decision_days import days_of_decision, told_ahead
from b40cli.rules.record.in_silence import effect_in_silence
from b40cli.rules.record.meeting_days import days_of_meeting
from b40cli.rules.record.member_days import days_of_member
from b40cli.rules.record.references import references, telling
from b40cli.rules.votes.committee_facts import COMMITTEE

# What a figure may rest on beside the listed sources: the packaged gazetteer, the applicant's word.
OWN_SOURCES = frozenset({"gazetteer", "application", "request"})
PERIODS = (("from", "until"), ("opens", "closes"), ("opens", "ends"))
BODIES = ("general-assembly", COMMITTEE, "president", "mayor-of-istanbul")


def references_resolve(case: Case, path: str) -> Iterator[Breach]:
    """Whatever a record names exists."""
    data = case.after.data(path)
    if data is None:
        yield from _left_behind(case, path)
        return
    for at, target in references(path, data):
        if not case.after.has(target):
            yield Breach(
                f"{'.'.join(map(str, at))} names {target.removeprefix(ROOT)}, which is not on "
                "record.",
                "Correct the name, or record what it names first.",
                at,
                refs=(str(ref_of(target)),),
            )
    for at, mapping in telling(data, "source"):
        for source in sources_of(mapping["source"]):
            if not _is_listed(case.after, source):
                brought = type(mapping["source"]) is str or _is_brought(case, path, source, at)
                yield _unlisted(source, (*at, "source"), None if brought else "note")


def _left_behind(case: Case, path: str) -> Iterator[Breach]:
    if case.before is None or not case.before.has(path):
        return
    name = ref_of(path).id
    for naming in case.after.naming(name):
        named = references(naming, case.after.content(naming))
        if path in {target for _at, target in named}:
            yield Breach(
                f"{naming} still names {name}, which this change takes away.",
                f"Leave {path} in place.",
                refs=(str(ref_of(naming)),),
            )


def _is_listed(registry: Registry, source: str) -> bool:
    return source in OWN_SOURCES or source in registry.sources()


def _unlisted(source: str, at: Place, kind: Kind | None) -> Breach:
    return Breach(
        f'The source "{source}" is not listed.',
        "List it in evidence/sources.yaml.",
        at,
        facts={"source": source},
        kind=kind,
    )


def _is_brought(case: Case, path: str, source: str, at: Place) -> bool:
    """Whether this change lets a list of sources name one that is not listed (set 2).

    What was in a list before, as the first set let it, stays lawful, wherever in its record it
    moves; more lists may not name it.
    """
    if case.before is None or case.rule_set(case.on) == 1:
        return False
    if _is_listed(case.before, source):
        return True
    was, now = (_lists_naming(registry, path, source) for registry in (case.before, case.after))
    return len(now) > len(was) and at not in was


def _lists_naming(registry: Registry, path: str, source: str) -> list[Place]:
    """The places of a record where one of several sources is this one."""
    found = telling(registry.content(path), "source")
    return [at for at, each in found if type(each["source"]) is list and source in each["source"]]


def ids_never_reused(case: Case, path: str) -> Iterator[Breach]:
    """A record's id is its file's name, for ever."""
    data = case.after.data(path)
    name = ref_of(path).id
    recorded = None if data is None else data.get("id", data.get("year"))
    if recorded is not None and str(recorded) != name:
        yield Breach(
            f"The record calls itself {recorded}, its file {name}.",
            "An id equals its file's name and is never given twice.",
            ("id",) if data and "id" in data else ("year",),
            facts={"id": str(recorded), "file": name},
        )


def dates_in_order(case: Case, path: str) -> Iterator[Breach]:
    """Nothing ends before it begins, or is done before it can be."""
    data = case.after.data(path)
    if data is None:
        return
    yield from _periods(data)
    yield from told_ahead(case, path, data)
    if path == NETWORK:
        yield from _founded_later(case, data)
    if (decision := case.after.decision_in(path)) is not None:
        yield from days_of_decision(case, decision)
        yield from _before_opening(case, decision.closed, ("closed",))
    if (meeting := case.after.meeting_in(path)) is not None:
        yield from days_of_meeting(case, meeting)
    if (member := case.after.member_in(path)) is not None:
        yield from days_of_member(case, member)
        yield from _before_opening(case, member.declared, ("declaration", "signed"))


def _founded_later(case: Case, data: Mapping[str, Any]) -> Iterator[Breach]:
    """A network is founded before its register opens: asked of the change that does it (set 2)."""
    if case.rule_set(case.on) == 1:
        return
    before = case.before.data(NETWORK) if case.before else None
    founded, opened = (data.get("founded") or {}).get("on"), data.get("opened")
    told = founded != (before.get("founded") or {}).get("on") if before else False
    if told and isinstance(founded, str) and founded > str(opened):
        yield Breach(
            f"The network would be founded on {founded}, after its register opened on {opened}.",
            "Correct the day that is wrong.",
            ("founded", "on"),
            facts={"founded": founded, "opened": str(opened)},
        )


def _periods(data: Mapping[str, Any]) -> Iterator[Breach]:
    for first, last in PERIODS:
        for at, mapping in telling(data, last):
            begins, ends = mapping.get(first), mapping[last]
            if isinstance(begins, str) and not _in_order(begins, ends):
                yield Breach(
                    f"{last} {ends} is before {first} {begins}.",
                    "Correct the day that is wrong.",
                    (*at, last),
                    facts={first: begins, last: ends},
                )


def _in_order(begins: str, ends: str) -> bool:
    if len(begins) == len(ends) == 10:
        return begins <= ends
    if 10 in (len(begins), len(ends)):
        return begins[:10] <= ends[:10]
    return datetime.fromisoformat(begins) < datetime.fromisoformat(ends)


def _before_opening(case: Case, day: date | None, at: Place) -> Iterator[Breach]:
    network = case.after.network
    if day is not None and network is not None and day < network.opened:
        yield Breach(
            f"{day} is before the register opened on {network.opened}.",
            "What happened before the opening rests on a cited source, not on an act.",
            at,
            facts={"opened": str(network.opened)},
        )


def no_silent_rule(case: Case, path: str) -> Iterator[Breach]:
    """What no rule speaks of is refused, not allowed."""
    decision = case.after.decision_in(path)
    if decision is None:
        return
    yield from effect_in_silence(case, decision)
    law = case.law(decision.closed or decision.proposed or case.on)
    known = {matter for body in BODIES for matter in law.names(f"{body}-matters")}
    if decision.matter not in known:
        yield Breach(
            f"No rule in force speaks of the matter {decision.matter}.",
            f"Matters: {', '.join(sorted(known))}.",
            ("matter",),
            facts={"matter": decision.matter},
        )


RULES = (
    Rule(
        name="references-resolve",
        norm="Whatever a record names is on record.",
        about=("*",),
        question=references_resolve,
        fails="A decision that names a meeting nobody recorded.",
        cure="Record the meeting first, or correct the name.",
    ),
    Rule(
        name="evidence-as-recorded",
        norm="A document is the one whose SHA-256 the record holds.",
        about=("*",),
        question=evidence_as_recorded,
        fails="Minutes under evidence/ exchanged after the meeting that names them was recorded.",
        cure="Restore the document, or record the other one beside it.",
    ),
    Rule(
        name="ids-never-reused",
        norm="A record's id is its file's name and is given once.",
        about=("*",),
        question=ids_never_reused,
        fails="decisions/2026/EC-2026-002.yaml that calls itself EC-2026-001.",
        cure="Give the record the id of its file.",
    ),
    *grounds.RULES,
    Rule(
        name="dates-in-order",
        norm="Nothing ends before it begins, or is done before it can be.",
        about=("*",),
        question=dates_in_order,
        fails="A decision closed the day before it was proposed.",
        cure="Correct the day that is wrong.",
    ),
    Rule(
        name="no-silent-rule",
        norm="A matter or a day for which no rule is in force is refused, not allowed.",
        about=("decisions",),
        question=no_silent_rule,
        fails="A decision on a matter that no article names.",
        cure="Name one of the matters of the statutes.",
        parameters=tuple(f"{body}-matters" for body in BODIES),
    ),
)
