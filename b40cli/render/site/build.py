"""All files of the site by their path: pages as text, data as they are handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from b40cli.render.site.decisions import decision_page, decisions_page
from b40cli.render.site.frame import Site, SitePage, framed, site_of
from b40cli.render.site.home import home
from b40cli.render.site.law import duties_page, rules_page, statutes_page
from b40cli.render.site.meetings import meeting_page, meetings_page
from b40cli.render.site.members import city_page, members_page
from b40cli.render.site.offices import offices_page
from b40cli.render.site.proof import data_page, verify_page

if TYPE_CHECKING:
    from b40cli.model.results.site import SiteMaterial


def site_files(
    material: SiteMaterial, data: Mapping[str, bytes], papers: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Every file of the site; `data` and `papers` are the files to take away, by name."""
    taken = papers or {}
    site = site_of(material, taken)
    sizes = {name: len(content) for name, content in data.items()}
    pages = {page.path: framed(site, page).encode() for page in _pages(site, sizes)}
    beside = {f"papers/{name}": content for name, content in taken.items()}
    return {**pages, **beside, **{f"data/{name}": content for name, content in data.items()}}


def _pages(site: Site, sizes: Mapping[str, int]) -> Iterator[SitePage]:
    yield home(site)
    yield members_page(site)
    yield from (city_page(site, member) for member in site.document["members"])
    yield offices_page(site)
    yield meetings_page(site)
    yield from (meeting_page(site, meeting) for meeting in site.document["meetings"])
    yield decisions_page(site)
    yield from (decision_page(site, decision) for decision in site.document["decisions"])
    yield duties_page(site)
    yield statutes_page(site)
    yield rules_page(site)
    yield data_page(site, sizes)
    yield verify_page(site)
