"""Playing a stretch of a recording: the process that plays it, and the side of the screen.

The process is told in JSON, one line each, and answers likewise; it ends at once when its input ends.

    in   {"path": ..., "from": SECONDS, "until": SECONDS or null}
    out  {"playing": true}, then {"ended": ""}, or at any time {"ended": "a sentence"}
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roleplay.audio.child import Telling, apart, end_with, first_line
from roleplay.problems import CommandProblem

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

_AT_ONCE = 0.1
"""Seconds of sound that are handed over at once."""
_PATIENCE = 1.0
"""Seconds that the process has to be silent."""
_BROKE_OFF = "The sound could not be played."


class Player:
    """Plays one stretch at a time; a new one stops the last."""

    def __init__(self, on_end: Callable[[str], None] | None = None) -> None:
        """`on_end` is told when a stretch ends by itself: nothing, or a sentence that says why nothing is heard."""
        self._on_end = on_end or (lambda sentence: None)
        self._process: asyncio.subprocess.Process | None = None
        self._following: asyncio.Task[None] | None = None

    @property
    def playing(self) -> bool:
        """Whether something is to be heard now."""
        return self._process is not None

    async def play(self, path: Path, from_: float, until: float | None = None) -> None:
        """Play a file from second `from_` on; returns when it is heard, or when it is known that it is not."""
        await self.stop()
        process = self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "roleplay.audio.player"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert process.stdin is not None
        process.stdin.write(json.dumps({"path": str(path), "from": from_, "until": until}).encode() + b"\n")
        begun = asyncio.Event()
        self._following = asyncio.create_task(self._follow(process, begun))
        await begun.wait()

    async def stop(self) -> None:
        """Be silent; returns when the sound has stopped. Harmless when nothing plays."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(_PATIENCE):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _follow(self, process: asyncio.subprocess.Process, begun: asyncio.Event) -> None:
        assert process.stdout is not None
        sentence = _BROKE_OFF
        async for line in process.stdout:
            begun.set()
            sentence = json.loads(line).get("ended", sentence)
        await process.wait()
        begun.set()
        # Whoever asked for it goes on first, and knows what it is that has ended.
        await asyncio.sleep(0)
        if self._process is process:
            self._process = None
            self._on_end(sentence)


def main() -> None:
    """Play what the first line of the input says."""
    input_, output = apart()
    tell = Telling(output)
    order = first_line(input_)
    end_with(input_)
    try:
        _play(Path(order["path"]), order["from"], order["until"], lambda: tell(playing=True))
    except CommandProblem as problem:
        tell(ended=str(problem))
    except Exception as error:  # noqa: BLE001 - whatever a driver raises is said, and ends only this process
        tell(ended=f"{_BROKE_OFF} ({error})")
    else:
        tell(ended="")


def _play(path: Path, start: float, end: float | None, begun: Callable[[], None]) -> None:
    from roleplay.audio.portaudio import load

    sounddevice = load()
    try:
        device = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError) as error:
        raise CommandProblem(
            "There are no loudspeakers and no headphones here.", "Connect some, then play it again."
        ) from error
    stream: Any = None
    for rate, block in _stretch(path, start, end, device):
        if stream is None:
            stream = sounddevice.OutputStream(samplerate=rate, channels=block.shape[1], dtype="float32")
            stream.start()
            begun()
        stream.write(block)
    if stream is not None:
        # Waits until the last of it was heard.
        stream.stop()
        stream.close()


def _stretch(path: Path, start: float, end: float | None, device: Any) -> Iterator[tuple[int, Samples]]:
    """A stretch of a file in small blocks, in a rate and with as many channels as the device takes."""
    import numpy as np
    import sounddevice

    from roleplay.audio.resample import Resampler
    from roleplay.audio.sound import frames

    played, wanted = 0, 0
    resamplers: list[Resampler] = []
    for rate, block in frames(path, start):
        if not wanted:
            wanted = rate
            try:
                sounddevice.check_output_settings(samplerate=rate, channels=min(2, block.shape[1]))
            except sounddevice.PortAudioError:
                wanted = round(device["default_samplerate"])
        left = len(block) if end is None else max(0, round((end - start) * rate) - played)
        piece = block[:left, :2]
        played += len(piece)
        if device["max_output_channels"] < 2:
            piece = piece.mean(axis=1, keepdims=True)
        if wanted != rate:
            resamplers = resamplers or [Resampler(rate, wanted) for _ in piece.T]
            piece = np.stack([each.push(one) for each, one in zip(resamplers, piece.T, strict=True)], axis=1)
        size = round(_AT_ONCE * wanted)
        yield from ((wanted, np.ascontiguousarray(piece[at : at + size])) for at in range(0, len(piece), size))
        if left < len(block):
            return


if __name__ == "__main__":
    main()
