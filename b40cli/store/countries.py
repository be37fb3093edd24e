"""The names of the world's countries: the table that the time zone database comes with."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from b40cli.model.errors import UsageError

# As the statutes and ISO 3166 have them, where the table says otherwise or nothing.
NAMED = {"TR": "Türkiye", "XK": "Kosovo*", "GB": "United Kingdom", "CZ": "Czechia"}


@cache
def countries() -> dict[str, str]:
    """The usual English name of each country by its code of ISO 3166."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {code: name.replace(" & ", " and ") for code, name in lines} | NAMED


def known_country(code: str, called: str = "country") -> str:
    """The code where it is a country's; UsageError, at what it is `called`, where it is none's."""
    if code not in countries():
        raise UsageError(
            f"{called} {code} is the code of no country.",
            "Two letters as ISO 3166 has them: GR for Greece, GB for the United Kingdom.",
        )
    return code
