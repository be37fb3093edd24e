"""The law grows: registers of yesterday under the tool of today, and of today under tomorrow's.

`tests/registers/` holds registers as earlier versions made them. A copy of the tool to which a rule
with a number of its own was added, as docs/architecture.md says, stands for the next version.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.request import options
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.rules.case.rule_sets import CONTENTS
from tests.acts.scene import scene
from tests.invented import b40, git
from tests.scenario import SHIPPED

Answering = Callable[[Sequence[str]], tuple[int, str, str]]
"""The words of a command -> its exit, and what it says."""

HERE = Path(__file__).parent
BUNDLE = HERE / "registers" / "0.1.0-invented.bundle"
NEWEST = max(KNOWN_SETS)
NEXT, VERSION = NEWEST + 1, f"0.{NEWEST + 1}.0"
TODAY, TOMORROW, LATER = "2026-03-02", "2026-03-03", "2026-03-04"
ASSEMBLY = "2026-03-09-ga"
RULE = '''

from functools import partial

from b40cli.model.day import legal_day


def short_notice(case: Case, path: str, number: str) -> Iterator[Breach]:
    """An Assembly is convened in good time."""
    meeting = case.after.meeting(path.rsplit("/", 1)[1].removesuffix(".yaml"))
    if meeting is None or meeting.kind != "ga" or meeting.notice is None:
        return
    day = legal_day(meeting.notice.sent)
    days = case.law(day).number(number)
    if (meeting.day - day).days < days:
        yield Breach("The notice is short.", "Send it earlier.", ("notice",), on=day)


RULES = (
    *RULES,
    *(
        Rule(
            name=f"short-notice-{kind}",
            kind=kind,
            article="Art. 10",
            norm="An Assembly is convened in good time.",
            about=("meetings",),
            question=partial(short_notice, number=f"days-of-notice-{kind}"),
            fails="A notice of two days.",
            cure="Send it earlier.",
            parameters=(f"days-of-notice-{kind}",),
            since=NEXT,
        )
        for kind in KINDS
    ),
)
'''
# Each kind of rule, and the days it asks for: a notice of TOMORROW has six, one of LATER five.
KINDS = {"note": 100, "duty": 100, "validity": 6}
NUMBERS = [{"name": f"days-of-notice-{kind}", "value": days} for kind, days in KINDS.items()]
CONTAINED = ", ".join(
    f'Number("{n["name"]}", "art10", "The days of notice.", {n["value"]})' for n in NUMBERS
)

# What the tool of today is asked of a register that took in a set of tomorrow.
UNKNOWN: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "--base", "HEAD~1"),
    ("audit",),
    ("review", "HEAD~1..HEAD"),
    ("status",),
    ("member", "mayor", "hr-kamenik", "Eva Secunda"),
)


def cloned(folder: Path) -> Path:
    """The register of 0.1.0, with somebody to act in it."""
    register = folder / "register"
    git(folder, "clone", "-q", str(BUNDLE), str(register))
    git(register, "config", "user.name", "Clerk")
    git(register, "config", "user.email", "clerk@example.org")
    return register


def tool(folder: Path) -> Path:
    """A copy of the tool with one rule set more: one rule of each kind, with a number."""
    copy = folder / "tool"
    copy.mkdir()
    for name in ("b40cli", "schemas", "registry"):
        shutil.copytree(HERE.parent / name, copy / name)
    known = f'{NEWEST}: "{KNOWN_SETS[NEWEST]}"'
    _changed(copy / "b40cli/model/facts/statutes.py", known, f'{known}, {NEXT}: "{VERSION}"')
    sets = copy / "b40cli/rules/case/rule_sets.py"
    with sets.open("a", encoding="utf-8") as more:
        more.write(f"\nCONTENTS[{NEXT}] = Contents(numbers=({CONTAINED}))\n")
    article = copy / "b40cli/rules/articles/art10_assembly.py"
    rules = RULE.replace("KINDS", repr(tuple(KINDS))).replace("NEXT", str(NEXT))
    article.write_text(article.read_text("utf-8") + rules, "utf-8")
    return copy


def _changed(file: Path, was: str, now: str) -> None:
    text = file.read_text("utf-8")
    assert was in text, was
    file.write_text(text.replace(was, now), "utf-8")


# A version of the tool that answers command after command, so that it is loaded once.
ANSWERING = """
import json, sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from b40cli.cli.request import options
from b40cli.cli.main import main

options.clock = lambda: date.fromisoformat(sys.argv[1])
for line in sys.stdin:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(json.loads(line))
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


@contextmanager
def loaded(place: Path) -> Iterator[Answering]:
    """The tool that lies in a folder, in a process of its own."""
    words = [sys.executable, "-c", ANSWERING, str(SHIPPED)]
    with subprocess.Popen(
        words, cwd=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        told, said = process.stdin, process.stdout
        assert told and said

        def answer(words: Sequence[str]) -> tuple[int, str, str]:
            print(json.dumps(words), file=told, flush=True)
            code, out, err = json.loads(said.readline())
            return code, out, err

        yield answer
        told.close()


def here(words: Sequence[str]) -> tuple[int, str, str]:
    """The tool of today, in this process."""
    done = b40(HERE, *words)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is later than the register's last commit."""
    monkeypatch.setattr(options, "clock", lambda: SHIPPED)
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        monkeypatch.setenv(name, f"{SHIPPED}T10:00:00+0300")


class Clerk:
    """Somebody at a register, with a version of the tool."""

    def __init__(self, register: Path, tool: Answering = here) -> None:
        self.register = register
        self.tool = tool

    def says(self, *words: str, code: int = 0) -> dict[str, Any]:
        """What a command answers in JSON."""
        ended, out, err = self.tool([*words, "--json", "-C", str(self.register)])
        assert ended == code, (words, out, err)
        found = json.loads(out) if out else {"told": err}
        assert isinstance(found, dict)
        return found

    def lawful(self, day: str) -> list[dict[str, Any]]:
        """Check and audit refuse nothing; what else the check tells."""
        assert self.says("audit", "--on", day)["ok"]
        return list(self.says("check", "--on", day)["findings"])

    def convenes(self, day: str, code: int = 0) -> list[dict[str, Any]]:
        """An Assembly is convened for the ninth, and the notice sent."""
        opens = f"{ASSEMBLY[:10]}T09:30:00+03:00"
        convene = ("meeting", "convene", "ga", "--opens", opens, "--city", "hr-kamenik")
        self.says(*convene, "--title", "General Assembly", "--on", day)
        sent = f"{day}T10:00:00+03:00"
        notice = self.says(*("meeting", "notice", ASSEMBLY, "--sent", sent, "--on", day), code=code)
        return list(notice["findings"])


def test_a_register_of_yesterday_is_lawful_and_takes_in_the_newest_set(tmp_path: Path) -> None:
    clerk = Clerk(cloned(tmp_path))
    before = clerk.lawful(TODAY)
    assert clerk.says("check", "--on", TODAY)["result"]["rule_set"] == 1
    assert clerk.says("status", "--on", TODAY)["ok"]
    head = git(clerk.register, "rev-parse", "HEAD")
    told = clerk.says("statutes", "upgrade", "--dry-run", "--on", TODAY)["result"]
    assert not [line for line in told["earlier"] if "short-notice" in line]
    brought = [point.id for n in range(2, NEWEST + 1) for point in CONTENTS[n].points]
    assert [point["id"] for point in told["points"]] == brought
    assert brought[:10] == [f"INT-{n}" for n in range(37, 47)]
    assert git(clerk.register, "rev-parse", "HEAD") == head

    done = clerk.says("statutes", "upgrade", "--on", TODAY)
    assert done["commit"] and done["result"]["from"] == TOMORROW
    changed = git(clerk.register, "diff", "--name-only", "HEAD~1").split()
    assert changed and all(path.startswith("registry/statutes/") for path in changed)
    assert clerk.lawful(TODAY) == before
    assert clerk.says("check", "--base", "HEAD~1", "--on", TODAY)["ok"]
    assert clerk.says("review", "HEAD~1..HEAD", "--on", LATER)["ok"]
    assert clerk.says("statutes", "show", "--on", TOMORROW)["result"]["rule_set"] == NEWEST
    assert clerk.says("statutes", "upgrade", "--on", TODAY)["commit"] is None
    clerk.lawful(LATER)


OF_THE_SET = "registry/statutes/interpretations/INT-01.yaml"
NEW = "registry/statutes/interpretations/INT-38.yaml"
NETWORK = "registry/network.yaml"
BY_HAND: dict[str, tuple[str, Callable[[str], str]]] = {
    "a comment in a new file": (NEW, lambda text: f"{text}# As agreed.\n"),
    "another layout of an older file": (OF_THE_SET, lambda text: text.replace(": ", ":  ", 1)),
    "keys in another order": (NEW, lambda text: "".join(_swapped(text.splitlines(True)))),
    "a comment beside it": (NETWORK, lambda text: f"{text}# As agreed.\n"),
    "a file outside the registry": ("README.md", lambda text: f"{text}As agreed.\n"),
    "a further file": ("registry/evidence/memo.txt", lambda _none: "As agreed.\n"),
}
"""What somebody does to the tool's own commit -> the file, and its text as they leave it."""


def _swapped(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], *lines[2:]]


def test_an_upgrade_is_let_in_byte_for_byte(tmp_path: Path) -> None:
    """What as data is the same, and what lies beside it, is seen by whoever judges a commit."""
    clerk = Clerk(scene(tmp_path))
    clerk.says("statutes", "upgrade", "--on", TODAY)
    own = git(clerk.register, "rev-parse", "HEAD").strip()
    for what, (path, by_hand) in BY_HAND.items():
        file = clerk.register / path
        text = file.read_text("utf-8") if file.exists() else ""
        assert by_hand(text) != text, what
        file.parent.mkdir(exist_ok=True)
        file.write_text(by_hand(text), "utf-8")
        git(clerk.register, "add", path)
        git(clerk.register, "commit", "-q", "--amend", "--no-edit")
        for words in (("check", "--base", "HEAD~1"), ("review", "HEAD~1..HEAD"), ("audit",)):
            found = clerk.says(*words, "--on", LATER, code=1)["findings"]
            assert "rule-set-taken-in" in [f["rule"] for f in found], (what, words, found)
        git(clerk.register, "reset", "-q", "--hard", own)
    clerk.lawful(LATER)


def test_a_source_that_was_let_into_a_list_stays_lawful(tmp_path: Path) -> None:
    """The first set looks one source up, not those of a list; what the second refuses is new."""
    cited = {"since": "2025-01-20", "source": ["founding-list", "hearsay"]}
    clerk = Clerk(scene(tmp_path, given={"members/tr-camliova": {"attested": cited}}))
    before = clerk.lawful(TODAY)
    clerk.says("statutes", "upgrade", "--on", TODAY)
    for day in (TODAY, TOMORROW):
        told = [f for f in clerk.lawful(day) if f["rule"] == "references-resolve"]
        assert [(f["kind"], f["facts"]) for f in told] == [("note", {"source": "hearsay"})]
        assert told == [f for f in before if f["rule"] == "references-resolve"]

    website = ("--at", "contact.website", "--is", "https://camliova.example", "--on", LATER)
    assert clerk.says("correct", "tr-camliova", *website)["commit"]
    both = ["registry/members/hr-kamenik.yaml", "registry/presidencies/2025.yaml"]
    for path in both:
        _edited(clerk, path, "source: founding-list", "source: [founding-list, hearsay]")
    assert _unlisted(clerk) == _unlisted(clerk, "--base", "HEAD") == both
    git(clerk.register, "commit", "-qam", "Heard of")
    found = clerk.says("audit", "--on", LATER, code=1)["findings"]
    assert "references-resolve" in {f["rule"] for f in found}
    _edited(clerk, "registry/evidence/sources.yaml", "founding-list:", "founding:")
    struck = _unlisted(clerk)
    assert struck == _unlisted(clerk, "--base", "HEAD")
    assert {*both, "registry/members/tr-camliova.yaml"} <= {*struck}


def _edited(clerk: Clerk, path: str, was: str, now: str) -> None:
    file = clerk.register / path
    file.write_text(file.read_text("utf-8").replace(was, now), "utf-8")


def _unlisted(clerk: Clerk, *against: str) -> list[str]:
    """Where a check refuses what is named and not on record."""
    found = clerk.says("check", *against, "--on", LATER, code=1)["findings"]
    refused = ("references-resolve", "validity")
    return [f["file"] for f in found if (f["rule"], f["kind"]) == refused]


def test_a_rule_that_is_added_asks_about_later_days_only(tmp_path: Path) -> None:
    """The register of 0.1.0 first as it was, then by the newest set; each day by its own."""
    register = cloned(tmp_path)
    with loaded(tool(tmp_path)) as answering:
        _grows(Clerk(register), Clerk(register, answering))


def _grows(today: Clerk, tomorrow: Clerk) -> None:
    assert tomorrow.lawful(TODAY) == today.lawful(TODAY)
    assert tomorrow.convenes(TODAY) == []
    assert tomorrow.lawful(TODAY) == today.lawful(TODAY)

    told = tomorrow.says("statutes", "upgrade", "--dry-run", "--on", TODAY)["result"]
    assert {f"short-notice-{kind}" for kind in KINDS} <= {rule["name"] for rule in told["rules"]}
    assert all(number in told["numbers"] for number in NUMBERS)
    assert not [line for line in told["earlier"] if "short-notice" in line]
    foreseen = [kind for kind in KINDS if f"short-notice-{kind}" in " ".join(told["today"])]
    assert foreseen == ["note", "duty"], "its numbers, too, as were they in force already"
    number = ("explain", "days-of-notice-note")
    assert f"It comes with rule set {NEXT}" in str(tomorrow.says(*number, code=2))
    tomorrow.says("statutes", "upgrade", "--on", TODAY)
    assert "It comes with" not in str(tomorrow.says(*number, code=2))
    assert not any("short-notice" in f["rule"] for f in tomorrow.lawful(TOMORROW))

    assert _sent(tomorrow, TOMORROW) == {"note", "duty"}
    tomorrow.lawful(TOMORROW)
    assert _sent(tomorrow, LATER, code=1) >= {"validity"}
    tomorrow.lawful(LATER)

    for asked in UNKNOWN:
        assert VERSION in str(today.says(*asked, code=3)), asked


def _sent(clerk: Clerk, day: str, code: int = 0) -> set[str]:
    """The notice is sent again on a day; the kinds of the new rules that it breaks."""
    sent = f"{day}T10:00:00+03:00"
    words = ("meeting", "notice", ASSEMBLY, "--sent", sent, "--on", day)
    said = clerk.says(*words, code=code)["findings"]
    broken = [f for f in said if "short-notice" in f["rule"]]
    assert all(f["rule"] == f"short-notice-{f['kind']}" for f in broken)
    return {f["kind"] for f in broken}
