"""The law of the record on corrections: what may be replaced, by whom, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from b40cli.model.facts.correction import (
    ABSENT,
    BY_SECRETARIAT,
    Correction,
    corrected,
    correction_of,
    planned_anew,
    same,
    standing_at,
    taken_over,
)
from b40cli.model.finding import Place
from b40cli.model.ref import Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.case.rule import Breach, Case, Rule
from b40cli.rules.facts.effects import stands
from b40cli.rules.record.official_register import kept_up_to_date
from b40cli.rules.votes.assembly_facts import ASSEMBLY
from b40cli.rules.votes.committee_facts import COMMITTEE

# What is copied from a document and can be copied wrongly; the evidence shows what is right.
CLERICAL: dict[str, tuple[str, ...]] = {
    "members": (
        *("name", "native_name", "names.*.*", "former_names.*.*", "note", "gazetteer"),
        *("population.*", "contact.*"),
        *("government.kind", "application.received", "former_applications.*.received"),
        *("declaration.signed", "declaration.place", "ceremony", "mayors.*.*"),
    ),
    "observers": ("name", "note", "population.*", "request.received"),
    "presidencies": ("mayor", "note"),
    "committee": ("seats.*.note",),
    "secretariat": ("appointments.*.name",),
    "groups": ("name", "experts.*.name", "programmes.*.goals.*"),
    "meetings": (
        *("title", "city", "note", "delegations.*.head.name", "delegations.*.members.*"),
        "minutes.*",
    ),
    "decisions": ("title", "decided_by.person"),
    "evidence": ("sources.*.*",),
    "network": ("founded.*", "founding_president.name", "contact.*"),
}
# Days on which something was done: they have passed when anybody speaks of them.
DONE = frozenset({"received", "signed"})
# What a file is called by stays what it is called by.
NAMES = frozenset({"id", "year"})
# What the network's record holds by acts of its own.
BY_ACTS = frozenset({"opened", "status", "complete", "dissolution", "reported"})
# Of these only what is clerical: the rest is the act itself, and an act is annulled.
ANNULLED_ONLY = frozenset({"decisions"})


def correction_names_what_it_replaces(case: Case, path: str) -> Iterator[Breach]:
    """What stood, where, why and by whom; one correction after another, in their order."""
    data = case.after.recorded(path)
    if data is None:
        return
    correction = correction_of(path, data)
    yield from _replaces(case, correction)
    yield from _may_be_replaced(case.after, correction)
    if correction.by != BY_SECRETARIAT:
        yield from _decided(case.after, correction)
    yield from _in_time(case, correction)
    yield from _shown(case, correction)


def _shown(case: Case, correction: Correction) -> Iterator[Breach]:
    """In an official register a paper shows what is right; one's own slip of the pen needs none."""
    network = case.after.network
    if correction.evidence or correction.own_slip or not network or network.status != "official":
        return
    yield Breach(
        f"{correction.id} rests on a source alone; the register is official.",
        "Name the document that shows what is right: --evidence.",
        ("source",),
    )


def _replaces(case: Case, correction: Correction) -> Iterator[Breach]:
    """`was` is what stands in the record once the earlier corrections are applied."""
    registry, recorded = case.after, case.after.recorded(correction.corrects)
    if recorded is None:
        return
    all_of = registry.corrections().get(correction.corrects, ())
    earlier = tuple(other for other in all_of if other.id < correction.id)
    stood = standing_at(corrected(recorded, earlier), correction.at)
    where = f"{_reference(correction)} at {correction.place}"
    if stood is ABSENT:
        yield Breach(
            f"{where}: the record has no such place.",
            "Name the place as b40 show tells it: keys and positions from 0, joined by points.",
            ("at",),
        )
    elif not same(stood, correction.was):
        before = _while_it_stood(case.before, correction, earlier)
        told_anew = (
            kept_up_to_date(correction.corrects, correction.at)
            or planned_anew(recorded, correction, before)
            or taken_over(recorded, correction, all_of, before)
        )
        if not told_anew:
            yield _another(where, correction, stood)
    if same(correction.was, correction.value):
        yield Breach(f"{where} is replaced by itself.", "Nothing is wrong there.", ("is",))
    yield from _out_of_order(correction, earlier)


def _while_it_stood(
    before: Registry | None, correction: Correction, earlier: tuple[Correction, ...]
) -> Mapping[str, Any]:
    """The record before this change, where what the correction names stood in it; else nothing."""
    record = before.recorded(correction.corrects) if before else None
    stood = standing_at(corrected(record, earlier), correction.at) if record else ABSENT
    return record if record and same(stood, correction.was) else {}


def _another(where: str, correction: Correction, stood: object) -> Breach:
    return Breach(
        f"{where} stands as {_said(stood)}, not as {_said(correction.was)}.",
        "A correction names what it replaces; what was corrected once is changed by a further "
        "correction only.",
        ("was",),
        facts={"stands": _said(stood), "was": _said(correction.was)},
        refs=(_reference(correction),),
    )


def _out_of_order(correction: Correction, earlier: tuple[Correction, ...]) -> Iterator[Breach]:
    for other in earlier:
        if other.at == correction.at and other.on > correction.on:
            yield Breach(
                f"{correction.id} is of {correction.on}, {other.id} before it of {other.on}.",
                "Corrections of one place follow each other by number and by day.",
                ("on",),
                refs=(str(Ref("corrections", other.id)),),
            )


def _may_be_replaced(registry: Registry, correction: Correction) -> Iterator[Breach]:
    folder = str(ref_of(correction.corrects)).partition("/")[0]
    clerical = any(_lies_at(correction.at, place) for place in CLERICAL.get(folder, ()))
    by_acts = folder == "network" and correction.at[0] in BY_ACTS
    if folder not in CLERICAL or correction.place in NAMES or by_acts:
        yield Breach(
            f"{_reference(correction)} at {correction.place} is not corrected.",
            "An id stays; the statutes change by an amendment, what the network's record says of "
            "the register by its own acts.",
            ("corrects",) if folder not in CLERICAL else ("at",),
        )
    elif not clerical and folder in ANNULLED_ONLY:
        yield Breach(
            f"{correction.place} of {_reference(correction)} is part of what was decided.",
            "A decision is not corrected but annulled: b40 decision annul.",
            ("at",),
        )
    elif (
        not clerical and correction.by == BY_SECRETARIAT and not _of_a_source(registry, correction)
    ):
        yield Breach(
            f"{correction.place} of {_reference(correction)} is more than a clerical fact.",
            "The Committee or the Assembly decides on it (a resolution about this record): "
            "--by EC-2027-001.",
            ("by",),
        )


def _of_a_source(registry: Registry, correction: Correction) -> bool:
    """While nobody has adopted the register its facts rest on sources, and follow what they say."""
    network = registry.network
    return correction.source is not None and network is not None and network.status == "unofficial"


def _lies_at(at: Place, pattern: str) -> bool:
    """Whether a place is one of the pattern; `*` stands for one key or position."""
    steps = pattern.split(".")
    return len(steps) == len(at) and all(
        step in ("*", str(key)) for step, key in zip(steps, at, strict=True)
    )


def _decided(registry: Registry, correction: Correction) -> Iterator[Breach]:
    """The decision named is an adopted resolution about this record, of the body concerned."""
    decision = registry.decision(correction.by)
    if decision is None:
        return
    bodies = _bodies(registry, correction)
    if (decision.matter, decision.subject) != ("resolution", _reference(correction)):
        yield _by_another(correction, f"is a decision on {decision.matter} of {decision.subject}")
    elif decision.body not in bodies:
        yield _by_another(correction, f"is a decision of the {decision.body}")
    elif decision.state != "adopted":
        yield _by_another(correction, f"is {decision.state}")
    elif decision.closed is not None and decision.closed > correction.on:
        yield _by_another(correction, f"closed on {decision.closed}, after {correction.on}")
    elif not stands(registry, decision):
        yield _by_another(correction, "was annulled")._replace(kind="note")


def _by_another(correction: Correction, what: str) -> Breach:
    return Breach(
        f"{correction.id} rests on {correction.by}, which {what}.",
        f"It rests on an adopted resolution about {_reference(correction)}, or on the "
        "secretariat where the fact is clerical.",
        ("by",),
        refs=(correction.by,),
    )


def _bodies(registry: Registry, correction: Correction) -> frozenset[str]:
    """What belongs to a General Assembly is corrected by the General Assembly."""
    meeting = registry.recorded(correction.corrects) or {}
    assembly = ref_of(correction.corrects).kind == "meetings" and meeting.get("kind") == "ga"
    return frozenset({ASSEMBLY}) if assembly else frozenset({ASSEMBLY, COMMITTEE})


def _in_time(case: Case, correction: Correction) -> Iterator[Breach]:
    network = case.after.network
    opened = network.opened if network else correction.on
    if not opened <= correction.on <= max(case.today, opened):
        yield Breach(
            f"{correction.id} is of {correction.on}; the register opened on {opened}, today is "
            f"{case.today}.",
            "A correction is recorded on its day or after it.",
            ("on",),
            facts={"on": str(correction.on), "opened": str(opened), "today": str(case.today)},
        )
    done = correction.at[-1] in DONE and isinstance(correction.value, str)
    if done and correction.value > str(correction.on):
        yield Breach(
            f"{correction.id} says on {correction.on} that something was {correction.at[-1]} on "
            f"{correction.value}.",
            "What was done was done by the day it is corrected.",
            ("is",),
        )


def _reference(correction: Correction) -> str:
    return str(ref_of(correction.corrects))


def _said(value: object) -> str:
    return "a list or a block" if isinstance(value, dict | list) else str(value)


RULES = (
    Rule(
        name="correction-names-what-it-replaces",
        norm="A correction says what stood, where, why and by whom; what was decided is annulled.",
        about=("corrections",),
        question=correction_names_what_it_replaces,
        fails="A correction of a population that names another figure than the record holds.",
        cure="Name what stands there now: b40 show tells it.",
    ),
)
