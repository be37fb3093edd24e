"""The network itself: its name, the day its register opened, which lists are whole."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from b40cli.model.day import day_of
from b40cli.model.source import cited

# The lists that may be whole.
ROSTERS = ("members", "committee", "meetings", "decisions")


class Report(NamedTuple):
    """A count of members that a source states for a day."""

    on: date
    members: int
    source: str


class Network(NamedTuple):
    """registry/network.yaml."""

    name: str
    opened: date
    status: str
    complete: Mapping[str, date | None]
    reported: tuple[Report, ...]
    dissolution: str | None = None

    def whole(self, roster: str, day: date) -> bool:
        """Whether the list (members, committee, meetings, decisions) is whole on that day."""
        since = self.complete.get(roster)
        return since is not None and since <= day

    def reported_on(self, day: date) -> int | None:
        """The last count a source states by that day."""
        counts = [report.members for report in self.reported if report.on <= day]
        return counts[-1] if counts else None


def network_of(data: Mapping[str, Any]) -> Network:
    """Decode registry/network.yaml."""
    reported = sorted(
        Report(date.fromisoformat(r["on"]), r["members"], cited(r["source"]))
        for r in data.get("reported", ())
    )
    complete = {name: day_of(day) for name, day in data.get("complete", {}).items()}
    return Network(
        data["name"],
        date.fromisoformat(data["opened"]),
        data["status"],
        complete,
        tuple(reported),
        data.get("dissolution"),
    )
