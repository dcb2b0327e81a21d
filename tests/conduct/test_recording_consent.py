"""Whatever people press and whatever breaks: no microphone hears a room in which somebody has not said yes."""

from __future__ import annotations

import ast
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hearing import RECORDED, Heard, heard, microphone, settle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import roleplay
from roleplay.conduct.runner import new_text
from roleplay.session import commands as c
from roleplay.session.events import Event, Participant
from roleplay.session.hearing_commands import AnswerConsent, RecordAgain, StopRecording
from roleplay.session.recording import asked, everyone_agrees, wanted
from roleplay.session.state import State

PEOPLE = ("ana", "ben", "chen", "dee", "eva", "fay", "late")
TABLES = st.sampled_from([None, "t1", "t2"])
MOVES = st.one_of(
    st.builds(AnswerConsent, st.sampled_from(PEOPLE), st.booleans()),
    st.builds(AnswerConsent, st.sampled_from(PEOPLE), st.just(True)),
    *(st.builds(kind, TABLES) for kind in (c.Start, c.Next, c.Resume, c.Undo, c.Retake, RecordAgain, StopRecording)),
    st.builds(c.Pause, TABLES, st.sampled_from(["facilitator", "safety"])),
    st.just(c.Arrive((Participant(id="late", name=new_text("Late").ref),))),
    st.builds(lambda person: c.Leave((person,)), st.sampled_from(PEOPLE)),
    st.builds(lambda person: c.ComeBack((person,)), st.sampled_from(PEOPLE)),
    st.builds(c.MoveTo, st.sampled_from(PEOPLE), st.sampled_from(["t1", "t2"])),
    st.just(c.Merge("t2", "t1")),
    st.just(c.End()),
    st.sampled_from(["begins", "lost", "fault", "disk", "unplugged", "plugged in"]),
)
"""What people do, and what their microphones do."""


def happen(this: Heard, what: str) -> None:
    """Something happens to the microphones."""
    if what in ("unplugged", "plugged in"):
        this.microphones.there = [microphone("One"), microphone("Two")] if what == "plugged in" else []
    for capture in this.microphones.captures:
        if not capture.open:
            continue
        if what == "begins" and not capture.begins.done():
            capture.begin()
        elif what == "lost":
            capture.end("microphone")
        elif what == "fault":
            capture.end("fault", sentence="It broke.")
        elif what == "disk":
            capture.end("disk", sentence="The disk is full.")


async def walk(moves: Sequence[c.Command | str], folder: Path) -> None:
    """Do all that, and look after each batch at the microphones that are open."""
    this = heard(folder, people=6, data=RECORDED)
    this.microphones.there = [microphone("One"), microphone("Two")]
    this.microphones.at_once = False

    def all_agree(state: State, events: Sequence[Event] = ()) -> None:
        heard_by = [one for one in this.microphones.captures if one.open and not one.told_to_stop]
        assert not heard_by or everyone_agrees(state)
        assert len(heard_by) <= len(wanted(state))

    this.recorder.begin()
    # It hears of each batch after the recorder has.
    this.runner.listen(all_agree)
    for move in moves:
        if isinstance(move, str):
            happen(this, move)
        else:
            try:
                await this.runner.do(move)
            except c.NotAllowed:
                continue
        await settle()
        all_agree(this.runner.state)
        for track in this.runner.state.tracks.values():
            for one in track.recordings.values():
                assert not one.runs or set(asked(this.runner.state)) <= set(one.present)
    await this.recorder.close()
    assert not any(one.open for one in this.microphones.captures)
    assert all(not one.runs for track in this.runner.state.tracks.values() for one in track.recordings.values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MOVES, min_size=5, max_size=40), st.booleans())
def test_no_microphone_hears_anybody_who_has_not_said_yes(moves: list[c.Command | str], agreed: bool) -> None:
    """People answer, come, go, change tables, start and stop in any order, while microphones come and go."""
    first = [AnswerConsent(person, True) for person in PEOPLE[:6]] if agreed else []
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(walk([*first, c.Start(), *moves], Path(folder)))


def test_only_the_recorder_opens_microphones() -> None:
    """Nowhere else in the program is a capture made that keeps what it hears."""
    found = []
    folder = Path(roleplay.__file__).parent
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Capture(" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Capture":
                only_listens = bool(node.args) and isinstance(node.args[0], ast.Constant) and node.args[0].value is None
                found += [] if only_listens else [str(path.relative_to(folder))]
    assert found == ["conduct/microphones.py"]
