"""Every place that asks git something stands in the table of what is put to silence."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

from b40cli.store import git as door
from tests.unanswered import COMMANDS

# Words that are no call of git here, or one that GitPython makes (it raises where git fails).
OTHERWISE = {
    *("commit", "merge", "rebase", "cherry-pick", "revert", "replace", "init", "remote"),
    *("receive-pack", "upload-pack"),
    "hash-object",  # of nothing, in a repository that has no commit: for the length of a name
}


def test_every_word_of_git_is_put_to_silence() -> None:
    """What the door calls stands in tests/unanswered.py, with a command that comes there."""
    told = subprocess.run(["git", "--list-cmds=main"], capture_output=True, text=True, check=True)
    known = set(told.stdout.split())
    texts = [file.read_text("utf-8") for file in Path(next(iter(door.__path__))).glob("*.py")]
    nodes = (node for text in texts for node in ast.walk(ast.parse(text)))
    said = {node.value for node in nodes if isinstance(node, ast.Constant)} & known
    assert said - OTHERWISE == {word for words in COMMANDS.values() for word in words}
