"""HTML from values: a text is escaped wherever it stands, an element is not."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from b40cli.render.visible import visible

VOID = frozenset({"meta", "link", "input", "br"})


class Markup(str):
    """Text that is HTML already: only `tag`, `joined` and files of the package make it."""

    __slots__ = ()


def tag(kind: str, /, *inside: object, **attributes: str | bool | None) -> Markup:
    """An element: `class_` is class, `data_x` is data-x; None and False are left out."""
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    if kind in VOID:
        return Markup(f"<{kind}{said}>")
    return Markup(f"<{kind}{said}>{joined(*inside)}</{kind}>")


def joined(*inside: object) -> Markup:
    """Texts and elements one after the other; lists are gone into, None is nothing."""
    return Markup("".join(map(_part, inside)))


def _part(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return escape(visible(value), quote=False)
    if isinstance(value, Iterable):
        return joined(*value)
    return str(value)


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(value))}"'
