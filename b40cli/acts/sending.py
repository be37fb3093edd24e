"""`sync --branch NAME`: a branch sent for a pull request, once it is lawful by the base's law."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from b40cli.acts.opened.session import open_session
from b40cli.acts.review.review import review
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.history import BranchSent
    from b40cli.model.results.reviews import Reviewed

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
    review: Answer[Reviewed]


def send(
    place: Path | None, today: date, name: str, remote: str | None, *, dry_run: bool
) -> BranchReviewed:
    """Judge a branch by the law of the branch we share, and send it; refused with exit 1."""
    session = open_session(place, today, None)
    repository = session.repository
    shared = repository.exchange(remote)
    base = shared.fetch()
    if base is None:
        raise UsageError(f"{shared.shared} is not there yet.", "b40 sync sends it first.")
    oid = repository.resolve(f"refs/heads/{name}")
    reviewed = review(place, today, f"{base}..{oid}", today)
    way = shared._replace(branch=name, theirs=name)
    request = request_address(repository.remote_address(shared.remote), shared.theirs, name)
    result: BranchSent = {
        "remote": shared.remote,
        "branch": name,
        "base": shared.theirs,
        "request": request,
        "sent": reviewed.ok and not dry_run,
    }
    if result["sent"]:
        way.push(oid, way.fetch())
    told = "\n".join(_told(result, shared.shared, reviewed.ok))
    status = session.network.status
    findings, code = reviewed.findings, reviewed.exit_code
    answer = Answer(
        "sync", str(today), status, reviewed.ok, oid, findings, result, code, told, {}, None
    )
    return BranchReviewed(answer, reviewed)


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
