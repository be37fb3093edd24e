"""An office's own templates: files of the register, read with the care that any record is."""

from __future__ import annotations

from b40cli.acts.opened.view import View

FOLDER = "registry/papers/"
NAMES = {"pdf": "paper.typ", "html": "paper.html", "docx": "letterhead.docx"}


def template_of(view: View, form: str) -> bytes | None:
    """The office's template of a form, in the state that is read; None where it keeps none."""
    oid = view.snapshot.tree.get(FOLDER + NAMES.get(form, ""))
    if oid is None:
        return None
    ((_oid, data),) = view.repository.blobs([oid])
    return data
