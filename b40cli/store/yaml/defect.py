"""What is wrong with a file's YAML, where, and what cures it."""

from __future__ import annotations


class YamlDefect(Exception):
    """A file that is not in the register's YAML dialect; line and column count from 1."""

    def __init__(self, line: int, column: int, message: str, remedy: str) -> None:
        super().__init__(f"{line}:{column}: {message} {remedy}")
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy


def defect_at(text: str, index: int, message: str, remedy: str) -> YamlDefect:
    """Build the defect of the character at `index` of `text`."""
    line = text.count("\n", 0, index) + 1
    return YamlDefect(line, index - text.rfind("\n", 0, index), message, remedy)
