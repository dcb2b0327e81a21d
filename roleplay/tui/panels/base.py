"""What all panels share: the scene that they paint, and small pieces to paint it with."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.conduct.clock import wall_now
from roleplay.session.tasks import Task
from roleplay.tui.scene import Scene
from roleplay.tui.screens.leading import LeadingScreen
from roleplay.tui.widgets.carried import tell_carried


class Point(Horizontal):
    """One point of a list; long ones wrap below their first word."""

    DEFAULT_CSS = """
    Point { height: auto; }
    Point .dot { width: 2; color: $text-muted; }
    Point .said { width: 1fr; }
    """

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def compose(self) -> ComposeResult:
        """A dot and the words."""
        yield Static("·", classes="dot")
        yield Static(self._said, classes="said", markup=False)


class StepPanel(VerticalScroll, can_focus=False):
    """Shows one step. It is made anew for each step; within the step it is painted again with every change."""

    DEFAULT_CSS = """
    StepPanel { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    StepPanel > Static { height: auto; }
    StepPanel .space { margin-top: 1; }
    StepPanel > #carried { margin-bottom: 1; }
    """

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.scene = scene
        self._composed = False

    def compose(self) -> ComposeResult:
        """What was kept from last time, first of all in the first step; then the parts of the panel."""
        if self.scene.track.index == 0:
            yield from self.last_time()
        yield from self.parts()

    def parts(self) -> ComposeResult:
        """What people read during this step, then what the panel adds."""
        yield from self.prompts()
        yield from self.more()

    def last_time(self) -> ComposeResult:
        """What was kept from earlier sessions, with words where all who are here could read them then."""
        if self.scene.carried:
            told = tell_carried(self.scene.carried, self.scene.everyone(), wall_now())
            yield Static(told, id="carried")

    def prompts(self) -> ComposeResult:
        """What people read during this step."""
        script = self.scene.script
        yield from (Point(prompt) for prompt in (script.prompts if script else ()))

    def more(self) -> ComposeResult:
        """What stands below the prompts."""
        yield from ()

    def on_mount(self) -> None:
        """Paint for the first time."""
        self._composed = True
        self.paint()

    def show(self, scene: Scene) -> None:
        """Paint what has changed."""
        self.scene = scene
        if self._composed:
            self.paint()

    def paint(self) -> None:
        """Put the scene into the widgets."""

    def key_of(self, action: str) -> str:
        """How the key of an action of the stage is written."""
        return self.screen.key_of(action) if isinstance(self.screen, LeadingScreen) else ""

    def go_on(self, now: float) -> None:
        """The clock went on; `now` in session seconds."""
        if self._composed:
            self.tick(now)

    def tick(self, now: float) -> None:
        """Paint what changes with the time."""

    def put(self, id: str, content: Content | str) -> None:
        """Change the words of a widget, and hide it while it has none."""
        static = self.query_one(f"#{id}", Static)
        static.update(content if isinstance(content, Content) else Content(content))
        static.display = bool(str(content))


def task_lines(scene: Scene, tasks: Iterable[Task]) -> Content:
    """One line for each task: a mark, whether it is in, and who does what."""
    told = [(task, scene.say_done(task)) for task in tasks]
    wide = max((len(done) for _, done in told), default=0)
    return Content("\n").join(
        Content.assemble(
            ("✓ " if task.done else "  ", "$text-success"),
            (f"{done:<{wide}}", "$text-success" if task.done else "$text-muted"),
            f"   {scene.say_task(task)}",
        )
        for task, done in told
    )
