"""A decision in words: what came of it, its arithmetic, who gave no ballot, what it turns on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from b40cli.acts.opened.view import View
from b40cli.acts.papers import who
from b40cli.acts.papers.elections import candidates
from b40cli.acts.papers.outcomes import cast_told, outcome
from b40cli.acts.papers.wording import few, in_words
from b40cli.acts.votes import arithmetic as sums
from b40cli.acts.votes.smallest import smallest
from b40cli.model.errors import WorldError
from b40cli.model.facts.decision import SIDES, Decision, Votes
from b40cli.model.paper import Ballots, PaperPart, Paragraph, Summary, Tabular, Words
from b40cli.model.wording import begun, counted, listed
from b40cli.rules.votes.contest import slate_of

ABSTAINED = {"for": "For", "against": "Against", "abstain": "Abstained", "invalid": "Invalid"}
OF_WHOM = {
    sums.VOTERS: "those present or represented",
    sums.CAST: "the votes cast",
    sums.ENTITLED: "all with a vote",
    sums.MEMBERS: "all members",
    sums.FIRST: "those at the first roll call",
}
ALL_GAVE = ("All ", "Both ", "The only voter ")
ARTICLE = {"executive-committee": "Article 13", "general-assembly": "Article 10"}


class Sums(NamedTuple):
    """A vote's numbers: by side, the count of the record, and what that count rests on.

    `by_candidate`: each candidate had votes of its own; a slate is voted for or against.
    """

    votes: Mapping[str, int]
    counts: Mapping[str, Any]
    basis: Mapping[str, Any]
    by_candidate: bool

    @property
    def majority(self) -> Mapping[str, Any]:
        """The majority as the record has it."""
        found: Mapping[str, Any] = self.counts.get("majority") or {}
        return found


def sums_of(view: View, decision: Decision) -> Sums | None:
    """The numbers of a closed vote; None where it has no count."""
    if decision.counted is None or decision.votes is None:
        return None
    votes = decision.votes
    try:
        basis = sums.arithmetic(view.registry, decision)
    except WorldError:
        basis = {}  # the register of today cannot count it again: the record's own numbers stand
    slate = slate_of(decision) and decision.counted["majority"]["kind"] != "plurality"
    return Sums(votes.by_side, decision.counted, basis, "elected" in decision.counted and not slate)


def decided(view: View, decision: Decision, full: bool = False) -> Iterator[PaperPart]:
    """What came of a decision and how: in a sentence, in numbers, in a picture where it is close.

    `full` tells the numbers as a proof does, with the votes by name whatever they came to.
    """
    yield Paragraph(outcome(view, decision, grounds=not full))
    found = sums_of(view, decision)
    if found is None:
        return
    close = decision.state != "adopted" or _turns(decision)
    yield Summary(tuple(_arithmetic(view, decision, found, full or close)), inner=True)
    if "elected" in found.counts:
        leaders = (found.basis.get("election") or {}).get("leaders", ())
        yield from candidates(view, decision, frozenset(leaders))
    if found.by_candidate:
        return
    cast = found.votes
    if close and any(cast.values()) and found.majority.get("kind") != "unanimity":
        abstained = cast.get("abstain", 0) + cast.get("invalid", 0)
        yield Ballots((cast["for"], cast["against"], abstained), found.majority["required"])
    if full or close:
        yield from readings_table(view, decision)
    if (full or close) and decision.votes and decision.votes.ballots is not None:
        yield by_name(view, decision)


def _turns(decision: Decision) -> bool:
    return (decision.readings or {}).get("verdict") not in (None, "robust")


def _arithmetic(
    view: View, decision: Decision, found: Sums, full: bool
) -> Iterator[tuple[str, Words]]:
    quorum = found.counts.get("quorum")
    if quorum:
        yield "Quorum", _quorum(view, decision, found, quorum, full)
    if found.majority:
        yield "Majority", _majority(decision, found, full)
    turned = smallest(view.registry, decision, decision.closed or view.on)
    if turned is not None:
        yield "Turns with", f"{begun(turned)}."
    yield "Readings", " ".join(_readings(view, decision))
    given = _given(view, decision)
    if full or not given.startswith(ALL_GAVE):
        yield "Ballots", given
    if decision.announced:
        yield "Read out", _read_out(view, decision)


def _read_out(view: View, decision: Decision) -> str:
    """The totals as they were read out in the room, and whether they are those counted."""
    said = ", ".join(
        f"{n} {side if side in SIDES else who.city(view, side)}"
        for side, n in decision.announced.items()
    )
    counts = decision.votes.totals if decision.votes else {}
    other = any(counts.get(side, 0) != n for side, n in decision.announced.items())
    return f"{said}{', otherwise than counted' if other else ', as counted'}."


def _quorum(
    view: View, decision: Decision, found: Sums, quorum: Mapping[str, Any], full: bool
) -> str:
    part = found.basis.get("quorum", {})
    whole = f" of {len(part['of'])}" if part else ""
    noun = "members" if decision.body == "general-assembly" else "seats"
    met = "met" if quorum["met"] else "not met"
    if not full or not part:
        return f"{quorum['counted']}{whole} {noun}, {quorum['required']} needed: {met}."
    present_then, came = _present_for_the_quorum(view, decision), ""
    if present_then is not None:
        present = len(set(present_then) & set(part["came"]))
        came = f" ({present} present, {quorum['counted'] - present} represented)"
    return (
        f"{quorum['counted']}{whole} {noun} counted{came}; {_share(part['share'])}, "
        f"{quorum['required']}, needed: {met} ({ARTICLE[decision.body]})."
    )


def _present_for_the_quorum(view: View, decision: Decision) -> tuple[str, ...] | None:
    """Who attended when the quorum was asked: in the Assembly once, at the first roll call."""
    meeting = view.registry.meeting(decision.meeting)
    if decision.body == "general-assembly" and meeting and meeting.first_roll_call:
        return meeting.first_roll_call.present
    return decision.roll.present if decision.roll else None


def _share(told: str) -> str:
    """`at least 2/3` as `two thirds`, `more than 1/2` as `more than half`."""
    lead, _blank, share = told.rpartition(" ")
    words = in_words(share)
    return words if lead == "at least" else f"{lead} {words}"


def _majority(decision: Decision, found: Sums, full: bool) -> str:
    majority, kind = found.majority, found.majority.get("kind")
    if found.by_candidate:
        return _of_candidates(decision, majority)
    cast = "; ".join(filter(None, (cast_told(found.votes), _casting(majority))))
    if kind == "unanimity":
        need = f"all {majority['base']} needed"
    else:
        need = f"{majority['required']} of {majority['base']} needed"
    if not full:
        return f"{cast}; {need}."
    part = found.basis.get("majority", {})
    why = f", {_share(part['share'])} of {OF_WHOM.get(part['of'], part['of'])}" if part else ""
    if kind == "unanimity":
        why = f", {OF_WHOM.get(part['of'], part['of'])}" if part else ""
    casts = majority.get("casting")
    met = "met" if majority["for"] >= majority["required"] or casts == "for" else "not met"
    return f"{cast}; {need}{why}: {met} ({ARTICLE[decision.body]})."


def _of_candidates(decision: Decision, majority: Mapping[str, Any]) -> str:
    """What elects a candidate (INT-16); how many chose one, where that is known."""
    if majority["kind"] != "plurality":
        need = f"{counted(majority['required'], 'vote')}, more than half of {majority['base']}"
        return f"Whoever has at least {need}, is elected."
    votes = decision.votes
    known = votes is not None and (votes.numbers is None or votes.cast is not None)
    chose = "chose" if known else "could vote"
    return f"Whoever has most votes is elected; {majority['base']} {chose}."


def _casting(majority: Mapping[str, Any]) -> str:
    casting = majority.get("casting")
    return f"the President's vote decided the tie, {casting}" if casting else ""


def _given(view: View, decision: Decision) -> str:
    """Who could vote and gave no ballot: by name, or in a secret vote how many."""
    votes, roll = decision.votes, decision.roll
    assert votes is not None
    if roll is None:
        return "The roll of the vote is not on record."
    voters = set(roll.entitled) & {*roll.present, *roll.represented}
    if votes.numbers is not None or votes.tally is not None:
        return _papers(votes, len(voters))
    without = voters - votes.voters
    if not without:
        return f"{_everyone(len(voters))} gave a ballot."
    return f"No ballot from {listed(who.cities(view, without))}."


def _papers(votes: Votes, voters: int) -> str:
    """How many papers of a secret vote there were; nobody says whose."""
    given = votes.cast if votes.tally is None else sum(votes.tally.values())
    if given is None:
        return f"An unknown number of {voters} gave a ballot, in secret."
    if given > voters:
        return f"{counted(given, 'paper')} came in, and {voters} could vote."
    if votes.tally is None:
        return f"{given} of {voters} gave a ballot, in secret."
    if given == voters:
        return f"{_everyone(voters)} gave a ballot, in secret."
    return f"{voters - given} of {voters} gave no ballot; who is secret."


def _everyone(voters: int) -> str:
    return {1: "The only voter", 2: "Both"}.get(voters, f"All {voters}")


def _readings(view: View, decision: Decision) -> Iterator[str]:
    on: Mapping[str, Mapping[str, Any]] = (decision.readings or {}).get("on", {})
    if not _turns(decision) or not on:
        yield "No open reading of the statutes changes the result."
        return
    points = view.registry.interpretations()
    yield f"The result turns on {few(len(on))} open point{'s' if len(on) > 1 else ''}."
    for name, others in on.items():
        point = points.get(name)
        question = point.question.rstrip("?.") if point else name
        told = "; ".join(_otherwise(view, reading, result) for reading, result in others.items())
        yield f"{question} ({name})? {begun(told)}."


def _otherwise(view: View, reading: str, result: Any) -> str:
    said = f"read as “{reading.replace('-', ' ')}”, it would be "
    if isinstance(result, str):
        if result == "not-computable":
            return f"read as “{reading.replace('-', ' ')}”, a secret ballot does not tell"
        return f"{said}{'without effect' if result == 'invalid' else result}"
    return f"{said}{listed(who.city(view, city) for city in result) or 'nobody'}"


def readings_table(view: View, decision: Decision) -> Iterator[PaperPart]:
    """Each reading of the points it turns on, with its own arithmetic."""
    for name in (decision.readings or {}).get("on", {}):
        point = view.registry.interpretations().get(name)
        rows = sums.by_reading(view.registry, decision, name)
        if point is None or not rows:
            continue
        told = tuple(
            (
                f"{begun(reading.replace('-', ' '))}{' (taken)' if taken else ''}",
                str(count.majority.votes_for),
                f"{count.majority.required} of {count.majority.base}",
                "without effect" if count.state == "invalid" else count.state,
            )
            for reading, taken, count in rows
        )
        head = f"{name}: {point.question[0].lower()}{point.question[1:]}"
        yield Tabular((head, "For", "Needed", "Result"), told, (1, 0, 0, 0), (1, 2))


def by_name(view: View, decision: Decision) -> Tabular:
    """Who voted how, with who spoke for whom."""
    holders = decision.roll.represented if decision.roll else {}
    votes = decision.votes
    assert votes is not None

    def named(key: str) -> str:
        held = f" (by {who.city(view, holders[key])})" if key in holders else ""
        return f"{who.city(view, key)}{held}"

    rows = tuple(
        (
            f"{ABSTAINED[side]}, {len(votes.of(side))}",
            ", ".join(named(key) for key in who.in_order(view, votes.of(side))),
        )
        for side in SIDES
        if votes.of(side)
    )
    return Tabular(("Vote", "Members, by name"), rows, (0, 1))
