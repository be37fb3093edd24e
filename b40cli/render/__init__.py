"""How an answer is told: one function a format, chosen here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from b40cli.model.answer import Answer
    from b40cli.render.screen_parts import Page, Screen

# Formats of machines that list findings: only where findings are the answer.
REPORTS = ("github", "sarif", "junit")


def tell(
    answer: Answer[Any], form: str, screen: Screen | None = None, page: Page | None = None
) -> str:
    """The answer as text; `form` is terminal, json, markdown, github, sarif or junit.

    A page tells the answer in Markdown.
    """
    from b40cli.render.kosovo import designated

    if form in REPORTS:
        return _report(answer, form)
    if form == "json":
        from b40cli.render.json import as_json

        return as_json(answer)
    if page and answer.result and answer.told is None and form == "markdown":
        return designated(page(answer), "\\")
    if form == "markdown":
        from b40cli.render.markdown import as_markdown

        return designated(as_markdown(answer), "\\")
    from b40cli.render.terminal import as_text

    # The text of a file that others read: nothing is told beside it.
    if answer.told is not None and answer.told == answer.result.get("file"):
        return answer.told
    return designated(as_text(answer, screen))


def _report(answer: Answer[Any], form: str) -> str:
    """The findings, for a machine that lists them."""
    if form == "github":
        from b40cli.render.github import as_commands

        return as_commands(answer)
    if form == "sarif":
        from b40cli.render.sarif import as_sarif

        return as_sarif(answer)
    from b40cli.render.junit import as_junit

    return as_junit(answer)
