"""`doctor`: whether this clone can do its work: identity, signing, remote, clock, rule set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.errors import WorldError
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.wording import counted
from b40cli.rules.case.law import newest_in, rule_set_on
from b40cli.store.git.signers import fingerprint
from b40cli.store.git.trees import in_form
from b40cli.store.git.whoever import signing_key, signs

if TYPE_CHECKING:
    from b40cli.model.results.cities import Health, HealthCheck

EDITOR = (".vscode/settings.json", ".helix/languages.toml", ".editorconfig")


def doctor(view: View, now: date) -> Answer[Health]:
    """Each thing that is looked at: whether it is well, what is to be said, and what cures it."""
    parts = (_identity, _signing, _remote, _hooks, _rule_set, _files, _editor)
    checks = [each for part in parts for each in part(view)]
    checks += _clock(view, now)
    well = all(check["well"] for check in checks)
    return answer(view, "doctor", {"well": well, "checks": checks})


def _check(what: str, says: str, cure: str | None = None, *, absent: bool = False) -> HealthCheck:
    return {"what": what, "well": cure is None, "says": says, "cure": cure, "absent": absent}


def _identity(view: View) -> Iterator[HealthCheck]:
    try:
        yield _check("identity", f"You act as {view.repository.actor()}.")
    except WorldError as error:
        yield _check("identity", error.message, error.remedy)


def _signing(view: View) -> Iterator[HealthCheck]:
    signing, asked = signs(view.repository.calls), bool(view.registry.principals())
    if signing and asked and _signs_for_none(view):
        said = "Git signs your commits with a key of no office in force: the audit refuses them."
        yield _check("signing", said, "git config --global user.signingkey FILE")
    elif signing:
        yield _check("signing", "Git signs your commits.")
    elif asked:
        said = "Keys are on record, and git does not sign your commits: the audit refuses them."
        yield _check("signing", said, "git config --global commit.gpgsign true")
    else:
        yield _check("signing", "Git does not sign your commits; no key is on record.", absent=True)


def _signs_for_none(view: View) -> bool:
    """Whether the key is known to be none that may sign an act that day."""
    key = signing_key(view.repository.calls)
    offices = [principal for principal in view.registry.principals() if principal.office]
    may = (each.key for p in offices for each in p.keys if each.in_force(view.on))
    return key is not None and fingerprint(key) not in map(fingerprint, may)


def _remote(view: View) -> Iterator[HealthCheck]:
    try:
        shared = view.repository.exchange().shared
    except WorldError as error:
        yield _check("remote", error.message, error.remedy or "git remote add origin ADDRESS")
        return
    yield _check("remote", f"This branch is shared as {shared}.")


def _hooks(view: View) -> Iterator[HealthCheck]:
    there = (view.repository.root / ".pre-commit-config.yaml").exists()
    said = "Pre-commit judges what is committed by hand" if there else "No hook is set up"
    yield _check("hooks", f"{said}; b40 judges its own acts without one.", absent=not there)


def _rule_set(view: View) -> Iterator[HealthCheck]:
    taken, newest = rule_set_on(view.registry, view.on), max(KNOWN_SETS)
    later = [s for s in view.registry.rule_sets() if s.number > taken]
    said = "".join(f" Set {s.number} is taken in, in force from {s.start}." for s in later)
    if newest_in(view.registry) < newest:
        said = f"Rule set {taken} is in force; set {newest} can be taken in.{said}"
        yield _check("rule set", said, "b40 statutes upgrade --dry-run")
    elif later:
        yield _check("rule set", f"Rule set {taken} is in force.{said}")
    else:
        yield _check("rule set", f"Rule set {taken} is in force, the newest there is.")


def _files(view: View) -> Iterator[HealthCheck]:
    try:  # a read takes the files as they lie; an act would stop at HEAD's folders
        if (head := view.repository.head()) is not None:
            in_form(view.repository.calls, head)
    except WorldError as error:
        yield _check("files", error.message, error.remedy)
        return
    many = len(view.uncommitted)
    if many:
        differ = "differs" if many == 1 else "differ"
        said = f"{counted(many, 'working file')} {differ} from what is committed."
        yield _check("files", said, "git status shows them; b40 check judges them")
    else:
        yield _check("files", "The working files are what is committed.")


def _editor(view: View) -> Iterator[HealthCheck]:
    found = next((name for name in EDITOR if (view.repository.root / name).exists()), None)
    said = f"{found} is there" if found else "No editor is set up for the records' schemas"
    told = f"{said}; schemas/ has one for each kind of record."
    yield _check("editor", told, absent=not found)


def _clock(view: View, now: date) -> Iterator[HealthCheck]:
    last = next(iter(view.repository.log(limit=1)), None)
    if last is not None and last.day > str(now):
        said = f"The last commit is of {last.day}; this clock says {now}."
        yield _check("clock", said, "Set the clock of this machine right")
    else:
        yield _check("clock", f"This clock says {now}, and no commit is later.")
