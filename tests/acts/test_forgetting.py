"""`b40 forget`: words about a person go, their salted hash stays, and nothing beside it passes."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.acted_once import acted_once
from tests.invented import git, repository
from tests.scenario import Heard, ask, pinned, whole

CITY = "registry/members/hr-kamenik.yaml"
WISH = "--why Asked --evidence request.txt --word secret --on 2026-04-20"
HEADED = "registry/meetings/2026-04-20-ga.yaml"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Path]:
    """An official register: Kamenik's mayor heads a delegation, one address is private."""
    with pinned():
        content = whole()
        content["registry/network.yaml"]["status"] = "official"
        content[CITY]["contact"] = {"email": "ivo@home.example", "phone": "+385 1 600"}
        content[CITY]["note"] = "Ivo"
        folder = tmp_path / "register"
        folder.mkdir()
        repository(folder, content)
        headed(folder)
        yield folder


@acted_once
def headed(folder: Path) -> None:
    (folder / "request.txt").write_text("Forget me.\n")
    told(folder, "meeting convene ga --opens 2026-04-20T10:00 --on 2026-04-18")
    told(folder, "meeting delegation 2026-04-20-ga hr-kamenik --head Ivo --capacity mayor "
         "--on 2026-04-18")  # fmt: skip


def told(folder: Path, words: str, code: int = 0) -> Heard:
    heard = ask(folder, *words.split())
    assert heard.code == code, (words, heard)
    return heard


def clean(folder: Path) -> None:
    """Every way to look says that nothing is refused."""
    for words in ("check", "check --base HEAD~1", "review HEAD~1..HEAD", "audit", "audit HEAD~1.."):
        told(folder, words)


def test_words_go_and_their_salted_hash_stays(register: Path) -> None:
    heard = told(register, f"forget hr-kamenik contact.email {WISH}")
    digest = sha256(b"secretivo@home.example").hexdigest()
    assert f"email: forgotten-{digest[:16]}" in (register / CITY).read_text()
    assert digest in (register / "registry/forgotten/2026/F-2026-001.yaml").read_text()
    assert "The secret word is secret" in heard.out and "Git keeps what is gone" in heard.out
    message = git(register, "log", "-1", "--format=%B")
    assert "secret" not in message and "ivo@home" not in message
    clean(register)


def test_review_and_audit_say_it(register: Path) -> None:
    told(register, f"forget hr-kamenik contact.email {WISH}")
    assert "F-2026-001 forgets members/hr-kamenik at contact.email" in _flat(
        told(register, "review HEAD~1..HEAD").out
    )
    assert "It takes words out of members/hr-kamenik" in told(register, "audit --json").out
    assert "git keeps them in every earlier" in _flat(told(register, "check").out)


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_a_name_goes_wherever_it_stands(register: Path) -> None:
    """A head and a mayor are held together by their names: one salt makes one mark of one name."""
    unnamed(register)
    mark = f"forgotten-{sha256(b'secretIvo').hexdigest()[:16]}"
    for path in (CITY, HEADED):
        assert mark in (register / path).read_text() and "Ivo" not in (register / path).read_text()
    clean(register)
    told(register, "meeting agenda 2026-04-20-ga --item other:Greetings --on 2026-04-18")
    clean(register)


def test_where_the_same_words_still_stand_is_said(register: Path) -> None:
    heard = told(register, f"forget hr-kamenik note {WISH} --dry-run --json")
    assert '"at": "mayors.0.name"' in heard.out and '"at": "delegations.0.head.name"' in heard.out


def test_a_later_act_stays_lawful_beside_it(register: Path) -> None:
    told(register, f"forget hr-kamenik contact.email {WISH}")
    told(register, "member set hr-kamenik --email office@example.org --on 2026-04-20")
    for words in ("check", "check --base HEAD~2", "review HEAD~2..HEAD", "audit"):
        told(register, words)


@acted_once
def unnamed(register: Path) -> None:
    told(register, f"forget hr-kamenik mayors.0.name --everywhere {WISH}")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("from: 2025-05-01", "from: 2025-05-02"),
        ("name: Kamenik", "name: Kamen"),
        ("name: forgotten-", "name: Eva-"),
    ],
)
def test_nothing_passes_beside_it(register: Path, was: str, now: str) -> None:
    """The commit of a forgetting with one more change: each way to look refuses it."""
    unnamed(register)
    file = register / CITY
    file.write_text(file.read_text().replace(was, now, 1))
    git(register, "commit", "-q", "-a", "--amend", "--no-edit")
    for words in ("check --base HEAD~1", "review HEAD~1..HEAD", "audit"):
        told(register, words, 1)


def test_what_was_forgotten_is_not_put_back(register: Path) -> None:
    before = git(register, "rev-parse", "HEAD").strip()
    unnamed(register)
    git(register, "checkout", "-q", before, "--", CITY, HEADED)
    told(register, "check --base HEAD", 1)
    git(register, "checkout", "-q", "HEAD", "--", CITY, HEADED)
    record = register / "registry/forgotten/2026/F-2026-001.yaml"
    record.write_text(record.read_text().replace("why: Asked", "why: Other"))
    assert "What was forgotten stays" in _flat(told(register, "check --base HEAD", 1).out)


@pytest.mark.parametrize("field", ["id", "country", "attested.since", "mayors.0.from", "mayors"])
def test_what_is_counted_stays(register: Path, field: str) -> None:
    heard = told(register, f"forget hr-kamenik {field} {WISH}", 2)
    assert "is no place whose words may go" in _flat(heard.err)


def test_a_paper_asks_for_it(register: Path) -> None:
    assert "--evidence" in told(register, "forget hr-kamenik note --why Asked", 2).err


LETTER = "registry/evidence/2026/letter.pdf"
ASKED = f"forget evidence/2026/letter.pdf {WISH}"
# A scan is larger than a record may be: all of it is salted.
SCAN = "Ivo, 12 Home Street\n" * 60_000


@pytest.fixture
def lettered(register: Path) -> Path:
    """An application rests on a letter, which lies there twice."""
    applied_by_letter(register)
    return register


@acted_once
def applied_by_letter(register: Path) -> None:
    (register / "letter.txt").write_text(SCAN)
    for name in ("letter", "copy"):
        told(register, f"evidence file letter.txt --as 2026/{name}.pdf --on 2026-02-01")
    told(register, "application submit Rosendol --country BG --gazetteer none --form request.txt "
         f"--letter {LETTER} --on 2026-02-02")  # fmt: skip


def test_a_document_goes_and_its_salted_hash_stays(lettered: Path) -> None:
    """Its own hash, too, wherever a record has it: a short letter can be guessed by it."""
    plain = sha256((lettered / LETTER).read_bytes()).hexdigest()
    digest = sha256(b"secret" + (lettered / LETTER).read_bytes()).hexdigest()
    heard = told(lettered, ASKED)
    assert "The same stands at evidence/2026/copy.pdf" in _flat(heard.out)
    assert (lettered / LETTER).read_text() == f"forgotten-{digest[:16]}\n"
    applied = (lettered / "registry/members/bg-rosendol.yaml").read_text()
    assert digest in applied and plain not in applied
    differ = f"Binary files a/{LETTER} and b/{LETTER} differ"
    assert differ in told(lettered, "undo --dry-run").out
    clean(lettered)
    assert "forgets evidence/2026/letter.pdf" in _flat(told(lettered, "review HEAD~1..HEAD").out)
    told(lettered, ASKED, 2)
    told(lettered, f"forget evidence/2026/copy.pdf {WISH}")
    assert plain not in "".join(p.read_text() for p in lettered.glob("registry/**/*.yaml"))
    clean(lettered)


@acted_once
def misread_and_forgotten(lettered: Path) -> None:
    told(lettered, "correct bg-rosendol --at name --is Rosen --why Misread --evidence "
         "registry/evidence/2026/copy.pdf --on 2026-04-20")  # fmt: skip
    told(lettered, ASKED)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (LETTER, SCAN),
        (LETTER, "Another letter\n"),
        ("registry/members/bg-rosendol.yaml", "criteria: [pledge]\n"),
        ("registry/evidence/2026/copy.pdf", "forgotten-0123456789abcdef\n"),
        ("registry/forgotten/2026/F-2026-001.yaml", "other: 1\n"),
    ],
)
def test_nothing_passes_beside_a_document(lettered: Path, file: str, text: str) -> None:
    misread_and_forgotten(lettered)
    path = lettered / file
    path.write_text(path.read_text() + text if file.endswith(".yaml") else text)
    git(lettered, "commit", "-q", "-a", "--amend", "--no-edit")
    for words in ("check --base HEAD~1", "review HEAD~1..HEAD", "audit"):
        assert ask(lettered, *words.split()).code in (1, 3), words


def test_no_letter_is_written_to_a_mark(register: Path, tmp_path: Path) -> None:
    told(register, f"forget hr-kamenik contact.email {WISH}")
    heard: Any = told(
        register, f"mail notice 2026-04-20-ga --out {tmp_path}/drafts --on 2026-04-20"
    )
    assert "hr-kamenik" in heard.out.partition("Without an address")[2]
