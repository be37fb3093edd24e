"""Art. 9 and 10: when the General Assembly can decide, on what, and what carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.day import Moment, legal_day
from b40cli.model.decision import CLOSED, Decision
from b40cli.model.registry import PARAMETERS, ROOT, Registry
from b40cli.rules.assembly_count import ABSOLUTE, TWO_THIRDS
from b40cli.rules.gathering import ASSEMBLY
from b40cli.rules.rule import Breach, Case, Rule, Undetermined
from b40cli.rules.standing import is_member
from b40cli.rules.suspension import moment_of
from b40cli.rules.vote import (
    CLAIMS,
    COMMITTEE,
    Recount,
    assembly_vote,
    carried_wrongly,
    decision_at,
    recount,
    settled,
)

SAID = {
    ASSEMBLY: "General Assembly",
    COMMITTEE: "Executive Committee",
    "president": "President",
    "mayor-of-istanbul": "Mayor of Istanbul",
}


def quorum_at_first_roll_call(case: Case, path: str) -> Iterator[Breach]:
    """Two thirds of the members are present or represented at the first roll call."""
    decision = assembly_vote(case, path)
    if decision is None:
        return
    found = recount(case, decision)
    if isinstance(found, Undetermined):
        yield Breach(
            f"Undetermined: {decision.id} rests on what the register does not know: "
            f"{', '.join(found.missing)}.",
            "Record the missing facts first; a decision never rests on an incomplete list.",
            ("meeting",),
            facts={"undetermined": list(found.missing)},
        )
        return
    yield from _no_session(decision, found)
    if settled(case, decision) is None:
        return
    if decision.state != "invalid" and found.meeting.roll_calls and not found.quorum.met:
        yield _below_quorum(found)
    yield from _wrong_quorum(decision, found)


def _no_session(decision: Decision, found: Recount) -> Iterator[Breach]:
    meeting = found.meeting
    if meeting.kind != "ga":
        yield Breach(
            f"{decision.id} names {meeting.id}, which is no meeting of the General Assembly.",
            "Name the Assembly's meeting: b40 meeting list --kind ga.",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )
    elif decision.roll is None:
        yield Breach(
            f"{decision.id} is {decision.state}, but no roll was frozen for its vote.",
            f"Open the vote with b40 decision open {decision.id}.",
            ("state",),
        )
    elif not meeting.roll_calls and decision.state != "invalid":
        yield Breach(
            f"No roll call of {meeting.id} is recorded: the quorum of {decision.id} is not shown.",
            f"Call the roll first: b40 meeting roll-call {meeting.id} --present …",
            ("meeting",),
            refs=(f"meetings/{meeting.id}",),
        )


def _below_quorum(found: Recount) -> Breach:
    quorum = found.quorum
    return Breach(
        f"{quorum.counted} of {quorum.base} members are present or represented at the first roll "
        f"call; {quorum.required} are needed ({quorum.required - quorum.counted} more).",
        "The Assembly cannot cure its own quorum: the Executive Committee decides on a second "
        "call.",
        ("state",),
        facts={"base": quorum.base, "required": quorum.required, "counted": quorum.counted},
        readings={"INT-02": found.law.reading("INT-02")},
    )


def _wrong_quorum(decision: Decision, found: Recount) -> Iterator[Breach]:
    if decision.state not in CLOSED:
        return
    quorum = found.quorum
    computed = {"required": quorum.required, "counted": quorum.counted, "met": quorum.met}
    recorded = (decision.counted or {}).get("quorum")
    if recorded != computed and (decision.state != "invalid" or recorded is not None):
        yield Breach(
            f"The recorded quorum of {decision.id} is not what its roll gives.",
            f"Record {computed}.",
            ("count", "quorum"),
            facts={"recorded": recorded, "computed": computed},
        )


def absolute_majority_matters(case: Case, path: str) -> Iterator[Breach]:
    """President, draft agenda, activity report, removal; where the text is silent, INT-17."""
    decision = assembly_vote(case, path)
    if decision is not None and decision.matter not in TWO_THIRDS:
        yield from carried_wrongly(case, decision)


def two_thirds_matters(case: Case, path: str) -> Iterator[Breach]:
    """Amendment and dissolution, and what an amendment wrote into the statutes' data."""
    if path.startswith(f"{ROOT}statutes/"):
        yield from _amended_lawfully(case, path)
        return
    decision = assembly_vote(case, path)
    if decision is not None and decision.matter in TWO_THIRDS:
        yield from carried_wrongly(case, decision)


def _amended_lawfully(case: Case, path: str) -> Iterator[Breach]:
    before, after = case.before.data(path) if case.before else None, case.after.data(path)
    if before is None or after is None or before == after:
        return
    if path == PARAMETERS:
        yield from _parameters_amended(case, before, after)
    elif "interpretations/" in path:
        yield from _reading_adopted(case, before, after)
    else:
        yield Breach(
            "The articles of the statutes are changed.",
            "An amendment is a decision of the General Assembly by two thirds of all members.",
        )


def _parameters_amended(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    known = {p["name"]: p for p in before["parameters"]}
    for n, parameter in enumerate(after["parameters"]):
        earlier = known.pop(parameter["name"], None)
        kept = earlier["values"] if earlier else []
        at = ("parameters", n)
        if parameter["values"][: len(kept)] != kept or earlier is None:
            yield _unlawful(f"{parameter['name']} is changed where it was recorded.", at)
        for m, value in enumerate(parameter["values"][len(kept) :], len(kept)):
            if not _amends(case.after, value, parameter["name"]):
                where = (*at, "values", m)
                yield _unlawful(f"{parameter['name']} is set by {value['set_by']}.", where)
    for name in known:
        yield _unlawful(f"{name} is taken away.", ("parameters",))


def _amends(registry: Registry, value: Mapping[str, Any], name: str) -> bool:
    decision = registry.decision(value["set_by"]) if value["set_by"].startswith("GA-") else None
    if decision is None or decision.state != "adopted" or decision.matter != "amendment":
        return False
    change = {"parameter": name, "value": value["value"]}
    since = value["from"]
    dated = isinstance(since, str) and decision.closed is not None and since > str(decision.closed)
    return dated and change in [dict(amended) for amended in decision.amends]


def _unlawful(message: str, at: tuple[str | int, ...]) -> Breach:
    return Breach(
        message,
        "A parameter changes only by an adopted amendment, from the day after it: b40 decision "
        "propose amendment.",
        at,
    )


def _reading_adopted(
    case: Case, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Breach]:
    kept = before["adopted"]
    rest = {key: value for key, value in after.items() if key != "adopted"}
    if (
        rest != {k: v for k, v in before.items() if k != "adopted"}
        or after["adopted"][: len(kept)] != kept
    ):
        yield Breach(
            f"{after['id']} is changed where it was recorded.",
            "The question and its readings stay; a new reading is added to `adopted`.",
        )
    for n, adopted in enumerate(after["adopted"][len(kept) :], len(kept)):
        if not _adopts(case.after, after["id"], adopted):
            yield Breach(
                f"{after['id']} takes the reading {adopted['reading']} by {adopted['by']}.",
                "Only the General Assembly adopts a reading, for later decisions.",
                ("adopted", n),
            )


def _adopts(registry: Registry, point: str, adopted: Mapping[str, Any]) -> bool:
    decision = registry.decision(adopted["by"]) if adopted["by"].startswith("GA-") else None
    return (
        decision is not None
        and decision.state == "adopted"
        and decision.subject == f"statutes/interpretations/{point}"
        and decision.adopts == adopted["reading"]
        and decision.closed is not None
        and adopted["from"] > str(decision.closed)
    )


def assembly_competence(case: Case, path: str) -> Iterator[Breach]:
    """The body that decides is the one the statutes name (INT-29 for the Assembly)."""
    decision = decision_at(case, path)
    if decision is None or decision.state not in CLAIMS or decision.body == COMMITTEE:
        return
    law = case.law(moment_of(case, decision).day)
    matters = law.names(f"{decision.body}-matters")
    any_matter = decision.body == ASSEMBLY and law.reading("INT-29") == "may-take-up-any-matter"
    if decision.matter not in matters and not any_matter:
        yield Breach(
            f"The {SAID[decision.body]} cannot decide on {decision.matter}.",
            f"It decides on {', '.join(matters)}.",
            ("matter",),
            facts={"matter": decision.matter, "matters": list(matters)},
            readings={"INT-29": law.reading("INT-29")},
        )
    yield from _annuls_its_own(case, decision)


def _annuls_its_own(case: Case, decision: Decision) -> Iterator[Breach]:
    annulled = case.after.decision(decision.annuls) if decision.annuls else None
    if annulled is not None and decision.body not in (annulled.body, ASSEMBLY):
        yield Breach(
            f"{annulled.id} was decided by the {SAID[annulled.body]}; the {SAID[decision.body]} "
            "cannot annul it.",
            "The same body annuls, or the General Assembly.",
            ("annuls",),
            refs=(annulled.id,),
        )


def closed_network(case: Case, path: str) -> Iterator[Breach]:
    """After dissolution only that meeting's papers and corrections are recorded."""
    before = case.before
    network = before.network if before else None
    if before is None or network is None or network.dissolution is None:
        return
    if before.data(path) == case.after.data(path):
        return
    dissolution = before.decision(network.dissolution)
    last = f"{ROOT}meetings/{dissolution.meeting}.yaml" if dissolution else ""
    decision = decision_at(case, path) if path.startswith(f"{ROOT}decisions/") else None
    if path == last or (decision is not None and decision.matter == "annulment"):
        return
    yield Breach(
        f"The network was dissolved by {network.dissolution}.",
        "Only that meeting's minutes, dispatches and Final Report, and corrections, are recorded.",
        refs=(network.dissolution,),
    )


def removal_by_assembly(case: Case, path: str) -> Iterator[Breach]:
    """Only the General Assembly removes a member, with grounds."""
    decision = decision_at(case, path)
    if decision is None or decision.matter != "removal" or decision.state not in CLAIMS:
        return
    if decision.body != ASSEMBLY:
        yield Breach(
            f"{decision.id} removes a member by decision of the {SAID[decision.body]}.",
            "Only the General Assembly removes a member.",
            ("body",),
            facts={"body": decision.body},
        )
    if not decision.grounds:
        yield Breach(
            f"{decision.id} removes a member without grounds.",
            "Record how it acts against the aims of the network: --grounds.",
            ("matter",),
        )
    moment = moment_of(case, decision)
    if not is_member(case.after, decision.city or "", moment, case.law(moment.day)):
        yield Breach(
            f"{decision.subject} is not a member on {moment.day}: there is nothing to remove.",
            "Name a member: b40 roll lists them.",
            ("subject",),
            refs=(decision.subject or "",),
        )


def removal_on_the_notice(case: Case, path: str) -> Iterator[Breach]:
    """The motion stood in the convening notice, circulated before the meeting."""
    decision = decision_at(case, path)
    if decision is None or decision.matter != "removal" or decision.state not in CLAIMS:
        return
    meeting = case.after.meeting(decision.meeting) if decision.meeting else None
    if meeting is None:
        return
    notice = meeting.notice
    if notice is None or notice.to != "members" or decision.id not in notice.motions:
        yield Breach(
            f"The removal {decision.id} does not stand in the convening notice of {meeting.id}.",
            f"Name it in the notice before the meeting: b40 meeting notice {meeting.id} --motion "
            f"{decision.id}. Without it the vote has no effect.",
            ("meeting",),
            facts={"motions": list(notice.motions) if notice else []},
            refs=(f"meetings/{meeting.id}",),
        )
    elif legal_day(notice.sent) >= meeting.day:
        yield Breach(
            f"The convening notice of {meeting.id} went out on {legal_day(notice.sent)}, not "
            f"before the meeting of {meeting.day}.",
            "Put the removal to a later meeting, with a notice before it.",
            ("meeting",),
            facts={"sent": notice.sent, "meeting": str(meeting.day)},
            refs=(f"meetings/{meeting.id}",),
        )


def withdrawal_at_year_end(case: Case, path: str) -> Iterator[Breach]:
    """A notice of leaving takes effect at the end of its calendar year."""
    member = case.after.member(path.rsplit("/", 1)[1].removesuffix(".yaml"))
    if member is None or member.withdrawal is None:
        return
    received, effective = member.withdrawal.received, member.withdrawal.effective
    first_day_out = received.replace(year=received.year + 1, month=1, day=1)
    if effective != first_day_out:
        yield Breach(
            f"{member.name} gave notice on {received}; its membership is recorded as ending on "
            f"{effective}.",
            f"It lasts through 31 December: effective is {first_day_out}.",
            ("withdrawal", "effective"),
            facts={"received": str(received), "effective": str(effective)},
        )
    law = case.law(received)
    if not is_member(case.after, member.id, Moment(received), law):
        yield Breach(
            f"{member.name} is not a member on {received}: there is nothing to leave.",
            "An application is withdrawn with b40 application withdraw.",
            ("withdrawal", "received"),
        )


RULES = (
    Rule(
        name="withdrawal-at-year-end",
        kind="validity",
        article="Art. 9",
        norm="A member that gives notice stays a member, with its vote, through 31 December.",
        about=("members",),
        question=withdrawal_at_year_end,
        fails="A withdrawal received in May that ends the membership in June.",
        cure="Record 1 January of the next year as the first day out.",
        readings=("INT-21",),
    ),
    Rule(
        name="removal-by-assembly",
        kind="validity",
        article="Art. 9",
        norm="Only the General Assembly removes a member, by absolute majority, with grounds.",
        about=("decisions",),
        question=removal_by_assembly,
        fails="A removal decided by the Executive Committee.",
        cure="Put the motion on the notice of the next General Assembly.",
        parameters=("removal-majority",),
        readings=("INT-01", "INT-28"),
    ),
    Rule(
        name="removal-on-the-notice",
        kind="validity",
        article="Art. 9",
        norm="The motion to remove stood in the convening notice circulated before the meeting.",
        about=("decisions",),
        question=removal_on_the_notice,
        fails="A removal moved from the floor of the General Assembly.",
        cure="Put it on the notice of a later meeting.",
    ),
    Rule(
        name="quorum-at-first-roll-call",
        kind="validity",
        article="Art. 10",
        norm="Two thirds of the members are present or represented at the first roll call.",
        about=("decisions",),
        question=quorum_at_first_roll_call,
        fails="Fifteen of 24 members answer the first roll call and a vote is opened.",
        cure="Wait for the sixteenth, in person or by proxy, and call the roll before any vote.",
        parameters=("assembly-quorum",),
        readings=("INT-02", "INT-14", "INT-18", "INT-27", "INT-28"),
    ),
    Rule(
        name="assembly-competence",
        kind="validity",
        article="Art. 10",
        norm="The body that decides is the one the statutes name for the matter.",
        about=("decisions",),
        question=assembly_competence,
        fails="The General Assembly admits a member.",
        cure="Put the matter to the body that is competent.",
        parameters=("general-assembly-matters", "president-matters", "mayor-of-istanbul-matters"),
        readings=("INT-29",),
    ),
    Rule(
        name="absolute-majority-matters",
        kind="validity",
        article="Art. 10",
        norm="President, draft agenda, activity report and removal need an absolute majority.",
        about=("decisions",),
        question=absolute_majority_matters,
        fails="Ten for, nine against and one abstention among 20, recorded as adopted.",
        cure="Close it as rejected: eleven of 20 are needed.",
        parameters=(*ABSOLUTE.values(), "absolute-majority"),
        readings=("INT-01", "INT-02", "INT-13", "INT-16", "INT-17", "INT-23"),
    ),
    Rule(
        name="two-thirds-matters",
        kind="validity",
        article="Art. 10",
        norm="Amendment of the statutes and dissolution need two thirds of all members.",
        about=("decisions", "statutes"),
        question=two_thirds_matters,
        fails="Fifteen of 24 members vote for an amendment and it is recorded as adopted.",
        cure="Close it as rejected: sixteen are needed, whoever attends.",
        parameters=tuple(TWO_THIRDS.values()),
        readings=("INT-02",),
    ),
    Rule(
        name="closed-network",
        kind="validity",
        article="Art. 10",
        norm="After dissolution nothing is recorded but the last meeting's papers and corrections.",
        about=("*",),
        question=closed_network,
        fails="A member admitted after the dissolution.",
        cure="Nothing: the network is closed.",
    ),
)
