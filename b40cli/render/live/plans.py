"""What is to come in the offices: the order of candidacies, handovers, seats, the next Summit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Note, Paragraph, Summary, Toned, Typed, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import barred_from, begun, counted, day_in_words, seat_name, together
from b40cli.render.called import names_in
from b40cli.render.live.values import aside, due, in_words

if TYPE_CHECKING:
    from b40cli.model.results import offices as shape
    from b40cli.model.results.meetings import SummitPlan

NameOf = Callable[[str], str]
# A step: what is to do, by when, done or not, its command.
ToDo = tuple[str, str, bool, str]


def order(answer: Answer[shape.Order]) -> Iterator[ScreenPart]:
    """Whom the committee asks first for a term, each city with its reason."""
    result = answer.result
    yield Masthead(f"Candidacies for {result['term']}", "", day_in_words(result["on"]))
    round_ = "is open" if result["first_round"] else "is over"
    yield Paragraph(f"The first round {round_} (INT-15, {in_words(result['reading'])}).")
    if not result["complete"]:
        yield Note("The list of members is not complete: others may come before.")
    rows = (_candidacy(row, answer) for row in result["candidacies"])
    yield listing(("No.", "City", "Country", "Why there", "Mandate until"), rows)


def _candidacy(row: shape.CandidacyRow, answer: Answer[shape.Order]) -> list[Words]:
    return [
        aside(str(row["place"]).rjust(2)),
        answer.beside["name"](row["city"]),
        answer.beside["country"](row["country"]),
        row["reason"] if row["eligible"] else due(f"! {row['reason']}"),
        row["mandate_until"] or aside("not on record"),
    ]


def presidency(answer: Answer[shape.PresidencyPlan]) -> Iterator[ScreenPart]:
    """The steps to the coming handovers; then each term to come with who can and who cannot."""
    result, name = answer.result, answer.beside["name"]
    title = f"To the handover of {result['coming']}"
    yield Masthead(title, "", day_in_words(result["on"]))
    presides = name(result["president"]) if result["president"] else "not on record"
    yield Paragraph(f"President: {presides}")
    yield from _steps(
        (names_in(step["step"], name), step["by"] or "", bool(step["done"]), step["command"])
        for step in result["steps"]
    )
    for term in result.get("years", ()):
        yield from _term(term, name)
    yield from _warned(result.get("warnings", ()), name)


def _steps(steps: Iterable[ToDo]) -> Iterator[ScreenPart]:
    """What is still to do, each with its day and command; then what is done."""
    listed = [*steps]
    to_do, done = ([each for each in listed if each[2] is was] for was in (False, True))
    if to_do:
        yield Headline("To do", 2, str(len(to_do)))
    for what, by, _done, command in to_do:
        yield Items(((begun(what), *aside(f" (by {by})" if by else "")),))
        yield Typed(command)
    if done:
        yield Headline("Done", 2, str(len(done)))
        yield Items(tuple((Toned("✓ ", "met"), begun(what)) for what, *_rest in done))


def _term(term: shape.TermAhead, name: NameOf) -> Iterator[ScreenPart]:
    can = [each for each in term["candidates"] if each["can"]]
    yield Headline(f"Presidency of {term['year']}", 2, f"approved by {term['approved_by']}")
    first: Words = (
        f"{name(term['first'])} comes first"
        if term["first"]
        else due("! nobody can be approved as known")
    )
    rows = [("Choice", first), ("Can", _some([_mandate(each, name) for each in can]) or "nobody")]
    yield Summary((*rows, *_reasons("Nobody, as", term["reasons"])))
    others = (each for each in term["candidates"] if not each["can"])
    why = (pair for each in others for pair in _why(each, name))
    yield from _cannot(why, name, len(term["candidates"]))


# The sorts that bar most cities, each city by its own day: one line tells of all.
SORTS = {
    "mandate": "too little of the mandate is left",
    "mandate not known": "who is mayor then is not known",
    "country": "its country would have too many seats",
}
ARTICLES = {"country": "Art. 13"}


def _why(each: shape.CandidateAhead, name: NameOf) -> Iterator[tuple[str, str]]:
    """A city that cannot, with each reason: that of its mandate is shared with others."""
    city, sorts, why = name(each["city"]), each["against"], each["why"]
    told = zip(sorts, why, strict=True) if len(sorts) == len(why) else [("", " ".join(why))]
    for sort, said in told:
        until = each["mandate_until"] if sort == "mandate" else None
        shared = f"{begun(SORTS.get(sort, ''))} ({ARTICLES.get(sort, 'Art. 11')})"
        yield f"{city} {until}" if until else city, shared if sort in SORTS else said


def _mandate(each: shape.CandidateAhead, name: NameOf) -> str:
    until = f" (mandate until {each['mandate_until']})" if each["mandate_until"] else ""
    return f"{name(each['city'])}{until}"


def _reasons(label: str, reasons: Iterable[Iterable[str]]) -> Iterator[tuple[str, Words]]:
    """Every smallest reason, each by itself enough: who lifts one meets the next."""
    for reason in reasons:
        told = (SORTS.get(sort, in_words(sort)) for sort in reason)
        yield label, ", and ".join(told) or "there are too few members"


def _cannot(
    cities: Iterable[tuple[str, str]], name: NameOf, everybody: int
) -> Iterator[ScreenPart]:
    """Why who cannot; those of one reason together, all of them as their number."""
    by_reason = together(cities)
    if not by_reason:
        return
    yield Headline("Cannot", 2)
    for why, of in by_reason.items():
        who = f"all {everybody}" if len(of) == everybody else _some(of)
        yield Items((f"{names_in(why, name).rstrip('.')}: {who}",))


MOST_NAMES = 60


def _some(cities: Sequence[str]) -> str:
    """Their names; of very many the first, and how many there are beside."""
    more = len(cities) - MOST_NAMES
    first = ", ".join(cities[: MOST_NAMES if more > 0 else None])
    return f"{first} and {more} more (--json tells all)" if more > 0 else first


def _warned(warnings: Iterable[str], name: NameOf) -> Iterator[ScreenPart]:
    for said in warnings:
        yield Paragraph(due(f"! {names_in(said, name)}"))


def committee(answer: Answer[shape.CommitteePlan]) -> Iterator[ScreenPart]:
    """When each seat ends and who may stand again; then each election to come."""
    result, name, country = answer.result, answer.beside["name"], answer.beside["country"]
    yield Masthead("How the seats end", "", day_in_words(result["on"]))
    yield Paragraph(
        f"The next election is due by {result['election']}; "
        f"of one country {counted(result['cities_per_country'], 'city')} may sit."
    )
    rows = (_seat(seat, name) for seat in result["seats"])
    yield listing(("Seat", "City", "Ends", "Elected again"), rows)
    barred = ((name(s["city"]), s["reason"] or "") for s in result["seats"] if s["city"] and _no(s))
    below = [("Not again", f"{barred_from(of, why)}.") for why, of in together(barred).items()]
    of_each = result["countries"].items()
    seated = (f"{country(code)}: {', '.join(map(name, of))}" for code, of in of_each)
    below.append(("Countries", "; ".join(seated) or "none"))
    full = ", ".join(map(country, result["full"]))
    yield Summary((*below, ("All seats taken", full or "in no country")))
    if not result["complete"]:
        yield Note("The list of the committee is not complete: this is what is on record.")
    for ahead in result.get("years", ()):
        yield from _election(ahead, name, country)
    yield from _warned(result.get("warnings", ()), name)


def _no(seat: shape.SeatEnd) -> bool:
    return seat["may_be_elected"] is False


def _seat(seat: shape.SeatEnd, name: NameOf) -> list[Words]:
    lacking = "! vacant" if seat["state"] == "vacant" else "not on record"
    again: Words = "" if seat["may_be_elected"] is None else "no" if _no(seat) else "yes"
    return [
        begun(seat_name(seat["seat"])),
        name(seat["city"]) if seat["city"] else due(lacking),
        (seat["ends"], *aside(f" {seat['by']}")),
        again,
    ]


def _election(ahead: shape.YearAhead, name: NameOf, country: NameOf) -> Iterator[ScreenPart]:
    able = [each for each in ahead["cities"] if each["can"]]
    yield Headline(f"Election of {ahead['year']}", 2, f"by {ahead['elected_on']}")
    rows: list[tuple[str, Words]] = [
        (f"{ahead['free']} who fit", ", ".join(map(name, ahead["fits"])) or due("! nobody")),
        ("May be elected", _some([_able(each, name) for each in able]) or "nobody"),
    ]
    if ahead["full"]:
        rows.append(("Full by office", f"{', '.join(map(country, ahead['full']))} (Art. 13)"))
    yield Summary((*rows, *_reasons("Not filled, as", ahead["reasons"])))
    others = (each for each in ahead["cities"] if not each["can"])
    why = ((name(each["city"]), each["why"] or "") for each in others)
    yield from _cannot(why, name, len(ahead["cities"]))


def _able(each: shape.SeatAhead, name: NameOf) -> str:
    return f"{name(each['city'])}{' (leads a group)' if each['leads'] else ''}"


def summit(answer: Answer[SummitPlan]) -> Iterator[ScreenPart]:
    """What is still to do for the next Annual Summit, and who signs at it."""
    result, name = answer.result, answer.beside["name"]
    yield Masthead(
        f"Annual Summit of {result['year']}", result["summit"] or "", day_in_words(answer.on)
    )
    host = name(result["host"]) if result["host"] else "not on record"
    signing = ", ".join(map(name, result["ceremony"])) or "nobody"
    yield Summary((("Host", host), ("To sign at it", signing)))
    yield from _steps(
        (step["what"], step["due"], step["state"] == "done", step["command"])
        for step in result["steps"]
    )
