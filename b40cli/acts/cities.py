"""What is kept of a city itself: what it is called, how it is reached, how many live there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from b40cli.acts.change.proposal import Proposal
from b40cli.acts.opened.named import member_named
from b40cli.acts.opened.session import Session
from b40cli.model.edit import Append, Edit, Put
from b40cli.model.errors import UsageError
from b40cli.model.finding import Place

if TYPE_CHECKING:
    from b40cli.model.results.members import MemberRenamed, MemberTold


class CityTold(NamedTuple):
    """What is told of a city; `contact` by email, phone, website, address; `name` in a language."""

    contact: Mapping[str, str]
    population: Mapping[str, Any] | None = None
    name: Mapping[str, str] | None = None


def tell(session: Session, city: str, told: CityTold) -> Proposal[MemberTold]:
    """Put down contacts, a figure, a name in a language; what is on record already stays."""
    member = member_named(session.before, city)
    record = session.before.content(member.path)
    wanted: list[tuple[Place, Any]] = [(("contact", k), v) for k, v in told.contact.items()]
    if told.population is not None:
        wanted.append((("population",), dict(told.population)))
    if told.name is not None:
        wanted.append(_name_in(record, told.name))
    if not wanted:
        raise UsageError("Nothing is told of the city.", "Name what: --email, --population …")
    new = [(at, value) for at, value in wanted if _at(record, at) != value]
    edits: tuple[Edit, ...] = tuple(_edit(member.path, record, at, value) for at, value in new)
    told_of = ", ".join(".".join(map(str, at)) for at, _value in new)
    result: MemberTold = {"id": city, "set": {".".join(map(str, at)): v for at, v in wanted}}
    headline = f"member: {member.name}, {told_of}" if new else f"{member.name} has that already"
    return Proposal("member set", f"members/{city}", headline, edits, result)


def _name_in(record: Mapping[str, Any], name: Mapping[str, str]) -> tuple[Place, Any]:
    """The place of a name: that of its language and script, else behind the others."""
    held = record.get("names", ())
    alike = (n for n, each in enumerate(held) if _tongue(each) == _tongue(name))
    return ("names", next(alike, len(held))), dict(name)


def _tongue(name: Mapping[str, str]) -> tuple[str, str | None]:
    return name["language"], name.get("script")


def _at(record: Any, at: Place) -> Any:
    for step in at:
        if isinstance(record, list) and isinstance(step, int):
            record = record[step] if step < len(record) else None
        else:
            record = (record or {}).get(step)
    return record


def _edit(path: str, record: Mapping[str, Any], at: Place, value: Any) -> Edit:
    further = at[0] == "names" and at[1] == len(record.get("names", ()))
    return Append(path, ("names",), value) if further else Put(path, at, value)


def rename(session: Session, city: str, name: str, since: date) -> Proposal[MemberRenamed]:
    """Record a new name: the id stays, and papers of earlier days keep the name of their day."""
    member = member_named(session.before, city)
    held = session.before.content(member.path).get("former_names", [])
    about, former = f"members/{city}", {"name": member.name, "until": str(since)}
    if member.name == name:
        already: MemberRenamed = {"id": city, "name": name, "former_names": held}
        return Proposal("member rename", about, f"{name} is called so already", (), already)
    edits: tuple[Edit, ...] = (
        Append(member.path, ("former_names",), former),
        Put(member.path, ("name",), name),
    )
    result: MemberRenamed = {"id": city, "name": name, "former_names": [*held, former]}
    headline = f"member: {member.name} is called {name} from {since}"
    body = (f"Its id stays {city}; papers of days before {since} say {member.name}.",)
    return Proposal("member rename", about, headline, edits, result, body)
