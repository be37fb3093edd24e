"""How large what lies in a register may be: asked before a byte of it is read."""

from __future__ import annotations

# One record, or a file of the tool's own.
RECORD = 1 << 20
# One document under registry/evidence/.
DOCUMENT = 32 << 20
# What a packed archive (a workbook, a letterhead) may unpack to.
UNPACKED = 64 << 20


def said(size: int) -> str:
    """A limit as a sentence names it."""
    return f"{size >> 20} MiB"
