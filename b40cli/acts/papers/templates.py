"""An office's own templates: files of the register, read with the care that any record is."""

from __future__ import annotations

from b40cli.acts.opened.view import View
from b40cli.model.errors import UsageError
from b40cli.model.size import RECORD, said
from b40cli.store.git.guard.cut import size_of

FOLDER = "registry/papers/"
NAMES = {"pdf": "paper.typ", "html": "paper.html", "docx": "letterhead.docx"}


def template_of(view: View, form: str) -> bytes | None:
    """The office's template of a form, in the state that is read; None where it keeps none.

    Raises UsageError for one that is too large.
    """
    oid = view.snapshot.tree.get(FOLDER + NAMES.get(form, ""))
    if oid is None:
        return None
    ((_oid, data),) = view.repository.blobs([oid])
    if size_of(data) > RECORD:
        raise UsageError(
            f"{NAMES[form]} is larger than {said(RECORD)}.", "Save it with smaller pictures."
        )
    return data
