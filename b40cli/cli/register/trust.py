"""Trust at the counter: principals, their keys, and the files made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from b40cli.cli.request.asking import Wanted
from b40cli.cli.request.opening import done, session, view
from b40cli.cli.request.options import Request, act, day, read
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.trust import Codeowners, KeyAdded, KeyRevoked, Signers

Who = Annotated[str, typer.Argument(help="The principal's id, for example clerk.")]
Write = Annotated[Path | None, typer.Option("--write", help="Write it to this file.")]


@act
def add(
    request: Request,
    principal: Who,
    key: Annotated[
        str,
        typer.Option("--key", help="A public key's file, or gpg:FINGERPRINT."),
        Wanted("key", blank=None),
    ],
    name: Annotated[
        str | None,
        typer.Option("--name", help="The name of a new one."),
        Wanted(blank="blank: it is on record"),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option("--office", help="Its office, such as secretariat; none: it only confirms."),
        Wanted(blank="blank: none"),
    ] = None,
    handle: Annotated[
        str | None, typer.Option("--handle", help="Its name at the host, such as @ana.")
    ] = None,
    start: Annotated[str | None, typer.Option("--from", help="First day; else the day.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="First day after it.")] = None,
) -> Answer[KeyAdded]:
    """Record a key, with its principal if that one is new; the next commits may be signed with it.

    From the second principal on, another one confirms it by a signed merge of this one commit.

    Example:
      b40 trust add clerk --name "Ana Primer" --office secretariat --key id_ed25519.pub
    """
    from b40cli.acts.register import trust

    written = trust.key_named(key)
    opened = session(request)
    newcomer = trust.Newcomer(principal, name, office, handle)
    days = (day(start) if start else None, day(until) if until else None)
    return done(request, opened, trust.add(opened, newcomer, written, *days))


@act
def revoke(
    request: Request,
    principal: Who,
    reason: Annotated[str, typer.Option("--reason", help="Why, in one line.")],
    key: Annotated[
        str | None, typer.Option("--key", help="Its fingerprint, where there is more than one.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="First day it may not sign; else the day.")
    ] = None,
) -> Answer[KeyRevoked]:
    """End a key for a reason; it stays on record and is never trusted again.

    Example:
      b40 trust revoke clerk --reason "The card was lost"
    """
    from b40cli.acts.register import trust

    opened = session(request)
    ends = day(until) if until else None
    return done(request, opened, trust.revoke(opened, principal, key, reason, ends))


@read
def signers(request: Request, write: Write = None) -> Answer[Signers]:
    """The SSH keys, each with its days, as git's gpg.ssh.allowedSignersFile (OpenSSH 9.1).

    Examples:
      b40 trust signers
      b40 trust signers --write .git/allowed-signers
    """
    from b40cli.acts.register import trust

    return _written(trust.signers(view(request)), write)


@read
def codeowners(
    request: Request,
    write: Write = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Exit 1 unless this file is what is generated.")
    ] = None,
) -> Answer[Codeowners]:
    """CODEOWNERS from the offices: whose review the host asks for, path by path.

    Examples:
      b40 trust codeowners --write CODEOWNERS
      b40 trust codeowners --check CODEOWNERS
    """
    from b40cli.acts.register.codeowners import codeowners as generated

    if write is not None and check is not None:
        raise UsageError("--write and --check contradict each other.", "Give one of them.")
    return _written(generated(view(request), check), write)


def _written(answer: Answer[Any], file: Path | None) -> Answer[Any]:
    if file is None:
        return answer
    from b40cli.acts.handing_out import refuse_place
    from b40cli.acts.register.generated import write_generated

    refuse_place(file)
    changed = write_generated(file, answer.result["file"])
    told = f"{file} is {'written' if changed else 'so already'}."
    return answer._replace(told=told, result={**answer.result, "written": str(file)})
