"""Letters as drafts: to the addresses on record, the same bytes each time, nothing sent."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.acts.scene import DAY, Office, scene
from tests.scenario import ask

CONTACT = {"contact": {"email": "office@example.org"}}


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    given = {"members/hr-kamenik": CONTACT, "members/bg-rosendol": CONTACT}
    return Office(scene(tmp_path, "meeting", "applicant", "admission", given=given), capsys)


def test_a_notice_goes_to_every_member_with_an_address(at: Office, tmp_path: Path) -> None:
    paper = tmp_path / "notice.pdf"
    paper.write_bytes(b"%PDF-1.7")
    words = (
        "mail",
        "notice",
        "2026-03-10-ec",
        "--out",
        str(tmp_path / "d"),
        "--attach",
        str(paper),
    )
    told = at.asks(*words)["result"]
    (file,) = map(Path, told["written"])
    assert len(told["without"]) == 6 and "hr-kamenik" not in told["without"]
    letter = message_from_bytes(file.read_bytes(), policy=default)
    assert letter["To"] == "office@example.org" and letter["X-Unsent"] == "1"
    assert letter["Subject"].startswith("Convening notice")
    (body, *_others) = (part.get_content() for part in letter.walk() if not part.is_multipart())
    assert "_____" in body and "\\" not in body
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "notice.pdf"
    before = file.read_bytes()
    assert at.asks(*words)["result"] == told and file.read_bytes() == before


def test_a_typed_address_is_one_and_of_one(at: Office, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "d"))
    for wrong in ("office", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org"):
        (found,) = at.asks("mail", "reply", "EC-2026-001", *out, "--to", wrong, exits=2)["findings"]
        assert "is no e-mail address" in found["message"]
    of_all = ("mail", "notice", "2026-03-10-ec", "--to", "a@example.org", *out)
    (found,) = at.asks(*of_all, exits=2)["findings"]
    assert "6 have none on record" in found["message"] and not (tmp_path / "d").exists()


def test_a_reply_and_a_reminder_go_to_one_city(at: Office, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "d"))
    (tmp_path / "f").write_text("")
    words = ("mail", "reply", "EC-2026-001", "--out", str(tmp_path / "f"))
    assert "/f is a file." in at.asks(*words, exits=2)["findings"][0]["message"]
    (file,) = at.asks("mail", "reply", "EC-2026-001", *out)["result"]["written"]
    assert "adopted on 10 March 2026" in Path(file).read_text()
    late = at.asks("mail", "reminder", "Rosendol", *out, on="2026-04-10")["result"]
    assert late["written"] and "not signed" in Path(late["written"][0]).read_text()
    at.asks("mail", "reminder", "xk-gurmal", *out, exits=2)
    for about in ("xk-gurmal", "nobody called so"):
        assert "postcard is no letter" in str(at.asks("mail", "postcard", about, *out, exits=2))


def test_a_moved_and_a_cancelled_meeting_are_told_and_an_observer_is_invited(
    at: Office, tmp_path: Path
) -> None:
    """What moves tells the command of its letters; they go to whom the notice went to."""
    out = ("--out", str(tmp_path / "d"))
    (tmp_path / "paper").write_text("x")
    at.asks("meeting", "convene", "ec", "--opens", "2026-03-20T10:00")
    at.asks("meeting", "notice", "2026-03-20-ec", "--sent", "2026-03-10T09:00")
    at.asks("mail", "move", "2026-03-20-ec", *out, exits=2)
    moved = at.asks("meeting", "move", "2026-03-20-ec", "--opens", "2026-03-24T11:00")["result"]
    assert "b40 mail move 2026-03-20-ec" in moved["rests"][-1]
    told = at.asks("mail", "move", "2026-03-20-ec", *out)["result"]
    letter = message_from_bytes(Path(told["written"][0]).read_bytes(), policy=default)
    assert len(told["without"]) == 6 and "24 March 2026, 11.00 local time" in letter.get_content()
    at.asks("mail", "cancel", "2026-03-20-ec", *out, exits=2)
    at.asks("meeting", "cancel", "2026-03-20-ec", "--reason", "Floods")
    told = at.asks("mail", "cancel", "2026-03-20-ec", *out)["result"]
    assert "Floods" in Path(told["written"][0]).read_text()
    asked = ("--country", "AT", "--gazetteer", "none", "--population", "620000", "--year", "2024")
    at.asks("observer", "request", "Graubach", *asked)
    at.asks("mail", "invitation", "at-graubach", *out, exits=2)
    signed = ("--person", "Ana", "--evidence", str(tmp_path / "paper"))
    at.asks("observer", "invite", "Graubach", "--to", "ga", *signed)
    none = ask(at.folder, "mail", "invitation", "Graubach", "--out", "none", "--on", DAY)
    assert none.out.startswith("No draft is written.") and not (at.folder / "none").exists()
    address = ("--to", "office@graubach.example")
    told = at.asks("mail", "invitation", "Graubach", *address, *out)["result"]
    assert "General Assembly" in Path(told["written"][0]).read_text()


def test_addresses_come_by_command_by_list_and_by_form(at: Office, tmp_path: Path) -> None:
    """Each is where the letters go; a list adds what is missing and changes nothing."""
    at.asks("member", "set", "xk-gurmal", "--email", "set@example.org", "--phone", "+383 38 1")
    rows = (
        "name,country,since,source,id,gazetteer,E-mail,phone,website,address\n"
        "Ravnopolje,HR,2025-06-01,founding-list,,none,list@example.org,+385 1 1,"
        "https://ravnopolje.example,Main Square 1\n"
        "Gurmal,XK,,,xk-gurmal,none,,,https://gurmal.example,\n"
    )
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    at.asks("import", str(tmp_path / "list.csv"), "--yes")
    told = [at.asks("member", "show", c)["result"] for c in ("hr-ravnopolje", "xk-gurmal")]
    assert [each["record"]["contact"] for each in told] == [
        {
            "email": "list@example.org",
            "phone": "+385 1 1",
            "website": "https://ravnopolje.example",
            "address": "Main Square 1",
        },
        {"email": "set@example.org", "phone": "+383 38 1", "website": "https://gurmal.example"},
    ]
    other = rows.replace(",,,https://gurmal", ",x@example.org,,https://gurmal")
    (tmp_path / "other.csv").write_text(other, "utf-8")
    refused = at.asks("import", str(tmp_path / "other.csv"), "--yes", exits=3)
    assert "contact.email" in str(refused["findings"])
    form = ("--country", "SI", "--gazetteer", "none", "--contact", "form@example.org")
    at.asks("application", "submit", "Mirnava", *form)
    out = ("--out", str(tmp_path / "d"))
    for city, address in (
        ("xk-gurmal", "set@example.org"),
        ("hr-ravnopolje", "list@example.org"),
        ("si-mirnava", "form@example.org"),
    ):
        contact = at.asks("member", "show", city)["result"]["record"]["contact"]
        assert contact["email"] == address
    at.asks("meeting", "convene", "ga", "--opens", "2026-04-20T10:00", "--mode", "online")
    written = at.asks("mail", "notice", "2026-04-20-ga", *out)["result"]["written"]
    heads = {message_from_bytes(Path(f).read_bytes(), policy=default)["To"] for f in written}
    assert heads >= {"set@example.org", "list@example.org"}


def test_the_filed_document_of_a_letter_goes_with_it(at: Office, tmp_path: Path) -> None:
    """What lies below evidence/ goes with the draft by itself, once, and only as on record."""
    out = ("--out", str(tmp_path / "d"))
    filed = at.folder / "registry" / "evidence" / "2026"
    filed.mkdir(parents=True)
    for name in ("notice", "minutes", "letter"):
        (filed / f"{name}.pdf").write_bytes(f"%PDF-1.7 {name}".encode())
    meeting = "2026-03-10-ec"

    def mailed(kind: str, *more: str) -> list[str]:
        told = at.asks("mail", kind, meeting, *out, *more, on="2026-03-20")["result"]
        letter = message_from_bytes(Path(told["written"][0]).read_bytes(), policy=default)
        found = [str(part.get_filename()) for part in letter.iter_attachments()]
        assert found == told["attached"]
        for written in told["written"]:
            Path(written).unlink()
        return found

    assert mailed("notice") == mailed("dispatch") == []
    (tmp_path / "outside.pdf").write_bytes(b"%PDF-1.7")
    sent = ("--sent", "2026-03-01T09:00")
    at.asks("meeting", "notice", meeting, *sent, "--document", str(filed / "notice.pdf"))
    assert mailed("notice") == ["notice.pdf"]
    assert mailed("notice", "--attach", str(filed / "notice.pdf")) == ["notice.pdf"]
    paper = ("--document", str(filed / "minutes.pdf"))
    at.asks("meeting", "minutes", meeting, *paper, on="2026-03-12")
    assert mailed("dispatch") == ["minutes.pdf"]
    paper = ("--document", str(filed / "letter.pdf"))
    at.asks("meeting", "dispatch", meeting, "--sent", "2026-03-13", *paper, on="2026-03-13")
    assert mailed("dispatch") == ["letter.pdf"]
    (filed / "letter.pdf").write_bytes(b"other")
    at.asks("mail", "dispatch", meeting, *out, on="2026-03-20", exits=2)
