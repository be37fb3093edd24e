"""Acts that were taken back: a commit, and the next one, which leaves what stood before it.

Nothing is asked of the second one's change (closed records, lists that only grow, ids): it makes
nothing, and what it takes away had not been sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from b40cli.model.finding import Finding
from b40cli.model.ref import ROOT
from b40cli.model.state.registry import RULESETS
from b40cli.rules.case.rule import RECORD
from b40cli.store.git.commit_stream import Recorded
from b40cli.store.git.repository import Repository

ACT, UNDO, UNDOES = "B40-Act", "undo", "B40-Undoes"
STAYING = (f"{ROOT}trust/", RULESETS)


def undone(repository: Repository, commits: Sequence[Recorded]) -> dict[str, str]:
    """The commits that take back the one before them, each with the name of that one."""
    claims = {
        r.oid: r
        for r in commits
        if r.commit.trailers.get(ACT) == UNDO and [r.commit.trailers.get(UNDOES)] == [*r.parents]
    }
    if not claims:
        return {}
    past = repository.past()
    taken_back = {r.parents[0]: past.one(r.parents[0]) for r in claims.values()}
    grounds = [act.parents[0] for act in taken_back.values() if len(act.parents) == 1]
    trees = {h.oid: h.tree for h in repository.headers({*claims, *grounds}).values()}
    return {
        oid: act.oid
        for oid, r in claims.items()
        if may_be_undone(act := taken_back[r.parents[0]])
        and act.commit.author == r.commit.author
        and trees[oid] == trees[act.parents[0]]
    }


def may_be_undone(act: Recorded) -> bool:
    """Whether it is one act of the tool, and none of trust or of a newer rule set."""
    said = act.commit.trailers.get(ACT, UNDO)
    staying = any(change.path.startswith(STAYING) for change in act.changes)
    return len(act.parents) == 1 and said != UNDO and "\n" not in said and not staying


def sent_before(
    taking_back: Mapping[str, str], commits: Sequence[Recorded]
) -> Iterator[tuple[str, Finding]]:
    """What was sent is not taken back: others have it, and it may stand on letters."""
    here = {r.oid for r in commits}
    for oid, act in taking_back.items():
        if act not in here:
            yield (
                oid,
                Finding(
                    "sent-acts-stand",
                    "validity",
                    RECORD,
                    f"It takes back {act[:10]}, which was sent already.",
                    "What others have is corrected (b40 correct) or annulled (b40 decision annul).",
                    "",
                    facts={"undoes": act},
                ),
            )


def standing_base(repository: Repository, base: str, head: str | None) -> str:
    """The base of a comparison; what stood before it, where the next act on the line undid it.

    Not where others have it without its undo: what was sent stands.
    """
    past = repository.past()
    line = past.first_parents(base, head) if head else []
    first = [past.one(oid) for oid in line[:1] if past.may_name(oid, UNDOES)]
    if base in undone(repository, first).values():
        from b40cli.store.git.taking_back import stands_elsewhere

        stands = stands_elsewhere(repository, base, line[0])
        return base if stands else past.one(base).parents[0]
    return base
