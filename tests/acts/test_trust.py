"""Principals and their keys: recording, ending, and the files made of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from b40cli.cli.main import main
from b40cli.model.facts.trust import principals_of
from b40cli.store.git.signers import allowed_signers, fingerprint
from tests.acts.scene import DAY, Office, scene
from tests.invented import b40, git
from tests.signatures import TRUST, key, principal, private_key, public_key, trust
from tests.user import says, signs

ADD = ("trust", "add", "clerk", "--name", "Ana Primer", "--office", "secretariat")


@pytest.fixture
def at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    """The invented network, which trusts nobody yet."""
    return Office(scene(tmp_path), capsys)


def pub(name: str) -> str:
    """The file of a public key."""
    return str(private_key(name).with_suffix(".pub"))


def rules(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f["rule"], f["kind"]) for f in answer["findings"]]


def kept(at: Office) -> list[dict[str, Any]]:
    from b40cli.store.yaml.dialect import parse

    found = parse((at.folder / TRUST).read_bytes())["principals"]
    assert isinstance(found, list)
    return found


def test_the_first_principal_and_the_second(at: Office) -> None:
    first = at.asks(*ADD, "--key", pub("clerk"), "--handle", "@network/secretariat")
    assert first["result"]["fingerprint"] == fingerprint(public_key("clerk"))
    at.asks(
        "trust", "add", "mayor", "--name", "Ivo", "--office", "president", "--key", pub("mayor")
    )
    clerk, mayor = kept(at)
    assert clerk == {
        "id": "clerk",
        "name": "Ana Primer",
        "office": "secretariat",
        "handle": "@network/secretariat",
        "keys": [{"key": public_key("clerk"), "from": "2026-03-10"}],
    }
    assert mayor["keys"][0]["from"] == "2026-03-10"
    assert at.asks("check")["result"]["counts"]["validity"] == 0


def told(at: Office, *words: str) -> str:
    """What the terminal shows of an act, on one line."""
    return " ".join(b40(at.folder, *words, "--on", DAY).stdout.split())


def test_who_acts_alone_where_two_sign_is_told_how_to_confirm_it(at: Office) -> None:
    asked = "Two principals sign for"
    alone = told(at, *ADD, "--key", pub("clerk"))
    second = ("trust", "add", "mayor", "--name", "Ivo", "--office", "president")
    assert asked not in alone + told(at, *second, "--key", pub("mayor"))
    third = told(at, "trust", "add", "eye", "--name", "Eva", "--key", pub("eye"))
    assert f"{asked} trust/principals.yaml." in third
    assert f"--trailer B40-Confirms={at.head()}" in third
    proposed = told(at, "trust", "revoke", "eye", "--reason", "Lost", "--branch", "lost-key")
    assert "The other one confirms this commit: git merge --no-ff -S lost-key" in proposed
    assert asked not in told(at, "member", "mayor", "bg-vodengrad", "Petar", "--from", DAY)


def test_who_does_not_sign_is_told_while_it_can_be_mended(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audit would refuse an unsigned commit for ever; before it is sent it can be signed."""
    first = b40(at.folder, *ADD, "--key", pub("clerk"), "--on", "2026-03-10")
    assert (first.returncode, "Not signed" in first.stdout) == (0, False)
    mayor = ("member", "mayor", "bg-vodengrad", "--from", "2026-03-10", "--on", "2026-03-10")
    told = " ".join(b40(at.folder, *mayor, "Petar").stdout.split())
    key = str(private_key("clerk"))
    says(monkeypatch, tmp_path, {"gpg.format": "ssh", "user.signingkey": key})
    cure = re.search(r"Not signed.* it: git (.*?); ", told)
    assert cure is not None
    git(at.folder, *cure[1].split())
    assert "gpgsig" in git(at.folder, "cat-file", "commit", "HEAD")
    assert "Not signed" in b40(at.folder, "undo", "--on", "2026-03-10").stdout
    signs(monkeypatch, tmp_path, private_key("clerk"))
    other = [word.replace("bg-vodengrad", "hr-kamenik") for word in mayor]
    signed = b40(at.folder, *other, "Pavel")
    assert (signed.returncode, "Not signed" in signed.stdout) == (0, False)


def test_who_signs_with_a_key_the_audit_refuses_is_told(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that is nobody's, and one of an office that may not record this."""
    at.asks(*ADD, "--key", pub("clerk"), on="2026-03-10")
    signs(monkeypatch, tmp_path, private_key("clerk"))
    at.asks("trust", "add", "ivo", "--name", "Ivo", "--key", pub("mayor"), on="2026-03-10")
    mayor = ("member", "mayor", "--from", "2026-03-10")
    assert "audit refuses" not in told(at, *mayor, "bg-vodengrad", "Petar")
    for who, city, said in (
        ("new", "hr-kamenik", "a key of no principal"),
        ("mayor", "al-aldmar", "by ivo (no office)"),
    ):
        signs(monkeypatch, tmp_path, private_key(who))
        acted = told(at, *mayor, city, "Pavel")
        assert "The audit refuses it" in acted and said in acted
        cure = re.search(r"who may sign it does: git (.*?)\. ", acted)
        assert cure is not None
        signs(monkeypatch, tmp_path, private_key("clerk"))
        git(at.folder, *cure[1].split())
    assert at.asks("audit", "HEAD~3..HEAD")["ok"]


def test_a_key_of_no_office_in_force_is_told_before_it_signs(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However git names the key; where it cannot be told, nothing is said against it."""

    def said(on: str = "2026-03-10") -> tuple[bool, str]:
        checks = at.asks("doctor", on=on)["result"]["checks"]
        return next(
            (check["well"], check["says"]) for check in checks if check["what"] == "signing"
        )

    fine = (True, "Git signs your commits.")
    signs(monkeypatch, tmp_path, private_key("new"))
    assert said() == fine, "no key is on record"
    at.asks(*ADD, "--key", pub("clerk"), on="2026-03-10")
    at.asks("trust", "add", "ivo", "--name", "Ivo", "--key", pub("mayor"), on="2026-03-10")
    for who, well in (("clerk", True), ("mayor", False), ("new", False)):
        public = Path(pub(who)).read_text() if Path(pub(who)).is_file() else pub(who)
        for named in (str(private_key(who)), f"key::{public}", public):
            signs(monkeypatch, tmp_path, named)
            assert said()[0] is well, (who, named)
    assert said()[1].endswith("with a key of no office in force: the audit refuses them.")
    signs(monkeypatch, tmp_path, private_key("clerk"))
    assert said() == fine and not said("2026-03-09")[0], "it is in force from the next day"
    for unknown in (tmp_path / "nothing", "~nobody-here/key"):
        signs(monkeypatch, tmp_path, unknown)
        assert said() == fine


def test_a_proposal_on_a_branch_is_answered_for_by_who_merges_it(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose key is on no record proposes on a branch; the audit asks who merged it, as is told."""
    at.asks(*ADD, "--key", pub("clerk"), on="2026-03-10")
    mayor, cure = ("member", "mayor", "--from", "2026-03-10"), r"git (merge --no-ff -S [\w-]+)"
    for city, branch in (("bg-vodengrad", "unsigned"), ("hr-kamenik", "by-a-stranger")):
        acted = told(at, *mayor, city, "Petar", "--branch", branch)
        words = re.search(cure, acted)
        assert words is not None
        signs(monkeypatch, tmp_path, private_key("clerk"))
        git(at.folder, *words[1].split())
        assert at.asks("audit", "HEAD~1..HEAD")["ok"]
        signs(monkeypatch, tmp_path, private_key("new"))


def test_who_signs_where_nothing_checks_a_signature_has_acted(
    at: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of one's own signs; ssh-keygen is nowhere. The act stands, and says so."""
    at.asks(*ADD, "--key", pub("clerk"), on="2026-03-10")
    signer, before = tmp_path / "signer", at.head()
    signer.write_text(f'#!/bin/sh\nexec {shutil.which("ssh-keygen")} "$@"\n')
    signer.chmod(0o755)
    signs(monkeypatch, tmp_path, private_key("clerk"))
    says(monkeypatch, tmp_path, {"gpg.ssh.program": str(signer)})
    found = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if "ssh" in name else found(name))
    mayor = ("member", "mayor", "bg-vodengrad", "Petar", "--from", DAY, "--on", DAY)
    assert main(["-C", str(at.folder), *mayor]) == 0
    said = " ".join(at.capsys.readouterr().out.split())
    assert "is not known here: ssh-keygen cannot be run" in said
    assert at.head() != before


def test_what_is_so_already_is_no_act(at: Office) -> None:
    at.asks(*ADD, "--key", pub("clerk"))
    commits = at.commits()
    at.asks(*ADD, "--key", pub("clerk"))
    assert at.commits() == commits
    at.asks("trust", "revoke", "clerk", "--reason", "Lost", on="2026-03-11")
    at.asks("trust", "revoke", "clerk", "--reason", "Lost", on="2026-03-11")
    assert at.commits() == commits + 1


def test_a_key_is_replaced(at: Office) -> None:
    at.asks(*ADD, "--key", pub("clerk"))
    at.asks("trust", "add", "clerk", "--key", pub("new"), "--from", "2026-03-15", on="2026-03-12")
    at.asks("trust", "revoke", "clerk", "--reason", "Lost", on="2026-03-15", exits=2)
    old = fingerprint(public_key("clerk"))
    at.asks(
        "trust", "revoke", "clerk", "--key", old, "--reason", "The card was lost", on="2026-03-15"
    )
    (clerk,) = kept(at)
    assert clerk["keys"] == [
        {
            "key": public_key("clerk"),
            "from": "2026-03-10",
            "until": "2026-03-15",
            "reason": "The card was lost",
        },
        {"key": public_key("new"), "from": "2026-03-15"},
    ]
    again = at.asks(
        "trust", "add", "clerk", "--key", pub("clerk"), "--from", "2026-04-01",
        on="2026-03-20", exits=1,
    )  # fmt: skip
    assert rules(again) == [("principals-in-order", "validity")]


def test_the_one_key_in_force_is_meant(at: Office) -> None:
    at.asks(*ADD, "--key", pub("clerk"), "--until", "2026-03-12")
    at.asks("trust", "add", "clerk", "--key", pub("new"), "--from", "2026-03-12")
    said = at.asks("trust", "revoke", "clerk", "--reason", "Lost", on="2026-03-13")
    assert said["result"]["fingerprint"] == fingerprint(public_key("new"))
    at.asks("trust", "revoke", "clerk", "--reason", "Lost", "--key", "SHA256:", exits=2)
    at.asks("trust", "revoke", "clerk", "--reason", "Lost", "--key", "SHA256:none", exits=2)


def test_a_key_of_somebody_else_is_refused(at: Office) -> None:
    at.asks(*ADD, "--key", pub("clerk"))
    head = at.head()
    taken = at.asks("trust", "add", "mayor", "--name", "Ivo", "--key", pub("clerk"), exits=1)
    assert rules(taken) == [("principals-in-order", "validity")]
    early = at.asks(
        "trust", "add", "mayor", "--name", "Ivo", "--key", pub("mayor"), "--from", "2026-03-09",
        exits=1,
    )  # fmt: skip
    assert rules(early) == [("principals-kept", "validity")]
    assert at.head() == head


@pytest.mark.parametrize(
    "words",
    [
        ("--name", "A\nB"),
        ("--name", "Ana", "--handle", "@ana\n* @mallory"),
        ("--name", "Ana", "--handle", "@ana @mallory"),
        ("--name", "Ana", "--handle", "*"),
        ("--name", "Ana", "--office", "king"),
        (),
    ],
)
def test_hostile_names_make_no_record(at: Office, words: tuple[str, ...]) -> None:
    at.asks("trust", "add", "ana", *words, "--key", pub("clerk"), exits=2)
    assert not (at.folder / TRUST).exists()


@pytest.mark.parametrize("ident", ["*", "!ana", "ana,mallory", "ana\n* ssh", "ana mallory", "@ana"])
def test_hostile_ids_make_no_record(at: Office, ident: str) -> None:
    at.asks("trust", "add", ident, "--name", "Ana", "--key", pub("clerk"), exits=2)
    assert not (at.folder / TRUST).exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n",
        "ssh-ed25519 AAAA\n",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIEFfS2F3oaXRqPmEFmYmDBBnvs0oYVDLdZVFsnVpIz5T\n",
        "* ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFfS2F3oaXRqPmEFmYmDBBnvs0oYVDLdZVFsnVpIz5T\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFfS2F3oaXRqPmEFmYmDBBnvs0oYVDLdZVFsnVpIz5T\n" * 2,
        "\0\xff",
    ],
)
def test_what_is_no_public_key(at: Office, tmp_path: Path, text: str) -> None:
    file = tmp_path / "key.pub"
    file.write_text(text, "latin-1")
    at.asks(*ADD, "--key", str(file), exits=2)
    assert not (at.folder / TRUST).exists()


def test_an_openpgp_key_is_named_by_its_fingerprint(at: Office) -> None:
    at.asks(*ADD, "--key", "gpg:" + "0a " * 19 + "0A")
    assert kept(at)[0]["keys"][0]["key"] == "gpg:" + "0A" * 20
    at.asks("trust", "add", "mayor", "--name", "Ivo", "--key", "gpg:0A0A", exits=2)
    listed = at.asks("trust", "signers")["result"]
    assert "ssh" not in listed["file"]
    assert listed["principals"][0]["keys"][0]["fingerprint"] == "0A" * 20


def test_git_reads_the_signers(at: Office, tmp_path: Path) -> None:
    """The file is git's own: a commit signed in time passes, one signed later does not."""
    at.asks(*ADD, "--key", pub("clerk"), "--until", "2026-03-20")
    file = tmp_path / "signers"
    said = at.asks("trust", "signers", "--write", str(file))
    assert said["result"]["written"] == str(file)
    text = file.read_text()
    assert text.startswith("# Generated by b40 trust signers; do not edit.\n")
    line = text.splitlines()[-1]
    assert line.startswith(
        'clerk namespaces="git",valid-after="20260309210000Z",valid-before="20260319205959Z" ssh-'
    )
    for day, letter in (("2026-03-12", "G"), ("2026-03-20T00:00:00", "U")):
        moment = f"{day}T12:00:00" if "T" not in day else day
        assert _letter(at.folder, file, f"{moment}+03:00") == letter


def _letter(folder: Path, signers: Path, at: str) -> str:
    words = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={private_key('clerk')}"]
    made = subprocess.run(
        ["git", *words, "commit-tree", "-S", "HEAD^{tree}", "-m", "x"], cwd=folder,
        env={"PATH": "/usr/bin:/bin", "GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at,
             "GIT_COMMITTER_NAME": "C", "GIT_COMMITTER_EMAIL": "c@example.org",
             "GIT_AUTHOR_NAME": "C", "GIT_AUTHOR_EMAIL": "c@example.org"},
        capture_output=True, check=True, encoding="utf-8",
    ).stdout.strip()  # fmt: skip
    told = git(
        folder, "-c", f"gpg.ssh.allowedSignersFile={signers}", "log", "-1", "--format=%G?", made
    )
    return told.strip()


def test_a_key_that_is_none_leaves_no_line() -> None:
    """What got into the record by hand stays out of what SSH reads."""
    odd = {"key": "ssh-ed25519 AAAA", "from": "2026-01-01"}
    empty = key("clerk", "2026-01-01", until="2026-01-01")
    held = principals_of(trust(principal("ana", None, odd, empty)))
    assert allowed_signers(held) == ""


# --- CODEOWNERS ---


def owners(at: Office, *words: str, exits: int = 0) -> dict[str, Any]:
    return at.asks("trust", "codeowners", *words, exits=exits)


def people(at: Office) -> None:
    """A clerk, a President and a reviewer at a host."""
    at.asks(*ADD, "--key", pub("clerk"), "--handle", "@network/secretariat")
    for who, office in (("mayor", "president"), ("eye", "reviewer")):
        at.asks(
            "trust", "add", who, "--name", who, "--office", office, "--key", pub(who),
            "--handle", f"@{who}",
        )  # fmt: skip


def test_offices_review_their_paths(at: Office) -> None:
    people(at)
    text = owners(at)["result"]["file"]
    lines = dict(
        line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#")
    )
    assert lines["/registry/"] == "@network/secretariat @eye"
    assert lines["/registry/decisions/*/PR-*"] == "@mayor @eye"
    assert lines["/registry/trust/"] == "@network/secretariat @mayor @eye"
    assert "@network/secretariat" not in lines["/registry/secretariat.yaml"]
    first = text.splitlines().index("/registry/ @network/secretariat @eye")
    assert all(not line.startswith("/") for line in text.splitlines()[:first])


def test_who_has_no_key_in_force_reviews_nothing(at: Office) -> None:
    people(at)
    at.asks("trust", "revoke", "eye", "--reason", "Left", on="2026-03-12")
    assert "@eye" in owners(at)["result"]["file"]
    later = at.asks("trust", "codeowners", on="2026-03-12")["result"]["file"]
    assert "@eye" not in later and "# /registry/decisions/*/MI-* has no principal" in later


def test_a_file_that_drifted_is_found(at: Office, tmp_path: Path) -> None:
    people(at)
    file = tmp_path / "CODEOWNERS"
    owners(at, "--check", str(file), exits=2)
    owners(at, "--write", str(file))
    assert owners(at, "--check", str(file))["findings"] == []
    file.write_text(file.read_text().replace("/registry/trust/ @network", "/registry/trust/ @x"))
    (found,) = owners(at, "--check", str(file), exits=1)["findings"]
    assert (found["rule"], found["kind"]) == ("codeowners-from-offices", "validity")
    assert file.read_text().splitlines()[found["line"] - 1].startswith("/registry/trust/ @x")
    file.write_text(file.read_text() + "* @mallory\n")
    owners(at, "--check", str(file), exits=1)
    owners(at, "--write", str(file))
    assert owners(at, "--check", str(file))["ok"] is True
    file.write_text(file.read_text() + "* @mallory\n")
    (found,) = owners(at, "--check", str(file), exits=1)["findings"]
    assert found["facts"]["found"] == ["* @mallory"]


def test_a_file_of_somebodys_own_is_left_alone(at: Office, tmp_path: Path) -> None:
    people(at)
    file = tmp_path / "CODEOWNERS"
    file.write_text("* @me\n")
    for command in ("codeowners", "signers"):
        at.asks("trust", command, "--write", str(file), exits=4)
    assert file.read_text() == "* @me\n"
    at.asks("trust", "codeowners", "--write", str(tmp_path), exits=2)
    at.asks("trust", "codeowners", "--write", str(tmp_path / "no" / "CODEOWNERS"), exits=2)
    owners(at, "--write", str(file), "--check", str(file), exits=2)


def test_the_answer_at_a_terminal_is_the_file(
    at: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    from b40cli.cli.main import main

    people(at)
    for command in ("signers", "codeowners"):
        text = at.asks("trust", command)["result"]["file"]
        assert main(["-C", str(at.folder), "trust", command, "--on", "2026-03-10"]) == 0
        assert capsys.readouterr().out == text
