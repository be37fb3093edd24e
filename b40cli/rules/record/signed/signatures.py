"""Who must have signed a commit: pure questions about one step of the register's line.

The trust asked is that of the commit's first parent, so nobody lets themselves in. A second
principal confirms by a signed merge that adds nothing to the one commit it brings in, or by a later
signed commit that names the one it confirms (docs/adr/0001-second-signature.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from b40cli.model.facts.signature import LineStep, Signature, Signed
from b40cli.model.facts.trust import Key, Principal
from b40cli.model.finding import Kind
from b40cli.model.ref import ROOT
from b40cli.rules.case.rule import RECORD, Breach

# Git's letters for a signature that holds: of an SSH key only where the signers file has it; of an
# OpenPGP key also where the web of trust is silent, since trust/ says whose key it is.
HOLDS = {False: ("G",), True: ("G", "U")}
PGP = "gpg:"
ENDED = ("X", "Y", "R")
TWO_SIGN = ("trust/", "statutes/", "papers/", "network.yaml", "secretariat.yaml", "decisions/MI-")
OWN_OFFICE = {"president": ("presidencies/",), "executive-committee": ("committee/",)}
# Which records an office may put its name under alone; `decisions/` is told without the year.
BODIES = ("members/", "groups/", "presidencies/", "committee/", "meetings/", "duties/", "evidence/")
MAY_RECORD: dict[str | None, tuple[str, ...]] = {
    "permanent-secretary": ("",),
    "secretariat": ("",),
    "president": (*BODIES, "observers/", "decisions/PR-", "trust/"),
    "executive-committee": (*BODIES, "decisions/EC-", "trust/"),
    "mayor-of-istanbul": ("decisions/MI-", "secretariat.yaml", "evidence/", "trust/"),
}


class Norm(NamedTuple):
    """One rule about signatures, explained as any other; the audit asks it, not the judge."""

    name: str
    norm: str
    fails: str
    cure: str
    kind: Kind = "validity"
    article: str = RECORD
    parameters: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    since: int = 1


UNSIGNED = Norm(
    "commit-unsigned",
    "From the day the first key is in force, every commit is signed.",
    "An act recorded where git is not set to sign.",
    "git config --global commit.gpgsign true, with gpg.format and user.signingkey; what was not "
    "sent yet is signed by git commit --amend --no-edit -S.",
)
BAD = Norm(
    "signature-bad",
    "A signature is of the very commit it stands in.",
    "A message reworded after the commit was signed.",
    "Restore the commit that was signed.",
)
UNCHECKED = Norm(
    "signature-unverifiable",
    "A signature that nobody can check counts for nothing.",
    "An OpenPGP signature whose public key the auditor does not have.",
    "Bring in the public key (gpg --import), then audit again.",
)
UNKNOWN = Norm(
    "key-unknown",
    "A commit is signed with a key that trust/ of its parent names, for one principal.",
    "A key that is added to trust/ by the commit it signs.",
    "A principal who is known records the key first: b40 trust add.",
)
NOT_IN_FORCE = Norm(
    "key-not-in-force",
    "A key signs from its first day until the day it ends, by the time the commit states.",
    "A commit signed with a key that was revoked the day before.",
    "Sign with a key in force; b40 trust signers shows them.",
)
NOT_ITS_OFFICE = Norm(
    "office-may-not-record",
    "A principal records what belongs to its office; the Secretariat records any body's act.",
    "A reviewer who changes a member's record instead of confirming it.",
    "Let the Secretariat record it, and confirm by merging its commit.",
)
SECOND = Norm(
    "second-signature-missing",
    "trust/, statutes/, papers/, network.yaml and records about one's own office carry a second "
    "principal's signature.",
    "A secretary who records their own appointment and nobody else signs it.",
    "A second principal merges the one commit (git merge --no-ff -S BRANCH), or names it in a "
    "signed commit after it: git commit -S --allow-empty --trailer B40-Confirms=COMMIT.",
)
UNREADABLE = Norm(
    "trust-unreadable",
    "The principals of every commit can be read.",
    "A commit that leaves trust/principals.yaml broken, so that nobody could check the next.",
    "Restore trust/principals.yaml.",
)
NORMS = (UNSIGNED, BAD, UNCHECKED, UNKNOWN, NOT_IN_FORCE, NOT_ITS_OFFICE, SECOND, UNREADABLE)

NormBreaches = Iterator[tuple[Norm, Breach]]


def signatures(step: LineStep) -> NormBreaches:
    """What is wrong with the signatures of one step; nothing where nobody was trusted before."""
    if not step.principals:
        return
    if not step.commit.signature.kind:
        yield UNSIGNED, _unsigned(step)
        return
    signer = signed_by(step.commit, step.principals, step.commit.day)
    if not isinstance(signer, Principal):
        yield signer
        return
    signers = tuple({p.id: p for p in (signer, *_confirmed(step))}.values())
    yield from _offices(step, signers)
    yield from _second(step, signers)


def _unsigned(step: LineStep) -> Breach:
    first = min(key.start for principal in step.principals for key in principal.keys)
    required = first <= step.commit.day
    since = f"since {first}" if required else f"from {first} on"
    return Breach(
        f"The commit is not signed; signatures are required {since}.",
        UNSIGNED.cure,
        facts={"required_from": str(first)},
        kind=None if required else "note",
    )


def signed_by(
    commit: Signed, principals: tuple[Principal, ...], day: date
) -> Principal | tuple[Norm, Breach]:
    """The one principal whose key, in force on the day, signed the commit; or what is wrong."""
    signature = commit.signature
    # Of rubbish git says one letter or another; an SSH signature is either good or bad.
    given_up = signature.kind == "ssh" and signature.verdict in ("E", "N")
    if signature.verdict == "B" or given_up:
        return BAD, Breach("The signature is not of this commit.", BAD.cure)
    if signature.verdict in ("E", "N"):
        return UNCHECKED, _unchecked(signature)
    holders = [(p, key) for p in principals for key in p.holding(signature.key)]
    if len({principal.id for principal, _key in holders}) != 1:
        return UNKNOWN, _unknown(signature, holders)
    in_force = any(key.in_force(day) for _principal, key in holders)
    if not in_force or signature.verdict in ENDED:
        return NOT_IN_FORCE, _not_in_force(holders[-1], day)
    if signature.verdict not in HOLDS[signature.key.startswith(PGP)]:
        return UNCHECKED, _unchecked(signature)
    return holders[0][0]


def _unchecked(signature: Signature) -> Breach:
    return Breach(
        f"The signature ({signature.kind}) cannot be checked here.",
        UNCHECKED.cure,
        facts={"kind": signature.kind, "key": signature.key},
    )


def _unknown(signature: Signature, holders: list[tuple[Principal, Key]]) -> Breach:
    whose = f"more than one principal ({len(holders)})" if holders else "no principal"
    return Breach(
        f"The commit is signed with a key of {whose} of its parent's trust/.",
        UNKNOWN.cure,
        facts={"key": signature.key},
    )


def _not_in_force(holder: tuple[Principal, Key], day: date) -> Breach:
    principal, key = holder
    when = f"from {key.start}" + (f" until {key.until}" if key.until else "")
    why = f", revoked: {key.reason}" if key.reason else ""
    return Breach(
        f"The commit of {day} is signed with a key of {principal.id} that is in force {when}{why}.",
        NOT_IN_FORCE.cure,
        facts={
            "principal": principal.id,
            "day": str(day),
            "from": str(key.start),
            "until": str(key.until) if key.until else None,
        },
    )


def _confirmed(step: LineStep) -> Iterator[Principal]:
    """The further principals whose names stand under the very same content.

    Who signed the one commit that a merge brings in without adding anything to it: that key must be
    in force when it is confirmed, too, so that an old key and an old day do not suffice. And who
    signed a later commit that names this one. All of them by the trust of before: what a commit
    says of keys never confirms itself.
    """
    for days, commit in _seconds(step):
        found = [signed_by(commit, step.principals, day) for day in days]
        known = [each for each in found if isinstance(each, Principal)]
        if len(known) == len(days):
            yield known[0]


def _seconds(step: LineStep) -> Iterator[tuple[tuple[date, ...], Signed]]:
    """What could carry a second signature, and the days on which its key must be in force."""
    commit, proposal = step.commit, step.proposal
    alone = (commit.tree, commit.parents[:1])
    if proposal is not None and (proposal.tree, proposal.parents) == alone:
        yield (proposal.day, commit.day), proposal
    for confirmation in step.confirmations:
        yield (confirmation.day,), confirmation


def _offices(step: LineStep, signers: tuple[Principal, ...]) -> NormBreaches:
    allowed = tuple(p for signer in signers for p in MAY_RECORD.get(signer.office, ()))
    outside = [path for path in step.paths if not _place(path).startswith(allowed)]
    if outside:
        who = " and ".join(f"{s.id} ({s.office or 'no office'})" for s in signers)
        yield (
            NOT_ITS_OFFICE,
            Breach(
                f"The commit is signed by {who} and changes {_told(outside)}.",
                NOT_ITS_OFFICE.cure,
                facts={"principals": [s.id for s in signers], "paths": outside},
            ),
        )


def two_sign(paths: Iterable[str], offices: Iterable[str | None] = ()) -> list[str]:
    """The records among these that one of these offices may not change alone."""
    own = tuple(p for office in offices for p in OWN_OFFICE.get(office or "", ()))
    return [path for path in paths if _place(path).startswith((*TWO_SIGN, *own))]


def _second(step: LineStep, signers: tuple[Principal, ...]) -> NormBreaches:
    asking = two_sign(step.paths, (signer.office for signer in signers))
    if not asking or len(signers) > 1:
        return
    others = [p for p in step.principals if p.id != signers[0].id and p.in_force(step.commit.day)]
    there = "" if others else " There was no other principal who could have."
    yield (
        SECOND,
        Breach(
            f"The commit changes {_told(asking)} under the signature of {signers[0].id} alone."
            f"{there}",
            SECOND.cure if others else "Name a second principal: b40 trust add.",
            facts={"principal": signers[0].id, "paths": asking},
            kind=None if others else "note",
        ),
    )


def _place(path: str) -> str:
    """Below registry/, and a decision without its year: `decisions/MI-2026-001.yaml`."""
    below = path.removeprefix(ROOT)
    return f"decisions/{below.rsplit('/', 1)[1]}" if below.startswith("decisions/") else below


def _told(paths: list[str]) -> str:
    first = paths[0].removeprefix(ROOT)
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"
