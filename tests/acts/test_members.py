"""Applications, the Declaration, mayors, and what the President decides alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from b40cli.store.gazetteer import find
from b40cli.store.yaml.dialect import parse
from tests.acts.scene import CITY, Office, scene
from tests.invented import MEETING

APPLY = ("application", "submit")
ROSENDOL = (*APPLY, "Rosendol", "--country", "BG", "--gazetteer", "none")
REJECTED = {
    "decisions/2026/EC-2026-001": {
        "state": "rejected",
        "ballots": {"for": [], "against": ["hr-kamenik", "gr-lykonisi", "si-jezerna"]},
    }
}


def office(
    folder: Path, capsys: pytest.CaptureFixture[str], *stock: str, given: Any = None
) -> Office:
    return Office(scene(folder, *stock, given=given), capsys)


def kept(at: Office, path: str = CITY) -> dict[str, Any]:
    record = parse(at.text(path).encode())
    assert isinstance(record, dict)
    return record


def test_an_application_is_recorded_with_its_papers(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Documents by name and hash; the day received, not the day of recording."""
    at = office(tmp_path, capsys)
    given = ("--form", str(papers / "form.txt"), "--letter", str(papers / "letter.txt"))
    more = ("--elected", str(papers / "elections.txt"), "--criteria", "pledge,aims")
    at.asks(*ROSENDOL, *given, *more, "--received", "2026-02-02", "--population", "41000")
    record = kept(at)
    application = record["application"]
    assert application["received"] == "2026-02-02"
    assert application["criteria"] == ["pledge", "aims"]
    assert application["form"]["note"] == "form.txt" and len(application["form"]["sha256"]) == 64
    assert application["form"]["sha256"] != application["letter"]["sha256"]
    assert record["population"] == {"count": 41000, "source": "application"}
    assert record["government"]["elected"]["evidence"]["note"] == "elections.txt"
    assert not (at.folder / "registry" / "evidence" / "form.txt").exists()


def test_an_incomplete_application_is_recorded_with_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And listed as pending, with what it lacks."""
    at = office(tmp_path, capsys)
    answer = at.asks(*ROSENDOL)
    assert [(f["rule"], f["kind"]) for f in answer["findings"]] == [
        ("application-is-complete", "note")
    ]
    (row,) = at.asks("application", "list")["result"]["applications"]
    assert (row["id"], row["state"], len(row["missing"])) == ("bg-rosendol", "pending", 2)


@pytest.mark.parametrize("name", ["Ereğli", "eregli", "EREGLI"])
def test_a_name_that_two_places_have_is_asked_about(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never guessed: the candidates are shown with their ids, and nothing is written."""
    at = office(tmp_path, capsys)
    places = find("Ereğli", "TR")
    assert len(places) == 2
    (found,) = at.asks(*APPLY, name, "--country", "TR", exits=2)["findings"]
    assert "has 2 places called" in found["message"]
    assert all(f"{place.id}  {place.name}" in found["help"] for place in places)
    assert at.commits() == 1


def test_the_place_that_was_chosen_is_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A lookup only, in a dry run: the gazetteer's id and people come in with it."""
    at = office(tmp_path, capsys)
    place = find("Ereğli", "TR")[1]
    words = (*APPLY, "Ereğli", "--country", "TR", "--gazetteer", str(place.id), "--dry-run")
    assert at.asks(*words)["result"]["id"] == "tr-eregli"
    at.asks(*APPLY, "Ereğli", "--country", "BG", "--gazetteer", str(place.id), exits=2)
    at.asks(*APPLY, "Ereğli", "--country", "TR", "--gazetteer", "1", exits=2)


def test_a_name_the_gazetteer_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearest names help against a slip of the pen."""
    at = office(tmp_path, capsys)
    (found,) = at.asks(*APPLY, "Plovdivv", "--country", "BG", exits=2)["findings"]
    assert "no place called Plovdivv in BG" in found["message"]
    assert "Plovdiv, BG" in found["help"]


def test_outside_the_region_the_law_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not the gazetteer: the refusal names the article."""
    at = office(tmp_path, capsys)
    (found, *_notes) = at.asks(*APPLY, "Bergstadt", "--country", "AT", exits=1)["findings"]
    assert (found["rule"], found["article"]) == ("country-in-the-region", "Art. 1")
    assert at.commits() == 1


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [
        ("Çamlıova Köyü", "TR", "tr-camliova-koyu"),
        ("Нови Вреловац", "RS", "rs-novi-vrelovats"),
        ("Ågerø", "BG", "bg-agero"),
        ("L'Isola d'Oro", "HR", "hr-l-isola-d-oro"),
    ],
)
def test_an_id_comes_from_the_name(
    name: str, country: str, city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Latin letters without marks, whatever the script."""
    at = office(tmp_path, capsys)
    words = (*APPLY, name, "--country", country, "--gazetteer", "none", "--dry-run")
    assert at.asks(*words)["result"]["id"] == city


@pytest.mark.parametrize(
    ("typed", "country", "city"),
    [
        ("Beograd", "RS", "rs-belgrade"),
        ("Београд", "RS", "rs-belgrade"),
        ("Prishtina", "XK", "xk-pristina"),
        ("București", "RO", "ro-bucharest"),
        ("Sofiya", "BG", "bg-sofia"),
        ("Tiranë", "AL", "al-tirana"),
        ("Veliko Turnovo", "BG", "bg-veliko-tarnovo"),
    ],
)
def test_an_id_of_a_place_is_made_of_its_standard_name(
    typed: str, country: str, city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = office(tmp_path, capsys)
    result = at.asks(*APPLY, typed, "--country", country, "--dry-run")["result"]
    assert (result["id"], result["name"]) == (city, typed)
    words = (*APPLY, f" {typed.replace(' ', '  ')} ", "--country", country, "--dry-run")
    assert at.asks(*words)["result"]["name"] == typed, "blanks that nobody sees are none"


def test_a_record_made_under_a_spelling_keeps_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever types another spelling of the place means that record."""
    at = office(tmp_path, capsys)
    at.asks(*APPLY, "Beograd", "--country", "RS", "--id", "rs-beograd")
    again = at.asks(*APPLY, "Belgrade", "--country", "RS", "--criteria", "aims")
    assert again["result"]["id"] == "rs-beograd"


def test_a_withdrawn_application(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its day is recorded; it is no longer pending, and cannot be admitted."""
    at = office(tmp_path, capsys, "meeting", "applicant", "proposed admission")
    at.asks("application", "withdraw", "bg-rosendol", on="2026-03-09")
    assert kept(at)["application"]["withdrawn"] == "2026-03-09"
    assert at.asks("application", "list")["result"]["applications"] == []
    shown = at.asks("application", "list", "--all")["result"]["applications"]
    assert [row["state"] for row in shown] == ["withdrawn"]
    assert at.asks("member", "show", "bg-rosendol")["result"]["standing"] == "withdrawn"
    answer = at.asks("decision", "open", "EC-2026-001", exits=1)
    assert "application-is-complete" in {f["rule"] for f in answer["findings"]}


def test_an_answered_application_is_not_withdrawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Admitted it need not sign; a member leaves by notice; who never applied is a misnomer."""
    at = office(tmp_path, capsys, "meeting", "applicant", "admission")
    head = at.head()
    (found,) = at.asks("application", "withdraw", "bg-rosendol", exits=1)["findings"]
    assert (found["article"], found["facts"]["standing"]) == ("Art. 5", "admitted")
    assert "Nothing needs to be done" in found["help"] and at.head() == head
    at.asks("member", "sign", "bg-rosendol")
    (found,) = at.asks("application", "withdraw", "bg-rosendol", exits=1)["findings"]
    assert (found["rule"], found["article"]) == ("withdrawal-at-year-end", "Art. 9")
    assert "b40 member withdraw bg-rosendol" in found["help"]
    at.asks("member", "withdraw", "bg-rosendol")
    at.asks("application", "withdraw", "tr-camliova", exits=2)


def test_a_declined_city_applies_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The earlier application is kept, with its answer; the new one is pending."""
    at = office(tmp_path, capsys, "meeting", "applicant", "admission", given=REJECTED)
    assert at.asks("member", "show", "bg-rosendol")["result"]["standing"] == "declined"
    earlier = kept(at)["application"]
    at.asks(*ROSENDOL, "--received", "2026-05-04", on="2026-05-04")
    record = kept(at)
    assert record["former_applications"] == [earlier]
    assert record["application"] == {"received": "2026-05-04"}
    shown = at.asks("member", "show", "bg-rosendol", on="2026-05-04")["result"]
    assert shown["standing"] == "applicant"
    assert at.asks("check", on="2026-05-04")["result"]["counts"]["validity"] == 0


def test_a_second_answer_goes_to_the_second_application(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The committee admits in a later meeting; both answers stay on record."""
    at = office(tmp_path, capsys, "meeting", "applicant", "admission", given=REJECTED)
    given = ("--form", str(papers / "form.txt"), "--letter", str(papers / "letter.txt"))
    at.asks(*ROSENDOL, *given, "--received", "2026-05-04", on="2026-05-04")
    at.asks("meeting", "convene", "ec", "--opens", "2026-06-10T10:00", on="2026-06-01")
    seven = kept(at, f"registry/meetings/{MEETING}.yaml")["roll_calls"][0]["present"]
    present = ",".join(seven)
    at.asks("meeting", "roll-call", "2026-06-10-ec", "--present", present, on="2026-06-10")
    about = ("admission", "--subject", "bg-rosendol", "--meeting", "2026-06-10-ec")
    at.asks("decision", "record", *about, "--for", present, on="2026-06-10")
    record = kept(at)
    assert record["former_applications"][0]["outcome"] == "EC-2026-001"
    assert record["application"]["outcome"] == "EC-2026-002"
    at.asks("member", "sign", "bg-rosendol", on="2026-06-12")
    assert "bg-rosendol" in at.asks("roll", on="2026-06-12")["result"]["voting"]
    assert "bg-rosendol" not in at.asks("roll", on="2026-06-11")["result"]["members"]
    again = at.asks(*ROSENDOL, "--received", "2026-06-11", on="2026-06-11", exits=1)
    assert "signed the Declaration since" in again["findings"][0]["help"]


@pytest.mark.parametrize(
    ("stock", "city", "standing"),
    [
        (("applicant",), "bg-rosendol", "applicant"),
        (("meeting", "applicant", "admission"), "bg-rosendol", "admitted"),
        ((), "ro-valea-alba", "member"),
    ],
)
def test_who_is_no_candidate_does_not_apply(
    stock: tuple[str, ...],
    city: str,
    standing: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One matter at a time, and no member applies: Article 5 says no, and nothing is written."""
    at = office(tmp_path, capsys, *stock)
    head = at.head()
    words = (*APPLY, "A city", "--id", city, "--country", city[:2], "--gazetteer", "none")
    found = at.asks(*words, "--received", "2026-03-01", exits=1)["findings"][0]
    assert (found["rule"], found["article"]) == ("application-is-complete", "Art. 5")
    assert found["facts"] == {"standing": standing} and "cannot apply again" in found["message"]
    assert at.head() == head


def test_a_pending_application_is_given_what_it_lacks(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same application keeps its day of receipt; a part it has is not exchanged."""
    at = office(tmp_path, capsys)
    at.asks(*ROSENDOL, "--form", str(papers / "form.txt"), "--received", "2026-02-02")
    letter = ("--letter", str(papers / "letter.txt"), "--criteria", "pledge")
    at.asks(*ROSENDOL, *letter, "--elected", str(papers / "elections.txt"), on="2026-03-12")
    record = kept(at)
    assert record["application"]["received"] == "2026-02-02"
    assert {"form", "letter", "criteria"} < set(record["application"])
    assert "former_applications" not in record and record["government"]["elected"]["evidence"]
    for paper in ("form", "letter"):
        words = (*ROSENDOL, "--document", str(papers / f"{paper}.txt"))
        assert at.asks(*words, on="2026-03-13")["commit"]
    assert len(kept(at)["application"]["documents"]) == 2
    assert at.asks(*words, on="2026-03-13")["commit"] is None
    other = (*ROSENDOL, "--form", str(papers / "letter.txt"))
    assert "cannot apply again" in at.asks(*other, exits=1)["findings"][0]["message"]


def test_the_declaration_makes_a_member(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Membership begins with the later of admission and signature."""
    at = office(tmp_path, capsys, "meeting", "applicant", "admission")
    at.asks("member", "sign", "bg-rosendol", "--signed", "2026-03-20", on="2026-04-01")
    assert kept(at)["declaration"] == {"signed": "2026-03-20"}
    sign = ("member", "sign", "bg-rosendol", "--signed")
    assert at.asks(*sign, "2026-03-20", on="2026-04-01")["commit"] is None
    (found,) = at.asks(*sign, "2026-03-21", on="2026-04-01", exits=1)["findings"]
    assert found["rule"] == "closed-records-are-immutable"
    for day, standing in (("2026-03-19", "admitted"), ("2026-03-20", "member")):
        assert at.asks("member", "show", "bg-rosendol", on=day)["result"]["standing"] == standing


def test_a_paper_that_was_missing_is_filed_later(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once: the same again is nothing new, another one is not taken in its place."""
    at = office(tmp_path, capsys)
    at.asks("meeting", "convene", "ga", "--opens", "2026-03-20T10:00")
    sent = ("--sent-secretary", "2026-03-09T09:00", "--sent-president", "2026-03-09T09:00")
    proxy = ("proxy", "give", "2026-03-20-ga", "--from", "mk-planinsko", "--to", "al-aldmar")
    paper, other = (
        ("--document", str(papers / "letter.txt")),
        ("--document", str(papers / "form.txt")),
    )
    at.asks(*proxy, *paper)
    for act in (
        ("member", "withdraw", "al-aldmar", "--received", "2026-03-02"),
        ("presidency", "decline", "si-jezerna", "--term", "2028"),
        ("observer", "request", "Vienna", "--country", "AT", "--kind", "local-government"),
    ):
        at.asks(*act)
        # As the desk tells it, later and without the day of the notice.
        again = act[:3] if act[1] == "withdraw" else act
        assert at.asks(*again, *paper, on="2026-03-11")["commit"] is not None
        at.asks(*act, *other, exits=2)
        assert at.asks(*act, *paper)["commit"] is None
    at.asks(*proxy, *sent)
    assert "sent: {secretary:" in at.text("registry/meetings/2026-03-20-ga.yaml")
    at.asks(*proxy, *other, exits=2)
    assert "document" in kept(at, "registry/members/al-aldmar.yaml")["withdrawal"]
    at.asks("check")
    at.asks("audit")


def test_a_president_decides_on_paper(
    tmp_path: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a document, or without anybody's name, there is no decision: usage."""
    at = office(tmp_path, capsys)
    suspend = ("member", "suspend", "mk-planinsko", "--grounds", "Statements.")
    at.asks(*suspend, "--person", "Ana Primer", exits=2)
    paper = ("--evidence", str(papers / "decision.txt"))
    at.asks(*suspend, *paper, exits=2)
    result = at.asks(*suspend, *paper, "--person", "Ana Primer")["result"]
    assert result == {
        "id": "PR-2026-001",
        "state": "adopted",
        "member": "mk-planinsko",
        "matter": "suspension",
    }
    record = kept(at, "registry/decisions/2026/PR-2026-001.yaml")
    assert record["decided_by"]["city"] == "hr-kamenik"
    again = at.asks(*suspend, *paper, "--person", "Ana Primer", exits=1)
    assert "suspended already" in again["findings"][0]["message"]


def test_a_new_mayor_ends_the_mandate_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half-open: the day of the handover belongs to the new one."""
    at = office(tmp_path, capsys)
    at.asks("member", "mayor", "tr-camliova", "Ada Deneme", "--from", "2026-02-01")
    acting = ("--from", "2026-03-01", "--capacity", "acting-mayor")
    at.asks("member", "mayor", "tr-camliova", "Can Deneme", *acting)
    mayors = kept(at, "registry/members/tr-camliova.yaml")["mayors"]
    assert [m.get("until") for m in mayors] == ["2026-03-01", None]
    for day, name in (("2026-02-28", "Ada Deneme"), ("2026-03-01", "Can Deneme")):
        shown = at.asks("member", "show", "tr-camliova", on=day)["result"]["mayor"]
        assert shown["name"] == name
    at.asks("member", "mayor", "tr-camliova", "X", "--capacity", "governor", exits=2)


def test_what_is_voted_on_is_taken_back_with_its_vote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """First the vote, then the application: the refusal says so."""
    at = office(tmp_path, capsys, "meeting", "applicant", "open admission")
    (found,) = at.asks("application", "withdraw", "bg-rosendol", exits=1)["findings"]
    assert found["article"] == "Art. 5" and "b40 decision withdraw EC-2026-001" in found["help"]
    at.asks("decision", "withdraw", "EC-2026-001")
    at.asks("application", "withdraw", "bg-rosendol")
