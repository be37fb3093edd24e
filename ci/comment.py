"""Put the review of a pull request under it, as one comment: the trusted half of two.

The untrusted half (review.yml) leaves an artifact; whoever opened the request may have written
every byte of it. It is unpacked in memory, nothing of it is run, and unless each check holds it is
refused: exit 1, one line, no comment. Standard library only.
"""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
import unicodedata
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

MARKER = "<!-- b40-review -->"
ARTIFACT = "b40-review"
FILES = {"comment.md": 60_000, "number": 12}
MOST_PACKED = 200_000
MOST_ANSWER = 5_000_000
MOST_PAGES = 30
MOST_FILES = 300
OWN = ".github/"
OWN_JUDGE = f"""{MARKER}
## Review: not shown

⚠️ **This request changes `.github/`, or too many files to tell: what reviewed it may be its own.**

Fetch it and judge it on your own machine, with the tool of the base: `b40 review BASE...HEAD`.
"""
BOT = "github-actions[bot]"
NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)
NAME = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+", re.ASCII)
# Controls but the line end, and what reorders or hides text.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f"
    "\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\uf8ff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# b40 parts what would become a mention or a link with this, and uses no other markup of HTML.
PARTING = "<!-- -->"
MARKUP = re.compile(r"[<\[\]]|!\[|&#?\w+;")
LINKED = re.compile(r"@\w|#\d|GH-\d|://\S|\bwww\.|mailto:|xmpp:", re.IGNORECASE)

# The one sign of b40's own that has a hidden character behind it.
WARNING = "\u26a0\ufe0f"
CODE = re.compile(r"`[^`\n]*`")
FENCE = re.compile("```|~~~")
# What a host takes for the name of a commit, an emoji or a formula, outside of code.
COMMIT = re.compile(r"(?<!\w)[0-9a-f]{7,64}(?!\w)", re.IGNORECASE)
EMOJI = re.compile(r":(?:[\w+-]*[a-z][\w+-]*|100|1234|[+-]1):", re.IGNORECASE)

Ask = Callable[[str, str, "Mapping[str, Any] | None"], bytes]


class Refused(Exception):
    """Why nothing is put under any pull request."""


def main(surroundings: Mapping[str, str]) -> int:
    """Check the artifact of a run and write the comment; 0, or 1 where it is refused."""
    try:
        told = _commented(surroundings)
    except Refused as refused:
        print(f"refused: {refused}")
        return 1
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        # URLError is an OSError; the others are answers of another shape.
        print(f"refused: the host did not answer as it should: {error!r:.200}")
        return 1
    print(told)
    return 0


def _commented(surroundings: Mapping[str, str]) -> str:
    repository = _matching(NAME, surroundings.get("GITHUB_REPOSITORY", ""), "GITHUB_REPOSITORY")
    run = _matching(re.compile("[1-9][0-9]{0,18}"), surroundings.get("RUN_ID", ""), "RUN_ID")
    head = _matching(SHA, surroundings.get("HEAD_SHA", ""), "HEAD_SHA")
    ask = asking(surroundings.get("GITHUB_API_URL", ""), surroundings.get("GITHUB_TOKEN", ""))
    root = f"/repos/{repository}"
    files = unpacked(_artifact(ask, root, run))
    number, body = number_of(files["number"]), body_of(files["comment.md"])
    request = _json(ask("GET", f"{root}/pulls/{number}", None))
    _require_request(request, repository, head)
    _require_origin(request, surroundings)
    if _judges_itself(ask, root, request["base"]["sha"], head):
        body = OWN_JUDGE
    return _put(ask, f"{root}/issues", number, f"{body.rstrip()}\n\n_For commit {head[:10]}._\n")


def _matching(pattern: re.Pattern[str], text: str, name: str) -> str:
    if not pattern.fullmatch(text):
        raise Refused(f"{name} is not what it should be")
    return text


def asking(root: str, token: str) -> Ask:
    """How the host is asked: at the address the runner names; the token goes nowhere else."""
    if not root.startswith(("https://", "http://127.0.0.1:")) or not token:
        raise Refused("no address of the host, or no token")

    def ask(method: str, path: str, data: Mapping[str, Any] | None) -> bytes:
        body = None if data is None else json.dumps(data).encode()
        headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        request = urllib.request.Request(root + path, body, headers, method=method)  # noqa: S310
        # Where an artifact lies is told by a redirection: the token does not follow it.
        request.add_unredirected_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            read: bytes = answer.read(MOST_ANSWER + 1)
        if len(read) > MOST_ANSWER:
            raise Refused("an answer of the host is too large")
        return read

    return ask


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refused("an answer of the host is no JSON") from error


def _artifact(ask: Ask, root: str, run: str) -> bytes:
    """The one artifact of the run that has the name, packed."""
    listed = _json(ask("GET", f"{root}/actions/runs/{run}/artifacts?per_page=100", None))
    found = [each for each in listed["artifacts"] if each["name"] == ARTIFACT]
    if len(found) != 1 or found[0].get("expired"):
        raise Refused(f"the run has not one artifact called {ARTIFACT}")
    if not 0 < int(found[0]["size_in_bytes"]) <= MOST_PACKED:
        raise Refused(f"the artifact is larger than {MOST_PACKED} bytes")
    packed = ask("GET", f"{root}/actions/artifacts/{int(found[0]['id'])}/zip", None)
    if len(packed) > MOST_PACKED:
        raise Refused(f"the artifact is larger than {MOST_PACKED} bytes")
    return packed


def unpacked(packed: bytes) -> dict[str, bytes]:
    """The two files, read in memory and no further than they may be long; raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            if sorted(entry.filename for entry in entries) != sorted(FILES):
                raise Refused(f"the artifact holds other files than {' and '.join(FILES)}")
            return {entry.filename: _read(archive, entry) for entry in entries}
    except Refused:
        raise
    except Exception as error:  # whatever a hostile archive makes the library raise
        raise Refused(f"the artifact is no archive: {type(error).__name__}") from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    mode = entry.external_attr >> 16
    if entry.is_dir() or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
        raise Refused(f"{entry.filename} is no plain file")
    if entry.flag_bits & 1 or entry.orig_filename != entry.filename:
        raise Refused(f"{entry.filename} is encrypted or oddly named")
    most = FILES[entry.filename]
    with archive.open(entry) as opened:
        data = opened.read(most + 1)
    if len(data) > most or entry.file_size > most:
        raise Refused(f"{entry.filename} is larger than {most} bytes")
    return data


def number_of(data: bytes) -> int:
    """The number of the pull request: digits and nothing else; raises Refused."""
    text = data.decode("ascii", "replace").removesuffix("\n")
    return int(_matching(NUMBER, text, "the number"))


def body_of(data: bytes) -> str:
    """The comment, if it is text of b40's own kind; raises Refused."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("comment.md is not UTF-8") from error
    first, _, rest = text.partition("\n")
    if first != MARKER:
        raise Refused("comment.md does not begin with the marker")
    reason = next(_unwelcome(rest), None)
    if reason is not None:
        raise Refused(f"comment.md holds {reason}")
    return text


def _unwelcome(text: str) -> Iterator[str]:
    """What a review never holds: markup beyond b40's own, mentions, links, hidden characters."""
    if UNSEEN.search(text.replace(WARNING, "")):
        yield "control or hidden characters"
    parted = text.replace(PARTING, "\n")
    if MARKUP.search(ESCAPE.sub("", parted)):
        yield "markup that b40 does not write"
    # A host looks for mentions and links after the escapes are gone, in what is left of code too.
    # Signs of full width are what they are like.
    alike = unicodedata.normalize("NFKC", parted)
    if LINKED.search(ESCAPE.sub(r"\1", alike)) or LINKED.search(ESCAPE.sub("", alike)):
        yield "a mention or a link"
    bare = CODE.sub("", ESCAPE.sub("", alike))
    if FENCE.search(ESCAPE.sub("", alike)):
        yield "a fence"
    if COMMIT.search(bare) or EMOJI.search(bare) or "$" in bare:
        yield "the name of a commit, an emoji or a formula"


def _require_request(request: Any, repository: str, head: str) -> None:
    """The number is the request whose commit was reviewed, in this repository, and still open."""
    try:
        base, sha = request["base"]["repo"]["full_name"], request["head"]["sha"]
        state = request["state"]
    except (KeyError, TypeError) as error:
        raise Refused("the number names no pull request") from error
    if sha != head or base.lower() != repository.lower():
        raise Refused("the number is not that of the pull request whose commit was reviewed")
    if state != "open":
        raise Refused("the pull request is closed")


def _require_origin(request: Any, surroundings: Mapping[str, str]) -> None:
    """The run was the request's own: of two requests with one commit neither speaks for the other.

    Both names are the stranger's choice; they are compared and go nowhere.
    """
    head = request["head"]
    origin = (head["repo"] or {}).get("full_name"), head["ref"]
    if origin != (surroundings.get("HEAD_REPO"), surroundings.get("HEAD_BRANCH")):
        raise Refused("the run is not that of the branch the pull request is of")


def _judges_itself(ask: Ask, root: str, base: str, head: str) -> bool:
    """Whether the request changes the workflow that made the artifact, so far as can be told.

    On `pull_request` a host runs the request's own workflows: then the artifact may say anything.
    """
    span = f"{_matching(SHA, base, 'the base')}...{head}"
    files = _json(ask("GET", f"{root}/compare/{span}", None))["files"]
    names = [str(file.get(key, "")) for file in files for key in ("filename", "previous_filename")]
    return len(files) >= MOST_FILES or any(name.startswith(OWN) for name in names)


def _put(ask: Ask, issues: str, number: int, body: str) -> str:
    """Update the comment of ours that is there, or write the first."""
    for page in range(1, MOST_PAGES + 1):
        query = f"{issues}/{number}/comments?per_page=100&page={page}"
        comments = _json(ask("GET", query, None))
        for comment in comments:
            by = (comment.get("user") or {}).get("login")
            if by == BOT and str(comment.get("body")).startswith(MARKER):
                ask("PATCH", f"{issues}/comments/{int(comment['id'])}", {"body": body})
                return f"updated the comment under {number}"
        if len(comments) < 100:
            break
    ask("POST", f"{issues}/{number}/comments", {"body": body})
    return f"commented under {number}"


if __name__ == "__main__":
    sys.exit(main(os.environ))
