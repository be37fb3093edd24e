"""What an act would do, before anybody has judged it."""

from __future__ import annotations

from datetime import date
from typing import Generic, NamedTuple

from b40cli.model.answer import Result, Result_co
from b40cli.model.edit import Edit
from b40cli.model.facts.decision import Decision
from b40cli.model.finding import Finding
from b40cli.model.ref import Ref


class Proposal(NamedTuple, Generic[Result_co]):
    """An act as data.

    `act` is the command's words, `subject` the record it is about (`members/bg-plovdiv`),
    `headline` the commit's subject, `body` its further lines; no edits means: already so.
    `refusals` say why an act can happen once only: there is nothing in it to judge again. `preview`
    is what a dry run tells before the plan.
    """

    act: str
    subject: str
    headline: str
    edits: tuple[Edit, ...]
    result: Result_co
    body: tuple[str, ...] = ()
    decision: str | None = None
    on: date | None = None
    refusals: tuple[Finding, ...] = ()
    preview: tuple[str, ...] = ()


def on_decision(
    act: str,
    decision: Decision,
    headline: str,
    edits: tuple[Edit, ...],
    result: Result,
    body: tuple[str, ...] = (),
    on: date | None = None,
) -> Proposal[Result]:
    """An act on a decision, by its id, on a legal day of its own where it has one."""
    subject = decision.subject or str(Ref("decisions", decision.id))
    return Proposal(act, subject, headline, edits, result, body, decision.id, on)
