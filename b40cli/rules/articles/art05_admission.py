"""Art. 5: who may apply, what an application holds, what admits."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.day import Moment
from b40cli.model.facts.decision import Decision
from b40cli.model.facts.member import Application, Member
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.case.silence import SUCCESSION, admits, brings
from b40cli.rules.facts.known_standing import NO_MEMBER, stranger
from b40cli.rules.facts.standing import standing_of
from b40cli.rules.votes.carried import carried_wrongly
from b40cli.rules.votes.committee_facts import COMMITTEE
from b40cli.rules.votes.vote import CLAIMS, vote_of

# Who cannot apply, and what to do instead.
NO_CANDIDATES = {
    "member": "It is a member: nothing needs to be done.",
    "leaving": "It is a member through 31 December; once it has left it may apply again.",
    "admitted": "It was admitted: record the signed Declaration with b40 member sign {}.",
    "signed": "It was admitted, and signed the Declaration since: nothing needs to be done.",
    "applicant": "Its application is pending: without --received it is given what it lacks; for "
    "another one, take it back first: b40 application withdraw {}.",
}


def admission_claimed(case: Case, path: str) -> tuple[Decision, Member | None] | None:
    """An admission that is being voted on or has carried, and the record of its city."""
    decision = case.after.decision_in(path)
    if decision is None or decision.matter != "admission" or decision.state not in CLAIMS:
        return None
    return decision, case.after.member(decision.city)


def applicant_is_elected_government(case: Case, path: str) -> Iterator[Breach]:
    """An elected city government is attested with evidence: nobody can compute it."""
    claimed = admission_claimed(case, path)
    if claimed is None or claimed[1] is None or claimed[1].elected:
        return
    member = claimed[1]
    yield Breach(
        f"No evidence on record says that {member.name} has a democratically elected city "
        "government.",
        "Record it with the application: b40 application submit … --elected FILE.",
        ("subject",),
        facts={"undetermined": ["government.elected.evidence"]},
        refs=(f"members/{member.id}",),
    )


def missing_parts(application: Application) -> tuple[str, ...]:
    """What an application lacks: the form, and the mayor's letter or other documents."""
    parts = [] if application.form else ["the standard form"]
    if not application.letter and not application.documents:
        parts.append("a letter signed by the mayor or documents about the city")
    return tuple(parts)


def application_is_complete(case: Case, path: str) -> Iterator[Breach]:
    """An incomplete application is recorded with a note, and cannot be admitted."""
    if path.startswith("registry/members/"):
        yield from _incomplete_note(case, path)
        yield from _no_candidate(case, path)
        return
    claimed = admission_claimed(case, path)
    if claimed is None:
        return
    decision, member = claimed
    application = application_answered(member, decision.id) if member else None
    last = member.application if member else None
    if member is None or application is None:
        yield Breach(
            f"{decision.subject} has no pending application that {decision.id} could answer.",
            f"It was taken back: no vote is held on it. b40 decision withdraw {decision.id}."
            if last is not None and last.withdrawn
            else "Record the application first: b40 application submit.",
            ("subject",),
            refs=(decision.subject or "",),
        )
        return
    missing = missing_parts(application)
    if missing:
        yield Breach(
            f"The application of {member.name} lacks {' and '.join(missing)}.",
            "Ask the city for it; an incomplete application stays on record and cannot be "
            "admitted.",
            ("subject",),
            facts={"missing": list(missing)},
            refs=(f"members/{member.id}",),
        )
    yield from _not_an_applicant(case, decision, member)


def _not_an_applicant(case: Case, decision: Decision, member: Member) -> Iterator[Breach]:
    meeting = case.after.meeting(decision.meeting)
    if meeting is None:
        return
    moment = Moment(meeting.day, meeting.id, decision.item)
    asking = _unanswered(member, decision.id)
    standing = standing_of(case.after, asking, moment, case.law(meeting.day))
    if standing in ("left", "removed"):
        yield from _again_in_silence(decision, member, standing)
        return
    if standing in ("applicant", "unknown"):
        return
    yield Breach(
        f"{member.name} stands as {standing} on {meeting.day}, not as an applicant.",
        "Only a pending application can be admitted.",
        ("subject",),
        facts={"standing": standing},
        refs=(f"members/{member.id}",),
    )


def _unanswered(member: Member, decision: str) -> Member:
    """The city as it stood before a decision answered its application."""

    def asking(application: Application) -> Application:
        answered = application.outcome == decision
        return application._replace(outcome=None) if answered else application

    last = member.application
    return member._replace(
        application=asking(last) if last else None,
        former_applications=tuple(map(asking, member.former_applications)),
    )


def _again_in_silence(decision: Decision, member: Member, standing: str) -> Iterator[Breach]:
    """A city that left or was removed applies again: the text is silent, the decision is not."""
    if decision.silent:
        return
    gone = "was removed" if standing == "removed" else "left the network"
    yield Breach(
        f"{member.name} {gone}; the statutes are silent on applying again, and {decision.id} does "
        "not say so.",
        "The decision itself says that the statutes are silent: --statutes-silent.",
        ("subject",),
        facts={"statutes_silent": False},
        refs=(f"members/{member.id}",),
    )


def application_answered(member: Member, decision: str) -> Application | None:
    """The application a decision answers: the one that names it, else the pending one."""
    for application in member.applications:
        if application.outcome == decision:
            return application
    last = member.application
    return last if last and last.outcome is None and last.withdrawn is None else None


def _incomplete_note(case: Case, path: str) -> Iterator[Breach]:
    member = case.after.member_in(path)
    application = member.application if member else None
    if member is None or application is None or application.outcome or application.withdrawn:
        return
    missing = missing_parts(application)
    if missing:
        yield Breach(
            f"The application of {member.name} lacks {' and '.join(missing)}.",
            "It stays on record; it cannot be admitted before it is complete.",
            ("application",),
            facts={"missing": list(missing)},
            kind="note",
        )


def _no_candidate(case: Case, path: str) -> Iterator[Breach]:
    """Only who is no member applies, and one application is pending at a time."""
    member = case.after.member_in(path)
    application = member.application if member else None
    if case.before is None or member is None or application is None:
        return
    was = case.before.member(member.id)
    if application.outcome or application.withdrawn or (was and was.application == application):
        return
    day = max(application.received, case.on)
    earlier = member._replace(application=None)
    standing = standing_of(case.after, earlier, Moment(day), case.law(day))
    if standing in NO_CANDIDATES:
        signed = standing == "admitted" and member.declared is not None
        yield Breach(
            f"{member.name} is on record as {standing}; it cannot apply again.",
            NO_CANDIDATES["signed" if signed else standing].format(member.id),
            ("application",),
            facts={"standing": standing},
        )


def admission_needs_unanimity(case: Case, path: str) -> Iterator[Breach]:
    """The committee admits unanimously; INT-03 says of whom."""
    decision = vote_of(case, path, COMMITTEE)
    if decision is not None and admits(decision):
        yield from carried_wrongly(case, decision)
    if decision is not None and brings(decision, SUCCESSION) and decision.state in CLAIMS:
        yield from _succeeds_rightly(case, decision)


def _succeeds_rightly(case: Case, decision: Decision) -> Iterator[Breach]:
    """Members are merged or renamed into a member, or into a city that applies."""
    meeting = case.after.meeting(decision.meeting)
    if meeting is None:
        return
    moment, law = Moment(meeting.day, meeting.id, decision.item), case.law(meeting.day)
    for city in decision.succeeds:
        itself = NO_MEMBER if city == decision.city else None
        if none := itself or stranger(case, decision.path, city, moment, law):
            nobody = none.learnt or ": nobody succeeds it"
            yield Breach(
                f"{city} is no other member on {meeting.day}{nobody}.",
                none.cure("Name the members that are merged or renamed: b40 roll lists them."),
                ("succeeds",),
                refs=(f"members/{city}",),
                kind=none.kind,
            )
    member = case.after.member(decision.city)
    asking = _unanswered(member, decision.id) if member else None
    standing = asking and standing_of(case.after, asking, moment, law)
    if standing not in ("member", "leaving", "applicant"):
        yield Breach(
            f"{decision.subject} is neither a member on {meeting.day} nor applies.",
            "Put the new city on record first: b40 application submit.",
            ("subject",),
            facts={"standing": standing},
            refs=(decision.subject or "",),
        )


def criteria_recorded(case: Case, path: str) -> Iterator[Breach]:
    """Which criteria were weighed is worth recording; they are examples, not conditions."""
    claimed = admission_claimed(case, path)
    if claimed is None or claimed[1] is None:
        return
    decision, member = claimed
    application = application_answered(member, decision.id) if member else None
    if application is not None and not application.criteria:
        yield Breach(
            f"No criteria are recorded for the admission {decision.id}.",
            "Record which were weighed: b40 application submit … --criteria pledge,aims."
            if decision.state == "open"
            else "Add `criteria: [pledge, aims]` to the application, as they were weighed.",
            ("subject",),
            refs=(decision.subject or "",),
        )


RULES = (
    Rule(
        name="applicant-is-elected-government",
        article="Art. 5",
        norm="The applicant is a local government with an elected city government, by evidence.",
        about=("decisions",),
        matters=("admission",),
        question=applicant_is_elected_government,
        fails="An admission opened while no evidence of elections is on the applicant's record.",
        cure="Add the evidence to the member's record, then open the vote.",
        sentences=("art5.1",),
    ),
    Rule(
        name="application-is-complete",
        article="Art. 5",
        norm="An application on the standard form comes with the mayor's letter or documents.",
        about=("decisions", "members"),
        matters=("admission",),
        question=application_is_complete,
        fails="An admission of a city that sent the form alone.",
        cure="Record the missing part; the application keeps its day of receipt.",
        sentences=("art5.2", "art5.3"),
    ),
    Rule(
        name="admission-needs-unanimity",
        article="Art. 5",
        norm="The Executive Committee admits a city unanimously.",
        about=("decisions",),
        matters=("admission", "resolution"),
        question=admission_needs_unanimity,
        fails="Six of seven vote for, one abstains, and the decision is recorded as adopted.",
        cure="Close it as rejected; the city may apply again.",
        parameters=("admission-majority",),
        readings=("INT-03", "INT-20", "INT-25"),
        sentences=("art5.4", "art13.14"),
    ),
    Rule(
        name="criteria-recorded",
        kind="note",
        article="Art. 5",
        norm="The criteria that were weighed in an admission are worth recording.",
        about=("decisions",),
        matters=("admission",),
        question=criteria_recorded,
        fails="An application without the criteria it was weighed by.",
        cure="Add `criteria: [pledge, aims]` to the application.",
        parameters=("admission-criteria",),
        sentences=("art5.5", "art5.6", "art5.7"),
    ),
)
