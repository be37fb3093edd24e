"""Certificates and papers of decisions at the counter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from b40cli.cli.network.putting import DecisionId
from b40cli.cli.request.opening import view
from b40cli.cli.request.options import Request, read
from b40cli.cli.request.written import (
    FORMS,
    PaperAsked,
    asked_for,
    form_of,
    handed,
    printed,
    refuse_ending,
    to_file,
)
from b40cli.model.answer import Answer
from b40cli.model.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from b40cli.acts.opened.view import View
    from b40cli.model.paper import Paper
    from b40cli.model.results.decisions import Certified
    from b40cli.model.results.papers import DecisionPaper
    from b40cli.model.results.written import PaperWritten

SCRIPT = "verify_certificate.py"
# The forms of a paper that can hold its machine record.
CARRYING = ("pdf", "docx")


@read
def paper(
    request: Request, decision: DecisionId, asked: PaperAsked
) -> Answer[DecisionPaper | PaperWritten]:
    """A decision as it is sent: what came of it, its arithmetic, votes by name, who signs.

    As a PDF or DOCX a closed one carries its machine record, which the verifier of
    `b40 decision certificate` takes.

    Examples:
      b40 decision paper EC-2026-001
      b40 decision paper EC-2026-001 --out EC-2026-001.pdf
    """
    from b40cli.acts.papers.decision import decision as paper_of
    from b40cli.acts.published import papers

    proven = asked_for(asked) and form_of(asked) in CARRYING
    compose = _proven if proven else paper_of
    return printed(request, asked, papers.decision, compose, decision)


def _proven(opened: View, decision: str) -> Paper:
    """The decision's paper with its machine record attached, where it can be proved."""
    from b40cli.acts.papers.decision import decision as paper_of
    from b40cli.acts.papers.decision import with_record
    from b40cli.acts.published.certificate import certificate as certified
    from b40cli.render.certificate import paper as proof

    made = paper_of(opened, decision)
    try:
        return with_record(made, proof(certified(opened, decision)))
    except (UsageError, UnreadableError):
        return made


@read
def certificate(
    request: Request,
    decision: DecisionId,
    asked: PaperAsked,
    verifier: Annotated[
        Path | None, typer.Option("--verifier", help="Write the verifier to this file.")
    ] = None,
) -> Answer[Certified | PaperWritten]:
    """One file that proves a decision: question, rules, roll, ballots, count, commit, signature.

    As a PDF or DOCX it is a page to read with the proof in it. Whoever has it checks it offline
    with Python alone: python3 verify_certificate.py FILE

    Examples:
      b40 decision certificate EC-2026-001
      b40 decision certificate EC-2026-001 --out EC-2026-001.pdf
      b40 decision certificate EC-2026-001 --out EC-2026-001.txt
      b40 decision certificate EC-2026-001 --out EC-2026-001.json
    """
    from b40cli.acts.published.certificate import certificate as certified

    opened = view(request)
    asked = asked._replace(file=to_file(asked.file))
    parts = certified(opened, decision)
    if asked.form is not None or (asked.file and asked.file.suffix.lstrip(".").lower() in FORMS):
        return _paper(opened, decision, parts, asked, verifier)
    return _proof(opened, decision, parts, asked.file, verifier)


def _proof(
    opened: View, decision: str, parts: dict[str, Any], out: Path | None, verifier: Path | None
) -> Answer[Certified]:
    """The certificate as one text, or as JSON; the verifier beside it."""
    from b40cli.acts.handing_out import hand_out
    from b40cli.acts.opened.view import answer
    from b40cli.render.certificate import file, paper

    refuse_ending(out, "txt", "json")
    text = paper(parts) if out is not None and out.suffix == ".json" else file(parts)
    files: dict[Path, str | bytes] = {} if out is None else {out: text}
    written = hand_out(files | _verifier(out, verifier))
    result: Certified = {"id": decision, "commit": parts["Commit"]["oid"], "written": written}
    if out is not None:
        return answer(opened, "decision certificate", result, f"Written: {', '.join(written)}.")
    return answer(opened, "decision certificate", {**result, "file": text}, text)


def _paper(
    opened: View, decision: str, parts: dict[str, Any], asked: PaperAsked, verifier: Path | None
) -> Answer[PaperWritten]:
    """The certificate as a paper, with the machine record in it; the verifier beside it."""
    from b40cli.acts.handing_out import hand_out
    from b40cli.acts.papers.decision import certificate as paper_of
    from b40cli.render.certificate import paper

    name = asked.file.name if asked.file and form_of(asked) in CARRYING else f"{decision}.pdf"
    check = f"python3 {SCRIPT} {name}"
    made = paper_of(opened, decision, parts, paper(parts), check)
    beside = hand_out(_verifier(asked.file, verifier))
    told = handed(opened, asked, "decision certificate", made)
    written = [*told.result["written"], *beside]
    said = told.told if asked.file is None else f"Written: {', '.join(written)}."
    return told._replace(result={**told.result, "written": written}, told=said)


def _verifier(out: Path | None, verifier: Path | None) -> dict[Path, str | bytes]:
    """The verifier where it was asked for, else beside the file."""
    from b40cli.store.shipped import shipped

    beside = verifier or (out.with_name(SCRIPT) if out else None)
    if beside is None:
        return {}
    refuse_ending(beside, "py")
    return {beside: (shipped("verifier") / SCRIPT).read_text("utf-8")}
