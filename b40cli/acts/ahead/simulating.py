"""`statutes simulate`: an amendment run over past votes, present offices and duties.

The judge answers, under the readings adopted and under every other one that the change touches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.ahead.duties_moved import duties_moved
from b40cli.acts.change.documents import bytes_of
from b40cli.acts.change.questions import require_values
from b40cli.acts.judge.judging import same
from b40cli.acts.opened.view import View, answer
from b40cli.acts.reads.desk.status import owed_duties
from b40cli.acts.votes.what_if import read_as
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.ref import Ref, ref_of
from b40cli.model.size import RECORD
from b40cli.model.state.registry import PARAMETERS, Registry
from b40cli.model.wording import counted
from b40cli.rules.case.rule import Case, Undetermined
from b40cli.rules.table import RULES, judge
from b40cli.rules.votes.vote import recount
from b40cli.store.schema import explain, fits
from b40cli.store.yaml.defect import YamlDefect
from b40cli.store.yaml.dialect import parse

if TYPE_CHECKING:
    from b40cli.model.results.statutes import ReadOtherwise, Simulated, VoteTurned

OFFICES = ("committee/", "presidencies/", "groups/")
TOLD = "b40 statutes show lists the parameters, b40 statutes readings the points."
SUPPOSED = frozenset({"parameters", "readings", "amends"})
FORM = (
    "Give parameters: {NAME: VALUE}, readings: {POINT: READING}, or amends: as a decision has it."
)


class Supposed(NamedTuple):
    """What is supposed: parameters with other values, points read otherwise."""

    amends: Sequence[Mapping[str, Any]]
    readings: Mapping[str, str]


def supposed_in(view: View, given: str) -> Supposed:
    """What a decision on record proposes, or a file says; UsageError where it says nothing."""
    decision = view.registry.data(Ref("decisions", given).path)
    if decision is not None:
        adopted: Any = {ref_of(str(decision.get("subject"))).id: decision.get("adopts")}
        told = Supposed(decision.get("amends", ()), adopted if decision.get("adopts") else {})
    else:
        told = _said_in(view.registry, given, _read(Path(given)))
    if not told.amends and not told.readings:
        raise UsageError(f"{given} changes no parameter and no reading.", FORM)
    return told


def _said_in(registry: Registry, given: str, record: Any) -> Supposed:
    """What a file supposes; UsageError for what is not of that form: nothing is passed over."""
    if not isinstance(record, Mapping):
        raise UsageError(f"{given} changes nothing.", FORM)
    other = [] if "matter" in record else sorted(map(str, record.keys() - SUPPOSED))
    amends, readings = record.get("amends") or [], record.get("readings") or {}
    said = (
        *([f"the key {other[0]:.40} is not known"] if other else []),
        *([] if isinstance(amends, list) and all(map(_is_change, amends)) else ["amends"]),
        *([] if _all_words(readings) else ["readings"]),
        *([] if _is_shaped(record.get("parameters")) else ["parameters"]),
    )
    if said:
        raise UsageError(f"{given} is not written as it has to be: {', '.join(said)}.", FORM)
    return Supposed([*amends, *_values(registry, record.get("parameters"))], readings)


def _is_change(entry: Any) -> bool:
    return isinstance(entry, Mapping) and entry.keys() == {"parameter", "value"}


def _all_words(found: Any) -> bool:
    pairs = found.items() if isinstance(found, Mapping) else [(None, None)]
    return all(isinstance(word, str) for pair in pairs for word in pair)


def _is_shaped(given: Any) -> bool:
    """Names with their values, or a list as statutes/parameters.yaml has it."""
    return not given or isinstance(given, Mapping) or fits("parameters", {"parameters": given})


def _values(registry: Registry, given: Any) -> Iterator[Mapping[str, Any]]:
    """The values of `{NAME: VALUE}`, or of an edition's parameters where they are not today's."""
    named = given or {}
    if isinstance(given, list):
        today = {p["name"]: p["values"] for p in registry.content(PARAMETERS)["parameters"]}
        of = {p["name"]: p["values"] for p in given}
        named = {n: v[-1]["value"] for n, v in of.items() if v != today.get(n)}
    yield from ({"parameter": str(name), "value": value} for name, value in named.items())


def _read(path: Path) -> Any:
    try:
        return parse(bytes_of(path, RECORD, FORM))
    except YamlDefect as error:
        raise UsageError(f"{path} is no YAML that b40 reads: {error}", FORM) from error


def simulate(view: View, supposed: Supposed) -> Answer[Simulated]:
    """Which past votes would have come to something else, what of the offices would not stand.

    And what would be owed otherwise. The changes are supposed from the beginning; nothing is
    recorded.
    """
    after = _under(view.registry, supposed)
    return answer(view, "statutes simulate", _simulated(view, after, supposed))


def _under(registry: Registry, supposed: Supposed) -> Registry:
    require_values(registry, supposed.amends)
    for change in supposed.amends:
        registry = _amended(registry, str(change["parameter"]), change["value"])
    if supposed.amends and (wrong := explain("parameters", registry.content(PARAMETERS))):
        raise UsageError(f"No parameter has such a value: {wrong[0].message}", TOLD)
    for point, reading in supposed.readings.items():
        registry = read_as(registry, point, reading)
    return registry


def _simulated(view: View, after: Registry, supposed: Supposed) -> Simulated:
    found = _moved(view, view.registry, after)
    under: list[ReadOtherwise] = []
    for point, reading in _touched(view.registry, supposed):
        read = (read_as(registry, point, reading) for registry in (view.registry, after))
        other = _moved(view, *read)
        if other != found:
            under.append(
                {
                    "point": point,
                    "reading": reading,
                    "turned": other.turned,
                    "offices": other.offices,
                    "duties": other.duties,
                }
            )
    return {
        "votes": len(_voted(view.registry)),
        "says": list(_says(view.registry, found)),
        "turned": found.turned,
        "offices": found.offices,
        "duties": found.duties,
        "under": under,
    }


class Difference(NamedTuple):
    """What is otherwise in one register than in another."""

    turned: list[VoteTurned]
    offices: list[str]
    duties: list[str]


def _moved(view: View, before: Registry, after: Registry) -> Difference:
    states = ((d, _state(before, view, d), _state(after, view, d)) for d in _voted(before))
    turned: list[VoteTurned] = [
        {"id": name, "title": _title(before, name), "was": was, "then": now}
        for name, was, now in states
        if was != now
    ]
    owed = (owed_duties(view._replace(registry=registry)) for registry in (before, after))
    duties = [moved["says"] for moved in duties_moved(*owed)]
    return Difference(turned, list(_offices(before, after, view)), duties)


def _voted(registry: Registry) -> list[str]:
    return [d.id for d in registry.decisions() if d.votes is not None and d.closed]


def _title(registry: Registry, name: str) -> str:
    decision = registry.decision(name)
    return (decision.title if decision else None) or name


def _touched(registry: Registry, supposed: Supposed) -> Iterator[tuple[str, str]]:
    """Every other reading of the points that the rules of these parameters turn on."""
    names = {str(change["parameter"]) for change in supposed.amends}
    points = {p for rule in RULES if names & {*rule.parameters} for p in rule.readings}
    for point in sorted(points - supposed.readings.keys()):
        known = registry.interpretations().get(point)
        taken = known.adopted[-1].reading if known and known.adopted else None
        for reading in known.readings if known else ():
            if reading != taken:
                yield point, reading


def _says(registry: Registry, found: Difference) -> Iterator[str]:
    """The sum, as one would tell it: by the sort of vote and what became of it."""
    sorts = Counter((_matter(registry, v["id"]), v["was"], v["then"]) for v in found.turned)
    for (matter, was, then), n in sorted(sorts.items()):
        would = f"would have been {then} instead of {was}"
        if "adopted" in (was, then):
            would = f"would have {'failed' if was == 'adopted' else 'carried'} ({then})"
        yield f"{counted(n, f'past {matter}')} {would}."
    if found.offices:
        yield f"{counted(len(found.offices), 'present office')} would not be lawful."
    if found.duties:
        yield f"{counted(len(found.duties), 'duty')} would be owed otherwise."


def _matter(registry: Registry, name: str) -> str:
    decision = registry.decision(name)
    return decision.matter.replace("-", " ") if decision else "decision"


def _amended(registry: Registry, name: str, value: Any) -> Registry:
    """The register in which a parameter always had that value."""
    record: dict[str, Any] = deepcopy(dict(registry.content(PARAMETERS)))
    for each in next(p for p in record["parameters"] if p["name"] == name)["values"]:
        each["value"] = value
    return registry.with_record(PARAMETERS, record)


def _state(registry: Registry, view: View, name: str) -> str:
    """What a vote comes to by the law of the register, as the judge counts it."""
    decision = registry.decision(name)
    assert decision is not None
    found = recount(Case(None, registry, view.on), decision)
    if isinstance(found, Undetermined) or found.outcome is None:
        return "not countable"
    return found.outcome.state


def _offices(before: Registry, after: Registry, view: View) -> Iterator[str]:
    """What the judge says against present offices, and did not before; attested ones too."""
    paths = [path for folder in OFFICES for path in before.paths(folder)]
    known = {same(f) for f in judge(Case(None, before, view.on), paths) if f.kind != "duty"}
    for found in judge(Case(None, after, view.on), paths):
        if found.kind != "duty" and same(found) not in known:
            yield f"{found.message} ({found.article})"
