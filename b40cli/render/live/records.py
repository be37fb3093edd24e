"""Any record as a page: words for keys, names for ids, lists a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.render.live.sheet import (
    DIM,
    YELLOW,
    ScreenLine,
    Styled,
    bold,
    dim,
    flow,
    heading,
    line,
    spread,
)

if TYPE_CHECKING:
    from b40cli.model.results.records import Shown

ROOM = 16
# A hash is told in two halves.
HASH = 64
PLAIN = ("id", "sha256", "path", "sent", "received", "email")


def show(answer: Answer[Shown], width: int) -> list[ScreenLine]:
    """A record as it stands, what corrects or annuls it, and what names it."""
    result, name = answer.result, answer.beside["name"]
    record = result["record"]
    title = record.get("title") or record.get("name") or result["path"].rsplit("/", 1)[-1]
    ref = result["path"].removeprefix("registry/").removesuffix(".yaml")
    lines = [*spread(line(bold(str(title))), line(dim(ref)), width), ()]
    skipped = ("title", "name", "id")
    for key, value in record.items():
        if key not in skipped:
            lines += _field(str(key), value, name, width, 0)
    for void in result.get("rests_on_annulled", ()):
        said = f"rests on {void['names']}, annulled by {void['by']}"
        lines += flow(said, width, (Styled("! ", YELLOW),), YELLOW)
    if "annulled" in result:
        annulled = result["annulled"]
        said = f"Annulled by {annulled['by']} on {annulled['on']}, {annulled['effect']}."
        lines += [(), *flow(said, width, (Styled("! ", YELLOW),), YELLOW)]
    for each in result.get("corrections", ()):
        said = f"{words(each['at'])}: {each['was']} is corrected to {each['is']} ({each['id']})"
        lines += flow(said, width, (Styled("· "),))
    if result["named_by"]:
        lines += [(), heading("Named by", len(result["named_by"]))]
        lines += [
            made for each in result["named_by"] for made in flow(each, width, (Styled("  "),), DIM)
        ]
    return lines


def words(key: str) -> str:
    """A key as a person says it: `requested_by` is requested by."""
    return key.replace("_", " ").replace("-", " ")


def _field(
    key: str, value: Any, name: Callable[[str], str], width: int, depth: int
) -> Iterator[ScreenLine]:
    label = f"{'  ' * depth}{words(key).capitalize() if not depth else words(key)}"
    lead = (Styled(label.ljust(ROOM + 2 * depth) + " " * (len(label) >= ROOM + 2 * depth), DIM),)
    if isinstance(value, Mapping) and any(isinstance(v, Mapping | list) for v in value.values()):
        yield line(dim(label))
        for inner, each in value.items():
            yield from _field(str(inner), each, name, width, depth + 1)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        yield line(dim(label))
        for each in value:
            mark = (Styled(f"{'  ' * (depth + 1)}· "),)
            yield from flow(_inline(each, name), width, mark)
    else:
        yield from flow(_inline(value, name), width, lead, indent=ROOM + 2 * depth)


def _inline(value: Any, name: Callable[[str], str]) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_key(str(k), name)} {_inline(v, name)}" for k, v in value.items())
    if isinstance(value, list):
        return (
            ", ".join(name(e) if isinstance(e, str) else _inline(e, name) for e in value) or "none"
        )
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not on record" if value is None else _named(str(value), name)


def _key(key: str, name: Callable[[str], str]) -> str:
    said = name(key)
    return f"{said} by" if said != key else words(key)


def _named(text: str, name: Callable[[str], str]) -> str:
    """A name for an id, the id behind it."""
    if len(text) == HASH and text.isalnum():
        return f"{text[: HASH // 2]} {text[HASH // 2 :]}"
    said = name(text) if "-" in text and " " not in text else text
    return said if said == text else f"{said} ({text})"
