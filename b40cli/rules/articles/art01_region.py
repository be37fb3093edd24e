"""Art. 1: a regional network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from b40cli.model.facts.member import Member
from b40cli.model.finding import Basis
from b40cli.rules.case.rule import Breach, Case, Rule


def country_in_the_region(case: Case, path: str) -> Iterator[Breach]:
    """A member lies in one of the countries the edition lists."""
    member = case.after.member_in(path)
    if member is None:
        return
    for day, basis in _grounds(case, member):
        region = case.law(day).names("region")
        if member.country not in region:
            yield Breach(
                f"{member.name} lies in {member.country}; members lie in {', '.join(region)}.",
                "A local government outside the region can ask to be an observer (Art. 6).",
                ("country",),
                facts={"country": member.country, "region": list(region)},
                basis=basis,
            )
            return


def _grounds(case: Case, member: Member) -> Iterator[tuple[date, Basis]]:
    """The days it asked to be a member; the one by which it is attested comes last."""
    for application in member.applications:
        yield application.received, "judged"
    if member.attested is not None:
        yield member.attested.start.day, "attested"
    elif not member.applications:
        yield case.on, "judged"


RULES = (
    Rule(
        name="country-in-the-region",
        article="Art. 1",
        norm="A member lies in one of the twelve countries the statutes list.",
        about=("members",),
        question=country_in_the_region,
        fails="An application of a city in Austria.",
        cure="Ask for observer status instead: the list is data of the statutes' edition.",
        parameters=("region",),
        sentences=("art1.1", "art2.13", "art5.1"),
    ),
)
