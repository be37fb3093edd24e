"""What came of a decision, in a sentence, a line and a word."""

from __future__ import annotations

from collections.abc import Mapping

from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.wording import few, sentence
from b40cli.acts.votes.counted import unchanged
from b40cli.model.facts.decision import Decision
from b40cli.model.paper import Strong, Words
from b40cli.model.wording import BODIES, begun, counted, listed, on_day
from b40cli.rules.facts.terms import ELECTION


def outcome(view: View, decision: Decision, grounds: bool = True) -> Words:
    """The sentence of what came of it, behind the grounds that were put."""
    told = decision.grounds if grounds else None
    lead = f"Grounds put: {sentence(told)} " if told else ""
    state, how = decision.state, _how(decision)
    if not decision.collegiate:
        by = decision.decided_by or {}
        name = f"{by.get('person', '')}, for {who.city(view, by.get('city'))}"
        body = BODIES[decision.body]
        return (lead + f"Decided by the {body} ({name}). {_effect(view, decision)}".rstrip(),)
    if decision.matter == ELECTION and state == "adopted":
        return (f"{lead}{_elected(view, decision, how)}{_since(view, decision)}",)
    if state == "adopted":
        said = f"{lead}{_effect(view, decision)}".strip()
        return (f"{said} Adopted{how}.{_since(view, decision)}".strip(),)
    if state in ("proposed", "open"):
        return (f"{lead}{'The vote is open' if state == 'open' else 'Put to the vote'}.",)
    if state == "withdrawn":
        return (f"{lead}Withdrawn, not put to the vote.",)
    why = f": {sentence(decision.reason)}" if decision.reason else f"{how}{_short(decision)}."
    stays = unchanged(decision, lambda city: who.city(view, city))
    tail = f" {stays}{_since(view, decision)}".rstrip()
    word = "Rejected" if state == "rejected" else "Without effect"
    if decision.matter == ELECTION and state == "rejected":
        word = "Nobody was elected"
    return (lead, Strong(word), f"{why}{tail}")


def _how(decision: Decision) -> str:
    votes, majority = decision.votes, (decision.counted or {}).get("majority", {})
    if votes and votes.tally is not None:
        return " by secret ballot"
    if votes and not votes.choices and majority.get("for") == majority.get("base"):
        return " unanimously"
    return ""


def _short(decision: Decision) -> str:
    majority = (decision.counted or {}).get("majority", {})
    lacking = (majority.get("required") or 0) - (majority.get("for") or 0)
    return f", {few(lacking)} vote{'s' if lacking > 1 else ''} short" if lacking > 0 else ""


def _since(view: View, decision: Decision) -> str:
    annulment = view.registry.annulments().get(decision.id)
    if annulment is None:
        return ""
    how = "from the beginning" if annulment.effect == "ex-tunc" else "for the time after"
    return f" Annulled since, {how} ({annulment.id})."


def _effect(view: View, decision: Decision) -> str:
    """What an adopted decision changed, in a sentence; empty where its title says it all."""
    city = who.city(view, decision.city)
    said = {
        "admission": f"{city} is admitted.",
        "suspension": f"{city} is suspended, without a vote.",
        "reinstatement": f"The suspension of {city} ends.",
        "removal": f"{city} is no longer a member.",
    }
    if decision.matter == "presidency":
        return _presidency(view, decision)
    if decision.matter == "candidates" and decision.candidates:
        cities = [who.city(view, c) for c in decision.candidates]
        return f"{begun(listed(cities))} {'stand' if len(cities) > 1 else 'stands'}."
    return said.get(decision.matter, "") if decision.city else ""


def _elected(view: View, decision: Decision, how: str) -> str:
    chosen = [who.city(view, c) for c in (decision.counted or {}).get("elected", ())]
    return f"Elected{how}: {listed(chosen)}." if chosen else "Nobody was elected."


def _presidency(view: View, decision: Decision) -> str:
    city = decision.city
    if city is None:
        return ""
    meeting = view.registry.meeting(decision.meeting)
    head = who.head_at(view, meeting, city) if meeting else None
    mayor = f", whose mayor is {head.name}," if head else ""
    term = view.registry.term(decision.term)
    named = view.registry.decision(term.candidates) if term else None
    determined = ""
    if named is not None and named.closed is not None:
        determined = (
            ", from the candidates the Executive Committee determined on "
            f"{on_day(named.closed)} ({named.id})"
        )
    return f"{who.city(view, city)}{mayor} was approved for {decision.term}{determined}."


def cast_told(votes: Mapping[str, int]) -> str:
    """The ballots by side: `4 for, none against, 1 abstention`."""
    against = votes.get("against", 0)
    said = [f"{votes.get('for', 0)} for", f"{against or 'none'} against"]
    if votes.get("abstain"):
        said.append(counted(votes["abstain"], "abstention"))
    if votes.get("invalid"):
        said.append(f"{votes['invalid']} invalid")
    return ", ".join(said)


def outcome_brief(decision: Decision) -> str:
    """A decision in a line of a table: `Suspension of Anemopetra, by the President`."""
    by = f"by the {BODIES[decision.body]}"
    votes = decision.votes
    if votes is None or decision.counted is None or votes.by_candidate:
        return f"{decision.title}, {by}"
    return f"{decision.title}, {by}: {cast_told(votes.by_side)}"


def result_word(view: View, decision: Decision) -> str:
    """What came of it, in a word."""
    if decision.id in view.registry.annulments():
        return "annulled"
    words = {
        "invalid": "without effect",
        "adopted": "adopted" if decision.collegiate else "decided",
    }
    return words.get(decision.state, decision.state)
