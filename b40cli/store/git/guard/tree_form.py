"""The form of a folder's object: one that git does not write is read by nobody.

Of a name that stands twice one reader takes the first and another the last; what stands out of its
place is found by some; a name with a slash in it lies in a folder for whoever lists all files, and
nowhere for whoever looks that folder up.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from functools import cache

from b40cli.model.errors import UnreadableError
from b40cli.model.finding import Finding

TreeEntry = tuple[bytes, bytes, bytes]
"""mode, name, raw oid"""

IN_FORM = "folder-in-form"
FOLDER, FILE, LINK, SUBMODULE = b"40000", b"100644", b"120000", b"160000"
PLAIN = frozenset({FOLDER, FILE, b"100755"})
WRITTEN = PLAIN | {LINK, SUBMODULE}
# No name at all, or one that means another folder, or git's own; each stands between two NULs.
NO_NAME = re.compile(rb"\0(?:\.{0,2}|\.[gG][iI][tT])\0")
MOST_SHOWN = 80


def entries_of(data: bytes, width: int, path: str, commit: str) -> list[TreeEntry]:
    """Each entry of a folder's bytes, all of them and in git's order; `width` is a raw oid's.

    Raises UnreadableError, which names path and commit, for a folder that git does not write.
    """
    found: list[TreeEntry] = _entry(width).findall(data)
    modes, names, _oids = zip(*found, strict=True) if found else ((), (), ())
    length = sum(map(len, modes)) + sum(map(len, names)) + (width + 2) * len(found)
    said = _fault(modes, names) if length == len(data) else "it is cut off"
    if said is not None:
        raise malformed(path, commit, said)
    return found


def read_as(mode: bytes) -> bytes:
    """The mode that git takes it for."""
    if mode in WRITTEN:
        return mode
    number = int(mode, 8)
    kind = number & 0o170000
    if kind == 0o100000:
        return b"100755" if number & 0o100 else FILE
    return {0o040000: FOLDER, 0o120000: LINK}.get(kind, SUBMODULE)


def malformed(path: str, commit: str, said: str, what: str = "folder") -> UnreadableError:
    """The one error for a folder that git does not write, and for an index that it does not."""
    finding = Finding(
        IN_FORM,
        "defect",
        "",
        f"The {what} {path or '/'} is none that git writes: {said}.",
        "Run `git fsck`, and ask who made that commit; what it holds is recorded again by b40."
        if commit
        else "Take it away and let git write it anew from HEAD: `git read-tree HEAD`.",
        path if commit else "",
        facts={"commit": commit} if commit else {},
    )
    of = f"In commit {commit[:10]}: " if commit else ""
    return UnreadableError(f"{of}{finding.message}", finding.remedy, (finding,))


def out_of_form(names: Sequence[bytes], keys: Sequence[bytes]) -> str | None:
    """Which name stands twice or out of its place, where each has the key that git orders by."""
    if all(map(operator.lt, keys, keys[1:])) and len({*names}) == len(names):
        return None
    seen: set[bytes] = set()
    for name in names:
        if name in seen:
            return f"the name {_shown(name)} stands in it twice"
        seen.add(name)
    late = next(n for n, k in enumerate(keys) if n and keys[n - 1] > k)
    return f"the name {_shown(names[late])} stands out of its place"


def odd_modes(entries: Sequence[TreeEntry], path: str, commit: str) -> Iterator[Finding]:
    """A note on modes that git reads as a file's or a folder's and does not write."""
    for mode, name, _oid in entries:
        if mode not in WRITTEN and read_as(mode) in PLAIN:
            yield Finding(
                IN_FORM,
                "note",
                "the record",
                f"In the folder {path} {_shown(name)} has the mode {mode.decode()}, which git "
                f"reads as {read_as(mode).decode()} and does not write.",
                "It means no other file; the next act in that folder writes it as git does.",
                f"{path}/{name.decode('utf-8', 'backslashreplace')}",
                facts={"commit": commit},
            )


def key(mode: bytes, name: bytes) -> bytes:
    """Git orders a folder as if its name ended in a slash."""
    return name + b"/" if read_as(mode) == FOLDER else name


@cache
def _entry(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"([0-7]+) ([^\0]*)\0(.{%d})" % width, re.DOTALL)


def _fault(modes: Sequence[bytes], names: Sequence[bytes]) -> str | None:
    """What is wrong with its names, or None."""
    told = b"\0%s\0" % b"\0".join(names)
    if names and (b"/" in told or NO_NAME.search(told)):
        return _misnamed(names)
    odd = {mode for mode in {*modes} - WRITTEN if read_as(mode) not in PLAIN}
    if odd:
        return f"the mode {min(odd).decode()} stands in it"
    files = PLAIN.issuperset(modes) and FOLDER not in modes
    return out_of_form(names, names if files else tuple(map(key, modes, names)))


def _misnamed(names: Sequence[bytes]) -> str:
    if b"" in names:
        return "a name in it is empty"
    odd = next(name for name in names if b"/" in name or NO_NAME.search(b"\0%s\0" % name))
    if b"/" in odd:
        return f"the name {_shown(odd)} in it has a slash"
    return f"the name {_shown(odd)} stands in it"


def _shown(name: bytes) -> str:
    said = ascii(name.decode("utf-8", "backslashreplace"))
    return said if len(said) <= MOST_SHOWN else f"{said[:MOST_SHOWN]}…"
