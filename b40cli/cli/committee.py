"""The Executive Committee at the counter (Art. 13)."""

from __future__ import annotations

from b40cli.cli.counter import view
from b40cli.cli.options import Desk, read
from b40cli.model.answer import Answer


@read
def show(desk: Desk) -> Answer:
    """The seven seats on a day: filled, vacant or unknown, and who presides.

    Example:
      b40 committee show --on 2026-11-23
    """
    from b40cli.acts import rolls

    return rolls.committee(view(desk))
