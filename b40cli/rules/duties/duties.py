"""All duties of a year, from the rules that say where each arises; who acknowledged one missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from b40cli.model.facts.duty import Duty
from b40cli.model.facts.statutes import NotInForce
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Breach, Case, Rule, RuleQuestion, was_cancelled
from b40cli.rules.duties.duty import MISSED, begins, may_acknowledge, names, settled

# Folders whose names begin with the year: the others hold records that owe something every year.
DATED = frozenset({"meetings", "decisions"})


def duties(registry: Registry, year: int, on: date, rules: Iterable[Rule]) -> tuple[Duty, ...]:
    """Every duty of a year as it stands on a day, in the order of the rules."""
    return duties_of(registry, (year,), on, rules)


def duties_of(
    registry: Registry, years: Collection[int], on: date, rules: Iterable[Rule]
) -> tuple[Duty, ...]:
    """Every duty of some years: what owes something every year is asked once for all of them."""
    case = Case(None, registry, on)
    arisen = (duty for rule in rules for duty in of_rule(case, rule, years))
    return tuple(settled(case, duty) for duty in arisen)


def of_rule(case: Case, rule: Rule, years: Collection[int]) -> Iterator[Duty]:
    """The duties of some years that one rule says arise, acknowledged or not."""
    for folder in rule.about if rule.arising else ():
        for path, asked in _listed(case.after, folder, years).items():
            yield from (duty for duty in _arising(case, rule, path) if duty.year in asked)


def _listed(
    registry: Registry, folder: str, years: Collection[int]
) -> Mapping[str, Collection[int]]:
    """The records of a folder that may owe something, each with the years it is asked about."""
    if folder not in DATED:
        return dict.fromkeys(_records(registry, folder, 0), years)
    found: dict[str, set[int]] = {}
    for year in years:
        for path in _records(registry, folder, year):
            found.setdefault(path, set()).add(year)
    return found


def _arising(case: Case, rule: Rule, path: str) -> Iterator[Duty]:
    """What a rule says is owed at a record, for periods under its set; not where numbers miss."""
    try:
        owing = rule.arising if not was_cancelled(case.after, path) else None
        for duty in owing(case._replace(asking=rule.since), path) if owing else ():
            if rule.holds_under(case.rule_set(begins(duty))):
                yield duty
    except NotInForce:
        return


def _records(registry: Registry, folder: str, year: int) -> tuple[str, ...]:
    if folder.endswith(".yaml"):
        return (ROOT + folder,) if registry.has(ROOT + folder) else ()
    if folder == "decisions":
        return registry.paths(f"decisions/{year}/")
    dated = f"{ROOT}{folder}/{year}-"
    moved = registry.rescheduled() if folder == "meetings" else {}
    found = registry.paths(f"{folder}/")
    return tuple(p for p in found if folder not in DATED or dated in p or p in moved)


def acknowledging(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rule on acknowledgements, asked about the duties these rules bring."""
    return (
        Rule(
            name="acknowledged-by-its-owner",
            norm="Only the duty's owner or the Executive Committee acknowledges one missed.",
            about=("duties",),
            question=_acknowledged(rules),
            fails="The host acknowledges that the President's Summit was in February.",
            cure="Ask the duty's owner, or put a resolution to the committee.",
        ),
    )


def _acknowledged(rules: tuple[Rule, ...]) -> RuleQuestion:
    def question(case: Case, path: str) -> Iterator[Breach]:
        year = int(ref_of(path).id)
        for n, entry in enumerate(case.after.acknowledgements(year)):
            rule = next((r for r in rules if r.name == entry["duty"]), None)
            found = [d for d in of_rule(case, rule, (year,)) if names(entry, d)] if rule else []
            missed = [duty for duty in found if duty.state in MISSED]
            label = f"{entry['duty']} of {entry['of']}"
            if not missed:
                known = _known(case, path, n)
                yield Breach(
                    f"{label} was not missed: there is nothing to acknowledge.",
                    f"b40 duty list --year {year} --state overdue names what was.",
                    ("acknowledged", n, "duty"),
                    kind="note" if known else None,
                )
            elif not any(may_acknowledge(case, duty, entry) for duty in missed):
                yield Breach(
                    f"{label} is owed by the {missed[0].owner.replace('-', ' ')}; "
                    f"{entry['by']} cannot acknowledge it.",
                    "Only its owner or the Executive Committee can.",
                    ("acknowledged", n, "by"),
                    facts={"owner": missed[0].owner, "by": str(entry["by"])},
                )

    return question


def _known(case: Case, path: str, n: int) -> bool:
    """Whether the entry stood before: what is met since then leaves it on record."""
    if case.before is None:
        return True
    year = int(ref_of(path).id)
    listed, now = (r.acknowledgements(year) for r in (case.before, case.after))
    return n < len(listed) and all(
        listed[n].get(key) == now[n].get(key) for key in ("duty", "of", "subject")
    )
