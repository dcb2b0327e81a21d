"""The facilitator's screen: all tables at a glance, and keys that count for all of them or for one.

It owns the time of the session; the stage of a table opens over it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from textwrap import fill

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from roleplay.conduct.expected import still_expected
from roleplay.conduct.roster import Guest
from roleplay.conduct.runner import Runner
from roleplay.content.durations import face
from roleplay.content.words import paragraphs
from roleplay.session.events import Event
from roleplay.session.state import State, TrackState
from roleplay.tui import class_view
from roleplay.tui.class_view import Line
from roleplay.tui.cues import Cue, together
from roleplay.tui.recording_words import say_standing
from roleplay.tui.screens.said import Said
from roleplay.tui.screens.stage import StageScreen
from roleplay.tui.screens.whole_class import WholeClassScreen
from roleplay.tui.widgets.tables import Tables, Timed
from roleplay.tui.widgets.texts import put_text

_REPAINT = 0.1
_LOGGED = 30
_INDENT = " " * len("00:00  ")
_AROUND = 11
"""Rows that everything but the tables needs."""


class FacilitatorScreen(WholeClassScreen):
    """Where a class is led from: a row for each table, what is said below, and the keys."""

    HELP = """\
This is your screen for the whole class. Each row is a table: its round and step, its clock, who leads, how many forms \
are in of those asked for so far, and whether it needs you.

Below the heading it always says for whom the keys count: for all tables, or for one. ↑ and ↓, a click, or the number \
of a table choose one; esc makes the keys count for all again.

Space pauses and goes on. → ends a step, ← takes the last move of the clock back, and says what it took back. + and − \
give a minute more or less; t gives as much as you type, such as 90 for ninety seconds.

A step that the class does together waits until all tables have come. The line above the rows says for whom; s begins \
it regardless, and whoever comes later joins in.

! stops a table for somebody who needs it. Nobody has to say why, and no name stands anywhere. It goes on only when \
you choose that table and press space: what you do for all leaves it alone.

p is for people who come, go, or change places; a and l are the quick ways for somebody who arrives or leaves. Before \
anything changes you read what would. f6 shows once more all that was said.

Ctrl+l is for recordings: whether everyone has said yes, the microphone of each table, and taking a yes back. A ● \
before a table says that its sound is kept; ctrl+g stops it, for the table that is chosen or for all.

f3 is for sheets of paper: it lists those that are missing, of one table or of all, and takes one after the other in.

Ctrl+k looks back at conversations that are over: of the chosen table, or of all.

h says that a table needs you, and once more that you have been there.

Enter opens the stage of a table, with its cards, forms and marks, or in a step of the whole class the stage of all, \
with the questions of the debrief; esc brings you back here. f4 shows a page for the \
projector. esc leaves: the session is kept, and paused."""

    DEFAULT_CSS = """
    FacilitatorScreen #class { height: auto; max-height: 2; padding: 0 1; text-style: bold; }
    FacilitatorScreen #waiting { height: auto; max-height: 2; padding: 0 1; color: $text-accent; }
    FacilitatorScreen #meant { height: 1; padding: 0 1; background: $panel; color: $text-primary; text-style: bold; }
    FacilitatorScreen #meant.-one { background: $primary; color: $background; }
    FacilitatorScreen #head { height: 1; color: $text-muted; text-wrap: nowrap; }
    FacilitatorScreen #below { height: 1fr; padding: 0 1; border-top: solid $border-blurred; }
    FacilitatorScreen #about { height: auto; max-height: 5; }
    FacilitatorScreen #about.-safe { max-height: 9; }
    FacilitatorScreen #log { height: 1fr; color: $text-muted; }
    FacilitatorScreen #class.-flash { background: $primary 40%; }
    FacilitatorScreen.-roomy #about { max-height: 7; }
    """

    def __init__(self, runner: Runner, absent: Sequence[Guest] = ()) -> None:
        super().__init__(runner, absent)
        self.heading = runner.state.setting.scenario.title
        self._lines: dict[str, tuple[TrackState, Line]] = {}
        self._log: list[str] = []

    def body(self) -> ComposeResult:
        """Where the class stands, for whom the keys count, the tables, and what was said."""
        yield Static(id="class", markup=False)
        yield Static(id="waiting", markup=False)
        yield Static(id="meant", markup=False)
        yield Static(id="head", markup=False)
        yield Tables()
        with Vertical(id="below"):
            yield Static(id="about", markup=False)
            yield Static(id="log", markup=False)

    def on_mount(self) -> None:
        """Follow the session and its clock."""
        self.follow(self._heard)
        self.conductor.on_told(self._told)
        self.set_interval(_REPAINT, self._paint_time)
        self._paint()

    def on_resize(self) -> None:
        """As much as there is space for."""
        self.set_class(self.size.height >= 32, "-roomy")
        self.query_one(Tables).fit_into(max(4, self.size.height - _AROUND))
        self.call_after_refresh(self._paint)

    def on_desk_opened(self) -> None:
        """Now the keys are as the owner has set them."""
        self._paint()

    @property
    def shining(self) -> Widget:
        """One line, since many tables ring."""
        return self.query_one("#class")

    # What happened

    def _heard(self, state: State, happened: Sequence[Event]) -> None:  # noqa: ARG002 - as a listener is called
        if self.is_attached:
            if self.meant is not None and not state.tracks[self.meant].people:
                self.meant = None
            self._paint()

    @on(Tables.Chosen)
    def _clicked(self, event: Tables.Chosen) -> None:
        event.stop()
        self.mean(event.table)

    def _told(self, found: Sequence[Cue]) -> None:
        cue = together(found, self.conductor.titles)
        if cue is not None and cue.words:
            self.note(cue.words)

    def note(self, words: str) -> None:
        """Keep a sentence where it can be read for a while."""
        self._log = [*self._log, f"{time.strftime('%H:%M')}  {words}"][-_LOGGED:]
        self._paint_below()

    def action_said(self) -> None:
        """All that was said, the newest first."""
        self.app.push_screen(Said(self._log[::-1]))

    # Painting

    def look(self) -> None:
        """See what is due, and paint the time."""
        self.conductor.look()
        self._paint_time()

    def _line(self, track: TrackState) -> Line:
        """The line of a table; worked out anew only where something happened there, or where it waits for others."""
        known = self._lines.get(track.id)
        if known is not None and known[0] is track and track.status != "waiting" and self.state.ended is None:
            return known[1]
        line = class_view.line_of(self.state, self.runner.words, track)
        self._lines[track.id] = (track, line)
        return line

    def repaint(self) -> None:
        """Paint all of it, and once more below, where there is more or less space now."""
        self._paint()
        self.call_after_refresh(self._paint_below)

    def _paint_time(self) -> None:
        if not self.is_mounted:
            return
        now = self.runner.now
        rows = []
        for track in self.state.open_tracks:
            left = track.clock.remaining(now) if track.clock else None
            shown = face(left) if left is not None else ""
            recorded = bool(self.conductor.recorder.standing(track.id).recording)
            rows.append(Timed(self._line(track), shown, left is not None and left <= 0, track.paused, recorded))
        tables = self.query_one(Tables)
        tables.show(rows, self.meant)
        put_text(self, "head", tables.head())

    def _paint(self) -> None:
        state = self.state
        people = sum(len(track.people) for track in state.open_tracks)
        self.aside = f"{people} people at {len(state.open_tracks)} tables"
        put_text(self, "class", class_view.say_class(state))
        put_text(self, "waiting", class_view.say_waiting(state, self.key_of("begin")))
        put_text(self, "meant", class_view.say_meant(state, self.meant, self.key_of("back")))
        self.query_one("#meant").set_class(self.meant is not None, "-one")
        self._paint_time()
        self._paint_below()
        self.refresh_bindings()

    def _paint_below(self) -> None:
        lines = []
        if self.meant is not None:
            lines = class_view.about_table(self.state, self.runner.words, self.meant)
            standing = self.conductor.recorder.standing(self.meant)
            said = say_standing(
                self.state, self.state.tracks[self.meant], standing, self.key_of("recording"), motion=False
            )
            lines += [said.words] if said.words else []
            if self.state.tracks[self.meant].safe:
                go = f"We are pausing. When everybody is ready: {self.key_of('go')}."
                lines = [go, *paragraphs(self.desk.settings.safety_text)]
        put_text(self, "about", "\n".join(lines))
        self.query_one("#about").set_class(self.meant is not None and self.state.tracks[self.meant].safe, "-safe")
        log = self.query_one("#log", Static)
        width = max(20, self.size.width - 2)
        # What lies below the edge is not wrapped: with many tables something is said all the time.
        seen = self._log[: -max(3, log.size.height) - 1 : -1]
        told = (fill(words, width, subsequent_indent=_INDENT) for words in seen)
        if (words := "\n".join(told)) != str(log.content):
            # Its place stays as it is, so nothing else has to be laid out anew.
            log.update(words, layout=False)


def leading_screen(runner: Runner, drafts: Mapping[str, str] | None = None) -> FacilitatorScreen | StageScreen:
    """The screen from which a session is led: for one table its stage, for several all of them at a glance.

    Args:
        runner: the session.
        drafts: what was kept beside it; who is still expected is among that.
    """
    several = len(runner.state.open_tracks) > 1
    absent = still_expected(drafts or {}, runner.state, runner.words)
    return FacilitatorScreen(runner, absent) if several else StageScreen(runner)
