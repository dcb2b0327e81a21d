"""Before a session: who is there, how much time there is, and who plays what in every round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label, Select, Static

from roleplay.conduct.opening import open_session
from roleplay.conduct.roster import split_names
from roleplay.content.bundle import Bundle
from roleplay.content.durations import say_duration
from roleplay.problems import CommandProblem
from roleplay.tui.screens.base import Question, RoleplayScreen, turn_page
from roleplay.tui.seating import Draft, Seating, draft
from roleplay.tui.widgets.overview import overview
from roleplay.tui.widgets.people import NameField, People

_YOU = "You"
_BEGIN = "Write one name or several, then press Enter."
_EMPTY = "Here you will see who plays what, as soon as enough people are on the list."


class SetupScreen(RoleplayScreen[tuple[str, ...]]):
    """Sets up a session of one scenario; left again, it hands back the names that were typed."""

    HELP = """\
Write who is here: a name, or several with commas between them, then Enter. A list with a name on each line can be \
pasted. The order decides who begins with which role; on the right you see who plays what in every round.

To swap two people, choose one in the list with Space or a click, then the other.

If you are alone, bots take the other seats. They read their lines from the scenario, and send made-up feedback.

Under “Minutes” you can say how much time there is. The steps are then made shorter or longer to fit. Left empty, \
they take as long as the scenario says.

Nothing begins before you press Start, and no clock runs before you let it."""

    DEFAULT_CSS = """
    SetupScreen #left { width: 34; padding: 0 1 0 0; border-right: solid $border-blurred; }
    SetupScreen #left .section, SetupScreen #left .said { padding: 0 1; height: auto; }
    SetupScreen .said.empty { display: none; }
    SetupScreen #people { height: 1fr; margin: 1 0; }
    SetupScreen .row { height: 1; }
    SetupScreen .row Label { width: 13; padding: 0 1; color: $text-muted; }
    SetupScreen #minutes { width: 1fr; }
    SetupScreen Select { width: 1fr; height: 1; }
    SetupScreen #right { width: 1fr; }
    SetupScreen #plan { height: 1fr; padding: 0 2; }
    SetupScreen #start { margin: 1 0 0 2; width: auto; min-width: 24; }
    SetupScreen.-wide #left { width: 44; padding: 0 2 0 1; }
    SetupScreen.-wide #plan { padding: 0 4; }
    SetupScreen.-wide #start { margin: 1 0 1 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "start", "Start", priority=True, id="setup.start", tooltip="Open the session with these people"),
        Binding("f6", "add_bot", "Add a bot", id="setup.bot", tooltip="Let a bot take one more seat"),
        Binding("pagedown", "read(1)", show=False, priority=True, id="setup.down", tooltip="Move down on the right"),
        Binding("pageup", "read(-1)", show=False, priority=True, id="setup.up", tooltip="Move up on the right"),
        Binding("escape", "back", "Back", id="setup.back", tooltip="Go back; the names are kept"),
    ]

    def __init__(self, bundle: Bundle, names: Sequence[str] = (), minutes: int | None = None) -> None:
        super().__init__()
        self._bundle = bundle
        self._minutes = minutes
        self._seating = Seating()
        self._bots_chosen = False
        """Bots were added or removed by hand, so their number is not changed any more."""
        self._unnamed = bundle.scenario.alone and not names
        """Nobody needs to type a name to play alone; until somebody does, `You` plays."""
        self._draft = Draft()
        self.heading = bundle.scenario.title
        for name in (_YOU,) if self._unnamed else names:
            known = self._seating.knows(name)
            self._seating = self._seating.add(self._seating.another(name) if known else name)

    def body(self) -> ComposeResult:
        """Who and how long on the left, the plan on the right."""
        cases = self._bundle.scenario.cases
        with Horizontal():
            with Vertical(id="left"):
                yield Static("Who is here?", classes="section", markup=False)
                yield NameField(placeholder="Names, commas between", id="names")
                yield Static("", id="about-people", classes="said", markup=False)
                yield People(id="people")
                with Horizontal(classes="row"):
                    yield Label("Minutes")
                    minutes = str(self._minutes or "")
                    yield Input(minutes, placeholder="as written", type="integer", max_length=3, id="minutes")
                yield Static("", id="about-minutes", classes="said", markup=False)
                if len(cases) > 1:
                    with Horizontal(classes="row"):
                        yield Label("First case")
                        options = [(case.title, number) for number, case in enumerate(cases)]
                        yield Select(options, value=0, allow_blank=False, compact=True, id="first-case")
            with Vertical(id="right"):
                with VerticalScroll(id="plan", can_focus=False):
                    yield Static(id="overview", markup=False)
                yield Button("Start", id="start", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin where names are typed."""
        self.query_one("#names").focus()
        self._seat(self._seating)

    # -- people

    def _seat(self, seating: Seating, said: str = "") -> None:
        """Seat these people, let bots join somebody who is alone, and show what follows."""
        if not self._bots_chosen:
            alone = len(seating.names) == 1
            bots = self._bundle.scenario.smallest_table - 1 if alone else 0
            if bots != seating.bots:
                seating = seating.with_bots(bots)
            if alone and bots:
                said = "You are alone, so bots take the other seats." if bots > 1 else "A bot takes the other seat."
        self._seating = seating
        self.query_one(People).show([seat.name for seat in seating.seats()])
        self._plan(said)

    @on(Input.Submitted, "#names")
    @work(exclusive=True, group="names")
    async def _names_typed(self) -> None:
        await self._add_typed()

    async def _add_typed(self) -> None:
        """Add what stands in the field; a name that is here already is never taken for the same person unasked."""
        field = self.query_one("#names", Input)
        names, field.value = split_names(field.value), ""
        if names and self._unnamed:
            self._unnamed, self._seating = False, Seating()
        for name in names:
            chosen: str | None = name
            if self._seating.knows(name):
                chosen = await self._ask_twice(name)
            if chosen:
                self._seat(self._seating.add(chosen))

    async def _ask_twice(self, name: str) -> str | None:
        other = self._seating.another(name)
        question = Question(
            f"{name} is on the list already.",
            f"Is this another person of the same name? Then we call her or him “{other}”.",
            yes=f"Yes, add {other}",
            no="No, the same person",
        )
        return other if await self.app.push_screen_wait(question) else None

    @on(People.Swapped)
    def _swap(self, event: People.Swapped) -> None:
        names = [seat.name for seat in self._seating.seats()]
        self._bots_chosen = self._bots_chosen or self._seating.bots > 0
        self._seat(self._seating.swap(event.one, event.other), f"{names[event.one]} ⇄ {names[event.other]}")

    @on(People.Removed)
    def _remove(self, event: People.Removed) -> None:
        self._bots_chosen = self._bots_chosen or self._seating.places[event.place] is None
        self._seat(self._seating.remove(event.place))

    def action_add_bot(self) -> None:
        """One more bot."""
        self._bots_chosen = True
        self._seat(self._seating.add(None))

    def _typed(self) -> tuple[str, ...]:
        """The names that somebody typed."""
        return () if self._unnamed else self._seating.names

    # -- the plan

    @on(Input.Changed, "#minutes")
    @on(Select.Changed, "#first-case")
    def _replan(self) -> None:
        self._plan()

    def _plan(self, said: str = "") -> None:
        """Plan anew, and show who plays what, or what is in the way."""
        typed = self.query_one("#minutes", Input).value
        self._minutes = int(typed) if typed.isdecimal() else None
        first_case = next((int(str(select.value)) for select in self.query(Select)), 0)
        self._draft = draft(self._bundle.scenario, self._seating, self._minutes, first_case)
        plan = self._draft.plan
        in_the_way = self._draft.people if self._seating.places else _BEGIN
        self._say_at("#about-people", said or in_the_way, bool(self._draft.people and self._seating.places))
        self._say_at("#about-minutes", self._draft.minutes, True)
        names = {seat.id: seat.name for seat in self._seating.seats()}
        self.query_one("#overview", Static).update(overview(plan, self._bundle.scenario, names) if plan else _EMPTY)
        self.query_one("#start", Button).disabled = not self._draft.fits
        planned = f"{say_duration(plan.planned_seconds)} planned" if plan and self._draft.fits else ""
        self.aside = f"{planned} of {self._minutes}m" if planned and self._minutes else planned

    def _say_at(self, place: str, words: str, problem: bool) -> None:
        """Say something where it is to be mended, or say nothing and take no room."""
        static = self.query_one(place, Static)
        static.update(words)
        static.set_class(problem, "problem")
        static.set_class(not words, "empty")

    # -- on and back

    def action_read(self, way: int) -> None:
        """Move through the plan."""
        turn_page(self.query_one("#plan"), way)

    @on(Button.Pressed, "#start")
    @work(exclusive=True, group="names")
    async def action_start(self) -> None:
        """Open the session and go to its stage."""
        await self._add_typed()
        if self._draft.plan is None or not self._draft.fits:
            sentence = self._draft.minutes or self._draft.people
            self.notify(sentence, severity="warning", markup=False)
            self.query_one("#minutes" if self._draft.minutes else "#names").focus()
            return
        from roleplay.tui.screens.stage import StageScreen

        desk, seats = self.desk, self._seating.seats()
        try:
            runner = open_session(
                desk.store, desk.writer, self._bundle, self._draft.plan, seats, clock=desk.make_clock(0.0)
            )
        except CommandProblem as problem:
            self.say(problem)
            return
        names = self._typed()
        self.app.push_screen(StageScreen(runner), lambda _: self.leave(names))

    @work(exclusive=True, group="names")
    async def action_back(self) -> None:
        """Go back with the names, or ask where they would be lost."""
        typed = split_names(self.query_one("#names", Input).value)
        names = (*self._typed(), *(name for name in typed if not self._seating.knows(name)))
        if names and len(self.app.screen_stack) == 1:
            question = Question("Close the program?", "The names you typed are not kept.", yes="Stay here", no="Close")
            if await self.app.push_screen_wait(question):
                return
        self.leave(names)
