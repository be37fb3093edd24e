"""How an answer is told: one function a format, chosen here."""

from __future__ import annotations

from b40cli.model.answer import Answer

# Papers are Markdown whatever the format: a letter is a letter.
PAPERS = frozenset(
    {"member dossier", "meeting notice", "meeting minutes", "report final", "report activity"}
)


def tell(answer: Answer, form: str) -> str:
    """The answer as text; `form` is terminal, json or markdown."""
    from b40cli.render.kosovo import designated

    if form == "json":
        from b40cli.render.json import as_json

        return as_json(answer)
    if answer.told is None and answer.command in PAPERS:
        from b40cli.render.papers import page

        return designated(page(answer), "\\")
    if form == "markdown":
        from b40cli.render.markdown import as_markdown

        return designated(as_markdown(answer), "\\")
    from b40cli.render.terminal import as_text

    return designated(as_text(answer))
