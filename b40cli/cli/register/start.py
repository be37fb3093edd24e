"""Where a register begins: init, import, and the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.request.arguments import NEEDED_PAPER, TODAY
from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import done, session
from b40cli.cli.request.options import Request, act, day, read
from b40cli.cli.request.output import aside
from b40cli.cli.request.written import TEMPLATES, wrongly_named
from b40cli.model.answer import Answer
from b40cli.model.edit import Create
from b40cli.model.errors import UsageError, refuse_unknown
from b40cli.model.facts.network import ROSTERS
from b40cli.model.ref import ref_of
from b40cli.model.wording import record_title
from b40cli.render.visible import visible

if TYPE_CHECKING:
    from b40cli.acts.change.proposal import Proposal
    from b40cli.model.results.trust import Begun, Imported, Played

OPENING = Wanted("day", blank="blank: the day it opens")


@act
def init(
    request: Request,
    folder: Annotated[
        Path | None,
        typer.Argument(help="The folder of the register; else this one."),
        Wanted(blank="blank: this one"),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="The network's name."), Wanted(blank=None)
    ] = "B40 Balkan Cities Network",
    founded: Annotated[
        str | None, typer.Option("--founded", help="Its founding day."), OPENING
    ] = None,
    place: Annotated[
        str, typer.Option("--place", help="Where it was founded."), Wanted(blank="blank: Istanbul")
    ] = "Istanbul",
    headquarters: Annotated[
        str,
        typer.Option("--headquarters", help="The city of its Secretariat, e.g. tr-istanbul."),
        Wanted(blank="blank: tr-istanbul"),
    ] = "tr-istanbul",
    opened: Annotated[
        str | None, typer.Option("--opened", help="The day the register starts; else today."), TODAY
    ] = None,
    official: Annotated[
        bool,
        typer.Option("--official", help="The network has adopted this register."),
        Wanted("yes"),
    ] = False,
    signer: Annotated[
        str | None,
        typer.Option("--signer", help="Who may sign as the Secretariat, by name."),
        Wanted(blank="blank: nobody yet"),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--key", help="That person's public key, or gpg:FINGERPRINT."),
        Wanted("key", blank=None, when=(("signer", ()),)),
    ] = None,
    host: Annotated[
        str | None,
        typer.Option("--host", help="Write its workflow, too: github or gitlab."),
        Wanted(words=(("github", "GitHub"), ("gitlab", "GitLab")), blank="blank: no host yet"),
    ] = None,
    hooks: Annotated[
        bool, typer.Option("--hooks", help="Write .pre-commit-config.yaml, too."), Wanted("yes")
    ] = False,
    editor: Annotated[
        bool,
        typer.Option("--editor", help="Write the schemas' place for an editor, too."),
        Wanted("yes"),
    ] = False,
    tool: Annotated[
        str | None, typer.Option("--tool", help="Where a pinned b40 comes from, for these.")
    ] = None,
) -> Answer[Begun]:
    """Begin a register: the statutes as data, an empty list of everything, one commit.

    Hooks and workflows install the b40 of --tool (a git address with its commit, ADDRESS@COMMIT, or
    a wheel with its hash, ADDRESS#sha256=HASH), never the checkout's; without it they say so, and
    fail.

    Example:
      b40 init our-network --name "Network of Cities" --opened 2026-01-05
    """
    from b40cli.acts.opened.gazetteer_match import id_called
    from b40cli.acts.register.gate import Gate
    from b40cli.acts.register.starting import Founding, begin, plan_of
    from b40cli.acts.register.trust import key_named
    from b40cli.cli.request.prompt import NotAgreed, agreed, guided

    start = day(opened) if opened else request.today()
    if start > request.now():
        raise UsageError(f"--opened {start} has not come yet.", "A register opens today or before.")
    if request.branch is not None:
        raise UsageError("A register does not begin on a branch.", "Leave --branch out.")
    where = (folder or request.repo or Path()).absolute()
    since = day(founded) if founded else start
    if since > start:
        raise UsageError(
            f"--founded {since} is after the register opens, on {start}.",
            "A network is founded before its register opens, or on that day.",
        )
    if (signer is None) != (key is None):
        raise UsageError("--signer and --key go together.", "Give both, or neither.")
    signs = (signer, key_named(key)) if signer and key else None
    seat = id_called(headquarters, "--headquarters")
    founding = Founding(name, since, place, seat, start, official, signs)
    gate = Gate(hooks, host, editor, tool)
    if guided() and not request.dry_run:
        aside("\n".join(plan_of(where, founding, gate)))
        if not agreed("Begin it?", request):
            raise NotAgreed("Nothing was begun.", "Run it again when it is right.")
    return begin(where, founding, gate, request.now(), dry_run=request.dry_run)


@act
def import_(
    request: Request,
    file: Annotated[
        Path | None, typer.Argument(help="YAML, CSV or XLSX; with --template where to write.")
    ] = None,
    whole: Annotated[
        list[str] | None,
        typer.Option("--whole", help="This list is whole from the opening day: members …"),
    ] = None,
    template: Annotated[
        str | None, typer.Option("--template", help="Write an empty file: yaml, csv or xlsx.")
    ] = None,
) -> Answer[Imported]:
    """Bring in the opening record: what was before the register, each fact with its source.

    Shows what would come in and asks; in a pipe add --yes, or --dry-run to look only. All rows
    come in, or none; a city or group on record already gets what it lacked.

    CSV may have commas, semicolons or tabs, in UTF-8, UTF-16 or cp1250. A day is YYYY-MM-DD, or
    `by DAY` where only the latest possible day is known; what has happened is not in the future,
    an `until` may be. A source is a listed key or plain words. A term to come is entered as a
    `next` seat of the committee that sits.

    Example:
      b40 import opening.csv --dry-run
      b40 import --template xlsx
    """
    from b40cli.acts.imports.importing import bring_in
    from b40cli.cli.request.prompt import NotAgreed, agreed, may_ask

    if template is not None:
        return _template(request, template, file)
    if file is None and may_ask(request):
        file = _lying_here()
    if file is None:
        raise UsageError("Missing a file.", "Name it: b40 import opening.csv; or --template xlsx.")
    opened = session(request)
    unknown = [roster for roster in whole or [] if roster not in ROSTERS]
    if unknown:
        raise UsageError(f"--whole {unknown[0]} is no list.", f"One of {', '.join(ROSTERS)}.")
    proposal = bring_in(opened, file, dict.fromkeys(whole or [], opened.network.opened))
    read_as = proposal.result.get("read_as")
    if read_as and not request.quiet and (proposal.refusals or request.dry_run):
        # What is brought in says so itself.
        aside(f"{file.name} is read as {visible(read_as)}.")
    if not request.dry_run and not request.yes and not proposal.refusals:
        aside("\n".join(map(visible, _plan(proposal))))
        if not agreed(f"{proposal.headline}: bring them in?", request):
            raise NotAgreed("Nothing was brought in.", "Run it again when the file is right.")
        request = request._replace(yes=True)
    return done(request, opened, proposal)


def _lying_here() -> Path:
    """The file that is named at a terminal; where none lies in the folder, what makes one."""
    from b40cli.cli.sitting.guided import papers_here, wanted

    if not papers_here():
        aside("No file lies here. --template xlsx (or yaml) writes an empty one to fill in.")
    return Path(wanted(NEEDED_PAPER, "What is brought in", None, None) or "")


def _plan(proposal: Proposal[Imported]) -> list[str]:
    """Each record that comes in, by its name; one on record already gets what it lacked."""
    new = {edit.path: edit.record for edit in proposal.edits if isinstance(edit, Create)}
    named = {path: record_title(str(ref_of(path)), record) for path, record in new.items()}
    return [f"{path}  {named.get(path, 'completed')}" for path in proposal.result["records"]]


def _template(request: Request, form: str, file: Path | None) -> Answer[Imported]:
    """Write an empty file beside the clerk; a register needs not be there yet."""
    from b40cli.acts.handing_out import refuse_place
    from b40cli.acts.imports.template import template

    refuse_unknown("--template", form, TEMPLATES)
    target = file or Path(f"opening.{form}")
    refuse_place(target)
    endings = (form, "yml" if form == "yaml" else form)
    if target.suffix and target.suffix[1:].lower() not in endings:
        # What it is brought in as is told by its ending.
        raise wrongly_named(target, form)
    data = template(form)
    if not request.dry_run:
        try:
            with target.open("xb") as made:
                made.write(data)
        except OSError as error:
            raise UsageError(
                f"{target} cannot be written: {error.strerror}.", "Name another file."
            ) from error
    told = f"{'Would write' if request.dry_run else 'Wrote'} {target}. Fill it in, then: b40 import"
    result: Imported = {"file": target.name, "records": [], "complete": {}, "template": form}
    on = str(request.today())
    return Answer("import", on, "unofficial", True, None, (), result, 0, f"{told} {target}")


@read
def demo(
    request: Request,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where to build it; else a temporary folder.")
    ] = None,
) -> Answer[Played]:
    """Show the main job in a minute, in a scratch folder that is left for you to play with.

    Example:
      b40 demo
    """
    from b40cli.cli.register.demo import played

    return played(request, folder)
