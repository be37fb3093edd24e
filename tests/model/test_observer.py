"""Observers: until when an invitation holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from b40cli.model.facts.observer import Observer, observer_of
from b40cli.rules.facts.observing import invited
from tests.invented import registry


def observer(*invitations: dict[str, Any], **more: Any) -> Observer:
    """An observer invited on certain days."""
    data = {"id": "at-bergstadt", "name": "Bergstadt", "kind": "association", **more}
    return observer_of("registry/observers/at-bergstadt.yaml", data | {"invitations": invitations})


def to(on: str, until: str | None = None) -> dict[str, Any]:
    return {"to": "ga", "on": on, **({"until": until} if until else {})}


@pytest.mark.parametrize(
    ("invitation", "ended", "end"),
    [
        (to("2026-02-01"), None, None),
        (to("2026-02-01", "2026-05-01"), None, "2026-05-01"),
        (to("2026-02-01"), "2026-04-01", "2026-04-01"),
        (to("2026-02-01", "2026-05-01"), "2026-04-01", "2026-04-01"),
        (to("2026-02-01", "2026-03-01"), "2026-04-01", "2026-03-01"),
        (to("2026-04-01"), "2026-04-01", None),
        (to("2026-04-02", "2026-05-01"), "2026-04-01", "2026-05-01"),
    ],
)
def test_an_invitation_ends_with_itself_or_with_the_status(
    invitation: dict[str, Any], ended: str | None, end: str | None
) -> None:
    """The end of the status reaches only the invitations before it."""
    found = observer(invitation, **({"ended": {"on": ended}} if ended else {}))
    ends = [day for day, _by in found.ends_of(found.invitations[0])]
    assert min(ends, default=None) == (date.fromisoformat(end) if end else None)


def test_it_holds_from_its_day_to_the_day_before_its_end() -> None:
    found = observer(to("2026-02-01", "2026-05-01"), to("2026-06-01"))
    days = ("2026-01-31", "2026-02-01", "2026-04-30", "2026-05-01", "2026-06-01")
    held = [len(invited(registry({}), found, date.fromisoformat(day))) for day in days]
    assert held == [0, 1, 1, 0, 1]
