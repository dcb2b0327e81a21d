"""What people mark, tick and write: whether it can be taken as it is, and the event that follows.

Each check says why not, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roleplay.content.rubric import Criterion, Rubric, row_of
from roleplay.content.scales import TextScale
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.commands import NotAllowed
from roleplay.session.events import Answer
from roleplay.session.forms import (
    FactsDue,
    FormDue,
    facts_due,
    find_form,
    journal_writers,
    marker_pairs,
    markers_of,
    needs_evidence,
    was_played,
)
from roleplay.session.state import FACILITATOR, Setting, State, TrackState


def check_form(setting: Setting, track: TrackState, command: c.SendForm) -> str:
    """Every criterion is answered or not observed, in its scale, with evidence where the rubric asks for it."""
    try:
        due = find_form(setting, track, command.form)
    except KeyError:
        return "Nobody is asked for this form."
    if not track.has_begun(due.step):
        return "This form is filled in later, when its step has begun."
    in_time = command.earlier and due.id not in track.forms
    if due.purpose == "forecast" and not in_time and was_played(track, track.planned(due.step)):
        return "A forecast is made before the conversation; this one has been played."
    rubric = setting.bundle.rubrics[due.rubric]
    unknown = set(command.answers) - {criterion.id for criterion in rubric.asked}
    if unknown or set(command.prompts) - {prompt.id for prompt in rubric.prompts}:
        return "The rubric does not ask for this."
    for criterion in rubric.asked:
        if row_of(criterion.id) > 1 and criterion.id not in command.answers:
            continue
        why_not = check_answer(track, due, rubric, criterion, command.answers.get(criterion.id))
        if why_not:
            return f"{criterion.title}: {why_not}."
    if due.purpose == "form":
        for prompt in rubric.prompts:
            if not prompt.optional and prompt.id not in command.prompts:
                return f"{prompt.ask} Write a few words."
    return ""


def check_answer(track: TrackState, due: FormDue, rubric: Rubric, criterion: Criterion, answer: Answer | None) -> str:
    """What keeps an answer to one criterion from being taken, without a full stop, or nothing."""
    scale = rubric.scale_of(criterion)
    if answer is None:
        return "write a few words" if isinstance(scale, TextScale) else "choose a level, or “not observed”"
    if not answer.observed:
        return "" if answer.value is None and answer.text is None else "“not observed” has no level"
    if isinstance(scale, TextScale):
        why_not = "" if answer.text is not None else "write a few words"
    else:
        why_not = scale.check(answer.value)
    if why_not or due.purpose == "forecast":
        return why_not
    standing = {mark.tap for mark in track.standing_marks() if mark.about == due.about}
    if not set(answer.taps) <= standing:
        return "a marker given as evidence was taken back"
    if needs_evidence(due, rubric, criterion, answer.value) and not answer.taps and answer.quote is None:
        return "this level needs evidence: choose a moment, or write the words you heard"
    return ""


def check_learned(setting: Setting, track: TrackState, command: c.WriteLearned) -> str:
    """The leader of the round says what came out, until the partner has ticked and both have been shown."""
    dues = [due for due in _facts_of(setting, track, command.step) if due.leader == command.by]
    if not dues:
        return "The leader of this round is asked what came out, after the conversation."
    if (command.step, command.by) in track.learned and any((d.step, d.partner) in track.facts for d in dues):
        return "Both have already been shown what the other wrote."
    return ""


def check_facts(setting: Setting, track: TrackState, command: c.TickFacts) -> str:
    """The partner ticks facts that he or she knows, before the leader's answer is shown."""
    due = next((d for d in _facts_of(setting, track, command.step) if d.partner == command.by), None)
    if due is None:
        return "The partner of this round is asked what came out, after the conversation."
    if not set(command.facts) <= {fact.id for fact in due.facts}:
        return "This case has no such fact."
    if (command.step, command.by) in track.facts and (command.step, due.leader) in track.learned:
        return "Both have already been shown what the other wrote."
    return ""


def _facts_of(setting: Setting, track: TrackState, step: str) -> tuple[FactsDue, ...]:
    if not track.has_begun(step):
        return ()
    return facts_due(setting, track.planned(step))


def check_typed(setting: Setting, track: TrackState, command: c.TypeMarkers) -> str:
    """A sheet of paper holds what an observer marked in a conversation at this table, about somebody else."""
    planned = track.planned(command.step) if track.has_begun(command.step) else None
    found = markers_of(setting, planned) if planned else None
    if found is None or planned is None:
        return "A sheet is typed in for a conversation that has begun, and in which markers are tapped."
    if (command.by, command.about) not in marker_pairs(setting, planned, track.people_in(planned)):
        return "Nobody here watched this person in this conversation."
    if not {tap.marker for tap in command.taps} <= {marker.id for marker in found[1].markers}:
        return "The rubric has no such marker."
    if any(tap.into is not None and tap.into < 0 for tap in command.taps):
        return "A mark cannot lie before the beginning of the conversation."
    ids = [tap.tap for tap in command.taps]
    sheet = (command.step, command.by, command.about)
    others = {mark.tap for mark in track.marks if not mark.on_paper or (mark.step, mark.by, mark.about) != sheet}
    if len(set(ids)) < len(ids) or others.intersection(ids):
        return "This sheet was already typed in."
    return ""


def check_journal(setting: Setting, track: TrackState, command: c.WriteJournal, closed: bool = False) -> str:
    """A journal is written by those whom its step is for, once it has begun; at home, also where time ran out first."""
    planned = next((step for step in track.steps if step.id == command.step), None)
    if planned is None or not (closed or track.has_begun(planned.id)):
        return "A journal is written when its step has begun."
    if command.by not in journal_writers(setting, planned, track.people_in(planned)):
        return "This step asks for no journal from this person."
    prompts = range(len(setting.step(planned).prompts))
    if not set(command.answers) <= set(prompts) or not set(command.share) <= set(command.answers):
        return "The journal does not ask this."
    if not command.answers and not command.on_paper:
        return "Write a few words, or tick that the journal is on paper."
    return ""


def find_track(state: State, id: str) -> TrackState:
    """The table of that id; raises NotAllowed where there is none."""
    if id not in state.tracks:
        raise NotAllowed("There is no such table.")
    return state.tracks[id]


def _tap(state: State, command: c.TapMarker, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    planned = track.step
    markers = markers_of(state.setting, planned) if planned and state.phase(track.id) == "running" else None
    if markers is None or planned is None:
        raise NotAllowed("Markers are tapped while a conversation runs.")
    rubric_id, rubric = markers
    if command.marker not in {marker.id for marker in rubric.markers}:
        raise NotAllowed("The rubric has no such marker.")
    here = track.people_in(planned)
    if command.about not in here or command.by not in (*here, *track.people, FACILITATOR):
        raise NotAllowed("Somebody at this table taps, about somebody at this table.")
    if command.by == command.about:
        raise NotAllowed("Nobody marks their own conversation.")
    if any(mark.tap == command.tap for mark in track.marks):
        raise NotAllowed("This tap was already counted.")
    return (
        e.MarkerTapped(
            at=now,
            track=track.id,
            tap=command.tap,
            rubric=rubric_id,
            marker=command.marker,
            by=command.by,
            about=command.about,
        ),
    )


def _label(state: State, command: c.LabelTake, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    plays = {step.id for step in track.steps if step.kind == "play"}
    if command.step not in plays or not track.has_begun(command.step):
        raise NotAllowed("A take gets its name once it has begun.")
    return (e.TakeLabelled(at=now, track=track.id, step=command.step, label=command.label),)


def _take_back(state: State, command: c.TakeBackMarker, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    if not any(mark.tap == command.tap for mark in track.standing_marks()):
        raise NotAllowed("There is no such tap to take back.")
    return (e.MarkerTakenBack(at=now, track=track.id, tap=command.tap),)


def _type_markers(state: State, command: c.TypeMarkers, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    _raise(check_typed(state.setting, track, command))
    planned = track.planned(command.step)
    found = markers_of(state.setting, planned)
    assert found is not None
    return (
        e.MarkersTyped(
            at=now,
            track=track.id,
            step=planned.id,
            rubric=found[0],
            by=command.by,
            about=command.about,
            taps=command.taps,
        ),
    )


def _send_form(state: State, command: c.SendForm, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    _raise(check_form(state.setting, track, command))
    if state.ended is not None and find_form(state.setting, track, command.form).sealed:
        raise NotAllowed("The session is closed, and sealed ratings were shown then; no more are taken.")
    return (
        e.FormSent(
            at=now,
            track=track.id,
            form=command.form,
            answers=dict(command.answers),
            prompts=dict(command.prompts),
            share=command.share,
        ),
    )


def _learned(state: State, command: c.WriteLearned, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    _raise(check_learned(state.setting, track, command))
    return (e.LearnedWritten(at=now, track=track.id, step=command.step, by=command.by, text=command.text),)


def _facts(state: State, command: c.TickFacts, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    _raise(check_facts(state.setting, track, command))
    return (e.FactsTicked(at=now, track=track.id, step=command.step, by=command.by, facts=command.facts),)


def _journal(state: State, command: c.WriteJournal, now: float) -> tuple[e.Event, ...]:
    track = find_track(state, command.track)
    _raise(check_journal(state.setting, track, command, closed=state.ended is not None))
    return (
        e.JournalWritten(
            at=now,
            track=track.id,
            step=command.step,
            by=command.by,
            answers=dict(command.answers),
            on_paper=command.on_paper,
            share=command.share,
        ),
    )


def _bring_in(state: State, command: c.BringIn, now: float) -> tuple[e.Event, ...]:
    if command.person not in state.people:
        raise NotAllowed("Nobody of this session has written this.")
    newer = {key: at for key, at in command.written.items() if at > state.brought.get(key, 0)}
    return (e.BroughtIn(at=now, person=command.person, written=newer),) if newer else ()


def _raise(why_not: str) -> None:
    if why_not:
        raise NotAllowed(why_not)


WRITING: dict[type[Any], Callable[[State, Any, float], tuple[e.Event, ...]]] = {
    c.LabelTake: _label,
    c.TapMarker: _tap,
    c.TakeBackMarker: _take_back,
    c.TypeMarkers: _type_markers,
    c.SendForm: _send_form,
    c.WriteLearned: _learned,
    c.TickFacts: _facts,
    c.WriteJournal: _journal,
    c.BringIn: _bring_in,
}
"""What follows from each command with which somebody writes."""

AFTERWARDS = (c.TypeMarkers, c.SendForm, c.WriteLearned, c.TickFacts, c.WriteJournal, c.BringIn)
"""What can still be done once the session is closed: paper and files reach the facilitator later."""
