"""A sheet of paper, typed in with as few keys as there are marks on it: tallies, a digit for each level, then Enter."""

from __future__ import annotations

from textwrap import shorten
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from roleplay.conduct.drafts import DraftAnswer
from roleplay.conduct.runner import Runner
from roleplay.content.rubric import Criterion, Prompt, Rubric
from roleplay.content.scales import CountScale, TextScale
from roleplay.problems import CommandProblem
from roleplay.session.commands import SendForm
from roleplay.tui import sheets
from roleplay.tui.class_view import say_place
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.sheets import Sheet, Tally, Typed
from roleplay.tui.widgets.saved import DraftKeeper
from roleplay.tui.widgets.tallies import tally_rows

_AROUND = 3
"""Cells beside the sheet: its edges, and those of what scrolls."""

Field = Literal["marks", "send"] | Criterion | Prompt


class SheetScreen(RoleplayScreen[bool]):
    """Where the facilitator types in one sheet; true once it was sent."""

    AUTO_FOCUS = ""
    HELP = """\
Type what stands on the sheet. First the marks: press a mark's letter once for each time it stands there. Where a time \
is written beside it, type the time first: 3:12 and then the letter. ⌫ takes the last one back. Enter goes on.

Then each level: its digit, and the next one follows; n is “not observed”. Some levels need evidence: marks that \
belong to them count, otherwise you are asked for the words that were heard.

Open questions may stay empty, unless the sheet needs them. Enter at the end sends the sheet, and the next one \
follows. ↑ and ↓ go back to something, esc leaves the sheet; what you \
typed is there again when you come back to it."""

    DEFAULT_CSS = """
    SheetScreen #fields { height: 1fr; padding: 0 1; }
    SheetScreen #sheet { height: auto; }
    SheetScreen #hint { height: auto; max-height: 2; padding: 0 1; color: $text-accent; }
    SheetScreen #entry { background: $panel; margin: 0 1 1 1; display: none; }
    SheetScreen #entry.-shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "on", "Go on", id="sheet.on", tooltip="Go on to the next field, or send"),
        Binding("down", "move(1)", "Next", id="sheet.next", tooltip="The next field"),
        Binding("up", "move(-1)", "Back", id="sheet.back", tooltip="The field before"),
        Binding("backspace", "unmark", "Unmark", id="sheet.unmark", tooltip="Take the last mark back"),
        Binding("escape", "away", "Leave", id="sheet.leave", tooltip="Leave the sheet; what was typed is kept"),
    ]

    def __init__(self, runner: Runner, sheet: Sheet, left: int = 1) -> None:
        """`left` sheets are still to be typed in, this one included."""
        super().__init__()
        self.runner, self.sheet = runner, sheet
        self.typed = sheets.begun(runner.state, sheet)
        self.rubric: Rubric = runner.state.setting.bundle.rubrics[sheet.due.rubric]
        marks: list[Field] = ["marks"] if sheet.play is not None and self.rubric.markers else []
        self.fields: tuple[Field, ...] = (*marks, *self.rubric.asked, *self.rubric.prompts, "send")
        self._at = 0
        self._moment = ""
        self._quoting = False
        self._keeper = DraftKeeper(
            self,
            lambda body: self.desk.writer.save_draft(runner.session, sheets.kept_under(sheet), body),
            lambda _: None,
        )
        due, track = sheet.due, runner.state.tracks[sheet.track]
        self.heading = f"{runner.name(due.by)} about {runner.name(due.about)} · {self.rubric.title}"
        more = f" · {left} left" if left > 1 else ""
        self.aside = f"{track.title} · {say_place(track, track.planned(due.step))}{more}"

    def body(self) -> ComposeResult:
        """All fields, what the keys do here, and a line for words."""
        with VerticalScroll(id="fields", can_focus=False):
            yield Static(id="sheet", markup=False)
        yield Static(id="hint", markup=False)
        yield Input(id="entry")

    def on_resize(self) -> None:
        """As wide as there is space for."""
        self._paint()

    def on_mount(self) -> None:
        """Begin at the top, with what was typed in before."""
        body = self.desk.store.drafts(self.runner.session).get(sheets.kept_under(self.sheet))
        self.typed = sheets.read_kept(body) or self.typed
        self._go_to(0)

    def on_unmount(self) -> None:
        """Keep what is left when the program ends in the middle."""
        self._keeper.queue()

    def _keep(self, typed: Typed) -> None:
        self.typed = typed
        self._keeper.change(sheets.to_keep(typed))

    @property
    def field(self) -> Field:
        """Where one types."""
        return self.fields[self._at]

    # Painting

    def _paint(self) -> None:
        lines: list[Content] = []
        for number, field in enumerate(self.fields):
            lines += self._lines(field, number == self._at)
        self.query_one("#sheet", Static).update(Content("\n").join(lines))
        self.query_one("#hint", Static).update(self._hint())
        before = sum(len(self._lines(field, False)) for field in self.fields[: self._at])
        holder = self.query_one("#fields")
        holder.scroll_to(y=max(0, before - holder.size.height // 2), animate=False)

    def _lines(self, field: Field, here: bool) -> list[Content]:
        mark, style = ("▸ ", "bold") if here else ("  ", "")
        if field == "marks":
            return [*self._marks(here), Content("")]
        if field == "send":
            return [Content(""), Content.styled(f"{mark}Send this sheet", style)]
        if isinstance(field, Prompt):
            words = self.typed.prompts.get(field.id, "")
            # Only the question that one is at is read in full.
            ask = field.ask if here else shorten(field.ask, max(20, self.size.width - 6), placeholder="…")
            return [Content.styled(mark + ask, style), *([Content(f"    {words}")] if words else [])]
        told = self._say_answer(field)
        return [Content.assemble((f"{mark}{field.title:<44} ", style), (told or "·", "bold" if told else "dim"))]

    def _marks(self, here: bool) -> list[Content]:
        head = Content.styled("▸ Marks" if here else "  Marks", "bold" if here else "")
        return [head, *tally_rows(self.rubric.markers, self.typed.tallies, self.size.width - _AROUND)]

    def _say_answer(self, criterion: Criterion) -> str:
        answer = self.typed.answers.get(criterion.id)
        if answer is None:
            return ""
        if not answer.observed:
            return "not observed"
        said = answer.text or self.rubric.scale_of(criterion).describe(answer.value)
        return f"{said}, “{answer.quote}”" if answer.quote else said

    def _hint(self) -> str:
        field = self.field
        if field == "marks":
            time = f"at {self._moment} – now the letter of the mark. " if self._moment else ""
            return (
                f"{time}A letter for each mark; a time first, as 3:12, where one is written. Enter: on to the levels."
            )
        if field == "send":
            waits = sheets.still_missing(self.runner.state, self.sheet, self.typed)
            if waits:
                first = waits[0]
                return f"Still open: {first.title if isinstance(first, Criterion) else first.ask} Enter goes there."
            return "Enter sends this sheet."
        if self._quoting:
            return "This level needs evidence, and no mark belongs to it: type the words that were heard, then Enter."
        if isinstance(field, Prompt):
            return "Type what is written, then Enter." + (" It may stay empty." if field.optional else "")
        choices = sheets.choices_of(self.rubric, field)
        return f"{choices}   n not observed" if choices else "Type it, then Enter. Left empty it is not observed."

    # Going on

    def _go_to(self, number: int, quoting: bool = False) -> None:
        self._at, self._quoting = max(0, min(len(self.fields) - 1, number)), quoting
        field, entry = self.field, self.query_one("#entry", Input)
        wants = quoting or isinstance(field, Prompt) or (isinstance(field, Criterion) and self._is_open(field))
        entry.set_class(wants, "-shown")
        if wants:
            entry.value = self._words_of(field)
            entry.focus()
        else:
            self.set_focus(None)
        self._paint()
        self.refresh_bindings()

    def _is_open(self, criterion: Criterion) -> bool:
        return isinstance(self.rubric.scale_of(criterion), CountScale | TextScale)

    def _words_of(self, field: Field) -> str:
        if isinstance(field, Prompt):
            return self.typed.prompts.get(field.id, "")
        answer = self.typed.answers.get(field.id) if isinstance(field, Criterion) else None
        if answer is None or not answer.observed:
            return ""
        return answer.quote if self._quoting else answer.text or str("" if answer.value is None else answer.value)

    def on_key(self, event: events.Key) -> None:
        """A letter is a mark, a digit a level, or part of a time."""
        key, field = event.character or "", self.field
        if self.focused is not None or not key.strip():
            return
        if field == "marks" and self._mark(key.lower()):
            event.stop()
        elif isinstance(field, Criterion) and (answer := sheets.answer_for(self.rubric, field, key.lower())):
            event.stop()
            self._answer(field, answer)

    def _mark(self, key: str) -> bool:
        marker = sheets.marker_for(self.rubric, key)
        if marker is not None and not (self._moment and key.isdecimal()):
            self._keep(self.typed.marked(Tally(marker.id, sheets.read_moment(self._moment))))
            self._moment = ""
        elif (key.isdecimal() or key == ":") and len(self._moment) < 6:
            self._moment += key
        else:
            return False
        self._paint()
        return True

    def _answer(self, criterion: Criterion, answer: DraftAnswer) -> None:
        self._keep(self.typed.answered(criterion.id, answer))
        lacks = sheets.lacks_evidence(self.runner.state, self.sheet, self.typed, criterion)
        self._go_to(self._at + (not lacks), quoting=lacks)

    @on(Input.Changed)
    def _wording(self, event: Input.Changed) -> None:
        event.stop()
        field, words = self.field, event.value.strip()
        if isinstance(field, Prompt) and event.value == event.input.value and words != self._words_of(field):
            self._keep(self.typed.worded(field.id, words))

    @on(Input.Submitted)
    def _worded(self, event: Input.Submitted) -> None:
        event.stop()
        words, field = event.value.strip(), self.field
        if isinstance(field, Prompt):
            self._keep(self.typed.worded(field.id, words))
        elif isinstance(field, Criterion):
            self._answer_in_words(field, words)
            return
        self._go_to(self._at + 1)

    def _answer_in_words(self, criterion: Criterion, words: str) -> None:
        if self._quoting and not words:
            # Without evidence another level has to be chosen.
            self._keep(self.typed.unanswered(criterion.id))
            self._go_to(self._at)
        elif self._quoting:
            self._answer(criterion, self.typed.answers[criterion.id].model_copy(update={"quote": words}))
        elif answer := sheets.answer_in_words(self.rubric, criterion, words):
            self._answer(criterion, answer)
        else:
            self.notify("Type a whole number.", markup=False)

    def action_unmark(self) -> None:
        """Take the last sign of a time back, or the last mark."""
        if self.field == "marks":
            if self._moment:
                self._moment = self._moment[:-1]
            else:
                self._keep(self.typed.unmarked())
            self._paint()

    def action_move(self, by: int) -> None:
        """Go to the next field or to the one before; words on the way are kept."""
        entry = self.query_one("#entry", Input)
        if isinstance(self.field, Prompt) and entry.has_class("-shown"):
            self._keep(self.typed.worded(self.field.id, entry.value.strip()))
        self._go_to(self._at + by)

    async def action_on(self) -> None:
        """Go on, or send."""
        if self.field != "send":
            self._go_to(self._at + 1)
            return
        waits = sheets.still_missing(self.runner.state, self.sheet, self.typed)
        if waits:
            self._go_to(self.fields.index(waits[0]))
            return
        self._keeper.queue()
        try:
            for command, texts in sheets.commands(self.runner.state, self.sheet, self.typed):
                done = (sheets.kept_under(self.sheet),) if isinstance(command, SendForm) else ()
                await self.runner.do(command, texts, drafts_done=done)
        except CommandProblem as problem:
            self.say(problem)
            return
        self.dismiss(True)

    async def action_away(self) -> None:
        """Leave; what was typed in so far is kept."""
        try:
            await self._keeper.flush()
        except CommandProblem as problem:
            self.say(problem)
            self._keeper.drop()
            return
        self.dismiss(False)
