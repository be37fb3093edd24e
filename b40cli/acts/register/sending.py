"""`sync --branch NAME`: a branch sent for a pull request, once it is lawful by the base's law."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from b40cli.acts.opened.session import Session, open_session
from b40cli.acts.register.again import Again
from b40cli.acts.review.review import review
from b40cli.model.answer import Answer
from b40cli.model.errors import ConflictError, HalfDone, UsageError
from b40cli.store.git.remaking import begin_anew, remade
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_sync import Exchange, address_of

if TYPE_CHECKING:
    from b40cli.model.results.history import BranchSent, MadeAgain
    from b40cli.model.results.reviews import Reviewed

UNMADE = (
    "The judge refuses the act there; the branch was left as it is, and nothing was sent.\n"
    "A roll that was frozen, or what else rests on what the base changed, is no longer so.\n"
    "Do that act and those behind it anew on a branch from the base: b40 … --branch NEW."
)
PLANNED = "Nothing was moved or sent."
# host and path of `https://host/path.git`, `ssh://git@host:22/path` and `git@host:path`.
ADDRESS = re.compile(
    r"(?:[a-z+]+://)?(?:[^@/]+@)?(?P<host>[A-Za-z0-9.-]+)(?::[0-9]+/|[:/])(?P<path>.+?)(?:\.git)?/?"
)
REQUESTS = {
    "gitlab": "https://{host}/{path}/-/merge_requests/new?merge_request%5Bsource_branch%5D={branch}"
    "&merge_request%5Btarget_branch%5D={base}",
    "github": "https://{host}/{path}/compare/{base}...{branch}?expand=1",
}


class BranchReviewed(NamedTuple):
    """What was sent or refused, and the review that is the request's text."""

    answer: Answer[BranchSent]
    review: Answer[Reviewed] | None


class Sending(NamedTuple):
    """A branch on its way: the one it goes beside, where that stands, and where it was sent."""

    session: Session
    shared: Exchange
    base: str
    name: str
    oid: str
    there: str | None

    @property
    def on_base(self) -> bool:
        """Whether the branch goes on from the base as it is now: nothing is to be made again."""
        return self.session.repository.past().leads_to(self.base, self.oid)

    @property
    def result(self) -> BranchSent:
        """What is told of it before it is sent."""
        address = address_of(self.session.repository.calls, self.shared.remote)
        return {
            "remote": self.shared.remote,
            "branch": self.name,
            "base": self.shared.theirs,
            "request": request_address(address, self.shared.theirs, self.name),
            "sent": False,
        }


def sending(place: Path | None, today: date, name: str, remote: str | None) -> Sending:
    """Look at both sides; ConflictError where the remote's branch holds what this one has not."""
    session = open_session(place, today, None)
    repository = session.repository
    shared = repository.exchange(remote)
    if shared.branch == name:
        raise UsageError(
            f"You stand on {name} itself.",
            "Go to the branch that it is to be merged into, e.g. git switch main.",
        )
    base = shared.fetch()
    if base is None:
        raise UsageError(f"{shared.shared} is not there yet.", "b40 sync sends it first.")
    oid = _tip(repository, name)
    there = shared._replace(branch=name, theirs=name).fetch()
    if there is not None and not repository.past().leads_to(there, oid):
        raise ConflictError(
            f"{shared.remote}/{name} holds acts that {name} has not here; nothing was sent.",
            f"Take them in first: git switch {name}, then b40 sync.",
        )
    return Sending(session, shared, base, name, oid, there)


def _tip(repository: Repository, name: str) -> str:
    try:
        return repository.resolve(f"refs/heads/{name}")
    except UsageError as error:
        raise UsageError(f"There is no branch {name!r} here.", "git branch lists them.") from error


def send(met: Sending, today: date, *, dry_run: bool) -> BranchReviewed:
    """Judge a branch by the law of the branch we share, and send it; refused with exit 1."""
    session, oid = met.session, met.oid
    place, words = session.repository.root, f"{met.base}..{oid}"
    reviewed = review(place, today, words, today, called=met.name)
    result: BranchSent = {**met.result, "sent": reviewed.ok and not dry_run}
    if result["sent"]:
        met.shared._replace(branch=met.name, theirs=met.name).push(oid, met.there)
    told = "\n".join(_told(result, met.shared.shared, reviewed.ok))
    status = session.network.status
    findings, code = reviewed.findings, reviewed.exit_code
    answer = Answer(
        "sync", str(today), status, reviewed.ok, oid, findings, result, code, told, {}, None
    )
    return BranchReviewed(answer, reviewed)


def put_again(met: Sending, again: Again, today: date, *, dry_run: bool) -> BranchReviewed:
    """The acts made again judged, sent, and the branch moved to them; what changes is told first.

    Where the review refuses them, or the remote does not take them, the branch stays as it is.
    """
    repository, made = met.session.repository, _again(met, again)
    if again.steps and (there := repository.stands_in(met.name)) is not None:
        raise ConflictError(
            f"{met.name} stands in {there}, whose files would stay behind.",
            f"Let it go there, then repeat: git -C {there} switch --detach",
        )
    if again.steps and not again.refused and not dry_run:
        became = remade(repository, met.base, again.steps, today)
        done = send(met._replace(oid=became), today, dry_run=False)
        if done.answer.ok:
            _begun_anew(met, became)
            made = {**made, "becomes": became}
        told = f"{_headline(met, again)}\n{done.answer.told}"
        result: BranchSent = {**done.answer.result, "again": made}
        return done._replace(answer=done.answer._replace(result=result, told=told))
    told = f"{_headline(met, again)}\n{UNMADE if again.refused else PLANNED}"
    status, code = met.session.network.status, int(bool(again.refused))
    planned: BranchSent = {**met.result, "again": made}
    answer = Answer(
        "sync", str(today), status, not code, None, again.refused, planned, code, told, {}, None
    )
    return BranchReviewed(answer, None)


def _begun_anew(met: Sending, became: str) -> None:
    """The branch moved here too; HalfDone where it cannot be, for it was sent already."""
    try:
        begin_anew(met.session.repository, met.name, met.oid, became)
    except (ConflictError, HalfDone) as error:
        raise HalfDone(
            f"{met.name} was sent as {became[:12]}, and stays as it was here: {error.message}",
            f"Mend that, then move it: git branch -f {met.name} {became}",
            became,
        ) from error


def _again(met: Sending, again: Again) -> MadeAgain:
    """What is told of the acts, before any branch moves."""
    return {
        "base": met.base,
        "was": met.oid,
        "becomes": None,
        "acts": list(again.acts),
        "ids": list(again.ids),
    }


def _headline(met: Sending, again: Again) -> str:
    if not again.acts:
        return f"{met.shared.shared} holds all of {met.name} already."
    head = f"{met.name}, made again on {met.shared.shared} ({met.base[:12]}):"
    return "\n".join((head, *again.lines()))


def _told(result: BranchSent, shared: str, lawful: bool) -> list[str]:
    if not lawful:
        said = f"Refused: {result['branch']} is not lawful by the law of {shared}."
        return [said, "Nothing was sent."]
    head = f"{'Sent' if result['sent'] else 'Would send'} {result['branch']} to {result['remote']}."
    if result["request"] is None:
        return [head, "Ask for it to be merged at the host; the review is the request's text."]
    return [head, "Ask for it to be merged:", f"  {result['request']}"]


def request_address(remote: str, base: str, branch: str) -> str | None:
    """Where the host takes a request for a branch, by the remote's address; None elsewhere."""
    found = ADDRESS.fullmatch(remote)
    if found is None or "." not in found["host"]:
        return None
    host, path = found["host"], quote(found["path"])
    form = next((form for word, form in REQUESTS.items() if word in host), None)
    names = {"host": host, "path": path, "base": quote(base, "/"), "branch": quote(branch, "/")}
    return form.format(**names) if form else None
