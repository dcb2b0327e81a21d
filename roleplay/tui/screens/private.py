"""What all private screens share: whose screen it is, the time there is, and the way back.

Whoever leaves one takes nothing off the disk and leaves nothing on the screen: what was begun is kept as a
draft, and what was copied is forgotten.
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from pydantic import ValidationError
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from roleplay.conduct.runner import Runner
from roleplay.content.durations import say_clock
from roleplay.problems import CommandProblem
from roleplay.session.commands import Command
from roleplay.session.state import TrackState
from roleplay.session.texts import Text
from roleplay.session.visible import View, viewer_of, visible
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.widgets.saved import DraftKeeper
from roleplay.values import Value

D = TypeVar("D", bound=Value)

REPAINT = 0.5
"""Seconds between two looks at the clock."""


class PrivateScreen(RoleplayScreen[bool]):
    """A screen for the eyes of one person; true once something was sent."""

    DEFAULT_CSS = """
    PrivateScreen #notice { height: auto; padding: 0 2; color: $text-warning; display: none; }
    PrivateScreen #notice.-shown { display: block; }
    PrivateScreen #actions { height: 1; padding: 0 1; }
    PrivateScreen #actions Button { margin: 0 2 0 0; }
    PrivateScreen #room { width: 1fr; }
    PrivateScreen.-wide WordsArea { min-height: 6; &.-small { min-height: 3; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "done",
            "Done, hand it back",
            id="private.done",
            tooltip="Leave this screen; what was begun is kept",
        ),
    ]

    def __init__(self, runner: Runner, track: str, person: str, step: str | None = None) -> None:
        super().__init__()
        self.runner, self.track_id, self.person, self.step_id = runner, track, person, step
        self.sent = False
        self._saved = ""
        self.heading = f"{runner.name(person)} · {self.what()}"

    def what(self) -> str:
        """What this screen is, for the first line."""
        return ""

    @property
    def track(self) -> TrackState:
        """The table, as it is now."""
        return self.runner.state.tracks[self.track_id]

    @property
    def view(self) -> View:
        """What the reader may see now."""
        return visible(self.runner.state, viewer_of(self.person))

    def body(self) -> ComposeResult:
        """The content, a line for what does not work, and what one can do."""
        yield from self.content()
        yield Static("", id="notice", markup=False)
        with Horizontal(id="actions"):
            yield from self.buttons()
            yield Static("", id="room")
            yield Button("Done, hand it back", id="done", compact=True)

    def content(self) -> ComposeResult:
        """What the reader sees."""
        yield from ()

    def buttons(self) -> ComposeResult:
        """What the reader can do besides leaving."""
        yield from ()

    def on_mount(self) -> None:
        """Look at the clock now and then."""
        self.paint_time()
        self.set_interval(REPAINT, self.paint_time)

    def paint_time(self) -> None:
        """Show how much time is left, and whether all is kept."""
        running = self.track.step.id if self.track.step else ""
        time = say_time(self.track, self.step_id or running, self.runner.now)
        self.aside = " · ".join(part for part in (time, self._saved) if part)

    def show_saved(self, words: str) -> None:
        """Say whether what was written is kept."""
        self._saved = words
        self.paint_time()

    def tell(self, words: str) -> None:
        """Say something above the buttons, or with no words nothing."""
        notice = self.query_one("#notice", Static)
        notice.update(words)
        notice.set_class(bool(words), "-shown")

    @on(Button.Pressed, "#done")
    async def _done(self, event: Button.Pressed) -> None:
        event.stop()
        await self.action_done()

    async def action_done(self) -> None:
        """Hand the laptop back."""
        self.hand_back()

    def hand_back(self) -> None:
        """Close the screen and forget what was copied from it."""
        if self.app.clipboard:
            self.app.copy_to_clipboard("")
        self.leave(self.sent)


class WritingScreen(PrivateScreen, Generic[D]):
    """A private screen with something to write, kept while it is being written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", id="private.send", tooltip="Send what you wrote"),
    ]

    def __init__(self, runner: Runner, track: str, person: str, step: str, key: str, empty: D) -> None:
        super().__init__(runner, track, person, step)
        self._key = key
        self._kept: D | None = None
        self._empty = empty
        self._sending = self._may_lose = False
        self._keeper = DraftKeeper(
            self, lambda body: self.desk.writer.save_draft(runner.session, key, body), self.show_saved
        )

    @property
    def draft(self) -> D:
        """What is being written: the draft that was kept, else what was sent, else what one begins with."""
        if self._kept is None:
            body = self.desk.store.drafts(self.runner.session).get(self._key)
            self._kept = _read(self._empty, body) or self.last_sent() or self.begin_with()
        return self._kept

    def write(self, draft: D) -> None:
        """This is what is being written now."""
        if draft == self.draft:
            return
        self._kept = draft
        self._may_lose = False
        self.tell("")
        self._keeper.change(draft.model_dump_json())

    def last_sent(self) -> D | None:
        """What was sent before, to be corrected."""
        return None

    def begin_with(self) -> D:
        """What stands there when nothing has been written yet."""
        return self._empty

    def command(self) -> tuple[Command, list[Text]]:
        """What sends the draft."""
        raise NotImplementedError

    async def action_send(self) -> None:
        """Send it, or say why that cannot be."""
        if self._sending or self.sent:
            return
        self._sending = True
        try:
            self._keeper.queue()
            command, texts = self.command()
            await self.runner.do(command, texts, drafts_done=(self._key,))
        except CommandProblem as problem:
            self.refused(problem)
        else:
            self.sent = True
            await self.after_sending()
        finally:
            self._sending = False

    async def after_sending(self) -> None:
        """What follows once it is safe."""
        self.hand_back()

    def refused(self, problem: CommandProblem) -> None:
        """Say why it was not taken."""
        self.tell(f"{problem.sentence} {problem.mend}".strip())

    @on(Button.Pressed, "#send")
    async def _send(self, event: Button.Pressed) -> None:
        event.stop()
        await self.action_send()

    async def action_done(self) -> None:
        """Hand the laptop back once the draft is safe."""
        try:
            await self._keeper.flush()
        except CommandProblem as problem:
            if not self._may_lose:
                self._may_lose = True
                self.tell(f"{problem.sentence} {problem.mend} Leave once more to go without the last words.")
                return
            self._keeper.drop()
        self.hand_back()

    def on_unmount(self) -> None:
        """Keep what is left when the program ends in the middle."""
        self._keeper.queue()


def _read(empty: D, body: str | None) -> D | None:
    if body is None:
        return None
    try:
        return type(empty).model_validate_json(body)
    except ValidationError:
        return None


def say_time(track: TrackState, step: str, now: float) -> str:
    """How much time a step has left."""
    if track.step is None or track.step.id != step or track.clock is None:
        return "" if not track.has_begun(step) else "time is up"
    left = track.clock.remaining(now)
    if track.paused:
        return f"paused, {say_clock(max(left, 0))} left"
    return f"{say_clock(left)} left" if left >= 0 else f"+{say_clock(-left)} over"
