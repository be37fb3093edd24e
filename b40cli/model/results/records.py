"""Results about single records: shown, told from their acts, corrected."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, TypedDict

from b40cli.model.results.decisions import Annulment
from b40cli.model.results.shapes import DayText, DecisionKey, RecordData

CorrectionShown = TypedDict(
    "CorrectionShown",
    {"id": str, "at": str, "was": Any, "is": Any, "why": str, "on": DayText, "by": str},
)
CorrectionShown.__doc__ = "A correction of the record that is shown."


class Void(TypedDict):
    """A ground that the record names and that is annulled."""

    at: str
    names: DecisionKey
    by: DecisionKey
    effect: str | None
    on: DayText


class Shown(TypedDict):
    """A record, what was corrected in it or annulled, and the records that name it."""

    path: str
    record: RecordData
    named_by: list[str]
    corrections: NotRequired[list[CorrectionShown]]
    annulled: NotRequired[Annulment]
    rests_on_annulled: NotRequired[list[Void]]


class Act(TypedDict):
    """A commit that changed a record."""

    commit: str
    day: DayText
    author: str
    subject: str
    act: str | None
    on: str | None


class Log(TypedDict):
    """The acts that made a record what it is, the newest first."""

    path: str
    acts: list[Act]


Corrected = Annotated[RecordData, "correction.json"]
CorrectAlready = TypedDict("CorrectAlready", {"corrects": str, "at": str, "is": Any})
CorrectAlready.__doc__ = "A place of a record that holds the value already."


class EvidenceFiled(TypedDict):
    """A document that lies in the register, as records name it."""

    path: str
    sha256: str
    bytes: int


class StandsStill(TypedDict):
    """A place of a record that still holds the same words."""

    record: str
    at: str


class Forgotten(TypedDict):
    """What was forgotten, where the same words still stand, and the secret word of the hashes."""

    forgotten: Annotated[RecordData, "forgotten.json"]
    still: list[StandsStill]
    word: str


class CorrectedSeveral(TypedDict):
    """Several places of one record: what was corrected, and what was added to it."""

    corrects: str
    corrections: list[Corrected]
    added: list[str]
