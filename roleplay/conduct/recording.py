"""Makes true what the session says should be recorded, and nothing else: the one place that has microphones opened.

The rule is the core's (`session.recording.wanted`). A recording is first written into the journal, and only then is the
microphone opened; whatever ends the rule's yes ends the sound at once. Nothing that goes wrong with a microphone, a
disk or a missing part stops a session: it is told as one sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from roleplay.audio.shelf import Shelf
from roleplay.conduct.microphones import Microphones
from roleplay.conduct.recording_table import NewsKind, Standing, TableRecorder, Told
from roleplay.conduct.runner import Runner
from roleplay.session.commands import Command
from roleplay.session.events import Event
from roleplay.session.hearing_commands import RecordAgain, StopRecording
from roleplay.session.recording import everyone_agrees, has_recording, wanted, why_not
from roleplay.session.state import State

__all__ = ["NewsKind", "Recorder", "Standing", "Told"]

_LEAVE_WITHIN = 5.0
"""Seconds that a microphone has to let go when the program is left."""


class Recorder:
    """Follows a session and records what is to be recorded at its tables."""

    def __init__(
        self,
        runner: Runner,
        shelf: Shelf,
        microphones: Microphones,
        channels: int = 1,
        look_again: float = 3.0,
    ) -> None:
        """
        Args:
            runner: the session.
            shelf: where recordings lie.
            microphones: what finds and opens them.
            channels: how many are recorded, where microphone and conversation have two.
            look_again: seconds until a microphone that is not there is looked for again.
        """
        self._runner, self._shelf, self._microphones = runner, shelf, microphones
        self._channels, self._look_again = channels, look_again
        self._tables: dict[str, TableRecorder] = {}
        self._work: dict[str, asyncio.Task[None]] = {}
        self._told: list[Told] = []
        self._closed = False
        self._getting_ready: asyncio.Task[None] | None = None
        self._stop_listening = runner.listen(self._heard)

    def begin(self) -> None:
        """Record from now on what is to be recorded; for where an event loop runs."""
        self._look(self._runner.state)

    def standing(self, track: str) -> Standing:
        """How it stands with the recording of a table."""
        table = self._tables.get(track)
        if table is not None:
            return table.standing
        state = self._runner.state
        return Standing(why_not=why_not(state, state.tracks[track]) or "beginning")

    @property
    def records(self) -> tuple[str, ...]:
        """The tables whose sound is being kept right now."""
        return tuple(track for track, table in self._tables.items() if table.standing.recording)

    def on_news(self, told: Told) -> Callable[[], None]:
        """Have a function called with what there is to say, until what this returns is called."""
        self._told.append(told)
        return lambda: self._told.remove(told)

    async def stop(self, track: str | None = None) -> None:
        """Stop recording, at one table or at all, until somebody says otherwise; raises CommandProblem."""
        await self._runner.do(StopRecording(track))

    async def again(self, track: str | None = None) -> None:
        """Record again what was stopped, by somebody or by a full disk; raises CommandProblem."""
        command: Command = RecordAgain(track)
        await self._runner.do(command)
        self.retry(track)

    def retry(self, track: str | None = None) -> None:
        """Try again what a full disk or a fault has ended; what somebody stopped stays so."""
        for id, table in self._tables.items():
            if track in (None, id):
                table.again()

    def change_microphone(self, track: str | None = None) -> None:
        """Go on with the microphone that was chosen by now, at one table or at all."""
        for id, table in self._tables.items():
            if track in (None, id):
                table.change()

    async def close(self) -> None:
        """End what is being recorded, and wait until it is safe; nothing is recorded afterwards."""
        if self._closed:
            return
        self._closed = True
        self._stop_listening()
        if self._getting_ready is not None:
            self._getting_ready.cancel()
        for table in self._tables.values():
            table.leave()
        work = list(self._work.values())
        if work:
            _, late = await asyncio.wait(work, timeout=_LEAVE_WITHIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _heard(self, state: State, events: Sequence[Event]) -> None:  # noqa: ARG002 - every change may matter
        self._look(state)

    def _look(self, state: State) -> None:
        for table in self._tables.values():
            table.look()
        if self._getting_ready is None and has_recording(state.setting.scenario) and everyone_agrees(state):
            self._getting_ready = asyncio.get_running_loop().create_task(self._microphones.get_ready())
        for track in wanted(state):
            if track not in self._tables:
                self._tables[track] = table = self._table(track)
                self._work[track] = asyncio.get_running_loop().create_task(table.run())

    def _table(self, track: str) -> TableRecorder:
        def taken() -> list[str]:
            return [table.microphone for id, table in self._tables.items() if id != track]

        def tell(sentence: str, kind: NewsKind) -> None:
            self._tell(track, sentence, kind)

        return TableRecorder(
            self._runner, track, self._shelf, self._microphones, self._channels, self._look_again, taken, tell
        )

    def _tell(self, track: str, sentence: str, kind: NewsKind) -> None:
        for told in tuple(self._told):
            told(track, sentence, kind)
