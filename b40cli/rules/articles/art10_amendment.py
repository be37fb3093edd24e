"""Art. 10: what two thirds of all members decide, and what it changes in the statutes' data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import NotInForce
from b40cli.model.finding import Place
from b40cli.model.ref import ROOT, Ref, ref_of
from b40cli.model.share import is_share
from b40cli.model.state.registry import NETWORK, PARAMETERS, Registry
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.articles.art10_amended import amended_lawfully, dissolved_lawfully, former
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.case.rule_sets import set_of_reading
from b40cli.rules.facts.known_law import LAW_MAKING
from b40cli.rules.votes.assembly_count import ABSOLUTE, TWO_THIRDS
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.carried import carried_wrongly
from b40cli.rules.votes.vote import CLAIMS, effect_by_closing, vote_of

# What the statutes' data says and nothing is computed by: counting it is the tool's to learn.
DESCRIBED = {
    "admission-criteria",
    "assemblies-a-year",
    "committee-seats-ex-officio",
    "summits-a-year",
    "votes-per-member",
    "youth-summits-a-year",
    "admission-majority",
    *ABSOLUTE.values(),
}
# The rule set from which a law may have a day of its own, and an amendment has a text.
WITH_A_DAY = 2


def two_thirds_matters(case: Case, path: str) -> Iterator[Breach]:
    """Amendment and dissolution, and that what was decided stands in the data, and nothing else."""
    if path.startswith(f"{ROOT}statutes/"):
        yield from amended_lawfully(case, path)
        return
    if path == NETWORK:
        yield from dissolved_lawfully(case)
        return
    decision = vote_of(case, path, ASSEMBLY)
    if decision is not None and decision.matter in TWO_THIRDS:
        yield from carried_wrongly(case, decision)
    decision = case.after.decision_in(path)
    if decision is not None and decision.state in CLAIMS:
        yield from _has_a_text(case, decision)
        yield from _of_a_day_to_come(case, decision)
        yield from _can_be_amended(case, decision)
        yield from _reading_of_a_later_set(case, decision)


def _has_a_text(case: Case, decision: Decision) -> Iterator[Breach]:
    """An amendment says what it changes: a number of the statutes, or their text (set 2)."""
    says = decision.amends or decision.text or decision.matter != "amendment"
    if not says and case.rule_set(moment_of(case, decision).day) >= WITH_A_DAY:
        yield Breach(
            f"{decision.id} amends the statutes and does not say what.",
            "Name a parameter (--amend assembly-quorum=3/4) or the words (--text).",
            ("matter",),
        )


def _of_a_day_to_come(case: Case, decision: Decision) -> Iterator[Breach]:
    """A day of its own is that of an amendment or a reading, and later than the vote (INT-41)."""
    day, begins = moment_of(case, decision).day, decision.takes_effect
    if begins is None:
        return
    of_itself = ref_of(decision.subject or "").id == "INT-41"
    if case.rule_set(day) < WITH_A_DAY:
        said = f"names a day of its own, which rule set {WITH_A_DAY} brings: b40 statutes upgrade"
    elif decision.matter not in LAW_MAKING:
        said = "changes no law: only an amendment or a reading has a day of its own"
    elif of_itself:
        said = "adopts a reading of INT-41, which binds from the next day"
    elif begins <= day:
        said = f"of {day} takes effect on {begins}: a later day is named"
    else:
        return
    yield Breach(
        f"{decision.id} {said} (INT-41).",
        "Leave --takes-effect out: it binds from the day after the vote.",
        ("takes_effect",),
        facts={"takes_effect": str(begins), "day": str(day)},
    )


def _can_be_amended(case: Case, decision: Decision) -> Iterator[Breach]:
    """An amendment changes parameters there are, into values of their own kind."""
    day = moment_of(case, decision).day
    for n, change in enumerate(decision.amends):
        parameter = case.after.parameters().get(change["parameter"])
        at = ("amends", n)
        if parameter is None:
            yield Breach(
                f"{decision.id} amends {change['parameter']}, which is no parameter.",
                "b40 statutes show lists them.",
                (*at, "parameter"),
            )
            continue
        try:
            current = parameter.on(day).value
        except NotInForce:
            continue
        facts = {"value": change["value"], "current": current}
        if (said := of_another_kind(change, current)) is not None:
            yield Breach(f"{decision.id} makes {said[0]}", said[1], (*at, "value"), facts=facts)
        elif parameter.name in DESCRIBED and change["value"] != current:
            yield Breach(
                f"{decision.id} amends {parameter.name}, by which b40 computes nothing: it stands "
                "in the statutes' data, and no verdict is another.",
                "Have it counted by a later version of the tool; until then people see to it.",
                (*at, "parameter"),
                facts=facts,
                kind="note",
            )


def _reading_of_a_later_set(case: Case, decision: Decision) -> Iterator[Breach]:
    """The Assembly adopts a reading that the rule set of its day has."""
    if decision.matter != "interpretation" or not decision.adopts:
        return
    point = ref_of(decision.subject or "").id
    brought = set_of_reading(point, decision.adopts)
    held = case.rule_set(moment_of(case, decision).day)
    if brought > held:
        yield Breach(
            f"{decision.id} adopts {decision.adopts} of {point}, which came with rule set "
            f"{brought}; rule set {held} is in force on the day.",
            "Take in the rule set first (b40 statutes upgrade) and put it to an Assembly on a "
            "later day.",
            ("adopts",),
            facts={"brought_by": brought, "rule_set": held},
            refs=(decision.subject or "",),
        )


def of_another_kind(change: Mapping[str, Any], current: Any) -> tuple[str, str] | None:
    """A value that is no number, share, word or list as the present one is: why, and what is."""
    name, value = str(change["parameter"]), change["value"]
    if _kind(value) != _kind(current):
        said = f"{name} {value}, {_kind(value)}; it is {_kind(current)}."
        return said, f"Name {_ONE_LIKE[_kind(current)].format(current)}."
    least, most = _counted_by(name)
    if isinstance(value, int) and not least <= value <= most:
        return f"{name} {value}; no calendar goes so far.", f"Name a number from {least} to {most}."
    return None


def _counted_by(name: str) -> tuple[int, int]:
    """The numbers by which a calendar can be counted: a month's, or a thousand years'."""
    if name.endswith("-month"):
        return 1, 12
    if name.endswith("-months"):
        return 0, 12_000
    return (0, 366_000) if name.startswith("days-") else (0, 10**9)


def _kind(value: Any) -> str:
    if isinstance(value, int):
        return "a number"
    if not isinstance(value, str):
        return "a list"
    if is_share(value):
        return "a share"
    return "a word" if any(map(str.isalpha, value)) else "neither a number nor a share"


_ONE_LIKE = {
    "a number": "a whole number, such as {}",
    "a share": "a share above 0 and of at most 1, such as {}",
    "a word": "a word, such as {}",
    "a list": "a list, such as AL,BA,BG (of one: AL,)",
}


def carried_out(registry: Registry, decision: Decision) -> Iterator[Breach]:
    """What an adopted decision changes in the statutes or the network names it there."""
    if decision.state != "adopted":
        return
    missing = [
        f"parameter {change['parameter']}"
        for change in decision.amends
        if not _is_set(registry, change, decision.id)
    ]
    if decision.matter == "interpretation" and not _is_taken(registry, decision):
        missing.append(f"{decision.subject}")
    missing += [f"parameter or reading at {back.path}" for back in taken_back(registry, decision)]
    network = registry.network
    if decision.matter == "dissolution" and network and network.dissolution != decision.id:
        missing.append("network.yaml")
    for place in missing:
        yield Breach(
            f"{decision.id} is adopted, but {place} does not show it.",
            effect_by_closing(decision),
            ("state",),
            refs=(place,) if "/" in place else (),
        )


class Restored(NamedTuple):
    """A list of the statutes' data to which an annulment adds what was in force before."""

    path: str
    at: Place
    key: str
    value: Any


def taken_back(registry: Registry, decision: Decision) -> Iterator[Restored]:
    """What an annulment still has to put back into the statutes' data, for the days after it.

    The law of a day that has passed stays what it was, whatever the effect of the annulment: what
    was decided under it stands until it is annulled itself.
    """
    name = decision.annuls
    if decision.matter != "annulment" or name is None:
        return
    for n, parameter in enumerate(registry.parameters().values()):
        if parameter.dated and parameter.dated[-1].set_by == name:
            before = former(registry, [(v.set_by, v.value) for v in parameter.dated], name)
            yield Restored(PARAMETERS, ("parameters", n, "values"), "value", before)
    for point in registry.interpretations().values():
        if point.adopted and point.adopted[-1].by == name:
            before = former(registry, [(a.by, a.reading) for a in point.adopted], name)
            yield Restored(
                Ref("statutes/interpretations", point.id).path, ("adopted",), "reading", before
            )


def _is_set(registry: Registry, change: Mapping[str, Any], decision: str) -> bool:
    parameter = registry.parameters().get(change["parameter"])
    dated = parameter.dated if parameter else ()
    return any(v.set_by == decision and v.value == change["value"] for v in dated)


def _is_taken(registry: Registry, decision: Decision) -> bool:
    point = registry.interpretations().get((decision.subject or "").rsplit("/", 1)[-1])
    adopted = point.adopted if point else ()
    return any(a.by == decision.id and a.reading == decision.adopts for a in adopted)


RULES = (
    Rule(
        name="two-thirds-matters",
        article="Art. 10",
        norm="Amendment of the statutes and dissolution need two thirds of all members.",
        about=("decisions", "statutes", NETWORK.removeprefix(ROOT)),
        question=two_thirds_matters,
        fails="Fifteen of 24 members vote for an amendment and it is recorded as adopted.",
        cure="Close it as rejected: sixteen are needed, whoever attends.",
        parameters=tuple(TWO_THIRDS.values()),
        readings=("INT-02",),
        sentences=("art10.19", "art10.20", "art10.21"),
    ),
)
