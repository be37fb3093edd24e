"""Tampering with five years of history: each kind is found, by its rule, at its commit."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from b40cli.acts.audit.audit import audit
from b40cli.acts.opened.session import open_session
from b40cli.acts.opened.view import open_view
from b40cli.acts.register.undo import undoing
from b40cli.model.answer import Answer
from b40cli.model.errors import UnreadableError
from b40cli.model.finding import GRAVE
from b40cli.store.git import commit_stream
from b40cli.store.git.commit_stream import Past, Recorded
from b40cli.store.git.repository import Repository
from b40cli.store.git.repository_git import Call
from tests.acts.scene import IDENTITY
from tests.archive import Archive, archived
from tests.copying import copied_to
from tests.invented import b40_alone
from tests.tampering import RECORDS, RESOLUTION, Tampering, adopted
from tests.tampering_history import HISTORY, TRAILERS, UNSIGNED, past_made_anew
from tests.tampering_official import OFFICIAL
from tests.test_five_years import told  # noqa: F401 - the history, told once for all

TAMPERINGS = (*RECORDS, *OFFICIAL, *HISTORY)
ALONE = tuple(t for t in TAMPERINGS if t.alone or t.since)
BESIDE = tuple(t for t in TAMPERINGS if t not in ALONE)
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def base(told: Path) -> Archive:  # noqa: F811
    """The archive as it should be, clean to an audit from nothing; nobody writes into it."""
    folder = told.parent / "archive"
    with (told.parent / "archive.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            made = archived(told / "register", folder)
            kept(made)
            (folder / "official").mkdir()
            official = copied(made, folder / "official")
            adopted(official)
            kept(official)
            (folder / "whole").touch()
    return Archive(folder / "register", folder / "keys")


def kept(archive: Archive) -> None:
    """Audit it clean, and keep beside it what the audit remembers."""
    is_clean(audited(archive))
    beside = archive.folder.parent / "remembered"
    beside.mkdir()
    for memory in Repository(archive.folder).cache_folder().glob("*.lines"):
        shutil.copy(memory, beside)


def copied(archive: Archive, folder: Path) -> Archive:
    """A copy in a folder, and what the audit remembers of the untouched one."""
    copy = copied_to(archive.folder, folder / "register")
    for memory in (archive.folder.parent / "remembered").glob("*.lines"):
        shutil.copy(memory, Repository(copy).cache_folder())
    return Archive(copy, archive.keys)


@pytest.fixture
def archive(base: Archive, tmp_path: Path) -> Archive:
    """A copy to tamper with."""
    return copied(base, tmp_path)


@pytest.fixture(autouse=True, scope="module")
def own_settings() -> Iterator[None]:
    """Who signs is the archive's to say."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL"):
            patch.setenv(name, IDENTITY[name])
        yield


@pytest.fixture(scope="session")
def known(base: Archive) -> list[Recorded]:
    """The commits of the untouched archive as git tells them; what each holds is in its name."""
    past = Repository(base.folder).past()
    commits = past.commits(None, "HEAD")
    assert past.faults([recorded.oid for recorded in commits]) == {}
    return commits


@contextmanager
def told_once(known: list[Recorded]) -> Iterator[None]:
    """Of those commits git is not asked again: only of what somebody made anew or beside them."""
    recorded, faults = commit_stream._recorded, Past.faults
    oids, head = {recorded.oid for recorded in known}, known[-1].oid

    def logs(_past: Past, span: Sequence[str], _total: int) -> Iterator[Call]:
        yield commit_stream._log("--topo-order", *span, f"^{head}")

    def all_recorded(said: bytes) -> Iterator[Recorded]:
        yield from recorded(said)
        yield from known

    def faults_made(past: Past, asked: Sequence[str]) -> dict[str, str]:
        return faults(past, [oid for oid in asked if oid not in oids])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Past, "_logs", logs)
        patch.setattr(commit_stream, "_recorded", all_recorded)
        patch.setattr(Past, "faults", faults_made)
        yield


@pytest.fixture(scope="module")
def beside(base: Archive, known: list[Recorded], own_settings: None) -> dict[str, list[str]]:  # noqa: ARG001
    """The rules that one audit names for each kind, of all that need not be alone.

    Whichever process comes first asks, the others wait.
    """
    folder = base.folder.parent
    answers = folder / "beside.json"
    with (folder / "beside.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answers.exists():
            official = Archive(folder / "official/register", base.keys)
            with told_once(known):
                found = found_beside(base, folder, [t for t in BESIDE if not t.official])
                found |= found_beside(official, folder, [t for t in BESIDE if t.official])
            answers.write_text(json.dumps(found))
    said: dict[str, list[str]] = json.loads(answers.read_text())
    return said


def found_beside(whole: Archive, folder: Path, kinds: Sequence[Tampering]) -> dict[str, list[str]]:
    """Each on a branch of its own, and all of them merged into the untouched line at once."""
    place = Path(mkdtemp(dir=folder))
    archive, head = copied(whole, place), whole.head
    named, tips = {}, []
    for tampering in kinds:
        named[tampering.name] = tampering.do(archive)
        tips.append(archive.head)
        archive.git("checkout", "-q", "--force", "-B", "main", head)
    assert archive.git("status", "--porcelain") == ""
    (last,) = archive.commits_of([head])
    merge = last._replace(parents=(head, *tips), message=b"Merge all of it\n")
    archive.git("reset", "-q", "--hard", archive.object(merge, "clerk"))
    answer = audited(archive)
    shutil.rmtree(place)
    return {name: rules_of(answer, oid) for name, oid in named.items()}


def found_alone(tampering: Tampering, archive: Archive, known: list[Recorded]) -> list[str]:
    """The rules that an audit names for one kind, at the end of the line."""
    published = archive.head
    named = tampering.do(archive)
    with told_once(known):
        answer = audited(archive, since=published if tampering.since else None)
    return rules_of(answer, named)


def rules_of(answer: Answer[Any], named: str) -> list[str]:
    """The rules by which an audit refuses a commit, which it names to the reader, too."""
    assert answer.exit_code in (1, 3) and not answer.ok
    found = [f for f in answer.findings if f.kind in GRAVE and f.facts["commit"] == named]
    assert all(named[:10] in f.message for f in found)
    return [f.rule for f in found]


def is_clean(answer: Answer[Any]) -> None:
    """Whether an audit found nothing to refuse."""
    assert [f for f in answer.findings if f.kind != "note"] == []
    assert (answer.exit_code, answer.ok) == (0, True)


def audited(archive: Archive, since: str | None = None, asked: str | None = None) -> Answer[Any]:
    return audit(archive.folder, TODAY, asked, since, lambda _done, _total: None)


def test_there_are_at_least_forty_kinds() -> None:
    assert len({t.name for t in TAMPERINGS}) == len(TAMPERINGS) >= 40
    assert sum(len(t.rules) for t in TAMPERINGS) >= len(TAMPERINGS)


def test_an_untouched_archive_audits_clean(base: Archive, archive: Archive) -> None:
    """From what was remembered; from nothing it did when it was made."""
    is_clean(audited(archive, since=archive.act("^Opening record")))
    assert len(base.commits()) > 500
    assert sum(made.signed for made in base.commits()) > 10


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda t: t.name)
def test_tampering_is_found(tampering: Tampering, request: pytest.FixtureRequest) -> None:
    if tampering in BESIDE:
        found = request.getfixturevalue("beside")[tampering.name]
    else:
        known = request.getfixturevalue("known")
        found = found_alone(tampering, request.getfixturevalue("archive"), known)
    assert {*tampering.rules} <= {*found}


def test_the_past_made_anew_shows_in_its_words_and_its_signatures(
    archive: Archive, known: list[Recorded]
) -> None:
    altered, unsigned = past_made_anew(archive)
    with told_once(known):
        answer = audited(archive)
    assert TRAILERS in rules_of(answer, altered)
    assert UNSIGNED in rules_of(answer, unsigned)


def test_what_was_remembered_of_the_untouched_hides_nothing(archive: Archive) -> None:
    """The same answer from the memory of another history, at the terminal, and from none.

    Of what stands before the altered commit an audit from none was asked when it was made.
    """
    tampering = next(t for t in TAMPERINGS if t.name == "a ballot altered where it was recorded")
    named = tampering.do(archive)
    first = audited(archive)
    done = b40_alone(archive.folder, "audit", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["ok"]) == (1, False)
    assert named in {f["facts"]["commit"] for f in said["findings"]}
    shutil.rmtree(Repository(archive.folder).cache_folder())
    again = audited(archive, asked=f"{named}~1..HEAD")
    assert rules_of(again, named)
    fresh = {made.oid for made in archive.commits(f"{named}~1..HEAD")}
    assert again.findings == tuple(f for f in first.findings if f.facts["commit"] in fresh)


def test_the_beginning_cut_off_is_no_history(archive: Archive, tmp_path: Path) -> None:
    """A clone of the end alone is not judged, nor told as what the register began with."""
    end = tmp_path / "end"
    archive.git("clone", "-q", "--depth", "1", f"file://{archive.folder}", str(end))
    for asked in (
        lambda: audit(end, TODAY, None, None, lambda _done, _total: None),
        lambda: open_view(end, TODAY, "2020-01-01"),
        lambda: undoing(open_session(end, TODAY, None)),
    ):
        with pytest.raises(UnreadableError, match="only the end"):
            asked()


def test_a_graft_moves_nothing(archive: Archive) -> None:
    """What .git/info/grafts says of parents is not heard: the altered commit stays in the line."""
    archive.edit(RESOLUTION, "^title: Resolution", "title: Declaration")
    altered = archive.commit()
    last = archive.commit("Nothing much")
    (archive.folder / ".git/info").mkdir(exist_ok=True)
    earlier = archive.git("rev-parse", f"{altered}~1")
    (archive.folder / ".git/info/grafts").write_text(f"{last} {earlier}\n")
    assert altered not in archive.git("rev-list", "HEAD")
    found = {f.facts["commit"] for f in audited(archive).findings if f.kind != "note"}
    assert altered in found
