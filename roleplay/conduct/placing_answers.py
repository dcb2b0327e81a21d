"""Bringing in what people wrote on pages of their own: every answer is accounted for, and none is taken twice.

An answer becomes the same command that a screen would send, so the session's rules alone say what can be taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from roleplay.conduct import drafts as d
from roleplay.conduct.answer_files import AnswerFile, Written
from roleplay.conduct.holding import held_session
from roleplay.conduct.opening import scenario_of
from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.commands import NotAllowed
from roleplay.session.events import TypedTap
from roleplay.session.forms import FormDue, marker_pairs
from roleplay.session.state import State, TrackState
from roleplay.session.tasks import Task, tasks_of
from roleplay.session.texts import Text, read
from roleplay.store.protocol import Conflict, Store
from roleplay.values import Value

Fate = Literal["taken", "corrected", "same", "older", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one answer."""

    written: Written
    fate: Fate
    why: str = ""


class MarksDraft(Value):
    """Behaviours that somebody tapped on a page of their own."""

    taps: tuple[TypedTap, ...] = ()


@contextmanager
def session_for(store: Store, file: AnswerFile) -> Iterator[Runner]:
    """The session of a file, held for as long as the block runs; its clock stands where it was left.

    Raises:
        CommandProblem: it is not here, it is open elsewhere, or the file is not of this session.
        StoreProblem: it cannot be read.
    """
    if file.session not in {row.id for row in store.sessions()}:
        mend = "Import it where the session was led."
        raise CommandProblem("It is of a session that is not on this computer.", mend)
    if scenario_of(store, file.session) != file.scenario:
        raise CommandProblem("It was made for another version of this session.", "Write the pages anew: roleplay forms")
    try:
        with held_session(store, file.session) as runner:
            if file.person not in runner.state.people:
                raise CommandProblem("It is of somebody who is not in this session.")
            yield runner
    except Conflict as error:
        mend = "Leave the session there (esc), import, and go on with: roleplay resume. Or import when it is over."
        raise CommandProblem("Its session is open in the program right now.", mend) from error


def bring_in(runner: Runner, file: AnswerFile) -> tuple[Outcome, ...]:
    """Take in what can be taken of a file; what was tapped comes first, since it is evidence for the rest.

    Raises:
        StoreProblem: it could not be kept.
    """
    ordered = sorted(file.answers, key=lambda written: not written.key.startswith("marks/"))
    outcomes = tuple(_bring(runner, file.person, written) for written in ordered)
    noted = {o.written.id: o.written.at for o in outcomes if o.fate in ("taken", "corrected", "same")}
    runner.do_at_once(c.BringIn(file.person, noted))
    return outcomes


def _bring(runner: Runner, person: str, written: Written) -> Outcome:
    last = runner.state.brought.get(written.id, 0)
    if written.at <= last:
        return Outcome(written, "same" if written.at == last else "older")
    track = runner.state.tracks.get(written.track)
    try:
        found = _placed(runner, track, person, written) if track else None
    except ValidationError:
        return Outcome(written, "refused", "This answer cannot be read.")
    if found is None:
        return Outcome(written, "refused", "Nobody is asked for this: the plan has changed since the page was made.")
    if found.same:
        return Outcome(written, "same")
    try:
        runner.do_at_once(found.command, found.texts)
    except NotAllowed as problem:
        return Outcome(written, "refused", problem.sentence)
    return Outcome(written, "corrected" if found.there else "taken")


@dataclass(frozen=True, slots=True)
class _Placed:
    """An answer where it belongs: the command that sends it, and what is there already."""

    command: c.Command
    texts: tuple[Text, ...] = ()
    there: bool = False
    """Something was sent before."""
    same: bool = False
    """It is what was sent last."""


def _placed(runner: Runner, track: TrackState, person: str, written: Written) -> _Placed | None:
    """Where an answer belongs; raises ValidationError where it cannot be read."""
    state = runner.state
    if written.key.startswith("marks/"):
        return _marks(state, track, person, written)
    for planned in track.steps:
        for task in tasks_of(state, track, planned):
            if task.by == person and d.draft_key(task) == written.key:
                return _of_task(runner, track, task, written)
    return None


def _of_task(runner: Runner, track: TrackState, task: Task, written: Written) -> _Placed:
    words, answer, key = runner.words, written.answer, (task.step, task.by)
    if task.form is not None:
        form = _clean(d.FormDraft.model_validate(answer))
        versions = track.forms.get(task.form.id, ())
        send, texts = d.form_command(
            track.id, task.form, form, earlier=_in_time(runner.state, track, task.form, written)
        )
        return _Placed(send, tuple(texts), bool(versions), bool(versions) and form == d.form_draft(versions[-1], words))
    if task.kind == "journal":
        journal = d.JournalDraft.model_validate(answer)
        pages = {n: text.strip() for n, text in journal.answers.items() if text.strip()}
        journal = journal.model_copy(update={"answers": pages, "share": journal.share and bool(pages)})
        journals = track.journals.get(key, ())
        write, texts = d.journal_command(track.id, task.step, task.by, journal)
        same = bool(journals) and journal == d.journal_draft(journals, words)
        return _Placed(write, tuple(texts), bool(journals), same)
    if task.kind == "facts":
        facts = d.FactsDraft.model_validate(answer).facts
        ticked = track.facts.get(key)
        same = ticked is not None and set(ticked) == set(facts)
        return _Placed(c.TickFacts(track.id, task.step, task.by, facts), (), ticked is not None, same)
    learned = d.LearnedDraft.model_validate(answer)
    ref = track.learned.get(key)
    say, texts = d.learned_command(track.id, task.step, task.by, learned)
    return _Placed(say, tuple(texts), ref is not None, ref is not None and read(words, ref) == learned.text.strip())


def _clean(form: d.FormDraft) -> d.FormDraft:
    """A form as it will be read back once it was sent."""
    answers = {
        id: d.DraftAnswer(observed=True, value=a.value, text=a.text.strip(), taps=a.taps, quote=a.quote.strip())
        if a.observed
        else d.DraftAnswer(observed=False)
        for id, a in form.answers.items()
    }
    prompts = {id: text.strip() for id, text in form.prompts.items() if text.strip()}
    return d.FormDraft(answers=answers, prompts=prompts, share=form.share)


def _in_time(state: State, track: TrackState, due: FormDue, written: Written) -> bool:
    """Whether a forecast stood before its conversation, as far as the writer's clock can tell."""
    number = track.planned(due.step).round
    plays = {step.id for step in track.steps if step.kind == "play" and step.round == number}
    talks = [run.started for run in track.runs if run.step in plays]
    return written.fixed or bool(talks and written.at <= (state.opened or 0) + 1000 * min(talks))


def _marks(state: State, track: TrackState, person: str, written: Written) -> _Placed | None:
    for planned in track.steps:
        for by, about in marker_pairs(state.setting, planned, track.people_in(planned)):
            if by == person and written.key == f"marks/{planned.id}/{by}/{about}":
                taps = MarksDraft.model_validate(written.answer).taps
                there = {
                    (mark.tap, mark.marker, mark.into)
                    for mark in track.standing_marks()
                    if mark.on_paper and (mark.step, mark.by, mark.about) == (planned.id, by, about)
                }
                same = there == {(tap.tap, tap.marker, tap.into) for tap in taps}
                command = c.TypeMarkers(track.id, planned.id, by, about, taps)
                return _Placed(command, (), bool(there), same and bool(there))
    return None
