"""Norms that no single state can show: of the line of history, of branches, of generated files.

The audit, the review and the commands of trust ask them; `b40 explain` tells them as any rule.
"""

from __future__ import annotations

from b40cli.rules.record.signed import signatures
from b40cli.rules.record.signed.signatures import Norm

_OF_HISTORY = (
    Norm(
        "trailers-agree",
        "A commit's trailers say what it shows itself: act, subject, decision, day, author.",
        "A commit whose B40-Decision names a decision that it does not change.",
        "The files are the truth: find out who wrote the message, and name the commit in a note.",
    ),
    Norm(
        "times-run-backwards",
        "No commit is made before the one it stands on.",
        "A commit dated back to a day on which a key that has expired since was in force.",
        "Ask who made it, and when; nobody can vouch for a backdated commit.",
    ),
    Norm(
        "times-run-ahead",
        "No commit is made on a day to come.",
        "A commit dated a month ahead, so that every honest one after it seems backdated.",
        "Set the clock of whoever made it right, and make the commit again before it is shared.",
    ),
    Norm(
        "sent-acts-stand",
        "Only an act that nobody else has is taken back.",
        "A commit that takes back an act which the remote holds.",
        "Correct what was sent, or annul it: b40 correct, b40 decision annul.",
    ),
    Norm(
        "commit-in-form",
        "A commit's own bytes can be read in one way only.",
        "A commit with two committers, one for the day of a key and one for the day of the line.",
        "Ask who made it; record what it holds again.",
    ),
    Norm(
        "folder-in-form",
        "A folder of a commit is one that git writes: each name once, whole, in its place (an odd "
        "mode that means no other file is a note).",
        "A folder in which a member's record stands twice: one reader sees the first, another the "
        "last.",
        "git fsck; ask who made that commit, and record what it holds again.",
    ),
    Norm(
        "history-contains-since",
        "Today's history contains every commit that was published.",
        "A history rewritten after its last commit was printed in a Final Report.",
        "Find a clone that holds the published commit, and compare the two.",
    ),
    Norm(
        "object-missing",
        "Every file of every commit can be read.",
        "A repository that lost an object to a failing disk.",
        "Fetch it from another clone: docs/restore.md.",
    ),
    Norm(
        "record-as-program",
        "A file of the register is read, never run: it has no mode of a program (a note).",
        "A member's record of mode 755, taken over from a shared disk.",
        "git update-index --chmod=-x FILE, chmod -x FILE, and commit it.",
    ),
    Norm(
        "record-shape",
        "Every record can be read: its dialect of YAML, and the schema of its kind.",
        "A record with a key twice, or with a field its kind does not know.",
        "Mend the file at the line that is named; b40 fmt puts it in order.",
    ),
    Norm(
        "yaml-dialect",
        "A record can be read in one way: YAML 1.2 in UTF-8, each key once, no anchors.",
        "A vote in whose ballots one city stands twice.",
        "Mend the file at the line that is named.",
    ),
    Norm(
        "unknown-path",
        "What lies below registry/ is a record at the place of its kind, or a document.",
        "A second list of sources, under a name in capitals.",
        "Put it where its kind lies, or take it out.",
    ),
    Norm(
        "plain-files",
        "What lies below registry/ are plain files with plain names, no larger than they may be.",
        "A link to a file elsewhere, or a submodule.",
        "Put the file itself there, or take it out.",
    ),
    Norm(
        "no-encoded-edition",
        "Facts under statutes that are not encoded here meet the law of the record alone (a note).",
        "A member attested since a day before the edition of 2024.",
        "Nothing: it is attested, not judged.",
    ),
    Norm(
        "law-of-the-base",
        "A branch is judged by the statutes of its base, never by those it brings.",
        "A branch that amends a threshold and uses the new one.",
        "Merge the amendment first, by itself; what rests on it is recorded after that.",
    ),
    Norm(
        "both-sides-changed",
        "A merge is judged once a person has made it.",
        "A member's record that the base and the branch both changed.",
        "Bring the branch up to date with its base, then review it again.",
    ),
    Norm(
        "codeowners-from-offices",
        "CODEOWNERS is what the register's offices give.",
        "A file from before a principal's key was revoked.",
        "Write it again: b40 trust codeowners --write CODEOWNERS.",
    ),
)
NORMS = (*signatures.NORMS, *_OF_HISTORY)


def norm_named(name: str) -> Norm | None:
    """The norm of that name, or None."""
    return next((norm for norm in NORMS if norm.name == name), None)
