"""The certificate of a decision: what proves it, gathered from the commit that closed it.

What is counted here is what the judge counts; the verifier counts it again by code of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import takewhile
from typing import Any, NamedTuple

from b40cli.acts.opened.named import decision_named
from b40cli.acts.opened.view import View
from b40cli.acts.votes.arithmetic import arithmetic, statutes
from b40cli.model.errors import UnreadableError, UsageError
from b40cli.model.facts.decision import CLOSED, Decision, path_of
from b40cli.model.facts.trust import Principal, principals_of
from b40cli.model.state.forgotten import Gone, all_gone, marked
from b40cli.model.state.registry import NETWORK, PRINCIPALS, Registry
from b40cli.store.git.history import LATEST, istanbul_day
from b40cli.store.snapshot import load
from b40cli.store.yaml.dialect import YamlDefect, parse

CHECK = "python3 verify_certificate.py CERTIFICATE [EVIDENCE ...]"
COMPARE = "the oid of the commit below, with the register's history or a Final Report of later date"
OPENS = b"-----BEGIN SSH SIGNATURE-----"


class Closing(NamedTuple):
    """The commit in which a decision first stands closed, and its record's bytes there."""

    oid: str
    parent: str | None
    blob: bytes


def certificate(view: View, name: str) -> dict[str, Any]:
    """What the certificate of a closed decision says, part by part, in the order of its page.

    Raises UsageError where nothing is decided yet or the record is not committed as it stands.
    """
    decision = _decided(view, name)
    closing = _closing(view, decision)
    registry = Registry(load(view.repository, view.repository.tree(closing.oid)))
    then = registry.decision(name) or decision
    commit, *trees = _objects(view, closing, name)
    (network,) = view.repository.objects([f"{closing.oid}:{NETWORK}"])
    called: Any = parse(network)
    return {
        "Certificate of a decision": {
            "network": called["name"],
            "register": called["status"],
            "check": CHECK,
            "then compare": COMPARE,
        },
        "Decision": closing.blob.decode(),
        "Arithmetic": arithmetic(registry, then),
        "Statutes": statutes(registry, then),
        "Afterwards": _afterwards(view.registry, name),
        "Commit": {
            "oid": closing.oid,
            "made": datetime.fromtimestamp(_seconds(commit), UTC).isoformat(),
            "object": _text(commit),
        },
        "Signature": _signature(view, closing, commit),
        "Objects": [commit, *trees, closing.blob, network],
    }


def _decided(view: View, name: str) -> Decision:
    decision = decision_named(view.registry, name)
    if decision.state not in CLOSED:
        said = "was withdrawn" if decision.state == "withdrawn" else f"is only {decision.state}"
        raise UsageError(
            f"{name} {said}: nothing is decided that could be certified.",
            f"b40 show {name} tells how it stands.",
        )
    if decision.path in view.uncommitted:
        raise UsageError(
            f"{decision.path} is not committed as it stands.",
            "Commit it, or restore it: only a commit can be certified.",
        )
    return decision


def _closing(view: View, decision: Decision) -> Closing:
    """The first commit of those without a break in which the decision is closed.

    An earlier closing that was undone, and whose id was given again, is another one; of words that
    were forgotten since, the commit that took them out.
    """
    view.repository.past().refuse_cut_off()
    base = view.known or view.commit or view.repository.head() or ""
    path = decision.path
    touched = [commit.oid for commit in view.repository.log(path, rev=base)]
    blobs = view.repository.past().bytes_of([f"{oid}:{path}" for oid in touched])
    versions = zip(touched, blobs, strict=True)
    closed = [(o, b) for o, b in takewhile(lambda v: _state(v[1] or b"") in CLOSED, versions) if b]
    gone = all_gone(view.registry)
    if not closed or _had_it_forgotten(path, closed[-1][1], gone) != parse(closed[0][1]):
        raise UnreadableError(
            f"{decision.id} is not what it was when it was closed.",
            "b40 audit names the commit that changed it.",
        )
    oid, blob = [*takewhile(lambda v: parse(v[1]) == parse(closed[0][1]), closed)][-1]
    header = view.repository.headers([oid])[oid]
    return Closing(oid, next(iter(header.parents), None), blob)


def _had_it_forgotten(path: str, blob: bytes, gone: Iterable[Gone]) -> Any:
    """A version of the record, as it would be had it forgotten what is forgotten since."""
    record: Any = parse(blob)
    for each in gone:
        record = marked(path, record, each) if each.path == path or not each.at else record
    return record


def _state(blob: bytes) -> str | None:
    """The state a version of the record has; None where it cannot be read."""
    try:
        record = parse(blob)
    except YamlDefect:
        return None
    return record.get("state") if isinstance(record, dict) else None


def _objects(view: View, closing: Closing, name: str) -> list[bytes]:
    """The commit, and the trees from its root down to the folder the record lies in."""
    folders = path_of(name).split("/")[:-1]
    paths = ["/".join(folders[:n]) for n in range(1, len(folders) + 1)]
    names = [closing.oid, f"{closing.oid}^{{tree}}", *(f"{closing.oid}:{path}" for path in paths)]
    return view.repository.objects(names)


def _seconds(commit: bytes) -> int:
    committer = commit.partition(b"\n\n")[0].partition(b"\ncommitter ")[2]
    return min(int(committer.partition(b"> ")[2].split()[0]), LATEST)


def _text(commit: bytes) -> str:
    """The commit as a page can hold it; UsageError where it holds what a terminal would obey."""
    text = commit.decode("utf-8", "replace").rstrip("\n")
    if not text.replace("\n", "").isprintable():
        raise UsageError(
            "The commit that closed the decision holds control characters.",
            "It was not made by b40: b40 audit tells of it.",
        )
    return text


def _afterwards(registry: Registry, name: str) -> dict[str, Any]:
    """What was decided about the decision since, as it is known."""
    annulment = registry.annulments().get(name)
    corrected = registry.corrections().get(path_of(name), ())
    return {
        **({"annulled by": annulment.id, "effect": annulment.effect} if annulment else {}),
        **({"corrected by": [each.path for each in corrected]} if corrected else {}),
    }


def _signature(view: View, closing: Closing, commit: bytes) -> dict[str, Any]:
    header = view.repository.headers([closing.oid])[closing.oid]
    kind = {"ssh": "SSH", "pgp": "OpenPGP", "": "none"}.get(header.kind, "unknown")
    made = date.fromisoformat(istanbul_day(header.time))
    key = _public_key(commit) if header.kind == "ssh" else None
    holders = (
        {"id": each.id, "name": each.name, "office": each.office, "key": held.key}
        | {"from": str(held.start), "until": str(held.until) if held.until else None}
        for each in _trusted(view, closing.parent)
        for held in each.keys
        if key is not None and held.key.split()[1:2] == [key] and held.in_force(made)
    )
    return {"kind": kind, "signer": next(holders, None)}


def _trusted(view: View, commit: str | None) -> tuple[Principal, ...]:
    """The principals as trust/ named them at a commit."""
    tree = view.repository.tree(commit) if commit else {}
    if PRINCIPALS not in tree:
        return ()
    record: Mapping[str, Any] = parse(view.repository.objects([tree[PRINCIPALS]])[0])
    return principals_of(record)


def _public_key(commit: bytes) -> str | None:
    """The public key inside an SSH signature, as it stands in trust/: base64 of its bytes."""
    from base64 import b64decode, b64encode

    head = commit.partition(b"\n\n")[0]
    coded = head.partition(OPENS)[2].partition(b"-----END")[0]
    try:
        raw = b64decode(b"".join(coded.split()), validate=True)
    except ValueError:
        return None
    # "SSHSIG", a version of four bytes, then the key with its length before it.
    length = int.from_bytes(raw[10:14], "big")
    return b64encode(raw[14 : 14 + length]).decode() if raw[:6] == b"SSHSIG" else None
