"""A law that is entered late: what it came after stands as it was closed, and that is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from b40cli.model.day import year_after
from b40cli.model.facts.decision import path_of
from b40cli.model.facts.known import Known
from b40cli.model.facts.statutes import NotInForce
from b40cli.model.finding import Place
from b40cli.model.ref import ref_of
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule, answers
from b40cli.rules.facts.known_law import unknown_to
from b40cli.rules.facts.known_standing import came_before, rests_on_membership
from b40cli.rules.votes.carried import as_written


def law_misknown(case: Case, path: str, known: Known) -> Iterator[Breach]:
    """What a law names as closed before it was so before this change, on a day that it binds."""
    law, then = case.after.decision_in(path), case.before
    listed = came_before(then, law, law.closed) if then and law and law.closed else ()
    yield from _not_before(path, known.on_record or (), listed, ("known", "on_record"))


def notices_misknown(case: Case, path: str) -> Iterator[Breach]:
    """What a notice of leaving names was so before this change; nobody adds to that later."""
    member = case.after.member_in(path)
    if member is None or case.before is None:
        return
    earlier = case.before.member_in(path)
    held = {w.received: w.after for w in (earlier.withdrawals if earlier else ())}
    for n, notice in enumerate(member.withdrawals):
        over, was = year_after(notice.received), held.get(notice.received)
        listed = rests_on_membership(case.before, member.id, over) if was is None else was
        former = n < len(member.former_withdrawals)
        at = ("former_withdrawals", n) if former else ("withdrawal",)
        yield from _not_before(path, notice.after, listed, (*at, "known", "on_record"))


def _not_before(
    path: str, named: Iterable[str], listed: Iterable[object], at: Place
) -> Iterator[Breach]:
    wrong = sorted({*named} - {*map(str, listed)})
    if wrong:
        yield Breach(
            f"{ref_of(path).id} says of {', '.join(wrong)} that it came after it; no such vote or "
            "meeting, and nothing that rests on a membership, was on record before, of a day on "
            "which this has its effect.",
            "Leave it out: it is judged by what is on record. What was closed in the same request "
            "goes in first, in one of its own.",
            at,
            facts={"named": wrong},
        )


def earlier_law_affected(norms: tuple[Rule, ...]) -> Rule:
    """The rule that what stands by the law known then is told where today's law says otherwise."""
    judges = tuple(r for r in norms if r.kind == "validity" and r.article != RECORD)

    def question(case: Case, path: str) -> Iterator[Breach]:
        laws = unknown_to(case.after, path)
        said = [_said(b) for b in _by_all_of_the_law(case, path, judges, laws)] if laws else []
        if said:
            yield Breach(
                f"{ref_of(path).id} was closed before the law of {', '.join(sorted(laws))} was "
                f"entered, which binds its day. Counted by that: {' '.join(dict.fromkeys(said))}",
                "The record stands as it was closed; the body may annul it and vote again.",
                facts={"laws": sorted(laws), "said": said},
                refs=tuple(sorted(laws)),
            )

    return Rule(
        name="earlier-law-affected",
        kind="note",
        norm="What was closed is judged by the law that was known; what another says is told.",
        about=("decisions", "meetings"),
        question=question,
        fails="A vote of February, counted before an amendment of January was entered.",
        cure="Nothing: it stands as it was closed; the body may annul it and vote again.",
    )


def _said(breach: Breach) -> str:
    """What is not so by that law; the numbers where it gives others."""
    computed = breach.facts.get("computed")
    return breach.message if computed is None else f"{breach.message[:-1]}: {as_written(computed)}."


def _by_all_of_the_law(
    case: Case, path: str, judges: tuple[Rule, ...], laws: Collection[str]
) -> Iterator[Breach]:
    then = case.after
    for law in map(path_of, laws):
        record = then.content(law)
        then = then.with_record(law, {k: v for k, v in record.items() if k != "known"})
    then = then.under(then)
    for rule in (r for r in judges if {ref_of(path).kind, "*"} & set(r.about)):
        try:
            yield from answers(Case(None, then, case.on), rule, path)
        except NotInForce:
            continue
