"""Who may sign: recording a key, ending one, and the two files that hosts and git read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.change.documents import bytes_of
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.edit import Append, Create, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.trust import Key, Principal
from b40cli.model.ref import stated
from b40cli.model.state.registry import PRINCIPALS
from b40cli.model.wording import counted
from b40cli.store.git.signers import PGP, allowed_signers, fingerprint

if TYPE_CHECKING:
    from b40cli.model.results.trust import KeyAdded, KeyRevoked, PrincipalRow, Signers

SUBJECT = "trust/principals"
MOST_BYTES = 16 * 1024
SHORTEST_RSA = 2048 // 8 + 22


class Newcomer(NamedTuple):
    """What is said of a principal who is to be recorded."""

    id: str
    name: str | None = None
    office: str | None = None
    handle: str | None = None


def key_named(text: str) -> str:
    """A key as trust/ writes it, from a public key's file or from `gpg:` and a fingerprint."""
    if text.startswith(PGP):
        return PGP + text.removeprefix(PGP).replace(" ", "").upper()
    words = _read(Path(text)).split()
    key = " ".join(words[:2])
    if len(words) < 2 or not fingerprint(key):
        raise UsageError(f"{text} holds no SSH public key.", "Name the file that ends in .pub.")
    if words[0] == "ssh-rsa" and len(words[1]) * 3 // 4 < SHORTEST_RSA:
        raise UsageError(f"{text} is an RSA key of less than 2048 bits.", "Make an ed25519 key.")
    return key


def _read(file: Path) -> str:
    key = "Name a public key's file, or gpg:FINGERPRINT."
    text = bytes_of(file, MOST_BYTES, key, named=key).decode("utf-8", "replace")
    if "PRIVATE KEY" in text or len(text.strip().splitlines()) != 1:
        raise UsageError(f"{file} is not one public key.", "Name the file that ends in .pub.")
    return text


def add(
    session: Session, newcomer: Newcomer, key: str, start: date | None, until: date | None
) -> Proposal[KeyAdded]:
    """Record a key, with its principal where that one is new."""
    principals = session.before.principals()
    known = next((n for n, p in enumerate(principals) if p.id == newcomer.id), None)
    begins = start or session.on
    entry = {"key": key, "from": str(begins)} | ({"until": str(until)} if until else {})
    told: KeyAdded = {
        "id": newcomer.id,
        "fingerprint": fingerprint(key),
        "key": key,
        "from": str(begins),
    }
    if until:
        told["until"] = str(until)
    if known is None:
        edits = _introduced(session, newcomer, entry)
    else:
        edits = _added(principals[known], known, newcomer, entry, until)
    headline = f"trust: add a key of {newcomer.id} from {begins}"
    return Proposal("trust add", SUBJECT, headline, edits, told, (f"Key: {fingerprint(key)}",))


def _introduced(session: Session, newcomer: Newcomer, entry: dict[str, str]) -> tuple[Edit, ...]:
    if newcomer.name is None:
        raise UsageError(f"No principal {newcomer.id} is on record.", "Name a new one: --name.")
    said = stated(newcomer._asdict())
    whole = {**said, "keys": [entry]}
    if session.before.recorded(PRINCIPALS) is None:
        return (Create(PRINCIPALS, {"principals": [whole]}),)
    return (Append(PRINCIPALS, ("principals",), whole),)


def _added(
    known: Principal, n: int, newcomer: Newcomer, entry: dict[str, str], until: date | None
) -> tuple[Edit, ...]:
    for field in ("name", "office"):
        said, recorded = getattr(newcomer, field), getattr(known, field)
        if said not in (None, recorded):
            raise UsageError(
                f"The {field} of {known.id} is {recorded or 'none'}, not {said}.",
                "Another person or office is another principal, with an id of its own.",
            )
    at = ("principals", n)
    edits: list[Edit] = []
    if newcomer.handle not in (None, known.handle):
        edits.append(Put(PRINCIPALS, (*at, "handle"), newcomer.handle))
    same = known.holding(entry["key"])
    if not same or str(same[-1].start) != entry["from"] or same[-1].until != until:
        edits.append(Append(PRINCIPALS, (*at, "keys"), entry))
    return tuple(edits)


def revoke(
    session: Session, name: str, wanted: str | None, reason: str, until: date | None
) -> Proposal[KeyRevoked]:
    """End a key of a principal for a reason; it stays on record and is never trusted again."""
    n, principal = _principal(session, name)
    ends = until or session.on
    k, key = _key(principal, wanted, ends)
    of_key = fingerprint(key.key)
    told: KeyRevoked = {"id": name, "fingerprint": of_key, "until": str(ends), "reason": reason}
    headline = f"trust: revoke a key of {name} from {ends}"
    if (key.until, key.reason) == (ends, reason):
        return Proposal("trust revoke", SUBJECT, headline, (), told)
    at = ("principals", n, "keys", k)
    edits = (Put(PRINCIPALS, (*at, "until"), str(ends)), Put(PRINCIPALS, (*at, "reason"), reason))
    body = (f"Reason: {reason}", f"Key: {fingerprint(key.key)}")
    return Proposal("trust revoke", SUBJECT, headline, edits, told, body)


def _principal(session: Session, name: str) -> tuple[int, Principal]:
    for n, principal in enumerate(session.before.principals()):
        if principal.id == name:
            return n, principal
    raise UsageError(f"No principal {name} is on record.", "b40 trust signers names them.")


def _key(principal: Principal, wanted: str | None, day: date) -> tuple[int, Key]:
    """The key named by its fingerprint, or the only one not ended by the day, or the only one."""
    every = list(enumerate(principal.keys))
    if wanted is not None:
        prefix = wanted.removeprefix(PGP)
        found = [(k, key) for k, key in every if fingerprint(key.key).startswith(prefix)]
    else:
        found = [(k, key) for k, key in every if key.until is None or key.until > day] or every
    if len(found) != 1:
        prints = ", ".join(fingerprint(key.key) for key in principal.keys)
        raise UsageError(
            f"{counted(len(found), 'key')} of {principal.id} are meant.",
            f"Name one by its fingerprint, with --key: {prints}.",
        )
    return found[0]


def signers(view: View) -> Answer[Signers]:
    """The principals' SSH keys, each with its days, as git's gpg.ssh.allowedSignersFile."""
    principals = view.registry.principals()
    result: Signers = {
        "principals": [_shown(principal, view.on) for principal in principals],
        "file": heading(view, "trust signers") + allowed_signers(principals),
    }
    return answer(view, "trust signers", result, told=result["file"])


def _shown(principal: Principal, day: date) -> PrincipalRow:
    return {
        "id": principal.id,
        "name": principal.name,
        "office": principal.office,
        "handle": principal.handle,
        "keys": [
            {
                "fingerprint": fingerprint(key.key),
                "from": str(key.start),
                "until": str(key.until) if key.until else None,
                "reason": key.reason,
                "in_force": key.in_force(day),
            }
            for key in principal.keys
        ],
    }


def heading(view: View, command: str) -> str:
    """The first lines of a file that is generated: by what, and what kind of register it is."""
    from b40cli.acts.register.generated import MARK

    said = "" if view.network.status == "official" else "# This register is unofficial.\n"
    return f"{MARK}{command}; do not edit.\n{said}"
