"""The process that writes down: `python -m roleplay.transcription.worker`, with low priority.

Takes one job as a line of JSON, answers with lines of JSON: progress, then what was heard, or what is wrong. It ends at
once when its input is closed, and so never outlives the program that started it. Engines are imported here only.
"""

from __future__ import annotations

from roleplay.audio.child import Telling, apart, end_with, first_line, stand_back
from roleplay.extras import how_to_add
from roleplay.problems import CommandProblem
from roleplay.transcription import writing
from roleplay.transcription.protocol import Job, Progress
from roleplay.transcription.writing import is_lack_of_memory


def main() -> None:
    """Do the job that stands on the input."""
    stand_back()
    input_, output = apart()
    tell = Telling(output)
    job = Job.model_validate(first_line(input_))
    end_with(input_)

    def report(progress: Progress) -> None:
        tell(progress=progress.model_dump(mode="json"))

    try:
        heard = writing.write_down(job, report)
    except CommandProblem as problem:
        tell(problem={"sentence": problem.sentence, "mend": problem.mend})
    except ImportError as error:
        sentence = f"A part is missing: {error.name or error}."
        mend = how_to_add("audio" if job.engine == "whisper" else "fast")
        tell(problem={"sentence": sentence, "mend": mend})
    except Exception as error:  # noqa: BLE001 - whatever an engine does, whoever waits is told
        sentence, mend = _in_words(error, job.model)
        tell(problem={"sentence": sentence, "mend": mend})
    else:
        tell(heard=heard.model_dump(mode="json"))


def _in_words(error: Exception, model: str) -> tuple[str, str]:
    if is_lack_of_memory(error):
        return f"There is not enough memory for the model “{model}”.", "Close other programs, or take a smaller model."
    said = " ".join(str(error).split())
    sentence = f"What writes down has failed: {type(error).__name__}{f': {said}' if said else ''}"
    return sentence, "Try it again, or with another model or engine."


if __name__ == "__main__":
    main()
