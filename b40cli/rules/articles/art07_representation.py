"""Art. 7 and 8: who speaks for a city, and which proxies between members count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from b40cli.model.facts.duty import Duty, DutyState
from b40cli.model.facts.meeting import PRESIDENT, SECRETARY, Delegation, Meeting, Proxy, RollCall
from b40cli.rules.articles.art08_standing import FormFault, fallen, named
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.duties.duty import PRESIDENT as THE_PRESIDENT
from b40cli.rules.duties.duty import duty_rule, state_of
from b40cli.rules.facts.heads import PersonNamed, fits, head_on, heads_of, named_before
from b40cli.rules.votes.assembly_facts import dispatched, given_before, in_time

NAMES = {SECRETARY: "the Permanent Secretary", PRESIDENT: "the President"}


def judged_meeting(case: Case, path: str) -> Meeting | None:
    """The meeting a path holds, unless it is only attested."""
    meeting = case.after.meeting_in(path)
    return None if meeting is None or meeting.attested else meeting


def assembly_meeting(case: Case, path: str) -> Meeting | None:
    """The meeting of the General Assembly a path holds, unless it is only attested."""
    meeting = judged_meeting(case, path)
    return meeting if meeting is not None and meeting.kind == "ga" else None


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
    meeting = assembly_meeting(case, path)
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


def proxy_holder_is_member(case: Case, path: str) -> Iterator[Breach]:
    """Between two members in good standing; no chain, no circle, not to oneself."""
    meeting = assembly_meeting(case, path)
    for n, proxy in enumerate(meeting.proxies if meeting else ()):
        if meeting is None or proxy.revoked is not None:
            continue
        faults = (*_entangled(meeting, proxy, n), *fallen(case, meeting, proxy))
        for message, remedy, kind in faults:
            yield Breach(message, remedy, ("proxies", n), refs=_both(proxy), kind=kind)
        yield from as_it_turned_out(meeting, proxy, n)


def _both(proxy: Proxy) -> tuple[str, ...]:
    return tuple(dict.fromkeys((f"members/{proxy.principal}", f"members/{proxy.holder}")))


def _entangled(meeting: Meeting, proxy: Proxy, n: int) -> Iterator[FormFault]:
    """A proxy to oneself, in a circle or in a chain, or a vote given away twice."""
    standing = [p for p in meeting.proxies if p.revoked is None]
    way = _way(proxy, {p.principal: p.holder for p in reversed(standing)})
    if proxy.principal == proxy.holder:
        yield f"{named(proxy)} is to itself.", "Name another member.", "validity"
    elif way[-1] == proxy.principal:
        yield (
            f"{named(proxy)} goes round in a circle: {', '.join(way)}.",
            "A holder attends in person: revoke one of them.",
            "validity",
        )
    elif len(way) > 2:
        yield (
            f"{named(proxy)} makes a chain: {proxy.holder} is represented itself.",
            "A holder attends in person: revoke one of them.",
            "validity",
        )
    earlier = [p for p in meeting.proxies[:n] if p.revoked is None]
    if any(p.principal == proxy.principal for p in earlier):
        yield (
            f"{proxy.principal} gives its proxy to {proxy.holder}, but has given it away already.",
            "A member has one vote: revoke the first proxy before a second is given.",
            "validity",
        )


def _way(proxy: Proxy, given: Mapping[str, str]) -> list[str]:
    """From the principal to the holder, on to the holder's own, until nobody or one again."""
    way, city = [proxy.principal], proxy.holder
    while city in given and city not in way:
        way.append(city)
        city = given[city]
    return [*way, city]


def as_it_turned_out(meeting: Meeting, proxy: Proxy, n: int) -> Iterator[Breach]:
    """What the roll calls made of a proxy that was lawful when it was given (Art. 8, 13)."""
    told = None
    for call in meeting.roll_calls:
        outcome = _outcome(proxy, call)
        if outcome is not None and outcome != told:
            where = f"At roll call {call.n} " if len(meeting.roll_calls) > 1 else ""
            yield Breach(
                f"{where}{outcome}",
                "Nothing needs to be done; the count shows it.",
                ("proxies", n),
                refs=(f"members/{proxy.principal}",),
                kind="note",
            )
        told = outcome


def _outcome(proxy: Proxy, call: RollCall) -> str | None:
    if proxy.revoked is not None and proxy.revoked_by(call.at):
        return None
    if proxy.principal in call.present:
        return f"{proxy.principal} is present itself: it counts once and its proxy rests."
    if proxy.holder not in call.present:
        return f"{proxy.holder} is absent, so {proxy.principal} is not represented either."
    return None


def one_proxy_per_holder(case: Case, path: str) -> Iterator[Breach]:
    """One other member for the whole meeting, even after a revocation."""
    meeting = assembly_meeting(case, path)
    for n, proxy in enumerate(meeting.proxies if meeting else ()):
        if meeting is None or proxy.revoked is not None:
            continue
        law = case.law(meeting.day)
        before = given_before(proxy, meeting, law.reading("INT-39"))
        if len(before) >= law.number("proxies-per-holder"):
            first = next(
                p for p in meeting.proxies if (p.holder, p.principal) == (proxy.holder, before[0])
            )
            over = ", revoked or not" if first.revoked else ""
            yield Breach(
                f"{proxy.holder} was given the proxy of {first.principal} for {meeting.id}; it "
                f"cannot represent {proxy.principal} too{over}.",
                f"Give the second proxy to another member: b40 proxy list {meeting.id} tells who "
                "holds one.",
                ("proxies", n),
                facts={"holder": proxy.holder, "first": first.principal},
                refs=_both(proxy),
            )


def proxy_proof_before_assembly(case: Case, path: str) -> Iterator[Breach]:
    """The document, and its two dispatches or receipts, in time (INT-18, INT-27)."""
    meeting = assembly_meeting(case, path)
    for n, proxy in enumerate(meeting.proxies if meeting else ()):
        if meeting is None or proxy.revoked is not None:
            continue
        law = case.law(meeting.day)
        readings = {point: law.reading(point) for point in ("INT-18", "INT-27")}
        for message, remedy, kind in _unproven(meeting, proxy, readings):
            yield Breach(
                message,
                remedy,
                ("proxies", n),
                facts={"sent": dict(proxy.sent), "received": dict(proxy.received)},
                refs=_both(proxy),
                readings=readings,
                kind=kind,
            )


def _unproven(meeting: Meeting, proxy: Proxy, readings: Mapping[str, str]) -> Iterator[FormFault]:
    if not proxy.document:
        yield (
            f"{named(proxy)} is proved by no document.",
            "Record the written proxy with its SHA-256: --document FILE.",
            "validity",
        )
    way = readings["INT-27"]
    times = {to: dispatched(proxy, way, to) for to in (SECRETARY, PRESIDENT)}
    late = [to for to, time in times.items() if time and not _timely(meeting, time, readings)]
    missing = [to for to, time in times.items() if time is None]
    for to in late:
        yield (
            f"{named(proxy)} was {way} {_at_whom(way, to)} at {times[to]}; {meeting.id} opens at "
            f"{meeting.opens}.",
            "Without proof before the Assembly the proxy has no effect: the city attends itself.",
            "validity",
        )
    if missing and meeting.roll_calls:
        yield (
            f"Proof missing. {named(proxy)} has no effect: nothing on record says that its proof "
            f"was {way} "
            f"{' and '.join(_at_whom(way, to) for to in missing)}.",
            "The city attends itself, or is not counted.",
            "note",
        )


def _at_whom(way: str, to: str) -> str:
    return f"{'to' if way == 'sent' else 'by'} {NAMES[to]}"


def _timely(meeting: Meeting, time: str, readings: Mapping[str, str]) -> bool:
    return in_time(time, meeting, readings["INT-18"])


def called_without_notice(case: Case, path: str) -> Iterator[Breach]:
    """A roll call of an Assembly that no convening notice called (Art. 9, 10)."""
    meeting = assembly_meeting(case, path)
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
    meeting = assembly_meeting(case, path)
    if meeting is None or case.law_or_none(meeting.day) is None:
        return
    announced = meeting.rules_announced
    yield Duty(
        rule="participation-rules-announced",
        article="Art. 8",
        of=meeting.id,
        subject=f"meetings/{meeting.id}",
        owner=THE_PRESIDENT,
        due=meeting.day,
        state=_state_of_rules(case, meeting),
        evidence=f"meetings/{meeting.id}" if announced else None,
        says=f"The rules of participation of {meeting.id} were "
        + (f"announced at {announced}, not before it." if announced else "not announced."),
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
        kind="validity",
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
    Rule(
        name="proxy-holder-is-member",
        kind="validity",
        article="Art. 8",
        norm="Only a member in good standing, present itself, represents another member.",
        about=("meetings",),
        question=proxy_holder_is_member,
        fails="A proxy to a suspended member, or to one that has given its own proxy away.",
        cure="Give it to a member that attends in person.",
        sentences=("art8.2",),
    ),
    Rule(
        name="one-proxy-per-holder",
        kind="validity",
        article="Art. 8",
        norm="A member represents one other member for the whole meeting, even after a revocation.",
        about=("meetings",),
        question=one_proxy_per_holder,
        fails="One member holding the proxies of two others.",
        cure="Give the second proxy to another member.",
        readings=("INT-39",),
        parameters=("proxies-per-holder",),
        sentences=("art8.2",),
    ),
    Rule(
        name="proxy-proof-before-assembly",
        kind="validity",
        article="Art. 8",
        norm="The proof of proxy went to the Permanent Secretary and the President beforehand.",
        about=("meetings",),
        question=proxy_proof_before_assembly,
        fails="A proxy sent to the President while the roll was being called.",
        cure="The city attends itself; proof that comes late gives no vote.",
        readings=("INT-18", "INT-27"),
        sentences=("art8.3",),
    ),
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
