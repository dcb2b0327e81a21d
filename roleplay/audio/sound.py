"""Reading sound: any file as float32 at 16 kHz, in blocks, so that memory does not grow with its length."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from roleplay.audio.foreign import foreign_blocks, no_sound
from roleplay.audio.resample import Resampler
from roleplay.audio.wav import repair, wav_seconds
from roleplay.extras import how_to_add
from roleplay.problems import CommandProblem, reason_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples: TypeAlias = NDArray[np.float32]

__all__ = ["RATE", "channels_of", "frames", "read", "read_blocks", "repair", "seconds_of"]

RATE = 16_000
"""Samples a second of everything that is read here, which is what engines listen to."""
_SLOWEST = 4_000
"""Samples a second below which speech cannot be told from noise; a file that claims less would also fill the memory."""
_READ = 65_536
"""Frames that are taken from a file at once."""


def seconds_of(path: Path) -> float:
    """How long a file plays; of a WAV, even one that is being written, with nothing but the standard library.

    Raises CommandProblem for a file that cannot be read.
    """
    try:
        seconds = wav_seconds(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if seconds is not None:
        return seconds
    with _opened(path) as file:
        if file is not None:
            return float(file.frames / file.samplerate)
    return sum(len(block) / rate for rate, block in foreign_blocks(path))


def channels_of(path: Path) -> int:
    """How many channels a file has. Raises CommandProblem for a file that cannot be read."""
    with _opened(path) as file:
        if file is not None:
            return int(file.channels)
    for _, block in foreign_blocks(path):
        return int(block.shape[1])
    raise no_sound(path)


def read_blocks(
    path: Path, channel: int | None = None, start: float = 0.0, end: float | None = None, block: float = 30.0
) -> Iterator[Samples]:
    """The sound of any file from `start` to `end` in seconds, one channel or all of them mixed, as 16 kHz mono.

    Blocks are `block` seconds long, the last one shorter. Raises CommandProblem for a file that cannot be read.
    """
    import numpy as np

    size = round(block * RATE)
    left = None if end is None else max(0, round((end - start) * RATE))
    waiting: list[Samples] = []
    for piece in _at_our_rate(path, channel, start):
        waiting.append(piece[:left])
        if left is not None:
            left -= len(waiting[-1])
        if sum(map(len, waiting)) >= size:
            whole = np.concatenate(waiting)
            done = len(whole) - len(whole) % size
            yield from (whole[at : at + size] for at in range(0, done, size))
            waiting = [whole[done:]]
        if left == 0:
            break
    if any(map(len, waiting)):
        yield np.concatenate(waiting)


def read(path: Path, channel: int | None = None, start: float = 0.0, end: float | None = None) -> Samples:
    """The same in one piece."""
    import numpy as np

    return np.concatenate([np.zeros(0, np.float32), *read_blocks(path, channel, start, end)])


def _at_our_rate(path: Path, channel: int | None, start: float) -> Iterator[Samples]:
    resampler: Resampler | None = None
    for rate, block in frames(path, start):
        if channel is not None and channel >= block.shape[1]:
            raise CommandProblem(f"{path.name} has no channel {channel + 1}.", "Choose another one.")
        mono = block.mean(axis=1) if channel is None else block[:, channel]
        if rate == RATE:
            yield mono
            continue
        resampler = resampler or Resampler(rate, RATE)
        yield resampler.push(mono)
    if resampler:
        yield resampler.finish()


def frames(path: Path, start: float = 0.0) -> Iterator[tuple[int, Samples]]:
    """The rate of a file, and its samples from a second on, a column for each channel."""
    with _opened(path) as file:
        if file is not None:
            file.seek(min(round(start * file.samplerate), file.frames))
            while len(block := file.read(_READ, dtype="float32", always_2d=True)):
                yield file.samplerate, block
            return
    passed = 0
    for rate, block in foreign_blocks(path):
        skip = min(len(block), max(0, round(start * rate) - passed))
        passed += len(block)
        yield rate, block[skip:]


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """A file as libsndfile opens it, or None where it does not know the format."""
    from roleplay.audio.devices import AudioMissing

    try:
        import soundfile
    except (ImportError, OSError) as error:
        raise AudioMissing("Reading sound takes a part that is not installed.", how_to_add("audio")) from error
    try:
        path.open("rb").close()
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        file = soundfile.SoundFile(path)
    except soundfile.LibsndfileError:
        file = None
    try:
        if file is not None and file.samplerate < _SLOWEST:
            said = f"{path.name} has too few samples a second ({file.samplerate}) to hear speech in."
            raise CommandProblem(said, "Choose another file.")
        yield file
    except soundfile.LibsndfileError as error:
        raise CommandProblem(
            f"{path.name} is damaged, or was not copied to its end.", "Copy it once more, or choose another file."
        ) from error
    finally:
        if file is not None:
            file.close()


def _unreadable(path: Path, error: OSError) -> CommandProblem:
    return CommandProblem(f"{path} cannot be read: {reason_of(error)}.", "Choose another file.")
