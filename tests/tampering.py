"""Ways to tamper with records, each a change somebody with the clerk's key commits or rewrites."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from b40cli.model.facts.decision import decision_of
from b40cli.rules.votes.committee_facts import roll_hash
from b40cli.store.yaml.dialect import parse
from tests.archive import DECEMBER, EVIDENCE, OCTOBER, Archive

MEMBER = "registry/members/bg-rosendol.yaml"
VOTE = "registry/decisions/2025/EC-2025-009.yaml"
RESOLUTION = "registry/decisions/2025/EC-2025-007.yaml"
ASSEMBLY = "registry/meetings/2025-01-26-ga.yaml"
NETWORK = "registry/network.yaml"
PARAMETERS = "registry/statutes/parameters.yaml"
CORRECTION = "registry/corrections/2025/C-2025-001.yaml"
TRUST = "registry/trust/principals.yaml"
CLOSED = "closed-records-are-immutable"
GROWS = "history-is-append-only"
REUSED = "ids-never-reused"
DANGLING = "references-resolve"
GROUNDED = "standing-rests-on-a-decision"
COMMITTEE = "committee-composition"


class Tampering(NamedTuple):
    """What somebody does to the archive, and the rules that say so.

    `do` returns the commit that must be named; `since` stands for asking with the old head. An
    `official` one begins where the network has adopted its register. One shows `alone` where it is
    the line itself that an audit follows; any other beside others, each on a branch of its own.
    """

    name: str
    rules: tuple[str, ...]
    do: Callable[[Archive], str]
    since: bool = False
    official: bool = False
    alone: bool = False


def edited(path: str, *steps: tuple[str, str]) -> Callable[[Archive], str]:
    """A record is edited by hand, in a commit of its own."""

    def do(a: Archive) -> str:
        for old, new in steps:
            a.edit(path, old, new)
        return a.commit()

    return do


def confirmed(path: str, *steps: tuple[str, str]) -> Callable[[Archive], str]:
    """The same, and the second principal's stolen key confirms it."""

    def do(a: Archive) -> str:
        return confirm(a, edited(path, *steps)(a))

    return do


def confirm(a: Archive, made: str) -> str:
    """The second principal signs for a commit, too; its name."""
    a.commit(f"Confirmed\n\nB40-Confirms: {made}", by="mayor")
    return made


def rewritten(subject: str, path: str, *steps: tuple[str, str]) -> Callable[[Archive], str]:
    """The commit that recorded it is made anew, with all that stand on it."""

    def do(a: Archive) -> str:
        oid = a.act(subject)
        text = a.text(path, oid)
        for old, new in steps:
            changed = re.sub(old, new, text, count=1, flags=re.MULTILINE | re.DOTALL)
            assert changed != text, old
            text = changed
        return a.rewrite(oid, {path: text})

    return do


def deleted(path: str) -> Callable[[Archive], str]:
    def do(a: Archive) -> str:
        (a.folder / path).unlink()
        return a.commit()

    return do


def reused(a: Archive) -> str:
    text = a.text(RESOLUTION)
    deleted(RESOLUTION)(a)
    a.write(RESOLUTION, text.replace("title: Resolution of", "title: Declaration of"))
    return a.commit()


def renamed(a: Archive) -> str:
    (a.folder / RESOLUTION).rename(a.folder / RESOLUTION.replace("-007", "-077"))
    return a.commit()


def renumbered(a: Archive) -> str:
    (a.folder / RESOLUTION).rename(a.folder / RESOLUTION.replace("-007", "-077"))
    a.edit(RESOLUTION.replace("-007", "-077"), "^id: EC-2025-007", "id: EC-2025-077")
    return a.commit()


def rehashed(text: str) -> str:
    """The decision's text with the hash its roll would have."""
    decision = decision_of("", parse(text.encode()))
    assert decision.roll is not None
    return re.sub(r"sha256: [0-9a-f]{64}", f"sha256: {roll_hash(decision.roll)}", text, count=1)


def roll_rehashed(a: Archive) -> str:
    a.edit(RESOLUTION, r"  present:\n    - ba-oreinvas\n", "  present:\n")
    a.write(RESOLUTION, rehashed(a.text(RESOLUTION)))
    return a.commit()


def roll_forged_from_the_start(a: Archive) -> str:
    """One of the seven is struck from roll, hash and count alike, where they were recorded."""
    oid = a.act("record EC-2025-009")
    text = a.text(VOTE, oid)
    text = re.sub(r"( present:.*?)    - ba-oreinvas\n", r"\1", text, count=1, flags=re.DOTALL)
    text = text.replace("counted: 7", "counted: 6").replace(" ba-oreinvas,", "")
    return a.rewrite(oid, {VOTE: rehashed(text)})


def evidence_swapped(a: Archive) -> str:
    a.write(EVIDENCE, "Other minutes of October.\n")
    return a.commit()


def attested_since(day: str) -> Callable[[Archive], str]:
    """Of an adopted register: somebody is a member since a day by a list alone."""

    def do(a: Archive) -> str:
        record = "id: bg-newtown\nname: Newtown\ncountry: BG\n"
        a.write(
            "registry/members/bg-newtown.yaml",
            f"{record}attested: {{since: {day}, source: founding-list}}\n",
        )
        return a.commit()

    return do


def adopted(a: Archive) -> None:
    """The network adopts its register: from now on what stands there stays."""
    a.edit(NETWORK, "status: unofficial", "status: official")
    confirm(a, a.commit())


def unadopted(a: Archive) -> str:
    a.edit(NETWORK, "status: official", "status: unofficial")
    return a.commit()


def list_not_whole(a: Archive) -> str:
    """Nobody could say any more who the members were; and somebody else goes on."""
    a.edit(NETWORK, "members: 2021-01-05", "members: null")
    made = a.commit()
    a.edit("registry/evidence/sources.yaml", r"\Z", "  list-2: {what: A further list}\n")
    a.commit()
    return made


def minutes_exchanged(a: Archive) -> str:
    """Other minutes, kept elsewhere, under the hash of the other ones."""
    path = f"registry/meetings/{OCTOBER}.yaml"
    a.edit(
        path, r"^minutes:\n?.*?sha256: '?[0-9a-f]{64}'?\}?$", f"minutes: {{sha256: {'ab' * 32}}}"
    )
    return a.commit()


def suspended(a: Archive) -> str:
    return a.file("members", "^suspensions:", "lifted_by")


def notice_taken_out(a: Archive) -> str:
    a.edit(a.file("members", "^withdrawal:"), r"^withdrawal:.*?(?=^\S|\Z)", "")
    return a.commit()


def suspension_removed(a: Archive) -> str:
    a.edit(suspended(a), r"^suspensions:\n(  .*\n)+", "")
    return a.commit()


def suspension_lifted(a: Archive) -> str:
    """Who is still suspended is free again, and no decision says so."""
    path = a.file("members", r"^suspensions:\n  - \{from: [0-9-]+, by: [A-Z0-9-]+\}")
    a.edit(path, r"(\{from: [0-9-]+, by: [A-Z0-9-]+)\}", r"\1, until: 2025-12-01}")
    return a.commit()


def observer_deleted(a: Archive) -> str:
    return deleted(a.file("observers"))(a)


def secretary_exchanged(a: Archive) -> str:
    return confirmed(
        "registry/secretariat.yaml",
        (r"by: MI-2021-001\}", "by: MI-2021-001, until: 2025-12-01}"),
        (r"\Z", "  - {name: Secretary Two, from: 2025-12-01, by: MI-2021-001}\n"),
    )(a)


def wrong_was(a: Archive) -> str:
    text = a.text(CORRECTION).replace("C-2025-001", "C-2025-002")
    text = text.replace("was: 602021", "was: 700000").replace("2025-12-15", "2025-12-19")
    a.write(CORRECTION.replace("001", "002"), text)
    return a.commit()


def outcome_corrected(a: Archive) -> str:
    """A correction that would turn what was decided."""
    said = (
        ("C-2025-001", "C-2025-002"),
        ("observers/at-farville-2021", "decisions/2025/EC-2025-007"),
    )
    text = a.text(CORRECTION)
    for old, new in (*said, ("at: population.count", "at: state")):
        text = text.replace(old, new)
    text = text.replace("was: 602021", "was: adopted").replace("is: 500001", "is: rejected")
    a.write(CORRECTION.replace("001", "002"), text)
    return a.commit()


QUORUM = r"(name: assembly-quorum.*?value: )[^,]+,"
RECORDS: tuple[Tampering, ...] = (
    Tampering(
        "a ballot altered in a closed decision",
        (CLOSED,),
        edited(
            VOTE, (r"for: \[me-vodinza, ", "for: ["), (r"against: \[\]", "against: [me-vodinza]")
        ),
    ),
    Tampering(
        "a ballot altered where it was recorded",
        ("admission-needs-unanimity",),
        rewritten(
            "record EC-2025-009",
            VOTE,
            (r"for: \[me-vodinza, ", "for: ["),
            (r"against: \[\]", "against: [me-vodinza]"),
        ),
    ),
    Tampering(
        "ballot and count altered where they were recorded",
        ("admission-needs-unanimity",),
        rewritten(
            "record EC-2025-009",
            VOTE,
            (r"for: \[me-vodinza, ", "for: ["),
            (r"against: \[\]", "against: [me-vodinza]"),
            ("for: 7", "for: 6"),
        ),
    ),
    Tampering(
        "a voter put in twice where it was recorded",
        ("one-vote-per-member",),
        rewritten("record EC-2025-009", VOTE, (r"against: \[\]", "against: [me-vodinza]")),
    ),
    Tampering(
        "a closed decision's day moved",
        (CLOSED,),
        edited(RESOLUTION, ("closed: 2025-06-14", "closed: 2025-06-15")),
    ),
    Tampering(
        "a Declaration's day moved",
        (CLOSED,),
        edited(MEMBER, ("signed: 2025-12-18", "signed: 2025-12-11")),
    ),
    Tampering(
        "a decision's day moved where it was recorded",
        ("dates-in-order",),
        rewritten("record EC-2025-009", VOTE, ("closed: 2025-12-10", "closed: 2025-12-09")),
    ),
    Tampering("a decision deleted", (GROWS,), deleted(RESOLUTION)),
    Tampering("a member deleted", (GROWS, DANGLING), deleted(MEMBER)),
    Tampering("an observer deleted", (GROWS,), observer_deleted),
    Tampering("an id given again", (REUSED,), reused),
    Tampering("a file renamed", (GROWS, REUSED), renamed),
    Tampering("a decision renumbered", (GROWS,), renumbered),
    Tampering(
        "an id unlike its file", (REUSED,), edited(MEMBER, ("^id: bg-rosendol", "id: bg-rosendal"))
    ),
    Tampering(
        "a frozen roll edited",
        (CLOSED,),
        edited(RESOLUTION, (r"  present:\n    - ba-oreinvas\n", "  present:\n")),
    ),
    Tampering(
        "a frozen roll edited and hashed again",
        (CLOSED, "committee-quorum"),
        roll_rehashed,
        alone=True,
    ),
    Tampering(
        "a roll forged from the start", ("admission-needs-unanimity",), roll_forged_from_the_start
    ),
    Tampering(
        "a quorum edited",
        (CLOSED, "committee-quorum"),
        edited(RESOLUTION, ("required: 4, counted: 7", "required: 3, counted: 7")),
    ),
    Tampering(
        "a quorum edited where it was recorded",
        ("committee-quorum",),
        rewritten("record EC-2025-009", VOTE, ("required: 4", "required: 3")),
    ),
    Tampering(
        "the readings' verdict edited",
        (CLOSED,),
        edited(RESOLUTION, ("verdict: robust", "verdict: not-computable")),
    ),
    Tampering(
        "a rejection turned into an adoption",
        (CLOSED, "admission-needs-unanimity"),
        lambda a: edited(
            a.file("decisions", "matter: admission", "state: rejected"),
            ("state: rejected", "state: adopted"),
        )(a),
    ),
    Tampering(
        "an adoption called invalid",
        (CLOSED,),
        edited(VOTE, ("state: adopted", "state: invalid\nreason: Somebody did not like it.")),
    ),
    Tampering("a document swapped", ("evidence-as-recorded",), evidence_swapped),
    Tampering("a document deleted", (DANGLING,), deleted(EVIDENCE)),
    Tampering("minutes exchanged, hash and all", (CLOSED,), minutes_exchanged),
    Tampering(
        "a held meeting's roll call edited",
        (CLOSED,),
        edited(f"registry/meetings/{OCTOBER}.yaml", (r"present: \[me-vodinza, ", "present: [")),
    ),
    Tampering(
        "a proxy added afterwards",
        (CLOSED,),
        edited(
            f"registry/meetings/{DECEMBER}.yaml",
            (
                "^roll_calls:",
                f"proxies:\n  - {{principal: rs-oreaza, holder: me-vodinza, document: "
                f"{{sha256: '{'5' * 64}'}}, sent: {{secretary: 2025-12-08T09:00:00+03:00, "
                "president: 2025-12-08T09:00:00+03:00}}\nroll_calls:",
            ),
        ),
    ),
    Tampering(
        "a parameter softened",
        ("two-thirds-matters",),
        confirmed(PARAMETERS, (QUORUM, r"\g<1>1/3,")),
    ),
    Tampering(
        "a parameter softened as if long ago",
        ("two-thirds-matters",),
        confirmed(
            PARAMETERS,
            (
                r"(name: assembly-quorum.*?    values:\n)(.*?\n)(  - name)",
                r"\1\2      - {from: 2022-01-01, value: 1/3, set_by: provisional}\n\3",
            ),
        ),
    ),
    Tampering(
        "a reading adopted by hand",
        ("two-thirds-matters",),
        confirmed(
            "registry/statutes/interpretations/INT-01.yaml",
            (r"\Z", "  - {from: 2025-12-01, reading: votes-cast, by: provisional}\n"),
        ),
    ),
    Tampering(
        "the official text exchanged",
        (GROWS,),
        confirmed("registry/statutes/articles.yaml", ("sha256: 3c57", "sha256: 3c58")),
    ),
    Tampering(
        "a rule taken off its sentence",
        ("two-thirds-matters",),
        confirmed(
            "registry/statutes/articles.yaml",
            (r"rules: \[country-in-the-region\]", "why_no_rule: Nobody needs one."),
        ),
    ),
    Tampering(
        "an official register made unofficial", ("opening-is-kept",), unadopted, official=True
    ),
    Tampering("a list no longer whole", ("quorum-at-first-roll-call",), list_not_whole),
    Tampering(
        "the opening moved",
        ("opening-is-kept",),
        edited(NETWORK, ("opened: 2021-01-05", "opened: 2022-01-05")),
    ),
    Tampering("a member by a list alone", (GROUNDED,), attested_since("2025-12-01"), official=True),
    Tampering(
        "a parameter explained otherwise",
        ("two-thirds-matters",),
        confirmed(PARAMETERS, (r"(name: assembly-quorum.*?what: )\S+", r"\1Nobody")),
    ),
    Tampering("the network's record deleted", (GROWS,), deleted(NETWORK)),
    Tampering("the parameters deleted", (GROWS, "no-silent-rule"), deleted(PARAMETERS)),
    Tampering("a notice of withdrawal taken out", (CLOSED,), notice_taken_out),
    Tampering("a member moved to another country", (CLOSED,), edited(MEMBER, ("BG$", "RO"))),
    Tampering(
        "another form under an application",
        (CLOSED,),
        edited(MEMBER, ("form: {sha256: '5", "form: {sha256: '6")),
    ),
    Tampering("a suspension taken out", (GROWS,), suspension_removed),
    Tampering("a suspension lifted by nobody", (GROUNDED,), suspension_lifted),
    Tampering(
        "a presidency given to another",
        ("one-year-term",),
        edited("registry/presidencies/2026.yaml", (r"^city: \S+", "city: gr-marikale")),
    ),
    Tampering(
        "a seat given to another",
        (GROWS, COMMITTEE),
        edited("registry/committee/2025.yaml", ("city: rs-cerovmir", "city: bg-rosendol")),
    ),
    Tampering(
        "a Secretary nobody appointed", ("secretary-appointed-by-istanbul",), secretary_exchanged
    ),
    Tampering(
        "a duty acknowledged by another",
        (GROWS,),
        edited("registry/duties/2025.yaml", ("by: executive-committee", "by: president")),
    ),
    Tampering(
        "a duty acknowledged by who does not owe it",
        ("acknowledged-by-its-owner",),
        edited(
            "registry/duties/2025.yaml",
            (
                r"\Z",
                "  - {duty: summit-in-january, of: 2025, by: executive-committee, on: 2025-12-20, "
                "reason: It was cold.}\n",
            ),
        ),
    ),
    Tampering("a correction edited", (CLOSED,), edited(CORRECTION, ("is: 500001", "is: 500002"))),
    Tampering(
        "a correction of what never stood there", ("correction-names-what-it-replaces",), wrong_was
    ),
    Tampering(
        "a correction that turns a vote",
        ("correction-names-what-it-replaces", "simple-majority"),
        outcome_corrected,
    ),
)
