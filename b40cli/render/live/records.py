"""Any record as a page: words for keys, names for ids, lists a line each; and its acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Summary, Toned, Words
from b40cli.model.screen import Masthead, ScreenPart, listing
from b40cli.render.live.values import aside, head, in_words, inline

if TYPE_CHECKING:
    from b40cli.model.results.records import Log, Shown


def show(answer: Answer[Shown]) -> Iterator[ScreenPart]:
    """A record as it stands, what corrects or annuls it, and what names it."""
    result, name = answer.result, answer.beside["name"]
    record = result["record"]
    title = record.get("title") or record.get("name") or result["path"].rsplit("/", 1)[-1]
    ref = result["path"].removeprefix("registry/").removesuffix(".yaml")
    yield Masthead(str(title), "", ref)
    told = {key: value for key, value in record.items() if key not in ("title", "name", "id")}
    if "country" in told:
        told["country"] = answer.beside["country"](told["country"])
    yield from record_page(told, name)
    if said := tuple(_beside(result)):
        yield Items(said)
    if result["named_by"]:
        yield Headline("Named by", 2, str(len(result["named_by"])))
        yield Items(tuple(map(aside, result["named_by"])))


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
            f"{in_words(each['at'])}: {each['was']} is corrected to {each['is']} by {each['id']} "
            f"on {each['on']}: {each['why']}"
        )


def record_page(record: Mapping[str, Any], name: Callable[[str], str]) -> Iterator[ScreenPart]:
    """The fields of a record: plain ones beside their labels, then what has parts of its own."""
    plain = {key: value for key, value in record.items() if not _parted(value)}
    if plain:
        yield Summary(tuple((head(key), inline(v, name, ids=True)) for key, v in plain.items()))
    for key, value in record.items():
        if not _parted(value):
            continue
        if isinstance(value, Mapping):
            yield Headline(head(key), 2)
            yield Summary(tuple(_inner(value, name)))
        else:
            yield Headline(head(key), 2, str(len(value)))
            yield Items(tuple(inline(each, name, ids=True) for each in value))


def _parted(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(isinstance(each, Mapping | list) for each in value.values())
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _inner(
    value: Mapping[str, Any], name: Callable[[str], str], lead: str = ""
) -> Iterator[tuple[str, Words]]:
    for key, each in value.items():
        label = f"{lead}{in_words(str(key))}" if lead else head(str(key))
        if isinstance(each, Mapping) and _parted(each):
            yield from _inner(each, name, f"{label}, ")
        else:
            yield label, inline(each, name, ids=True)


def log(answer: Answer[Log]) -> Iterator[ScreenPart]:
    """The acts, the newest first."""
    acts = answer.result["acts"]
    yield Masthead("Acts, the newest first", str(len(acts)), answer.result["path"])
    rows = (
        (
            a["on"] or a["day"],
            a["subject"],
            aside(a["author"].split(" <")[0]),
            aside(a["commit"][:10]),
        )
        for a in acts
    )
    yield listing(("Day", "Act", "By", "Commit"), rows)
