"""Decisions and convened meetings as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    from b40cli.model.results.published import Published, PublishedDecision

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold at all is shown as a replacement.
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")


class FeedEntry(NamedTuple):
    """One entry of the feed."""

    key: str
    day: str
    title: str
    says: str
    kind: str


def as_feed(document: Published) -> str:
    """The feed, the newest entry first; `updated` is the day of the document, not the clock's."""
    network = document["network"]
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", _tag(network["opened"], "register"))
    _add(feed, "title", network["name"])
    unofficial = "Unofficial: nobody has adopted this register."
    standing = "" if network["status"] == "official" else unofficial
    about = " ".join(filter(None, (standing, document.get("designation_note"))))
    if about:
        _add(feed, "subtitle", about)
    _add(feed, "updated", _moment(document["on"]))
    _add(SubElement(feed, "author"), "name", network["name"])
    _add(feed, "generator", "b40")
    for entry in sorted(_entries(document), key=lambda e: (e.day, e.key), reverse=True):
        _entry(feed, entry, network["opened"])
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def _entries(document: Published) -> Iterator[FeedEntry]:
    for decision in document["decisions"]:
        if decision["closed"]:
            yield FeedEntry(
                decision["id"],
                decision["closed"],
                f"{decision['title']}: {decision['state']}",
                told(decision),
                "decision",
            )
    for meeting in document["meetings"]:
        word = "cancelled" if meeting["cancelled"] else meeting["opens"]
        day = min(meeting["cancelled"] or meeting["opens"][:10], document["on"])
        title = meeting["title"] or meeting["id"]
        yield FeedEntry(
            meeting["id"], day, f"{title}: {word}", f"{meeting['kind']}, {word}.", "meeting"
        )


def told(decision: PublishedDecision) -> str:
    """A decision in one sentence."""
    said = f"{decision['id']}, {decision['body'].replace('-', ' ')}: {decision['state']}"
    if decision["for"] is not None:
        said += (
            f", {decision['for']} for, {decision['against']} against, "
            f"{decision['abstain']} abstained"
        )
    if decision["annulled_by"]:
        said += f"; annulled by {decision['annulled_by']}"
    return f"{said}."


def _entry(feed: Element, entry: FeedEntry, opened: str) -> None:
    node = SubElement(feed, "entry")
    _add(node, "id", _tag(opened, f"{entry.kind}:{entry.key}"))
    _add(node, "title", entry.title)
    _add(node, "updated", _moment(entry.day))
    SubElement(node, "category", {"term": entry.kind})
    _add(node, "summary", entry.says)


def _tag(opened: str, what: str) -> str:
    """A name that never changes (RFC 4151), of a host that nobody has (RFC 2606)."""
    return f"tag:b40.invalid,{opened}:{what}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text.translate(_NOT_XML)
