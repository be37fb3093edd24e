"""Shares of a whole: the table of the statutes, and every whole up to a hundred by counting up."""

from __future__ import annotations

import pytest

from b40cli.model.share import HALF, Share, share_of

TWO_THIRDS = Share(2, 3)
# whole, quorum of two thirds, more than half, two thirds of all
TABLE = (
    *((3, 2, 2, 2), (4, 3, 3, 3), (7, 5, 4, 5), (10, 7, 6, 7), (12, 8, 7, 8)),
    *((13, 9, 7, 9), (20, 14, 11, 14), (24, 16, 13, 16), (25, 17, 13, 17), (50, 34, 26, 34)),
)


@pytest.mark.parametrize(("whole", "quorum", "majority", "of_all"), TABLE)
def test_table(whole: int, quorum: int, majority: int, of_all: int) -> None:
    """The thresholds the statutes page prints."""
    assert TWO_THIRDS.least_of(whole) == quorum == of_all
    assert HALF.more_than_of(whole) == majority


@pytest.mark.parametrize("whole", range(1, 101))
def test_first_that_is_enough(whole: int) -> None:
    """Nobody less is enough: found by counting votes one by one."""
    assert TWO_THIRDS.least_of(whole) == _first(lambda k: 3 * k >= 2 * whole)
    assert HALF.more_than_of(whole) == _first(lambda k: k > whole - k)
    assert HALF.least_of(whole) == _first(lambda k: k >= whole - k)
    assert TWO_THIRDS.more_than_of(whole) == _first(lambda k: k > 2 * (whole - k))


def _first(enough: object) -> int:
    assert callable(enough)
    return next(k for k in range(102) if enough(k))


def test_half_is_no_majority() -> None:
    """Five of ten are no majority; seven of ten are two thirds, and six are not."""
    assert HALF.more_than_of(10) == 6
    assert TWO_THIRDS.least_of(10) == 7
    assert TWO_THIRDS.least_of(9) == 6


def test_whole_of_nothing() -> None:
    """Of nobody, more than half is one that is not there; the whole is all."""
    assert HALF.more_than_of(0) == 1
    assert Share(1, 1).least_of(7) == 7


def test_exact_where_floats_are_not() -> None:
    """Wholes far beyond what a float can tell apart."""
    huge = 3 * 10**20 + 1
    assert TWO_THIRDS.least_of(huge) == 2 * 10**20 + 1
    assert HALF.more_than_of(2 * 10**20) == 10**20 + 1


def test_share_of() -> None:
    """A share is written as a fraction and written back the same."""
    assert share_of("2/3") == TWO_THIRDS
    assert str(share_of("2/3")) == "2/3"
    assert share_of("1/1") == Share(1, 1)


@pytest.mark.parametrize(
    "text", ["", "2", "2/", "1/", "/3", "0/3", "-1/3", "3/2", "2/0", "0.5", "66%"]
)
def test_no_share(text: str) -> None:
    """What is no proper fraction of positive integers is refused."""
    with pytest.raises(ValueError):
        share_of(text)
