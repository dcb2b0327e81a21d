"""The app: the first screen, two calm themes, the keys as the owner has set them, and a tidy end.

The desk may be handed over as a function: it is then opened after the first screen has been painted, because
reading scenarios and opening the sessions takes longer than painting.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.screen import Screen
from textual.theme import Theme

from roleplay.problems import CommandProblem, ExitCode, FileProblems
from roleplay.tui.screens.base import DeskOpened

if TYPE_CHECKING:
    from roleplay.conduct.transcribing import TranscriptQueue
    from roleplay.settings import Settings
    from roleplay.tui.desk import Desk

DARK = Theme(
    name="calm-dark",
    dark=True,
    primary="#7fb2b8",
    secondary="#a9b8d0",
    accent="#d8b982",
    foreground="#dfe3e6",
    background="#16191d",
    surface="#1d2126",
    panel="#272d33",
    success="#8fbf8f",
    warning="#dcb56b",
    error="#d98b82",
    variables={
        "block-cursor-background": "#2b474e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2a343a",
        "block-cursor-blurred-foreground": "#dfe3e6",
        "input-selection-background": "#7fb2b8 35%",
        "footer-key-foreground": "#d8b982",
        "text-muted": "#a4aeb6",
        "scrollbar": "#343c44",
        "scrollbar-hover": "#48535d",
        "scrollbar-active": "#7fb2b8",
        "scrollbar-background": "#1a1e23",
        "scrollbar-background-hover": "#1a1e23",
        "scrollbar-background-active": "#1a1e23",
        "border": "#7fb2b8",
        "border-blurred": "#3a434b",
    },
)
LIGHT = Theme(
    name="calm-light",
    dark=False,
    primary="#2c6e77",
    secondary="#4a5a78",
    accent="#8a5a12",
    foreground="#22282d",
    background="#f6f4ef",
    surface="#fdfcf9",
    panel="#e8e4da",
    success="#2f6b35",
    warning="#80570a",
    error="#9a3a30",
    variables={
        "block-cursor-background": "#bcd9dc",
        "block-cursor-foreground": "#10181c",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#dfe7e5",
        "block-cursor-blurred-foreground": "#22282d",
        "input-selection-background": "#2c6e77 25%",
        "footer-key-foreground": "#8a5a12",
        "text-muted": "#5f686f",
        "scrollbar": "#cbc6b9",
        "scrollbar-hover": "#b3ad9d",
        "scrollbar-active": "#2c6e77",
        "scrollbar-background": "#efece4",
        "scrollbar-background-hover": "#efece4",
        "scrollbar-background-active": "#efece4",
        "border": "#2c6e77",
        "border-blurred": "#c3bfb3",
    },
)
_STOPS, _STOP_KEY = "app.stop-recording", "ctrl+g"


class RoleplayApp(App[None]):
    """The program on a screen."""

    CSS_PATH = "roleplay.tcss"
    TITLE = "roleplay"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="app.quit", priority=True, tooltip="Close the program; sessions are kept"),
        Binding("f9", "switch_theme", "Light or dark", show=False, id="app.theme", tooltip="Light or dark colours"),
        Binding(
            _STOP_KEY, "stop_recording", "Stop recording", show=False, id=_STOPS, priority=True,
            tooltip="Stop recording at once; nobody is asked why",
        ),
        Binding("ctrl+c", "help_quit", show=False, system=True),
    ]  # fmt: skip

    recording: reactive[str] = reactive("")
    """The sign that stands on every screen while sound is kept; empty while none is."""

    def __init__(self, desk: Desk | Callable[[], Desk], first: Callable[[], Screen[Any]] | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._first = first
        self._queue: TranscriptQueue | None = None
        self.stops: Callable[[], None] | None = None
        """Stops what is being recorded; set by what leads the session."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    @property
    def desk(self) -> Desk:
        """What lies ready for every screen; opened when first asked for.

        Raises:
            FileProblems: the settings need mending.
            CommandProblem: the sessions cannot be opened.
        """
        if callable(self._desk):
            self._desk = self._desk()
        return self._desk

    @property
    def queue(self) -> TranscriptQueue:
        """What makes recordings small and writes them down, behind whatever is shown; made when first asked for."""
        if self._queue is None:
            from roleplay.conduct.transcribing import TranscriptQueue

            self._queue = TranscriptQueue(self.desk.open_store, self.desk.shelf, self.desk.settings)
        return self._queue

    def get_default_screen(self) -> Screen[Any]:
        """The screen with which the program begins."""
        if self._first is not None:
            return self._first()
        from roleplay.tui.screens.library import LibraryScreen

        return LibraryScreen()

    def on_mount(self) -> None:
        """Leave the terminal as it was, whoever ends the program; the rest waits for the first painting."""
        for name in ("SIGTERM", "SIGHUP"):
            # Windows has neither a SIGHUP nor handlers on the loop; only the main thread may set them.
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.exit)
        self.call_after_refresh(self._open_desk)

    def _open_desk(self) -> None:
        try:
            settings = self.desk.settings
        except (CommandProblem, FileProblems) as problem:
            self.exit(return_code=ExitCode.PROBLEMS, message=str(problem))
            return
        self._apply(settings)
        self.screen.post_message(DeskOpened())
        self.queue.begin()
        if self.desk.shelf.sessions():
            self.run_worker(self._tidy(), group="tidy")

    async def _tidy(self) -> None:
        """Let go of sound that was kept long enough, and finish what was being erased when the program last ended."""
        from roleplay.conduct.clock import wall_now
        from roleplay.conduct.retention import tidy

        desk, trouble = self.desk, list[str]()
        keep_sound, now = desk.settings.keep_sound, wall_now()
        erased = desk.writer.erase(lambda store: trouble.extend(tidy(store, desk.shelf, keep_sound, now)))
        with suppress(CommandProblem):
            await asyncio.wrap_future(erased)
        for sentence in trouble:
            self.notify(sentence, severity="warning", timeout=15, markup=False)

    def _apply(self, settings: Settings) -> None:
        if not settings.motion:
            self.animation_level = "none"
        if settings.keys:
            from roleplay.tui import keys

            self.set_keymap(keys.keymap(settings.keys))
            if said := keys.trouble(settings.keys):
                self.notify("\n".join(said), title="Your keys", severity="warning", timeout=15, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to stop only while something is recorded."""
        return bool(self.recording) if action == "stop_recording" else super().check_action(action, parameters)

    @property
    def key_that_stops(self) -> str:
        """How the key is written that stops a recording."""
        keys = self.desk.settings.keys.get(_STOPS, _STOP_KEY)
        return self.get_key_display(Binding(keys.split(",")[0], "stop_recording"))

    def action_stop_recording(self) -> None:
        """Anybody may stop it, on any screen, and nobody is asked why."""
        if self.stops is not None:
            self.stops()

    def action_switch_theme(self) -> None:
        """Light colours instead of dark ones, or the other way round."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def _fatal_error(self) -> None:
        """Say that there is a bug, and where, but not the values there: names and private words are among them."""
        from rich.console import Group
        from rich.traceback import Traceback

        sorry = "This is a mistake in the program, and we are sorry. What was sent is kept; `roleplay resume` goes on."
        self._exit_renderables.append(Group(Traceback(width=None, show_locals=False), sorry))
        self._close_messages_no_wait()

    async def run_async(self, **options: Any) -> None:
        """Run until somebody leaves; then everything that was written is safe."""
        try:
            await super().run_async(**options)
        finally:
            if self._queue is not None:
                await self._queue.close()
            if not callable(self._desk):
                self._desk.writer.close()
                self._desk.store.close()
