"""The program itself in a terminal, used by a hurried class, and killed: what the screen said is held against the disk.

Each time the program is started, a session opened and moved on, markers tapped, or a form filled in, until a kill -9
comes at a random moment. Then `roleplay resume` must show the session, paused.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import console_script
from benchmarks.sessions import own_home
from benchmarks.table import Row, say_time
from benchmarks.terminal import Terminal
from roleplay.conduct.drafts import FormDraft
from roleplay.conduct.opening import read_session
from roleplay.content.durations import say_moment
from roleplay.content.rubric import Rubric
from roleplay.session.state import TrackState
from roleplay.settings import database_path
from roleplay.store.sqlite import SqliteStore

SEED = 7
RESUME_LIMIT = 2.0
"""Seconds, from the command to a stage that is paused."""
DRAFT_LIMIT = 1.0
"""Seconds of typing that a kill may take."""
START, NEXT, TASKS, PAGE = "\x1b[15~", "\x1b[C", "\x1bOR", "\x0e"
TITLES = {"f": "Names the fee", "s": "Solves: jumps"}
"""Marker keys, and what the narrow column shows of their titles."""
STEPS = ("Welcome", "Read your card", "Conversation", "Feedback")
OWN_WORDS = "In your own words"
"""Heads the page of a form on which one writes."""
WORDS = "She heard the worry before anything else was said, and then waited."


@dataclass
class Seen:
    """What was on the screen, and what was typed when."""

    steps: set[str] = field(default_factory=set)
    marks: Counter[str] = field(default_factory=Counter)
    """As they stand on the screen: time and the beginning of the title."""
    typed: list[float] = field(default_factory=list)
    """When each letter of WORDS was typed."""
    saved: str = ""
    """The words on the screen where it said that they are saved."""
    killed: float = 0.0

    def note(self, lines: list[str]) -> None:
        """Read a screen."""
        heading = " ".join(lines[:2])
        self.steps |= {step for step in STEPS if heading.endswith(step)}
        shown = Counter(re.findall(rf"\d\d:\d\d (?:{'|'.join(TITLES.values())})", "\n".join(lines)))
        self.marks |= shown
        if lines[0].endswith("· saved") and OWN_WORDS in lines[1]:
            boxes = [line[3:-1].strip() for line in lines if line.startswith(" │ ")]
            # While a page is being drawn, words of the page before may still stand in its place.
            self.saved = boxes[0] if boxes and WORDS.startswith(boxes[0]) else ""


def kill_the_program(quick: bool) -> list[Row]:
    """What was seen and is not there, and how soon the session can go on."""
    times = 3 if quick else 100
    chance = random.Random(SEED)
    lost: list[str] = []
    seen_in_all = letters = 0
    resumed: list[float] = []
    for _ in range(times):
        with own_home() as home:
            seen = _use_until_killed(home, chance)
            lost += _missing(seen)
            seen_in_all += len(seen.steps) + seen.marks.total()
            letters += len(seen.typed)
            resumed.append(_resume(home))
    good = sum(seconds <= RESUME_LIMIT for seconds in resumed)
    return [
        Row(
            f"{times} kills of the program: steps, marks, words",
            f"{len(lost)} lost" + (f" ({lost[0]})" if lost else ""),
            f"of {seen_in_all} seen, {letters} letters",
            limit=f"0; {DRAFT_LIMIT:g} s of typing",
            kept=not lost and seen_in_all > 0,
        ),
        Row(
            "`roleplay resume` shows it, paused",
            f"{good} of {times}",
            f"the slowest in {say_time(max(resumed))}",
            limit=f"{times} within {RESUME_LIMIT:g} s",
            kept=good == times,
        ),
    ]


def _use_until_killed(home: Path, chance: random.Random) -> Seen:
    seen = Seen()
    command = console_script("roleplay.cli", "run", "parent-conversation", "--people", "Ana, Ben, Chloe")
    with Terminal(command, home) as terminal:
        use = chance.choice([_move_on, _mark, _write])
        use(terminal, seen, chance)
        terminal.kill()
        seen.killed = time.perf_counter()
        terminal.drain()
        seen.note(terminal.lines)
    return seen


def _press(terminal: Terminal, seen: Seen, key: str, until: str) -> None:
    """Press a key, and read the screen once something that fits stands on it."""
    terminal.press(key)
    _await(terminal, seen, until)


def _await(terminal: Terminal, seen: Seen, what: str) -> None:
    terminal.wait_until(lambda it: re.search(what, "\n".join(it.lines)) is not None)
    seen.note(terminal.lines)


def _open(terminal: Terminal, seen: Seen) -> None:
    _await(terminal, seen, "Round 3")
    _press(terminal, seen, START, "Press space to start")
    _press(terminal, seen, " ", "Now: Welcome")


def _converse(terminal: Terminal, seen: Seen) -> None:
    _open(terminal, seen)
    _press(terminal, seen, NEXT, "Now: Read your card")
    _press(terminal, seen, NEXT, "Last marks")


def _rest(terminal: Terminal, seconds: float) -> None:
    """Let time pass, with eyes open."""
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0 and terminal.look(left):
        pass


def _move_on(terminal: Terminal, seen: Seen, chance: random.Random) -> None:
    """The facilitator goes from step to step."""
    _open(terminal, seen)
    for _ in range(chance.randint(0, 2)):
        terminal.press(NEXT)
        _rest(terminal, chance.uniform(0.0, 0.3))


def _mark(terminal: Terminal, seen: Seen, chance: random.Random) -> None:
    """An observer taps as fast as fingers can."""
    _converse(terminal, seen)
    for _ in range(chance.randint(1, 20)):
        terminal.press(chance.choice(list(TITLES)))
        _rest(terminal, chance.uniform(0.0, 0.08))


def _write(terminal: Terminal, seen: Seen, chance: random.Random) -> None:
    """Some marks, then an observer's form: a level, and words."""
    _converse(terminal, seen)
    for key, title in TITLES.items():
        _press(terminal, seen, key, rf"\d\d:\d\d {title}")
    _press(terminal, seen, NEXT, "Now: Feedback")
    _press(terminal, seen, TASKS, "Who writes now")
    _press(terminal, seen, "\r", "I am Chloe")
    _press(terminal, seen, "\r", "1 of 6")
    _press(terminal, seen, "2", "● 2")
    for page in range(2, 7):
        _press(terminal, seen, PAGE, f"{page} of 6")
    _press(terminal, seen, PAGE, OWN_WORDS)
    for letter in WORDS[: chance.randint(1, len(WORDS))]:
        terminal.press(letter)
        seen.typed.append(time.perf_counter())
        _rest(terminal, chance.uniform(0.01, 0.06))
    _rest(terminal, chance.uniform(0.0, 0.8))


def _missing(seen: Seen) -> list[str]:
    """What was on the screen and is not on the disk, in words."""
    store = SqliteStore(database_path())
    session = store.sessions()[0].id
    store.verify(session)
    state, _ = read_session(store, session)
    drafts = store.drafts(session)
    store.close()
    track = state.tracks["t1"]
    missing = [f"step {step}" for step in seen.steps - {track.planned(run.step).name for run in track.runs}]
    missing += [f"mark {mark}" for mark in (seen.marks - _marks(state.setting.bundle.rubrics, track)).elements()]
    words = _words(drafts)
    due = sum(typed <= seen.killed - DRAFT_LIMIT for typed in seen.typed)
    if WORDS[:due] != words[:due]:
        missing.append(f"the words “{WORDS[len(words) : due]}”")
    if not words.startswith(seen.saved):
        missing.append(f"the saved words “{seen.saved}”")
    return missing


def _marks(rubrics: dict[str, Rubric], track: TrackState) -> Counter[str]:
    """The marks of a table as the screen writes them."""
    titles = {mark.tap: rubrics[mark.rubric].marker(mark.marker).title for mark in track.standing_marks()}
    shown = {title: begin for begin in TITLES.values() for title in titles.values() if title.startswith(begin)}
    return Counter(f"{say_moment(mark.into)} {shown[titles[mark.tap]]}" for mark in track.standing_marks())


def _words(drafts: dict[str, str]) -> str:
    """The words in the draft of the form, which is the only one."""
    if not drafts:
        return ""
    (body,) = drafts.values()
    return next(iter(FormDraft.model_validate_json(body).prompts.values()), "")


def _resume(home: Path) -> float:
    """Seconds from the command to a stage that is paused."""
    with Terminal(console_script("roleplay.cli", "resume"), home) as terminal:
        return terminal.wait_until(lambda it: any(line.startswith((" Paused", " Ready")) for line in it.lines))
