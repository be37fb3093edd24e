"""Cities as text: one for the telephone, the roll, members, applications, what a search found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted, reported, seat_in_words
from b40cli.render.findings import since, wrapped
from b40cli.render.screen_parts import listed, table, tree

if TYPE_CHECKING:
    from b40cli.model.results import members as shape
    from b40cli.model.results.cities import CityShown, Search
    from b40cli.model.results.rolls import RollShown


def city(answer: Answer[CityShown]) -> list[str]:
    """The page of a city: a label and a sentence for each thing that is asked."""
    found = answer.result
    head = f"{found['name']} ({found['id']}), {found['country'] or 'international body'}"
    lines = [*wrapped(head), ""]
    for label, said in told(found):
        lines += wrapped(said, " " * 16, f"{label:<16}")
    return lines


def told(found: CityShown) -> Iterator[tuple[str, str]]:
    """Each label with what is to be said under it."""
    start = f" {since(found['since'])}" if found["since"] else ""
    end = f", a member until {found['until']}" if found["until"] else ""
    yield "Standing", f"{found['standing']}{start}{end}"
    yield "Vote", _vote(found)
    yield "Represented by", _head(found)
    yield "Presidency", _presidency(found)
    yield "Committee", ", ".join(map(seat_in_words, found["seats"])) or "no seat"
    yield "Groups", "; ".join(_groups(found)) or "none on record"
    meetings = [f"{m['meeting']} ({m['part']})" for m in found["meetings"][-3:]]
    yield "Meetings", ", ".join(meetings) or "none on record"
    votes = ", ".join(f"{n} {side}" for side, n in found["votes"].items())
    yield "Votes by name", votes or "none on record"
    owed = "; ".join(f"{d['title']}, {_when(d['due'])}" for d in found["owes"])
    yield "Owes", owed or "nothing that is on record"
    yield "Its next turn", turn_in_words(found)
    waiting = "; ".join(item["title"] for item in found["waiting"])
    yield "To be done", waiting or "nothing that is on record"
    if found["sources"]:
        yield "Sources", "; ".join(found["sources"])


def _vote(found: CityShown) -> str:
    """Whether it may vote; of a suspended city since when not, by what, until when."""
    running = found["suspension"]
    if running is None:
        none = "none: its participation has ended" if found["suspended"] else "none"
        return "one, in good standing" if found["vote"] else none
    until = running["until"] or "it is reinstated"
    return f"suspended since {running['since']} by {running['by']}, until {until}"


def _head(found: CityShown) -> str:
    mandate = found["represented_by"]
    if mandate is None:
        return "not on record"
    begun = since(mandate["from"])
    if mandate["lapsed"]:
        said = f"the mandate ended {mandate['until']}, no successor is on record"
    else:
        said = f"until {mandate['until']}" if mandate["until"] else "the end is not on record"
    return f"{mandate['mayor']}, {mandate['capacity'].replace('-', ' ')} {begun}; {said}"


def _presidency(found: CityShown) -> str:
    years = ", ".join(map(str, found["terms"]))
    if acting := found["stands_in"]:
        until = f" until {acting['until']}" if acting["until"] else ""
        return f"stands in as President since {acting['from']}{until}, by {acting['by']}"
    if found["presides"]:
        word = {"asleep": "asleep while it is suspended", "suspended": "presides, suspended"}
        return f"{word.get(found['presidency_state'] or '', 'presides')}, term of {years}"
    return (
        f"presided in the term{'s' * (len(found['terms']) > 1)} of {years}"
        if years
        else "never on record"
    )


def _groups(found: CityShown) -> Iterator[str]:
    for part in found["groups"]:
        what = "leads" if part["part"] == "leader" else f"{part['person']} for"
        yield f"{what} {part['name']}"


def _when(due: str | None) -> str:
    return f"due {due}" if due else "no day"


def turn_in_words(found: CityShown) -> str:
    """Its place in the order of candidacies for the first free term, with the reason."""
    turn = found["turn"]
    if turn is None:
        return "none: only members preside (Art. 11)"
    place = f"place {turn['place']} of {turn['of']}" if turn["place"] else "no place"
    said = f"{turn['term']}: {place} in the order of candidacies, {turn['reason']} (Art. 11)"
    why = [f"{each['term']} is given to {each['name']}" for each in turn["given"]]
    if turn["first"]:
        why.append(f"{counted(turn['first'], 'capital')} with priority before it")
    return "; ".join((said, *why))


def search(answer: Answer[Search]) -> list[str]:
    """What was found, a line each: reference, name, and where the words stand."""
    lines: list[str] = []
    for found in answer.result["records"]:
        where = f"{found['where']}: {found['text']}" if "text" in found else found["where"]
        lines += wrapped(f"{found['record']}  {found['name']} ({where})", "  ", "")
    return lines or wrapped(f"Nothing is called {answer.result['words']}, and no text holds it.")


def roll(answer: Answer[RollShown]) -> list[str]:
    """The roll of a day; what is missing from it, where the list is not whole."""
    result = answer.result
    members = result["members"]
    there = counted(len(members), "member")
    voting = len(result["voting"])
    lines = wrapped(f"Roll on {result['on']}: {there} on record, {voting} with a vote.")
    if not result["complete"]:
        lines += wrapped(
            f"The list is not complete: {reported(result['reported'])}. Nothing may be counted "
            "from it."
        )
    lines += ["", *wrapped(", ".join(members) or "nobody", "  ")]
    for title, others in (("Suspended", result["suspended"]), ("Observers", result["observers"])):
        if others:
            lines += ["", f"{title}:", *wrapped(", ".join(others), "  ")]
    return lines


def members(answer: Answer[shape.Members]) -> list[str]:
    """Every local government on record, with its standing, or with who heads it."""
    if any("mandate" in row for row in answer.result["members"]):
        return _mandates(answer.result["members"])
    return listed(
        ("id", "name", "standing", "since", "basis"),
        (
            (row["id"], row["name"], row["standing"], row["since"], row["basis"])
            for row in answer.result["members"]
        ),
    )


def _mandates(rows: list[shape.MemberRow]) -> list[str]:
    told = ((row, row.get("mandate")) for row in rows)
    return listed(
        ("id", "name", "mayor", "from", "until", "state"),
        (
            (row["id"], row["name"], m["mayor"], m["from"], m["until"], _state(m))
            if m
            else (row["id"], row["name"], None, None, None, "not on record")
            for row, m in told
        ),
    )


def _state(mandate: shape.MandateRow) -> str:
    if mandate["lapsed"]:
        return "lapsed"
    return "" if mandate["capacity"] == "mayor" else "acting"


def member(answer: Answer[shape.MemberShown]) -> list[str]:
    """One member in a sentence, then its record."""
    result = answer.result
    start, mayor = result["since"], result["mayor"]
    said = [f"{result['name']} ({result['id']}, {result['country']}): {result['standing']}"]
    said += [since(start)] if start else []
    said += [] if start and start.startswith("by ") else [result["basis"]]
    said += ["suspended"] if result["suspended"] else []
    led = f"{mayor['capacity'].replace('-', ' ').capitalize()}: {mayor['name']}." if mayor else ""
    head = [*wrapped(f"{', '.join(said)}. {led}".strip()), ""]
    times = [
        (
            i["from"],
            i["until"],
            f"{i['standing']}{', suspended' if i['suspended'] else ''}",
            i["ground"],
        )
        for i in result["intervals"]
    ]
    if len(times) > 1:
        head += [*table(("from", "until", "standing", "by"), times), ""]
    return [*head, *tree(result["record"])]


def applications(answer: Answer[shape.Applications]) -> list[str]:
    """Applications, and what had come of them."""
    return listed(
        ("id", "name", "received", "state", "outcome"),
        (
            (row["id"], row["name"], row["received"], row["state"], row["outcome"])
            for row in answer.result["applications"]
        ),
    )
