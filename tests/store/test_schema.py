"""The two validators agree, on the samples and on thousands of mutants of them."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import islice
from operator import getitem
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing._core import Resolver

from b40cli.model.errors import UnreadableError
from b40cli.store import schema, shipped
from b40cli.store.complaint import Complaint, where
from tests.many import of_many

SAMPLES = Path(__file__).parent / "schema"
SCHEMAS = shipped.shipped("schemas")
POSITIVE = sorted(SAMPLES.glob("*/positive/*.json"))
NEGATIVE = sorted(SAMPLES.glob("*/negative/*.json"))
KINDS = [kind for kind, _, _ in schema.KINDS]


def loaded(path: Path) -> tuple[str, Any]:
    """The kind of a sample is its folder."""
    return path.parts[-3], json.loads(path.read_text("utf-8"))


def title(path: Path) -> str:
    return f"{path.parts[-3]}/{path.stem}"


@pytest.mark.parametrize("path", POSITIVE, ids=title)
def test_positive(path: Path) -> None:
    kind, record = loaded(path)
    assert schema.explain(kind, record) == []
    assert schema.fits(kind, record)


@pytest.mark.parametrize("path", NEGATIVE, ids=title)
def test_negative(path: Path) -> None:
    """A file is named after the place of the first complaint: `at.its.place--why.json`."""
    kind, record = loaded(path)
    assert not schema.fits(kind, record)
    first = schema.explain(kind, record)[0]
    assert (".".join(map(str, first.at)) or "record") == path.stem.partition("--")[0]
    assert first.message.endswith(".")
    assert first.remedy.endswith((".", "?"))


def test_every_kind_has_both() -> None:
    for samples in (POSITIVE, NEGATIVE):
        assert {path.parts[-3] for path in samples} == {*KINDS, "output"}


def test_samples_use_every_field() -> None:
    """Else a field could be misspelt in its schema and nobody would notice."""
    for kind in KINDS:
        used = {
            key for path in POSITIVE if title(path).startswith(f"{kind}/") for key in seen(path)
        }
        declared = set(schema._schema(f"{kind}.json")["properties"])
        assert declared == used


def seen(path: Path) -> set[str]:
    return set(loaded(path)[1])


@pytest.fixture(autouse=True, scope="module")
def looked_up() -> Iterator[None]:
    """A reference leads where it led before: jsonschema works it out anew each time it is met."""
    lookup = cast("Callable[[Resolver[Any], str], Any]", Resolver.lookup)
    seen: dict[tuple[int, str, str], tuple[Any, Any]] = {}

    def once(self: Resolver[Any], ref: str) -> Any:
        at = id(self._registry), self._base_uri, ref
        if at not in seen:
            seen[at] = self._registry, lookup(self, ref)  # kept, so that the id stays its own
        return seen[at][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Resolver, "lookup", once)
        yield


ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1.0,
    -1,
    1.5,
    10**40,
    "",
    " ",
    "x",
    "unknown",
    "2026-02-29",
    "2026-02-28\n",
    "0000-01-01",
    "２０２６-01-01",
    "EC-2026-001",
    "bg-plovdiv\n",
    "bg-plovdiv٣",
    "a\x85b",
    "a\u2028b",
    "é" * 120,
    "😀" * 120,
    "😀" * 121,
    [],
    {},
    [[]],
    ["x", "x"],
    [1, True],
    {"x": 1},
    {"by": "2026-01-01"},
    {"by": "2026-01-01", "to": None},
)


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    if isinstance(value, dict | list):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*at, step))


def mutants(record: Any) -> Iterator[Any]:
    """Every value replaced by every odd one, left out, doubled; every text lengthened.

    The suite asks of every third, `make test-many` of all.

    It is one record all the time, changed in one place and mended again: a copy of each would
    cost as much as judging it.
    """
    root: dict[str, Any] = {"record": copy.deepcopy(record)}
    for at in list(places(record)):
        *path, last = ("record", *at)
        holder: Any = reduce(getitem, path, root)
        kept = holder[last]
        for odd in (*ODD, more(kept)):
            holder[last] = odd
            yield root["record"]
        holder[last] = kept
        whole = copy.copy(holder)
        del holder[last]
        yield root.get("record")
        holder.clear()
        (holder.extend if isinstance(holder, list) else holder.update)(whole)
    assert root == {"record": record}


def more(value: Any) -> Any:
    if isinstance(value, dict):
        return {**value, "unheard_of": value}
    return value * 2 if isinstance(value, list) else f"{value}\n"


@pytest.fixture
def judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a value fits a part of a schema is the same wherever the value is met again.

    A mutant differs in one place from the one before it: jsonschema need not go through all the
    others each time. Of what it finds wrong the first is kept, which is what `is_valid` asks for.
    """
    descend = cast("Callable[..., Iterator[ValidationError]]", Draft202012Validator.descend)
    found: dict[tuple[int, str], tuple[Any, tuple[ValidationError, ...]]] = {}

    def once(self: Any, instance: Any, schema: Any, **way: Any) -> tuple[ValidationError, ...]:
        key = id(schema), repr(instance)
        if key not in found:
            found[key] = schema, tuple(islice(descend(self, instance, schema, **way), 1))
        return found[key][1]

    monkeypatch.setattr(Draft202012Validator, "descend", once)


@pytest.mark.usefixtures("judged_once")
@pytest.mark.parametrize("path", POSITIVE, ids=title)
def test_both_validators_agree_on_every_mutant(path: Path) -> None:
    kind, record = loaded(path)
    for mutant in islice(mutants(record), 0, None, of_many(3, 1)):
        verdict = schema.fits(kind, mutant)
        fast = schema._explainer(kind).is_valid(mutant)
        assert verdict == fast, mutant


@pytest.mark.parametrize("path", POSITIVE, ids=title)
def test_every_refused_mutant_is_explained(path: Path) -> None:
    kind, record = loaded(path)
    for mutant in islice(mutants(record), 0, None, of_many(37, 7)):
        found = schema.explain(kind, mutant)
        assert bool(found) != schema.fits(kind, mutant)
        assert len({(one.at, one.message) for one in found}) == len(found)
        assert all(c.isprintable() for one in found for c in one.message + one.remedy)


@pytest.mark.parametrize(
    "odd",
    [{"note": "\ud800"}, {"\udfff": 1}, {1: "x"}, {"gazetteer": object()}],
)
def test_what_no_record_holds_is_refused_and_explained(odd: dict[Any, Any]) -> None:
    record = {"id": "bg-plovdiv", "name": "Plovdiv", "country": "BG"} | odd
    assert not schema.fits("member", record)
    assert "which no record can hold" in schema.explain("member", record)[0].message


def test_order_of_complaints_does_not_hang_on_the_order_of_fields() -> None:
    record = json.loads((SAMPLES / "member/positive/plovdiv.json").read_text("utf-8"))
    record |= {"country": "bg", "name": "", "theme": 1, "mayors": [{"from": "x"}] * 11}
    backwards = dict(reversed(record.items()))
    assert schema.explain("member", record) == schema.explain("member", backwards)
    assert [one.at for one in schema.explain("member", record)][:4] == [
        ("country",),
        ("mayors", 0),
        ("mayors", 0),
        ("mayors", 0, "from"),
    ]


def test_messages_are_short_and_obey_nobody() -> None:
    record = {"id": "x" * 5000, "name": "\x1b[31m", "country": "BG", "\x1b]0;": 1}
    for one in schema.explain("member", record):
        assert len(one.message) < 300
        assert one.message.isprintable()


def test_a_slip_is_answered_with_the_word_that_was_meant() -> None:
    record = {"id": "bg-plovdiv", "nmae": "Plovdiv", "name": "Plovdiv", "country": "BG"}
    assert schema.explain("member", record) == [
        Complaint(("nmae",), "nmae is not a known field.", "Did you mean name?")
    ]


@pytest.mark.parametrize(
    ("at", "text"), [((), "the record"), (("a", 0, "b"), "a[0].b"), (("a\x1b",), "a\\u001b")]
)
def test_places_are_named_as_people_do(at: tuple[str | int, ...], text: str) -> None:
    assert where(at) == text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("registry/network.yaml", "network"),
        ("registry/members/bg-plovdiv.yaml", "member"),
        ("registry/decisions/2026/EC-2026-001.yaml", "decision"),
        ("registry/meetings/2026-03-01-wg-local-climate-action.yaml", "meeting"),
        ("registry/corrections/2027/C-2027-001.yaml", "correction"),
        ("registry/corrections/2027/C-2026-001.yaml", None),
        ("registry/evidence/sources.yaml", "sources"),
        ("registry/evidence/2026/letter.pdf", "document"),
        ("registry/evidence/2026/sources.yaml", "document"),
        ("registry/evidence/../trust/principals.yaml", None),
        ("registry/evidence", None),
        ("registry/decisions/2026/EC-2025-001.yaml", None),
        ("registry/members/bg-plovdiv.yml", None),
        ("registry/members/bg-plovdiv.yaml\n", None),
        ("registry/members/old/bg-plovdiv.yaml", None),
        ("registry/members/BG-Plovdiv.yaml", None),
        ("registry/members/bg-plovdiv٣.yaml", None),
        ("members/bg-plovdiv.yaml", None),
        ("b40cli/registry/members/bg-plovdiv.yaml", None),
    ],
)
def test_kind_of(path: str, kind: str | None) -> None:
    assert schema.kind_of(path) == kind


def test_order_is_that_of_the_schema() -> None:
    order = schema.order("member")
    assert order.keys[:4] == ("id", "name", "native_name", "country")
    assert order.children["removal"].keys == ("by", "effective")
    mayors = order.children["mayors"].items
    assert mayors is not None
    assert mayors.keys == ("person", "name", "capacity", "from", "until", "ended", "source")
    assert mayors.children["from"].keys == ("by",)
    sources = schema.order("sources").children["sources"]
    assert (sources.keys, sources.items and sources.items.keys[0]) == ((), "what")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_order(kind: str) -> None:
    assert schema.order(kind).keys == tuple(schema._schema(f"{kind}.json")["properties"])


def test_nothing_is_fetched() -> None:
    with pytest.raises(LookupError, match="nothing is ever fetched"):
        schema._refuse("https://example.org/member.json")


def test_fingerprint_follows_every_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in SCHEMAS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(schema, "shipped", lambda _: tmp_path)
    same = schema.schemas_digest.__wrapped__()
    assert same == schema.schemas_digest()
    before = (tmp_path / "common.json").read_bytes()
    (tmp_path / "common.json").write_bytes(before.replace(b"Day", b"day", 1))
    assert schema.schemas_digest.__wrapped__() != same


def test_shipped_prefers_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "b40cli"
    (package / "shipped" / "schemas").mkdir(parents=True)
    (tmp_path / "schemas").mkdir()
    (tmp_path / "registry").mkdir()
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    assert shipped.shipped("schemas") == package / "shipped" / "schemas"
    assert shipped.shipped("registry") == tmp_path / "registry"
    with pytest.raises(UnreadableError):
        shipped.shipped("evidence")


YAML = """\
id: bg-plovdiv
name: Plovdiv
country: BG
application: {received: 2026-12-01}
mayors:
  - {name: A. B., capacity: mayor, from: 2023-11-06, until: 2027-11-06}
"""


def test_check_jsonschema_reads_them_too(tmp_path: Path) -> None:
    """What editors and other tools see: references from the file, dates as texts."""
    valid = {"as it is": YAML, "by a day": YAML.replace("2023-11-06", "{by: 2023-11-06}")}
    wrong = {
        "a day": YAML.replace("2026-12-01", "2026-02-30"),
        "a country": YAML.replace("country: BG", "country: NO1"),
        "a key": YAML + "theme: dark\n",
    }
    files = {name: tmp_path / f"{name}.yaml" for name in (*valid, *wrong)}
    for name, text in {**valid, **wrong}.items():
        files[name].write_text(text, "utf-8")
    command = Path(sys.executable).with_name("check-jsonschema")
    words = [str(command), "--schemafile", str(SCHEMAS / "member.json"), "-o", "json"]
    done = subprocess.run([*words, *files.values()], capture_output=True, text=True, check=False)
    told = {Path(error["filename"]).stem for error in json.loads(done.stdout)["errors"]}
    assert (done.returncode, told) == (1, {*wrong}), done.stdout
