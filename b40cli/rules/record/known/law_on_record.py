"""The law that is named is on record: nobody takes a number, a reading or an edition away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from b40cli.model.facts.decision import ENDED, Decision
from b40cli.model.ref import ROOT, Ref, ref_of
from b40cli.model.state.registry import NETWORK, PARAMETERS, Registry
from b40cli.rules.case.law import edition_on, newest_in
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.case.rule_sets import points_up_to, set_of_number

# What is read where no rule says so: by the desk and by the register's first record.
ALSO_ASKED = ("aims", "committee-term-months", "country-names", "days-a-mandate-is-ending")
AMENDED = "Restore it: the statutes change by an amendment, and what was in force stays on record."


def law_on_record(norms: tuple[Rule, ...]) -> Rule:
    """The rule that what the norms ask for is on record, of the rule sets a register took in."""
    asked = dict.fromkeys(ALSO_ASKED, 1)
    asked |= {name: rule.since for rule in reversed(norms) for name in rule.parameters}

    return Rule(
        name="law-on-record",
        norm="The law that is asked for or named is on record: numbers, readings, editions.",
        about=(NETWORK.removeprefix(ROOT), "statutes", "decisions"),
        question=lambda case, path: _on_record(asked, case, path),
        fails="A parameter taken out of statutes/parameters.yaml, so that nothing is asked of it.",
        cure="Restore it; the statutes change by an amendment.",
    )


def _on_record(asked: Mapping[str, int], case: Case, path: str) -> Iterator[Breach]:
    if path == NETWORK:
        yield from _missing(case.after, asked)
    elif (decision := case.after.decision_in(path)) is not None:
        yield from _edition(case.after, decision)
    else:
        yield from _reading(case.after, path)


def _missing(registry: Registry, asked: Mapping[str, int]) -> Iterator[Breach]:
    """The numbers and open points that the rules ask for and the register does not hold."""
    number = newest_in(registry)
    for name, since in sorted(asked.items()):
        if max(since, set_of_number(name)) <= number and name not in registry.parameters():
            yield Breach(
                f"The parameter {name} is not in {PARAMETERS.removeprefix(ROOT)}.",
                AMENDED,
                facts={"parameter": name},
            )
    for point in points_up_to(number):
        if point not in registry.interpretations():
            record = Ref("statutes/interpretations", point)
            yield Breach(
                f"The open point {point} is not on record.",
                AMENDED,
                facts={"point": point},
                refs=(str(record),),
            )


def _reading(registry: Registry, path: str) -> Iterator[Breach]:
    """A reading that was adopted is one of those the open point has."""
    point = registry.interpretations().get(ref_of(path).id)
    for n, adopted in enumerate(point.adopted if point else ()):
        if point is not None and adopted.reading not in point.readings:
            yield Breach(
                f"{point.id} takes the reading {adopted.reading}, which is none of its readings.",
                f"Its readings are {', '.join(point.readings)}.",
                ("adopted", n, "reading"),
                facts={"reading": adopted.reading},
            )


def _edition(registry: Registry, decision: Decision) -> Iterator[Breach]:
    """A decision that has ended names the edition in force on the day it closed."""
    if decision.edition is None or decision.state not in ENDED or decision.closed is None:
        return
    found = edition_on(registry, decision.closed)
    if found is None or found.id != decision.edition:
        yield Breach(
            f"{decision.id} was closed under the edition {decision.edition} of the statutes; on "
            f"{decision.closed} {found.id if found else 'none'} was in force.",
            "Name the edition in force on that day; b40 statutes show tells it.",
            ("edition",),
            facts={"named": decision.edition, "in_force": found.id if found else None},
        )
