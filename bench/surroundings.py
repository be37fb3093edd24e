"""What every synthetic registry rests on: the statutes as if long in force, network, summits."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from b40cli.rules.case.brought import opened_with
from b40cli.store.schema import kind_of, order
from b40cli.store.shipped import shipped
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump

SOURCE = "founding-list"
IN_FORCE = b"2024-01-31"
EARLIER = b"2022-02-09"


def statutes(first: int) -> dict[str, Any]:
    """The shipped statutes as rule set 1 has them, every day moved before the first year told."""
    folder = shipped("registry")
    held = {
        f"registry/{file.relative_to(folder).as_posix()}": parse(_moved(file.read_bytes(), first))
        for file in sorted((folder / "statutes").rglob("*.yaml"))
    }
    return opened_with(held, 1, date(first, 1, 5))


def _moved(data: bytes, first: int) -> bytes:
    data = data.replace(IN_FORCE, b"%d-01-31" % (first - 2))
    return data.replace(EARLIER, b"%d-02-09" % (first - 4))


def network(first: int) -> dict[str, Any]:
    """The network's record; all its lists are whole from the first day."""
    opened = f"{first}-01-05"
    return {
        "name": "Network of Invented Cities",
        "founded": {"on": f"{first - 1}-01-20", "place": "Lykonisi"},
        "headquarters": {"city": "tr-camliova"},
        "language": "en",
        "opened": opened,
        "status": "unofficial",
        "complete": dict.fromkeys(("members", "committee", "meetings", "decisions"), opened),
    }


def sources() -> dict[str, Any]:
    """The sources the records cite."""
    told = {SOURCE: "An invented list", "statutes": "The statutes", "org2022": "An earlier edition"}
    return {key: {"what": what} for key, what in told.items()}


def summit(year: int, city: str) -> list[dict[str, Any]]:
    """The Annual Summit of a year, what met within it, and the Youth Summit; all attested."""
    name = f"{year}-01-25-summit"
    day = {"opens": f"{year}-01-25"}
    called = [{"n": 1, "at": f"{year}-01-25", "present": [city]}]
    within = {"summit": name, "source": SOURCE, "roll_calls": called}
    report = {
        step: f"{year}-02-{n}" for n, step in enumerate(("prepared", "approved", "shared"), 10)
    }
    return [
        {"id": name, "kind": "summit", **day, "ends": f"{year}-01-26", "source": SOURCE},
        {"id": f"{year}-01-25-ga", "kind": "ga", **day, **within, "report": report},
        {"id": f"{year}-01-25-ec", "kind": "ec", **day, **within},
        {
            "id": f"{year}-05-09-youth-summit",
            "kind": "youth-summit",
            "city": city,
            "opens": f"{year}-05-09",
            "source": SOURCE,
        },
    ]


def dispatch(day: date, decisions: list[str]) -> dict[str, Any]:
    """The letter that tells the members what was decided, three days later."""
    return {
        "sent": f"{day + timedelta(3)}T09:00:00+03:00",
        "to": "members",
        "decisions": decisions,
    }


def proxy(principal: str, holder: str, day: date, document: dict[str, str]) -> dict[str, Any]:
    """A proxy filed with both addressees the day before the meeting."""
    sent = f"{day - timedelta(1)}T09:00:00+03:00"
    return {
        "principal": principal,
        "holder": holder,
        "document": document,
        "sent": {"secretary": sent, "president": sent},
    }


def write(folder: Path, records: dict[str, Any], moment: str | None = None) -> Path:
    """A git repository holding the records in canonical layout, in one commit."""
    for path, record in records.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(dump(record, order(kind_of(path) or "")))
    return committed(folder, moment)


def committed(folder: Path, moment: str | None = None) -> Path:
    """The same folder as a git repository with everything in its first commit."""
    (folder / ".gitattributes").write_text("registry/** -text\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "config", "user.name", "Clerk")
    git(folder, "config", "user.email", "clerk@example.org")
    git(folder, "config", "commit.gpgsign", "false")
    git(folder, "config", "gc.auto", "0")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Opening record", moment=moment)
    git(folder, "gc", "-q")
    return folder


def git(folder: Path, *words: str, moment: str | None = None) -> str:
    """What git says, in a folder; a commit is of the moment, or of now."""
    program = shutil.which("git") or "git"
    dated = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment} if moment else {}
    done = subprocess.run(
        [program, *words],
        cwd=folder,
        env={**os.environ, **dated},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout
