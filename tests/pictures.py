"""Pictures of real screens for the README: the demonstration's register, painted by rich as SVG.

Their colours are those that a terminal has by name; no font, no image and no address is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

WIDTH = 80
MARGIN = 20
ACROSS = round(WIDTH * 12.2) + 2 * MARGIN
FORMAT = """<svg viewBox="-{margin} -{margin} {{width}} {{height}}" \
xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}">
<style>
text {{{{ font: {{char_height}}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }}}}
{{styles}}
</style>
<rect x="-{margin}" y="-{margin}" width="100%" height="100%" fill="{background}"/>
{{matrix}}
</svg>
"""


class Picture(NamedTuple):
    """One picture: its file's name, the command as it is typed, the lines of its answer."""

    name: str
    typed: str
    lines: str


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _theme(ink: str, paper: str, *colours: str) -> TerminalTheme:
    red, green, yellow = map(_rgb, colours)
    plain = _rgb(ink)
    return TerminalTheme(
        _rgb(paper), plain, [_rgb(paper), red, green, yellow, plain, plain, plain, plain]
    )


THEMES = {
    "dark": ("#0f1419", _theme("#dde4ea", "#0f1419", "#f2777a", "#63b97a", "#dba642")),
    "light": ("#ffffff", _theme("#14181c", "#ffffff", "#b3261e", "#18693a", "#7d5300")),
}


def drawn(picture: Picture) -> Iterable[tuple[str, str]]:
    """The picture as files: each name with its SVG, dark and light."""
    for theme, (paper, colours) in THEMES.items():
        console = Console(
            file=StringIO(), width=WIDTH, record=True, force_terminal=True, legacy_windows=False
        )
        console.print(Text.assemble(("$ ", "dim"), picture.typed, "\n"), soft_wrap=True)
        console.print(Text.from_ansi(picture.lines.rstrip("\n")), soft_wrap=True)
        shown = FORMAT.format(margin=MARGIN, label=f"b40 {picture.name}, {theme}", background=paper)
        svg = console.export_svg(theme=colours, code_format=shown, unique_id="b40")
        yield f"{picture.name}-{theme}.svg", _plain(svg)


TEXT = re.compile(r'<text class="(\S+)" x="(\S+)" y="(\S+)" textLength="\S+">([^<]*)</text>')
# The columns of a letter in a picture of 20 pixels a line, as rich counts them.
COLUMN = 12.2


def _placed(text: re.Match[str]) -> str:
    """Each piece of a text where it stands: librsvg drops the blanks that lead one."""
    style, x, y, said = text.groups()
    shown = unescape(said).replace("\xa0", " ")
    return "\n".join(
        f'<text class="{style}" x="{round(float(x) + _wide(shown[: piece.start()]), 1):g}" '
        f'y="{y}" textLength="{round(_wide(piece[0]), 1):g}">{escape(piece[0], quote=False)}</text>'
        for piece in re.finditer(r"\S+(?: \S+)*", shown)
    )


def _wide(text: str) -> float:
    """A letter may take two columns, and a mark above one takes none."""
    return COLUMN * cell_len(text)


def _plain(svg: str) -> str:
    """Without the clips that nothing here needs, one text a line."""
    whole = TEXT.sub(_placed, re.sub(r' clip-path="[^"]*"', "", svg))
    whole = whole.replace("</text>", "</text>\n")
    whole = re.sub(r'(viewBox="\S+ \S+ )\d+', rf"\g<1>{ACROSS}", whole)
    return "\n".join(line.rstrip() for line in whole.splitlines() if line.strip()) + "\n"
