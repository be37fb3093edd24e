"""What a register of one's own needs beside itself: written at its beginning, pinned or failing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from b40cli.acts.register.gate import GIT, PLACEHOLDER, Gate, gate_files, requirement
from b40cli.model.errors import UsageError
from b40cli.store.schema import KINDS
from tests.invented import git
from tests.scenario import ask, pinned

COMMIT = "a" * 40
ADDRESS = f"https://example.org/b40.git@{COMMIT}"
WHEEL = f"https://example.org/b40-0.2.0-py3-none-any.whl#sha256={'0' * 64}"


@pytest.fixture(autouse=True)
def times() -> Iterator[None]:
    with pinned():
        yield


def test_a_request_on_gitlab_has_a_pipeline_of_its_own() -> None:
    """Only there is the commit told that the request parts from."""
    (data,) = gate_files(Gate(hooks=False, host="gitlab", tool=ADDRESS)).values()
    job = YAML(typ="safe", pure=True).load(data.decode())["b40"]
    assert {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'} in job["rules"]


@pytest.mark.parametrize("host", ["github", "gitlab"])
@pytest.mark.parametrize("tool", [ADDRESS, WHEEL, None])
def test_a_workflow_installs_a_pinned_tool_or_fails(host: str, tool: str | None) -> None:
    for data in gate_files(Gate(hooks=True, host=host, tool=tool)).values():
        text = data.decode()
        assert YAML(typ="safe", pure=True).load(text)
        if tool is None:
            assert PLACEHOLDER in text and "exit 1" in text and "pip install" not in text
        else:
            assert requirement(tool) in text and PLACEHOLDER not in text
        assert "pip install ." not in text and "-e ." not in text


@pytest.mark.parametrize(
    "tool",
    ["b40", "https://example.org/b40.git", "https://example.org/b40.git@main", WHEEL[:-1],
     f"http://example.org/b40.git@{COMMIT}", f"https://example.org/';id;'@{COMMIT}"],
)  # fmt: skip
def test_what_pins_nothing_is_no_tool(tool: str) -> None:
    assert not GIT.fullmatch(tool)
    with pytest.raises(UsageError):
        requirement(tool)


def test_a_register_begins_with_its_gate(tmp_path: Path) -> None:
    words = ("--hooks", "--host", "github", "--editor", "--tool", ADDRESS)
    heard = ask(tmp_path, "init", "ours", "--opened", "2026-01-05", *words)
    assert heard.code == 0, heard
    ours = tmp_path / "ours"
    held = git(ours, "ls-tree", "-r", "--name-only", "HEAD").split()
    assert {".pre-commit-config.yaml", ".github/workflows/b40.yml"} <= set(held)
    schemas = json.loads((ours / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert len(schemas) == len(KINDS) and "registry/members/*.yaml" in schemas.values()
    assert ask(ours, "check").code == 0 and ask(ours, "audit").code == 0


def test_plain_check_says_that_it_compares_with_nothing(tmp_path: Path) -> None:
    assert ask(tmp_path, "init", "ours", "--opened", "2026-01-05").code == 0
    assert "compared with nothing" in ask(tmp_path / "ours", "check").err
    assert "compared" not in ask(tmp_path / "ours", "check", "--base", "HEAD").err
