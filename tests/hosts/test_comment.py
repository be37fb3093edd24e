"""The comment under a pull request: hostile artifacts are refused, an honest one is put in place.

The host is a server of this process; what it was asked is held against what it should be asked.
"""

from __future__ import annotations

import io
import json
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from tests.acts.scene import ALL, scene
from tests.invented import MEETING

SCRIPT = Path(__file__).parents[2] / "ci" / "comment.py"
spec = spec_from_file_location("comment", SCRIPT)
assert spec is not None and spec.loader is not None
comment: Any = module_from_spec(spec)
spec.loader.exec_module(comment)

MARKER = "<!-- b40-review -->"
BASE, HEAD = "4" * 40, "5" * 40
TOKEN = "a-token-for-this-test"
HONEST = f"{MARKER}\n## Review of base..head\n\n✅ **May be merged.**\n\n- voters 24 → 23\n"


class Host(ThreadingHTTPServer):
    """The API as far as the script asks it; `storage` is where artifacts really lie."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.artifact = b""
        self.listed: dict[str, Any] | None = None
        self.pulls: dict[str, Any] = {"7": pull()}
        self.files: list[dict[str, str]] = [{"filename": "registry/members/hr-kamenik.yaml"}]
        self.comments: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str, str | None]] = []
        self.wrote: list[tuple[str, str, Any]] = []

    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def listing(self) -> dict[str, Any]:
        one = {"id": 3, "name": "b40-review", "size_in_bytes": len(self.artifact), "expired": False}
        return {"artifacts": [self.listed or one]}


class Answering(BaseHTTPRequestHandler):
    """One request."""

    server: Host

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""

    def told(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        host, path = self.server, self.path.partition("?")[0]
        host.asked.append(("GET", self.path, self.headers.get("Authorization")))
        root = "/repos/b40/register"
        if path == f"{root}/actions/runs/11/artifacts":
            self.told(json.dumps(host.listing()).encode())
        elif path == f"{root}/actions/artifacts/3/zip":
            self.told(b"", 302, Location=f"{host.address()}/storage")
        elif path == "/storage":
            self.told(host.artifact)
        elif path.startswith(f"{root}/pulls/") and path.rsplit("/", 1)[1] in host.pulls:
            self.told(json.dumps(host.pulls[path.rsplit("/", 1)[1]]).encode())
        elif path == f"{root}/compare/{BASE}...{HEAD}":
            self.told(json.dumps({"files": host.files}).encode())
        elif path.endswith("/comments"):
            page = int(self.path.rpartition("page=")[2])
            self.told(json.dumps(host.comments[100 * (page - 1) : 100 * page]).encode())
        else:
            self.told(b"{}", 404)

    def wrote(self, method: str) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.wrote.append((method, self.path, body))
        self.told(b"{}", 201)

    def do_POST(self) -> None:
        self.wrote("POST")

    def do_PATCH(self) -> None:
        self.wrote("PATCH")


def pull(sha: str = HEAD, name: str = "b40/register", **more: Any) -> dict[str, Any]:
    """A pull request as the host tells it."""
    head = {"sha": sha, "ref": "proposal", "repo": {"full_name": "ana/register"}}
    base = {"sha": BASE, "repo": {"full_name": name}}
    return {"head": head, "base": base, "state": "open", **more}


@pytest.fixture
def host() -> Iterator[Host]:
    """A host at which one pull request is open."""
    server = Host()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def packed(text: str | bytes = HONEST, number: str | bytes = "7\n", **more: bytes) -> bytes:
    """An artifact as the first stage leaves it, and more files."""
    files: dict[str, str | bytes] = {"comment.md": text, "number": number, **more}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def surroundings(host: Host, **more: str) -> dict[str, str]:
    """What the runner says."""
    return {
        "GITHUB_API_URL": host.address(),
        "GITHUB_REPOSITORY": "b40/register",
        "GITHUB_TOKEN": TOKEN,
        "RUN_ID": "11",
        "HEAD_SHA": HEAD,
        "HEAD_REPO": "ana/register",
        "HEAD_BRANCH": "proposal",
        **more,
    }


def ask(host: Host, artifact: bytes, **more: str) -> int:
    """Run the script with an artifact."""
    host.artifact = artifact
    code = comment.main(surroundings(host, **more))
    assert isinstance(code, int)
    return code


def test_the_first_comment(host: Host) -> None:
    assert ask(host, packed()) == 0
    ((method, path, body),) = host.wrote
    assert (method, path) == ("POST", "/repos/b40/register/issues/7/comments")
    assert body == {"body": f"{HONEST}\n_For commit {HEAD[:10]}._\n"}


def test_the_token_does_not_follow_a_redirection(host: Host) -> None:
    ask(host, packed())
    shown = {path.partition("?")[0]: token for _method, path, token in host.asked}
    assert shown.pop("/storage") is None
    assert set(shown.values()) == {f"Bearer {TOKEN}"}


def test_one_comment_is_updated_in_place(host: Host) -> None:
    """Its own, on whichever page; somebody else's with the same marker is left alone."""
    other = {"id": 1, "user": {"login": "mallory"}, "body": MARKER}
    gone = {"id": 2, "user": None, "body": None}
    ours = {"id": 9, "user": {"login": "github-actions[bot]"}, "body": f"{MARKER}\nold"}
    host.comments = [other, gone, *[dict(other)] * 150, ours]
    assert ask(host, packed()) == 0
    assert [(method, path) for method, path, _body in host.wrote] == [
        ("PATCH", "/repos/b40/register/issues/comments/9")
    ]


def test_a_real_review_passes(
    host: Host,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What b40 itself writes is let through, odd names and all."""
    monkeypatch.setenv("GIT_AUTHOR_NAME", "@clerk <#1> [x](http://y)")
    register = scene(tmp_path, "meeting", "applicant")
    words = ("decision", "record", "admission", "--subject", "bg-rosendol", "--meeting", MEETING)
    odd = (
        "--title",
        "@mayor <b>#1</b> [go](https://example.org) www.example.org `x` & GH-1 "
        "\uff20me :tada: $x$ 1d3dc87ca7",
    )
    on = ("--on", "2026-03-10", "--quiet")
    assert main(["-C", str(register), *words, *odd, "--for", ALL, *on]) == 0
    capsys.readouterr()
    main(["-C", str(register), "review", "HEAD~1..HEAD", "--format", "markdown"])
    text = capsys.readouterr().out
    assert "mayor" in text
    assert ask(host, packed(text)) == 0


@pytest.mark.parametrize(
    "files",
    [
        [{"filename": ".github/workflows/review.yml"}],
        [{"filename": "x.yml", "previous_filename": ".github/workflows/review.yml"}],
        [{"filename": f"registry/members/x{n}.yaml"} for n in range(300)],
    ],
)
def test_a_request_that_brings_its_own_judge(host: Host, files: list[dict[str, str]]) -> None:
    """What its own workflow says of it is not passed on; that it has one is."""
    host.files = files
    assert ask(host, packed()) == 0
    ((method, _path, body),) = host.wrote
    assert method == "POST" and "not shown" in body["body"] and "May be merged" not in body["body"]
    assert body["body"].startswith(MARKER)


def link() -> bytes:
    """An archive whose comment is a link; where it leads to would even be a comment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("comment.md")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, HONEST)
        archive.writestr("number", "7")
    return out.getvalue()


def twice() -> bytes:
    """An archive with two entries of one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        for name, text in (("number", "7"), ("comment.md", HONEST), ("comment.md", HONEST)):
            archive.writestr(name, text)
    return out.getvalue()


def lying() -> bytes:
    """An archive that says its comment is short, and unpacks to far more."""
    data = bytearray(packed(MARKER + "\n" + "a" * 10_000_000))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(data)


HOSTILE = {
    "another number": packed(number="8"),
    "a number of a closed one": packed(number="9"),
    "a number of another repository": packed(number="10"),
    "a number of another commit": packed(number="12"),
    "a number of another branch with the same commit": packed(number="13"),
    "a number of another fork with the same commit": packed(number="14"),
    "a number of a fork that is gone": packed(number="15"),
    "no number": packed(number=""),
    "a path for a number": packed(number="7/../8"),
    "two numbers": packed(number="7\n8\n"),
    "a number with a sign": packed(number="+7"),
    "digits of another script": packed(number="٧".encode()),
    "a long number": packed(number="7" * 5000),
    "zero": packed(number="0"),
    "10 MB that pack well": packed(MARKER + "\n" + "a" * 10_000_000),
    "10 MB that do not": b"PK" + bytes(range(256)) * 40_000,
    "a bomb that lies": lying(),
    "60 kB and one": packed(MARKER + "\n" + "a" * 60_000),
    "not UTF-8": packed(f"{MARKER}\n".encode() + b"\xff\xfe"),
    "no marker": packed("## Review\n"),
    "the marker later": packed(f"hello\n{MARKER}\n"),
    "a second file": packed(evil=b"x"),
    "a path out": packed(**{"../../comment.md": b"x"}),
    "an absolute path": packed(**{"/tmp/x": b"x"}),
    "a folder": packed(**{"folder/": b""}),
    "a link": link(),
    "a name twice": twice(),
    "no archive": b"hello",
    "nothing": b"",
    "cut short": packed()[:-30],
    "a mention": packed(f"{MARKER}\nhello @everyone\n"),
    "an escaped mention": packed(f"{MARKER}\nhello \\@everyone\n"),
    "a mention in code": packed(f"{MARKER}\nhello `@everyone`\n"),
    "an issue": packed(f"{MARKER}\ncloses #1\n"),
    "an issue by its other name": packed(f"{MARKER}\ncloses GH-1\n"),
    "HTML": packed(f"{MARKER}\n<img src=x>\n"),
    "a hidden comment": packed(f"{MARKER}\n<!-- hidden -->\n"),
    "a link in Markdown": packed(f"{MARKER}\n[go](//example.org)\n"),
    "an image": packed(f"{MARKER}\n![x](//example.org/x.png)\n"),
    "an address": packed(f"{MARKER}\nhttps://example.org\n"),
    "an address without its beginning": packed(f"{MARKER}\nwww.example.org\n"),
    "an entity": packed(f"{MARKER}\n&commat;everyone\n"),
    "a terminal's escape": packed(f"{MARKER}\n\x1b[31mred\n"),
    "text that runs backwards": packed(f"{MARKER}\nab\u202ecd\n"),
    "a mention of full width": packed(f"{MARKER}\nhello \uff20everyone\n"),
    "an issue of full width": packed(f"{MARKER}\ncloses \uff031\n"),
    "a soft hyphen before a name": packed(f"{MARKER}\nhello @\u00adeveryone\n"),
    "a hidden selector": packed(f"{MARKER}\nhello @\ufe0feveryone\n"),
    "tag characters": packed(f"{MARKER}\nhello \U000e0041\U000e0042\n"),
    "the name of a commit": packed(f"{MARKER}\nsee 1d3dc87ca7\n"),
    "a whole name of a commit": packed(f"{MARKER}\nsee {'1d3d' * 10}\n"),
    "an emoji by its code": packed(f"{MARKER}\n:white_check_mark: may be merged\n"),
    "a thumb by its code": packed(f"{MARKER}\n:+1:\n"),
    "a commit of letters alone": packed(f"{MARKER}\nsee deadbee\n"),
    "a commit of digits alone": packed(f"{MARKER}\nsee {'0' * 40}\n"),
    "a control of music before a name": packed(f"{MARKER}\nhello \U0001d173ana\n"),
    "signs without a shape": packed(f"{MARKER}\nhello \ue000\n"),
    "a blank in Braille": packed(f"{MARKER}\nhello\u2800ana\n"),
    "a hundred": packed(f"{MARKER}\n:100:\n"),
    "a fence": packed(f"{MARKER}\n```suggestion\nx\n```\n"),
    "a fence of tildes": packed(f"{MARKER}\n~~~mermaid\nx\n~~~\n"),
    "an emoji of full width": packed(f"{MARKER}\n\uff1atada\uff1a\n"),
    "a commit of full width": packed(f"{MARKER}\nsee 1d3dc87\uff43\uff41\n"),
    "a formula of full width": packed(f"{MARKER}\n\uff04x\uff04\n"),
    "a formula": packed(f"{MARKER}\n$\\color{{red}}{{x}}$\n"),
    "a second reader's line end": packed(f"{MARKER}\r\nhello\r\n"),
}


@pytest.mark.parametrize("artifact", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_artifact_is_refused(
    host: Host, artifact: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says why; nothing is written anywhere."""
    own = pull()["head"]
    host.pulls |= {
        "9": pull(state="closed"),
        "10": pull(name="mallory/register"),
        "12": pull(sha="6" * 40),
        "13": pull(head={**own, "ref": "other"}),
        "14": pull(head={**own, "repo": {"full_name": "mallory/register"}}),
        "15": pull(head={**own, "repo": None}),
    }
    assert ask(host, artifact) == 1
    said = capsys.readouterr().out
    assert said.startswith("refused: ") and said.count("\n") == 1 and "\x1b" not in said
    assert host.wrote == []


@pytest.mark.parametrize(
    "listed",
    [
        {"id": 3, "name": "other", "size_in_bytes": 10, "expired": False},
        {"id": 3, "name": "b40-review", "size_in_bytes": 10_000_000, "expired": False},
        {"id": 3, "name": "b40-review", "size_in_bytes": 10, "expired": True},
        {"id": "../x", "name": "b40-review", "size_in_bytes": 10, "expired": False},
        {"name": "b40-review"},
    ],
)
def test_an_artifact_that_is_none_is_not_fetched(host: Host, listed: dict[str, Any]) -> None:
    host.listed = listed
    assert ask(host, packed()) == 1
    assert host.wrote == [] and not any("/zip" in path for _m, path, _t in host.asked)


@pytest.mark.parametrize(
    "odd",
    [
        {"RUN_ID": "11/../12"},
        {"HEAD_SHA": "main"},
        {"GITHUB_REPOSITORY": "b40/register/../x"},
        {"GITHUB_API_URL": "file:///etc"},
        {"GITHUB_TOKEN": ""},
    ],
)
def test_odd_surroundings(host: Host, odd: dict[str, str]) -> None:
    assert ask(host, packed(), **odd) == 1
    assert host.asked == []


def test_a_host_that_is_not_there(host: Host) -> None:
    host.pulls = {}
    assert ask(host, packed()) == 1
    assert ask(host, packed(), GITHUB_API_URL="http://127.0.0.1:1") == 1


def test_as_the_workflow_runs_it(host: Host, tmp_path: Path) -> None:
    """In a process of its own that sees no module beside it."""
    host.artifact = packed()
    ran = subprocess.run(
        [sys.executable, "-I", str(SCRIPT)],
        cwd=tmp_path, env=surroundings(host), capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, "commented under 7\n"), ran.stderr
