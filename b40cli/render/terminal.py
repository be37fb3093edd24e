"""The answer for a person at a terminal, in 80 columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from b40cli.model.answer import Answer
from b40cli.model.wording import counted
from b40cli.render.findings import finding_text, since, wrapped
from b40cli.render.screen_parts import UNOFFICIAL, _listed, checked, spelt, table, tree
from b40cli.render.visible import visible


def as_text(answer: Answer) -> str:
    """What was found first, then the answer, then what kind of register it is."""
    parts = [_findings(answer), _answer(answer)]
    if answer.asked and (answer.on not in parts[1] or "knew" in answer.asked):
        parts += ["\n".join(wrapped(answer.asked))]
    if answer.status == "unofficial":
        parts.append(UNOFFICIAL)
    return "\n\n".join(part for part in parts if part) + "\n"


def _findings(answer: Answer) -> str:
    if answer.command == "audit" and answer.result:
        from b40cli.render.audit import found

        return found(answer)
    return finding_text(answer.findings)


def _answer(answer: Answer) -> str:
    if answer.told is not None:
        return "\n".join(visible(line) for line in answer.told.rstrip("\n").split("\n"))
    tell = TELLERS.get(answer.command) or _further(answer.command)
    return "\n".join(tell({**answer.result, **answer.beside}))


def _further(command: str) -> Callable[[Mapping[str, Any]], list[str]]:
    from b40cli.render.audit import TELLERS as AUDIT
    from b40cli.render.office_screens import TELLERS as OFFICES
    from b40cli.render.review import review_lines
    from b40cli.render.screens import TELLERS as SCREENS

    if command == "review":
        return review_lines
    return AUDIT.get(command) or SCREENS.get(command) or OFFICES.get(command, _plain)


def _roll(result: Mapping[str, Any]) -> list[str]:
    members, voting = result["members"], result["voting"]
    there = counted(len(members), "member")
    lines = wrapped(f"Roll on {result['on']}: {there} on record, {len(voting)} with a vote.")
    if not result["complete"]:
        lines += wrapped(
            f"The list is not complete: {result['reported'] or 'an unknown number of'} members "
            "are reported. Nothing may be counted from it."
        )
    lines += ["", *wrapped(", ".join(members) or "nobody", "  ")]
    for name in ("suspended", "observers"):
        if result[name]:
            lines += ["", f"{name.capitalize()}:", *wrapped(", ".join(result[name]), "  ")]
    return lines


def _quorum(result: Mapping[str, Any]) -> list[str]:
    where = f"in {result['meeting']}" if result["meeting"] else f"if it met on {result['on']}"
    if not result["complete"]:
        lines = wrapped(
            f"Quorum {where}: undetermined, because {result['why']}. "
            f"{result['entitled']} are on record."
        )
        return [*lines, "No number is computed from an incomplete list."]
    met = "met" if result["met"] else f"not met, {result['missing']} more needed"
    lines = wrapped(
        f"Quorum {where}: {met}. {result['entitled']} entitled, {result['required']} required, "
        f"{result['counted']} counted ({result['present']} present, {result['represented']} "
        "represented)."
    )
    if result["could_come"] and not result["met"]:
        lines += ["", "Could still come or give a proxy:"]
        lines += wrapped(", ".join(result["could_come"]), "  ")
    return lines


def _committee(result: Mapping[str, Any]) -> list[str]:
    rows = [
        (s["seat"], s["city"] or s["state"], s["since"] or "", s["until"] or "", s["ground"] or "")
        for s in result["seats"]
    ]
    presidency = result["presidency"]
    lines = [f"Executive Committee on {result['on']}", ""]
    lines += table(("seat", "held by", "since", "until", "ground"), rows)
    if presidency:
        lines += ["", f"{presidency['city']} presides, {since(presidency['since'])}."]
    return lines


def _members(result: Mapping[str, Any]) -> list[str]:
    return _listed(result["members"], ("id", "name", "standing", "since", "basis"))


def _applications(result: Mapping[str, Any]) -> list[str]:
    return _listed(result["applications"], ("id", "name", "received", "state", "outcome"))


def _meetings(result: Mapping[str, Any]) -> list[str]:
    return _listed(result["meetings"], ("id", "kind", "opens", "basis"))


def _proxies(result: Mapping[str, Any]) -> list[str]:
    lines = _listed(result["proxies"], ("principal", "holder", "state"))
    said = [told["message"] for proxy in result["proxies"] for told in proxy["said"]]
    told = [line for message in said for line in wrapped(message, "    ", "  - ")]
    return [*lines, "", *told] if told else lines


def _decisions(result: Mapping[str, Any]) -> list[str]:
    rows = [
        {**each, "state": "annulled" if each["annulled"] else each["state"]}
        for each in result["decisions"]
    ]
    return _listed(rows, ("id", "matter", "subject", "state", "closed"))


def _log(result: Mapping[str, Any]) -> list[str]:
    rows = [(a["commit"][:10], a["on"] or a["day"], a["subject"]) for a in result["acts"]]
    return table(("commit", "on", "act"), rows)


def _member(result: Mapping[str, Any]) -> list[str]:
    start, mayor = result["since"], result["mayor"]
    said = [f"{result['name']} ({result['id']}, {result['country']}): {result['standing']}"]
    said += [since(start)] if start else []
    said += [] if start and start.startswith("by ") else [result["basis"]]
    said += ["suspended"] if result["suspended"] else []
    led = f"{mayor['capacity'].replace('-', ' ').capitalize()}: {mayor['name']}." if mayor else ""
    return [*wrapped(f"{', '.join(said)}. {led}".strip()), "", *tree(result["record"])]


def _show(result: Mapping[str, Any]) -> list[str]:
    lines = [result["path"], "", *tree(result["record"])]
    for correction in result.get("corrections", ()):
        said = (
            f"{correction['at']} was {spelt(correction['was'])}, corrected by {correction['id']} "
            f"on {correction['on']}: {correction['why']}"
        )
        lines += ["", *wrapped(said)]
    if annulled := result.get("annulled"):
        said = f"Annulled by {annulled['by']} on {annulled['on']}, {annulled['effect']}."
        lines += ["", *wrapped(said)]
    for void in result.get("rests_on_annulled", ()):
        said = (
            f"{void['at']}: {void['names']} was annulled by {void['by']} on {void['on']}, "
            f"{void['effect']}; what rests on it stands no longer."
        )
        lines += ["", *wrapped(said)]
    if result["named_by"]:
        lines += ["", "Named by:", *wrapped(", ".join(result["named_by"]), "  ")]
    return lines


def _check(result: Mapping[str, Any]) -> list[str]:
    lines = [line for said in checked(result) for line in wrapped(said)]
    if result["undetermined"]:
        lines += ["Undetermined:"]
        lines += [line for item in result["undetermined"] for line in wrapped(item, "    ", "  - ")]
    return lines


def _readings(result: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for reading in result["readings"]:
        lines += [*reading_lines(reading), ""]
    return lines[:-1]


def reading_lines(reading: Mapping[str, Any]) -> list[str]:
    """One open point: question, reading in force, the others."""
    articles = ", ".join(a.replace("art", "Art. ") for a in reading["articles"])
    lines = wrapped(f"{reading['id']}  {reading['question']} ({articles})", "        ", "")
    taken = f"{reading.get('reading', 'none')}, {reading.get('by', '')}: {reading['means']}"
    lines += wrapped(taken, "        ", "  taken ")
    for name, means in reading["others"].items():
        lines += wrapped(f"{name}: {means}", "        ", "  other ")
    return lines


def _explain(result: Mapping[str, Any]) -> list[str]:
    if "rule" in result:
        return _rule(result["rule"])
    if "reading" in result:
        reading = result["reading"]
        bears = [line for example in reading["examples"] for line in _example(example)]
        alone = ["", *wrapped("No rule turns on it: it says how a record is to be read.")]
        return [*reading_lines(reading), *(bears or alone)]
    return _article(result["article"])


def _example(example: Mapping[str, Any]) -> list[str]:
    """A rule the open point bears on, with what fails and what cures it."""
    return [
        "",
        *wrapped(f"bears on {example['rule']}  ({example['article']})"),
        *wrapped(example["norm"], "  "),
        *_failing(example),
        *_numbers(example["parameters"]),
    ]


def _failing(rule: Mapping[str, Any]) -> list[str]:
    return [
        *wrapped(rule["fails"], "    ", "  fails: "),
        *wrapped(rule["cure"], "    ", "  cure:  "),
    ]


def _numbers(parameters: Iterable[Mapping[str, Any]]) -> list[str]:
    said = (f"{parameter['name']}: {_said(parameter['value'])}" for parameter in parameters)
    return [line for number in said for line in wrapped(number, "    ", "  number: ")]


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _rule(rule: Mapping[str, Any]) -> list[str]:
    lines = wrapped(f"{rule['name']}  ({rule['article']}, {rule['kind']})")
    lines += [*wrapped(rule["norm"], "  "), "", *_failing(rule), *_numbers(rule["parameters"])]
    for reading in rule["readings"]:
        lines += wrapped(f"{reading['id']}: {reading.get('reading')}", "    ", "  reading: ")
    return lines


def _article(article: Mapping[str, Any]) -> list[str]:
    lines = [f"{article['id']}  {article['title']}", ""]
    for sentence in article["sentences"]:
        lines += wrapped(f"{sentence['id']}  {sentence['says']}", "        ", "")
        judged = ", ".join(sentence.get("rules", ())) or sentence.get("why_no_rule", "")
        lines += wrapped(judged, "        ", "     -> ")
    if article["open_points"]:
        lines += ["", *wrapped(f"Open points: {', '.join(article['open_points'])}.")]
    return lines


def _rule_sets(result: Mapping[str, Any]) -> list[str]:
    """By which of the tool's rule sets days are judged, and whether there is a newer one."""
    taken = [s for s in result["rule_sets"] if s["number"] == result["rule_set"]]
    begun = f", in force from {taken[0]['from']}" if taken else ""
    lines = [f"Rule set {result['rule_set']}{begun}."]
    ahead = [s for s in result["rule_sets"] if s["number"] > result["rule_set"]]
    lines += [f"Rule set {later['number']} is in force from {later['from']}." for later in ahead]
    newest = max([result["rule_set"], *(s["number"] for s in ahead)])
    if newest < result["newest"]:
        lines.append(f"Rule set {result['newest']} can be taken in: b40 statutes upgrade --dry-run")
    return lines


def _statutes(result: Mapping[str, Any]) -> list[str]:
    if "article" in result:
        return _article(result["article"])
    if "parameter" in result:
        return tree(result["parameter"])
    edition = result["edition"]
    head = f"Edition {edition['id']}, {since(edition['since'])}." if edition else "No edition."
    rows = [(a["id"], a["title"]) for a in result["articles"]]
    numbers = [
        (p["name"], p["article"], _short(p["value"])) for p in result["parameters"] if p["value"]
    ]
    return [
        head,
        *_rule_sets(result),
        "",
        *table(("article", "title"), rows),
        "",
        *table(("parameter", "", "value"), numbers),
    ]


def _short(value: Any) -> str:
    return f"{len(value)} names" if isinstance(value, list) else str(value)


def _plain(result: Mapping[str, Any]) -> list[str]:
    return tree(result, "")


TELLERS: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "roll": _roll,
    "quorum": _quorum,
    "committee show": _committee,
    "member list": _members,
    "member show": _member,
    "application list": _applications,
    "meeting list": _meetings,
    "proxy list": _proxies,
    "decision list": _decisions,
    "log": _log,
    "show": _show,
    "check": _check,
    "statutes readings": _readings,
    "statutes show": _statutes,
    "explain": _explain,
}
