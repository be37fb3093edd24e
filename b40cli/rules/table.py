"""The law in one ordered table, and the judge that puts a case to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b40cli.model.facts.statutes import NotInForce
from b40cli.model.finding import KINDS, Finding, in_order
from b40cli.model.ref import ROOT
from b40cli.model.state.forgotten import forgetting as forgetting_of
from b40cli.rules.articles import (
    art01_region,
    art05_admission,
    art05_declaration,
    art06_observers,
    art07_representation,
    art09_in_office,
    art09_leaving,
    art09_suspension,
    art10_amendment,
    art10_assembly,
    art10_order_of_business,
    art10_summit,
    art10_yearly,
    art12_reporting,
    art12_secretary,
)
from b40cli.rules.articles.committee import (
    art13_committee,
    art13_counted,
    art13_endings,
    art13_offices,
    art13_terms,
)
from b40cli.rules.articles.groups import (
    art14_groups,
    art14_meetings,
    art14_people,
    art14_programmes,
)
from b40cli.rules.articles.presidency import (
    art11_candidacy,
    art11_duties,
    art11_mandate,
    art11_presidency,
)
from b40cli.rules.case.law import NO_EDITION, edition_on, newest_in
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule, answers_by_its_set, was_cancelled
from b40cli.rules.duties import duties
from b40cli.rules.facts.known_law import by_the_law_known
from b40cli.rules.record import (
    append_only,
    as_planned,
    correction,
    forgetting,
    great_change,
    identity,
    invalid_votes,
    official_register,
    openability,
    record,
    rescheduled,
    settled,
    upgrade,
    vote_gaps,
)
from b40cli.rules.record.known import late_law, law_on_record, learnt_since
from b40cli.rules.record.signed import trust

_NORMS: tuple[Rule, ...] = (
    *art01_region.RULES,
    *art05_admission.RULES,
    *art05_declaration.RULES,
    *art06_observers.RULES,
    *art09_suspension.RULES,
    *art09_in_office.RULES,
    *art07_representation.RULES,
    *art09_leaving.RULES,
    *art10_assembly.RULES,
    *art10_amendment.RULES,
    *art11_candidacy.RULES,
    *art11_mandate.RULES,
    *art11_presidency.RULES,
    *art11_duties.RULES,
    *art12_secretary.RULES,
    *art13_offices.RULES,
    *art13_endings.RULES,
    *art13_terms.RULES,
    *art13_counted.RULES,
    *art13_committee.RULES,
    *art10_yearly.RULES,
    *art10_summit.RULES,
    *art10_order_of_business.RULES,
    *art12_reporting.RULES,
    *art14_groups.RULES,
    *art14_people.RULES,
    *art14_programmes.RULES,
    *art14_meetings.RULES,
    *record.RULES,
    *official_register.RULES,
    *settled.RULES,
    *rescheduled.RULES,
    *vote_gaps.RULES,
    *learnt_since.RULES,
    *identity.RULES,
    *append_only.RULES,
    *correction.RULES,
    *forgetting.RULES,
    *trust.RULES,
    *upgrade.RULES,
    *great_change.RULES,
)
RULES: tuple[Rule, ...] = (
    *_NORMS,
    law_on_record.law_on_record(_NORMS),
    as_planned.missed_as_planned(_NORMS),
    late_law.earlier_law_affected(_NORMS),
    invalid_votes.invalid_for_a_reason(_NORMS),
    openability.foreseen(_NORMS),
    *duties.acknowledging(_NORMS),
)


def rule_named(name: str, rule_set: int | None = None) -> Rule | None:
    """The rule of that name, or None; of two, one that replaced the other, that of a rule set."""
    named = [rule for rule in RULES if rule.name == name]
    held = (rule for rule in named if rule_set is not None and rule.holds_under(rule_set))
    return next(held, named[0] if named else None)


def rules_under(rule_set: int) -> tuple[Rule, ...]:
    """The rules of a rule set, in the order of the table: not what later ones bring."""
    return tuple(rule for rule in RULES if rule.holds_under(rule_set))


def rules_about(
    path: str, matter: str | None = None, kinds: frozenset[str] = KINDS
) -> tuple[Rule, ...]:
    """The rules that are asked about a record, in the order of the table.

    With the matter of a decision, those that concern no other matter only; and those of some
    kinds, for a rule never says anything graver than its kind.
    """
    folder = path.removeprefix(ROOT).partition("/")[0]
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
    case = forgetful(case)
    return in_order(finding for path in paths for finding in judge_record(case, path, kinds))


def forgetful(case: Case) -> Case:
    """The case, where what it forgets was forgotten before: no change for any other rule."""
    before = case.before and forgetting_of(case.before, case.after)
    return case if before is case.before else case._replace(before=before)


def judge_record(case: Case, path: str, kinds: frozenset[str] = KINDS) -> Iterator[Finding]:
    """What the rules say about one record, by the law that was known when it was closed."""
    case = by_the_law_known(case, path)
    newest, held = newest_in(case.lawgiver), not was_cancelled(case.after, path)
    for rule in rules_about(path, _matter(case, path), kinds):
        if rule.since > newest or not (held or rule.article == RECORD):
            continue
        try:
            for breach in answers_by_its_set(case, rule, path):
                yield _finding(rule, breach, path)
        except NotInForce as missing:
            yield from _no_law(case, rule, path, missing)


def _matter(case: Case, path: str) -> str | None:
    """What a decision is on: a rule about other matters has nothing to ask of it."""
    decision = case.after.decision_in(path)
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
    network = case.after.network
    older = edition is None and missing.day and network and missing.day < network.opened
    if older or (edition is not None and not edition.encoded):
        said = f"The statutes of {edition.start}" if edition else f"Statutes of {missing.day}"
        yield Finding(
            NO_EDITION,
            "note",
            RECORD,
            f"{said} are not encoded here: only the law of the record was applied.",
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
