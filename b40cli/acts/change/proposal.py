"""What an act would do, before anybody has judged it."""

from __future__ import annotations

from datetime import date
from typing import Generic, NamedTuple

from b40cli.model.answer import Result, Result_co
from b40cli.model.edit import Edit
from b40cli.model.facts.decision import Decision
from b40cli.model.finding import Finding
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry


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


def next_number(registry: Registry, series: str, folder: str) -> int:
    """The next free number of a series in the folder of a year: `EC` in `decisions/2026/`."""
    ids = (ref_of(path).id for path in registry.paths(folder))
    return max((int(name[-3:]) for name in ids if name.startswith(f"{series}-")), default=0) + 1


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
