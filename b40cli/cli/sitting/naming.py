"""From names to ids: who is meant by a word typed where an id is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b40cli.cli.request import prompt
from b40cli.cli.request.asking import Asks
from b40cli.cli.request.options import Request, clock, day

if TYPE_CHECKING:
    from datetime import date

    from b40cli.model.choice import Choice
    from b40cli.model.state.registry import Registry


def with_ids(given: Mapping[str, Any], asks: Mapping[str, Asks]) -> dict[str, Any]:
    """What was given for these options, each name as the id of the record it stands for.

    Where one is unclear, a question on a terminal, else exit 2 with the choices.
    """
    place = Path(given["repo"]) if given["repo"] else None
    request = Request(place, given["on"], known_at=given.get("known_at"), yes=given["yes"])
    registry = _registry(request, "dry_run" in given)
    return {name: _ids(registry, asked, given[name], request) for name, asked in asks.items()}


def _ids(registry: Registry, asked: Asks, value: Any, request: Request) -> Any:
    if isinstance(value, list | tuple):
        return [_ids(registry, asked, word, request) for word in value]

    def known(part: str) -> str:
        return part if asked.plainly(part) else _one(registry, asked, part, request)

    return "=".join(",".join(map(known, asked.parts(side))) for side in _sides(asked, value))


def _sides(asked: Asks, word: str) -> list[str]:
    """A candidate, and those who chose it; else the word as it is."""
    return word.split("=", 1) if asked.pairs else [word]


def _registry(request: Request, acts: bool) -> Registry:
    """The register as the command will see it."""
    if acts:
        from b40cli.acts.opened.session import open_session

        on = day(request.on) if request.on else None
        return open_session(request.repo, request.now(), on).before
    from b40cli.acts.opened.view import open_view

    return open_view(request.repo, request.today(), request.known_at).registry


def _one(registry: Registry, asked: Asks, word: str, request: Request) -> str:
    """The record called so; ids with blanks between them stay."""
    from b40cli.acts.opened.named import Unclear, called, missing

    found = called(registry, asked.kinds, word)
    apart = word.split()
    if not found and (office := "-".join(apart).lower().removeprefix("the-")) in asked.words:
        return office
    if not found and asked.several and all(map(asked.plainly, apart)):
        return " ".join(apart)
    if len(found) == 1:
        return handed_on(found[0], asked)
    if not found and asked.plainly(word.upper()):
        return word.upper()
    choices = found or _parts(registry, asked, word)
    if choices and prompt.at_terminal() and not request.yes:
        return handed_on(_chosen(word, choices), asked)
    if found:
        raise Unclear(word, found)
    return missing(registry, asked.kinds, word, asked.words)


def _parts(registry: Registry, asked: Asks, word: str) -> tuple[Choice, ...]:
    from b40cli.acts.opened.named import alike

    return alike(registry, asked.kinds, word)[:20]


def handed_on(choice: Choice, asked: Asks) -> str:
    """Its id, or where the option wants it so what others name it by."""
    from b40cli.model.ref import Ref

    by_ref = asked.ref and choice.kind != "point"
    return str(Ref(f"{choice.kind}s", choice.id)) if by_ref else choice.id


def beside(choice: Choice) -> str:
    """What tells it apart, in words: a city's country; a meeting's day if its title has none."""
    if choice.kind in ("member", "observer"):
        from b40cli.store.countries import countries

        return countries().get(choice.beside, choice.beside)
    from b40cli.model.wording import day_in_words
    from b40cli.render.live.values import in_words

    if choice.kind == "meeting":
        day = choice.names[-1]
        return "" if day in choice.name or day_in_words(day) in choice.name else day
    return in_words(choice.beside)


def concerned(asked: Asks, choices: Sequence[Choice], place: Path | None) -> Sequence[Choice]:
    """Those it can concern, by their states; of meetings the latest first, and the coming alone."""
    if asked.states and asked.kinds == ("member",):
        fit = _fitting(asked, place)
        return [choice for choice in choices if choice.id in fit]
    found = [c for c in choices if not asked.states or c.beside in asked.states]
    if asked.kinds != ("meeting",):
        return found
    found.sort(key=lambda choice: choice.names[-1], reverse=True)
    coming = [choice for choice in found if choice.names[-1] >= str(day_of(asked))]
    return coming if asked.coming and coming else found


def _fitting(asked: Asks, place: Path | None) -> frozenset[str]:
    """The cities it can concern at HEAD, kept until the next act or day: a shell waits for it."""
    import json

    from b40cli.store.cache import Cache
    from b40cli.store.git.repository import Repository

    repository, on = Repository.find(place or Path()), day_of(asked)
    cache = Cache(repository.cache_folder(), f"fitting-{'-'.join(asked.states)}")
    key = f"{repository.head()}-{on}-{asked.of}"
    if (found := cache.texts().get(key)) is None:
        from b40cli.acts.opened.view import open_view
        from b40cli.acts.reads.fitting import fitting

        found = json.dumps(sorted(fitting(open_view(place, on, "HEAD"), asked.states, asked.of)))
        cache.replace(key, found)
    return frozenset(json.loads(found))


def day_of(asked: Asks) -> date:
    """The act's day."""
    return day(asked.on) if asked.on else clock()


def _chosen(word: str, choices: tuple[Choice, ...]) -> Choice:
    """The one of the choices whose number is typed; asked again until it is one of them."""
    said = [f"{', '.join(filter(None, (c.name, beside(c))))}  {c.id}" for c in choices]
    return choices[prompt.numbered(f"Which one is {word}", said)]
