"""What would change, as a unified diff."""

from __future__ import annotations

from b40cli.store.git.guard.cut import Cut


def unified(path: str, before: bytes | None, after: bytes) -> str:
    """The change of one file as `git diff` would show it; empty where nothing changes."""
    if before == after and not isinstance(before, Cut):
        return ""
    head = f"diff --git a/{path} b/{path}\n" + ("new file mode 100644\n" if before is None else "")
    old, new = _lines(before or b""), _lines(after)
    a = "/dev/null" if before is None else f"a/{path}"
    if old is None or new is None:
        return f"{head}Binary files {a} and b/{path} differ\n"
    from difflib import unified_diff

    lines = list(unified_diff(old, new, a, f"b/{path}"))
    return head + "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(data: bytes) -> list[str] | None:
    """The lines with their ends, or None for a file that is no text, or held in part."""
    if isinstance(data, Cut):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    return [line + "\n" for line in text.split("\n")[:-1]] + (
        [text.split("\n")[-1]] if not text.endswith("\n") and text else []
    )
