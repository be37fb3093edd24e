"""Who signed history: every commit of the register's line, by the trust its parent held.

`verified` is all the audit needs. What git said of a commit whose SSH signature held is remembered
beside the repository; forgetting it never changes an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from b40cli.acts.change.signer import key_of, signed
from b40cli.model.digest import sha256
from b40cli.model.facts.signature import LineStep, Signed
from b40cli.model.facts.trust import Principal, principals_of
from b40cli.model.finding import Finding
from b40cli.model.ref import ref_of
from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.registry import PRINCIPALS
from b40cli.rules.case.rule import Breach
from b40cli.rules.record.signed.signatures import UNREADABLE, Norm, signatures
from b40cli.rules.record.signed.trust import continues
from b40cli.store.cache import Cache
from b40cli.store.git.commit_stream import Recorded, line_of
from b40cli.store.git.repository import Repository
from b40cli.store.git.signers import allowed_signers
from b40cli.store.reading import read

if TYPE_CHECKING:
    from b40cli.store.git.commit_stream import FileChange
    from b40cli.store.git.repository_signatures import Header, SignatureCheck

AT_ONCE = 500
Watch = Callable[[int, int], None]
HELD = "G"
CONFIRMS = "B40-Confirms"


class Trust(NamedTuple):
    """The principals of one version of trust/principals.yaml; `broken` where nobody can read it."""

    principals: tuple[Principal, ...] = ()
    broken: bool = False


class SigningCheck(NamedTuple):
    """A commit, what it changes against a parent, and the bytes of the trust/ this one held."""

    recorded: Recorded
    changes: tuple[FileChange, ...]
    held: bytes
    along: bool = True


def verified(
    repository: Repository, history: Sequence[Recorded], watch: Watch | None = None
) -> Iterator[Finding]:
    """What is wrong with the signatures of the first-parent line that ends in the last commit.

    Each finding names its commit in `facts`. Commits of side lines are answered for by who signed
    the merge. Nothing is asked of a commit whose parent held no trust/. `watch` is told how many
    of how many were asked about.
    """
    line = line_of(history)
    asked = list(_questions(repository, line))
    naming = _confirmations(line)
    done = 0
    for held, together in groupby(asked, lambda question: question.held):
        stretch = list(together)
        for n in range(0, len(stretch), AT_ONCE):
            part = stretch[n : n + AT_ONCE]
            yield from _of_one_trust(repository, part, _trust(held), naming)
            done += len(part)
            if watch is not None:
                watch(done, len(asked))


def _questions(repository: Repository, line: Sequence[Recorded]) -> Iterator[SigningCheck]:
    """The commits of the line, oldest first, each with the trust/ that its parent held.

    Where that was taken away, what it held before stands in for it: that frees nobody.
    """
    parents = line[:1] and line[0].parents[:1]
    (held,) = _held(repository, parents) if parents else (None,)
    changed = [c.now for r in line for c in r.changes if c.path == PRINCIPALS and c.now]
    bytes_of = dict(zip(changed, repository.past().bytes_of(changed), strict=True))
    merged = [(r.oid, other) for r in line for other in r.parents[1:]]
    besides = dict(zip(merged, _held(repository, [p for _oid, p in merged]), strict=True))
    for r in line:
        if held is not None:
            yield SigningCheck(r, r.changes, held)
        for other in r.parents[1:]:
            yield from _besides(repository, r, other, besides[r.oid, other], held)
        now = next((bytes_of.get(c.now or "") for c in r.changes if c.path == PRINCIPALS), None)
        held = held if now is None else now


def _held(repository: Repository, commits: Sequence[str]) -> list[bytes | None]:
    return repository.past().held(commits, PRINCIPALS)


def _besides(
    repository: Repository, r: Recorded, other: str, held: bytes | None, first: bytes | None
) -> Iterator[SigningCheck]:
    """A merge answers to the trust/ of another parent, too, unless that is an earlier state of the
    first parent's: nobody gets round it by merging the line into one that begins before it.
    """
    if held is None or held == first:
        return
    trust, known = _trust(held), _trust(first) if first else Trust()
    if trust.broken or not continues(trust.principals, known.principals):
        changes = repository.past().differences([(other, r.oid)])[0]
        yield SigningCheck(r, changes, held, along=False)


def _confirmations(line: Iterable[Recorded]) -> dict[str, tuple[str, ...]]:
    """Per commit, the later commits of the line that name it as confirmed, by its full name."""
    found: dict[str, tuple[str, ...]] = {}
    for recorded in line:
        for named in recorded.commit.trailers.get(CONFIRMS, "").split():
            found[named] = (*found.get(named, ()), recorded.oid)
    return found


def _trust(data: bytes) -> Trust:
    import json

    text = read(PRINCIPALS, data).text
    return Trust(broken=True) if text is None else Trust(principals_of(json.loads(text)))


def _of_one_trust(
    repository: Repository,
    asked: Sequence[SigningCheck],
    trust: Trust,
    naming: Mapping[str, tuple[str, ...]],
) -> Iterator[Finding]:
    if trust.broken:
        yield from (_unreadable(question.recorded) for question in asked)
        return
    headers = _headers(repository, [question.recorded for question in asked], naming)
    told = _verdicts(repository, headers, trust.principals)
    holders = key_of(trust.principals)
    by_oid = {oid: signed(header, told.get(oid), holders) for oid, header in headers.items()}
    for question in asked:
        step = _step(repository, question, trust.principals, by_oid, naming)
        for norm, breach in signatures(step):
            yield _finding(step.commit.oid, norm, breach)


def _step(
    repository: Repository,
    question: SigningCheck,
    principals: tuple[Principal, ...],
    by_oid: Mapping[str, Signed],
    naming: Mapping[str, tuple[str, ...]],
) -> LineStep:
    commit = by_oid[question.recorded.oid]
    merging = question.along and len(commit.parents) == 2
    proposal = by_oid[commit.parents[1]] if merging else None
    confirmed = tuple(by_oid[oid] for oid in naming.get(commit.oid, ()))
    paths = tuple(_paths(repository, question.changes))
    return LineStep(commit, paths, principals, proposal, confirmed)


def _headers(
    repository: Repository, line: Sequence[Recorded], naming: Mapping[str, tuple[str, ...]]
) -> dict[str, Header]:
    """The commits, what each merge of two brings in, and what confirms any of them later."""
    commits = repository.headers(recorded.oid for recorded in line)
    others = {h.parents[1] for h in commits.values() if len(h.parents) == 2}
    others |= {oid for recorded in line for oid in naming.get(recorded.oid, ())}
    more = sorted(others - commits.keys())
    return commits | repository.headers(more) if more else commits


def _verdicts(
    repository: Repository, headers: Mapping[str, Header], principals: tuple[Principal, ...]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Git's letter and the keys, from memory or from git."""
    signers = allowed_signers(principals, zone="")
    cache = Cache(repository.cache_folder(), "signatures")
    version = sha256(signers.encode()).hexdigest()[:20]
    known = cache.texts()
    kept = {oid: known[f"{oid}:{version}"] for oid in headers if f"{oid}:{version}" in known}
    asked = {oid: h.kind for oid, h in headers.items() if h.kind and oid not in kept}
    fresh = repository.verdicts(asked, signers)
    cache.add((f"{oid}:{version}", v.keys[0]) for oid, v in fresh.items() if _lasts(v))
    remembered = {oid: (HELD, (key,)) for oid, key in kept.items()}
    return remembered | {oid: (verdict.letter, verdict.keys) for oid, verdict in fresh.items()}


def _lasts(verdict: SignatureCheck) -> bool:
    """Whether the answer hangs on the commit and the signers alone, not on a keyring or the day."""
    return verdict.letter == HELD and bool(verdict.keys) and verdict.keys[0].startswith("SHA256:")


def _paths(repository: Repository, changes: Iterable[FileChange]) -> Iterator[str]:
    """What a commit changes; a correction changes the record it corrects as well."""
    for change in changes:
        yield change.path
        if change.path.startswith(CORRECTIONS) and change.now:
            yield from _corrected(repository, change.path, change.now)


def _corrected(repository: Repository, path: str, oid: str) -> Iterator[str]:
    import json

    for data in repository.past().bytes_of([oid]):
        text = None if data is None else read(path, data).text
        if text is not None:
            yield ref_of(json.loads(text)["corrects"]).path


def _finding(commit: str, norm: Norm, breach: Breach) -> Finding:
    kind = breach.kind or norm.kind
    facts = {"commit": commit, **breach.facts}
    return Finding(
        norm.name, kind, norm.article, breach.message, breach.remedy, PRINCIPALS, facts=facts
    )


def _unreadable(recorded: Recorded) -> Finding:
    said = "The trust/ that its parent held cannot be read."
    return _finding(recorded.oid, UNREADABLE, Breach(said, UNREADABLE.cure))
