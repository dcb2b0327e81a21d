"""One person answers whether conversations may be recorded, or takes a yes back; for that person's eyes alone."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.tui import recording_words as words
from roleplay.tui.panels.base import Point
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.private import PrivateScreen


class ConsentAnswerScreen(PrivateScreen):
    """What is recorded and what becomes of it, and one key for the answer; true once there is one."""

    HELP = """\
Here you say whether conversations may be recorded while you are in the room. Y says yes, N says no; Esc leaves it \
open, and you can be asked again.

Nobody sees your answer. All that others are told is whether everyone has said yes. You can come back to this screen \
at any time: whoever leads the session opens it for you."""

    AUTO_FOCUS = ""
    """Enter alone, pressed once too often, answers nothing."""

    DEFAULT_CSS = """
    ConsentAnswerScreen #said { height: 1fr; padding: 1 2 0 2; }
    ConsentAnswerScreen #said > * { max-width: 90; height: auto; }
    ConsentAnswerScreen #said > .question { text-style: bold; margin: 0 0 1 0; }
    ConsentAnswerScreen #said > .own { text-style: bold; margin: 1 0 0 0; }
    ConsentAnswerScreen #said > .open { color: $text-muted; margin: 1 0 0 0; }
    ConsentAnswerScreen.-roomy #said > Point { margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="consent.yes", tooltip="Yes, it may be recorded"),
        Binding("n", "answer(False)", "No", id="consent.no", tooltip="No, or take a yes back"),
    ]

    def __init__(self, runner: Runner, person: str) -> None:
        super().__init__(runner, runner.state.track_of(person).id, person)
        self._answering = False

    def what(self) -> str:
        """For the first line."""
        return "may it be recorded?"

    def content(self) -> ComposeResult:
        """All there is to know before answering, and what was answered so far."""
        state = self.runner.state
        with VerticalScroll(id="said", can_focus=False):
            yield Static("May these conversations be recorded?", classes="question")
            yield from (Point(point) for point in words.consent_text(state))
            own = words.say_own(state, self.person)
            if own:
                erased = f" {words.say_erased(state, self.person)}" if self._has_agreed else ""
                back = f" Press n to take it back.{erased}" if self._has_agreed else ""
                yield Static(own + back, classes="own", markup=False)
            else:
                yield Static("Not now? “Done, hand it back” leaves it open.", classes="open", markup=False)

    @property
    def _has_agreed(self) -> bool:
        return self.runner.state.consents.get(self.person) is True

    def buttons(self) -> ComposeResult:
        """The three answers."""
        yes = "Leave it at yes" if self._has_agreed else "Yes, it may"
        yield Button(f"y  {yes}", id="yes", compact=True)
        yield Button("n  Take it back" if self._has_agreed else "n  No", id="no", compact=True)

    def on_resize(self) -> None:
        """Where there is space, leave some."""
        self.set_class(self.size.height >= 30, "-roomy")

    @on(Button.Pressed, "#yes,#no")
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_answer(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """This is the answer."""
        if not self._answering:
            self._answering = True
            self.run_worker(self._answer(yes), group="private")

    async def _answer(self, yes: bool) -> None:
        try:
            if self._has_agreed and not yes and not await self._is_sure():
                return
            await self.runner.do(AnswerConsent(self.person, yes))
        except CommandProblem as problem:
            self.tell(f"{problem.sentence} {problem.mend}".strip())
        else:
            self.sent = True
            self.hand_back()
        finally:
            self._answering = False

    async def _is_sure(self) -> bool:
        said = words.say_erased(self.runner.state, self.person)
        return await self.app.push_screen_wait(Question("Take your yes back?", said, yes="Take it back", no="Leave it"))
