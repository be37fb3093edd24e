"""A state of the registry as records: every byte read through one door, then by content.

Whatever a command asks, all files of the state have passed the dialect and their schemas first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from b40cli.model.errors import MissingObject, UnreadableError, UsageError
from b40cli.model.finding import Finding, in_order
from b40cli.model.state.registry import RULESETS
from b40cli.model.wording import counted
from b40cli.store.cache import Cache
from b40cli.store.correcting import misshapen
from b40cli.store.git.guard.safe_paths import blob_oid
from b40cli.store.git.repository import Repository
from b40cli.store.reading import Reading, read
from b40cli.store.two_processes import in_two

# Texts whose content was looked at last are kept read: one record is asked about by many rules.
MOST_READ = 200


class Snapshot:
    """Records by path, as JSON text until somebody looks."""

    def __init__(self, tree: Mapping[str, str], texts: Mapping[str, str]) -> None:
        self.tree = tree
        self.texts = texts
        self._read: dict[str, Any] = {}
        self._named: dict[tuple[str, str], tuple[str, ...]] = {}
        self._below: dict[str, list[str]] = {}

    def with_changes(self, tree: Mapping[str, str], texts: Mapping[str, str]) -> Snapshot:
        """Another state; what was read of the texts that are the same need not be read again."""
        other = Snapshot(tree, texts)
        same = ((p, r) for p, r in self._read.items() if texts.get(p) is self.texts[p])
        other._read.update(same)
        return other

    def __contains__(self, path: object) -> bool:
        return path in self.tree

    def __iter__(self) -> Iterator[str]:
        return iter(self.tree)

    def __getitem__(self, path: str) -> Any:
        if path not in self._read:
            if len(self._read) > MOST_READ:
                self._read.clear()
            self._read[path] = json.loads(self.texts[path])
        return self._read[path]

    def version(self, path: str) -> str:
        """The hash of the record's bytes."""
        return self.tree[path]

    def text(self, path: str) -> str:
        """The record as JSON."""
        return self.texts[path]

    def naming(self, reference: str, folder: str = "") -> Iterator[str]:
        """The records whose text contains the reference; each text is looked into once."""
        key = (reference, folder)
        if key not in self._named:
            self._named[key] = tuple(self._search(reference, folder))
        return iter(self._named[key])

    def _search(self, reference: str, folder: str) -> Iterator[str]:
        now = self.texts
        if folder not in self._below:
            self._below[folder] = [p for p in now if p.startswith(folder)] if folder else [*now]
        return (path for path in self._below[folder] if reference in now[path])


def read_before(repository: Repository) -> Cache:
    """The records that any command has read."""
    return Cache(repository.cache_folder(), "records")


def load(
    repository: Repository,
    tree: Mapping[str, str],
    beside: Snapshot | None = None,
    kept: Cache | None = None,
) -> Snapshot:
    """The records of a tree; UnreadableError with every defect where one cannot be read.

    And where the register is on a rule set that only a later version knows, whatever else is new.
    Where it differs little from a state `beside` it, what is the same is taken from there; else
    what was read before, which somebody may have `kept` already.
    """
    readable, findings = texts_of(repository, tree, beside, kept)
    refuse_newer(repository, tree, readable)
    texts = {path: readable.get(path, "") for path in tree} if findings else readable
    fitting = Cache(repository.cache_folder(), "corrected")
    findings = (*findings, *misshapen(texts, kept=fitting))
    if findings:
        counted, ordered = _defects_said(findings)
        raise UnreadableError(
            f"The registry cannot be read: {counted}.", "Mend what is listed, then repeat.", ordered
        )
    return Snapshot(tree, texts)


def refuse_newer(
    repository: Repository, tree: Mapping[str, str], texts: Mapping[str, str] | None = None
) -> None:
    """Stop before a register whose law this version does not know, naming the one that does.

    A later version may write more into that record than its schema here allows: what is not among
    the texts is read without it.
    """
    if RULESETS not in tree:
        return
    from b40cli.store.newer import newer_than_known, without_schema

    text = (texts or {}).get(RULESETS)
    held = repository.blobs([tree[RULESETS]]) if text is None else ()
    record = json.loads(text) if text is not None else without_schema(dict(held).popitem()[1])
    if (found := newer_than_known(record)) is not None:
        raise found


def texts_of(
    repository: Repository,
    tree: Mapping[str, str],
    beside: Snapshot | None = None,
    kept: Cache | None = None,
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """The records of a tree that can be read, and what is wrong with the others."""
    cache = kept or read_before(repository)
    if beside is None:
        known = cache.texts()
        texts = {path: known.get(key(path, oid), "") for path, oid in tree.items()}
    else:
        there, of = beside.tree, beside.texts
        texts = {path: of[path] if there.get(path) == oid else "" for path, oid in tree.items()}
    missing = {path: tree[path] for path, text in texts.items() if not text}
    if not missing:
        return texts, ()
    found, findings = _read_all(repository, missing)
    if beside is None:
        cache.add((key(path, tree[path]), text) for path, text in found.items())
    texts |= found
    return {path: text for path, text in texts.items() if text}, findings


def key(path: str, oid: str) -> str:
    """What a record is kept under: its kind is that of its path."""
    return f"{path}:{oid}"


def overlay(before: Snapshot, changes: Mapping[str, bytes]) -> Snapshot:
    """The records as they would be with exactly these bytes; UsageError where one is none.

    The register can be read: it is what was asked for that makes no record.
    """
    tree, texts = dict(before.tree), dict(before.texts)
    like = next(iter(tree.values()), "0" * 40)
    findings: list[Finding] = []
    for path, data in changes.items():
        tree[path] = blob_oid(data, like)
        reading = read(path, data)
        findings += reading.findings
        texts[path] = reading.text or ""
    findings += misshapen(texts, changes)
    if findings:
        counted, ordered = _defects_said(findings)
        raise UsageError(
            f"What was asked for makes no record: {counted}.",
            "Nothing was written; correct what is listed, then repeat.",
            ordered,
        )
    return before.with_changes(tree, texts)


def keep(repository: Repository, held: Snapshot, paths: Iterable[str]) -> None:
    """Keep records that an act has read and written: the next command need not read them again."""
    texts = ((key(path, held.tree[path]), held.texts[path]) for path in paths)
    read_before(repository).add(texts)


def _defects_said(findings: Iterable[Finding]) -> tuple[str, tuple[Finding, ...]]:
    ordered = in_order(findings)
    files = len({finding.file for finding in ordered})
    where = "one file" if files == 1 else counted(files, "file")
    said = f"{counted(len(ordered), 'defect')} in {where}"
    return "one defect" if len(ordered) == 1 else said, ordered


def _read_all(
    repository: Repository, missing: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Read what no cache knows."""
    found = in_two(lambda items: list(_read_some(repository, items)), list(missing.items()))
    texts = {path: reading.text for path, reading in found if reading.text is not None}
    return texts, tuple(f for _path, reading in found for f in reading.findings)


def _read_some(
    repository: Repository, items: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, Reading]]:
    paths: dict[str, list[str]] = {}
    for path, oid in items:
        paths.setdefault(oid, []).append(path)
    try:
        for oid, data in repository.blobs(paths):
            for path in paths[oid]:
                yield path, read(path, data)
    except MissingObject as lost:
        raise MissingObject(lost.oid, tuple(paths[lost.oid])) from lost
