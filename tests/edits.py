"""Random edits of a register that its schemas let pass: what a hand may do to any record.

An edit knows no law: it takes a value that stands at a like place elsewhere, moves a day, leaves a
key or an entry out, doubles one, takes a record away or files a copy of one under a new name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from b40cli.model.state.correcting import CORRECTIONS
from b40cli.store.correcting import misshapen
from b40cli.store.schema import fits, kind_of

Records = dict[str, Any]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
STEPS = (-400, -60, -7, -1, 1, 7, 60, 400)
# Of each folder about as many, however many records it has.
FOLDERS = (
    *("members", "decisions", "meetings", "committee", "presidencies", "groups", "observers"),
    *("statutes", "network.yaml", "corrections", "duties", "evidence", "secretariat.yaml"),
)
WEIGHTS = (5, 5, 5, 3, 3, 2, 2, 2, 1, 2, 1, 1, 1)


class Hand:
    """Somebody who edits records, the same way for the same seed."""

    def __init__(self, records: Records, seed: int) -> None:
        self.records = records
        self.random = Random(seed)
        self.by_folder: dict[str, list[str]] = {}
        for path in sorted(records):
            self.by_folder.setdefault(path.split("/")[1], []).append(path)
        self.values: dict[str, list[Any]] = {}
        self.wholes: dict[str, list[Any]] = {}
        self.days: list[str] = []
        for path in sorted(records):
            self._learn(path.split("/")[1], records[path])
        self.days = sorted(set(self.days))

    def edits(self, many: int) -> Iterator[Records]:
        """So many edits: what each leaves at the paths it changes, None where it takes away."""
        while many:
            changed: Records = {}
            for _ in range(self.random.choice((1, 1, 1, 2, 3))):
                self._edit(changed)
            if changed and self._passes(changed):
                many -= 1
                yield changed

    def corrections(self, many: int) -> Records:
        """So many corrections, whether they hold or not."""
        made: Records = {}
        while len(made) < many:
            fresh = dict(made)
            self._correct(fresh)
            if self._passes(fresh):
                made = fresh
        return made

    def _learn(self, place: str, value: Any) -> None:
        self.wholes.setdefault(place, []).append(value)
        if isinstance(value, dict):
            for key, inner in value.items():
                self._learn(f"{place}.{key}", inner)
                self.values.setdefault(f"{place}.{key}", []).append(inner)
        elif isinstance(value, list):
            for inner in value:
                self._learn(f"{place}.*", inner)
                self.values.setdefault(f"{place}.*", []).append(inner)
        elif isinstance(value, str) and DAY.fullmatch(value):
            self.days.append(value)

    def _edit(self, changed: Records) -> None:
        folder = self.random.choices(FOLDERS, WEIGHTS)[0]
        if folder == "corrections" and self.random.random() < 0.8:
            return self._correct(changed)
        listed = self.by_folder.get(folder)
        if not listed:
            return None
        path = self.random.choice(listed)
        turn = self.random.random()
        if turn < 0.06:
            changed[path] = None
        elif turn < 0.12:
            self._copy(changed, path)
        else:
            record = deepcopy(changed.get(path) or self.records[path])
            self.random.choice(HANDS)(self, record, folder)
            if record != self.records[path]:
                changed[path] = record
        return None

    def _copy(self, changed: Records, path: str) -> None:
        name = path.rsplit("/", 1)[1].removesuffix(".yaml")
        number = re.search(r"[0-9]{3}$", name) or re.fullmatch(r"[0-9]{4}", name)
        fresh = (
            f"{name[: number.start()]}{int(number.group()) + self.random.choice((1, 2, 40))}"
            if number
            else f"{name}-{self.random.choice('xyz')}"
        )
        if number and len(number.group()) == 3:
            fresh = f"{name[:-3]}{int(number.group()) + self.random.choice((1, 2, 40)):03}"
        text = json.dumps(self.records[path]).replace(f'"{name}"', f'"{fresh}"')
        record = json.loads(text)
        if "year" in record and fresh.isdigit():
            record["year"] = int(fresh)
        target = path.replace(f"/{name}.yaml", f"/{fresh}.yaml")
        if target not in self.records:
            changed[target] = record

    def _correct(self, changed: Records) -> None:
        """A correction, lawful or not, of some value of a record."""
        path = self.random.choice(self.by_folder[self.random.choice(FOLDERS[:7])])
        folder, record = path.split("/")[1], self.records[path]
        at, place, value = self.random.choice(list(leaves(record, folder)))
        grounds = ["secretariat", *(r["id"] for p, r in self.records.items() if "/GA-" in p)]
        year = self.random.choice(self.days)[:4]
        number = 900 + self.random.randrange(90)
        changed[f"{CORRECTIONS}{year}/C-{year}-{number}.yaml"] = {
            "id": f"C-{year}-{number}",
            "corrects": path.removeprefix("registry/").removesuffix(".yaml"),
            "at": ".".join(map(str, at)),
            "was": value,
            "is": self._other(place, value),
            "why": "A slip of the pen",
            "by": self.random.choice(grounds),
            "on": self.random.choice(self.days),
            "evidence": [{"sha256": "0" * 64}],
        }

    def _other(self, place: str, value: Any) -> Any:
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            return value + self.random.choice((-1, 1, 10))
        if isinstance(value, str) and DAY.match(value) and self.random.random() < 0.7:
            return self._another_day(value)
        return deepcopy(self.random.choice(self.values.get(place) or [value]))

    def _another_day(self, value: str) -> str:
        rest = value[10:]
        if self.random.random() < 0.4:
            return self.random.choice(self.days) + rest
        try:
            day = date.fromisoformat(value[:10])
        except ValueError:
            return value
        return str(day + timedelta(self.random.choice(STEPS))) + rest

    def _exchange(self, record: Any, folder: str) -> None:
        """A value is another one."""
        at, place, value = self.random.choice(list(leaves(record, folder)))
        inside(record, at)[at[-1]] = self._other(place, value)

    def _leave_out(self, record: Any, folder: str) -> None:
        """A key or an entry is missing."""
        at, _place, _value = self.random.choice(list(nodes(record, folder)))
        del inside(record, at)[at[-1]]

    def _double(self, record: Any, folder: str) -> None:
        """An entry stands twice, or one of another record stands here as well."""
        lists = [(p, v) for _at, p, v in nodes(record, folder) if isinstance(v, list)]
        if lists:
            place, found = self.random.choice(lists)
            pool = self.values.get(f"{place}.*") or found
            if pool:
                entry = deepcopy(self.random.choice(pool))
                found.insert(self.random.randrange(len(found) + 1), entry)

    def _graft(self, record: Any, folder: str) -> None:
        """A key that another record of the kind has."""
        other = self.random.choice(self.by_folder[folder])
        source = self.records[other]
        if isinstance(source, dict) and isinstance(record, dict) and source:
            key = self.random.choice(sorted(source))
            if key not in ("id", "year"):
                record[key] = deepcopy(source[key])

    def _graft_rare(self, record: Any, folder: str) -> None:
        """A key that some record of the kind has, each key as often as another."""
        keys = [p for p in self.values if re.fullmatch(re.escape(folder) + r"\.[^.*]+", p)]
        if keys and isinstance(record, dict):
            place = self.random.choice(keys)
            key = place.rsplit(".", 1)[1]
            if key not in ("id", "year"):
                record[key] = deepcopy(self.random.choice(self.values[place]))

    def _annul(self, record: Any, folder: str) -> None:
        """A decision is one that annuls another."""
        if folder != "decisions":
            return self._exchange(record, folder)
        record["matter"] = "annulment"
        named = self.random.choice(self.by_folder["decisions"])
        record["annuls"] = named.rsplit("/", 1)[1].removesuffix(".yaml")
        record["effect"] = self.random.choice(("ex-tunc", "ex-nunc"))
        if self.random.random() < 0.7:
            record["state"] = "adopted"
        return None

    def _passes(self, changed: Records) -> bool:
        for path, record in changed.items():
            kind = kind_of(path) or "document"
            if kind == "document" or (record and not fits(kind, record)):
                return False
        whole = {**self.records, **changed}
        corrections = {p: r for p, r in whole.items() if r and p.startswith(CORRECTIONS)}
        targets = {f"registry/{r['corrects']}.yaml" for r in corrections.values()}
        concerned = {p: whole.get(p) for p in (*corrections, *targets)}
        return not misshapen({p: json.dumps(r) if r else "" for p, r in concerned.items()})


Edit = Callable[[Hand, Any, str], None]
HANDS: tuple[Edit, ...] = (
    *(Hand._exchange, Hand._exchange, Hand._exchange, Hand._leave_out),
    *(Hand._double, Hand._graft, Hand._graft_rare, Hand._annul),
)


def nodes(value: Any, place: str, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, str, Any]]:
    """Every value inside a record: where it stands, the like places of its kind, and it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, found in inner:
        like = f"{place}.{key if isinstance(value, dict) else '*'}"
        yield (*at, key), like, found
        if isinstance(found, dict | list):
            yield from nodes(found, like, (*at, key))


def leaves(record: Any, folder: str) -> Iterator[tuple[Any, str, Any]]:
    """The values that hold no others."""
    return (each for each in nodes(record, folder) if not isinstance(each[2], dict | list))


def inside(record: Any, at: tuple[Any, ...]) -> Any:
    """What holds the value of a place."""
    for key in at[:-1]:
        record = record[key]
    return record
