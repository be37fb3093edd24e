"""The packaged gazetteer: which place a name may mean. GeoNames, geonames.org, CC BY 4.0."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

ATTRIBUTION = "GeoNames, geonames.org, CC BY 4.0"

# Decomposition leaves these letters whole, though they are typed without their stroke or hook.
_LETTERS = {"ı": "i", "đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th"}

# Cyrillic as Bulgaria romanises it, with the letters Serbian and Macedonian add.
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфъьэы", "abvgdeziyklmnoprstufayey", strict=True))
_CYRILLIC |= {"ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ю": "yu"}
_CYRILLIC |= {"я": "ya", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "d", "џ": "dz"}
_CYRILLIC |= {"ѓ": "gj", "ќ": "kj", "ѕ": "dz"}

_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
_GREEK |= {"θ": "th", "χ": "ch", "ψ": "ps"}
# Two letters that sound as one; an accent on the second leaves the pair standing.
_GREEK_PAIRS = (("ου", "ou"), ("ού", "ou"), ("ευ", "ef"), ("εύ", "ef"), ("αυ", "af"), ("αύ", "af"))

_ROMAN = str.maketrans(_LETTERS | _CYRILLIC | _GREEK)

# Plain letters have no accents or script to lose.
_PLAIN = re.compile("[^a-z0-9]+")
# Serbian, Macedonian and Montenegrin write these letters otherwise in Latin than Bulgarian does.
_SOUTH_SLAV = str.maketrans(
    {"ж": "z", "ч": "c", "џ": "dz", "ш": "s", "ц": "c", "х": "h", "ѓ": "g", "ќ": "k"}
)

# Names people use for a place the data stores under another one, both folded.
_EXONYMS = {
    "acharnai": "acharnes",
    "agkyra": "ankara",
    "agram": "zagreb",
    "alexandroupolis": "alexandroupoli",
    "angora": "ankara",
    "atena": "athens",
    "atenas": "athens",
    "atene": "athens",
    "athen": "athens",
    "athenes": "athens",
    "athina": "athens",
    "athinai": "athens",
    "athine": "athens",
    "athinon": "athens",
    "atina": "athens",
    "belehrad": "belgrade",
    "belgrad": "belgrade",
    "belgrado": "belgrade",
    "beograd": "belgrade",
    "beogradi": "belgrade",
    "bucarest": "bucharest",
    "bucuresti": "bucharest",
    "bukarest": "bucharest",
    "bukres": "bucharest",
    "bukuresht": "bucharest",
    "bukureshti": "bucharest",
    "bukurest": "bucharest",
    "carigrad": "istanbul",
    "constantinople": "istanbul",
    "corinth": "korinthos",
    "dakovica": "gjakove",
    "heraklion": "irakleion",
    "iraklio": "irakleion",
    "kerkyra": "corfu",
    "konstantinoupoli": "istanbul",
    "laibach": "ljubljana",
    "larissa": "larisa",
    "lioumpliana": "ljubljana",
    "lubiana": "ljubljana",
    "lubjana": "ljubljana",
    "lublana": "ljubljana",
    "lublane": "ljubljana",
    "lubliana": "ljubljana",
    "lyublyana": "ljubljana",
    "mytilini": "mytilene",
    "nandorfehervar": "belgrade",
    "patras": "patra",
    "pec": "peje",
    "podgorice": "podgorica",
    "podgoritsa": "podgorica",
    "pontgkoritsa": "podgorica",
    "prishtina": "pristina",
    "prishtine": "pristina",
    "pristine": "pristina",
    "rhodes": "rodos",
    "salonica": "thessaloniki",
    "saraevo": "sarajevo",
    "saragevo": "sarajevo",
    "sarajeva": "sarajevo",
    "sarajeve": "sarajevo",
    "saraybosna": "sarajevo",
    "sarayevo": "sarajevo",
    "seragevo": "sarajevo",
    "shkodra": "shkoder",
    "shkup": "skopje",
    "shkupi": "skopje",
    "skopia": "skopje",
    "skopie": "skopje",
    "skoplje": "skopje",
    "sofija": "sofia",
    "sofiya": "sofia",
    "sofja": "sofia",
    "sofje": "sofia",
    "sofya": "sofia",
    "stamboll": "istanbul",
    "szofia": "sofia",
    "tiran": "tirana",
    "tirane": "tirana",
    "titograd": "podgorica",
    "uskub": "skopje",
    "uskup": "skopje",
    "veligradi": "belgrade",
    "voukouresti": "bucharest",
    "wien": "vienna",
    "zagabria": "zagreb",
    "zagkremp": "zagreb",
    "zagrab": "zagreb",
    "zagrebi": "zagreb",
}
# From how many letters on a word is taken for the beginning of a name's word.
PART = 3
# Albanian names stand in two forms, Vlorë and Vlora; the data has one of them.
_ALBANIAN = ("AL", "XK")


class PopulatedPlace(NamedTuple):
    """A populated place; `id` is its geonameid, `population` a figure of the place, not of law."""

    id: int
    name: str
    country: str
    population: int
    capital: bool


def fold(name: str) -> str:
    """The name without case, accents, script or punctuation: what two spellings share."""
    if name.isascii():
        return _PLAIN.sub(" ", name.lower()).strip()
    lowered = unicodedata.normalize("NFC", name).lower()
    for pair, sound in _GREEK_PAIRS:
        lowered = lowered.replace(pair, sound)
    # Cyrillic before decomposition (й, ѓ, ќ fall apart in it), Greek after it (its accents do).
    bare = _bare(lowered.translate(_ROMAN)).translate(_ROMAN).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def spellings(name: str) -> frozenset[str]:
    """The name folded as Bulgarian Cyrillic is read, and as Serbian and Macedonian are."""
    if name.isascii():
        return frozenset(filter(None, (fold(name),)))
    both = fold(name), fold(name.lower().translate(_SOUTH_SLAV))
    return frozenset(filter(None, both))


def find(name: str, country: str | None = None) -> list[PopulatedPlace]:
    """Every place of that name, largest first; a name borne by several gives them all."""
    index = _by_name()
    found: set[PopulatedPlace] = set()
    for folded in spellings(name):
        found |= {*index.get(folded, ()), *index.get(_EXONYMS.get(folded, ""), ())}
    return sorted((p for p in found if country in (None, p.country)), key=_largest_first)


def standard(place: PopulatedPlace) -> str:
    """The name that ids are made of, whatever spelling was typed."""
    return _today(place.name)


def near(name: str, country: str | None = None) -> list[PopulatedPlace]:
    """At most five places of a like name: suggestions, never an answer.

    Those of which it is a part (Cluj) come first, the largest of them first; then the likest.
    """
    from difflib import get_close_matches

    asked = fold(name)
    names = [k for k, places in _by_name().items() if _any_in(places, country)]
    names += [k for k, stored in _EXONYMS.items() if _any_in(_by_name()[stored], country)]
    parts = [k for k in names if f" {asked}" in f" {k}"] if len(asked) >= PART else []
    longer = sorted((p for k in parts for p in find(k, country)), key=_largest_first)
    likest = get_close_matches(asked, dict.fromkeys(names), n=5, cutoff=0.6)
    return list(dict.fromkeys([*longer, *(p for k in likest for p in find(k, country))]))[:5]


def place_of(id: int) -> PopulatedPlace | None:
    """The place with that geonameid, or None."""
    return _by_id().get(id)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _largest_first(each: PopulatedPlace) -> tuple[int, int]:
    return -each.population, each.id


def _any_in(places: list[PopulatedPlace], country: str | None) -> bool:
    return country is None or any(p.country == country for p in places)


@cache
def _by_id() -> dict[int, PopulatedPlace]:
    import csv

    text = Path(__file__).with_name("gazetteer.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {p.id: p for p in map(_decode, rows)}


def _decode(row: dict[str, str]) -> PopulatedPlace:
    return PopulatedPlace(
        id=int(row["geonameid"]),
        name=row["name"],
        country=row["country"],
        population=int(row["population"]),
        capital=row["capital"] == "yes",
    )


@cache
def _by_name() -> dict[str, list[PopulatedPlace]]:
    index: dict[str, list[PopulatedPlace]] = {}
    for each in _by_id().values():
        keys = {fold(each.name), fold(_today(each.name))}
        if each.country in _ALBANIAN:
            keys |= {f"{key[:-1]}a" for key in keys if key.endswith("e")}
        for key in keys:
            index.setdefault(key, []).append(each)
    return index


def _today(name: str) -> str:
    """An older romanisation of Bulgarian writes ŭ where signs and letters today write a."""
    return name.replace("ŭ", "a")
