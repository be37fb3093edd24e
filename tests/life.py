"""Life goes on: random acts of a clerk, late ones and slips among them, and what must hold after.

After any act that was accepted `check`, `check --base`, `review` and `audit` refuse nothing, on the
day and on a later one. A life is a seed: `python -m tests.life --seed 7 --acts 200` lives it again,
and one that fails is cut down to the acts that it takes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from b40cli.acts.opened.view import open_view
from b40cli.cli.request import options
from b40cli.model.facts.meeting import Meeting
from b40cli.model.facts.statutes import KNOWN_SETS
from b40cli.model.state.registry import Registry
from tests.invented import OTHERS, SEVEN, Records, git, records, repository
from tests.scenario import PINNED, Heard, ask
from tests.unsynced import unsynced

# A life begins early in the first term, or shortly before its end.
BEGINS = (date(2026, 1, 20), date(2026, 11, 10))
CITIES = (*SEVEN, *OTHERS)
NAMES = ("Ana Primer", "Ivo Uzor", "Vera Novak", "Petar Ogled", "Eva Pokus", "Leo Vzorec")
NEW = (("Rosendol", "BG"), ("Mirnava", "SI"), ("Tihograd", "RS"), ("Novi Brod", "RS"))
PAPERS = ("form.txt", "letter.txt", "decision.txt")
GROUP = "local-climate-action"
TOGETHER = 6
# The one conflict that a lone process can come to: the id is another meeting's.
TAKEN = ("is convened already, and otherwise", "nothing is held within it")
NUMBERS = ("assembly-quorum=3/5", "assembly-quorum=2/3", "proxies-per-holder=2")
READINGS = (
    *(("INT-05", "half-of-participants-exceeded"), ("INT-05", "more-for-than-against")),
    *(("INT-25", "vacant"), ("INT-25", "no-vote-but-in-base"), ("INT-21", "no")),
    *(("INT-28", "year-end"), ("INT-02", "out-of-both"), ("INT-24", "mayor")),
    *(("INT-36", "presidency-too"), ("INT-30", "anniversary"), ("INT-14", "admission")),
)


class Done(NamedTuple):
    """An act as it was asked for: the day it is, and the words."""

    today: date
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.today}  b40 {' '.join(w if ' ' not in w else repr(w) for w in self.words)}"


class Broken(NamedTuple):
    """What refused after an act was accepted: the question that was asked, and its findings."""

    asked: str
    said: str


@contextmanager
def living(folder: Path) -> Iterator[Callable[[date], None]]:
    """One identity, a clock that is set, caches of its own, and no waiting for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        unsynced(patch)
        for name, value in PINNED.items():
            patch.setenv(name, value)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))

        def turn(today: date) -> None:
            patch.setattr(options, "clock", lambda: today)
            for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
                os.environ[name] = f"{today}T10:00:00+0300"

        turn(BEGINS[0])
        yield turn


def beginning() -> Records:
    """The invented network under the newest rule set, with mayors and a group."""
    content = records(max(KNOWN_SETS))
    for n, city in enumerate(CITIES):
        mayor = {"name": NAMES[n % len(NAMES)], "capacity": "mayor", "from": "2024-05-01"}
        mayor |= {"until": "2029-05-01"} if n % 2 else {}
        content[f"registry/members/{city}.yaml"]["mayors"] = [mayor]
    content[f"registry/groups/{GROUP}.yaml"] = {
        "id": GROUP,
        "name": "Local Climate Action",
        "kind": "permanent",
    }
    return content


class Life:
    """A register, the day it is, and what was done to it; `tried` counts what was refused too."""

    def __init__(self, folder: Path, turn: Callable[[date], None], rng: Random) -> None:
        self.root = folder / "register"
        self.turn = turn
        self.rng = rng
        self.today = rng.choice(BEGINS)
        self.done: list[Done] = []
        self.tried: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()
        self.questions = self.looked = 0
        self.laws: list[int] = []
        self.root.mkdir(parents=True)
        repository(self.root, beginning())
        for paper in PAPERS:
            (self.root / paper).write_text(f"{paper}\n")
        self._read: tuple[int, Registry] | None = None

    @property
    def registry(self) -> Registry:
        """The register as it stands."""
        if self._read is None or self._read[0] != len(self.done):
            self._read = (len(self.done), open_view(self.root, self.today).registry)
        return self._read[1]

    def acts(self, done: Done) -> Heard:
        """Do one act; what is accepted is remembered."""
        self.today = done.today
        self.turn(done.today)
        heard = ask(self.root, *done.words, "--yes", "--json")
        if heard.code == 4 and any(said in heard.out + heard.err for said in TAKEN):
            heard = heard._replace(code=2)
        name = " ".join(done.words[: 1 if done.words[0] == "correct" else 2])
        self.tried[name] += 1
        self.codes[heard.code] += 1
        if heard.code == 1 and name.startswith("decision"):
            self.tried[f"{name} ✗ {done.words[2]} {_said(heard)[:150]}"] += 1
        if heard.code == 0 and '"commit": "' in heard.out:
            self.done.append(done)
            self._notes_a_law(done)
            self.tried[f"{name} ✓"] += 1
        return heard

    def _notes_a_law(self, done: Done) -> None:
        """Which acts changed the statutes' data: an undo takes the one before it back."""
        if done.words[0] == "undo" and self.laws[-1:] == [len(self.done) - 1]:
            self.laws.pop()
        elif done.words[0] in ("decision", "statutes"):
            changed = ("diff", "--name-only", "HEAD~1", "HEAD", "--", "registry/statutes")
            self.laws += [len(self.done)] if git(self.root, *changed) else []

    def wrong(self, *, whole: bool = False) -> Broken | None:
        """What refuses, of all that can be asked after an act.

        `review` and `audit` judge commit by commit: they are asked of a few acts at once, with
        `whole` at once, and the audit then of all of history. What changes the law is reviewed by
        itself: what rests on it comes after the merge, in a range of its own.
        """
        later, fresh = str(self.today), len(self.done) - self.looked
        asked = [("check", "--on", later), ("check", "--base", "HEAD~1", "--on", later)]
        if fresh and (whole or fresh >= TOGETHER):
            # What a base holds was sent and is not undone: an undo is asked of with what it undid.
            since = fresh + (self.done[self.looked].words[0] == "undo")
            apart = {len(self.done) - n + before for n in self.laws for before in (0, 1)}
            cuts = [f"HEAD~{n}" for n in sorted({since, 0, *(n for n in apart if n < since)})]
            cuts.reverse()
            asked += [("review", f"{a}..{b}", "--on", later) for a, b in pairwise(cuts)]
            asked.append(("audit", f"HEAD~{since}..HEAD"))
            self.looked = len(self.done)
        if whole:
            asked += [("audit",)]
        for words in asked:
            heard = ask(self.root, *words, "--json")
            self.questions += 1
            if heard.code:
                return Broken(" ".join(words), _said(heard))
        return None

    def at_last(self) -> Broken | None:
        """What refuses on the last day, of all of history; and more than a year later."""
        wrong = self.wrong(whole=True)
        if wrong is None:
            self.today += timedelta(days=400)
            self.turn(self.today)
            wrong = self.wrong(whole=True)
        return wrong

    # What the acts are made of.
    def one(self, among: Sequence[str]) -> str:
        """One of some, or a word nobody knows."""
        return self.rng.choice(among) if among else "nobody"

    def city(self) -> str:
        """A city on record."""
        return self.one([m.id for m in self.registry.members()])

    def past(self, most: int = 400) -> str:
        """A day by now, more often a near one."""
        return str(self.today - timedelta(days=int(most * self.rng.random() ** 3)))

    def meetings(self, *kinds: str) -> list[Meeting]:
        """The latest meetings of a kind."""
        held = [m for m in self.registry.meetings() if m.kind in kinds and not m.attested]
        return sorted(held, key=lambda m: m.day)[-4:]


def _said(heard: Heard) -> str:
    try:
        findings = json.loads(heard.out)["findings"]
    except (ValueError, KeyError):
        return f"exit {heard.code}: {heard.out[-500:]} {heard.err[-500:]}"
    wrong = [f for f in findings if f["kind"] in ("validity", "defect")]
    return f"exit {heard.code}: " + " | ".join(
        f"{f['rule']}: {f['message']} ({f['file']})" for f in wrong
    )


Words = list[str]
Maker = Callable[[Life], Words]


def mayor(of: Life) -> Words:
    """A new head, an acting one, an older mandate learnt late, a key."""
    words = ["member", "mayor", of.city(), of.one(NAMES), "--from", of.past()]
    if of.rng.random() < 0.25:
        words += ["--capacity", "acting-mayor"]
    if of.rng.random() < 0.3:
        words += ["--until", str(of.today + timedelta(days=of.rng.randint(-200, 400)))]
    if of.rng.random() < 0.3:
        words += ["--key", of.one(("ana-primer", "ivo-uzor", "vera-novak"))]
    return words


def slip(of: Life) -> Words:
    """A name, a day, a capacity that was entered wrongly."""
    member = of.registry.member(of.city())
    n = of.rng.randrange(len(member.mayors)) if member and member.mayors else 0
    place, value = of.rng.choice(
        [
            ("name", of.one(NAMES)),
            ("from", of.past(900)),
            ("until", of.past()),
            ("capacity", of.one(("mayor", "acting-mayor"))),
            ("person", of.one(("ana-primer", "ivo-uzor"))),
        ]
    )
    where = f"mayors.{n}.{place}" if of.rng.random() < 0.9 else "attested.since"
    value = value if where != "attested.since" else of.past(600)
    city = member.id if member else "nobody"
    return ["correct", city, "--at", where, "--is", value, "--own-slip", "--why", "Misread"]


def slip_of_paper(of: Life) -> Words:
    """A head of delegation, a ground, a notice entered wrongly."""
    held = of.meetings("ec", "ga")
    meeting = of.rng.choice(held) if held else None
    place, value = of.rng.choice(
        [
            ("delegations.0.head.name", of.one(NAMES)),
            ("delegations.0.head.capacity", of.one(("mayor", "acting-mayor"))),
            ("roll_calls.0.present", of.city()),
            ("chair", of.city()),
            ("title", "Another title"),
        ]
    )
    name = meeting.id if meeting else "nobody"
    return ["correct", name, "--at", place, "--is", value, "--own-slip", "--why", "Misread"]


def applied(of: Life) -> Words:
    name, country = of.rng.choice(NEW)
    words = ["application", "submit", name, "--country", country, "--gazetteer", "none"]
    words += ["--form", "form.txt", "--letter", "letter.txt", "--elected", "letter.txt"]
    return [*words, "--on", of.past(60)]


def signed(of: Life) -> Words:
    return ["member", "sign", of.city(), "--signed", of.past(60)]


def left(of: Life) -> Words:
    return ["member", "withdraw", of.city(), "--received", of.past(60)]


def suspended(of: Life) -> Words:
    words = ["member", "suspend", of.city(), "--grounds", "Silence", "--evidence", "decision.txt"]
    return [*words, "--on", of.past(30)]


def reinstated(of: Life) -> Words:
    held = [m.id for m in of.registry.members() if m.suspensions]
    words = ["member", "reinstate", of.one(held), "--evidence", "decision.txt"]
    return [*words, "--on", of.past(30)]


def convened(of: Life) -> Words:
    kind = of.one(("ec", "ec", "ga", "ga", "summit", "wg"))
    day = of.today + timedelta(days=of.rng.randint(-10, 12))
    on = min(day, of.today)
    words = ["meeting", "convene", kind, "--opens", f"{day}T10:00", "--on", str(on)]
    if kind == "ec" and of.rng.random() < 0.2:
        seated = [s.city for s in of.registry.seats() if s.city != "unknown"]
        asked = ",".join(of.rng.sample(seated, min(2, len(seated))))
        words += ["--by", "executive-committee", "--requested-by", asked]
    return words + (["--group", GROUP] if kind == "wg" else [])


def _meeting(of: Life, *kinds: str) -> tuple[str, str]:
    """A meeting, and the day on which it is acted on: its own, or before it."""
    held = of.meetings(*kinds)
    if not held:
        return "nobody", str(of.today)
    meeting = of.rng.choice(held)
    return meeting.id, str(min(meeting.day, of.today))


def agenda(of: Life) -> Words:
    name, on = _meeting(of, "ga")
    items = [word for kind in ("activity-report", "handover") for word in ("--item", kind)]
    return ["meeting", "agenda", name, *items, "--on", on]


def noticed(of: Life) -> Words:
    name, on = _meeting(of, "ga")
    before = date.fromisoformat(on) - timedelta(days=of.rng.randint(0, 5))
    words = ["meeting", "notice", name, "--sent", f"{before}T09:00", "--document", "letter.txt"]
    moved = [d.id for d in of.registry.decisions() if d.meeting == name and d.matter == "removal"]
    return [*words, *(w for d in moved for w in ("--motion", d)), "--on", on]


def delegated(of: Life) -> Words:
    name, on = _meeting(of, "ga", "ec")
    words = ["meeting", "delegation", name, of.city(), "--on", on]
    if of.rng.random() < 0.3:
        words += ["--head", of.one(NAMES), "--capacity", of.one(("mayor", "acting-mayor"))]
    return words


def called(of: Life) -> Words:
    name, on = _meeting(of, "ga", "ec", "summit")
    present = "all"
    if of.rng.random() < 0.4:
        cities = [m.id for m in of.registry.members()]
        present = ",".join(of.rng.sample(cities, of.rng.randint(4, len(cities))))
    return ["meeting", "roll-call", name, "--present", present, "--on", on]


def proxied(of: Life) -> Words:
    name, on = _meeting(of, "ga", "ec")
    eve = date.fromisoformat(on) - timedelta(days=1)
    words = ["proxy", "give", name, "--from", of.city(), "--to", of.city()]
    words += ["--document", "letter.txt", "--on", str(eve)]
    return [*words, "--sent-secretary", f"{eve}T09:00", "--sent-president", f"{eve}T09:00"]


def ended(of: Life) -> Words:
    name, on = _meeting(of, "ga", "ec", "summit")
    return ["meeting", "close", name, "--at", f"{on}T16:00", "--on", on]


def furthered(of: Life) -> Words:
    """What comes next at the latest meeting: its notice, its roll, a vote; else a new meeting."""
    held = of.meetings("ec", "ga")
    last = held[-1] if held else None
    if last is None or last.day < of.today - timedelta(days=15):
        return convened(of)
    if last.kind == "ga" and last.notice is None and not last.roll_calls:
        return noticed(of)
    if not last.roll_calls:
        return called(of)
    if last.kind == "ec":
        return recorded(of)
    following = (elected, recorded, recorded, undone_by_vote, succeeded_to, handed_over)
    return of.rng.choice(following)(of)


def minuted(of: Life) -> Words:
    name, _on = _meeting(of, "ga", "ec")
    return ["meeting", "minutes", name, "--document", "letter.txt", "--on", str(of.today)]


def _question(of: Life, kind: str) -> Words:
    """A matter of the body, with what it needs."""
    term = str(of.today.year + of.rng.choice((0, 1, 1)))
    decided = [d.id for d in of.registry.decisions() if d.state == "adopted"]
    annulled = ["annulment", "--annuls", of.one(decided)]
    annulled += ["--effect", of.one(("ex-tunc", "ex-nunc"))]
    candidates = of.rng.sample(CITIES, 3)
    questions = {
        "ec": [
            [
                "admission",
                "--subject",
                of.one([m.id for m in of.registry.members() if not m.attested]),
            ],
            ["suspension", "--subject", of.city(), "--grounds", "Silence"],
            ["reinstatement", "--subject", of.city()],
            ["candidates", "--term", term, "--candidate", ",".join(candidates), "--grounds", "So"],
            ["resolution", "--title", "Bridges"],
            _silent(of, "withdrawal-retracted", "succession", "stand-in"),
            annulled,
        ],
        "ga": [
            ["presidency", "--subject", candidates[0], "--term", term, "--grounds", "So"],
            ["removal", "--subject", of.city(), "--grounds", "Hostile"],
            ["committee-dismissal", "--subject", of.city()],
            ["activity-report"],
            ["amendment", "--amend", of.one(NUMBERS)],
            ["interpretation", *_reading(of)],
            _silent(of, "withdrawal-retracted", "stand-in", "seat-extended"),
            annulled,
        ],
    }
    return of.rng.choice(questions[kind])


def _silent(of: Life, *effects: str) -> Words:
    effect = of.one(effects)
    words = ["resolution", "--statutes-silent", "--effect", effect, "--subject", of.city()]
    if effect == "succession":
        words += ["--succeeds", of.city()]
    if effect in ("stand-in", "seat-extended"):
        words += ["--until", str(of.today + timedelta(days=of.rng.randint(5, 200)))]
    return words


def _reading(of: Life) -> Words:
    point, reading = of.rng.choice(READINGS)
    return ["--subject", point, "--adopts", reading]


def undone_by_vote(of: Life) -> Words:
    """A late decision, annulled by its body or by the Assembly."""
    name, on = _meeting(of, "ga", "ec")
    bodies = {"executive-committee"} if _kind(name) == "ec" else {"general-assembly", "president"}
    decided = [d for d in of.registry.decisions() if d.state == "adopted" and d.body in bodies]
    late = sorted(decided, key=lambda d: d.closed or of.today)[-5:]
    words = ["decision", "record", "annulment", "--annuls", of.one([d.id for d in late])]
    words += ["--effect", of.one(("ex-tunc", "ex-tunc", "ex-nunc")), "--for", "all"]
    return [*words, "--meeting", name, "--on", on]


def renamed(of: Life) -> Words:
    name = f"Novi {of.one(NAMES).split()[1]}"
    return ["member", "rename", of.city(), name, "--from", of.past(100)]


def told(of: Life) -> Words:
    words = ["member", "set", of.city(), "--population", str(of.rng.randint(1000, 900000))]
    return [*words, "--year", "2021", "--email", "office@example.org"]


def moved(of: Life) -> Words:
    name, _on = _meeting(of, "ga", "ec", "summit")
    verb = of.one(("move", "move", "cancel"))
    later = of.today + timedelta(days=of.rng.randint(1, 15))
    words = ["--opens", f"{later}T10:00"] if verb == "move" else ["--reason", "Illness"]
    return ["meeting", verb, name, *words]


def took_back(_of: Life) -> Words:
    return ["undo"]


def succeeded_to(of: Life) -> Words:
    """The Assembly approves the next President, whom the committee proposes."""
    name, on = _meeting(of, "ga")
    words = ["decision", "record", "presidency", "--subject", of.one(CITIES), "--grounds", "So"]
    words += ["--term", str(date.fromisoformat(on).year + of.rng.choice((0, 1)))]
    return [*words, "--statutes-silent", "--for", "all", "--meeting", name, "--on", on]


def _voters(of: Life, name: str) -> list[str]:
    meeting = of.registry.meeting(name)
    return list(meeting.roll_calls[-1].present) if meeting and meeting.roll_calls else []


def _kind(name: str) -> str:
    return name.rsplit("-", 1)[-1] if name.endswith(("-ec", "-ga")) else "ec"


def recorded(of: Life) -> Words:
    """A vote held and recorded at once."""
    name, on = _meeting(of, "ga", "ec")
    votes = ["--for", "all"]
    if of.rng.random() < 0.25:
        votes = ["--against", of.one(_voters(of, name)), "--for", "rest"]
    return [
        "decision",
        "record",
        *_question(of, _kind(name)),
        "--meeting",
        name,
        *votes,
        "--on",
        on,
    ]


def elected(of: Life) -> Words:
    """An election, every voter for the same candidates or for others."""
    name, on = _meeting(of, "ga")
    candidates = of.rng.sample(CITIES, of.rng.randint(3, 6))
    chosen: dict[str, list[str]] = {city: [] for city in candidates}
    for voter in _voters(of, name):
        for city in of.rng.sample(candidates, min(len(candidates), of.rng.choice((3, 4, 4)))):
            chosen[city].append(voter)
    words = ["decision", "record", "committee-election", "--meeting", name, "--on", on]
    words += [
        "--term",
        str(int(on[:4]) + of.rng.choice((0, 0, 1))),
        "--candidate",
        ",".join(candidates),
    ]
    if of.rng.random() < 0.3:
        words += ["--statutes-silent"]
    choices = (("--choice", f"{city}={','.join(by)}") for city, by in chosen.items() if by)
    return [*words, *(word for choice in choices for word in choice)]


def proposed(of: Life) -> Words:
    name, on = _meeting(of, "ga", "ec")
    before = min(of.today, date.fromisoformat(on)) - timedelta(days=of.rng.choice((0, 0, 3)))
    question = _question(of, _kind(name))
    return ["decision", "propose", *question, "--meeting", name, "--on", str(before)]


def _running(of: Life, state: str) -> tuple[str, Words]:
    """A decision in a state, and the day of its meeting."""
    found = [d for d in of.registry.decisions() if d.state == state]
    if not found:
        return "nobody", []
    decision = of.rng.choice(found[-3:])
    meeting = of.registry.meeting(decision.meeting or "")
    return decision.id, ["--on", str(meeting.day)] if meeting else []


def opened(of: Life) -> Words:
    name, on = _running(of, "proposed")
    return ["decision", "open", name, *on]


def voted(of: Life) -> Words:
    name, on = _running(of, "open")
    return ["decision", "vote", name, "--for", "all", *on]


def closed(of: Life) -> Words:
    name, on = _running(of, "open")
    return ["decision", "close", name, *on]


def taken_back(of: Life) -> Words:
    """An act of the President, annulled by the President."""
    alone = [d.id for d in of.registry.decisions() if d.body == "president"]
    words = ["decision", "annul", of.one(alone), "--effect", of.one(("ex-tunc", "ex-nunc"))]
    return [*words, "--evidence", "decision.txt", "--on", of.past(30)]


def resigned(of: Life) -> Words:
    words = ["committee", "resign", of.city(), "--to", "president,permanent-secretary"]
    return [*words, "--document", "letter.txt", "--on", of.past(20)]


def handed_over(of: Life) -> Words:
    name, on = _meeting(of, "ga", "summit")
    return ["presidency", "handover", on[:4], "--at", name, "--on", on]


def declined(of: Life) -> Words:
    words = ["presidency", "decline", of.city(), "--term", str(of.today.year + 1)]
    return [*words, "--document", "letter.txt", "--on", of.past(20)]


def leads(of: Life) -> Words:
    words = ["group", "lead", GROUP, of.city(), "--evidence", "decision.txt"]
    return [*words, "--on", of.past(30)]


def expert(of: Life) -> Words:
    return ["group", "expert", GROUP, of.one(NAMES), "--city", of.city(), "--on", of.past(20)]


def observes(of: Life) -> Words:
    words = ["observer", "request", "Graubach", "--country", "AT", "--gazetteer", "none"]
    words += ["--population", "600000", "--year", "2021", "--document", "letter.txt"]
    return [*words, "--on", of.past(20)]


def invited(of: Life) -> Words:
    verb, more = of.rng.choice((("invite", ["--to", of.one(("ga", GROUP))]), ("end", [])))
    words = ["observer", verb, "at-graubach", *more, "--evidence", "decision.txt"]
    return [*words, "--on", of.past(20)]


def informed(of: Life) -> Words:
    name, _on = _meeting(of, "ga", "ec")
    return ["meeting", "dispatch", name, "--sent", str(of.today), "--document", "letter.txt"]


MAKERS: dict[Maker, int] = {
    mayor: 8,
    slip: 6,
    slip_of_paper: 3,
    applied: 4,
    signed: 4,
    left: 2,
    suspended: 3,
    reinstated: 2,
    convened: 7,
    agenda: 1,
    noticed: 5,
    delegated: 5,
    called: 9,
    proxied: 2,
    ended: 1,
    furthered: 30,
    minuted: 2,
    recorded: 16,
    elected: 4,
    proposed: 5,
    opened: 5,
    voted: 5,
    closed: 5,
    taken_back: 2,
    resigned: 1,
    handed_over: 3,
    declined: 1,
    leads: 2,
    expert: 1,
    observes: 1,
    invited: 2,
    informed: 1,
    undone_by_vote: 6,
    renamed: 1,
    told: 1,
    moved: 3,
    took_back: 3,
    succeeded_to: 2,
}


def lived(folder: Path, seed: int, acts: int, *, whole: int = 25) -> tuple[Life, Broken | None]:
    """Live one life: so many acts tried; what is accepted is held against every question."""
    with living(folder) as turn:
        life = Life(folder, turn, Random(seed))
        for n in range(acts):
            today = life.today + timedelta(days=life.rng.choice((0, 0, 0, 1, 2, 5)))
            life.today = today
            life.turn(today)
            maker = life.rng.choices([*MAKERS], [*MAKERS.values()])[0]
            done = len(life.done)
            heard = life.acts(Done(today, tuple(maker(life))))
            if heard.code not in (0, 1, 2):
                return life, Broken("the act itself", f"{life_last(life, maker)} {_said(heard)}")
            if len(life.done) > done and (wrong := life.wrong()) is not None:
                return life, wrong
            if n % whole == whole - 1 and (wrong := life.wrong(whole=True)) is not None:
                return life, wrong
        return life, life.at_last() if life.done else None


def life_last(life: Life, maker: Maker) -> str:
    return f"{maker.__name__} on {life.today}:"


def replayed(folder: Path, script: Sequence[Done]) -> tuple[int, Broken | None]:
    """How many acts of a script are accepted, and what is wrong after the last of them."""
    with living(folder) as turn:
        life = Life(folder, turn, Random(0))
        for done in script:
            heard = life.acts(done)
            if heard.code not in (0, 1, 2):
                return len(life.done), Broken("the act itself", _said(heard))
        return len(life.done), life.at_last() if life.done else None


def shrunk(script: Sequence[Done]) -> list[Done]:
    """The script without the acts that the failure does not take."""
    kept, n = list(script), len(script)
    while n >= 1:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + n :]
            with tempfile.TemporaryDirectory(dir=_room()) as folder:
                if fewer and replayed(Path(folder), fewer)[1] is not None:
                    kept = fewer
                    continue
            at += n
        n //= 2
    return kept


def _room() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def main() -> int:
    """Live so many lives; tell the first failure with the acts that it takes."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--lives", type=int, default=1)
    asked.add_argument("--acts", type=int, default=200)
    asked.add_argument("--plain", action="store_true", help="do not cut a failure down")
    given = asked.parse_args()
    tried: Counter[str] = Counter()
    for seed in range(given.seed, given.seed + given.lives):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=_room())))
            life, wrong = lived(folder, seed, given.acts)
        tried += life.tried
        taken = sum(life.codes.values())
        refused = f"{life.codes[1]} refused, {life.codes[2]} wrongly asked"
        told = f"{len(life.done)} of {taken} acts recorded, {refused}, {life.questions} questions"
        print(f"seed {seed}: {told}: {wrong or 'sound'}", flush=True)
        if wrong is not None:
            script = life.done if given.plain else shrunk(life.done)
            print("\n".join(map(str, script)), flush=True)
            with tempfile.TemporaryDirectory(dir=_room()) as again:
                print(replayed(Path(again), script)[1], flush=True)
    done = {name: count for name, count in sorted(tried.items()) if not name.endswith("✓")}
    for name, count in done.items():
        print(f"{tried[f'{name} ✓']:5} of {count:5}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
