"""What is kept of the recordings of sessions, and erasing it from outside a session that runs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from roleplay.audio.shelf import Shelf
from roleplay.audio.wav import wav_seconds
from roleplay.conduct.erasing import finish_erasing
from roleplay.conduct.holding import held_session
from roleplay.conduct.opening import read_session
from roleplay.problems import CommandProblem, nearest
from roleplay.session.hearing_commands import AnswerConsent, EraseRecording
from roleplay.session.state import State
from roleplay.store.protocol import Conflict, Store, StoreProblem


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A recording of which the sound, or what was written down from it, is kept."""

    id: str
    track: str
    table: str
    """What its table is called."""
    step: str
    """What its step is called; nothing for a take that was taken back."""
    seconds: float
    size: int
    """Bytes of its sound; 0 where that is gone."""
    lines: int | None
    """Lines that were written down, or none where it was not written down."""
    present: tuple[str, ...]
    """Who was in the room."""


def kept_recordings(store: Store, shelf: Shelf, session: str, *, with_words: bool = True) -> tuple[KeptRecording, ...]:
    """What is kept of a session; with or without those of which only the words are left.

    Raises StoreProblem.
    """
    state, _ = read_session(store, session)
    found = [
        KeptRecording(
            id=one.id,
            track=track.id,
            table=track.title,
            step=state.setting.step(planned).name if (planned := track.find(one.step)) else "",
            seconds=one.seconds or _length(shelf, session, one.id),
            size=0 if one.erased else shelf.size(session, one.id),
            lines=len(one.transcript.lines) if one.transcript else None,
            present=one.present,
        )
        for track in state.tracks.values()
        for one in track.recordings.values()
        if not one.words_erased
    ]
    return tuple(one for one in found if one.size or (with_words and one.lines is not None))


def _length(shelf: Shelf, session: str, recording: str) -> float:
    """How long a recording is of which the journal does not know the end, after a crash."""
    path = shelf.find(session, recording)
    return (wav_seconds(path) or 0.0) if path else 0.0


def all_kept(store: Store, shelf: Shelf) -> dict[str, tuple[KeptRecording, ...]]:
    """What is kept of every session of which anything is, the newest first."""
    here = set(shelf.sessions())
    found = {row.id: kept_recordings(store, shelf, row.id) for row in store.sessions() if row.id in here}
    return {session: kept for session, kept in found.items() if kept}


def person_named(store: Store, session: str, wanted: str) -> tuple[str, str]:
    """Whoever is called so, or has this id, in a session: the id, and the name as it was written.

    Raises CommandProblem where that is nobody, or several.
    """
    state, words = read_session(store, session)
    names = {person: state.name(person, words) for person in state.humans}
    said = " ".join(wanted.split()).casefold()
    found = [person for person, name in names.items() if person == wanted or name.casefold() == said]
    if len(found) == 1:
        return found[0], names[found[0]]
    if found:
        ids = ", ".join(found)
        raise CommandProblem(f"{len(found)} people are called {names[found[0]]} here.", f"Give one of these: {ids}.")
    mend = nearest(wanted, names.values()) or f"In it are {', '.join(names.values())}."
    raise CommandProblem(f"Nobody in this session is called “{wanted}”.", mend)


def present_in(store: Store, shelf: Shelf, session: str, person: str) -> tuple[KeptRecording, ...]:
    """What is kept that was recorded while somebody was in the room."""
    return tuple(one for one in kept_recordings(store, shelf, session) if person in one.present)


def withdraw(store: Store, shelf: Shelf, session: str, person: str) -> None:
    """Take back somebody's yes, and erase what was recorded in their presence.

    Raises:
        CommandProblem: the session is open in another window.
        StoreProblem: it could not be erased to the last trace.
    """
    _do(store, shelf, session, [AnswerConsent(person, yes=False)])


def erase_session(store: Store, shelf: Shelf, session: str, *, words: bool) -> None:
    """Erase the sound of a session, and with `words` all that was written down from it; raises as `withdraw` does."""
    kept = kept_recordings(store, shelf, session)
    _do(store, shelf, session, [EraseRecording(one.track, one.id, "asked", words) for one in kept])


def _do(store: Store, shelf: Shelf, session: str, commands: Sequence[AnswerConsent | EraseRecording]) -> None:
    try:
        with held_session(store, session) as runner:
            for command in commands:
                try:
                    runner.do_at_once(command)
                except StoreProblem:
                    # On a full disk, the sound that is to go makes the room which the journal needs.
                    _make_room(runner.state, shelf, session, command)
                    runner.do_at_once(command)
            finish_erasing(store, shelf, session)
    except Conflict as error:
        raise CommandProblem(
            "This session is open in the program right now, so nothing was erased.",
            "Erase it there, or leave the session there (esc) and give this command again.",
        ) from error


def _make_room(state: State, shelf: Shelf, session: str, command: AnswerConsent | EraseRecording) -> None:
    for track in state.tracks.values():
        for one in track.recordings.values():
            if command.person in one.present if isinstance(command, AnswerConsent) else command.recording == one.id:
                with suppress(OSError):
                    shelf.delete(session, one.id)


def say_what(kept: Sequence[KeptRecording], *, words: bool = True) -> str:
    """In words: how many recordings, how long they are, and how many lines were written down."""
    sounds = [one for one in kept if one.size]
    lines = sum(one.lines or 0 for one in kept) if words else 0
    parts = []
    if sounds:
        count = "the sound of 1 recording" if len(sounds) == 1 else f"the sound of {len(sounds)} recordings"
        parts.append(f"{count} ({say_length(sum(one.seconds for one in sounds))})")
    if lines:
        parts.append("1 line that was written down" if lines == 1 else f"{lines} lines that were written down")
    return " and ".join(parts) or "what is left of them"


def say_length(seconds: float) -> str:
    """A length as one says it."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02} min" if minutes else f"{rest} s"
