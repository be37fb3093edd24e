"""The day on which the presidency passes: what is done around the handover, in every order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from b40cli.acts import attendance, decisions, groups, meetings, members, offices, secretary
from b40cli.acts.audit.audit import audit
from b40cli.acts.audit.engine import at_the_end
from b40cli.acts.change.perform import perform
from b40cli.acts.change.proposal import Proposal
from b40cli.acts.change.questions import Question
from b40cli.acts.change.unilateral import SignedPaper
from b40cli.acts.judge.verdicts import judge_state
from b40cli.acts.opened.session import Session, network_in, open_session
from b40cli.acts.opened.view import View
from b40cli.acts.register.checking import check
from b40cli.acts.review.review import review
from b40cli.model.answer import Answer
from b40cli.model.finding import Finding
from b40cli.model.state.registry import Registry
from b40cli.rules.facts.seats import seats_on
from b40cli.store.snapshot import Snapshot
from bench.clerk import Refused
from tests.acts.scene import PAPER, scene
from tests.acts.test_offices import ALL
from tests.invented import head_of
from tests.line import QuickClerk

DAY, LATER = date(2027, 1, 26), date(2027, 3, 1)
SESSION, GROUP = "2027-01-26-ga", "local-climate-action"
OUT, IN = "hr-kamenik", "rs-srebrni-brod"
Act = Callable[[Session], Proposal[Any]]


def signed(city: str | None = None) -> SignedPaper:
    """A paper of the President's, or of the city named."""
    return SignedPaper("Ana Primer", PAPER, "Statements of January", city=city)


def suspends(member: str, city: str | None) -> Act:
    """A suspension by the President, or by the city named."""
    return lambda s: members.decide_as_president(s, "suspension", member, signed(city))


def sits(hour: str) -> tuple[Act, ...]:
    """The committee meets at an hour, those who sit then attend, and all vote for a resolution."""
    name = f"2027-01-26-ec-{hour}"
    asked = meetings.Convening("ec", f"2027-01-26T{hour}:00:00+03:00", slug=hour)

    def called(session: Session) -> Proposal[Any]:
        at = f"2027-01-26T{hour}:00:00+03:00"
        return attendance.roll_call(session, name, at, seated(session, name))

    def voted(session: Session) -> Proposal[Any]:
        question = Question("resolution", None, name, title="A resolution")
        return decisions.record(session, question, {"for": seated(session, name)}, None)

    return lambda s: meetings.convene(s, asked), called, voted


def seated(session: Session, name: str) -> tuple[str, ...]:
    """Who sits at a meeting, as its side says."""
    meeting = session.before.meeting(name)
    before = meeting is not None and meeting.handover == "before"
    seats = seats_on(session.before, date(2027, 1, 25) if before else DAY)
    return tuple(dict.fromkeys(s.city for s in seats if s.city))


class Tried(NamedTuple):
    """An act that is tried: its commands, and whether an oracle takes it after those before."""

    acts: tuple[Act, ...]
    lawful: Callable[[frozenset[str]], bool] = lambda _done: True


def passes(session: Session) -> Proposal[Any]:
    """The handover."""
    return offices.handover(session, None, SESSION, None)


TRIED = {
    "handover": Tried((passes,)),
    "outgoing": Tried((suspends("xk-gurmal", OUT),)),
    "incoming": Tried((suspends("mk-planinsko", IN),), lambda done: "handover" in done),
    "agenda": Tried((lambda s: secretary.agenda(s, None, signed()),)),
    "evening": Tried(sits("17")),
}
SHORT = {
    **{name: TRIED[name] for name in ("handover", "outgoing")},
    "leader": Tried((lambda s: groups.lead(s, GROUP, "tr-camliova", signed()),)),
    "morning": Tried(sits("08")),
}


def does(folder: Path, act: Act, on: date = DAY) -> Answer[Any]:
    """One act on a day, entered later."""
    session = open_session(folder, LATER, on)
    return perform(session, act(session))


def refused(folder: Path, start: str) -> Iterator[str]:
    """What any of the four says is refused, of a state whose acts were all accepted."""
    yield from _refusing("check", check(folder, LATER, None, False).findings)
    yield from refused_of_the_change(folder, start)


def refused_of_the_change(folder: Path, start: str) -> Iterator[str]:
    """What the three say is refused that are asked of a change."""
    told = {
        "base": check(folder, LATER, start, False),
        "review": review(folder, LATER, f"{start}..HEAD"),
        "audit": audit(folder, LATER, f"{start}..HEAD", None, lambda _done, _all: None),
    }
    for name, answer in told.items():
        yield from _refusing(name, answer.findings)


def refused_as_it_stands(clerk: QuickClerk) -> list[str]:
    """What `check` says is refused, of the bytes that the clerk's acts left: git is not asked."""
    snapshot = clerk.before.records
    assert isinstance(snapshot, Snapshot)
    registry = Registry(snapshot)
    view = View(clerk.line, None, snapshot, registry, network_in(registry), LATER, ())
    return list(_refusing("check", at_the_end(view, judge_state(view))))


def _refusing(name: str, findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.kind in ("validity", "defect"):
            yield f"{name}: {finding.rule} {finding.message}"


@pytest.fixture
def commits_of_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made on that later day."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"{LATER}T10:00:00+0300")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{LATER}T10:00:00+0300")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register in January, with the session of the handover, kept in March."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"{LATER}T10:00:00+0300")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{LATER}T10:00:00+0300")
    group = {"id": GROUP, "name": "Local Climate Action", "kind": "permanent"}
    return scene(tmp_path, "January session", given={f"groups/{GROUP}": group}, rule_set=2)


def head(folder: Path) -> str:
    """The last commit."""
    return head_of(folder)


@pytest.mark.parametrize("tried", [TRIED, SHORT], ids=["five", "others"])
def test_every_order_of_up_to_four(folder: Path, tried: Mapping[str, Tried]) -> None:
    """Each act is taken or refused as the oracle says, and what was taken is never refused."""
    start = head(folder)
    clerk = QuickClerk(folder, LATER)
    lawful: set[frozenset[tuple[str, str]]] = set()

    def stands_lawful(order: tuple[str, ...]) -> None:
        """Another order may have left the same bytes."""
        assert isinstance(clerk.before.records, Snapshot)
        if (held := frozenset(clerk.before.records.tree.items())) not in lawful:
            assert not refused_as_it_stands(clerk), order
            lawful.add(held)

    def further(done: tuple[str, ...]) -> None:
        here = clerk.stands
        for name in sorted(tried.keys() - set(done)):
            taken = all(takes(clerk, act) for act in tried[name].acts)
            assert taken == tried[name].lawful(frozenset(done)), (done, name)
            if taken:
                order = (*done, name)
                stands_lawful(order)
                if len(order) == 4:
                    # One branch for all: a review looks at every other one that is open.
                    clerk.written("tried")
                    assert_laid_out(clerk)
                    assert not list(refused_of_the_change(folder, start)), order
                else:
                    further(order)
            clerk.stands = here

    further(())


def assert_laid_out(clerk: QuickClerk) -> None:
    """What git has is what was judged as it stands; `check --base` reads the files themselves."""
    judged = clerk.before.records
    assert isinstance(judged, Snapshot)
    assert clerk.line.tree(head(clerk.folder)) == judged.tree


def takes(clerk: QuickClerk, act: Act) -> bool:
    """Whether an act on the day is taken."""
    try:
        return clerk.act(DAY, act).ok
    except Refused:
        return False


def test_what_was_convened_for_later_is_chaired_by_the_new_president(folder: Path) -> None:
    """Nobody said that the outgoing one would; the session and what sat before it stay."""
    start, december = head(folder), date(2026, 12, 1)
    for opens in ("2027-01-26T08", "2027-01-26T17", "2027-02-15T10"):
        asked = meetings.Convening("ec", f"{opens}:00:00+03:00", slug=opens[11:])
        assert does(folder, partial(meetings.convene, asked=asked), december).ok
    assert does(folder, passes).ok
    registry = open_session(folder, LATER, None).before
    chairs = [(m.id[5:], m.chair) for m in registry.meetings_of("2027") if m.kind == "ec"]
    assert chairs == [("01-26-ec-08", OUT), ("01-26-ec-17", IN), ("02-15-ec-10", IN)]
    session = registry.meeting(SESSION)
    assert session and session.chair == OUT
    assert not list(refused(folder, start))


def test_a_handover_entered_late(folder: Path) -> None:
    """The outgoing President decided two days after it: that stands, and a note tells it."""
    start = head(folder)
    for act, on in ((suspends("xk-gurmal", None), date(2027, 1, 28)), (passes, DAY)):
        assert does(folder, act, on).ok
    assert not list(refused(folder, start))
    told = {f.rule for f in check(folder, LATER, None, False).findings if f.kind == "note"}
    assert "earlier-seats-affected" in told


@pytest.mark.usefixtures("commits_of_then")
def test_in_an_old_register_an_act_of_the_day_bars_no_handover(tmp_path: Path) -> None:
    """It has to say its side there, and does so where no agenda tells of the handover, too."""
    agenda = [{"item": 1, "kind": "activity-report"}]
    old = scene(tmp_path, "January session", given={f"meetings/{SESSION}": {"agenda": agenda}})
    assert does(old, suspends("xk-gurmal", None)).ok
    assert does(old, passes).ok


def test_an_act_of_the_outgoing_one_entered_later_names_its_city(folder: Path) -> None:
    """Its agenda is that of the term that ended; without the city the incoming one decides."""
    assert does(folder, passes).ok
    own = does(folder, lambda s: secretary.agenda(s, None, signed(OUT)))
    assert (own.ok, own.result["year"]) == (True, 2026)
    assert does(folder, lambda s: secretary.agenda(s, None, signed())).result["year"] == 2027


def test_what_the_incoming_one_imposed_the_outgoing_one_does_not_lift(folder: Path) -> None:
    """It came after the handover, what he decides before it; the incoming one lifts it himself.

    Who was suspended within the session answered its first roll call: the quorum of the vote
    between the two keeps that.
    """
    start, city = head(folder), "mk-planinsko"
    question = Question("resolution", None, SESSION, title="A resolution", item=9)
    voters = [c for c in ALL if c != city]
    for act in (passes, suspends(city, IN)):
        assert does(folder, act).ok
    assert does(folder, lambda s: decisions.record(s, question, {"for": voters}, None)).ok

    def lifted(by: str) -> Answer[Any]:
        decided = members.decide_as_president
        return does(folder, lambda s: decided(s, "reinstatement", city, signed(by)))

    (found,) = (f for f in lifted(OUT).findings if f.kind == "validity")
    assert found.rule == "suspension-by-president-or-committee"
    assert "Who presides since then lifts it" in found.remedy
    assert lifted(IN).ok
    assert not list(refused(folder, start))
