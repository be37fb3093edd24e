"""Meetings, their quorum and proxies, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import wrapped
from b40cli.render.screen_parts import listed

if TYPE_CHECKING:
    from b40cli.model.results import meetings as shape
    from b40cli.model.results.rolls import QuorumShown


def meetings(answer: Answer[shape.Meetings]) -> list[str]:
    """The meetings on record, by day."""
    return listed(
        ("id", "kind", "opens", "basis"),
        ((row["id"], row["kind"], _opens(row), row["basis"]) for row in answer.result["meetings"]),
    )


def _opens(row: shape.MeetingRow) -> str:
    """When it opens, or was to."""
    return (
        f"{row['opens']}{', cancelled' if row['cancelled'] else ', moved' if row['moved'] else ''}"
    )


def proxies(answer: Answer[shape.Proxies]) -> list[str]:
    """The proxies of a meeting, and what is to be said of them."""
    given = answer.result["proxies"]
    lines = listed(
        ("principal", "holder", "state"),
        ((row["principal"], row["holder"], row["state"].replace("-", " ")) for row in given),
    )
    said = [told["message"] for row in given for told in row["said"]]
    told = [line for message in said for line in wrapped(message, "    ", "  - ")]
    return [*lines, "", *told] if told else lines


def solved(answer: Answer[shape.Solved]) -> list[str]:
    """The quorum that can still be reached, whom to ask, and on whom it hangs."""
    result, name = answer.result, answer.beside["name"]
    lines = wrapped(f"Quorum of {result['meeting']}: {_reckoned(result)}.")
    if result["ask"]:
        lines += ["", "Ask for these proxies, written and proved before it opens:"]
        for each in result["ask"]:
            said = f"{name(each['principal'])} to {name(each['holder'])}"
            step = "receipt" if each["given"] else "give"
            lines += wrapped(f"{said}{' (its proof is missing)' if each['given'] else ''}", "  ")
            lines += wrapped(
                f"b40 proxy {step} {result['meeting']} --from {each['principal']}"
                + ("" if each["given"] else f" --to {each['holder']}"),
                "    ",
            )
    stood, hung = ("stood", "Hung") if result["held"] else ("stands", "Hangs")
    for title, cities in (
        (f"Nobody {stood} for", result["left"]),
        (f"{hung} on", result["critical"]),
    ):
        if cities:
            lines += ["", *wrapped(f"{title}: {', '.join(map(name, cities))}.", "  ", "")]
    return lines


def _reckoned(result: shape.Solved) -> str:
    """What a quorum needs and what it has, or had at its first roll call."""
    short = f"{result['required'] - result['best']} short"
    if result["held"]:
        represented = len(result["represented"])
        was = "it was met" if result["met"] else f"it was not met, {short}"
        there = f"{result['counted'] - represented} present, {represented} represented"
        return (
            f"{result['required']} were needed, {result['counted']} counted at the first roll call "
            f"({there}): {was}"
        )
    can = "can be met" if result["met"] else f"cannot be met by those who come, {short}"
    reckoned = f"{result['counted']} foreseen, {result['best']} at best"
    return f"{result['required']} needed, {reckoned}: it {can}"


def missing_of(result: shape.Prepared) -> str:
    """How many pieces a meeting still lacks."""
    many, whole = result["missing"], counted(len(result["pieces"]), "piece")
    are = "is" if many == 1 else "are"
    return f"{many} of {whole} {are} missing." if many else "All is there."


def prepared(answer: Answer[shape.Prepared]) -> list[str]:
    """Every piece, the missing ones with who owes them and the command."""
    result = answer.result
    lines = wrapped(f"{result['title']} ({result['meeting']}), opens {result['opens']}")
    lines += wrapped(missing_of(result))
    for piece in result["pieces"]:
        done = piece["state"] == "done"
        who = "" if done else f" ({piece['owes']}, by {piece['due']})"
        lines += wrapped(f"{piece['what']}{who}", "    ", "  + " if done else "  ! ")
        if not done:
            lines += wrapped(piece["command"], "      ", "    > ")
    return lines


def quorum(answer: Answer[QuorumShown]) -> list[str]:
    """Whether they are enough, and who could still come."""
    result = answer.result
    where = f"in {result['meeting']}" if result["meeting"] else f"if it met on {answer.on}"
    if not result["complete"]:
        lines = wrapped(
            f"Quorum {where}: undetermined, because {answer.beside['why']}. "
            f"{result['entitled']} are on record."
        )
        return [*lines, "No number is computed from an incomplete list."]
    lacking = f"not met, {result['missing']} more needed" if result["missing"] else "not met"
    lacking = lacking if result["meeting"] else f"{result['missing']} would be needed"
    met = "met" if result["met"] else lacking
    lines = wrapped(
        f"Quorum {where}: {met}. {result['entitled']} entitled, {result['required']} required, "
        f"{result['counted']} counted ({result['present']} present, {result['represented']} "
        "represented)."
    )
    foreseen, free = result["foreseen"], answer.beside.get("could_come")
    if foreseen is not None and result["meeting"]:
        still = f"{foreseen['missing']} still missing" if foreseen["missing"] else "enough"
        lines += wrapped(
            f"Foreseen: {foreseen['counted']} ({counted(foreseen['present'], 'delegation')}, "
            f"{foreseen['represented']} by proxy): {still}."
        )
    for what, cities in answer.beside.get("declined", {}).items():
        lines += wrapped(f"Declines {what}: {', '.join(cities)}.") if cities else []
    if "why" in answer.beside:
        lines += wrapped(answer.beside["why"])
    if free and not result["met"]:
        lines += ["", "Could still come or give a proxy:", *wrapped(", ".join(free), "  ")]
    return lines
