"""The home page: who presides, the figures, the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.wording import counted
from b40cli.render.site import map as atlas
from b40cli.render.site.frame import Site, SitePage, linked, members_of
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.members import by_country, presiding
from b40cli.render.site.words import day, since

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedMember


def home(site: Site) -> SitePage:
    """What the network is, in four figures, a map and a list."""
    network = site.document["network"]["name"]
    body = joined(
        tag("h1", network),
        tag(
            "p",
            "Who belongs to the network, who presides, what it decided and by which rule. "
            "Every fact names its source or its decision.",
            class_="lead",
        ),
        _figures(site),
        _map(site),
        tag("h2", "Members by country"),
        tag("div", [_country(name, found) for name, found in by_country(site)], class_="columns"),
    )
    return SitePage("index.html", "Home", network, body)


def _figures(site: Site) -> Markup:
    members, network = members_of(site), site.document["network"]
    reported = network["reported_members"]
    incomplete = network["complete"].get("members") is None
    of = f", of {reported} reported" if reported and incomplete else ""
    countries = {member["country"] for member in members}
    held = [m for m in site.document["meetings"] if m["kind"] == "summit"]
    held = [m for m in held if m["opens"][:10] <= site.document["on"] and not m["cancelled"]]
    term = presiding(site)
    figures = [
        (counted(len(members), "city"), f"members on record{of}"),
        (counted(len(countries), "country"), "of the twelve of the region"),
    ]
    if term:
        figures.append((site.name(term["city"]), f"presides {since(term['since'] or '')}"))
    if held:
        last = held[-1]
        where = f" in {site.name(last['city'])}" if last["city"] else ""
        figures.append((counted(len(held), "summit"), f"the last{where}, {day(last['opens'])}"))
    return tag("dl", [tag("div", tag("dt", a), tag("dd", b)) for a, b in figures], class_="figures")


def _map(site: Site) -> Markup | None:
    """The map, where the places of any city are known."""
    members, term = members_of(site), presiding(site)
    presides = term["city"] if term else None
    named = [(m["name"], m["gazetteer"], m["id"] == presides) for m in members]
    spots = atlas.spots(named)
    if not spots:
        return None
    away = len(members) - len(spots)
    lie = "lies" if away == 1 else "lie"
    beyond = f" {counted(away, 'member')} {lie} beyond it." if away else ""
    colour = " In colour the city that presides." if any(s.presides for s in spots) else ""
    says = f"{counted(len(spots), 'member')} on the map.{beyond}{colour} {atlas.CAPTION}"
    title = f"Map of {counted(len(spots), 'member city')}; the list below has all."
    return tag("figure", atlas.drawn(spots, title), tag("figcaption", says))


def _country(name: str, members: list[PublishedMember]) -> Markup:
    links = [tag("li", linked(m["name"], f"members/{m['id']}.html")) for m in members]
    return tag("section", tag("h3", f"{name} ", tag("small", str(len(members)))), tag("ul", links))
