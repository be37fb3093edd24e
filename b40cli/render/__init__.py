"""How an answer is told: one function a format, chosen here."""

from __future__ import annotations

from b40cli.model.answer import Answer

# Papers are Markdown whatever the format: a letter is a letter.
PAPERS = frozenset(
    {"member dossier", "meeting notice", "meeting minutes", "report final", "report activity"}
)
# The text of a file that others read: nothing is told beside it.
FILES = frozenset({"trust signers", "trust codeowners", "decision certificate"})

REPORTS = frozenset({"github", "sarif", "junit"})


def tell(answer: Answer, form: str) -> str:
    """The answer as text; `form` is terminal, json, markdown, github, sarif or junit."""
    from b40cli.render.kosovo import designated

    if form in REPORTS:
        return _report(answer, form)
    if form == "json":
        from b40cli.render.json import as_json

        return as_json(answer)
    if answer.told is None and answer.command in PAPERS:
        from b40cli.render.papers import page

        return designated(page(answer), "\\")
    if form == "markdown" and answer.command == "review":
        from b40cli.render.review import as_comment

        return designated(as_comment(answer), "\\")
    if form == "markdown":
        from b40cli.render.markdown import as_markdown

        return designated(as_markdown(answer), "\\")
    from b40cli.render.terminal import as_text

    if answer.command in FILES and answer.told == answer.result.get("file"):
        return str(answer.told)
    return designated(as_text(answer))


def _report(answer: Answer, form: str) -> str:
    """The findings, for a machine that lists them."""
    if form == "github":
        from b40cli.render.github import as_commands

        return as_commands(answer)
    if form == "sarif":
        from b40cli.render.sarif import as_sarif

        return as_sarif(answer)
    from b40cli.render.junit import as_junit

    return as_junit(answer)
