"""The trailers of an act's commit, worked out again from what the commit changed.

The log is only an index of the files: a trailer that says otherwise than they is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b40cli.acts.audit.kinds import ACT, CommitKind
from b40cli.model.facts.decision import CLOSED, Decision
from b40cli.model.finding import Finding
from b40cli.model.ref import ROOT, ref_of
from b40cli.model.state.correcting import CORRECTIONS
from b40cli.model.state.forgotten import FORGOTTEN
from b40cli.model.state.registry import Registry
from b40cli.rules.case.law import edition_on
from b40cli.rules.case.rule import RECORD
from b40cli.store.git.commit_stream import Recorded

RULE = "trailers-agree"
ALWAYS = ("B40-Act", "B40-Subject", "B40-On", "B40-Actor", "B40-Version")
ALL = (*ALWAYS, "B40-Edition", "B40-Decision")
VERSION = re.compile(r"[0-9]+(\.[0-9]+)+[0-9A-Za-z.+-]*", re.ASCII)
DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Where the records lie that acts of these words change; other words may change any.
LIES: dict[str, tuple[str, ...]] = {
    "application": ("members/",),
    "member": ("members/",),
    "observer": ("observers/",),
    "meeting": ("meetings/",),
    "proxy": ("meetings/",),
    "decision": ("decisions/",),
    "duty": ("duties/",),
    "committee": ("committee/",),
    "presidency": ("presidencies/",),
    "secretary": ("secretariat.yaml",),
    "group": ("groups/",),
    "summit": ("meetings/",),
    "trust": ("trust/",),
    "evidence": ("evidence/",),
    # What is wrong is replaced by a correction, what is missing is added to the record itself.
    "correct": ("",),
    "forget": ("forgotten/",),
    "import": ("",),
}


class ActCommit:
    """An act's commit beside the registries before and after it.

    `changed` are the paths it changed, `decisions` those of them that are decisions, as they were
    and as they are.
    """

    def __init__(self, r: Recorded, before: Registry, after: Registry) -> None:
        self.r = r
        self.before = before
        self.after = after
        self.changed = frozenset(change.path for change in r.changes)
        voted = sorted(path for path in self.changed if ref_of(path).kind == "decisions")
        self.decisions = [(before.decision_in(path), after.decision_in(path)) for path in voted]

    def says(self, trailer: str) -> str:
        """What a trailer says; nothing where it is missing."""
        return self.r.commit.trailers.get(trailer, "")


def day_told(r: Recorded) -> date | None:
    """The legal day an act's commit names, if it names one."""
    said = r.commit.trailers.get("B40-On", "")
    try:
        return date.fromisoformat(said) if DAY.fullmatch(said) else None
    except ValueError:
        return None


def disagreeing(told: ActCommit) -> Iterator[Finding]:
    """Every trailer that is not what the change itself gives."""
    yield from _missing(told)
    yield from _act(told)
    yield from _subject(told)
    yield from _decision(told)
    yield from _day(told)
    yield from _edition(told)
    yield from _actor(told)


def changes_nothing(r: Recorded, kind: CommitKind) -> Iterator[Finding]:
    """An act whose commit changes no record."""
    if kind == "act":
        yield _named_an_act(r, "The trailers say {}, but no record is changed.")


def no_act(r: Recorded, kind: CommitKind) -> Iterator[Finding]:
    """A merge that says it is an act."""
    if kind == "merge" and ACT in r.commit.trailers:
        yield _named_an_act(r, "A merge says it is the act {}: an act is a commit of its own.")


def _named_an_act(r: Recorded, message: str) -> Finding:
    act = r.commit.trailers[ACT]
    return _forged(ACT, act, message.format(act), why="why")


def _forged(
    trailer: str,
    said: str,
    message: str,
    computed: object = None,
    why: str = "why it says otherwise",
) -> Finding:
    return Finding(
        RULE,
        "validity",
        RECORD,
        message,
        f"The files are the truth; who wrote this commit, and {why}, is to be asked.",
        "",
        facts={"trailer": trailer, "recorded": said, "computed": computed},
    )


def _missing(told: ActCommit) -> Iterator[Finding]:
    for trailer in ALWAYS:
        if not told.says(trailer):
            yield _forged(trailer, "", f"The commit of an act has no {trailer}.")
    for trailer, said in told.r.commit.trailers.items():
        if trailer in ALL and "\n" in said:
            yield _forged(trailer, said, f"{trailer} is said more than once.")
    version = told.says("B40-Version")
    if version and not VERSION.fullmatch(version):
        yield _forged("B40-Version", version, f"B40-Version says {version}, which is no version.")


def _act(told: ActCommit) -> Iterator[Finding]:
    act = told.says("B40-Act")
    places = LIES.get(act.split(" ", 1)[0], ("",))
    if not any(path.startswith(ROOT + place) for path in told.changed for place in places):
        yield _forged("B40-Act", act, f"B40-Act says {act}, but no record of that sort is changed.")
    if act == "decision close" and not any(_closes(was, now) for was, now in told.decisions):
        yield _forged("B40-Act", act, "B40-Act says decision close, but no decision is closed.")


def _corrections(told: ActCommit) -> list[Mapping[str, Any]]:
    """The corrections that are recorded: each is about another record, and may rest on a vote."""
    paths = sorted(path for path in told.changed if path.startswith(CORRECTIONS))
    return [record for record in map(told.after.recorded, paths) if record is not None]


def _closes(was: Decision | None, now: Decision | None) -> bool:
    return now is not None and now.state in CLOSED and (was is None or was.state not in CLOSED)


def _subject(told: ActCommit) -> Iterator[Finding]:
    subject = told.says("B40-Subject")
    known = {str(ref_of(path)) for path in told.changed}
    if not subject or subject in known or told.says("B40-Act") == "import":
        return
    if subject not in _named(told):
        yield _forged(
            "B40-Subject",
            subject,
            f"B40-Subject says {subject}, which the commit does not change.",
            sorted(known),
        )


def _named(told: ActCommit) -> set[str]:
    """What the changed records are about: their subject, what they annul, correct, forget."""
    found = {str(correction["corrects"]) for correction in _corrections(told)}
    gone = (told.after.recorded(p) for p in told.changed if p.startswith(FORGOTTEN))
    found |= {
        each.get("record", each.get("document"))
        for record in gone
        if record
        for each in record["places"]
    }
    for decision in filter(None, (now for _was, now in told.decisions)):
        annulled = told.after.decision(decision.annuls)
        about = (decision, annulled) if annulled else (decision,)
        found |= {d.subject for d in about if d.subject}
        found |= {str(ref_of(d.path)) for d in about}
    return found


def _decision(told: ActCommit) -> Iterator[Finding]:
    said = told.says("B40-Decision")
    changed = [now.id for _was, now in told.decisions if now is not None]
    grounds = [str(correction["by"]) for correction in _corrections(told)]
    if said and said not in (*changed, *grounds):
        yield _forged(
            "B40-Decision",
            said,
            f"B40-Decision says {said}, which the commit does not change.",
            changed,
        )
    elif not said and told.says("B40-Act").startswith("decision "):
        yield _forged("B40-Decision", "", "An act on a decision names none.", changed)


def _day(told: ActCommit) -> Iterator[Finding]:
    said, day, network = told.says("B40-On"), day_told(told.r), told.after.network
    if day is None:
        if said:
            yield _forged("B40-On", said, f"B40-On says {said}, which is no day.")
        return
    if said > told.r.commit.day:
        yield _forged(
            "B40-On",
            said,
            f"B40-On says {said}; the commit was made earlier, on {told.r.commit.day}.",
            told.r.commit.day,
        )
    if network is not None and day < network.opened:
        yield _forged(
            "B40-On",
            said,
            f"B40-On says {said}; the register opened on {network.opened}.",
            str(network.opened),
        )
    for was, now in told.decisions:
        recorded = _recorded_day(was, now)
        if now is not None and recorded is not None and recorded != day:
            yield _forged(
                "B40-On", said, f"B40-On says {said}; {now.id} says {recorded}.", str(recorded)
            )


def _recorded_day(was: Decision | None, now: Decision | None) -> date | None:
    """The day a decision gives for what the commit does to it: its closing, or its proposal."""
    if now is None:
        return None
    if now.closed is not None and (was is None or was.closed is None):
        return now.closed
    return now.proposed if was is None else None


def _edition(told: ActCommit) -> Iterator[Finding]:
    said, day = told.says("B40-Edition"), day_told(told.r)
    edition = edition_on(told.before, day) if day else None
    computed = edition.id if edition else None
    if day and said != (computed or ""):
        yield _forged(
            "B40-Edition",
            said,
            f"B40-Edition says {said or 'nothing'}; on {day} the edition in force was "
            f"{computed or 'none'}.",
            computed,
        )


def _actor(told: ActCommit) -> Iterator[Finding]:
    said, author = told.says("B40-Actor"), told.r.commit.author
    if said and said != author:
        yield _forged("B40-Actor", said, f"B40-Actor says {said}; the author is {author}.", author)
