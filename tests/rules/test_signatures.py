"""Who must have signed: what git's word is worth, without git."""

from __future__ import annotations

from datetime import date

import pytest

from b40cli.model.facts.signature import LineStep, Signature, Signed
from b40cli.model.facts.trust import Key, Principal
from b40cli.rules.record.signed.history import NORMS
from b40cli.rules.record.signed.signatures import MAY_RECORD, signatures

DAY = date(2026, 11, 3)
SSH, PGP = "ssh-ed25519 AAAA", f"gpg:{'0A' * 20}"
MEMBER = "registry/members/bg-vodengrad.yaml"


def step(
    verdict: str, kind: str = "ssh", key: str = SSH, office: str | None = "secretariat"
) -> LineStep:
    clerk = Principal("clerk", "Ana", office, None, (Key(SSH, DAY), Key(PGP, DAY)))
    commit = Signed("c" * 40, ("b" * 40,), "d" * 40, DAY, Signature(kind, verdict, key))
    return LineStep(commit, (MEMBER,), (clerk,))


@pytest.mark.parametrize(
    ("kind", "key", "verdict", "rule"),
    [
        ("ssh", SSH, "G", None),
        # Nobody but git says that an SSH key is one of the signers.
        ("ssh", SSH, "U", "signature-unverifiable"),
        ("ssh", SSH, "B", "signature-bad"),
        ("ssh", SSH, "N", "signature-bad"),
        ("ssh", SSH, "", "signature-unverifiable"),
        ("pgp", PGP, "G", None),
        ("pgp", PGP, "U", None),
        ("pgp", PGP, "E", "signature-unverifiable"),
        *(("pgp", PGP, letter, "key-not-in-force") for letter in "XYR"),
        # An SSH key in the place of an OpenPGP signature is not believed more for that.
        ("pgp", SSH, "U", "signature-unverifiable"),
        ("unknown", SSH, "N", "signature-unverifiable"),
    ],
)
def test_what_gits_word_is_worth(kind: str, key: str, verdict: str, rule: str | None) -> None:
    found = [norm.name for norm, _breach in signatures(step(verdict, kind, key))]
    assert found == ([rule] if rule else [])


def test_a_key_of_nobody_or_of_two() -> None:
    """It is named; of two principals nobody can say who signed."""
    held = step("G", key=f"{SSH}B")
    [(norm, breach)] = signatures(held)
    assert (norm.name, breach.facts) == ("key-unknown", {"key": f"{SSH}B"})
    assert "a key of no principal" in breach.message
    alone = step("G")
    other = Principal("other", "Bo", "president", None, (Key(SSH, DAY),))
    both = LineStep(alone.commit, alone.paths, (*alone.principals, other))
    [(norm, breach)] = signatures(both)
    assert "more than one principal (2)" in breach.message


@pytest.mark.parametrize("office", ["reviewer", None, "king"])
def test_an_office_that_records_nothing(office: str | None) -> None:
    found = [norm.name for norm, _breach in signatures(step("G", office=office))]
    assert found == ["office-may-not-record"]


def test_who_records_members() -> None:
    """Every body whose decisions have an effect on a member, and the Secretariat for all."""
    allowed = {office for office in MAY_RECORD if not [*signatures(step("G", office=office))]}
    assert allowed == {"permanent-secretary", "secretariat", "president", "executive-committee"}


def test_norms_have_names_of_their_own() -> None:
    from b40cli.rules.table import RULES

    names = [norm.name for norm in NORMS]
    assert len(set(names)) == len(names) and not {rule.name for rule in RULES} & set(names)


def test_every_norm_is_explained() -> None:
    from b40cli.acts.reads.norms import norms
    from b40cli.model.finding import Finding

    found = norms(Finding(n.name, n.kind, n.article, "", "", "") for n in NORMS)
    assert found.keys() == {norm.name for norm in NORMS}
    assert all(all(told.values()) for told in found.values())


def test_a_template_of_the_papers_takes_two() -> None:
    alone = step("G")
    template = LineStep(alone.commit, ("registry/papers/paper.typ",), alone.principals)
    found = [norm.name for norm, _breach in signatures(template)]
    assert found == ["second-signature-missing"]


@pytest.mark.parametrize("required", [True, False])
def test_an_unsigned_commit_is_told_the_first_day_of_any_key(required: bool) -> None:
    """From that day on signatures are required; before it an unsigned commit is told alone."""
    alone = step("", kind="")
    last = Principal("other", "Bo", "president", None, (Key(PGP, DAY.replace(day=28)),))
    first = DAY if required else DAY.replace(day=20)
    holders = (last, last._replace(id="third", keys=(Key(SSH, first),)))
    [(_norm, breach)] = signatures(LineStep(alone.commit, alone.paths, holders))
    assert breach.facts == {"required_from": str(first)}
    said = f"since {first}." if required else f"from {first} on."
    assert breach.message.endswith(said) and breach.kind == (None if required else "note")


@pytest.mark.parametrize(
    ("tree", "parents", "day", "carries"),
    [
        ("d", "b", 3, True),
        ("e", "b", 3, False),
        ("d", "x", 3, False),
        ("d", "b", 2, False),
    ],
)
def test_a_proposal_that_a_merge_adds_nothing_to_carries_the_second_signature(
    tree: str, parents: str, day: int, carries: bool
) -> None:
    """Its key is in force on its own day and on that of the merge."""
    alone, paper = step("G"), ("registry/papers/paper.typ",)
    other = Principal("other", "Bo", "president", None, (Key(PGP, DAY),))
    both = (*alone.principals, other)
    clerk = Principal("clerk", "Ana", "secretariat", None, (Key(SSH, DAY),))
    signed = Signature("pgp", "G", PGP)
    proposal = Signed("e" * 40, (parents * 40,), tree * 40, DAY.replace(day=day), signed)
    assert len(both) == 2
    found = signatures(LineStep(alone.commit, paper, (clerk, other), proposal))
    assert [norm.name for norm, _b in found] == ([] if carries else ["second-signature-missing"])
    later = LineStep(alone.commit, paper, (clerk, other), None, (proposal,))
    assert [norm.name for norm, _b in signatures(later)] == (
        [] if day == 3 else ["second-signature-missing"]
    )
