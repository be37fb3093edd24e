"""The law in one ordered table, and the judge that puts a case to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.model.finding import Finding, in_order
from b40cli.model.registry import ROOT, Registry
from b40cli.model.statutes import NotInForce
from b40cli.rules import (
    admission,
    amendment,
    assembly,
    candidacy,
    committee,
    duties,
    groups,
    observers,
    offices,
    presidency,
    record,
    region,
    reporting,
    representation,
    secretary,
    summit,
    suspension,
    terms,
    voidness,
    yearly,
)
from b40cli.rules.law import edition_on
from b40cli.rules.rule import RECORD, Breach, Case, Rule

_NORMS: tuple[Rule, ...] = (
    *region.RULES,
    *admission.RULES,
    *observers.RULES,
    *suspension.RULES,
    *representation.RULES,
    *assembly.RULES,
    *amendment.RULES,
    *candidacy.RULES,
    *presidency.RULES,
    *secretary.RULES,
    *offices.RULES,
    *terms.RULES,
    *committee.RULES,
    *yearly.RULES,
    *summit.RULES,
    *reporting.RULES,
    *groups.RULES,
    *record.RULES,
)
RULES: tuple[Rule, ...] = (
    *_NORMS,
    voidness.invalid_for_a_reason(_NORMS),
    *duties.acknowledging(_NORMS),
)


def rule_named(name: str) -> Rule | None:
    """The rule of that name, or None."""
    return next((rule for rule in RULES if rule.name == name), None)


def rules_about(path: str) -> tuple[Rule, ...]:
    """The rules that are asked about a record, in the order of the table."""
    folder = path.removeprefix(ROOT).split("/", 1)[0]
    if folder not in _ABOUT:
        _ABOUT[folder] = tuple(rule for rule in RULES if {"*", folder} & set(rule.about))
    return _ABOUT[folder]


_ABOUT: dict[str, tuple[Rule, ...]] = {}


def judge(case: Case, paths: Iterable[str]) -> tuple[Finding, ...]:
    """Put a case to every rule about each of the records, and return all findings in order."""
    return in_order(finding for path in paths for finding in judge_record(case, path))


def judge_record(case: Case, path: str) -> Iterator[Finding]:
    """What the rules say about one record."""
    for rule in rules_about(path):
        try:
            for breach in rule.question(case, path):
                yield _finding(rule, breach, path)
        except NotInForce as missing:
            yield _no_law(case, path, missing)


def _finding(rule: Rule, breach: Breach, path: str) -> Finding:
    kind = breach.kind or rule.kind
    if breach.basis == "attested" and kind == "validity":
        kind = "note"
    return Finding(
        rule=rule.name,
        kind=kind,
        article=rule.article,
        message=breach.message,
        help=breach.help,
        file=path,
        at=breach.at,
        refs=breach.refs,
        basis=breach.basis,
        facts=breach.facts,
        readings=breach.readings,
    )


def _no_law(case: Case, path: str, missing: NotInForce) -> Finding:
    """A day under an edition not encoded meets only the law of the record; any other is refused."""
    edition = edition_on(case.after, missing.day) if missing.day else None
    if edition is not None and not edition.encoded:
        return Finding(
            "no-encoded-edition",
            "note",
            RECORD,
            f"The statutes of {edition.start} are not encoded here: only the law of the record "
            "was applied.",
            "Nothing: the fact is attested, not judged.",
            path,
            basis="attested",
        )
    return Finding(
        "no-silent-rule",
        "validity",
        RECORD,
        f"No law is in force for this: {missing}.",
        "A day or a matter without a rule is refused; b40 statutes show tells what is in force.",
        path,
    )


# The folders whose records rest on those of another: they name what a change there can touch.
RESTING = {
    "decisions": ("members", "observers", "groups", "committee", "presidencies"),
    "members": ("decisions", "groups", "committee"),
    "meetings": ("decisions",),
    "committee": ("decisions",),
    "observers": ("decisions", "meetings"),
    "groups": ("decisions", "meetings"),
}


def touched(before: Registry, after: Registry, changed: Iterable[str]) -> tuple[str, ...]:
    """The records a change can touch: those it changes, and those that rest on them."""
    found = set(changed)
    for path in tuple(found):
        found.update(_resting_on(before, after, path))
    return tuple(sorted(found))


def _resting_on(before: Registry, after: Registry, path: str) -> Iterator[str]:
    folder, _slash, name = path.removeprefix(ROOT).partition("/")
    name = name.rsplit("/", 1)[-1].removesuffix(".yaml")
    if folder in RESTING:
        years = _terms(before, after, path) if folder == "committee" else ()
        yield from (p for year in years for p in after.paths(f"decisions/{year}/"))
        resting = tuple(f"{ROOT}{other}/" for other in RESTING[folder])
        yield from (p for p in after.naming(name) if p.startswith(resting))
    if folder in ("committee", "presidencies"):
        yield from (*after.paths("committee/"), *after.paths("presidencies/"))
    if folder == "presidencies":
        yield from _on_the_day_of_handover(after, path)
    if folder == "groups":
        yield from (p for p in after.naming("committee-election") if "/decisions/" in p)


def _terms(before: Registry, after: Registry, path: str) -> Iterator[int]:
    """The years in which seats of a term were held, before or after the change."""
    days = [s.start.day.year for r in (before, after) for s in r.seats() if s.path == path]
    return iter(range(min(days), max(days) + 2)) if days else iter(())


def _on_the_day_of_handover(after: Registry, path: str) -> Iterator[str]:
    """What met or was decided on the day of a handover has to say on which side of it."""
    day = ((after.data(path) or {}).get("handover") or {}).get("on")
    if isinstance(day, str):
        yield from (p for p in after.paths("meetings/") if p.startswith(f"{ROOT}meetings/{day}-"))
        yield from (p for p in after.paths(f"decisions/{day[:4]}/") if "/PR-" in p)
