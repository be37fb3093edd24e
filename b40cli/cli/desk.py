"""The office's desk: every command there is, in the order `b40 --help` shows them.

A row says where its command lives; the module is imported when the command is asked for.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One command: its words, one line of help, and `module:function`."""

    words: str
    help: str
    at: str


class Heading(NamedTuple):
    """A part of the desk and the commands that lie there."""

    title: str
    rows: tuple[Row, ...]


Headings = tuple[Heading, ...]

NOUNS = {
    "application": "Applications of local governments for membership",
    "member": "Members: the list, their standing, their mayors",
    "meeting": "Meetings: convening them and calling the roll",
    "proxy": "Proxies one member gives another for a meeting",
    "decision": "Decisions: from the proposal to the count",
    "committee": "The Executive Committee and its seats",
    "statutes": "The statutes in force and how they are read",
}


def _row(words: str, help: str, function: str) -> Row:
    return Row(words, help, f"b40cli.cli.{function}")


DESK: Headings = (
    Heading(
        "Start",
        (
            _row("init", "Begin a register in a folder", "start:init"),
            _row("demo", "Build a small register to try things on", "start:demo"),
            _row("import", "Bring in an opening record, with a preview", "start:import_"),
        ),
    ),
    Heading(
        "Desk",
        (
            _row("roll", "Who is a member and who votes, on a day", "read:roll"),
            _row("quorum", "How many are entitled, required, counted, missing", "read:quorum"),
            _row("show", "Show a record and what follows from it", "read:show"),
            _row("log", "The acts that made a record what it is", "read:log"),
            _row("explain", "Explain a rule, a reading or an article", "read:explain"),
        ),
    ),
    Heading(
        "Members",
        (
            _row("application submit", "Record an application received", "application:submit"),
            _row("application withdraw", "Record that one was withdrawn", "application:withdraw"),
            _row("application list", "List the applications", "application:list_"),
            _row("member list", "List the members and their standing", "member:list_"),
            _row("member show", "Show one member, on a day", "member:show"),
            _row("member sign", "Record the signing of the declaration", "member:sign"),
            _row("member suspend", "Suspend a member by a decision", "member:suspend"),
            _row("member reinstate", "End a suspension by a decision", "member:reinstate"),
            _row("member mayor", "Record a new mayor or acting mayor", "member:mayor"),
        ),
    ),
    Heading(
        "Meetings",
        (
            _row("meeting convene", "Convene a meeting", "meeting:convene"),
            _row("meeting roll-call", "Record who is present", "meeting:roll_call"),
            _row("meeting list", "List the meetings", "meeting:list_"),
            _row("proxy give", "Record a proxy for a meeting", "proxy:give"),
        ),
    ),
    Heading(
        "Decisions",
        (
            _row("decision propose", "Put a decision on the table", "decision:propose"),
            _row("decision open", "Open the vote and freeze its roll", "decision:open_"),
            _row("decision vote", "Record ballots", "decision:vote"),
            _row("decision close", "Close the vote, count, apply the effect", "decision:close"),
            _row("decision record", "Record a vote already held, all at once", "decision:record"),
            _row("decision withdraw", "Withdraw a proposal", "decision:withdraw"),
            _row("decision list", "List the decisions", "decision:list_"),
        ),
    ),
    Heading(
        "Offices",
        (_row("committee show", "Show the seats of a term, on a day", "committee:show"),),
    ),
    Heading(
        "Statutes",
        (
            _row("statutes show", "Show an article, edition or threshold", "statutes:show"),
            _row("statutes readings", "Show the readings in force, on a day", "statutes:readings"),
        ),
    ),
    Heading(
        "Trust",
        (
            _row("check", "Judge the whole register as it stands", "check:check"),
            _row("fmt", "Put records into canonical layout", "check:fmt"),
        ),
    ),
)


def rows(desk: Headings = DESK) -> tuple[Row, ...]:
    """All commands, in order."""
    return tuple(row for heading in desk for row in heading.rows)


def nouns(desk: Headings = DESK) -> tuple[str, ...]:
    """The first words that need a second one, in order."""
    return tuple(dict.fromkeys(row.words.split()[0] for row in rows(desk) if " " in row.words))
