"""How much is drawn or taken at random: a little each time the suite runs, all in `make test-many`.

What is exhausted is exhausted in both, but for readings that can make no difference there
(tests/rules/test_counting_table.py) and records that looked at nothing that changed
(tests/test_five_years.py).
"""

from __future__ import annotations

import os

ALL = "B40_MANY" in os.environ


def of_many(few: int, many: int) -> int:
    """So many examples: few in the suite."""
    return many if ALL else few
