"""A paper as one HTML file: no script, no picture from elsewhere, prints as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from string import Template
from typing import Any

from b40cli.model import paper as parts
from b40cli.model.errors import UsageError
from b40cli.render.kosovo import NOTE
from b40cli.render.papers.inline import KOSOVO, Run, flat, runs
from b40cli.render.papers.told_in_words import SIDES, foot, missing, votes_said
from b40cli.render.visible import visible

NEEDED = frozenset({"title", "network", "office", "reference", "body", "basis"})
PLACES = NEEDED | {"addressed", "sheet"}
# Where a value would be read as something else than text: in a tag, a remark, a script, a style.
_NOT_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^>]*(?:>|\Z)", re.S | re.I
)
# What acts or fetches has no place in a page of the register's: pictures only as data in it.
_ACTIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|link|base|form)\b|[\s/'\"]on\w+\s*=|javascript:|http-equiv"
    r"|@import|url\(\s*[\"']?(?!data:)|src(?:set)?\s*=\s*[\"']?(?!data:)",
    re.I,
)
# And a browser is told so, before it reads anything else of the page.
_HEAD = re.compile(
    r"\A((?:\s*<!doctype html>)?(?:\s*<html(?:\s+lang=\"?[\w-]+\"?)?>)?(?:\s*<head>)?\s*)", re.I
)
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src data:; font-src data:\">\n"
)
_PLACED = re.compile(r"\$\{?([A-Za-z_]\w*)")


def html(paper: parts.Paper, template: bytes, sheet: str) -> bytes:
    """The paper as HTML; UsageError where the template is none."""
    values = {
        "title": escape(flat(paper.title)),
        "network": _words(paper.network),
        "office": _words(paper.office),
        "reference": _words(paper.reference),
        "basis": _words(foot(paper)),
        "sheet": {"a4": "A4", "letter": "letter"}[sheet],
        "addressed": _addressed(paper),
        "body": _body(paper),
    }
    return _HEAD.sub(rf"\1{POLICY}", _template(template).substitute(values), count=1).encode()


def _template(raw: bytes) -> Template:
    """The template, its places known and each of them where text stands."""
    try:
        text = raw.decode("utf-8")
        made = Template(text)
        named = set(made.get_identifiers())
    except ValueError as error:
        raise _broken(f"{error}") from None
    if not made.is_valid() or named - PLACES or NEEDED - named:
        odd = sorted(named - PLACES) or sorted(NEEDED - named) or ["a $ that names nothing"]
        raise _broken(f"{', '.join(odd)} is unknown, or missing")
    if active := _ACTIVE.search(text):
        raise _broken(f"{active[0].strip()!r} acts, or fetches something")
    inside = "".join(found[0] for found in _NOT_TEXT.finditer(text))
    if placed := sorted(set(_PLACED.findall(inside)) - {"sheet"}):
        raise _broken(f"${placed[0]} stands inside a tag, a script, a style or a remark")
    return made


def _broken(why: str) -> UsageError:
    return UsageError(
        f"The template of the papers makes no page: {why}.",
        "Compare it with the one that comes with b40.",
    )


def _words(words: parts.Words) -> str:
    return "".join(map(_run, runs(words)))


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.kind == "strong":
        return f"<strong>{text}</strong>"
    return f'<span class="id">{text}</span>' if run.kind == "id" else text


def _addressed(paper: parts.Paper) -> str:
    said = "".join(f"<span>{_words(line)}</span>" for line in paper.addressed or ())
    return f'<p class="addressed">{said}</p>' if said else ""


def _body(paper: parts.Paper) -> str:
    shown = not any(isinstance(part, parts.Display) for part in paper.parts)
    head = [f"<h1>{_words(paper.title)}</h1>"] if shown else []
    lead = [f'<p class="lead">{_words(paper.lead)}</p>'] if shown and paper.lead else []
    text = "\n".join([*head, *lead, *(_WRITTEN[type(part)](part) for part in paper.parts)])
    note = f'\n<p class="note">{escape(NOTE)}</p>' if KOSOVO in text else ""
    return text + note


def _headline(part: parts.Headline) -> str:
    aside = f' <span class="aside id">{escape(flat(part.aside))}</span>' if part.aside else ""
    return f"<h{part.level + 1}>{_words(part.text)}{aside}</h{part.level + 1}>"


def _terms(rows: Iterable[tuple[str, parts.Words]], kind: str = "") -> str:
    said = "".join(f"<dt>{_words(name)}</dt><dd>{_words(words)}</dd>" for name, words in rows)
    return f"<dl{kind}>{said}</dl>"


def _table(part: parts.Tabular) -> str:
    def row(cells: Iterable[parts.Words], tag: str) -> str:
        kinds = (' class="n"' if n in part.numbers else "" for n in range(len(part.heads)))
        scope = ' scope="col"' if tag == "th" else ""
        cell = (f"<{tag}{scope}{k}>{_words(c)}</{tag}>" for k, c in zip(kinds, cells, strict=True))
        return f"<tr>{''.join(cell)}</tr>"

    rows = "\n".join(row(cells, "td") for cells in part.rows)
    return f"<table>\n<thead>{row(part.heads, 'th')}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _ballots(part: parts.Ballots) -> str:
    squares = "".join(
        f'<i class="{side}"></i>' * min(n, 200) for n, side in zip(part.votes, SIDES, strict=True)
    )
    said, gone = escape(votes_said(part)), missing(part)
    told = f"{said} ({escape(gone)})" if gone else said
    return (
        f'<figure><div class="ballots" aria-hidden="true">{squares}</div>'
        f"<figcaption>{told}</figcaption></figure>"
    )


def _bars(part: parts.Bars) -> str:
    most = max([1, *(bar.of for bar in part.bars)])
    rows = "".join(
        f"<tr><td>{_words(bar.label)}</td><td><span class='bar' style='width:"
        f"{16 * bar.reached * 100 // most / 100}rem'></span> {_words(bar.said)}</td></tr>"
        for bar in part.bars
    )
    return f'<table><caption class="note">{_words(part.title)}</caption>{rows}</table>'


def _signed(part: parts.Signatures) -> str:
    lines = (f"<p>{_words(name)}<span>{_words(office)}</span></p>" for name, office in part.people)
    return f'<div class="signatures">{"".join(lines)}</div>'


def _display(part: parts.Display) -> str:
    return (
        f'<div class="display"><p class="lead">{_words(part.above)}</p>'
        f'<h1>{_words(part.name)}</h1><p class="lead">{_words(part.below)}</p>'
        f"<p>{'<br>'.join(map(_words, part.said))}</p>{_terms(part.rows)}"
        f'<p class="issued">{_words(part.issued)}</p></div>'
    )


def _verbatim(text: str) -> str:
    return f"<pre>{escape(chr(10).join(map(visible, text.rstrip(chr(10)).split(chr(10)))))}</pre>"


_WRITTEN: dict[type, Callable[[Any], str]] = {
    parts.Headline: _headline,
    parts.Paragraph: lambda part: f"<p>{_words(part.words)}</p>",
    parts.Note: lambda part: f'<p class="note">{_words(part.words)}</p>',
    parts.Tabular: _table,
    parts.Items: lambda part: (
        "<ul>" + "".join(f"<li>{_words(i)}</li>" for i in part.items) + "</ul>"
    ),
    parts.Summary: lambda part: _terms(part.rows, ' class="inner"' if part.inner else ""),
    parts.Ballots: _ballots,
    parts.Bars: _bars,
    parts.Signatures: _signed,
    parts.Display: _display,
    parts.Verbatim: lambda part: _verbatim(part.text),
    parts.Typed: lambda part: _verbatim(part.text),
    parts.PageBreak: lambda _part: '<div class="break"></div>',
}
