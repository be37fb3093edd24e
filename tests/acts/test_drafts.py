"""Letters as drafts: to the addresses on record, the same bytes each time, nothing sent."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.acts.scene import Office, scene

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
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "notice.pdf"
    before = file.read_bytes()
    assert at.asks(*words)["result"] == told and file.read_bytes() == before


def test_a_reply_and_a_reminder_go_to_one_city(at: Office, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "d"))
    (file,) = at.asks("mail", "reply", "EC-2026-001", *out)["result"]["written"]
    assert "adopted on" in Path(file).read_text()
    late = at.asks("mail", "reminder", "Rosendol", *out, on="2026-04-10")["result"]
    assert late["written"] and "not signed" in Path(late["written"][0]).read_text()
    at.asks("mail", "reminder", "xk-gurmal", *out, exits=2)
    at.asks("mail", "postcard", "xk-gurmal", *out, exits=2)


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
    assert len(told["without"]) == 6 and "2026-03-24T11:00" in letter.get_content()
    at.asks("mail", "cancel", "2026-03-20-ec", *out, exits=2)
    at.asks("meeting", "cancel", "2026-03-20-ec", "--reason", "Floods")
    told = at.asks("mail", "cancel", "2026-03-20-ec", *out)["result"]
    assert "Floods" in Path(told["written"][0]).read_text()
    asked = ("--country", "AT", "--gazetteer", "none", "--population", "620000", "--year", "2024")
    at.asks("observer", "request", "Graubach", *asked)
    at.asks("mail", "invitation", "at-graubach", *out, exits=2)
    signed = ("--person", "Ana", "--evidence", str(tmp_path / "paper"))
    at.asks("observer", "invite", "Graubach", "--to", "ga", *signed)
    address = ("--to", "office@graubach.example")
    told = at.asks("mail", "invitation", "Graubach", *address, *out)["result"]
    assert "General Assembly" in Path(told["written"][0]).read_text()
