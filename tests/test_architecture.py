"""The floors, the doors, purity and the single clock, read from the imports.

Each check is a function of one module's tree that yields what is wrong with it. Each is put to the
whole package, and to the traps at the end of this file, which it must catch.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import NamedTuple

import pytest

import b40cli

PACKAGE = Path(b40cli.__file__).parent

# Which floors a floor may import besides itself. A new folder has to take a place here.
FLOORS: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "rules": frozenset({"model"}),
    "store": frozenset({"model"}),
    "acts": frozenset({"model", "rules", "store"}),
    "render": frozenset({"model"}),
    "cli": frozenset({"model", "rules", "store", "acts", "render"}),
}
# The rooms of a floor, lowest first: a room imports only rooms before it, and a room in a room is
# one of them. FLAT are the files that lie on the floor itself; a floor without rooms is flat as a
# whole.
FLAT = ""
ROOMS: dict[str, tuple[str, ...]] = {
    "rules": (
        *("case", "facts", "votes", "duties"),
        *("articles", "articles/presidency", "articles/committee", "articles/groups"),
        *("record/known", "record/signed", "record", FLAT),
    ),
    "store": ("yaml", "git/guard", "git", FLAT),
    "acts": (
        *(
            "opened",
            "judge",
            "change",
            "reads",
            "reads/desk",
            "votes",
            "ahead",
            "published",
            "papers",
        ),
        *("audit", "review", "imports", "register", FLAT),
    ),
    "model": (FLAT, "facts", "state", "results"),
    "cli": ("request", "sitting", FLAT, "network", "register"),
    "render": (FLAT, "papers", "screens", "live", "exports", "site"),
}
# Where each outside library, and what starts other programs, may be imported.
DOORS: dict[str, tuple[str, ...]] = {
    # Python's own code for hashes, in front of the one that loads OpenSSL.
    "_sha1": ("model/digest.py",),
    "_sha2": ("model/digest.py",),
    "_sha256": ("model/digest.py",),
    "git": ("store/git/repository*.py",),
    "subprocess": ("store/git/repository*.py",),
    "ruamel": ("store/yaml/yamlio*.py",),
    "_ruamel_yaml": ("store/yaml/yamlio*.py",),
    "jsonschema": ("store/schema.py", "store/complaint.py"),
    "jsonschema_rs": ("store/schema.py", "store/complaint.py"),
    "referencing": ("store/schema.py", "store/complaint.py"),
    "typer": ("cli/*.py",),
    "openpyxl": ("store/spreadsheet.py",),
    "icalendar": ("render/exports/calendar.py",),
    "typst": ("render/papers/pdf.py",),
    "docx": ("render/papers/docx*.py",),
    "rich": ("render/screen_parts.py", "cli/*.py"),
}
# Distributions that hold data and no code of use, and the module that finds the data by itself.
FOUND_BY = {"tzdata": "zoneinfo"}
# What the pure floors may use of the standard library: nothing here has an effect.
PURE_FLOORS = ("model", "rules")
PURE = frozenset(
    {
        *("_sha1", "_sha2", "_sha256"),
        *("__future__", "bisect", "calendar", "collections", "dataclasses", "datetime", "enum"),
        *("fractions", "functools", "hashlib", "heapq", "itertools", "json", "math", "operator"),
        *("re", "textwrap", "typing", "unicodedata", "zoneinfo"),
    }
)
EFFECTS = frozenset({"open", "print", "input", "eval", "exec", "compile", "__import__"})
TALKS = ("cli/*.py",)
STREAMS = ("sys.stdin", "sys.stdout", "sys.stderr")
CLOCK = "cli/request/options.py"
CLOCKS = {"date": {"today"}, "datetime": {"now", "utcnow", "today"}, "time": {"time", "time_ns"}}
# What is named in a text and imported by it: the command table's rows.
NAMED_IN_TEXT = ("cli/commands.py",)
# Where what Typer does not promise is touched (docs/adr/0007).
TYPERS_OWN = ("cli/lazy.py", "cli/help_text.py", "cli/sitting/completing.py")
VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"})

LONGEST_FILE = 450
LONGEST_FUNCTION = 40
LARGEST_ROOM = 24
# The few that are longer, each with its reason; one that has become short has to leave the list.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS = {"store/yaml/dialect.py _read": "the grammar's one loop over the parser's events"}


class Module(NamedTuple):
    """One source file: its place in the package, its text, its tree."""

    place: str
    text: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The folder it lies in; empty for the package itself."""
        return self.place.rpartition("/")[0].partition("/")[0]

    @property
    def room(self) -> str:
        """The folder on its floor; empty for what lies flat."""
        return self.place.rpartition("/")[0].partition("/")[2]

    @property
    def name(self) -> str:
        """As it is imported."""
        dotted = "b40cli." + self.place.removesuffix(".py").replace("/", ".")
        return dotted.removesuffix(".__init__")


class Import(NamedTuple):
    """One imported name, as written out in full."""

    line: int
    name: str


def module(place: str, text: str) -> Module:
    """A module from its text."""
    return Module(place, text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    return tuple(
        module(file.relative_to(PACKAGE).as_posix(), file.read_text(encoding="utf-8"))
        for file in sorted(PACKAGE.rglob("*.py"))
    )


@cache
def nodes(of: Module) -> tuple[ast.AST, ...]:
    """Everything in a module, gone through once for all that ask."""
    return tuple(ast.walk(of.tree))


@cache
def imports(of: Module) -> tuple[Import, ...]:
    """What a module imports, at its head or inside a function."""
    return tuple(_imports(of))


def _imports(of: Module) -> Iterator[Import]:
    for node in nodes(of):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (Import(node.lineno, f"{origin}.{alias.name}") for alias in node.names)


@cache
def calls(of: Module) -> tuple[tuple[int, str, str], ...]:
    """What a module calls: line, the name before the last dot, the last name."""
    return tuple(_calls(of))


def _calls(of: Module) -> Iterator[tuple[int, str, str]]:
    for node in nodes(of):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, "", node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, ast.unparse(node.func.value).rpartition(".")[2], node.func.attr


def climbs(of: Module) -> Iterator[str]:
    """Imports of a floor that this one must not know; relative imports hide theirs."""
    for line, name in imports(of):
        first, _dot, rest = name.partition(".")
        floor = rest.partition(".")[0]
        if name.startswith("."):
            yield f"{line}: relative import {name}"
        elif first == "b40cli" and floor in FLOORS and of.floor in FLOORS:
            if floor != of.floor and floor not in FLOORS[of.floor]:
                yield f"{line}: {of.floor} imports {name}"
        elif first == "b40cli" and rest != "__version__":
            yield f"{line}: {name} is on no floor"


def back_arrows(of: Module) -> Iterator[str]:
    """Imports of a room that comes after one's own on the same floor."""
    order = ROOMS.get(of.floor, (FLAT,))
    for line, name in imports(of):
        _package, floor, *rest = [*name.split("."), "", ""]
        room = max(
            (r for r in order if rest[: r.count("/") + 1] == r.split("/")), key=len, default=FLAT
        )
        if floor == of.floor and of.room in order and order.index(room) > order.index(of.room):
            yield f"{line}: {of.room} imports {name}"


def forced_doors(of: Module) -> Iterator[str]:
    """Outside libraries imported elsewhere than at their door, or that have none."""
    for line, name in imports(of):
        library = name.partition(".")[0]
        if library not in DOORS:
            if library and library != "b40cli" and library not in sys.stdlib_module_names:
                yield f"{line}: {library} has no door; give it one in DOORS"
        elif not any(fnmatch(of.place, door) for door in DOORS[library]):
            yield f"{line}: {library} outside {', '.join(DOORS[library])}"


def hidden_imports(of: Module) -> Iterator[str]:
    """Imports by a computed name, which nothing here could see; the command table has them."""
    for line, _owner, name in calls(of):
        computed = name in ("import_module", "__import__", "resolve_name")
        if computed and of.place not in NAMED_IN_TEXT:
            yield f"{line}: {name}"


def typers_own(of: Module) -> Iterator[str]:
    """What lies in Typer under a private name, touched elsewhere than where it is accounted for."""
    for line, name in imports(of):
        private = name.startswith("typer.") and any(p.startswith("_") for p in name.split("."))
        if private and of.place not in TYPERS_OWN:
            yield f"{line}: {name}"


def private_names(of: Module) -> Iterator[str]:
    """What a module keeps to itself, imported by another."""
    for line, name in imports(of):
        last = name.rpartition(".")[2]
        if name.startswith("b40cli.") and last.startswith("_") and not last.startswith("__"):
            yield f"{line}: {name}"


def effects(of: Module) -> Iterator[str]:
    """Anything a pure floor would need in order to read, write, ask or tell."""
    if of.floor not in PURE_FLOORS:
        return
    for line, name in imports(of):
        library = name.partition(".")[0]
        if library not in PURE and library != "b40cli":
            yield f"{line}: imports {name}"
    for line, owner, name in calls(of):
        if name in EFFECTS and owner != "re":
            yield f"{line}: calls {name}"


def talk(of: Module) -> Iterator[str]:
    """Printing, or writing to the terminal, below the command line."""
    if any(fnmatch(of.place, place) for place in TALKS):
        return
    for line, owner, name in calls(of):
        if name in ("print", "input") and not owner:
            yield f"{line}: calls {name}"
    for node in nodes(of):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in STREAMS:
            yield f"{node.lineno}: {ast.unparse(node)}"


def clocks(of: Module) -> Iterator[str]:
    """The clock read anywhere but where --on is."""
    if of.place == CLOCK:
        return
    for line, owner, name in calls(of):
        if name in CLOCKS.get(owner, ()):
            yield f"{line}: {owner}.{name}"
    for line, name in imports(of):
        if name in ("time.time", "time.time_ns"):
            yield f"{line}: {name}"


def shells(of: Module) -> Iterator[str]:
    """Anything that hands words to a shell."""
    for node in nodes(of):
        if isinstance(node, ast.keyword) and node.arg == "shell":
            yield f"{node.value.lineno}: shell="
    for line, owner, name in calls(of):
        if owner == "os" and name in ("system", "popen"):
            yield f"{line}: os.{name}"


def floats(of: Module) -> Iterator[str]:
    """Floats in law: literals, true division, float(), round()."""
    if of.floor not in PURE_FLOORS:
        return
    for node in nodes(of):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{node.lineno}: {node.value}"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"{node.lineno}: {ast.unparse(node)}"
    for line, _owner, name in calls(of):
        if name in ("float", "round"):
            yield f"{line}: {name}()"


def vague_names(of: Module) -> Iterator[str]:
    """File and folder names that say nothing."""
    yield from (part for part in of.place.removesuffix(".py").split("/") if part in VAGUE)


def long_files(of: Module) -> Iterator[str]:
    """Files that are not read in one sitting."""
    lines = of.text.count("\n")
    if (lines > LONGEST_FILE) != (of.place in LONG_FILES):
        yield f"{lines} lines"


def long_functions(of: Module) -> Iterator[str]:
    """Functions whose body is too long; the options a command declares are not its body."""
    for name, lines in bodies(of):
        if (lines > LONGEST_FUNCTION) != (f"{of.place} {name}" in LONG_FUNCTIONS):
            yield f"{name}: {lines} lines"


def bodies(of: Module) -> Iterator[tuple[str, int]]:
    """The functions of a module and the lines of each body, without its docstring."""
    for node in nodes(of):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = ast.get_docstring(node) is not None and len(node.body) > 1
            first = node.body[1 if told else 0]
            yield node.name, (node.end_lineno or 0) - first.lineno + 1


def unsaid(of: Module) -> Iterator[str]:
    """Public functions and classes without a sentence that says what they are."""
    named = [node for node in of.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    for node in named:
        if not node.name.startswith("_") and ast.get_docstring(node) is None:
            yield f"{node.lineno}: {node.name}"


CHECKS: tuple[Callable[[Module], Iterator[str]], ...] = (
    climbs,
    back_arrows,
    forced_doors,
    hidden_imports,
    typers_own,
    private_names,
    effects,
    talk,
    clocks,
    shells,
    floats,
    vague_names,
    long_files,
    long_functions,
    unsaid,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_package(check: Callable[[Module], Iterator[str]]) -> None:
    """Nothing in the package is caught."""
    assert [f"{of.place}:{fault}" for of in modules() for fault in check(of)] == []


@cache
def providers() -> Mapping[str, list[str]]:
    """Which distributions bring a module."""
    return packages_distributions()


def not_imported(declared: Iterable[str]) -> list[str]:
    """The declared distributions of which no module here is imported by the package."""
    used = {
        normal(distribution)
        for of in modules()
        for _line, name in imports(of)
        for distribution in providers().get(name.partition(".")[0], ())
    }
    return [one for one in declared if normal(re.split(r"[\[<>=!~; ]", one)[0]) not in used]


def normal(distribution: str) -> str:
    """A distribution's name, however it is written."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_declared_dependency_is_imported() -> None:
    """What a user has to install is used; data that something else finds says who finds it."""
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    declared = [*project["dependencies"], *(one for extra in extras for one in extra)]
    assert not_imported(declared) == list(FOUND_BY)
    used = {name for of in modules() for _line, name in imports(of)}
    assert all(any(n.startswith(finder) for n in used) for finder in FOUND_BY.values())


def test_a_dependency_that_nothing_imports_is_seen() -> None:
    """However its name is written, and whatever its bounds."""
    assert not_imported(["GitPython>=3", "ruamel.yaml[oldlibyaml]>=0.18"]) == []
    assert not_imported(["pytest", "jsonschema_rs", "no-such>=1"]) == ["pytest", "no-such>=1"]


def test_every_folder_has_a_floor() -> None:
    """A folder that holds code is one of the floors, or a room that has its place on one."""
    folders = {of.place.rpartition("/")[0] for of in modules()} - {""}
    rooms = {f"{floor}/{room}" for floor, listed in ROOMS.items() for room in listed if room}
    assert folders == FLOORS.keys() | rooms


def test_no_room_is_crowded() -> None:
    """A folder of more files hides the order that it has: a part with a name of its own moves."""
    rooms = Counter(
        Path(of.place).parent for of in modules() if not of.place.endswith("__init__.py")
    )
    assert {room: files for room, files in rooms.items() if files > LARGEST_ROOM} == {}


def circles(arrows: Mapping[str, frozenset[str]]) -> list[str]:
    """What is left when, again and again, whatever imports nothing that is left is taken away."""
    left = dict(arrows)
    while free := [name for name, found in left.items() if not found & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def arrows() -> dict[str, frozenset[str]]:
    """The modules each module imports, at its head or inside a function."""
    names = {of.name for of in modules()}
    return {of.name: frozenset(_modules_of(of, names)) for of in modules()}


def _modules_of(of: Module, names: Collection[str]) -> Iterator[str]:
    for _line, name in imports(of):
        found = name if name in names else name.rpartition(".")[0]
        if found in names and found != of.name:
            yield found


def test_no_import_circle() -> None:
    """No module leads back to itself, in the house or in a room."""
    assert circles(arrows()) == []


def test_a_circle_is_seen() -> None:
    """The check catches a circle, and what leads into one is told with it."""
    a, b, c, d = (frozenset(word) for word in ("b", "c", "b", ""))
    assert circles({"a": a, "b": b, "c": c, "d": d}) == ["a", "b", "c"]
    assert circles({"a": a, "b": b, "c": d, "d": d}) == []


def type_names(found: Iterable[Module]) -> Iterator[tuple[str, str]]:
    """The types a module makes: classes, and names in a class's spelling that stand for one."""
    for of in found:
        for node in of.tree.body:
            if isinstance(node, ast.ClassDef):
                yield node.name, of.place
            elif isinstance(node, ast.Assign):
                alias = ast.unparse(node.targets[0])
                if re.fullmatch("[A-Z][a-z][A-Za-z]*", alias):
                    yield alias, of.place


def doubled(found: Iterable[Module]) -> dict[str, list[str]]:
    """The type names that stand for two things or more, each with the modules that make them."""
    places: dict[str, list[str]] = {}
    for name, place in type_names(found):
        places.setdefault(name, []).append(place)
    return {name: listed for name, listed in places.items() if len(listed) > 1}


def test_one_name_is_one_type() -> None:
    """A type's name stands for one thing in the whole package."""
    assert doubled(modules()) == {}


def test_a_name_for_two_is_seen() -> None:
    """The check catches a class and an alias of one name; constants and TypeVars are none."""
    roll = module("rules/votes/quorum.py", "class Roll: pass\nBODY = 1\nT = TypeVar('T')")
    alias = module("cli/register/read.py", "Roll = Annotated[str, 1]\nBODY = 2\nT = TypeVar('T')")
    assert doubled((roll, alias)) == {"Roll": ["rules/votes/quorum.py", "cli/register/read.py"]}


def test_nothing_imports_the_tests() -> None:
    """The package does not know its tests, nor what measures it."""
    names = {name.partition(".")[0] for of in modules() for _line, name in imports(of)}
    assert not names & {"tests", "bench", "pytest", "hypothesis"}


def test_most_functions_are_short() -> None:
    """The guide is six to eight lines, rarely over 25: half are within it, few over."""
    lengths = sorted(lines for of in modules() for _name, lines in bodies(of))
    assert lengths[len(lengths) // 2] <= 8
    assert sum(lines > 25 for lines in lengths) * 100 < len(lengths)


LINE = "x = 1\n"
LONG_BODY = "def long() -> None:\n    '''Say.'''\n" + "    x = 1\n" * (LONGEST_FUNCTION + 1)
OPTIONS = (
    "def asks(\n" + "".join(f"    o{n}: int,\n" for n in range(60)) + ") -> None:\n    '''A.'''\n"
)

# Each check, a place, a text it must catch there, and how many faults that is.
TRAPS: tuple[tuple[Callable[[Module], Iterator[str]], str, str, int], ...] = (
    (climbs, "model/day.py", "from b40cli.store.yaml.yamlio import load", 1),
    (climbs, "rules/case/law.py", "from b40cli.store import yamlio", 1),
    (climbs, "rules/case/law.py", "import b40cli.acts.change.perform", 1),
    (climbs, "store/yaml/edit.py", "def f():\n    from b40cli.rules.case.law import law_on", 1),
    (climbs, "acts/change/perform.py", "from b40cli.render import json", 1),
    (climbs, "acts/change/perform.py", "from b40cli import cli", 1),
    (climbs, "render/json.py", "if x:\n    from b40cli.acts.opened.view import View", 1),
    (climbs, "rules/case/law.py", "from ..store import yamlio", 1),
    (climbs, "rules/case/law.py", "from b40cli.helpers import x", 1),
    (climbs, "helpers/x.py", "from b40cli.model import day", 1),
    (
        climbs,
        "rules/case/law.py",
        "from b40cli.model.day import Since\nfrom b40cli.rules.case.rule import Case",
        0,
    ),
    (climbs, "acts/change/perform.py", "from b40cli import __version__", 0),
    (
        climbs,
        "cli/main.py",
        "from b40cli.render.json import told\nimport b40cli.acts.opened.view",
        0,
    ),
    (back_arrows, "rules/case/law.py", "from b40cli.rules.votes.vote import recount", 1),
    (back_arrows, "rules/facts/seats.py", "from b40cli.rules import table", 1),
    (back_arrows, "rules/record/record.py", "from b40cli.rules.facts.seats import seats_on", 0),
    (back_arrows, "rules/table.py", "from b40cli.rules.record import record", 0),
    (back_arrows, "store/yaml/edit.py", "from b40cli.store import schema", 1),
    (back_arrows, "store/git/guard/cut.py", "from b40cli.store.git import refs", 1),
    (back_arrows, "store/git/guard/cut.py", "from b40cli.store.git.guard import user_folder", 0),
    (back_arrows, "store/git/refs.py", "from b40cli.store.git.guard.cut import held", 0),
    (back_arrows, "acts/judge/judging.py", "from b40cli.rules.record import record", 0),
    (forced_doors, "acts/opened/view.py", "import git", 1),
    (forced_doors, "store/git/commit.py", "from git.cmd import Git", 1),
    (forced_doors, "store/git/commit.py", "import subprocess", 1),
    (forced_doors, "store/yaml/layout.py", "from ruamel.yaml import YAML", 1),
    (forced_doors, "store/yaml/layout.py", "import _ruamel_yaml", 1),
    (forced_doors, "store/reading.py", "import jsonschema_rs", 1),
    (forced_doors, "store/reading.py", "from referencing import Registry", 1),
    (forced_doors, "acts/opened/view.py", "import typer", 1),
    (forced_doors, "render/json.py", "from rich.text import Text", 1),
    (forced_doors, "cli/main.py", "import click", 1),
    (forced_doors, "store/git/repository_git.py", "from git.cmd import Git", 0),
    (forced_doors, "cli/main.py", "import typer\nimport json", 0),
    (hidden_imports, "acts/opened/view.py", "import importlib\nimportlib.import_module(name)", 1),
    (hidden_imports, "model/day.py", "__import__('os')", 1),
    (hidden_imports, "cli/telling.py", "import pkgutil\npkgutil.resolve_name(f'b40cli.{x}')", 1),
    (hidden_imports, "cli/commands.py", "import importlib\nimportlib.import_module(name)", 0),
    (typers_own, "cli/main.py", "from typer import _click", 1),
    (typers_own, "cli/sitting/guided.py", "def f():\n    from typer._click.core import Context", 1),
    (typers_own, "cli/help_text.py", "from typer import _click\nfrom typer.core import Typer", 0),
    (private_names, "acts/groups.py", "from b40cli.acts.change.programmes import _awaits", 1),
    (private_names, "cli/main.py", "from b40cli import __version__\nfrom x import _own", 0),
    (effects, "rules/case/law.py", "import os", 1),
    (effects, "rules/case/law.py", "from pathlib import Path", 1),
    (effects, "model/day.py", "def f():\n    import random", 1),
    (effects, "model/day.py", "import time", 1),
    (effects, "model/day.py", "open('x').read()", 1),
    (effects, "rules/case/law.py", "print(1)", 1),
    (effects, "store/yaml/edit.py", "import os", 0),
    (talk, "store/git/commit.py", "print('done')", 1),
    (talk, "acts/change/perform.py", "import sys\nsys.stderr.write('x')", 1),
    (talk, "cli/request/output.py", "import sys\nsys.stderr.write('x')", 0),
    (clocks, "acts/change/perform.py", "from datetime import date\ndate.today()", 1),
    (clocks, "rules/case/law.py", "import datetime\ndatetime.datetime.now()", 1),
    (clocks, "cli/commands.py", "from datetime import datetime\ndatetime.now(zone)", 1),
    (clocks, "store/git/commit.py", "import time\ntime.time()", 1),
    (clocks, "store/git/commit.py", "from time import time", 1),
    (clocks, "store/git/commit.py", "import time\ntime.monotonic()", 0),
    (clocks, CLOCK, "from datetime import datetime\ndatetime.now(zone)", 0),
    (shells, "store/git/repository_git.py", "run('git log', shell=True)", 1),
    (shells, "store/git/commit.py", "import os\nos.system('git gc')", 1),
    (floats, "rules/case/law.py", "x = 2 / 3", 1),
    (floats, "rules/case/law.py", "x /= 3", 1),
    (floats, "model/share.py", "x = 0.5", 1),
    (floats, "model/share.py", "x = float('0.5') + round(y)", 2),
    (floats, "model/share.py", "x = 2 // 3", 0),
    (floats, "store/git/commit.py", "time.sleep(0.01)", 0),
    (vague_names, "store/utils.py", "", 1),
    (vague_names, "common/days.py", "", 1),
    (vague_names, "store/git/commit.py", "", 0),
    (long_files, "store/git/commit.py", LINE * (LONGEST_FILE + 1), 1),
    (long_files, "store/git/commit.py", LINE * LONGEST_FILE, 0),
    (long_functions, "store/git/commit.py", LONG_BODY, 1),
    (long_functions, "store/git/commit.py", OPTIONS + "    return 1\n", 0),
    (unsaid, "store/git/commit.py", "def told(): pass\nclass Told: pass\ndef _own(): pass", 2),
)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap[0].__name__}-{trap[1]}")
def test_trap(trap: tuple[Callable[[Module], Iterator[str]], str, str, int]) -> None:
    """Every check catches what it is for, and lets what is lawful pass."""
    check, place, text, faults = trap
    assert len(list(check(module(place, text)))) == faults


def test_every_check_has_a_trap() -> None:
    """A check nobody has seen fail is not trusted."""
    assert {check for check, _place, _text, faults in TRAPS if faults} == set(CHECKS)


NAMED_FILE = re.compile(r"`([\w./-]+\.py)`")


@pytest.mark.parametrize(
    "page", sorted((PACKAGE.parent / "docs").rglob("*.md")), ids=lambda page: page.name
)
def test_a_page_names_modules_that_are_there(page: Path) -> None:
    """A module that moved takes its name along in what is told of it."""
    there = {f"/{file.relative_to(PACKAGE.parent).as_posix()}" for file in _modules_beside()}
    named = set(NAMED_FILE.findall(page.read_text("utf-8")))
    assert not [name for name in named if not any(f.endswith(f"/{name}") for f in there)]


@cache
def _modules_beside() -> tuple[Path, ...]:
    rooms = ("b40cli", "tests", "bench", "ci", "verifier")
    return tuple(file for room in rooms for file in (PACKAGE.parent / room).rglob("*.py"))


def test_nothing_lies_at_the_root_by_accident() -> None:
    """A list or a record that was tried out there came along in a commit, twice."""
    endings = {".md", ".toml", ".lock", ".in", ".txt", ""}
    files = (file for file in PACKAGE.parent.iterdir() if file.is_file())
    assert not [file.name for file in files if file.name[0] != "." and file.suffix not in endings]
