"""An Assembly outside the Annual Summit, INT-31 read as `none`: why nothing is decided there."""

from __future__ import annotations

from pathlib import Path

import pytest

from b40cli.cli.main import main
from tests.acts.scene import Office, scene
from tests.invented import OTHERS, SEVEN

TWELVE = (*SEVEN, *OTHERS)


def test_an_assembly_outside_the_summit_is_told_why_it_decides_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All twelve are there, so nobody is said to be missing: it is no Annual Summit (INT-31)."""
    adopted = [{"from": "2024-01-31", "reading": "none", "by": "provisional"}]
    read = {"statutes/interpretations/INT-31": {"adopted": adopted}}
    at = Office(scene(tmp_path, "assembly", given=read), capsys)
    cast = ("--meeting", "2026-03-10-ga", "--for", ",".join(TWELVE))
    result = at.asks("decision", "record", "activity-report", *cast)["result"]
    assert result["state"] == "invalid" and "outside the annual summit" in result["reason"].lower()
    assert "required" not in result["reason"]
    assert "0 of 12" not in at.message() and "Quorum: none" in at.message()
    at.asks("decision", "propose", "agenda", "--meeting", "2026-03-10-ga")
    (told,) = at.asks("decision", "open", "GA-2026-002", exits=1)["findings"]
    assert "outside the Annual Summit" in told["message"] and "needed" not in told["message"]
    assert "b40 meeting convene ga --summit" in told["help"] and "second call" not in told["help"]
    assert at.asks("quorum", "2026-03-10-ga")["result"]["met"] is False
    assert main(["-C", str(at.folder), "meeting", "minutes", "2026-03-10-ga"]) == 0
    assert "could not decide: it met outside the Annual Summit." in capsys.readouterr().out.replace(
        "\n", " "
    )
