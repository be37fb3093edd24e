"""How an answer is told: one function a format, chosen here."""

from __future__ import annotations

from b40cli.model.answer import Answer


def tell(answer: Answer, form: str) -> str:
    """The answer as text; `form` is terminal, json or markdown."""
    from b40cli.render.kosovo import designated

    if form == "json":
        from b40cli.render.json import as_json

        return as_json(answer)
    if form == "markdown":
        from b40cli.render.markdown import as_markdown

        return designated(as_markdown(answer), "\\")
    from b40cli.render.terminal import as_text

    return designated(as_text(answer))
