"""Wrong input, for every command: the exit of the contract, one clear line, nothing written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from b40cli.acts.imports.content import SHAPES as IMPORTED
from b40cli.cli.commands import CommandRow, rows
from b40cli.store.schema import explain, fits
from tests.invented import b40_alone
from tests.scenario import ALL, FIRST, PAPERS, Heard, ask, pinned, whole
from tests.store.checkout import snapshot

pytestmark = pytest.mark.usefixtures("asked")

ESCAPES = "\x1b[31mred\x1b[0m"
BIDI = "a\u202eb"
MARKUP = "[bold]x[/bold]"
LONG = "x" * 5000
NOWHERE = "bg-nowhere"
IDS = (
    "nowhere", "../../etc/passwd", "bg-../../x", "..", "members/../network", "/etc/passwd", "-x",
    MARKUP, ESCAPES, BIDI, "bg-x\ny", "EC-20/6-001", "EC-²026-001", "2026-02-30-ec", "INT-99", LONG,
)  # fmt: skip
DAYS = (
    "2026-02-30",
    "2026-13-01",
    "20260310",
    "10.03.2026",
    "today",
    "0000-00-00",
    "２０２６-03-10",
)
TIMES = ("2026-02-30T10:00", "2026-03-10", "10:00", "2026-03-10T25:00", ESCAPES, "noon")
GIVE = "proxy give 2026-04-14-ec --from si-jezerna --to al-aldmar"
# A dispatch may be known by its day alone (INT-18).
NO_MOMENTS = tuple(time for time in TIMES if time != "2026-03-10")
# The register was not yet there, and no day of the calendar.
DATES = ("2020-01-01", "2026-02-30")
COUNTRIES = ("Bulgaria", "B", "12", "B*", "ßß", ESCAPES)
WORDS = ("nonsense", MARKUP, ESCAPES, BIDI)
NUMBERS = ("0", "-1", "1.5", "many", "9" * 5000)
TALLIES = (
    "for=5,for=1",
    "for",
    "for=x",
    "for=-1",
    "maybe=1",
    ",",
    f"for={LONG}",
    "for=" + "9" * 5000,
)
STRANGE = ("../pipe", "../ring")
FILES = ("missing.pdf", "registry", "../../no/such.pdf", *STRANGE, LONG, "/proc/self/mem")
BLANKS = ("", " ", "\t")
AMENDS = (
    *("assembly-quorum=7/3", "assembly-quorum=1/0", "assembly-quorum=50%", "region=XX", "region=,"),
    *("amendment-majority=absolute", "proxies-per-holder=-4", "quorums=1/2", "summit-month=13"),
)
LAWLESS = 1
USAGE = 2
CONFLICT = 4

APPLY = "application submit Tihograd --country BG --gazetteer none"
PROPOSE = "decision propose admission --subject bg-rosendol --meeting {first}"
RECORD = "decision record admission --subject bg-rosendol --meeting {first} --for hr-kamenik"
CONVENE = "meeting convene ec --opens 2026-04-16T10:00"
CORRECT = "correct --why Misread --evidence form.txt"
SUSPEND = "member suspend bg-vodengrad --grounds Silence --evidence decision.txt"


class Wrong(NamedTuple):
    """A command with a gap `@`, what is put into the gap, and the exit it must have."""

    words: str
    put: tuple[str, ...]
    code: int


WRONG = (
    # The name of a record: nothing on record is called so.
    *(
        Wrong(f"{command} -- @", (*IDS, *BLANKS), USAGE)
        for command in (
            "show", "log", "explain", "quorum", "member show", "member sign",
            "member suspend --evidence decision.txt", "member reinstate --evidence decision.txt",
            "application withdraw", f"meeting roll-call --present {ALL}",
            "proxy give --from hr-kamenik --to bg-vodengrad", "decision open", "decision close",
            "decision withdraw", "decision vote --for hr-kamenik", "statutes show",
            "statutes readings", "city", "member set --phone 1", "member certificate",
            "meeting move --to 2026-06-01T10:00", "meeting cancel --reason None", "meeting sheets",
            "meeting prepare", "proxy solve", "decision paper", "decision what-if", "mail notice",
        )
    ),
    Wrong("member mayor -- @ Ana", (*IDS, *BLANKS), USAGE),
    Wrong("member rename -- @ Drugigrad", (*IDS, *BLANKS), USAGE),
    Wrong("mail -- @ 2026-04-14-ec", (*WORDS, *BLANKS), USAGE),
    Wrong("do -- @", (*NUMBERS, "999"), USAGE),
    Wrong("search -- @", BLANKS, USAGE),
    Wrong("evidence file -- @", FILES, USAGE),
    Wrong("forget --why x --evidence form.txt -- @ note", (*IDS, *BLANKS), USAGE),
    Wrong("forget --why x --evidence form.txt -- hr-kamenik @", ("id", "9" * 99), 2),
    Wrong("forget hr-kamenik note --why x --evidence=@", FILES, USAGE),
    Wrong("statutes simulate --reading=@", (*WORDS, "INT-99=x", "INT-01=x", "=x", "INT-01="), 2),
    Wrong("doctor --format=@", WORDS, USAGE),
    Wrong("undo --format=@", WORDS, USAGE),
    # A file that cannot be made there; nothing is written.
    Wrong("site build --out=@", (*BLANKS, LONG, "form.txt/x"), USAGE),
    *(
        Wrong(f"export {form} --out=@", (*BLANKS, LONG, "form.txt/x"), USAGE)
        for form in ("json", "csv", "xlsx", "ics", "popolo", "atom")
    ),
    # A city in an act, well formed but not on record: the law answers.
    Wrong("proxy give 2026-04-14-ec --from @ --to hr-kamenik", (NOWHERE,), LAWLESS),
    Wrong(f"meeting roll-call {FIRST} --present hr-kamenik,@", (NOWHERE,), LAWLESS),
    Wrong("decision vote EC-2026-001 --for @", (NOWHERE,), LAWLESS),
    Wrong(f"decision propose admission --meeting {FIRST} --subject @", (NOWHERE,), LAWLESS),
    Wrong(PROPOSE.format(first="@"), ("2026-02-28-ec",), LAWLESS),
    Wrong("meeting convene ec --opens 2026-04-16T10:00 --requested-by @,al-aldmar", (NOWHERE,), 1),
    # What would be no record at all.
    Wrong("proxy give 2026-04-14-ec --to hr-kamenik --from=@", IDS, USAGE),
    Wrong("proxy give 2026-04-14-ec --from hr-kamenik --to=@", IDS, USAGE),
    Wrong(f"decision propose admission --meeting {FIRST} --subject=@", IDS[:-2], USAGE),
    Wrong(f"{APPLY} --id=@", IDS, USAGE),
    Wrong(f"{APPLY} --criteria=@", WORDS, USAGE),
    Wrong(f"{APPLY} --aims=@", WORDS, USAGE),
    Wrong(f"{APPLY} --contact=@", WORDS, USAGE),
    Wrong(f"{CONVENE} --city=@", IDS, USAGE),
    Wrong(f"{CONVENE} --slug=@", ("../x", "a/b", MARKUP, ESCAPES, "A", "a b", LONG), USAGE),
    Wrong(f"{CONVENE} --title=@", (ESCAPES, BIDI, LONG, "a\nb"), USAGE),
    Wrong(f"{PROPOSE.format(first=FIRST)} --title=@", (ESCAPES, BIDI, LONG, "a\nb"), USAGE),
    Wrong("member mayor hr-kamenik -- @", (ESCAPES, BIDI, LONG, "a\nb"), USAGE),
    Wrong("member sign bg-rosendol --place=@", (ESCAPES, BIDI, LONG, "a\nb"), USAGE),
    Wrong("application submit --country BG --gazetteer none -- @", (ESCAPES, LONG), USAGE),
    Wrong("init new --name=@ --dry-run", (ESCAPES, BIDI, LONG), USAGE),
    Wrong("init new --headquarters=@ --dry-run", (*WORDS, "zz-foo", "uk-london"), USAGE),
    Wrong("statutes simulate -- @", FILES, USAGE),
    # What no Assembly can make law is not put to it.
    *(
        Wrong(f"{command} --amend=@", AMENDS, USAGE)
        for command in ("statutes simulate", f"decision propose amendment --meeting {FIRST}")
    ),
    Wrong("statutes simulate --amend summit-month=1 --amend=@", ("summit-month=2",), USAGE),
    Wrong("mail notice 2026-04-14-ec --attach=@", FILES, USAGE),
    Wrong("mail notice 2026-04-14-ec --out=@", BLANKS, USAGE),
    # A folder that others use.
    *(
        Wrong(f"{command}=@", (".", "registry"), CONFLICT)
        for command in ("demo --folder", "site build --out", "export csv --out")
    ),
    # An ending of another form.
    *(
        Wrong(f"{command}=@", ("x.pdf", "x.zip"), USAGE)
        for command in (f"export {form} --out" for form in ("json", "xlsx", "ics", "atom"))
    ),
    Wrong("import --template yaml --dry-run -- @", ("x.pdf", "x.csv"), USAGE),
    # Days, times, countries, choices, numbers, files.
    *(
        Wrong(f"{command}=@", (*DAYS, *BLANKS[1:]), USAGE)
        for command in (
            "roll --on", "decision close EC-2026-001 --on", f"{APPLY} --received",
            "member sign bg-rosendol --signed", "member mayor hr-kamenik Ana --from",
            "member mayor hr-kamenik Ana --until", "init new --opened", "init new --founded",
        )
    ),
    # The later articles: unknown names, and days that are none.
    *(
        Wrong(f"{command} -- @", (NOWHERE, *BLANKS), USAGE)
        for command in (
            "committee resign", "meeting agenda --item handover", "meeting close --at noon",
            "meeting consult --president 2026-04-01", "meeting dispatch", "meeting minutes",
            "meeting notice", "meeting rules --announced 2026-04-01", "member dossier",
            "member withdraw", "observer end --evidence form.txt",
            "presidency departure", "presidency handover", "proxy list",
            "proxy receipt --from hr-kamenik --sent-president 2026-04-01",
            "proxy revoke --from hr-kamenik", "report final", "group programme --year 2026",
            "summit sign --cities hr-kamenik",
        )
    ),
    Wrong("presidency decline -- @", (NOWHERE,), LAWLESS),
    Wrong("meeting delegation -- @ hr-kamenik", (NOWHERE, *BLANKS), USAGE),
    Wrong("duty acknowledge --of 2026 --reason x --by president -- @", (NOWHERE,), USAGE),
    Wrong("group lead --evidence form.txt -- @ hr-kamenik", (NOWHERE, *BLANKS), USAGE),
    Wrong("group expert --city hr-kamenik -- @ Ana", (NOWHERE, *BLANKS), USAGE),
    Wrong("observer invite --to ga --evidence form.txt -- @", (NOWHERE,), USAGE),
    Wrong("secretary appoint Ana --evidence @", ("missing.pdf", LONG), USAGE),
    *(
        Wrong(f"{command} --on=@", DAYS, USAGE)
        for command in (
            "committee plan", "duty list", "group list", "group open", "observer list",
            "observer request", "presidency agenda", "presidency order", "presidency plan",
            "presidency show", "report activity", "secretary show", "status",
            "statutes coverage", "statutes upgrade", "summit plan",
        )
    ),
    Wrong("trust add --name Ana --key gpg:" + "0A" * 20 + " -- @", (*IDS[2:6], "*", "a,b"), USAGE),
    Wrong("trust add ana --name Ana --key=@", (*FILES, "gpg:0A", *BLANKS), USAGE),
    Wrong("trust add ana --name Ana --key gpg:" + "0A" * 20 + " --handle=@", ("*", "a b"), USAGE),
    Wrong("trust add ana --name Ana --key gpg:" + "0A" * 20 + " --office=@", WORDS, USAGE),
    Wrong("trust revoke --reason Lost -- @", (NOWHERE, *BLANKS), USAGE),
    Wrong("trust signers --on=@", DAYS, USAGE),
    Wrong("trust signers --write=@", ("registry", "form.txt/x", LONG), USAGE),
    Wrong("trust codeowners --check=@", ("missing", "registry", "../pipe", LONG), USAGE),
    Wrong(f"{APPLY} --on=@", ("2026-01-04", "2026-04-21", "9999-12-31"), USAGE),
    Wrong("init new --opened @", ("2026-04-21",), USAGE),
    Wrong("meeting convene ec --opens=@", (*TIMES, *BLANKS), USAGE),
    Wrong(f"meeting roll-call {FIRST} --present hr-kamenik --at=@", (*TIMES, *BLANKS), USAGE),
    Wrong(f"{GIVE} --sent-secretary=@", NO_MOMENTS, USAGE),
    Wrong(f"{GIVE} --sent-president=@", NO_MOMENTS, USAGE),
    Wrong("application submit Rosendol --gazetteer none --country=@", (*COUNTRIES, ""), USAGE),
    Wrong("application submit Rosendol --gazetteer none --country=@", ("AT", "ZZ"), LAWLESS),
    Wrong("observer request Graubach --gazetteer none --country=@", ("EL", "UK", "ZZ"), USAGE),
    Wrong(f"{APPLY} --id=@", ("hr-kamenik",), LAWLESS),
    Wrong("member list --country=@", (*COUNTRIES, ""), USAGE),
    Wrong("member list --standing=@", (*WORDS, *BLANKS), USAGE),
    Wrong("meeting list --kind=@", (*WORDS, *BLANKS), USAGE),
    Wrong("decision list --state=@", (*WORDS, *BLANKS), USAGE),
    Wrong("decision list --matter=@", (*WORDS, *BLANKS), USAGE),
    Wrong("quorum --body=@", WORDS, USAGE),
    Wrong("meeting convene --opens 2026-04-16T10:00 -- @", WORDS, USAGE),
    Wrong(f"{CONVENE} --mode=@", WORDS, USAGE),
    Wrong("member mayor hr-kamenik Ana --capacity=@", WORDS, USAGE),
    Wrong(f"{APPLY} --gazetteer=@", (*WORDS, "99", "9" * 5000), USAGE),
    Wrong(f"{APPLY} --population=@", NUMBERS, USAGE),
    Wrong("log --limit=@", NUMBERS, USAGE),
    Wrong(f"{PROPOSE.format(first=FIRST)} --item=@", NUMBERS, USAGE),
    Wrong("decision vote EC-2026-001 --tally=@", TALLIES, USAGE),
    Wrong("decision vote EC-2026-001 --for=@", (*BLANKS, ",", " , "), USAGE),
    Wrong(f"decision record admission --subject bg-rosendol --meeting {FIRST} --for=@", (",",), 2),
    Wrong("decision vote EC-2026-001 --for hr-kamenik@", (",hr-kamenik",), USAGE),
    Wrong("decision vote EC-2026-001 --for hr-kamenik --against @", ("hr-kamenik",), USAGE),
    Wrong("decision vote EC-2026-001@", ("",), USAGE),
    Wrong(f"{CORRECT} --at name --is x -- @", (*IDS, *BLANKS), USAGE),
    Wrong(f"{CORRECT} hr-kamenik --is x --at=@", (*WORDS, *BLANKS, "attested", "9" * 5000), USAGE),
    Wrong(f"{CORRECT} hr-kamenik --at name --is=@", (ESCAPES, BIDI, LONG, *BLANKS), USAGE),
    Wrong(f"{CORRECT} hr-kamenik --at name --is x --by=@", WORDS, USAGE),
    Wrong("correct hr-kamenik --at name --is x --why y --evidence=@", FILES, USAGE),
    Wrong(f"{CORRECT} hr-kamenik --at country --is=@", ("RS",), LAWLESS),
    Wrong(f"decision annul --effect ex-tunc --meeting {FIRST} -- @", IDS, USAGE),
    Wrong(f"decision annul EC-2026-001 --meeting {FIRST} --effect=@", WORDS, USAGE),
    Wrong("sync --remote=@", (*WORDS, *BLANKS, "--all", LONG), USAGE),
    Wrong("sync --on=@", ("2026-04-01", *DAYS), USAGE),
    Wrong("decision certificate -- @", IDS, USAGE),
    Wrong("decision certificate EC-2026-001 --out=@", (*BLANKS, "registry/x/y"), USAGE),
    Wrong(f"{RECORD.format(first=FIRST)} --tally@", ("=for=5",), USAGE),
    *(
        Wrong(f"{command}=@", FILES, USAGE)
        for command in (
            f"{APPLY} --form", f"{APPLY} --letter", f"{APPLY} --document", f"{APPLY} --elected",
            "member sign bg-rosendol --document", "member suspend bg-vodengrad --evidence",
            "member reinstate bg-vodengrad --evidence",
            "proxy give 2026-04-14-ec --from si-jezerna --to al-aldmar --document",
            f"{PROPOSE.format(first=FIRST)} --evidence", f"{RECORD.format(first=FIRST)} --evidence",
        )
    ),
    Wrong("import --yes -- @", FILES, USAGE),
    Wrong("import roster.csv --yes --whole=@", WORDS, USAGE),
    Wrong("import roster.csv@", ("",), USAGE),
    Wrong("fmt -- @", ("missing", "../..//no", "../ring", "form.txt", LONG), USAGE),
    Wrong("check --base=@", (*WORDS, *BLANKS, "--all", "HEAD~99", "-x"), USAGE),
    Wrong("audit -- @", (*WORDS, *BLANKS, "--all", "HEAD~99", "..HEAD", "HEAD...HEAD"), USAGE),
    Wrong("audit --since=@", (*WORDS, *BLANKS, "--all", "HEAD~99", "-x"), USAGE),
    Wrong("review -- @", (*WORDS, *BLANKS, "..", "..HEAD", "a..b..c", "HEAD~99", "-x"), USAGE),
    Wrong("review HEAD~1 --known-at=@", ("HEAD",), USAGE),
    Wrong("roll --known-at=@", (*WORDS, *BLANKS, *DATES, "HEAD^{tree}", "-x"), USAGE),
    Wrong("committee show --on=@", DAYS, USAGE),
    Wrong("application list --known-at=@", WORDS, USAGE),
    Wrong(f"{APPLY} --branch=@", ("a b", "-x", "HEAD", "a..b", ESCAPES, "", ".lock"), USAGE),
    Wrong("roll --format=@", (*WORDS, ""), USAGE),
    Wrong("roll --repo=@", ("missing", "form.txt", LONG, ESCAPES, "registry/network.yaml"), USAGE),
    Wrong(f"{APPLY} --repo=@", ("missing", "form.txt", LONG, ESCAPES), USAGE),
    Wrong("demo --on=@", DAYS, USAGE),
    Wrong("member suspend bg-vodengrad@", ("",), USAGE),
    Wrong("init@", ("",), USAGE),
    Wrong("init new --branch @", ("side",), USAGE),
)  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A register with an application, a meeting and a proposal, and papers beside it."""
    from tests.invented import repository

    with pinned():
        folder = tmp_path_factory.mktemp("wrong") / "register"
        folder.mkdir()
        repository(folder, whole())
        os.mkfifo(folder.parent / "pipe")
        (folder.parent / "ring").symlink_to("ring")
        for paper in (*PAPERS, "roster.csv"):
            (folder / paper).write_text("name,country,since,source\n")
        for words in (
            f"{APPLY} --form form.txt --on 2026-02-02".replace("Tihograd", "Rosendol"),
            "meeting convene ec --opens 2026-03-10T10:00 --on 2026-03-01",
            f"meeting roll-call {FIRST} --present {ALL} --on 2026-03-10",
            f"{PROPOSE.format(first=FIRST)} --on 2026-03-10",
            "meeting convene ec --opens 2026-04-20T10:00 --slug late --on 2026-04-03",
            "meeting convene ec --opens 2026-04-14T10:00 --title Other --on 2026-04-03",
        ):
            heard = ask(folder, *words.split())
            assert heard.code == 0, heard
        yield folder


@pytest.fixture(scope="module")
def seen(register: Path) -> list[dict[str, object]]:
    """What the register was after each command, and before the first."""
    return [snapshot(register)]


def untouched(register: Path, seen: list[dict[str, object]]) -> bool:
    """Whether the register is what it was when it was looked at last."""
    seen.append(snapshot(register))
    return seen.pop(0) == seen[0]


# The acts that are done on the day of the meeting.
ON_A_DAY = {row.words for row in rows() if row.words.split()[0] in ("decision", "proxy")}


def given(wrong: Wrong, put: str) -> list[str]:
    """The words of the command, with the gap filled; a gap in an empty word leaves no word."""
    day = (
        "--on" in wrong.words or wrong.words.startswith(("init", "demo")) or "@" not in wrong.words
    )
    words = [word.replace("@", put) for word in wrong.words.split()]
    on = [] if day or " ".join(words[:2]) not in ON_A_DAY else ["--on", "2026-03-10"]
    return words[:2] + on + words[2:] if on else words


def in_json(words: list[str]) -> list[str]:
    guard = words.index("--") if "--" in words else len(words)
    return [*words[:guard], "--json", *words[guard:]]


def check_told(heard: Heard, code: int) -> None:
    """The exit, one line that says what is wrong, and nothing a terminal obeys."""
    assert heard.code == code, heard
    for text in (heard.out, heard.err):
        assert "Traceback" not in text
        assert text.replace("\n", "").isprintable()
    if code == LAWLESS:
        assert "  refused  " in heard.out.splitlines()[0]
    else:
        said = heard.err.splitlines()
        # How a file was read is told before what is wrong with it.
        first, *more = said[" is read as " in said[0] :]
        assert first.startswith("b40: ") and len(first) > len("b40: ") + 8
        assert all(line.startswith("  ") for line in more)
        assert heard.out == ""


def check_json(heard: Heard, code: int) -> None:
    """With --json one valid object that holds the finding, wherever it is told."""
    assert heard.code == code, heard
    data = json.loads(heard.out)
    assert fits("output", data), explain("output", data)
    assert data["ok"] is False and data["commit"] is None
    found = data["findings"]
    assert found and all(f["message"] and f["rule"] for f in found)
    if code != LAWLESS:
        assert {f["kind"] for f in found} == {"defect"}


@pytest.mark.parametrize("wrong", WRONG, ids=[f"{w.words[:60]}:{w.code}" for w in WRONG])
def test_wrong_input(wrong: Wrong, register: Path, seen: list[dict[str, object]]) -> None:
    for put in wrong.put:
        check_told(ask(register, *given(wrong, put)), wrong.code)
    if "--format" not in wrong.words:
        check_json(ask(register, *in_json(given(wrong, wrong.put[-1]))), wrong.code)
    assert untouched(register, seen)


def test_every_command_is_asked_wrongly() -> None:
    asked = {w.words.split()[0] for w in WRONG} | {" ".join(w.words.split()[:2]) for w in WRONG}
    assert {row.words for row in rows()} <= asked


# What a person may write where a file of a command has a list, a mapping, a word or a number.
ODD = (
    *("3", "-1", "1.5", "null", "true", "[]", "{}", "'x'", "[1]", "[[[]]]", "{a: 1}", "[null]"),
    *("[{}]", "[{name: x}, 3]", "9" * 100_000, "'\u202e'", "'\x07'", "2026-02-30", ".inf", "0x1F"),
    *("!!str x", "&a x", "*a", "|\n  x\n", "[" * 40 + "]" * 40, "{null: 1}", "{value: 1/0}"),
    *("", "\t", "\ufeff"),
)
PARTS = (*IMPORTED, "sources: {x: @}", "members: [@]", "members: [{name: @, country: BG}]")
VALUES = "parameters: [{name: committee-quorum, values: @}]"
FORMS = {
    "import --yes": ("@", *(part if "@" in part else f"{part}: @" for part in PARTS)),
    "statutes simulate": (
        *("@", "parameters: @", "parameters: [@]", VALUES, "parameters: {committee-quorum: @}"),
        *("parameters: {@: 1}", "readings: @", "readings: {INT-01: @}", "amends: @", "amends: [@]"),
        "amends: [{parameter: committee-quorum, value: @}]",
    ),
}


@pytest.mark.parametrize("command", FORMS)
def test_a_file_of_any_shape(command: str, register: Path, seen: list[dict[str, object]]) -> None:
    """Drawn by a seed: refused in one line, or read; never a defect, and nothing is written."""
    forms = [form.replace("@", odd) for form in FORMS[command] for odd in ODD]
    for n, text in enumerate(Random(40).sample(forms, 40)):
        file = register.parent / f"odd{n}.yaml"
        file.write_text(text)
        heard = ask(register, *command.split(), str(file), "--dry-run")
        assert heard.code in (0, 1, 2, 3), (text[:80], heard)
        if heard.code > LAWLESS:
            check_told(heard, heard.code)
    assert untouched(register, seen)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff" * 90, b"ssh-ed25519 AAA\xff x", b"ssh-ed25519 " + b"A" * 9999, b"ssh-rsa \0"],
    ids=range(5),
)
def test_a_key_that_is_none(data: bytes, register: Path) -> None:
    (register.parent / "odd.pub").write_bytes(data)
    heard = ask(register, "trust", "add", "ana", "--name", "Ana", "--key", "../odd.pub")
    check_told(heard, USAGE)


@pytest.mark.parametrize("row", rows(), ids=[row.words for row in rows()])
@pytest.mark.parametrize("odd", ["a\0b", "caf\udce9", "--nonsense", "--on=2026-02-30"])
def test_every_command_refuses_what_is_no_word_of_it(
    row: CommandRow, odd: str, register: Path, seen: list[dict[str, object]]
) -> None:
    words = row.words.split()
    check_told(ask(register, *words, odd), USAGE)
    check_json(ask(register, *words, odd, "--json"), USAGE)
    assert untouched(register, seen)


@pytest.mark.parametrize("row", rows(), ids=[row.words for row in rows()])
def test_every_command_refuses_too_many_words(
    row: CommandRow, register: Path, seen: list[dict[str, object]]
) -> None:
    words = row.words.split()
    heard = ask(register, *words, *("--", *["x"] * 9))
    if row.words not in ("fmt", "search"):
        check_told(heard, USAGE)
    assert untouched(register, seen)


@pytest.mark.parametrize("name", [MARKUP, "../../etc", "$(touch x)", "`id`", "'; rm -rf", "Kosovo"])
def test_a_lawful_name_stays_a_name(name: str, register: Path) -> None:
    heard = ask(register, "member", "mayor", "hr-kamenik", "--dry-run", "--", name)
    assert heard.code == 0
    assert name.replace("Kosovo", "Kosovo*") in heard.out
    assert not (register / "x").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "../../etc/passwd"], USAGE),
        (["show", ESCAPES], USAGE),
        (["roll", "--on", "2026-02-30", "--json"], USAGE),
        (["member", "list", "--country", "Bulgaria"], USAGE),
        (["import", "missing.yaml", "--yes"], USAGE),
        ([], USAGE),
    ],
)
def test_in_a_process_of_its_own(words: list[str], code: int, register: Path) -> None:
    ran = b40_alone(register, *words)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr + ran.stdout and "\x1b" not in ran.stderr + ran.stdout


def test_bytes_that_are_no_text(register: Path) -> None:
    ran = subprocess.run(
        [sys.executable.encode(), b"-m", b"b40cli.cli.main", b"show", b"\xff\xfe"],
        cwd=register, capture_output=True,
    )  # fmt: skip
    assert ran.returncode == USAGE and b"is not text" in ran.stderr
