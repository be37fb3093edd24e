"""Convening a meeting, at the counter (Art. 7, 8, 10, 13, 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import DECISION, GROUP, MEMBER, MEMBERS, SUMMIT
from b40cli.cli.request.asking import Wanted, one_of
from b40cli.cli.request.opening import done, moment, session, several, when
from b40cli.cli.request.options import Request, act, day
from b40cli.cli.request.prompt import may_ask
from b40cli.cli.sitting.guided import wanted
from b40cli.model.answer import Answer
from b40cli.model.facts.meeting import CONVENERS
from b40cli.model.wording import kind_name

if TYPE_CHECKING:
    from b40cli.model.results.meetings import Convened

DAY_ALONE = len("2026-12-15")
KINDS = ("ec", "ga", "summit", "wg", "workshop", "youth-summit")
MODES = {"in-person": "in person", "online": "online", "hybrid": "both"}
KIND = Wanted(words=tuple((kind, kind_name(kind)) for kind in KINDS))
MODE = Wanted(words=tuple(MODES.items()), blank="blank: as usual")
SUMMITS = (("kind", ("summit", "ga", "wg")),)
LAST = Wanted("day", blank="blank: the same day", when=(("kind", ("summit", "youth-summit")),))


@act
def convene(
    request: Request,
    kind: Annotated[
        str,
        typer.Argument(help="What is convened: ec, ga, summit, wg, workshop or youth-summit."),
        KIND,
    ],
    opens: Annotated[
        str,
        typer.Option("--opens", help="When it opens, in the time of the place: 2026-12-15T10:00."),
        Wanted("moment", blank=None),
    ],
    mode: Annotated[
        str | None,
        typer.Option("--mode", help="How it meets: in-person, online or hybrid; else as usual."),
        MODE,
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="A title of your own.")] = None,
    city: Annotated[
        str | None,
        typer.Option("--city", help="Where, e.g. gr-athens."),
        MEMBER,
        Wanted(blank="blank: nowhere, or where its Summit is"),
    ] = None,
    summit: Annotated[
        str | None,
        typer.Option("--summit", help="The Summit that it is held within."),
        SUMMIT,
        Wanted(blank="blank: none", when=(("kind", ("ga", "ec")),)),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="The working group of a wg."),
        GROUP,
        Wanted(blank=None, when=(("kind", ("wg",)),)),
    ] = None,
    ends: Annotated[str | None, typer.Option("--ends", help="The last day."), LAST] = None,
    half_days: Annotated[
        int | None,
        typer.Option("--half-days", min=1, max=60, help="How many half days."),
        Wanted("number", blank="blank: by its days", when=(("kind", ("summit",)),)),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", help="Its language: two letters; English is en."),
        Wanted(words=(("en", "English"),), blank="blank: none", when=SUMMITS),
    ] = None,
    interpretation: Annotated[
        bool,
        typer.Option("--interpretation", help="With simultaneous interpretation."),
        Wanted("yes", when=SUMMITS),
    ] = False,
    requested_by: Annotated[
        list[str] | None,
        typer.Option("--requested-by", help="Two members of the committee."),
        MEMBERS,
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who convenes; else the President for ec and ga.")
    ] = None,
    decision: Annotated[
        str | None, typer.Option("--decision", help="The decision that called it."), DECISION
    ] = None,
    handover: Annotated[
        str | None, typer.Option("--handover", help="An ec on its day: before or after it.")
    ] = None,
    slug: Annotated[
        str | None, typer.Option("--slug", help="A word for a second one on the same day.")
    ] = None,
) -> Answer[Convened]:
    """Convene a meeting. The committee meets at the request of two members, too.

    Examples:
      b40 meeting convene ec --opens 2026-12-15T10:00:00+03:00
      b40 meeting convene ga --opens 2027-01-26T09:30 --summit 2027-01-25-summit
      b40 meeting convene wg --group flood-response --opens 2026-12-15T10:00
    """
    from b40cli.acts import meetings

    one_of("The kind", kind, KINDS)
    one_of("--mode", mode, tuple(MODES))
    one_of("--by", by, CONVENERS)
    one_of("--handover", handover, ("before", "after"))
    if kind in meetings.PRESIDED and len(opens) == DAY_ALONE and may_ask(request):
        opens = wanted(Wanted("time", blank=None), "At what hour does it open", None, None) or opens
    opened = session(request)
    there = meetings.zone_asked(opened, kind, mode, city, summit)
    asked = meetings.Convening(
        kind=kind,
        opens=(moment if kind in meetings.PRESIDED else when)(opens, "--opens", there),
        mode=mode,
        title=title,
        city=city,
        requested_by=tuple(several(requested_by)),
        slug=slug,
        by=by,
        summit=summit,
        group=group,
        ends=str(day(ends)) if ends else None,
        half_days=half_days,
        language=language,
        interpretation=interpretation or None,
        handover=handover,
        decision=decision,
    )
    return done(request, opened, meetings.convene(opened, asked))
