"""The recording of one table: it waits until the table is to be recorded, records, and looks what is next.

What is wrong is told once, and stands beside the table until it is mended.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from roleplay.audio.capture import Began, Ended, Level
from roleplay.audio.devices import AudioMissing, Microphone, NoMicrophone
from roleplay.audio.shelf import Shelf
from roleplay.conduct.microphones import Capturing, Microphones
from roleplay.conduct.runner import Runner
from roleplay.problems import Bug, CommandProblem, reason_of
from roleplay.session import recording as rule
from roleplay.session.commands import NotAllowed
from roleplay.session.hearing_commands import EndRecording, StartRecording, TimeRecording
from roleplay.session.hearing_events import RecordingEnd
from roleplay.session.state import TrackState

WhyNot = rule.WhyNot | Literal["beginning", "no-parts", "no-microphone", "disk", "fault"]
"""Why nothing is recorded at a table: what the rule says, or: it is only just beginning, the parts for it are not
installed, no microphone is there, the disk is full, it failed again and again."""

NewsKind = Literal["began", "ended", "warning", "trouble"]
"""What a sentence is about: sound is kept, no more sound is kept, something to look at, something went wrong."""

Told = Callable[[str, str, NewsKind], None]
"""Called with a table, a sentence and what kind it is."""

_FAULTS = 3
"""So often in a row is tried what fails."""
_HELD = 10.0
"""Seconds after which a recording did not fail at once."""
_CLIPS_FOR = 2.0
"""Seconds for which it is shown that it was too loud."""
_TO_BEGIN, _TO_GO_ON = 64_000_000, 32_000_000
"""Bytes that have to be free, so that what people write can still be kept beside the sound."""
_LOOKS_EVERY = 2.0
"""Seconds of sound after which it is looked how much room is left."""
_FULL = "The disk is nearly full, so recording stopped. What was recorded until then is kept."


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the recording of one table, for screens."""

    recording: str = ""
    """The id of the recording that is being written right now; empty where no sound is kept."""
    since: float | None = None
    """Session time of its first sound."""
    microphone: str = ""
    """What it listens with."""
    peak: float = 0.0
    """The loudest of the last moment, 0 to 1."""
    rms: float = 0.0
    """How loud the last moment was on the whole, 0 to 1."""
    clipping: bool = False
    """It was too loud a moment ago."""
    silent: bool = False
    """Nothing has been heard for ten seconds."""
    why_not: WhyNot | None = None
    """Why nothing is recorded; none where it is."""
    sentence: str = ""
    """What is wrong, until it is mended."""


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What keeps a table from being recorded though it is to be."""

    why: WhyNot
    sentence: str
    again: bool
    """It is tried again by itself."""


class TableRecorder:
    """Keeps the sound of one table as long as, and only as long as, the session says so."""

    def __init__(
        self,
        runner: Runner,
        track: str,
        shelf: Shelf,
        microphones: Microphones,
        channels: int,
        look_again: float,
        taken: Callable[[], Collection[str]],
        tell: Callable[[str, NewsKind], None],
    ) -> None:
        self.microphone = ""
        """The name of the one that is in use."""
        self._runner, self._track, self._shelf, self._microphones = runner, track, shelf, microphones
        self._channels, self._look_again, self._taken, self._tell = channels, look_again, taken, tell
        self._changed = asyncio.Event()
        self._leaving = False
        self._trouble: _Trouble | None = None
        self._lost = False
        """A microphone was lost here, so another one may take its place."""
        self._faults = 0
        """How often in a row it failed at once."""
        self._recording = ""
        """The recording that was begun in the journal and has not ended there."""
        self._over: RecordingEnd | None = None
        """Why it is to end."""
        self._capture: Capturing | None = None
        self._stopping: asyncio.Task[Ended] | None = None
        self._sounds: Standing | None = None
        """How it sounds, from the first sound on."""
        self._clips_until = self._looks_at = 0.0

    @property
    def standing(self) -> Standing:
        """How it stands."""
        if self._sounds is not None and self._over is None:
            return self._sounds
        why = rule.why_not(self._runner.state, self._here)
        if why is not None:
            return Standing(why_not=why)
        if self._trouble is not None:
            return Standing(why_not=self._trouble.why, sentence=self._trouble.sentence)
        return Standing(why_not="beginning")

    def look(self) -> None:
        """Something happened in the session: a recording that may not go on ends at once."""
        if self._recording:
            self._end_because(rule.why_over(self._runner.state, self._here, self._here.recordings[self._recording]))
        self._changed.set()

    def again(self) -> None:
        """Somebody wants it tried again."""
        self._trouble, self._faults = None, 0
        self._changed.set()

    def change(self) -> None:
        """Another microphone was chosen: what is recorded ends, and goes on with that one."""
        self._trouble, self._faults, self._lost = None, 0, False
        if self._recording:
            self._end_because("microphone")
        self._changed.set()

    def leave(self) -> None:
        """The session is left."""
        self._leaving = True
        if self._recording:
            self._end_because("shut")
        self._changed.set()

    async def run(self) -> None:
        """Record whenever the table is to be recorded, until the session is left."""
        try:
            while not self._leaving:
                self._changed.clear()
                if self._is_wanted and (self._trouble is None or self._trouble.again):
                    await self._record()
                if not self._is_wanted or self._trouble is not None:
                    await self._wait()
        except Exception:
            # Whoever closes the recorder hears of it; those who play are not to be kept from playing.
            self._fail("fault", "Recording has stopped: a mistake of the program. The session goes on.", again=False)
            raise

    @property
    def _here(self) -> TrackState:
        return self._runner.state.tracks[self._track]

    @property
    def _is_wanted(self) -> bool:
        return not self._leaving and rule.why_not(self._runner.state, self._here) is None

    @property
    def _is_over(self) -> bool:
        return self._over is not None

    async def _wait(self) -> None:
        """Until something happens, or until what is in the way is looked at again."""
        looks = self._is_wanted and self._trouble is not None and self._trouble.again
        with suppress(TimeoutError):
            async with asyncio.timeout(self._look_again if looks else None):
                await self._changed.wait()

    def _end_because(self, why: RecordingEnd | None) -> None:
        if why is None or self._over is not None:
            return
        self._over = why
        if self._capture is not None:
            self._stopping = asyncio.ensure_future(self._capture.stop())

    async def _record(self) -> None:
        """One recording, from its beginning in the journal to its end there."""
        try:
            microphone = await self._find()
        except CommandProblem as problem:
            parts = isinstance(problem, AudioMissing)
            self._fail("no-parts" if parts else "no-microphone", str(problem), again=not parts)
            return
        channels = 2 if self._channels == 2 and microphone.channels > 1 and self._two_voices else 1
        recording = secrets.token_hex(6)
        try:
            path = self._place(recording)
            # The rule is asked again here: while a microphone was looked for, somebody may have said no.
            await self._runner.do(StartRecording(self._track, recording, two_channels=channels == 2))
        except NotAllowed:
            return
        except CommandProblem as problem:
            self._fail("disk", f"This conversation is not recorded. {problem}", again=False)
            return
        self._recording, self._over, self._stopping = recording, None, None
        self._clips_until = self._looks_at = 0.0
        self.look()
        if self._leaving:
            self._end_because("shut")
        ended = Ended(0.0, "stopped") if self._is_over else await self._capture_into(path, microphone, channels)
        await self._finish(ended)

    async def _find(self) -> Microphone:
        alone = len(self._runner.state.open_tracks) == 1
        taken, instead = self._taken(), self._lost or alone
        found = await self._microphones.find(
            self._here.title, taken, alone=alone, instead=instead, anew=self._trouble is not None
        )
        self.microphone = found.name
        return found

    @property
    def _two_voices(self) -> bool:
        step = self._here.step
        return step is not None and rule.voices_of(self._runner.state.setting, step) is not None

    def _place(self, recording: str) -> Path:
        """Where it is to be written; raises CommandProblem where there is no room."""
        try:
            path = self._shelf.new(self._runner.session, recording)
            free = self._free
        except OSError as error:
            raise CommandProblem(f"Its sound cannot be kept: {reason_of(error)}.") from error
        if free < _TO_BEGIN:
            raise CommandProblem("The disk is nearly full.", "Make room, then record again.")
        return path

    @property
    def _free(self) -> int:
        return shutil.disk_usage(self._shelf.folder(self._runner.session)).free

    async def _capture_into(self, path: Path, microphone: Microphone, channels: int) -> Ended:
        """Let the microphone be written into a file until it ends."""
        capture = self._capture = self._microphones.open(path, microphone, channels)
        try:
            await self._begun(await capture.start(), channels)
            async for report in capture.reports():
                if isinstance(report, Ended):
                    return report
                self._hear(report)
            raise Bug("a capture did not end")
        except CommandProblem as problem:
            return Ended(0.0, "microphone" if isinstance(problem, NoMicrophone) else "fault", str(problem))
        finally:
            self._capture = self._sounds = None
            # Whatever went wrong here, no microphone stays open; harmless where it has ended.
            await (self._stopping or capture.stop())

    async def _begun(self, began: Began, channels: int) -> None:
        first = round(self._runner.now - (time.monotonic() - began.monotonic), 3)
        self._sounds = Standing(recording=self._recording, since=first, microphone=began.microphone)
        with suppress(CommandProblem):
            # Where this cannot be kept, the recording is known by the moment it was begun.
            await self._runner.do(TimeRecording(self._track, self._recording, first))
        if began.channels < channels:
            self._channels = 1
            self._end_because("fault")
        if self._over is None:
            again = self._lost
            self._trouble, self._lost = None, False
            self._tell(
                f"Recording goes on, with “{began.microphone}”." if again else "This conversation is recorded.", "began"
            )

    def _hear(self, level: Level) -> None:
        assert self._sounds is not None
        if level.silent and not self._sounds.silent:
            self._tell(f"Nothing is heard. Is “{self.microphone}” the right microphone, and is it on?", "warning")
        if level.clipped:
            self._clips_until = level.seconds + _CLIPS_FOR
        if level.seconds >= self._looks_at:
            self._looks_at = level.seconds + _LOOKS_EVERY
            try:
                if self._free < _TO_GO_ON:
                    self._end_because("disk")
            except OSError:
                # Its folder is gone. The next one is put where there is one, or says why it cannot be.
                self._end_because("fault")
        self._sounds = replace(
            self._sounds,
            peak=level.peak,
            rms=level.rms,
            clipping=level.seconds < self._clips_until,
            silent=level.silent,
        )

    async def _finish(self, ended: Ended) -> None:
        """Keep in the journal how it ended, and say what is wrong."""
        recording, over = self._recording, self._over
        why: RecordingEnd = over or ("fault" if ended.why == "stopped" else ended.why)
        if over is None:
            self._say_end(ended)
        elif over == "disk":
            self._fail("disk", _FULL, again=False)
        self.microphone = ""
        session = self._runner.session
        if self._here.recordings[recording].erased or (not ended.seconds and self._shelf.find(session, recording)):
            # What cannot be deleted now is found when the program starts again.
            with suppress(OSError):
                self._shelf.delete(session, recording)
        await self._keep_end(recording, why, ended.seconds)
        self._recording = ""

    def _say_end(self, ended: Ended) -> None:
        name = self.microphone
        if ended.why == "microphone":
            self._lost = True
            sentence = f"The microphone “{name}” is gone. The session goes on, and so does recording once it is back."
            self._fail("no-microphone", sentence, again=True)
        elif ended.why == "disk":
            self._fail("disk", ended.sentence, again=False)
        else:
            self._faults = 1 if ended.seconds >= _HELD else self._faults + 1
            self._fail("fault", ended.sentence, again=self._faults < _FAULTS)

    async def _keep_end(self, recording: str, why: RecordingEnd, seconds: float) -> None:
        while True:
            try:
                await self._runner.do(EndRecording(self._track, recording, why, seconds))
            except NotAllowed:
                return
            except CommandProblem:
                # The disk is full, perhaps. What is not kept by the end is found when the session is opened again.
                if self._leaving:
                    return
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._look_again):
                        await self._changed.wait()
                self._changed.clear()
            else:
                return

    def _fail(self, why: WhyNot, sentence: str, *, again: bool) -> None:
        """Something is in the way; it is told when it comes up, and not each time it is still there."""
        if self._trouble is not None and self._trouble.why == why:
            self._trouble = replace(self._trouble, again=again)
        else:
            self._trouble = _Trouble(why, sentence, again)
            self._tell(sentence, "trouble")
