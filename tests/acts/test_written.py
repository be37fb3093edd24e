"""Papers written to files: `--as`, `--out`, `--paper`, an office's templates, a PDF that proves."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from b40cli.cli.main import main
from b40cli.store.shipped import shipped
from tests.acts.scene import Office, scene
from tests.invented import git

ON = "2026-04-10"
EC = "2026-03-10-ec"
VERIFIER = shipped("verifier") / "verify_certificate.py"


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(scene(tmp_path / "r", "meeting", "applicant", "admission"), capsys)


def said(at: Office, *words: str, exits: int = 0) -> str:
    """What a command says on its two streams."""
    assert main(["-C", str(at.folder), *words, "--on", ON]) == exits
    heard = at.capsys.readouterr()
    return heard.out + heard.err


@pytest.mark.parametrize("form", ["md", "html", "pdf", "docx"])
def test_a_paper_is_written_and_told_by_its_hash(at: Office, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"minutes.{form}"
    result = at.asks("meeting", "minutes", EC, "--out", str(file), on=ON)["result"]
    assert (result["as"], result["written"]) == (form, [str(file)])
    assert result["sha256"] == sha256(file.read_bytes()).hexdigest()
    again = at.asks("meeting", "minutes", EC, "--out", str(file), "--as", form, on=ON)["result"]
    assert again == result
    (tmp_path / f"minutes.{form}").write_text("somebody else's")
    assert "is there already" in said(at, "meeting", "minutes", EC, "--out", str(file), exits=4)


def test_text_goes_to_standard_output_and_a_pdf_does_not(at: Office) -> None:
    assert said(at, "decision", "paper", "EC-2026-001", "--as", "html").startswith(
        "<!doctype html>"
    )
    assert "Add --out FILE.pdf" in said(at, "meeting", "minutes", EC, "--as", "pdf", exits=2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--as", "odt"), "odt is no form of a paper"),
        (("--as", "pdf", "--out", "x.docx"), "contradict each other"),
        (("--out", "x.txt"), "txt is no form"),
        (("--out", "minutes"), "As what is the paper wanted?"),
        (("--as", "md", "--paper", "a3"), "--paper a3 is no size"),
        (("--document", "x.pdf", "--as", "md"), "something is recorded, not printed"),
    ],
)
def test_what_is_no_paper_is_refused(at: Office, words: tuple[str, ...], told: str) -> None:
    assert told in said(at, "meeting", "minutes", EC, *words, exits=2)


@pytest.mark.parametrize(
    ("form", "module", "named"), [("pdf", "typst", "typst"), ("docx", "docx", "python-docx")]
)
def test_without_the_extra_it_says_what_to_install(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, module: str, named: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    file = tmp_path / f"x.{form}"
    told = said(at, "meeting", "minutes", EC, "--out", str(file), exits=2)
    assert f"pip install {named}" in told and not file.exists()


def test_the_verifier_takes_the_pdf_of_a_certificate(at: Office, tmp_path: Path) -> None:
    file = tmp_path / "EC-2026-001.pdf"
    said(at, "decision", "certificate", "EC-2026-001", "--out", str(file))
    assert (tmp_path / VERIFIER.name).read_bytes() == VERIFIER.read_bytes()

    def verified(raw: bytes) -> tuple[int, str]:
        file.write_bytes(raw)
        words = [sys.executable, str(VERIFIER), str(file)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    raw = file.read_bytes()
    code, told = verified(raw)
    assert code == 4 and "counted again" in told and "    id: EC-2026-001\n" in told
    assert verified(raw.replace(b"/EmbeddedFile/", b"/EmbeddedFilm/"))[0] == 2
    assert verified(raw + raw)[0] == 2
    at_stream = raw.index(b"/EmbeddedFile/") + 400
    assert verified(raw[:at_stream] + b"x" + raw[at_stream + 1 :])[0] in (1, 2)


def test_the_verifier_takes_a_docx_that_was_saved_again(at: Office, tmp_path: Path) -> None:
    """An office program keeps the part, in an order and a packing of its own."""
    from io import BytesIO
    from zipfile import ZIP_STORED, ZipFile

    file = tmp_path / "EC-2026-001.docx"
    said(at, "decision", "paper", "EC-2026-001", "--out", str(file))
    made = file.read_bytes()

    def verified(wrong: bytes = b"", right: bytes = b"") -> int:
        kept = BytesIO()
        with ZipFile(BytesIO(made)) as old, ZipFile(kept, "w", ZIP_STORED) as anew:
            for name in sorted(old.namelist()):
                anew.writestr(
                    name, old.read(name).replace(wrong, right) if wrong else old.read(name)
                )
        file.write_bytes(kept.getvalue())
        words = [sys.executable, str(VERIFIER), str(file)]
        return subprocess.run(words, capture_output=True, check=False).returncode

    assert verified() == 4
    assert verified(b"<record ", b"<regard ") == 2
    assert verified(b">ewog", b">e#og") == 2
    file.write_bytes(made[:-100])
    words = [sys.executable, str(VERIFIER), str(file)]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 2


def _kept(at: Office, name: str, text: str) -> None:
    folder = at.folder / "registry" / "papers"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    git(at.folder, "add", "registry/papers")
    git(at.folder, "commit", "-qm", "a template of our own")


def test_an_office_keeps_templates_of_its_own(at: Office) -> None:
    page = "<title>$title</title> City Hall $network $office $reference $basis <main>$body</main>"
    _kept(at, "paper.html", page)
    text = said(at, "meeting", "minutes", EC, "--as", "html")
    assert "City Hall" in text and "<main>" in text
    assert at.asks("check", on=ON)["ok"]
    _kept(at, "paper.html", page.replace("$body", "$boddy"))
    assert "makes no page" in said(at, "meeting", "minutes", EC, "--as", "html", exits=2)


def test_another_file_beside_the_templates_is_no_record(at: Office) -> None:
    _kept(at, "paper.py", "import os")
    assert "No kind of record lies at this path" in said(at, "check", exits=3)


def test_a_certificate_of_membership_is_of_members(at: Office) -> None:
    assert "# Gurmal" in said(at, "member", "certificate", "xk-gurmal")
    told = said(at, "member", "certificate", "bg-rosendol", exits=2)
    assert "is no member on 2026-04-10: admitted" in told


def test_sheets_are_of_bodies_that_vote(at: Office) -> None:
    text = said(at, "meeting", "sheets", EC)
    assert "## Roll call" in text and "## Signing list" in text


def test_where_another_verifier_lies_no_certificate_is_written(at: Office, tmp_path: Path) -> None:
    """One of an earlier version, say: the answer is that nothing was done, and nothing was."""
    file = tmp_path / "paper" / "EC-2026-001.html"
    file.parent.mkdir()
    file.with_name(VERIFIER.name).write_text("an earlier one")
    words = ("decision", "certificate", "EC-2026-001", "--out", str(file))
    assert "is there already" in said(at, *words, exits=4)
    assert [each.name for each in file.parent.iterdir()] == [VERIFIER.name]
