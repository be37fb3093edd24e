"""The meetings, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from b40cli.model.wording import counted, kind_name
from b40cli.render.site.decisions import result_cell, votes_told
from b40cli.render.site.frame import (
    Site,
    SitePage,
    city_link,
    facts,
    linked,
    none,
    paper_link,
    table,
)
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.members import cities
from b40cli.render.site.words import day, moment, plain, span

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedAttendance, PublishedMeeting


def meetings_page(site: Site) -> SitePage:
    """Every meeting, the latest first; what lies ahead is said to."""
    rows = [_row(site, meeting) for meeting in reversed(site.document["meetings"])]
    heads = (("Day", "day"), ("Meeting", ""), ("Place", ""), ("Came", "n"))
    body = joined(
        tag("h1", "Meetings"),
        tag("p", f"{counted(len(rows), 'meeting')} on record, the latest first.", class_="lead"),
        table("Every meeting on record", heads, rows),
    )
    return SitePage("meetings/index.html", "Meetings", "Meetings", body)


def _row(site: Site, meeting: PublishedMeeting) -> tuple[object, ...]:
    name = joined(
        linked(meeting["title"] or meeting["id"], f"{meeting['id']}.html"),
        tag("small", kind_name(meeting["kind"]), _state(site, meeting)),
    )
    came = sum(a["meeting"] == meeting["id"] for a in site.document["attendance"])
    place = city_link(site, meeting["city"], "../") if meeting["city"] else meeting["mode"] or ""
    return span(meeting["opens"], meeting["ends"]), name, place, str(came) if came else ""


def _state(site: Site, meeting: PublishedMeeting) -> str:
    if meeting["cancelled"]:
        return f", cancelled on {day(meeting['cancelled'])}"
    return ", to come" if meeting["opens"][:10] > site.document["on"] else ""


def meeting_page(site: Site, meeting: PublishedMeeting) -> SitePage:
    """One meeting: when and where, who came, what was decided."""
    title = meeting["title"] or meeting["id"]
    present = [a for a in site.document["attendance"] if a["meeting"] == meeting["id"]]
    body = joined(
        tag(
            "p",
            linked("Meetings", "index.html"),
            f" / {kind_name(meeting['kind'])}",
            class_="crumbs",
        ),
        tag("h1", title),
        tag(
            "p",
            f"{kind_name(meeting['kind'])}, {span(meeting['opens'], meeting['ends'])}",
            f"{_state(site, meeting)}.",
            class_="lead",
        ),
        facts(_facts(site, meeting)),
        tag("h2", "Decisions"),
        _decisions(site, meeting["id"]),
        tag("h2", "Who came"),
        _came(site, present),
        tag("p", tag("small", f"Its record: registry/meetings/{meeting['id']}.yaml")),
    )
    return SitePage(f"meetings/{meeting['id']}.html", "Meetings", title, body)


def _facts(site: Site, meeting: PublishedMeeting) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [("Opens", moment(meeting["opens"]))]
    rows += [("Moved from", moment(earlier)) for earlier in meeting["moved_from"]]
    if meeting["ends"]:
        rows.append(("Ends", moment(meeting["ends"])))
    place = city_link(site, meeting["city"], "../") if meeting["city"] else None
    rows.append(("Place", place or (meeting["mode"] or None)))
    if meeting["chair"]:
        rows.append(("In the chair", city_link(site, meeting["chair"], "../")))
    if meeting["summit"]:
        rows.append(("Held within", linked(meeting["summit"], f"{meeting['summit']}.html")))
    if meeting["group"]:
        rows.append(("Group", plain(meeting["group"])))
    filed = paper_link(site, f"{meeting['id']}-minutes")
    rows.append(("Minutes", filed or ("Filed" if meeting["minutes_filed"] else None)))
    if meeting["report_approved"]:
        approved = f"Approved by the Presidency on {day(meeting['report_approved'])}"
        report = paper_link(site, f"{meeting['id']}-report")
        rows.append(("Final Report", joined(approved, report and ". ", report)))
    rows.append(("Basis", "Attested by a source" if meeting["basis"] == "attested" else "Judged"))
    return rows


def _decisions(site: Site, meeting: str) -> Markup:
    found = [d for d in site.document["decisions"] if d["meeting"] == meeting]
    if not found:
        return tag("p", none("None on record."))
    ordered = sorted(found, key=lambda d: (d["item"] or 999, d["id"]))
    rows = [
        (
            str(d["item"] or ""),
            joined(linked(d["title"], f"../decisions/{d['id']}.html"), tag("small", d["id"])),
            votes_told(d),
            result_cell(d),
        )
        for d in ordered
    ]
    heads = (("Item", ""), ("Decision", ""), ("Votes", "n"), ("Result", "side"))
    return table("What was put to the vote, by item", heads, rows)


def _came(site: Site, rows: Sequence[PublishedAttendance]) -> Markup:
    if not rows:
        return tag("p", none("No roll call is on record."))
    here = [a["member"] for a in rows if a["part"] == "present"]
    spoken = {a["member"]: a["holder"] or "" for a in rows if a["part"] == "represented"}
    lists = [tag("div", tag("h3", f"Present, {len(here)}"), tag("ul", cities(site, here)))]
    if spoken:
        items = [
            tag(
                "li",
                city_link(site, city, "../"),
                " ",
                tag("span", f"by {site.name(holder)}", class_="soft small"),
            )
            for city, holder in spoken.items()
        ]
        lists.append(tag("div", tag("h3", f"Represented, {len(spoken)}"), tag("ul", items)))
    return tag("div", lists, class_="names")
