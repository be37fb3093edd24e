"""The office's desk: every command there is, in the order `b40 --help` shows them.

A row says where its command lives; the module is imported when the command is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple


class CommandRow(NamedTuple):
    """One command: its words, one line of help, and `module:function`.

    `screen` tells its result as text, `live` describes it for a terminal and for Markdown (a read
    without one is described by its result's type), `page` is a page of its own; a `paper` is told
    as one; without them it tells what it did itself. What the result holds, its function returns
    (model/results/).
    """

    words: str
    help: str
    at: str
    screen: str = ""
    page: str = ""
    live: str = ""
    paper: bool = False


class Heading(NamedTuple):
    """A part of the desk and the commands that lie there."""

    title: str
    rows: tuple[CommandRow, ...]


Headings = tuple[Heading, ...]

NOUNS = {
    "application": "Applications of local governments for membership",
    "member": "Members: the list, their standing, their mayors",
    "observer": "Observers: who asked, who is invited, until when",
    "meeting": "Meetings: notice, agenda, delegations, roll, minutes",
    "proxy": "Proxies one member gives another for a meeting",
    "decision": "Decisions: from the proposal to the count",
    "duty": "Duties: what the network owes, and what was missed",
    "summit": "The Annual Summit: what is to do, who signed",
    "report": "Reports, generated from the records",
    "export": "The register as data, for others",
    "site": "The public site",
    "committee": "The Executive Committee and its seats",
    "presidency": "The presidency: candidacies, terms, handover",
    "secretary": "The Permanent Secretary",
    "group": "Working groups: leaders, experts, programmes",
    "statutes": "The statutes in force and how they are read",
    "evidence": "Documents that lie in the register",
    "trust": "Who may sign as what, with which key",
}


def _row(
    words: str,
    help: str,
    at: str = "",
    screen: str = "",
    page: str = "",
    live: str = "",
    paper: bool = False,
) -> CommandRow:
    """A command; it lies in the file of its noun by its verb, where `at` names no other place."""
    text, told = (f"b40cli.render.screens.{name}" if name else "" for name in (screen, page))
    shown = f"b40cli.render.live.{live}" if live else ""
    return CommandRow(words, help, f"b40cli.cli.{at or _at(words)}", text, told, shown, paper)


def _both(words: str, help: str, told: str, at: str = "") -> CommandRow:
    """A read whose text and whose description have one name in their two rooms."""
    return _row(words, help, at, told, live=told)


def _at(words: str) -> str:
    """Where a command lies; what has no noun reads the register. Python has a list and an open."""
    noun, _, verb = words.rpartition(" ")
    name = f"{verb}_" if verb in ("list", "open") else verb.replace("-", "_")
    return f"network.{noun}:{name}" if noun else f"register.read:{name}"


START = (
    _row("init", "Begin a register in a folder", "register.start:init"),
    _row("demo", "Build a small register to try things on", "register.start:demo"),
    _row("import", "Bring in an opening record, with a preview", "register.start:import_"),
)
OVERVIEW = (
    _both("status", "What is overdue, due, expiring and pending", "desk:status"),
    _both("doctor", "Whether this clone can do its work", "judged:doctor"),
    _row("do", "Do a line of b40 status", "register.do:do"),
    _both("city", "One page about a city, for the telephone", "cities:city"),
    _both("search", "Find records by any word in them", "cities:search"),
    _both("duty list", "The duties of a year and their states", "desk:duties"),
    _row("duty acknowledge", "Acknowledge that one was missed"),
    _both("roll", "Who is a member and who votes, on a day", "cities:roll"),
    _both("quorum", "How many are entitled, required, counted, missing", "meetings:quorum"),
    _both("show", "Show a record and what follows from it", "records:show"),
    _both("log", "The acts that made a record what it is", "records:log"),
    _row("evidence file", "Put a document where documents lie", "register.evidence:file"),
    _row("correct", "Correct a fact entered wrongly", "register.correct:correct"),
    _row("forget", "Take words about a person out", "register.forget:forget"),
    _row("undo", "Take back your own last act, unsent", "register.undo:undo"),
    _both("explain", "Explain a rule, a reading or an article", "law:explain"),
)
MEMBERS = (
    _row("application submit", "Record an application received"),
    _row("application withdraw", "Record that one was withdrawn"),
    _row("application list", "List the applications", screen="cities:applications"),
    _both("member list", "List the members and their standing", "cities:members"),
    _both("member show", "Show one member, on a day", "cities:member"),
    _row("member set", "Tell a city's contacts, names, population", "network.cities:set_"),
    _row("member rename", "Record that a city is called otherwise", "network.cities:rename"),
    _row("member sign", "Record the signing of the declaration"),
    _row("member withdraw", "Record a notice of leaving"),
    _row("member suspend", "Suspend a member by a decision"),
    _row("member reinstate", "End a suspension by a decision"),
    _row("member mayor", "Record a new mayor or acting mayor"),
    _row("member dossier", "A member's dossier", "network.report:dossier", paper=True),
    _row(
        "member certificate", "A certificate of membership", "network.report:membership", paper=True
    ),
)
OBSERVERS = (
    _row("observer request", "Record a request for observer status"),
    _row("observer invite", "Record the President's invitation"),
    _row("observer end", "Record the end of a status"),
    _row("observer list", "List who asked and who is invited", screen="offices:observers"),
)
MEETINGS = (
    _row("meeting convene", "Convene a meeting", "network.convening:convene"),
    _row("meeting move", "Move one to another time", "network.rescheduling:move"),
    _row("meeting cancel", "Cancel one that is not held", "network.rescheduling:cancel"),
    _row("meeting agenda", "Write the agenda"),
    _row("meeting notice", "The convening notice; record it as sent", paper=True),
    _row("meeting rules", "Record the rules of participation"),
    _row("meeting consult", "Record that Presidents were consulted"),
    _row("meeting delegation", "Record who comes and heads them", "network.attendance:delegation"),
    _row("meeting roll-call", "Record who is present", "network.attendance:roll_call"),
    _row("meeting close", "Record when a meeting closed", "network.attendance:close"),
    _row("meeting minutes", "The minutes; file them", paper=True),
    _row("meeting sheets", "Roll call, ballots, signing list", paper=True),
    _row("meeting dispatch", "Record a letter about its decisions", "network.report:dispatch"),
    _both("meeting prepare", "What a meeting still needs, and who owes it", "meetings:prepared"),
    _both("meeting list", "List the meetings", "meetings:meetings"),
    _row("proxy give", "Record a proxy for a meeting"),
    _row("proxy receipt", "Record that its proof was sent or received"),
    _row("proxy revoke", "Record that a proxy was revoked"),
    _both("proxy list", "List the proxies of a meeting", "meetings:proxies"),
    _both("proxy solve", "The best quorum that can be reached", "meetings:solved"),
)
DECISIONS = (
    _row("decision propose", "Put a decision on the table"),
    _row("decision open", "Open the vote and freeze its roll"),
    _row("decision vote", "Record ballots"),
    _row("decision close", "Close the vote, count, apply the effect", live="decisions:closed"),
    _row("decision record", "Record a vote already held, all at once"),
    _row("decision withdraw", "Withdraw a proposal"),
    _row("decision annul", "Annul one by a new one", "network.annul:annul"),
    _row("decision paper", "A decision as a paper", "network.certificate:paper", paper=True),
    _row("decision certificate", "A file that proves one", "network.certificate:certificate"),
    _both(
        "decision what-if",
        "What a vote would come to, were it otherwise",
        "decisions:what_if",
        "network.supposing:what_if",
    ),
    _both("decision list", "List the decisions", "decisions:decisions"),
)
OFFICES = (
    _both("committee show", "Show the seats of a term, on a day", "offices:committee"),
    _row("committee resign", "Record that a member resigns its seat"),
    _both("committee plan", "Show how seats end and who may be elected", "plans:committee"),
    _both("presidency show", "Show who presides, and every term", "offices:presidency"),
    _both("presidency order", "Show the order of candidacies", "plans:order"),
    _row("presidency decline", "Record that a city declines"),
    _row("presidency departure", "Record a departure's reason"),
    _row("presidency handover", "Pass the presidency on"),
    _row("presidency agenda", "Record the annual agenda"),
    _both("presidency plan", "Show the steps to the handover", "plans:presidency"),
    _row("secretary appoint", "Record the Secretary's appointment"),
    _both("secretary show", "Show who is Permanent Secretary", "offices:secretary"),
    _row("group open", "Set up a special group for one year"),
    _row("group lead", "Record the leader the President designates"),
    _row("group expert", "Record an expert, or that one left"),
    _row("group programme", "Submit a yearly work programme"),
    _both("group list", "List the working groups, on a day", "offices:groups"),
)
SUMMIT = (
    _both("summit plan", "What is still to do for the next one", "plans:summit"),
    _row("summit sign", "Record who signed its Closing Declaration"),
)
STATUTES = (
    _both("statutes show", "Show an article, edition or threshold", "law:show"),
    _both("statutes readings", "Show the readings in force, on a day", "law:readings"),
    _both(
        "statutes simulate",
        "Run an amendment over what is on record",
        "law:simulated",
        "network.supposing:simulate",
    ),
    _row("statutes upgrade", "Take in the newest rule set"),
    _both("statutes coverage", "Which rule judges which sentence", "law:coverage"),
)
TRUST = (
    _both("check", "Judge the whole register as it stands", "judged:check", "register.check:check"),
    _row("sync", "Take in and send what was recorded", "register.sync:sync"),
    _row("fmt", "Put records into canonical layout", "register.check:fmt"),
    _row(
        "review",
        "Tell and judge what a branch would change",
        "register.review:review",
        screen="review:review",
        page="review:comment",
        live="judged:review",
    ),
    _row("trust add", "Record a key of a principal", "register.trust:add"),
    _row("trust revoke", "End a key for a reason", "register.trust:revoke"),
    _row("trust signers", "The keys as git reads them", "register.trust:signers"),
    _row("trust codeowners", "Whose review a path needs", "register.trust:codeowners"),
    _both(
        "audit",
        "Judge all of history again, commit by commit",
        "judged:audit",
        "register.audit:audit",
    ),
)
PUBLISH = (
    _row("mail", "Write letters as drafts; nothing is sent", "network.mail:mail"),
    _row("report final", "A Final Report, or a step of it", paper=True),
    _row("report activity", "The activity report of a year", paper=True),
    _row("export json", "The whole register as of a day", "register.export:json_"),
    _row("export csv", "Its lists as tables, with datapackage.json", "register.export:csv"),
    _row("export xlsx", "Its lists as the sheets of a workbook", "register.export:xlsx"),
    _row("export ics", "Meetings, duties and ends as a calendar", "register.export:ics"),
    _row("export popolo", "Bodies, people and votes as Popolo", "register.export:popolo"),
    _row("site build", "The public site, as files", "register.site:build"),
    _row("export atom", "Decisions and notices as a feed", "register.export:atom"),
)
DESK: Headings = (
    Heading("Start", START),
    Heading("Desk", OVERVIEW),
    Heading("Members", MEMBERS),
    Heading("Observers", OBSERVERS),
    Heading("Meetings", MEETINGS),
    Heading("Decisions", DECISIONS),
    Heading("Offices", OFFICES),
    Heading("Summit", SUMMIT),
    Heading("Statutes", STATUTES),
    Heading("Trust", TRUST),
    Heading("Publish", PUBLISH),
)


def rows(table: Headings = DESK) -> tuple[CommandRow, ...]:
    """All commands, in order."""
    return tuple(row for heading in table for row in heading.rows)


def row_of(command: str) -> CommandRow | None:
    """The row of a command by its words."""
    return next((row for row in rows() if row.words == command), None)


def named(at: str) -> Any:
    """What a row names as `module:function`; its module is imported for it."""
    module, _, name = at.partition(":")
    return getattr(import_module(module), name)


def nouns(table: Headings = DESK) -> tuple[str, ...]:
    """The first words that need a second one, in order."""
    return tuple(dict.fromkeys(row.words.split()[0] for row in rows(table) if " " in row.words))
