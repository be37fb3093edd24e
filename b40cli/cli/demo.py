"""The demonstration: the real register read, then an invented network at work."""

from __future__ import annotations

import shlex
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from b40cli.cli.options import Desk
from b40cli.cli.say import out
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError

PAPERS = ("form.txt", "letter.txt", "elections.txt", "decision.txt")
MEETING = "2026-03-10-ec"
ALL_SEVEN = "hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad,al-aldmar,me-zalivgrad,si-jezerna"


class Step(NamedTuple):
    """A line of the script: what to say, or the words of a command."""

    say: str = ""
    words: str = ""


REAL = (
    Step("1. The real register: the public record of the B40 Network, attested by its sources."),
    Step(words="check"),
    Step(words="roll"),
    Step("Fifty of 76 members are attested: a quorum computed from fifty would be false."),
    Step(words="quorum"),
    Step("Who presided when:"),
    *(Step(words=f"committee show --on {day}") for day in ("2024-06-01", "2026-06-01")),
)

INVENTED = (
    Step("2. An invented network of invented cities: its opening record comes in."),
    Step(words="import opening.yaml --yes --quiet"),
    Step(words="committee show --on 2026-03-10"),
    Step("A city applies; the committee meets, all seven for: it is admitted, and signs."),
    Step(
        words="application submit Rosendol --country BG --gazetteer none --population 41000 "
        "--form form.txt --letter letter.txt --elected elections.txt --criteria pledge,aims "
        "--on 2026-02-02"
    ),
    Step(words=f"meeting convene ec --opens {MEETING[:10]}T10:00 --on 2026-03-01"),
    Step(words=f"meeting roll-call {MEETING} --present {ALL_SEVEN} --on {MEETING[:10]}"),
    Step(
        words=f"decision propose admission --subject bg-rosendol --meeting {MEETING} "
        "--on 2026-03-10"
    ),
    Step(words="decision open EC-2026-001 --on 2026-03-10"),
    Step(words=f"decision vote EC-2026-001 --for {ALL_SEVEN} --on 2026-03-10"),
    Step(words="decision close EC-2026-001 --on 2026-03-10"),
    Step(words="member sign bg-rosendol --signed 2026-03-20 --place Rosendol --on 2026-03-20"),
    Step("Another fails by a single abstention; the readings that would have carried it:"),
    Step(
        words="application submit Mirnava --country SI --gazetteer none --population 23000 "
        "--form form.txt --letter letter.txt --elected elections.txt --criteria aims "
        "--on 2026-02-20"
    ),
    Step(
        words=f"decision record admission --subject si-mirnava --meeting {MEETING} "
        f"--for {ALL_SEVEN.removesuffix(',si-jezerna')} --abstain si-jezerna --on 2026-03-10"
    ),
    Step(words="show EC-2026-002"),
    Step("A suspension, and what it does to the roll:"),
    Step(
        words=f"decision record suspension --subject me-zalivgrad --meeting {MEETING} "
        "--grounds 'It kept the network from its archive.' --for "
        f"{ALL_SEVEN.replace(',me-zalivgrad', '')} --against me-zalivgrad --on 2026-03-10"
    ),
    Step(words="quorum --on 2026-04-01"),
    Step(words="roll --on 2026-04-01"),
    Step("An act the statutes do not allow is refused, with its article and the remedy:"),
    Step(
        words=f"decision propose removal --subject me-zalivgrad --meeting {MEETING} --on 2026-03-10"
    ),
    Step(words="decision open EC-2026-004 --on 2026-03-10"),
    Step("Everything is in the history:"),
    Step(words="check"),
    Step(words="log"),
)


def played(desk: Desk, folder: Path | None) -> Answer:
    """Run the script with real commands and say where the scratch folders lie."""
    from tempfile import mkdtemp

    scratch = (folder or Path(mkdtemp(prefix="b40-demo-"))).absolute()
    real, invented = scratch / "real", scratch / "invented"
    _make(real, invented)
    # An answer in JSON is one object on standard output: the play is talk then.
    stage = sys.stdout if desk.format == "terminal" else sys.stderr
    with redirect_stdout(StringIO() if desk.quiet else stage):
        _real(real)
        codes = [*_run(REAL, real)]
        _invented(invented)
        codes += _run(INVENTED, invented)
    told = (
        f"The scratch registers lie in {scratch}:\n"
        "look into them, change them, break them.\n"
        f"  b40 -C {invented} roll\n  git -C {invented} log"
    )
    result = {"folder": str(scratch), "commands": len(codes), "refused": sum(c == 1 for c in codes)}
    ok = sorted(set(codes)) == [0, 1] and sum(codes) == 1
    return Answer("demo", str(desk.today()), "unofficial", ok, None, (), result, int(not ok), told)


def _make(*folders: Path) -> None:
    """New folders only: what lies there already is not for play."""
    try:
        for folder in folders:
            folder.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}.", "Name another.") from error


def _real(folder: Path) -> None:
    """The shipped registry in a repository of its own."""
    from b40cli.acts.starting import BYTES_AS_THEY_ARE
    from b40cli.store.repository import Repository
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
    from b40cli.cli.main import main
    from b40cli.store.repository import Repository

    Repository.fresh(folder)
    name = "Network of Invented Cities"
    main(["init", str(folder), "--name", name, "--opened", "2026-01-05", "--quiet"])
    shutil.copy(Path(__file__).with_name("demo.yaml"), folder / "opening.yaml")
    for paper in PAPERS:
        (folder / paper).write_text(f"{paper} of an invented city\n", encoding="utf-8")


def _run(steps: tuple[Step, ...], folder: Path) -> Iterator[int]:
    """Say each line of the script and run its command in the folder."""
    from contextlib import chdir

    from b40cli.cli.main import main

    for step in steps:
        if step.say:
            out(f"\n{textwrap.fill(step.say, 80)}\n")
            continue
        out(f"$ b40 {step.words}")
        with chdir(folder):
            yield main(shlex.split(step.words))
        out("\n")
