"""The process that writes down: `python -m roleplay.transcription.worker`, with low priority.

Takes one job as a line of JSON, answers with lines of JSON: progress, then what was heard, or what is wrong. It ends at
once when its input is closed, and so never outlives the program that started it. Engines are imported here only.
"""

from __future__ import annotations

import json
import os
import threading
from typing import IO, Any

from roleplay.audio.child import first_line
from roleplay.extras import how_to_add
from roleplay.problems import CommandProblem
from roleplay.transcription import writing
from roleplay.transcription.protocol import Job, Progress
from roleplay.transcription.writing import is_lack_of_memory

NICENESS = 10


def main() -> None:
    """Do the job that stands on the input."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    answers = _answers_only()
    job = Job.model_validate(first_line(0))
    threading.Thread(target=_end_with_input, daemon=True).start()

    def report(progress: Progress) -> None:
        _send(answers, progress=progress.model_dump(mode="json"))

    try:
        heard = writing.write_down(job, report)
    except CommandProblem as problem:
        _send(answers, problem={"sentence": problem.sentence, "mend": problem.mend})
    except ImportError as error:
        sentence = f"A part is missing: {error.name or error}."
        mend = how_to_add("audio" if job.engine == "whisper" else "fast")
        _send(answers, problem={"sentence": sentence, "mend": mend})
    except Exception as error:  # noqa: BLE001 - whatever an engine does, whoever waits is told
        sentence, mend = _in_words(error, job.model)
        _send(answers, problem={"sentence": sentence, "mend": mend})
    else:
        _send(answers, heard=heard.model_dump(mode="json"))


def _in_words(error: Exception, model: str) -> tuple[str, str]:
    if is_lack_of_memory(error):
        return f"There is not enough memory for the model “{model}”.", "Close other programs, or take a smaller model."
    said = " ".join(str(error).split())
    sentence = f"What writes down has failed: {type(error).__name__}{f': {said}' if said else ''}"
    return sentence, "Try it again, or with another model or engine."


def _answers_only() -> IO[str]:
    """What the answers are written to; whatever a library prints goes with the errors instead."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _send(answers: IO[str], **message: Any) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


def _end_with_input() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
