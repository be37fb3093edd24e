"""The law of the record on what must be forgotten: the words go, a salted hash stays."""

from __future__ import annotations

from collections.abc import Iterator

from b40cli.model.facts.correction import standing_at
from b40cli.model.finding import Place
from b40cli.model.ref import ref_of
from b40cli.model.state.forgotten import MARKED, Gone, all_marks, gone_in, marks_in, may_go
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Breach, Case, Rule


def words_give_way(case: Case, path: str) -> Iterator[Breach]:
    """What a new record says is forgotten may go, and is gone.

    Every other rule compares with the state before as it would be had it forgotten (see
    model.forgotten.forgetting): so whatever is changed beside it is judged as any change is.
    """
    data = case.after.recorded(path)
    if data is None or case.before is None or case.before.has(path):
        return
    for n, each in enumerate(gone_in(data)):
        place = data["places"][n]
        where = f"{place['record']} at {place['at']}" if each.at else place["document"]
        at: Place = ("places", n, "at" if each.at else "document")
        if not may_go(each.path, each.at):
            yield Breach(
                f"{where} is more than words about a person.",
                "Ids, days, figures and votes stay: they are corrected, or the decision is "
                "annulled.",
                at,
            )
        elif _stands_still(case.before, case.after, each):
            yield Breach(
                f"{where} still holds the words that {data['id']} says are forgotten.",
                "The words and their salted hash change places in one commit: b40 forget does it.",
                at,
            )


def _stands_still(before: Registry, after: Registry, each: Gone) -> bool:
    """What the state before, told as if it had forgotten it, has a mark for, and it still holds."""
    if not each.at:
        return before.has(each.path) and after.content(each.path) != each.content
    words = standing_at(after.recorded(each.path), each.at)
    forgotten = standing_at(before.recorded(each.path), each.at) == each.mark
    return forgotten and isinstance(words, str) and words != each.mark


def forgotten_is_told(case: Case, path: str) -> Iterator[Breach]:
    """That words are gone, since when, and that git keeps them."""
    data = case.after.recorded(path)
    gone = gone_in(data or {"places": ()})
    for name in sorted({str(ref_of(each.path)) for each in gone}):
        places = [".".join(map(str, e.at)) for e in gone if e.at and str(ref_of(e.path)) == name]
        what = f"the words of {name} at {', '.join(places)} are" if places else f"{name} is"
        yield Breach(
            f"Since {(data or {})['on']} {what} forgotten; git keeps "
            f"{'them' if places else 'it'} in every earlier commit and every clone.",
            "Whoever must take them out of the history, too, follows docs/restore.md.",
            ("places",),
            refs=(name,),
        )


def marks_have_their_record(case: Case, path: str) -> Iterator[Breach]:
    """A mark that no record of registry/forgotten/ names: words taken out by hand."""
    before = case.before.recorded(path) if case.before else None
    now = case.after.recorded(path)
    if before is None or now is None or MARKED not in case.after.records.text(path):
        return
    for at, mark in marks_in(now):
        stood = standing_at(before, at)
        # In a history that was rewritten the mark stands there from the beginning.
        if isinstance(stood, str) and stood != mark and mark not in all_marks(case.after):
            yield Breach(
                f"{ref_of(path)} at {'.'.join(map(str, at))} is called forgotten, and no record "
                "says so.",
                "b40 forget takes words out and records it.",
                at,
            )


RULES = (
    Rule(
        name="forgotten-words-are-gone",
        norm="Words about a person that must be forgotten give way to their salted hash.",
        about=("forgotten",),
        question=words_give_way,
        fails="A mayor's first day named among what is forgotten.",
        cure="Name words alone; a day that is wrong is corrected.",
    ),
    Rule(
        name="forgotten-by-a-record",
        norm="A mark in place of words has its record in registry/forgotten/.",
        about=("*",),
        question=marks_have_their_record,
        fails="A name replaced by `forgotten-` and digits, by hand.",
        cure="Restore the words, and take them out by b40 forget.",
    ),
    Rule(
        name="words-forgotten",
        kind="note",
        norm="That words were taken out is told; git keeps them in its history.",
        about=("forgotten",),
        question=forgotten_is_told,
        fails="A contact that was forgotten on request.",
        cure="Nothing here; docs/restore.md has the drill for the history.",
    ),
)
