"""The answer as Markdown: nothing a record holds is read as markup, a mention or a link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from b40cli.cli.telling import told as tell
from b40cli.model.answer import Answer
from b40cli.render.markdown import fenced, plain, unlinked_commits
from b40cli.render.visible import visible
from tests.render.answers import HOSTILE, answer, finding, record

PARTED = "<!-- -->"
MARKUP = (
    *HOSTILE,
    "@team and @org/team",
    "#1, a/b#2 and GH-3",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt; &#35; &copy;",
    "[a](https://x.example) ![b](c) [d]: e",
    "https://x.example www.x.example me@x.example",
    "**b** __b__ *i* _i_ ~~s~~ `c` ``` d",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "===",
    "---",
    "> quote",
    "| a | b |",
    "a\\",
    "    code",
    "~~~",
    "$x$ and $$y$$",
)
# Inline tokens our own words may make.
OURS = {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close", "code_inline"}


def answers(text: str) -> dict[str, Answer[Any]]:
    """The text in every place where a record's words can stand."""
    return {
        "value": record(name=text),
        "item": record(names=[text, text]),
        "key": record(**{text: "x"}),
        "deep": record(mayors=[{"name": text}]),
        "message": answer("check", finding(text)),
        "remedy": answer("check", finding(remedy=text)),
        "file": answer("check", finding(file=text, article=text)),
    }


def seen(told: str) -> tuple[set[str], str]:
    """The kinds of inline tokens in a document, and the text a reader sees."""
    kinds, words = set(), []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(told):
        kinds |= {token.type} & {"fence", "code_block", "html_block", "hr", "blockquote_open"}
        if token.type == "heading_open" and token.tag not in ("h2", "h3"):
            kinds.add("heading")
        for child in token.children or ():
            if (child.type, child.content) != ("html_inline", PARTED):
                kinds.add(child.type)
                words.append(child.content)
    return kinds, "".join(words)


@pytest.mark.parametrize("text", MARKUP)
def test_nothing_a_record_holds_is_markup(text: str) -> None:
    for place, whole in answers(text).items():
        kinds, words = seen(tell(whole, "markdown"))
        assert kinds <= OURS, place
        assert visible(text).strip() in words, place


@given(st.text(st.sampled_from("@#<>&[]()!*_~`|\\-+=.1 a\n:/"), min_size=1, max_size=30))
@example(PARTED)
def test_no_text_is_markup(text: str) -> None:
    kinds, words = seen(tell(record(name=text), "markdown"))
    assert kinds <= OURS
    assert visible(text).strip() in words


@pytest.mark.parametrize("text", ["@team", "a/b#2", "#1", "GH-3", "https://x.example", "www.x.y"])
def test_no_mention_issue_or_address_is_left_whole(text: str) -> None:
    """GitHub looks for these in the text nodes of the page; a comment between parts them."""
    told = tell(record(name=text), "markdown")
    nodes = re.split(r"<!--.*?-->", told.replace("\\", ""))
    assert not any(re.search(r"@\w|#\d|GH-\d|://\w|www\.", node) for node in nodes)


@pytest.mark.parametrize("text", [*MARKUP, "````", "```\n@team", "`````text\n"])
def test_what_is_told_as_it_stands_stays_in_its_fence(text: str) -> None:
    whole = answer("decision open", finding("x"))._replace(told=f"decision: {text}\n  More {text}")
    told = tell(whole, "markdown")
    blocks = [t for t in MarkdownIt("commonmark").parse(told) if t.type == "fence"]
    assert len(blocks) == 1 and blocks[0].content.startswith("decision: ")
    assert seen(told.split("\n```")[0])[0] <= OURS


@given(st.text(st.sampled_from("`~\n a"), max_size=30))
def test_a_fence_is_longer_than_any_in_the_text(text: str) -> None:
    [block] = MarkdownIt("commonmark").parse(fenced(text))
    assert block.type == "fence"
    assert block.content == text.rstrip("\n") + "\n"


def test_days_numbers_and_ids_stay_readable() -> None:
    for text in ("2026-03-10", "bg-plovdiv", "12", "-5", "2/3", "Art. 5", "EC-2026-001"):
        assert plain(text) == text


def test_a_refusal_says_so_and_gives_its_article() -> None:
    told = tell(answer("decision open", finding()), "markdown")
    assert told.startswith("## b40 decision open, 2026-03-10: refused\n")
    assert "- **refused** Art. 5 `a-rule` (registry/x.yaml:1:1)\n  A fact.\n  _A remedy._" in told


def test_a_check_is_told_in_sentences() -> None:
    counts = {"validity": 0, "duty": 1, "note": 2}
    there: dict[str, Any] = {"base": None, "records": 1, "counts": counts, "undetermined": []}
    there["rule_set"] = 1
    told = tell(answer("check", **there, attested={"members": 2}), "markdown")
    assert "\n\n1 file, by rule set 1: nothing is refused, 1 duty, 2 notes.\n\nAttested by" in told
    assert "null" not in told and "Undetermined" not in told
    unknown = {**there, "attested": {}, "undetermined": ["members: *whole*"]}
    told = tell(answer("check", **unknown), "markdown")
    assert told.endswith("\n\n### Undetermined (1)\n\n- members: \\*whole\\*\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (":tada:", ":<!-- -->tada:"),
        ("10:00:00", "10:00:00"),
        ("x.yaml:100:1", "x.yaml:<!-- -->100:1"),
        ("$x$", "\\$x\\$"),
        (":+1:", ":<!-- -->+1:"),
        ("mailto:x", "mailto<!-- -->:x"),
        ("\u24e6\uff57", "\u24e6<!-- -->\uff57<!-- -->"),
        ("a\ufe0fb\U0001d173", "a\\\\ufe0fb\\\\U0001d173"),
        ("\uff20mayor", "\uff20<!-- -->mayor"),
    ],
)
def test_what_a_host_makes_links_and_signs_of_is_parted(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1d3dc87ca7", "1d3dc8<!-- -->7ca7"),
        ("1234567 people", "123456<!-- -->7 people"),
        ("defaced", "deface<!-- -->d"),
        ("123456 people, 2026-11-29", "123456 people, 2026-11-29"),
    ],
)
def test_a_comment_leads_to_no_commit(text: str, shown: str) -> None:
    """A host makes links of their names; a paper's are to be copied and stay whole."""
    assert (unlinked_commits(text), plain(text)) == (shown, text)
