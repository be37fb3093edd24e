"""One record, and the acts that made it, for a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.wording import as_told
from b40cli.render.findings import wrapped
from b40cli.render.screen_parts import table, tree

if TYPE_CHECKING:
    from b40cli.model.results.records import Log, Shown


def log(answer: Answer[Log]) -> list[str]:
    """The acts, the newest first."""
    rows = [
        (act["commit"][:10], act["on"] or act["day"], act["subject"])
        for act in answer.result["acts"]
    ]
    return table(("commit", "on", "act"), rows)


def show(answer: Answer[Shown]) -> list[str]:
    """The record, what was corrected in it or annulled, and the records that name it."""
    result = answer.result
    lines = [result["path"], "", *tree(result["record"])]
    for said in _beside(result):
        lines += ["", *wrapped(said)]
    if result["named_by"]:
        lines += ["", "Named by:", *wrapped(", ".join(result["named_by"]), "  ")]
    return lines


def _beside(result: Shown) -> list[str]:
    """What other records say of it, in sentences."""
    said = [
        f"{each['at']} was {as_told(each['was'])}, corrected by {each['id']} on {each['on']}: "
        f"{each['why']}"
        for each in result.get("corrections", ())
    ]
    annulled = result.get("annulled")
    if annulled:
        said.append(f"Annulled by {annulled['by']} on {annulled['on']}, {annulled['effect']}.")
    said += [
        f"{void['at']}: {void['names']} was annulled by {void['by']} on {void['on']}, "
        f"{void['effect']}; what rests on it stands no longer."
        for void in result.get("rests_on_annulled", ())
    ]
    return said
