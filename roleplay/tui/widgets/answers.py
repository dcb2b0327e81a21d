"""How a criterion is answered on a screen: one widget for each kind of scale, found in `INPUTS`.

"Not observed" is offered by every one of them; it is an answer of its own, and no zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, TextArea

from roleplay.conduct.drafts import DraftAnswer
from roleplay.content.rubric import Criterion
from roleplay.content.scales import OrderedScale, Scale
from roleplay.tui.widgets.rows import Row, Rows

NOT_OBSERVED = "n"
"""The key of the row, and the key one presses."""


class AnswerInput(Vertical):
    """Where a criterion is answered; `answer` holds what stands there, without its evidence."""

    DEFAULT_CSS = """
    AnswerInput { height: auto; }
    """

    @dataclass
    class Answered(Message):
        """The answer is another one now; None where it was taken away."""

        answer: DraftAnswer | None

    @dataclass
    class Confirmed(Message):
        """The answer that stands was chosen once more: go on."""

    def __init__(self, scale: Scale, criterion: Criterion, answer: DraftAnswer | None, not_observed: str) -> None:
        super().__init__(id="answer")
        self.scale, self.criterion, self.answer, self.not_observed = scale, criterion, answer, not_observed

    def pick(self, key: str) -> bool:
        """Choose by a key of the keyboard; whether the key means anything here."""
        if key not in (NOT_OBSERVED, "0"):
            return False
        self.give(DraftAnswer(observed=False))
        return True

    def give(self, answer: DraftAnswer | None) -> None:
        """Let this be the answer."""
        if answer != self.answer:
            self.answer = answer
            self.post_message(self.Answered(answer))
            self.paint()

    def paint(self) -> None:
        """Show the answer that stands."""


class ChoiceInput(AnswerInput):
    """One row for each answer there is; its number chooses it."""

    def compose(self) -> ComposeResult:
        """The rows."""
        rows = tuple(self.choices())
        # Where levels are explained, all words before stand in a column.
        blank = " " if any(row.detail for row in rows) else ""
        yield Rows((*rows, Row(NOT_OBSERVED, f"{NOT_OBSERVED} · {self.not_observed}", blank)), "one", self._chosen())

    def choices(self) -> Iterator[Row]:
        """A row for each answer, its key the number to press."""
        if isinstance(self.scale, OrderedScale):
            for level in self.scale.levels:
                word = self.scale.describe(level)
                yield Row(str(level), word, self.criterion.levels.get(level, ""))
        else:
            yield Row("1", "1 · Seen")
            yield Row("2", "2 · Not seen")

    def value_of(self, key: str) -> int | bool:
        """What the row of that key stands for."""
        return int(key) if isinstance(self.scale, OrderedScale) else key == "1"

    def pick(self, key: str) -> bool:
        """Choose by the number of a row."""
        rows = self.query_one(Rows)
        keys = [row.key for row in rows.rows]
        if key in keys[:-1]:
            self.give(DraftAnswer(value=self.value_of(key)))
        elif not super().pick(key):
            return False
        rows.cursor = keys.index(key) if key in keys else len(keys) - 1
        return True

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Choose, or go on where this is chosen already."""
        event.stop()
        if event.key in self._chosen():
            self.post_message(self.Confirmed())
        else:
            self.pick(event.key)

    def paint(self) -> None:
        """Mark the chosen row."""
        self.query_one(Rows).chosen = frozenset(self._chosen())

    def _chosen(self) -> set[str]:
        answer = self.answer
        if answer is None:
            return set()
        if not answer.observed:
            return {NOT_OBSERVED}
        return {row.key for row in self.choices() if self.value_of(row.key) == answer.value}


class OpenInput(AnswerInput):
    """Something to type, and below it one row for "not observed"."""

    def compose(self) -> ComposeResult:
        """What one types in, and the row."""
        yield from self.entry()
        yield Rows([Row(NOT_OBSERVED, self.not_observed)], "many", self._chosen())

    def entry(self) -> ComposeResult:
        """What one types in."""
        yield from ()

    def typed(self) -> DraftAnswer | None:
        """The answer that was typed in."""
        return None

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Take "not observed" for an answer, or what was typed again."""
        event.stop()
        self.give(DraftAnswer(observed=False) if event.rows.chosen else self.typed())

    def paint(self) -> None:
        """Tick the row, or not."""
        self.query_one(Rows).chosen = frozenset(self._chosen())

    def _chosen(self) -> set[str]:
        return {NOT_OBSERVED} if self.answer is not None and not self.answer.observed else set()


class CountInput(OpenInput):
    """A number, with buttons for one more and one less."""

    DEFAULT_CSS = """
    CountInput Horizontal { height: 1; margin: 0 0 1 0; padding: 0 1; }
    CountInput Input { width: 14; margin: 0 1; }
    CountInput Button { min-width: 5; width: 5; }
    """

    def entry(self) -> ComposeResult:
        """Less, the number, more."""
        known = self.answer is not None and self.answer.value is not None
        with Horizontal():
            yield Button("−", id="less", compact=True, tooltip="One less")
            value = str(self.answer.value) if known and self.answer is not None else ""
            yield Input(value, placeholder="how often", type="integer", max_length=4)
            yield Button("+", id="more", compact=True, tooltip="One more")

    def typed(self) -> DraftAnswer | None:
        """The number, where it is one."""
        text = self.query_one(Input).value.strip()
        if not text.isdecimal():
            return None
        return DraftAnswer(value=int(text))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._chosen() and not event.value:
            return
        self.give(self.typed())

    @on(Button.Pressed)
    def _step(self, event: Button.Pressed) -> None:
        event.stop()
        typed = self.typed()
        now = int(typed.value) if typed is not None and typed.value is not None else 0
        self.query_one(Input).value = str(max(0, now + (1 if event.button.id == "more" else -1)))


class WordsInput(OpenInput):
    """The writer's own words."""

    def entry(self) -> ComposeResult:
        """Room for some lines."""
        yield WordsArea(self.answer.text if self.answer is not None else "")

    def typed(self) -> DraftAnswer | None:
        """The words, where there are any."""
        text = self.query_one(TextArea).text
        return DraftAnswer(text=text) if text.strip() else None

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._chosen() and not event.text_area.text.strip():
            return
        self.give(self.typed())


class WordsArea(TextArea):
    """A quiet area for words that grows with them."""

    DEFAULT_CSS = """
    WordsArea {
        height: auto; min-height: 4; max-height: 14; padding: 0 1;
        border: round $border-blurred; background: $background;
        &:focus { border: round $border; }
        &.-small { min-height: 3; }
    }
    """

    def __init__(self, text: str = "", *, id: str | None = None, small: bool = False, placeholder: str = "") -> None:
        super().__init__(
            text,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            id=id,
            classes="-small" if small else None,
            placeholder=placeholder,
        )


INPUTS: Mapping[str, type[AnswerInput]] = {
    "levels": ChoiceInput,
    "agreement": ChoiceInput,
    "checklist": ChoiceInput,
    "count": CountInput,
    "text": WordsInput,
}
"""The input for each kind of scale; a new scale is one more line."""
