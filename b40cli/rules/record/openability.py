"""What is put to a body and cannot be voted on as things stand: told when it is put."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import Decision
from b40cli.model.facts.statutes import NotInForce
from b40cli.rules.case.rule import RECORD, Breach, Case, Rule, answers

# What only the sitting itself shows, or the notice that goes out for it; and who is competent,
# which is asked of a proposal already and refuses it.
SHOWN_LATER = frozenset(
    {
        "assembly-competence",
        "committee-competence",
        "committee-composition",
        "committee-quorum",
        "one-vote-per-member",
        "quorum-at-first-roll-call",
        "removal-on-the-notice",
    }
)


def foreseen(norms: tuple[Rule, ...]) -> Rule:
    """The note on a proposal whose vote one of the norms would not let open."""
    judges = tuple(
        rule
        for rule in norms
        if rule.kind == "validity" and rule.article != RECORD and rule.name not in SHOWN_LATER
        if {"decisions", "*"} & set(rule.about)
    )

    def question(case: Case, path: str) -> Iterator[Breach]:
        yield from _in_its_way(case, path, judges)

    return Rule(
        name="cannot-be-opened-yet",
        kind="note",
        norm="Who puts a matter to a body is told what stands in the way of a vote on it.",
        about=("decisions",),
        question=question,
        fails="A dismissal is proposed of a city that holds no seat.",
        cure="Mend what the note names before the meeting, or withdraw the proposal.",
    )


def _in_its_way(case: Case, path: str, judges: tuple[Rule, ...]) -> Iterator[Breach]:
    """Told once, by the change that puts the question: later it may have been mended."""
    decision = case.after.decision_in(path)
    if decision is None or decision.state != "proposed" or case.before is None:
        return
    if case.before.recorded(path) == case.after.recorded(path):
        return
    supposed = case._replace(after=case.after.undecided(path))
    for rule in judges:
        if not rule.matters or decision.matter in rule.matters:
            yield from _told(rule, supposed, path, decision)


def _told(rule: Rule, supposed: Case, path: str, decision: Decision) -> Iterator[Breach]:
    try:
        found = [b for b in answers(supposed, rule, path) if b.kind in (None, "validity")]
    except NotInForce:
        return
    for breach in found:
        yield breach._replace(
            message=f"As things stand the vote on {decision.id} cannot be opened: "
            f"{breach.message} ({rule.article}, {rule.name})",
            kind="note",
        )
