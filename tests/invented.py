"""An invented network of invented cities, for tests: plain records, a registry, a repository."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from io import StringIO
from marshal import dumps, loads
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from b40cli.model.state.records import PlainRecords
from b40cli.model.state.registry import Registry
from b40cli.rules.case.brought import opened_with
from b40cli.store.cache import Cache
from b40cli.store.git.guard.safe_paths import blob_oid
from b40cli.store.git.guard.user_folder import user_folder
from b40cli.store.reading import read
from b40cli.store.shipped import shipped
from b40cli.store.snapshot import key
from b40cli.store.yaml.dialect import parse
from tests.copying import Model, laid_down, listed, model

OPENED = "2026-01-05"
MEETING = "2026-03-10-ec"
DAY = date(2026, 3, 10)
SOURCE = "founding-list"
# The seven seats, in the order of the seats: president, former, next, elected-1 … elected-4.
SEVEN = (
    "hr-kamenik",
    "gr-lykonisi",
    "rs-srebrni-brod",
    "bg-vodengrad",
    "al-aldmar",
    "me-zalivgrad",
    "si-jezerna",
)
OTHERS = ("ba-brezna-luka", "xk-gurmal", "mk-planinsko", "ro-valea-alba", "tr-camliova")
SEATS = ("president", "former", "next", "elected-1", "elected-2", "elected-3", "elected-4")
SHA = "0" * 64

ATTRIBUTES = ".gitattributes"
# No commit, merge or fetch begins an upkeep of its own.
UNTENDED = ("-c", "maintenance.auto=false")

Records = dict[str, Any]
Acting = tuple[tuple[str, str], ...]


def records(rule_set: int = 1) -> Records:
    """The plain records of the network on its opening day: path to content, free to change."""
    made: Records = loads(_opening(rule_set))
    return made


@cache
def _opening(rule_set: int) -> bytes:
    """The same, put together once: thousands of tests begin with them."""
    opened = date.fromisoformat(OPENED)
    found = opened_with(_statutes(), rule_set, opened) | {
        "registry/network.yaml": {
            "name": "Network of Invented Cities",
            "founded": {"on": "2025-01-20", "place": "Lykonisi"},
            "headquarters": {"city": "tr-camliova"},
            "language": "en",
            "opened": OPENED,
            "status": "unofficial",
            "complete": dict.fromkeys(("members", "committee", "meetings", "decisions"), OPENED),
        },
        "registry/evidence/sources.yaml": {
            "sources": {
                SOURCE: {"what": "An invented list"},
                "statutes": {"what": "The statutes"},
                "org2022": {"what": "An earlier edition"},
            }
        },
        **{f"registry/members/{city}.yaml": member(city) for city in (*SEVEN, *OTHERS)},
        "registry/presidencies/2025.yaml": {
            "year": 2025,
            "city": SEVEN[1],
            "attested": {"since": "2025-01-20", "source": SOURCE},
        },
        "registry/presidencies/2026.yaml": {
            "year": 2026,
            "city": SEVEN[0],
            "attested": {"since": OPENED, "source": SOURCE},
        },
        "registry/committee/2026.yaml": {
            "year": 2026,
            "seats": [
                {"seat": seat, "city": city, "source": SOURCE, "from": OPENED}
                for seat, city in zip(SEATS, SEVEN, strict=True)
            ],
        },
    }
    return dumps(found)


def copied(records: Records) -> Records:
    """Records free to change: five times as fast as deepcopy, for what parsing gives is plain."""
    made: Records = loads(dumps(records))
    return made


def member(city: str) -> dict[str, Any]:
    """A member of the opening record."""
    name = city[3:].replace("-", " ").title()
    attested = {"since": "2025-01-20", "source": SOURCE}
    return {"id": city, "name": name, "country": city[:2].upper(), "attested": attested}


def applicant(city: str = "bg-rosendol") -> dict[str, Any]:
    """A city whose application is complete."""
    name = city[3:].replace("-", " ").title()
    return {
        "id": city,
        "name": name,
        "country": city[:2].upper(),
        "government": {"kind": "municipality", "elected": {"evidence": {"sha256": SHA}}},
        "application": {
            "received": "2026-02-02",
            "form": {"sha256": SHA},
            "letter": {"sha256": SHA},
            "criteria": ["pledge", "aims"],
        },
    }


def meeting(present: tuple[str, ...] = SEVEN, **more: Any) -> dict[str, Any]:
    """A meeting of the committee with one roll call."""
    return {
        "id": MEETING,
        "kind": "ec",
        "title": "Meeting of the Executive Committee",
        "mode": "online",
        "opens": "2026-03-10T10:00:00+03:00",
        "convened": {"by": "president"},
        "chair": SEVEN[0],
        **more,
        "roll_calls": [{"n": 1, "at": "2026-03-10T10:00:00+03:00", "present": list(present)}],
    }


def registry(content: Records) -> Registry:
    """Plain records as a registry."""
    return Registry(PlainRecords(content))


def no_bytes(_oid: str) -> bytes:
    """The bytes of any record where they lie in no repository."""
    return b"{}\n"


@cache
def _statutes() -> Records:
    folder = shipped("registry")
    return {
        f"registry/{file.relative_to(folder).as_posix()}": parse(file.read_bytes())
        for file in sorted((folder / "statutes").rglob("*.yaml"))
    }


def repository(folder: Path, content: Records | None = None) -> Path:
    """A git repository holding the records as canonical YAML, in one commit."""
    files = {path: written(path, record) for path, record in (content or records()).items()}
    return laid_out(folder, files)


def written(path: str, record: Any) -> bytes:
    """A record in canonical layout; thousands of registers hold the same."""
    return _written(path, json.dumps(record))


@cache
def _written(path: str, record: str) -> bytes:
    from b40cli.store.schema import kind_of, order
    from b40cli.store.yaml.layout import dump

    return dump(json.loads(record), order(kind_of(path) or "network"))


def laid_out(folder: Path, files: Mapping[str, bytes], *, was_read: bool = False) -> Path:
    """An empty folder as a repository with these files, in one commit.

    Of the same files, by the same clerk at the same time, it is made once and copied. With
    `was_read` that is there which a command keeps of reading them, as if one had been asked before.
    """
    if "GIT_COMMITTER_DATE" not in os.environ:
        return committed(folder, files)
    held, who = tuple(files.items()), acting()
    laid_down(_made(held, who), folder)
    if was_read:
        cache = Cache(user_folder(folder.resolve() / ".git"), "records")
        cache.add(_kept(held, _like(who)))
    return folder


@cache
def _made(files: tuple[tuple[str, bytes], ...], who: Acting) -> Model:
    """The repository with these files: one git writes what it holds, and its index is laid out."""
    held = {ATTRIBUTES: b"registry/** -text\n", **dict(files)}
    folder = laid_down(_begun(who), Path(mkdtemp(dir=models())))
    names = (ident(role, who) for role in ("AUTHOR", "COMMITTER"))
    told = ("commit refs/heads/main\nauthor {}\ncommitter {}\n".format(*names)).encode()
    told += b"data 15\nopening record\n"
    for path, data in held.items():
        told += b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)
    words = ("-c", "fastimport.unpackLimit=1", "fast-import", "--quiet", "--date-format=raw")
    subprocess.run(["git", *words], cwd=folder, input=told, check=True)
    made = model(folder)
    where = {"/".join(path.split("/")[:n]) for path in held for n in range(1, path.count("/") + 1)}
    index = listed({path: blob_oid(data, _like(who)) for path, data in held.items()}, _like(who))
    return Model((*made.folders, *sorted(where)), (*made.files, *held.items()), (index,))


@cache
def _begun(who: Acting) -> Model:  # noqa: ARG001 - their git may be told otherwise
    folder = Path(mkdtemp(dir=models()))
    git(folder, "init", "-q", "-b", "main")
    for sample in (folder / ".git/hooks").glob("*.sample"):
        sample.unlink()
    return model(folder)


def _like(who: Acting) -> str:
    """An oid as long as those of the repositories that are made here."""
    return "0" * (64 if dict(who).get("GIT_DEFAULT_HASH") == "sha256" else 40)


@cache
def _kept(files: tuple[tuple[str, bytes], ...], like: str) -> tuple[tuple[str, str], ...]:
    """What a command keeps of the records that it can read."""
    texts = ((path, data, _text(path, data)) for path, data in files)
    return tuple((key(path, blob_oid(data, like)), text) for path, data, text in texts if text)


@cache
def _text(path: str, data: bytes) -> str | None:
    """What is kept of a record that can be read; the same bytes are read once."""
    return read(path, data).text


def acting() -> Acting:
    """Who acts, and when, as git is told."""
    return tuple(sorted(item for item in os.environ.items() if item[0].startswith("GIT_")))


@cache
def ident(role: str, _who: Acting) -> str:
    """The author or committer of whoever acts, as git writes it into a commit."""
    return git(Path(models()), "var", f"GIT_{role}_IDENT").strip()


@cache
def models() -> str:
    """Where repositories lie that are copied, until the process ends."""
    folder = mkdtemp(prefix="b40-models-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def committed(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The same, by the commands of git that a person would use."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main", str(folder))
    (folder / ATTRIBUTES).write_text("registry/** -text\n")
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "opening record")
    return folder


def git(folder: Path, *words: str) -> str:
    """What git says, in a folder."""
    program = shutil.which("git") or "git"
    done = subprocess.run(
        [program, *UNTENDED, *words], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def head_of(folder: Path) -> str:
    """The commit HEAD stands on, read where git keeps it; git is asked where it lies elsewhere."""
    here = folder / ".git"
    told = (here / "HEAD").read_text().strip() if here.is_dir() else ""
    ref = here / told.removeprefix("ref: ")
    if told and told != ref.name and ref.is_file():
        return ref.read_text().strip()
    return git(folder, "rev-parse", "HEAD").strip()


def b40(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as a process would answer it, in this one: half a second less each time."""
    from b40cli.cli.main import main

    out, err = StringIO(), StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())


def b40_alone(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "b40cli.cli.main", *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
