"""Which corrections are in force, of all that are on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from b40cli.model.facts.correction import BY_SECRETARIAT, Correction, correction_of
from b40cli.model.facts.decision import path_of
from b40cli.model.ref import ROOT
from b40cli.model.state.kept import NamedRecords

CORRECTIONS = ROOT + "corrections/"
# Whether a correction is in force is asked of these alone.
CORRECTING = (CORRECTIONS, ROOT + "decisions/")


class FiledRecords(NamedRecords, Protocol):
    """Who tells the names of a state's records, and what their files have."""

    def recorded(self, path: str) -> Mapping[str, Any] | None: ...


def corrections_in_force(state: FiledRecords) -> Mapping[str, tuple[Correction, ...]]:
    """The corrections in force, by the path of the record they correct, in their order."""
    found: dict[str, tuple[Correction, ...]] = {}
    for path in state.paths("corrections/"):
        correction = correction_of(path, state.recorded(path) or {})
        if _in_force(state, correction):
            found[correction.corrects] = (*found.get(correction.corrects, ()), correction)
    return found


def _in_force(state: FiledRecords, correction: Correction) -> bool:
    """One that rests on a decision holds while that is adopted and not annulled."""
    if correction.by == BY_SECRETARIAT:
        return True
    ground = state.recorded(path_of(correction.by)) or {}
    annulling = (state.recorded(path) or {} for path in state.naming("annuls", "decisions/"))
    return ground.get("state") == "adopted" and not any(
        a.get("annuls") == correction.by and a["state"] == "adopted" for a in annulling
    )
