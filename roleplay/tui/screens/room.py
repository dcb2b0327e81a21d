"""The page for the projector of a whole class, or for a shared screen: one large clock, and who plays what where."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widget import Widget
from textual.widgets import Static

from roleplay.content.durations import face
from roleplay.session.state import State
from roleplay.tui.room_view import Wall, wall
from roleplay.tui.scene import Scene
from roleplay.tui.screens.leading import LeadingScreen
from roleplay.tui.widgets.clock import BigClock, largest
from roleplay.tui.widgets.debrief_board import DebriefBoard
from roleplay.tui.widgets.seating_plan import SeatingPlan
from roleplay.tui.widgets.texts import put_text

_REPAINT = 0.1
_ROOMY = 30
"""Rows of a window in which a debrief has space for a large clock as well."""
_TURN = 10.0
"""Seconds for which a page of tables stays, where there are several."""
_AROUND = 4
"""Rows for the heading, the keys, and one between."""
_CLOCK_ROWS = 5


class RoomScreen(LeadingScreen):
    """Shows the class to itself; the keys that lead it work here as well."""

    UNSEEN = frozenset()
    HELP = """\
This page is for the projector, or to be shared in a video call: the whole class may read it. It shows the time that \
most tables share, who plays what at which table, and the questions of this step. Cards, forms, marks and reasons for \
a pause are never on it.

Where there are more tables than fit, the pages turn by themselves. In a debrief ↓ and ↑ turn the questions.

The clock's keys count for all tables here. f4 or esc goes back."""

    DEFAULT_CSS = """
    RoomScreen #open { height: 1fr; padding: 0 2; align: center middle; }
    RoomScreen #open > .said { width: 100%; text-align: center; height: auto; }
    RoomScreen Center { height: auto; }
    RoomScreen #where { text-style: bold; color: $text-primary; }
    RoomScreen #words { text-style: bold; }
    RoomScreen #prompts { margin: 0 0 1 0; }
    RoomScreen #where.-flash { background: $primary 40%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f4", "back", "Back", id="room.back", tooltip="Back to where you came from"),
        Binding("down", "question(1)", "Next", show=False, id="room.question", tooltip="A debrief's next question"),
        Binding("up", "question(-1)", "Back", show=False, id="room.question-back", tooltip="The question before"),
        Binding(
            "pagedown", "turn(1)", "More", show=False, id="room.picture", tooltip="More tables, or another picture"
        ),
        Binding("pageup", "turn(-1)", "Back", show=False, id="room.picture-back", tooltip="Back to those before"),
    ]

    def __init__(self, over: LeadingScreen) -> None:
        super().__init__(over.runner, over.conductor)
        self.heading = over.heading

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A conversation is played once more at its own table."""
        return False if action == "retake" else super().check_action(action, parameters)

    def body(self) -> ComposeResult:
        """Where the class is, the clock, the words, the questions, and the tables."""
        with Vertical(id="open"):
            yield Static(id="where", classes="said", markup=False)
            with Center():
                yield BigClock()
            yield Static(id="words", classes="said", markup=False)
            yield Static(id="prompts", classes="said", markup=False)
            yield SeatingPlan()
            yield DebriefBoard(self.shown, one=True)

    @property
    def shining(self) -> Widget:
        """One line, since many tables ring."""
        return self.query_one("#where")

    def on_mount(self) -> None:
        """Follow the session."""
        self.follow(self._heard)
        self.set_interval(_REPAINT, self.look)
        self.set_interval(_TURN, self.query_one(SeatingPlan).turn)
        self.look()

    def on_resize(self) -> None:
        """As large as there is space for."""
        self.look()

    def _heard(self, state: State, happened: object) -> None:  # noqa: ARG002 - as a listener is called
        if self.is_attached:
            self.look()
            self.refresh_bindings()

    def look(self) -> None:
        """Paint what is read now."""
        if not self.is_mounted:
            return
        now = wall(self.runner.state, self.runner.words, self.runner.now)
        asking = self._show_board(now)
        clock = self.query_one(BigClock)
        # What the class talks about takes the place of a clock as large as the wall.
        self.query_one(DebriefBoard).set_class(self.size.height >= _ROOMY, "-apart")
        small = asking and self.size.height < _ROOMY
        self.query_one(Center).display = now.left is not None and not small
        clock.text = face(now.left)
        clock.set_class(now.left is not None and now.left <= 0, "-over")
        clock.set_class(now.still, "-still")
        said = "Paused." if now.still else self.conductor.said(aloud=True)
        put_text(self, "where", f"{now.where} · {face(now.left)}" if small and now.left is not None else now.where)
        put_text(self, "words", said)
        put_text(self, "prompts", "" if asking else "\n".join(now.prompts))
        if not asking:
            self._fit(now, said)

    def _show_board(self, now: Wall) -> bool:
        """In a debrief the class looks at its question, and at what belongs to it, and not at its seats."""
        board = self.query_one(DebriefBoard)
        scene = self.scene_of(now.lead) if now.lead is not None else None
        asking = scene is not None and scene.asked is not None
        board.display, self.query_one(SeatingPlan).display = asking, not asking
        if scene is not None and asking:
            self.query_one(BigClock).scale = 1
            if self.scene is None or (scene.state, scene.turn, scene.picture) != (
                self.scene.state, self.scene.turn, self.scene.picture,
            ):  # fmt: skip
                board.show(scene)
            board.go_on(self.runner.now)
        self.set_reactive(RoomScreen.scene, scene)
        return asking

    def _fit(self, now: Wall, said: str) -> None:
        width = max(20, self.size.width - 4)
        words = sum(len(wrap(line, width)) or 1 for line in (now.where, said, *now.prompts) if line)
        free = self.size.height - words - bool(now.prompts) - _AROUND
        seats = len(now.seats) + 1
        clock_rows = _CLOCK_ROWS + 1 if now.left is not None else 0
        plan = self.query_one(SeatingPlan)
        plan.show(now, width, max(2, min(free - clock_rows, seats)))
        self.query_one(BigClock).scale = largest(width, free - min(seats, len(plan.lines)) - 1, "00:00")

    def show_again(self) -> None:
        """Show what is the case now."""
        self.look()

    @property
    def shown(self) -> Scene:
        """A table of those that share the clock."""
        now = wall(self.runner.state, self.runner.words, self.runner.now)
        return self.scene_of(now.lead) if now.lead is not None else super().shown

    def action_turn(self, by: int) -> None:
        """More tables, where they do not all fit; in a debrief another picture."""
        if self.query_one(DebriefBoard).display:
            self.action_picture(by)
        else:
            self.query_one(SeatingPlan).turn(by)

    def action_back(self) -> None:
        """Back to the screen before."""
        self.dismiss(None)
