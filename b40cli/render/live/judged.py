"""What was judged: the files, all of history, a branch; and whether the clone can do its work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from b40cli.model.answer import Answer
from b40cli.model.paper import Headline, Items, Note, Paragraph, Toned, Typed
from b40cli.model.screen import Masthead, ScreenPart
from b40cli.model.wording import begun, counted
from b40cli.render.live.values import due
from b40cli.render.screens.judged import audited, checked, looked_at
from b40cli.render.screens.review import in_names, judged_by, span

if TYPE_CHECKING:
    from b40cli.model.results.cities import Health
    from b40cli.model.results.history import Audited, Checked
    from b40cli.model.results.reviews import Reviewed


def check(answer: Answer[Checked]) -> Iterator[ScreenPart]:
    """What was judged and what came of it, coloured once, where one looks after scrolling."""
    result = answer.result
    counts = result["counts"]
    refused = f"{counts['validity']} refused"
    duties, notes = counted(counts["duty"], "duty"), counted(counts["note"], "note")
    yield Paragraph(
        (
            f"{looked_at(result)}, by rule set {result['rule_set']}: ",
            Toned(refused, "refused") if counts["validity"] else "nothing is refused",
            ", ",
            Toned(duties, "due") if counts["duty"] else duties,
            f", {notes}.",
        )
    )
    for attested in checked(result)[1:]:
        yield Note(attested)
    if result["undetermined"]:
        yield Headline("Undetermined", 2, str(len(result["undetermined"])))
        yield Items(tuple(result["undetermined"]))


def audit(answer: Answer[Audited]) -> Iterator[ScreenPart]:
    """What was looked at, and what came of it."""
    counts = answer.result["counts"]
    wrong = counts["validity"] + counts["defect"]
    verdict = f"✗ {counted(wrong, 'finding')}" if wrong else "✓ nothing is refused"
    yield Masthead("Audit", "", (Toned(verdict, "refused" if wrong else "met"),))
    for said in audited(answer.result):
        yield Paragraph(said)


def review(answer: Answer[Reviewed]) -> Iterator[ScreenPart]:
    """What a branch would change, in the statutes' words; what does not change is left out."""
    result = answer.result
    verdict = "✓ may be merged" if answer.ok else "✗ refused"
    yield Masthead(
        f"Review of {result['range']}",
        span(result).strip(" ()"),
        (Toned(verdict, "met" if answer.ok else "refused"),),
    )
    for warning in result["warnings"]:
        yield Paragraph(due(f"! {warning}"))
    for part in in_names(result, answer.beside.get("name", str)):
        yield Headline(part.title, 2, str(len(part.sentences)))
        yield Items(part.sentences)
    if "judged_by" in result:
        yield Note(judged_by(result))
    yield Paragraph(result["verdict"]["says"])


def doctor(answer: Answer[Health]) -> Iterator[ScreenPart]:
    """Each thing that was looked at, with a cure where it is not well."""
    checks = answer.result["checks"]
    ill = sum(not each["well"] for each in checks)
    verdict = Toned(f"! {ill} of {len(checks)} to be seen to", "due")
    yield Masthead("This clone", "", (verdict if ill else Toned("✓ all is well", "met"),))
    for each in checks:
        there = Toned("· ", "aside") if each["absent"] else Toned("✓ ", "met")
        sign = there if each["well"] else Toned("! ", "due")
        yield Items(((sign, f"{begun(each['what'])}: {each['says']}"),))
        if each["cure"] and each["cure"].startswith("b40 "):
            yield Typed(each["cure"])
        elif each["cure"]:
            yield Items(((Toned("→ ", "aside"), each["cure"]),))
