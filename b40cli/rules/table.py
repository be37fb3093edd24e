"""The law in one ordered table, and the judge that puts a case to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.model.decision import path_of
from b40cli.model.finding import KINDS, Finding, in_order
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.registry import NETWORK, SOURCES, Registry
from b40cli.model.statutes import NotInForce
from b40cli.rules.articles import (
    art01_region,
    art05_admission,
    art06_observers,
    art07_representation,
    art09_suspension,
    art10_amendment,
    art10_assembly,
    art10_summit,
    art10_yearly,
    art11_candidacy,
    art11_presidency,
    art12_reporting,
    art12_secretary,
    art13_committee,
    art13_offices,
    art13_terms,
    art14_groups,
)
from b40cli.rules.case.law import edition_on
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule, answers
from b40cli.rules.duties import duties
from b40cli.rules.record import (
    append_only,
    correction,
    invalid_votes,
    official_register,
    openability,
    record,
    settled,
    trust,
)
from b40cli.rules.record.correction import reached
from b40cli.rules.record.reach import reaches

DECISIONS = ROOT + "decisions/"
_NORMS: tuple[Rule, ...] = (
    *art01_region.RULES,
    *art05_admission.RULES,
    *art06_observers.RULES,
    *art09_suspension.RULES,
    *art07_representation.RULES,
    *art10_assembly.RULES,
    *art10_amendment.RULES,
    *art11_candidacy.RULES,
    *art11_presidency.RULES,
    *art12_secretary.RULES,
    *art13_offices.RULES,
    *art13_terms.RULES,
    *art13_committee.RULES,
    *art10_yearly.RULES,
    *art10_summit.RULES,
    *art12_reporting.RULES,
    *art14_groups.RULES,
    *record.RULES,
    *official_register.RULES,
    *settled.RULES,
    *append_only.RULES,
    *correction.RULES,
    *trust.RULES,
)
RULES: tuple[Rule, ...] = (
    *_NORMS,
    invalid_votes.invalid_for_a_reason(_NORMS),
    openability.foreseen(_NORMS),
    *duties.acknowledging(_NORMS),
)


def rule_named(name: str) -> Rule | None:
    """The rule of that name, or None."""
    return next((rule for rule in RULES if rule.name == name), None)


def rules_about(
    path: str, matter: str | None = None, kinds: frozenset[str] = KINDS
) -> tuple[Rule, ...]:
    """The rules that are asked about a record, in the order of the table.

    With the matter of a decision, those that concern no other matter only; and those of some
    kinds, for a rule never says anything graver than its kind.
    """
    folder = path.removeprefix(ROOT).split("/", 1)[0]
    if (folder, matter, kinds) not in _ABOUT:
        about = (r for r in RULES if r.kind in kinds and {"*", folder} & set(r.about))
        _ABOUT[folder, matter, kinds] = tuple(
            rule for rule in about if matter is None or not rule.matters or matter in rule.matters
        )
    return _ABOUT[folder, matter, kinds]


_ABOUT: dict[tuple[str, str | None, frozenset[str]], tuple[Rule, ...]] = {}


def judge(case: Case, paths: Iterable[str], kinds: frozenset[str] = KINDS) -> tuple[Finding, ...]:
    """Put a case to every rule about each of the records, and return all findings in order.

    Who asks only for what takes an act's effect away need not have the duties worked out.
    """
    return in_order(finding for path in paths for finding in judge_record(case, path, kinds))


def judge_record(case: Case, path: str, kinds: frozenset[str] = KINDS) -> Iterator[Finding]:
    """What the rules say about one record."""
    for rule in rules_about(path, _matter(case, path), kinds):
        try:
            for breach in answers(case, rule, path):
                yield _finding(rule, breach, path)
        except NotInForce as missing:
            yield from _no_law(case, rule, path, missing)


def _matter(case: Case, path: str) -> str | None:
    """What a decision is on: a rule about other matters has nothing to ask of it."""
    decision = case.after.decision_in(path) if path.startswith(DECISIONS) else None
    earlier = case.before.decision_in(path) if decision and case.before else None
    moved = earlier is not None and decision is not None and earlier.matter != decision.matter
    return None if decision is None or moved else decision.matter


def _finding(rule: Rule, breach: Breach, path: str) -> Finding:
    kind = breach.kind or rule.kind
    if breach.basis == "attested" and kind == "validity":
        kind = "note"
    return Finding(
        rule=rule.name,
        kind=kind,
        article=rule.article,
        message=breach.message,
        remedy=breach.remedy,
        file=path,
        at=breach.at,
        refs=breach.refs,
        basis=breach.basis,
        facts=breach.facts,
        readings=breach.readings,
    )


def _no_law(case: Case, rule: Rule, path: str, missing: NotInForce) -> Iterator[Finding]:
    """A day under an edition not encoded meets only the law of the record; any other is refused.

    What is missing for a note or a duty keeps it from being asked, and refuses nothing.
    """
    edition = edition_on(case.after, missing.day) if missing.day else None
    if edition is not None and not edition.encoded:
        yield Finding(
            "no-encoded-edition",
            "note",
            RECORD,
            f"The statutes of {edition.start} are not encoded here: only the law of the record "
            "was applied.",
            "Nothing: the fact is attested, not judged.",
            path,
            basis="attested",
        )
    elif rule.kind == "validity":
        yield Finding(
            "no-silent-rule",
            "validity",
            RECORD,
            f"No law is in force for this: {missing.missing}.",
            "A day or a matter without a rule is refused; b40 statutes show tells what is in "
            "force.",
            path,
        )


# The folders whose records rest on those of another: they name what a change there can touch.
RESTING = {
    "decisions": ("members", "observers", "groups", "committee", "presidencies", "decisions"),
    "members": ("decisions", "groups", "committee"),
    "meetings": ("decisions",),
    "committee": ("decisions",),
    "observers": ("decisions", "meetings"),
    "groups": ("decisions", "meetings"),
}


def touched(before: Registry, after: Registry, changed: Iterable[str]) -> tuple[str, ...]:
    """The records a change can touch: those it changes or reaches, and those that rest on them."""
    found = set(changed)
    for path in tuple(found):
        found.update(reached(after, path))
        found.update(c.path for c in after.corrections().get(path, ()))
    for path in tuple(found):
        found.update(_resting_on(before, after, path))
    return tuple(sorted(found))


def _resting_on(before: Registry, after: Registry, path: str) -> Iterator[str]:
    folder, _slash, name = path.removeprefix(ROOT).partition("/")
    name = ref_of(name).id
    if folder in RESTING:
        years = _terms(before, after, path) if folder == "committee" else ()
        for year in years:
            yield from after.paths(f"decisions/{year}/")
            yield from (m.path for m in after.meetings_of(str(year)) if m.kind == "ec")
        resting = tuple(f"{ROOT}{other}/" for other in RESTING[folder])
        reached_by = reaches(before, after, path) if folder == "members" else bool
        yield from (p for p in after.naming(name) if p.startswith(resting) and reached_by(p))
    if path == NETWORK and _known_otherwise(before, after):
        yield from after.paths("decisions/")
    if path == SOURCES:
        gone = before.sources().keys() - after.sources().keys()
        yield from (citing for key in gone for citing in after.naming(key))
    if folder == "decisions":
        yield from _approvals_of_candidates(before, after, name)
    if folder in ("committee", "presidencies"):
        yield from (*after.paths("committee/"), *after.paths("presidencies/"))
    if folder == "presidencies":
        yield from _on_the_day_of_handover(after, path)
        terms = [term for r in (before, after) if (term := r.term(int(name)))]
        yield from (path_of(term.approved) for term in terms if term.approved)
        begun = {term.start.day.year for term in terms if term.start}
        # A year after it began it is vacant by one reading: a committee's vote may turn on that.
        for year in sorted({late for first in begun for late in (first, first + 1)}):
            yield from (p for p in after.paths(f"decisions/{year}/") if "/EC-" in p)
    if folder == "groups":
        yield from (p for p in after.naming("committee-election") if "/decisions/" in p)


def _known_otherwise(before: Registry, after: Registry) -> bool:
    """Whether another list is whole than before: every count rests on that."""
    was, now = before.network, after.network
    return was is not None and now is not None and was.complete != now.complete


def _approvals_of_candidates(before: Registry, after: Registry, name: str) -> Iterator[str]:
    """The Assembly approves a President from candidates whose decision its own does not name."""
    was, now = before.decision(name), after.decision(name)
    terms = {d.term for d in (was, now) if d is not None and d.matter == "candidates"}
    for path in after.naming("presidency") if terms else ():
        approval = after.decision_in(path)
        if approval is not None and approval.matter == "presidency" and approval.term in terms:
            yield approval.path


def _terms(before: Registry, after: Registry, path: str) -> Iterator[int]:
    """The years in which seats of a term were held, before or after the change."""
    days = [s.start.day.year for r in (before, after) for s in r.seats() if s.path == path]
    return iter(range(min(days), max(days) + 2)) if days else iter(())


def _on_the_day_of_handover(after: Registry, path: str) -> Iterator[str]:
    """What met or was decided on the day of a handover has to say on which side of it."""
    term = after.term_in(path)
    day = str(term.handover["on"]) if term and term.handover else ""
    if day:
        yield from (p for p in after.paths("meetings/") if p.startswith(f"{ROOT}meetings/{day}-"))
        yield from (p for p in after.paths(f"decisions/{day[:4]}/") if "/PR-" in p)
