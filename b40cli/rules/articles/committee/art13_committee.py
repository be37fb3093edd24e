"""Art. 13: who convenes the Executive Committee, when it can decide, what carries."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import CLOSED
from b40cli.rules.articles.committee import art13_proxies
from b40cli.rules.articles.committee.art13_convening import convened_by
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.case.silence import admits
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.ballots import mistaken_votes
from b40cli.rules.votes.carried import carried_wrongly
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.quorum import Body, quorum_breaches
from b40cli.rules.votes.vote import PUT, settled_recount, vote_of

PROGRAMME, GROUPS = "work-programme", "groups/"
BODY = Body(
    kind="ec",
    said="Executive Committee",
    counts="seats attend or are represented",
    cure="Without a quorum nothing is decided: call the roll again, or record the vote as invalid.",
    point="INT-04",
)


def committee_quorum(case: Case, path: str) -> Iterator[Breach]:
    """More than half of the committee attends or is represented before anything is decided."""
    decision = vote_of(case, path, COMMITTEE)
    if decision is not None:
        yield from quorum_breaches(case, decision, BODY)


def simple_majority(case: Case, path: str) -> Iterator[Breach]:
    """More votes for than against, except where another rule asks more (INT-05)."""
    decision = vote_of(case, path, COMMITTEE)
    if decision is not None and not admits(decision):
        yield from carried_wrongly(case, decision)


def casting_vote(case: Case, path: str) -> Iterator[Breach]:
    """The President decides a tie that an absence brought about (INT-06, INT-22)."""
    decision = vote_of(case, path, COMMITTEE)
    if decision is None or decision.state not in CLOSED or decision.votes is None:
        return
    found = settled_recount(case, decision)
    if found is None or found.outcome is None:
        return
    computed = found.outcome.counted.majority.casting
    recorded = ((decision.counted or {}).get("majority") or {}).get("casting")
    claimed = recorded or decision.votes.casting
    if claimed is not None and claimed != computed:
        yield Breach(
            f"{decision.id} claims a casting vote {claimed}; "
            f"{'none is due' if computed is None else f'it is {computed}'}.",
            "The President's vote decides a tie only where a filled seat was neither present nor "
            "represented.",
            ("count", "majority", "casting"),
            facts={"recorded": claimed, "computed": computed},
            readings={"INT-06": found.law.reading("INT-06")},
        )


def one_vote_per_member(case: Case, path: str) -> Iterator[Breach]:
    """One vote each, cast by those who are on the roll."""
    proposed = case.after.decision_in(path)
    if proposed is not None and proposed.state == "proposed" and proposed.votes is not None:
        yield Breach(
            f"Votes are recorded in {proposed.id}, whose vote is not open.",
            f"Open it first: b40 decision open {proposed.id} freezes the roll.",
            ("ballots",),
        )
    decision = vote_of(case, path, COMMITTEE, ASSEMBLY)
    found = settled_recount(case, decision) if decision else None
    if decision is not None and found is not None:
        yield from mistaken_votes(decision, found)


def committee_competence(case: Case, path: str) -> Iterator[Breach]:
    """The committee decides the matters the statutes give it, and no other."""
    decision = case.after.decision_in(path)
    if decision is None or decision.body != COMMITTEE or decision.state not in PUT:
        return
    meeting = case.after.meeting(decision.meeting)
    law = case.law(meeting.day if meeting else decision.proposed or case.on)
    matters = law.names("executive-committee-matters")
    if decision.matter not in matters:
        yield Breach(
            f"The Executive Committee cannot decide on {decision.matter}.",
            f"It decides on {', '.join(matters)}.",
            ("matter",),
            facts={"matter": decision.matter, "matters": list(matters)},
        )
    elif decision.matter == PROGRAMME and not (decision.subject or GROUPS).startswith(GROUPS):
        yield Breach(
            f"{decision.id} is on the work programme of {decision.subject}, which is no working "
            "group.",
            "Name the group whose programme it is: --subject groups/…; b40 group list names them.",
            ("subject",),
            refs=(decision.subject or "",),
        )


RULES = (
    Rule(
        name="convened-by",
        article="Art. 13",
        norm="The President convenes the committee, or two of its members ask for the meeting.",
        about=("meetings", "decisions"),
        question=convened_by,
        fails="A meeting requested by a single member.",
        cure="Name two requesters, or let the President convene.",
        parameters=("requesters-of-a-meeting",),
        readings=("INT-37",),
        sentences=("art13.3",),
    ),
    Rule(
        name="committee-quorum",
        article="Art. 13",
        norm="A majority of the committee attends or is represented.",
        about=("decisions",),
        question=committee_quorum,
        fails="Three of seven attend and a vote is opened.",
        cure="Wait for a fourth, in person or by proxy.",
        parameters=("committee-quorum",),
        readings=(
            *("INT-04", "INT-21", "INT-24", "INT-25", "INT-26", "INT-28", "INT-30", "INT-35"),
        ),
        sentences=("art13.9",),
    ),
    Rule(
        name="simple-majority",
        article="Art. 13",
        norm="The committee decides by simple majority of those participating or represented.",
        about=("decisions",),
        question=simple_majority,
        fails="Two for, three against, recorded as adopted.",
        cure="Close it as rejected.",
        readings=("INT-05", "INT-06", "INT-13", "INT-20", "INT-22"),
        sentences=("art13.10",),
    ),
    Rule(
        name="casting-vote",
        article="Art. 13",
        norm="On a tie resulting from an absence the President's vote decides.",
        about=("decisions",),
        question=casting_vote,
        fails="Three to three with all seats filled and attending but one abstention, decided by "
        "the President.",
        cure="Record the tie as rejected, or vote again with all present.",
        readings=("INT-06", "INT-22"),
        sentences=("art13.11",),
    ),
    Rule(
        name="one-vote-per-member",
        article="Art. 8, 13",
        norm="One vote each, cast by those on the roll or for those they represent.",
        about=("decisions",),
        question=one_vote_per_member,
        fails="A ballot of a city that was neither present nor represented.",
        cure="Take the ballot out.",
        parameters=("votes-per-member",),
        sentences=("art8.1", "art8.2"),
    ),
    Rule(
        name="committee-competence",
        article="Art. 13",
        norm="The committee decides the matters the statutes give it.",
        about=("decisions",),
        question=committee_competence,
        fails="The committee removes a member.",
        cure="Put the matter to the body that is competent.",
        parameters=("executive-committee-matters",),
        readings=("INT-12",),
        sentences=("art5.2", "art13.12", "art13.13", "art13.14", "art13.15", "art13.16"),
    ),
    *art13_proxies.RULES,
)
