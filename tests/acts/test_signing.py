"""Who signed history: real keys, real git, and everything that can be wrong with them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from b40cli.acts.audit.audit import audit
from b40cli.acts.audit.signing import verified
from b40cli.model.errors import UsageError
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.store.git.repository import Repository
from tests.acted_once import acted_once
from tests.acts.scene import scene
from tests.invented import b40, git
from tests.signatures import (
    PARAMETERS,
    SECRETARIAT,
    START,
    TRUST,
    Line,
    key,
    principal,
    private_key,
    trust,
)
from tests.user import signs

CLERK = ("clerk", "secretariat")
MAYOR = ("mayor", "president")
DAY = "2026-11-03"


@pytest.fixture
def line(tmp_path: Path) -> Line:
    """A register that trusts a clerk, a mayor and a reviewer since START."""
    folder = scene(tmp_path)
    trusting(folder)
    return Line(folder)


@acted_once
def trusting(folder: Path) -> None:
    """The first commit of those who sign the others."""
    begun = Line(folder)
    begun.put(TRUST, trust(principal(*CLERK), principal(*MAYOR), principal("eye", "reviewer")))
    begun.commit(None, "2026-11-01")


def appointment(line: Line) -> None:
    """A change of the record about the Secretary's own office."""
    record = {"appointments": [{"name": "Ana", "from": START, "source": "founding-list"}]}
    line.put(SECRETARIAT, record)


def test_a_signed_line_is_in_order(line: Line) -> None:
    line.commit("clerk", DAY)
    line.commit("clerk", "2026-11-04")
    assert line.findings() == []


def test_without_principals_nothing_is_asked(tmp_path: Path) -> None:
    line = Line(scene(tmp_path))
    line.commit(None, DAY)
    assert line.findings() == []


def test_an_unsigned_commit(line: Line) -> None:
    made = line.commit(None, DAY)
    assert line.rules() == [("commit-unsigned", "validity", made)]
    (found,) = line.findings()
    assert found.facts["required_from"] == START and START in found.message


def test_before_the_first_key_is_in_force_an_unsigned_commit_is_a_note(tmp_path: Path) -> None:
    line = Line(scene(tmp_path))
    line.put(TRUST, trust(principal("clerk", "secretariat", key("clerk", "2026-11-10"))))
    line.commit(None, "2026-11-01")
    early = line.commit(None, "2026-11-09T23:59:59")
    late = line.commit(None, "2026-11-10T00:00")
    assert line.rules() == [
        ("commit-unsigned", "note", early),
        ("commit-unsigned", "validity", late),
    ]


def test_an_unknown_key(line: Line) -> None:
    made = line.commit("mallory", DAY)
    assert line.rules() == [("key-unknown", "validity", made)]


def test_a_key_that_signs_the_commit_that_adds_it(line: Line) -> None:
    """It is the parent's trust that counts, never the commit's own."""
    newcomer = principal("mallory", "secretariat", key("mallory", DAY))
    line.put(TRUST, trust(principal(*CLERK), principal(*MAYOR), newcomer))
    made = line.commit("mallory", DAY)
    after = line.commit("mallory", DAY)
    assert line.rules() == [("key-unknown", "validity", made)]
    assert after == line.head()


def test_a_key_of_two_principals_is_nobodys(tmp_path: Path) -> None:
    line = Line(scene(tmp_path))
    line.put(TRUST, trust(principal(*CLERK), principal("mayor", "president", key("clerk"))))
    line.commit(None, "2026-11-01")
    made = line.commit("clerk", DAY)
    assert line.rules() == [("key-unknown", "validity", made)]


@pytest.mark.parametrize(
    ("at", "lawful"),
    [
        ("2026-11-04T23:59:59", False),
        ("2026-11-05T00:00:00", True),
        ("2026-11-09T23:59:59", True),
        ("2026-11-10T00:00:00", False),
    ],
)
def test_the_days_of_a_key_are_days_in_istanbul(
    tmp_path: Path, at: str, lawful: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half-open, to the second, for git and for the rules alike, wherever the audit is done."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    line = Line(scene(tmp_path))
    held = key("clerk", "2026-11-05", until="2026-11-10")
    line.put(TRUST, trust(principal("clerk", "secretariat", held)))
    line.commit(None, "2026-11-01")
    made = line.commit("clerk", at)
    assert line.rules() == ([] if lawful else [("key-not-in-force", "validity", made)])


def test_a_revoked_key(tmp_path: Path) -> None:
    line = Line(scene(tmp_path))
    old = key("clerk", until=DAY, reason="The card was lost")
    line.put(TRUST, trust(principal("clerk", "secretariat", old, key("new", DAY))))
    line.commit(None, "2026-11-01")
    made = line.commit("clerk", "2026-11-04")
    line.commit("new", "2026-11-04")
    assert line.rules() == [("key-not-in-force", "validity", made)]
    (found,) = line.findings()
    assert "The card was lost" in found.message and found.facts["principal"] == "clerk"


def test_a_backdated_commit_with_an_ended_key_runs_backwards(tmp_path: Path) -> None:
    """The key alone would pass: the day it states is a good one. The line's times give it away."""
    line = Line(scene(tmp_path))
    old = key("clerk", until="2026-11-05")
    line.put(TRUST, trust(principal("clerk", "secretariat", old, key("new", "2026-11-05"))))
    line.commit(None, "2026-11-01")
    later = line.commit("new", "2026-11-06")
    forged = line.commit("clerk", "2026-11-04")
    assert line.findings() == []
    times = {r.oid: r.time for r in line.repository.past().commits(None, "HEAD")}
    assert times[forged] < times[later]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("an act", "another act", "signature-bad"),
        ("BEGIN SSH SIG", "BEGIN ODD SIG", "signature-unverifiable"),
    ],
    ids=["taken from another commit", "of no known sort"],
)
def test_a_signature_that_is_not_of_its_commit(line: Line, old: str, new: str, rule: str) -> None:
    made = line.commit("clerk", DAY)
    data = git(line.folder, "cat-file", "commit", made).replace(old, new)
    forged = _object(line, data)
    git(line.folder, "reset", "-q", "--hard", forged)
    assert line.rules() == [(rule, "validity", forged)]


def test_one_signature_git_gives_up_at_hides_no_other(line: Line) -> None:
    """Git leaves at a signature whose sort it cannot name, and with it all that stood behind."""
    good = line.commit("clerk", DAY)
    data = git(line.folder, "cat-file", "commit", good).replace("BEGIN SSH SIG", "BEGIN ODD SIG")
    odd = _object(line, data)
    told = line.repository.verdicts({odd: "ssh", good: "ssh"}, "")
    assert odd not in told and told[good].letter == "U"


def test_rubbish_for_a_signature(line: Line) -> None:
    made = line.commit("clerk", DAY)
    head, _gpgsig, rest = git(line.folder, "cat-file", "commit", made).partition("gpgsig ")
    body = rest.partition("-----END SSH SIGNATURE-----\n")[2]
    mark = "SSH SIGNATURE-----"
    armour = f"gpgsig -----BEGIN {mark}\n U1NI\n -----END {mark}\n"
    forged = _object(line, head + armour + body)
    git(line.folder, "reset", "-q", "--hard", forged)
    line.commit("clerk", DAY)
    assert line.rules() == [("signature-bad", "validity", forged)]


def test_a_repository_with_longer_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects named by SHA-256 carry their signature under another header."""
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    line = Line(scene(tmp_path))
    line.put(TRUST, trust(principal(*CLERK)))
    line.commit(None, "2026-11-01")
    line.commit("clerk", DAY)
    assert len(line.head()) == 64 and line.findings() == []
    made = line.commit(None, DAY)
    assert line.rules() == [("commit-unsigned", "validity", made)]


def test_a_signature_made_for_something_else(line: Line) -> None:
    """A key may sign files and mails too; only what it signed as a commit counts."""
    made = line.commit("clerk", DAY)
    data = git(line.folder, "cat-file", "commit", made)
    head, _gpgsig, rest = data.partition("gpgsig ")
    body = rest.partition("-----END SSH SIGNATURE-----\n")[2]
    signed = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-n", "file", "-f", str(private_key("clerk"))],
        input=head + body, capture_output=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    armour = "gpgsig " + signed.rstrip("\n").replace("\n", "\n ") + "\n"
    forged = _object(line, head + armour + body)
    git(line.folder, "reset", "-q", "--hard", forged)
    assert line.rules() == [("signature-bad", "validity", forged)]


def _object(line: Line, data: str) -> str:
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=line.folder, input=data, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout.strip()


# --- offices and second signatures ---


def test_a_reviewer_records_nothing_alone(line: Line) -> None:
    made = line.commit("eye", DAY)
    assert line.rules() == [("office-may-not-record", "validity", made)]


def test_a_president_records_no_decision_of_the_committee(line: Line) -> None:
    """The path is enough for the question; the judge asks the rest."""
    file = line.folder / "registry/decisions/2026/EC-2026-009.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("id: EC-2026-009\n")
    git(line.folder, "add", "registry")
    made = line.commit("mayor", DAY)
    (found,) = line.findings()
    assert (found.rule, found.facts["commit"]) == ("office-may-not-record", made)
    assert found.facts["paths"] == ["registry/decisions/2026/EC-2026-009.yaml"]


@pytest.mark.parametrize("path", [SECRETARIAT, PARAMETERS, TRUST, "registry/network.yaml"])
def test_ones_own_office_alone(line: Line, path: str) -> None:
    _change(line, path)
    made = line.commit("clerk", DAY)
    assert line.rules() == [("second-signature-missing", "validity", made)]


@pytest.mark.parametrize("path", [SECRETARIAT, PARAMETERS, TRUST, "registry/network.yaml"])
@pytest.mark.parametrize("second", ["mayor", "eye"])
def test_with_a_second_signature(line: Line, path: str, second: str) -> None:
    """Another principal merges the one commit and adds nothing."""
    _change(line, path)
    proposal = line.propose("clerk", DAY)
    line.confirm(second, "2026-11-04", proposal)
    assert line.findings() == []


def _change(line: Line, path: str) -> None:
    if path == SECRETARIAT:
        appointment(line)
    elif path == TRUST:
        people = [principal(*CLERK), principal(*MAYOR), principal("eye", "reviewer")]
        line.put(TRUST, trust(*people, principal("new", None, key("new", DAY))))
    else:
        text = (line.folder / path).read_text()
        (line.folder / path).write_text(text + "# a remark\n")
        git(line.folder, "add", path)


def test_a_president_confirms_nothing_about_the_presidency_alone(line: Line) -> None:
    path = "registry/presidencies/2026.yaml"
    (line.folder / path).write_text((line.folder / path).read_text() + "# a remark\n")
    git(line.folder, "add", path)
    made = line.commit("mayor", DAY)
    assert line.rules() == [("second-signature-missing", "validity", made)]


def test_git_itself_confirms(line: Line) -> None:
    """What the help tells to type is what the rule accepts."""
    appointment(line)
    proposal = line.propose("clerk", DAY)
    git(line.folder, "branch", "appointment", proposal)
    settings = ("gpg.format=ssh", f"user.signingkey={private_key('mayor')}")
    words = [word for setting in settings for word in ("-c", setting)]
    git(line.folder, *words, "merge", "-q", "--no-ff", "-S", "-m", "confirmed", "appointment")
    assert line.findings() == []


def test_the_same_principal_twice_is_one(line: Line) -> None:
    appointment(line)
    made = line.confirm("clerk", "2026-11-04", line.propose("clerk", DAY))
    assert line.rules() == [("second-signature-missing", "validity", made)]


@pytest.mark.parametrize("by", [None, "mallory"])
def test_a_proposal_nobody_known_signed(line: Line, by: str | None) -> None:
    appointment(line)
    made = line.confirm("clerk", "2026-11-04", line.propose(by, DAY))
    assert line.rules() == [("second-signature-missing", "validity", made)]


def test_a_merge_that_adds_something_is_not_confirmed(line: Line) -> None:
    """The second principal signed another content than the one that came in."""
    line.source("slipped-in")
    other = line.propose("mayor", DAY)
    appointment(line)
    tree = git(line.folder, "write-tree").strip()
    made = line.confirm("clerk", "2026-11-04", other, tree)
    assert ("second-signature-missing", "validity", made) in line.rules()


def test_an_old_commit_of_another_confirms_nothing(line: Line) -> None:
    """A merge of what the mayor signed once does not bring its content back under that name."""
    appointment(line)
    old = line.propose("mayor", DAY)
    line.commit("clerk", DAY)
    made = line.confirm("clerk", "2026-11-04", old)
    assert line.rules() == [("second-signature-missing", "validity", made)]


def test_a_key_that_ended_before_it_was_confirmed(tmp_path: Path) -> None:
    """An old key on a proposal of an old day does not count when the merge is made."""
    line = Line(scene(tmp_path))
    ended = principal(
        "mayor", "president", key("mayor", until="2026-11-05"), key("m2", "2026-11-05")
    )
    line.put(TRUST, trust(principal(*CLERK), ended))
    line.commit(None, "2026-11-01")
    appointment(line)
    made = line.confirm("clerk", "2026-11-06", line.propose("mayor", DAY))
    assert line.rules() == [("second-signature-missing", "validity", made)]


def test_where_only_one_is_known_it_is_a_note(tmp_path: Path) -> None:
    line = Line(scene(tmp_path))
    line.put(TRUST, trust(principal(*CLERK)))
    line.commit(None, "2026-11-01")
    appointment(line)
    made = line.commit("clerk", DAY)
    assert line.rules() == [("second-signature-missing", "note", made)]


def confirming(line: Line, by: str | None, at: str, *named: str) -> str:
    """A later commit that says it confirms others."""
    trailers = "\n".join(f"B40-Confirms: {oid}" for oid in named)
    return line.commit(by, at, f"confirm\n\n{trailers}\n")


@pytest.mark.parametrize("path", [SECRETARIAT, PARAMETERS, TRUST, "registry/network.yaml"])
def test_a_later_commit_confirms(line: Line, path: str) -> None:
    """The way out where the act was recorded on the line itself."""
    _change(line, path)
    made = line.commit("clerk", DAY)
    between = line.commit("clerk", DAY)
    assert line.rules() == [("second-signature-missing", "validity", made)]
    confirming(line, "mayor", "2026-11-04", between, made)
    assert line.findings() == []


def test_git_itself_names_what_it_confirms(line: Line) -> None:
    appointment(line)
    made = line.commit("clerk", DAY)
    settings = ("gpg.format=ssh", f"user.signingkey={private_key('mayor')}")
    words = [word for setting in settings for word in ("-c", setting)]
    trailer = ("--trailer", f"B40-Confirms={made}")
    git(line.folder, *words, "commit", "-q", "-S", "--allow-empty", "-m", "confirmed", *trailer)
    assert line.findings() == []


@pytest.mark.parametrize("by", [None, "mallory", "clerk"])
def test_who_confirms_nothing(line: Line, by: str | None) -> None:
    appointment(line)
    made = line.commit("clerk", DAY)
    confirming(line, by, "2026-11-04", made)
    assert ("second-signature-missing", "validity", made) in line.rules()


def test_a_principal_let_in_does_not_confirm_the_letting_in(line: Line) -> None:
    people = [principal(*CLERK), principal(*MAYOR), principal("eye", "reviewer")]
    line.put(TRUST, trust(*people, principal("friend", "president", key("friend", DAY))))
    made = line.commit("clerk", DAY)
    confirming(line, "friend", "2026-11-04", made)
    assert line.rules() == [("second-signature-missing", "validity", made)]


def test_only_a_whole_name_of_an_earlier_commit_is_confirmed(line: Line) -> None:
    """A short name may come to mean another commit."""
    appointment(line)
    made = line.commit("clerk", DAY)
    confirming(line, "mayor", "2026-11-04", made[:12], "HEAD~1", "0" * 40)
    assert line.rules() == [("second-signature-missing", "validity", made)]


def test_a_correction_touches_what_it_corrects(line: Line) -> None:
    """A record about one's own office is not changed by a detour."""
    path = "registry/corrections/2026/C-2026-001.yaml"
    line.put(path, correction())
    made = line.commit("clerk", DAY)
    assert line.rules() == [("second-signature-missing", "validity", made)]


def correction() -> dict[str, Any]:
    """A correction of the Secretary's name."""
    return {
        "id": "C-2026-001",
        "corrects": "secretariat",
        "at": "appointments.0.name",
        "was": "Ana",
        "is": "Anna",
        "why": "Misspelt",
        "on": DAY,
        "by": "secretariat",
        "evidence": [{"sha256": "0" * 64}],
    }


# --- other lines ---


def test_a_side_line_is_answered_for_by_its_merge(line: Line) -> None:
    """Work of somebody unknown comes in under the name of who merges it."""
    line.source("side")
    side = line.propose("mallory", DAY)
    line.commit("clerk", DAY)
    line.source("side")
    tree = git(line.folder, "write-tree").strip()
    line.confirm("clerk", "2026-11-04", side, tree)
    assert line.findings() == []


def test_a_side_line_from_before_a_key_was_added(line: Line) -> None:
    """The earlier trust of a side line asks nothing of who merges it later."""
    line.source("side")
    side = line.propose("clerk", DAY)
    people = [principal(*CLERK), principal(*MAYOR), principal("eye", "reviewer")]
    line.put(TRUST, trust(*people, principal("new", "secretariat", key("new", DAY))))
    line.confirm("mayor", DAY, line.propose("clerk", DAY))
    line.source("side")
    line.confirm("new", "2026-11-04", side, git(line.folder, "write-tree").strip())
    assert line.findings() == []


def test_a_line_from_before_the_trust_does_not_swallow_the_register(tmp_path: Path) -> None:
    """Merging the register into a line that trusts nobody yet: the merge answers all the same."""
    line = Line(scene(tmp_path))
    before = line.head()
    line.put(TRUST, trust(principal(*CLERK), principal(*MAYOR)))
    line.commit(None, "2026-11-01")
    register = line.commit("clerk", DAY)
    whole = git(line.folder, "rev-parse", "HEAD^{tree}").strip()
    git(line.folder, "reset", "-q", "--hard", before)
    line.commit("mallory", DAY)
    merge = line.confirm("mallory", "2026-11-04", register, whole)
    assert line.rules() == [("key-unknown", "validity", merge)]


def test_nor_does_one_that_trusts_another(tmp_path: Path) -> None:
    """A clerk alone, on a line where nobody else was known, lets a friend in."""
    line = Line(scene(tmp_path))
    line.put(TRUST, trust(principal(*CLERK)))
    line.commit(None, "2026-11-01")
    before = line.head()
    line.put(TRUST, trust(principal(*CLERK), principal("mayor", "president", key("mayor", DAY))))
    register = line.commit("clerk", DAY)
    git(line.folder, "reset", "-q", "--hard", before)
    line.put(TRUST, trust(principal(*CLERK), principal("friend", "president", key("friend", DAY))))
    alone = line.commit("clerk", DAY)
    whole = git(line.folder, "rev-parse", "HEAD^{tree}").strip()
    merge = line.confirm("clerk", "2026-11-04", register, whole)
    assert line.rules() == [
        ("second-signature-missing", "note", alone),
        ("second-signature-missing", "validity", merge),
    ]


# --- hostile surroundings ---


def test_the_repositorys_settings_are_not_heard(line: Line, tmp_path: Path) -> None:
    """Programs that would say yes to everything, and a signers file of the attacker's own."""
    yes = tmp_path / "yes.sh"
    yes.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\necho mallory\nexit 0\n")
    yes.chmod(0o755)
    signers = tmp_path / "signers"
    signers.write_text(f"mallory {private_key('mallory').with_suffix('.pub').read_text()}")
    for name in ("gpg.program", "gpg.openpgp.program", "gpg.x509.program", "gpg.ssh.program"):
        git(line.folder, "config", name, str(yes))
    git(line.folder, "config", "gpg.ssh.allowedSignersFile", str(signers))
    git(line.folder, "config", "gpg.minTrustLevel", "never")
    git(line.folder, "config", "--unset", "gpg.ssh.program")
    made = line.commit("mallory", DAY)
    git(line.folder, "config", "gpg.ssh.program", str(yes))
    assert line.rules() == [("key-unknown", "validity", made)]
    assert not (tmp_path / "ran").exists()


def test_the_surroundings_are_not_heard(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    made = line.commit("mallory", DAY)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "gpg.ssh.program")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "/bin/true")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert line.rules() == [("key-unknown", "validity", made)]


def test_without_the_program_nothing_is_guessed(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.commit("clerk", DAY)
    poor = tmp_path / "bin"
    poor.mkdir()
    (poor / "git").symlink_to(shutil.which("git") or "git")
    monkeypatch.setenv("PATH", str(poor))
    with pytest.raises(UsageError, match="ssh-keygen"):
        line.findings()


def test_trust_that_nobody_can_read(line: Line) -> None:
    (line.folder / TRUST).write_text("principals: [\n")
    git(line.folder, "add", TRUST)
    broken = line.commit("clerk", DAY)
    after = line.commit("clerk", DAY)
    assert line.rules() == [
        ("second-signature-missing", "validity", broken),
        ("trust-unreadable", "validity", after),
    ]


def test_trust_taken_away_frees_nobody(line: Line) -> None:
    git(line.folder, "rm", "-q", TRUST)
    taken = line.commit("clerk", DAY)
    after = line.commit(None, DAY)
    assert line.rules() == [
        ("second-signature-missing", "validity", taken),
        ("commit-unsigned", "validity", after),
    ]


@pytest.mark.parametrize("mode", ["160000", "120000"])
def test_trust_that_is_no_file_frees_nobody(line: Line, mode: str) -> None:
    """A submodule in its place, or a link: the audit goes on and asks."""
    blob = git(line.folder, "rev-parse", f"HEAD:{TRUST}").strip()
    named = "1" * 40 if mode == "160000" else blob
    git(line.folder, "update-index", "--cacheinfo", f"{mode},{named},{TRUST}")
    odd = line.propose("clerk", DAY)
    tree = git(line.folder, "rev-parse", f"{odd}^{{tree}}").strip()
    after = line.make(None, DAY, tree, [odd])
    found = verified(line.repository, line.repository.past().commits(None, after))
    assert [(f.rule, f.facts["commit"]) for f in found] == [
        ("second-signature-missing", odd),
        ("commit-unsigned", after),
    ]


# --- memory ---


def test_what_held_is_remembered_and_forgetting_changes_nothing(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        line.commit("clerk", f"2026-11-0{n + 3}")
    bad = line.commit("mallory", "2026-11-07")
    fresh = line.rules()
    asked: list[list[str]] = []
    verdicts = Repository.verdicts

    def counted(self: Repository, commits: dict[str, str], signers: str) -> Any:
        asked.append(list(commits))
        return verdicts(self, commits, signers)

    monkeypatch.setattr(Repository, "verdicts", counted)
    assert line.rules() == fresh == [("key-unknown", "validity", bad)]
    assert asked == [[bad]]
    for kept in line.repository.cache_folder().glob("*.lines"):
        kept.unlink()
    assert line.rules() == fresh
    assert len(asked[-1]) == 4


def test_another_trust_is_asked_anew(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """What held under one trust says nothing under another."""
    _change(line, TRUST)
    made = line.commit("clerk", DAY)
    confirmed = confirming(line, "mayor", "2026-11-04", made)
    asked: list[str] = []
    verdicts = Repository.verdicts

    def counted(self: Repository, commits: dict[str, str], signers: str) -> Any:
        asked.extend(commits)
        return verdicts(self, commits, signers)

    monkeypatch.setattr(Repository, "verdicts", counted)
    assert line.findings() == []
    assert sorted(asked) == sorted([made, confirmed, confirmed])
    assert line.findings() == []
    assert len(asked) == 3


# --- OpenPGP ---


@pytest.mark.skipif(shutil.which("gpg") is None, reason="GnuPG is not installed")
def test_an_openpgp_key(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named by its fingerprint; without its public key here the signature is not believed."""
    home = tmp_path_factory.mktemp("g")
    home.chmod(0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    make = [
        "gpg",
        "--batch",
        "--quiet",
        "--passphrase",
        "",
        "--quick-generate-key",
        "c@example.org",
    ]
    try:
        subprocess.run([*make, "ed25519", "sign", "never"], check=True, capture_output=True)
        listed = subprocess.run(
            ["gpg", "--list-keys", "--with-colons"], check=True, capture_output=True, text=True
        ).stdout
        finger = next(row.split(":")[9] for row in listed.splitlines() if row.startswith("fpr"))
        line = Line(scene(tmp_path))
        held = {"key": f"gpg:{finger}", "from": START}
        line.put(TRUST, trust(principal("clerk", "secretariat", held)))
        line.commit(None, "2026-11-01")
        line.source("signed")
        git(line.folder, "-c", f"user.signingkey={finger}", "commit", "-q", "-S", "-m", "signed")
        assert line.findings() == []
        monkeypatch.setenv("GNUPGHOME", str(tmp_path_factory.mktemp("h")))
        assert [f.rule for f in line.findings()] == ["signature-unverifiable"]
    finally:
        subprocess.run(
            ["gpgconf", "--homedir", str(home), "--kill", "all"], check=False, capture_output=True
        )


# --- acts ---


def test_an_act_is_signed_where_git_is_set_to_sign(
    line: Line, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from b40cli.cli.main import main

    signs(monkeypatch, tmp_path, private_key("clerk"))
    words = ["member", "mayor", "hr-kamenik", "Ivo", "--from", DAY, "--on", DAY]
    assert main(["-C", str(line.folder), *words, "--quiet"]) == 0
    assert line.findings() == []
    assert "gpgsig" in git(line.folder, "cat-file", "commit", "HEAD")
    signs(monkeypatch, tmp_path, papers / "no-key")
    words = ["member", "mayor", "bg-vodengrad", "Ana", "--from", DAY, "--on", DAY]
    assert main(["-C", str(line.folder), *words]) == 4


def test_messages_say_no_more_than_one_line(line: Line) -> None:
    line.commit(None, DAY)
    line.commit("mallory", DAY)
    for found in line.findings():
        assert "\n" not in found.message and json.dumps(found.facts)


# --- the audit ---


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A register that was opened before anything else was committed, and trusts nobody yet."""
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-10-01T10:00:00+0300")
    return Line(scene(tmp_path))


def audited(line: Line) -> list[tuple[str, str]]:
    """The refusals of a whole audit, and the commit of each."""
    answer = audit(line.folder, date(2026, 11, 23), None, None, lambda _done, _all: None)
    grave = [f for f in answer.findings if f.kind in ("validity", "defect")]
    assert answer.exit_code == bool(grave)
    return [(f.rule, f.facts["commit"]) for f in grave]


def test_the_audit_asks_who_signed(opened: Line) -> None:
    line = opened
    line.put(TRUST, trust(principal(*CLERK), principal(*MAYOR)))
    line.commit(None, "2026-11-01")
    line.commit("clerk", DAY)
    assert audited(line) == []
    made = line.commit("mallory", "2026-11-04")
    assert audited(line) == [("key-unknown", made)]


@pytest.mark.parametrize("second", ["mayor", "clerk"])
def test_a_rule_set_is_taken_in_by_two(
    opened: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    """On a branch, signed by one, and confirmed by the other's merge; not by one's own."""
    line, settings = opened, tmp_path / "settings"
    settings.mkdir()
    line.put(TRUST, trust(principal(*CLERK), principal(*MAYOR)))
    base = line.commit(None, "2026-11-01")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{DAY}T10:00:00+0300")
    monkeypatch.setenv("GIT_MERGE_AUTOEDIT", "no")
    signs(monkeypatch, settings, private_key("clerk"))
    upgrade = ("statutes", "upgrade", "--branch", "rule-set", "--on", DAY)
    told = " ".join(b40(line.folder, *upgrade).stdout.split())
    assert "Two principals sign for statutes/" in told and line.head() == base
    cure = re.search(r"The other one confirms this commit: git (.*? rule-set)", told)
    assert b40(line.folder, "review", "HEAD..rule-set", "--on", DAY).returncode == 0
    signs(monkeypatch, settings, private_key(second))
    assert cure is not None
    git(line.folder, *cure[1].split())
    made = line.head()
    assert audited(line) == ([] if second == "mayor" else [("second-signature-missing", made)])
    assert b40(line.folder, "check", "--base", base, "--on", DAY).returncode == 0
    shown = b40(line.folder, "statutes", "show", "--on", "2026-11-04", "--json")
    assert json.loads(shown.stdout)["result"]["rule_set"] == max(KNOWN_SETS)


def test_the_audit_finds_an_ended_key_on_a_backdated_commit(opened: Line) -> None:
    """Either the day is honest, then the key has ended; or it is not, then time runs backwards."""
    line = opened
    old = key("clerk", until="2026-11-05")
    line.put(TRUST, trust(principal("clerk", "secretariat", old, key("new", "2026-11-05"))))
    line.commit(None, "2026-11-01")
    line.commit("new", "2026-11-06")
    forged = line.commit("clerk", "2026-11-04")
    assert audited(line) == [("times-run-backwards", forged)]
    git(line.folder, "reset", "-q", "--hard", "HEAD~1")
    honest = line.commit("clerk", "2026-11-07")
    assert audited(line) == [("key-not-in-force", honest)]


def test_the_audit_finds_a_backdated_merge_into_an_older_line(opened: Line) -> None:
    """A thief of an ended key merges the register into a line that stops before the key did."""
    line = opened
    old = key("clerk", until="2026-11-05")
    line.put(TRUST, trust(principal("clerk", "secretariat", old, key("new", "2026-11-05"))))
    before = line.commit(None, "2026-11-01")
    register = line.commit("new", "2026-11-06")
    whole = git(line.folder, "rev-parse", "HEAD^{tree}").strip()
    git(line.folder, "reset", "-q", "--hard", before)
    merge = line.confirm("clerk", "2026-11-04", register, whole)
    assert line.findings() == []
    assert audited(line) == [("times-run-backwards", merge)]
