"""The table of members, and a page for each city."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from b40cli.model.wording import begun, counted, seat_name
from b40cli.render.site import map as atlas
from b40cli.render.site.frame import (
    Site,
    SitePage,
    city_link,
    commas,
    facts,
    linked,
    members_of,
    none,
    row,
    table,
)
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.words import day, number, plain, short, since, span

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedMember, PublishedPresidency

HEADS = (("City", ""), ("Country", ""), ("Standing", ""), ("Since", ""), ("Headed by", ""))
STANDINGS = {
    "applicant": "Applied",
    "admitted": "Admitted; it has not signed",
    "member": "Member",
    "leaving": "Member until 31 December",
    "declined": "Declined",
    "withdrawn": "Withdrew its application",
    "left": "Left",
    "removed": "Removed",
    "unknown": "Not known",
}


def presiding(site: Site) -> PublishedPresidency | None:
    """The presidency that the day lies in."""
    begun = [term for term in site.document["presidencies"] if term["since"]]
    return max(begun, key=lambda term: (term["since"] or "").removeprefix("by "), default=None)


def by_country(site: Site) -> list[tuple[str, list[PublishedMember]]]:
    """The members of each country, both by name."""
    found: dict[str, list[PublishedMember]] = {}
    for member in members_of(site):
        found.setdefault(member["country_name"], []).append(member)
    return [(name, sorted(found[name], key=lambda m: folded(m["name"]))) for name in sorted(found)]


def folded(name: str) -> str:
    """A name as lists are sorted: without marks, letters alike (Çamlıova before Rüzgarhisar)."""
    from unicodedata import normalize

    return normalize("NFD", name.replace("ı", "i")).encode("ascii", "ignore").decode().lower()


def members_page(site: Site) -> SitePage:
    """Every city on record in a table; choosing a country hides the others, without a script."""
    rows = sorted(site.document["members"], key=lambda m: (m["country_name"], folded(m["name"])))
    countries = {m["country"]: m["country_name"] for m in rows}
    lines = [row(HEADS, list(_cells(m)), data_country=m["country"].lower()) for m in rows]
    made = tag(
        "table",
        tag("caption", "Every local government on record"),
        tag("thead", tag("tr", [tag("th", word, scope="col") for word, _kind in HEADS])),
        tag("tbody", lines),
        class_="rows",
    )
    body = joined(
        tag("h1", "Members"),
        tag(
            "p",
            f"{counted(len(members_of(site)), 'member')} on {day(site.document['on'])}; "
            f"{counted(len(rows), 'local government')} on record.",
            class_="lead",
        ),
        _filter(countries),
        made,
    )
    return SitePage("members/index.html", "Members", "Members", body, _hiding(countries))


def _filter(countries: dict[str, str]) -> Markup:
    choices = [
        ("all", "All countries"),
        *((code.lower(), name) for code, name in countries.items()),
    ]
    made = [
        joined(
            tag("input", type="radio", name="country", id=f"c-{code}", checked=code == "all"),
            tag("label", name, for_=f"c-{code}"),
        )
        for code, name in choices
    ]
    return tag("fieldset", tag("legend", "Show"), made, class_="filter")


def _hiding(countries: dict[str, str]) -> str:
    return "".join(
        f"main:has(#c-{c}:checked) tr[data-country]:not([data-country={c}]){{display:none}}"
        for c in map(str.lower, countries)
    )


def _cells(member: PublishedMember) -> Iterator[object]:
    yield linked(member["name"], f"{member['id']}.html")
    yield member["country_name"]
    yield STANDINGS[member["standing"]] + (", suspended" if member["suspended"] else "")
    yield _since(member["since"])
    yield member["mayor"] or none()


def _since(text: str | None) -> object:
    if text is None:
        return ""
    return f"by {short(text[3:])}" if text.startswith("by ") else short(text)


def city_page(site: Site, member: PublishedMember) -> SitePage:
    """One city: what it is to the network, its meetings, its votes, its sources."""
    crumbs = [linked("Members", "index.html"), f" / {member['country_name']}"]
    body = joined(
        tag("p", crumbs, class_="crumbs"),
        _head(site, member),
        tag("h2", "Meetings"),
        _meetings(site, member["id"]),
        tag("h2", "Votes by name"),
        _votes(site, member["id"]),
        tag("h2", "Sources"),
        _sources(site.document, member),
        tag("p", tag("small", f"Its record: registry/members/{member['id']}.yaml")),
    )
    return SitePage(f"members/{member['id']}.html", "Members", member["name"], body)


def _head(site: Site, member: PublishedMember) -> Markup:
    """Its name and what it is, and beside them where it lies."""
    native = f" · {member['native_name']}" if member["native_name"] else ""
    term = presiding(site)
    now = term is not None and term["city"] == member["id"]
    presides = f". It presides over the network in {term['year']}" if term and now else ""
    told = joined(
        tag("h1", member["name"]),
        tag("p", f"{member['country_name']}{native}{presides}.", class_="lead"),
        facts([*_what_it_is(site, member), *_what_it_holds(site, member["id"])]),
    )
    spots = atlas.spots([(member["name"], member["gazetteer"], True)])
    if not spots:
        return told
    drawn = atlas.drawn(spots, f"Where {member['name']} lies", named=False)
    return tag("div", tag("div", told), tag("div", drawn, class_="small-map"), class_="beside")


def _what_it_is(site: Site, member: PublishedMember) -> Iterator[tuple[str, object]]:
    begun = f" {since(member['since'])}" if member["since"] else ""
    yield "Standing", f"{STANDINGS[member['standing']]}{begun}"
    votes = member["standing"] in ("member", "leaving")
    none_now = "None while it is suspended" if member["suspended"] else "None"
    yield "Vote", "One" if votes and not member["suspended"] else none_now
    until = f", until {member['mandate_until']}" if member["mandate_until"] else ""
    headed = f"{member['mayor']}, {plain(member['capacity'] or '')}{until}"
    yield "Headed by", headed if member["mayor"] else None
    for each in (s for s in site.document["suspensions"] if s["member"] == member["id"]):
        end = day(each["until"]) if each["until"] else "today"
        by = linked(each["by"], f"../decisions/{each['by']}.html")
        yield "Suspended", joined(f"{day(each['from'])} to {end}, by ", by)
    if member["population"]:
        year = f" ({member['population_year']})" if member["population_year"] else ""
        yield "Population", f"{number(member['population'])}{year}"


def _what_it_holds(site: Site, city: str) -> Iterator[tuple[str, object]]:
    document = site.document
    terms = [t for t in document["presidencies"] if t["city"] == city and t["since"]]
    said = [tag("div", f"{t['year']}: {since(t['since'] or '')}") for t in terms]
    yield "Presidency", said or none("None on record")
    sits = [tag("div", _sat(s)) for s in document["seats"] if s["city"] == city]
    yield "Committee", sits or none("None on record")
    groups = [group["name"] for group in document["groups"] if group["leader"] == city]
    yield "Leads", commas(groups) if groups else none("No working group on record")


def _sat(row: Any) -> str:
    end = f" to {day(row['until'])}" if row["until"] else ""
    return f"{begun(seat_name(row['seat']))}, {since(row['from'])}{end}"


def _meetings(site: Site, city: str) -> Markup:
    document = site.document
    part = {a["meeting"]: _part(site, a) for a in document["attendance"] if a["member"] == city}
    rows = []
    for meeting in reversed(document["meetings"]):
        roles = [part.get(meeting["id"])]
        roles += ["host" if meeting["city"] == city and meeting["kind"] == "summit" else None]
        roles += ["chair" if meeting["chair"] == city else None]
        said = ", ".join(filter(None, roles))
        if said:
            name = linked(meeting["title"] or meeting["id"], f"../meetings/{meeting['id']}.html")
            rows.append((span(meeting["opens"], meeting["ends"]), name, begun(said)))
    if not rows:
        return tag("p", none("None on record."))
    return table("Meetings it took part in", (("Day", ""), ("Meeting", ""), ("Part", "")), rows)


def _part(site: Site, row: Any) -> str:
    return "present" if row["part"] == "present" else f"represented by {site.name(row['holder'])}"


def _votes(site: Site, city: str) -> Markup:
    titles = {d["id"]: d for d in site.document["decisions"]}
    rows = []
    for vote in (v for v in site.document["votes"] if v["member"] == city):
        decision = titles[vote["decision"]]
        cast = f" by {site.name(vote['cast_by'])}" if vote["cast_by"] else ""
        voted = (
            vote["vote"]
            if vote["vote"] in ("for", "against", "abstain", "invalid")
            else (f"for {site.name(vote['vote'])}")
        )
        rows.append(
            (
                short(decision["closed"] or ""),
                linked(decision["title"], f"../decisions/{decision['id']}.html"),
                f"{voted}{cast}",
                decision["state"],
            )
        )
    if not rows:
        return tag("p", none("None on record."))
    heads = (("Day", "day"), ("Decision", ""), ("Vote", ""), ("Result", ""))
    return table("How it voted, where votes are by name", heads, rows)


def _sources(document: Any, member: PublishedMember) -> Markup:
    known = {source["key"]: source for source in document["sources"]}
    found = [known[key] for key in member["sources"] if key in known]
    if not found:
        return tag("p", none("Its standing rests on decisions of this register."))
    return tag("ul", [tag("li", source_link(source)) for source in found], class_="small")


def source_link(source: Any) -> Markup:
    """A source by its title, leading to where it can be read."""
    if source["address"] and source["address"].startswith(("https://", "http://")):
        return linked(source["title"] or source["key"], source["address"])
    return joined(source["title"] or source["key"])


def cities(site: Site, names: list[str]) -> list[Markup]:
    """Cities by name, as items of a list on a page of its own folder."""
    ordered = sorted(names, key=lambda city: folded(site.name(city)))
    return [tag("li", city_link(site, city, "../")) for city in ordered]
