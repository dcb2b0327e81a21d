"""Leads a session in time for whichever screen is on top: one for a session, owned by the screen that opened it.

It keeps the clock, rings the bell once, remembers for a while what was said at each table, and lets go of the session
when its owner is closed. Other screens on the same session borrow it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from roleplay.conduct.erasing import Eraser
from roleplay.conduct.recording import NewsKind, Recorder
from roleplay.conduct.retention import Keeper
from roleplay.session.events import Event
from roleplay.session.hearing_commands import StopRecording
from roleplay.session.state import State
from roleplay.tui.cues import Cue, cues, together
from roleplay.tui.recording_words import sign
from roleplay.tui.timekeeper import Timekeeper

if TYPE_CHECKING:
    from roleplay.tui.app import RoleplayApp
    from roleplay.tui.screens.leading import LeadingScreen

_LOOK = 0.1
_SIGN = 0.2
_SAID_FOR = 10.0
"""Seconds for which the words of a cue stay."""

Told = Callable[[Sequence[Cue]], None]


class Conductor:
    """Keeps a session going while screens come and go over its owner."""

    def __init__(self, owner: LeadingScreen) -> None:
        self.runner = owner.runner
        self.debriefing = owner.debriefing
        desk = owner.desk
        self.recorder = Recorder(owner.runner, desk.shelf, desk.microphones, desk.settings.record_channels)
        self._eraser = Eraser(owner.runner, desk.shelf, desk.writer, self._warn)
        self._sound_keeper = Keeper(owner.runner, desk.settings.keep_sound)
        self._owner, self._app = owner, cast("RoleplayApp", owner.app)
        self._before = owner.runner.state
        self._last: Sequence[Cue] = ()
        self._here: dict[str, tuple[float, str]] = {}
        self._said_at = 0.0
        self._told: list[Told] = []
        self.keeper = Timekeeper(
            self.runner,
            desk.writer,
            lambda work: owner.run_worker(work, group="time"),
            self._tell,
            owner.say,
        )
        self._stop_listening = self.runner.listen(self._heard)
        self.keeper.plan()
        self.keeper.beat()
        self.recorder.begin()
        self._app.queue.enter(self.runner)
        owner.set_interval(_LOOK, self.keeper.look)
        owner.set_interval(1.0, self.keeper.each_second)
        owner.set_interval(2.0, self.keeper.beat)
        owner.set_interval(_SIGN, self.show_sign)
        self._stop_news = self.recorder.on_news(self._hear_news)

    @property
    def titles(self) -> dict[str, str]:
        """What each table is called."""
        return {track.id: track.title for track in self.runner.state.tracks.values()}

    def look(self) -> None:
        """See what is due."""
        self.keeper.look()

    def show_sign(self) -> None:
        """Show on every screen whether sound is kept anywhere."""
        state = self.runner.state
        app = self._app
        app.stops = self._stop_recording
        standings = {track.id: self.recorder.standing(track.id) for track in state.open_tracks}
        app.recording = sign(state, standings)

    def _stop_recording(self) -> None:
        # Only a screen that leads means one table; whoever reads a card means the recording, wherever it is.
        self._owner.carry_out(StopRecording(getattr(self._owner.app.screen, "meant", None)))

    def _hear_news(self, table: str, sentence: str, kind: NewsKind) -> None:
        # That it began or ended, the sign says by itself.
        if kind in ("warning", "trouble"):
            self._tell([Cue(table, sentence)])

    def _warn(self, sentence: str) -> None:
        if self._owner.is_attached:
            self._owner.app.notify(sentence, severity="warning", timeout=15, markup=False)

    async def close(self) -> None:
        """Let go of the clock, of the microphones and of the session."""
        self._stop_news()
        self._app.stops, self._app.recording = None, ""
        self._stop_listening()
        self.keeper.stop()
        await self.recorder.close()
        await self._sound_keeper.close()
        await self._eraser.close()
        self.runner.close()
        self._app.queue.leave()

    def said(self, table: str | None = None, aloud: bool = False) -> str:
        """What was said last, at one table or at all; nothing once it has stood for a while.

        Aloud is only what comes with a bell: what the facilitator does for a table is not.
        """
        now = asyncio.get_running_loop().time()
        if table is not None:
            at, words = self._here.get(table, (now, ""))
            return words if now - at < _SAID_FOR else ""
        told = [cue for cue in self._last if cue.rings or not aloud]
        cue = together(told, self.titles) if now - self._said_at < _SAID_FOR else None
        return cue.words if cue else ""

    def on_told(self, told: Told) -> None:
        """Have a function called with the cues of each moment."""
        self._told.append(told)

    def _heard(self, state: State, happened: Sequence[Event]) -> None:
        before, self._before = self._before, state
        self.keeper.plan()
        self._tell(cues(before, state, happened))

    def _tell(self, found: Sequence[Cue]) -> None:
        cue = together(found, self.titles)
        if cue is None or not self._owner.is_attached:
            return
        self._last, self._said_at = found, asyncio.get_running_loop().time()
        self._here.update((cue.table, (self._said_at, cue.words)) for cue in found)
        for told in self._told:
            told(found)
        self._show(cue)

    def _show(self, cue: Cue) -> None:
        from roleplay.tui.screens.leading import LeadingScreen

        app = self._owner.app
        if cue.rings and self._owner.desk.settings.bell:
            app.bell()
        leading = app.screen if isinstance(app.screen, LeadingScreen) else None
        if cue.rings and leading is not None and self._owner.desk.settings.motion:
            leading.flash()
        if cue.words and leading is None:
            app.notify(cue.words, markup=False)
