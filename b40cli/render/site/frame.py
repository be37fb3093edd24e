"""What every page has: head with its policy, banner, navigation, the strip, the foot."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from b40cli.model.wording import counted
from b40cli.render.kosovo import NOTE
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.words import day

if TYPE_CHECKING:
    from b40cli.model.results.published import Published, PublishedMember
    from b40cli.model.results.site import SiteMaterial

NAVIGATION = (
    ("Members", "members/index.html"),
    ("Presidency", "presidency.html"),
    ("Meetings", "meetings/index.html"),
    ("Decisions", "decisions/index.html"),
    ("Duties", "duties.html"),
    ("Statutes", "statutes.html"),
    ("Data", "data/index.html"),
    ("Verify", "verify.html"),
)


class Site(NamedTuple):
    """What the pages are made of, and the cities by their id."""

    material: SiteMaterial
    document: Published
    cities: Mapping[str, PublishedMember]
    papers: Mapping[str, bytes]

    def name(self, city: str) -> str:
        """A city's name; its id where it has no record."""
        found = self.cities.get(city)
        return found["name"] if found else city


class SitePage(NamedTuple):
    """A page: where it lies, under which part, its title and what stands in it."""

    path: str
    part: str
    title: str
    body: Markup
    style: str = ""

    @property
    def up(self) -> str:
        """The way from the page to the root of the site."""
        return "../" * self.path.count("/")


def site_of(material: SiteMaterial, papers: Mapping[str, bytes]) -> Site:
    """The material with its cities at hand; `papers` are those to take away, by name."""
    document = material["document"]
    cities = {member["id"]: member for member in document["members"]}
    return Site(material, document, cities, papers)


def framed(site: Site, page: SitePage) -> str:
    """The page as a file."""
    style = _style() + page.style
    document = tag(
        "html",
        _head(site, page, style),
        tag(
            "body",
            tag("a", "Skip to the content", class_="skip", href="#content"),
            tag("header", _banner(site, page), _strip(site)),
            tag("main", tag("div", page.body, class_="in"), id="content"),
            _foot(site, page),
        ),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{document}\n"


@cache
def _style() -> str:
    return (files("b40cli.render.site") / "style.css").read_text("utf-8")


def _head(site: Site, page: SitePage, style: str) -> Markup:
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    network = site.document["network"]["name"]
    title = network if page.title == network else f"{page.title} · {network}"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Markup(style)),
    )


def _banner(site: Site, page: SitePage) -> Markup:
    links = [
        tag(
            "li",
            tag(
                "a",
                part,
                href=page.up + path,
                aria_current="page" if page.path == path else "true" if page.part == part else None,
            ),
        )
        for part, path in NAVIGATION
    ]
    home = tag("a", site.document["network"]["name"], class_="brand", href=f"{page.up}index.html")
    menu = tag("nav", tag("ul", links), aria_label="Parts of the register")
    return tag("div", tag("div", home, menu, class_="in"), class_="banner")


def _strip(site: Site) -> Markup | None:
    """On every page of a register that nobody has adopted."""
    network = site.document["network"]
    if network["status"] == "official":
        return None
    reported, recorded = network["reported_members"], len(members_of(site))
    held = counted(recorded, "member")
    if reported:
        held = f"{recorded} of {counted(reported, 'reported member')}"
    says = f" Nobody has adopted this register. It records what its sources attest: {held}."
    return tag(
        "div", tag("div", tag("p", tag("strong", "Unofficial."), says), class_="in"), class_="strip"
    )


def members_of(site: Site) -> list[PublishedMember]:
    """Who is a member on the day."""
    return [m for m in site.document["members"] if m["standing"] in ("member", "leaving")]


def _foot(site: Site, page: SitePage) -> Markup:
    commit = site.document["commit"]
    of = tag("code", commit[:12]) if commit else "not committed"
    said = ["The register on ", day(site.document["on"]), ", commit " if commit else ", ", of, ". "]
    note = tag("p", NOTE) if "Kosovo" in page.body or "Kosovo" in page.title else None
    verify = tag("a", "How to verify what stands here", href=f"{page.up}verify.html")
    return tag("footer", tag("div", tag("p", said, verify), note, class_="in"))


def facts(rows: Iterable[tuple[str, object]]) -> Markup:
    """A list of labels and what they say; who has nothing to say tells that."""
    return tag(
        "dl",
        [tag("div", tag("dt", label), tag("dd", said or none())) for label, said in rows],
        class_="facts",
    )


def paper_link(site: Site, name: str) -> Markup | None:
    """Leads from a page in a folder to a paper, where there is one of that name."""
    file = f"{name}.pdf"
    if file not in site.papers:
        return None
    size = f" ({-(-len(site.papers[file]) // 1024)} KiB)"
    return joined(linked("As a paper, PDF", f"../papers/{file}"), tag("small", size))


def none(text: str = "Not on record") -> Markup:
    """What is not known, said softly."""
    return tag("span", text, class_="soft")


def table(
    caption: str, heads: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]
) -> Markup:
    """A table that becomes blocks on a narrow page; a head is its word and its class."""
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", [_head_cell(*head) for head in heads])),
        tag("tbody", [row(heads, cells) for cells in rows]),
        class_="rows",
    )


def _head_cell(word: str, kind: str) -> Markup:
    told = tag("span", word, class_="unseen") if kind == "drawn" else word
    return tag("th", told, scope="col", class_=kind or None)


def row(
    heads: Sequence[tuple[str, str]], cells: Sequence[object], **attributes: str | None
) -> Markup:
    """A row of it; cells of the kind `n` are told with their head where heads are out of sight."""
    made = [
        tag("td", cell, class_=kind or None, data_head=word if kind == "n" else None)
        for (word, kind), cell in zip(heads, cells, strict=True)
    ]
    return tag("tr", made, **attributes)


def linked(text: str | Markup, to: str) -> Markup:
    """A link."""
    return tag("a", text, href=to)


def city_link(site: Site, city: str, up: str) -> Markup:
    """A city by its name, leading to its page; unknown ones are said to be."""
    if city in site.cities:
        return linked(site.name(city), f"{up}members/{city}.html")
    return none() if city == "unknown" else joined(city)


def commas(parts: Sequence[object]) -> Markup:
    """Parts with commas between."""
    return joined(*(p for n, part in enumerate(parts) for p in ((", ", part) if n else (part,))))
