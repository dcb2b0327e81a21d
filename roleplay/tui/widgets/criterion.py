"""One criterion of a rubric on a page of its own: what to look for, what each level looks like, and the evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from roleplay.conduct.drafts import DraftAnswer
from roleplay.content.rubric import Criterion
from roleplay.content.scales import Scale
from roleplay.content.words import paragraphs
from roleplay.tui.widgets.answers import INPUTS, AnswerInput, WordsArea
from roleplay.tui.widgets.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion as one person is asked about it."""

    criterion: Criterion
    scale: Scale
    position: str
    """Such as `2 of 6`."""
    not_observed: str
    """How "not observed" is said here."""
    intro: str = ""
    moments: tuple[Row, ...] = ()
    """The taps that may be given as evidence."""
    evidence: bool = False
    """Whether evidence can be given here."""


class CriterionPage(VerticalScroll, can_focus=False):
    """Where one criterion is answered."""

    DEFAULT_CSS = """
    CriterionPage { padding: 0 1; & > * { max-width: 110; } }
    CriterionPage AnswerInput { margin: 1 0 0 0; }
    """

    @dataclass
    class Changed(Message):
        """The answer to this criterion is another one now."""

        page: CriterionPage

    def __init__(
        self, asked: Asked, answer: DraftAnswer | None, needs_evidence: Callable[[object], bool], id: str
    ) -> None:
        super().__init__(id=id)
        self.asked, self._begun, self._needs_evidence = asked, answer, needs_evidence

    def compose(self) -> ComposeResult:
        """From what is meant to what is asked for."""
        criterion = self.asked.criterion
        if self.asked.intro:
            yield Static(self.asked.intro, classes="muted intro", markup=False)
        yield Static(f"{self.asked.position} · {criterion.title}", classes="section", markup=False)
        if criterion.about:
            yield Static("\n".join(paragraphs(criterion.about)), markup=False)
        if criterion.look_for:
            yield Static(f"Look for: {' · '.join(criterion.look_for)}", classes="muted", markup=False)
        kind = INPUTS[self.asked.scale.kind]
        yield kind(self.asked.scale, criterion, self._begun, self.asked.not_observed)
        if self.asked.evidence:
            taps, quote = (self._begun.taps, self._begun.quote) if self._begun else ((), "")
            yield Evidence(self.asked.moments, taps, quote)

    def on_mount(self) -> None:
        """Say whether evidence is needed."""
        self._paint_evidence()

    def pick(self, key: str) -> bool:
        """Choose by a key of the keyboard; whether the key means anything here."""
        return self.query_one(AnswerInput).pick(key)

    def focus_first(self) -> None:
        """Put the focus where one answers."""
        answering = [w for w in self.query_one(AnswerInput).query("*").results(Widget) if w.focusable]
        first = next((widget for widget in answering if isinstance(widget, Input)), answering[0])
        first.focus(scroll_visible=False)

    @on(AnswerInput.Answered)
    def _answered(self, event: AnswerInput.Answered) -> None:
        event.stop()
        self._changed()

    @on(Rows.Picked, "#moments")
    def _moment(self, event: Rows.Picked) -> None:
        event.stop()
        self._changed()

    @on(TextArea.Changed, "#quote")
    def _quoted(self, event: TextArea.Changed) -> None:
        event.stop()
        self._changed()

    def _changed(self) -> None:
        self._paint_evidence()
        self.post_message(self.Changed(self))

    @property
    def answer(self) -> DraftAnswer | None:
        """The answer as it stands here, with its evidence."""
        answer = self.query_one(AnswerInput).answer
        for evidence in self.query(Evidence):
            taps, quote = evidence.given
            if answer is not None or taps or quote:
                answer = (answer or DraftAnswer()).model_copy(update={"taps": taps, "quote": quote})
        return answer

    def _paint_evidence(self) -> None:
        answer = self.answer
        for evidence in self.query(Evidence):
            evidence.display = answer is None or answer.observed
            evidence.say(answer is not None and answer.observed and self._needs_evidence(answer.value))


class Evidence(Vertical):
    """Moments that were marked, and words that were heard."""

    DEFAULT_CSS = """
    Evidence { height: auto; margin: 1 0 0 0; }
    Evidence #moments-scroll { height: auto; max-height: 8; }
    Evidence .-needed { color: $text-warning; text-style: bold; }
    """

    def __init__(self, moments: Sequence[Row], taps: tuple[str, ...], quote: str) -> None:
        super().__init__()
        self._moments, self._taps, self._quote = tuple(moments), taps, quote
        self._line = Static("", markup=False)

    @property
    def given(self) -> tuple[tuple[str, ...], str]:
        """The taps that are chosen, in the order of time, and the words."""
        chosen = {key for rows in self.query("#moments").results(Rows) for key in rows.chosen}
        known = {row.key for row in self._moments}
        # A tap that was taken back stays in the answer until it is sent, so that the refusal can name it.
        kept = [row.key for row in self._moments if row.key in chosen] + [tap for tap in self._taps if tap not in known]
        return tuple(kept), self.query_one("#quote", WordsArea).text.strip()

    def compose(self) -> ComposeResult:
        """A line that says what is needed, the moments, and room for words."""
        yield self._line
        if self._moments:
            with VerticalScroll(id="moments-scroll", can_focus=False):
                yield Rows(self._moments, "many", self._taps, id="moments")
        yield WordsArea(self._quote, id="quote", small=True, placeholder="The words you heard")

    def say(self, needed: bool) -> None:
        """Say whether evidence is needed, and what counts."""
        ways = "choose a moment, or write the words you heard" if self._moments else "write the words you heard"
        self._line.update(f"This level needs evidence: {ways}." if needed else f"Evidence, if you like: {ways}.")
        self._line.set_class(needed, "-needed")
