"""What is known about one conversation: from its recordings, and from what an observer noted about who spoke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from roleplay.analysis.talk import (
    Covered,
    Noted,
    Stretch,
    Talk,
    noted_stretches,
    talk_from_channels,
    talk_from_notes,
)
from roleplay.session.heard import Recording, SpeakerChange


def talk_in(
    recordings: Sequence[Recording], changes: Iterable[SpeakerChange], seconds: float, speakers: Sequence[str]
) -> Talk | None:
    """How a conversation went, by the best that is known; None where there is no way to know who spoke.

    Args:
        recordings: those of the step that a viewer may see.
        changes: who spoke in the step, as observers noted it.
        seconds: how long the step was.
        speakers: who takes part, in the order in which they are told.
    """
    listened = [one for one in recordings if one.voices and one.speech is not None and one.seconds is not None]
    told = [one for one in listened if _is_told_apart(one)]
    by_channel = _by_channel(told or listened, seconds, speakers)
    crossed = by_channel.crossed or not told
    notes = notes_of(changes)
    if notes and crossed:
        return talk_from_notes(notes, seconds, speakers)
    return replace(by_channel, crossed=crossed) if listened else None


def _is_told_apart(one: Recording) -> bool:
    """Whether whoever listened to two channels found one voice on each; otherwise no line has a channel."""
    lines = one.transcript.lines if one.transcript else ()
    return not lines or any(line.heard.channel is not None for line in lines)


def _by_channel(recordings: Sequence[Recording], seconds: float, speakers: Sequence[str]) -> Talk:
    stretches = (
        Stretch(one.voices[span.channel], _round(one.into + span.start), _round(one.into + span.end))
        for one in recordings
        for span in one.speech or ()
        if span.channel < len(one.voices)
    )
    return talk_from_channels(stretches, recorded(recordings), seconds, speakers)


def recorded(recordings: Iterable[Recording]) -> tuple[Covered, ...]:
    """What was recorded of a step, in order."""
    ended = (one for one in recordings if one.seconds)
    return tuple(Covered(one.into, _round(one.into + (one.seconds or 0.0))) for one in ended)


def notes_of(changes: Iterable[SpeakerChange]) -> tuple[Noted, ...]:
    """What observers noted, as the figures take it."""
    return tuple(Noted(change.into, change.speaker) for change in changes)


def noted_in(changes: Iterable[SpeakerChange], seconds: float) -> tuple[Stretch, ...]:
    """Who spoke from when to when, as observers noted it: what `lines_in` tells speakers by."""
    return tuple(noted_stretches(notes_of(changes), seconds))


def _round(seconds: float) -> float:
    return round(seconds, 3)
