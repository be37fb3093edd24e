"""Hostile working files: each named by file, line and column, exit 3, fast; nothing is obeyed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from b40cli.store.git.guard.cut import Cut, size_of
from b40cli.store.git.repository import Repository
from b40cli.store.git.working import _folders
from b40cli.store.schema import explain
from tests.invented import b40_alone, git, repository
from tests.scenario import Heard, ask, pinned, whole

UNREADABLE = 3
CITY = "registry/members/bg-x.yaml"
HEAD = "id: bg-x\nname: X\ncountry: BG\n"
MiB = 1 << 20


def bomb() -> str:
    """Twenty lines that a careless reader makes into 9^20 texts."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for n in range(20):
        here, there = chr(ord("b") + n), chr(ord("a") + n)
        lines.append(f"{here}: &{here} [{', '.join([f'*{there}'] * 9)}]")
    return "\n".join(lines) + "\n"


CONTENTS: dict[str, tuple[bytes, int, int]] = {
    # what stands in the file, and the line and column that are named
    "ten megabytes": (b"id: bg-x\nname: " + b"x" * (10 * MiB), 1, 1),
    "ten megabytes of lines": (b"- x\n" * (10 * MiB // 4), 1, 1),
    "an alias bomb": (bomb().encode(), 1, 4),
    "a megabyte of [": (b"[" * (MiB - 1), 1, 33),
    "a megabyte of {a: ": (b"{a: " * (MiB // 4), 1, 129),
    "a megabyte of dashes": (b"- " * (MiB // 2), 1, 65),
    "a megabyte of quotes": (b'"' * (MiB - 1), 1, 3),
    "a megabyte of ?": (b"? " * (MiB // 2), 1, 3),
    "half a megabyte of marks": (("a: e" + "\u0301" * (MiB // 2 - 8)).encode(), 1, 1),
    "an escape sequence": (b"id: bg-x\nname: a\x1b[31mb\n", 2, 8),
    "an escape sequence in quotes": (b'id: bg-x\nname: "a\\x1b[31mb"\n', 2, 7),
    "an escape sequence as a key": (b'id: bg-x\n"\\x1b[2J": 1\n', 2, 1),
    "a C1 control": ("id: bg-x\nname: a\x9b31mb\n".encode(), 2, 8),
    "a NUL byte": (b"id: bg-x\nname: a\0b\n", 2, 8),
    "an override of direction": ("id: bg-x\nname: a\u202eb\n".encode(), 2, 8),
    "a byte order mark": ("\ufeffid: bg-x\n".encode(), 1, 1),
    "no UTF-8": (b"id: bg-x\nname: \xff\xfe\n", 2, 7),
    "Windows line ends": (b"id: bg-x\r\n", 1, 9),
    "a tab": (b"id: bg-x\nname:\tX\n", 2, 6),
    "a duplicate key": (b"id: bg-x\nname: X\nname: Y\n", 3, 1),
    "no": (b"id: bg-x\nname: no\n", 2, 7),
    "0123": (b"id: bg-x\ngazetteer: 0123\n", 2, 12),
    "a day of no calendar": (f"{HEAD}attested: {{since: 2026-02-30, source: founding-list}}\n"
                             .encode(), 4, 19),
    "a time where a day belongs": (f"{HEAD}attested: {{since: 2026-02-03T10:00:00Z, source: x}}\n"
                                   .encode(), 4, 12),
    "a tag": (b"id: !!python/object/apply:os.system ['true']\n", 1, 5),
    "a merge key": (b"id: bg-x\n<<: {name: X}\n", 2, 1),
    "two documents": (b"id: bg-x\n---\nid: bg-y\n", 2, 1),
    "nothing": (b"", 1, 1),
    "a list": (b"- id: bg-x\n", 1, 1),
    "an unknown key": (f"{HEAD}force: true\n".encode(), 4, 1),
    "an unlawful country": (b"id: bg-x\nname: '[bold]X[/bold]'\ncountry: Bulgaria\n", 3, 1),
    "a name with markup and a wrong key": (f"{HEAD}'[red]x': 1\n".encode(), 4, 1),
}  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pinned():
        folder = tmp_path_factory.mktemp("hostile") / "register"
        folder.mkdir()
        repository(folder, whole())
        assert ask(folder, "check").code == 0
        yield folder


def check_named(heard: Heard, path: str, line: int, column: int = 1) -> None:
    """Exit 3, the place as file:line:column, and nothing in it that a terminal obeys."""
    assert heard.code == UNREADABLE, heard
    assert heard.out == "" and "Traceback" not in heard.err
    assert all(c.isprintable() or c == "\n" for c in heard.err)
    places = re.findall(r"^  (\S.*?):(\d+):(\d+)  \S", heard.err, re.MULTILINE)
    assert (path, str(line), str(column)) in places, heard.err


@pytest.mark.parametrize("name", CONTENTS)
def test_a_hostile_file_is_named_at_once(name: str, register: Path) -> None:
    data, line, column = CONTENTS[name]
    file = register / CITY
    try:
        file.write_bytes(data)
        heard = ask(register, "check")
        check_named(heard, CITY, line, column)
        told = json.loads(ask(register, "check", "--json").out)
        assert explain("output", told) == []
        [found, *_] = told["findings"]
        assert (found["file"], found["line"], found["column"]) == (CITY, line, column)
        assert found["message"] and found["help"]
        assert ask(register, "roll").code == UNREADABLE, "every command goes through the same door"
    finally:
        file.unlink()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("registry/stray.yaml", "registry/stray.yaml"),
        ("registry/members/BG-X.yaml", "registry/members/BG-X.yaml"),
        ("registry/members/bg-x.yml", "registry/members/bg-x.yml"),
        ("registry/members/deep/bg-x.yaml", "registry/members/deep/bg-x.yaml"),
        ("registry/decisions/2025/EC-2026-001.yaml", "registry/decisions/2025/EC-2026-001.yaml"),
        ("registry/members/bg-x\x1b[31m.yaml", "registry/members/bg-x\\x1b[31m.yaml"),
        ("registry/members/bg-x\n.yaml", "registry/members/bg-x\\n.yaml"),
        ("registry/members/bg-\u202ex.yaml", "registry/members/bg-\\u202ex.yaml"),
        ("registry/members/[bold].yaml", "registry/members/[bold].yaml"),
        ("registry/members/bg x.yaml", "registry/members/bg x.yaml"),
    ],
)
def test_a_file_where_none_belongs_is_named(path: str, shown: str, register: Path) -> None:
    file = register / path
    fresh = not file.parent.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.write_text(HEAD)
        check_named(ask(register, "check"), shown, 1)
    finally:
        file.unlink()
        if fresh:
            file.parent.rmdir()


def link(target: str) -> Callable[[Path], None]:
    return lambda place: place.symlink_to(target)


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("registry/members/bg-x.yaml", link("/etc/passwd")),
        ("registry/members/bg-x.yaml", link("hr-kamenik.yaml")),
        ("registry/members/bg-x.yaml", link("nowhere")),
        ("registry/observers", link("/etc")),
        ("registry/groups", link("members")),
    ],
)
def test_a_link_is_not_followed(path: str, make: Callable[[Path], None], register: Path) -> None:
    place = register / path
    try:
        make(place)
        heard = ask(register, "check")
        check_named(heard, path, 1)
        assert "root:" not in heard.err
    finally:
        place.unlink()


def test_every_one_of_many_is_named(register: Path) -> None:
    names = [f"registry/members/bg-x{n}.yaml" for n in range(12)]
    try:
        for name in names:
            (register / name).write_bytes(b"id: no\nname: a\x1b[31mb\n")
        heard = ask(register, "check")
        check_named(heard, names[-1], 2, 8)
        assert "12 defects in 12 files" in heard.err
        assert [name for name in names if f"  {name}:2:8  " not in heard.err] == []
    finally:
        for name in names:
            (register / name).unlink()


def test_a_whole_registry_folder_that_is_a_link(register: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "registry").symlink_to(register / "registry")
    heard = ask(tmp_path, "check")
    assert heard.code == 2 and "no registry" in heard.err


def test_a_large_document_is_no_record(register: Path) -> None:
    file = register / "registry/evidence/minutes.bin"
    try:
        file.write_bytes(os.urandom(MiB) * 10)
        assert ask(register, "check").code == 0
    finally:
        file.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("name", ["an alias bomb", "a megabyte of [", "ten megabytes"])
def test_in_a_process_of_100_megabytes(name: str, register: Path) -> None:
    """As a real process: the exit, the line, and no more memory than a hostile file may take."""
    # VmHWM, not ru_maxrss: that one remembers how large the parent was.
    script = (
        "import sys; from pathlib import Path; from b40cli.cli.main import main;"
        "code = main(['check']); print(Path('/proc/self/status').read_text()); sys.exit(code)"
    )
    file = register / CITY
    try:
        file.write_bytes(CONTENTS[name][0])
        ran = subprocess.run(
            [sys.executable, "-c", script], cwd=register, capture_output=True, text=True
        )
        assert ran.returncode == UNREADABLE and "Traceback" not in ran.stderr
        [peak] = re.findall(r"VmHWM:\s+(\d+) kB", ran.stdout)
        assert int(peak) < 100 * 1024
        assert b40_alone(register, "check").returncode == UNREADABLE
    finally:
        file.unlink()


@pytest.mark.parametrize("name", ["ten megabytes", "an alias bomb", "a NUL byte", "no UTF-8"])
@pytest.mark.parametrize("suffix", [".yaml", ".csv"])
def test_a_hostile_file_is_not_imported(name: str, suffix: str, register: Path) -> None:
    file = register / f"hostile{suffix}"
    try:
        file.write_bytes(CONTENTS[name][0])
        heard = ask(register, "import", file.name, "--yes")
        assert heard.code == UNREADABLE, heard
        assert heard.err.startswith("b40: ") and "Traceback" not in heard.err
        assert all(c.isprintable() or c == "\n" for c in heard.err)
    finally:
        file.unlink()


@pytest.fixture(autouse=True)
def waited_for() -> Iterator[None]:
    """Who waits for a pipe fails, and keeps nobody waiting; no answer here takes as long."""

    def over(_signal: int, _frame: object) -> None:
        raise TimeoutError("something was waited for that never comes")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


LARGE = 2 << 30
EVERY = (
    *("check", "check --base HEAD", "roll", "status", "log", "show members/hr-kamenik"),
    *("decision list", "fmt --check", "committee show", "duty list", "search kamenik"),
    *("export json --out x.json", "site build --out site", "report activity", "city kamenik"),
    *("mail notice 2026-04-20-ga", "member dossier xk-gurmal --as pdf --out x.pdf"),
)


@pytest.mark.parametrize(
    "path",
    [
        *("registry/members/bg-x.yaml", "registry/evidence/x.bin", ".git/packed-refs"),
        *(".git/HEAD", ".git/refs/remotes/hub/x", ".git/objects/info/alternates"),
    ],
)
def test_a_sparse_file_of_two_gigabytes_is_refused_unread(path: str, register: Path) -> None:
    """By its size alone: not a byte of it is read."""
    file = register / path
    file.parent.mkdir(parents=True, exist_ok=True)
    held = file.read_bytes() if file.exists() else None
    try:
        with file.open("ab") as opened:
            opened.truncate(LARGE)
        for words in EVERY:
            heard = ask(register, *words.split())
            assert heard.code == UNREADABLE and "larger than 32 MiB" in heard.err, words
    finally:
        file.unlink()
        if held is not None:
            file.write_bytes(held)


@pytest.mark.parametrize(
    "path",
    [
        *(".git/packed-refs", ".git/info/exclude", ".git/refs/heads/x", ".git/logs/HEAD"),
        *(".git/logs/refs/heads/y", ".git/objects/pack/multi-pack-index"),
        *(".git/worktrees/x/gitdir", ".git/rebase-merge/head-name", ".git/rebase-apply/onto"),
        ".git/sequencer/todo",
    ],
)
@pytest.mark.parametrize("leads_to", ["", "pipe", "/dev/zero"])
def test_a_pipe_among_the_files_of_git_is_waited_for_by_nobody(
    path: str, leads_to: str, tmp_path: Path, register: Path
) -> None:
    file = register / path
    held = file.read_bytes() if file.exists() else None
    file.unlink(missing_ok=True)
    fresh = not file.parent.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(tmp_path / "pipe" if leads_to else file)
    if leads_to:
        file.symlink_to(tmp_path / leads_to)
    try:
        heard = ask(register, "roll")
        assert heard.code == UNREADABLE and re.search(" is a (pipe|device|link)[.:]", heard.err)
    finally:
        file.unlink()
        if fresh:
            file.parent.rmdir()
        if held is not None:
            file.write_bytes(held)


@pytest.mark.parametrize("before", ["", "to itself"])
@pytest.mark.parametrize("folder", ["refs/heads", "logs/refs", "worktrees"])
def test_a_link_among_the_refs_hides_no_pipe(
    folder: str, before: str, tmp_path: Path, register: Path
) -> None:
    """Git follows it, and writes behind it; one that cannot be followed is no end of the look."""
    os.mkfifo(tmp_path / "pipe")
    link, first = register / ".git" / folder / "x", register / ".git" / folder / "itself"
    link.parent.mkdir(exist_ok=True)
    if before:
        first.symlink_to("itself")
    link.symlink_to(tmp_path)
    try:
        heard = ask(register, "roll")
        assert heard.code == UNREADABLE and f"{link} is a link" in " ".join(heard.err.split())
    finally:
        link.unlink()
        first.unlink(missing_ok=True)


@pytest.mark.parametrize("name", [".gitignore", ".gitattributes", ".gitmodules"])
@pytest.mark.parametrize("folder", ["", "registry", "registry/members", "registry/new/deep"])
def test_a_pipe_that_git_opens_in_the_files_is_waited_for_by_nobody(
    name: str, folder: str, register: Path
) -> None:
    """Git reads them while it looks at the files, in a folder that no commit holds, too."""
    file = register / folder / name
    held = file.read_bytes() if file.exists() else None
    file.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(file)
    try:
        for words in ("roll", "check", "check --base HEAD"):
            heard = ask(register, *words.split())
            assert heard.code == UNREADABLE, words
            assert f"{file.relative_to(register)}: It is a pipe." in heard.err
    finally:
        file.unlink()
        if held is not None:
            file.write_bytes(held)
        if folder == "registry/new/deep":
            shutil.rmtree(register / "registry/new")


@pytest.mark.parametrize("links", [1, 2])
def test_a_file_system_that_counts_no_folders_is_gone_through(
    links: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else no folder below would be looked into for pipes."""
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    monkeypatch.setattr(Path, "lstat", lambda _path: SimpleNamespace(st_nlink=links))
    assert [path.name for path in _folders(tmp_path)][1:] == ["a", "b", "c"]


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("inner", ["HEAD", "refs/heads/m"])
def test_a_repository_among_the_records_is_not_looked_into(
    inner: str, elsewhere: bool, tmp_path: Path, register: Path
) -> None:
    """Git takes a folder with a `.git` in it for one, and reads its HEAD: a pipe, for ever."""
    there = register / "registry/members/x/.git"
    held = tmp_path if elsewhere else there
    (held / "refs/heads").mkdir(parents=True)
    (held / "objects").mkdir()
    (held / "HEAD").write_text("ref: refs/heads/m\n")
    (held / inner).unlink(missing_ok=True)
    os.mkfifo(held / inner)
    if elsewhere:
        there.parent.mkdir()
        there.write_text(f"gitdir: {held}\n")
    try:
        heard = ask(register, "check")
        assert heard.code == UNREADABLE
        assert "members/x/.git: It is a repository in the repository." in heard.err
    finally:
        shutil.rmtree(there.parent)


@pytest.mark.parametrize(
    "words",
    [
        "import LARGE.yaml",
        "statutes simulate LARGE.yaml",
        "evidence file LARGE.yaml",
        "mail duties --attach LARGE.yaml",
        "export json --out LARGE.yaml",
        "site build --out LARGE",
        "trust add ana --name Ana --key LARGE.yaml",
        "trust codeowners --check LARGE.yaml",
    ],
)
def test_a_large_file_that_is_named_is_not_read_whole(
    words: str, tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LARGE").mkdir()
    for name in ("LARGE.yaml", "LARGE/site-files.json", "LARGE/index.html"):
        with (tmp_path / name).open("wb") as opened:
            opened.truncate(LARGE)
    whole_of = Path.read_bytes

    def read(path: Path) -> bytes:
        assert path.stat().st_size < LARGE
        return whole_of(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    heard = ask(register, *words.replace("LARGE", str(tmp_path / "LARGE")).split())
    assert heard.code in (2, 3, 4), heard


def test_a_large_blob_is_refused_at_its_header(tmp_path: Path) -> None:
    """Committed as a record and as a document; those behind it are still read."""
    folder = repository(tmp_path, whole())
    for path in ("registry/evidence/a.bin", "registry/members/bg-x.yaml"):
        (folder / path).parent.mkdir(exist_ok=True)
        with (folder / path).open("wb") as opened:
            opened.truncate(33 * MiB)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "large")
    heard = ask(folder, "check")
    check_named(heard, "registry/evidence/a.bin", 1)
    check_named(heard, "registry/members/bg-x.yaml", 1)
    assert "larger than 32 MiB" in heard.err and "larger than 1 MiB" in heard.err
    assert ask(folder, "audit").code == UNREADABLE


def test_a_document_larger_than_a_record_is_hashed_as_it_goes_by(tmp_path: Path) -> None:
    folder = repository(tmp_path, whole())
    document = folder / "registry/evidence/scan.pdf"
    document.write_bytes(bytes(range(256)) * 4096 * 3)
    held = Repository(folder)
    assert ask(folder, "check").code == 0
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "scan")
    [(_oid, data)] = held.blobs([held.tree("HEAD")["registry/evidence/scan.pdf"]])
    assert isinstance(data, Cut) and size_of(data) == 3 * MiB and len(data) == MiB + 1
    assert data.sha256 == hashlib.sha256(document.read_bytes()).hexdigest()
    assert ask(folder, "check").code == 0


def _unpacked(folder: Path, beside: Path) -> None:
    """Each object in a file of its own, so that one can be taken away."""
    for pack in [*(folder / ".git/objects/pack").glob("*.pack")]:
        for file in pack.parent.glob(f"{pack.stem}.*"):
            file.rename(beside / file.name)
        with (beside / pack.name).open("rb") as packed:
            words = ["git", "-C", str(folder), "unpack-objects", "-q"]
            subprocess.run(words, stdin=packed, check=True)


def test_a_missing_object_is_told_with_its_record(tmp_path: Path) -> None:
    folder = repository(tmp_path, whole())
    path = "registry/members/hr-kamenik.yaml"
    oid = git(folder, "rev-parse", f"HEAD:{path}").strip()
    _unpacked(folder, tmp_path)
    (folder / ".git/objects" / oid[:2] / oid[2:]).unlink()
    for words in EVERY:
        heard = ask(folder, *words.split())
        assert heard.code == UNREADABLE and oid in heard.err and path in heard.err, words
    assert ask(folder, "audit").code in (1, UNREADABLE)


@pytest.mark.parametrize("what", ["registry/members/hr-kamenik.yaml", "registry/members"])
def test_what_was_remembered_of_an_object_is_no_object(tmp_path: Path, what: str) -> None:
    """Git's index says that nothing changed, and every record was read and judged before."""
    folder = repository(tmp_path, whole())
    oid = git(folder, "rev-parse", f"HEAD:{what}").strip()
    _unpacked(folder, tmp_path)
    for lost in (False, True):
        told = [ask(folder, words).code == UNREADABLE for words in ("check", "audit")]
        assert told == [lost, lost]
        (folder / ".git/objects" / oid[:2] / oid[2:]).unlink(missing_ok=True)


def test_what_was_remembered_of_a_document_is_no_document(tmp_path: Path) -> None:
    folder = repository(tmp_path, whole())
    (folder / "registry/evidence").mkdir(exist_ok=True)
    (folder / "registry/evidence/form.txt").write_text("form")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "form")
    oid = git(folder, "rev-parse", "HEAD:registry/evidence/form.txt").strip()
    _unpacked(folder, tmp_path)
    assert ask(folder, "check").code == 0
    (folder / ".git/objects" / oid[:2] / oid[2:]).unlink()
    heard = ask(folder, "check")
    assert heard.code == UNREADABLE and oid in heard.err and "evidence/form.txt" in heard.err
