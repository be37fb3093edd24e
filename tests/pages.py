"""The public site in a real browser: `python -m tests.pages` (`make test-pages`), by itself.

Of the shipped register and of the invented year: every kind of page at 360, 800 and 1,600 pixels,
light, dark and as print, with JavaScript off. Nothing may scroll sideways, ask for anything or
write to the console; then axe (with JavaScript on, since axe is a script) finds no violation, and
what it could not decide is listed; the HTML checker reads every page (it needs Java). The browser
is Debian's chromium; `--pictures DIR` keeps what was seen.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from b40cli.acts.handing_out import replace_in
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.published.site import material
from b40cli.render.exports.document import designated_document
from b40cli.render.site.build import site_files
from tests import year as told_year

JAR = Path(__file__).parents[1] / ".venv/readers/node_modules/vnu-jar/build/dist/vnu.jar"
# What the HTML checker has against the pages, and why they stay as they are; anything else is told.
MISTAKEN = {
    "CSS: “paint-order”: Property “paint-order” doesn't exist": "a property of SVG 2",
    "CSS: “r”: Property “r” doesn't exist": "a property of SVG 2; without it the dots are smaller",
    "Inline style violates Content Security Policy (meta tag)": "its hash stands in the policy: "
    "the browser applies it, and says nothing on its console",
}

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = (360, 800, 1600)
LOOKS = (("light", "screen"), ("dark", "screen"), ("light", "print"))
PAGES = (
    *("index.html", "members/index.html", "presidency.html", "meetings/index.html"),
    *("decisions/index.html", "duties.html", "statutes.html", "rules.html"),
    *("data/index.html", "verify.html"),
)
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
# What axe leaves to a person, and the answer that was found; anything else is told.
ANSWERED = {
    "color-contrast": "names on the map have a halo of the land's colour: 10 to 1 and more",
}


def sites(folder: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """Each site by name, its folder, and the pages to look at: one of each kind."""
    opened = {
        "shipped": open_view(ROOT, told_year.DAY),
        "invented": told_year.year(folder / "register"),
    }
    for name, view in opened.items():
        out = folder / name
        replace_in(out, _files(view))
        some = [path for kind in ("members", "meetings", "decisions") for path in _one(out, kind)]
        yield name, out, [*PAGES, *some]


def _files(view: View) -> dict[str, bytes]:
    made = material(view)
    made["document"] = designated_document(made["document"])
    return site_files(made, {"register.json": b"{}"})


def _one(out: Path, kind: str) -> list[str]:
    """The largest page of a kind."""
    found = [p for p in (out / kind).glob("*.html") if p.name != "index.html"]
    largest = max(found, key=lambda p: p.stat().st_size, default=None)
    return [f"{kind}/{largest.name}"] if largest else []


def looked_at(
    browser: Any, name: str, out: Path, pages: Sequence[str], keep: Path | None
) -> list[str]:
    """What is wrong with the pages as they are seen."""
    wrong = []
    for scheme, medium in LOOKS:
        for width in WIDTHS:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=False,
            )
            page = context.new_page()
            page.emulate_media(media=medium, color_scheme=scheme)
            heard: list[str] = []
            page.on("console", lambda said, heard=heard: heard.append(f"console: {said.text}"))
            page.on("request", lambda asked, heard=heard: heard.append(asked.url))
            for path in pages:
                heard.clear()
                address = (out / path).as_uri()
                page.goto(address)
                what = f"{name}/{path} at {width}, {scheme}, {medium}"
                wrong += [f"{what}: {line}" for line in heard if line != address]
                wide = page.locator("html").evaluate("e => e.scrollWidth")
                wrong += [f"{what}: {wide} pixels wide"] if wide > width else []
                if keep is not None:
                    picture = f"{name}-{path.replace('/', '-')}-{width}-{scheme}-{medium}.png"
                    page.screenshot(path=keep / picture, full_page=True)
            context.close()
    return wrong


def heard_by_axe(
    browser: Any, name: str, out: Path, pages: Sequence[str]
) -> tuple[list[str], Counter[str]]:
    """What axe finds in the pages, light and dark, and what it leaves to a person."""
    from axe_playwright_python.sync_playwright import Axe

    wrong, undecided = [], Counter[str]()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        for path in pages:
            page.goto((out / path).as_uri())
            found = Axe().run(page).response
            for each in found["violations"]:
                where = "; ".join(str(node["target"]) for node in each["nodes"][:3])
                wrong.append(f"{name}/{path}, {scheme}: {each['id']}: {each['help']} ({where})")
            for each in found["incomplete"]:
                undecided[each["id"]] += len(each["nodes"])
        context.close()
    return wrong, undecided


def checked(out: Path) -> Iterator[str]:
    """What the HTML checker finds in every page of a site."""
    pages = sorted(out.rglob("*.html"))
    command = ["java", "-Xmx512m", "-jar", str(JAR), "--format", "gnu", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in (done.stdout + done.stderr).splitlines():
        if not any(each in line for each in MISTAKEN):
            yield line.replace(f"{out.as_uri()}/", f"{out.name}/")


def main(words: Sequence[str]) -> int:
    """Look at all of it; how much is wrong."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None or shutil.which("java") is None or not JAR.exists():
        print("There is no chromium, Java or HTML checker: apt-get install chromium", end=" ")
        print("default-jre-headless npm; make test-pages")
        return 1
    keep = Path(words[1]) if words[:1] == ["--pictures"] else None
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    undecided: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, out, pages in sites(Path(folder)):
            wrong += looked_at(browser, name, out, pages, keep)
            told, left = heard_by_axe(browser, name, out, pages)
            wrong += told
            undecided += left
            wrong += checked(out)
        browser.close()
    for rule, many in sorted(undecided.items()):
        answer = ANSWERED.get(rule)
        print(f"axe leaves {rule} to a person, {many} places: {answer or 'nobody answered'}")
        wrong += [] if answer else [f"axe: {rule} is not answered"]
    print(*(wrong or ["Every page is as it should be."]), sep="\n")
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(min(main(sys.argv[1:]), 1))
