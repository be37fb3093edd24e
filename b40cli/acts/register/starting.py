"""`init`: a register with the statutes as data, and nothing else in it yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli import __version__
from b40cli.acts.register.gate import Gate, gate_files
from b40cli.model.answer import Answer
from b40cli.model.day import LEGAL_ZONE
from b40cli.model.errors import UsageError
from b40cli.model.facts.network import ROSTERS
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.ref import ROOT
from b40cli.model.state.registry import NETWORK, PRINCIPALS, SOURCES
from b40cli.model.wording import counted
from b40cli.rules.case.brought import opened_with
from b40cli.store.gazetteer import fold
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import GitFailed
from b40cli.store.schema import kind_of, order
from b40cli.store.shipped import shipped
from b40cli.store.snapshot import Snapshot, overlay
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump

if TYPE_CHECKING:
    from b40cli.model.results.trust import Begun

ATTRIBUTES = ".gitattributes"
DENIED = "Permission denied"
# Working bytes and committed bytes are the same bytes, whatever the machine's settings.
BYTES_AS_THEY_ARE = b"registry/** -text\n"


class Founding(NamedTuple):
    """What a register begins with."""

    name: str
    founded: date
    place: str
    headquarters: str
    opened: date
    official: bool
    signer: tuple[str, str] | None = None


def begin(
    folder: Path, founding: Founding, gate: Gate, today: date, *, dry_run: bool = False
) -> Answer[Begun]:
    """Create registry/ in the git repository around `folder` (or a new one), in one commit.

    Raises UsageError where a registry exists already, ConflictError where files are in the way.
    """
    _free(folder)
    changes = _first_files(founding) | gate_files(gate)
    overlay(Snapshot({}, {}), {p: d for p, d in changes.items() if p.startswith(ROOT)})
    if dry_run:
        return _answer(founding, changes, None)
    with new_folders(folder, there=True):
        Repository(folder).actor()
        repository = Repository.start(folder)
    if (repository.root / ATTRIBUTES).exists():
        del changes[ATTRIBUTES]
    message, head = _message(repository, founding), repository.head()
    oid = repository.record(changes, message, parent=head, today=today)
    return _answer(founding, changes, oid)


def plan_of(folder: Path, founding: Founding, gate: Gate) -> list[str]:
    """What `begin` would write, in words."""
    status = "official" if founding.official else "unofficial"
    groups = [path for path in _first_files(founding) if path.startswith(f"{ROOT}groups/")]
    return [
        f"The register of {founding.name} in {folder}, {status}, from {founding.opened} on.",
        f"  Founded on {founding.founded} in {founding.place}; Secretariat in "
        f"{founding.headquarters}.",
        f"  Legal days are those of {LEGAL_ZONE}; a meeting's times are those of its place.",
        f"  {counted(len(groups), 'permanent group')} (Art. 14), rule set {max(KNOWN_SETS)}.",
        f"  Who may sign: {founding.signer[0] if founding.signer else 'nobody yet'}.",
        f"  Beside it: {', '.join(gate_files(gate)) or 'nothing'}.",
    ]


@contextmanager
def new_folders(*folders: Path, there: bool = False) -> Iterator[None]:
    """Make folders (`there`: they may be); what goes wrong inside takes away those it made.

    Raises UsageError where one cannot be made. A folder that is no longer empty stays.
    """
    made: list[Path] = []
    try:
        for folder in folders:
            missing = [place for place in (folder, *folder.parents) if not place.exists()]
            for place in reversed(missing or [folder]):
                place.mkdir(exist_ok=there or place.name == "..")
                made += [place] if missing else []
        yield
    except BaseException as error:
        for place in reversed(made):
            with suppress(OSError):
                place.rmdir()
        if isinstance(error, OSError):
            raise _cannot_be_made(folder, error.strerror) from error
        if isinstance(error, GitFailed) and DENIED in error.talk:
            raise _cannot_be_made(folder, DENIED) from error
        raise


def _cannot_be_made(folder: Path, why: str | None) -> UsageError:
    return UsageError(f"{folder} cannot be made: {why}.", "Name another folder.")


def _free(folder: Path) -> None:
    """No register is there, and no repository around it, where no command would find it."""
    try:
        begun, around = (folder / "registry").exists(), Repository.around(folder)
    except OSError as error:
        raise _cannot_be_made(folder, error.strerror) from error
    except RuntimeError as error:
        raise _cannot_be_made(folder, "its links lead in a circle") from error
    if begun:
        raise UsageError(f"{folder / 'registry'} exists already.", "A register is begun only once.")
    if around not in (None, folder.resolve()):
        raise UsageError(
            f"{folder} lies inside the repository {around}.",
            "Begin a register of your own outside this repository.",
        )


def _first_files(founding: Founding) -> dict[str, bytes]:
    files = _statutes(shipped("registry") / "statutes", founding.opened)
    return {
        ATTRIBUTES: BYTES_AS_THEY_ARE,
        NETWORK: _network(founding),
        SOURCES: _sources(shipped("registry") / "evidence" / "sources.yaml"),
        **dict(map(_group, sorted((shipped("registry") / "groups").glob("*.yaml")))),
        **_signer(founding),
        **files,
    }


def _statutes(folder: Path, opened: date) -> dict[str, bytes]:
    """The statutes as data, with the newest rule set from the first day."""
    files = {
        f"{ROOT}statutes/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for file in sorted(folder.rglob("*.yaml"))
    }
    held = {path: parse(data) for path, data in files.items()}
    return {
        path: files[path] if held.get(path) == record else dump(record, order(kind_of(path) or ""))
        for path, record in opened_with(held, max(KNOWN_SETS), opened).items()
    }


def _group(file: Path) -> tuple[str, bytes]:
    """A permanent group by its name alone: since when it is known and who leads it is imported."""
    whole = parse(file.read_bytes())
    record = {key: whole[key] for key in ("id", "name", "kind")}
    return f"{ROOT}groups/{file.name}", dump(record, order("group"))


def _signer(founding: Founding) -> dict[str, bytes]:
    """Who may sign as the Secretariat from the opening day on, where that was said."""
    if founding.signer is None:
        return {}
    name, key = founding.signer
    known = (
        "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split()) or "secretariat"
    )
    held = [{"key": key, "from": str(founding.opened)}]
    principal = {"id": known, "name": name, "office": "secretariat", "keys": held}
    return {PRINCIPALS: dump({"principals": [principal]}, order("principals"))}


def _network(founding: Founding) -> bytes:
    record: dict[str, Any] = {
        "name": founding.name,
        "founded": {"on": str(founding.founded), "place": founding.place},
        "headquarters": {"city": founding.headquarters},
        "language": "en",
        "opened": str(founding.opened),
        "status": "official" if founding.official else "unofficial",
        "complete": dict.fromkeys(ROSTERS),
    }
    return dump(record, order("network"))


def _sources(file: Path) -> bytes:
    """The two sources that the statutes themselves cite."""
    listed = parse(file.read_bytes())["sources"]
    cited = {key: listed[key] for key in ("statutes", "org2022")}
    return dump({"sources": cited}, order("sources"))


def _message(repository: Repository, founding: Founding) -> str:
    return (
        f"init: open the register of {founding.name}\n\n"
        f"B40-Act: init\nB40-Subject: network\nB40-On: {founding.opened}\n"
        f"B40-Actor: {repository.actor()}\nB40-Version: {__version__}\n"
    )


def _answer(founding: Founding, changes: dict[str, bytes], oid: str | None) -> Answer[Begun]:
    status = "official" if founding.official else "unofficial"
    verb = "opened" if oid else "would open"
    told = (
        f"{verb} the register of {founding.name} with {counted(len(changes), 'file')}.\n"
        "Next: b40 import FILE brings in what was before it."
    )
    opened = str(founding.opened)
    result: Begun = {"name": founding.name, "opened": opened, "files": sorted(changes)}
    return Answer("init", opened, status, True, oid, (), result, 0, told)
