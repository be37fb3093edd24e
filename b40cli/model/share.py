"""Shares of a whole as two integers: no floats, no percentages."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Share(NamedTuple):
    """A fraction such as 2/3 of a counted whole."""

    numerator: int
    denominator: int

    def least_of(self, whole: int) -> int:
        """The smallest k with k ≥ share of `whole`: two thirds of 10 is 7."""
        return -(-self.numerator * whole // self.denominator)

    def more_than_of(self, whole: int) -> int:
        """The smallest k with k > share of `whole`: more than half of 10 is 6."""
        return self.numerator * whole // self.denominator + 1

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


HALF = Share(1, 2)


@lru_cache(maxsize=64)
def share_of(text: str) -> Share:
    """Read `2/3`; ValueError when the text is no proper fraction of positive integers."""
    numerator, slash, denominator = text.partition("/")
    share = Share(int(numerator), int(denominator or 0))
    if not slash or not 0 < share.numerator <= share.denominator:
        raise ValueError(f"not a share: {text}")
    return share


def is_share(text: str) -> bool:
    """Whether a text reads as a share."""
    try:
        share_of(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True
