"""A paper that leaves the house, as its reader takes it in: text only, no markup and no layout.

What it says is composed in acts/papers/; how it looks is the business of four writers in
render/papers/. A record's text in it stays text in each of them.
"""

from datetime import date
from typing import Literal, NamedTuple


class Strong(NamedTuple):
    """A word that carries the sentence: a verdict, what an amendment changes."""

    text: str


Tone = Literal["aside", "refused", "due", "met"]


class Toned(NamedTuple):
    """Words that a screen tells apart at a glance; what they mean, they say themselves."""

    text: str
    tone: Tone


Words = str | tuple[str | Strong | Toned, ...]


def parts_of(words: Words) -> tuple[str | Strong | Toned, ...]:
    """The words one by one, each in its own tone."""
    return (words,) if isinstance(words, str) else words


class Headline(NamedTuple):
    """The head of a part (level 1) or of a point in it (2); the number of a record stands aside."""

    text: str
    level: int = 1
    aside: str = ""


class Paragraph(NamedTuple):
    """A paragraph."""

    words: Words


class Note(NamedTuple):
    """What stands small beneath: an approval, a source, how a list was cut."""

    words: Words


class Tabular(NamedTuple):
    """Rows under heads.

    `widths` gives each column its share of the line, 0 as much as it needs; `numbers` are the
    columns of figures. `tall` leaves room to write in the rows; `bare` are columns that need no
    heads on a screen.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    tall: bool = False
    bare: bool = False


class Items(NamedTuple):
    """A list."""

    items: tuple[Words, ...]


class Summary(NamedTuple):
    """Labels with what they say; `inner`: arithmetic under a point, `main`: what one came for."""

    rows: tuple[tuple[str, Words], ...]
    inner: bool = False
    main: bool = False


class Ballots(NamedTuple):
    """A vote as one square a ballot: so many for, against and abstained, and how many it took."""

    votes: tuple[int, int, int]
    needed: int


class Measure(NamedTuple):
    """A line of a picture of numbers: `reached` of `of`, said in words beside it."""

    label: str
    reached: int
    of: int
    said: str


class Bars(NamedTuple):
    """Numbers as bars of one measure; `title` says what is counted."""

    title: str
    bars: tuple[Measure, ...]


class Signatures(NamedTuple):
    """Lines to sign on: a name (empty where whoever signs writes it) and the office."""

    people: tuple[tuple[str, str], ...]


class Display(NamedTuple):
    """A page with one name on it: what it is, the name, where, the lines said, facts, the day."""

    above: str
    name: str
    below: str
    said: tuple[str, ...]
    rows: tuple[tuple[str, Words], ...]
    issued: str


class Verbatim(NamedTuple):
    """A record's own lines, none of them broken."""

    text: str


class Typed(NamedTuple):
    """A line to be typed as it stands."""

    text: str


class PageBreak(NamedTuple):
    """What follows begins a page."""


PaperPart = (
    Headline
    | Paragraph
    | Note
    | Tabular
    | Items
    | Summary
    | Ballots
    | Bars
    | Signatures
    | Display
    | Verbatim
    | Typed
    | PageBreak
)


class Attachment(NamedTuple):
    """A file that goes with the paper, inside it where the format can hold one."""

    name: str
    media: str
    text: str
    about: str


class Paper(NamedTuple):
    """One paper.

    `reference` is the id it is about, `running` its head from the second page on, `basis` what its
    foot says of the state it was written from, `addressed` whom it goes to and where and when.
    """

    network: str
    title: str
    lead: str
    reference: str
    running: str
    day: date
    basis: str
    parts: tuple[PaperPart, ...]
    addressed: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    office: str = "The Permanent Secretariat"
    unofficial: bool = False
