"""The facilitator's screen: all tables at a glance, and keys that count for all of them or for one.

It owns the time of the session; the stage of a table opens over it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from roleplay.conduct.expected import still_expected
from roleplay.conduct.roster import Guest
from roleplay.conduct.runner import Runner
from roleplay.content.durations import face
from roleplay.content.words import paragraphs
from roleplay.session import commands as c
from roleplay.session.events import Event
from roleplay.session.state import State, TrackState
from roleplay.tui import class_view
from roleplay.tui.class_view import Line
from roleplay.tui.cues import Cue, together
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.changes import Changes
from roleplay.tui.screens.handing import HandingScreen
from roleplay.tui.screens.more_time import MoreTime
from roleplay.tui.screens.room import RoomScreen
from roleplay.tui.screens.said import Said
from roleplay.tui.screens.stage import StageScreen
from roleplay.tui.widgets.tables import Tables, Timed

_REPAINT = 0.1
_ONE_NUMBER = 1.2
"""Seconds within which digits make one number."""
_LOGGED = 30
_INDENT = " " * len("00:00  ")
_AROUND = 11
"""Rows that everything but the tables needs."""


class FacilitatorScreen(HandingScreen):
    """Where a class is led from: a row for each table, what is said below, and the keys."""

    LEAVES = "Leave this class?"
    UNSEEN = frozenset()
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

f3 is for sheets of paper: it lists those that are missing, of one table or of all, and takes one after the other in.

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
    FacilitatorScreen #log { height: 1fr; color: $text-muted; }
    FacilitatorScreen #class.-flash { background: $primary 40%; }
    FacilitatorScreen.-roomy #about { max-height: 7; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("minus", "shorter", "1 min", show=False, id="stage.shorter", key_display="−", tooltip="A minute less"),
        Binding("t", "time", "Time", id="class.time", tooltip="As much more time as you type"),
        Binding("down", "choose(1)", "Table", key_display="↑↓", id="class.down", tooltip="Choose the next table"),
        Binding("up", "choose(-1)", "Table", show=False, id="class.up", tooltip="Choose the table above"),
        Binding("enter", "open", "Open", id="class.open", tooltip="Open the stage of the chosen table"),
        Binding("h", "help_asked", "Help", id="class.help", tooltip="A table needs you, or you have been there"),
        Binding("s", "begin", "Begin", id="class.begin", tooltip="Begin what the class does together, regardless"),
        Binding("f3", "sheets", "Sheets", id="class.sheets", tooltip="Type in what observers wrote on paper"),
        Binding("p", "people", "People", id="class.people", tooltip="People come, go, or change places"),
        Binding("a", "change('arrive')", "Arrives", show=False, id="class.arrive", tooltip="Somebody arrives"),
        Binding("l", "change('leave')", "Leaves", show=False, id="class.leave", tooltip="Somebody leaves"),
        Binding("f6", "said", "Said", show=False, id="class.said", tooltip="All that was said, to be read again"),
        Binding("f4", "projector", "Room", id="class.room", tooltip="A page for the projector"),
        Binding("f8", "reports", "Reports", show=False, id="stage.reports", tooltip="Write all reports into a folder"),
        Binding("f10,ctrl+e", "end", "End", id="stage.end", tooltip="Close the session for good"),
        Binding("escape", "back", "Leave", id="class.back", tooltip="The keys count for all again; or leave"),
    ]

    def __init__(self, runner: Runner, absent: Sequence[Guest] = ()) -> None:
        """
        Args:
            runner: the session.
            absent: those who were expected and are not here yet; whoever said they would be late comes first.
        """
        super().__init__(runner)
        self.absent = list(absent)
        self.heading = runner.state.setting.scenario.title
        self._lines: dict[str, tuple[TrackState, Line]] = {}
        self._log: list[str] = []
        self._typed = ("", 0.0)
        self._changes = Changes(self, self.absent, self.note)

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

    @property
    def state(self) -> State:
        """The session as it is now."""
        return self.runner.state

    # What happened

    def _heard(self, state: State, happened: Sequence[Event]) -> None:  # noqa: ARG002 - as a listener is called
        if self.is_attached:
            if self.meant is not None and not state.tracks[self.meant].people:
                self.meant = None
            self._paint()

    def _told(self, found: Sequence[Cue]) -> None:
        cue = together(found, self.conductor.titles)
        if cue is not None and cue.words:
            self.note(cue.words)

    def note(self, words: str) -> None:
        """Keep a sentence where it can be read for a while."""
        self._log = [*self._log, f"{time.strftime('%H:%M')}  {words}"][-_LOGGED:]
        self._paint_below()

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

    def _paint_time(self) -> None:
        if not self.is_mounted:
            return
        now = self.runner.now
        rows = []
        for track in self.state.open_tracks:
            left = track.clock.remaining(now) if track.clock else None
            shown = face(left) if left is not None else ""
            rows.append(Timed(self._line(track), shown, left is not None and left <= 0, track.paused))
        tables = self.query_one(Tables)
        tables.show(rows, self.meant)
        self._put("head", tables.head())

    def _paint(self) -> None:
        state = self.state
        people = sum(len(track.people) for track in state.open_tracks)
        self.aside = f"{people} people at {len(state.open_tracks)} tables"
        self._put("class", class_view.say_class(state))
        self._put("waiting", class_view.say_waiting(state, self.key_of("begin")))
        self._put("meant", class_view.say_meant(state, self.meant, self.key_of("back")))
        self.query_one("#meant").set_class(self.meant is not None, "-one")
        self._paint_time()
        self._paint_below()
        self.refresh_bindings()

    def _paint_below(self) -> None:
        lines = []
        if self.meant is not None:
            lines = class_view.about_table(self.state, self.runner.words, self.meant)
            if self.state.tracks[self.meant].safe:
                go = f"We are pausing. When everybody is ready: {self.key_of('go')}."
                lines = [go, *paragraphs(self.desk.settings.safety_text)]
        self._put("about", "\n".join(lines))
        log = self.query_one("#log", Static)
        width = max(20, self.size.width - 2)
        # What lies below the edge is not wrapped: with many tables something is said all the time.
        seen = self._log[: -max(3, log.size.height) - 1 : -1]
        told = (fill(words, width, subsequent_indent=_INDENT) for words in seen)
        if (words := "\n".join(told)) != str(log.content):
            # Its place stays as it is, so nothing else has to be laid out anew.
            log.update(words, layout=False)

    def _put(self, id: str, words: str) -> None:
        static = self.query_one(f"#{id}", Static)
        if str(static.content) != words:
            static.update(words)
        static.display = bool(words)

    # What the keys do

    def say_key(self, binding: Binding) -> str:
        """What a key does right now."""
        if binding.action == "back":
            return "For all" if self.meant is not None else "Leave"
        if binding.action == "help_asked" and self._asking():
            return "Been there"
        if binding.action == "go" and self.meant is None:
            phases = set(self._phases())
            return "" if "running" in phases else "Go on" if "paused" in phases else "Start"
        return super().say_key(binding)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is dim where there is nothing for it."""
        if action == "begin":
            return bool(class_view.waiting(self.state)) or None
        if action in ("people", "change"):
            return self.state.ended is None or None
        if action == "time":
            return super().check_action("longer", parameters)
        if action == "help_asked":
            return (self.state.ended is None and (self.meant is not None or bool(self._asking()))) or None
        if action == "open":
            return self.meant is not None or class_view.in_one_step(self.state) or None
        if action == "retake":
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A number chooses a table."""
        if event.character is None or not event.character.isdecimal():
            return
        event.stop()
        now = asyncio.get_running_loop().time()
        typed, at = self._typed
        for number in (typed + event.character if now - at < _ONE_NUMBER else "", event.character):
            found = [t for t in self.state.open_tracks if number and t.title.split()[-1] == number]
            if found:
                self.mean(found[0].id)
                break
        self._typed = (typed + event.character if now - at < _ONE_NUMBER else event.character, now)

    def mean(self, table: str | None) -> None:
        """Let the keys count for a table, or for all."""
        self.meant = table
        self._paint()
        self.call_after_refresh(self._paint_below)

    @on(Tables.Chosen)
    def _clicked(self, event: Tables.Chosen) -> None:
        event.stop()
        self.mean(event.table)

    def action_choose(self, by: int) -> None:
        """The table below or above."""
        ids = [track.id for track in self.state.open_tracks]
        if self.meant in ids:
            self.mean(ids[max(0, min(len(ids) - 1, ids.index(self.meant) + by))])
        elif ids:
            self.mean(ids[0 if by > 0 else -1])

    def action_back(self) -> None:
        """The keys count for all again; where they do, leave."""
        if self.meant is not None:
            self.mean(None)
        else:
            self.action_leave()

    def action_open(self) -> None:
        """Open the stage of the chosen table; where the whole class does one step together, that of all."""
        if self.meant is not None or class_view.in_one_step(self.state):
            self.app.push_screen(StageScreen(self.runner, self.conductor, self.meant))

    def action_next(self) -> None:
        """End the step; where the tables stand apart and some still talk, ask once."""
        talking = class_view.still_talking(self.state) if self.meant is None else ()
        if talking:
            self.run_worker(self._next_after_all(talking), group="private", exclusive=True)
        else:
            super().action_next()

    def action_undo(self) -> None:
        """Take the last move back; where it was not the same one at all tables, say first which they are."""
        if self.meant is not None:
            super().action_undo()
        elif said := class_view.undone_apart(self.state, self.runner.now):
            self.run_worker(self._undo_apart(said), group="private", exclusive=True)
        else:
            self.run_worker(self._undo(), group="commands")

    async def _undo_apart(self, said: str) -> None:
        question = Question("Take all of this back?", said, yes="Take it back", no="Leave it")
        if await self.app.push_screen_wait(question):
            await self._undo()

    async def _undo(self) -> None:
        """Take back at all tables, and say which of them stay where they are."""
        stays = class_view.not_undone(self.state, self.runner.now)
        await self.do(c.Undo())
        for line in stays:
            self.note(line)

    async def _next_after_all(self, talking: Sequence[TrackState]) -> None:
        who = class_view.say_tables(talking)
        one = len(talking) == 1
        question = Question(
            "Move on at all tables?",
            f"{who} {'is' if one else 'are'} still in conversation. {self.key_of('undo')} takes it back.",
            yes="Move on",
            no="Not yet",
        )
        if await self.app.push_screen_wait(question):
            await self.do(c.Next())

    def action_projector(self) -> None:
        """Show the page for the room."""
        self.app.push_screen(RoomScreen(self))

    def action_people(self) -> None:
        """People come, go, or change places."""
        self.run_worker(self._changes.ask(), group="private", exclusive=True)

    def action_change(self, kind: str) -> None:
        """One of these changes, without asking which."""
        self.run_worker(self._changes.begin(kind), group="private", exclusive=True)

    def action_said(self) -> None:
        """All that was said, the newest first."""
        self.app.push_screen(Said(self._log[::-1]))

    def action_time(self) -> None:
        """As much more time as somebody types."""
        self.run_worker(self._more_time(), group="private", exclusive=True)

    async def _more_time(self) -> None:
        meant = self.meant
        whom = self.state.tracks[meant].title if meant is not None else "all tables"
        by = await self.app.push_screen_wait(MoreTime(whom))
        if by:
            await self.do(c.ChangeLength(meant, by=by))

    def action_begin(self) -> None:
        """Begin what the class does together, whoever is missing."""
        waits = class_view.waiting(self.state)
        if waits:
            self.run_worker(self._begin(waits[0]), group="private", exclusive=True)

    async def _begin(self, waits: TrackState) -> None:
        late = class_view.late_tables(self.state, waits)
        step = waits.step.name if waits.step else ""
        if late:
            more = f"{class_view.say_tables(late)} {'is' if len(late) == 1 else 'are'} not there yet, and will join in."
            question = Question(f"Begin “{step}” now?", more, yes="Begin", no="Wait")
            if not await self.app.push_screen_wait(question):
                return
        await self.do(c.Start(waits.id))

    def _asking(self) -> list[str]:
        """The tables that the help key means and that asked for the facilitator, the longest-waiting first."""
        asking = [track for track in self.state.open_tracks if track.help is not None]
        asking.sort(key=lambda track: track.help or 0.0)
        return [track.id for track in asking if self.meant in (None, track.id)]

    def action_help_asked(self) -> None:
        """A table needs the facilitator, or has been helped; with none chosen, choose the one that waits longest."""
        asking = self._asking()
        if self.meant is None and asking:
            self.mean(asking[0])
        elif self.meant is not None:
            self.carry_out((c.GiveHelp if asking else c.AskHelp)(self.meant))


def leading_screen(runner: Runner, drafts: Mapping[str, str] | None = None) -> FacilitatorScreen | StageScreen:
    """The screen from which a session is led: for one table its stage, for several all of them at a glance.

    Args:
        runner: the session.
        drafts: what was kept beside it; who is still expected is among that.
    """
    several = len(runner.state.open_tracks) > 1
    absent = still_expected(drafts or {}, runner.state, runner.words)
    return FacilitatorScreen(runner, absent) if several else StageScreen(runner)
