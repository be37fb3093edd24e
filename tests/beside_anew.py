"""Whatever an act puts to the judge is put once more, of states made anew: the same is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from b40cli.acts.change import perform
from b40cli.acts.judge.judging import judge_change
from b40cli.acts.judge.taken_in import Blob
from b40cli.model.finding import Finding
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge


@contextmanager
def held_beside_anew() -> Iterator[list[Collection[str]]]:
    """Of every act that is judged while this lasts, and of the state that it would leave.

    Gives what each changes. The state before says the same afterwards, too: accepted or refused, an
    act has changed nothing in it.
    """
    compared: list[Collection[str]] = []

    def judged(
        before: Registry, after: Registry, changed: Collection[str], on: date, *, blob: Blob
    ) -> tuple[Finding, ...]:
        found = judge_change(before, after, changed, on, blob=blob)
        was, now = (Registry(state.records, state.law) for state in (before, after))
        assert found == judge_change(was, now, changed, on, blob=blob), changed
        told = [judge(Case(None, state, on), changed) for state in (before, was, after, now)]
        assert told[0] == told[1] and told[2] == told[3], changed
        compared.append(changed)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(perform, "judge_change", judged)
        yield compared
