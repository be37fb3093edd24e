"""Ways to alter what went another way than planned, each with the rule that should catch it."""

from __future__ import annotations

from typing import Any

from tests.alterations import Alteration, Records, assembly, decision, of


def annulling(records: Records, body: str) -> Any:
    """The last annulment by a body."""
    return [*of(records, "decisions", matter="annulment", body=body)][-1]


def anothers_decision_annulled(records: Records) -> None:
    annulling(records, "president")["annuls"] = decision(records, "work-programme")["id"]


def annulment_of_a_failure(records: Records) -> None:
    failed = decision(records, "removal", "rejected")["id"]
    annulling(records, "general-assembly")["annuls"] = failed


def annulment_taken_out(records: Records) -> None:
    name = annulling(records, "executive-committee")["id"]
    del records[f"registry/decisions/{name[3:7]}/{name}.yaml"]


def annulled_suspension_lifted(records: Records) -> None:
    annulled = annulling(records, "president")["annuls"]
    for member in of(records, "members"):
        for suspension in member.get("suspensions", ()):
            if suspension["by"] == annulled:
                suspension["by"] = decision(records, "secretary")["id"]


def resigned(records: Records) -> Any:
    """The last seat that was given back."""
    seats = [s for term in of(records, "committee") for s in term["seats"]]
    return [s for s in seats if isinstance(s.get("ended_by"), dict)][-1]


def resignation_to_one(records: Records) -> None:
    resigned(records)["ended_by"]["to"] = ["president"]


def gone_before_the_notice(records: Records) -> None:
    resigned(records)["until"] = "2023-05-01"


def dismissed_by_the_committee(records: Records) -> None:
    decision(records, "committee-dismissal")["body"] = "executive-committee"


def dismissed_and_still_seated(records: Records) -> None:
    ended = decision(records, "committee-dismissal")["id"]
    for term in of(records, "committee"):
        for seat_held in term["seats"]:
            if seat_held.get("ended_by") == ended:
                del seat_held["until"], seat_held["ended_by"]


def dismissed_another(records: Records) -> None:
    other = next(m["id"] for m in of(records, "members"))
    decision(records, "committee-dismissal")["subject"] = f"members/{other}"


def declined(records: Records) -> Any:
    """The term that a capital declined."""
    return next(p for p in of(records, "presidencies") if "declined" in p)


def declined_by_nobody(records: Records) -> None:
    declined(records)["declined"][0]["city"] = "bg-nowhere"


def declined_after_all(records: Records) -> None:
    del declined(records)["declined"]


def acknowledged(records: Records) -> Any:
    """The last acknowledgement of a duty missed."""
    return [*of(records, "duties")][-1]["acknowledged"][-1]


def acknowledged_by_another(records: Records) -> None:
    acknowledged(records)["by"] = "permanent-secretary"


def acknowledged_what_was_met(records: Records) -> None:
    acknowledged(records).update({"duty": "summit-in-january"})
    del acknowledged(records)["subject"]


def acknowledgement_reworded(records: Records) -> None:
    acknowledged(records)["reason"] = "It was nobody's fault."


def tallied(records: Records, body: str) -> Any:
    """The last secret vote of a body."""
    return [*of(records, "decisions", secret=True, body=body)][-1]


def too_many_tallied(records: Records) -> None:
    tallied(records, "general-assembly")["tally"]["against"] += 1


def tally_turned(records: Records) -> None:
    record = tallied(records, "executive-committee")
    record["tally"] = {"for": 0, "against": sum(record["tally"].values())}


def secret_vote_named(records: Records) -> None:
    record = tallied(records, "general-assembly")
    record["ballots"] = {"for": list(record["roll"]["present"])}
    del record["tally"], record["secret"]


def ended(records: Records) -> Any:
    """The first observer whose status ended."""
    return next(guest for guest in of(records, "observers") if "ended" in guest)


def observer_stays(records: Records) -> None:
    del ended(records)["ended"]


def observer_ended_by_another(records: Records) -> None:
    ended(records)["ended"]["by"] = decision(records, "secretary")["id"]


def observer_after_the_end(records: Records) -> None:
    assembly(records).setdefault("observers", []).append(ended(records)["id"])


def special_group_of_nobody(records: Records) -> None:
    group = [*of(records, "groups", kind="special")][-1]
    group["by"] = decision(records, "secretary")["id"]


INCIDENTS: tuple[Alteration, ...] = (
    Alteration("another's annulled", "assembly-competence", anothers_decision_annulled),
    Alteration("a failure annulled", "assembly-competence", annulment_of_a_failure),
    Alteration("an annulment deleted", "history-is-append-only", annulment_taken_out),
    Alteration(
        "an annulled suspension regrounded",
        "standing-rests-on-a-decision",
        annulled_suspension_lifted,
    ),
    Alteration("resigned to one", "resignation-notice", resignation_to_one),
    Alteration("gone before it resigned", "resignation-notice", gone_before_the_notice),
    Alteration("dismissed by the committee", "committee-competence", dismissed_by_the_committee),
    Alteration("dismissed, still seated", "dismissal-by-assembly", dismissed_and_still_seated),
    Alteration("another dismissed", "dismissal-by-assembly", dismissed_another),
    Alteration("declined by nobody", "references-resolve", declined_by_nobody),
    Alteration("a refusal deleted", "history-is-append-only", declined_after_all),
    Alteration("acknowledged by others", "acknowledged-by-its-owner", acknowledged_by_another),
    Alteration("acknowledged, though met", "acknowledged-by-its-owner", acknowledged_what_was_met),
    Alteration("a reason reworded", "history-is-append-only", acknowledgement_reworded),
    Alteration("one tallied too many", "one-vote-per-member", too_many_tallied),
    Alteration("a tally turned", "simple-majority", tally_turned),
    Alteration("a secret vote named", "closed-records-are-immutable", secret_vote_named),
    Alteration("an observer that stays", "observer-list", observer_stays),
    Alteration("ended by another", "observer-invited-by-president", observer_ended_by_another),
    Alteration("an observer too long", "observer-invited-by-president", observer_after_the_end),
    Alteration("a group of nobody", "special-group-one-year", special_group_of_nobody),
)
