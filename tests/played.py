"""Whole sessions to look back at: half played, complete, with erased words, with strange words, with bots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from practices import BOTH_LOOK, drawn_map, mapped_meeting, practice
from samples import FISHBOWL, REMIX, SELECTION, TRIAD, TRIO, Play, setting_of

from roleplay.session import commands as c
from roleplay.session.events import Participant
from roleplay.session.forms import markers_of
from roleplay.session.state import TrackState
from roleplay.session.tasks import Task, tasks
from roleplay.session.texts import TextRef
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, Viewer, viewer_of

STRANGE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "# heading\n\n---\n===\n- item\n1. one\n> quote\n```\ncode\n| a | b |\n|---|---|",
    "Łódź 日本語 \u202eright to left\u202c 👩‍👩‍👧 \x07",
    "long" * 200,
    "{{ 7 * 7 }} {% raw %} & &amp; [a](javascript:x) *b* _c_ `d`",
)
"""What people may write by mischief or by chance."""
STRANGE_NAMES = (
    "<b onclick=zo()>Zo</b>",
    "# Qu *qu* | `qu` [qu](zo:zo)",
    "\u202eZu\u202c {{ 7 * 7 }} \x07" + "zz" * 200,
)
"""And what they may be called; nobody writes these words, since whatever names somebody is not said to the room."""


def write(play: Play, share: bool = False) -> None:
    """Let everybody do all that is asked of them. Levels go around, with not observed; no words occur twice."""
    for track in play.state.tracks:
        for task in tasks(play.state, play.track(track)):
            if not task.done:
                _write(play, play.track(track), task, share, len(play.events) % 4 or None)


def _write(play: Play, track: TrackState, task: Task, share: bool, level: int | None) -> None:
    if task.form is not None:
        before = len(play.words)
        answers, prompts = play.answers(task.form, level, "x")
        for id in list(play.words)[before:]:
            play.words[id] = f"[{id}]"
        taps = tuple(mark.tap for mark in track.standing_marks() if mark.about == task.form.about)[:1]
        if taps and level and task.form.purpose == "form":
            answers = {id: answer.model_copy(update={"taps": taps}) for id, answer in answers.items()}
        play.do(c.SendForm(track.id, task.form.id, answers, prompts, share))
    elif task.facts is not None and task.kind == "facts":
        play.do(c.TickFacts(track.id, task.step, task.by, (task.facts.facts[0].id,)))
    elif task.kind == "learned":
        play.do(c.WriteLearned(track.id, task.step, task.by, words(play)))
    else:
        asked = play.state.setting.step(track.planned(task.step)).prompts
        answers_by_number = {n: words(play) for n in range(len(asked))}
        shared = tuple(answers_by_number)[:1] if share else ()
        play.do(c.WriteJournal(track.id, task.step, task.by, answers_by_number, not asked, shared))


def words(play: Play) -> TextRef:
    """Words that stand nowhere else."""
    return play.text(f"[text-{len(play.words)}]")


def tap(play: Play) -> None:
    """Mark every behaviour once at every table where a conversation runs, ten seconds apart."""
    for track in play.state.tracks.values():
        markers = markers_of(play.state.setting, track.step) if track.step and track.status == "running" else None
        if markers and track.step:
            leaders = track.step.cast[play.state.setting.scenario.leading_role]
            by = next(person for person in track.people if person not in leaders[:1])
            for marker in markers[1].markers:
                id = f"{track.id}/{len(track.marks)}/{play.now}/{marker.id}"
                play.do(c.TapMarker(track.id, id, marker.id, by, leaders[0]), 10)


def play_on(play: Play, until: str = "", share: bool = True) -> Play:
    """Go through the steps, marking and writing, until the first table is in a step, or to the end."""
    while play.step != until and play.track().status != "finished":
        tap(play)
        write(play, share)
        play.do(c.Next(), 30)
    return play


def complete(people: int = 9, share: bool = True) -> Play:
    """A session that was played to its end, with a pause, more time, a second take and a correction on the way."""
    play = play_on(Play.started(people=people), "1.1r1")
    play.do(c.Pause("t1"), 5)
    play.do(c.Resume("t1"), 30)
    play.do(c.ChangeLength("t1", 60))
    tap(play)
    play.do(c.Retake("t1"), 20)
    play_on(play, "1.0r2", share)
    for form in [id for id in play.track().forms if "/form/" in id]:
        play.send(form, 3, "[corrected]", share)
    play_on(play, share=share)
    play.do(c.End())
    return play


def another_take() -> Play:
    """A round that was talked about, played once more under a name, and talked about again."""
    play = play_on(Play.started(), "1.2r1")
    write(play)
    play.do(c.Retake("t1"))
    play.do(c.LabelTake("t1", "1.1r1t2", words(play)))
    return play_on(play)


def erased() -> Play:
    """A session of which every second text is gone, names among them."""
    play = complete(3)
    play.words = {id: text for n, (id, text) in enumerate(play.words.items()) if n % 2}
    return play


def strange() -> Play:
    """A session in which people have strange names and write strange things."""
    return estranged(complete(3))


def estranged(play: Play) -> Play:
    """The same session, with strange names and strange words."""
    names = {person.name.id for person in play.state.people.values()}
    for n, (id, text) in enumerate(play.words.items()):
        strange = STRANGE_NAMES if id in names else STRANGE
        play.words[id] = f"{strange[n % len(strange)]} {text}"
    return play


def with_bots(*bots: str, rehearsal: bool = False) -> Play:
    """A session in which the program took some seats."""
    play = play_on(Play.started())
    people = {id: replace(person, bot=id in bots) for id, person in play.state.people.items()}
    play.state = replace(play.state, people=people, rehearsal=rehearsal)
    return play


def in_motion() -> Play:
    """A class of nine in which Uma comes late, Ben leaves and comes back, Ida leaves, and Fay changes tables."""
    play = play_on(Play.started(people=9), "1.1r1")
    uma = Participant(id="uma", name=play.text("uma"))
    play.do(c.Arrive((uma,)), 10)
    play_on(play, "1.2r1")
    play.do(c.Leave(("ben",)), 5)
    play_on(play, "1.0r2")
    play.do(c.MoveTo("fay", "t3"), 5)
    play.do(c.Leave(("ida",)), 5)
    play_on(play, "1.2r2")
    play.do(c.ComeBack(("ben",)), 5)
    return play_on(play)


SESSIONS: dict[str, Callable[[], Play]] = {
    "not opened": lambda: Play(setting_of(TRIAD)),
    "opened": Play.opened,
    "half a conversation": lambda: play_on(Play.started(), "1.1r2"),
    "half the feedback": lambda: play_on(Play.started(people=4), "1.2r2"),
    "complete": complete,
    "erased": erased,
    "strange": strange,
    "with bots": lambda: with_bots("ben", "chen"),
    "a rehearsal": lambda: with_bots("ana", "ben", "chen", rehearsal=True),
    "selection": lambda: play_on(Play.started(SELECTION, 5)),
    "selection, half": lambda: play_on(Play.started(SELECTION, 5), "1.0r2"),
    "fishbowl": lambda: play_on(Play.started(FISHBOWL, 4)),
    "another take": another_take,
    "in motion": in_motion,
    "takes": lambda: play_on(Play.started(REMIX)),
    "takes, half": lambda: play_on(Play.started(REMIX), "3"),
    "in turn": lambda: play_on(Play.started(TRIO)),
    "a meeting": lambda: play_on(mapped_meeting()),
    "a map": lambda: play_on(drawn_map()),
    "two views": lambda: play_on(practice(BOTH_LOOK, 2)),
}


def viewers(play: Play) -> Iterator[Viewer]:
    """Everybody who may ask for a report."""
    yield FACILITATOR_VIEWER
    yield ROOM
    yield from (viewer_of(person) for person in play.state.setting.plan.people)
