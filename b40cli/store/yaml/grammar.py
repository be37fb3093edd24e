"""The C parser's complaints in plain sentences."""

from __future__ import annotations

from b40cli.store.yaml.defect import YamlDefect, defect_at

_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "A colon and a space inside an unquoted value, or a key indented too far.",
        "Quote the value, or align the key with the ones above it.",
    ),
    (
        "could not find expected ':'",
        "A line that is neither `key: value` nor part of the value above.",
        "Add the colon, or quote the text.",
    ),
    (
        "did not find expected key",
        "A line that does not align with the keys around it.",
        "Align it.",
    ),
    (
        "did not find expected '-' indicator",
        "A line that does not align with the list.",
        "Align it.",
    ),
    (
        "did not find expected ',' or '}'",
        "A `{…}` that does not go on with `,` or end with `}`.",
        "Add the comma or the brace; quote a text that holds one of `,[]{}:?`.",
    ),
    (
        "did not find expected ',' or ']'",
        "A `[…]` that does not go on with `,` or end with `]`.",
        "Add the comma or the bracket; quote a text that holds one of `,[]{}:?`.",
    ),
    (
        "found unexpected ':'",
        "A colon in an unquoted text inside `{…}` or `[…]`.",
        "Quote the text, a time too: '10:00'.",
    ),
    ("found unexpected end of stream", "A quoted text that never ends.", "Close the quotes."),
    (
        "cannot start any token",
        "A value cannot begin with this character unquoted.",
        "Quote the value.",
    ),
    ("unknown escape character", "An unknown escape in a double-quoted text.", "Write `\\\\`."),
    ("invalid Unicode character escape", "An escape for no character.", "Correct the escape."),
    ("did not find expected hexdecimal", "An escape without its digits.", "Correct the escape."),
    (
        "sequence entries are not allowed",
        "A list entry `-` where none can stand.",
        "Start the list on its own line, under its key.",
    ),
    ("mapping keys are not allowed", "A key where none can stand.", "Align it, or quote the text."),
    (
        "did not find expected <document start>",
        "Text after the record's end.",
        "Align or delete it.",
    ),
    ("undefined tag handle", "A tag (`!`).", "Delete it; quote a value that is a text."),
    ("alphabetic or numeric character", "A bare `&` or `*`.", "Quote the value."),
    ("found a tab character", "A tab character.", "Indent with spaces."),
)


def grammar_defect(error: Exception, text: str) -> YamlDefect:
    """Tell where the C parser stopped, and why."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    # An unclosed quote is found at the end of the file; its beginning is what helps.
    ends = "end of stream" in problem and getattr(error, "context_mark", None) is not None
    mark = getattr(error, "context_mark" if ends else "problem_mark", None)
    at = mark.index if mark is not None else getattr(error, "position", 0)
    for pattern, message, remedy in _SENTENCES:
        if pattern in problem:
            return defect_at(text, at, message, remedy)
    return defect_at(text, at, f"Not YAML: {problem.splitlines()[0]}.", "Correct the line.")
