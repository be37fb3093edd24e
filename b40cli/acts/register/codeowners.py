"""CODEOWNERS from offices: whose review the host asks for before a path may change."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from b40cli.acts.opened.view import View, answer
from b40cli.acts.register.generated import drift
from b40cli.acts.register.trust import heading
from b40cli.model.answer import Answer
from b40cli.model.facts.trust import Principal

if TYPE_CHECKING:
    from b40cli.model.results.trust import Codeowners

RULE = "codeowners-from-offices"
SECRETARIAT_TEAM = ("permanent-secretary", "secretariat")
COMMITTEE_TEAM = ("executive-committee", "president")
REVIEW = ("reviewer",)
EVERYBODY = (*SECRETARIAT_TEAM, *COMMITTEE_TEAM, "mayor-of-istanbul", *REVIEW)
# The last line that matches a path counts. Nobody is asked about their own office alone.
ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("/registry/", (*SECRETARIAT_TEAM, *REVIEW)),
    ("/registry/presidencies/", (*SECRETARIAT_TEAM, "president", *REVIEW)),
    ("/registry/committee/", (*SECRETARIAT_TEAM, *COMMITTEE_TEAM, *REVIEW)),
    ("/registry/decisions/*/EC-*", (*COMMITTEE_TEAM, *REVIEW)),
    ("/registry/decisions/*/PR-*", ("president", *REVIEW)),
    ("/registry/decisions/*/MI-*", ("mayor-of-istanbul", *REVIEW)),
    ("/registry/secretariat.yaml", ("mayor-of-istanbul", "president", *REVIEW)),
    ("/registry/statutes/", EVERYBODY),
    ("/registry/trust/", EVERYBODY),
    ("/.github/", EVERYBODY),
    ("/.gitlab-ci.yml", EVERYBODY),
    ("/.gitlab/", EVERYBODY),
    ("/CODEOWNERS", EVERYBODY),
)


def codeowners(view: View, check: Path | None = None) -> Answer[Codeowners]:
    """The file, for the principals in force on the day; with `check`, whether a file is it."""
    text = heading(view, "trust codeowners") + _lines(view.registry.principals(), view.on)
    result: Codeowners = {"file": text, "checked": str(check) if check else None}
    if check is None:
        return answer(view, "trust codeowners", result, told=text)
    findings = drift(check, text, RULE, "trust codeowners")
    told = f"{check} is what the register generates." if not findings else ""
    said = answer(view, "trust codeowners", result, told, findings)
    return said._replace(ok=not findings, exit_code=1 if findings else 0)


def _lines(principals: tuple[Principal, ...], day: date) -> str:
    owners = [p for p in principals if p.handle and p.in_force(day)]
    return "".join(_line(path, _handles(owners, offices)) for path, offices in ROWS)


def _handles(owners: list[Principal], offices: tuple[str, ...]) -> str:
    """In the order of the offices, then of the record."""
    found = [p.handle for office in offices for p in owners if p.office == office and p.handle]
    return " ".join(dict.fromkeys(found))


def _line(path: str, handles: str) -> str:
    """A path without an owner would need nobody's review: it is left to the line above."""
    return f"{path} {handles}\n" if handles else f"# {path} has no principal with a handle\n"
