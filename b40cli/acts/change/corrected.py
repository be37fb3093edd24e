"""Acts on a record that was corrected: its file keeps what the corrections name."""

from __future__ import annotations

from shlex import quote
from typing import Any

from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import (
    ABSENT,
    PLANNED,
    kept_as_former,
    replaced,
    same,
    standing_at,
)
from b40cli.model.ref import ref_of
from b40cli.model.state.registry import Registry
from b40cli.model.wording import as_told
from b40cli.rules.record.official_register import kept_up_to_date


def as_filed(before: Registry, path: str, edits: list[Edit]) -> list[Edit]:
    """The edits of a record: a block that has the right value has in the file what stood there.

    UsageError where it has another one, naming the further correction; but what the act keeps as
    former (a name, an application) is followed by a new one, and what changes with the times (an
    address, a spelling) is told anew, and a meeting that is moved is planned anew.
    """
    former = {edit.at[0] for edit in edits if isinstance(edit, Append)}
    filed: list[Edit] = []
    otherwise: dict[str, Any] = {}
    for edit in edits:
        if isinstance(edit, Put):
            edit = edit._replace(value=_filed(before, edit, former, otherwise))
        filed.append(edit)
    if otherwise:
        raise _corrected_once(path, otherwise, former)
    return filed


def _filed(before: Registry, edit: Put, former: set[Any], otherwise: dict[str, Any]) -> Any:
    """What is put, as the file has it; `otherwise` gets the places that would be another value."""
    value, recorded = edit.value, before.recorded(edit.path)
    for c in before.corrections()[edit.path]:
        rest = c.at[len(edit.at) :]
        if c.at[: len(edit.at)] != edit.at:
            continue
        now = standing_at(edit.value, rest)
        if same(now, standing_at(before.data(edit.path), c.at)):
            value = replaced(value, rest, standing_at(recorded, c.at))
        elif same(now, c.was) or not (
            kept_as_former(c.at)[0] in former
            or ("moved" in former and c.at[0] in PLANNED)
            or (now is not ABSENT and kept_up_to_date(edit.path, c.at))
        ):
            otherwise[c.place] = now
    return value


def _corrected_once(path: str, otherwise: dict[str, Any], former: set[Any]) -> UsageError:
    about, (first, *more) = ref_of(path), ((at, v) for at, v in otherwise.items())
    left = [at for at, value in otherwise.items() if value is ABSENT]
    if left:
        said = f"{left[0]} of {about} was corrected, and would be left out."
        return UsageError(said, "What was corrected stays: say that, too.")
    also = "".join(f" --also {quote(f'{at}={_said(value)}')}" for at, value in more)
    said = f"{' and '.join(otherwise)} of {about} was corrected; the act would say otherwise."
    cure = (
        "What was corrected once is changed by a further correction: b40 correct "
        f"{about} --at {first[0]} --is {quote(_said(first[1]))}{also} --why WHY --evidence FILE."
    )
    # Corrected before it is moved, a meeting could end before it opens.
    moves = "moved" in former and "ends" in otherwise
    return UsageError(said, f"Move it with another --ends first. {cure}" if moves else cure)


def _said(value: Any) -> str:
    """A value as `--is` takes it: several sources are parted by |."""
    return "|".join(value) if isinstance(value, list) else as_told(value)
