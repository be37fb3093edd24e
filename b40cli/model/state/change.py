"""What one change of a state bears on: records, lists of names, words that come or go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from b40cli.model.state.records import PlainRecords, Records

# What stands before a word that was looked for in all records, where a path could stand.
WORD = "?"
# What stands behind a folder of which every record was looked at, for all of them.
EACH = "*"


class Change:
    """From one state to another; `nodes` are the paths that differ, the folders of new names."""

    def __init__(self, before: Records, after: Records, paths: Iterable[str]) -> None:
        self.before = before
        self.after = after
        self.paths = tuple(paths)
        self.come = {p for p in self.paths if p in after and p not in before}
        self.gone = {p for p in self.paths if p in before and p not in after}
        self.nodes = {*nodes_of(self.paths), *folders_above(self.come | self.gone)}
        self._concerning: dict[str, bool] = {}
        # By the tuple itself: thousands of values rest on the same one, which they keep alive.
        self._bearing: dict[int, bool] = {}

    def bears_on(self, rests: tuple[str, ...]) -> bool:
        """Whether what rests on all this may be another after the change."""
        key = id(rests)
        if key not in self._bearing:
            self._bearing[key] = not self.nodes.isdisjoint(rests) or any(
                self.concerns(node[1:]) for node in rests if node.startswith(WORD)
            )
        return self._bearing[key]

    def also(self, paths: Iterable[str]) -> None:
        """Let it bear on records whose files it leaves alone."""
        self.nodes.update(nodes_of(paths))
        self._bearing.clear()

    def concerns(self, word: str) -> bool:
        """Whether one of the records that differ names a word, before or after."""
        if word not in self._concerning:
            self._concerning[word] = word in self._texts
        return self._concerning[word]

    @cached_property
    def _texts(self) -> str:
        """All that differs, before and after: an import asks a thousand words of as many texts."""
        was = (self.before.text(path) for path in self.paths if path in self.before)
        return "\n".join((*was, *self._now.values()))

    @cached_property
    def _now(self) -> dict[str, str]:
        return {path: self.after.text(path) for path in self.paths if path in self.after}

    def named(self, before: tuple[str, ...], reference: str, folder: str) -> tuple[str, ...]:
        """The records below a folder that name a word, as the change leaves them."""
        if not self.concerns(reference):
            return before
        now = {p for p, text in self._now.items() if reference in text and p.startswith(folder)}
        return tuple(sorted({*before}.difference(self.paths) | now))

    def listed(self, before: tuple[str, ...], folder: str) -> tuple[str, ...]:
        """The names in a folder, as the change leaves them."""
        if folder not in self.nodes:
            return before
        come = (path for path in self.come if path.startswith(folder))
        return tuple(sorted({*before, *come} - self.gone))


def nodes_of(paths: Iterable[str]) -> Iterator[str]:
    """What a change of these records bears on: each, and what rests on all of its folder."""
    for path in paths:
        yield path
        yield path[: path.rindex("/") + 1] + EACH


def folders_above(paths: Iterable[str]) -> Iterator[str]:
    """The folders whose lists of names have these in them."""
    for path in paths:
        steps = path.split("/")[:-1]
        yield from ("/".join(steps[: n + 1]) + "/" for n in range(len(steps)))


NO_CHANGE = Change(PlainRecords(), PlainRecords(), ())
