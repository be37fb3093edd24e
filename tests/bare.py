"""The verifier of certificates as an outsider runs it: a bare Python, an empty folder, a file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from pathlib import Path
from typing import Any

from b40cli.store.schema import order
from b40cli.store.yaml.dialect import parse
from b40cli.store.yaml.layout import dump

SCRIPT = Path(__file__).parent.parent / "verifier" / "verify_certificate.py"
UNSIGNED = 4
LAST = "sha256 of the digests: "
spec = spec_from_file_location("verify_certificate", SCRIPT)
assert spec is not None and spec.loader is not None
verifier: Any = module_from_spec(spec)
spec.loader.exec_module(verifier)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The script in a Python that knows nothing but its own library."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), *words],
        cwd=folder, capture_output=True, check=False, encoding="utf-8", timeout=60,
    )  # fmt: skip


def verdict(folder: Path, text: str | bytes, *evidence: str) -> tuple[int, str]:
    """The same in this process: the exit code and the lines that failed."""
    file = folder / "certificate.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    said = StringIO()
    with redirect_stdout(said):
        code = verifier.main([str(file), *evidence])
    return code, "\n".join(x for x in said.getvalue().split("\n") if x.startswith("FAILED"))


def data_of(text: str) -> dict[str, Any]:
    """The data inside a certificate."""
    lines = text.split("\n")
    data = json.loads("".join(lines[lines.index("{") : lines.index("}") + 1]))
    assert isinstance(data, dict)
    return data


def forged(text: str, forge: Callable[[dict[str, Any]], object]) -> str:
    """The certificate with other data, its lines and digests made anew as a forger would.

    The forger is given the record as data, and what became of it is written as a record again,
    unless he wrote it himself.
    """
    data = data_of(text)
    whole = data["Decision"]
    data["Decision"] = parse(whole.encode())
    forge(data)
    if data.get("Decision") == parse(whole.encode()):
        data["Decision"] = whole
    elif "Decision" in data and not isinstance(data["Decision"], str):
        data["Decision"] = _written(data["Decision"])
    return resealed(data)


def _written(record: Any) -> str:
    try:
        return dump(record, order("decision")).decode()
    except Exception:
        return json.dumps(record)


def resealed(data: dict[str, Any]) -> str:
    """Data as the file that says them."""
    told = []
    for heading, part in data.items():
        told += [] if heading == "Objects" else [heading, *verifier.lines_of(part), ""]
    rows = [f"{json.dumps(key)}: {json.dumps(part)}" for key, part in data.items()]
    lines = [*told, "The data of the lines above", "{", *",\n".join(rows).split("\n"), "}"]
    return sealed(lines)


def sealed(lines: list[str]) -> str:
    """Lines with digests that fit them."""
    digests = "".join(sha256(line.encode()).hexdigest()[:16] for line in lines)
    return "\n".join([*lines, digests, LAST + sha256(digests.encode()).hexdigest(), ""])
