"""The demonstration: the real register read, then a year of an invented network.

The story is data: `demo.sh` holds its headings and its commands, `demo.yaml` the opening record.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from b40cli.cli.request.options import Request
from b40cli.cli.request.output import out
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

if TYPE_CHECKING:
    from b40cli.model.results.trust import Played

STORY = Path(__file__).with_suffix(".sh")
OPENING = Path(__file__).with_suffix(".yaml")
BREAK = "\\\n"
REFUSED = "  # refused"
# What a line needs beside b40 itself, an extra of the package: without it the line is left out.
NEEDS = re.compile(r"  # (typst|icalendar)$")
CLERK = {
    "GIT_AUTHOR_NAME": "Invented Clerk",
    "GIT_AUTHOR_EMAIL": "clerk@example.org",
    "GIT_COMMITTER_NAME": "Invented Clerk",
    "GIT_COMMITTER_EMAIL": "clerk@example.org",
}


class Line(NamedTuple):
    """A paragraph of the story, or a command as it is typed."""

    text: str
    command: bool

    @property
    def shown(self) -> str:
        """The line as the audience sees it."""
        plain = NEEDS.sub("", self.text).removesuffix(REFUSED)
        return f"$ {plain}" if self.command else f"\n{textwrap.fill(plain, 80)}\n"

    @property
    def words(self) -> list[str]:
        """The words behind `b40` or `cd`."""
        return shlex.split(self.text.replace(BREAK, " "), comments=True)[1:]

    @property
    def missing(self) -> str | None:
        """What it needs and is not installed here."""
        needed = NEEDS.search(self.text)
        return needed[1] if needed and find_spec(needed[1]) is None else None

    @property
    def expected(self) -> int:
        """The exit code that belongs to the story."""
        return int(self.text.endswith(REFUSED))


def story() -> Iterator[Line]:
    """The lines of the story: comments that follow each other are one paragraph."""
    text = STORY.read_text(encoding="utf-8")
    for told, command in re.findall(r"((?:^# .*\n)+)|(^(?:.*\\\n)*.+\n)", text, re.MULTILINE):
        yield Line((command or told.replace("\n# ", " ").removeprefix("# ")).strip(), bool(command))


def played(request: Request, folder: Path | None) -> Answer[Played]:
    """Run the story with real commands and say where the scratch folders lie."""
    from tempfile import mkdtemp

    from b40cli.acts.handing_out import own_folder, refuse_place
    from b40cli.acts.register.starting import new_folders

    scratch = (folder or Path(mkdtemp(prefix="b40-demo-"))).absolute()
    real, invented = scratch / "real", scratch / "invented"
    own_folder(scratch)
    if folder:
        refuse_place(folder / ".git")  # as its registers have
    with new_folders(real, invented):
        pass
    # An answer in JSON is one object on standard output: the play is talk then.
    stage = sys.stdout if request.format == "terminal" else sys.stderr
    with ExitStack() as play:
        play.enter_context(redirect_stdout(StringIO() if request.quiet else stage))
        if request.quiet:
            play.enter_context(redirect_stderr(StringIO()))
        play.enter_context(_staged(invented))
        _real(real)
        _invented(invented)
        codes = [*_run(scratch)]
    told = (
        f"The scratch registers lie in {scratch}:\n"
        "look into them, change them, break them.\n"
        f"  b40 -C {invented} roll\n  git -C {invented} log\n"
        f"{_left(scratch)}"
    )
    refused = sum(code == 1 for _expected, code in codes)
    result: Played = {"folder": str(scratch), "commands": len(codes), "refused": refused}
    ok = all(code == expected for expected, code in codes)
    return Answer(
        "demo", str(request.today()), "unofficial", ok, None, (), result, int(not ok), told
    )


@contextmanager
def _staged(folder: Path) -> Iterator[None]:
    """A play waits for nobody: no pager; where git knows nobody, an invented clerk plays."""
    from b40cli.store.git.repository import Repository

    staged = {"PAGER": ""}
    try:
        Repository.fresh(folder).actor()
    except UsageError:
        staged |= CLERK
    before = {name: os.environ.get(name) for name in staged}
    os.environ.update(staged)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _left(scratch: Path) -> str:
    """What a visitor wants to see, each with its path."""
    left = {
        "site/index.html": "The public site of the invented network, to be opened in a browser:",
        "minutes.pdf": "The minutes of its General Assembly:",
        "calendar.ics": "Its calendar:",
    }
    there = {scratch / name: said for name, said in left.items() if (scratch / name).exists()}
    return "\n".join(f"{said}\n  {path}" for path, said in there.items())


def _real(folder: Path) -> None:
    """The shipped registry in a repository of its own."""
    from b40cli.acts.register.starting import BYTES_AS_THEY_ARE
    from b40cli.store.git.repository import Repository
    from b40cli.store.shipped import shipped

    repository = Repository.fresh(folder)
    source = shipped("registry")
    files = {
        f"registry/{file.relative_to(source).as_posix()}": file.read_bytes()
        for file in sorted(source.rglob("*"))
        if file.is_file()
    }
    changes = {".gitattributes": BYTES_AS_THEY_ARE, **files}
    repository.record(changes, "import: the public record of the B40 Network\n", parent=None)


def _invented(folder: Path) -> None:
    """An empty repository with the opening record and the papers the story names beside it."""
    from b40cli.store.git.repository import Repository

    Repository.fresh(folder)
    shutil.copy(OPENING, folder / "opening.yaml")
    for paper in set(re.findall(r"[a-z]+\.txt", STORY.read_text(encoding="utf-8"))):
        (folder / paper).write_text(f"{paper} of an invented city\n", encoding="utf-8")


def _run(folder: Path) -> Iterator[tuple[int, int]]:
    """Tell every line and run its command; the exit code that is expected, and the one it had."""
    from b40cli.cli.main import main
    from b40cli.model.errors import INTERRUPTED

    for line in story():
        out(line.shown)
        if line.text.startswith("cd "):
            folder = folder / line.words[0]
        elif line.missing:
            out(f"(left out: {line.missing} is not installed here)\n")
        elif line.command:
            with chdir(folder):
                code = main([*line.words, "--yes"])
            if code == INTERRUPTED:
                raise KeyboardInterrupt
            yield line.expected, code
            if "--quiet" not in line.words:
                out("\n")
