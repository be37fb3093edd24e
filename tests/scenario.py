"""A scripted year of the invented network: the same words, bytes and hashes on every machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from b40cli.cli import telling
from b40cli.cli.main import main
from b40cli.cli.request import options
from b40cli.cli.telling import told
from b40cli.model.answer import Answer
from tests.invented import SEVEN, Records, records, repository

PINNED = {
    "GIT_AUTHOR_NAME": "Clerk",
    "GIT_AUTHOR_EMAIL": "clerk@example.org",
    "GIT_COMMITTER_NAME": "Clerk",
    "GIT_COMMITTER_EMAIL": "clerk@example.org",
    "GIT_AUTHOR_DATE": "2026-04-20T10:00:00+0300",
    "GIT_COMMITTER_DATE": "2026-04-20T10:00:00+0300",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_DEFAULT_HASH": "sha1",
}
TODAY = date(2026, 4, 20)
SHIPPED = date(2026, 12, 1)
PAPERS = ("form.txt", "letter.txt", "elections.txt", "decision.txt", "proxy.txt")
ROSTER = (
    "name,country,since,source,gazetteer\n"
    "Vrelograd,MK,2025-06-01,founding-list,none\n"
    "Ostrovo,HR,by 2025-09-30,founding-list,none\n"
)
FIRST, SECOND = "2026-03-10-ec", "2026-04-14-ec"
ALL = ",".join(SEVEN)
APPLY = "--gazetteer none --form form.txt --letter letter.txt --elected elections.txt"


class Step(NamedTuple):
    """One command: the name of its golden file, the folder, its words, and its exit code."""

    name: str
    folder: str
    words: str
    code: int = 0


class Heard(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


BEGINNING = (
    Step("init", "begun", "init --name Network --founded 2025-01-20 --opened 2026-01-05"),
    Step("import", "begun", "import ../opening.yaml --yes --on 2026-01-05"),
    Step("import-dry-run", "begun", "import ../roster.csv --dry-run --on 2026-01-05"),
    Step("import-bad-rows", "begun", "import ../bad.csv --yes --on 2026-01-05", 3),
)
ACTS = (
    ("application-submit", f"application submit Rosendol --country BG {APPLY} --population 41000 "
     "--criteria pledge,aims --on 2026-02-02", 0),
    ("application-submit-incomplete", "application submit Mirnava --country SI --gazetteer none "
     "--form form.txt --on 2026-02-20", 0),
    ("application-submit-outside", f"application submit Graubach --country AT {APPLY} "
     "--on 2026-02-20", 1),
    ("meeting-convene", "meeting convene ec --opens 2026-03-10T10:00 --on 2026-03-01", 0),
    ("meeting-roll-call", f"meeting roll-call {FIRST} --present {ALL} --on 2026-03-10", 0),
    ("decision-propose-dry-run", f"decision propose admission --subject bg-rosendol "
     f"--meeting {FIRST} --on 2026-03-10 --dry-run", 0),
    ("decision-propose", f"decision propose admission --subject bg-rosendol --meeting {FIRST} "
     "--on 2026-03-10", 0),
    ("decision-open", "decision open EC-2026-001 --on 2026-03-10", 0),
    ("decision-vote", f"decision vote EC-2026-001 --for {ALL} --on 2026-03-10", 0),
    ("decision-close", "decision close EC-2026-001 --on 2026-03-10", 0),
    ("decision-close-again", "decision close EC-2026-001 --on 2026-03-10", 1),
    ("member-sign", "member sign bg-rosendol --signed 2026-03-20 --place Rosendol "
     "--document form.txt --on 2026-03-20", 0),
    ("decision-record-rejected", f"decision record admission --subject si-mirnava "
     f"--meeting {FIRST} --for {ALL.removesuffix(',si-jezerna')} --abstain si-jezerna "
     "--on 2026-03-10", 0),
    ("decision-record", f"decision record suspension --subject me-zalivgrad --meeting {FIRST} "
     f"--grounds Silence --for {ALL.replace(',me-zalivgrad', '')} --against me-zalivgrad "
     "--on 2026-03-10", 0),
    ("member-mayor", "member mayor hr-kamenik Ana --from 2026-03-25 --on 2026-03-25", 0),
    ("member-suspend", "member suspend tr-camliova --grounds Silence --evidence decision.txt "
     "--on 2026-04-01", 0),
    ("member-reinstate", "member reinstate tr-camliova --evidence decision.txt "
     "--on 2026-04-02", 0),
    ("meeting-convene-second", "meeting convene ec --opens 2026-04-14T10:00 --on 2026-04-03", 0),
    ("proxy-give", f"proxy give {SECOND} --from si-jezerna --to al-aldmar --document proxy.txt "
     "--sent-secretary 2026-04-12T09:00 --sent-president 2026-04-12T09:00 --on 2026-04-12", 0),
    ("meeting-roll-call-second", f"meeting roll-call {SECOND} --present hr-kamenik,gr-lykonisi "
     "--on 2026-04-14", 0),
    ("decision-record-invalid", f"decision record suspension --subject tr-camliova "
     f"--meeting {SECOND} --grounds Silence --for hr-kamenik,gr-lykonisi --on 2026-04-14", 0),
    ("decision-propose-refused", f"decision propose removal --subject me-zalivgrad "
     f"--meeting {SECOND} --on 2026-04-14", 1),
    ("decision-propose-resolution", f"decision propose resolution --title Bridges "
     f"--meeting {SECOND} --on 2026-04-14", 0),
    ("decision-open-refused", "decision open EC-2026-005 --on 2026-04-14", 1),
    ("decision-withdraw", "decision withdraw EC-2026-005 --on 2026-04-14", 0),
    ("application-submit-third", f"application submit Tihograd --country RS {APPLY} "
     "--on 2026-04-15", 0),
    ("application-withdraw", "application withdraw rs-tihograd --on 2026-04-16", 0),
    ("member-mayor-branch", "member mayor bg-vodengrad Petar --from 2026-04-16 "
     "--on 2026-04-16 --branch mayor-of-vodengrad", 0),
)  # fmt: skip
READS = (
    ("roll", "roll --on 2026-04-18", 0),
    ("roll-known-at", "roll --on 2026-02-01 --known-at HEAD~9", 0),
    ("quorum", "quorum --on 2026-04-18", 0),
    ("quorum-meeting", f"quorum {FIRST} --on 2026-04-18", 0),
    ("show", "show EC-2026-002 --on 2026-04-18", 0),
    ("show-kosovo", "show xk-gurmal --on 2026-04-18", 0),
    ("log", "log --on 2026-04-18", 0),
    ("log-record", "log bg-rosendol --on 2026-04-18", 0),
    ("explain-rule", "explain admission-needs-unanimity --on 2026-04-18", 0),
    ("explain-point", "explain INT-03 --on 2026-04-18", 0),
    ("explain-article", "explain art5 --on 2026-04-18", 0),
    ("application-list", "application list --all --on 2026-04-18", 0),
    ("member-list", "member list --on 2026-04-18", 0),
    ("member-show", "member show bg-rosendol --on 2026-04-18", 0),
    ("meeting-list", "meeting list --on 2026-04-18", 0),
    ("decision-certificate", "decision certificate EC-2026-001 --out certificate.txt "
     "--on 2026-04-18", 0),
    ("decision-certificate-refused", "decision certificate EC-2026-005 --on 2026-04-18", 2),
    ("export-json", "export json --out register.json --on 2026-04-18", 0),
    ("export-csv", "export csv --out tables --on 2026-04-18", 0),
    ("export-csv-refused", "export csv --on 2026-04-18", 2),
    ("export-xlsx", "export xlsx --out register.xlsx --on 2026-04-18", 0),
    ("export-ics", "export ics --out b40.ics --on 2026-04-18", 0),
    ("export-popolo", "export popolo --out popolo.json --on 2026-04-18", 0),
    ("site-build", "site build --out site --on 2026-04-18", 0),
    ("export-atom", "export atom --out feed.xml --on 2026-04-18", 0),
    ("decision-list", "decision list --on 2026-04-18", 0),
    ("decision-what-if", "decision what-if EC-2026-001 --against kamenik --on 2026-04-18", 0),
    ("committee-show", "committee show --on 2026-04-18", 0),
    ("statutes-show", "statutes show --on 2026-04-18", 0),
    ("statutes-show-article", "statutes show art13 --on 2026-04-18", 0),
    ("statutes-show-parameter", "statutes show assembly-quorum --on 2026-04-18", 0),
    ("statutes-upgrade-dry-run", "statutes upgrade --dry-run --on 2026-04-18", 0),
    ("statutes-simulate", "statutes simulate --amend committee-quorum=1/1 --on 2026-04-18", 0),
    ("statutes-readings", "statutes readings INT-03 --on 2026-04-18", 0),
    ("check", "check --on 2026-04-18", 0),
    ("check-base", "check --base HEAD~3 --on 2026-04-18", 0),
    ("review", "review HEAD~3..HEAD --on 2026-04-18", 0),
    ("audit", "audit --on 2026-04-18", 0),
    ("audit-range", "audit HEAD~3..HEAD --on 2026-04-18", 0),
    ("fmt-check", "fmt --check --on 2026-04-18", 0),
    ("fmt", "fmt registry/members --on 2026-04-18", 0),
)  # fmt: skip
UNKNOWN = (
    ("roll-incomplete", "roll --on 2026-04-18", 0),
    ("quorum-incomplete", "quorum --on 2026-04-18", 0),
    ("check-incomplete", "check --on 2026-04-18", 0),
    ("committee-show-incomplete", "committee show --on 2026-04-18", 0),
)
# After everything else, so that no hash of an earlier step hangs on it.
DESK = (
    ("status", "status --on 2026-04-18", 0),
    ("doctor", "doctor --on 2026-04-18", 0),
    ("city", "city kamenik --on 2026-04-18", 0),
    ("search", "search vodengrad --on 2026-04-18", 0),
    ("do", "do 1 --dry-run --on 2026-04-18", 0),
    ("do-refused", "do 99 --on 2026-04-18", 2),
    ("duty-list", "duty list --on 2026-04-18", 0),
    ("mail", "mail reply EC-2026-001 --on 2026-04-18", 0),
    ("meeting-dispatch", f"meeting dispatch {FIRST} --sent 2026-04-18 --document letter.txt "
     "--on 2026-04-18", 0),
    ("duty-acknowledge", "duty acknowledge members-informed --of EC-2026-001 --reason Illness "
     "--by permanent-secretary --on 2026-04-18", 0),
    ("duty-acknowledge-refused", "duty acknowledge members-informed --of EC-2026-002 "
     "--reason None --by president --on 2026-04-18", 1),
    ("meeting-convene-assembly", "meeting convene ga --opens 2026-04-20T10:00 "
     "--on 2026-04-18", 0),
    ("meeting-notice", "meeting notice 2026-04-20-ga --on 2026-04-18", 0),
    ("report-final-step", "report final 2026-04-20-ga --prepared 2026-04-20 --document form.txt "
     "--on 2026-04-20", 0),
    ("report-final", "report final 2026-04-20-ga --on 2026-04-20", 0),
    ("summit-sign", "summit sign 2026-04-20-ga --cities hr-kamenik,gr-lykonisi "
     "--on 2026-04-20", 0),
    ("summit-plan", "summit plan --on 2026-04-20", 0),
    ("meeting-minutes", f"meeting minutes {FIRST} --on 2026-04-20", 0),
    ("member-dossier", "member dossier xk-gurmal --on 2026-04-20", 0),
    ("member-certificate", "member certificate xk-gurmal --on 2026-04-20", 0),
    ("meeting-sheets", f"meeting sheets {FIRST} --on 2026-04-20", 0),
    ("decision-paper", "decision paper EC-2026-001 --on 2026-04-20", 0),
    ("report-activity", "report activity --on 2026-04-20", 0),
    ("statutes-coverage", "statutes coverage --on 2026-04-20", 0),
)  # fmt: skip
GATHERED = "2026-04-20-ga"
ASSEMBLY = (
    ("meeting-roll-call-without-notice", f"meeting roll-call {GATHERED} --present {ALL} "
     "--on 2026-04-20", 1),
    ("meeting-agenda", f"meeting agenda {GATHERED} --item activity-report --item handover "
     "--item other:Greetings --on 2026-04-18", 0),
    ("meeting-notice-sent", f"meeting notice {GATHERED} --sent 2026-04-18T12:00 "
     "--document letter.txt --on 2026-04-18", 0),
    ("meeting-rules", f"meeting rules {GATHERED} --announced 2026-04-18T12:00 --on 2026-04-18", 0),
    ("meeting-delegation", f"meeting delegation {GATHERED} hr-kamenik --member Eva "
     "--on 2026-04-18", 0),
    ("meeting-delegation-refused", f"meeting delegation {GATHERED} gr-lykonisi --head Niko "
     "--capacity designee --on 2026-04-18", 1),
    ("proxy-give-assembly", f"proxy give {GATHERED} --from si-jezerna --to al-aldmar "
     "--document proxy.txt --sent-secretary 2026-04-18T09:00 --on 2026-04-18", 0),
    ("proxy-receipt", f"proxy receipt {GATHERED} --from si-jezerna "
     "--sent-president 2026-04-19T09:00 --on 2026-04-19", 0),
    ("proxy-give-refused", f"proxy give {GATHERED} --from gr-lykonisi --to al-aldmar "
     "--document proxy.txt --sent-secretary 2026-04-20T12:00 --on 2026-04-20", 1),
    ("proxy-solve", f"proxy solve {GATHERED} --coming kamenik,lykonisi --on 2026-04-20", 0),
    ("meeting-roll-call-assembly", f"meeting roll-call {GATHERED} "
     f"--present {ALL.removesuffix(',si-jezerna')} --on 2026-04-20", 0),
    ("quorum-assembly", f"quorum {GATHERED} --on 2026-04-20", 0),
    ("proxy-revoke", f"proxy revoke {GATHERED} --from si-jezerna --at 2026-04-20T11:00 "
     "--on 2026-04-20", 0),
    ("meeting-prepare", f"meeting prepare {GATHERED} --on 2026-04-19", 0),
    ("proxy-solve-held", f"proxy solve {GATHERED} --on 2026-04-20", 0),
    ("proxy-list", f"proxy list {GATHERED} --on 2026-04-20", 0),
    ("meeting-close", f"meeting close {GATHERED} --at 2026-04-20T12:00 --on 2026-04-20", 0),
    ("meeting-minutes-filed", f"meeting minutes {GATHERED} --document letter.txt "
     "--on 2026-04-20", 0),
    ("meeting-convene-summit", "meeting convene summit --opens 2026-06-20 --city rs-srebrni-brod "
     "--half-days 3 --language en --on 2026-04-20", 0),
    ("meeting-consult", "meeting consult 2026-06-20-summit --president 2026-04-18 "
     "--next 2026-04-19 --on 2026-04-20", 0),
)  # fmt: skip
OFFICES = (
    ("member-withdraw", "member withdraw mk-planinsko --received 2026-04-20 --document letter.txt "
     "--on 2026-04-20", 0),
    ("group-open", "group open Flood --evidence decision.txt --on 2026-04-20", 0),
    ("group-lead", "group lead flood hr-kamenik --evidence decision.txt --on 2026-04-20", 0),
    ("group-expert", "group expert flood Eva --city gr-lykonisi --on 2026-04-20", 0),
    ("group-expert-refused", "group expert flood Leo --city at-graubach --on 2026-04-20", 1),
    ("group-programme", "group programme flood --year 2026 --goal Shade --document letter.txt "
     "--on 2026-04-20", 0),
    ("group-list", "group list --on 2026-04-20", 0),
    ("observer-request", "observer request Graubach --country AT --gazetteer none "
     "--population 600000 --year 2021 --document letter.txt --on 2026-04-20", 0),
    ("observer-invite", "observer invite at-graubach --to ga --evidence decision.txt "
     "--on 2026-04-20", 0),
    ("observer-end", "observer end at-graubach --evidence decision.txt --on 2026-04-20", 0),
    ("observer-list", "observer list --on 2026-04-20", 0),
    ("presidency-show", "presidency show --on 2026-04-20", 0),
    ("presidency-order", "presidency order --on 2026-04-20", 0),
    ("presidency-plan", "presidency plan --on 2026-04-20", 0),
    ("presidency-agenda", "presidency agenda --evidence decision.txt --on 2026-04-20", 0),
    ("presidency-decline", "presidency decline bg-vodengrad --term 2027 --document letter.txt "
     "--on 2026-04-20", 0),
    ("presidency-departure-refused", "presidency departure 2027 --reason Declined "
     "--on 2026-04-20", 2),
    ("presidency-handover-refused", f"presidency handover 2027 --at {GATHERED} --item 9 "
     "--on 2026-04-20", 1),
    ("committee-plan", "committee plan --on 2026-04-20", 0),
    ("committee-resign", "committee resign al-aldmar --to president,permanent-secretary "
     "--document letter.txt --on 2026-04-20", 0),
    ("secretary-appoint-refused", "secretary appoint Eva --person Mert "
     "--evidence decision.txt --on 2026-04-20", 1),
    ("secretary-show", "secretary show --on 2026-04-20", 0),
)  # fmt: skip
MENDS = (
    ("correct", "correct bg-rosendol --at population.count --is 41500 --why Misread "
     "--evidence form.txt --on 2026-04-20", 0),
    ("correct-refused", "correct EC-2026-002 --at state --is adopted --why Misread "
     "--evidence form.txt --on 2026-04-20", 1),
    ("show-corrected", "show bg-rosendol --on 2026-04-20", 0),
    ("forget", "forget hr-kamenik mayors.0.name --everywhere --why Asked --word secret "
     "--evidence form.txt --on 2026-04-20", 0),
    ("forget-refused", "forget hr-kamenik mayors.0.from --why Asked --evidence form.txt "
     "--on 2026-04-20", 2),
    ("decision-annul", "decision annul PR-2026-001 --effect ex-tunc --evidence decision.txt "
     "--on 2026-04-20", 0),
    ("meeting-move", "meeting move 2026-06-20-summit --opens 2026-06-21 --on 2026-04-20", 0),
    ("meeting-cancel", "meeting cancel 2026-06-20-summit --reason Strike --on 2026-04-20", 0),
    ("meeting-cancel-refused", f"meeting cancel {GATHERED} --reason Late --on 2026-04-20", 1),
    ("member-list-known-at", "member list --on 2026-04-18 --known-at HEAD~1", 0),
    ("sync", "sync", 2),
    ("undo", "undo --on 2026-04-20", 0),
    ("undo-refused", "undo --on 2026-04-20", 2),
    ("member-set", "member set al-aldmar --email office@example.org --population 41000 "
     "--on 2026-04-20", 0),
    ("member-rename", "member rename al-aldmar Valmar --from 2026-04-19 --on 2026-04-20", 0),
)  # fmt: skip
# Last of all: from here on commits would have to be signed.
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFfS2F3oaXRqPmEFmYmDBBnvs0oYVDLdZVFsnVpIz5T"
TRUST = (
    ("trust-add", "trust add clerk --name Ana --office secretariat --handle @network/clerks "
     "--key key.pub --on 2026-04-20", 0),
    ("trust-add-refused", "trust add eye --name Eva --key key.pub --on 2026-04-20", 1),
    ("trust-add-second", f"trust add mayor --name Ivo --office president --handle @ivo "
     f"--key gpg:{'0A' * 20} --on 2026-04-20", 0),
    ("trust-revoke-dry-run", "trust revoke mayor --reason Lost --on 2026-04-20 --dry-run", 0),
    ("trust-revoke", "trust revoke mayor --reason Lost --on 2026-04-20", 0),
    ("trust-signers", "trust signers --on 2026-04-20", 0),
    ("trust-codeowners", "trust codeowners --on 2026-04-20", 0),
    ("trust-codeowners-check", "trust codeowners --check form.txt --on 2026-04-20", 1),
    ("evidence-file", "evidence file letter.txt --on 2026-04-20", 0),
)  # fmt: skip
WHOLE = (*ACTS, *READS, *DESK, *ASSEMBLY, *OFFICES, *MENDS, *TRUST)
STEPS = (
    Step("demo", "", "demo --folder played"),
    *BEGINNING,
    *(Step(name, "whole", words, code) for name, words, code in WHOLE),
    *(Step(name, "partial", words, code) for name, words, code in UNKNOWN),
)


def whole() -> Records:
    """The invented network with a mayor in office, and a record that names Kosovo*."""
    content = records()
    content[f"registry/members/{SEVEN[0]}.yaml"]["mayors"] = [
        {"name": "Ivo", "capacity": "mayor", "from": "2025-05-01"}
    ]
    content["registry/members/xk-gurmal.yaml"]["note"] = "A city of Kosovo, says the list."
    return content


def partial() -> Records:
    """The same network where nobody knows the whole list."""
    content = whole()
    network = content["registry/network.yaml"]
    network["complete"] = dict.fromkeys(network["complete"])
    network["reported"] = [{"on": "2026-01-05", "members": 20, "source": "founding-list"}]
    content["registry/committee/2026.yaml"]["seats"][3]["city"] = "unknown"
    return content


@contextmanager
def pinned(today: date = TODAY) -> Iterator[None]:
    """One identity, one time, one day, and no settings of the machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PINNED.items():
            patch.setenv(name, value.replace(str(TODAY), str(today)))
        patch.delenv("B40_REPO", raising=False)
        patch.setattr(options, "clock", lambda: today)
        yield


def stage(folder: Path) -> Path:
    """Lay out the three registers and the papers of the script."""
    for name in ("whole", "partial", "begun"):
        (folder / name).mkdir()
    repository(folder / "whole", whole())
    repository(folder / "partial", partial())
    shutil.copy(Path(__file__).with_name("opening.yaml"), folder / "opening.yaml")
    (folder / "roster.csv").write_text(ROSTER)
    (folder / "bad.csv").write_text(ROSTER.replace("2025-06-01", "2025-02-30"))
    for paper in PAPERS:
        (folder / "whole" / paper).write_text(f"{paper}\n")
    (folder / "whole" / "key.pub").write_text(f"{KEY} ana@example.org\n")
    return folder


def ask(folder: Path, *words: str) -> Heard:
    """Answer a command in this process."""
    out, err = StringIO(), StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return Heard(code, out.getvalue(), err.getvalue())


def played(
    folder: Path,
    forms: Sequence[str],
    also: Callable[[Step, Answer[Any]], None] = lambda _step, _answer: None,
) -> Iterator[tuple[Step, dict[str, Heard]]]:
    """Play the whole script once and tell each answer in every format, and `also` hands it on."""
    with pinned():
        stage(folder)
        for step in STEPS:
            # The demonstration checks the shipped register, whose acts are of a later day.
            with pinned(SHIPPED if step.name == "demo" else TODAY):
                heard = _in_forms(folder / step.folder, step, forms, also)
            yield step, heard


def _in_forms(
    folder: Path, step: Step, forms: Sequence[str], also: Callable[[Step, Answer[Any]], None]
) -> dict[str, Heard]:
    """What a command says in the first format; the others tell the same answer.

    An act is done once. Where the terminal was told of an error there is no answer to tell, and
    nothing was done: it is asked again.
    """
    words = step.words.split()
    first, *others = forms
    with _overheard() as answers:
        heard = {first: ask(folder, *words, "--format", first)}
    if answers:
        also(step, answers[-1])
    for form in others:
        if answers:
            said = told_as(answers[-1], form)
            heard[form] = heard[first]._replace(out=said)
        else:
            heard[form] = ask(folder, *words, "--format", form)
    return heard


@contextmanager
def _overheard() -> Iterator[list[Answer[Any]]]:
    """The answers that commands tell; the last is that of the command asked."""
    answers: list[Answer[Any]] = []

    def tell(answer: Answer[Any], form: str) -> str:
        answers.append(answer)
        return told(answer, form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "told", tell)
        yield answers


def told_as(answer: Answer[Any], form: str) -> str:
    """An answer as standard output has it in a format."""
    text = told(answer, form)
    return text if text.endswith("\n") or not text else f"{text}\n"
