"""A form, or a forecast: one criterion after the other, then open questions, then a look at it all before sending.

What each level looks like stands beside it while one chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, ContentSwitcher, Static, TextArea

from roleplay.analysis.carried import Carried, carried_to
from roleplay.conduct.clock import wall_now
from roleplay.conduct.drafts import FormDraft, form_command, form_draft, form_key
from roleplay.conduct.history import continued_draft
from roleplay.conduct.runner import Runner
from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scales import AgreementScale
from roleplay.problems import CommandProblem
from roleplay.session.commands import SendForm
from roleplay.session.forms import FormDue, may_share, needs_evidence
from roleplay.session.texts import Text
from roleplay.tui.last_time import say_last_time
from roleplay.tui.screens.form_asked import asked_of, intro_of
from roleplay.tui.screens.form_review import Look, pages_of, readers_of
from roleplay.tui.screens.private import WritingScreen
from roleplay.tui.widgets.answers import ChoiceInput, WordsArea
from roleplay.tui.widgets.criterion import Asked, CriterionPage
from roleplay.tui.widgets.prompts import WORDS, WordsPage
from roleplay.tui.widgets.row_page import RowPage
from roleplay.tui.widgets.rows import Rows

REVIEW = "review"


class FormScreen(WritingScreen[FormDraft]):
    """Where somebody fills in a form that they are asked for."""

    HELP = """\
One criterion stands on each page, with what to look for and what each level looks like. Choose a level with its \
number, with the arrow keys and Enter, or with the mouse. "Not observed" (n) is an answer too; it is not a zero.

Some levels need evidence: a moment that was marked during the conversation, or the words you heard.

The last page shows everything before you send it. Whatever you have begun is kept while you write, also when you \
leave this screen. A form that was sent can be opened again and corrected; both versions stay.
"""
    DEFAULT_CSS = """
    FormScreen ContentSwitcher { height: 1fr; }
    FormScreen #review { padding: 1 2; & .muted { margin: 0 0 1 0; } }
    FormScreen.-wide CriterionPage { padding: 1 2; & .intro { margin: 0 0 1 0; } }
    FormScreen.-wide RowPage { padding: 1 2; & CriterionPage { padding: 0; } & WordsArea { min-height: 3; } }
    FormScreen.-wide WordsPage { padding: 1 2; & .muted, & WordsArea { margin: 0 0 1 0; } }
    FormScreen #send { display: none; }
    FormScreen #last-time { max-height: 9; padding: 0 1; color: $text-accent; }
    FormScreen.-wide #last-time { max-height: 12; padding: 1 2 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n,right", "turn(1)", "Next", id="form.next", tooltip="Go to the next page"),
        Binding("ctrl+p,left", "turn(-1)", "Previous", id="form.previous", tooltip="Go to the page before"),
    ]

    def __init__(self, runner: Runner, track: str, due: FormDue, person: str, carried: Sequence[Carried] = ()) -> None:
        self.due = due
        self._last_time = carried_to(carried, due)
        self.rubric: Rubric = runner.state.setting.bundle.rubrics[due.rubric]
        self.is_forecast = due.purpose == "forecast"
        self._about = "" if due.about_self else runner.name(due.about)
        super().__init__(runner, track, person, due.step, form_key(due), FormDraft())
        self.pages = [*pages_of(self.rubric, due), REVIEW]
        self.page = REVIEW
        """The page that is shown."""

    def what(self) -> str:
        """Which form, about whom."""
        if self.is_forecast:
            return "How do you think it will go?"
        return f"about {self._about} · {self.rubric.title}" if self._about else self.rubric.title

    def last_sent(self) -> FormDraft | None:
        """The newest version that was sent."""
        sent = next((form for form in self.view.forms if form.due.id == self.due.id), None)
        return form_draft(sent.last, self.runner.words) if sent else None

    def begin_with(self) -> FormDraft:
        """What was last written, where it is to be continued."""
        if self._last_time is None or self._last_time.carry == "next-step":
            return FormDraft()
        return continued_draft(self._last_time)

    def command(self) -> tuple[SendForm, list[Text]]:
        """What sends the draft."""
        return form_command(self.track_id, self.due, self.draft)

    # What is shown

    def content(self) -> ComposeResult:
        """The pages."""
        self.page = self._first_page()
        if self._last_time is not None and not self._corrects:
            yield Static(say_last_time(self._last_time, wall_now()), id="last-time", markup=False)
        with ContentSwitcher(initial=self.page):
            yield from self._answering()
            if WORDS in self.pages:
                yield WordsPage(self.rubric, self.draft, may_share(self.due, len(self.runner.state.people)))
            with VerticalScroll(id=REVIEW, can_focus=False):
                yield Static("", id="verdict", classes="section", markup=False)
                yield Static(readers_of(self.due, self._about), id="readers", classes="muted", markup=False)
                yield Rows(tuple(self.look.rows()), "go", id="overview")

    def _answering(self) -> Iterator[CriterionPage | RowPage]:
        rubric, given = self.rubric, self.draft.answers
        cells = [
            (f"page-{number}", self._asked(number), self._needs_evidence(criterion))
            for number, criterion in enumerate(rubric.asked)
        ]
        if rubric.rows == 1:
            yield from (CriterionPage(asked, given.get(asked.criterion.id), needs, id) for id, asked, needs in cells)
            return
        wide = len(rubric.criteria)
        for row in range(1, rubric.rows + 1):
            intro = intro_of(self.due, rubric) if row == 1 else ""
            yield RowPage(row, rubric.rows, intro, cells[(row - 1) * wide : row * wide], given)

    def buttons(self) -> ComposeResult:
        """Turning pages, and sending on the last one."""
        yield Button("‹ Previous", id="previous", compact=True)
        yield Button("Next ›", id="next", compact=True)
        words = "Send correction" if self._corrects else "Send"
        yield Button(words, id="send", variant="primary", compact=True)

    @property
    def _corrects(self) -> bool:
        return self.due.id in self.track.forms

    def _asked(self, number: int) -> Asked:
        return asked_of(self.runner.state.setting, self.view, self.track, self.due, number)

    def _needs_evidence(self, criterion: Criterion) -> Callable[[object], bool]:
        return lambda value: needs_evidence(self.due, self.rubric, criterion, value)

    # Pages

    def _first_page(self) -> str:
        """The first page that still waits for an answer."""
        missing = next(iter(self.look.missing()), None)
        untouched = not self._corrects and self.draft in (FormDraft(), self.begin_with())
        return self.pages[0] if untouched else missing or REVIEW

    def on_mount(self) -> None:
        """Begin with the first page."""
        super().on_mount()
        self.turn_to(self.page)

    def turn_to(self, page: str) -> None:
        """Show a page."""
        self.page = self.query_one(ContentSwitcher).current = page
        number = self.pages.index(page)
        self.query_one("#previous").display = number > 0
        self.query_one("#next").display = page != REVIEW
        self.query_one("#send").display = page == REVIEW
        if page == REVIEW:
            self._paint_review()
        shown = self.query_one(f"#{page}")
        self._paint_rows()
        if isinstance(shown, CriterionPage | RowPage):
            shown.focus_first()
        elif page == WORDS:
            shown.query(WordsArea).first().focus()
        else:
            ready = not self.look.missing() and self.draft != self.last_sent()
            self.query_one("#send" if ready else "#overview").focus()
        # A field that takes the focus scrolls to itself once it is painted.
        self.call_after_refresh(shown.scroll_home, animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no page before the first one, and none after the last."""
        return not (action == "turn" and self.page == (REVIEW if parameters == (1,) else self.pages[0]))

    def action_turn(self, by: int) -> None:
        """Go on or back by a page."""
        number = self.pages.index(self.page) + by
        if 0 <= number < len(self.pages):
            # Keys may come faster than the news of what they changed.
            self._take_over()
            self.tell("")
            self.turn_to(self.pages[number])

    @on(Button.Pressed, "#next")
    def _next(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_turn(1)

    @on(Button.Pressed, "#previous")
    def _previous(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_turn(-1)

    def on_key(self, event: events.Key) -> None:
        """Choose a level by its number; inside a text the key has been used before it comes here."""
        around = self.focused.ancestors_with_self if self.focused else []
        asking = [self.query_one(f"#{self.page}"), *around]
        page = next((widget for widget in asking if isinstance(widget, CriterionPage)), None)
        if page is not None and event.character and page.pick(event.character):
            event.stop()
            self._go_on(page)

    def _go_on(self, page: CriterionPage) -> None:
        """A forecast is quick, and so is a list of statements: choosing a level leads to the next page."""
        quick = self.is_forecast or (isinstance(page.asked.scale, AgreementScale) and not page.asked.evidence)
        if quick and page.id == self.page and page.query(ChoiceInput):
            self.action_turn(1)

    # Answers

    def _take_over(self) -> None:
        """Let what stands on the pages be the draft."""
        given = {page.asked.criterion.id: page.answer for page in self.query(CriterionPage)}
        draft = FormDraft(answers={id: answer for id, answer in given.items() if answer is not None})
        for words in self.query(WordsPage):
            draft = draft.model_copy(update={"prompts": words.written, "share": words.shared})
        self.write(draft)
        self._paint_rows()

    def _paint_rows(self) -> None:
        for page in self.query(RowPage):
            page.show_begun(self.look.is_begun(page.row))

    @on(RowPage.Cleared)
    def _cleared(self) -> None:
        self._take_over()

    @on(CriterionPage.Changed)
    def _answered(self, event: CriterionPage.Changed) -> None:
        self._take_over()
        self._go_on(event.page)

    def on_answer_input_confirmed(self) -> None:
        """Go on once an answer is chosen a second time."""
        self.action_turn(1)

    @on(TextArea.Changed, "WordsPage TextArea")
    @on(Rows.Picked, "#share")
    def _worded(self) -> None:
        self._take_over()

    # Before sending

    @property
    def look(self) -> Look:
        """What is answered so far."""
        return Look(self.track, self.due, self.rubric, self.draft)

    def _paint_review(self) -> None:
        missing = self.look.missing()
        words = "Everything is answered. Send it when you are ready."
        if missing:
            words = f"Not ready to send: {len(missing)} {'page waits' if len(missing) == 1 else 'pages wait'} for you."
        self.query_one("#verdict", Static).update(words)
        overview = self.query_one("#overview", Rows)
        overview.show(tuple(self.look.rows()), frozenset(set(self.pages) - set(missing)))

    @on(Rows.Picked, "#overview")
    def _look_again(self, event: Rows.Picked) -> None:
        self._mend(event.key)

    def _mend(self, page: str) -> None:
        """Show a page; of open questions, the one that waits for an answer."""
        self.turn_to(page)
        if page == WORDS:
            self.call_after_refresh(self.query_one(WordsPage).focus_waiting)

    async def action_send(self) -> None:
        """Look at it all first, then send it."""
        # Keys may come faster than the news of what they changed.
        self._take_over()
        half = self.look.half_row()
        if self.page != REVIEW:
            self.turn_to(REVIEW)
        elif half:
            self.turn_to(f"row-{half}")
            self.tell(f"Row {half} is begun: fill it in, or clear it.")
        else:
            await super().action_send()

    def refused(self, problem: CommandProblem) -> None:
        """Say why it was not taken, at the place where it can be mended."""
        missing = next(iter(self.look.missing()), None)
        if missing is not None:
            self._mend(missing)
        super().refused(problem)
