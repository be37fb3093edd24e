"""The data to take away, and how to verify what the pages say."""

from __future__ import annotations

from collections.abc import Mapping

from b40cli.render.site.frame import Site, SitePage, linked, table
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.members import source_link
from b40cli.render.site.words import number

BELIEVE = (
    "These pages are made from a register in git by a program. Nobody has to believe them: whoever "
    "has the register computes them again."
)
CERTIFICATE = (
    " writes a file with the record, the commit and its signature, and a verifier that needs "
    "Python alone."
)
TOLD = {
    "register.json": "The whole register of the day in one document",
    "popolo.json": "Bodies, people and votes in the classes of Popolo",
    "feed.xml": "Decisions and meetings as an Atom feed",
    "register.xlsx": "The lists as the sheets of a workbook",
    "calendar.ics": "Meetings, duties and ends of mandates as a calendar",
    "datapackage.json": "What describes the tables",
}


def data_page(site: Site, sizes: Mapping[str, int]) -> SitePage:
    """Every file of data with what it is and how large."""
    rows = [
        (
            linked(name, name),
            TOLD.get(name, f"The list of {name.removesuffix('.csv')} as a table"),
            f"{number(-(-size // 1024))} KiB",
        )
        for name, size in sizes.items()
    ]
    heads = (("File", ""), ("What it is", ""), ("Size", "n"))
    sources = [tag("li", source_link(source)) for source in site.document["sources"]]
    body = joined(
        tag("h1", "Data"),
        tag(
            "p",
            "The same facts as on the pages, for others to count. Contacts, letters and "
            "documents are not among them.",
            class_="lead",
        ),
        table("Files", heads, rows),
        _papers(site),
        [tag("h2", "Sources"), tag("ul", sources, class_="small")] if sources else None,
    )
    return SitePage("data/index.html", "Data", "Data", body)


def _papers(site: Site) -> Markup | None:
    """What was decided and reported, as papers; each carries or names the record it is of."""
    if not site.papers:
        return None
    items = [tag("li", linked(name, f"../papers/{name}")) for name in site.papers]
    return joined(tag("h2", "Papers"), tag("ul", items, class_="small"))


def verify_page(site: Site) -> SitePage:
    """The steps by which anybody checks what stands here."""
    commit = site.document["commit"] or "COMMIT"
    build = f"b40 site build --out site --on {site.document['on']} --known-at {commit}"
    build += " --papers" if site.papers else ""
    body = joined(
        tag("h1", "How to verify what stands here"),
        tag("p", BELIEVE, class_="lead"),
        tag("h2", "The register"),
        _steps(commit),
        tag("h2", "These pages"),
        tag("p", "The same commit and day give the same bytes:"),
        tag("p", tag("code", build)),
        tag("h2", "One decision"),
        tag("p", tag("code", "b40 decision certificate ID --out certificate.txt"), CERTIFICATE),
    )
    return SitePage("verify.html", "Verify", "How to verify what stands here", body)


def _steps(commit: str) -> Markup:
    ancestor = f"git merge-base --is-ancestor {commit} HEAD"
    return tag(
        "ol",
        tag("li", "Clone the register, and install the program ", tag("code", "b40"), "."),
        tag(
            "li",
            tag("code", "b40 check"),
            " judges every record as it stands; ",
            tag("code", "b40 audit"),
            " judges every act again, from the first commit on.",
        ),
        tag("li", "See that its history holds the commit of these pages: ", tag("code", ancestor)),
        class_="measure",
    )
