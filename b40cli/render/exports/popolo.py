"""The public document as Popolo: who is what in which body, and how they voted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from b40cli.model.ref import stated

if TYPE_CHECKING:
    from b40cli.model.results import published as shape

PopoloThing = dict[str, Any]
NETWORK, ASSEMBLY, COMMITTEE = "network", "general-assembly", "executive-committee"
# The words of the specification for how one votes.
OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain", "invalid": "not voting"}
RESULTS = {"adopted": "pass", "rejected": "fail"}


def as_popolo(document: shape.Published) -> dict[str, list[PopoloThing]]:
    """The classes of the specification, each a list; every `…_id` names a thing that is in one."""
    countries = {m["country"]: m["country_name"] for m in document["members"]}
    return {
        "organizations": list(_organizations(document)),
        "areas": [_area(code, name) for code, name in countries.items()],
        "persons": list(_persons(document)),
        "posts": list(_posts(document)),
        "memberships": list(_memberships(document)),
        "events": [_event(meeting) for meeting in document["meetings"]],
        "motions": [_motion(decision) for decision in document["decisions"]],
        "vote_events": list(_vote_events(document)),
    }


def _organizations(document: shape.Published) -> Iterator[PopoloThing]:
    name = document["network"]["name"]
    yield _body(NETWORK, name, "network", None)
    yield _body(ASSEMBLY, "General Assembly", "assembly", NETWORK)
    yield _body(COMMITTEE, "Executive Committee", "committee", NETWORK)
    for group in document["groups"]:
        yield _body(f"group:{group['id']}", group["name"], "working group", NETWORK)
    for member in document["members"]:
        number = member["gazetteer"]
        known = [{"scheme": "geonames", "identifier": str(number)}] if number else []
        native = [{"name": member["native_name"]}] if member["native_name"] else []
        yield {
            **_body(member["id"], member["name"], "local government", None),
            "area_id": _place(member["country"]),
            "identifiers": known,
            "other_names": native,
        }


def _body(key: str, name: str, kind: str, parent: str | None) -> PopoloThing:
    made = {"id": key, "name": name, "classification": kind}
    return made if parent is None else {**made, "parent_id": parent}


def _place(country: str) -> str:
    return f"country:{country.lower()}"


def _area(code: str, name: str) -> PopoloThing:
    return {
        "id": _place(code),
        "name": name,
        "identifier": code,
        "classification": "country or territory",
    }


def _persons(document: shape.Published) -> Iterator[PopoloThing]:
    """People by their key; who has none is one person for each city and name."""
    seen: dict[str, PopoloThing] = {}
    for mandate in document["mandates"]:
        known = seen.setdefault(
            person_id(mandate), {"id": person_id(mandate), "name": mandate["name"]}
        )
        if known["name"] != mandate["name"]:
            others = known.setdefault("other_names", [])
            if {"name": mandate["name"]} not in others:
                others.append({"name": mandate["name"]})
    yield from seen.values()


def person_id(mandate: shape.PublishedMandate) -> str:
    """The key of a person, or one made of city and name."""
    if mandate["person"]:
        return f"person:{mandate['person']}"
    return f"person:{mandate['member']}:{mandate['name']}"


def _posts(document: shape.Published) -> Iterator[PopoloThing]:
    for member in document["members"]:
        yield {
            "id": _mayoralty(member["id"]),
            "label": f"Mayor of {member['name']}",
            "role": "mayor",
            "organization_id": member["id"],
        }
    seats = {seat["seat"] for seat in document["seats"]}
    for seat in sorted(seats):
        yield {
            "id": f"seat:{seat}",
            "label": seat.replace("-", " "),
            "role": "member of the Executive Committee",
            "organization_id": COMMITTEE,
        }


def _mayoralty(city: str) -> str:
    return f"mayor:{city}"


def _memberships(document: shape.Published) -> Iterator[PopoloThing]:
    for n, mandate in enumerate(document["mandates"], 1):
        yield {
            "id": f"mandate:{n}",
            "person_id": person_id(mandate),
            "organization_id": mandate["member"],
            "post_id": _mayoralty(mandate["member"]),
            "role": mandate["capacity"],
            **_period(mandate["from"], mandate["until"]),
        }
    for member in document["members"]:
        if member["standing"] in ("member", "leaving"):
            begun = _period(member["since"], None)
            yield {**_belongs("member", member["id"], NETWORK, "member"), **begun}
    yield from _held(document)


def _held(document: shape.Published) -> Iterator[PopoloThing]:
    """Seats and the lead of groups, where a city on record has them."""
    cities = {member["id"] for member in document["members"]}
    for n, seat in enumerate(document["seats"], 1):
        if seat["city"] in cities:
            yield {
                **_belongs(f"sits:{n}", seat["city"], COMMITTEE, "member"),
                "post_id": f"seat:{seat['seat']}",
                **_period(seat["from"], seat["until"]),
            }
    for group in document["groups"]:
        if group["leader"] in cities:
            yield _belongs("leads", group["leader"], f"group:{group['id']}", "leader")


def _belongs(kind: str, city: str | None, body: str, role: str) -> PopoloThing:
    return {
        "id": f"{kind}:{city}:{body}",
        "member": {"@type": "Organization", "id": city},
        "organization_id": body,
        "role": role,
    }


def _period(begin: str | None, end: str | None) -> PopoloThing:
    """The days that are known; `by` a day is none that anything began on."""
    days = {"start_date": begin, "end_date": end}
    return {key: day for key, day in days.items() if day and not day.startswith("by ")}


def _event(meeting: shape.PublishedMeeting) -> PopoloThing:
    made = {
        "id": meeting["id"],
        "name": meeting["title"] or meeting["id"],
        "classification": meeting["kind"],
        "start_date": meeting["opens"],
        "organization_id": {"ga": ASSEMBLY, "ec": COMMITTEE}.get(meeting["kind"], NETWORK),
    }
    further = {
        "end_date": meeting["ends"],
        "location": meeting["city"],
        "parent_id": meeting["summit"],
        "status": "cancelled" if meeting["cancelled"] else None,
    }
    return {**made, **{key: value for key, value in further.items() if value}}


def _motion(decision: shape.PublishedDecision) -> PopoloThing:
    made = {
        "id": decision["id"],
        "identifier": decision["id"],
        "text": decision["title"],
        "classification": decision["matter"],
        "organization_id": _decider(decision),
        "legislative_session_id": decision["meeting"],
        "requirement": decision["majority"],
        "result": RESULTS.get(decision["state"]),
    }
    return stated(made)


def _decider(decision: shape.PublishedDecision) -> str:
    return decision["body"] if decision["body"] in (ASSEMBLY, COMMITTEE) else NETWORK


def _vote_events(document: shape.Published) -> Iterator[PopoloThing]:
    cast: dict[str, list[PopoloThing]] = {}
    for vote in document["votes"]:
        option = OPTIONS.get(vote["vote"], vote["vote"])
        cast.setdefault(vote["decision"], []).append({"voter_id": vote["member"], "option": option})
    for decision in document["decisions"]:
        mine = [c for c in document["candidates"] if c["decision"] == decision["id"]]
        counts = list(_counts(decision, mine))
        if counts and decision["closed"]:
            yield {
                "id": f"vote:{decision['id']}",
                "identifier": decision["id"],
                "motion_id": decision["id"],
                "organization_id": _decider(decision),
                "result": RESULTS.get(decision["state"], decision["state"]),
                "counts": counts,
                "votes": cast.get(decision["id"], []),
            }


def _counts(
    decision: Mapping[str, Any], candidates: Sequence[shape.PublishedCandidate]
) -> Iterator[PopoloThing]:
    """As counted; in an election, for each candidate."""
    if decision["for"] is not None:
        for side, option in OPTIONS.items():
            yield {"option": option, "value": decision[side]}
    yield from ({"option": each["city"], "value": each["votes"]} for each in candidates)
