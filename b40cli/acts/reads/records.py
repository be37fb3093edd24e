"""One record and what made it: `show` and `log`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b40cli.acts.opened.named import member_on_record
from b40cli.acts.opened.view import View, answer
from b40cli.model.answer import Answer
from b40cli.model.errors import UsageError
from b40cli.model.facts.correction import leaves
from b40cli.model.facts.decision import path_of
from b40cli.model.ref import ROOT, Ref, ref_of
from b40cli.model.state.registry import Registry
from b40cli.rules.record.references import references
from b40cli.store.git.repository import Repository
from b40cli.store.snapshot import load

if TYPE_CHECKING:
    from b40cli.model.results.decisions import Annulment
    from b40cli.model.results.records import Act, CorrectionShown, Log, Shown, Void


def show(view: View, reference: str) -> Answer[Shown]:
    """Any record by its id or path, with the records that name it."""
    path = record_named(view.registry, reference)
    named = [other for other in _naming(view.registry, path) if other != path]
    result: Shown = {
        "path": path,
        "record": view.registry.data(path) or {},
        "named_by": [str(ref_of(other)) for other in named],
    }
    corrections = corrections_of(view.registry, path)
    if corrections:
        result["corrections"] = corrections
    annulled = annulment_of(view, ref_of(path).id)
    if annulled:
        result["annulled"] = annulled
    void = list(_grounds_annulled(view, path))
    if void:
        result["rests_on_annulled"] = void
    return answer(view, "show", result)


def _grounds_annulled(view: View, path: str) -> Iterator[Void]:
    """The decisions a record names as what it rests on that are annulled; its file stays."""
    found = references(path, view.registry.content(path))
    for at, target in found if path.startswith(RESTING) else ():
        annulled = annulment_of(view, ref_of(target).id) if "/decisions/" in target else None
        if annulled:
            yield {"at": ".".join(map(str, at)), "names": ref_of(target).id, **annulled}


def _naming(registry: Registry, path: str) -> Iterator[str]:
    """The records in which the record's id or reference stands by itself, not in a sentence."""
    whole = str(ref_of(path))
    by_id = "/" in whole and not whole.startswith((*LISTS, *FILES))
    names = {whole, ref_of(path).id} if by_id else {whole}
    found = registry.naming(ref_of(path).id if by_id else whole)
    return (other for other in found if _holds(registry.data(other), names))


def _holds(data: Any, names: Collection[str]) -> bool:
    if isinstance(data, Mapping):
        return any(key in names or _holds(value, names) for key, value in data.items())
    if isinstance(data, list | tuple):
        return any(_holds(value, names) for value in data)
    return isinstance(data, str) and data in names


def annulment_of(view: View, name: str) -> Annulment | None:
    """The decision that annuls this one and stands on the day, or None."""
    found = view.registry.annulments().get(name)
    if found is None or found.closed is None or found.closed > view.on:
        return None
    return {"by": found.id, "effect": found.effect, "on": str(found.closed)}


def corrections_of(registry: Registry, path: str) -> list[CorrectionShown]:
    """The corrections of a record in force, as they stand in their own records."""
    return [
        {
            "id": correction.id,
            "at": correction.place,
            "was": correction.was,
            "is": correction.value,
            "why": correction.why,
            "on": str(correction.on),
            "by": correction.by,
        }
        for correction in registry.corrections().get(path, ())
    ]


def log(view: View, reference: str | None, limit: int, by: date | None = None) -> Answer[Log]:
    """The acts that made a record what it is, the newest first; `by`: those of days until then."""
    view.repository.past().refuse_cut_off()
    path = record_named(view.registry, reference) if reference else "registry"
    correcting = [c.path for c in view.registry.corrections().get(path, ())]
    acts: list[Act] = [
        {
            "commit": commit.oid,
            "day": commit.day,
            "author": commit.author,
            "subject": commit.subject,
            "act": commit.trailers.get("B40-Act"),
            "on": commit.trailers.get("B40-On"),
        }
        for commit in view.repository.log(path, None if by else limit + 1, view.known, correcting)
        if by is None or (commit.trailers.get("B40-On") or commit.day) <= str(by)
    ]
    told: Answer[Log] = answer(view, "log", {"path": path, "acts": acts[:limit]})
    older = f"b40 log{f' {reference}' if reference else ''} --limit {2 * limit}"
    return told._replace(beside={**told.beside, "older": older if acts[limit:] else ""})


def record_named(registry: Registry, reference: str) -> str:
    """The path of a record named by id, by reference or by path; UsageError where none fits."""
    name = str(ref_of(reference))
    folders = ("", "members/", "observers/", "meetings/", "groups/", "statutes/interpretations/")
    candidates = [f"{ROOT}{folder}{name}.yaml" for folder in folders]
    if len(name) == 11 and name[2] == "-":
        candidates.append(path_of(name))
    kind = {"C-": "corrections", "F-": "forgotten"}.get(name[:2])
    if kind:
        candidates.append(Ref(kind, name).path)
    for path in candidates:
        if registry.has(path):
            return path
    renamed = member_on_record(registry, name)
    if renamed is not None:
        return renamed.path
    raise UsageError(
        f"Nothing on record is called {reference}.",
        "Name a member, meeting, decision or INT-nn, or a path such as presidencies/2026.",
    )


# The records whose facts rest on decisions; others name them as what was on an agenda.
RESTING = tuple(
    f"{ROOT}{place}"
    for place in ("members/", "observers/", "presidencies/", "committee/", "groups/", "secretariat")
)

# Folders and files whose name is a year or a word: only the whole reference means them.
LISTS = ("committee/", "duties/", "presidencies/")

FILES = ("evidence/sources", "statutes/articles", "statutes/parameters", "trust/principals")


def places_in(place: Path | None, reference: str) -> list[tuple[str, str]]:
    """Every place of a record as it was recorded, with its value; no other record is read."""
    repository = Repository.find(place or Path())
    head = repository.head()
    if head is None:
        return []
    id_ = ref_of(reference).id
    mine = {p: oid for p, oid in repository.tree(head).items() if p.endswith(f"/{id_}.yaml")}
    registry = Registry(load(repository, mine))
    record = registry.data(record_named(registry, reference))
    return dotted(record)


def dotted(record: Any) -> list[tuple[str, str]]:
    """Every place of a record that holds one value, as it is typed, and that value."""
    return [(".".join(map(str, at)), str(value)) for at, value in leaves(record)]
