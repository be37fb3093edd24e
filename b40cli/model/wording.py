"""Numbers in sentences."""

from __future__ import annotations


def counted(number: int, what: str) -> str:
    """`1 act`, `2 acts`, `3 duties`."""
    changing = what.endswith("y") and what[-2:-1] not in "aeiou"
    plural = what.removesuffix("y") + "ies" if changing else f"{what}s"
    return f"{number} {what if number == 1 else plural}"
