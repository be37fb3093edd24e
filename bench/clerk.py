"""A clerk who acts on a register day by day, as the commands do, and takes no refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from b40cli.acts.change.perform import perform
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.session import Session, open_session
from b40cli.model.answer import Answer
from b40cli.model.state.registry import Registry

Make = Callable[[Session], Proposal[Any]]


class Refused(Exception):
    """A history told as lawful was not."""


class Clerk:
    """Acts on one register; `today` is the clock, `acts` how many were done."""

    def __init__(self, folder: Path, today: date) -> None:
        self.folder = folder
        self.today = today
        self.acts = 0

    def act(self, day: date, make: Make) -> Answer[Any]:
        """One act, one commit; Refused where the judge finds anything without effect."""
        session = self.session(day)
        answer = perform(session, make(session))
        wrong = [f"{f.rule}: {f.message}" for f in answer.findings if f.kind == "validity"]
        if wrong or answer.exit_code or answer.commit is None:
            raise Refused(f"{day} {answer.told}: {' '.join(wrong)}")
        self.acts += 1
        return answer

    def session(self, day: date | None) -> Session:
        """The register opened for an act."""
        return open_session(self.folder, self.today, day)

    def registry(self) -> Registry:
        """The register at HEAD."""
        return self.session(None).before


def time(day: date, hour: int = 9, minute: int = 0) -> str:
    """An hour of a day as records say it."""
    return f"{day}T{hour:02d}:{minute:02d}:00+03:00"
