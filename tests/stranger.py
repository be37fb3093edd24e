"""`make hostile`: a stranger's zip of a register, every read under strace: git and b40 alone run.

Needs strace, and says so where it is missing. Prints how many commands were looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.invented import repository
from tests.scenario import whole

COMMANDS = (
    *("check", "check --base HEAD", "roll", "status", "log", "show members/hr-kamenik", "audit"),
    *("review HEAD..HEAD", "fmt --check", "committee show", "duty list", "statutes show"),
)
HOSTILE = """[core]
\tfsmonitor = touch {mark}
\tsshCommand = touch {mark}
\thooksPath = hooks
\teditor = touch {mark}
\tpager = touch {mark}
[filter "x"]
\tclean = touch {mark}; cat
\tsmudge = touch {mark}; cat
\tprocess = touch {mark}
[diff]
\texternal = touch {mark}
[gpg]
\tprogram = touch {mark}
"""
RUN = re.compile(r'execve\("([^"]+)"')
GONE = re.compile(r'(?:unlink|unlinkat|rename|renameat2?)\([^"]*"([^"]+)".* = 0$', re.MULTILINE)


def main() -> int:
    """Play all commands; 1 where anything else ran or anything of the register went."""
    if shutil.which("strace") is None:
        print("strace is missing: install it, nothing was looked at.")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        folder, mark = Path(scratch) / "register", Path(scratch) / "ran"
        folder.mkdir()
        repository(folder, whole())
        with (folder / ".git/config").open("a") as config:
            config.write(HOSTILE.format(mark=mark))
        (folder / ".git/info").mkdir(exist_ok=True)
        (folder / ".git/info/attributes").write_text("* filter=x\n")
        wrong = [line for words in COMMANDS for line in _looked_at(folder, words, Path(scratch))]
        wrong += ["a program of the repository ran"] if mark.exists() else []
    print(
        "\n".join(wrong)
        or f"{len(COMMANDS)} commands: git and b40 alone ran, nothing was taken away."
    )
    return 1 if wrong else 0


def _looked_at(folder: Path, words: str, scratch: Path) -> list[str]:
    trace = scratch / "trace"
    call = (
        "strace",
        "-f",
        "-qq",
        "-o",
        str(trace),
        "-e",
        "trace=execve,unlink,unlinkat,rename,renameat2",
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(scratch / "cache")}
    b40 = (sys.executable, "-m", "b40cli.cli.main", "-C", str(folder), *words.split())
    subprocess.run([*call, *b40], capture_output=True, check=False, env=env)
    told = trace.read_text(errors="replace")
    ran = {Path(name).name for name in RUN.findall(told)}
    other = {name for name in ran if name != "git" and not name.startswith("python")}
    gone = {name for name in GONE.findall(told) if str(folder / "registry") in name}
    return [f"{words}: ran {name}" for name in sorted(other)] + [f"{words}: took {n}" for n in gone]


if __name__ == "__main__":
    sys.exit(main())
