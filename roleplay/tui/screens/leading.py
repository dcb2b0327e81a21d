"""What the stage and the projector share: the keys that lead a session, and how a command is carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer

from roleplay.analysis.carried import Carried
from roleplay.conduct.runner import Listener, Runner
from roleplay.planning.plan import PlannedStep
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.decide import ALLOWED
from roleplay.session.state import Phase
from roleplay.session.texts import Text
from roleplay.tui.conductor import Conductor
from roleplay.tui.debriefing import Debriefing
from roleplay.tui.scene import Scene
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.widgets.key_rows import KeyRows

_MINUTE = 60.0
_FLASH = 0.6
_TO_NOTICE = 1.0
"""Seconds that people need to see that a step has begun."""
_GO: dict[Phase, str] = {"ready": "Start", "paused": "Go on"}
_NEEDS: dict[str, type[c.ClockCommand]] = {
    "next": c.Next,
    "undo": c.Undo,
    "longer": c.ChangeLength,
    "shorter": c.ChangeLength,
    "safety": c.Pause,
    "retake": c.Retake,
    "injects": c.FireInject,
}


class LeadingScreen(RoleplayScreen[None]):
    """A screen from which a session is led; it owns no rule of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "go", "Pause", id="stage.pause", tooltip="Start, pause, or go on"),
        Binding("right", "next", "Next", id="stage.next", key_display="→", tooltip="End this step and go on"),
        Binding("left", "undo", "Undo", id="stage.undo", key_display="←", tooltip="Take the clock's last move back"),
        Binding("plus,equals_sign", "longer", "1 min", id="stage.longer", key_display="+", tooltip="One minute more"),
        Binding("minus", "shorter", "1 min", id="stage.shorter", key_display="−", tooltip="One minute less"),
        Binding(
            "exclamation_mark", "safety", "Safety", id="stage.safety", key_display="!",
            tooltip="Stop for somebody who needs it; nobody says why",
        ),
        Binding("ctrl+r", "retake", "Retake", id="stage.retake", tooltip="Play the last conversation once more"),
    ]  # fmt: skip

    UNSEEN: ClassVar[frozenset[str]] = frozenset({"longer", "shorter", "injects"})
    """What nobody would see happen on this screen behind the words of a safety pause."""

    scene: reactive[Scene | None] = reactive(None)

    def __init__(self, runner: Runner, conductor: Conductor | None = None) -> None:
        super().__init__()
        self.runner = runner
        self._conductor = conductor
        self._stop_listening: Callable[[], None] | None = None
        self._fading: Timer | None = None
        self.owns = conductor is None
        """It keeps the time of the session, and lets go of it when it is closed; otherwise another screen does."""
        self.carried: tuple[Carried, ...] = ()
        """What was kept from earlier sessions of these people."""
        self.debriefing: Debriefing = conductor.debriefing if conductor else Debriefing()
        self._warned_of: PlannedStep | None = None
        self.meant: str | None = None
        """The table for which the keys count; without it they count for all."""

    def compose(self) -> ComposeResult:
        """As every screen, with the keys in rows."""
        for widget in super().compose():
            yield KeyRows() if isinstance(widget, Footer) else widget

    @property
    def conductor(self) -> Conductor:
        """What keeps the time of the session; made when it is first asked for, where nobody lent one."""
        if self._conductor is None:
            self._conductor = Conductor(self)
        return self._conductor

    def follow(self, listener: Listener) -> None:
        """Have a function called after every batch that is safe, as long as this screen is there."""
        self.conductor.look()
        self._stop_listening = self.runner.listen(listener)

    async def on_unmount(self) -> None:
        """Let go of what was followed."""
        if self._stop_listening is not None:
            self._stop_listening()
        if self.owns and self._conductor is not None:
            await self._conductor.close()

    def flash(self) -> None:
        """Be seen from afar for a moment, as the bell is heard."""
        shining = self.shining
        if self._fading is not None:
            self._fading.stop()
        shining.add_class("-flash")
        self._fading = self.set_timer(_FLASH, lambda: shining.remove_class("-flash"))

    @property
    def shining(self) -> Widget:
        """What shines when the bell rings; small, where it rings often: all within it is styled anew."""
        return self

    @property
    def shown(self) -> Scene:
        """What the screen shows."""
        state = self.runner.state
        return self.scene_of(self.meant or (state.open_tracks[0].id if state.open_tracks else next(iter(state.tracks))))

    def scene_of(self, table: str) -> Scene:
        """What there is to show of a table."""
        runner = self.runner
        turn, picture = self.debriefing.at(runner.state, runner.state.tracks[table], runner.now)
        return Scene(
            runner.state,
            runner.words,
            table,
            runner.session,
            self.carried,
            turn=turn,
            picture=picture,
            feeds=self.debriefing.feeds,
        )

    def standing(self, scene: Scene) -> str:
        """What stands below the clock right now, with the keys as the owner has set them."""
        said = scene.standing(self.runner.now)
        return said and scene.standing(self.runner.now, self.key_of("go"), self.key_of("next"))

    def key_of(self, action: str) -> str:
        """How the key of an action is written."""
        for _, binding, _, _ in self.active_bindings.values():
            if binding.action == action:
                shown = self.app.get_key_display(binding)
                return "Enter" if shown == "⏎" else shown
        return action

    def say_key(self, binding: Binding) -> str:
        """What a key does right now, in a word or two; nothing where it always does the same."""
        return _GO.get(self.shown.phase, "") if binding.action == "go" else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - as Textual's
        """A key is dim where its command makes no sense."""
        if action in self.UNSEEN:
            meant = [table for table in self.runner.state.tracks if self.meant in (None, table)]
            if all(replace(self.shown, table=table).safety for table in meant):
                return None
        command = _NEEDS.get(action)
        if command is not None:
            return any(phase in ALLOWED[command] for phase in self._phases()) or None
        if action == "go":
            return any(phase in ("ready", "running", "paused") for phase in self._phases()) or None
        return True

    def carry_out(self, command: c.Command, drafts_done: Sequence[str] = ()) -> None:
        """Do it beside the screen; what cannot be done is said calmly."""
        self.run_worker(self.do(command, drafts_done=drafts_done), group="commands")

    async def do(self, command: c.Command, texts: Sequence[Text] = (), drafts_done: Sequence[str] = ()) -> None:
        """Do it, and wait until it is safe."""
        try:
            await self.runner.do(command, texts, drafts_done)
        except CommandProblem as problem:
            self.say(problem)

    def _phases(self) -> Iterable[Phase]:
        state = self.runner.state
        return [state.phase(track.id) for track in state.open_tracks if self.meant in (None, track.id)]

    def action_go(self) -> None:
        """Start, pause, or go on, whichever makes sense."""
        phases = set(self._phases())
        if "running" in phases:
            self.carry_out(c.Pause(self.meant))
        else:
            self.carry_out(c.Resume(self.meant) if "paused" in phases else c.Start(self.meant))

    def action_next(self) -> None:
        """End this step and go on; where it began by itself a moment ago, the key was meant for the one before."""
        begun = self._just_begun()
        if begun is not None and begun != self._warned_of:
            self._warned_of = begun
            key = self.key_of("next")
            self.notify(f"“{begun.name}” has just begun by itself. Press {key} once more to end it, too.", markup=False)
            return
        self.carry_out(c.Next(self.meant))

    def _just_begun(self) -> PlannedStep | None:
        """The step that followed by itself so lately that nobody can have seen it yet."""
        for table, track in self.runner.state.tracks.items():
            if self.meant in (None, table) and track.step is not None and len(track.runs) > 1:
                before, run = track.runs[-2:]
                if before.why == "on-time" and self.runner.now - run.started < _TO_NOTICE and run.ended is None:
                    return track.step
        return None

    def action_undo(self) -> None:
        """Take back the last move of the clock."""
        self.carry_out(c.Undo(self.meant))

    def action_longer(self) -> None:
        """One minute more."""
        self.carry_out(c.ChangeLength(self.meant, by=_MINUTE))

    def action_shorter(self) -> None:
        """One minute less."""
        self.carry_out(c.ChangeLength(self.meant, by=-_MINUTE))

    def action_safety(self) -> None:
        """Stop for somebody who needs it."""
        self.carry_out(c.Pause(self.meant, why="safety"))

    def action_retake(self) -> None:
        """Play the last conversation once more."""
        self.carry_out(c.Retake(self.meant))

    # The debrief

    def action_question(self, by: int) -> None:
        """Another question of the debrief, from now on."""
        self.debriefing.ask(self.runner.state, self.shown.track, self.runner.now, by)
        self._show_debrief()

    def action_picture(self, by: int) -> None:
        """Another picture beside the question of the debrief."""
        self.debriefing.look(self.runner.state, self.shown.track, self.runner.now, by)
        self._show_debrief()

    def _show_debrief(self) -> None:
        for screen in self.app.screen_stack:
            if isinstance(screen, LeadingScreen):
                screen.show_again()

    def show_again(self) -> None:
        """Show what is the case now, where the screen shows a scene."""
