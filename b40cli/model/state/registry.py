"""The registry of one state: paths to records, read one by one and only when asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from b40cli.model.facts.committee import Committee, Presidency, Seat, committee_of, presidency_of
from b40cli.model.facts.correction import Correction, corrected
from b40cli.model.facts.decision import Decision, decision_of, depth_of, path_of
from b40cli.model.facts.member import Member, member_of
from b40cli.model.facts.network import Network, network_of
from b40cli.model.facts.observer import Observer, observer_of
from b40cli.model.facts.secretariat import Appointment, appointments_of
from b40cli.model.facts.statutes import (
    Edition,
    Interpretation,
    Parameter,
    RuleSet,
    edition_of,
    interpretation_of,
    parameter_of,
    rule_set_of,
)
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.change import EACH, NO_CHANGE, WORD, Change
from b40cli.model.state.correcting import CORRECTING, corrections_in_force
from b40cli.model.state.kept import Names, WorkedOut, remembered
from b40cli.model.state.records import Overlaid, Records

if TYPE_CHECKING:
    from b40cli.model.facts.group import Group
    from b40cli.model.facts.meeting import Meeting
    from b40cli.model.facts.trust import Principal

T = TypeVar("T")
Decoder = Callable[[str, Mapping[str, Any]], T]
NETWORK = ROOT + "network.yaml"
ARTICLES = ROOT + "statutes/articles.yaml"
PARAMETERS = ROOT + "statutes/parameters.yaml"
INTERPRETATIONS = ROOT + "statutes/interpretations/"
RULESETS = ROOT + "statutes/rulesets.yaml"
SOURCES = ROOT + "evidence/sources.yaml"
SECRETARIAT = ROOT + "secretariat.yaml"
PRINCIPALS = ROOT + "trust/principals.yaml"


def _meeting_of(path: str, data: Mapping[str, Any]) -> Meeting:
    """Loaded where there is a meeting to read: a roll needs none of its many facts."""
    from b40cli.model.facts.meeting import meeting_of

    return meeting_of(path, data)


def _group_of(path: str, data: Mapping[str, Any]) -> Group:
    from b40cli.model.facts.group import group_of

    return group_of(path, data)


class Registry:
    """Facts of one state of the registry.

    Whatever is looked at is noted in `looked_at` (paths, folders ending in `/`, or in `*` where all
    in them was, searched words behind `?`), so that a verdict can be kept for exactly as long as
    what it rests on stays the same. `law` is the state whose statutes apply, where they are not its
    own: a branch does not bring its own law. By no id there is no record, and nothing is looked at.
    """

    def __init__(
        self,
        records: Records,
        law: Registry | None = None,
        before: Registry | None = None,
        change: Change = NO_CHANGE,
    ) -> None:
        self.records = records
        self.law = law
        self.looked_at: set[str] = set()
        self._before, self._change = before, change
        worked_out = before._memory if before and before.law is law else None
        self._memory: WorkedOut = WorkedOut(worked_out, change)
        self._names = Names(records, before, change)
        self._facts: dict[str, Any] = {}
        self._variants: dict[Hashable, Registry] = {}

    def followed(self, records: Records, paths: Iterable[str]) -> Registry:
        """The state that a change of these records makes of this one.

        What was worked out here is taken over where the change does not bear on it, and noted again
        at its use. This state stays as it is.
        """
        change = Change(self.records, records, paths)
        other = Registry(records, self.law, self, change)
        if any(path.startswith(CORRECTING) for path in change.nodes):
            was, now = self.corrections(), other.corrections()
            change.also(p for p in {*was, *now} if was.get(p) != now.get(p))
        return other

    def supposing(self, others: Mapping[str, Mapping[str, Any] | None]) -> Registry:
        """The same state if some records were others (None: not there); looked at is noted here."""
        supposed = self.followed(Overlaid(self.records, others), others)
        supposed.looked_at = self.looked_at
        return supposed

    def with_record(self, path: str, data: Mapping[str, Any]) -> Registry:
        """The same state if one record were another."""
        return self.supposing({path: data})

    def undecided(self, path: str) -> Registry:
        """The same state while the decision in a file, if there is one, was still open."""
        record = self.recorded(path)
        return self if record is None else self.with_record(path, {**record, "state": "open"})

    def variant(self, _key: Hashable, make: Callable[[], Registry]) -> Registry:
        """A state made of this one, once; what it looks at is noted here at every use."""
        found = self._variants[_key] = self._variants.get(_key) or make()
        found.looked_at = self.looked_at
        return found

    def under(self, law: Registry) -> Registry:
        """The same state under another's statutes; what it looks at is noted here as well."""
        if law is (self.law or self):
            return self
        found = Registry(self.records, law, self)
        found.looked_at = self.looked_at
        return found

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """Compute once, and note again at every use what the value rests on."""
        kept = self._memory[key]
        if kept is None:
            outer, self.looked_at = self.looked_at, set()
            try:
                kept = self._memory.keep(key, make(), self.looked_at)
            finally:
                self.looked_at = outer
        self.looked_at.update(kept[1])
        found: T = kept[0]
        return found

    def has(self, path: str) -> bool:
        """Whether a record or document lies at the path."""
        self.looked_at.add(path)
        return path in self.records

    def data(self, path: str) -> Mapping[str, Any] | None:
        """The plain content of a record as corrections leave it, or None where there is none."""
        record = self.recorded(path)
        corrections = self.corrections().get(path)
        return corrected(record, corrections) if record is not None and corrections else record

    def content(self, path: str) -> Mapping[str, Any]:
        """The plain content of a record as corrections leave it, empty where there is none."""
        return self.data(path) or {}

    def text(self, path: str) -> str:
        """A text with every word of a record as corrections leave it; empty where there is none."""
        self.looked_at.add(path)
        if path in self.corrections():
            return repr(self.data(path))
        return self.records.text(path) if path in self.records else ""

    def recorded(self, path: str) -> Mapping[str, Any] | None:
        """The plain content of a record as its file has it, whatever corrects it."""
        self.looked_at.add(path)
        try:
            record: Mapping[str, Any] = self.records[path]
        except KeyError:
            return None
        return record

    def corrections(self) -> Mapping[str, tuple[Correction, ...]]:
        """The corrections in force, by the path of the record they correct, in their order."""
        return self.remember("corrections", lambda: corrections_in_force(self))

    def paths(self, folder: str) -> tuple[str, ...]:
        """The records below a folder such as `members/`, sorted; all of them below none."""
        self.looked_at.add(ROOT + folder)
        return self._names.below(folder)

    def _fact(self, path: str, decode: Decoder[T]) -> T | None:
        self.looked_at.add(path)
        try:
            found: T | None = self._facts[path]
        except KeyError:
            found = self._facts[path] = self._decoded(path, decode)
        return found

    def _decoded(self, path: str, decode: Decoder[T]) -> T | None:
        if self._before is not None and path not in self._change.nodes:
            return self._before._fact(path, decode)
        data = self.data(path)
        return None if data is None else decode(path, data)

    def _each(self, paths: Iterable[str], decode: Decoder[T]) -> Iterator[T]:
        return (fact for path in paths if (fact := self._fact(path, decode)) is not None)

    def _all(self, folder: str, decode: Decoder[T]) -> tuple[T, ...]:
        """Every fact in a folder, to be remembered: they are noted as one, however many."""
        found, whole = tuple(self._each(self.paths(folder), decode)), ROOT + folder
        self.looked_at = {n for n in self.looked_at if not n.startswith(whole)} | {whole + EACH}
        return found

    @property
    def network(self) -> Network | None:
        """The network's own record."""
        return self._fact(NETWORK, lambda _path, data: network_of(data))

    def member(self, city: str | None) -> Member | None:
        """A member, applicant or former member by its id."""
        return self._fact(f"{ROOT}members/{city}.yaml", self._member) if city else None

    def _member(self, path: str, data: Mapping[str, Any]) -> Member:
        """A member with every name its mayors were recorded under, corrected ones included."""
        spelt: dict[int, tuple[str, ...]] = {}
        for correction in self.corrections().get(path, ()):
            match correction.at:
                case ("mayors", int(n), "name"):
                    spelt[n] = (*spelt.get(n, ()), str(correction.was))
        return member_of(path, data, spelt)

    def member_in(self, path: str) -> Member | None:
        """The member in a file; None where the file is of another kind."""
        return self._fact(path, self._member) if ref_of(path).kind == "members" else None

    def members(self) -> Iterator[Member]:
        """Every local government on record, by id."""
        return self._each(self.paths("members/"), self._member)

    def observer(self, observer: str | None) -> Observer | None:
        """An observer, or who asked to be one, by its id."""
        return self._fact(f"{ROOT}observers/{observer}.yaml", observer_of) if observer else None

    def observer_in(self, path: str) -> Observer | None:
        """The observer in a file; None where the file is of another kind."""
        return self._fact(path, observer_of) if ref_of(path).kind == "observers" else None

    def observers(self) -> Iterator[Observer]:
        """The list of observers, by id: every request and every grant."""
        return self._each(self.paths("observers/"), observer_of)

    def group(self, group: str | None) -> Group | None:
        """A working group by its id."""
        return self._fact(f"{ROOT}groups/{group}.yaml", _group_of) if group else None

    def group_in(self, path: str) -> Group | None:
        """The working group in a file; None where the file is of another kind."""
        return self._fact(path, _group_of) if ref_of(path).kind == "groups" else None

    def groups(self) -> Iterator[Group]:
        """Every working group, by id."""
        return self._each(self.paths("groups/"), _group_of)

    def meeting(self, meeting: str | None) -> Meeting | None:
        """A meeting by its id."""
        return self._fact(f"{ROOT}meetings/{meeting}.yaml", _meeting_of) if meeting else None

    def summit_of(self, meeting: Meeting) -> str | None:
        """The Summit that a meeting is held within; none that was called off by its day."""
        around = self.meeting(meeting.summit)
        off = around.cancelled if around else None
        return None if off and off["on"] <= str(meeting.day) else meeting.summit

    def meeting_in(self, path: str) -> Meeting | None:
        """The meeting in a file; None where the file is of another kind."""
        return self._fact(path, _meeting_of) if ref_of(path).kind == "meetings" else None

    def meetings(self) -> Iterator[Meeting]:
        """Every meeting, by day."""
        return self._each(self.paths("meetings/"), _meeting_of)

    def meetings_of(self, days: str) -> Iterator[Meeting]:
        """The meetings that are on a day, or in a month or year; none that is cancelled."""
        prefix, other = f"{ROOT}meetings/{days}-", self.rescheduled()
        listed = self.paths("meetings/")
        begin, end = (bisect_left(listed, prefix + last) for last in ("", "~"))
        named = {*listed[begin:end]} - other.keys()
        moved = {p for p, day in other.items() if day and f"{day}-".startswith(f"{days}-")}
        return self._each(sorted(named | moved), _meeting_of)

    @remembered
    def rescheduled(self) -> Mapping[str, date | None]:
        """The paths of meetings that were moved, with their day, or cancelled, with none."""
        named = {p for word in ("moved", "cancelled") for p in self.naming(word, "meetings/")}
        held = map(self.meeting_in, sorted(named))
        meetings = [m for m in held if m and (m.moved or m.cancelled)]
        return {m.path: None if m.cancelled else m.day for m in meetings}

    def decision(self, decision: str | None) -> Decision | None:
        """A decision by its id."""
        return self._fact(path_of(decision), decision_of) if decision else None

    def decision_in(self, path: str) -> Decision | None:
        """The decision in a file; None where the file is of another kind."""
        return self._fact(path, decision_of) if ref_of(path).kind == "decisions" else None

    def decisions(self, folder: str = "decisions/") -> Iterator[Decision]:
        """Every decision, by year and id; `decisions/2026/` for one year."""
        return self._each(self.paths(folder), decision_of)

    def _decisions_naming(self, word: str) -> Iterator[Decision]:
        return self._each(self.naming(word, "decisions/"), decision_of)

    @remembered
    def adopted_annulments(self) -> tuple[Decision, ...]:
        """The adopted decisions that annul another, the oldest first, also where annulled in turn.

        One is annulled by a later one alone, on a day in the order in which they name each other:
        what a hand wrote into a circle ends with the newest.
        """
        found = self._decisions_naming("annuls")
        by_id = {d.id: d for d in found if d.annuls and d.state == "adopted"}
        depth = {name: depth_of(by_id, d) for name, d in by_id.items()}
        order = sorted(by_id.values(), key=lambda d: (d.closed or date.min, depth[d.id], d.id))
        places = {d.id: n for n, d in enumerate(order)}
        return tuple(d for d in order if places.get(d.annuls or "", -1) < places[d.id])

    @remembered
    def annulments(self) -> Mapping[str, Decision]:
        """The adopted decisions that annul another and stand, by the id of the one they annul."""
        standing: dict[str, Decision] = {}
        # The newest first: an annulment that was annulled itself annuls nothing.
        for decision in reversed(self.adopted_annulments()):
            if decision.id not in standing and decision.annuls:
                standing[decision.annuls] = decision
        return standing

    def committee_in(self, path: str) -> Committee | None:
        """The committee in a file; None where the file is of another kind."""
        return self._fact(path, committee_of) if ref_of(path).kind == "committee" else None

    def seats_in(self, path: str) -> tuple[Seat, ...]:
        """The seats of the term whose committee is in a file."""
        committee = self.committee_in(path)
        return committee.seats if committee else ()

    @remembered
    def seats(self) -> tuple[Seat, ...]:
        """Every seat of every term."""
        terms = self._all("committee/", committee_of)
        return tuple(seat for term in terms for seat in term.seats)

    def presidencies(self) -> tuple[Presidency, ...]:
        """Every presidency that has a city, by year."""
        return tuple(term for term in self.terms() if term.city)

    @remembered
    def terms(self) -> tuple[Presidency, ...]:
        """Every term on record, by year; of some only the cities that declined are known."""
        return self._all("presidencies/", presidency_of)

    def term(self, year: int | None) -> Presidency | None:
        """The presidency of a year, or None."""
        return self._fact(f"{ROOT}presidencies/{year}.yaml", presidency_of) if year else None

    def term_in(self, path: str) -> Presidency | None:
        """The presidency in a file; None where the file is of another kind."""
        return self._fact(path, presidency_of) if ref_of(path).kind == "presidencies" else None

    def appointments(self) -> tuple[Appointment, ...]:
        """Who was appointed Permanent Secretary, as listed."""
        return self._fact(SECRETARIAT, appointments_of) or ()

    @remembered
    def candidacies(self) -> Mapping[int | None, tuple[Decision, ...]]:
        """The adopted decisions that determined the candidates of each term, in their order."""
        found: dict[int | None, tuple[Decision, ...]] = {}
        for d in self._decisions_naming("candidates"):
            if d.matter == "candidates" and d.state == "adopted":
                found[d.term] = (*found.get(d.term, ()), d)
        return found

    @remembered
    def editions(self) -> tuple[Edition, ...]:
        """The editions of the statutes, as listed."""
        return tuple(map(edition_of, self._list(ARTICLES, "editions")))

    @remembered
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """The rule sets taken in, in their order; nothing corrects that record."""
        data = self.recorded(RULESETS)
        return () if data is None else tuple(map(rule_set_of, data["rule_sets"]))

    def articles(self) -> tuple[Mapping[str, Any], ...]:
        """The articles and their sentences, in our own words."""
        return tuple(self._list(ARTICLES, "articles"))

    @remembered
    def parameters(self) -> Mapping[str, Parameter]:
        """The dated parameters by name."""
        return {p.name: p for p in map(parameter_of, self._list(PARAMETERS, "parameters"))}

    @remembered
    def interpretations(self) -> Mapping[str, Interpretation]:
        """The open points by id."""
        found = self.paths("statutes/interpretations/")
        points = self._each(found, lambda _path, data: interpretation_of(data))
        return {point.id: point for point in points}

    def sources(self) -> Mapping[str, Any]:
        """The cited sources by key."""
        data = self.data(SOURCES)
        return {} if data is None else data.get("sources", {})

    def _list(self, path: str, key: str) -> list[Mapping[str, Any]]:
        return cast("list[Mapping[str, Any]]", self.content(path).get(key, []))

    def acknowledgements(self, year: int) -> tuple[Mapping[str, Any], ...]:
        """What was acknowledged of the duties of a year that were missed."""
        return tuple(self._list(f"{ROOT}duties/{year}.yaml", "acknowledged"))

    @remembered
    def principals(self) -> tuple[Principal, ...]:
        """Who may sign, in their order; nothing corrects that record."""
        from b40cli.model.facts.trust import principals_of

        data = self.recorded(PRINCIPALS)
        return () if data is None else principals_of(data)

    def naming(self, reference: str, folder: str = "") -> tuple[str, ...]:
        """The records whose text contains a reference, sorted: all, or those below `members/`."""
        self.looked_at.add(WORD + reference)
        return self._names.naming(reference, folder)
