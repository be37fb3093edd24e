"""The office's desk: every command there is, in the order `b40 --help` shows them.

A row says where its command lives; the module is imported when the command is asked for.
"""

from __future__ import annotations

from typing import NamedTuple


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
    function: str,
    screen: str = "",
    page: str = "",
    live: str = "",
    paper: bool = False,
) -> CommandRow:
    text, told = (f"b40cli.render.screens.{name}" if name else "" for name in (screen, page))
    shown = f"b40cli.render.live.{live}" if live else ""
    return CommandRow(words, help, f"b40cli.cli.{function}", text, told, shown, paper)


START = (
    _row("init", "Begin a register in a folder", "start:init"),
    _row("demo", "Build a small register to try things on", "start:demo"),
    _row("import", "Bring in an opening record, with a preview", "start:import_"),
)
OVERVIEW = (
    _row(
        "status",
        "What is overdue, due, expiring and pending",
        "read:status",
        "duties:status",
        live="desk:status",
    ),
    _row(
        "doctor",
        "Whether this clone can do its work",
        "read:doctor",
        "cities:doctor",
        live="judged:doctor",
    ),
    _row("do", "Do a line of b40 status", "do:do"),
    _row(
        "city",
        "One page about a city, for the telephone",
        "read:city",
        "cities:city",
        live="cities:city",
    ),
    _row(
        "search",
        "Find records by any word in them",
        "read:search",
        "cities:search",
        live="cities:search",
    ),
    _row(
        "duty list",
        "The duties of a year and their states",
        "duty:list_",
        "duties:duties",
        live="desk:duties",
    ),
    _row("duty acknowledge", "Acknowledge that one was missed", "duty:acknowledge"),
    _row(
        "roll",
        "Who is a member and who votes, on a day",
        "read:roll",
        "rolls:roll",
        live="cities:roll",
    ),
    _row(
        "quorum",
        "How many are entitled, required, counted, missing",
        "read:quorum",
        "rolls:quorum",
        live="meetings:quorum",
    ),
    _row(
        "show",
        "Show a record and what follows from it",
        "read:show",
        "records:show",
        live="records:show",
    ),
    _row(
        "log",
        "The acts that made a record what it is",
        "read:log",
        "records:log",
        live="records:log",
    ),
    _row("evidence file", "Put a document where documents lie", "evidence:file"),
    _row("correct", "Correct a fact entered wrongly", "correct:correct"),
    _row("forget", "Take words about a person out", "forget:forget"),
    _row("undo", "Take back your own last act, unsent", "undo:undo"),
    _row(
        "explain",
        "Explain a rule, a reading or an article",
        "read:explain",
        "statutes:explain",
        live="law:explain",
    ),
)
MEMBERS = (
    _row("application submit", "Record an application received", "application:submit"),
    _row("application withdraw", "Record that one was withdrawn", "application:withdraw"),
    _row("application list", "List the applications", "application:list_", "members:applications"),
    _row(
        "member list",
        "List the members and their standing",
        "member:list_",
        "members:members",
        live="cities:members",
    ),
    _row(
        "member show",
        "Show one member, on a day",
        "member:show",
        "members:member",
        live="cities:member",
    ),
    _row("member set", "Tell a city's contacts, names, population", "member:set_"),
    _row("member rename", "Record that a city is called otherwise", "member:rename"),
    _row("member sign", "Record the signing of the declaration", "member:sign"),
    _row("member withdraw", "Record a notice of leaving", "member:withdraw"),
    _row("member suspend", "Suspend a member by a decision", "member:suspend"),
    _row("member reinstate", "End a suspension by a decision", "member:reinstate"),
    _row("member mayor", "Record a new mayor or acting mayor", "member:mayor"),
    _row("member dossier", "A member's dossier", "report:dossier", paper=True),
    _row("member certificate", "A certificate of membership", "report:membership", paper=True),
)
OBSERVERS = (
    _row("observer request", "Record a request for observer status", "observer:request"),
    _row("observer invite", "Record the President's invitation", "observer:invite"),
    _row("observer end", "Record the end of a status", "observer:end"),
    _row(
        "observer list", "List who asked and who is invited", "observer:list_", "groups:observers"
    ),
)
MEETINGS = (
    _row("meeting convene", "Convene a meeting", "convening:convene"),
    _row("meeting move", "Move one to another time", "rescheduling:move"),
    _row("meeting cancel", "Cancel one that is not held", "rescheduling:cancel"),
    _row("meeting agenda", "Write the agenda", "meeting:agenda"),
    _row(
        "meeting notice",
        "The convening notice; record it as sent",
        "meeting:notice",
        paper=True,
    ),
    _row("meeting rules", "Record the rules of participation", "meeting:rules"),
    _row("meeting consult", "Record that Presidents were consulted", "meeting:consult"),
    _row("meeting delegation", "Record who comes and heads them", "meeting:delegation"),
    _row("meeting roll-call", "Record who is present", "meeting:roll_call"),
    _row("meeting close", "Record when a meeting closed", "meeting:close"),
    _row("meeting minutes", "The minutes; file them", "meeting:minutes", paper=True),
    _row("meeting sheets", "Roll call, ballots, signing list", "meeting:sheets", paper=True),
    _row("meeting dispatch", "Record a letter about its decisions", "report:dispatch"),
    _row(
        "meeting prepare",
        "What a meeting still needs, and who owes it",
        "prepare:prepare",
        "meetings:prepared",
        live="meetings:prepared",
    ),
    _row("meeting list", "List the meetings", "meeting:list_", "meetings:meetings"),
    _row("proxy give", "Record a proxy for a meeting", "proxy:give"),
    _row("proxy receipt", "Record that its proof was sent or received", "proxy:receipt"),
    _row("proxy revoke", "Record that a proxy was revoked", "proxy:revoke"),
    _row("proxy list", "List the proxies of a meeting", "proxy:list_", "meetings:proxies"),
    _row(
        "proxy solve",
        "The best quorum that can be reached",
        "proxy:solve",
        "meetings:solved",
        live="meetings:solved",
    ),
)
DECISIONS = (
    _row("decision propose", "Put a decision on the table", "decision:propose"),
    _row("decision open", "Open the vote and freeze its roll", "decision:open_"),
    _row("decision vote", "Record ballots", "decision:vote"),
    _row(
        "decision close",
        "Close the vote, count, apply the effect",
        "decision:close",
        live="decisions:closed",
    ),
    _row("decision record", "Record a vote already held, all at once", "decision:record"),
    _row("decision withdraw", "Withdraw a proposal", "decision:withdraw"),
    _row("decision annul", "Annul one by a new one", "annul:annul"),
    _row("decision paper", "A decision as a paper", "certificate:paper", paper=True),
    _row("decision certificate", "A file that proves one", "certificate:certificate"),
    _row(
        "decision what-if",
        "What a vote would come to, were it otherwise",
        "what_if:what_if",
        "decisions:what_if",
        live="decisions:what_if",
    ),
    _row("decision list", "List the decisions", "decision:list_", "decisions:decisions"),
)
OFFICES = (
    _row(
        "committee show",
        "Show the seats of a term, on a day",
        "committee:show",
        "offices:committee",
        live="offices:committee",
    ),
    _row("committee resign", "Record that a member resigns its seat", "committee:resign"),
    _row(
        "committee plan",
        "Show how seats end and who may be elected",
        "committee:plan",
        "offices:committee_plan",
    ),
    _row(
        "presidency show",
        "Show who presides, and every term",
        "presidency:show",
        "offices:presidency",
    ),
    _row("presidency order", "Show the order of candidacies", "presidency:order", "offices:order"),
    _row("presidency decline", "Record that a city declines", "presidency:decline"),
    _row("presidency departure", "Record a departure's reason", "presidency:departure"),
    _row("presidency handover", "Pass the presidency on", "presidency:handover"),
    _row("presidency agenda", "Record the annual agenda", "presidency:agenda"),
    _row(
        "presidency plan",
        "Show the steps to the handover",
        "presidency:plan",
        "offices:presidency_plan",
    ),
    _row("secretary appoint", "Record the Secretary's appointment", "secretary:appoint"),
    _row(
        "secretary show", "Show who is Permanent Secretary", "secretary:show", "offices:secretary"
    ),
    _row("group open", "Set up a special group for one year", "group:open_"),
    _row("group lead", "Record the leader the President designates", "group:lead"),
    _row("group expert", "Record an expert, or that one left", "group:expert"),
    _row("group programme", "Submit a yearly work programme", "group:programme"),
    _row(
        "group list",
        "List the working groups, on a day",
        "group:list_",
        "groups:groups",
        live="offices:groups",
    ),
)
SUMMIT = (
    _row("summit plan", "What is still to do for the next one", "summit:plan", "meetings:summit"),
    _row("summit sign", "Record who signed its Closing Declaration", "summit:sign"),
)
STATUTES = (
    _row(
        "statutes show",
        "Show an article, edition or threshold",
        "statutes:show",
        "statutes:show",
        live="law:show",
    ),
    _row(
        "statutes readings",
        "Show the readings in force, on a day",
        "statutes:readings",
        "statutes:readings",
        live="law:readings",
    ),
    _row(
        "statutes simulate",
        "Run an amendment over what is on record",
        "simulate:simulate",
        "statutes:simulated",
        live="law:simulated",
    ),
    _row("statutes upgrade", "Take in the newest rule set", "statutes:upgrade"),
    _row(
        "statutes coverage",
        "Which rule judges which sentence",
        "statutes:coverage",
        "statutes:coverage",
        live="law:coverage",
    ),
)
TRUST = (
    _row(
        "check",
        "Judge the whole register as it stands",
        "check:check",
        "history:check",
        live="judged:check",
    ),
    _row("sync", "Take in and send what was recorded", "sync:sync"),
    _row("fmt", "Put records into canonical layout", "check:fmt"),
    _row(
        "review",
        "Tell and judge what a branch would change",
        "review:review",
        "review:review",
        "review:comment",
        live="judged:review",
    ),
    _row("trust add", "Record a key of a principal", "trust:add"),
    _row("trust revoke", "End a key for a reason", "trust:revoke"),
    _row("trust signers", "The keys as git reads them", "trust:signers"),
    _row("trust codeowners", "Whose review a path needs", "trust:codeowners"),
    _row(
        "audit",
        "Judge all of history again, commit by commit",
        "audit:audit",
        "history:audit",
        live="judged:audit",
    ),
)
PUBLISH = (
    _row("mail", "Write letters as drafts; nothing is sent", "mail:mail"),
    _row("report final", "A Final Report, or a step of it", "report:final", paper=True),
    _row(
        "report activity",
        "The activity report of a year",
        "report:activity",
        paper=True,
    ),
    _row("export json", "The whole register as of a day", "export:json_"),
    _row("export csv", "Its lists as tables, with datapackage.json", "export:csv"),
    _row("export xlsx", "Its lists as the sheets of a workbook", "export:xlsx"),
    _row("export ics", "Meetings, duties and ends as a calendar", "export:ics"),
    _row("export popolo", "Bodies, people and votes as Popolo", "export:popolo"),
    _row("site build", "The public site, as files", "site:build"),
    _row("export atom", "Decisions and notices as a feed", "export:atom"),
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


def nouns(table: Headings = DESK) -> tuple[str, ...]:
    """The first words that need a second one, in order."""
    return tuple(dict.fromkeys(row.words.split()[0] for row in rows(table) if " " in row.words))
