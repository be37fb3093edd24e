"""What a resolution may bring about where the statutes are silent, and which body decides it."""

from __future__ import annotations

from typing import NamedTuple

from b40cli.model.facts.decision import Decision

RETRACTED, SUCCESSION = "withdrawal-retracted", "succession"
STAND_IN, EXTENDED = "stand-in", "seat-extended"
# The rule set that gave the register a place for them: before it no record names one.
SINCE = 2


class SilentEffect(NamedTuple):
    """One of them: who decides it, under which article, and which fields say what it needs."""

    name: str
    article: str
    bodies: tuple[str, ...]
    needs: tuple[str, ...] = ("subject",)


_EC, _GA = "executive-committee", "general-assembly"
SILENT_EFFECTS = {
    effect.name: effect
    for effect in (
        SilentEffect(RETRACTED, "Art. 9", (_EC, _GA)),
        SilentEffect(SUCCESSION, "Art. 5", (_EC,), ("subject", "succeeds")),
        SilentEffect(STAND_IN, "Art. 11", (_EC, _GA)),
        SilentEffect(EXTENDED, "Art. 13", (_GA,), ("subject", "until")),
    )
}


def silent_effect(decision: Decision | None) -> SilentEffect | None:
    """What a resolution marked statutes-silent brings about; None where it names nothing."""
    if decision is None or decision.matter != "resolution" or not decision.silent:
        return None
    return SILENT_EFFECTS.get(decision.effect or "")


def brings(decision: Decision | None, effect: str) -> bool:
    """Whether a decision is the resolution that brings about this effect."""
    found = silent_effect(decision)
    return found is not None and found.name == effect


def admits(decision: Decision) -> bool:
    """Whether a decision admits its city: an admission, or a succession, decided as one."""
    return decision.matter == "admission" or brings(decision, SUCCESSION)
