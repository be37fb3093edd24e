"""A review for a person: at the terminal, or as the one comment under a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import wrapped

MARKER = "<!-- b40-review -->"
# A host takes 65,536 characters a comment; what is longer is told to that length.
MOST_CHARACTERS = 60_000
MOST_ITEMS = 40
SECTIONS = (
    ("members", "Members and votes"),
    ("offices", "Offices and terms"),
    ("decisions", "Decisions"),
    ("meetings", "Meetings"),
    ("corrections", "Corrections"),
    ("closed", "Closed records touched"),
    ("law", "Statutes, readings, network and keys"),
)
ASSEMBLY = (
    ("members", "members", "stay"),
    ("voters", "voters", "stay"),
    ("quorum", "quorum", "stays"),
    ("absolute_majority", "an absolute majority", "stays"),
    ("two_thirds", "two thirds of all members", "stay"),
)
Result = Mapping[str, Any]


class Part(NamedTuple):
    """A heading and the sentences under it."""

    title: str
    sentences: tuple[str, ...]


def parts(result: Result) -> Iterator[Part]:
    """What changes, part by part, in the statutes' words."""
    if "changes" not in result:
        return
    for name, title in SECTIONS:
        yield Part(title, tuple(change["says"] for change in result["changes"][name]))
        if name == "members":
            yield Part("Roll, quorum, majorities", tuple(_numbers(result["numbers"])))
    yield Part("Duties", tuple(duty["says"] for duty in result["duties"]))
    yield Part("Files", tuple(_files(result["records"])))


def _numbers(listed: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for numbers in listed:
        yield f"On {numbers['on']}: {'; '.join((_assembly(numbers), _committee(numbers)))}."


def _assembly(numbers: Mapping[str, Any]) -> str:
    pairs = numbers["assembly"]
    said = [_pair(name, stays, *pairs[key]) for key, name, stays in ASSEMBLY]
    if pairs["quorum"] == [None, None]:
        said.append("quorum and majorities undetermined, the list of members is not whole")
    return ", ".join(filter(None, said))


def _committee(numbers: Mapping[str, Any]) -> str:
    pairs = numbers["committee"]
    if pairs["seats"] == [None, None]:
        return "Executive Committee undetermined, not every seat is known"
    said = (
        _pair("filled seats", "stay", *pairs["seats"]),
        _pair("quorum", "stays", *pairs["quorum"]),
    )
    return f"Executive Committee: {', '.join(said)}"


def _pair(name: str, stays: str, was: int | None, now: int | None) -> str:
    if was is None and now is None:
        return ""
    if was == now:
        return f"{name} {stays} {now}"
    one, other = ("undetermined" if n is None else str(n) for n in (was, now))
    return f"{name} {one} → {other}"


def _files(records: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for what in ("added", "changed", "removed"):
        if records[what]:
            yield f"{what}: {', '.join(p.removeprefix('registry/') for p in records[what])}"


def review_lines(result: Result) -> list[str]:
    """The review at a terminal, in 80 columns; what does not change is left out."""
    lines = wrapped(f"Review of {result['range']}{_commits(result)}")
    for warning in result.get("warnings", ()):
        lines += ["", *wrapped(warning, "  ", "! ")]
    for part in _filled(result):
        lines += ["", f"{part.title}:"]
        for sentence in _few(part.sentences):
            lines += wrapped(sentence, "    ", "  - ")
    if "judged_by" in result:
        lines += ["", *wrapped(_judged_by(result))]
    return [*lines, "", *wrapped(result["verdict"]["says"])]


def _filled(result: Result) -> list[Part]:
    """The parts with something in them; of a change of nothing none."""
    records = result.get("records", {})
    return [p for p in parts(result) if p.sentences] if any(records.values()) else []


def _commits(result: Result) -> str:
    span = f"{result['base'][:10]}..{result['head'][:10]}"
    if "commits" not in result:
        return f" ({span})"
    return f" ({span}, {counted(result['commits'], 'commit')})"


def _judged_by(result: Result) -> str:
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


def as_comment(answer: Answer) -> str:
    """The review as one Markdown comment; its first line finds it again, to be updated in place."""
    from b40cli.render.markdown import plain
    from b40cli.render.screen_parts import UNOFFICIAL

    result = answer.result
    if "verdict" not in result:
        return f"{MARKER}\n## Review: not possible\n\n{_findings(answer.findings)}\n"
    mark = "✅" if answer.ok else "❌"
    head = [MARKER, f"## Review of {plain(result['range'] + _commits(result))}"]
    blocks = ["\n".join(head), f"{mark} **{plain(result['verdict']['says'])}**"]
    blocks += [f"> ⚠️ **{plain(warning)}**" for warning in result.get("warnings", ())]
    if answer.findings:
        blocks.append(f"### Findings\n\n{_findings(answer.findings)}")
    blocks += [_section(part) for part in _filled(result)]
    last = [plain(_judged_by(result))] if "judged_by" in result else []
    last += [UNOFFICIAL] if answer.status == "unofficial" else []
    return _shortened(blocks, [f"_{line}_" for line in last])


def _section(part: Part) -> str:
    from b40cli.render.markdown import plain

    items = "\n".join(f"- {plain(sentence)}" for sentence in _few(part.sentences))
    return f"### {part.title}\n\n{items}"


def _findings(findings: Iterable[Any]) -> str:
    from b40cli.render.markdown import finding_item

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
    return "\n\n".join([*kept, *last]) + "\n"
