"""Any record as a page: words for keys, names for ids, lists a line each; and its acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Paragraph, Summary, Toned, Typed, Words
from b40cli.model.ref import ref_of
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.model.wording import as_told, begun, record_title
from b40cli.render.called import names_in
from b40cli.render.live.values import aside, cell, head, in_words, inline, label, named, state

if TYPE_CHECKING:
    from b40cli.model.results.records import Act, Log, Shown


def show(answer: Answer[Shown]) -> Iterator[ScreenPart]:
    """A record as it stands, what corrects or annuls it, and what names it."""
    result, name = answer.result, answer.beside["name"]
    record = result["record"]
    ref = str(ref_of(result["path"]))
    yield Masthead(record_title(ref, record), "", ref)
    told = {key: value for key, value in record.items() if key not in ("title", "name", "id")}
    if "country" in told:
        told["country"] = answer.beside["country"](told["country"])
    yield from record_page(told, name)
    if said := tuple(_beside(result)):
        yield Items(said)
    if result["named_by"]:
        yield Headline("Named by", 2, str(len(result["named_by"])))
        yield Summary(tuple(_naming(result["named_by"], name)))


CITIES = ("members", "observers")


def _naming(references: Iterable[str], name: Callable[[str], str]) -> Iterator[tuple[str, Words]]:
    """The records that name it, by their kind, each by what `show` takes."""
    of: dict[str, list[str]] = {}
    for ref in map(ref_of, references):
        by_id = ref.kind not in ("committee", "presidencies", "duties")
        of.setdefault(ref.kind or ref.id, []).append(ref.id if by_id and ref.kind else str(ref))
    for kind, ids in of.items():
        if kind in CITIES:
            yield head(kind), ", ".join(named(each, name, ids=True) for each in ids)
        else:
            yield head(kind), aside(", ".join(ids))


def _beside(result: Shown) -> Iterator[Words]:
    """What other records say of it."""
    for void in result.get("rests_on_annulled", ()):
        said = f"! {in_words(void['at'])} rests on {void['names']}, annulled by {void['by']} on "
        yield (Toned(f"{said}{void['on']}, {void['effect']}", "due"),)
    if "annulled" in result:
        annulled = result["annulled"]
        said = f"! Annulled by {annulled['by']} on {annulled['on']}, {annulled['effect']}."
        yield (Toned(said, "due"),)
    for each in result.get("corrections", ()):
        yield (
            f"{in_words(each['at'])}: {as_told(each['was'])} is corrected to "
            f"{as_told(each['is'])} by {each['id']} on {each['on']}: {each['why']}"
        )


def record_page(record: Mapping[str, Any], name: Callable[[str], str]) -> Iterator[ScreenPart]:
    """The fields of a record: plain ones beside their labels, then what has parts of its own."""
    plain = tuple((head(k), _said(k, v, name)) for k, v in record.items() if not _parted(v))
    if plain:
        yield Summary(plain)
    for key, value in record.items():
        if _parted(value):
            yield from _part(head(key), value, name)


def _said(key: str, value: Any, name: Callable[[str], str]) -> Words:
    """A value beside its label; what a vote came to with its sign."""
    return state(str(value)) if key == "state" else inline(value, name, ids=True)


def _parted(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(isinstance(each, Mapping | list) for each in value.values())
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _part(title: str, value: Any, name: Callable[[str], str]) -> Iterator[ScreenPart]:
    """A part under its heading: a list as a table, what has labels beside them."""
    if isinstance(value, list):
        yield Headline(title, 2, str(len(value)))
        yield from _rows(value, name)
        return
    lists = {key: each for key, each in value.items() if isinstance(each, list) and _parted(each)}
    plain = tuple(_inner({k: v for k, v in value.items() if k not in lists}, name))
    if plain:
        yield Headline(title, 2)
        yield Summary(plain)
    for key, each in lists.items():
        yield from _part(f"{title}: {in_words(str(key))}", each, name)


def _rows(rows: Sequence[Any], name: Callable[[str], str]) -> Iterator[ScreenPart]:
    """A table of its rows; where a row has rows of its own, one after the other, each titled."""
    own = [dict(row) for row in rows if isinstance(row, Mapping)]
    if not any(_listed(each) for row in own for each in row.values()):
        yield _table(rows, name)
        return
    for row in own:
        title, key = (row.pop(known, "") for known in ("title", "id"))
        title = title or in_words(str(row.pop("name", ""))) or key
        yield Headline(begun(str(title)), 2, str(key if key != title else ""))
        inner = {k: each for k, each in row.items() if _listed(each)}
        plain = {k: each for k, each in row.items() if k not in inner}
        yield Summary(tuple((head(k), inline(v, name, ids=True)) for k, v in plain.items()))
        for each in inner.values():
            yield from _rows(each, name)


def _listed(value: Any) -> bool:
    """Whether a value is rows that a cell would hold in one sentence."""
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _table(rows: Sequence[Any], name: Callable[[str], str]) -> ScreenPart:
    """A column a key; what is no mapping stands line by line."""
    if not all(isinstance(row, Mapping) for row in rows):
        return Items(tuple(inline(row, name, ids=True) for row in rows))
    keys = list(dict.fromkeys(key for row in rows for key in row))
    told = ([cell(key, row.get(key), name) for key in keys] for row in rows)
    return listing(tuple(head(str(key)) for key in keys), told)


def _inner(
    value: Mapping[str, Any], name: Callable[[str], str], lead: str = ""
) -> Iterator[tuple[str, Words]]:
    for key, each in value.items():
        said = f"{lead}{in_words(str(key))}" if lead else label(str(key), name)
        if key == "on" and isinstance(each, Mapping):
            yield from _turning(each, name)
        elif isinstance(each, Mapping) and _parted(each):
            yield from _inner(each, name, f"{said}, ")
        else:
            yield said, inline(each, name, ids=True)


def _turning(points: Mapping[str, Any], name: Callable[[str], str]) -> Iterator[tuple[str, Words]]:
    """The points that a result turns on: each reading in words with what it would make."""
    for point, others in points.items():
        told = (f"{in_words(reading)}: {inline(made, name)}" for reading, made in others.items())
        yield f"Turns on {point}", "; ".join(told)


def log(answer: Answer[Log]) -> Iterator[ScreenPart]:
    """The acts, the newest first."""
    acts = answer.result["acts"]
    name = answer.beside["name"]
    yield Masthead("Acts, the newest first", str(len(acts)), answer.result["path"])
    by = dict.fromkeys(a["author"].split(" <")[0] for a in acts)
    alone = len(by) == 1
    if alone:
        yield Paragraph(f"All by {next(iter(by))}.")
    heads = ("Day", "Act", *(() if alone else ("By",)), "Commit")
    yield listing(heads, (_act(a, name, alone) for a in acts))
    if older := answer.beside["older"]:
        yield Paragraph("Older ones:")
        yield Typed(older)


def _act(act: Act, name: Callable[[str], str], alone: bool) -> list[Words]:
    who = [] if alone else [aside(act["author"].split(" <")[0])]
    said = names_in(act["subject"], name)
    return [act["on"] or act["day"], said, *who, aside(act["commit"][:10])]
