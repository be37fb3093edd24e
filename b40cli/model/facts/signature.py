"""Signatures of commits as facts: what git says of them, and the step of history they stand for."""

from datetime import date
from typing import NamedTuple

from b40cli.model.facts.trust import Principal


class Signature(NamedTuple):
    """What git says of a commit's signature.

    `verdict` is git's letter (`%G?`), `kind` is `ssh`, `pgp`, `unknown` or empty for an unsigned
    commit, `key` the key as trust/ writes it, or its fingerprint where no principal holds it.
    """

    kind: str
    verdict: str
    key: str


class Signed(NamedTuple):
    """A commit as far as its signature matters; `day` is the day in Istanbul it claims."""

    oid: str
    parents: tuple[str, ...]
    tree: str
    day: date
    signature: Signature


class LineStep(NamedTuple):
    """One step of the register's line: the commit, what it changes, and who was trusted before.

    `paths` differ from the first parent; `principals` are those of the first parent; `proposal` is
    the second parent of a merge, `confirmations` are later commits of the line that name this one.
    """

    commit: Signed
    paths: tuple[str, ...]
    principals: tuple[Principal, ...]
    proposal: Signed | None = None
    confirmations: tuple[Signed, ...] = ()
