"""A page for the projector: the time as large as the wall, and what everybody may read. Nothing private is on it."""

from __future__ import annotations

from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import Static

from roleplay.content.durations import face
from roleplay.tui.happening import say_who, spoken
from roleplay.tui.scene import Scene
from roleplay.tui.screens.leading import LeadingScreen
from roleplay.tui.screens.stage import StageScreen
from roleplay.tui.widgets.clock import BigClock, largest
from roleplay.tui.widgets.debrief_board import DebriefBoard
from roleplay.tui.widgets.safety import SafetyPanel
from roleplay.tui.widgets.texts import put_text

_REPAINT = 0.1
_WORDS = ("where", "words", "cast", "prompts", "coming")
_AROUND = 4
"""Rows for the heading, the keys, and one row between the words."""
_ROOMY = 30
"""Rows of a window in which there is space between the words."""


class ProjectorScreen(LeadingScreen):
    """Shows the stage's table to the whole room; the keys that lead the session work here as well."""

    HELP = """\
This page is for the projector: the whole room may read it. Cards, forms, marks and names of writers are never on it.

The clock's keys work here as on the stage. f4 or esc goes back to the stage."""

    DEFAULT_CSS = """
    ProjectorScreen #open { height: 1fr; align: center middle; padding: 0 2; }
    ProjectorScreen #open > Static { width: 100%; text-align: center; height: auto; }
    ProjectorScreen Center { height: auto; }
    ProjectorScreen #where { text-style: bold; color: $text-primary; }
    ProjectorScreen #words { min-height: 1; text-style: bold; }
    ProjectorScreen #prompts { margin: 1 0 0 0; }
    ProjectorScreen #coming { color: $text-muted; }
    ProjectorScreen.-roomy Center { margin: 1 0; }
    ProjectorScreen.-roomy #cast { margin: 1 0 0 0; }
    ProjectorScreen.-roomy #coming { margin: 1 0 0 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f4", "back", "Stage", id="room.back", tooltip="Back to the stage"),
        Binding("down", "question(1)", "Next", show=False, id="room.question", tooltip="A debrief's next question"),
        Binding("up", "question(-1)", "Back", show=False, id="room.question-back", tooltip="The question before"),
        Binding("pagedown", "picture(1)", "Picture", show=False, id="room.picture", tooltip="The next picture"),
        Binding("pageup", "picture(-1)", "Back", show=False, id="room.picture-back", tooltip="The picture before"),
    ]

    def __init__(self, stage: StageScreen) -> None:
        super().__init__(stage.runner, stage.conductor)
        self._stage = stage
        self.meant = stage.meant
        self.heading = stage.heading

    def body(self) -> ComposeResult:
        """The step, the clock, the people, the prompts."""
        with Vertical(id="open"):
            yield Static(id="where", markup=False)
            with Center():
                yield BigClock()
            yield Static(id="words", markup=False)
            yield Static(id="cast", markup=False)
            yield Static(id="prompts", markup=False)
            yield DebriefBoard(self._stage.shown, one=True)
            yield Static(id="coming", markup=False)
        yield SafetyPanel(self.desk.settings.safety_text)

    def on_mount(self) -> None:
        """Follow the stage."""
        self.watch(self._stage, "scene", self._follow)
        self.set_interval(_REPAINT, self.look)
        self._paint(self._stage.scene)

    def on_resize(self) -> None:
        """As large as there is space for."""
        if self.is_mounted:
            self._fit()

    def look(self) -> None:
        """Paint the time."""
        scene, now = self.scene, self.runner.now
        if scene is None or not self.is_mounted:
            return
        left = scene.left(now)
        clock = self.query_one(BigClock)
        clock.text = face(left)
        clock.set_class(left is not None and left <= 0, "-over")
        clock.set_class(scene.phase == "paused", "-still")
        words = f"{self._stage.cue} {self.standing(scene)}".strip()
        self._put("words", words)
        if scene.asked:
            self.query_one(DebriefBoard).go_on(now)
            if not self.query_one(Center).display:
                self._put("where", f"{scene.where()} · {face(left)}")

    def _follow(self, scene: Scene | None) -> None:
        self.scene = scene

    def watch_scene(self, scene: Scene | None) -> None:
        """Paint what changed."""
        if self.is_mounted:
            self._paint(scene)

    def _paint(self, scene: Scene | None) -> None:
        if scene is None:
            return
        self.query_one("#open").display = not scene.safety
        self.query_one(SafetyPanel).display = scene.safety
        self.query_one(SafetyPanel).say_key(self.key_of("go"))
        self.aside = scene.track.title if len(scene.state.tracks) > 1 else ""
        board = self.query_one(DebriefBoard)
        board.display = scene.asked is not None
        self._put("where", scene.where())
        if scene.asked:
            # The whole space is for what the class talks about.
            for id in ("cast", "prompts", "coming"):
                self._put(id, "")
            board.say_keys(self.key_of("question(1)"), self.key_of("question(-1)"))
            board.show(scene)
        else:
            self._tell(scene)
        self._fit()
        self.look()
        self.refresh_bindings()

    def _tell(self, scene: Scene) -> None:
        """Who plays what, what they read, and what comes next."""
        cast = scene.cast(seats) if (seats := scene.track.seats) else []
        self._put("cast", "    ".join(f"{title}: {names}" for title, names in cast))
        said = list(scene.script.prompts) if scene.script else []
        told = [f"{say_who(inject)} {inject.say}".strip() for inject in spoken(scene)[-1:]]
        self._put("prompts", "\n".join((*said, *told)))
        self._put("coming", scene.coming())

    def _fit(self) -> None:
        roomy = self.size.height >= _ROOMY
        self.set_class(roomy, "-roomy")
        asked, clocked = self.shown.asked is not None, self.shown.track.clock is not None
        # What the class talks about takes the place of a clock as large as the wall.
        self.query_one(Center).display = clocked and (roomy or not asked)
        if asked:
            self.query_one(BigClock).scale = 1
            return
        width = max(20, self.size.width - 4)
        said = [str(self.query_one(f"#{id}", Static).content) for id in _WORDS]
        words = sum(len(wrap(line, width)) or 1 for text in said for line in text.split("\n"))
        rows = self.size.height - words - (_AROUND + 5 if roomy else _AROUND)
        for clock in self.query(BigClock):
            clock.scale = largest(width, rows, "00:00")

    def _put(self, id: str, words: str) -> None:
        put_text(self, id, words)
        # The line of what is said keeps its place, so that nothing moves when somebody is told something.
        self.query_one("#words").display = True

    def action_back(self) -> None:
        """Back to the stage."""
        self.dismiss(None)
