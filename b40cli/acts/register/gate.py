"""What a register of one's own needs beside itself: hooks, a host's workflows, an editor's setting.

The workflows install a pinned b40, never the register's checkout: a request cannot bring its judge.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from b40cli.model.errors import UsageError
from b40cli.store.schema import KINDS
from b40cli.store.shipped import shipped

HOSTS = ("github", "gitlab")
GIT = re.compile(r"(?:git\+)?(https://[A-Za-z0-9._~:/%+-]+)@([0-9a-f]{40}|[0-9a-f]{64})")
WHEEL = re.compile(r"https://[A-Za-z0-9._~:/%+-]+\.whl#sha256=[0-9a-f]{64}")
PLACEHOLDER = (
    "No tool is named yet; put the address of b40 with its commit, or a wheel with its SHA-256, "
    "here. Until then nothing is judged, and this step fails."
)

GITHUB = """\
# The register is judged by a pinned b40, never by code of the checkout.
name: b40
on:
  push:
  pull_request:
  schedule:
    - cron: "17 4 * * *"
permissions: {}
jobs:
  judge:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          ref: ${{ github.event.pull_request.base.sha || github.sha }}
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.13"
      - name: Install a pinned b40
        run: |
          INSTALL
      - name: The request, fetched as data and judged by the base
        if: github.event_name == 'pull_request'
        env:
          NUMBER: ${{ github.event.pull_request.number }}
          BASE: ${{ github.event.pull_request.base.sha }}
        run: |
          git fetch --quiet --no-tags origin "+refs/pull/$NUMBER/head:refs/review/head"
          b40 review "$BASE...refs/review/head" --format github
      - name: All of history, and the register as it stands
        if: github.event_name != 'pull_request'
        run: |
          b40 audit --quiet
          b40 check --format github
"""


class Gate(NamedTuple):
    """Which of them are asked for; `tool` is where a pinned b40 comes from."""

    hooks: bool = False
    host: str | None = None
    editor: bool = False
    tool: str | None = None


def gate_files(gate: Gate) -> dict[str, bytes]:
    """The files, by path; raises UsageError for a host or an address that is none."""
    if gate.host is not None and gate.host not in HOSTS:
        raise UsageError(
            f"--host {gate.host} is none that is known.", f"One of {', '.join(HOSTS)}."
        )
    pinned = None if gate.tool is None else requirement(gate.tool)
    files: dict[str, str] = {}
    if gate.hooks:
        files[".pre-commit-config.yaml"] = _hooks(pinned)
    if gate.host == "github":
        files[".github/workflows/b40.yml"] = GITHUB.replace("INSTALL", _install(pinned))
    if gate.host == "gitlab":
        files[".gitlab-ci.yml"] = _gitlab(pinned)
    if gate.editor:
        files[".vscode/settings.json"] = _editor()
    return {path: text.encode() for path, text in files.items()}


def requirement(tool: str) -> str:
    """The pinned b40 as pip takes it; raises UsageError where nothing is pinned."""
    if found := GIT.fullmatch(tool):
        return f"b40 @ git+{found[1]}@{found[2]}"
    if WHEEL.fullmatch(tool):
        return f"b40 @ {tool}"
    raise UsageError(
        f"--tool {tool} pins no b40.",
        "Name a git address with a whole commit (https://host/b40.git@COMMIT), or a wheel with its "
        "hash (https://host/b40.whl#sha256=…).",
    )


def _install(pinned: str | None) -> str:
    if pinned is None:
        return f"echo '{PLACEHOLDER}'; exit 1"
    return f"python -m pip install --quiet '{pinned}'"


def _hooks(pinned: str | None) -> str:
    needs = f"        additional_dependencies: ['{pinned}']\n" if pinned else ""
    entry = "b40 check --base HEAD" if pinned else f"sh -c \"echo '{PLACEHOLDER}'; exit 1\""
    language = "python" if pinned else "system"
    return (
        "# Judges what is about to be committed, by the law of HEAD; closed records included.\n"
        "repos:\n  - repo: local\n    hooks:\n      - id: b40-check\n        name: b40 check\n"
        f"        entry: {entry}\n        language: {language}\n{needs}"
        "        files: ^registry/\n        pass_filenames: false\n        require_serial: true\n"
    )


def _gitlab(pinned: str | None) -> str:
    return f"""\
# The register is judged by a pinned b40, never by code of the checkout.
b40:
  image: python:3.13
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_PIPELINE_SOURCE == "schedule"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    GIT_DEPTH: "0"
  script:
    - |
      {_install(pinned)}
    - >-
      if [ -n "$CI_MERGE_REQUEST_DIFF_BASE_SHA" ];
      then b40 review "$CI_MERGE_REQUEST_DIFF_BASE_SHA..$CI_COMMIT_SHA";
      else b40 audit --quiet && b40 check; fi
"""


def _editor() -> str:
    """The schemas of the records, for the YAML language server; they lie beside b40."""
    folder = shipped("schemas").resolve()
    schemas = {
        (folder / file).as_uri(): f"registry/{_glob(pattern)}" for _kind, pattern, file in KINDS
    }
    return json.dumps({"yaml.schemas": schemas}, indent=2, sort_keys=True) + "\n"


def _glob(pattern: str) -> str:
    """members/*.yaml for the pattern of a kind's paths."""
    head, slash, _rest = pattern.rpartition("/")
    if "[" not in pattern and "(" not in pattern:
        return pattern.replace("\\", "")
    first = re.split(r"[\[({]", head)[0].rstrip("/") if slash else ""
    return f"{first}/**/*.yaml" if "(" in head or "[" in head else f"{head}/*.yaml"
