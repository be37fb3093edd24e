"""What the whole suite shares: `--bless` writes the golden outputs anew instead of comparing."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the one option."""
    parser.addoption(
        "--bless", action="store_true", help="write tests/golden/ anew from what is said now"
    )
