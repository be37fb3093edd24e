"""Ways to tamper with history itself: its words, its times, its signatures, its line, its files."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date

from tests.archive import Archive, dissolve, seconds
from tests.tampering import CLOSED, GROWS, MEMBER, TRUST, VOTE, Tampering, edited

TRAILERS = "trailers-agree"
BACKWARDS = "times-run-backwards"
PLAIN = "plain-files"
DIALECT = "yaml-dialect"
SECOND = "second-signature-missing"
UNKNOWN = "key-unknown"
UNSIGNED = "commit-unsigned"
MADE = "record EC-2025-009"


def said(old: str, new: str, subject: str = MADE) -> Callable[[Archive], str]:
    """An act's words are changed, in a commit made anew with all that stand on it."""

    def do(a: Archive) -> str:
        oid = a.act(subject)
        message = next(iter(a.commits_of([oid]))).message
        changed = re.sub(old.encode(), new.encode(), message, count=1, flags=re.MULTILINE)
        assert changed != message, old
        return a.rewrite(oid, message=changed)

    return do


def author_exchanged(a: Archive) -> str:
    oid = a.act(MADE)
    when = a.commits_of([oid])[0].author.split(b"> ")[1]
    return a.rewrite(oid, author=b"Somebody Else <else@example.org> " + when)


def lawful(a: Archive) -> None:
    """A change nobody would object to."""
    n = a.git("rev-list", "--count", "HEAD")
    path = "registry/evidence/sources.yaml"
    a.edit(path, r"\Z", f"  list-{n}: {{what: A further list}}\n")


def by(name: str | None, days: int = 1) -> Callable[[Archive], str]:
    """A lawful change, signed by somebody, so many days after the last commit."""

    def do(a: Archive) -> str:
        lawful(a)
        return a.commit(by=name, at=a.later(days))

    return do


def at(day: date, name: str) -> Callable[[Archive], str]:
    """A lawful change, signed by somebody on a day of their choice."""

    def do(a: Archive) -> str:
        lawful(a)
        return a.commit(by=name, at=seconds(day))

    return do


def beyond_all_calendars(a: Archive) -> str:
    """A time no calendar has a day for."""
    lawful(a)
    a.git("add", "-A")
    told = a.commits_of([a.head])[0]
    who = b"Clerk <clerk@example.org> %d +0300" % 10**15
    tree = a.git("write-tree")
    made = a.object(told._replace(tree=tree, parents=(a.head,), committer=who), "clerk")
    a.git("reset", "-q", "--hard", made)
    return made


def public(a: Archive, name: str) -> str:
    return " ".join((a.keys / f"{name}.pub").read_text().split()[:2])


def let_in_by_oneself(a: Archive) -> str:
    entry = "  - id: mallory\n    name: Mallory\n    office: secretariat\n    keys:\n      - key: "
    a.edit(TRUST, r"\Z", f"{entry}{public(a, 'mallory')}\n        from: 2025-12-19\n")
    return a.commit(by="mallory")


def another_s_signature(a: Archive) -> str:
    """The signature of the last commit under another tree."""
    data = a.raw("cat-file", "commit", "HEAD")
    lawful(a)
    a.git("add", "-A")
    tree = a.git("write-tree").encode()
    forged = re.sub(rb"\Atree [0-9a-f]+", b"tree " + tree, data)
    forged = re.sub(rb"^parent [0-9a-f]+", b"parent " + a.head.encode(), forged, flags=re.MULTILINE)
    made = a.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=forged)
    a.git("reset", "-q", "--hard", made)
    return made


def revocation_taken_back(a: Archive) -> str:
    a.edit(TRUST, r"        until: 2025-11-15\n        reason: lost\n", "")
    return a.commit()


def confirmed_by_oneself(a: Archive) -> str:
    a.edit(TRUST, "name: Mayor", "name: Mayor\n    handle: '@mallory'")
    made = a.commit()
    a.commit(f"Confirmed\n\nB40-Confirms: {made}")
    return made


def past_made_anew(a: Archive) -> tuple[str, str]:
    """A resolution of months ago altered and its act dated earlier, all since made anew, unsigned.

    The commit that was altered, and the first of those that had been signed.
    """
    oid = a.act("^decision: record EC-2025-.*resolution")
    path = a.git("show", "--format=", "--name-only", oid).split()[0]
    text = a.text(path, oid).replace("Resolution of", "Declaration of")
    message = a.commits_of([oid])[0].message.replace(b"\nB40-On: 2025-", b"\nB40-On: 2024-")
    altered = a.rewrite(oid, {path: text}, by=None, message=message)
    return altered, a.git("rev-list", "--reverse", "HEAD", "--", TRUST).split()[1]


def rewritten_with_all_keys(a: Archive) -> str:
    """The last acts made anew with the clerk's stolen key: only who kept the old head can tell."""
    oid = a.act(MADE)
    text = a.text(VOTE, oid).replace("title: Admission of", "title: Welcoming of")
    a.rewrite(oid, {VOTE: text})
    return a.head


def cut_off(a: Archive) -> str:
    """The last acts are dropped, as if they had never been."""
    a.git("reset", "-q", "--hard", "HEAD~2")
    return a.head


def evil_merge(a: Archive) -> str:
    """A merge of nothing much changes a closed ballot besides."""
    main = a.head
    a.git("checkout", "-q", "-b", "side")
    lawful(a)
    side = a.commit()
    a.git("checkout", "-q", "main")
    edited_text = a.text(VOTE).replace("title: Admission of", "title: Refusal of")
    a.git("reset", "-q", "--hard", side)
    a.write(VOTE, edited_text)
    a.git("add", "-A")
    tree = a.git("write-tree")
    told = a.commits_of([side])[0]
    made = a.object(
        told._replace(tree=tree, parents=(main, side), message=b"Merge side\n"), "clerk"
    )
    a.git("checkout", "-q", "main", "-f")
    a.git("reset", "-q", "--hard", made)
    return made


def theirs_thrown_away(a: Archive) -> str:
    """The merge keeps nothing of what the other side recorded."""
    main = a.head
    text = a.text(MEMBER)
    a.edit(MEMBER, r"\Z", "mayors:\n  - {name: Ana Primer, capacity: mayor, from: 2025-12-19}\n")
    side = a.commit()
    a.git("checkout", "-q", "-b", "other", main)
    lawful(a)
    other = a.commit()
    tree = a.git("rev-parse", f"{other}^{{tree}}")
    told = a.commits_of([side])[0]
    late = b"%s %d +0300" % (b"Clerk <clerk@example.org>", told.seconds + 86_400)
    made = a.object(told._replace(tree=tree, parents=(other, side), message=b"Merge\n",
                                  committer=late), "clerk")  # fmt: skip
    a.git("checkout", "-q", "main", "-f")
    a.git("reset", "-q", "--hard", made)
    assert a.text(MEMBER) == text
    return made


def reverted(a: Archive) -> str:
    a.git("revert", "--no-commit", a.act("signs the Declaration, 2025-12-18"))
    return a.commit('Revert "member: Rosendol signs"\n\nThis reverts commit ' + "0" * 40 + ".")


def squashed(a: Archive) -> str:
    """Three acts become one commit, and the ballots are not those that were cast."""
    messages = a.git("log", "-3", "--format=%B")
    a.git("reset", "-q", "--soft", "HEAD~3")
    a.edit(VOTE, r"for: \[me-vodinza, ", "for: [")
    return a.commit(f"Three acts\n\n{messages}")


def broken_then_mended(a: Archive) -> str:
    text = a.text(VOTE)
    a.write(VOTE, "id: [")
    a.commit()
    a.write(VOTE, text.replace("title: Admission of", "title: Refusal of"))
    return a.commit()


def deleted_then_restored(a: Archive) -> str:
    text = a.text(VOTE)
    (a.folder / VOTE).unlink()
    gone = a.commit()
    a.write(VOTE, text)
    a.commit()
    return gone


def replaced(a: Archive) -> str:
    """git replace: a forged commit is shown in place of what the line holds."""
    made = edited(VOTE, ("title: Admission of", "title: Refusal of"))(a)
    a.git("replace", made, f"{made}~1")
    return made


def put(path: str, text: str) -> Callable[[Archive], str]:
    def do(a: Archive) -> str:
        a.write(path, text)
        return a.commit()

    return do


def linked(a: Archive) -> str:
    (a.folder / "registry/members/bg-link.yaml").symlink_to("/etc/passwd")
    return a.commit()


def folder_linked(a: Archive) -> str:
    """A whole folder becomes a link to somewhere else."""
    shutil.rmtree(a.folder / "registry/duties")
    (a.folder / "registry/duties").symlink_to("/tmp")
    return a.commit()


def submodule(a: Archive) -> str:
    a.git("update-index", "--add", "--cacheinfo", f"160000,{a.head},registry/members/bg-sub")
    when = f"@{a.later()} +0300"
    words = (*a.signing("clerk"), "commit", "-q", "-m", "By hand")
    a.git(*words, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    return a.head


def odd_name(a: Archive) -> str:
    return put("registry/members/bg-\u202eread.yaml", a.text(MEMBER))(a)


def hidden_behind_a_name(a: Archive) -> str:
    """A file beside the register whose name looks like the beginning of the next commit."""
    (a.folder / "\x01hidden").write_text("")
    (a.folder / "12").write_text("")
    return edited(VOTE, ("title: Admission of", "title: Refusal of"))(a)


def acts_after_dissolution(a: Archive) -> str:
    """The dissolution is lawful; then the President goes on deciding."""
    dissolve(a)
    path = "registry/decisions/2026/PR-2026-001.yaml"
    text = a.text(a.file("decisions/2025", "matter: suspension"))
    text = re.sub("PR-2025-[0-9]{3}", "PR-2026-001", text)
    a.write(path, re.sub(r"^(closed|proposed): .*?$", r"\1: 2026-01-11", text, flags=re.MULTILINE))
    return a.commit()


HISTORY: tuple[Tampering, ...] = (
    Tampering("a forged act", (TRAILERS,), said("^B40-Act: .*", "B40-Act: presidency handover")),
    Tampering(
        "a forged subject",
        (TRAILERS,),
        said("^B40-Subject: .*", "B40-Subject: members/gr-marikale"),
    ),
    Tampering(
        "a forged decision", (TRAILERS,), said("^B40-Decision: .*", "B40-Decision: EC-2025-007")
    ),
    Tampering("a decision no longer named", (TRAILERS,), said("^B40-Decision: .*\n", "")),
    Tampering("a forged day", (TRAILERS,), said("^B40-On: .*", "B40-On: 2025-12-09")),
    Tampering("a forged edition", (TRAILERS,), said("^B40-Edition: .*", "B40-Edition: 2022-02")),
    Tampering("a forged actor", (TRAILERS,), said("^B40-Actor: .*", "B40-Actor: Ana <a@b.org>")),
    Tampering("a forged version", (TRAILERS,), said("^B40-Version: .*", "B40-Version: newest")),
    Tampering("a trailer removed", (TRAILERS,), said("^B40-On: .*\n", "")),
    Tampering("a trailer doubled", (TRAILERS,), said("^(B40-On: .*)", r"\1\nB40-On: 2025-12-01")),
    Tampering(
        "an act that changes nothing",
        (TRAILERS,),
        lambda a: a.commit(a.git("log", "-1", "--format=%B")),
    ),
    Tampering("another author", (TRAILERS,), author_exchanged),
    Tampering("a lost history", ("history-contains-since",), cut_off, since=True),
    Tampering(
        "a history rewritten with every key",
        ("history-contains-since",),
        rewritten_with_all_keys,
        since=True,
    ),
    Tampering("a commit backdated", (BACKWARDS,), by("clerk", -3), alone=True),
    Tampering(
        "an expired key on a backdated commit",
        (BACKWARDS,),
        at(date(2025, 11, 25), "expired"),
        alone=True,
    ),
    Tampering(
        "a revoked key on a backdated commit",
        (BACKWARDS,),
        at(date(2025, 11, 12), "revoked"),
        alone=True,
    ),
    Tampering("an expired key", ("key-not-in-force",), by("expired"), alone=True),
    Tampering("a revoked key", ("key-not-in-force",), by("revoked"), alone=True),
    Tampering("no signature", (UNSIGNED,), by(None), alone=True),
    Tampering("an unknown key", (UNKNOWN,), by("mallory"), alone=True),
    Tampering("a key let in by itself", (UNKNOWN,), let_in_by_oneself, alone=True),
    Tampering("another commit's signature", ("signature-bad",), another_s_signature, alone=True),
    Tampering(
        "a revocation taken back", ("principals-kept", SECOND), revocation_taken_back, alone=True
    ),
    Tampering("one's own confirmation", (SECOND,), confirmed_by_oneself, alone=True),
    Tampering(
        "the statutes under one signature",
        (SECOND,),
        lambda a: edited(
            "registry/statutes/articles.yaml", ("A regional network", "A national network")
        )(a),
        alone=True,
    ),
    Tampering("an evil merge", (CLOSED,), evil_merge),
    Tampering("a merge that throws away", (GROWS,), theirs_thrown_away),
    Tampering("a lawful act reverted", (CLOSED,), reverted),
    Tampering("acts squashed and altered", ("admission-needs-unanimity",), squashed),
    Tampering("a record broken, then mended otherwise", (CLOSED,), broken_then_mended),
    Tampering("a record deleted and restored", (GROWS,), deleted_then_restored),
    Tampering("a commit replaced", (CLOSED,), replaced, alone=True),
    Tampering(
        "a file nobody knows", ("unknown-path",), put("registry/members/x/notes.yaml", "id: x\n")
    ),
    Tampering(
        "a folder nobody knows", ("unknown-path",), put("registry/secrets/a.yaml", "id: a\n")
    ),
    Tampering("a link", (PLAIN,), linked),
    Tampering("a folder that is a link", (PLAIN,), folder_linked),
    Tampering("a submodule", (PLAIN,), submodule),
    Tampering("a name that reads otherwise", (PLAIN,), odd_name),
    Tampering("a change hidden behind a name", (CLOSED,), hidden_behind_a_name),
    Tampering("a time beyond all calendars", ("times-run-ahead",), beyond_all_calendars),
    Tampering("a commit of another century", ("times-run-ahead",), by("clerk", 9000)),
    Tampering(
        "an alias",
        (DIALECT,),
        edited(VOTE, (r"against: \[\]", "against: &none []"), (r"abstain: \[\]", "abstain: *none")),
    ),
    Tampering(
        "a ballot key doubled",
        (DIALECT,),
        edited(VOTE, (r"  against: \[\]\n", "  against: []\n  against: [me-vodinza]\n")),
    ),
    Tampering(
        "a file too large", (DIALECT,), put(MEMBER, "# " + "x" * 1_100_000 + "\n"), alone=True
    ),
    Tampering("a dissolved network that goes on", ("closed-network",), acts_after_dissolution),
)
