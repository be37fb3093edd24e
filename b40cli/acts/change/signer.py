"""Who signed a commit that was just made, by the trust of the state before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from b40cli.model.facts.signature import LineStep, Signature, Signed
from b40cli.model.facts.trust import Principal
from b40cli.store.git.history import istanbul_day
from b40cli.store.git.signers import allowed_signers, fingerprint

if TYPE_CHECKING:
    from b40cli.store.git.repository import Repository
    from b40cli.store.git.repository_signatures import Header


def refused_signature(
    repository: Repository, principals: tuple[Principal, ...], oid: str, paths: tuple[str, ...]
) -> Iterator[str]:
    """What the audit will refuse of a signed commit; a second principal's is told by itself."""
    from b40cli.rules.record.signed.signatures import SECOND, signatures

    header = repository.headers([oid])[oid]
    told = repository.verdicts({oid: header.kind}, allowed_signers(principals, zone="")).get(oid)
    commit = signed(header, told and (told.letter, told.keys), key_of(principals))
    for norm, breach in signatures(LineStep(commit, paths, principals)):
        if norm is not SECOND and breach.kind != "note":
            yield breach.message


def key_of(principals: tuple[Principal, ...]) -> dict[str, str]:
    """The keys on record by their fingerprints."""
    return {fingerprint(key.key): key.key for p in principals for key in p.keys}


def signed(
    header: Header, told: tuple[str, tuple[str, ...]] | None, holders: Mapping[str, str]
) -> Signed:
    """A commit with git's letter about its signature, and the key as it stands on record."""
    letter, keys = told or ("N", ())
    key = next((holders[k] for k in keys if k in holders), keys[0] if keys else "")
    signature = Signature(header.kind, letter, key)
    day = date.fromisoformat(istanbul_day(header.time))
    return Signed(header.oid, header.parents, header.tree, day, signature)
