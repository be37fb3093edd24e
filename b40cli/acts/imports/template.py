"""`import --template`: an empty file that says what goes where, to be filled in and imported."""

from __future__ import annotations

from b40cli.acts.imports.rows import ASKED, COLUMNS

EXAMPLE = """\
# The opening record of a register: fill in, take out what is not needed, and bring it in with
#   b40 import opening.yaml --dry-run
# A day is YYYY-MM-DD; {by: YYYY-MM-DD} where only the latest possible day is known. What has
# happened (since, from, received, signed) lies in the past; an `until` may lie ahead. A source is a
# key listed here, plain words (they become a listed source), or a list of several. A city needs no
# id: it is made of the place's standard name. A term to come is entered as a `next` seat of the
# committee that sits, not as a term of its own.
#
# sources:
#   founding-list: {what: The list signed at the founding, url: "https://example.org/list"}
# complete: {members: 2026-01-05}          # the day from which a list is whole
# members:
#   - name: Rosendol
#     native_name: Росендол
#     country: BG
#     gazetteer: none
#     contact: {email: office@example.org}
#     attested: {since: 2024-05-01, source: founding-list}
#     mayors:
#       - person: ana-primer
#         name: Ana Primer
#         capacity: mayor
#         from: 2023-11-06
#         until: 2027-11-06
# presidencies:
#   - {year: 2025, city: bg-rosendol, attested: {since: 2025-01-20, source: founding-list}}
# committee:
#   - year: 2025
#     seats:
#       - {seat: president, city: bg-rosendol, source: founding-list, from: 2025-01-20}
#       - {seat: next, city: rs-srebrni-brod, source: founding-list, from: 2025-01-20}
# groups:
#   - id: local-climate-action
#     name: Local Climate Action
#     kind: permanent
#     since: {by: 2025-01-20}
#     source: founding-list
# meetings:
#   - {id: 2025-01-20-summit, kind: summit, opens: 2025-01-20, source: founding-list}
# observers:
#   - id: at-bergstadt
#     name: Bergstadt
#     kind: local-government
#     country: AT
#     population: {count: 600000, source: founding-list}
#     source: founding-list
"""


def template(form: str) -> bytes:
    """The bytes of an empty file of a form."""
    if form == "yaml":
        return EXAMPLE.encode()
    if form == "csv":
        return f"{','.join(COLUMNS)}\n".encode()
    from b40cli.store.spreadsheet import workbook

    notes = {
        head: f"{told}{' Asked of every new city.' if head in ASKED else ''}"
        for head, told in COLUMNS.items()
    }
    guide: list[tuple[str, ...]] = [("column", "what goes in it"), *notes.items()]
    sheets: dict[str, list[tuple[str, ...]]] = {
        "members": [tuple(COLUMNS)],
        "sources": [("key", "what", "url", "read")],
        "guide": guide,
    }
    return workbook(sheets, notes)
