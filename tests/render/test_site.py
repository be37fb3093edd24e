"""The public site: whole, without script or request, the same bytes, no name obeyed."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from b40cli.acts import handing_out
from b40cli.acts.handing_out import MANIFEST, replace_in
from b40cli.acts.opened.view import View, open_view
from b40cli.acts.papers.public import public_papers
from b40cli.acts.published.site import material
from b40cli.model.errors import ConflictError
from b40cli.render.exports.document import designated_document
from b40cli.render.kosovo import NOTE
from b40cli.render.site import map as atlas
from b40cli.render.site.build import site_files
from b40cli.render.site.markup import VOID, tag
from tests import year as told_year

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = {"register.json": b"{}"}
HOSTILE = '<script>alert(1)</script> & "Ž\u202e' + "X" * 500


def _material(view: View) -> Any:
    made = material(view)
    return {**made, "document": designated_document(made["document"])}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    return told_year.year(tmp_path_factory.mktemp("site") / "register")


@pytest.fixture(scope="module")
def made(view: View) -> Any:
    return _material(view)


@pytest.fixture(scope="module")
def shipped() -> Any:
    """The real register, which is unofficial and lies on a map."""
    return _material(open_view(ROOT, told_year.DAY))


@pytest.fixture(scope="module")
def files(made: Any) -> dict[str, bytes]:
    return site_files(made, DATA)


class Elements(HTMLParser):
    """The elements of a page; each end closes what was opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def parsed(page: bytes) -> Elements:
    """A page as its elements."""
    elements = Elements()
    elements.feed(page.decode())
    elements.close()
    return elements


def pages(files: dict[str, bytes]) -> Iterator[tuple[str, Elements]]:
    """Every page by its path."""
    return ((path, parsed(text)) for path, text in files.items() if path.endswith(".html"))


def words(page: Elements) -> str:
    return " ".join(" ".join(page.text).split())


def test_there_is_a_page_for_each(made: Any, files: dict[str, bytes]) -> None:
    for kind in ("members", "meetings", "decisions"):
        for row in made["document"][kind]:
            assert f"{kind}/{row['id']}.html" in files


def test_pages_are_well_formed_and_run_nothing(files: dict[str, bytes]) -> None:
    for path, page in pages(files):
        assert not page.faults and not page.open, path
        kinds = {kind for kind, _attributes in page.found}
        assert not kinds & {"script", "iframe", "object", "embed", "img", "link", "form"}, path
        for _kind, attributes in page.found:
            assert not any(key.startswith("on") or key in ("src", "style") for key in attributes)
        ids = [a["id"] for _kind, a in page.found if "id" in a]
        assert len(set(ids)) == len(ids), path
        assert [kind for kind, _a in page.found].count("h1") == 1, path


def test_every_link_leads_somewhere(files: dict[str, bytes]) -> None:
    for path, page in pages(files):
        here = PurePosixPath("/", path).parent
        for kind, attributes in page.found:
            to = attributes.get("href") or ""
            if kind != "a" or to.startswith(("#", "https://", "http://")):
                continue
            parts: list[str] = []
            to, _hash, anchor = to.partition("#")
            for part in (*here.parts[1:], *to.split("/")):
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in files, (path, to)
            assert not anchor or f' id="{anchor}"'.encode() in files["/".join(parts)], (
                path,
                anchor,
            )


def test_papers_are_led_to_from_what_they_are_of(
    made: Any, view: View, files: dict[str, bytes]
) -> None:
    """A report waits for its approval; without papers nothing tells of any."""
    early = view._replace(on=date(2026, 2, 10))
    names = {name for name, _paper in public_papers(view)}
    assert {"GA-2026-004", "activity-2025"} <= names and "2026-01-24-ga-report" in names
    assert "2026-01-24-ga-report" not in {name for name, _paper in public_papers(early)}
    papers = {f"{name}.pdf": b"%PDF-" for name in names}
    held = site_files(made, DATA, papers)
    where = {
        "decisions/GA-2026-004.html": "GA-2026-004",
        "data/index.html": "activity-2025",
        "meetings/2026-01-24-ga.html": "2026-01-24-ga-report",
    }
    for path, kept in where.items():
        assert f'href="../papers/{kept}.pdf"'.encode() in held[path]
        assert b".pdf" not in files[path]
    assert b"--papers" in held["verify.html"] and b"--papers" not in files["verify.html"]


def test_the_policy_lets_in_the_page_s_own_style_alone(files: dict[str, bytes]) -> None:
    for path, page in pages(files):
        (style,) = re.findall(r"<style>(.*?)</style>", files[path].decode(), re.DOTALL)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policies = [a["content"] for k, a in page.found if k == "meta" and "http-equiv" in a]
        assert policies == [
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        ]


def test_the_same_register_gives_the_same_bytes(view: View, files: dict[str, bytes]) -> None:
    again = open_view(view.repository.root, told_year.DAY)
    assert site_files(_material(again), DATA) == files


def test_the_note_stands_once_where_kosovo_is_named(files: dict[str, bytes]) -> None:
    named = 0
    for path, page in pages(files):
        said = words(page).replace(NOTE, "", 1)
        assert words(page).count(NOTE) == ("Kosovo" in said), path
        assert "Kosovo" not in said.replace("Kosovo*", ""), path
        named += "Kosovo*" in said
    assert named > 3


def test_who_is_unofficial_says_so_everywhere(files: dict[str, bytes], shipped: Any) -> None:
    assert all("Unofficial" not in words(page) for _path, page in pages(files))
    for path, page in pages(site_files(shipped, DATA)):
        assert "Unofficial. Nobody has adopted this register." in words(page), path


def test_a_decision_tells_its_arithmetic(files: dict[str, bytes]) -> None:
    page = words(parsed(files["decisions/GA-2026-004.html"]))
    assert "✗ Rejected, one vote short" in page
    assert "Quorum: present or represented 21 16 ✓ met" in page
    assert "Absolute majority, of 21 10 11 ✗ 1 short" in page
    assert "One reading would have changed it" in page
    assert "For, 10" in page and "Against, 8" in page and "Abstained, 3" in page


def test_a_name_stays_text(made: Any) -> None:
    given = deepcopy(made)
    city = given["document"]["members"][0]
    city["name"] = city["mayor"] = HOSTILE
    given["document"]["decisions"][0]["title"] = HOSTILE
    given["document"]["meetings"][0]["title"] = HOSTILE
    given["document"]["network"]["name"] = HOSTILE
    given["document"]["sources"] = [
        {"key": "x", "title": HOSTILE, "address": "javascript:alert(1)"}
    ]
    for path, page in pages(site_files(given, DATA)):
        assert not page.faults, path
        assert "script" not in {kind for kind, _attributes in page.found}, path
        assert "\u202e" not in "".join(page.text), path
        links = [a.get("href") or "" for _kind, a in page.found]
        assert not any(link.startswith("javascript:") for link in links), path


def test_an_attribute_cannot_be_left() -> None:
    assert tag("a", "x", title='" onclick="y') == '<a title="&quot; onclick=&quot;y">x</a>'


def test_names_on_the_map_do_not_cross(shipped: Any) -> None:
    cities = [(m["name"], m["gazetteer"], False) for m in shipped["document"]["members"]]
    spots = atlas.spots(cities)
    names = atlas.placed(spots)
    assert len(spots) == len(cities)
    assert len(names) == len(spots), {s.name for s in spots} - {n.spot.name for n in names}
    for one, other in combinations(names, 2):
        assert not one.box.crosses(other.box), (one.spot.name, other.spot.name)
    for name in names:
        for spot in spots:
            here = atlas.Box(spot.x, spot.y, spot.x + 1, spot.y + 1)
            assert not name.box.crosses(here), (name.spot.name, spot.name)


def test_no_page_is_large(files: dict[str, bytes], shipped: Any) -> None:
    """60 KB gzipped (design: the largest page)."""
    every = {**files, **{f"shipped/{k}": v for k, v in site_files(shipped, DATA).items()}}
    sizes = {p: len(gzip.compress(t, mtime=0)) for p, t in every.items() if p.endswith(".html")}
    assert max(sizes.values()) <= 60_000, max(sizes, key=lambda path: sizes[path])


def test_a_folder_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    replace_in(folder, {"a.html": b"1", "old/b.html": b"2"})
    replace_in(folder, {"a.html": b"3", "c.html": b"4"})
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {
        "a.html",
        "c.html",
        MANIFEST,
    }
    assert (folder / "a.html").read_bytes() == b"3"


def test_a_register_s_data_may_be_larger_than_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_out, "DOCUMENT", 8)
    for data in (b"all of its records", b"all of them, and one more"):
        replace_in(tmp_path, {"register.json": data})
        assert (tmp_path / "register.json").read_bytes() == data


@pytest.mark.parametrize("written", ["before", "beside", "since"])
def test_what_others_wrote_is_left_alone(tmp_path: Path, written: str) -> None:
    """A folder in which others work is no site's, either."""
    if written == "since":
        replace_in(tmp_path, {"a.html": b"1", "b.html": b"1"})
    (tmp_path / "mine.txt").write_bytes(b"mine")
    if written != "beside":
        (tmp_path / "a.html").write_bytes(b"mine")
    with pytest.raises(ConflictError):
        replace_in(tmp_path, {"a.html": b"2", "b.html": b"2"})
    assert written == "beside" or (tmp_path / "a.html").read_bytes() == b"mine"
    assert not (tmp_path / "b.html").exists() or (tmp_path / "b.html").read_bytes() == b"1"


def test_a_fresh_clone_of_a_branch_for_pages_is_built_in(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    replace_in(tmp_path, {"a.html": b"1"})
    assert (tmp_path / "a.html").read_bytes() == b"1"


def test_a_manifest_leads_nowhere_else(tmp_path: Path) -> None:
    """What a folder brings along names no file outside it."""
    outside = tmp_path / "mine"
    outside.write_bytes(b"mine")
    folder = tmp_path / "site"
    folder.mkdir()
    digest = sha256(b"mine").hexdigest()
    (folder / MANIFEST).write_text(f'{{"../mine": "{digest}"}}')
    replace_in(folder, {"a.html": b"1"})
    (folder / "deep").symlink_to(tmp_path)
    (folder / "ring").symlink_to("ring")
    for name in ("deep/mine", "ring"):
        with pytest.raises(ConflictError):
            replace_in(folder, {name: b"2"})
    assert outside.read_bytes() == b"mine"
