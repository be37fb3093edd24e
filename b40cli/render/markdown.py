"""The answer as Markdown: for a pull request's comment, a mail, a file."""

from __future__ import annotations

import re
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.designation import starred
from b40cli.model.finding import Finding
from b40cli.model.wording import UNOFFICIAL
from b40cli.render.findings import WORDS
from b40cli.render.visible import visible

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
# What would begin a list or underline a heading, at the start of a line.
_LEADING = re.compile(r"^(\d*)([-+=.)])(?=[-=\s]|$)")
# GitHub looks for mentions, issues and addresses after the escapes are gone; a comment parts them.
_LINKED = re.compile(
    r"[@#](?=\S)|(?:://|\bwww|\bGH-|\bmailto|\bxmpp)(?=[\w./:])"
    r"|:(?=(?:[\w+-]*[a-z][\w+-]*|100|1234|[+-]1):)",
    re.IGNORECASE,
)
# What a host would take for the name of a commit, be it all letters or all digits.
_COMMIT = re.compile(r"\b[0-9a-f]{7,}(?!\w)", re.IGNORECASE)
_SIX = re.compile(r".{6}(?=.)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~!&$=.)+-])")
_DESIGNATED = re.compile(r"Kosovo\\\*(?!\w)")


def plain(text: str) -> str:
    """Text of a record, with nothing in it read as markup, a mention or a link."""
    escaped = _SPECIAL.sub(r"\\\1", starred(visible(text).strip()))
    parted = _LINKED.sub(r"\g<0><!-- -->", _LEADING.sub(r"\1\\\2", escaped))
    return _DESIGNATED.sub("Kosovo*", parted if parted.isascii() else _alike_parted(parted))


def read_as_text(markdown: str) -> str:
    """Markdown for who reads it as it stands: without escapes, and what parts a link."""
    return _ESCAPED.sub(r"\1", markdown.replace("<!-- -->", ""))


def _alike_parted(text: str) -> str:
    """Signs that are like one of ASCII (full width, circled) stand alone: they make no link."""
    from unicodedata import normalize

    def alike(sign: str) -> bool:
        plain_sign = "" if sign.isascii() else normalize("NFKC", sign)
        return bool(re.fullmatch(r"[A-Za-z0-9@#:/._-]", plain_sign))

    return "".join(f"{sign}<!-- -->" if alike(sign) else sign for sign in text)


def unlinked_commits(text: str) -> str:
    """A comment's Markdown in which a host finds no commit to lead to; elsewhere ids stay whole."""
    return _COMMIT.sub(lambda name: _SIX.sub(r"\g<0><!-- -->", name[0]), text)


def fenced(text: str) -> str:
    """Text for a reader as it stands; the fence is longer than any in the text."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = (visible(line) for line in text.rstrip("\n").split("\n"))
    return "\n".join((f"{fence}text", *lines, fence))


def as_markdown(answer: Answer[Any]) -> str:
    """A heading, the findings, and what an act says of itself, as it stands."""
    verdict = "" if answer.ok else ": refused"
    parts = [f"## b40 {plain(answer.command)}, {answer.on}{verdict}"]
    parts += [finding_item(finding) for finding in answer.findings]
    if answer.told is not None:
        parts.append(fenced(answer.told))
    if answer.asked:
        parts.append(plain(answer.asked))
    if answer.status == "unofficial":
        parts.append(f"_{UNOFFICIAL}_")
    return "\n\n".join(part for part in parts if part) + "\n"


def finding_item(finding: Finding) -> str:
    """A finding as an item of a list."""
    place = f"{finding.file}:{finding.line}:{finding.column}"
    where = f" ({plain(place)})" if finding.file else ""
    head = f"**{WORDS[finding.kind]}** {plain(finding.article)} `{finding.rule}`"
    remedy = f"\n  _{plain(finding.remedy)}_" if finding.remedy else ""
    return f"- {head}{where}\n  {plain(finding.message)}{remedy}"
