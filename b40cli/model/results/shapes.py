"""What results are made of: the words of schemas/common.json, and parts of records.

The text beside a type is its place in schemas/; tests/result_schemas.py makes schemas/results.json
of the types in this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

Article = Annotated[str, "common.json#/$defs/article"]
CityKey = Annotated[str, "common.json#/$defs/city"]
CountryCode = Annotated[str, "common.json#/$defs/country"]
DayText = Annotated[str, "common.json#/$defs/day"]
DecisionKey = Annotated[str, "common.json#/$defs/decision"]
MeetingKey = Annotated[str, "common.json#/$defs/meeting"]
TimeText = Annotated[str, "common.json#/$defs/moment"]
PointKey = Annotated[str, "common.json#/$defs/interpretation"]

# `by 2024-01-31` where only the latest possible day is known.
SinceText = str

RecordData = Mapping[str, Any]
HashedDocument = Annotated[RecordData, "common.json#/$defs/document"]
