"""Ways to tamper with a register that the network has adopted: facts exchanged in place."""

from __future__ import annotations

from collections.abc import Callable

from b40cli import __version__
from tests.archive import OCTOBER, Archive
from tests.tampering import CLOSED, GROUNDED, GROWS, Tampering, attested_since


def in_official(folder: str, said: str, old: str, new: str) -> Callable[[Archive], str]:
    """A fact of an official register is exchanged by hand, in a record that says something."""

    def do(a: Archive) -> str:
        a.edit(a.file(folder, said), old, new)
        return a.commit()

    return do


def meeting_retold(a: Archive) -> str:
    """A held meeting is moved elsewhere by an act that says it was done on the very day."""
    path = f"registry/meetings/{OCTOBER}.yaml"
    a.edit(path, "^mode: .*?$", "mode: hybrid")
    told = {
        "B40-Act": "meeting agenda",
        "B40-Subject": f"meetings/{OCTOBER}",
        "B40-On": OCTOBER[:10],
        "B40-Edition": "2024-01",
        "B40-Actor": a.git("log", "-1", "--format=%an <%ae>"),
        "B40-Version": __version__,
    }
    return a.commit("Agenda\n\n" + "\n".join(f"{key}: {told[key]}" for key in told))


KINDS = (
    Tampering("a founder invented", (GROUNDED,), attested_since("2020-12-01")),
    Tampering(
        "a member's name exchanged",
        (CLOSED,),
        in_official("members", "^id: bg-rosendol", "name: Rosendol", "name: Rosental"),
    ),
    Tampering(
        "an attested day moved",
        (CLOSED,),
        in_official("members", "^attested: ", r"since: \{?(by: )?[0-9-]+\}?", "since: 2019-01-01"),
    ),
    Tampering(
        "an observer's figure raised",
        (CLOSED,),
        in_official("observers", "^population: .*count", r"count: \d+", "count: 9000001"),
    ),
    Tampering(
        "an observer of another kind",
        (CLOSED,),
        in_official("observers", "^kind: local", "kind: local-government", "kind: association"),
    ),
    Tampering(
        "a President of another name",
        (CLOSED,),
        in_official("presidencies", "^mayor: ", "^mayor: .*?$", "mayor: Somebody Else"),
    ),
    Tampering(
        "a mandate made longer",
        (CLOSED,),
        in_official("presidencies", "^mandate: ", r"until: \d{4}", "until: 2099"),
    ),
    Tampering(
        "a source in other words",
        (CLOSED,),
        in_official("evidence", "^sources:", r"what: \S+", "what: Another"),
    ),
    Tampering(
        "a group of another kind",
        (CLOSED,),
        in_official("groups", "^kind: permanent", "kind: permanent", "kind: special"),
    ),
    Tampering(
        "a seat on another ground",
        (GROWS,),
        in_official("committee", "ground: GA-", r"ground: GA-(\d+)-\d+", r"ground: GA-\1-001"),
    ),
    Tampering("a held meeting told otherwise as of its day", (CLOSED,), meeting_retold),
)
OFFICIAL = tuple(kind._replace(official=True) for kind in KINDS)
