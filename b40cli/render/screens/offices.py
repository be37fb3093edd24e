"""The offices as text: committee, presidency, the Secretary, working groups, observers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.day import since_of
from b40cli.render.findings import since, wrapped
from b40cli.render.screen_parts import listed, table

if TYPE_CHECKING:
    from b40cli.model.results import offices as shape
    from b40cli.model.results.groups import GroupRow, Groups, Observers


def committee(answer: Answer[shape.CommitteeShown]) -> list[str]:
    """The seven seats on a day, and who presides."""
    result = answer.result
    rows = [
        (s["seat"], s["city"] or s["state"], s["since"], s["until"], s["ground"])
        for s in result["seats"]
    ]
    presidency, state = result["presidency"], result["presidency_state"]
    lines = [f"Executive Committee on {result['on']}", ""]
    lines += table(("seat", "held by", "since", "until", "ground"), rows)
    if presidency:
        lines += ["", f"{presiding(presidency['city'], state)}, {since(presidency['since'])}."]
    elif state == "vacant":
        lines += ["", "The presidency is vacant."]
    return lines + _stands_in(result["stand_in"])


def presiding(named: str, state: shape.PresidencyWord) -> str:
    """What a city that has the presidency does with it: it may be suspended (INT-37)."""
    if state == "asleep":
        return f"{named} has the presidency, asleep while it is suspended"
    return f"{named} presides{', suspended' if state == 'suspended' else ''}"


def _stands_in(found: shape.StandingIn | None) -> list[str]:
    """Who stands in, where somebody does."""
    if found is None:
        return []
    until = f" until {found['until']}" if found["until"] else ""
    return [f"{found['city']} stands in, since {found['from']}{until} ({found['by']})."]


def presidency(answer: Answer[shape.PresidencyShown]) -> list[str]:
    """Who presides and who is next, then every term on record."""
    result = answer.result
    rows = [
        (
            term["year"],
            term["city"] or f"declined: {', '.join(term['declined'])}",
            term["from"],
            term["until"],
            term["approved"] or term["basis"],
        )
        for term in result["terms"]
    ]
    lines = [
        *wrapped(_presides(result)),
        *_stands_in(result["stand_in"]),
        "",
        *table(("term", "city", "from", "until", "ground"), rows),
    ]
    for term in result["terms"]:
        if term["departure"]:
            passed, reason = term["departure"]["from"], term["departure"]["reason"]
            lines += wrapped(f"{term['year']} departs from {passed}: {reason}", "  ")
    return lines


def _presides(result: shape.PresidencyShown) -> str:
    if result["vacant"] and result["stand_in"]:
        return f"The presidency is vacant on {result['on']}."
    if result["vacant"]:
        return (
            f"The presidency is vacant on {result['on']}: the statutes are silent, the Assembly or "
            "the committee decides who stands in (--statutes-silent)."
        )
    mayor = f" ({result['mayor']['name']})" if result["mayor"] else ""
    said = "Nobody is known to preside"
    if result["president"]:
        said = presiding(f"{result['president']}{mayor}", result["presidency_state"])
    comma = "," if result["suspended"] else ""
    return f"{said}{comma} on {result['on']}; next: {result['next'] or 'not on record'}."


def secretary(answer: Answer[shape.Secretary]) -> list[str]:
    """Who is Permanent Secretary, and every appointment."""
    who = answer.result["secretary"]
    said = f"{who} is Permanent Secretary" if who else "No Permanent Secretary is on record"
    rows = [
        (e["name"], since_of(e["from"]), e.get("until"), e.get("by") or e.get("source"))
        for e in answer.result["appointments"]
    ]
    lines = wrapped(f"{said} on {answer.result['on']}.")
    return [*lines, "", *table(("name", "from", "until", "by"), rows)] if rows else lines


def groups(answer: Answer[Groups]) -> list[str]:
    """The working groups with leader and programme."""
    return listed(
        ("group", "leader", "until", "programme"),
        (
            (row["id"], row["leader"] or "not on record", row["until"], _programme(row))
            for row in answer.result["groups"]
        ),
    )


def _programme(group: GroupRow) -> str:
    return group["programme"] or ("submitted" if group["submitted"] else "none")


def observers(answer: Answer[Observers]) -> list[str]:
    """Who asked, and who is invited to what."""
    return listed(
        ("id", "name", "state", "requested", "invited to"),
        (
            (row["id"], row["name"], row["state"], row["requested"], ", ".join(row["invited_to"]))
            for row in answer.result["observers"]
        ),
    )
