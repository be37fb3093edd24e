"""Forty ways to alter one fact of a lawful history, each with the rule that should catch it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from b40cli.model.facts.decision import decision_of
from b40cli.rules.votes.committee_facts import roll_hash

Records = dict[str, Any]
Change = Callable[[Records], None]


class Alteration(NamedTuple):
    """What is altered, by which function, and the rule that says so."""

    name: str
    rule: str
    change: Change


def of(records: Records, folder: str, **said: Any) -> Iterator[dict[str, Any]]:
    """The records of a folder that say these things, in their order."""
    for path in sorted(records):
        if path.startswith(f"registry/{folder}/"):
            record = records[path]
            if all(record.get(key) == value for key, value in said.items()):
                yield record


def decision(records: Records, matter: str, state: str = "adopted", n: int = -1) -> Any:
    """A decision on a matter, the last one unless said."""
    return [*of(records, "decisions", matter=matter, state=state)][n]


def member_with(records: Records, key: str) -> Any:
    """The last member whose record has the key."""
    return [member for member in of(records, "members") if key in member][-1]


def assembly(records: Records) -> Any:
    """The last General Assembly."""
    return [*of(records, "meetings", kind="ga")][-1]


def last_term(records: Records, n: int = -1) -> Any:
    """The committee's last term, or an earlier one."""
    return [*of(records, "committee")][n]


def seat(records: Records, name: str, n: int = -1) -> Any:
    """A seat of a term."""
    return next(s for s in last_term(records, n)["seats"] if s["seat"] == name)


def elected(records: Records, n: int = -1) -> set[str]:
    """The cities elected into a term."""
    seats = last_term(records, n)["seats"]
    return {s["city"] for s in seats if s["seat"].startswith("elected")}


def added(records: Records, folder: str, name: str, record: Any) -> None:
    """A record more."""
    records[f"registry/{folder}/{name}.yaml"] = {**deepcopy(record), "id": name}


def ballot_moved(records: Records) -> None:
    ballots = decision(records, "resolution")["ballots"]
    ballots["against"] = [*ballots.get("against", []), ballots["for"].pop()]


def voter_doubled(records: Records) -> None:
    ballots = decision(records, "removal", "rejected")["ballots"]
    ballots["against"].append(ballots["for"][0])


def stranger_votes(records: Records) -> None:
    decision(records, "presidency")["ballots"]["for"].append(member_with(records, "removal")["id"])


def closed_too_early(records: Records) -> None:
    decision(records, "candidates")["closed"] = "2022-01-01"


def decision_deleted(records: Records) -> None:
    name = decision(records, "resolution")["id"]
    del records[f"registry/decisions/{name[3:7]}/{name}.yaml"]


def member_deleted(records: Records) -> None:
    del records[f"registry/members/{seat(records, 'president')['city']}.yaml"]


def id_unlike_file(records: Records) -> None:
    decision(records, "resolution")["id"] = "EC-2099-001"


def roll_edited(records: Records) -> None:
    decision(records, "activity-report")["roll"]["present"].pop()


def roll_and_hash_edited(records: Records) -> None:
    record = decision(records, "activity-report")
    del record["roll"]["present"][8:]
    roll = decision_of("", record).roll
    assert roll is not None
    record["roll"]["sha256"] = roll_hash(roll)


def majority_changed(records: Records) -> None:
    decision(records, "agenda")["count"]["majority"]["for"] -= 1


def committee_majority_changed(records: Records) -> None:
    decision(records, "work-programme")["count"]["majority"]["required"] -= 1


def readings_changed(records: Records) -> None:
    decision(records, "removal", "rejected")["readings"] = {"verdict": "not-computable"}


def quorum_changed(records: Records) -> None:
    decision(records, "presidency")["count"]["quorum"]["required"] -= 1


def committee_quorum_changed(records: Records) -> None:
    decision(records, "candidates")["count"]["quorum"]["counted"] += 1


def adopted_after_all(records: Records) -> None:
    decision(records, "removal", "rejected")["state"] = "adopted"


def admitted_after_all(records: Records) -> None:
    decision(records, "admission", "rejected")["state"] = "adopted"


def amended_with_too_few(records: Records) -> None:
    ballots = decision(records, "amendment")["ballots"]
    ballots["against"] += ballots["for"][12:]
    del ballots["for"][12:]


def suspended_by_nobody(records: Records) -> None:
    member = records[f"registry/members/{seat(records, 'president')['city']}.yaml"]
    member["suspensions"] = [{"from": "2025-05-05", "by": decision(records, "removal")["id"]}]


def suspension_day_moved(records: Records) -> None:
    member_with(records, "suspensions")["suspensions"][0]["from"] = "2022-02-02"


def suspended_by_the_assembly(records: Records) -> None:
    decision(records, "suspension")["body"] = "general-assembly"


def removal_off_the_notice(records: Records) -> None:
    assembly(records)["notice"]["motions"] = []


def removed_by_the_committee(records: Records) -> None:
    decision(records, "removal")["body"] = "executive-committee"


def declined_city_signs(records: Records) -> None:
    subject = decision(records, "admission", "rejected")["subject"]
    records[f"registry/{subject}.yaml"]["declaration"] = {"signed": "2025-06-01"}


def country_changed(records: Records) -> None:
    member_with(records, "declaration")["country"] = "AT"


def form_taken_out(records: Records) -> None:
    del member_with(records, "declaration")["application"]["form"]


def second_proxy(records: Records) -> None:
    first, second = assembly(records)["proxies"][:2]
    second["holder"] = first["holder"]


def proxy_chain(records: Records) -> None:
    first, second = assembly(records)["proxies"][:2]
    second["holder"] = first["principal"]


def proxy_late(records: Records) -> None:
    meeting = assembly(records)
    meeting["proxies"][0]["sent"]["president"] = meeting["opens"].replace("T09", "T11")


def election_changed(records: Records) -> None:
    found = decision(records, "committee-election")["count"]["elected"]
    found[0] = seat(records, "president")["city"]


def seat_doubled(records: Records) -> None:
    other = next(m["id"] for m in of(records, "members") if m["id"] not in elected(records))
    last_term(records)["seats"].append({**seat(records, "elected-1"), "city": other})


def third_of_a_country(records: Records) -> None:
    members = [*of(records, "members")]
    for name, member in zip(("elected-1", "elected-2", "elected-3"), members[:3], strict=True):
        member["country"] = "GR"
        seat(records, name)["city"] = member["id"]


def third_term(records: Records) -> None:
    twice = elected(records, -2)
    seat(records, "elected-1", -3)["city"] = seat(records, "elected-1")["city"] = sorted(twice)[0]


def handover_unapproved(records: Records) -> None:
    del records["registry/presidencies/2024.yaml"]["approved"]


def term_overlaps(records: Records) -> None:
    records["registry/presidencies/2025.yaml"]["handover"]["on"] = "2024-01-26"


def not_a_candidate(records: Records) -> None:
    other = next(of(records, "members"))["id"]
    decision(records, "presidency")["subject"] = f"members/{other}"


def candidate_exchanged(records: Records) -> None:
    term = decision(records, "presidency")["term"]
    listed = next(d for d in of(records, "decisions", matter="candidates") if d["term"] == term)
    listed["candidates"][0] = elected(records).pop()


def mandate_cut(records: Records) -> None:
    del records["registry/presidencies/2026.yaml"]["mandate"]
    path = f"registry/members/{records['registry/presidencies/2026.yaml']['city']}.yaml"
    records[path]["mayors"][-1]["until"] = "2026-03-01"


def parameter_softened(records: Records) -> None:
    listed = records["registry/statutes/parameters.yaml"]["parameters"]
    quorum = next(p for p in listed if p["name"] == "assembly-quorum")
    quorum["values"][0]["value"] = "1/3"


def reading_adopted(records: Records) -> None:
    point = records["registry/statutes/interpretations/INT-01.yaml"]
    entry = {"from": "2025-02-01", "reading": "votes-cast", "by": "provisional"}
    point["adopted"].append(entry)


def observer_votes(records: Records) -> None:
    guest = next(of(records, "observers"))["id"]
    decision(records, "activity-report")["ballots"]["for"].append(guest)


def observer_too_small(records: Records) -> None:
    next(of(records, "observers"))["population"]["count"] = 499_999


def observer_uninvited(records: Records) -> None:
    next(of(records, "observers"))["invitations"] = []


def observer_off_the_list(records: Records) -> None:
    del records[f"registry/observers/{next(of(records, 'observers'))['id']}.yaml"]


def secretary_by_another(records: Records) -> None:
    decision(records, "secretary")["decided_by"]["city"] = seat(records, "president")["city"]


def expert_of_a_stranger(records: Records) -> None:
    group = records["registry/groups/local-climate-action.yaml"]
    group["experts"][-1]["city"] = member_with(records, "removal")["id"]


def special_group_stays(records: Records) -> None:
    group = [*of(records, "groups", kind="special")][-1]
    group["until"] = "2027-04-16"


def two_leaders(records: Records) -> None:
    del records["registry/groups/local-climate-action.yaml"]["leaders"][0]["until"]


def leaves_in_june(records: Records) -> None:
    member_with(records, "withdrawal")["withdrawal"]["effective"] = "2024-08-01"


def opened_later(records: Records) -> None:
    records["registry/network.yaml"]["opened"] = "2023-01-05"


def convened_by_nobody(records: Records) -> None:
    del [*of(records, "meetings", kind="ec")][-1]["convened"]


def proxy_to_a_stranger(records: Records) -> None:
    meeting = [m for m in of(records, "meetings", kind="ec") if "proxies" in m][-1]
    meeting["proxies"][0]["holder"] = member_with(records, "removal")["id"]


def casting_claimed(records: Records) -> None:
    decision(records, "candidates")["count"]["majority"]["casting"] = "against"


def false_head(records: Records) -> None:
    assembly(records)["delegations"][1]["head"]["name"] = "Nobody of Nowhere"


def invalid_for_nothing(records: Records) -> None:
    record = decision(records, "work-programme")
    record |= {"state": "invalid", "reason": "Somebody did not like it."}


ALTERATIONS: tuple[Alteration, ...] = (
    Alteration("a ballot moved", "closed-records-are-immutable", ballot_moved),
    Alteration("a voter doubled", "one-vote-per-member", voter_doubled),
    Alteration("a stranger's ballot", "one-vote-per-member", stranger_votes),
    Alteration("closed before it was proposed", "dates-in-order", closed_too_early),
    Alteration("a decision deleted", "history-is-append-only", decision_deleted),
    Alteration("a member deleted", "references-resolve", member_deleted),
    Alteration("an id unlike its file", "ids-never-reused", id_unlike_file),
    Alteration("a frozen roll edited", "closed-records-are-immutable", roll_edited),
    Alteration("roll and hash edited", "quorum-at-first-roll-call", roll_and_hash_edited),
    Alteration("a majority changed", "absolute-majority-matters", majority_changed),
    Alteration("the committee's majority", "simple-majority", committee_majority_changed),
    Alteration("readings changed", "absolute-majority-matters", readings_changed),
    Alteration("a quorum changed", "quorum-at-first-roll-call", quorum_changed),
    Alteration("the committee's quorum", "committee-quorum", committee_quorum_changed),
    Alteration("adopted, not rejected", "absolute-majority-matters", adopted_after_all),
    Alteration("admitted all the same", "admission-needs-unanimity", admitted_after_all),
    Alteration("amended by too few", "two-thirds-matters", amended_with_too_few),
    Alteration("a wrong suspension", "standing-rests-on-a-decision", suspended_by_nobody),
    Alteration("a suspension moved", "standing-rests-on-a-decision", suspension_day_moved),
    Alteration(
        "suspended by the Assembly",
        "suspension-by-president-or-committee",
        suspended_by_the_assembly,
    ),
    Alteration("removed off the notice", "removal-on-the-notice", removal_off_the_notice),
    Alteration("removed by the committee", "removal-by-assembly", removed_by_the_committee),
    Alteration("a declined city signs", "declaration-signed", declined_city_signs),
    Alteration("a country changed", "country-in-the-region", country_changed),
    Alteration("admitted without form", "application-is-complete", form_taken_out),
    Alteration("a second proxy", "one-proxy-per-holder", second_proxy),
    Alteration("a chain of proxies", "proxy-holder-is-member", proxy_chain),
    Alteration("a proxy sent late", "proxy-proof-before-assembly", proxy_late),
    Alteration("an election changed", "committee-composition", election_changed),
    Alteration("a seat doubled", "committee-composition", seat_doubled),
    Alteration("three of a country", "two-cities-per-country", third_of_a_country),
    Alteration("a third term in a row", "two-consecutive-terms", third_term),
    Alteration("handover unapproved", "one-year-term", handover_unapproved),
    Alteration("terms that overlap", "one-year-term", term_overlaps),
    Alteration("not a candidate", "candidates-from-the-committee", not_a_candidate),
    Alteration("a candidate exchanged", "candidates-from-the-committee", candidate_exchanged),
    Alteration("a mandate cut short", "mandate-of-one-year", mandate_cut),
    Alteration("the law softened", "two-thirds-matters", parameter_softened),
    Alteration("a reading nobody voted", "two-thirds-matters", reading_adopted),
    Alteration("an observer votes", "observer-has-no-vote", observer_votes),
    Alteration("an observer too small", "observer-population", observer_too_small),
    Alteration("an observer uninvited", "observer-invited-by-president", observer_uninvited),
    Alteration("an observer off the list", "observer-list", observer_off_the_list),
    Alteration("a Secretary of others", "secretary-appointed-by-istanbul", secretary_by_another),
    Alteration("an expert of nobody", "experts-from-members", expert_of_a_stranger),
    Alteration("a group of two years", "special-group-one-year", special_group_stays),
    Alteration("two leaders at once", "leader-designated-by-president", two_leaders),
    Alteration("out in summer", "withdrawal-at-year-end", leaves_in_june),
    Alteration("the opening moved", "opening-is-kept", opened_later),
    Alteration("convened by nobody", "convened-by", convened_by_nobody),
    Alteration("a proxy to a stranger", "committee-proxy", proxy_to_a_stranger),
    Alteration("a casting vote claimed", "casting-vote", casting_claimed),
    Alteration("a head unknown", "delegation-head", false_head),
    Alteration("invalid for nothing", "invalid-for-a-reason", invalid_for_nothing),
)
