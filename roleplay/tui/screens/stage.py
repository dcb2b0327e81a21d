"""The stage: the one screen from which a session is led. It paints a scene and carries out what is asked.

What is private never stands here; it opens behind a hand-over, and the clock goes on meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from roleplay.conduct.history import carried_into
from roleplay.conduct.runner import Runner
from roleplay.content.durations import face
from roleplay.problems import CommandProblem
from roleplay.session.events import Event
from roleplay.session.state import State
from roleplay.tui.conductor import Conductor
from roleplay.tui.panels import panel_for
from roleplay.tui.panels.base import StepPanel
from roleplay.tui.recording_words import say_standing
from roleplay.tui.scene import Scene, label_of
from roleplay.tui.screens.marking import MarkingScreen
from roleplay.tui.speaking import say_speaking
from roleplay.tui.widgets.banner import Banner
from roleplay.tui.widgets.clock import BigClock, TimeBar, largest
from roleplay.tui.widgets.pressable import Pressable, pressing
from roleplay.tui.widgets.recording_line import RecordingLine
from roleplay.tui.widgets.safety import SafetyPanel

_REPAINT = 0.1
_WIDE = 110
"""Cells from which more than the next one's name stands beside the one who speaks."""
_OVER = "+00:00"
"""The widest face that is usual."""


class StageScreen(MarkingScreen):
    """Clock, people, prompts, and what is missing, for the room with one laptop."""

    HELP = """\
This is the stage. It shows which step runs, who plays what, and how much time is left. You lead from here.

Space starts, pauses and goes on. → ends a step early, ← takes your last move of the clock back, + and − give a minute \
more or less. ! stops everything for somebody who needs it; nobody has to say why.

While a conversation runs, letters and digits belong to the observer: each stamps a moment. Turn the screen to the \
observer then. Where several people are watched, a digit chooses the person. ⌫ takes the last mark back; ctrl+o \
changes the observer where there are several.

Cards (f2), forms (f3) and feedback (f7) open only for the one person they are meant for. Enter opens the next thing \
that is missing. f8 writes all reports into a folder.

Where an observer wrote on paper, ctrl+p takes the sheet in: a letter for each mark, a digit for each level.

f5 lists what can still happen in the conversation: Enter gives it now, h holds it back until you give it.

While a conversation runs, tab notes who speaks: first the leader, then the other, and so on; shift+tab notes that \
nobody does. It is for the observer, also where nothing is recorded. How long each has spoken is shown after the round.

Ctrl+l is for recordings: who was asked, how loud it is, another microphone, and taking a yes back. Ctrl+g stops a \
recording at once; anybody may press it.

After a retake, ctrl+t gives the take a name, and f12 lays two takes side by side once the conversation is over.

Ctrl+k looks back at a conversation that is over: who spoke when, what was marked, and, where it was recorded, what \
was said, to be heard and corrected. It opens for one person, or for you.

f4 shows a page for the projector. You can leave with esc at any time: the session is kept, and paused."""

    DEFAULT_CSS = """
    StageScreen #open { height: 1fr; }
    StageScreen #now { height: auto; padding: 0 1; }
    StageScreen #who { width: 1fr; height: auto; padding: 0 0 0 4; }
    StageScreen #where { text-style: bold; color: $text-primary; margin: 0 0 1 0; }
    StageScreen #line { height: 1; margin: 0 1; }
    StageScreen TimeBar { width: 1fr; }
    StageScreen #speaks { width: auto; padding: 0 0 0 2; }
    StageScreen #words { height: auto; min-height: 1; max-height: 3; padding: 0 1; text-style: bold; }
    StageScreen #panel { height: 1fr; }
    StageScreen #coming { height: auto; padding: 0 1; color: $text-muted; dock: bottom; }
    StageScreen.-flash #now { background: $primary 40%; }
    StageScreen.-roomy #now { padding: 1 1 0 1; }
    StageScreen.-roomy #line { margin: 1 1 1 1; }
    StageScreen.-roomy #panel { margin: 1 0 0 0; }
    StageScreen.-roomy Banner { margin: 1 1 0 1; }
    StageScreen.-roomy #coming { padding: 0 1 1 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "cards", "Cards", id="stage.cards", tooltip="Show a card to the person it is meant for"),
        Binding("f3", "tasks", "Tasks", id="stage.tasks", tooltip="What is asked of whom: forms and journals"),
        Binding("ctrl+p", "sheets", show=False, id="stage.sheets", tooltip="Type in what observers wrote on paper"),
        Binding("f4", "projector", "Room", id="stage.room", tooltip="A page for the projector"),
        Binding("f5", "injects", "Inject", id="stage.injects", tooltip="Let something happen in the conversation"),
        Binding("f6", "tables", "Table", id="stage.tables", tooltip="For which table the keys count"),
        Binding("f7", "received", "Read", id="stage.read", tooltip="Let somebody read the feedback they got so far"),
        Binding("f8", "reports", "Reports", show=False, id="stage.reports", tooltip="Write all reports into a folder"),
        Binding("f12", "takes", "Takes", id="stage.takes", tooltip="Lay two takes of a conversation side by side"),
        Binding("f10,ctrl+e", "end", "End", id="stage.end", tooltip="Close the session for good"),
        Binding("escape", "leave", "Leave", id="stage.leave", tooltip="Go back; the session is kept"),
        Binding("enter", "open", "Open", show=False, id="stage.open", tooltip="Open what is missing next"),
        Binding("ctrl+t", "name_take", "Name", show=False, id="stage.name-take", tooltip="Give this take a name"),
        Binding("down", "question(1)", "Next", show=False, id="stage.question", tooltip="A debrief's next question"),
        Binding("up", "question(-1)", "Back", show=False, id="stage.question-back", tooltip="The question before"),
        Binding("pagedown", "scroll_panel(1)", "Down", show=False, id="stage.down", tooltip="Scroll what is below"),
        Binding("pageup", "scroll_panel(-1)", "Up", show=False, id="stage.up", tooltip="Scroll back"),
    ]

    def __init__(self, runner: Runner, conductor: Conductor | None = None, table: str | None = None) -> None:
        """
        Args:
            runner: the session.
            conductor: what keeps its time, where another screen does that.
            table: the one table that is shown, and for which the keys count; without it, all.
        """
        super().__init__(runner, conductor)
        self._alone = table
        self.meant = table
        self.set_reactive(StageScreen.scene, self.shown)
        self.heading = runner.state.setting.scenario.title
        self._panel: StepPanel | None = None
        self._panel_key = ""

    def body(self) -> ComposeResult:
        """The clock beside the people, then the bar, the words, and the panel of the step."""
        with Vertical(id="open"):
            with Horizontal(id="now"):
                yield BigClock(room_for=_OVER)
                with Vertical(id="who"):
                    yield Static(id="where", markup=False)
                    yield Static(id="cast", markup=False)
            with Horizontal(id="line"):
                yield TimeBar()
                yield Pressable(id="speaks")
                yield RecordingLine()
            yield Static(id="words", markup=False)
            yield Banner()
            yield Vertical(id="panel")
            yield Static(id="coming", markup=False)
        yield SafetyPanel(self.desk.settings.safety_text)

    def on_mount(self) -> None:
        """Follow the session and its clock."""
        self.follow(self._heard)
        self._look_back()
        self.set_interval(_REPAINT, self.look)
        self._paint(self.shown)

    def _look_back(self) -> None:
        try:
            self.carried = carried_into(self.desk.store, self.runner.session, self.runner.state)
        except CommandProblem as problem:
            self.say(problem)
        self.show_now()

    @property
    def cue(self) -> str:
        """What was said last, for a few seconds."""
        return self.conductor.said(self._alone)

    # What happened

    def _heard(self, state: State, happened: Sequence[Event]) -> None:  # noqa: ARG002 - as a listener is called
        if not self.is_attached:
            return
        before = self.scene.state if self.scene else state
        self.show_now(same_step=state.tracks[self.shown.table].step == before.tracks[self.shown.table].step)

    # Painting

    def look(self) -> None:
        """See what is due, and paint the time."""
        self.conductor.look()
        self._paint_time()

    def _paint_time(self) -> None:
        scene = self.scene
        if scene is None or not self.is_mounted:
            return
        now = self.runner.now
        left = scene.left(now)
        clock = self.query_one(BigClock)
        text = face(left)
        clock.text = text
        if scene.track.clock is not None:
            self.query_one(TimeBar).show(scene.track.clock.elapsed(now), scene.track.clock.total)
        over = left is not None and left <= 0
        for widget in (clock, self.query_one(TimeBar)):
            widget.set_class(over, "-over")
            widget.set_class(scene.phase == "paused", "-still")
        words = f"{self.cue} {self.standing(scene)}".strip()
        self._put("words", words)
        self._paint_recording(scene)
        if self._panel is not None:
            self._panel.go_on(now)

    def _paint_recording(self, scene: Scene) -> None:
        standing = self.conductor.recorder.standing(scene.table)
        motion, key = self.desk.settings.motion, self.key_of("recording")
        self.query_one(RecordingLine).show(say_standing(scene.state, scene.track, standing, key, motion))

    def _paint_speaker(self, scene: Scene) -> None:
        nobody = self.key_of("silence") if self.size.width >= _WIDE else ""
        said = say_speaking(scene, self.key_of("speaks"), nobody)
        speaks = self.query_one("#speaks", Pressable)
        if str(speaks.content) != said:
            speaks.update(pressing("speaks", Content(said)))
        speaks.display = bool(said)

    def watch_scene(self, scene: Scene | None) -> None:
        """Paint what changed."""
        if scene is None or not self.is_mounted:
            return
        self._paint(scene)

    def repaint(self) -> None:
        """Paint once more, since something was read."""
        self._paint(self.scene or self.shown)

    def on_desk_opened(self) -> None:
        """Now the keys are as the owner has set them."""
        self.repaint()

    def on_resize(self) -> None:
        """As large as there is space for."""
        roomy = self.size.height >= 30
        self.set_class(roomy, "-roomy")
        for clock in self.query(BigClock):
            clock.scale = largest(self.size.width * 2 // 3, 10 if self.size.height >= 36 else 5, _OVER)

    def _paint(self, scene: Scene) -> None:
        self.query_one("#open").display = not scene.safety
        self.query_one(SafetyPanel).display = scene.safety
        self.query_one(SafetyPanel).say_key(self.key_of("go"))
        self.aside = scene.track.title if len(scene.state.tracks) > 1 else ""
        if len(scene.state.tracks) > 1 and self.meant is None:
            self.aside += ", keys for all tables"
        running = scene.track.clock is not None
        self.query_one("#now").display = running or scene.phase == "waiting"
        self.query_one("#line").display = running
        self._paint_speaker(scene)
        self._put("where", scene.where())
        cast = scene.cast(seats) if (seats := scene.track.seats) else []
        wide = max((len(title) for title, _ in cast), default=0)
        self._put("cast", "\n".join(f"{title:<{wide}}  {names}" for title, names in cast))
        self._put("coming", "   ".join(part for part in (scene.coming(), self._offer(scene)) if part))
        waiting = self.unread(scene)
        self.query_one(Banner).show(scene, waiting[0] if waiting else None, self.key_of("open"))
        self._paint_panel(scene)
        self._paint_time()
        self.refresh_bindings()

    def _paint_panel(self, scene: Scene) -> None:
        kind = panel_for(scene)
        key = f"{kind.__name__} {scene.table} {scene.step.id if scene.step else ''} {len(scene.carried)}"
        if self._panel is not None and key == self._panel_key:
            self._panel.show(scene)
            return
        holder = self.query_one("#panel", Vertical)
        self._panel, self._panel_key = kind(scene), key
        holder.remove_children()
        holder.mount(self._panel)

    def _offer(self, scene: Scene) -> str:
        """What one may like to do with another take."""
        take = scene.take
        if take is None or take.take == 1 or label_of(scene.track, take, scene.words):
            return ""
        return f"{self.key_of('name_take')} names this take"

    def _put(self, id: str, words: str) -> None:
        static = self.query_one(f"#{id}", Static)
        if str(static.content) != words:
            static.update(words)

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is dim where there is nothing for it, and gone where there never is."""
        if action == "tables":
            return self._alone is None and len(self.runner.state.tracks) > 1
        if action == "end" and self._alone is not None:
            return False
        return super().check_action(action, parameters)

    def show_again(self) -> None:
        """Show what is the case now."""
        self.show_now()

    def action_scroll_panel(self, by: int) -> None:
        """Scroll what stands below the clock."""
        if self._panel is not None:
            (self._panel.scroll_page_down if by > 0 else self._panel.scroll_page_up)(animate=False)

    def action_tables(self) -> None:
        """The keys count for the next table, and after the last one for all."""
        tables = [None, *self.runner.state.tracks]
        self.meant = tables[(tables.index(self.meant) + 1) % len(tables)]
        self.show_now(same_step=False)
        self._paint(self.shown)

    def action_projector(self) -> None:
        """Show the page for the room."""
        from roleplay.tui.screens.projector import ProjectorScreen

        self.app.push_screen(ProjectorScreen(self))
