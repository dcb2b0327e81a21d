"""Making recordings small once they have ended: one channel as FLAC, two as Opus.

The result is decoded and compared with the WAV before it takes its name, and only then the WAV is deleted: whenever the
power fails, a good copy is there. Whoever erases meanwhile wins: a result whose WAV is gone goes, too.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from roleplay.audio.child import stand_back
from roleplay.audio.resample import Resampler
from roleplay.audio.shelf import SAFE, part_of, parts_of, sync_folder
from roleplay.audio.sound import RATE
from roleplay.audio.wav import repair, wav_seconds
from roleplay.problems import CommandProblem, reason_of

LARGEST = 75_000_000
"""Bytes an hour of one channel: a room so loud that FLAC needs more is kept as Opus."""
_OPUS_RATES = (8_000, 12_000, 16_000)
_OPUS = 0.9
"""libsndfile's measure: about 32 kbit/s for each voice, with nothing of one to be heard in the other."""
_ALIKE = 0.8
"""How closely each stretch of Opus follows the sound, at least, as a correlation."""
_QUIET = 1e-3
"""Below this loudness a stretch holds nothing by which it could be compared."""
_STRETCH = 30
"""Seconds."""


def compress(path: Path) -> Path | None:
    """Compress a WAV on the shelf, check the result, and delete the WAV; returns where the recording now is.

    One at a time on this machine. Done again after a crash, it finishes what was left. A WAV without sound stays as it
    is; None where the recording was erased. Raises CommandProblem where it cannot be done; the WAV then stays, too.
    """
    from filelock import FileLock

    try:
        with FileLock(path.parent.parent / "compressing.lock", mode=0o600):
            for part in parts_of(path):
                part.unlink(missing_ok=True)
            kept = next((safe for ending in SAFE if (safe := path.with_suffix(ending)).is_file()), None)
            if kept is not None:
                path.unlink(missing_ok=True)
                return kept
            return _replace(path) if path.is_file() else None
    except OSError as error:
        raise _problem(reason_of(error)) from error


def _replace(path: Path) -> Path | None:
    kept: Path | None = None
    try:
        repair(path)
        if not wav_seconds(path):
            return path
        part = _made(path)
        kept = path.with_suffix(part.suffix)
        part.replace(kept)
        sync_folder(path.parent)
        path.unlink()
    except FileNotFoundError:
        # Erased meanwhile: nothing may come back.
        if kept is not None:
            kept.unlink(missing_ok=True)
            kept = None
    sync_folder(path.parent)
    return kept


def _made(path: Path) -> Path:
    """A compressed copy that was checked and is safe on the disk, under a name for what is not finished.

    Raises FileNotFoundError where the recording, or the copy, was deleted meanwhile.
    """
    import soundfile

    part = path
    try:
        with soundfile.SoundFile(path) as wav:
            rate, channels = _kept_rate(wav), wav.channels
            hours = wav.frames / wav.samplerate / 3600
        endings = [".flac"] if channels == 1 or rate not in _OPUS_RATES else [".opus"]
        for ending in endings:
            part = part_of(path, ending)
            _write(path, part)
            too_large = channels == 1 and part.stat().st_size > LARGEST * hours
            if ending == ".flac" and too_large and rate in _OPUS_RATES:
                part.unlink()
                endings.append(".opus")
        if not _same(path, part):
            raise _problem("the copy did not sound the same")
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
    except BaseException as error:
        if part != path:
            part.unlink(missing_ok=True)
        if isinstance(error, soundfile.LibsndfileError):
            path.stat()
            raise _problem("the disk may be full, or the sound is damaged") from error
        raise
    return part


def _write(path: Path, part: Path) -> None:
    import soundfile

    kind: dict[str, Any] = {"format": "FLAC", "subtype": "PCM_16"}
    if part.suffix == ".opus":
        kind = {"format": "OGG", "subtype": "OPUS", "compression_level": _OPUS}
    with (
        os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b") as stream,
        soundfile.SoundFile(path) as wav,
        # By its name, it would come back where somebody erases it now.
        soundfile.SoundFile(
            stream.fileno(), "w", samplerate=_kept_rate(wav), channels=wav.channels, closefd=False, **kind
        ) as made,
    ):
        for stretch in _stretches(wav):
            for at in range(0, len(stretch), RATE):
                made.write(stretch[at : at + RATE])


def _same(path: Path, part: Path) -> bool:
    """Whether a copy holds what was recorded: FLAC every sample, Opus the length and the course of each voice."""
    import numpy as np
    import soundfile

    with soundfile.SoundFile(path) as wav, soundfile.SoundFile(part) as made:
        if (_kept_rate(wav), wav.channels) != (made.samplerate, made.channels):
            return False
        for stretch in _stretches(wav):
            copy = made.read(len(stretch), dtype="int16", always_2d=True)
            if copy.shape != stretch.shape:
                return False
            if part.suffix == ".flac":
                if not np.array_equal(copy, stretch):
                    return False
            elif not all(map(_alike, stretch.T / 32_768, copy.T / 32_768)):
                return False
        return len(made.read(1)) == 0


def _kept_rate(wav: Any) -> int:
    return min(RATE, int(wav.samplerate))


def _stretches(wav: Any) -> Iterator[Any]:
    """A recording as 16-bit samples, from a microphone that has only higher rates brought down to ours."""
    import numpy as np

    if wav.samplerate <= RATE:
        yield from wav.blocks(_STRETCH * wav.samplerate, dtype="int16", always_2d=True)
        return
    resamplers = [Resampler(wav.samplerate, RATE) for _ in range(wav.channels)]
    for block in wav.blocks(_STRETCH * wav.samplerate, dtype="float32", always_2d=True):
        pushed = [[each.push(one)] for each, one in zip(resamplers, block.T, strict=True)]
        if wav.tell() == wav.frames:
            pushed = [[*done, each.finish()] for each, done in zip(resamplers, pushed, strict=True)]
        low = np.stack([np.concatenate(done) for done in pushed], axis=1)
        yield np.clip(np.rint(low * 32_768), -32_768, 32_767).astype(np.int16)


def _alike(one: Any, other: Any) -> bool:
    import numpy as np

    loud = np.sqrt(np.mean(one**2))
    if loud < _QUIET:
        return bool(np.sqrt(np.mean(other**2)) < 2 * _QUIET)
    return bool(np.dot(one, other) >= _ALIKE * np.linalg.norm(one) * np.linalg.norm(other))


def _problem(why: str) -> CommandProblem:
    return CommandProblem(f"A recording could not be made smaller: {why}. It is kept as it is.")


async def compress_apart(path: Path) -> Path | None:
    """The same in a process of its own at low priority, which ends when the caller is cancelled."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "roleplay.audio.compress", str(path)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    try:
        answer = json.loads(out)
    except ValueError:
        raise _problem("the process that does it ended too early") from None
    if sentence := answer.get("problem"):
        raise CommandProblem(sentence)
    return path.with_name(answer["kept"]) if answer["kept"] else None


def main(path: Path) -> None:
    """Compress one recording, and answer in a line for programs."""
    stand_back()
    try:
        kept = compress(path)
        print(json.dumps({"kept": kept.name if kept else None}))  # noqa: T201 - the answer
    except CommandProblem as problem:
        print(json.dumps({"problem": problem.sentence}))  # noqa: T201 - as above


if __name__ == "__main__":
    main(Path(sys.argv[1]))
