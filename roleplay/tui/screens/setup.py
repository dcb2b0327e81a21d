"""Before a session: what it is about, who is there, how much time there is, and who plays what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label, Static

from roleplay.conduct import expected
from roleplay.conduct.clock import wall_now
from roleplay.conduct.names import split_names
from roleplay.conduct.opening import open_session
from roleplay.conduct.series import SeriesRun
from roleplay.content.bundle import Bundle
from roleplay.content.durations import say_duration
from roleplay.problems import CommandProblem
from roleplay.tui.describe import say_empty
from roleplay.tui.grouping import Grouping
from roleplay.tui.preparing import Preparing, guests_of
from roleplay.tui.screens.arranging import ArrangingScreen
from roleplay.tui.screens.base import Question, turn_page
from roleplay.tui.screens.blanks import BlanksScreen
from roleplay.tui.screens.earlier import Noticed
from roleplay.tui.seating import Draft, Place
from roleplay.tui.widgets.carried import tell_carried
from roleplay.tui.widgets.choice_row import ChoiceRow
from roleplay.tui.widgets.overview import overview
from roleplay.tui.widgets.people import People
from roleplay.tui.widgets.record_row import RecordRow

_BEGIN = "Write one name or several, then press Enter."
_EMPTY = "Here you will see who plays what, as soon as enough people are on the list."
_MAKING = "Making groups…"
_MISFIT = "Here you will see who plays what, as soon as the roles fit."


class SetupScreen(ArrangingScreen):
    """Sets up a session of one scenario; left again, it hands back the people that were named."""

    HELP = """\
Write who is here: a name, or several with commas between them, then Enter. A list with a name on each line can be \
pasted. The order decides who begins with which role; on the right you see who plays what.

To swap two people, choose one in the list with Space or a click, then the other. Where people keep one role, R, or \
a click on the role, gives somebody another one.

F3 takes the people of an earlier session, who are then known again, or a class list from a file.

With more people than fit at one table, groups are formed: people meet others than before, as far as numbers and \
wishes allow. F8 forms other groups; the seed tells them apart, and the same seed gives the same groups. F7 leads to \
the attendance. Choose somebody with Space, go to somebody else, and press Space to swap the two, T to keep them \
together, or A to keep them apart. What that costs is said above the list, and Ctrl+Z takes it back.

Where a scenario asks questions, F2 leads to them. F6 lets a bot take one more seat.

Whoever was here before is asked about and never taken for somebody unasked; W, or a click, changes what was said.

Where conversations can be recorded, F4 says that everybody is asked after Start. Without it nobody is asked, and \
nothing is recorded.

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
    SetupScreen #questions, SetupScreen .asks { width: 1fr; background: $surface; color: $foreground; }
    SetupScreen #questions:focus, SetupScreen .asks:focus { background: $primary; color: $background; }
    SetupScreen #right { width: 1fr; }
    SetupScreen #plan { height: 1fr; padding: 0 2; }
    SetupScreen #carried { margin: 0 0 1 0; }
    SetupScreen #start { margin: 1 0 0 2; width: auto; min-width: 24; }
    SetupScreen.-wide #left { width: 44; padding: 0 2 0 1; }
    SetupScreen.-wide #plan { padding: 0 4; }
    SetupScreen.-wide #start { margin: 1 0 1 4; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "start", "Start", priority=True, id="setup.start", tooltip="Open the session with these people"),
        Binding("f2", "ask", show=False, id="setup.questions", tooltip="Answer what this scenario asks"),
        Binding("f4", "record", show=False, id="setup.record", tooltip="Ask everybody whether it may be recorded"),
        Binding("f6", "add_bot", show=False, id="setup.bot", tooltip="Let a bot take one more seat"),
        Binding("pagedown", "read(1)", show=False, priority=True, id="setup.down", tooltip="Move down on the right"),
        Binding("pageup", "read(-1)", show=False, priority=True, id="setup.up", tooltip="Move up on the right"),
        Binding("escape", "back", "Back", id="setup.back", tooltip="Go back; the names are kept"),
    ]

    def __init__(
        self,
        bundle: Bundle,
        names: Sequence[str | Place] = (),
        minutes: int | None = None,
        series: SeriesRun | None = None,
        occasion: str | None = None,
        grouping: Grouping | None = None,
        call: bool = False,
        noticed: Sequence[str] = (),
    ) -> None:
        """Begin a setup.

        Args:
            bundle: what is played.
            names: who is expected.
            minutes: how much time there is.
            series: the series of which the bundle is a part.
            occasion: the set of cases.
            grouping: what is asked of the groups.
            call: a whole class is expected, and who of it is here is asked first.
            noticed: what there is to say about its list.
        """
        now = Preparing(bundle, series, minutes=minutes, chosen_occasion=occasion, grouping=grouping or Grouping())
        super().__init__(now, names)
        self._call_first = call
        self._noticed = noticed
        self._draft = Draft()
        self._told_empty: tuple[str, ...] = ()
        """The questions of which Start has said that they are still empty."""
        self.heading = self._now.heading

    def body(self) -> ComposeResult:
        """Who and how long on the left, the plan on the right."""
        with Horizontal():
            with Vertical(id="left"):
                yield from self.gathering()
                with Horizontal(classes="row", id="questions-row"):
                    yield Label("Questions")
                    yield Button("", id="questions", compact=True)
                yield from self.arranging()
                yield ChoiceRow("Part", "part")
                yield ChoiceRow("Occasion", "occasion")
                yield ChoiceRow("First case", "first-case")
                with Horizontal(classes="row"):
                    yield Label("Minutes")
                    minutes = str(self._now.minutes or "")
                    yield Input(minutes, placeholder="as written", type="integer", max_length=3, id="minutes")
                yield Static("", id="about-minutes", classes="said", markup=False)
                yield RecordRow(self._now.scenario)
            with Vertical(id="right"):
                with VerticalScroll(id="plan", can_focus=False):
                    yield Static(id="carried", markup=False)
                    yield Static(id="overview", markup=False)
                yield Button("Start", id="start", variant="primary", compact=True)

    # -- what it is about

    async def ask_first(self) -> None:
        """Say what was noticed in the list, ask what the scenario asks, and then who is here."""
        if self._noticed:
            await self.app.push_screen_wait(Noticed(self._noticed))
        if self._now.scenario.blanks:
            await self._answer()
        if self._call_first and len(self._now.room.sizes) > 1:
            await self._call()

    @on(Button.Pressed, "#questions")
    @work(exclusive=True, group="names")
    async def action_ask(self) -> None:
        """Answer the questions, or change the answers."""
        await self._answer()

    async def _answer(self) -> None:
        answers = await self.app.push_screen_wait(BlanksScreen(self._now.scenario, self._now.answers))
        self._now = replace(self._now, answers=answers or {})
        self.plan_anew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Most scenarios ask nothing, and want nothing recorded."""
        if action == "record":
            return any(row.can_ask for row in self.query(RecordRow))
        return bool(self._now.scenario.blanks) if action == "ask" else super().check_action(action, parameters)

    # -- the plan

    @on(ChoiceRow.Chosen, "#part-row")
    @work(exclusive=True, group="names")
    async def _choose_part(self, event: ChoiceRow.Chosen) -> None:
        part, now = int(event.value), self._now
        if now.offer.open and part not in now.offer.open:
            question = Question(
                f"Part {part} is not open yet.", now.offer.why, yes=f"Stay with part {now.part}", no="Take it anyway"
            )
            if await self.app.push_screen_wait(question):
                self.plan_anew()
                return
        self._now = replace(now, chosen_part=part)
        self._seat(self._now.seating)

    @on(ChoiceRow.Chosen, "#occasion-row")
    def _choose_occasion(self, event: ChoiceRow.Chosen) -> None:
        self._now = replace(self._now, chosen_occasion=str(event.value), chosen_case=None)
        self._seat(self._now.seating)

    @on(ChoiceRow.Chosen, "#first-case-row")
    def _choose_case(self, event: ChoiceRow.Chosen) -> None:
        self._now = replace(self._now, chosen_case=int(event.value))
        self.plan_anew()

    @on(Input.Changed, "#minutes")
    def _choose_minutes(self, event: Input.Changed) -> None:
        self._now = replace(self._now, minutes=int(event.value) if event.value.isdecimal() else None)
        self.plan_anew()

    def plan_anew(self, said: str = "") -> None:
        """Plan anew, and show who plays what, or what is in the way."""
        now, wall = self._now, wall_now()
        self._draft = Draft() if self.making else now.draft
        plan = self._draft.plan
        self.heading = now.heading
        self.query_one(People).show(list(now.guests(self._people, wall)))
        in_the_way = self._draft.people if now.seating.places else ""
        said = _MAKING if self.making else said
        self._say_at("#about-people", in_the_way or said or ("" if now.seating.places else _BEGIN), bool(in_the_way))
        self._say_at("#about-minutes", self._draft.minutes, True)
        self.query_one("#part-row", ChoiceRow).offer(now.parts, now.part, now.offer.why)
        self.query_one("#occasion-row", ChoiceRow).offer(now.occasions, now.occasion or "")
        fresh = "a fresh case for these people" if now.fresh else ""
        self.query_one("#first-case-row", ChoiceRow).offer(now.cases, now.first_case, fresh)
        self.show_arranging()
        self.query_one("#questions-row").display = bool(now.scenario.blanks)
        asked, empty = len(now.scenario.blanks), len(now.still_empty)
        self.query_one("#questions", Button).label = f"{asked - empty} of {asked} · F2"
        names = {seat.id: seat.name for seat in now.seating.seats()}
        carried = self.query_one("#carried", Static)
        carried.update(tell_carried(now.back.carried, names, wall))
        carried.display = bool(now.back.carried)
        empty_words = _MISFIT if now.seating.held else _EMPTY
        shown = overview(plan, now.filled, names, now.room.notes()) if plan else "" if self.making else empty_words
        self.query_one("#overview", Static).update(shown)
        self.query_one("#start", Button).disabled = not self._draft.fits
        planned = f"{say_duration(plan.planned_seconds)} planned" if plan and self._draft.fits else ""
        self.aside = f"{planned} of {now.minutes}m" if planned and now.minutes else planned

    def _say_at(self, place: str, words: str, problem: bool) -> None:
        """Say something where it is to be mended, or say nothing and take no room."""
        static = self.query_one(place, Static)
        static.update(words)
        static.set_class(problem, "problem")
        static.set_class(not words, "empty")

    def action_record(self) -> None:
        """Everybody is asked after Start, or nobody is."""
        self.query_one(RecordRow).turn()

    # -- on and back

    def action_read(self, way: int) -> None:
        """Move through the plan."""
        turn_page(self.query_one("#plan"), way)

    @on(Button.Pressed, "#start")
    @work(exclusive=True, group="names")
    async def action_start(self) -> None:
        """Open the session and go to its first screen."""
        await self._add_typed()
        await self.formed()
        if self._draft.plan is None or not self._draft.fits:
            sentence = self._draft.minutes or self._draft.people
            self.notify(sentence, severity="warning", markup=False)
            mended = "#people" if self._now.seating.held else "#names"
            self.query_one("#minutes" if self._draft.minutes else mended).focus()
            return
        empty = self._now.still_empty
        if empty and empty != self._told_empty:
            self._told_empty = empty
            self.notify(say_empty(empty), markup=False)
            self.query_one("#questions").focus()
            return
        from roleplay.tui.screens.facilitator import leading_screen

        self._introduce()
        desk, now = self.desk, self._now
        try:
            runner = open_session(
                desk.store,
                desk.writer,
                now.bundle,
                self._draft.plan,
                now.seating.seats(),
                clock=desk.make_clock(0.0),
                blanks=now.answers,
                occasion=now.occasion,
                series=now.run.id if now.run else None,
            )
        except CommandProblem as problem:
            self.say(problem)
            return
        people = self._named()
        self.app.clear_notifications()
        drafts = {}
        if now.absent:
            drafts[expected.KEY] = expected.expected_draft(guests_of(now.absent))
            desk.writer.save_draft(runner.session, expected.KEY, drafts[expected.KEY])
        stage = leading_screen(runner, drafts)
        stage.asks_first = self.query_one(RecordRow).wished
        self.app.push_screen(stage, lambda _: self.leave(people))

    @work(exclusive=True, group="names")
    async def action_back(self) -> None:
        """Go back with the names, or ask where something would be lost."""
        typed = split_names(self.query_one("#names", Input).value)
        people = (*self._named(), *(Place(name) for name in typed if not self._now.seating.knows(name)))
        last = len(self.app.screen_stack) == 1
        if self._now.answers or (people and last):
            lost = "Your answers are not kept." if self._now.answers else "The names you typed are not kept."
            question = Question(
                "Close the program?" if last else "Go back?", lost, yes="Stay here", no="Close" if last else "Go back"
            )
            if await self.app.push_screen_wait(question):
                return
        self.leave(people)
