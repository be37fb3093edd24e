"""Numbers in sentences, and the sentence that every answer of an unofficial register bears."""

from __future__ import annotations

UNOFFICIAL = "This register is unofficial: nobody has adopted it."


def counted(number: int, what: str) -> str:
    """`1 act`, `2 acts`, `3 duties`."""
    changing = what.endswith("y") and what[-2:-1] not in "aeiou"
    plural = what.removesuffix("y") + "ies" if changing else f"{what}s"
    return f"{number} {what if number == 1 else plural}"
