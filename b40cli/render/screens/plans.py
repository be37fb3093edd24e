"""Plans for a person at a terminal: seats and terms to come, candidacies, the next Summit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import wrapped
from b40cli.render.screen_parts import table

if TYPE_CHECKING:
    from b40cli.model.results import offices as shape
    from b40cli.model.results.meetings import SummitPlan


def order(answer: Answer[shape.Order]) -> list[str]:
    """The order of candidacies for a term, each with its reason."""
    result = answer.result
    open_ = "is open" if result["first_round"] else "is over"
    lines = wrapped(
        f"Candidacies for {result['term']}: the first round {open_} (INT-15, {result['reading']})."
    )
    if not result["complete"]:
        lines += wrapped("The list of members is not complete: others may come before.")
    rows = [
        (c["place"], c["city"], c["country"], c["reason"], c["mandate_until"] or "not known")
        for c in result["candidacies"]
    ]
    return [*lines, "", *table(("", "city", "country", "reason", "mandate until"), rows)]


def presidency(answer: Answer[shape.PresidencyPlan]) -> list[str]:
    """The steps to the coming handover and to the one after it."""
    result = answer.result
    lines = wrapped(f"From {result['on']} to the handover of {result['coming']}:")
    for step in result["steps"]:
        state = f"done, {step['done']}" if step["done"] else "open"
        by = (step["by"] or "").ljust(10)
        lines += wrapped(f"{state}: {step['step']}", " " * 14, f"  {by}  ")
        if not step["done"]:
            lines += wrapped(step["command"], " " * 14)
    for term in result.get("years", ()):
        lines += ["", *_term_ahead(term)]
    return lines + _warned(result.get("warnings", []))


def _term_ahead(term: shape.TermAhead) -> list[str]:
    """A term to come: whom it fits first; where it fits nobody, every reason."""
    fits = [each for each in term["candidates"] if each["can"]]
    first = f"{term['first']} comes first" if term["first"] else "nobody can be approved as known"
    lines = wrapped(f"{term['year']}, approved by {term['approved_by']}: {first}.")
    lines += wrapped(f"{len(fits)} of {len(term['candidates'])} can: {_cities(fits)}", "    ", "  ")
    lines += _reasons("Nobody can", term["reasons"])
    for each in term["candidates"]:
        if not each["can"]:
            lines += wrapped(f"{each['city']} cannot: {' '.join(each['why'])}", "    ", "  ")
    return lines


def _cities(found: list[shape.CandidateAhead]) -> str:
    """The cities, capitals first, with the end of each mandate: an election is in sight."""
    told = (f"{each['city']} (mandate until {each['mandate_until']})" for each in found)
    return ", ".join(told) or "none"


def committee(answer: Answer[shape.CommitteePlan]) -> list[str]:
    """When each seat ends, who may stand again, and which countries are full."""
    result = answer.result
    rows = [
        (s["seat"], s["city"] or s["state"], s["ends"], s["by"], _again(s)) for s in result["seats"]
    ]
    lines = [f"The committee from {result['on']} on", ""]
    lines += table(("seat", "held by", "ends", "by", "may be elected"), rows)
    full = ", ".join(result["full"]) or "none"
    most = counted(result["cities_per_country"], "city")
    lines += ["", *wrapped(f"Countries with their {most}: {full}.")]
    if not result["complete"]:
        lines += wrapped("The list of the committee is not complete: this is what is on record.")
    for ahead in result.get("years", ()):
        lines += ["", *_year_ahead(ahead)]
    return lines + _warned(result.get("warnings", []))


def _again(seat: shape.SeatEnd) -> str:
    if seat["may_be_elected"] is None:
        return ""
    return "yes" if seat["may_be_elected"] else f"no: {seat['reason']}"


def _year_ahead(ahead: shape.YearAhead) -> list[str]:
    """An election to come: who may be elected, a rotation that fits, and why the others may not."""
    able = [each for each in ahead["cities"] if each["can"]]
    can = [f"{c['city']}{' (leads a group)' if c['leads'] else ''}" for c in able]
    said = f"{ahead['year']}: {len(can)} may be elected, if not before: {', '.join(can) or 'none'}"
    lines = wrapped(said, "    ", "")
    fits = ", ".join(ahead["fits"]) or "nobody"
    lines += wrapped(f"A rotation of {ahead['free']}: {fits}.", "    ", "  ")
    if ahead["full"]:
        lines += wrapped(f"By office full: {', '.join(ahead['full'])} (Art. 13).", "    ", "  ")
    lines += _reasons("The seats cannot be filled", ahead["reasons"])
    for each in ahead["cities"]:
        if not each["can"]:
            lines += wrapped(f"{each['city']}: {each['why']}", "    ", "  ")
    return lines


def _reasons(what: str, reasons: list[list[str]]) -> list[str]:
    """Every smallest reason, each by itself enough: who lifts one meets the next."""
    said = [" and ".join(reason) or "there are too few members" for reason in reasons]
    return [line for one in said for line in wrapped(f"{what} because of: {one}.", "    ", "  ")]


def _warned(warnings: list[str]) -> list[str]:
    return ["", *(line for said in warnings for line in wrapped(said, "  "))] if warnings else []


def summit(answer: Answer[SummitPlan]) -> list[str]:
    """What is still to do for an Annual Summit, each step with its command."""
    result = answer.result
    where = result["summit"] or "not convened"
    lines = wrapped(f"Annual Summit of {result['year']}: {where}; host {result['host'] or 'open'}.")
    for step in result["steps"]:
        lines += wrapped(f"{step['state']}: {step['what']}", " " * 14, f"  {step['due']:<10}  ")
        lines += wrapped(step["command"], " " * 14)
    if result["ceremony"]:
        lines += ["", *wrapped(f"To sign at it: {', '.join(result['ceremony'])}.")]
    return lines
