"""Workflows, templates and hooks: linted by the field's tools, and their shell steps are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acts.scene import ALL, IDENTITY, content
from tests.invented import MEETING, b40_alone, git, written

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
WRITES = {("comment", "comment"): {"pull-requests"}, ("pages", "deploy"): {"pages", "id-token"}}
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def load(file: Path) -> Any:
    """A YAML file as GitHub, GitLab and pre-commit read it; anchors and odd words play no part."""
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(file.read_text("utf-8"))


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of every workflow."""
    for file in WORKFLOWS:
        for job in load(file)["jobs"].values():
            yield from ((file.stem, step) for step in job["steps"])


def step(workflow: str, name: str) -> dict[str, Any]:
    """A step by its name."""
    return next(s for w, s in steps() if w == workflow and s.get("name") == name)


def shell(script: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A shell step as the host runs it, in surroundings that hold nothing else."""
    bash = shutil.which("bash") or "bash"
    here = {"PATH": f"{folder / 'bin'}:{BIN}:{os.environ['PATH']}", "HOME": str(folder), **IDENTITY}
    return subprocess.run(
        [bash, "--noprofile", "--norc", "-euo", "pipefail", "-c", script],
        cwd=env.pop("AT", str(folder)), env=here | env, capture_output=True, encoding="utf-8",
        timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("tool", ["zizmor", "schema"])
def test_the_workflows_are_clean(tool: str) -> None:
    """By zizmor, offline and at its strictest but for style, and by the host's own schema."""
    lint = {
        "zizmor": ["zizmor", "--offline", "--quiet", "--no-progress", "--strict-collection"],
        "schema": ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    }[tool]
    program = shutil.which(lint[0], path=str(BIN))
    assert program is not None, f"{lint[0]} is in requirements.lock"
    files = [str(file) for file in WORKFLOWS]
    ran = subprocess.run([program, *lint[1:], *files], capture_output=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_zizmor_would_have_said_something(tmp_path: Path) -> None:
    """The same tool, on a workflow that checks out a stranger's commit with a token that writes."""
    bad = (ROOT / ".github/workflows/comment.yml").read_text()
    bad = bad.replace(" # zizmor: ignore[dangerous-triggers] nothing", " # nothing")
    bad = bad.replace(
        "github.event.repository.default_branch", "github.event.workflow_run.head_sha"
    )
    (tmp_path / "bad.yml").write_text(bad)
    program = str(BIN / "zizmor")
    words = [program, "--offline", "--quiet", str(tmp_path / "bad.yml")]
    ran = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert ran.returncode != 0 and "dangerous-triggers" in ran.stdout


def test_the_gitlab_template_is_one() -> None:
    words = [
        "check-jsonschema",
        "--builtin-schema",
        "vendor.gitlab-ci",
        str(ROOT / "ci/gitlab.yml"),
    ]
    ran = subprocess.run([str(BIN / words[0]), *words[1:]], capture_output=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_what_is_somebody_elses_is_pinned(file: Path) -> None:
    """By a full commit, with the version for a reader; no other host than git's is named."""
    text = file.read_text("utf-8")
    uses = [line.strip(" -") for line in text.split("\n") if "uses:" in line]
    assert all(PINNED.fullmatch(line) for line in uses), uses
    assert "://" not in text and "curl" not in text


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_nothing_is_allowed_that_is_not_needed(file: Path) -> None:
    """No permission by default; only the comment and the publishing job write; a time limit."""
    workflow, text = load(file), file.read_text("utf-8")
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        writes = {allowed for allowed, level in job["permissions"].items() if level != "read"}
        assert writes == WRITES.get((file.stem, name), set())
        assert job["timeout-minutes"] <= 30
    assert "secrets." not in text and "pull_request_target" not in text
    if file.stem not in ("comment", "pages"):
        assert "token" not in text.replace("the token only reads", "").lower()


def test_no_event_text_reaches_a_shell() -> None:
    """What a stranger may choose comes by the environment, never by substitution in a script."""
    scripts = [step["run"] for _workflow, step in steps() if "run" in step]
    assert scripts and not any("${{" in script for script in scripts)


def test_the_writing_half_runs_nothing_of_the_request() -> None:
    """It checks out the default branch, one folder of it, and runs one script."""
    found = [s for w, s in steps() if w == "comment"]
    assert [s.get("run") for s in found] == [None, "python3 -I ci/comment.py"]
    assert found[0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert found[0]["with"]["sparse-checkout"] == "ci"


def test_the_judging_half_checks_out_the_base() -> None:
    checkout = next(s for w, s in steps() if w == "review" and "checkout" in s.get("uses", ""))
    assert checkout["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert checkout["with"]["persist-credentials"] is False


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host that has one pull request, and a clone of its main branch."""
    folder = tmp_path_factory.mktemp("hosts")
    far = folder / "far"
    far.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in IDENTITY.items():
            patch.setenv(name, value)
        git(far, "init", "-q", "-b", "main")
        for path, record in content("meeting", "applicant").items():
            (far / path).parent.mkdir(parents=True, exist_ok=True)
            (far / path).write_bytes(written(path, record))
        git(far, "add", "-A")
        git(far, "commit", "-q", "-m", "opening record")
        git(far, "switch", "-q", "-c", "proposal")
        done = b40_alone(
            far,
            "member",
            "mayor",
            "hr-kamenik",
            "Ana",
            "--from",
            "2026-03-10",
            "--quiet",
            "--on",
            "2026-11-23",
        )
        assert done.returncode == 0, done.stderr
        git(far, "update-ref", "refs/pull/7/head", "proposal")
        git(far, "switch", "-q", "main")
        git(folder, "clone", "-q", "--single-branch", "--branch", "main", str(far), "near")
    return folder


@pytest.fixture
def runner(laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runner with that clone, the tool as if installed, and a Python that only notes words."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    for name in ("far", "near"):
        shutil.copytree(laid_out / name, tmp_path / name)
    git(tmp_path / "near", "remote", "set-url", "origin", str(tmp_path / "far"))
    tool = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m b40cli.cli.main "$@"\n'
    notes = '#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/installed"\n'
    for place, script in (
        ("venv/bin/b40", tool),
        ("venv/bin/python", notes),
        ("bin/python", notes),
    ):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(script)
        file.chmod(0o755)
    return tmp_path


def env(runner: Path, head: str = "refs/pull/7/head") -> dict[str, str]:
    """What the host tells its steps."""
    return {
        "RUNNER_TEMP": str(runner),
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_OUTPUT": str(runner / "output"),
        "NUMBER": "7",
        "BASE": git(runner / "far", "rev-parse", "main").strip(),
        "HEAD": git(runner / "far", "rev-parse", head).strip(),
        "AT": str(runner / "near"),
    }


def test_the_review_of_a_lawful_request(runner: Path) -> None:
    """Fetched as data, judged, put where the artifact is taken from; the comment stage takes it."""
    here = env(runner)
    for name in ("Fetch the request's commits, as data", "Review"):
        ran = shell(step("review", name)["run"], runner, **here)
        assert ran.returncode == 0, ran.stderr
    text = (runner / "review/comment.md").read_text("utf-8")
    assert text.startswith("<!-- b40-review -->\n") and "May be merged" in text
    assert (runner / "review/number").read_text() == "7\n"
    assert "May be merged" in (runner / "summary").read_text("utf-8")
    assert (runner / "output").read_text() == "status=0\n"
    assert git(runner / "near", "status", "--porcelain") == ""
    from tests.hosts.test_comment import comment

    assert comment.number_of((runner / "review/number").read_bytes()) == 7
    assert comment.body_of((runner / "review/comment.md").read_bytes()) == text


def test_the_review_of_an_unlawful_request(runner: Path) -> None:
    """The comment is written all the same; the verdict is the last step's."""
    far = runner / "far"
    git(far, "switch", "-q", "proposal")
    git(far, "rm", "-q", "registry/members/al-aldmar.yaml")
    git(far, "commit", "-qm", "taken away")
    git(far, "update-ref", "refs/pull/7/head", "proposal")
    git(far, "switch", "-q", "main")
    here = env(runner)
    for name in ("Fetch the request's commits, as data", "Review"):
        assert shell(step("review", name)["run"], runner, **here).returncode == 0
    status = (runner / "output").read_text().strip().removeprefix("status=")
    assert status == "1" and "❌" in (runner / "review/comment.md").read_text("utf-8")
    ran = shell(step("review", "Verdict")["run"], runner, STATUS=status)
    assert ran.returncode == int(status)
    assert shell(step("review", "Verdict")["run"], runner, STATUS="0").returncode == 0


@pytest.mark.parametrize("workflow", ["review", "daily"])
def test_the_install_step(runner: Path, workflow: str) -> None:
    """The locked versions, then the tool itself with nothing else."""
    name = "Install the base's own tool" if workflow == "review" else "Install"
    assert shell(step(workflow, name)["run"], runner, **env(runner)).returncode == 0
    assert (runner / "installed").read_text().split("\n")[:-1] == [
        f"-m venv {runner}/venv",
        "-m pip install --quiet -r requirements.lock",
        "-m pip install --quiet --no-deps --no-build-isolation .",
    ]


def test_the_test_step(tmp_path: Path) -> None:
    """What continuous integration runs is what the README tells a newcomer to run."""
    ran = shell(step("ci", "Test")["run"] + " --dry-run", tmp_path, AT=str(ROOT))
    assert ran.returncode == 0 and "-m pytest" in ran.stdout, ran.stderr


def test_the_daily_steps(runner: Path) -> None:
    """What is due is told; the register is audited and checked, and what is overdue fails it."""
    here, on = env(runner), ("--on", "2026-03-10")
    words = ("decision", "record", "admission", "--subject", "bg-rosendol", "--meeting", MEETING)
    assert b40_alone(runner / "near", *words, "--for", ALL, *on).returncode == 0
    told = shell(step("daily", "What is due")["run"], runner, **here)
    assert told.returncode == 0 and (runner / "summary").stat().st_size > 0
    audited = shell(step("daily", "All of history, again")["run"], runner, **here)
    assert audited.returncode == 0, audited.stdout + audited.stderr
    name = "The register as it stands; what is overdue counts"
    checked = shell(step("daily", name)["run"], runner, **here)
    assert checked.returncode == 1 and "members-informed" in checked.stdout, checked.stdout


def test_the_review_on_gitlab(runner: Path) -> None:
    """Script by script, as its runner does; the tool and the law are those of the base."""
    job = load(ROOT / "ci/gitlab.yml")["b40-review"]
    here = env(runner)
    git(runner / "near", "fetch", "-q", "origin", "refs/pull/7/head")
    git(runner / "near", "switch", "-q", "--detach", here["HEAD"])
    shutil.copytree(runner / "venv", runner / "near/.b40-tool/venv")
    ran = shell(
        "\n".join(job["script"]), runner, **here,
        CI_PROJECT_DIR=str(runner / "near"), TOOL=str(runner / "near/.b40-tool"),
        CI_MERGE_REQUEST_DIFF_BASE_SHA=here["BASE"], CI_COMMIT_SHA=here["HEAD"],
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "May be merged" in ran.stdout
    assert (runner / "near/b40-review.xml").read_text().startswith("<?xml")
    assert f"{runner}/near/.b40-tool/base" in (runner / "installed").read_text()


@pytest.mark.parametrize("hook", load(ROOT / ".pre-commit-hooks.yaml"), ids=lambda h: str(h["id"]))
def test_a_hook_runs(runner: Path, hook: dict[str, Any]) -> None:
    """Its entry is a command that exists, given the files where it takes them."""
    assert hook["id"] in ("b40-check", "b40-fmt") and hook["language"] == "python"
    path = "registry/members/hr-kamenik.yaml"
    assert re.search(hook["files"], path)
    named = [path] if hook.get("pass_filenames", True) else []
    ran = b40_alone(runner / "near", *hook["entry"].split()[1:], *named)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert git(runner / "near", "status", "--porcelain") == ""


def test_the_hooks_of_this_repository_are_commands_of_its_environment() -> None:
    hooks = load(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    for hook in hooks:
        program = Path(hook["entry"].split()[0])
        assert program.parts[:2] == (".venv", "bin") and (BIN / program.name).exists()
        assert hook["language"] == "system"


def test_codeowners_is_what_the_register_generates() -> None:
    ran = b40_alone(ROOT, "trust", "codeowners", "--check", ".github/CODEOWNERS")
    assert ran.returncode == 0, ran.stdout + ran.stderr
