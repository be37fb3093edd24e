"""The closed list of what a repository's own configuration may say, each by its form.

Never who acts, what signs, how a host is reached, which program runs, or what else is to be read:
names of filters, remotes and includes are free, so no list of what is forbidden could be whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from b40cli.model.errors import UnreadableError

Settings = list[tuple[str, str]]
"""Keys, as git folds them, and their values, in the order of the file."""

BOOL = r"(?i:true|false|yes|no|on|off|1|0)"
REFNAME = r"refs/[^\x00-\x20\x7f~^:?*\[\\]+"
NAME = r"[^\x00-\x20\x7f\"\\\[\]-][^\x00-\x1f\x7f\"\\\[\]]*"
# https, ssh, git, or a path: never a helper's name, never what could be read as an option.
ADDRESS = (
    r"(?:(?:https|ssh|git|file)://[^\x00-\x20\x7f-][^\x00-\x1f\x7f]*"
    r"|(?![A-Za-z0-9+.-]*:[:/])(?!\w[\w+.-]*://)[^\x00-\x20\x7f:-][^\x00-\x1f\x7f]*)"
)
HEARD = tuple(
    (re.compile(key), re.compile(value))
    for key, value in (
        (r"core\.repositoryformatversion", r"[01]"),
        (r"core\.sharedrepository", rf"{BOOL}|(?i:umask|group|all|world|everybody)|0[0-7]{{3}}"),
        (r"core\.filemode", BOOL),
        (r"extensions\.objectformat", r"sha1|sha256"),
        (r"extensions\.refstorage", r"files|reftable"),
        (rf"remote\.{NAME}\.(?:url|pushurl)", ADDRESS),
        (rf"remote\.{NAME}\.fetch", rf"\+?{REFNAME}\*?:{REFNAME}\*?"),
        (rf"branch\.{NAME}\.remote", NAME),
        (rf"branch\.{NAME}\.merge", REFNAME),
    )
)
ADDRESSES = re.compile(rf"remote\.(?P<name>{NAME})\.(?:url|pushurl)")
# Known, and set aside: they change nothing in what is read here.
SET_ASIDE = frozenset({"noop", "noop-v1", "preciousobjects", "partialclone", "worktreeconfig"})
SET_ASIDE |= {"objectformat", "refstorage", "relativeworktrees", "compatobjectformat"}


def settings_of(told: bytes) -> Settings:
    """Read `git config --list -z`; a key without a value is true."""
    lines = (line for line in told.decode("utf-8", "surrogateescape").split("\0") if line)
    pairs = (line.partition("\n") for line in lines)
    return [(key, value if line_break else "true") for key, line_break, value in pairs]


def configuration(said: Settings) -> str:
    """The heard settings as git reads them; raises UnreadableError for an unknown extension."""
    unknown = [key for key, _ in said if key.startswith("extensions.")]
    unknown = [key for key in unknown if key.partition(".")[2] not in SET_ASIDE]
    if unknown:
        raise UnreadableError(
            f"The repository asks for {unknown[0]}, which b40 does not know.",
            "Clone it with a git that makes plain repositories, or use a later b40.",
        )
    lines = [*_sections(_heard(said)), *_sections(_unheard(said))]
    return "".join(f"{line}\n" for line in ["[core]", "\tbare = false", *lines])


def _heard(said: Settings) -> Iterator[tuple[str, str]]:
    for key, value in said:
        if any(k.fullmatch(key) and v.fullmatch(value) for k, v in HEARD):
            yield key, value


def _unheard(said: Settings) -> Iterator[tuple[str, str]]:
    """Remotes whose address is set aside, so that `sync` can say why."""
    for key, value in said:
        found = ADDRESSES.fullmatch(key)
        if found and not re.fullmatch(ADDRESS, value):
            yield f"b40.{found['name']}.unheard", value


def _sections(settings: Iterable[tuple[str, str]]) -> Iterator[str]:
    for key, value in settings:
        section, _dot, rest = key.partition(".")
        name, _dot, last = rest.rpartition(".")
        yield f'[{section} "{_quoted(name)}"]' if name else f"[{section}]"
        yield f'\t{last} = "{_quoted(value)}"'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
