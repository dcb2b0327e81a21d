"""Correcting a line of a transcript, by whoever said it; what was heard is kept beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from roleplay.conduct.runner import Runner, new_text
from roleplay.content.durations import say_clock
from roleplay.problems import CommandProblem
from roleplay.session.heard import TranscriptLine
from roleplay.session.hearing_commands import CorrectLine
from roleplay.session.texts import read
from roleplay.session.visible import viewer_of
from roleplay.tui.moments import Moment
from roleplay.tui.review_view import Review, places
from roleplay.tui.screens.private import PrivateScreen
from roleplay.tui.widgets.answers import WordsArea


class CorrectScreen(PrivateScreen):
    """Where somebody writes what they really said.

    Nothing of it is kept as a draft: what was said in a recording has to be gone once somebody takes back their yes.
    """

    HELP = """\
Write what was really said, and send it with ctrl+s. What was heard at first is kept, and whoever may read this \
conversation can see that the line was corrected, and by whom.

Esc goes back and changes nothing."""

    DEFAULT_CSS = """
    CorrectScreen .page { height: 1fr; padding: 1 2; & > * { margin: 0 0 1 0; max-width: 110; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "Send", id="private.send", tooltip="Send what you wrote"),
    ]

    def __init__(self, runner: Runner, person: str, review: Review, moment: Moment) -> None:
        assert moment.line is not None, "only what was said is corrected"
        self._moment, self._line, self._place = moment, moment.line, review.place
        super().__init__(runner, review.place.track, person, review.place.step)

    def what(self) -> str:
        """For the first line."""
        return "what was said"

    def paint_time(self) -> None:
        """No clock runs for this; while another take runs, nobody looks back at the last one."""
        if self.is_current and self._place not in places(self.runner.state, viewer_of(self.person), self._place.track):
            self.hand_back()

    def content(self) -> ComposeResult:
        """What was heard, what became of it since, and room for what was said."""
        with VerticalScroll(classes="page", can_focus=False):
            said = f"{self._moment.who}, at" if self._moment.who else "At"
            yield Static(f"{said} {say_clock(self._line.start)}", classes="section", markup=False)
            for label, words in self._versions():
                yield Static(f"{label}: {words}", classes="muted", markup=False)
            yield Static("What was really said?", classes="strong")
            yield WordsArea(self._moment.words, id="said", small=True)

    def buttons(self) -> ComposeResult:
        """Sending."""
        yield Button("Send", id="send", variant="primary", compact=True)

    def _versions(self) -> Iterator[tuple[str, str]]:
        """What stood there, the heard words first; the newest stand below to be written on."""
        words, line = self.runner.words, self._transcript_line()
        if line is None:
            return
        yield "What was heard", read(words, line.heard.text)
        for one in line.corrections[:-1]:
            yield f"{self.runner.name(one.by)} wrote", read(words, one.text)

    def _transcript_line(self) -> TranscriptLine | None:
        one = self.track.recordings[self._line.recording]
        return one.transcript.lines[self._line.line] if one.transcript else None

    def on_mount(self) -> None:
        """Begin with the words."""
        super().on_mount()
        area = self.query_one("#said", WordsArea)
        area.focus()
        area.move_cursor(area.document.end)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Send it."""
        if event.button.id == "send":
            event.stop()
            self.run_worker(self.action_send(), group="sending", exclusive=True)

    async def action_send(self) -> None:
        """Send it, or say why that cannot be."""
        said = " ".join(self.query_one("#said", WordsArea).text.split())
        if not said:
            self.tell("Write what was said. Esc leaves the line as it is.")
            return
        if said == self._moment.words:
            self.hand_back()
            return
        text = new_text(said)
        command = CorrectLine(self.track_id, self._line.recording, self._line.line, self.person, text.ref)
        try:
            await self.runner.do(command, [text])
        except CommandProblem as problem:
            self.tell(f"{problem.sentence} {problem.mend}".strip())
            return
        self.sent = True
        self.hand_back()
