"""Reading: the registry as the files stand, or as it was known at a commit or on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from b40cli.acts.opened.session import network_in
from b40cli.model.answer import UNKNOWN, Answer, Beside, LastVerdict, Result
from b40cli.model.errors import UsageError
from b40cli.model.facts.network import Network
from b40cli.model.finding import Finding
from b40cli.model.state.registry import ARTICLES, Registry
from b40cli.rules.case.law import NO_EDITION, Law, edition_on, law_on, law_told_by
from b40cli.store.cache import Cache
from b40cli.store.git.repository import Repository
from b40cli.store.git.working import Working
from b40cli.store.snapshot import Snapshot, load, read_before

SHAPED_LIKE_A_DAY = r"\d{4}-\d\d-\d\d"


class View(NamedTuple):
    """What every read is given.

    `commit` is the one the answer rests on, or None where working files differ from HEAD; `known`
    is the commit of `--known-at`, where that was asked for; `programs` are files of mode 755.
    """

    repository: Repository
    commit: str | None
    snapshot: Snapshot
    registry: Registry
    network: Network
    on: date
    uncommitted: tuple[str, ...]
    known: str | None = None
    verdict: LastVerdict = UNKNOWN
    programs: tuple[str, ...] = ()

    @property
    def law(self) -> Law:
        """The law of the day asked about."""
        return law_on(self.registry, self.on)

    @property
    def told_by(self) -> Law:
        """The law by which it is told what a city was: see `law_told_by`."""
        return law_told_by(self.registry, self.on)


def open_view(place: Path | None, on: date, known_at: str | None = None) -> View:
    """Open the register for a read; raises UsageError and UnreadableError."""
    repository = Repository.find(place or Path())
    kept = read_before(repository)
    seen = _seen(repository, known_at, kept)
    snapshot = load(repository, seen.oids, kept=kept)
    registry = Registry(snapshot)
    network = network_in(registry)
    commit, differing = None if seen.differing else seen.head, tuple(seen.differing)
    known = seen.head if known_at is not None else None
    return View(
        repository,
        commit,
        snapshot,
        registry,
        network,
        on,
        differing,
        known,
        programs=seen.programs,
    )


def _seen(repository: Repository, known_at: str | None, kept: Cache) -> Working:
    """What the files hold; what is committed, where an act is under way or could not be completed.

    `complete` tells the reader of it. What was read before is read while git looks at the files.
    """
    if known_at is not None:
        return _known_at(repository, known_at)
    behind = repository.lags() and repository.head() is not None
    return _known_at(repository, "HEAD") if behind else repository.standing(kept.texts)


def _known_at(repository: Repository, known_at: str) -> Working:
    commit = _commit(repository, known_at)
    return Working(commit, repository.tree(commit), {}, [], [])


def _commit(repository: Repository, known_at: str) -> str:
    try:
        day = date.fromisoformat(known_at)
    except ValueError:
        return _named(repository, known_at)
    commit = repository.at_day(str(day))
    if commit is None:
        repository.past().refuse_cut_off()
        raise UsageError(
            f"The register knew nothing yet on {day}.", "b40 log tells when its acts were recorded."
        )
    return commit


def _named(repository: Repository, known_at: str) -> str:
    if re.fullmatch(SHAPED_LIKE_A_DAY, known_at):
        raise UsageError(f"{known_at} is no day of the calendar.", "Write one, or a commit.")
    return repository.resolve(known_at)


def answer(
    view: View,
    command: str,
    result: Result,
    told: str | None = None,
    findings: tuple[Finding, ...] = (),
) -> Answer[Result]:
    """The answer of a read."""
    status, beside = view.network.status, names(view)
    on = str(view.on)
    findings = (*findings, *_before_the_law(view))
    told_of = Answer(command, on, status, True, view.commit, findings, result, 0, told, beside)
    return told_of._replace(verdict=view.verdict)


def _before_the_law(view: View) -> Iterator[Finding]:
    """Of a day without an encoded edition it is told what is known, and that no rule is asked."""
    if view.on >= view.network.opened:
        return
    from b40cli.rules.case.rule import RECORD

    edition = edition_on(view.registry, view.on)
    if edition is None or not edition.encoded:
        yield Finding(
            NO_EDITION,
            "note",
            RECORD,
            f"No edition of the statutes that is encoded here was in force on {view.on}: what the "
            "register knows of that day is told, and nothing that a rule would ask.",
            "b40 statutes show tells the editions, and since when they are in force.",
            ARTICLES,
            basis="attested",
        )


def names(view: View) -> Beside:
    """How ids, countries and heads of cities are called, for who reads the answer."""

    def name(key: str) -> str:
        from b40cli.acts.opened.named import called_by

        return called_by(view.registry)(key)

    def country(code: str) -> str:
        from b40cli.acts.opened.named import countries_of

        return countries_of(view.told_by)(code)

    def head(city: str) -> str | None:
        member = view.registry.member(city)
        mayor = member.mayor_on(view.on) if member else None
        return mayor.name if mayor else None

    def point(code: str) -> str:
        from b40cli.acts.opened.named import questions_of

        return questions_of(view.registry)(code)

    return {"name": name, "country": country, "head": head, "point": point}
