"""Certificates at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from b40cli.cli.arguments import DECISION
from b40cli.cli.opening import view
from b40cli.cli.options import Request, read
from b40cli.model.answer import Answer

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Certified

SCRIPT = "verify_certificate.py"


@read
def certificate(
    request: Request,
    decision: Annotated[
        str, typer.Argument(help="The decision, for example EC-2026-001."), DECISION
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write it to this file, its verifier beside it.")
    ] = None,
    verifier: Annotated[
        Path | None, typer.Option("--verifier", help="Write the verifier to this file.")
    ] = None,
) -> Answer[Certified]:
    """One file that proves a decision: question, rules, roll, ballots, count, commit, signature.

    Whoever has it checks it offline with Python alone: python3 verify_certificate.py FILE

    Examples:
      b40 decision certificate EC-2026-001
      b40 decision certificate EC-2026-001 --out EC-2026-001.txt
      b40 decision certificate EC-2026-001 --out EC-2026-001.json
    """
    from b40cli.acts.handing_out import hand_out
    from b40cli.acts.opened.view import answer
    from b40cli.acts.reads.certificate import certificate as certified
    from b40cli.render.certificate import file, paper
    from b40cli.store.shipped import shipped

    opened = view(request)
    parts = certified(opened, decision)
    text = paper(parts) if out is not None and out.suffix == ".json" else file(parts)
    script = (shipped("verifier") / SCRIPT).read_text("utf-8")
    beside = verifier or (out.with_name(SCRIPT) if out else None)
    files = {out: text, beside: script}
    written = hand_out({path: text for path, text in files.items() if path is not None})
    result: Certified = {"id": decision, "commit": parts["Commit"]["oid"], "written": written}
    if out is not None:
        return answer(opened, "decision certificate", result, f"Written: {', '.join(written)}.")
    return answer(opened, "decision certificate", {**result, "file": text}, text)
