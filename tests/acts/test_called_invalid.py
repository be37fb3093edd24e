"""Whatever the matter, a vote that carried lawfully is not called invalid by hand."""

from __future__ import annotations

from datetime import date

import pytest

from b40cli.acts import decisions
from b40cli.acts.change.perform import judged
from b40cli.acts.change.questions import Question
from b40cli.acts.opened.session import Session, open_session
from b40cli.model.edit import Create
from b40cli.model.finding import Finding
from b40cli.model.state.registry import RULESETS, Registry
from b40cli.rules.case.rule import Case
from b40cli.rules.table import judge
from tests.acts.scene import scene
from tests.acts.test_offices import DAY, JANUARY, LATER, MAYORS, SESSION, does, passed
from tests.invented import OTHERS, SEVEN, SHA

SILENCED, SEATED = OTHERS[1], SEVEN[4]
VOTERS = tuple(city for city in (*SEVEN, *OTHERS) if city != SILENCED)
GIVEN = {
    **MAYORS,
    f"members/{SILENCED}": {"suspensions": [{"from": "2026-12-01", "by": "PR-2026-001"}]},
    "decisions/2026/PR-2026-001": {
        "id": "PR-2026-001",
        "body": "president",
        "matter": "suspension",
        "subject": f"members/{SILENCED}",
        "title": "Suspension",
        "state": "adopted",
        "closed": "2026-12-01",
        "grounds": "Statements.",
        "decided_by": {"city": SEVEN[0], "person": "Ana Primer", "capacity": "mayor"},
        "evidence": [{"sha256": SHA}],
    },
}


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The Assembly of January 2027, the presidency handed over, one member suspended."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", f"{DAY}T10:00:00+0300")
        register = scene(tmp_path_factory.mktemp("called"), *JANUARY, given=GIVEN, rule_set=2)
        assert does(register, DAY, passed()).ok
    return open_session(register, LATER, date.fromisoformat(DAY))


@pytest.mark.parametrize(
    "asked",
    [
        {"matter": "presidency", "subject": "members/mk-planinsko", "term": 2028},
        {"matter": "committee-election", "term": 2027},
        {"matter": "committee-election", "term": 2027, "candidates": OTHERS[3:]},
        {"matter": "committee-dismissal", "subject": f"members/{SEATED}", "grounds": "So."},
        {"matter": "reinstatement", "subject": f"members/{SILENCED}"},
        {"matter": "amendment", "amends": ({"parameter": "assembly-quorum", "value": "3/5"},)},
        {"matter": "annulment", "annuls": "EC-2026-007", "effect": "ex-nunc"},
        {"matter": "activity-report"},
        {"matter": "resolution"},
    ],
    ids=lambda asked: f"{asked['matter']}{'-slate' if 'candidates' in asked else ''}",
)
def test_a_lawful_vote_is_not_called_invalid(asked: dict[str, object], january: Session) -> None:
    question = Question(**{"subject": None, "meeting": SESSION, **asked})  # type: ignore[arg-type]
    named = asked["matter"] == "committee-election" and not question.candidates
    choices = {"bg-vodengrad": VOTERS[:6], "tr-camliova": VOTERS[6:]} if named else None
    ballots = None if named else {"for": VOTERS}
    proposal = decisions.record(january, question, ballots, None, choices)
    vote = next(e for e in proposal.edits if isinstance(e, Create) and "/decisions/" in e.path)
    assert vote.record["state"] == "adopted", vote.record.get("reason")

    after = january.before.with_record(
        vote.path, {**vote.record, "state": "invalid", "reason": "Because."}
    )
    assert refused(january, january.before, after, vote.path)
    # What set 1 let a hand record so stands, where closing would have written more than the vote.
    writes = asked["matter"] in ("presidency", "committee-election", "committee-dismissal")
    if (writes or asked["matter"] == "reinstatement") and not question.candidates:
        first: dict[str, list[str]] = {"rule_sets": []}
        earlier = january.before.with_record(RULESETS, first)
        assert not refused(january, earlier, after.with_record(RULESETS, first), vote.path)


def refused(session: Session, before: Registry, after: Registry, path: str) -> bool:
    """Whether the judge asks for a reason and finds none."""
    found = judge(Case(before, after, session.on), [path])
    return "invalid-for-a-reason" in {f.rule for f in found if f.kind == "validity"}


def test_what_is_wrong_with_another_record_is_no_reason(
    january: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has no seat is dismissed: that is the reason, not what another record lacks."""
    other = Finding(
        *("observer-population", "validity", "Art. 6", "Graubach is too small.", "Take it back."),
        "registry/observers/at-graubach.yaml",
    )
    monkeypatch.setattr(decisions, "judged", lambda *given: (*judged(*given), other))
    asked = {"matter": "committee-dismissal", "subject": f"members/{OTHERS[2]}", "grounds": "So."}
    question = Question(**{"meeting": SESSION, **asked})  # type: ignore[arg-type]
    proposal = decisions.record(january, question, {"for": VOTERS}, None)
    (vote,) = (e for e in proposal.edits if isinstance(e, Create) and "/decisions/" in e.path)
    assert vote.record["state"] == "invalid" and "Graubach" not in vote.record["reason"]
