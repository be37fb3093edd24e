"""The form on which a member that cannot come names another to represent it (Art. 8, Art. 13)."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.acts.opened.view import View
from b40cli.acts.papers.meeting_head import named, place_and_time
from b40cli.model.facts.meeting import Meeting
from b40cli.model.paper import Headline, Note, PageBreak, PaperPart, Paragraph, Signatures, Tabular

# How the body calls who is represented, and by which article.
BODIES = {"ga": ("member", "Article 8"), "ec": ("member of the committee", "Article 13")}


def proxy_form(view: View, meeting: Meeting) -> Iterator[PaperPart]:
    """The enclosed form, on a page of its own; nothing where nobody can be represented."""
    if meeting.kind not in BODIES:
        return
    member, article = BODIES[meeting.kind]
    yield PageBreak()
    yield Headline("Proxy form", 1, meeting.id)
    yield Paragraph(f"For {named(view, meeting)}: {place_and_time(view, meeting)}.")
    lines = (
        (f"The {member} that cannot come", ""),
        (f"is represented by the {member}", ""),
        ("Restrictions, if any", ""),
        ("Day and place", ""),
    )
    yield Tabular(("To be filled in", ""), lines, (2, 3), tall=True)
    yield Paragraph(
        "Whoever is represented does not attend; whoever represents does, and is present when the "
        f"roll is called. It represents one other {member} at most ({article})."
    )
    yield Signatures((("", "Mayor of the city represented"), ("", "Mayor of the city named")))
    yield Note(
        "To be sent to the President and to the Permanent Secretary, so that both have it before "
        "the meeting opens; it is filed with the record of the meeting."
    )
