"""Meetings: whether they are enough, what would make them so, what is still to be prepared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Note, Paragraph, Summary, Toned, Typed, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import counted, day_in_words
from b40cli.render.called import names_in
from b40cli.render.findings import columns_there
from b40cli.render.live.values import aside, due, named, state
from b40cli.render.screens.meetings import missing_of

if TYPE_CHECKING:
    from b40cli.model.results.meetings import MeetingRow, Meetings, Piece, Prepared, Proxies, Solved
    from b40cli.model.results.rolls import QuorumShown


def quorum(answer: Answer[QuorumShown]) -> Iterator[ScreenPart]:
    """Whether they are enough, and who could still come."""
    result, name = answer.result, answer.beside["name"]
    where = result["meeting"] or f"if it met on {answer.on}"
    if not result["complete"]:
        yield Masthead("Quorum", where, due("! undetermined"))
        yield Paragraph(f"Because {answer.beside['why']}. {result['entitled']} are on record.")
        yield Note("No number is computed from an incomplete list.")
        return
    needed = result["missing"]
    short: Words = (Toned(f"✗ {needed} more needed" if needed else "✗ not met", "refused"),)
    if not result["meeting"]:
        # Nobody called it: that nobody is there is no failure.
        short = aside(f"{needed} would be needed")
    yield Masthead("Quorum", where, state("met") if result["met"] else short)
    there = f"{result['present']} present, {result['represented']} represented"
    rows: list[tuple[str, Words]] = [
        ("Entitled", str(result["entitled"])),
        ("Required", str(result["required"])),
        ("Counted", f"{result['counted']}: {there}"),
    ]
    foreseen = result["foreseen"]
    if foreseen is not None and result["meeting"]:
        lacking = f"{foreseen['missing']} still missing" if foreseen["missing"] else "enough"
        coming = f"{counted(foreseen['present'], 'delegation')}, {foreseen['represented']} by proxy"
        rows.append(("Foreseen", f"{foreseen['counted']} ({coming}): {lacking}"))
    for what, cities in answer.beside.get("declined", {}).items():
        if cities:
            rows.append((f"Declines {what}", ", ".join(map(name, cities))))
    yield Summary(tuple(rows))
    if "why" in answer.beside:
        yield Paragraph(answer.beside["why"])
    free = answer.beside.get("could_come")
    if free and not result["met"]:
        yield Headline("Could still come or give a proxy", 2, str(len(free)))
        yield Paragraph(", ".join(map(name, free)))


def solved(answer: Answer[Solved]) -> Iterator[ScreenPart]:
    """The quorum that can still be reached, whom to ask, and on whom it hangs."""
    result, name = answer.result, answer.beside["name"]
    yield Masthead("Quorum" if result["held"] else "Best quorum", result["meeting"], _met(result))
    rows = [("Needed", str(result["required"]))]
    coming = ", ".join(map(name, result["coming"]))
    if result["held"]:
        rows += [("Counted", str(result["counted"])), ("Present", coming or "nobody")]
    else:
        rows += [
            ("Foreseen", str(result["counted"])),
            ("At best", str(result["best"])),
            ("Coming", coming or "nobody has said so"),
        ]
    represented = result["represented"].items()
    if represented:
        rows.append(("Represented", "; ".join(f"{name(p)} by {name(h)}" for p, h in represented)))
    hangs = "Hung on" if result["held"] else "Hangs on"
    for label, cities in (("Nobody for", result["left"]), (hangs, result["critical"])):
        if cities:
            rows.append((label, ", ".join(map(name, cities))))
    yield Summary(tuple(rows))
    if result["ask"]:
        yield Headline("Ask for these proxies, written and proved before it opens", 2)
    for each in result["ask"]:
        proof = " (its proof is missing)" if each["given"] else ""
        yield Items((f"{name(each['principal'])} to {name(each['holder'])}{proof}",))
        command = f"b40 proxy give {result['meeting']} --from {each['principal']}"
        if each["given"]:
            yield Typed(command.replace("give", "receipt"))
        else:
            yield Typed(f"{command} --to {each['holder']}")


def _met(result: Solved) -> Words:
    lacking = result["required"] - result["best"]
    if result["held"]:
        short = f"✗ not met, {lacking} short"
        return state("met") if result["met"] else (Toned(short, "refused"),)
    short = f"✗ not by those who come, {lacking} short"
    return (Toned("✓ can be met", "met") if result["met"] else Toned(short, "refused"),)


def proxies(answer: Answer[Proxies]) -> Iterator[ScreenPart]:
    """Who represents whom, whether it stands, and when its proof went to both offices."""
    result, name = answer.result, answer.beside["name"]
    given = result["proxies"]
    yield Masthead("Proxies", str(len(given) or "none"), result["meeting"])
    yield Paragraph(f"{named(result['meeting'], name)}.")
    for each in given:
        yield Headline(f"{name(each['principal'])} by {name(each['holder'])}", 2)
        yield Paragraph(state(each["state"]))
        lacking = [] if each["document"] else ["! no document is on record"]
        rows = [
            (label, _time(each["sent"], office), _time(each["received"], office))
            for label, office in (("Permanent Secretary", "secretary"), ("President", "president"))
        ]
        yield listing(("Proof to the", "Sent", "Received"), rows)
        said = [*lacking, *(f"! {names_in(says['message'], name)}" for says in each["said"])]
        yield from (Paragraph(due(line)) for line in said)


def _time(times: Mapping[str, str], office: str) -> Words:
    return named(times[office], str) if office in times else aside("not on record")


def prepared(answer: Answer[Prepared]) -> Iterator[ScreenPart]:
    """Every piece, the missing ones first, with who owes them and the command."""
    result = answer.result
    yield Masthead(result["title"], result["meeting"], f"opens {named(result['opens'], str)}")
    yield Paragraph(missing_of(result))
    missing = [piece for piece in result["pieces"] if piece["state"] != "done"]
    done = [piece for piece in result["pieces"] if piece["state"] == "done"]
    if missing:
        yield Headline("Missing", 2, str(len(missing)))
    for piece in missing:
        yield from _piece(piece)
    if done:
        yield Headline("Done", 2, str(len(done)))
        yield Items(tuple((Toned("✓ ", "met"), piece["what"]) for piece in done))


def _piece(piece: Piece) -> Iterator[ScreenPart]:
    owes = aside(f" ({piece['owes']}, by {piece['due']})")
    yield Items(((Toned("! ", "due"), piece["what"], *owes),))
    yield Typed(piece["command"])


def meetings(answer: Answer[Meetings]) -> Iterator[ScreenPart]:
    """The meetings, the newest first: when each opens, what it is, what became of it."""
    rows, title = answer.result["meetings"], answer.beside["title"]
    yield Masthead("Meetings", str(len(rows) or "none"), day_in_words(answer.on))
    ordered = sorted(rows, key=lambda row: row["opens"], reverse=True)
    told = [_meeting(row, answer.on, title) for row in ordered]
    longest = sum(max((_length(row[n]) for row in told), default=0) for n in (2, 3))
    if longest + BEFORE > columns_there():
        # How far that is from Greenwich is told where it costs no line.
        told = [[day, str(hour).partition(" ")[0], *rest] for day, hour, *rest in told]
    years: dict[str, list[list[Words]]] = {}
    for row in told:
        years.setdefault(str(row[0])[:4], []).append(row)
    for year, of in years.items():
        yield Headline(year, 3, str(len(of)))
        yield listing(("Day", "Opens", "Meeting", "Id"), of)


# What stands before a meeting's name: the indent, its day, its hour with the offset, three gaps.
BEFORE = 2 + 10 + 12 + 6


def _length(words: Words) -> int:
    return sum(len(each if isinstance(each, str) else each.text) for each in words)


def _meeting(row: MeetingRow, on: str, title: Callable[[str], str]) -> list[Words]:
    said: Words = (title(row["id"]).removeprefix("Meeting of ").removeprefix("the "),)
    if row["cancelled"]:
        said = (*said, *due(" ! cancelled"))
    elif row["moved"] or row["opens"][:10] > on:
        said = (*said, *aside(", moved" if row["moved"] else ", to come"))
    elif row["basis"] == "attested":
        said = (*said, *aside(", attested"))
    elif not row["roll_calls"] and row["kind"] in ("ga", "ec"):
        said = (*said, *aside(", no roll call"))
    day, _, hour = named(row["opens"], str).partition(" ")
    return [day, hour, said, aside(row["id"])]
