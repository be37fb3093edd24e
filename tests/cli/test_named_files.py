"""Files that a command writes: what `-` stands for, and which endings say something else."""

from __future__ import annotations

import json
import tempfile
from io import StringIO
from pathlib import Path

import pytest

from b40cli.cli.main import main
from b40cli.cli.request import prompt
from tests.acts.scene import scene

ON = ("--on", "2026-04-10")
EC = "2026-03-10-ec"


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register, and an empty folder one stands in."""
    folder = scene(tmp_path / "r", "meeting", "applicant", "admission")
    (desk := tmp_path / "desk").mkdir()
    monkeypatch.chdir(desk)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        *("export json", "export ics", "export popolo", "export atom"),
        *(f"meeting minutes {EC} --as md", "decision paper EC-2026-001 --as html"),
        *(f"meeting minutes {EC}", f"meeting minutes {EC} --json", "decision paper EC-2026-001"),
        "decision certificate EC-2026-001",
    ],
)
def test_a_dash_is_standard_output(
    words: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for more in ((), ("--out", "-")):
        assert main(["-C", str(there), *words.split(), *more, *ON]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] and said[0] == said[1]
    assert not [*Path().iterdir()]


@pytest.mark.parametrize(
    "words",
    [
        *("export csv --out {}", "export xlsx --out {}", "site build --out {}"),
        *(f"meeting minutes {EC} --as pdf --out {{}}", "import --template xlsx {}"),
        *("decision certificate EC-2026-001 --verifier {}", "demo --folder {}"),
        *("trust codeowners --write {}", "mail reply EC-2026-001 --out {} --to a@example.org"),
    ],
)
def test_what_is_no_one_text_does_not_go_there_nor_among_the_records(
    words: str, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = () if words.startswith(("demo", "import")) else ON
    before = sorted(there.rglob("registry/**/*"))
    odd = "git" if words.startswith("demo") else "h\u00e9re"  # for a register in it, or its name
    (there / "REGISTRY").mkdir(exist_ok=True)  # as a machine that folds case has it
    (there / "REGISTRY/network.yaml").touch()
    names = ("members/here", f"evidence/{odd}", "evidence/sources.yaml")
    places = (*(f"registry/{name}" for name in names), "REGISTRY/x")
    for place in ("-", *(f"{there}/{name}" for name in places)):
        assert main(["-C", str(there), *words.format(place).split(), *here]) == 2
        said = capsys.readouterr().err
        ways = "standard output", "no text for a terminal", "the records", "than its name says"
        assert any(way in said for way in (*ways, "is a file"))
    assert not [*Path().iterdir()] and sorted(there.rglob("registry/**/*")) == before


def test_a_demonstration_of_its_own_folder_minds_no_other(
    there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(there / "registry/members")
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **_named: str(there))
    assert main(["demo"]) == 4, "as far as the folder, which holds other files here"


@pytest.mark.parametrize(
    ("words", "exits"),
    [
        ("export json --out register.2026", 0),
        ("export xlsx --out register.final", 0),
        (f"meeting minutes {EC} --as pdf --out minutes.2026-03-10", 0),
        ("decision certificate EC-2026-001 --out EC-2026-001.first", 0),
        ("export json --out register.csv", 2),
        ("export ics --out days.json", 2),
        ("decision certificate EC-2026-001 --out EC-2026-001.zip", 2),
        # By their ending these are told what to be read as.
        (f"meeting minutes {EC} --out minutes.2026", 2),
        ("import --template xlsx opening.2026", 2),
    ],
)
def test_an_ending_that_means_no_form_is_part_of_a_name(
    words: str, exits: int, there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = () if words.startswith("import") else ON
    assert main(["-C", str(there), *words.split(), *here, "--json"]) == exits
    said = capsys.readouterr()
    written = [] if exits else json.loads(said.out)["result"]["written"]
    assert {path.name for path in Path().iterdir()} >= {Path(name).name for name in written}
    assert bool(written) == (exits == 0)


def test_where_no_file_lies_an_import_tells_what_writes_one(
    there: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At a terminal: it asked for a file, and nothing lay there to choose."""
    monkeypatch.setattr(prompt, "at_terminal", lambda: True)
    for written, told in ((None, True), ("opening.csv", False)):
        if written:
            Path(written).write_text("name,country\n")
        monkeypatch.setattr("sys.stdin", StringIO(""))
        assert main(["-C", str(there), "import"]) != 0
        assert ("--template xlsx" in capsys.readouterr().err) == told
