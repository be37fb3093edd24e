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
    assert len(told["without"]) == 11 and "hr-kamenik" not in told["without"]
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
