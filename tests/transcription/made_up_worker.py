"""The worker as it is, but in place of writing down it does what its argument says: `made_up_worker.py FAULT`."""

from __future__ import annotations

import os
import signal
import sys
import threading

from roleplay.transcription import worker, writing
from roleplay.transcription.protocol import Heard, HeardLine, Job, Progress
from roleplay.transcription.writing import Report


def write_down(job: Job, report: Report) -> Heard:
    """Go wrong in one of the ways in which engines go wrong, or say something."""
    report(Progress(stage="listening", fraction=0.1))
    match sys.argv[1]:
        case "crash":
            raise ValueError("the tables do not fit")
        case "memory":
            raise MemoryError
        case "tensor-memory":
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 400 bytes.")
        case "missing-part":
            raise ImportError("No module named 'soundfile'", name="soundfile")
        case "abort":
            os.abort()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "chatty":
            print("Loading weights")  # noqa: T201 - as libraries do
            os.write(1, b"a line from C\n")
        case "endless":
            job.sound.write_text(str(os.getpid()))
            threading.Event().wait()
    report(Progress(stage="writing", fraction=0.5, seconds_left=20.0))
    return Heard(
        seconds=2.0,
        channels=1,
        speech=(),
        speech_how="made up",
        lines=(HeardLine(start=0.0, end=1.0, text=f"{job.sound} " + "long " * 20_000),),
        engine=job.engine,
        model=job.model,
        language="en",
        note=f"nice {os.nice(0)}, offline {os.environ['HF_HUB_OFFLINE']}, {os.environ['OMP_WAIT_POLICY']}",
    )


writing.write_down = write_down
worker.main()
