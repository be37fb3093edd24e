"""Art. 10: when the General Assembly can decide, on what, and what carries."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.decision import ENDED, Decision
from b40cli.model.facts.meeting import AFTER_THE_MEETING, Meeting
from b40cli.model.ref import ROOT, Ref, ref_of
from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.forgotten import FORGOTTEN
from b40cli.rules.articles.art07_representation import called_without_notice
from b40cli.rules.articles.art09_suspension import moment_of
from b40cli.rules.case.rule import Breach, Case, Rule, Undetermined, judged_meeting
from b40cli.rules.facts.effects import stands
from b40cli.rules.votes.assembly_count import ABSOLUTE, TWO_THIRDS
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.carried import carried_wrongly, wrong_roll
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.outcome import same_roll
from b40cli.rules.votes.quorum import Body, quorum_breaches
from b40cli.rules.votes.taken import frozen_before
from b40cli.rules.votes.vote import BODY_NAMES, CLAIMS, PUT, Recount, recount, vote_of

BODY = Body(
    kind="ga",
    said="General Assembly",
    counts="members are present or represented at the first roll call",
    cure="The Assembly cannot cure its own quorum: the Executive Committee decides on a second "
    "call.",
    point="INT-02",
)


def quorum_at_first_roll_call(case: Case, path: str) -> Iterator[Breach]:
    """Two thirds of the members are present or represented at the first roll call."""
    if ref_of(path).kind == "meetings":
        yield from _outside_the_summit(case, path)
        yield from called_without_notice(case, path)
        return
    decision = vote_of(case, path, ASSEMBLY)
    if decision is None:
        return
    yield from quorum_breaches(case, decision, BODY)
    found = recount(case, decision)
    if not isinstance(found, Undetermined):
        yield from _roll_of_others(case, decision, found)


def _outside_the_summit(case: Case, path: str) -> Iterator[Breach]:
    """Another meeting than at the Annual Summit is the President's to convene, if any (INT-31)."""
    meeting = judged_meeting(case, path, "ga")
    if meeting is None or case.after.summit_of(meeting) is not None:
        return
    reading = case.law(meeting.day).reading("INT-31")
    if reading == "none":
        yield Breach(
            f"{meeting.id} is not held at an Annual Summit: the General Assembly meets there only.",
            _cancelled_first(meeting)
            or "Name the Summit: b40 meeting convene ga --summit … --opens …",
            ("kind",),
            readings={"INT-31": reading},
        )
    elif meeting.convened_by != "president" and meeting.convened_on is None:
        yield Breach(
            f"{meeting.id} is held outside the Annual Summit and convened by "
            f"{meeting.convened_by or 'nobody'}; the President convenes it.",
            _cancelled_first(meeting)
            or "Name the President, or the decision that says so where the statutes are silent: "
            "--decision.",
            ("convened",),
            readings={"INT-31": reading},
        )


def _cancelled_first(meeting: Meeting) -> str | None:
    """What comes before its Summit is cancelled, of an Assembly that cannot meet outside it."""
    if meeting.summit is None:
        return None
    return f"It goes before its Summit: b40 meeting cancel {meeting.id} --reason WHY."


def _roll_of_others(case: Case, decision: Decision, found: Recount) -> Iterator[Breach]:
    roll, computed = decision.roll, found.computed
    if roll is None or not found.meeting.roll_calls or frozen_before(case, decision):
        return
    if not same_roll(roll, computed) or set(roll.suspended) != set(computed.suspended):
        yield wrong_roll(decision, computed, "members")


def absolute_majority_matters(case: Case, path: str) -> Iterator[Breach]:
    """President, draft agenda, activity report, removal; where the text is silent, INT-17."""
    decision = vote_of(case, path, ASSEMBLY)
    if decision is not None and decision.matter not in TWO_THIRDS:
        yield from carried_wrongly(case, decision)


def assembly_competence(case: Case, path: str) -> Iterator[Breach]:
    """The body that decides is the one the statutes name (INT-29 for the Assembly)."""
    decision = case.after.decision_in(path)
    if decision is None or decision.state not in PUT:
        return
    yield from _annuls_its_own(case, decision)
    if decision.body == COMMITTEE:
        return
    law = case.law(moment_of(case, decision).day)
    matters = law.names(f"{decision.body}-matters")
    any_matter = decision.body == ASSEMBLY and law.reading("INT-29") == "may-take-up-any-matter"
    if decision.matter not in matters and not any_matter:
        yield Breach(
            f"The {BODY_NAMES[decision.body]} cannot decide on {decision.matter}.",
            f"It decides on {', '.join(matters)}.",
            ("matter",),
            facts={"matter": decision.matter, "matters": list(matters)},
            readings={"INT-29": law.reading("INT-29")},
        )


def _annuls_its_own(case: Case, decision: Decision) -> Iterator[Breach]:
    annulled = case.after.decision(decision.annuls)
    if annulled is None:
        return
    if annulled.id == decision.id:
        yield Breach(
            f"{decision.id} annuls itself.",
            "Name the decision that is to have no effect: b40 decision list.",
            ("annuls",),
        )
    if decision.body not in (annulled.body, ASSEMBLY):
        yield Breach(
            f"{annulled.id} was decided by the {BODY_NAMES[annulled.body]}; the "
            f"{BODY_NAMES[decision.body]} cannot annul it.",
            "The same body annuls, or the General Assembly.",
            ("annuls",),
            refs=(annulled.id,),
        )
    if annulled.state != "adopted" and (decision.state in CLAIMS or annulled.state in ENDED):
        yield Breach(
            f"{annulled.id} is {annulled.state}: there is nothing to annul.",
            "Only a decision that was adopted has an effect to annul.",
            ("annuls",),
            facts={"state": annulled.state},
            refs=(annulled.id,),
        )


def closed_network(case: Case, path: str) -> Iterator[Breach]:
    """After dissolution only that meeting's papers and corrections are recorded."""
    before = case.before
    network = before.network if before else None
    if before is None or network is None or network.dissolution is None:
        return
    was, now = before.recorded(path) or {}, case.after.recorded(path) or {}
    if was == now or path.startswith((f"{ROOT}evidence/", CORRECTIONS, FORGOTTEN)):
        return
    dissolution = before.decision(network.dissolution)
    if dissolution is not None and not stands(before, dissolution, case.on):
        return
    held = dissolution.meeting if dissolution else None
    last = Ref("meetings", held).path if held else ""
    changed = {key for key in {**was, **now} if was.get(key) != now.get(key)}
    if path == last and changed <= AFTER_THE_MEETING | {"closes"}:
        return
    decision = case.after.decision_in(path)
    if decision is not None and decision.matter == "annulment":
        return
    yield Breach(
        f"The network was dissolved by {network.dissolution}.",
        "Only that meeting's minutes, dispatches and Final Report, and corrections, are recorded.",
        refs=(network.dissolution,),
    )


RULES = (
    Rule(
        name="quorum-at-first-roll-call",
        article="Art. 10",
        norm="Two thirds of the members are present or represented at the first roll call.",
        about=("decisions", "meetings"),
        question=quorum_at_first_roll_call,
        fails="Fifteen of 24 members answer the first roll call and a vote is opened.",
        cure="Wait for the sixteenth, in person or by proxy, and call the roll before any vote.",
        parameters=("assembly-quorum",),
        readings=("INT-02", "INT-14", "INT-18", "INT-27", "INT-28", "INT-31"),
        sentences=("art10.13",),
    ),
    Rule(
        name="assembly-competence",
        article="Art. 10",
        norm="The body that decides is the one the statutes name for the matter.",
        about=("decisions",),
        question=assembly_competence,
        fails="The General Assembly admits a member.",
        cure="Put the matter to the body that is competent.",
        parameters=("general-assembly-matters", "president-matters", "mayor-of-istanbul-matters"),
        readings=("INT-29",),
        sentences=("art10.12", "art10.14"),
    ),
    Rule(
        name="absolute-majority-matters",
        article="Art. 10",
        norm="President, draft agenda, activity report and removal need an absolute majority.",
        about=("decisions",),
        question=absolute_majority_matters,
        fails="Ten for, nine against and one abstention among 20, recorded as adopted.",
        cure="Close it as rejected: eleven of 20 are needed.",
        parameters=(*ABSOLUTE.values(), "absolute-majority"),
        readings=(
            *("INT-01", "INT-02", "INT-13", "INT-16", "INT-17", "INT-23", "INT-41", "INT-44"),
        ),
        sentences=("art9.4", "art10.15", "art10.16", "art10.17", "art10.18", "art11.1"),
    ),
    Rule(
        name="closed-network",
        article="Art. 10",
        norm="After dissolution nothing is recorded but the last meeting's papers and corrections.",
        about=("*",),
        question=closed_network,
        fails="A member admitted after the dissolution.",
        cure="Nothing: the network is closed.",
        sentences=("art10.21",),
    ),
)
