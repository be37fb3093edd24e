"""What a stranger's repository may hold so that a program runs or a file outside is touched.

Keys, hooks and variables come from the documentation of the git that is installed, so that what a
later git brings is a trap the day it is there; where there is no documentation, the list of keys
(`git help --config`) is git's own all the same.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

from b40cli.store.git.guard.closed_world import HEARD_WORDS

TALKS_OF_PROGRAMS = re.compile(
    r"command|program|execut|shell|script|\bhook|helper|\bpath|file|director|daemon|editor|pager|target|destination"
)
ATTRIBUTES = "* filter=trap diff=trap merge=trap text eol=crlf ident working-tree-encoding=UTF-16\n"
# What githooks(5) has told of so far, for a machine without it.
HOOKS = (
    *("applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit"),
    *("prepare-commit-msg", "commit-msg", "post-commit", "pre-rebase", "post-checkout"),
    *("post-merge", "pre-push", "pre-receive", "update", "proc-receive", "post-receive"),
    *("post-update", "reference-transaction", "push-to-checkout", "pre-auto-gc", "post-rewrite"),
    *("sendemail-validate", "fsmonitor-watchman", "p4-pre-submit", "post-index-change"),
)
# What stands in a key for a name that the repository is free to choose.
NAMES = {
    "remote.<name>": "remote.hub",
    "branch.<name>": "branch.main",
    "url.<base>": "url.ext::trap ",
    "credential.<url>": "credential.https://example.org",
    "http.<url>": "http.https://example.org",
    "includeIf.<condition>": "includeIf.onbranch:**",
    "pager.<cmd>": "pager.log",
    "gpg.<format>": "gpg.ssh",
}
# Known by their effect, and not in every git's list.
BESIDE = (
    *("filter.trap.process", "filter.trap.required", "remote.hub.uploadpack", "merge.trap.driver"),
    *("diff.trap.textconv", "include.path", "includeIf.gitdir:/.path", "hook.trap.command"),
    *("hook.trap.event", "credential.helper", "submodule.sub.update", "trailer.trap.command"),
    *("trailer.trap.cmd", "tar.trap.command", "core.worktree", "core.alternateRefsCommand"),
    *("extensions.worktreeConfig", "extensions.partialClone", "uploadpack.packObjectsHook"),
)
# What the other side of a path would run, whose other keys plain git itself would stumble over.
SERVING = (
    *("uploadpack.packObjectsHook", "receive.procReceiveRefs", "core.alternateRefsCommand"),
    *("core.fsmonitor", "gc.recentObjectsHook", "hook.trap.command"),
)
# One is listed that git itself does not read (gitweb.remote_heads).
KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]*\.(?:[^\"\n]*\.)?[A-Za-z][A-Za-z0-9-]*")
# With these b40 refuses the repository at once, and nothing else would be tried.
REFUSED = re.compile(r"extensions\.(?!worktreeConfig|partialClone)")


@cache
def documented() -> tuple[str, ...]:
    """Every key that git documents, with names where it leaves them free."""
    told = subprocess.run(["git", "help", "--config"], capture_output=True, text=True, check=True)
    listed = [_named(line.strip()) for line in told.stdout.splitlines() if "." in line]
    plain = [key for key in listed if not key.endswith(".*")]
    every = [f"{key[:-1]}{rest}" for key in listed if key.endswith(".*") for rest in _rests(key)]
    found = {key for key in (*plain, *every, *BESIDE) if KEY.fullmatch(key)}
    return tuple(sorted(key for key in found if not REFUSED.match(key)))


def _named(key: str) -> str:
    for free, name in NAMES.items():
        key = key.replace(free, name)
    return re.sub(r"<[^>]+>", "trap", key)


def _rests(key: str) -> tuple[str, ...]:
    """The last words of a section that git documents as `section.<name>.*`."""
    section = key.split(".", 1)[0]
    told = {"credential": ("helper", "username"), "http": ("proxy", "sslCert", "cookieFile")}
    return told.get(section, ("trap", "log", "uri", "smtpServer", "enabled"))


@cache
def telling() -> frozenset[str]:
    """The keys whose documentation speaks of a program or a path; all, where there is none."""
    text = _manual("git-config")
    parts = re.split(r"^ {7}(?=[a-z]\w*\.[\w.<>*-]+(?:, [\w.<>*, -]+)?$)", text, flags=re.MULTILINE)
    found = {
        _named(key.strip())
        for part in parts[1:]
        for key in part.partition("\n")[0].split(",")
        if TALKS_OF_PROGRAMS.search(part.partition("\n")[2])
    }
    return frozenset(key for key in documented() if not found or key in found or key in BESIDE)


@cache
def hooks() -> tuple[str, ...]:
    """Every hook: those of githooks(5) here, and those known so far."""
    told = re.findall(r"^ {3}([a-z][a-z0-9-]+)$", _manual("githooks"), re.MULTILINE)
    return tuple(sorted({*told, *HOOKS}))


@cache
def variables() -> tuple[str, ...]:
    """Every variable of git(1) that the closed world does not hear, and what others run."""
    told = {*re.findall(r"\bGIT_[A-Z0-9_]+", _manual("git")), "GIT_TEMPLATE_DIR", "GIT_CONFIG"}
    told |= {"GIT_ATTR_SOURCE", "GIT_SHALLOW_FILE", "GIT_PROXY_COMMAND", "GIT_EXTERNAL_DIFF"}
    return tuple(sorted(name for name in told if not re.fullmatch(HEARD_WORDS, name)))


def _manual(page: str) -> str:
    """A page of git's manual as plain text; empty where it is not installed."""
    env = {**os.environ, "MANWIDTH": "200", "LC_ALL": "C", "MAN_KEEP_FORMATTING": ""}
    try:
        told = subprocess.run(["man", page], capture_output=True, text=True, check=False, env=env)
    except FileNotFoundError:
        return ""
    return re.sub(r"\x1b\[[0-9;]*m|.\x08", "", told.stdout)


def script(ran: Path, name: str) -> Path:
    """A program that leaves a mark beside itself when it runs."""
    folder = ran.parent / "programs"
    folder.mkdir(exist_ok=True)
    file = folder / re.sub(r"[^\w.-]", "_", name)
    file.write_text(f'#!/bin/sh\n: > "{ran}/{file.name}"\n')
    file.chmod(0o755)
    return file


def value(random: Random, ran: Path, key: str) -> str:
    """What a key may say: a program by path or by words, a helper, an option, or yes."""
    file = script(ran, key)
    forms = (
        *(str(file), f"touch {ran}/{file.name}; false", f"!touch {ran}/{file.name}", "true"),
        *(f"ext::touch {ran}/{file.name}", f"trap/{file.name}", f"--exec={file}"),
    )
    return random.choice(forms)


def setting(key: str, said: str) -> str:
    """One key in git's own layout."""
    section, _dot, rest = key.partition(".")
    name, _dot, last = rest.rpartition(".")
    quoted = said.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'[{section} "{name}"]\n\t{last} = "{quoted}"\n'
        if name
        else (f'[{section}]\n\t{last} = "{quoted}"\n')
    )


def settings(random: Random, ran: Path, chosen: tuple[str, ...]) -> str:
    """Those keys, each with something to run."""
    return "".join(setting(key, value(random, ran, key)) for key in chosen)


def lay(register: Path, ran: Path, random: Random, chosen: tuple[str, ...]) -> None:
    """Those keys in every file that git would read, every hook, attributes, a submodule, state."""
    config = register / ".git/config"
    said = settings(random, ran, chosen)
    config.write_text(config.read_text() + said)
    for place in (".git/config.worktree", ".git/included", ".gitmodules", ".lfsconfig"):
        (register / place).write_text(said)
    with config.open("a") as more:
        more.write(setting("include.path", "included"))
        more.write(setting("core.attributesFile", str(register / "attributes")))
        more.write(setting("core.hooksPath", str(register / "hooks")))
    for file in ("attributes", ".git/info/attributes"):
        (register / file).parent.mkdir(exist_ok=True)
        (register / file).write_text(ATTRIBUTES)
    for folder in (register / "hooks", register / ".git/hooks"):
        hang(folder, ran)
    _submodule(register, ran, said)
    _odds(register, ran)


def hang(folder: Path, ran: Path) -> None:
    """Every hook there is."""
    folder.mkdir(exist_ok=True)
    for name in hooks():
        (folder / name).write_bytes(script(ran, f"{name}.{folder.parent.name}").read_bytes())
        (folder / name).chmod(0o755)


def _submodule(register: Path, ran: Path, said: str) -> None:
    """A folder that is a repository of its own, with settings of its own."""
    inner = register / "sub/.git"
    for folder in ("objects", "refs"):
        (inner / folder).mkdir(parents=True, exist_ok=True)
    (inner / "HEAD").write_text("ref: refs/heads/main\n")
    (inner / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n{said}")
    hang(inner / "hooks", ran)


def _odds(register: Path, ran: Path) -> None:
    """Files that other programs read where they stand, git's odd ones, and the state folder."""
    code = f'open("{ran}/python", "w")\n'
    for name in ("sitecustomize.py", "typer.py", "json.py", "b40cli.py"):
        (register / name).write_text(code)
    for name in ("git", "sh", "ssh", "less"):
        (register / name).write_bytes(script(ran, f"here-{name}").read_bytes())
        (register / name).chmod(0o755)
    (register / ".git/info/grafts").write_text("0" * 40 + "\n")
    state = register / ".git/b40"
    state.mkdir(exist_ok=True)
    outside = script(ran, "linked")
    (state / "journal.new").symlink_to(outside)
    (state / "records-1.lines").write_text('["forged"]\n')
    (state / "act").symlink_to(outside.parent)
    (state / "log").symlink_to(outside)


def environment(ran: Path) -> Mapping[str, str]:
    """Every variable that git hears, said by somebody who wants a program run."""
    said = {name: str(script(ran, name)) for name in variables()}
    said |= {name: str(script(ran, name)) for name in ("PAGER", "EDITOR", "VISUAL")}
    return said


def marks(ran: Path) -> Iterator[str]:
    """What ran."""
    yield from sorted(path.name for path in ran.iterdir())
