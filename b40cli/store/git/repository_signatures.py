"""Signatures of commits, verified by git itself against principals it is given.

Nothing the repository says about how to verify is heard: programs, signers and revocations are
pinned on the command line. Checking one SSH signature starts ssh-keygen twice, so the commits are
dealt to as many gits as there are processors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from signal import SIGPIPE
from typing import NamedTuple

from b40cli.model.errors import UnreadableError, UsageError
from b40cli.store.git.history import seconds_of
from b40cli.store.git.object_reader import Thing
from b40cli.store.git.repository_git import Call, Calls, GitFailed

PROGRAMS = {"ssh": "ssh-keygen", "pgp": "gpg"}
MARKS = {
    b"-----BEGIN SSH SIGNATURE-----": "ssh",
    b"-----BEGIN PGP SIGNATURE-----": "pgp",
    b"-----BEGIN PGP MESSAGE-----": "pgp",
}
HEADERS = {40: b"gpgsig ", 64: b"gpgsig-sha256 "}
TELL = "--format=tformat:%H %G? %GF %GP"
MOST = 250


class Header(NamedTuple):
    """What a commit's object itself says: nothing that grafts or settings could move.

    `kind` is `ssh`, `pgp` or `unknown`; empty where the commit is not signed.
    """

    oid: str
    tree: str
    parents: tuple[str, ...]
    time: int
    kind: str


class SignatureCheck(NamedTuple):
    """Git's letter (`%G?`) and the fingerprints of the key and of its primary key."""

    letter: str
    keys: tuple[str, ...]


def headers(calls: Calls, oids: Iterable[str]) -> dict[str, Header]:
    """The commits' own headers; raises UnreadableError for what is no commit."""
    return {thing.asked: _header(thing) for thing in calls.things(oids)}


def _header(thing: Thing) -> Header:
    if thing.oid is None or thing.kind != "commit":
        raise UnreadableError(f"{thing.asked} is missing or no commit.", "Run `git fsck`.")
    lines = thing.data.partition(b"\n\n")[0].split(b"\n")
    named = [line.partition(b" ") for line in lines]
    value = {name: rest for name, _blank, rest in reversed(named)}
    parents = tuple(rest.decode() for name, _blank, rest in named if name == b"parent")
    committed = value.get(b"committer", b"").rpartition(b"> ")[2].split()
    said = committed[0].decode("ascii", "replace") if committed else ""
    header = HEADERS[len(thing.oid)]
    signature = next((line.removeprefix(header) for line in lines if line.startswith(header)), None)
    kind = "" if signature is None else MARKS.get(signature, "unknown")
    return Header(thing.asked, value[b"tree"].decode(), parents, seconds_of(said), kind)


def verdicts(calls: Calls, commits: Mapping[str, str], signers: str) -> dict[str, SignatureCheck]:
    """What git says of each commit's signature (commit -> its kind), given the signers' file.

    Nothing of a kind it does not know. Raises UsageError where the program that checks a kind is
    not installed.
    """
    from concurrent.futures import ThreadPoolExecutor
    from os import cpu_count
    from tempfile import TemporaryDirectory

    asked = [oid for oid, kind in commits.items() if kind in PROGRAMS]
    if not asked:
        return {}
    _installed(set(commits.values()))
    with TemporaryDirectory(prefix="b40-signers-") as name:
        pinned = _pinned(Path(name), signers)
        workers = cpu_count() or 1
        with ThreadPoolExecutor(workers) as pool:
            told = pool.map(lambda oids: _asked(calls, pinned, oids), _dealt(asked, workers))
            return {oid: verdict for part in told for oid, verdict in part.items()}


def _installed(kinds: set[str]) -> None:
    """Git calls a signature bad where it cannot even start the program that would check it."""
    from shutil import which

    for kind in sorted(kinds & PROGRAMS.keys()):
        if which(PROGRAMS[kind]) is None:
            raise UsageError(
                f"{PROGRAMS[kind]} cannot be run here: signatures cannot be checked.",
                "Install OpenSSH 8.9 or later." if kind == "ssh" else "Install GnuPG.",
            )


def _pinned(folder: Path, signers: str) -> tuple[str, ...]:
    allowed, revoked = folder / "allowed-signers", folder / "revoked"
    allowed.write_text(signers, "utf-8")
    revoked.write_bytes(b"")
    settings = (
        f"gpg.ssh.allowedSignersFile={allowed}",
        f"gpg.ssh.revocationFile={revoked}",
        f"gpg.ssh.program={PROGRAMS['ssh']}",
        f"gpg.program={PROGRAMS['pgp']}",
        f"gpg.openpgp.program={PROGRAMS['pgp']}",
        "gpg.x509.program=false",
        "gpg.minTrustLevel=undefined",
    )
    return tuple(word for setting in settings for word in ("-c", setting))


def _dealt(oids: Sequence[str], workers: int) -> list[Sequence[str]]:
    """Hands of equal size, so that no git waits for another one long."""
    size = max(1, min(MOST, -(-len(oids) // workers)))
    return [oids[n : n + size] for n in range(0, len(oids), size)]


def _asked(calls: Calls, pinned: tuple[str, ...], oids: Sequence[str]) -> dict[str, SignatureCheck]:
    """Git gives up at a signature it cannot even name: then each commit is asked about alone."""
    stdin = "".join(f"{oid}\n" for oid in oids).encode()
    words = ("log", "--no-walk=unsorted", "--no-color", "--no-mailmap", "--stdin", TELL)
    ended = calls.together(Call((*pinned, *words), stdin, zone="UTC"))[0]
    try:
        lines = ended._replace(command="log").done().decode("utf-8", "replace").splitlines()
    except GitFailed as error:
        # Killed, it has said nothing of any of them; but at rubbish the program that checks may
        # close its ear while git still speaks: that is a signature nobody can name.
        if error.status < 0 and error.status != -SIGPIPE:
            raise
        if len(oids) == 1:
            return {}
        return {oid: v for one in oids for oid, v in _asked(calls, pinned, [one]).items()}
    told = (line.split(" ") for line in lines)
    return {oid: SignatureCheck(letter, tuple(filter(None, keys))) for oid, letter, *keys in told}
