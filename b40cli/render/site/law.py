"""The statutes with the rule beside each sentence, the open points, and what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from b40cli.model.designation import starred
from b40cli.model.wording import begun, counted
from b40cli.render.screens.law import number_told
from b40cli.render.site.frame import Site, SitePage, facts, linked, none, table
from b40cli.render.site.markup import Markup, joined, tag
from b40cli.render.site.words import DUTIES, RULES, plain, short

if TYPE_CHECKING:
    from b40cli.model.results.published import PublishedDuty
    from b40cli.model.results.site import PointPublished
    from b40cli.model.results.statutes import ArticleCovered, RuleText, SentenceCovered

HELD = "held in print"


def statutes_page(site: Site) -> SitePage:
    """Each sentence in our words and its rule; after an article the points that it leaves open."""
    articles = site.material["articles"]
    sentences = [s for article in articles for s in article["sentences"]]
    ruled = sum(bool(s["rules"]) for s in sentences)
    body = joined(
        tag("h1", "Statutes"),
        tag(
            "p",
            f"Each sentence in our own words, and beside it the rule that judges it: "
            f"{counted(len(sentences), 'sentence')}, {ruled} under a rule, "
            f"{len(sentences) - ruled} with the reason why none can judge them.",
            class_="lead",
        ),
        [_article(site, article) for article in articles],
    )
    return SitePage("statutes.html", "Statutes", "Statutes", body)


def _article(site: Site, article: ArticleCovered) -> Markup:
    number = article["id"].removeprefix("art")
    points = [p for p in site.material["points"] if article["id"] in p["articles"]]
    heads = (("What it says, in our words", ""), ("The rule that judges it", ""))
    rows = [(_sentence(s), _judge(site, s)) for s in article["sentences"]]
    open_points = [tag("h3", f"Where Article {number} is open"), [_point(site, p) for p in points]]
    return joined(
        tag("h2", f"Article {number}. {starred(article['title'])}", id=article["id"]),
        table(f"Article {number}", heads, rows),
        open_points if points else None,
    )


def _sentence(sentence: SentenceCovered) -> Markup:
    number = sentence["id"].removeprefix("art")
    return tag(
        "div",
        tag("small", number),
        tag("span", starred(sentence["says"])),
        class_="sentence",
        id=sentence["id"],
    )


def _judge(site: Site, sentence: SentenceCovered) -> Markup:
    if not sentence["rules"]:
        return none(f"No rule. {starred(sentence['why_no_rule'] or '')}")
    kinds = {rule["name"]: rule["kind"] for rule in site.material["rules"]}
    return joined(
        *(
            tag(
                "div",
                linked(tag("code", name), f"rules.html#{name}"),
                tag("small", RULES.get(kinds.get(name, ""), HELD)),
            )
            for name in sentence["rules"]
        )
    )


def rules_page(site: Site) -> SitePage:
    """Each rule beside a sentence: what it asks, what fails, what helps, what it rests on."""
    rules = site.material["rules"]
    lead = f"{counted(len(rules), 'rule')} judge the sentences of the statutes, in their order."
    body = joined(
        tag("p", linked("Statutes", "statutes.html"), " / Rules", class_="crumbs"),
        tag("h1", "Rules"),
        tag("p", lead, class_="lead"),
        [_rule(rule) for rule in rules],
    )
    return SitePage("rules.html", "Statutes", "Rules", body)


def _rule(rule: RuleText) -> Markup:
    rows: list[tuple[str, object]] = [
        ("Article", rule["article"].removeprefix("Art. ")),
        ("Kind", RULES.get(rule["kind"], HELD)),
        ("Asks", starred(rule["norm"])),
        ("Fails", starred(rule["fails"])),
        ("What helps", starred(rule["cure"])),
        *((plain(n["name"]).capitalize(), number_told(n)) for n in rule["parameters"]),
        *((r["id"], starred(r["question"])) for r in rule["readings"]),
    ]
    return joined(tag("h2", rule["name"], id=rule["name"]), facts(rows))


def _point(site: Site, point: PointPublished) -> Markup:
    changed = {
        (name, reading): decision
        for decision, counted_as in site.material["arithmetic"].items()
        for name, others in counted_as["turns"].items()
        for reading in others
    }
    items, later = [], point["later"]
    for reading in point["readings"]:
        sign = "✓ " if reading["in_force"] else "· "
        told: list[object] = [sign, starred(reading["means"])]
        if reading["in_force"]:
            told.append(tag("small", f" in force, {_by(point['by'])}"))
        elif later and reading["id"] == later["reading"]:
            begins = f" in force from {later['since']}, {_by(later['by'])}"
            told.append(tag("small", begins))
        elif (point["id"], reading["id"]) in changed:
            decision = changed[point["id"], reading["id"]]
            link = linked(decision, f"decisions/{decision}.html")
            told.append(tag("small", " would have changed ", link))
        items.append(tag("li", told))
    return tag(
        "div",
        tag("p", tag("strong", starred(point["question"])), " ", tag("small", point["id"])),
        tag("ul", items),
        class_="reading",
    )


def _by(adopted: str | None) -> str:
    return "provisionally" if adopted == "provisional" else f"by {adopted}"


def duties_page(site: Site) -> SitePage:
    """What the network owes, by state: what hurts first."""
    duties = site.document["duties"]
    body = joined(
        tag("h1", "Duties"),
        tag(
            "p",
            "What the statutes ask of the network by some day. A missed one stays until it is met "
            "or acknowledged with its reason.",
            class_="lead",
        ),
        [_state(site, state, told) for state, told in DUTIES.items()]
        if duties
        else tag("p", none("None on record.")),
    )
    return SitePage("duties.html", "Duties", "Duties", body)


def _state(site: Site, state: str, told: str) -> Markup | None:
    found = [d for d in site.document["duties"] if d["state"] == state]
    if not found:
        return None
    ordered = sorted(found, key=lambda d: (d["due"] or "9999", d["duty"], d["of"]))
    heads = (("Due", "day"), ("Duty", ""), ("Of", ""), ("Owed by", ""), ("Article", ""))
    rows = [_duty(duty) for duty in ordered]
    caption = counted(len(rows), "duty")
    return joined(tag("h2", told[0] + told[1:]), table(caption, heads, rows))


def _duty(duty: PublishedDuty) -> tuple[object, ...]:
    of = f"{duty['of']} {duty['subject'] or ''}".strip()
    met = [tag("small", f"met {short(duty['met'])}")] if duty["met"] else None
    return (
        joined(short(duty["due"]) if duty["due"] else "", met),
        begun(plain(duty["duty"])),
        of,
        plain(duty["owner"]),
        duty["article"],
    )
