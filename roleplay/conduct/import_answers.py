"""Files of answers, from folders or pasted, each taken to its session; one that fails stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from roleplay.conduct.answer_files import LARGEST, AnswerFile, NotAnswers, parse_answers, texts_of
from roleplay.conduct.opening import read_session
from roleplay.conduct.placing_answers import Outcome, bring_in, session_for
from roleplay.problems import CommandProblem, reason_of
from roleplay.session.tasks import tasks
from roleplay.store.protocol import Store

_ENDINGS = (".json", ".txt")


@dataclass(frozen=True, slots=True)
class Sent:
    """A text that may be a file of answers."""

    label: str
    """The name of the file, or where it came from."""
    text: str
    stays: bool = True
    """It stays where it is, so nothing of it can be lost."""
    problem: str = ""
    """Why it could not even be read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One file, and what became of it."""

    sent: Sent
    file: AnswerFile | None = None
    name: str = ""
    """What its person is called."""
    outcomes: tuple[Outcome, ...] = ()
    problem: str = ""
    """Why nothing at all could be taken from it."""
    mend: str = ""

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Answers that could not be placed."""
        return tuple(one for one in self.outcomes if one.fate == "refused")

    @property
    def is_well(self) -> bool:
        """Whether everything in it is where it belongs."""
        return not self.problem and not self.refused


def texts_in(names: Iterable[str], pasted: TextIO) -> Iterator[Sent]:
    """Every text that is meant: files, those of answers in folders, and for `-` what was pasted.

    Raises:
        CommandProblem: there is no such file, or a folder has none.
    """
    for name in names:
        path = Path(name)
        if name == "-":
            texts = list(texts_of(pasted.read()))
            for number, text in enumerate(texts, start=1):
                yield Sent("pasted" if len(texts) == 1 else f"pasted, {number} of {len(texts)}", text, stays=False)
        elif path.is_dir():
            files = sorted(file for file in path.iterdir() if file.suffix.lower() in _ENDINGS and file.is_file())
            if not files:
                raise CommandProblem(
                    f"The folder {path} has no files of answers.", "Their names end with .json or .txt."
                )
            for file in files:
                yield from _read(file, file.name)
        elif path.exists():
            yield from _read(path, name)
        else:
            raise CommandProblem(f"There is no file {path}.", "Give the names of files, a folder, or - and paste.")


def _read(path: Path, label: str) -> Iterator[Sent]:
    try:
        if path.stat().st_size > LARGEST:
            yield Sent(label, "", problem="It is too large for a file of answers.")
            return
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        yield Sent(label, "", problem=f"It cannot be read: {reason_of(error)}.")
        return
    yield from (Sent(label, one) for one in texts_of(text))


def take_in(store: Store, texts: Iterable[Sent]) -> tuple[Imported, ...]:
    """Take in what can be taken, what was saved first first, so that whatever is newer corrects it.

    Raises:
        StoreProblem: it could not be kept.
    """
    read = [_parsed(sent) for sent in texts]
    order = sorted(range(len(read)), key=lambda n: (one.saved if (one := read[n].file) else 0, n))
    done = {n: _taken(store, read[n]) for n in order}
    return tuple(done[n] for n in range(len(read)))


def _parsed(sent: Sent) -> Imported:
    if sent.problem:
        return Imported(sent, problem=sent.problem)
    try:
        file = parse_answers(sent.text)
    except NotAnswers as problem:
        return Imported(sent, problem=problem.sentence, mend=problem.mend)
    return Imported(sent, file, file.name)


def _taken(store: Store, one: Imported) -> Imported:
    if one.file is None:
        return one
    try:
        with session_for(store, one.file) as runner, store.transaction():
            return Imported(one.sent, one.file, runner.name(one.file.person), bring_in(runner, one.file))
    except CommandProblem as problem:
        return Imported(one.sent, one.file, one.name, problem=problem.sentence, mend=problem.mend)


def still_missing(store: Store, imported: Sequence[Imported]) -> Iterator[str]:
    """Who has not handed in everything that was asked of them so far, in one sentence for each session."""
    sessions = dict.fromkeys(one.file.session for one in imported if one.file and not one.problem)
    for session in sessions:
        state, words = read_session(store, session)
        open_: dict[str, int] = {}
        for track in state.tracks.values():
            for task in tasks(state, track):
                if not task.done and not task.late and task.by in state.humans:
                    open_[task.by] = open_.get(task.by, 0) + 1
        if open_:
            people = ", ".join(f"{state.name(person, words)} ({count})" for person, count in open_.items())
            yield f"Not in yet: {people}."
