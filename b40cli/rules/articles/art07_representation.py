"""Art. 7 and 8: who speaks for a city, and which proxies between members count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from b40cli.model.facts.duty import Duty, DutyState
from b40cli.model.facts.meeting import Delegation, Meeting
from b40cli.rules.articles import art07_proxies
from b40cli.rules.articles.art08_standing import FormFault
from b40cli.rules.case.rule import Breach, Case, Rule, judged_meeting
from b40cli.rules.duties.duty import PRESIDENT, duty_rule, state_of
from b40cli.rules.facts.heads import PersonNamed, fits, head_on, heads_of, named_before
from b40cli.rules.votes.assembly_facts import in_time


def delegation_head(case: Case, path: str) -> Iterator[Breach]:
    """The mayor or acting mayor in office, or a designee with a written designation."""
    meeting = judged_meeting(case, path)
    if meeting is None:
        return
    heads: dict[str, str] = {}
    for n, delegation in enumerate(meeting.delegations):
        at, refs = ("delegations", n, "head"), (f"members/{delegation.member}",)
        for message, remedy, kind in _faults_of_head(case, meeting, delegation):
            yield Breach(message, remedy, at, refs=refs, kind=kind)
        if delegation.member in heads:
            yield Breach(
                f"{delegation.member} has two delegations at {meeting.id}.",
                "A city has one delegation, with one head.",
                ("delegations", n, "member"),
                refs=refs,
            )
        elif delegation.head in heads.values():
            yield _one_name_twice(delegation, heads, n)
        heads[delegation.member] = delegation.head


def _faults_of_head(case: Case, meeting: Meeting, delegation: Delegation) -> Iterator[FormFault]:
    city, head = delegation.member, delegation.head
    if delegation.capacity == "designee":
        if not delegation.designated:
            yield (
                f"{head} heads the delegation of {city} as a designee without a designation.",
                "Record the written designation: b40 meeting delegation … --designation FILE.",
                "validity",
            )
        return
    named = PersonNamed(city, head, delegation.capacity, delegation.person)
    fit = fits(case.after, named, heads_of(case, meeting, city))
    said = delegation.capacity.replace("-", " ")
    if fit == "unknown":
        yield (
            f"{head} heads the delegation of {city} as its {said}; no mayor of {city} is on record "
            f"for {meeting.day}.",
            f"Record who is in office: b40 member mayor {city} NAME --from DAY.",
            "note",
        )
    elif fit == "other":
        was_so = named_before(case, delegation, meeting)
        yield (
            f"{head} heads the delegation of {city} as its {said}; in office on {meeting.day} is "
            f"{_in_office(case, meeting, city)}.",
            "Name the highest-ranking official in office, or a designee with a written "
            f"designation: b40 meeting delegation {meeting.id} {city}.",
            "note" if was_so else "validity",
        )


def _in_office(case: Case, meeting: Meeting, city: str) -> str:
    told = meeting.known.head_of(city) if meeting.known else None
    head = told or head_on(case.after, city, meeting.day)
    return f"{head.name}, {head.capacity.replace('-', ' ')}" if head else "nobody on record"


def _one_name_twice(delegation: Delegation, heads: Mapping[str, str], n: int) -> Breach:
    other = next(city for city, head in heads.items() if head == delegation.head)
    return Breach(
        f"{delegation.head} heads the delegations of {other} and of {delegation.member}.",
        "A designee is a person of the same city; one member represents another by a proxy: b40 "
        "proxy give.",
        ("delegations", n, "head"),
        refs=(f"members/{delegation.member}", f"members/{other}"),
        kind="note",
    )


def delegation_attends(case: Case, path: str) -> Iterator[Breach]:
    """Delegations whose city did not answer the roll call, and answers without a delegation."""
    meeting = judged_meeting(case, path, "ga")
    if meeting is None or not meeting.roll_calls or not meeting.delegations:
        return
    answered = {city for call in meeting.roll_calls for city in call.present}
    listed = [delegation.member for delegation in meeting.delegations]
    for n, city in enumerate(listed):
        if city not in answered:
            yield Breach(
                f"The delegation of {city} is on record, but {city} answered no roll call of "
                f"{meeting.id}.",
                "All members of a delegation may attend: call the roll again if it is there.",
                ("delegations", n),
                refs=(f"members/{city}",),
            )
    unlisted = sorted(answered - set(listed))
    if unlisted:
        yield Breach(
            f"{', '.join(unlisted)} answered the roll call of {meeting.id}; no delegation of "
            f"{'theirs' if len(unlisted) > 1 else 'its'} is on record.",
            "Record who came and who heads them: "
            f"b40 meeting delegation {meeting.id} {unlisted[0]}.",
            ("delegations",),
            facts={"without_delegation": unlisted},
        )


def called_without_notice(case: Case, path: str) -> Iterator[Breach]:
    """A roll call of an Assembly that no convening notice called (Art. 9, 10)."""
    meeting = judged_meeting(case, path, "ga")
    first = meeting.first_roll_call if meeting else None
    if meeting is None or first is None:
        return
    notice = meeting.notice
    if notice is None or notice.to != "members":
        said = "no convening notice to the members is on record"
    elif not in_time(notice.sent, meeting, "before-opening"):
        said = f"its convening notice went out at {notice.sent}, not before it opened"
    else:
        return
    yield Breach(
        f"The roll of {meeting.id} was called, but {said}.",
        f"Record the notice first: b40 meeting notice {meeting.id} --sent TIME.",
        ("roll_calls", 0),
        facts={"opens": meeting.opens, "sent": notice.sent if notice else None},
    )


def participation_rules(case: Case, path: str) -> Iterator[Duty]:
    """The President announces the rules of participation before the Assembly opens."""
    meeting = judged_meeting(case, path, "ga")
    if meeting is None or case.law_or_none(meeting.day) is None:
        return
    announced = meeting.rules_announced
    state = _state_of_rules(case, meeting)
    said = f"were announced at {announced}, not before it" if announced else "were not announced"
    yield Duty(
        rule="participation-rules-announced",
        article="Art. 8",
        of=meeting.id,
        subject=f"meetings/{meeting.id}",
        owner=PRESIDENT,
        due=meeting.day,
        state=state,
        evidence=f"meetings/{meeting.id}" if announced else None,
        says=f"The rules of participation of {meeting.id} "
        f"{'are not announced yet' if state == 'due' else said}.",
        remedy="The President announces them before the meeting: "
        f"b40 meeting rules {meeting.id} --announced TIME.",
        at=("participation_rules", "announced") if announced else (),
        met=meeting.day_of(announced) if announced else None,
    )


def _state_of_rules(case: Case, meeting: Meeting) -> DutyState:
    announced = meeting.rules_announced
    if announced is not None and meeting.day_of(announced) <= case.on:
        return "met" if in_time(announced, meeting, "before-opening") else "met-late"
    state = state_of(case, meeting.day, meeting.day, None)
    opened = any(meeting.day_of(call.at) <= case.on for call in meeting.roll_calls)
    return "overdue" if state == "due" and opened else state


RULES = (
    Rule(
        name="delegation-head",
        article="Art. 7, 8",
        norm="A delegation is headed by the mayor or acting mayor in office, or by a designee.",
        about=("meetings",),
        question=delegation_head,
        fails="A deputy heads a delegation as designee, and no written designation is recorded.",
        cure="Record the designation with its SHA-256.",
        sentences=("art7.2", "art7.3", "art8.1"),
    ),
    Rule(
        name="delegation-attends",
        kind="note",
        article="Art. 7, 8",
        norm="All members of a delegation may attend the General Assembly.",
        about=("meetings",),
        question=delegation_attends,
        fails="A delegation on record whose city answered no roll call.",
        cure="Call the roll again if it came later; otherwise nothing.",
        sentences=("art7.1", "art8.4"),
    ),
    *art07_proxies.RULES,
    duty_rule(
        name="participation-rules-announced",
        article="Art. 8",
        norm="The President announces the rules of participation before each meeting.",
        about=("meetings",),
        arising=participation_rules,
        fails="A General Assembly whose rules of participation nobody announced.",
        cure="Announce them before the next; acknowledge this one with a reason.",
        sentences=("art8.5",),
    ),
)
