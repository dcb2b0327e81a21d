"""Looking back at a conversation: its picture, its figures, and what was said and marked, to be heard and corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Button, Input, OptionList

from roleplay.content.durations import say_clock
from roleplay.problems import CommandProblem
from roleplay.session.state import FACILITATOR
from roleplay.tui import moments as m
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.correct import CorrectScreen
from roleplay.tui.screens.handover import open_private
from roleplay.tui.screens.review_page import ReviewPage
from roleplay.tui.widgets.moment_list import MomentList


class ReviewScreen(ReviewPage):
    """Where somebody who was there, or the facilitator, listens to a conversation and reads it."""

    HELP = """\
What was said in this conversation, and what was marked, by time. Above stands the picture: a lane for each voice, the \
taller the block the more of that moment was spoken; what was not recorded is hatched. The letters below are the \
markers.

Enter or space plays from the chosen moment, and stops again; ← and → go back or on by five seconds, since a marker is \
often tapped a little after what it is about. m goes to the next marker, / looks for words, n and N go on to where \
they stand next or before.

The words were written down by a machine on this computer, and machines mishear. Whoever said a line can correct it: e \
opens it. What was heard at first is kept, and o shows it.

f shows the figures and how each was got. Where nobody could know who spoke, there are none.

t has the words written down where that was not done yet, or did not work. [ and ] go to another conversation or take.

You see only conversations you were in, after they are over. Nobody sees this on the projector."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Done", id="private.done", tooltip="Leave this screen"),
        Binding("slash", "find", "Find", key_display="/", id="review.find", tooltip="Look for words"),
        Binding("n", "found(1)", "Next", show=False, id="review.next", tooltip="Where these words stand next"),
        Binding("N", "found(-1)", "Before", show=False, id="review.before", tooltip="Where these words stood before"),
        Binding("m", "mark", "Mark", id="review.mark", tooltip="The next marker"),
        Binding("e", "correct", "Edit", id="review.correct", tooltip="Correct what was said"),
        Binding("o", "originals", "Heard", show=False, id="review.original", tooltip="What was heard at first, or not"),
        Binding("f", "figures", "Figures", id="review.figures", tooltip="Who spoke how much, and how that is known"),
        Binding("t", "transcribe", "Write", id="review.transcribe", tooltip="Have it written down, or try again"),
        Binding(
            "left_square_bracket", "other(-1)", "Other", show=False, key_display="[", id="review.earlier",
            tooltip="The conversation or take before",
        ),
        Binding(
            "right_square_bracket", "other(1)", "Next", key_display="]", id="review.later",
            tooltip="The next conversation or take",
        ),
    ]  # fmt: skip

    # Listening

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        position = self.listening.position
        if position is not None and event.option_index != m.moment_at(self.review.moments, position):
            self.follows = None
        self.paint_position()

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#play")
    async def _pressed(self, event: OptionList.OptionSelected | Button.Pressed) -> None:
        event.stop()
        await self._play_or_stop()

    async def _play_or_stop(self) -> None:
        """Play from the chosen row; where it is the one that is heard, be silent."""
        position, chosen = self.listening.position, self.chosen
        if position is not None and (self.follows is not None or self.at == m.moment_at(self.review.moments, position)):
            await self.listening.stop()
            self.paint_position()
        else:
            await self._play(chosen.into if chosen is not None else 0.0, self.at)

    async def action_seek(self, by: int) -> None:
        """So many seconds before what is heard, or after it; where nothing is heard, of the chosen row."""
        position = self.listening.position
        if position is not None:
            # Whoever reads elsewhere meanwhile goes on doing so.
            await self._play(max(0.0, position + by), None if self.follows is None else -1)
        elif self.chosen is not None and self.chosen.into is not None:
            await self._play(max(0.0, self.chosen.into + by), self.at)

    async def _play(self, into: float | None, follows: int | None) -> None:
        self.tell("")
        if into is None:
            self.tell("This mark was made on paper, without its time.")
            return
        try:
            sound = await self.listening.play(self.review, into)
        except CommandProblem as problem:
            self.tell(f"{problem.sentence} {problem.mend}".strip())
            return
        if sound is None:
            self.tell(self.review.standing(self.listening.here(self.review)) or "Nothing was recorded from here on.")
        elif sound.into - into >= 1:
            self.tell(f"Nothing was recorded here; sound goes on at {say_clock(sound.into)}.")
        self.follows = follows if sound is not None else None
        self.paint_position()

    # Finding

    def action_find(self) -> None:
        """Look for words."""
        line = self.query_one("#find", Input)
        line.add_class("-shown")
        line.focus()

    @on(Input.Submitted, "#find")
    def _searched(self, event: Input.Submitted) -> None:
        event.stop()
        self.found = event.value.strip()
        self._close_search()
        self.paint()
        if self.found and not self._go_to(m.search(self.review.moments, self.found, self.at - 1)):
            self.tell(f"“{self.found}” stands nowhere here.")

    def _close_search(self) -> None:
        self.query_one("#find", Input).remove_class("-shown")
        self.query_one(MomentList).focus()

    def action_found(self, way: int) -> None:
        """Where the words stand next, or before."""
        self._go_to(m.search(self.review.moments, self.found, self.at, way))

    def action_mark(self) -> None:
        """The next marker."""
        self._go_to(m.next_mark(self.review.moments, self.at))

    def _go_to(self, number: int | None) -> bool:
        if number is None:
            return False
        self.tell("")
        self.follows = None
        self.query_one(MomentList).highlighted = number
        return True

    # What else the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - as Textual's
        """A key is gone where there is nothing for it."""
        if not self.is_mounted:
            return True
        match action:
            case "found":
                return bool(self.found)
            case "mark":
                return bool(self.review.marks)
            case "correct":
                return any(moment.line for moment in self.review.moments)
            case "originals":
                return any(moment.original for moment in self.review.moments)
            case "figures":
                return bool(self.review.talk.figures)
            case "transcribe":
                return bool(self.review.unwritten)
            case "other":
                return len(self.places) > 1
        return True

    def action_originals(self) -> None:
        """What was heard, below what it was corrected to; or not."""
        self.originals = not self.originals
        self.paint()

    def action_figures(self) -> None:
        """The figures in full, or in short."""
        self.in_full = not self.shows_figures
        self.paint()
        self.query_one("#table" if self.has_class("-reading") else MomentList).focus()

    async def action_other(self, way: int) -> None:
        """Another conversation, or another take."""
        await self.listening.stop()
        found = self.places
        self.place = found[(found.index(self.place) + way) % len(found)]
        self.track_id, self.step_id = self.place.track, self.place.step
        self.tell("")
        self.paint()
        self.query_one(MomentList).highlighted = 0

    def action_transcribe(self) -> None:
        """Have it written down now, or once more."""
        here = self.listening.here(self.review)
        if wanted := [one.id for one in self.review.unwritten if one.id in here]:
            self.queue.ask(self.runner.session, wanted)
        self.paint()

    def action_correct(self) -> None:
        """Correct the chosen line."""
        self.run_worker(self._correct(), group="private", exclusive=True)

    async def _correct(self) -> None:
        chosen = self.chosen
        if chosen is None or chosen.line is None:
            self.tell("What was said can be corrected. Choose a line first.")
            return
        people = self.review.correctors(chosen.line)
        if self.person in people:
            await self._open_correction(self.person, chosen)
        elif self.person != FACILITATOR or not people:
            self.tell(f"Whoever said it can correct it: {' or '.join(map(self.runner.name, people)) or 'nobody here'}.")
        elif (by := await self._choose(people)) is not None:
            await open_private(self.app, self.runner, by, lambda: CorrectScreen(self.runner, by, self.review, chosen))

    async def _choose(self, people: Sequence[str]) -> str | None:
        """Who corrects; where it can be only one, nobody is asked."""
        if len(people) == 1:
            return people[0]
        entries = [(person, self.runner.name(person)) for person in people]
        return await self.app.push_screen_wait(Choose("Who corrects it?", entries))

    async def _open_correction(self, person: str, chosen: m.Moment) -> None:
        await self.app.push_screen_wait(CorrectScreen(self.runner, person, self.review, chosen))

    async def action_done(self) -> None:
        """Leave the search first, then the screen."""
        if self.query_one("#find", Input).has_focus:
            self._close_search()
            return
        await self.listening.stop()
        await super().action_done()
