"""What is put to a body: the question, its id, its record; nothing is decided by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.elections import as_put, kept_out, told_ahead
from b40cli.acts.change.proposal import Proposal, next_number
from b40cli.acts.opened.named import called_by
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError, refuse_unknown
from b40cli.model.facts.decision import path_of
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.articles.art10_amendment import WITH_A_DAY, of_another_kind
from b40cli.rules.case.law import rule_set_on
from b40cli.rules.case.rule_sets import set_of_reading
from b40cli.rules.case.silence import SILENT_EFFECTS
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_facts import COMMITTEE

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Proposed

SERIES = {ASSEMBLY: "GA", COMMITTEE: "EC", "president": "PR", "mayor-of-istanbul": "MI"}


class Question(NamedTuple):
    """What is put to the vote; the body is the one whose meeting it is put to.

    `term` is the year a candidacy, presidency or election is for; `amends` pairs parameters with
    new values; `effect` is ex-tunc or ex-nunc, or what a resolution brings about where the statutes
    are silent: of cities it `succeeds`, or `until` a day. An amendment may have a `text`, and as an
    adopted reading a day of its own on which it `takes_effect`.
    """

    matter: str
    subject: str | None
    meeting: str
    title: str | None = None
    item: int | None = None
    grounds: str | None = None
    evidence: tuple[Mapping[str, Any], ...] = ()
    term: int | None = None
    candidates: tuple[str, ...] = ()
    amends: tuple[Mapping[str, Any], ...] = ()
    annuls: str | None = None
    effect: str | None = None
    adopts: str | None = None
    handover: str | None = None
    silent: bool = False
    succeeds: tuple[str, ...] = ()
    until: str | None = None
    text: str | None = None
    takes_effect: str | None = None


def next_id(registry: Registry, body: str, year: int) -> str:
    """The next free id of a body's series in a year."""
    series = SERIES[body]
    return f"{series}-{year}-{next_number(registry, series, f'decisions/{year}/'):03d}"


def body_of(registry: Registry, question: Question) -> str:
    """The body a question is put to: the meeting's."""
    meeting = registry.meeting(question.meeting)
    return ASSEMBLY if meeting is not None and meeting.kind == "ga" else COMMITTEE


def propose(session: Session, question: Question) -> Proposal[Proposed]:
    """Put a matter to a body; nothing is decided by it. UsageError for what can never be law."""
    _require_law(session, question)
    name = next_id(session.before, body_of(session.before, question), session.on.year)
    record = question_record(session, name, question)
    record |= {"proposed": str(session.on), "state": "proposed"}
    record |= as_put(session.before, record, session.on)
    kept = kept_out(session.before, record, session.on)
    headline = f"decision: propose {name}, {lower(record['title'])}"
    result: Proposed = {
        "id": name,
        "state": "proposed",
        "matter": question.matter,
        "subject": question.subject,
    }
    if "seats" in record:
        result["seats"] = record["seats"]
        result["may_not_sit"] = [{"city": c, "rule": b.rule} for c, b in sorted(kept.items())]
    return Proposal(
        "decision propose",
        question.subject or str(Ref("decisions", name)),
        headline,
        (Create(path_of(name), record),),
        result,
        told_ahead(record, kept),
        decision=name,
    )


def require_values(registry: Registry, amends: Sequence[Mapping[str, Any]]) -> None:
    """UsageError unless each is a value, of its kind, of another parameter that there is."""
    names = [str(change["parameter"]) for change in amends]
    for n, (name, change) in enumerate(zip(names, amends, strict=True)):
        parameter = registry.parameters().get(name)
        if parameter is None:
            raise UsageError(f"{name} is no parameter.", "b40 statutes show lists them.")
        if name in names[:n]:
            raise UsageError(f"--amend names {name} twice.", "Name one value of each.")
        if said := of_another_kind(change, parameter.dated[-1].value):
            raise UsageError(f"--amend makes {said[0]}", said[1])


def _require_law(session: Session, question: Question) -> None:
    """UsageError for a law that none could be: no values, none there are, no such reading."""
    require_values(session.before, question.amends)
    says = question.matter != "amendment" or question.amends or question.text
    if not says and rule_set_on(session.before, session.on) >= WITH_A_DAY:
        raise UsageError(
            "An amendment says what it changes.",
            "Name a parameter (--amend assembly-quorum=3/4) or the words (--text).",
        )
    name, adopts = ref_of(question.subject or "").id, question.adopts
    point = session.before.interpretations().get(name)
    if point is None or adopts is None or adopts in point.readings:
        return
    if set_of_reading(name, adopts) <= rule_set_on(session.before, session.on):
        raise UsageError(f"{name}={adopts} is no reading.", f"b40 explain {name} tells them.")


def question_record(session: Session, name: str, question: Question) -> dict[str, Any]:
    """The part of a decision's record that says what is asked: the question's own fields."""
    refuse_unknown("--effect", question.effect, ("ex-tunc", "ex-nunc", *SILENT_EFFECTS))
    registry, said = session.before, question._asdict()
    whole: dict[str, Any] = {
        "id": name,
        "body": body_of(registry, question),
        **{key: list(value) if isinstance(value, tuple) else value for key, value in said.items()},
        "title": question.title or _title(registry, question),
        "item": question.item or _next_item(registry, question.meeting),
        "statutes_silent": question.silent or None,
    }
    del whole["silent"]
    return {key: value for key, value in whole.items() if value not in (None, [])}


def _title(registry: Registry, question: Question) -> str:
    matter = question.matter.replace("-", " ").capitalize()
    about = question.annuls or question.subject or (str(question.term) if question.term else None)
    if about is None:
        return matter
    return f"{matter} of {called_by(registry)(about.rsplit('/', 1)[-1])}"


def _next_item(registry: Registry, meeting: str) -> int:
    items = [d.item for d in registry.decisions() if d.meeting == meeting and d.item]
    listed = registry.meeting(meeting)
    planned = [entry["item"] for entry in listed.agenda] if listed else []
    return max([*items, *planned], default=0) + 1


def lower(title: str) -> str:
    """A title inside a sentence; one that is a name, by its second capital, stays as it is."""
    following = title.split()[1:2]
    plain = title[1:2].islower() and all(w.islower() or not w.isalpha() for w in following)
    return title[:1].lower() + title[1:] if plain else title
