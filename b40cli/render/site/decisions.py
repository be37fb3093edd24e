"""The decisions in a table, and a page for each with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from b40cli.model.wording import BODIES, begun, counted
from b40cli.render.site.drawn import bar, strip
from b40cli.render.site.frame import Site, SitePage, city_link, linked, none, paper_link, table
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.members import folded
from b40cli.render.site.words import day, plain, result, short

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedDecision, PublishedVote
    from b40cli.model.results.site import PointPublished, QuorumCounted

TOLD = {"for": "For", "against": "Against", "abstain": "Abstained", "invalid": "Invalid"}
MAJORITIES = {
    "absolute": "Absolute majority",
    "two-thirds": "Two thirds of all members",
    "unanimity": "Unanimity",
    "simple": "Simple majority",
    "plurality": "Most votes",
}
ALONE = frozenset({"president", "mayor-of-istanbul"})


def decisions_page(site: Site) -> SitePage:
    """Every decision, the latest first, with its votes as a strip and the line that was needed."""
    ordered = sorted(
        site.document["decisions"], key=lambda d: (d["closed"] or "9999", d["id"]), reverse=True
    )
    heads = (
        ("Day", "day"),
        ("Decision", ""),
        ("Votes", "n"),
        ("Votes drawn", "drawn"),
        ("Result", "side"),
    )
    says = (
        f"{len(ordered)} on record. Votes stand as for, against, abstained; the coloured line "
        "marks the number that was needed."
    )
    rows = [_row(decision) for decision in ordered]
    body = joined(
        tag("h1", "Decisions"),
        tag("p", says, class_="lead"),
        table("Every decision on record", heads, rows) if rows else tag("p", none("None yet.")),
    )
    return SitePage("decisions/index.html", "Decisions", "Decisions", body)


def _row(decision: PublishedDecision) -> tuple[object, ...]:
    name = linked(decision["title"], f"{decision['id']}.html")
    return (
        short(decision["closed"]) if decision["closed"] else "",
        joined(name, tag("small", f"{decision['id']} {BODIES[decision['body']]}")),
        votes_told(decision),
        strip(decision),
        result_cell(decision),
    )


def votes_told(decision: PublishedDecision) -> str:
    """The votes in numbers; nothing where one person decides."""
    if decision["for"] is None:
        return "by candidate" if decision["elected"] else ""
    return f"{decision['for']} : {decision['against']} : {decision['abstain']}"


def result_cell(decision: PublishedDecision) -> Markup:
    """The sign and the word of its result."""
    sign, word = result(decision["state"], alone=decision["body"] in ALONE)
    void = [" ", tag("small", f"annulled by {decision['annulled_by']}")]
    return joined(f"{sign} ", tag("strong", word), void if decision["annulled_by"] else None)


def decision_page(site: Site, decision: PublishedDecision) -> SitePage:
    """One decision: its result in words, the arithmetic, the readings, the votes, the proof."""
    body = joined(
        _crumbs(site, decision),
        tag("h1", decision["title"]),
        _verdict(decision),
        _annulled(decision),
        _arithmetic(site, decision),
        _readings(site, decision),
        _votes(site, decision),
        tag("h2", "Proof"),
        _proof(site, decision),
    )
    return SitePage(f"decisions/{decision['id']}.html", "Decisions", decision["title"], body)


def _crumbs(site: Site, decision: PublishedDecision) -> Markup:
    titles = {m["id"]: m["title"] or m["id"] for m in site.document["meetings"]}
    parts: list[object] = [linked("Decisions", "index.html"), " / "]
    if decision["meeting"]:
        name = titles.get(decision["meeting"], decision["meeting"])
        parts.append(linked(name, f"../meetings/{decision['meeting']}.html"))
        parts.append(f" / item {decision['item']}" if decision["item"] else "")
    else:
        parts.append(BODIES[decision["body"]])
    return tag("p", parts, class_="crumbs")


def _verdict(decision: PublishedDecision) -> Markup:
    sign, word = result(decision["state"], alone=decision["body"] in ALONE)
    told = begun(word)
    short_by = _short_by(decision)
    if decision["state"] == "rejected" and short_by == 1:
        told += ", one vote short"
    elif decision["state"] == "rejected" and short_by:
        told += f", {short_by} votes short"
    return tag("p", f"{sign} {told}", class_="verdict")


def _short_by(decision: PublishedDecision) -> int | None:
    if decision["required"] is None or decision["for"] is None:
        return None
    return max(decision["required"] - decision["for"], 0)


def _annulled(decision: PublishedDecision) -> Markup | None:
    if not decision["annulled_by"]:
        return None
    by = decision["annulled_by"]
    return tag("p", "It was annulled by ", linked(by, f"{by}.html"), ".")


def _arithmetic(site: Site, decision: PublishedDecision) -> Markup | None:
    counted_as = site.material["arithmetic"].get(decision["id"])
    if counted_as is None:
        return None
    asked = [*_quorum(counted_as["quorum"]), *_majority(decision, counted_as["base"])]
    heads = (("Asked", ""), ("Counted", "n"), ("Needed", "n"), ("Result", ""))
    told = table("What was asked and what was counted", heads, asked)
    return joined(tag("h2", "The arithmetic"), bar(decision), tag("div", told, class_="measure"))


def _quorum(quorum: QuorumCounted | None) -> Iterator[tuple[str, ...]]:
    if quorum:
        lacking = quorum["required"] - quorum["counted"]
        met = "✓ met" if quorum["met"] else f"✗ {lacking} short"
        yield "Quorum: present or represented", str(quorum["counted"]), str(quorum["required"]), met


def _majority(decision: PublishedDecision, base: int | None) -> Iterator[tuple[str, ...]]:
    if decision["required"] is not None and decision["for"] is not None:
        kind = decision["majority"] or ""
        of = f", of {base}" if base else ""
        lacking = _short_by(decision)
        yield (
            MAJORITIES.get(kind, plain(kind)) + of,
            str(decision["for"]),
            str(decision["required"]),
            f"✗ {lacking} short" if lacking else "✓ met",
        )


def _readings(site: Site, decision: PublishedDecision) -> Markup | None:
    counted_as = site.material["arithmetic"].get(decision["id"])
    if counted_as is None or decision["verdict"] is None:
        return None
    turns = counted_as["turns"]
    if not turns:
        said = "No other reading of an open point of the statutes would have changed the result."
        return joined(tag("h2", "Readings"), tag("p", said))
    points = {point["id"]: point for point in site.material["points"]}
    one = "One reading would have changed it"
    head = one if len(turns) == 1 else f"{counted(len(turns), 'point')} would have changed it"
    return joined(tag("h2", head), [_turn(points[name], others) for name, others in turns.items()])


def _turn(point: PointPublished, others: Mapping[str, str]) -> Markup:
    """An open point: the reading in force, and what each other one would have made of it."""
    means = {reading["id"]: reading["means"] for reading in point["readings"]}
    force = next((r["means"] for r in point["readings"] if r["in_force"]), "")
    lines = [
        tag("li", "· ", means.get(other, other), " ", tag("strong", outcome))
        for other, outcome in others.items()
    ]
    return tag(
        "div",
        tag("p", tag("strong", point["question"]), " ", tag("small", point["id"])),
        tag("ul", tag("li", "✓ ", force, " ", tag("small", "in force")), lines),
        class_="reading",
    )


def _votes(site: Site, decision: PublishedDecision) -> Markup | None:
    if decision["body"] in ALONE or not decision["closed"]:
        return None
    if decision["secret"]:
        return joined(tag("h2", "Votes"), tag("p", none("The vote was secret: numbers alone.")))
    votes = [v for v in site.document["votes"] if v["decision"] == decision["id"]]
    cast = {vote["vote"] for vote in votes}
    chosen = sorted(cast - set(TOLD), key=lambda city: folded(site.name(city)))
    lists = [
        _side(site, decision, side, [v for v in votes if v["vote"] == side])
        for side in (*(side for side in TOLD if side in cast), *chosen)
    ]
    return joined(tag("h2", "Votes by name"), tag("div", lists, class_="names")) if votes else None


def _side(
    site: Site, decision: PublishedDecision, side: str, votes: Sequence[PublishedVote]
) -> Markup:
    """Who voted for a side or a candidate, and who cast the vote for whom."""
    sits = " ✓ elected" if side in decision["elected"] else ""
    head = f"{TOLD.get(side) or f'For {site.name(side)}'}, {len(votes)}{sits}"
    ordered = sorted(votes, key=lambda vote: folded(site.name(vote["member"])))
    return tag("div", tag("h3", head), tag("ul", [_voter(site, vote) for vote in ordered]))


def _voter(site: Site, vote: PublishedVote) -> Markup:
    by = vote["cast_by"]
    told = [" ", tag("span", f"by {site.name(by)}", class_="soft small")] if by else None
    return tag("li", city_link(site, vote["member"], "../"), told)


def _on_paper(site: Site, decision: PublishedDecision) -> Markup | None:
    found = paper_link(site, decision["id"])
    return tag("p", found) if found else None


def _proof(site: Site, decision: PublishedDecision) -> Markup:
    closed = f"Closed on {day(decision['closed'])}. " if decision["closed"] else ""
    year = decision["id"][3:7]
    return joined(
        tag(
            "p",
            closed,
            "Its record is ",
            tag("code", f"registry/decisions/{year}/{decision['id']}.yaml"),
            "; a certificate that anybody can check is made by",
        ),
        tag("p", tag("code", f"b40 decision certificate {decision['id']}")),
        tag("p", linked("How to verify it", "../verify.html")),
        _on_paper(site, decision),
    )
