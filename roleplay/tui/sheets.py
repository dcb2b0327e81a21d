"""Sheets of paper that are typed in: which are missing, what stands on one so far, and the commands that send it.

Marks are tallies, with a time where somebody wrote one down. Levels are digits, and marks of a criterion are evidence
for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter, ValidationError

from roleplay.analysis.takes import latest_takes
from roleplay.conduct.drafts import DraftAnswer, FormDraft, form_command
from roleplay.content.rubric import Criterion, Marker, Prompt, Rubric
from roleplay.content.scales import ChecklistScale, OrderedScale, TextScale
from roleplay.session import commands as c
from roleplay.session.events import TypedTap
from roleplay.session.forms import FormDue, marker_pairs, markers_of, needs_evidence
from roleplay.session.state import State, TrackState
from roleplay.session.tasks import tasks
from roleplay.session.texts import Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that was filled in on paper, or will be."""

    track: str
    due: FormDue
    play: str | None = None
    """The conversation in which its writer marked, where there are markers for it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A mark on a sheet, and how many seconds into the conversation it was, where that was written down."""

    marker: str
    into: float | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in so far."""

    tallies: tuple[Tally, ...] = ()
    answers: Mapping[str, DraftAnswer] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)

    def answered(self, criterion: str, answer: DraftAnswer) -> Typed:
        """With an answer to a criterion."""
        return replace(self, answers={**self.answers, criterion: answer})

    def unanswered(self, criterion: str) -> Typed:
        """Without the answer to a criterion."""
        return replace(self, answers={id: answer for id, answer in self.answers.items() if id != criterion})

    def worded(self, prompt: str, words: str) -> Typed:
        """With the answer to an open question."""
        return replace(self, prompts={**self.prompts, prompt: words})

    def marked(self, tally: Tally) -> Typed:
        """With one mark more."""
        return replace(self, tallies=(*self.tallies, tally))

    def unmarked(self) -> Typed:
        """Without the last mark."""
        return replace(self, tallies=self.tallies[:-1])


def missing_sheets(state: State, table: str | None = None) -> tuple[Sheet, ...]:
    """The sheets that the facilitator may type in, of one table or of all: observers' first.

    What is sealed or private is for its writer alone, and so is what people write about themselves.
    """
    found = [
        _sheet(state, track, task.form)
        for track in state.tracks.values()
        if table in (None, track.id)
        for task in tasks(state, track)
        if task.kind == "form" and task.form and not task.done and _may_type(state, task.form)
    ]
    return tuple(sorted(found, key=lambda sheet: sheet.play is None))


def _may_type(state: State, due: FormDue) -> bool:
    person = state.people.get(due.by)
    one_row = state.setting.bundle.rubrics[due.rubric].rows == 1
    return not (due.sealed or due.private or due.about_self or (person and person.bot)) and one_row


def _sheet(state: State, track: TrackState, due: FormDue) -> Sheet:
    for play in reversed(latest_takes(track, track.planned(due.step))):
        found = markers_of(state.setting, play)
        pairs = marker_pairs(state.setting, play, track.people_in(play))
        if found is not None and found[0] == due.rubric and (due.by, due.about) in pairs:
            return Sheet(track.id, due, play.id)
    return Sheet(track.id, due)


def begun(state: State, sheet: Sheet) -> Typed:
    """A sheet with the marks that were typed in from it before."""
    marks = state.tracks[sheet.track].standing_marks()
    return Typed(
        tuple(
            Tally(mark.marker, mark.into)
            for mark in marks
            if mark.on_paper and (mark.step, mark.by, mark.about) == (sheet.play, sheet.due.by, sheet.due.about)
        )
    )


_TYPED = TypeAdapter(Typed)


def kept_under(sheet: Sheet) -> str:
    """Under which key a sheet that is half typed in is kept."""
    return f"sheet/{sheet.due.id}"


def to_keep(typed: Typed) -> str:
    """What was typed in so far, as it is kept."""
    return _TYPED.dump_json(typed).decode()


def read_kept(body: str | None) -> Typed | None:
    """What was typed in before, if anything was kept."""
    try:
        return None if body is None else _TYPED.validate_json(body)
    except ValidationError:
        return None


def counts(typed: Typed) -> dict[str, int]:
    """How many marks of each kind there are."""
    found: dict[str, int] = {}
    for tally in typed.tallies:
        found[tally.marker] = found.get(tally.marker, 0) + 1
    return found


# The keys


def marker_for(rubric: Rubric, key: str) -> Marker | None:
    """The marker of a key."""
    return next((marker for marker in rubric.markers if marker.key == key), None)


def read_moment(typed: str) -> float | None:
    """A moment as it stands on a sheet: `3:12`, or `312` in short; nothing where none was written."""
    minutes, colon, seconds = typed.partition(":")
    if not colon:
        minutes, seconds = typed[:-2], typed[-2:]
    return float(int(minutes or 0) * 60 + int(seconds or 0)) if typed.strip(":") else None


def answer_for(rubric: Rubric, criterion: Criterion, key: str) -> DraftAnswer | None:
    """What a key answers to a criterion; nothing where it means nothing there, or where words or a number are asked."""
    scale = rubric.scale_of(criterion)
    if key == "n":
        return DraftAnswer(observed=False)
    if isinstance(scale, OrderedScale) and key.isdecimal() and int(key) in scale.levels:
        return DraftAnswer(value=int(key))
    if isinstance(scale, ChecklistScale) and key in ("1", "2"):
        return DraftAnswer(value=key == "1")
    return None


def answer_in_words(rubric: Rubric, criterion: Criterion, words: str) -> DraftAnswer | None:
    """What was typed in answer to a criterion that asks for words or a number; nothing where it is no number."""
    if not words:
        return DraftAnswer(observed=False)
    if isinstance(rubric.scale_of(criterion), TextScale):
        return DraftAnswer(text=words)
    return DraftAnswer(value=int(words)) if words.isdecimal() else None


def choices_of(rubric: Rubric, criterion: Criterion) -> str:
    """Which keys answer a criterion; nothing where one types a number or words."""
    scale = rubric.scale_of(criterion)
    if isinstance(scale, OrderedScale):
        return " ".join(f"{level} {word}" for level, word in scale.levels.items())
    return "1 seen  2 not seen" if isinstance(scale, ChecklistScale) else ""


# Sending


def lacks_evidence(state: State, sheet: Sheet, typed: Typed, criterion: Criterion) -> bool:
    """Whether an answer needs a mark or words that were heard, and has neither."""
    rubric, answer = state.setting.bundle.rubrics[sheet.due.rubric], typed.answers.get(criterion.id)
    if answer is None or not answer.observed or not needs_evidence(sheet.due, rubric, criterion, answer.value):
        return False
    return not answer.quote and not any(_evidence(state, sheet, typed, rubric, criterion))


def still_missing(state: State, sheet: Sheet, typed: Typed) -> tuple[Criterion | Prompt, ...]:
    """What has to be answered before the sheet can be sent."""
    rubric = state.setting.bundle.rubrics[sheet.due.rubric]
    asked = [
        criterion
        for criterion in rubric.asked
        if criterion.id not in typed.answers or lacks_evidence(state, sheet, typed, criterion)
    ]
    prompts = [p for p in rubric.prompts if not p.optional and not typed.prompts.get(p.id, "").strip()]
    return (*asked, *prompts)


def commands(state: State, sheet: Sheet, typed: Typed) -> list[tuple[c.Command, Sequence[Text]]]:
    """What sends a sheet: its marks, then its levels with those marks as evidence."""
    rubric = state.setting.bundle.rubrics[sheet.due.rubric]
    found: list[tuple[c.Command, Sequence[Text]]] = []
    taps = tuple(TypedTap(tap=secrets.token_hex(6), marker=t.marker, into=t.into) for t in typed.tallies)
    if sheet.play is not None and (taps or begun(state, sheet).tallies):
        found.append((c.TypeMarkers(sheet.track, sheet.play, sheet.due.by, sheet.due.about, taps), ()))
    answers = {
        criterion.id: _with_evidence(
            typed.answers[criterion.id], _evidence(state, sheet, typed, rubric, criterion, taps)
        )
        for criterion in rubric.asked
        if criterion.id in typed.answers
    }
    form, texts = form_command(sheet.track, sheet.due, FormDraft(answers=answers, prompts=dict(typed.prompts)))
    found.append((form, texts))
    return found


def _with_evidence(answer: DraftAnswer, taps: Iterator[str]) -> DraftAnswer:
    return answer.model_copy(update={"taps": tuple(taps)}) if answer.observed else answer


def _evidence(
    state: State,
    sheet: Sheet,
    typed: Typed,
    rubric: Rubric,
    criterion: Criterion,
    taps: Sequence[TypedTap] = (),
) -> Iterator[str]:
    """The marks of a criterion: those on the sheet, and those that its writer tapped on a screen."""
    meant = {marker.id for marker in rubric.markers if marker.criterion == criterion.id}
    written = taps or tuple(TypedTap(tap=str(n), marker=t.marker, into=t.into) for n, t in enumerate(typed.tallies))
    yield from (tap.tap for tap in written if tap.marker in meant)
    for mark in state.tracks[sheet.track].standing_marks():
        tapped = (mark.step, mark.by, mark.about) == (sheet.play, sheet.due.by, sheet.due.about) and not mark.on_paper
        if tapped and mark.rubric == sheet.due.rubric and mark.marker in meant:
            yield mark.tap
