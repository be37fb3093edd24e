"""A review for a person: at the terminal, or as the one comment under a pull request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from b40cli.model.answer import Answer
from b40cli.model.finding import Finding
from b40cli.model.paper import Ballots
from b40cli.model.ref import ref_of
from b40cli.model.wording import BODIES, UNOFFICIAL, begun, counted, seat_in_words
from b40cli.render.called import in_sentence
from b40cli.render.findings import wrapped
from b40cli.render.markdown import finding_item, plain, unlinked_commits
from b40cli.render.papers.told_in_words import missing, squares, votes_said

if TYPE_CHECKING:
    from b40cli.model.results.reviews import Files, Numbers, Pair, RecordMoved, Reviewed

MARKER = "<!-- b40-review -->"
# A host takes 65,536 characters a comment; what is longer is told to that length.
MOST_CHARACTERS = 60_000
MOST_ITEMS = 40


class Part(NamedTuple):
    """A heading and the sentences under it."""

    title: str
    sentences: tuple[str, ...]


def parts(result: Reviewed) -> Iterator[Part]:
    """What changes, part by part, in the statutes' words."""
    changes = result.get("changes")
    if changes is None:
        return
    mine = result.get("for_city")
    if mine is not None:
        nothing = (f"Nothing in this branch names {mine['name']}.",)
        yield Part(f"For {mine['name']}", tuple(mine["says"]) or nothing)
    yield Part("Members and votes", tuple(c["says"] for c in changes["members"]))
    yield Part("Roll, quorum, majorities", tuple(map(_numbers, result["numbers"])))
    yield Part("Offices and terms", tuple(c["says"] for c in changes["offices"]))
    for title, moved in (
        ("Decisions", changes["decisions"]),
        ("Meetings", changes["meetings"]),
        ("Corrections", changes["corrections"]),
        ("Closed records touched", changes["closed"]),
        ("Statutes, readings, network and keys", changes["law"]),
    ):
        yield Part(title, tuple(change["says"] for change in moved))
    yield Part("Duties", tuple(duty["says"] for duty in result["duties"]))
    yield Part("Files", tuple(_files(result["records"])))


def _numbers(numbers: Numbers) -> str:
    return f"On {numbers['on']}: {'; '.join((_assembly(numbers), _committee(numbers)))}."


def _assembly(numbers: Numbers) -> str:
    pairs = numbers["assembly"]
    said = [
        _pair("members stay", pairs["members"]),
        _pair("voters stay", pairs["voters"]),
        _pair("quorum stays", pairs["quorum"]),
        _pair("an absolute majority stays", pairs["absolute_majority"]),
        _pair("two thirds of all members stay", pairs["two_thirds"]),
    ]
    if pairs["quorum"] == [None, None]:
        said.append("quorum and majorities undetermined, the list of members is not whole")
    return ", ".join(filter(None, said))


def _committee(numbers: Numbers) -> str:
    pairs = numbers["committee"]
    if pairs["seats"] == [None, None]:
        return "Executive Committee undetermined, not every seat is known"
    said = _pair("filled seats stay", pairs["seats"]), _pair("quorum stays", pairs["quorum"])
    return f"Executive Committee: {', '.join(said)}"


def _pair(stays: str, pair: Pair) -> str:
    was, now = pair
    if was is None and now is None:
        return ""
    if was == now:
        return f"{stays} {now}"
    one, other = ("undetermined" if n is None else str(n) for n in (was, now))
    return f"{stays.rpartition(' ')[0]} {one} → {other}"


def _files(records: Files) -> Iterator[str]:
    for what, paths in (
        ("added", records["added"]),
        ("changed", records["changed"]),
        ("removed", records["removed"]),
    ):
        if paths:
            yield f"{what}: {', '.join(p.removeprefix('registry/') for p in paths)}"


def review(answer: Answer[Reviewed]) -> list[str]:
    """The review at a terminal, in 80 columns; what does not change is left out."""
    result = answer.result
    lines = wrapped(f"Review of {result['range']}{span(result)}")
    for warning in result["warnings"]:
        lines += ["", *wrapped(warning, "  ", "! ")]
    for part in filled(result):
        lines += ["", f"{part.title}:"]
        for sentence in _few(part.sentences):
            lines += wrapped(sentence, "    ", "  - ")
    if "judged_by" in result:
        lines += ["", *wrapped(judged_by(result))]
    return [*lines, "", *wrapped(result["verdict"]["says"])]


SEAT = re.compile("Committee seat (president|former|next|elected-)")
KEY = re.compile("[a-z]+(-[a-z]+)+")
ABOUT = re.compile(" (?=(?:members|observers|groups)/)")
OWNER = re.compile(r"(?<=, )[a-z]+(-[a-z]+)*(?=\): )")


def in_names(result: Reviewed, name: Callable[[str], str]) -> list[Part]:
    """The parts as people say them: names for cities and meetings, words for seats and duties."""
    return [
        Part(title, tuple(in_sentence(_worded(title, each), name) for each in sentences))
        for title, sentences in filled(result)
    ]


def _worded(title: str, sentence: str) -> str:
    """`final-report of …, permanent-secretary): none → met` in words; seats by their names."""
    if title == "Duties":
        said = KEY.sub(lambda key: key[0].replace("-", " "), sentence, count=1)
        owner = OWNER.sub(lambda key: f"the {BODIES.get(key[0], key[0])}", said)
        owner = ABOUT.sub(", ", owner)
        return begun(owner.replace(": none →", ": not owed →").replace("→ none.", "→ not owed."))
    return SEAT.sub(lambda seat: f"Committee, {_seat(seat[1])}", sentence)


def _seat(key: str) -> str:
    return "elected seat " if key == "elected-" else seat_in_words(key)


def filled(result: Reviewed) -> list[Part]:
    """The parts with something in them; of a change of nothing none."""
    if not any(result.get("records", {}).values()):
        return []
    return [part for part in parts(result) if part.sentences]


def span(result: Reviewed) -> str:
    """The commits it goes over, in brackets."""
    ends = f"{result['base'][:10]}..{result['head'][:10]}"
    if "commits" not in result:
        return f" ({ends})"
    return f" ({ends}, {counted(result['commits'], 'commit')})"


def judged_by(result: Reviewed) -> str:
    """By whose law it was judged."""
    by = result["judged_by"]
    edition = f", edition {by['edition']}" if by["edition"] else ""
    return (
        f"Judged by the statutes, parameters and readings of {by['law_of'][:10]} (the base"
        f"{edition}) and the schemas and rules of b40 {by['version']}."
    )


def _few(sentences: Sequence[str]) -> Iterator[str]:
    yield from sentences[:MOST_ITEMS]
    if len(sentences) > MOST_ITEMS:
        yield f"and {len(sentences) - MOST_ITEMS} more"


def comment(answer: Answer[Reviewed]) -> str:
    """The review as one Markdown comment; its first line finds it again, to be updated in place."""
    result = answer.result
    mark = "✅" if answer.ok else "❌"
    head = [MARKER, f"## Review of {plain(result['range'] + span(result))}"]
    blocks = ["\n".join(head), f"{mark} **{plain(result['verdict']['says'])}**"]
    blocks += [f"> ⚠ **{plain(warning)}**" for warning in result["warnings"]]
    drawn = _pictures(result)
    told = in_names(result, answer.beside.get("name", str))
    sections = [_section(part, drawn.get(part.title, "")) for part in told]
    # What moves for one's own city comes first.
    mine = 1 if "for_city" in result and sections else 0
    blocks += sections[:mine]
    if answer.findings:
        blocks.append(f"### Findings\n\n{_findings(answer.findings)}")
    blocks += sections[mine:]
    last = [plain(judged_by(result))] if "judged_by" in result else []
    last += [UNOFFICIAL] if answer.status == "unofficial" else []
    return _shortened(blocks, [f"_{line}_" for line in last])


def _section(part: Part, picture: str) -> str:
    items = "\n".join(f"- {plain(sentence)}" for sentence in _few(part.sentences))
    return "\n\n".join(filter(None, (f"### {part.title}", items, picture)))


def _pictures(result: Reviewed) -> dict[str, str]:
    """What is easier seen than read, in signs that any page shows: numbers before and after, votes
    as one square a ballot."""
    changes = result.get("changes")
    if changes is None:
        return {}
    votes = {
        each["says"]: drawn for each in changes["decisions"][:MOST_ITEMS] if (drawn := _drawn(each))
    }
    tables = [table for each in result["numbers"] if (table := _table(each))]
    pictures = {
        "Decisions": "\n".join(votes.values()),
        "Roll, quorum, majorities": "\n\n".join(tables),
    }
    mine = result.get("for_city")
    if mine is not None:
        own = (votes[said] for said in mine["says"] if said in votes)
        pictures[f"For {mine['name']}"] = "\n".join(own)
    return pictures


def _drawn(moved: RecordMoved) -> str:
    """A vote as a picture in text, and what it shows in words."""
    votes = moved.get("votes")
    if votes is None:
        return ""
    ballots = Ballots((votes["yes"], votes["against"], votes["abstain"]), votes["required"])
    gone = missing(ballots)
    said = f"{votes_said(ballots)}{f' ({gone})' if gone else ''}"
    return f"- {plain(ref_of(moved['record']).id)}: {squares(ballots)} {said}"


def _table(numbers: Numbers) -> str:
    """What moves of roll, quorum and majorities; empty where nothing does."""
    moved: dict[str, Pair] = {
        "members": numbers["assembly"]["members"],
        "with a vote": numbers["assembly"]["voters"],
        "quorum of the Assembly": numbers["assembly"]["quorum"],
        "absolute majority": numbers["assembly"]["absolute_majority"],
        "two thirds of all": numbers["assembly"]["two_thirds"],
        "seats of the committee": numbers["committee"]["seats"],
        "quorum of the committee": numbers["committee"]["quorum"],
    }
    rows = [
        f"| {label} | {' | '.join('?' if n is None else str(n) for n in pair)} |"
        for label, pair in moved.items()
        if pair[0] != pair[1]
    ]
    head = [f"| on {numbers['on']} | before | after |", "|---|---:|---:|"]
    return "\n".join([*head, *rows]) if rows else ""


def _findings(findings: Iterable[Finding]) -> str:
    listed = tuple(findings)
    told = [finding_item(finding) for finding in listed[:MOST_ITEMS]]
    if len(listed) > MOST_ITEMS:
        told.append(f"- and {len(listed) - MOST_ITEMS} more")
    return "\n".join(told)


def _shortened(blocks: list[str], last: list[str]) -> str:
    """Whole blocks as long as they fit; the marker and the verdict always do."""
    kept: list[str] = []
    size = sum(map(len, last))
    for block in blocks:
        size += len(block) + 2
        if size > MOST_CHARACTERS:
            kept.append("_More than a comment holds: `b40 review` tells all of it._")
            break
        kept.append(block)
    return unlinked_commits("\n\n".join([*kept, *last])) + "\n"
