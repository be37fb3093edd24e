"""The presidency and the committee through the years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.wording import begun, seat_name
from b40cli.render.site.frame import Site, SitePage, city_link, facts, none, table
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.members import presiding
from b40cli.render.site.words import day, short, since

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedPresidency, PublishedSeat

# In which order the seats of the committee are told; the elected ones after them.
FIRST = ("president", "former", "next")


def offices_page(site: Site) -> SitePage:
    """A line of years, and beside it who sits on the day."""
    body = joined(
        tag("h1", "Presidency and committee"),
        tag(
            "p",
            "The presidency belongs to a city, for a year, from handover to handover (Art. 11). "
            "Capitals come first.",
            class_="lead",
        ),
        tag(
            "div",
            tag("div", _line(site)),
            tag("div", tag("h2", "Executive Committee"), _committee(site)),
            class_="beside",
        ),
        tag("h2", "Seats through the years"),
        _seats(site),
        tag("h2", "Permanent Secretary"),
        _secretaries(site),
    )
    return SitePage("presidency.html", "Presidency", "Presidency and committee", body)


def _line(site: Site) -> Markup:
    terms, now = site.document["presidencies"], presiding(site)
    items = [_term(site, term, term == now) for term in terms]
    last = max((term["year"] for term in terms), default=None)
    if last is not None and now is not None and last == now["year"]:
        items.append(_open(last + 1))
    return tag("ol", items, class_="line")


def _term(site: Site, term: PublishedPresidency, now: bool) -> Markup:
    begun = since(term["since"]) if term["since"] else "approved, to take over at the Summit"
    headed = f"{term['mayor']}, {begun}" if term["mayor"] else begun
    ground: list[object] = []
    if term["approved"]:
        ground = [
            "Approved by ",
            tag("a", term["approved"], href=f"decisions/{term['approved']}.html"),
        ]
    elif term["basis"] == "attested":
        ground = ["Attested by a source"]
    if now:
        ground = ["Presides. ", *ground]
    return tag(
        "li",
        tag("span", str(term["year"]), class_="year"),
        tag("span", class_="mark"),
        tag(
            "div",
            tag("h2", city_link(site, term["city"], "")),
            tag("p", headed[0].upper() + headed[1:]),
            tag("p", tag("small", ground)),
        ),
        class_="now" if now else None if term["since"] else "open",
    )


def _open(year: int) -> Markup:
    says = "To be approved by the General Assembly, from the committee's candidates"
    return tag(
        "li",
        tag("span", str(year), class_="year"),
        tag("span", class_="mark"),
        tag("div", tag("h2", none()), tag("p", tag("small", says))),
        class_="open",
    )


def _committee(site: Site) -> Markup:
    """Who sits on the day; a seat whose holder no fact names says so."""
    on = site.document["on"]
    sitting = [s for s in site.document["seats"] if not (s["until"] and s["until"] <= on)]
    if not sitting:
        return tag("p", none("No seat is on record."))
    held: dict[str, list[Markup]] = {}
    for s in sorted(sitting, key=lambda s: FIRST.index(s["seat"]) if s["seat"] in FIRST else 9):
        held.setdefault(begun(seat_name(s["seat"])), []).append(tag("p", _holder(site, s)))
    return facts((office, joined(*holders)) for office, holders in held.items())


def _holder(site: Site, held: PublishedSeat) -> Markup:
    return joined(city_link(site, held["city"], ""), tag("br"), tag("small", since(held["from"])))


def _seats(site: Site) -> Markup:
    rows = [
        (
            str(s["term"]),
            begun(seat_name(s["seat"])),
            city_link(site, s["city"], ""),
            since(s["from"]),
            short(s["until"]) if s["until"] else "",
        )
        for s in reversed(site.document["seats"])
    ]
    if not rows:
        return tag("p", none("None on record."))
    heads = (("Term", ""), ("Seat", ""), ("City", ""), ("From", ""), ("Until", "day"))
    return table("Every seat on record, the latest term first", heads, rows)


def _secretaries(site: Site) -> Markup:
    rows = [
        joined(
            tag("strong", s["name"]),
            f", {since(s['from'])}",
            f" until {day(s['until'])}" if s["until"] else "",
        )
        for s in site.document["secretaries"]
    ]
    return tag("ul", [tag("li", r) for r in rows], class_="plain") if rows else tag("p", none())
