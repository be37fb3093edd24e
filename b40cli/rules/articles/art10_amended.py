"""Art. 10: what stands in the statutes' data, and of the network's end, rests on a decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import RuleSet
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import PARAMETERS, RULESETS, Registry
from b40cli.rules.case.brought import brought_to
from b40cli.rules.case.rule import Breach, Case


def dissolved_lawfully(case: Case) -> Iterator[Breach]:
    """The network is dissolved by a decision on that alone."""
    network = case.after.network
    name = network.dissolution if network else None
    decision = case.after.decision(name)
    if name and not (decision and (decision.matter, decision.state) == ("dissolution", "adopted")):
        yield Breach(
            f"The network is recorded as dissolved by {name}, which does not dissolve it.",
            "Only an adopted decision of the General Assembly by two thirds of all members does.",
            ("dissolution",),
            refs=(name,),
        )


def amended_lawfully(case: Case, path: str) -> Iterator[Breach]:
    """The statutes' data is what it was, and what decisions and the tool's rule sets brought."""
    earlier, after = case.before, case.after.data(path)
    if earlier is None or earlier.network is None or after is None or path == RULESETS:
        return
    before = earlier.data(path)
    if before != after and (taken := newly_taken(case)) is not None:
        before = brought_to(path, before, taken.number, taken.start)
    if before == after:
        return
    if before is None:
        yield _added_by_hand(path)
    elif path == PARAMETERS:
        yield from _parameters_amended(case, before, after)
    elif ref_of(path).kind == "statutes/interpretations":
        yield from _reading_adopted(case, before, after)
    else:
        yield Breach(
            "The articles of the statutes are changed.",
            "An amendment is a decision of the General Assembly by two thirds of all members.",
        )


def newly_taken(case: Case) -> RuleSet | None:
    """The rule set that a change takes in, if it takes one in."""
    earlier = case.before.rule_sets() if case.before else ()
    taken = case.after.rule_sets()
    return taken[-1] if len(taken) > len(earlier) else None


def _added_by_hand(path: str) -> Breach:
    name = ref_of(path).id
    return Breach(
        f"{name} is added to the statutes' data; open points come with a rule set of the tool.",
        "Take it away; b40 statutes upgrade --dry-run shows what the newest set brings.",
    )


def _parameters_amended(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    known = {p["name"]: p for p in before["parameters"]}
    for n, parameter in enumerate(after["parameters"]):
        earlier = known.pop(parameter["name"], None)
        kept = earlier["values"] if earlier else []
        at = ("parameters", n)
        if parameter["values"][: len(kept)] != kept or not _same_norm(earlier, parameter):
            yield _unlawful(f"{parameter['name']} is changed where it was recorded.", at)
        for m, value in enumerate(parameter["values"][len(kept) :], len(kept)):
            entries = [(v["set_by"], v["value"]) for v in parameter["values"][:m]]
            if not _amends(case.after, value, parameter["name"], entries):
                where = (*at, "values", m)
                yield _unlawful(f"{parameter['name']} is set by {value['set_by']}.", where)
    for name in known:
        yield _unlawful(f"{name} is taken away.", ("parameters",))


def _same_norm(earlier: Mapping[str, Any] | None, parameter: Mapping[str, Any]) -> bool:
    """Whether a parameter says of the same article what it said, whatever its values."""
    said = {**parameter, "values": None}
    return earlier is not None and {**earlier, "values": None} == said


def _amends(
    registry: Registry, value: Mapping[str, Any], name: str, earlier: list[tuple[str, Any]]
) -> bool:
    decision = registry.decision(value["set_by"]) if value["set_by"].startswith("GA-") else None
    if decision is None or decision.state != "adopted":
        return False
    since = value["from"]
    if not isinstance(since, str) or not _from_its_day(decision, since):
        return False
    if decision.matter == "annulment":
        return _puts_back(registry, decision, value["value"], earlier)
    change = {"parameter": name, "value": value["value"]}
    return decision.matter == "amendment" and change in [dict(a) for a in decision.amends]


def _from_its_day(decision: Decision, since: str) -> bool:
    """Whether a change counts after the day of its vote; from the day the vote named, if any."""
    if decision.closed is None or since <= str(decision.closed):
        return False
    return decision.takes_effect is None or since == str(decision.takes_effect)


def _puts_back(
    registry: Registry, decision: Decision, value: Any, earlier: list[tuple[str, Any]]
) -> bool:
    """Whether an annulment adds just what stood before the decision it annuls."""
    name = decision.annuls
    if name is None or not earlier or earlier[-1][0] != name:
        return False
    return bool(former(registry, earlier, name) == value)


def _unlawful(message: str, at: tuple[str | int, ...]) -> Breach:
    return Breach(
        message,
        "A parameter changes only by an adopted amendment, from the day after it: b40 decision "
        "propose amendment --amend … --meeting …",
        at,
    )


def _reading_adopted(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    kept = before["adopted"]
    rest = {key: value for key, value in after.items() if key != "adopted"}
    if (
        rest != {k: v for k, v in before.items() if k != "adopted"}
        or after["adopted"][: len(kept)] != kept
    ):
        yield Breach(
            f"{after['id']} is changed where it was recorded.",
            "The question and its readings stay; a new reading is added to `adopted`.",
        )
    for n, adopted in enumerate(after["adopted"][len(kept) :], len(kept)):
        entries = [(a["by"], a["reading"]) for a in after["adopted"][:n]]
        if not _adopts(case.after, after["id"], adopted, entries):
            yield Breach(
                f"{after['id']} takes the reading {adopted['reading']} by {adopted['by']}.",
                "Only the General Assembly adopts a reading, for later decisions.",
                ("adopted", n),
            )


def _adopts(
    registry: Registry, point: str, adopted: Mapping[str, Any], earlier: list[tuple[str, Any]]
) -> bool:
    decision = registry.decision(adopted["by"]) if adopted["by"].startswith("GA-") else None
    if decision is None or decision.state != "adopted" or decision.closed is None:
        return False
    if not _from_its_day(decision, adopted["from"]):
        return False
    if decision.matter == "annulment":
        return _puts_back(registry, decision, adopted["reading"], earlier)
    return (
        decision.subject == f"statutes/interpretations/{point}"
        and decision.adopts == adopted["reading"]
    )


def former(registry: Registry, entries: list[tuple[str, Any]], annulled: str) -> Any:
    """The last value that neither the annulled decision nor another annulled one set."""
    void = {annulled, *registry.annulments()}
    return next((value for by, value in reversed(entries) if by not in void), None)
