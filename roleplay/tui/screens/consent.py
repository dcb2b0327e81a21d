"""Everybody in the room is asked whether conversations may be recorded: the laptop goes round, or each yes is ticked.

Answers given on the laptop are for the eyes of those who give them. A list can only be ticked where somebody said yes
aloud or on paper, so no list shows a no. It can be left at any time, and goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from roleplay.conduct.runner import Runner
from roleplay.problems import CommandProblem
from roleplay.session.events import Event
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.session.recording import asked, still_to_ask
from roleplay.session.state import State
from roleplay.tui import recording_words as words
from roleplay.tui.screens.base import Dialog, Question, RoleplayScreen
from roleplay.tui.screens.consent_answer import ConsentAnswerScreen
from roleplay.tui.screens.handover import shares_laptop
from roleplay.tui.widgets.ticks import Name, Ticks

_HOW = "F2 passes the laptop round. Or ask aloud, tick each yes with the key before the name, then Enter."
_DONE = "Everybody was asked. Whoever wants to answer anew can do so at any time. Enter goes on."
Passed = Literal["show", "later"]


class ConsentScreen(RoleplayScreen[None]):
    """Who was asked, never what they said."""

    HEADING = "Recording: has everyone said yes?"
    HELP = """\
Conversations are recorded only where everybody in the room has said yes. There are two ways to ask.

F2 passes the laptop round: each person reads what is recorded and where it stays, and answers with one key. Nobody \
else sees the answer.

Or read the same aloud, or hand it out on paper, and tick whoever said yes: the key before a name, Space, or a click. \
F8 ticks all. Enter keeps the ticks. A name without a tick has simply not said yes.

You see whether everyone has said yes, and who was not asked yet; never who said no. Esc leaves this page, and you can \
come back to it from the stage at any time."""

    DEFAULT_CSS = """
    ConsentScreen #result { padding: 0 2; height: 1; text-style: bold; margin: 1 0 0 0; }
    ConsentScreen #open { padding: 0 2; height: auto; max-height: 3; }
    ConsentScreen #how { padding: 0 2; height: auto; color: $text-muted; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "pass_round", "Pass the laptop", id="consent.pass", tooltip="One after another answers"),
        Binding("enter", "keep", "Keep the ticks", id="consent.keep", tooltip="Whoever is ticked has said yes"),
        Binding("f8", "tick_all", "Tick all", id="consent.all", tooltip="Tick everybody who was not asked yet"),
        Binding("escape", "back", "Done", id="consent.back", tooltip="Leave it for now; nothing is lost"),
    ]

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner

    def body(self) -> ComposeResult:
        """What all may know, how to ask, and the names."""
        yield Static(id="result", markup=False)
        yield Static(id="open", markup=False)
        yield Static(
            id="how",
            markup=False,
        )
        yield Ticks()

    def on_mount(self) -> None:
        """Begin with the names, and follow who comes and goes."""
        self._stop_listening = self.runner.listen(self._heard)
        self._paint()
        self.query_one(Ticks).focus()

    def on_unmount(self) -> None:
        """Let go of the session."""
        self._stop_listening()

    def _heard(self, state: State, happened: Sequence[Event]) -> None:  # noqa: ARG002 - as a listener is called
        if self.is_attached:
            self._paint()

    @on(Ticks.Changed)
    def _paint(self) -> None:
        runner, state = self.runner, self.runner.state
        open_ones = still_to_ask(state)
        names = [Name(person, runner.name(person), person not in open_ones) for person in asked(state)]
        ticks = self.query_one(Ticks)
        ticks.show(names)
        self.query_one("#result", Static).update(words.say_result(state))
        self.query_one("#open", Static).update(words.say_to_ask(state, runner.words))
        self.query_one("#how", Static).update(_HOW if open_ones else _DONE)
        self.aside = f"page {ticks.page + 1} of {ticks.pages}" if ticks.pages > 1 else ""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are dim once nobody is left to ask."""
        if action in ("pass_round", "tick_all"):
            return bool(still_to_ask(self.runner.state)) or None
        if action == "keep":
            return any(ticks.ticked for ticks in self.query(Ticks)) or not still_to_ask(self.runner.state) or None
        return super().check_action(action, parameters)

    def action_tick_all(self) -> None:
        """Everybody who was not asked yet has said yes."""
        self.query_one(Ticks).tick_all()

    @work(exclusive=True, group="private")
    async def action_keep(self) -> None:
        """Those who are ticked have said yes; once nobody is left to ask, go on."""
        if self.query_one(Ticks).ticked:
            await self._keep()
        elif not still_to_ask(self.runner.state):
            self.leave()

    async def _keep(self) -> None:
        ticks = self.query_one(Ticks)
        for person in [one.id for one in ticks.names if one.id in ticks.ticked]:
            try:
                await self.runner.do(AnswerConsent(person, True))
            except CommandProblem as problem:
                self.say(problem)
                return

    @work(exclusive=True, group="private")
    async def action_pass_round(self) -> None:
        """One person after the other reads and answers, until all have, or somebody has enough."""
        if self.query_one(Ticks).ticked:
            await self._keep()
        for person in still_to_ask(self.runner.state):
            if await ask(self, self.runner, person) is None:
                return

    @work(exclusive=True, group="private")
    async def action_back(self) -> None:
        """Leave it, and lose no tick."""
        ticked = len(self.query_one(Ticks).ticked)
        if ticked:
            question = Question(
                f"You ticked {'one name' if ticked == 1 else f'{ticked} names'}. Did they say yes?",
                "Without a tick, somebody has simply not said yes.",
                yes="Yes, keep it",
                no="No, untick",
            )
            if await self.app.push_screen_wait(question):
                await self._keep()
        if self.is_current:
            self.leave()


async def ask(screen: RoleplayScreen[None], runner: Runner, person: str, later: bool = True) -> Passed | None:
    """Hand the laptop to somebody who answers; call it from a worker.

    Returns:
        Whether the screen was shown or left for later; nothing where the laptop goes no further.
    """
    app = screen.app
    if shares_laptop(runner.state, person):
        passed = await app.push_screen_wait(PassOn(runner.name(person), later))
        if passed != "show":
            return passed
    await app.push_screen_wait(ConsentAnswerScreen(runner, person))
    return "show"


class PassOn(Dialog[Passed | None]):
    """Stands between two people who share a laptop; who is not there now is asked later."""

    HELP = """\
Hand the laptop to the person who is named. Enter says that the right one looks. “Later” goes on to the next person. \
Esc goes back to the list."""

    def __init__(self, name: str, later: bool) -> None:
        super().__init__()
        self._person, self._later = name, later

    def body(self) -> ComposeResult:
        """To whom, and the ways on."""
        yield Static(f"Hand the laptop to {self._person}.", classes="question", markup=False)
        yield Static(f"Only {self._person} should look now. It is about being recorded.", classes="more", markup=False)
        with Horizontal(id="answers"):
            yield Button("That is me, show me", id="show", variant="primary", compact=True)
            if self._later:
                yield Button("Later", id="later", compact=True)
            yield Button("Back", id="back", compact=True)

    @on(Button.Pressed)
    def _answered(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss("show" if event.button.id == "show" else "later" if event.button.id == "later" else None)
