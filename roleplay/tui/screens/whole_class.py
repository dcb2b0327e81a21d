"""The keys that lead a whole class, which count for all tables or for one: what each does, and what it asks first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from roleplay.conduct.roster import Guest
from roleplay.conduct.runner import Runner
from roleplay.session import commands as c
from roleplay.session.state import State, TrackState
from roleplay.tui import class_view
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.changes import Changes
from roleplay.tui.screens.handing import HandingScreen
from roleplay.tui.screens.more_time import MoreTime
from roleplay.tui.screens.room import RoomScreen
from roleplay.tui.screens.stage import StageScreen

_ONE_NUMBER = 1.2
"""Seconds within which digits make one number."""


class WholeClassScreen(HandingScreen):
    """A leading screen over all tables, of which one may be chosen."""

    LEAVES = "Leave this class?"
    UNSEEN = frozenset()

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
        self._typed = ("", 0.0)
        self._changes = Changes(self, self.absent, self.note)

    @property
    def state(self) -> State:
        """The session as it is now."""
        return self.runner.state

    def note(self, words: str) -> None:
        """Keep a sentence where it can be read for a while."""

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

    @property
    def led_table(self) -> str | None:
        """The chosen one; where none is, the facilitator looks at all."""
        return self.meant

    def mean(self, table: str | None) -> None:
        """Let the keys count for a table, or for all."""
        self.meant = table
        self.repaint()

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
