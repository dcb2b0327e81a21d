"""Reading what libsndfile does not know, such as the voice memos of a telephone.

PyAV comes with the quick engine and needs nothing else; else ffmpeg does it, where it is installed.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from roleplay.audio.wav import read_header
from roleplay.problems import CommandProblem

if TYPE_CHECKING:
    from roleplay.audio.sound import Samples

_BLOCK = 65_536


def foreign_blocks(path: Path) -> Iterator[tuple[int, Samples]]:
    """The rate of a file, and its samples block by block, a column for each channel.

    Raises CommandProblem where nothing here can read it.
    """
    if find_spec("av"):
        return _by_av(path)
    if shutil.which("ffmpeg"):
        return _by_ffmpeg(path)
    raise CommandProblem(
        f"{path.name} is in a format that takes ffmpeg to read.",
        "Install ffmpeg, or save the file as WAV, FLAC, Opus or MP3.",
    )


def no_sound(path: Path) -> CommandProblem:
    """What is said of a file in which there is nothing to hear."""
    return CommandProblem(f"There is no sound in {path.name} that can be read.", "Choose another file.")


def _by_av(path: Path) -> Iterator[tuple[int, Samples]]:
    import av
    import numpy as np

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise no_sound(path)
            stream = container.streams.audio[0]
            plain = av.AudioResampler(format="fltp")
            for frame in container.decode(stream):
                for each in plain.resample(frame):
                    yield each.sample_rate, each.to_ndarray().T.astype(np.float32, copy=False)
    except av.FFmpegError as error:
        raise no_sound(path) from error


def _by_ffmpeg(path: Path) -> Iterator[tuple[int, Samples]]:
    import numpy as np

    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", str(path), "-vn", "-c:a", "pcm_f32le", "-f", "wav", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            header = read_header(process.stdout)
            if header is None:
                raise no_sound(path)
            while block := process.stdout.read(_BLOCK * header.frame):
                whole = len(block) - len(block) % header.frame
                yield header.rate, np.frombuffer(block[:whole], np.float32).reshape(-1, header.channels)
        finally:
            process.kill()
