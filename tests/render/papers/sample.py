"""One paper with every kind of part, and with names that want to be something else than text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from b40cli.model.paper import (
    Attachment,
    Ballots,
    Bars,
    Headline,
    Items,
    Measure,
    Note,
    PageBreak,
    Paper,
    PaperPart,
    Paragraph,
    Signatures,
    Strong,
    Summary,
    Tabular,
    Typed,
    Verbatim,
)
from b40cli.render.papers import html

# Markup of four languages, a formula, an entity, a template's place, a mention, a link.
MARKUP = (
    '#import "@preview/x:1.0.0": * $x$ <script>alert(1)</script> ]]> {{7*7}} ${title} $body '
    '*bold* _it_ [a](b) | c &amp; <b> =1+1 @someone \\u{41} #read("/etc/passwd") `x`'
)
BACKWARDS = "abc\u202edef\u2066ghi"
UNDRAWN = "工 👍"
SCRIPTS = "Пловдив Љубљана Ќ Ђ Ѝ Ἀθῆναι Αθήνα Çamlıova Șăț Đ ё"
LONG = "n" * 500
NAMES = (MARKUP, BACKWARDS, UNDRAWN, SCRIPTS, LONG)
TYPST = Path(html.__file__).with_name("paper.typ").read_bytes()
PAGE = Path(html.__file__).with_name("paper.html").read_bytes()


def parts(name: str) -> tuple[PaperPart, ...]:
    """Every kind of part but a display, each with the name in it."""
    return (
        Headline(name, 1, name),
        Summary((("Chair", name), ("Kosovo", ("a ", Strong(name)))), inner=False),
        Summary((("Quorum", name),), inner=True),
        Paragraph((name, Strong(name), " in Kosovo")),
        Tabular(("Head", name), ((name, "2"),) * 3, (0, 1), (1,)),
        Tabular(("Member", "Signature"), ((name, ""),), (1, 1), tall=True),
        Items((name,)),
        Ballots((10, 8, 3), 11),
        Bars(name, (Measure(name, 1, 2, name),)),
        Typed(f"python3 {name}"),
        Note(name),
        Signatures(((name, name), ("", "Day and place"))),
        PageBreak(),
        Verbatim(f"id: EC-2026-001\n  name: {name}\n"),
    )


def sample(*names: str) -> Paper:
    """A paper with these names in all its places."""
    said = "; ".join(names)
    held = Attachment("EC-2026-001.json", "application/json", '{"a": 1}', "The machine record")
    return Paper(
        network=said[:60],
        title=said,
        lead=said,
        reference="EC-2026-001",
        running=said[:40],
        day=date(2026, 1, 24),
        basis="Register at commit 0123456789ab",
        parts=tuple(part for name in names for part in parts(name)),
        addressed=(said[:40], "24 January 2026"),
        attachments=(held,),
        unofficial=True,
    )
