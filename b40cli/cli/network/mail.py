"""Letters at the counter: drafts of what the office writes, to the addresses on record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import OF_THE_NETWORK, RECORD
from b40cli.cli.request.asking import Asks, Wanted
from b40cli.cli.request.opening import view
from b40cli.cli.request.options import Request, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.store.git.guard.safe_paths import real

if TYPE_CHECKING:
    from b40cli.acts.drafts import Letter
    from b40cli.acts.opened.view import View
    from b40cli.model.results.cities import Drafts

KINDS = ("notice", "move", "cancel", "dispatch", "reply", "invitation", "reminder")

WRITTEN_OF = Asks(("meeting",), coming=True, ref=True)
CONCERNED = {
    "notice": WRITTEN_OF,
    "move": WRITTEN_OF,
    "cancel": WRITTEN_OF,
    "dispatch": Asks(("meeting",), ref=True),
    "reply": Asks(("decision",), states=("adopted", "rejected", "invalid"), ref=True),
    "invitation": Asks(("observer",), ref=True),
    "reminder": OF_THE_NETWORK._replace(ref=True),
}


def _letter(kind: str | None) -> str | None:
    """The letter that is named: before anybody looks for whom it concerns."""
    if kind is not None and kind not in KINDS:
        raise UsageError(f"{kind} is no letter.", f"One of {', '.join(KINDS)}.")
    return kind


@read
def mail(
    request: Request,
    kind: Annotated[
        str,
        typer.Argument(help=f"The letter: {', '.join(KINDS)}.", callback=_letter),
        Wanted(words=tuple((kind, kind) for kind in KINDS)),
    ],
    reference: Annotated[
        str,
        typer.Argument(
            help="What it concerns: a meeting; of a reply a decision, of a reminder a city, of an "
            "invitation an observer."
        ),
        RECORD._replace(by=("kind", CONCERNED)),
    ],
    folder: Annotated[Path, typer.Option("--out", help="The folder for the drafts.")] = Path(
        "drafts"
    ),
    attached: Annotated[
        list[Path] | None, typer.Option("--attach", help="A document in it; may be repeated.")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--to", help="The address of one who has none on record.")
    ] = None,
) -> Answer[Drafts]:
    """Write drafts (.eml) of a letter, one an addressee, to the contacts on record; sends nothing.

    A notice, a dispatch and what tells that a meeting was moved or cancelled go to whom its notice
    went to; a notice and a dispatch carry their document where it lies below registry/evidence/,
    a dispatch that is not on record yet the minutes. A reply tells the applicant or member what
    was decided about it (an acceptance, a refusal), a reminder tells a city what it owes. An
    observer's address is typed: --to.

    Examples:
      b40 mail notice 2027-01-26-ga --attach notice.pdf
      b40 mail move 2027-01-26-ga
      b40 mail reply EC-2026-001
      b40 mail invitation at-graubach --to office@example.org
      b40 mail reminder hr-kamenik
    """
    from b40cli.acts import drafts
    from b40cli.acts.opened.named import meeting_named

    opened, files = view(request), tuple(attached or ())
    name = reference.rsplit("/", 1)[-1]
    if kind in ("notice", "dispatch", "move", "cancel"):
        meeting = meeting_named(opened.registry, name)
        to = drafts.concerned(opened, meeting)
        if kind in ("move", "cancel"):
            letter = drafts.rescheduled(opened, meeting, kind)
        else:
            letter = _of_a_meeting(request, opened, kind, name)
            lying = drafts.filed(opened, meeting, kind)
            files += tuple(f for f in lying if f not in set(map(real, files)))
    elif kind == "invitation":
        letter, to = drafts.invitation(opened, name), [name]
    else:
        letter, city = (_reply if kind == "reply" else _reminder)(opened, name)
        to = [city]
    return drafts.drafts(opened, letter._replace(attached=files), to, folder, address)


def _of_a_meeting(request: Request, opened: View, kind: str, name: str) -> Letter:
    """The paper of the meeting itself: its notice, or its minutes."""
    from b40cli.acts.drafts import Letter
    from b40cli.acts.opened.named import meeting_named, title_of
    from b40cli.acts.papers.minutes import minutes as minutes_of
    from b40cli.acts.papers.notice import notice as notice_of
    from b40cli.acts.published import papers
    from b40cli.cli.request.written import PaperAsked, printed
    from b40cli.cli.telling import told
    from b40cli.render.markdown import read_as_text

    title = title_of(opened.registry, meeting_named(opened.registry, name))
    # The letter is the paper, however its writing is told of.
    request = request._replace(format="markdown")
    if kind == "notice":
        paper = printed(request, PaperAsked(), papers.notice, notice_of, name)
        return Letter(kind, f"Convening notice: {title}", read_as_text(told(paper, "markdown")))
    paper = printed(request, PaperAsked(), papers.minutes, minutes_of, name)
    return Letter(kind, f"What was decided: {title}", read_as_text(told(paper, "markdown")))


def _reply(opened: View, name: str) -> tuple[Letter, str]:
    """What was decided about a city, to that city."""
    from b40cli.acts.drafts import Letter
    from b40cli.acts.opened.named import decision_named
    from b40cli.model.wording import on_day

    decision = decision_named(opened.registry, name)
    if decision.city is None or decision.closed is None:
        raise UsageError(
            f"{name} decides nothing yet about one city.", f"b40 show {name} tells of it."
        )
    lines = (
        f"{decision.title}: {decision.state} on {on_day(decision.closed)} ({decision.id}).",
        *(filter(None, (decision.reason, decision.grounds))),
    )
    return Letter("reply", decision.title, "\n\n".join(lines) + "\n"), decision.city


def _reminder(opened: View, name: str) -> tuple[Letter, str]:
    """What a city owes, and what of it lapses."""
    from b40cli.acts.drafts import Letter
    from b40cli.acts.reads.desk.city import city
    from b40cli.model.wording import day_in_words

    page = city(opened, name).result
    days = ((duty["title"], duty["due"]) for duty in page["owes"])
    owed = [f"{title}, due {day_in_words(due)}" if due else title for title, due in days]
    waiting = [item["title"] for item in page["waiting"] if item["who"] == page["id"]]
    if not owed and not waiting:
        raise UsageError(
            f"{page['name']} owes nothing that is on record.", f"b40 city {page['id']} tells more."
        )
    text = "\n".join(("Still open on our register:", "", *(f"- {x}" for x in (*owed, *waiting))))
    return Letter("reminder", f"Open points of {page['name']}", f"{text}\n"), page["id"]
